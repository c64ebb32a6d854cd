"""Measure how well names of persons are found: `python -m benchmarks.naming [--data FOLDER]`."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks import accuracy, names, peers, speed
from benchmarks.accuracy import Score
from benchmarks.names import PERSON, Cell, Document, Label
from benchmarks.peers import Span
from detectors import lexicon
from detectors.recognizers.person import PLUGIN
from detectors.swedish import SwedishDetector
from detectors.tokens import tokens
from scanner.model import Batch
from training import corpora

Spans = set[tuple[int, int]]
System = Callable[[Sequence[str]], list[Spans]]
"""From texts to where each has names of persons."""

SEED = 1
_ROUNDS = 5
_TIMED = 15
_CELLS = 2_000
_REPORT = 1_000_000
_AT_ONCE = 1_000
_LISTED = 100
"""Bearers from which on a given name is listed."""
_F1_NEWS, _F1_FOREIGN, _F1_CELLS, _F1, _RECALL = 0.90, 0.80, 0.95, 0.93, 0.95
_RECALL_KINDS = dict.fromkeys(("lower", "upper", "rare", "foreign"), 0.85)
_FALSE_A_MB = 300
_NEWS = "swedish-ner-corpus-webbnyheter2012"
_RESULTS = Path(__file__).parent / "NAMES.md"


@dataclass(slots=True)
class Judged:
    """One system on one set of texts."""

    exact: Score = field(default_factory=Score)
    """Found and right: start and end agree."""
    touched: int = 0
    """Labels that some claim touches."""
    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    """Labels and found ones of each kind."""


def ours(texts: Sequence[str]) -> list[Spans]:
    """Where this package finds persons, at its default threshold."""
    detector = SwedishDetector()
    found: list[Spans] = [set() for _ in texts]
    for first in range(0, len(texts), _AT_ONCE):
        for hit in detector.detect(Batch("", tuple(texts[first : first + _AT_ONCE]))):
            if hit.entity == PERSON and hit.score >= detector.threshold:
                found[first + hit.index].add((hit.start, hit.end))
    return found


def lists(texts: Sequence[str]) -> list[Spans]:
    """The lists alone: runs of capitalised words that are listed names, one space between."""
    return [_runs(text) for text in texts]


def _runs(text: str) -> Spans:
    runs: list[tuple[int, int]] = []
    for start, end in tokens(text):
        word = text[start:end]
        bare = word[:-1] if word[-1] in "sS" and not _is_listed(word) else word
        if word[0].isupper() and _is_listed(bare):
            joined = bool(runs) and text[runs[-1][1] : start] == " "
            begin = runs.pop()[0] if joined else start
            runs.append((begin, start + len(bare)))
    return set(runs)


def _is_listed(word: str) -> bool:
    low = word.casefold()
    given = lexicon.given(low) >= _LISTED and not lexicon.is_word(low)
    return given or lexicon.surname(low) > 0


def judge(documents: Sequence[Document], system: System, *, genitive: bool = False) -> Judged:
    """Counts the names of persons found; `genitive`: a label's last s counts either way."""
    judged = Judged()
    said = system([document.text for document in documents])
    for document, claims in zip(documents, said, strict=True):
        labels = [label for label in document.labels if label.entity == PERSON]
        own = {_found(label, claims, genitive=genitive) for label in labels} - {None}
        judged.exact.claims += len(claims)
        judged.exact.right += len(own)
        for label in labels:
            is_found = _found(label, claims, genitive=genitive) is not None
            judged.touched += any(a < label.end and label.start < b for a, b in claims)
            for score in (judged.exact, *(judged.kinds[kind] for kind in label.kinds)):
                score.labels += 1
                score.found += is_found
    return judged


def _found(label: Label, claims: Spans, *, genitive: bool) -> tuple[int, int] | None:
    ends = (label.end, label.end - 1) if genitive and label.text[-1] in "sS" else (label.end,)
    return next(((label.start, end) for end in ends if (label.start, end) in claims), None)


def judge_cells(cells: Sequence[Cell], system: System) -> Judged:
    """A cell is found when any name is found in it; kinds are of persons and of things."""
    judged = Judged()
    for cell, claims in zip(cells, system([cell.text for cell in cells]), strict=True):
        is_person, is_claimed = cell.entity == PERSON, bool(claims)
        judged.exact.labels += is_person
        judged.exact.found += is_person and is_claimed
        judged.exact.claims += is_claimed
        judged.exact.right += is_person and is_claimed
        for kind in cell.kinds:
            score = judged.kinds[kind if is_person else f"no person: {kind}"]
            score.labels += 1
            score.found += is_claimed
    return judged


def news(folder: Path) -> tuple[list[Document], int]:
    """The test part of the news, and how many of its sentences the training part has too."""
    known = {each.text for each in corpora.news(folder / "train_corpus.txt")}
    found, shared = list[Document](), 0
    for sentence in corpora.news(folder / "test_corpus.txt"):
        shared += sentence.text in known
        labels = (
            Label(label, start, end, sentence.text[start:end], _amount(sentence.text[start:end]))
            for start, end, label in sentence.spans
        )
        found.append(Document("news", sentence.text, tuple(labels)))
    return found, shared


def _amount(name: str) -> frozenset[str]:
    return frozenset({"full" if " " in name else "single"})


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _verdict(value: float | None, bar: float | None) -> str:
    if bar is None:
        return "–"
    return f"{bar:.2f} {'met' if value is not None and value >= bar else '**below**'}"


_HEAD = ("system", "labels", "P", "R", "F1", "R touched", "bar F1", "bar R")


def _compared(
    measured: Callable[[System], Judged], f1: float, recall: float | None = None
) -> Iterator[str]:
    """The figures of both systems, then the recall of each kind."""
    own, listed = measured(ours), measured(lists)
    yield table(
        _HEAD,
        (
            _row(
                "this package", own, _verdict(own.exact.f1, f1), _verdict(own.exact.recall, recall)
            ),
            _row("lists alone", listed, "–", "–"),
        ),
    )
    yield table(
        ("kind", "labels", "found", "found by lists", "bar"),
        (
            (
                kind,
                str(score.labels),
                _share(score.recall),
                _share(listed.kinds[kind].recall),
                _verdict(score.recall, _RECALL_KINDS.get(kind)),
            )
            for kind, score in sorted(own.kinds.items())
        ),
    )


def _row(name: str, judged: Judged, *bars: str) -> Sequence[str]:
    exact = judged.exact
    touched = judged.touched / exact.labels if judged.touched else None
    figures = map(_share, (exact.precision, exact.recall, exact.f1, touched))
    return name, str(exact.labels), *figures, *bars


def _news(data: Path) -> Iterator[str]:
    documents, shared = news(data / _NEWS)
    yield "## (a) News: the test part of Webbnyheter 2012"
    yield (
        f"{len(documents)} sentences, {shared} of which stand in the training part too. A label's"
        " genitive s counts either way."
    )
    yield from _compared(partial(judge, documents, genitive=True), _F1_NEWS)


def _business() -> Iterator[str]:
    documents = list(names.documents(SEED, _ROUNDS))
    yield "## (b) Business text"
    yield f"{len(documents)} documents of `names.toml` and `name_lists.toml`."
    yield from _compared(partial(judge, documents), _F1, _RECALL)


def _cells() -> Iterator[str]:
    cells = list(names.cells(SEED, _CELLS))
    yield "## (c) Single cells"
    yield (
        f"{len(cells)} cells, half of them persons. A cell is found when any name is found in it;"
        " of things, `found` is the share falsely taken for a person."
    )
    yield from _compared(partial(judge_cells, cells), _F1_CELLS)


def _foreign() -> Iterator[str]:
    documents = list(names.foreign())
    yield "## (d) Other genres, many foreign names"
    yield f"{len(documents)} texts of `foreign.toml`."
    yield from _compared(partial(judge, documents), _F1_FOREIGN)


def _false() -> Iterator[str]:
    yield "## False names in reports"
    own, size = accuracy.false_in_reports(peers.ours, _REPORT)
    listed, _ = accuracy.false_in_reports(_listed_spans, _REPORT)
    rate = own[PERSON] / size
    verdict = f"{_FALSE_A_MB} {'met' if rate <= _FALSE_A_MB else '**above**'}"
    rows = (
        ("this package", f"{rate:.0f}", verdict),
        ("lists alone", f"{listed[PERSON] / size:.0f}", "–"),
    )
    yield "`reports.py` has nobody's data: each match is false."
    yield table(("system", "PERSON per MB", "bar"), rows)


def _listed_spans(text: str) -> list[Span]:
    return [Span(PERSON, start, end) for start, end in _runs(text)]


def _cost() -> Iterator[str]:
    yield "## Cost"
    yield "Words a CPU second, each over distinct texts of (b), other than those above."
    yield table(
        ("system", "words/s"), [(name, f"{_pace(*each):,.0f}") for name, each in _WORK.items()]
    )
    texts = [document.text for document in names.documents(SEED, _ROUNDS)]
    one, every = speed.detect_text("Hej.\n"), speed.detect_text("\n\n".join(texts))
    yield (
        f"`sparhund detect`: {one.peak:.0f} MB at most on a line without names, {every.peak:.0f} MB"
        f" on (b) as one file of {sum(map(len, texts)) / 1e6:.1f} million characters."
    )


_WORK: Mapping[str, tuple[Callable[[Sequence[str]], object], int]] = {
    "the whole detector": (ours, 11),
    "the recogniser of persons, shown every text": (
        lambda texts: [list(hits) for hits in PLUGIN().find_all(texts)],
        12,
    ),
    "lists alone": (lists, 13),
}
"""What is timed, and the seed of what it reads."""


def _pace(work: Callable[[Sequence[str]], object], seed: int) -> float:
    """Words a CPU second."""
    work(["Hej Anna Ek."])
    texts = list({document.text: None for document in names.documents(seed, _TIMED)})
    words = sum(len(text.split()) for text in texts)
    return words / peers.cpu_seconds(lambda: work(texts))


def _head() -> Iterator[str]:
    yield "# Names of persons: figures"
    yield (
        "Written by `make bench-names DATA=FOLDER` (`python -m benchmarks.naming`); what they mean"
        " stands in [README.md](README.md)."
    )
    packages = ("sparhund", "presidio-analyzer", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    yield (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {versions}; detector"
        f" {SwedishDetector().version}; seed {SEED}."
    )


def main() -> None:
    """Print every figure as it comes; with the data, write them to NAMES.md."""
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.naming", description=__doc__)
    parser.add_argument("--data", type=Path, help=f"the folder that holds {_NEWS}")
    data: Path | None = parser.parse_args().data
    parts: list[Callable[[], Iterator[str]]] = [_head]
    if data:
        parts.append(partial(_news, data))
    start = time.monotonic()
    written: list[str] = []
    for part in (*parts, _business, _cells, _foreign, _false, _cost):
        for paragraph in part():
            print(paragraph, end="\n\n", flush=True)
            written.append(paragraph)
    written.append(f"The run took {time.monotonic() - start:.0f} s.")
    print(written[-1])
    if data:
        _RESULTS.write_text("\n\n".join(written) + "\n", "utf-8")
    else:
        print("Without --data the news are left out and NAMES.md stays as it is.")


if __name__ == "__main__":
    main()

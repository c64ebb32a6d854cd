"""Trains the name model that ships: a small student, out of labelled, made-up and silver text.

python -m training.student DATA SILVER OUT [--epochs 4] [--trial]

A word's vector is the sum of those of its parts (their mean), its shape and what the lists know
of it, all numbered by `detectors.features`. Narrow convolutions look at the words
around. The last layer gives a score for each tag, and one for a last s that is a genitive.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from detectors.features import FLAGS, LOWER, PARTS, SHAPES
from training.lessons import GENITIVE, LABELS, TRIAL, Lesson, Sizes, held_back, lessons
from training.vocabulary import (
    GAP,
    TAGS,
    Batch,
    Example,
    Numbers,
    Tables,
    Vocabulary,
    Wanted,
    wanted,
)

WIDTH = 128
STEPS = (1, 1, 2, 2, 4)
"""How far each convolution looks to both sides, in words."""
_AT_ONCE = 192
_RATE = 3e-3
_HIDE_LISTS = 0.15
"""Share of words learnt without the lists."""
_AS_MADE, _EXCHANGED = 0.5, 0.1
"""Share of made-up texts learnt as they are; in the others, share of plain words exchanged."""


class Student(nn.Module):  # type: ignore[misc,unused-ignore]
    """Scores of the tags of every word of a batch, and last of all of a genitive s."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = nn.EmbeddingBag(PARTS, WIDTH, mode="mean")
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.flags = nn.Linear(FLAGS, WIDTH, bias=False)
        for table in (self.parts, self.shape):
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(WIDTH)
        self.convs = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in STEPS)
        self.out = nn.Linear(WIDTH, TAGS + 1)
        self.drop = nn.Dropout(0.2)

    def vectors(self, given: Batch) -> torch.Tensor:
        """The vectors of the distinct words; in training, some without what the lists know."""
        listed = torch.ones(len(given.shapes), 1)
        if self.training:
            listed = (torch.rand(len(given.shapes), 1) > _HIDE_LISTS).float()
        total = self.parts(given.parts, given.offsets) + self.shape(given.shapes)
        return self.norm(total + self.flags(given.flags * listed))

    def forward(self, given: Batch) -> torch.Tensor:
        """Unscaled scores, places by tags."""
        mask = (given.rows > 0).float()[:, None]
        hidden = self.drop(self.vectors(given)[given.rows]) * mask
        for conv, step in zip(self.convs, STEPS, strict=True):
            none = hidden.new_zeros(step, WIDTH)
            before = torch.cat((none, hidden[:-step]))
            after = torch.cat((hidden[step:], none))
            seen = conv(torch.cat((before, hidden, after), 1))
            hidden = hidden + self.drop(torch.relu(seen)) * mask
        return self.out(hidden)


def _loss(said: torch.Tensor, asked: Wanted) -> torch.Tensor:
    """Of the tags, and of the genitive where a person's name tells it."""
    loss = -(asked.chances * functional.log_softmax(said[:, :-1], 1)).sum() / asked.chances.sum()
    if len(asked.named):
        owns = functional.binary_cross_entropy_with_logits(said[asked.named, -1], asked.owning)
        loss = loss + 0.3 * owns
    return loss


def _groups(examples: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    return (examples[first : first + size] for first in range(0, len(examples), size))


class Exchange:
    """Puts other words in lower case between the names of made-up texts."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self._plain = tables.shapes == LOWER
        self._words = np.flatnonzero(self._plain)
        self._chance = np.random.default_rng(seed)

    def words(self, example: Example) -> Numbers:
        """The example's words, some of them others."""
        if not example.made_up or self._chance.random() < _AS_MADE:
            return example.words
        drawn = self._chance.random(len(example.words)) < _EXCHANGED
        places = np.flatnonzero(drawn & (example.tags == 0) & self._plain[example.words])
        words = example.words.copy()
        words[places] = self._chance.choice(self._words, len(places))
        return words


def fit(
    student: Student, tables: Tables, examples: list[Example], *, epochs: int, seed: int
) -> Iterator[float]:
    """Trains the student, mixing the examples in place; yields each epoch's mean loss."""
    order = Random(seed)  # noqa: S311 -- order of training, no secret
    exchange = Exchange(tables, seed)
    optimiser = torch.optim.AdamW(student.parameters(), lr=_RATE, weight_decay=1e-4, fused=True)
    steps = -(-len(examples) // _AT_ONCE)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps * epochs, pct_start=0.1
    )
    for _ in range(epochs):
        student.train()
        order.shuffle(examples)
        total = 0.0
        for group in _groups(examples, _AT_ONCE):
            given = tables.batch([exchange.words(each) for each in group])
            optimiser.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                said = student(given)
            loss = _loss(said.float(), wanted(group))
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimiser.step()
            plan.step()
            total += loss.item()
        yield total / steps


def runs(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    """The names among plain tags: first word, last word and label's number."""
    found: list[tuple[int, int, int]] = []
    for at, tag in enumerate(tags):
        kind = (tag - 1) // 2
        if tag > 0 and tag % 2 == 0 and found and found[-1][1:] == (at - 1, kind):
            found[-1] = found[-1][0], at, kind
        elif tag > 0:
            found.append((at, at, kind))
    return set(found)


def scores(student: Student, tables: Tables, held: Sequence[Example]) -> Iterator[str]:
    """Precision, recall and F1 of exact names, a word of text for each label."""
    student.eval()
    right, said, there = ([0] * len(LABELS) for _ in range(3))
    for group in _groups(held, _AT_ONCE):
        with torch.no_grad():
            given = tables.batch([example.words for example in group])
            best = student(given)[:, :-1].argmax(1).tolist()
        at = GAP
        for example in group:
            own = runs(best[at : at + len(example.words)])
            true = runs((example.tags % GENITIVE).tolist())
            at += len(example.words) + GAP
            for counts, names in ((right, own & true), (said, own), (there, true)):
                for _, _, kind in names:
                    counts[kind] += 1
    for label, both, ours, true_ in zip(LABELS, right, said, there, strict=True):
        precision, recall = both / max(ours, 1), both / max(true_, 1)
        yield f"{label[:3]} {precision:.3f} {recall:.3f} {2 * both / max(ours + true_, 1):.3f}"


def save(student: Student, file: Path) -> None:
    """Writes the weights in half precision, by the names that `detectors.tagger` reads."""
    state: Mapping[str, torch.Tensor] = student.state_dict()
    names = {
        "parts": "parts.weight",
        "shape": "shape.weight",
        "gain": "norm.weight",
        "shift": "norm.bias",
        "out_bias": "out.bias",
        **{f"bias{number}": f"convs.{number}.bias" for number in range(len(STEPS))},
    }
    turned = {
        "flags": "flags.weight",
        "out": "out.weight",
        **{f"conv{number}": f"convs.{number}.weight" for number in range(len(STEPS))},
    }
    arrays = {name: state[own].numpy() for name, own in names.items()}
    arrays |= {name: state[own].T.numpy() for name, own in turned.items()}
    halves = {name: array.astype(np.float16) for name, array in arrays.items()}
    np.savez(file, steps=np.array(STEPS), **halves)


def taught(
    given: Iterable[Lesson],
    held: Mapping[str, Sequence[Lesson]],
    *,
    epochs: int,
    seed: int,
    say: Callable[[str], object],
) -> Student:
    """A student of the lessons; equal for equal seeds on the same machine."""
    torch.manual_seed(seed)
    vocabulary = Vocabulary()
    examples = [vocabulary.example(lesson) for lesson in given]
    judged = {name: [vocabulary.example(each) for each in part] for name, part in held.items()}
    tables = vocabulary.tables()
    size = sum(len(example.words) for example in examples)
    say(f"{len(examples)} texts, {size} words, {len(vocabulary)} distinct")
    student = Student()
    began = time.process_time()
    steps = fit(student, tables, examples, epochs=epochs, seed=seed)
    for epoch, loss in enumerate(steps, 1):
        say(f"epoch {epoch}: loss {loss:.4f}, {time.process_time() - began:.0f} CPU s")
        for name, part in judged.items():
            say(f"  {name}: {'; '.join(scores(student, tables, part))}")
    return student


def main() -> None:
    """Reads, trains, judges, saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folders of public data")
    parser.add_argument("silver", type=Path, help="the folder that training.teacher wrote")
    parser.add_argument("out", type=Path, help="the model: detectors/data/names.npz")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1, help="of training; texts have their own")
    parser.add_argument("--trial", action="store_true", help="few texts, to see that it runs")
    options = parser.parse_args()
    torch.set_num_threads(1)
    sizes = TRIAL if options.trial else Sizes()
    student = taught(
        lessons(options.data, options.silver, sizes),
        held_back(options.data, sizes),
        epochs=options.epochs,
        seed=options.seed,
        say=lambda line: sys.stderr.write(line + "\n"),
    )
    save(student, options.out)


if __name__ == "__main__":
    main()

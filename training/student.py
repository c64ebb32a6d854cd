"""Trains the name model that ships: a small student, out of labelled, made-up and silver text.

python -m training.student DATA SILVER OUT [--epochs 4] [--trial]

A word's vector is the sum of those of the word, its parts (their mean), its shape and what the
lists know of it, all numbered by `detectors.features`. Narrow convolutions look at the words
around. The last layer gives a score for each tag, and one for a last s that is a genitive.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from detectors.features import FLAGS, PARTS, SHAPES, WORDS, features
from training.lessons import (
    GENITIVE,
    LABELS,
    OPEN,
    TRIAL,
    UNTOLD,
    Lesson,
    Sizes,
    held_back,
    lessons,
)

WIDTH = 96
STEPS = (1, 1, 2, 2)
"""How far each convolution looks to both sides, in words."""
TAGS = 1 + 2 * len(LABELS)
_GAP = 4
"""Empty words between texts, so that none sees another."""
_AT_ONCE = 192
_RATE = 3e-3
_HIDE_WORD, _HIDE_LISTS = 0.25, 0.15
"""Shares of words learnt without a vector of their own, and without the lists."""


class Example(NamedTuple):
    """A lesson, its words as numbers in the vocabulary."""

    words: list[int]
    tags: list[int]


class Vocabulary:
    """The features of every distinct word, in order of appearance; 0 is the empty word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.words = [0]
        self.parts = [[0]]
        self.shapes = [0]
        self.flags = [[0.0] * FLAGS]

    def __len__(self) -> int:
        return len(self.words)

    def example(self, lesson: Lesson) -> Example:
        """The lesson with numbers for words; new words are learnt."""
        return Example([self._number(word) for word in lesson.words], lesson.tags)

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            seen = features(word)
            self.words.append(seen.word)
            self.parts.append(seen.parts or [0])
            self.shapes.append(seen.shape)
            self.flags.append(seen.flags)
        return number


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts one after another with empty words between, each distinct word's features once."""

    words: torch.Tensor
    parts: torch.Tensor
    offsets: torch.Tensor
    shapes: torch.Tensor
    flags: torch.Tensor
    rows: torch.Tensor
    """For each place, which of the distinct words stands there; 0 is the empty word."""
    tags: torch.Tensor


def batch(vocabulary: Vocabulary, examples: Sequence[Example]) -> Batch:
    """The examples as tensors."""
    rows, tags = [0] * _GAP, [OPEN] * _GAP
    for example in examples:
        rows += [*example.words, *[0] * _GAP]
        tags += [*example.tags, *[OPEN] * _GAP]
    distinct, places = np.unique(np.array(rows), return_inverse=True)
    numbers = distinct.tolist()
    parts, offsets = list[int](), list[int]()
    for number in numbers:
        offsets.append(len(parts))
        parts += vocabulary.parts[number]
    return Batch(
        torch.tensor([vocabulary.words[number] for number in numbers]),
        torch.tensor(parts),
        torch.tensor(offsets),
        torch.tensor([vocabulary.shapes[number] for number in numbers]),
        torch.tensor([vocabulary.flags[number] for number in numbers]),
        torch.tensor(places),
        torch.tensor(tags),
    )


class Student(nn.Module):  # type: ignore[misc,unused-ignore]
    """Scores of the tags of every word of a batch, and last of all of a genitive s."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.parts = nn.EmbeddingBag(PARTS, WIDTH, mode="mean")
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.flags = nn.Linear(FLAGS, WIDTH, bias=False)
        for table in (self.words, self.parts, self.shape):
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(WIDTH)
        self.convs = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in STEPS)
        self.out = nn.Linear(WIDTH, TAGS + 1)
        self.drop = nn.Dropout(0.2)

    def vectors(self, given: Batch) -> torch.Tensor:
        """The vectors of the distinct words; in training, some without their word or the lists."""
        known = listed = torch.ones(len(given.words), 1)
        if self.training:
            known = (torch.rand(len(given.words), 1) > _HIDE_WORD).float()
            listed = (torch.rand(len(given.words), 1) > _HIDE_LISTS).float()
        total = self.words(given.words) * known + self.parts(given.parts, given.offsets)
        return self.norm(total + self.shape(given.shapes) + self.flags(given.flags * listed))

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


def _loss(said: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    """Of the tags, and of the genitive where a person's name tells it."""
    plain = torch.where(tags > 0, tags % GENITIVE, tags)
    loss = functional.cross_entropy(said[:, :-1], plain, ignore_index=OPEN, label_smoothing=0.03)
    named = ((plain == 1) | (plain == 2)) & (tags < UNTOLD)
    if named.any():
        owns = (tags[named] >= GENITIVE).float()
        loss = loss + 0.3 * functional.binary_cross_entropy_with_logits(said[named, -1], owns)
    return loss


def _groups(examples: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    return (examples[first : first + size] for first in range(0, len(examples), size))


def fit(
    student: Student,
    vocabulary: Vocabulary,
    examples: list[Example],
    *,
    epochs: int,
    seed: int,
) -> Iterator[float]:
    """Trains the student, mixing the examples in place; yields each epoch's mean loss."""
    chance = Random(seed)  # noqa: S311 -- order of training, no secret
    optimiser = torch.optim.AdamW(student.parameters(), lr=_RATE, weight_decay=1e-4)
    steps = -(-len(examples) // _AT_ONCE)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps * epochs, pct_start=0.1
    )
    for _ in range(epochs):
        student.train()
        chance.shuffle(examples)
        total = 0.0
        for group in _groups(examples, _AT_ONCE):
            given = batch(vocabulary, group)
            optimiser.zero_grad()
            loss = _loss(student(given), given.tags)
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


def scores(student: Student, vocabulary: Vocabulary, held: Iterable[Lesson]) -> Iterator[str]:
    """Precision, recall and F1 of exact names, a word of text for each label."""
    student.eval()
    right, said, there = ([0] * len(LABELS) for _ in range(3))
    for group in _groups([vocabulary.example(lesson) for lesson in held], _AT_ONCE):
        with torch.no_grad():
            best = student(batch(vocabulary, group))[:, :-1].argmax(1).tolist()
        at = _GAP
        for example in group:
            own = runs(best[at : at + len(example.words)])
            true = runs([tag % GENITIVE if tag > 0 else 0 for tag in example.tags])
            at += len(example.words) + _GAP
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
        "words": "words.weight",
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
    np.savez_compressed(file, steps=np.array(STEPS), **halves)


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
    size = sum(len(example.words) for example in examples)
    say(f"{len(examples)} texts, {size} words, {len(vocabulary)} distinct")
    student = Student()
    began = time.process_time()
    steps = fit(student, vocabulary, examples, epochs=epochs, seed=seed)
    for epoch, loss in enumerate(steps, 1):
        say(f"epoch {epoch}: loss {loss:.4f}, {time.process_time() - began:.0f} CPU s")
        for name, part in held.items():
            say(f"  {name}: {'; '.join(scores(student, vocabulary, part))}")
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

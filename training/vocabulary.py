"""Words and what is to be said of them, as the tensors that the student learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from numpy.typing import NDArray

from detectors.features import FLAGS, Features, features
from training.lessons import GENITIVE, LABELS, UNTOLD, Lesson

TAGS = 1 + 2 * len(LABELS)
GAP = 4
"""Empty words between texts, so that none sees another: the farthest step of a convolution."""
_SMOOTH = 0.03
"""Share of a tag that is spread over all."""
_NOTHING = -1
"""Instead of a tag, between texts."""

Numbers = NDArray[np.int64]
Values = NDArray[np.float32]


class Example(NamedTuple):
    """A lesson, its words as numbers in the vocabulary."""

    words: Numbers
    tags: Numbers
    places: Numbers
    """Of words with chances."""
    chances: Values
    made_up: bool


class Vocabulary:
    """The features of every distinct word, in order of appearance; 0 is the empty word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._seen = [Features([0], 0, [0.0] * FLAGS)]

    def __len__(self) -> int:
        return len(self._seen)

    def example(self, lesson: Lesson) -> Example:
        """The lesson with numbers for words; new words are learnt."""
        return Example(
            np.array([self._number(word) for word in lesson.words], np.int64),
            np.array(lesson.tags, np.int64),
            np.array(list(lesson.chances), np.int64),
            np.array(list(lesson.chances.values()), np.float32).reshape(-1, TAGS),
            lesson.made_up,
        )

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._seen)
            self._seen.append(features(word))
        return number

    def tables(self) -> Tables:
        """The features of all its words."""
        counts = np.array([len(each.parts) for each in self._seen])
        return Tables(
            np.array([part for each in self._seen for part in each.parts]),
            counts,
            np.cumsum(counts) - counts,
            np.array([each.shape for each in self._seen]),
            np.array([each.flags for each in self._seen], np.float32),
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """Features of words by their numbers."""

    parts: Numbers
    """Of all words, one word's after another's: so many of each, from there on."""
    counts: Numbers
    starts: Numbers
    shapes: Numbers
    flags: Values

    def batch(self, texts: Sequence[Numbers]) -> Batch:
        """The texts one after another."""
        none = np.zeros(GAP, np.int64)
        rows = np.concatenate([none, *(each for text in texts for each in (text, none))])
        distinct, places = np.unique(rows, return_inverse=True)
        counts = self.counts[distinct]
        offsets = np.cumsum(counts) - counts
        parts = np.repeat(self.starts[distinct] - offsets, counts) + np.arange(counts.sum())
        return Batch(
            torch.from_numpy(self.parts[parts]),
            torch.from_numpy(offsets),
            torch.from_numpy(self.shapes[distinct]),
            torch.from_numpy(self.flags[distinct]),
            torch.from_numpy(places),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts one after another with empty words between, each distinct word's features once."""

    parts: torch.Tensor
    offsets: torch.Tensor
    shapes: torch.Tensor
    flags: torch.Tensor
    rows: torch.Tensor
    """For each place, which of the distinct words stands there; 0 is the empty word."""


class Wanted(NamedTuple):
    """What is to be said of the places of a batch."""

    chances: torch.Tensor
    """Of each tag; all zero where nothing is wanted."""
    named: torch.Tensor
    """Places of a person's words of which it is known whether their last s is a genitive,"""
    owning: torch.Tensor
    """and whether it is."""


def wanted(examples: Sequence[Example]) -> Wanted:
    """The examples' tags and chances, placed as in a batch."""
    tags = np.full(GAP + sum(len(each.tags) + GAP for each in examples), _NOTHING)
    found = np.zeros((len(tags), TAGS), np.float32)
    at = GAP
    for example in examples:
        tags[at : at + len(example.tags)] = example.tags
        at += len(example.tags) + GAP
    plain = tags % GENITIVE
    live = np.flatnonzero(tags != _NOTHING)
    found[live] = _SMOOTH / TAGS
    found[live, plain[live]] += 1 - _SMOOTH
    at = GAP
    for example in examples:
        found[example.places + at] = example.chances
        at += len(example.tags) + GAP
    named = (tags != _NOTHING) & ((plain == 1) | (plain == 2)) & (tags < UNTOLD)
    return Wanted(
        torch.from_numpy(found),
        torch.from_numpy(np.flatnonzero(named)),
        torch.from_numpy((tags[named] >= GENITIVE).astype(np.float32)),
    )

"""The name model: which tokens belong to a person, a place or an organisation.

A word's vector is a sum over its hashed parts, shape and list entries; narrow convolutions look at
the words around; a last layer says what each token is, and the likeliest row of tags is taken.
Plain matrix products: numpy runs them, and `training/` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import compress
from math import inf
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from detectors.features import features
from detectors.tokens import tokens

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
"""What the last layer says of a token; after them, whether its last s is a genitive."""
_KINDS = ("PERSON", "LOCATION", "ORGANIZATION")
_GAPS = frozenset(("", " ", "  "))
"""What may stand between two tokens of a name."""
_NO_NAME = 0.99
"""Tokens that are no name with such a chance end what may be a name."""
_AT_A_TIME = 4096
_KEPT = 16_000
"""Words whose vectors are kept."""

_Array = NDArray[np.float32]


class Name(NamedTuple):
    """A name in a text."""

    kind: str
    """`PERSON`, `LOCATION` or `ORGANIZATION`."""
    start: int
    end: int
    """Characters, end exclusive."""
    sure: float
    """The mean probability that its tokens are of its kind, 0 to 1."""

    def of(self, text: str) -> str:
        """Its characters."""
        return text[self.start : self.end]

    def moved(self, by: int) -> Name:
        """The name in a text that begins so many characters earlier."""
        return self._replace(start=self.start + by, end=self.end + by)


class Tagger:
    """The model, ready to read."""

    def __init__(self, weights: dict[str, _Array]) -> None:
        """Weights by name, as `training/student.py` saves them."""
        self._w = weights
        width = weights["shape"].shape[1]
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((1024, width), np.float32)
        self._layers = [
            (weights[f"conv{i}"], weights[f"bias{i}"], int(weights["steps"][i]))
            for i in range(len(weights["steps"]))
        ]

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """A model from its file."""
        with np.load(path) as arrays:
            kept = {name: arrays[name] for name in arrays.files}
        single = {name: kept[name].astype(np.float32) for name in kept if name != "parts"}
        return cls(single | {"parts": kept["parts"]})

    def names(self, texts: Sequence[str]) -> list[list[Name]]:
        """The names in each text, in order."""
        found: list[list[Name]] = []
        spans: list[list[tuple[int, int]]] = []
        held = first = 0
        for number, text in enumerate(texts):
            spans.append(tokens(text))
            held += len(spans[-1])
            if held >= _AT_A_TIME:
                found += self._read(texts[first : number + 1], spans)
                spans, held, first = [], 0, number + 1
        return found + self._read(texts[first:], spans) if spans else found

    def _read(self, texts: Sequence[str], spans: list[list[tuple[int, int]]]) -> list[list[Name]]:
        words = [[text[a:b] for a, b in own] for text, own in zip(texts, spans, strict=True)]
        said = _Told.of(self._chances(words))
        names, first = [], 0
        for text, own in zip(texts, spans, strict=True):
            names.append(_names(text, own, said, first))
            first += len(own)
        return names

    def chances(self, sentences: Sequence[Sequence[str]]) -> list[_Array]:
        """For each sentence, the probability of each tag for each of its words."""
        ends = np.cumsum([len(sentence) for sentence in sentences])
        return np.split(self._chances(sentences), ends[:-1])

    def _chances(self, sentences: Sequence[Sequence[str]]) -> _Array:
        """The same of all their words in one row."""
        self._learn({word for sentence in sentences for word in sentence})
        known = self._rows
        rows = np.array([known[word] for sentence in sentences for word in sentence], np.int64)
        sizes = np.array([len(sentence) for sentence in sentences], np.int64)
        ends = np.cumsum(sizes)
        first, last = np.repeat(ends - sizes, sizes), np.repeat(ends, sizes)
        return np.concatenate([self._said(rows, first, last, at) for at in _pieces(len(rows))])

    def _said(
        self, rows: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64], at: range
    ) -> _Array:
        """What the model says of the words at these places, by the rows of their vectors.

        Each word knows the first and last place of its sentence: none sees another's words.
        """
        reach = sum(step for _, _, step in self._layers)
        low, high = max(0, at.start - reach), min(len(rows), at.stop + reach)
        places = np.arange(low, high)
        hidden = np.zeros((high - low + 1, self._vectors.shape[1]), np.float32)
        hidden[:-1] = self._vectors[rows[low:high]]
        for kernel, bias, step in self._layers:
            wide = _around(hidden, places, first[low:high], last[low:high], step)
            hidden[:-1] += np.maximum(wide @ kernel + bias, 0)
        own = hidden[at.start - low : at.stop - low]
        said: _Array = own @ self._w["out"] + self._w["out_bias"]
        said[:, :-1] -= said[:, :-1].max(axis=1, keepdims=True)
        np.exp(said[:, :-1], out=said[:, :-1])
        said[:, :-1] /= said[:, :-1].sum(axis=1, keepdims=True)
        return said

    def _learn(self, words: set[str]) -> None:
        """Work out the vectors of words not seen before."""
        new = [word for word in words if word not in self._rows]
        if not new:
            return
        if len(self._rows) + len(new) > _KEPT:
            self._rows.clear()
            new = list(words)
        first = len(self._rows) + 1
        for at, word in enumerate(new, first):
            self._rows[word] = at
        if first + len(new) > len(self._vectors):
            more = np.zeros((2 * (first + len(new)), self._vectors.shape[1]), np.float32)
            more[: len(self._vectors)] = self._vectors
            self._vectors = more
        self._vectors[first : first + len(new)] = self._vectors_of(new)

    def _vectors_of(self, words: list[str]) -> _Array:
        w = self._w
        seen = [features(word) for word in words]
        parts = np.fromiter((part for each in seen for part in each.parts), np.int64)
        counts = np.array([len(each.parts) for each in seen])
        starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
        total = (
            np.add.reduceat(w["parts"][parts].astype(np.float32), starts, axis=0) / counts[:, None]
        )
        total += w["shape"][[each.shape for each in seen]]
        total += np.array([each.flags for each in seen], np.float32) @ w["flags"]
        total -= total.mean(axis=1, keepdims=True)
        total /= np.sqrt((total**2).mean(axis=1, keepdims=True) + 1e-5)
        vectors: _Array = (total * w["gain"] + w["shift"]).astype(np.float32)
        return vectors


def _pieces(size: int) -> Iterator[range]:
    return (range(at, min(at + _AT_A_TIME, size)) for at in range(0, max(size, 1), _AT_A_TIME))


def _around(
    hidden: _Array,
    places: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    step: int,
) -> _Array:
    """Each row beside the rows so many steps before and after it; beyond its sentence: nothing."""
    size, width = len(places), hidden.shape[1]
    before, after = places - step, places + step
    here = np.arange(size)
    near = np.empty((size, 3), np.int64)
    near[:, 0] = np.where((before >= first) & (here >= step), here - step, size)
    near[:, 1] = here
    near[:, 2] = np.where((after < last) & (here + step < size), here + step, size)
    return hidden.take(near.ravel(), axis=0).reshape(size, 3 * width)


class _Told(NamedTuple):
    """What the model says of words, as Python's numbers."""

    maybe: list[bool]
    """Whether the word may be part of a name."""
    tags: list[int]
    """Its likeliest tag."""
    kinds: list[list[float]]
    """Its chance for each kind of name."""
    owning: list[bool]
    """Whether its last s is a genitive."""
    chances: _Array

    @classmethod
    def of(cls, chances: _Array) -> _Told:
        kinds = chances[:, 1:-1].reshape(len(chances), len(_KINDS), 2).sum(axis=2)
        return cls(
            (chances[:, 0] < _NO_NAME).tolist(),
            chances[:, :-1].argmax(axis=1).tolist(),
            kinds.tolist(),
            (chances[:, -1] > 0).tolist(),
            chances,
        )


def _names(text: str, spans: Sequence[tuple[int, int]], said: _Told, at: int) -> list[Name]:
    """Names of one kind each, over tokens that stand beside one another; `at`: the text's first."""
    names: list[Name] = []
    for first, last in _stretches(text, spans, said.maybe, at):
        for begun, ended, which in _runs(_tags(said, at + first, at + last)):
            low, high = first + begun, first + ended
            start, end = spans[low][0], spans[high - 1][1]
            owning = said.owning[at + high - 1] and end - spans[high - 1][0] > 2
            if which == 0 and owning and text[end - 1] in "sS":
                end -= 1
            sure = sum(each[which] for each in said.kinds[at + low : at + high]) / (high - low)
            names.append(Name(_KINDS[which], start, end, sure))
    return names


def _runs(tags: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """First and last of the tags of each name, end exclusive, and its kind's number."""
    begun = 0
    for at, tag in enumerate(tags):
        if tag % 2:
            begun = at
        if tag and (at + 1 == len(tags) or tags[at + 1] % 2 or not tags[at + 1]):
            yield begun, at + 1, (tag - 1) // 2


def _stretches(
    text: str, spans: Sequence[tuple[int, int]], maybe: Sequence[bool], at: int
) -> Iterator[tuple[int, int]]:
    """First and last of tokens, end exclusive, that a name may go through."""
    first = last = -1
    for place in compress(range(len(spans)), maybe[at : at + len(spans)]):
        if place != last or text[spans[last - 1][1] : spans[place][0]] not in _GAPS:
            if last > 0:
                yield first, last
            first = place
        last = place + 1
    if last > 0:
        yield first, last


def _tags(said: _Told, first: int, last: int) -> list[int]:
    """The likeliest tags in all, as numbers, in which no name goes on that has not begun."""
    tags = said.tags[first:last]
    before = 0
    for tag in tags:
        if tag and not tag % 2 and before not in (tag, tag - 1):
            return _likeliest(said.chances[first:last, :-1])
        before = tag
    return tags


def _likeliest(chances: _Array) -> list[int]:
    """The same where the likeliest tag of each word alone will not do."""
    score, ways = [0.0] + [-inf] * (len(TAGS) - 1), list[list[int]]()
    for row in np.log(chances + 1e-9).tolist():
        best = score.index(max(score))
        way = [best] * len(TAGS)
        for inside in range(2, len(TAGS), 2):
            way[inside] = inside if score[inside] >= score[inside - 1] else inside - 1
        score = [score[before] + own for before, own in zip(way, row, strict=True)]
        ways.append(way)
    tag = score.index(max(score))
    tags = []
    for way in reversed(ways):
        tags.append(tag)
        tag = way[tag]
    return tags[::-1]


@cache
def tagger() -> Tagger:
    """The model that ships, read once a process; one core multiplies its small matrices best."""
    threadpool_limits(limits=1, user_api="blas")
    with resources.as_file(resources.files("detectors") / "data" / "names.npz") as path:
        return Tagger.load(path)

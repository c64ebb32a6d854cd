"""What a sentence is about, by the sense of its words: a small model for roundabout sentences.

Each word has a vector, distilled from a multilingual encoder by `training/gist.py`; a word that is
not known has that of its first and last letters. The model reads three words at a time and says for
every class of sensitive text how much speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from io import BytesIO
from math import inf
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from detectors import lexicon

_Array = NDArray[np.float32]
SHORTEST, LONGEST = 3, 7
"""Letters of the ends of a word that tell what an unknown one means."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[?:!()/=%.,]")
_MOST = 80
_FREQUENT = 100
_KEPT = 4096
"""Words and sentences that are remembered."""


class _Model(NamedTuple):
    places: Mapping[str, int]
    classes: Sequence[str]
    vectors: NDArray[np.int8]
    """A row for each word, then one for each hashed end."""
    step: float
    reading: _Array
    reading_bias: _Array
    inner: _Array
    inner_bias: _Array
    outer: _Array
    outer_bias: _Array


def score(entity: str, sentence: str) -> float:
    """How much of the sentence's sense speaks for the class; above nought it is likelier than not.

    Raises:
        KeyError: There is no such class.
    """
    return scores(sentence)[entity]


def known() -> Iterator[str]:
    """The words that the model knows whole."""
    return iter(_model().places)


def tokens(sentence: str) -> list[str]:
    """What the model reads: words in small letters; names are alike, and so are numbers."""
    return [_norm(word, not at) for at, word in enumerate(_TOKEN.findall(sentence)[:_MOST])]


def ends(word: str) -> list[str]:
    """The first and last letters by which an unknown word is known."""
    whole = f"<{word}>"
    lengths = range(SHORTEST, min(LONGEST, len(whole)) + 1)
    return [whole[:length] for length in lengths] + [f"~{whole[-length:]}" for length in lengths]


def place(end: str, count: int) -> int:
    """Which of so many hashed ends it is."""
    return crc32(end.encode()) % count


@lru_cache(_KEPT)
def _norm(word: str, is_first: bool) -> str:  # noqa: FBT001
    if word.isdigit():
        return "#"
    is_called = len(word) > 2 and word[0].isupper() and not lexicon.is_word(word)
    if is_called and lexicon.given(word) >= _FREQUENT:
        return "<name>"
    if is_called and not is_first and lexicon.surname(word) > 0:
        return "<name>"
    return word.casefold()


@lru_cache(_KEPT)
def _vector(word: str) -> _Array:
    """What a word means, then what it adds to the reading of the next, of itself, of the last."""
    model = _model()
    known, first = model.places.get(word), len(model.places)
    count = len(model.vectors) - first
    rows = [first + place(end, count) for end in ends(word)] if known is None else [known]
    own = model.vectors[rows].mean(axis=0, dtype=np.float32) * np.float32(model.step)
    return np.concatenate([own, *(own @ part for part in np.split(model.reading, 3))])


@lru_cache(64)
def scores(sentence: str) -> Mapping[str, float]:
    """How much of the sentence's sense speaks for each class."""
    model, words = _model(), tokens(sentence)
    if not words:
        return dict.fromkeys(model.classes, -inf)
    rows = np.array([_vector(word) for word in words])
    width, filters = model.vectors.shape[1], len(model.reading_bias)
    own, read = rows[:, :width], rows[:, width + filters : width + 2 * filters]
    before, after = rows[:, width : width + filters], rows[:, width + 2 * filters :]
    read[1:] += before[:-1]
    read[:-1] += after[1:]
    most = np.maximum(read.max(axis=0) + model.reading_bias, 0)
    every = np.concatenate([own.mean(axis=0), own.max(axis=0), most])
    inner = np.maximum(every @ model.inner + model.inner_bias, 0)
    found = inner @ model.outer + model.outer_bias
    return dict(zip(model.classes, found.tolist(), strict=True))


@cache
def _content() -> bytes:
    return (resources.files("detectors") / "data" / "sensitive" / "gist.npz").read_bytes()


@cache
def _model() -> _Model:
    with np.load(BytesIO(_content())) as stored:
        words = bytes(stored["words"]).decode().split("\n")
        classes = bytes(stored["classes"]).decode().split("\n")
        rest = [stored[name].astype(np.float32) for name in _Model._fields[4:]]
        return _Model(
            {word: number for number, word in enumerate(words)},
            classes,
            stored["vectors"], float(stored["step"]), *rest,
        )  # fmt: skip


@cache
def version() -> str:
    """Changes with the model."""
    return sha256(_content()).hexdigest()[:8]

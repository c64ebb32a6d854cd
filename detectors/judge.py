"""Whether a sentence says what its cue says of a person: a small model of words and flags.

The model is a logistic one over hashed features, learnt by `training/sensitive.py` from the
labelled sentences. It does not see the cue itself but where it stands, so that it knows sentences
and not diseases, parties or debts: what it learns of one class holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib import resources
from math import sqrt
from zlib import crc32

from detectors import lexicon

SIZE = 1 << 16
SCALE = 16
"""A weight of one is so many steps of the stored number."""
ZERO = 128
"""The stored number of a weight of nought."""
_TOKEN = re.compile(r"§|\w+|[?:!\"()/=;%]")
_FREQUENT = 100
_TAIL = 3
_LONGEST = 5


def score(features: Iterable[str]) -> float:
    """How much speaks for a person: above nought it is likelier than not."""
    weights, every = _weights(), set(features)
    total = sum(weights[place(feature)] - ZERO for feature in every)
    return total / SCALE / sqrt(len(every))


def place(feature: str) -> int:
    """Where a feature's weight is stored."""
    return crc32(feature.encode()) % SIZE


def features(sentence: str, cues: Iterable[tuple[int, int]], flags: Iterable[str]) -> Iterator[str]:
    """What the model sees: words, their ends and pairs, with `§` for each cue, and the flags."""
    for start, end in sorted(cues, reverse=True):
        sentence = f"{sentence[:start]} § {sentence[end:]}"
    words = [_norm(word, first=not at) for at, word in enumerate(_TOKEN.findall(sentence))]
    length = min(_LONGEST, len(words) // 5)
    yield "bias"
    yield f"long {length}"
    for flag in flags:
        yield f"flag {flag}"
        yield f"flag {flag} {length}"
    for word in words:
        yield word
        if len(word) > _TAIL + 1:
            yield f"-{word[-_TAIL:]}"
    for pair in zip(["^", *words], [*words, "$"], strict=True):
        yield " ".join(pair)


def _norm(word: str, *, first: bool) -> str:
    """A word as the model knows it: names, numbers and proper nouns are alike."""
    if word.isdigit():
        return "#"
    if len(word) > 2 and word[0].isupper():
        if lexicon.given(word) >= _FREQUENT and not lexicon.is_word(word):
            return "<name>"
        if not first:
            return "<proper>"
    return word.casefold()


@cache
def _weights() -> bytes:
    return (resources.files("detectors") / "data" / "sensitive" / "judge.bin").read_bytes()


@cache
def version() -> str:
    """Changes with the model."""
    return sha256(_weights()).hexdigest()[:8]

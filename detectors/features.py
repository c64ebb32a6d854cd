"""What the name model sees of a word: hashes of its parts, its shape, what the lists know.

All depends on the word alone, so that it is worked out once for equal words.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

from detectors import lexicon

PARTS = 1 << 15
"""Buckets for parts of words: three to five letters, with marks for the word's ends."""
FLAGS = 14
_SIGNS = "\n,.:;()\"'@/-&!?<>=+|*_#%"
SHAPES = 32 + len(_SIGNS)
LOWER = 3
"""The shape of a word in lower case, without a hyphen."""

_LONGEST = 24
_SURNAME_END = re.compile(
    r".{2,}(?:sson|sdotter|ström|berg|qvist|kvist|lund|gren|dahl|stedt?|lö[fv]|feldt|borg|holm|mark"
    r"|ski|ska|wski|ović|ovic|vić|enko|wall|vall|blad|ander|strand|hult|bäck|beck|lind|mann|ell|én"
    r"|lin|dén|zadeh|oğlu|oglu|akis|opoulos|shvili|escu|nen)\Z"
)


class Features(NamedTuple):
    """One word's, as indices into the model's tables."""

    parts: list[int]
    shape: int
    flags: list[float]
    """0 or 1 each."""


def features(word: str) -> Features:
    """What there is to see of a token."""
    low = word.casefold()
    return Features(_parts(low), _shape(word), _flags(low))


def _parts(low: str) -> list[int]:
    marked = f"<{low[:_LONGEST]}>"
    size = len(marked)
    return [
        crc32(marked[at : at + length].encode()) % PARTS
        for length in (3, 4, 5)
        for at in range(size - length + 1)
    ]


def _shape(word: str) -> int:
    first, size = word[0], len(word)
    if not first.isalnum():
        return 32 + _SIGNS.index(first) if first in _SIGNS else 31
    if first.isdigit():
        return 20 + min(size, 8)
    if word.islower():
        return 1 if size == 1 else 2 if "-" in word else LOWER
    if word.isupper():
        return 4 if size == 1 else 5 if "-" in word else 6 if size == 2 else 7 if size < 5 else 8
    return _mixed(word) if first.isupper() else 13


def _mixed(word: str) -> int:
    first, _, rest = word.partition("-")
    if rest:
        return 9 if rest[0].isupper() else 10
    return 11 if first[1:].islower() else 12


def _flags(low: str) -> list[float]:
    if low.isdigit():  # which no list holds
        return [0.0] * FLAGS
    bare = low[:-1] if low.endswith("s") and len(low) > 3 else low
    bearers = max(lexicon.given(low), min(map(lexicon.given, low.split("-"))))
    genitive = lexicon.given(bare) if bare != low else 0
    known = max(lexicon.surname(part) for part in low.split("-"))
    return list(
        map(
            float,
            (
                bearers >= 10000,
                1000 <= bearers < 10000,
                100 <= bearers < 1000,
                0 < bearers < 100,
                genitive >= 1000,
                0 < genitive < 1000,
                known > 0,
                bare != low and lexicon.surname(bare) > 0,
                lexicon.patronymic(low) >= 100,
                len(low) >= 6 and _SURNAME_END.match(low) is not None,
                bare != low and len(bare) >= 6 and _SURNAME_END.match(bare) is not None,
                lexicon.is_place(low),
                bare != low and lexicon.is_place(bare),
                lexicon.is_word(low),
            ),
        )
    )

"""What the words around a hit, or its column's label, say about it.

Words are compared folded: lower case, without accents, everything but letters one space. A cue is
found inside words too (`personn` in `kundpersonnumret`); one of four letters or fewer, or with a
space at an end, only where a word begins or ends there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_BEFORE = 60
_DOUBT_BEFORE = 24
_AFTER = re.compile(r"[^0-9\n]{0,25}")
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_DOT = re.compile(r"(?<=[a-z])\.(?=[a-z])")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_SHORT = 4

CUE = 0.35
"""What a cue word adds to a score."""
LABEL = 0.4
"""What an agreeing label adds."""
DOUBT = 0.35
"""What a doubt, in text or label, takes off."""
DOUBTED = 0.3
"""The most that a weak hit keeps under doubt, so that no column lifts it."""


def fold(text: str) -> str:
    """The text as folded words between single spaces, one at each end."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return f" {_NOT_LETTERS.sub(' ', _DOT.sub('', letters)).strip()} "


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """A column's name as folded words: `kundPersonNr` as ` kund person nr `."""
    return fold(_CAMEL.sub(" ", label))


@dataclass(frozen=True, slots=True)
class Words:
    """The cue words and doubts of one recogniser, ready to be looked up."""

    cues: tuple[str, ...]
    doubts: tuple[str, ...]
    reasons: dict[str, str]
    """What a cue says beside that the hit stands."""

    @classmethod
    def of(cls, cues: Iterable[str], doubts: Iterable[str], reasons: dict[str, str]) -> Words:
        """Bound short words at both ends."""
        return cls(tuple(map(_bound, cues)), tuple(map(_bound, doubts)), reasons)


def _bound(word: str) -> str:
    return f" {word} " if len(word) <= _SHORT and " " not in word else word


def _last(folded: str, words: tuple[str, ...]) -> tuple[int, str]:
    """Where the last of the words begins, and which it is; -1 where none stands."""
    return max(((folded.rfind(word), word) for word in words), default=(-1, ""))


@dataclass(frozen=True, slots=True)
class Said:
    """What label and words around say of one hit."""

    change: float
    """Added to the score."""
    reasons: tuple[str, ...]


_NOTHING = Said(0.0, ())


def of_label(label: str, words: Words, *, agrees: bool, contradicts: bool) -> Said:
    """What a column's label says; `agrees` and `contradicts`: what its meaning is known to say."""
    if not label:
        return _NOTHING
    folded = fold_label(label)
    at, cue = _last(folded, words.cues)
    if agrees or at >= 0:
        more = words.reasons.get(cue) if at >= 0 else None
        return Said(LABEL, ("label", more) if more else ("label",))
    if contradicts or _last(folded, words.doubts)[0] >= 0:
        return Said(-DOUBT, ("label speaks against",))
    return _NOTHING


def around(text: str, start: int, end: int, words: Words) -> Said:
    """What the words before a hit say, the nearest first; else those after it."""
    if not (words.cues or words.doubts):
        return _NOTHING
    before = fold(text[max(0, start - _BEFORE) : start])
    at, cue = _last(before, words.cues)
    doubt = -1
    if words.doubts:
        near = fold(text[max(0, start - _DOUBT_BEFORE) : start])
        doubt = _last(near, words.doubts)[0]
        doubt += len(before) - len(near) if doubt >= 0 else 0
    if doubt > at:
        return Said(-DOUBT, ("words speak against",))
    if at < 0:
        following = _AFTER.match(text, end)
        at, cue = _last(fold(following[0]), words.cues) if following else (-1, "")
    if at < 0:
        return _NOTHING
    more = words.reasons.get(cue)
    return Said(CUE, ("cue word", more) if more else ("cue word",))


def weigh(score: float, said: Said) -> float:
    """The score with what was said of the hit, 0 to 1."""
    if said.change < 0:
        doubted = score + said.change
        return round(doubted if doubted >= 0.5 else min(max(doubted, 0.0), DOUBTED), 2)
    return round(min(score + said.change, 1.0), 2)

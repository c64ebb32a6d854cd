"""Tables that list the kinds of something, such as posts, courses or states: nobody's rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from detectors import fits, labels
from detectors.base import Place
from detectors.places import KEYS, ROWS, concepts, referred, share

_CODES = ("kod", "koder", "code", "codes")
_KINDS = (*_CODES, "art")
"""Ends of words for a kind: `kurskod`, `loneart`."""
_STATES = frozenset({"state", "amount", "listing", "text"})
_SOMEBODYS = ROWS | {"staff", "household", "facility", "meter"}
"""Whose codes tell persons, or their homes, apart."""
_FEW = 100
"""Rows of the longest such table."""
_UNIQUE = 0.99
_SHARE, _STRAY = 0.5, 0.15


def is_catalogue(name: Sequence[str], about: Collection[str], places: Sequence[Place]) -> bool:
    """Whether a table of that name, of these concepts, lists the few kinds of something."""
    if "codetable" in about:
        return True
    if max((place.shape.rows for place in places), default=0) > _FEW:
        return False
    is_of_states = "state" in about and {*about} <= _STATES
    return is_of_states or any(word.endswith(_CODES) for word in name[-1:]) or _is_coded(places)


def _is_coded(places: Sequence[Place]) -> bool:
    """Whether a code comes first that each row has its own of, and nobody is named beside."""
    first = next(iter(places), None)
    if first is None or not first.read or first.shape.unique < _UNIQUE:
        return False
    words = labels.tokens(first.label)
    is_kind = any(word.endswith(_KINDS) for word in words[-1:]) and not referred(first)
    return is_kind and not _SOMEBODYS & {*concepts(first)} and not any(map(_is_key, places))


def _is_key(place: Place) -> bool:
    """Whether patterns found somebody in the column: in many of a few words that come again."""
    least = _SHARE if fits.is_category(place.shape) else _STRAY
    return any(share(place, entity) >= least for entity in KEYS)

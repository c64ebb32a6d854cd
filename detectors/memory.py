"""What columns' values said, kept for when they come again, however far apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from detectors.competition import Claim

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

NEW, NOTHING = 0, 1
"""Numbers of what a value says: not known; that there is nothing in it."""
_SETS, _WAYS = 1 << 19, 8
"""Places for four million values, 32 MB; those of one set lie together, in one line of cache."""
_MOST = np.uint64((1 << 18) - 1)
"""The greatest number. It is mixed into the lowest bits of a value's place, which its set tells."""
_KEPT = 1 << 16
"""Different sayings that are kept: with more, all begins anew. Most values say the same."""


class Memory:
    """What values of one process's columns said.

    A value is known by 64 bits of hash, of itself and of its column's label, so that it takes
    eight bytes whatever its length. That a new one is taken for another has a chance of one in a
    million million. Where there is no room, an older value has to go and is read again.
    """

    def __init__(self) -> None:
        """Nothing is known."""
        self._begin()

    def _begin(self) -> None:
        self._places = np.zeros((_SETS, _WAYS), np.uint64)
        self._said: list[tuple[Claim, ...]] = [(), ()]
        self._numbers: dict[tuple[Claim, ...], int] = {(): NOTHING}

    def keys(self, label: str, values: Sequence[str]) -> Keys:
        """What tells a column's values apart."""
        hashes = np.fromiter(map(hash, values), np.int64, len(values))
        return (hashes ^ hash((label,))).view(np.uint64)

    def known(self, keys: Keys) -> Numbers:
        """What each of the values said, by number; `NEW` where it is not known."""
        if len(self._said) > _KEPT:
            self._begin()
        places = np.ascontiguousarray(self._places.take(_sets(keys), axis=0).T)
        nearest = (places ^ keys).min(axis=0)
        return np.where(nearest > _MOST, NEW, nearest).view(np.int64)

    def keep(self, keys: Keys, claims: Iterable[Sequence[Claim]]) -> Numbers:
        """Keep what new values say; gives the numbers of it."""
        numbers = np.fromiter(map(self._number, claims), np.int64, len(keys))
        sets = _sets(keys)
        is_free = self._places[sets] == 0
        any_way = (keys >> np.uint64(32) & np.uint64(_WAYS - 1)).view(np.int64)
        ways = np.where(is_free.any(axis=1), is_free.argmax(axis=1), any_way)
        self._places[sets, ways] = keys ^ numbers.view(np.uint64)
        return numbers

    def said(self, number: int) -> tuple[Claim, ...]:
        """What has that number."""
        return self._said[number]

    def _number(self, claims: Sequence[Claim]) -> int:
        number = self._numbers.setdefault(tuple(claims), len(self._said))
        if number == len(self._said):
            self._said.append(tuple(claims))
        return number


def _sets(keys: Keys) -> NDArray[np.int64]:
    return (keys & np.uint64(_SETS - 1)).view(np.int64)

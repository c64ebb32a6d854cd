"""How many different ones: counted while they pass, in bounded memory, and estimated from few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

KEPT = 1 << 15
"""Different ones that are counted exactly; of more, those with the smallest digests are kept."""
_SPACE = 1 << 64
_TWO_SIDED = 1.96
_EACH_OF_TWO = 2.24
"""Normal quantiles: for an interval of 95 %, and for a limit that two chances are taken at."""


class Guess(NamedTuple):
    """A number with its 95 % interval."""

    likely: int
    low: int
    high: int


def digest(value: str) -> int:
    """A value as a number of 64 bits that does not give it away."""
    raw = value.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8, person=b"sparhund").digest())


@dataclass(slots=True)
class Distinct:
    """Different digests and how often each was seen: all of few, an even choice of many."""

    counts: Counter[int] = field(default_factory=Counter)
    kept: int = KEPT
    limit: int = _SPACE
    """Digests from here on are not kept."""

    def add(self, digests: NDArray[np.uint64]) -> None:
        """Count some more."""
        if self.limit < _SPACE:
            digests = digests[digests < self.limit]
        self.counts.update(digests.tolist())
        if len(self.counts) > self.kept + self.kept // 4:
            ordered = sorted(self.counts)
            self.limit = ordered[self.kept]
            for each in ordered[self.kept :]:
                del self.counts[each]

    def number(self) -> Guess:
        """How many different ones were seen."""
        return self._grown(Guess(*3 * (len(self.counts),)))

    def estimate(self, frame: Guess) -> Guess:
        """How many different ones there are in `frame` rows, of which these were drawn at random.

        `frame` counts the rows that have such a value at all.
        """
        share = self.limit / _SPACE
        rows = Guess(*(round(each * share) for each in frame))
        return self._grown(_unseen(self.counts, rows))

    def _grown(self, kept: Guess) -> Guess:
        """From those kept to all, with the chance that was taken in choosing them."""
        if self.limit == _SPACE:
            return kept
        share = self.limit / _SPACE
        error = _TWO_SIDED / sqrt(len(self.counts))
        low, high = kept.low * (1 - error) / share, kept.high * (1 + error) / share
        return Guess(round(kept.likely / share), round(low), ceil(high))


def _unseen(counts: Counter[int], frame: Guess) -> Guess:
    """Different ones in the frame: the number by Chao and Lin, the interval by its two limits.

    Those seen once tell of those not seen. At least: the more are seen twice, the fewer are left.
    At most: all but those seen again are different, as Charikar and others show (PODS 2000). Each
    limit allows for the chance in the numbers that it rests on.
    """
    seen, rows = len(counts), counts.total()
    if not seen:
        return Guess(0, 0, 0)
    times = Counter(counts.values())
    once, twice = times[1], times[2]
    likely, least = (max(rows, each) for each in (frame.likely, frame.low))
    most = max(rows, frame.high)
    low = seen + _beyond(_below(once), _above(twice), rows, least)
    high = seen - once + _above(once, _TWO_SIDED) * most / rows
    cap = min(most, seen + most - rows)
    high = min(cap, ceil(high))
    low = min(high, int(low))
    guess = seen + _beyond(once, twice, rows, likely)
    return Guess(min(high, max(low, round(guess))), low, high)


def _beyond(once: float, twice: float, rows: int, frame: int) -> float:
    """At least so many were not seen, by how many were seen once and twice of `rows` drawn."""
    if not once or frame <= rows:
        return 0.0
    drawn = rows / frame
    return once * once / (2 * twice + once * drawn / (1 - drawn))


def _below(count: int) -> float:
    """The lower limit of what a count is a chance result of."""
    if not count:
        return 0.0
    return max(0.0, count * (1 - 1 / (9 * count) - _EACH_OF_TWO / (3 * sqrt(count))) ** 3)


def _above(count: int, quantile: float = _EACH_OF_TWO) -> float:
    """The upper limit of what a count is a chance result of."""
    more = count + 1
    return float(more * (1 - 1 / (9 * more) + quantile / (3 * sqrt(more))) ** 3)


def portion(hits: int, drawn: int, frame: int) -> Guess:
    """How many of the frame's rows are such as `hits` of the `drawn` ones.

    The frame itself may be an estimate from the same draws, which widens the interval.
    """
    if drawn >= frame:
        return Guess(hits, hits, hits)
    if 2 * hits > drawn:
        low, high = drawn - _above(drawn - hits), drawn - _below(drawn - hits)
    else:
        low, high = _below(hits), _above(hits)
    error = _TWO_SIDED / sqrt(drawn)
    rows = frame / drawn
    least = max(hits, int(low * rows * (1 - error)))
    return Guess(round(hits * rows), least, max(least, ceil(high * rows * (1 + error))))

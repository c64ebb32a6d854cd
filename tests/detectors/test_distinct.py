"""Different ones: exact while few, close when many, and intervals from samples that hold."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Iterable
from itertools import accumulate

import numpy as np
import pytest
from numpy.typing import NDArray

from detectors.distinct import KEPT, Distinct, Guess, digest, portion


def digests(numbers: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(numbers), np.uint64)


RUNS = 40


def evenly(times: int, number: int) -> list[int]:
    return [times] * number


def zipf(number: int, most: int) -> list[int]:
    return [max(1, int(most / rank**1.1)) for rank in range(1, number + 1)]


def drawn(sizes: list[int], rows: int, dice: random.Random) -> Distinct:
    """A sample of rows; each of the different ones has so many rows as its size says."""
    ends = list(accumulate(sizes))
    seen = Distinct()
    seen.add(digests(bisect(ends, row) for row in dice.sample(range(ends[-1]), rows)))
    return seen


@pytest.mark.parametrize(
    "sizes",
    [
        evenly(1, 500_000),
        evenly(2, 200_000),
        evenly(40, 10_000),
        evenly(5000, 60),
        zipf(100_000, 200_000),
        [random.Random(0).randint(1, 9) for _ in range(80_000)],
        [*evenly(10_000, 50), *evenly(1, 50_000)],
    ],
    ids=["once each", "twice", "forty", "few", "zipf", "mixed", "few and many"],
)
@pytest.mark.parametrize("rows", [500, 3000])
def test_the_interval_holds_what_is_there(sizes: list[int], rows: int) -> None:
    dice = random.Random(f"{len(sizes)} {rows}")
    frame = Guess(*3 * (sum(sizes),))
    guesses = [drawn(sizes, rows, dice).estimate(frame) for _ in range(RUNS)]
    held = sum(guess.low <= len(sizes) <= guess.high for guess in guesses)
    assert held >= 0.95 * RUNS
    assert all(guess.low <= guess.likely <= guess.high for guess in guesses)


def test_what_is_certain_is_told_so() -> None:
    dice = random.Random(1)
    guess = drawn(evenly(1, 100_000), 10_000, dice).estimate(Guess(*3 * (100_000,)))
    assert guess.likely == guess.high == 100_000
    assert guess.low > 60_000
    guess = drawn(evenly(5000, 60), 10_000, dice).estimate(Guess(*3 * (300_000,)))
    assert guess.low == guess.likely == 60
    assert guess.high < 200


def test_few_are_counted_exactly_and_many_closely() -> None:
    seen = Distinct()
    for first in range(0, KEPT, 1000):
        seen.add(digests(map(digest, map(str, range(first, min(KEPT, first + 1000))))))
        seen.add(digests(map(digest, map(str, range(100)))))
    assert seen.number() == (KEPT, KEPT, KEPT)
    for first in range(KEPT, 200_000, 1000):
        seen.add(digests(map(digest, map(str, range(first, min(200_000, first + 1000))))))
    guess = seen.number()
    assert guess.low <= 200_000 <= guess.high
    assert guess.high - guess.low < 0.03 * 200_000
    assert len(seen.counts) < 1.3 * KEPT


def test_the_interval_of_many_holds() -> None:
    held = 0
    for run in range(RUNS):
        dice = random.Random(run)
        seen = Distinct(kept=500)
        for _ in range(10):
            seen.add(digests(dice.getrandbits(64) for _ in range(600)))
        guess = seen.number()
        held += guess.low <= 6000 <= guess.high
    assert held >= 0.9 * RUNS


@pytest.mark.parametrize("share", [0.0003, 0.01, 0.4, 0.6, 0.999, 1.0])
def test_a_portion_of_rows_holds(share: float) -> None:
    dice = random.Random(f"{share}")
    truth = round(share * 1_000_000)
    hits = [sum(row < truth for row in dice.sample(range(1_000_000), 2000)) for _ in range(RUNS)]
    guesses = [portion(each, 2000, 1_000_000) for each in hits]
    assert sum(guess.low <= truth <= guess.high for guess in guesses) >= 0.95 * RUNS


def test_all_rows_tell_all() -> None:
    assert portion(7, 50, 50) == (7, 7, 7)


@pytest.mark.parametrize("make", [lambda: digest("811218-9876"), lambda: digest("å\ud800")])
def test_a_digest_is_the_same_every_time(make: Callable[[], int]) -> None:
    assert make() == make()
    assert 0 <= make() < 1 << 64

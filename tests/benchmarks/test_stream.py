from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from benchmarks import stream
from benchmarks.stream import Course


@pytest.mark.parametrize(
    ("resident", "flat"),
    [
        ((90, 100, 100, 100), True),
        ((300, 100, 114, 110), True),
        ((90, 100, 120, 100), False),
        ((90, 100, 100, 116), False),
    ],
)
def test_flat_is_at_most_fifteen_percent_above_the_second_mark(
    resident: tuple[float, ...], *, flat: bool
) -> None:
    assert Course(1, resident).is_flat is flat


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (range(100, 10_001, 100), (50, 70, 90, 60)),
        (range(100, 9_901, 100), (50, 70, 90, 60)),
    ],
)
def test_a_peak_between_two_marks_is_told(places: range, told: tuple[float, ...]) -> None:
    passed: list[int] = []
    peaks = {500: 70.0, 3_000: 90.0, 8_000: 60.0}

    def walked() -> Iterator[int]:
        for place in places:
            passed.append(place)
            yield place

    found = stream.course(10_000, walked(), lambda: peaks.get(passed[-1], 50.0))
    assert (found.size, found.resident) == (places[-1], told)


def test_blocks_are_alike_in_kind_and_never_equal() -> None:
    first, second = map(set, islice(stream.blocks(), 2))
    assert len(first & second) < 0.05 * len(first)
    assert all(len(text) <= 1_000 for text in first)
    assert 600_000 < sum(map(len, first)) < 900_000

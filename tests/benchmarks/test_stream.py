from __future__ import annotations

from collections.abc import Sequence
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


def test_a_peak_between_two_marks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "blocks", lambda: iter([["x" * 100]] * 200))
    fed: list[Sequence[str]] = []
    peak = {5: 70.0, 30: 90.0, 80: 60.0}

    def resident() -> float:
        return peak.get(len(fed), 50.0)

    found = stream.course(10_000, fed.append, resident)
    assert (found.size, len(fed)) == (10_000, 100)
    assert found.resident == (50, 70, 90, 60)


def test_blocks_are_alike_in_kind_and_never_equal() -> None:
    first, second = map(set, islice(stream.blocks(), 2))
    assert len(first & second) < 0.05 * len(first)
    assert all(len(text) <= 1_000 for text in first)
    assert 600_000 < sum(map(len, first)) < 900_000

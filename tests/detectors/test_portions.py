"""Long values and many values take the same memory and lose nothing at their cuts."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest

from detectors.portions import MARGIN, SIZE, together
from detectors.swedish import SwedishDetector, analyse
from scanner.model import Batch

_LINE = "Ring 070-174 06 05 om 850121-2396, Storgatan 10, 391 28 Kalmar, anna@example.se idag.\n"
_FILLER = "Vi ses i morgon och tar med kaffe till alla som kommer dit efter lunchen. " * 12


def _peak(values: tuple[str, ...]) -> int:
    detector = SwedishDetector()
    tracemalloc.start()
    for _ in detector.detect(Batch("", values)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_long_text_takes_no_more_memory_than_a_short_one() -> None:
    analyse(_LINE)
    page = _LINE + _FILLER
    small, big = page * (2 * SIZE // len(page)), page * (24 * SIZE // len(page))
    _peak((small,))
    assert _peak((big,)) < 2 * _peak((small,))  # twelve times the text


def test_every_match_of_a_long_text_is_found_once() -> None:
    line = Counter(hit.entity for hit in analyse(_LINE))
    times = 3 * (SIZE + MARGIN) // len(_LINE)
    found = analyse(_LINE * times)
    assert Counter(hit.entity for hit in found) == {e: n * times for e, n in line.items()}
    assert [hit.start for hit in found] == sorted(hit.start for hit in found)


@pytest.mark.parametrize("shift", range(0, 90, 7))
def test_a_match_across_a_cut_is_found_once(shift: int) -> None:
    text = " " * (SIZE - shift) + _LINE + " " * (SIZE + 3 * MARGIN)
    expected = [(hit.entity, hit.start + SIZE - shift) for hit in analyse(_LINE)]
    assert [(hit.entity, hit.start) for hit in analyse(text)] == expected


def test_portions_cover_every_value_once_and_in_order() -> None:
    values = ["a", "b" * (SIZE + MARGIN + 1), "", "c" * SIZE, "d", "e" * (3 * SIZE)]
    seen = [portion for group in together(values) for portion in group]
    assert [portion.value for portion in seen] == sorted(portion.value for portion in seen)
    for number, value in enumerate(values):
        own = [portion for portion in seen if portion.value == number]
        assert [portion.low for portion in own][1:] == [portion.high for portion in own][:-1]
        assert (own[0].low, own[-1].high) == (0, len(value))
        for portion in own:
            assert value[portion.first :].startswith(portion.text)
    assert sum(len(p.text) for p in seen) < 1.2 * sum(map(len, values)) + 8 * MARGIN


def test_a_million_short_cells_are_read_in_groups() -> None:
    cells = tuple(f"cell {number}" for number in range(200_000))
    groups = [len(group) for group in together(cells)]
    assert sum(groups) == 200_000
    assert len(groups) >= 4
    more = tuple(f"cell {number}" for number in range(300_000))
    _peak(cells[:9])
    assert _peak(more) < 1.2 * _peak(cells)

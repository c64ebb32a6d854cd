"""What a column's values look like."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from detectors.base import Evidence
from detectors.shapes import Shape
from scanner.model import Batch, Resource


def shape(values: Sequence[str], batch: int = 1000) -> Shape:
    """The shape of values that come in batches."""
    made = Shape()
    for first in range(0, len(values), batch):
        made.add(values[first : first + batch])
    return made


KINDS = {
    "integer": ["12", "-3", "+46701740605", "007"],
    "decimal": ["1.25", "0,5", "-12.000", "12 500", "1 234 567,89"],
    "date": ["2026-03-01", "1952/12/24", "19520101", "24/12/1999", "1.5.2020"],
    "moment": ["2026-03-01 12:15", "2026-03-01T00:00:00+01:00", "20260301 0915"],
    "month": ["2026-03"],
    "json": ['{"a": 1}', "[1, 2]"],
    "word": ["Villa", "M", "Åkersberga", "St."],
    "code": ["K-1021", "735999000000000011x", "a@example.se", "SE3"],
    "words": ["Storgatan 12", "Anna Öberg"],
}


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in KINDS.items() for value in values]
)
def test_a_value_is_of_one_kind(kind: str, value: str) -> None:
    assert shape([value]).share(kind) == 1


def test_empty_values_are_rows_and_nothing_else() -> None:
    made = shape(["", " ", "\t", "7"])
    assert (made.rows, made.filled, made.looked) == (4, 1, 1)
    assert shape(["", ""]).share("integer") == 0
    assert not shape([]).is_text


def test_numbers_have_a_middle_and_a_range() -> None:
    made = shape(["18", "44", "61", "0,5", "1 200", "x"])
    assert made.median() == 44
    assert made.within(18, 61) == 3 / 5
    assert made.numeric == 5 / 6


def test_dates_have_years() -> None:
    made = shape(["1952-01-01", "20240131", "01/12/2024", "2024-05-01 10:00"])
    assert (made.dated, made.since(2024), made.since(1950)) == (1, 3 / 4, 1)


@pytest.mark.parametrize(
    ("values", "seconds"),
    [
        ([f"2026-03-01 {hour:02}:00:00" for hour in range(24)], 3600),
        ([f"2026-03-01T10:{minute:02}" for minute in range(0, 60, 15)], 900),
        ([f"2026-03-{day:02}" for day in range(1, 29)], 86400),
        (["2026-03-01", "2026-03-04", "2026-05-09", "2026-01-02"], 0),
        (["2026-03-01"] * 5, 0),
        (["1", "2", "3"], 0),
    ],
)
def test_regular_times_have_a_step(values: list[str], seconds: int) -> None:
    assert shape(values).step == seconds


def test_series_of_several_meters_in_turn_keep_their_step() -> None:
    days = [f"2026-03-01 {hour:02}:00" for hour in range(24)] * 40
    assert shape(days).step == 3600


def test_codes_are_few_and_short() -> None:
    assert shape(["M", "K", "k", "M ", ""] * 500).codes == {"m", "k"}
    assert shape([str(number) for number in range(300)]).codes is None
    assert shape([str(number) for number in range(3000)], batch=100).codes is None
    assert shape(["x" * 60, "y"]).codes is None


def test_repeats_are_told_from_single_values() -> None:
    assert shape([str(number) for number in range(5000)]).unique == 1
    assert shape(["a", "b"] * 2500).unique < 0.01


@pytest.mark.parametrize(
    ("values", "is_text"),
    [
        (["Kunden ringde om sin faktura igen", "ok", "avvaktar", "klart"], True),
        (["Storgatan 12 lgh 1101", "Anna Maria Öberg"], False),
        (['{"name": "x"}', "{}"], True),
        (["2026-03-01", "12"], False),
    ],
)
def test_columns_of_texts(values: list[str], is_text: bool) -> None:  # noqa: FBT001
    assert shape(values * 50).is_text == is_text


def test_evidence_keeps_the_shape_of_each_place() -> None:
    evidence = Evidence(Resource("db", "main.t"))
    for first in range(3):
        evidence.add(Batch("a", ("1", "2"), "a", "t", first * 2), ())
    assert evidence.places["a"].shape.filled == 6


def test_memory_does_not_grow_with_values() -> None:
    made = shape([f"2026-01-01 {number} värde nummer {number}" for number in range(20_000)])
    more = shape([str(number / 7) for number in range(20_000)])
    for each in (made, more):
        kept = (each.numbers, each.steps, each.years, each.codes or ())
        assert sum(map(sys.getsizeof, kept)) < 20_000

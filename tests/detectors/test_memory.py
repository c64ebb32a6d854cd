"""What columns said before is not read again, and says the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from detectors import swedish
from detectors.competition import Claim
from detectors.memory import SHORT, Memory
from detectors.swedish import SwedishDetector
from scanner.model import Batch

VALUES = (
    "Anna Ek",
    "070-174 06 58",
    "",
    "19900118-9811",
    "Kalmar",
    "070-174 06 58",
    "19900118-9811",
)
CLAIMS = (Claim("SE_PERSONNUMMER", 0, 13, 1.0),)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The values that the recognisers are shown."""
    seen: list[str] = []
    judged = swedish.judged

    def told(values: Sequence[str], *arguments: object, **named: object) -> object:
        seen.extend(values)
        return judged(values, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(swedish, "judged", told)
    swedish.forget()
    return seen


def test_a_column_s_values_are_read_once_and_told_each_time(read: list[str]) -> None:
    batch = Batch("kund", VALUES, label="kund")
    first, second = (list(SwedishDetector().detect(batch)) for _ in range(2))
    assert first == second
    assert {hit.index for hit in first} >= {1, 3, 5, 6}
    assert sorted(read) == sorted({value for value in VALUES if value})


def test_another_label_is_another_column(read: list[str]) -> None:
    phones, orders = (
        {hit.entity: hit.score for hit in SwedishDetector().detect(Batch("", VALUES, label=label))}
        for label in ("telefon", "ordernummer")
    )
    assert phones != orders
    assert len(read) == 2 * len({value for value in VALUES if value})


def test_texts_without_a_label_are_read_each_time(read: list[str]) -> None:
    for _ in range(2):
        list(SwedishDetector().detect(Batch("", VALUES)))
    assert len(read) == 2 * len({value for value in VALUES if value})


def test_a_column_that_does_not_repeat_itself_is_not_kept() -> None:
    memory = Memory()
    for first in range(0, 40_000, 1000):
        values = [str(number) for number in range(first, first + 1000)]
        assert not memory.known("nr", values)
        memory.keep("nr", values, {})
    assert memory.held == 0
    assert not memory.columns["nr"].claims


def test_a_long_value_is_not_kept() -> None:
    memory = Memory()
    values = ["a" * SHORT, "a" * (SHORT + 1)]
    memory.known("text", values)
    memory.keep("text", values, {values[0]: CLAIMS})
    assert memory.known("text", values) == {values[0]: CLAIMS}


def test_no_more_is_kept_than_the_bound() -> None:
    memory = Memory()
    for label in map(str, range(100)):
        values = [str(number) for number in range(9000)]
        memory.known(label, values)
        memory.keep(label, values, {})
        assert memory.held <= 209_000
        assert memory.held == sum(len(column.claims) for column in memory.columns.values())

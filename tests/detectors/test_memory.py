"""What columns said before is not read again, and says the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from detectors import memory as memories
from detectors import swedish
from detectors.competition import Claim
from detectors.memory import NEW, NOTHING, Memory
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


def said(number: int) -> tuple[Claim, ...]:
    """What the test's values say: one in five nothing."""
    return () if number % 5 == 0 else (Claim("PERSON", 0, number % 30, 0.5),)


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


def test_equal_values_far_apart_are_read_once(read: list[str]) -> None:
    numbers = [f"{number}" for number in range(30_000)]
    for _ in range(2):
        for first in range(0, len(numbers), 1000):
            list(SwedishDetector().detect(Batch("nr", tuple(numbers[first:][:1000]), label="nr")))
    assert set(read) == set(numbers)
    assert len(read) < 1.01 * len(numbers), "few had to make room"


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


def test_blank_values_are_not_read(read: list[str]) -> None:
    assert not list(SwedishDetector().detect(Batch("", ("", " ", "\t"), label="telefon")))
    assert not read


def test_what_is_known_is_what_was_kept_and_next_to_all_of_it() -> None:
    memory, values = Memory(), [str(number) for number in range(300_000)]
    for label in ("a", "b"):
        keys = memory.keys(label, values)
        assert not memory.known(keys).any(), "nothing of another column is taken for its own"
        for first in range(0, len(values), 1000):
            memory.keep(keys[first:][:1000], map(said, range(first, first + 1000)))
        known = memory.known(keys).tolist()
        told = [(at, memory.said(number)) for at, number in enumerate(known) if number != NEW]
        assert all(claims == said(at) for at, claims in told)
        assert len(told) > 0.99 * len(values)


def test_where_there_is_no_room_older_values_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "_SETS", 1 << 18)
    monkeypatch.setattr(memories, "_WAYS", 1)
    memory = Memory()
    for first in range(0, 1 << 19, 1 << 17):
        values = [str(number) for number in range(first, first + (1 << 17))]
        keys = memory.keys("nr", values)
        memory.keep(keys, ((),) * len(values))
        assert (memory.known(keys) == NOTHING).mean() > 0.7


def test_different_sayings_are_kept_up_to_a_bound() -> None:
    memory, dice = Memory(), random.Random(1)
    for _ in range(5):
        values = [str(dice.random()) for _ in range(50_000)]
        keys = memory.keys("text", values)
        assert not memory.known(keys).any()
        claims = [(Claim("PERSON", at, at + 1, dice.random()),) for at in range(len(values))]
        numbers = memory.keep(keys, claims)
        assert [memory.said(number) for number in numbers.tolist()] == claims
        assert len(memory._said) < 200_000

"""Tables without rows: what their columns are meant for, by names alone."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from detectors.base import Evidence
from detectors.swedish import SwedishDetector
from scanner.model import Batch, Column, Resource

_KIN = {
    "INVOICE": ["PAYMENT_HISTORY"],
    "PAYMENT_HISTORY": ["INVOICE"],
    "CHARGING_SESSION": ["ELECTRICITY_CONSUMPTION", "WEB_ACTIVITY"],
}
"""What may be the other."""


class Judged(NamedTuple):
    """A column's name, what it is meant for, and what was told."""

    name: str
    meant: frozenset[str]
    told: frozenset[str]


def told(table: str, names: list[str]) -> dict[str, set[str]]:
    """The entities of each column of a table without rows."""
    detector, evidence = SwedishDetector(), Evidence(Resource("db", table))
    column = Column("varchar")
    for name in names:
        batch = Batch(name, (), name, table, 0, column=column)
        evidence.add(batch, detector.detect(batch))
    found: dict[str, set[str]] = defaultdict(set)
    for finding in detector.conclude(evidence):
        found[finding.location].add(finding.entity)
    return found


def judged() -> Iterator[Judged]:
    """Every name of `column_words.toml`, among the others of its table."""
    raw = (Path(__file__).parent / "column_words.toml").read_text(encoding="utf-8")
    for said in tomllib.loads(raw).values():
        table = said.pop("table")
        meant: dict[str, set[str]] = defaultdict(set)
        for entity, names in said.items():
            for name in names.split(","):
                meant[name.strip()] |= {entity, *_KIN.get(entity, ())}
        found = told(table, list(meant))
        for name, entities in meant.items():
            yield Judged(name, frozenset(entities), frozenset(found[name]))


@pytest.fixture(scope="module")
def columns() -> list[Judged]:
    return list(judged())


def test_clear_names_are_believed(columns: list[Judged]) -> None:
    asked = [bool(each.meant & each.told) for each in columns if "nothing" not in each.meant]
    assert len(asked) > 7_000
    assert sum(asked) / len(asked) >= 0.82


def test_what_is_nobodys_is_left_alone(columns: list[Judged]) -> None:
    false = [bool(each.told) for each in columns if each.meant == {"nothing"}]
    assert len(false) > 4_000
    assert sum(false) / len(false) <= 0.018


def test_deals_without_a_word_of_persons_are_believed_too() -> None:
    names = ["session_id", "start_ts_charging", "id_tag", "country_code", "heartbeat"]
    found = told("ocpi.cdrs", names)
    assert {name for name in names if "CHARGING_SESSION" in found[name]} >= {"id_tag"}
    assert not found["country_code"] | found["heartbeat"]


def test_names_of_things_are_not() -> None:
    assert not told("nat.natstationer", ["station_id", "namn", "adress", "kontakt_tel"])

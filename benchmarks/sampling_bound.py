"""Whether what a sample is said to prove is true: tables with planted rows, drawn by `Sql`."""

from __future__ import annotations

import math
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from connectors.sql import Sql
from detectors.swedish import SwedishDetector
from scanner.model import Batch, Resource, Sample
from scanner.reading import scan_resource

BOUND = 0.01
ROWS = 5_000
"""Of each table with planted rows."""
TIMES = (0.5, 0.8, 1.0, 1.04, 1.1, 1.24, 1.5, 2.0)
"""Planted shares, as multiples of the bound."""
WAYS = ("by address", "by address, two of three empty", "counted and numbered")
PERSONS_BOUND = 0.003
PERSONS_ROWS = 20_000
SPREADS = ("each as often", "few very often", "one row each", "four hundred in all")
_MARK = "x"
_GAPS = 3
_MAILED = 0.3
"""Share of the persons whose address is known."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One table that a sample was drawn of."""

    times: float
    """What was planted, as a multiple of the bound."""
    way: str
    share: float
    """Of all rows, those with a mark."""
    is_seen: bool
    bound: float
    """What no drawn row holds is said to be in at most this share of all."""

    @property
    def is_true(self) -> bool:
        """Whether nothing untrue was said."""
        return self.is_seen or self.share <= self.bound


@dataclass(frozen=True, slots=True)
class Counting:
    """How many persons one table is said to be about."""

    spread: str
    entity: str
    persons: int
    low: int
    high: int

    @property
    def is_true(self) -> bool:
        """Whether the interval holds the number."""
        return self.low <= self.persons <= self.high


def chance(times: float) -> float:
    """How likely what is said of a table with so much planted is true, by calculation."""
    drawn, planted = math.ceil(math.log(0.05) / math.log1p(-BOUND)), _planted(times)
    said = 1 - 0.05 ** (1 / drawn)
    unseen = math.comb(ROWS - planted, drawn) / math.comb(ROWS, drawn)
    return 1.0 if planted / ROWS <= said else 1 - unseen


def _planted(times: float) -> int:
    return round(times * BOUND * ROWS)


def trials(tables: int) -> Iterator[Trial]:
    """So many tables, by turns with each planted share and read in each way."""
    kinds = [(times, way) for times in TIMES for way in WAYS]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "planted.sqlite"
        with closing(sqlite3.connect(file)) as database, database:
            for number in range(tables):
                times, way = kinds[number % len(kinds)]
                _plant(database, f"t{number}", _planted(times), way)
        connector = Sql("bench", f"sqlite:///{file}", bound=BOUND, whole=0)
        for number in range(tables):
            times, way = kinds[number % len(kinds)]
            parts = list(connector.sample(Resource("bench", f"main.t{number}")))
            is_seen = any(isinstance(part, Batch) and _MARK in part.values for part in parts)
            (told,) = (part for part in parts if isinstance(part, Sample))
            yield Trial(times, way, _planted(times) / ROWS, is_seen, told.bound)


def _plant(database: sqlite3.Connection, name: str, planted: int, way: str) -> None:
    """A table whose marks stand together, as after one day of a mistake."""
    chance = random.Random(name)
    table = f"all_{name}" if way == WAYS[2] else name
    first = chance.randrange(ROWS - planted)
    marks = (_MARK if first <= row < first + planted else "o" for row in range(ROWS))
    gaps = _GAPS if way == WAYS[1] else 1
    numbers = (gaps * row + chance.randrange(gaps) for row in range(ROWS))
    database.execute(f'CREATE TABLE "{table}" (mark TEXT)')
    database.executemany(
        f'INSERT INTO "{table}" (rowid, mark) VALUES (?, ?)',  # noqa: S608
        zip(numbers, marks, strict=True),
    )
    if table != name:
        database.execute(f'CREATE VIEW "{name}" AS SELECT mark FROM "{table}"')  # noqa: S608


def countings(tables: int) -> Iterator[Counting]:
    """So many tables, whose rows are about persons, by turns spread in each way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "persons.sqlite"
        with closing(sqlite3.connect(file)) as database, database:
            truth = [
                _people(database, number, SPREADS[number % len(SPREADS)])
                for number in range(tables)
            ]
        connector = Sql("bench", f"sqlite:///{file}", bound=PERSONS_BOUND, whole=0)
        for number, persons in enumerate(truth):
            resource = Resource("bench", f"main.t{number}")
            for finding in scan_resource(connector, SwedishDetector(), resource).findings:
                if finding.entity in persons:
                    low, high = finding.persons_between or (0, 0)
                    spread = SPREADS[number % len(SPREADS)]
                    yield Counting(spread, finding.entity, persons[finding.entity], low, high)


def _people(database: sqlite3.Connection, number: int, spread: str) -> dict[str, int]:
    """Make a table; gives how many persons it is about, and how many with an address."""
    chance = random.Random(f"persons {number}")
    database.execute(f"CREATE TABLE t{number} (kundnummer TEXT, epost TEXT)")
    persons = [_person(row, spread, chance) for row in range(PERSONS_ROWS)]
    mailed = {person for person in sorted(set(persons)) if chance.random() < _MAILED}
    rows = (
        (str(1_000_000 + person), f"kund{person}@example.se" if person in mailed else None)
        for person in persons
    )
    database.executemany(f"INSERT INTO t{number} VALUES (?, ?)", rows)  # noqa: S608
    return {"CUSTOMER_NUMBER": len(set(persons)), "EMAIL_ADDRESS": len(mailed)}


def _person(row: int, spread: str, chance: random.Random) -> int:
    if spread == SPREADS[0]:
        return chance.randrange(PERSONS_ROWS // 4)
    if spread == SPREADS[1]:
        return int(PERSONS_ROWS * chance.random() ** 4)
    return row if spread == SPREADS[2] else chance.randrange(400)

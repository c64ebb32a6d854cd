"""A table in a database file is judged as the same rows in a CSV file are."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from connectors.files import Files
from detectors.swedish import SwedishDetector
from scanner.model import Resource, Status
from scanner.reading import scan_resource

HEADER = ("namn", "personnr", "mobil", "epost", "gata", "forbrukning_kwh", "anteckning")
NAMES = ("Anna Ek", "Bo Lind", "Cecilia Strand", "David Åkesson", "Eva Nyström")
NUMBERS = ("191212121212", "196408233234", "198507099805", "199006302391", "197010632391")
NOTES = ("Ringde om fakturan", "Kunden har diabetes och är sjukskriven", "", "Vill ha avbetalning")


def rows(number: int = 60) -> list[tuple[str, ...]]:
    return [
        (
            NAMES[i % 5],
            NUMBERS[i % 5],
            f"070-174 06 {5 + i % 90:02}",
            f"kund{i}@example.se",
            f"Storgatan {i + 1}",
            str(1000 + 37 * i),
            NOTES[i % 4],
        )
        for i in range(number)
    ]


def _csv(path: Path, found: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADER, *found])


def _sqlite(path: Path, found: Sequence[Sequence[str]]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        _filled(connection.execute, found)
        connection.commit()


def _duckdb(path: Path, found: Sequence[Sequence[str]]) -> None:
    with duckdb.connect(path) as connection:
        _filled(connection.execute, found)


def _filled(execute: Callable[..., object], found: Sequence[Sequence[str]]) -> None:
    kinds = ["INTEGER" if name == "forbrukning_kwh" else "VARCHAR" for name in HEADER]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(HEADER, kinds, strict=True))
    execute(f"CREATE TABLE kunder ({columns})")
    for row in found:
        execute(f"INSERT INTO kunder VALUES ({', '.join('?' * len(row))})", row)


def judged(folder: Path, key: str) -> dict[tuple[str, str], tuple[int, int, int, float]]:
    outcome = scan_resource(Files("share", str(folder)), SwedishDetector(), Resource("share", key))
    assert outcome.status is Status.SCANNED
    assert outcome.rows == 60
    return {
        (one.location.removeprefix("kunder!"), one.entity): (
            one.matches,
            one.values,
            one.read,
            one.score,
        )
        for one in outcome.findings
    }


@pytest.mark.parametrize(("write", "suffix"), [(_sqlite, "db"), (_duckdb, "duckdb")])
def test_verdicts_equal_those_of_the_same_rows_in_csv(
    tmp_path: Path, write: Callable[[Path, Sequence[Sequence[str]]], None], suffix: str
) -> None:
    _csv(tmp_path / "kunder.csv", rows())
    write(tmp_path / f"kunder.{suffix}", rows())
    expected = judged(tmp_path, "kunder.csv")
    assert judged(tmp_path, f"kunder.{suffix}") == expected
    assert {location for location, _ in expected} >= {"namn", "personnr", "mobil", "epost", "gata"}

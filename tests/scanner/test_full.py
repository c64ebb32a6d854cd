"""A table that is read whole comes to what each of its cells, read alone, comes to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from connectors.sql import Sql
from detectors.base import Evidence
from detectors.competition import Claim
from detectors.swedish import SwedishDetector, judged
from scanner.model import Batch, Candidate, Resource, Status
from scanner.reading import scan_resource

ROWS = 200_000
ODD = {
    187_654: ("anmarkning", "Ring Anna Ek, 070-174 06 58, om avläsningen"),
    187_655: ("kwh", "19900118-9811"),
    198_765: ("status", "har diabetes"),
    199_321: ("referens", "4911-9811 anna.ek@example.se"),
}
"""Single cells that hold what their columns hold nowhere else, deep in the table."""
COLUMNS = ("kundnummer", "namn", "epost", "kwh", "tidpunkt", "status", "anmarkning", "referens")
NAMES = ("Anna Ek", "Bo Lind", "Cecilia Strand", "", "Eva Nyström", "Solgården AB", " ")


def cell(row: int, column: str) -> str | float | None:
    if row in ODD and ODD[row][0] == column:
        return ODD[row][1]
    person = row * 7919 % 2000
    values: dict[str, str | float | None] = {
        "kundnummer": 100_000 + person,
        "namn": NAMES[person % len(NAMES)],
        "epost": f"kund{person}@example.se" if person % 9 else None,
        "kwh": row % 400 / 8,
        "tidpunkt": f"2026-01-{1 + row % 28:02} {row % 24:02}:00:00",
        "status": ("aktiv", "vilande", "avslutad")[row % 3],
        "anmarkning": f"Avläst {row % 50} gånger" if row % 4 else None,
        "referens": f"{row // 3:08}",
    }
    return values[column]


def made(path: Path) -> Sql:
    """A database with the table."""
    rows = ([cell(row, column) for column in COLUMNS] for row in range(ROWS))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE kund ({', '.join(COLUMNS)})")
        connection.executemany(f"INSERT INTO kund VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        connection.commit()
    return Sql("crm", url=f"sqlite:///{path}", statements="")


@cache
def claims(value: str, label: str) -> tuple[Claim, ...]:
    """What stands in a value that is read alone."""
    return tuple(claim for _, some in judged([value], label) for claim in some)


def cells(batch: Batch) -> Iterator[Candidate]:
    for index, value in enumerate(batch.values):
        if value.strip():
            for entity, start, end, score, reasons, runner_up in claims(value, batch.label):
                yield Candidate(entity, index, start, end, score, reasons, runner_up)


def test_nothing_is_lost_of_what_cells_read_alone_tell(tmp_path: Path) -> None:
    connector, resource = made(tmp_path / "kund.sqlite"), Resource("crm", "main.kund")
    outcome = scan_resource(connector, SwedishDetector(), resource, full=True)
    assert (outcome.status, outcome.rows) == (Status.SCANNED, ROWS)
    evidence, size = Evidence(resource), 0
    for batch in connector.read(resource):
        assert isinstance(batch, Batch)
        evidence.add(batch, cells(batch))
        size += sum(len(value.encode()) for value in batch.values)
    assert outcome.findings == tuple(SwedishDetector().conclude(evidence))
    assert outcome.bytes == size
    found = {(one.location, one.entity): one.values for one in outcome.findings}
    assert found["anmarkning", "PERSON"] == found["anmarkning", "PHONE_NUMBER"] == 1
    assert found["kwh", "SE_PERSONNUMMER"] == found["status", "HEALTH"] == 1
    assert found["referens", "EMAIL_ADDRESS"] == 1

"""The bucket outside the EEA: exports for an analytics service, and its logs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scanner.demo.artefact import Artefact
from scanner.demo.company import Company
from scanner.demo.database import customer_table
from scanner.demo.documents import hourly
from scanner.demo.table import Column, Row, Table, to_csv

JOBS = ("export-matvarden", "export-kontakter", "rensning", "prognos")


def artefacts(company: Company) -> Iterator[Artefact]:
    """All objects, with the truth about each."""
    chance = company.random("bucket")
    for index in range(20):
        some = chance.sample(company.customers, 10)
        table = hourly(company, chance, some, 24)
        day = company.day(index)
        key = f"exports/{day:%Y/%m}/matvarden_{day:%Y%m%d}.csv"
        yield Artefact(key, to_csv(table), table.contents())
    contacts = _contacts(company)
    yield Artefact("crm-sync/kontakter.csv", to_csv(contacts, separator=","), contacts.contents())
    for index in range(10):
        day = company.day(index)
        lines = (
            json.dumps(
                {
                    "tid": f"{day}T{hour:02}:00:00Z",
                    "jobb": chance.choice(JOBS),
                    "status": "klar",
                    "rader": chance.randint(100, 9999),
                }
            )
            for hour in range(24)
        )
        yield Artefact(f"logs/{day:%Y-%m-%d}.json", "\n".join(lines).encode() + b"\n")
    for index in range(8):
        day = company.day(index)
        text = "".join(
            f"{day} {hour:02}:00 INFO {chance.choice(JOBS)} klar, {chance.randint(1, 90)} s\n"
            for hour in range(24)
        )
        yield Artefact(f"logs/app-{day:%Y-%m-%d}.log", text.encode())
    yield Artefact("exports/manifest.json", b'{"version": 3, "format": "csv", "separator": ";"}\n')
    yield Artefact("modell/prognos.csv", to_csv(_forecast(company)))


def _contacts(company: Company) -> Table:
    columns = (
        Column("first_name", ("PERSON",)),
        Column("last_name", ("PERSON",)),
        Column("email", ("EMAIL_ADDRESS",)),
    )
    rows: list[tuple[str, Row]] = [
        (c.person.id, (c.person.given, c.person.family, c.person.email))
        for c in company.customers[::3]
    ]
    return customer_table("kontakter", columns, rows)


def _forecast(company: Company) -> Table:
    """Aggregates by price area: nobody's consumption."""
    columns = (Column("elomrade"), Column("datum"), Column("prognos_mwh"))
    chance = company.random("forecast")
    rows = tuple(
        (area, company.day(-ahead).isoformat(), round(chance.uniform(80, 400), 1))
        for ahead in range(1, 8)
        for area in ("SE3", "SE4")
    )
    return Table("prognos", columns, rows, (None,) * len(rows))

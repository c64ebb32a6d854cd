from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from itertools import groupby

import pytest
from sqlalchemy import make_url

from benchmarks import big_tables, table_costs
from benchmarks.big_tables import APART, DISTINCT, LIKE_LIFE, TABLE, TOGETHER, Database, Layout

Make = Callable[[int, Layout], AbstractContextManager[Database]]


@pytest.fixture(autouse=True)
def _few_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(big_tables, "POOL", 400)


def column(database: Database, name: str) -> list[str]:
    with closing(sqlite3.connect(str(make_url(database.url).database))) as connection:
        found = connection.execute(f"SELECT {name} FROM {TABLE} ORDER BY rowid")
        return [value for (value,) in found]


@pytest.mark.parametrize("name", ["kundnummer", "personnummer", "namn", "mobil", "tidpunkt", "kwh"])
@pytest.mark.parametrize(
    ("layout", "share", "in_a_row"), [(DISTINCT, 1.0, 1), (APART, 0.05, 1), (TOGETHER, 0.05, 20)]
)
def test_layouts_repeat_as_they_say(name: str, layout: Layout, share: float, in_a_row: int) -> None:
    with big_tables.in_sqlite(16_000, layout) as made:
        values = column(made, name)
    assert len(values) == made.rows == 16_000
    assert len(set(values)) == share * 16_000
    assert {len(list(run)) for _, run in groupby(values)} == {in_a_row}


def test_customers_come_back_at_other_times() -> None:
    with big_tables.in_sqlite(4_100, LIKE_LIFE) as made:
        persons, times = column(made, "kundnummer"), column(made, "tidpunkt")
    assert len(persons) == made.rows == 4_000
    assert (len(set(persons)), len(set(times))) == (400, 4_000)


@pytest.mark.parametrize("make", [big_tables.in_sqlite, big_tables.in_postgres])
def test_both_engines_are_scanned_and_fetched_alike(make: Make) -> None:
    with make(800, DISTINCT) as made:
        plain, rows = table_costs.fetch(made)
        scanned = table_costs.verdicts(made, full=True)
    assert rows == made.rows == scanned.outcome.rows == 800
    assert scanned.outcome.reason is None
    found = {(one.location, one.entity) for one in scanned.outcome.findings}
    assert found >= {("personnummer", "SE_PERSONNUMMER"), ("epost", "EMAIL_ADDRESS")}
    assert scanned.statements >= 1
    assert 0 < plain.cpu < scanned.cost.cpu
    assert plain.peak < scanned.cost.peak

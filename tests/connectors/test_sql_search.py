"""Databases are asked for rows: the right ones, whole, read-only, by bound parameters."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from connectors.base import ReadError, Searchable
from connectors.sql import Sql
from connectors.sql_search import like
from scanner.model import Batch, Resource, Skipped
from tests.servers import Postgres

PASSWORD = "las-Canary-4712"
ROWS = [
    ("104200", "198112289874", "Åke", "Öberg", None),
    ("104203", "640823-3234", "Eva", "Dahl", "ringde om 811228–9874"),
    ("104206", "", "Åke", "Dahl", "070 - 174 06 05"),
    ("104209", "", "ÅKE", "ÖBERG", "100%"),
    ("1042000", "", "Bo", "O'Hara", "a_b"),
]


@pytest.fixture
def sqlite(tmp_path: Path) -> Sql:
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("create table kund (nr, pnr, fornamn, efternamn, text)")
        database.executemany("insert into kund values (?, ?, ?, ?, ?)", ROWS)
    database.close()
    return Sql("crm", f"sqlite:///{path}")


@pytest.fixture
def postgres(postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Sql:
    name = postgres_server.create_database()
    texts = [
        "("
        + ", ".join("null" if v is None else "'" + v.replace("'", "''") + "'" for v in row)
        + ")"
        for row in ROWS
    ]
    postgres_server.execute(
        name,
        "create table kund (nr text, pnr text, fornamn text, efternamn text, text text)",
        f"insert into kund values {', '.join(texts)}",
        "create table bild (nr int, data bytea, taggar text[], saldo float8)",
        "insert into bild values (1, 'anna@example.se'::bytea, '{x}', 0.5),"
        " (2, '\\x00ff', '{anna@example.se}', 104200), (3, null, null, null)",
    )
    monkeypatch.setenv("SEARCH_PASSWORD", PASSWORD)
    user = postgres_server.create_reader(name, PASSWORD)
    return Sql("crm", postgres_server.url(name, user), password_env="SEARCH_PASSWORD")


def found(connector: Sql, key: str, *terms: str) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for part in connector.search(Resource("crm", key), terms):
        if isinstance(part, Batch):
            for index, value in enumerate(part.values):
                rows.setdefault(part.first + index + 1, {})[part.label] = value
    return rows


CASES = [
    (("81 12 28 9874",), {1, 2}),
    (("ke",), {1, 3, 4}),
    (("berg",), {1, 4}),
    (("7 0 1 7 4 0 6 0 5",), {3}),
    (("104200",), {1, 5}),
    (("104200", "dahl"), {1, 2, 3, 5}),
    (("o'hara",), {5}),
    (("' or 1=1 --",), set()),
    (("nothing here",), set()),
]


@pytest.mark.parametrize(("terms", "expected"), CASES)
def test_the_rows_that_may_hold_a_term(
    sqlite: Sql, terms: tuple[str, ...], expected: set[int]
) -> None:
    assert isinstance(sqlite, Searchable)
    assert set(found(sqlite, "main.kund", *terms)) == expected


def test_the_same_rows_on_postgresql(postgres: Sql) -> None:
    for terms, expected in CASES:
        assert set(found(postgres, "public.kund", *terms)) == expected, terms


def test_bytes_arrays_and_numbers_on_postgresql(postgres: Sql) -> None:
    assert set(found(postgres, "public.bild", "anna example se")) == {1, 2}
    assert found(postgres, "public.bild", "anna")[1]["data"] == "anna@example.se"
    assert set(found(postgres, "public.bild", "104200")) == {2}


def test_rows_are_whole_and_numbered_as_when_they_are_read(sqlite: Sql) -> None:
    rows = {
        batch.label: batch.values
        for batch in sqlite.read(Resource("crm", "main.kund"))
        if isinstance(batch, Batch)
    }
    for number, row in found(sqlite, "main.kund", "dahl").items():
        assert row == {label: values[number - 1] for label, values in rows.items()}


def test_rows_apart_are_batches_apart(sqlite: Sql) -> None:
    parts = list(sqlite.search(Resource("crm", "main.kund"), ("berg",)))
    batches = [part for part in parts if isinstance(part, Batch)]
    assert [batch.first for batch in batches] == [0] * 5 + [3] * 5
    assert {batch.group for batch in batches} == {"main.kund"}


def test_terms_travel_as_parameters_in_a_read_only_session(sqlite: Sql) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert found(sqlite, "main.kund", "81 12 28 9874")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert any("LIKE" in statement for statement in statements)
    assert not any("9874" in statement for statement in statements)
    assert statements[0] == "PRAGMA query_only = ON"


def test_too_many_terms_at_once_read_the_whole_table(sqlite: Sql) -> None:
    terms = tuple(f"zz{number}" for number in range(400))
    assert set(found(sqlite, "main.kund", *terms)) == {1, 2, 3, 4, 5}


def test_a_table_that_is_gone(sqlite: Sql) -> None:
    with pytest.raises(ReadError):
        list(sqlite.search(Resource("crm", "main.annan"), ("x",)))


def test_binary_values_of_the_rows_found_are_told(postgres: Sql) -> None:
    parts = list(postgres.search(Resource("crm", "public.bild"), ("anna",)))
    assert [part.key for part in parts if isinstance(part, Skipped)] == ["data"]


def test_nothing_of_a_term_is_a_wildcard_of_its_own() -> None:
    assert like("a_b%c\\d'e") == "%a%b%c%d%e%"

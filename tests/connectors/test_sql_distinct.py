"""Different values are counted where an index makes that cheap, and nowhere else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from connectors.base import Counting
from connectors.sql import Sql
from scanner.model import Resource
from tests.servers import Postgres

MADE = (
    'CREATE TABLE matning (id int PRIMARY KEY, "anl:id %s" text, tid int, kwh int)',
    'CREATE INDEX matning_anl ON matning ("anl:id %s", tid)',
    "CREATE INDEX matning_kwh ON matning (kwh) WHERE kwh > 5",
    "CREATE TABLE steps (value int)",
    "CREATE INDEX steps_value ON steps (value)",
    "CREATE VIEW vy AS SELECT kwh FROM matning",
    "CREATE TABLE tom (namn text PRIMARY KEY)",
)
ROWS = [(row, None if row % 10 == 0 else f"a{row % 700}å", row, row % 9) for row in range(20_000)]
STEPS = [(row % 401 or None,) for row in range(20_000)]
COUNTED = [
    ("matning", "anl:id %s", 630),
    ("matning", "id", 20_000),
    ("steps", "value", 400),
    ("matning", "tid", None),
    ("matning", "kwh", None),
    ("vy", "kwh", None),
    ("matning", "lost", None),
]


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Sql:
    path = tmp_path_factory.mktemp("distinct") / "el.sqlite"
    with closing(sqlite3.connect(path)) as database:
        for statement in MADE:
            database.execute(statement)
        database.executemany("INSERT INTO matning VALUES (?, ?, ?, ?)", ROWS)
        database.executemany("INSERT INTO steps VALUES (?)", STEPS)
        database.commit()
    return Sql("el", url=f"sqlite:///{path}", statements="")


@pytest.fixture(scope="module")
def made(postgres_server: Postgres) -> str:
    name = postgres_server.create_database()
    rows = (
        "INSERT INTO matning SELECT x, CASE WHEN x % 10 > 0 THEN 'a' || x % 700 || 'å' END, x,"
        " x % 9 FROM generate_series(0, 19999) x"
    )
    steps = "INSERT INTO steps SELECT nullif(x % 401, 0) FROM generate_series(0, 19999) x"
    postgres_server.execute(name, *MADE, rows, steps, "ANALYZE")
    return name


@pytest.fixture
def post(postgres_server: Postgres, made: str, monkeypatch: pytest.MonkeyPatch) -> Sql:
    monkeypatch.setenv("DISTINCT_URL", postgres_server.url_with_password(made))
    return Sql("el", url_env="DISTINCT_URL", statements="")


@pytest.mark.parametrize(("table", "column", "number"), [*COUNTED, ("tom", "namn", 0)])
def test_sqlite(lite: Sql, table: str, column: str, number: int | None) -> None:
    assert lite.distinct(Resource("el", f"main.{table}"), column, 50_000) == number


@pytest.mark.parametrize(("table", "column", "number"), [*COUNTED, ("tom", "namn", None)])
def test_postgresql(post: Sql, table: str, column: str, number: int | None) -> None:
    assert post.distinct(Resource("el", f"public.{table}"), column, 50_000) == number


def test_more_than_asked_for_are_not_counted(lite: Sql, post: Sql) -> None:
    assert isinstance(lite, Counting)
    for connector, key in ((lite, "main.matning"), (post, "public.matning")):
        resource = Resource("el", key)
        assert connector.distinct(resource, "id", 100) is None
        assert connector.distinct(resource, "anl:id %s", 630) == 630
        assert connector.distinct(resource, "anl:id %s", 629) is None

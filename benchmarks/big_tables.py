"""Big tables of meter readings, made in PostgreSQL and in SQLite."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.schema_values import Cast, Row, draw
from connectors.sql_values import text_of
from tests import servers

POOL = 10_000
"""Customers whose facts the rows repeat."""
ALIKE = 20
"""Rows that share a value where one value in twenty is distinct."""
TABLE = "avlasning"
_A_SEED = 200
"""Customers that are taken of one seed."""
_TEXTS: Mapping[str, str] = {
    "personnummer": "person.pnr13",
    "namn": "person.name",
    "epost": "person.email",
    "mobil": "person.phone",
    "gatuadress": "person.street",
    "anlaggnings_id": "person.facility",
    "anteckning": "text case 0.05",
}
"""Columns of text, and how a customer's value is drawn."""
_TIMES = {
    "PostgreSQL": "timestamp '2024-01-01' + number * interval '1 second'",
    "SQLite": "datetime(1704067200 + number, 'unixepoch')",
}
_KINDS = {"PostgreSQL": "UNLOGGED TABLE", "SQLite": "TABLE"}
"""So that nothing is written twice."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table repeat each other: round after round of all customers."""

    words: str
    is_told_apart: bool = True
    """Whether each customer of each round has texts of its own, told apart by a number."""
    in_a_row: int = 1
    """How many equal rows stand together."""
    again: int = 1
    """How many times all rounds come."""


LIKE_LIFE = Layout("each customer again and again", is_told_apart=False)
APART = Layout("5 % distinct, equal ones far apart", again=ALIKE)
TOGETHER = Layout("5 % distinct, equal ones together", in_a_row=ALIKE)
DISTINCT = Layout("all distinct")


@dataclass(frozen=True, slots=True)
class Database:
    """A database with one table."""

    engine: str
    version: str
    url: str
    """SQLAlchemy URL without a password."""
    password: str
    key: str
    """Of the table, as resources are named."""
    rows: int
    size: int
    """Bytes of the table."""


def rows_of(rows: int, layout: Layout) -> int:
    """How many rows a table comes to that is asked to have so many: whole rounds."""
    return _rounds(rows, layout) * layout.again * layout.in_a_row * POOL


@contextmanager
def in_postgres(rows: int, layout: Layout) -> Iterator[Database]:
    """A server with such a table, in a temporary folder, as long as the block lasts."""
    with servers.postgres() as server:
        name = server.create_database()
        with server.connect(name) as connection, connection.cursor() as cursor:
            cursor.execute(_created("pool", ("id bigint", *_typed())).encode())
            marks = ", ".join(["%s"] * (len(_TEXTS) + 1))
            cursor.executemany(f"INSERT INTO pool VALUES ({marks})".encode(), _pool())  # noqa: S608
            _fill(lambda statement: cursor.execute(statement.encode()), "PostgreSQL", rows, layout)
            asked = f"SELECT pg_relation_size('{TABLE}'), current_setting('server_version')"
            size, version = cursor.execute(asked.encode()).fetchone() or (0, "")
        yield Database(
            "PostgreSQL",
            str(version).split()[0],
            server.url(name),
            servers.OWNER_PASSWORD,
            f"public.{TABLE}",
            rows_of(rows, layout),
            int(str(size)),
        )


@contextmanager
def in_sqlite(rows: int, layout: Layout) -> Iterator[Database]:
    """A file with such a table, in a temporary folder, as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "big.sqlite"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = off")
            connection.execute("PRAGMA synchronous = off")
            with connection:
                connection.execute(_created("pool", ("id bigint", *_typed())))
                marks = ", ".join("?" * (len(_TEXTS) + 1))
                connection.executemany(f"INSERT INTO pool VALUES ({marks})", _pool())  # noqa: S608
                _fill(connection.execute, "SQLite", rows, layout)
        yield Database(
            "SQLite",
            sqlite3.sqlite_version,
            f"sqlite:///{file}",
            "",
            f"main.{TABLE}",
            rows_of(rows, layout),
            file.stat().st_size,
        )


def _rounds(rows: int, layout: Layout) -> int:
    return max(1, rows // (layout.again * layout.in_a_row * POOL))


def _typed() -> Iterator[str]:
    return (f"{name} varchar(200)" for name in _TEXTS)


def _created(table: str, columns: Sequence[str]) -> str:
    return f"CREATE TABLE {table} ({', '.join(columns)})"


def _pool() -> Iterator[Sequence[str | int | None]]:
    """Each customer's number and texts."""
    for seed in range(1, POOL // _A_SEED + 1):
        cast = Cast(seed, persons=0, repeated=1, firms=0.0)
        chance = random.Random(seed)
        for place in range(_A_SEED):
            number = (seed - 1) * _A_SEED + place
            yield number, *_texts(cast.row(place, chance))


def _texts(row: Row) -> Iterator[str | None]:
    return (text_of(draw(specification, row)) for specification in _TEXTS.values())


def _fill(execute: Callable[[str], object], engine: str, rows: int, layout: Layout) -> None:
    """Make the table and its rows, a round of customers at a time."""
    columns = ("kundnummer bigint", *_typed(), "tidpunkt timestamp", "kwh numeric(9, 3)")
    execute(_created(TABLE, columns).replace("TABLE", _KINDS[engine], 1))
    execute(_created("copies", ("copy int",)))
    execute(f"INSERT INTO copies VALUES {', '.join(f'({n})' for n in range(layout.in_a_row))}")  # noqa: S608
    for _ in range(layout.again):
        for number in range(_rounds(rows, layout)):
            execute(_inserted(engine, number, layout))


def _inserted(engine: str, number: int, layout: Layout) -> str:
    """The statement for one round."""
    tail = " || ' ' || number" if layout.is_told_apart else ""
    texts = ", ".join(f"{name}{tail}" for name in _TEXTS)
    customer = "number" if layout.is_told_apart else "id"
    return (
        f"INSERT INTO {TABLE} SELECT 1000000 + {customer}, {texts}, {_TIMES[engine]},"  # noqa: S608
        " (number * 7919 % 10000019) / 1000.0"
        f" FROM (SELECT id + {number * POOL} AS number, pool.* FROM pool) AS customers"
        f" CROSS JOIN copies{' ORDER BY number' if layout.in_a_row > 1 else ''}"
    )

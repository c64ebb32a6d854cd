"""What tables a database has, and how each column of one is asked for."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    Text,
    case,
    cast,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from sqlalchemy.sql.elements import ColumnElement, quoted_name
from sqlalchemy.types import NullType

from connectors.base import ReadError
from connectors.sql_facts import facts
from connectors.sql_names import key_of
from connectors.sql_values import LONGEST
from scanner.model import Column as Facts
from scanner.model import Skipped

_SYSTEM = {
    *("information_schema", "pg_catalog", "mysql", "performance_schema", "sys", "system"),
    *("guest", "dbsnmp", "outln", "xdb", "ctxsys", "mdsys", "wmsys", "ordsys"),
}

_ODD = "\ufffd"
"""Stands in names for bytes of an unknown encoding."""
_ODD_NAME = "its name is not UTF-8 in a database without an encoding; read it through a view"

_POSTGRESQL_TABLES = text(
    """
    SELECT n.nspname, c.relname,
           nullif(c.relpages, 0)::bigint * current_setting('block_size')::bigint
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    """
)
_POSTGRESQL_COLUMNS = text(
    """
    SELECT a.attname, coalesce(b.typname, t.typname) AS type, t.typcategory::text AS category,
           c.relkind::text AS kind,
           pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS is_open
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a
      ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type b ON b.oid = nullif(t.typbasetype, 0)
    WHERE n.nspname = :schema AND c.relname = :name
    ORDER BY a.attnum
    """
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view."""

    schema: str
    name: str
    size: int | None = None
    """Bytes; the database's own estimate."""

    @property
    def key(self) -> str:
        """As resources are named."""
        return key_of(self.schema, self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """How one table is asked for: its columns and, for each, how its value is asked for."""

    schema: str
    name: str
    columns: tuple[str, ...]
    values: tuple[ColumnElement[Any], ...]
    facts: tuple[Facts | None, ...]
    """What the schema says of each column."""
    is_only: bool = False
    """Whether tables that inherit from it are left out: they are listed, and read, themselves."""
    unread: tuple[Skipped, ...] = ()
    """Columns that cannot be asked for."""

    @property
    def query(self) -> Select[Any]:
        """All its rows."""
        return self.ask(*self.values)

    def ask(self, *wanted: ColumnElement[Any]) -> Select[Any]:
        """What is wanted of all its rows."""
        source = sql_table(
            quoted_name(self.name, quote=True), schema=quoted_name(self.schema, quote=True)
        )
        query: Select[Any] = select(*wanted).select_from(source)
        return query.with_hint(source, "ONLY", "postgresql") if self.is_only else query

    def narrowed(self, columns: Collection[str]) -> Question:
        """The same table with these columns only. Raises `ReadError` if it has none of them."""
        places = [place for place, name in enumerate(self.columns) if name in columns]
        if not places:
            raise ReadError("its columns are gone since they were read; scan again")
        return replace(
            self,
            columns=tuple(self.columns[place] for place in places),
            values=tuple(self.values[place] for place in places),
            facts=tuple(self.facts[place] for place in places),
        )


def relations(connection: Connection) -> Iterator[Relation | Skipped]:
    """All tables and views, and what could not be listed."""
    if connection.dialect.name == "postgresql":
        for schema, name, size in connection.execute(_POSTGRESQL_TABLES):
            is_odd = _ODD in schema + name
            found = Relation(schema, name, size)
            yield Skipped(found.key, _ODD_NAME) if is_odd else found
        return
    inspector = inspect(connection)
    schemas = [one for one in inspector.get_schema_names() if one.lower() not in _SYSTEM]
    for schema in schemas:
        try:
            names = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
        except SQLAlchemyError:
            if len(schemas) == 1:
                raise
            yield Skipped(key_of(schema, "*"), "the database could not list the schema")
            continue
        for name in names:
            yield Relation(schema, name)


def question(connection: Connection, schema: str, name: str) -> Question | None:
    """How to read one table; None for one without columns. Raises `ReadError` if it is gone."""
    if connection.dialect.name == "postgresql":
        return _postgresql_question(connection, schema, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # column types that SQLAlchemy does not know
        columns = inspect(connection).get_columns(name, schema)
    wanted = _sqlite_value if connection.dialect.name == "sqlite" else _value
    values = [(one["name"], wanted(_column(one))) for one in columns]
    return _question(connection, schema, name, values)


def file_fingerprint(path: Path) -> str | None:
    """State of an SQLite file and its write-ahead log: every write changes one of them."""
    try:
        states = [path.stat()]
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:  # an empty one says nothing; readers make such
            states.append(log.stat())
    except OSError:
        return None
    return "+".join(_state(one) for one in states)


def _state(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_ino}-{state.st_mtime_ns}-{state.st_ctime_ns}"


def _postgresql_question(connection: Connection, schema: str, name: str) -> Question | None:
    rows = connection.execute(_POSTGRESQL_COLUMNS, {"schema": schema, "name": name}).all()
    if not rows:
        raise ReadError("the table is gone since it was listed; scan again")
    columns = [row for row in rows if row.attname is not None]
    unread = tuple(_unread(columns))
    left_out = {one.key for one in unread}
    values = [
        (row.attname, _postgresql_value(row.attname, row.type, row.category))
        for row in columns
        if row.attname not in left_out
    ]
    asked = _question(connection, schema, name, values)
    return asked and replace(asked, is_only=rows[0].kind == "r", unread=unread)


def _unread(columns: Sequence[Row[Any]]) -> Iterator[Skipped]:
    is_closed = not any(row.is_open for row in columns)  # the database itself shall say so
    for row in columns:
        if _ODD in row.attname:
            yield Skipped(row.attname, _ODD_NAME)
        elif not (row.is_open or is_closed):
            yield Skipped(row.attname, "no right to read it: give the scanner's user SELECT on it")


def _question(
    connection: Connection,
    schema: str,
    name: str,
    columns: list[tuple[str, ColumnElement[Any]]],
) -> Question | None:
    if not columns:
        return None
    names = tuple(column for column, _ in columns)
    values = tuple(value.label(f"c{place}") for place, (_, value) in enumerate(columns))
    known = facts(connection, schema, name)
    return Question(schema, name, names, values, tuple(known.get(one) for one in names))


def _postgresql_value(name: str, kind: str, category: str) -> ColumnElement[Any]:
    """A column as the server writes it, so that no type and no odd date stops the reading."""
    value: ColumnElement[Any] = sql_column(quoted_name(name, quote=True))
    if kind in {"float4", "float8"}:
        return value
    if kind == "bytea":
        return func.substr(value, 1, LONGEST + 1)
    if category in {"A", "C"}:
        value = func.to_json(value)
    return func.substr(cast(value, Text), 1, LONGEST + 1)


def _sqlite_value(column: ColumnElement[Any]) -> ColumnElement[Any]:
    value: ColumnElement[Any] = sql_column(quoted_name(str(column.key), quote=True))
    return case((func.length(value) > LONGEST, func.substr(value, 1, LONGEST + 1)), else_=value)


def _value(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(column, Text) if isinstance(column.type, NullType) else column


def _column(described: Any) -> ColumnElement[Any]:  # noqa: ANN401  # as reflected
    found: Column[Any] = Column(quoted_name(described["name"], quote=True), described["type"])
    return sql_column(found.name, found.type)

"""DuckDB files: every table and view, with nothing outside the file in reach. Needs duckdb."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.database import (
    MOST_BINARY,
    SLOW,
    ClosedError,
    Database,
    Field,
    Relation,
    unlinked,
)
from scanner.model import Batch, Column, Skipped

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NEEDS = "DuckDB files need: pip install 'sparhund[duckdb]'"
_DAMAGED = "damaged DuckDB file: cannot be opened; restore it from a copy"
_OTHER = "a DuckDB file of another version than is installed: pip install --upgrade duckdb"
_LOCKED = "an encrypted DuckDB file: needs its key"
_OPENING = (
    (re.compile(r"(?i)encrypted"), _LOCKED),
    (re.compile(r"(?i)storage version|version number"), _OTHER),
)
"""What the library says of a file that it does not open."""
_REASONS = {
    "InterruptException": SLOW,
    "OutOfMemoryException": "needs more memory than it may use: not read to its end",
    "PermissionException": "needs data outside the file: not read",
    "IOException": "damaged: the rest cannot be read; restore the file from a copy",
    "Error": "damaged: the rest cannot be read; restore the file from a copy",
}
_BROKEN = "broken: what it is made of does not exist, needs an extension, or cannot be computed"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "threads": 1,
    "memory_limit": "1GiB",
    "temp_directory": "",
}
_RELATIONS = """
    SELECT schema_name, table_name, comment, false FROM duckdb_tables()
    WHERE NOT internal AND NOT temporary AND database_name = current_database()
    UNION ALL
    SELECT schema_name, view_name, comment, true FROM duckdb_views()
    WHERE NOT internal AND NOT temporary AND database_name = current_database()
    ORDER BY 4, 1, 2
"""
_COMMENTS = """
    SELECT column_name, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
"""
_KEYS = """
    SELECT constraint_type, constraint_column_names, referenced_table, referenced_column_names
    FROM duckdb_constraints()
    WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
"""
_AS_THEY_ARE = {"varchar", "float", "double", "tinyint", "smallint", "integer", "bigint"}
_NESTED = {"struct", "list", "array", "map", "union", "variant"}


@dataclass(frozen=True, slots=True)
class DuckDb:
    """Reads a DuckDB file from a copy."""

    budget: Budget

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch for each column of each chunk of rows; nested values as JSON."""
        try:
            import duckdb  # noqa: F401, PLC0415  # an extra: not everyone has it
        except ImportError:
            yield Skipped(document.location, NEEDS)
            return
        yield from Database(self.budget, _opened).read(document)


@contextmanager
def _opened(path: Path) -> Iterator[_File]:
    import duckdb  # noqa: PLC0415

    try:
        connection = duckdb.connect(path, read_only=True, config=_CONFIG)
    except (duckdb.Error, RuntimeError) as error:
        said = str(error)
        for sign, reason in _OPENING:
            if sign.search(said):
                raise ClosedError(reason) from None
        raise ReadError(_DAMAGED) from None
    with closing(connection):
        unlinked(path)
        with suppress(duckdb.Error):  # where the library was built without time zones
            connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
        yield _File(connection)


@dataclass(frozen=True, slots=True)
class _File:
    """An open DuckDB file."""

    connection: DuckDBPyConnection

    def relations(self) -> Sequence[Relation]:
        """Tables, then views; those of other schemas by both names."""
        with _faults():
            listed = self.connection.execute(_RELATIONS).fetchall()
        return [
            Relation(
                name if schema == "main" else f"{schema}.{name}",
                (schema, name),
                is_view,
                about=about or "",
            )
            for schema, name, about, is_view in listed
        ]

    def fields(self, relation: Relation) -> Sequence[Field]:
        """Its columns, and what the schema says of them."""
        path = list(relation.path)
        with _faults():
            comments = dict(self.connection.execute(_COMMENTS, path).fetchall())
            keys = self.connection.execute(_KEYS, path).fetchall()
            asked = self.connection.execute(f"SELECT * FROM {_quoted(*path)} LIMIT 0")  # noqa: S608
            described: list[tuple[str, Any]] = [(one[0], one[1]) for one in asked.description or ()]
        unique = {
            columns[0]
            for kind, columns, *_ in keys
            if kind in {"PRIMARY KEY", "UNIQUE"} and len(columns) == 1
        }
        refers = {
            column: f"{table}.{target}"
            for kind, columns, table, targets in keys
            if kind == "FOREIGN KEY"
            for column, target in zip(columns, targets, strict=True)
        }
        return [
            Field(
                name,
                Column(
                    str(kind).lower(),
                    comments.get(name) or "",
                    name in unique,
                    refers.get(name, ""),
                    relation.about,
                ),
                _expression(name, kind.id),
            )
            for name, kind in described
        ]

    def rows(
        self, relation: Relation, fields: Sequence[Field]
    ) -> Generator[Sequence[object], None, None]:
        """Its rows in the order in which they were inserted."""
        sought = ", ".join(one.expression for one in fields)
        statement = f"SELECT {sought} FROM {_quoted(*relation.path)} AS t"  # noqa: S608
        with _faults():
            cursor = self.connection.execute(statement)
            while row := cursor.fetchone():
                yield row

    def interrupt(self) -> None:
        """From another thread: end what DuckDB is doing."""
        self.connection.interrupt()


@contextmanager
def _faults() -> Iterator[None]:
    """Turn the library's errors into a `ReadError` in our words."""
    import duckdb  # noqa: PLC0415

    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        raise ReadError(_REASONS.get(type(error).__name__, _BROKEN)) from None


def _expression(name: str, kind: str) -> str:
    """A column's value as text where Python has no like of it."""
    value = f"t.{_quoted(name)}"
    if kind in _AS_THEY_ARE:
        return value
    if kind == "blob":
        return (
            f"CASE WHEN octet_length({value}) > {MOST_BINARY} THEN '\\x00'::BLOB ELSE {value} END"
        )
    if kind in _NESTED:
        return f"CAST(to_json({value}) AS VARCHAR)"
    return f"CAST({value} AS VARCHAR)"


def _quoted(*names: str) -> str:
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)

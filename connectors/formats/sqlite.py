"""SQLite files: every table, view and search index, read without trusting the file's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
from connectors.formats.encoding import decode
from scanner.model import Batch, Column, Skipped

_LOCKED = "an encrypted SQLite database, or a damaged one: needs its key, or a copy"
_DAMAGED = "damaged SQLite database: cannot be opened; restore it from a copy"
_REASONS = {
    "SQLITE_CORRUPT": "damaged: the rest cannot be read; restore the database from a copy",
    "SQLITE_INTERRUPT": SLOW,
    "SQLITE_TOOBIG": "a value in it is bigger than is read: the rest was not read",
    "SQLITE_NOMEM": "needs more memory than there is: not read to its end",
}
_BROKEN = "broken: what it is made of does not exist, or needs an extension of SQLite"
_MOST_LENGTH = 64 << 20
"""Bytes of one value or row, also of those that a view or a computed column makes."""
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",  # functions in the schema may do nothing but compute
    "PRAGMA query_only = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA writable_schema = ON",  # on a file that cannot be written: one broken entry is passed
)
_RELATIONS = (
    "SELECT name, type = 'view', rootpage IS 0 AND type = 'table' FROM sqlite_master"
    " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " ORDER BY type, rowid"
)


@dataclass(frozen=True, slots=True)
class Sqlite:
    """Reads an SQLite file from a copy."""

    budget: Budget

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch for each column of each chunk of rows; what is broken is a `Skipped`."""
        yield from Database(self.budget, _opened).read(document)


@contextmanager
def _opened(path: Path) -> Iterator[_File]:
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        unlinked(path)
        connection.text_factory = _text
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_LENGTH)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0)
        for setting in _SETTINGS:
            connection.execute(setting)
        yield _File(connection)


@dataclass(frozen=True, slots=True)
class _File:
    """An open SQLite file."""

    connection: sqlite3.Connection

    def relations(self) -> Sequence[Relation]:
        """Tables, then views; the tables that a search index keeps its own in are left out."""
        try:
            listed = self.connection.execute(_RELATIONS).fetchall()
            kinds = self.connection.execute("PRAGMA main.table_list").fetchall()
        except sqlite3.Error as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                raise ClosedError(_LOCKED) from None
            raise ReadError(_DAMAGED) from None
        shadows = {name for _, name, kind, *_ in kinds if kind == "shadow"}
        return [
            Relation(name, (name,), bool(is_view), bool(is_virtual))
            for name, is_view, is_virtual in listed
            if name not in shadows
        ]

    def fields(self, relation: Relation) -> Sequence[Field]:
        """Its columns, computed ones too; not those that only control a search."""
        with _faults():
            columns = self._about("table_xinfo", relation)
            unique = self._unique(relation)
            refers = {
                source: f"{table}.{target}" if target else table
                for _, _, table, source, target, *_ in self._about("foreign_key_list", relation)
            }
        keys = [name for _, name, _, _, _, place, _ in columns if place]
        unique |= {keys[0]} if len(keys) == 1 else set()
        is_stored = not (relation.is_view or relation.is_virtual)
        return [
            Field(
                name,
                Column(kind.lower(), "", name in unique, refers.get(name, "")),
                _expression(name, is_stored=is_stored and hidden == 0),
            )
            for _, name, kind, _, _, _, hidden in columns
            if hidden != 1
        ]

    def _about(self, what: str, relation: Relation) -> list[tuple[Any, ...]]:
        return self.connection.execute(f"PRAGMA main.{what}({_quoted(*relation.path)})").fetchall()

    def _unique(self, relation: Relation) -> set[str]:
        """Columns that are a key by themselves."""
        found = set[str]()
        for _, index, is_unique, _, is_partial, *_ in self._about("index_list", relation):
            if is_unique and not is_partial:
                of = self._about("index_info", Relation(index, (index,)))
                found |= {of[0][2]} if len(of) == 1 and of[0][2] else set()
        return found

    def rows(
        self, relation: Relation, fields: Sequence[Field]
    ) -> Generator[Sequence[object], None, None]:
        """Its rows in the order in which they are stored."""
        sought = ", ".join(one.expression for one in fields)
        statement = f"SELECT {sought} FROM main.{_quoted(*relation.path)} AS t"  # noqa: S608
        with _faults(), closing(self.connection.execute(statement)) as cursor:
            yield from cursor

    def interrupt(self) -> None:
        """From another thread: end what SQLite is doing."""
        self.connection.interrupt()


@contextmanager
def _faults() -> Iterator[None]:
    """Turn SQLite's errors into a `ReadError` in our words."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "").split("_")[:2]
        raise ReadError(_REASONS.get("_".join(name), _BROKEN)) from None
    except ValueError:  # no UTF-8, or a NUL
        raise ReadError("the name of a table or a column is no text: not read") from None


def _expression(name: str, *, is_stored: bool) -> str:
    """A column's value; of a stored one that is binary and large, only that it is.

    Qualified, for SQLite takes a name in quotes that it does not know for a text.
    """
    value = f"t.{_quoted(name)}"
    if not is_stored:
        return value
    is_large = f"typeof({value}) = 'blob' AND length({value}) > {MOST_BINARY}"
    return f"CASE WHEN {is_large} THEN x'00' ELSE {value} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(data: bytes) -> str:
    """What a program wrote as text: UTF-8 as it should be, or not."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(data)

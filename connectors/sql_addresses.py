"""Where a table's rows may lie, so that some can be drawn at random without reading the rest."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Any, Protocol

from sqlalchemy import Connection, Select, Text, cast, func, literal_column, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.elements import ColumnElement, TextClause

from connectors import sql_load
from connectors.sql_catalog import Question

_ASKED = 5_000
"""Addresses that one statement asks about, at most."""
_TRIES = 50
"""Addresses that may be tried for each row wanted, before reading through the table is cheaper."""

_LEAVES = text(
    """
    SELECT n.nspname, c.relname, bs.size,
           pg_catalog.pg_relation_size(c.oid) / bs.size AS pages,
           c.relkind IN ('r', 'm') AND a.amname = 'heap'
             AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
             AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
             AND (c.oid = t.oid OR NOT (t.relrowsecurity OR c.relrowsecurity)) AS is_open
    FROM pg_catalog.pg_class t
    JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::int AS size) bs
    CROSS JOIN LATERAL (
      SELECT t.oid AS oid WHERE t.relkind <> 'p'
      UNION ALL
      SELECT relid FROM pg_catalog.pg_partition_tree(t.oid) WHERE isleaf AND t.relkind = 'p'
    ) l
    JOIN pg_catalog.pg_class c ON c.oid = l.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
    WHERE tn.nspname = :schema AND t.relname = :name
    ORDER BY n.nspname, c.relname
    """
)
_ROWIDS = ("rowid", "_rowid_", "oid")


class Addresses(Protocol):
    """All places where a row of one table may lie, numbered from 0; not all hold one."""

    @property
    def size(self) -> int:
        """Places in all."""
        ...

    def most(self, wanted: int) -> int:
        """How many may be tried for so many rows before there is a cheaper way."""
        ...

    def held(self, places: Sequence[int]) -> set[int]:
        """Which of the places hold a row."""
        ...

    def queries(self, places: Sequence[int], rows: int) -> Iterator[Select[Any]]:
        """Queries for the rows at sorted places, so many rows each at most."""
        ...


def addresses(connection: Connection, question: Question) -> Addresses | None:
    """The addresses of a table's rows; None for a view, and where the engine has no such."""
    if connection.dialect.name == "postgresql":
        return _pointers(connection, question)
    if connection.dialect.name == "sqlite":
        return _rowids(connection, question)
    return None


@dataclass(frozen=True, slots=True)
class Pointers:
    """PostgreSQL's: each page of each partition, and on it as many pointers as ever fit on one."""

    connection: Connection
    parts: tuple[Question, ...]
    starts: tuple[int, ...]
    """The first place of each part, and then the end of the last."""
    page: int
    """Pointers on one page, at most."""

    @property
    def size(self) -> int:
        """Places in all."""
        return self.starts[-1]

    def most(self, wanted: int) -> int:
        """As many as there are pages, since a reading through visits each."""
        return max(self.size // self.page, _TRIES * wanted)

    def held(self, places: Sequence[int]) -> set[int]:
        """Which of the places hold a row that this transaction sees."""
        found = set[int]()
        self.connection.execute(text("SET LOCAL enable_seqscan = off"))
        for part, some in self._parted(sorted(places), _ASKED):
            query = self.parts[part].ask(cast(literal_column("ctid"), Text))
            asked = self.connection.execute(query.where(self._at(part, some)))
            rows = sql_load.fetched(self.connection, asked)
            found.update(self._place(part, tid) for (tid,) in rows)
        self.connection.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
        return found

    def queries(self, places: Sequence[int], rows: int) -> Iterator[Select[Any]]:
        """Queries for the rows at sorted places, each by its address."""
        self.connection.execute(text("SET LOCAL enable_seqscan = off"))
        for part, some in self._parted(places, rows):
            yield self.parts[part].query.where(self._at(part, some))

    def _parted(self, places: Sequence[int], most: int) -> Iterator[tuple[int, list[int]]]:
        for part, group in groupby(places, lambda place: bisect_right(self.starts, place) - 1):
            for some in _runs(list(group), most):
                yield part, some

    def _at(self, part: int, places: Sequence[int]) -> TextClause:
        start = self.starts[part]
        pairs = (divmod(place - start, self.page) for place in places)
        tids = [f"({page},{pointer + 1})" for page, pointer in pairs]
        return text("ctid = ANY (CAST(:tids AS tid[]))").bindparams(tids=tids)

    def _place(self, part: int, tid: str) -> int:
        page, pointer = (int(number) for number in tid.strip("()").split(","))
        return self.starts[part] + page * self.page + pointer - 1


@dataclass(frozen=True, slots=True)
class Rowids:
    """SQLite's: each number from the lowest rowid to the highest."""

    connection: Connection
    question: Question
    name: str
    """What the rowid is called in this table."""
    first: int
    size: int

    def most(self, wanted: int) -> int:
        """Some for each row: where the numbers are sparse, the table is read through."""
        return _TRIES * wanted

    def held(self, places: Sequence[int]) -> set[int]:
        """Which of the numbers a row has."""
        rowid: Any = literal_column(self.name)
        found = set[int]()
        for some in _runs(sorted(places), _ASKED):
            asked = self.connection.execute(self.question.ask(rowid).where(self._at(some)))
            rows = sql_load.fetched(self.connection, asked)
            found.update(number - self.first for (number,) in rows)
        return found

    def queries(self, places: Sequence[int], rows: int) -> Iterator[Select[Any]]:
        """Queries for the rows at sorted places, in the rowid's order."""
        for some in _runs(places, rows):
            yield self.question.query.where(self._at(some)).order_by(literal_column(self.name))

    def _at(self, places: Sequence[int]) -> ColumnElement[bool]:
        numbers = json.dumps([self.first + place for place in places])
        listed = text("SELECT value FROM json_each(:numbers)").bindparams(numbers=numbers)
        return literal_column(self.name).in_(listed)


def _pointers(connection: Connection, question: Question) -> Pointers | None:
    try:
        with connection.begin_nested():
            where = {"schema": question.schema, "name": question.name}
            leaves = connection.execute(_LEAVES, where).all()
    except SQLAlchemyError:  # an old server, or one that only looks like PostgreSQL
        return None
    if not leaves or not all(leaf.is_open for leaf in leaves):
        return None
    page = (leaves[0].size - 24) // 28  # a page's header; a pointer and a row's header at least
    parts = tuple(
        replace(question, schema=leaf.nspname, name=leaf.relname, is_only=True) for leaf in leaves
    )
    starts = tuple(accumulate((leaf.pages * page for leaf in leaves), initial=0))
    return Pointers(connection, parts, starts, page)


def _rowids(connection: Connection, question: Question) -> Rowids | None:
    where = {"schema": question.schema, "name": question.name}
    kinds = text(
        "SELECT wr FROM pragma_table_list(:name) WHERE schema = :schema AND type = 'table'"
    )
    if connection.execute(kinds, where).scalar() != 0:
        return None
    columns = connection.execute(text("SELECT name FROM pragma_table_xinfo(:name, :schema)"), where)
    taken = {column.lower() for column in columns.scalars()}
    name = next((one for one in _ROWIDS if one not in taken), None)
    if name is None:
        return None
    rowid: Any = literal_column(name)
    # two queries: SQLite looks an extreme up in the tree only where it is asked for alone
    first = connection.execute(question.ask(func.min(rowid))).scalar()
    last = connection.execute(question.ask(func.max(rowid))).scalar()
    if first is None or last is None:
        return None
    return Rowids(connection, question, name, first, last - first + 1)


def _runs(places: Sequence[int], most: int) -> Iterator[list[int]]:
    for start in range(0, len(places), most):
        yield list(places[start : start + most])

"""A random sample of a table's rows, each row as likely as any other, and what it proves."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, text
from sqlalchemy import column as sql_column
from sqlalchemy.sql.elements import ColumnElement, quoted_name

from connectors.sql_addresses import Addresses, addresses
from connectors.sql_catalog import Question

_DOUBT = 0.05
"""How likely the bound may be wrong."""
_PILOT = 1_000
"""Addresses that are tried first, to learn how many of them hold a row."""
_PICKED = {
    "postgresql": "SELECT unnest(CAST(:numbers AS bigint[]))",
    "sqlite": "SELECT value FROM json_each(:numbers)",
}
"""A list of numbers as a query."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows drawn: how many there are to draw from, and the queries for those drawn."""

    frame: int
    queries: Iterable[Select[Any]]
    numbers: frozenset[int] | None = None
    """Which rows of the (one) query are meant, counted from 0; None: all of them."""


def rows_for(bound: float) -> int:
    """How many rows must be drawn so that what none of them holds is in at most such a share."""
    return math.ceil(math.log(_DOUBT) / math.log1p(-bound))


def bound_of(size: int, frame: int) -> float:
    """What none of the drawn rows holds is in at most this share of all, with 95 % confidence.

    As if rows were put back after each draw, which claims a little less than what is true; but
    never more than the rows that were not drawn.
    """
    if size >= frame:
        return 0.0
    drawn = 1 - _DOUBT ** (1 / size) if size else 1.0
    return min(drawn, 1 - size / frame)


def hold_still(connection: Connection) -> None:
    """Make all that follows see one state of the data, in one order, where the engine can."""
    if connection.dialect.name == "postgresql":
        connection.rollback()
        connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))
        connection.execute(text("SET LOCAL synchronize_seqscans = off"))
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


def draw(
    connection: Connection,
    question: Question,
    wanted: int,
    *,
    whole: int,
    chunk: int,
    random: Random,
) -> Drawn | None:
    """Draw so many rows, to be fetched `chunk` at a time; None if there are but `whole` of them.

    An address is drawn of all where a row may lie, again and again, and counts if there is one:
    so each row is equally likely, however unevenly they lie. No row is drawn twice. Where there
    are no addresses, or too few of them hold a row, all rows are counted and then numbered.
    """
    known = addresses(connection, question)
    if known is not None:
        if _is_within(connection, question, whole):
            return None
        drawn = _by_address(known, wanted, chunk, random)
        if drawn is not None:
            return drawn
    frame = connection.execute(question.ask(func.count())).scalar_one()
    return None if frame <= whole else _by_number(connection, question, frame, wanted, random)


def _is_within(connection: Connection, question: Question, most: int) -> bool:
    one = question.ask(literal_column("1").label("one")).limit(most + 1).subquery()
    return connection.execute(select(func.count()).select_from(one)).scalar_one() <= most


def _by_address(known: Addresses, wanted: int, chunk: int, random: Random) -> Drawn | None:
    tried, hits = set[int](), list[int]()
    most = min(known.most(wanted), known.size // 2)
    next_tries = _PILOT
    while len(tried) + next_tries <= most:
        places = _fresh(random, known.size, next_tries, tried)
        held = known.held(places)
        hits += [place for place in places if place in held]
        if len(hits) >= wanted:
            frame = round(known.size * len(hits) / len(tried))
            return Drawn(frame, known.queries(sorted(hits[:wanted]), chunk))
        if not hits:
            break
        next_tries = math.ceil(1.05 * (wanted - len(hits)) * len(tried) / len(hits)) + 10
    return None


def _fresh(random: Random, size: int, count: int, tried: set[int]) -> list[int]:
    places = list[int]()
    while len(places) < count:
        place = random.randrange(size)
        if place not in tried:
            tried.add(place)
            places.append(place)
    return places


def _by_number(
    connection: Connection, question: Question, frame: int, wanted: int, random: Random
) -> Drawn:
    numbers = sorted(random.sample(range(frame), min(wanted, frame)))
    picked = _PICKED.get(connection.dialect.name)
    if picked is None:
        return Drawn(frame, [question.query], frozenset(numbers))
    number = next(name for name in map("#".__mul__, count(1)) if name not in question.columns)
    raw: list[ColumnElement[Any]] = [
        sql_column(quoted_name(name, quote=True)) for name in question.columns
    ]
    place = (func.row_number().over() - literal_column("1")).label(quoted_name(number, quote=True))
    rows = question.ask(*raw, place).subquery()
    listed = text(picked).bindparams(numbers=_listed(connection, numbers))
    query = select(*question.values).select_from(rows).where(rows.c[number].in_(listed))
    return Drawn(frame, [query])


def _listed(connection: Connection, numbers: list[int]) -> object:
    return str(numbers) if connection.dialect.name == "sqlite" else numbers

"""Asking a database for the rows that may hold a term, instead of reading them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, cast, func, literal_column, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from connectors.sql_catalog import Question

MOST = 900
"""Comparisons of one query, at most: below what engines allow."""

_NUMBER = "n"


def narrowed(
    connection: Connection, question: Question, terms: Sequence[str]
) -> Select[Any] | None:
    """The query for rows of which a column may hold a term; None: too many to ask at once.

    In a term only ASCII letters and digits count, without regard to case; for anything else there
    any characters, or none, may stand. Terms travel as bound parameters. The rows' first column is
    their number in the whole table, counted from 0.
    """
    if not terms or len(terms) * len(question.columns) > MOST:
        return None
    if connection.dialect.name == "postgresql":
        # so that bytes are compared by their letters, not in hexadecimal
        connection.execute(text("SET bytea_output = 'escape'"))
    number = (func.row_number().over() - literal_column("1")).label(_NUMBER)
    rows = question.query.add_columns(number).subquery()
    columns: Sequence[ColumnElement[Any]] = list(rows.c)[:-1]
    patterns = [like(term) for term in terms]
    is_sqlite = connection.dialect.name == "sqlite"  # whose LIKE disregards case by itself
    texts = [cast(column, Text) for column in columns]
    fits = or_(
        *(one.like(each) if is_sqlite else one.ilike(each) for one in texts for each in patterns)
    )
    return select(rows.c[_NUMBER], *columns).where(fits).order_by(rows.c[_NUMBER])


def like(term: str) -> str:
    """A term as a pattern of LIKE."""
    return "%" + "%".join(re.findall("[A-Za-z0-9]+", term)) + "%"


def runs(rows: Sequence[Row[Any]]) -> Iterator[tuple[int, list[Sequence[Any]]]]:
    """Numbered rows as unbroken runs: the first one's number, and the rows without theirs."""
    first, run = 0, list[Sequence[Any]]()
    for row in rows:
        number, values = row[0], row[1:]
        if run and number != first + len(run):
            yield first, run
            run = []
        if not run:
            first = number
        run.append(values)
    if run:
        yield first, run

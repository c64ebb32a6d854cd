"""Rows of a query in bounded lists, and lists of rows as batches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select

from connectors import sql_load
from connectors.sql_catalog import Question
from connectors.sql_values import column_texts
from scanner.model import Batch, Skipped

_SIZED = {str, bytes}
_FETCH = 100
"""Rows fetched at a time, at most."""
_BUDGET = 4_000_000
"""Characters of a chunk, about, so that wide rows come in short chunks."""


def chunks(
    connection: Connection, query: Select[Any], most: int, numbers: Collection[int] | None = None
) -> Iterator[Sequence[Row[Any]]]:
    """Rows in bounded lists, from a cursor on the server where the engine has such.

    With `numbers`, only the rows that stand at these places, counted from 0. An error comes after
    the rows that were read before it.
    """
    streaming = connection.execution_options(stream_results=True)
    with streaming.execute(query) as result:
        rows: list[Row[Any]] = []
        weight, step, place = 0, 1, 0
        try:
            while fetched := sql_load.fetch(connection, result, min(step, most - len(rows))):
                wanted = _at(fetched, place, numbers)
                place += len(fetched)
                rows += wanted
                gained = _weight(fetched)
                weight += gained if wanted is fetched else _weight(wanted)
                lightest = _BUDGET // (gained // len(fetched) + 1)
                step = max(1, min(_FETCH, 2 * step, lightest))
                if len(rows) >= most or weight >= _BUDGET:
                    yield rows
                    rows, weight = [], 0
        except Exception:
            if rows:
                yield rows
            raise
        if rows:
            yield rows


def batches(
    question: Question,
    rows: Sequence[Sequence[Any]],
    key: str,
    first: int,
    told: set[tuple[str, str]],
) -> Iterator[Batch | Skipped]:
    """One chunk as a batch a column; each reason why values are not whole is told once."""
    values_of = zip(*rows, strict=True)
    for column, fact, values in zip(question.columns, question.facts, values_of, strict=True):
        texts, reasons = column_texts(values)
        yield Batch(column, texts, label=column, group=key, first=first, column=fact)
        for reason in sorted(reasons):
            if (column, reason) not in told:
                told.add((column, reason))
                yield Skipped(column, reason)


def headings(question: Question, key: str) -> Iterator[Batch]:
    """A batch without texts for each column: a table without rows is yet meant for something."""
    for column, fact in zip(question.columns, question.facts, strict=True):
        yield Batch(column, (), label=column, group=key, column=fact)


def _at(
    rows: Sequence[Row[Any]], first: int, numbers: Collection[int] | None
) -> Sequence[Row[Any]]:
    if numbers is None:
        return rows
    return [row for place, row in enumerate(rows, first) if place in numbers]


def _weight(rows: Sequence[Row[Any]]) -> int:
    """Characters of their texts, and bytes."""
    return sum(map(_length, zip(*rows, strict=True)))


def _length(values: Sequence[Any]) -> int:
    kinds = set(map(type, values))
    if kinds == {str}:
        return sum(map(len, values))
    if kinds.isdisjoint(_SIZED):
        return 0
    return sum(len(value) for value in values if isinstance(value, str | bytes))

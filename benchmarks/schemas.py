"""Made-up tables of energy companies, each column with the personal data that it holds.

`schemas/README.md` tells the rules of the truth; `schemas/KIND/*.toml` are the tables.
"""

from __future__ import annotations

import datetime
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.schema_people import Value
from benchmarks.schema_values import FOLDER, Cast, Row, draw

_TEXT = re.compile("(?i)n?(var)?char|text|clob|json|string")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its values and what it holds."""

    name: str
    type: str
    """As SQL writes it."""
    comment: str
    primary: bool
    unique: bool
    references: str
    """The column that a foreign key points at: `schema.table.column`."""
    values: tuple[Value, ...]
    truth: frozenset[str]
    """Entities that the column holds."""
    may: frozenset[str]
    """Entities that a fair judge accepts, but does not ask for."""
    span: str = ""
    """What the like columns of a row of them have in common (`h%02d`), so that they count once."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; all have a value for each row."""

    name: str
    """`schema.table`."""
    comment: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A column before its values are drawn."""

    name: str
    type: str
    values: tuple[str, ...]
    nulls: float
    comment: str
    key: str
    references: str
    truth: frozenset[str]
    may: frozenset[str]
    span: str

    def draw(self, row: Row) -> Value:
        """The column's value of the row, which then knows it."""
        empty = row.random.random() < self.nulls
        value = None if empty else draw(row.random.choice(self.values), row)
        row.done[self.name] = None if value is None else _typed(value, self.type)
        return row.done[self.name]

    def column(self, values: tuple[Value, ...]) -> Column:
        """The column with its values."""
        return Column(
            self.name,
            self.type,
            self.comment,
            self.key == "primary",
            self.key in {"primary", "unique"},
            self.references,
            values,
            self.truth,
            self.may,
            self.span,
        )


def kinds() -> tuple[str, ...]:
    """The sets of tables that there are."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


def tables(kind: str, seed: int) -> Iterator[Table]:
    """The tables of that kind, in stable order; the same values for the same seed."""
    for path in sorted((FOLDER / kind).glob("*.toml")):
        for written in tomllib.loads(path.read_text("utf-8"))["tables"]:
            yield _table(written, seed)


def _table(written: Mapping[str, Any], seed: int) -> Table:
    name = written["name"]
    plans = tuple(plan for column in written["columns"] for plan in _plans(column))
    cast = Cast(
        seed,
        persons=written.get("persons", 0),
        repeated=written.get("repeated", 1),
        firms=written.get("firms", 0.0),
    )
    chance = random.Random(f"{name} {seed}")
    rows = [_row(plans, cast.row(number, chance)) for number in range(written["rows"])]
    values = zip(*rows, strict=True) if rows else ((),) * len(plans)
    columns = tuple(plan.column(column) for plan, column in zip(plans, values, strict=True))
    return Table(name, written.get("comment", ""), columns)


def _row(plans: Sequence[_Plan], row: Row) -> tuple[Value, ...]:
    return tuple(plan.draw(row) for plan in plans)


def _typed(value: Value, kind: str) -> Value:
    """The value as a driver gives it for a column of that type."""
    if kind == "boolean":
        return bool(value)
    if kind in {"smallint", "integer", "bigint"}:
        return int(str(value))
    if kind == "date" and isinstance(value, datetime.datetime):
        return value.date()
    return str(value) if _TEXT.match(kind) else value


def _plans(written: Mapping[str, Any]) -> Iterator[_Plan]:
    """The column, or with a span such as [1, 96] one for each number in it."""
    first, last = written.get("span", (0, 0))
    values = written["values"]
    for number in range(first, last + 1):
        yield _Plan(
            written["name"] % number if "span" in written else written["name"],
            written["type"],
            (values,) if isinstance(values, str) else tuple(values),
            written.get("nulls", 0.0),
            written.get("comment", ""),
            written.get("key", ""),
            written.get("references", ""),
            frozenset(written.get("truth", "").split()),
            frozenset(written.get("may", "").split()),
            written["name"] if "span" in written else "",
        )

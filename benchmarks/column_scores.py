"""How often a system is right about columns, counted by column and entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from benchmarks.accuracy import Score
from benchmarks.column_peers import Said
from benchmarks.schemas import Column, Table

SEED = 1

System = Callable[[Table], Said]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One entity that a column, or a series of like columns, holds or is said to hold."""

    place: str
    """`schema.table.column`; of a series its pattern."""
    entity: str
    is_true: bool
    is_said: bool

    @property
    def error(self) -> str:
        """`missed` or `false`; "" where it is right."""
        if self.is_true == self.is_said:
            return ""
        return "missed" if self.is_true else "false"


@dataclass(slots=True)
class Scores:
    """One system on some tables."""

    total: Score = field(default_factory=Score)
    entities: dict[str, Score] = field(default_factory=dict)
    columns: int = 0
    """A series counts once."""
    exact: int = 0
    """Columns of which all that was said is right and nothing was missed."""

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Count what was said of one column."""
        told = list(verdicts)
        for verdict in told:
            for score in (self.total, self.entities.setdefault(verdict.entity, Score())):
                score.labels += verdict.is_true
                score.claims += verdict.is_said
                score.found += verdict.is_true and verdict.is_said
                score.right += verdict.is_true and verdict.is_said
        self.columns += 1
        self.exact += not any(verdict.error for verdict in told)


def verdicts(table: Table, said: Said, known: frozenset[str]) -> Iterator[list[Verdict]]:
    """For each column what it holds, and what was said.

    What a fair judge accepts without asking for it is left out if it is said, and so is an entity
    that is not known here. Of a series, what is true must be said of half of its columns; what is
    false is so if it is said of one.
    """
    for columns in _units(table.columns):
        truth = frozenset[str]().union(*(column.truth for column in columns))
        accepted = frozenset[str]().union(*(column.may for column in columns)) - truth
        times = Counter(entity for column in columns for entity in said.get(column.name, ()))
        name = columns[0].span or columns[0].name
        asked = {entity: 2 * times[entity] >= len(columns) for entity in truth}
        wrong = dict.fromkeys(known & times.keys() - truth - accepted, True)
        yield [
            Verdict(f"{table.name}.{name}", entity, entity in truth, is_said)
            for entity, is_said in sorted({**asked, **wrong}.items())
        ]


def _units(columns: Iterable[Column]) -> Iterator[list[Column]]:
    for span, like in groupby(columns, attrgetter("span")):
        if span:
            yield list(like)
        else:
            yield from ([column] for column in like)


def scores(system: System, tables: Iterable[Table], known: frozenset[str]) -> Scores:
    """One system on the tables."""
    found = Scores()
    for table in tables:
        for told in verdicts(table, system(table), known):
            found.add(told)
    return found


def errors(system: System, tables: Iterable[Table], known: frozenset[str]) -> Iterator[Verdict]:
    """What the system gets wrong, table by table."""
    for table in tables:
        for told in verdicts(table, system(table), known):
            yield from (verdict for verdict in told if verdict.error)

"""How many different values a column has, by steps from one to the next through its index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnClause, Connection, Select, func, literal_column, select
from sqlalchemy import column as sql_column
from sqlalchemy.sql.elements import quoted_name

from connectors.sql_catalog import Question

_STEPS = "sparhund steps"
_EXPLAIN = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}


def count(connection: Connection, question: Question, column: str, most: int) -> int | None:
    """How many different values there are; None: no index tells, or they are more than `most`.

    Whether it does, the engine's own plan says; of a few pages it may rather read all.
    """
    explain = _EXPLAIN.get(connection.dialect.name)
    if explain is None or column not in question.columns:
        return None
    query = _steps(question, column, most)
    literal = {"literal_binds": True}
    words = str(query.compile(dialect=connection.dialect, compile_kwargs=literal))
    plan = [str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {words}")]
    if not _PLANS[connection.dialect.name](plan):
        return None
    number = int(connection.execute(query).scalar_one())
    return number if number <= most else None


def _steps(question: Question, column: str, most: int) -> Select[Any]:
    value: ColumnClause[Any] = sql_column(quoted_name(column, quote=True))
    ordered = question.ask(value).order_by(value).limit(1)
    lowest = ordered.where(value.is_not(None)).scalar_subquery()
    steps = select(lowest.label("value"), literal_column("1").label("step")).cte(
        _STEPS, recursive=True
    )
    above = ordered.where(value > steps.c.value).correlate(steps).scalar_subquery()
    further = select(above, steps.c.step + 1).where(
        steps.c.value.is_not(None), steps.c.step <= most
    )
    return select(func.count(steps.union_all(further).c.value))


def _is_indexed_postgresql(plan: list[str]) -> bool:
    """Whether each step looks up one value: a table that is gone through, or sorted, costs all."""
    words = "\n".join(plan)
    return "Index" in words and not any(
        costly in words for costly in ("Seq Scan", "Sort", "Bitmap", "Foreign Scan", "Function")
    )


def _is_indexed_sqlite(plan: list[str]) -> bool:
    """The same; its first step may scan the index, for it stops at the first value."""
    looked = [line for line in plan if line.startswith(("SCAN", "SEARCH")) and _STEPS not in line]
    keyed = [line for line in looked if "INDEX" in line or "PRIMARY KEY" in line]
    found = sum(line.startswith("SEARCH") for line in keyed)
    others = [line for line in looked if line not in keyed and "CONSTANT ROW" not in line]
    return found >= len(keyed) - 1 and found > 0 and not others and "TEMP" not in "".join(plan)


_PLANS = {"postgresql": _is_indexed_postgresql, "sqlite": _is_indexed_sqlite}

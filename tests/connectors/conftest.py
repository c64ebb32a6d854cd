"""What the tests of the connectors share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine


@pytest.fixture
def plans() -> Iterator[Callable[[], list[str]]]:
    """How the engine goes about each query sent from now on: the query, and its plan."""
    told: list[str] = []

    def tell(
        connection: Connection, _: object, statement: str, given: object, *rest: object
    ) -> None:
        del rest
        word = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        if statement.startswith("SELECT"):
            cursor = connection.connection.cursor()
            cursor.execute(f"{word} {statement}", given)  # type: ignore[arg-type]
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            told.append(f"{' '.join(statement.split())}\n{plan}")

    event.listen(Engine, "before_cursor_execute", tell)
    yield lambda: told
    event.remove(Engine, "before_cursor_execute", tell)

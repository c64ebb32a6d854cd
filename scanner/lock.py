"""One coordinator at a time: a lock that ends with the process that holds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

_NUMBER = 0x53706172
"""Names our advisory lock in PostgreSQL: any number that nobody else uses."""


class LockError(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Hold the store's lock, or raise `LockError`.

    A file beside a SQLite store, an advisory lock of a PostgreSQL session; other engines have none.
    """
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        with _file(Path(f"{engine.url.database}.lock")):
            yield
    elif engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            query = text("SELECT pg_try_advisory_lock(:number)")
            if not connection.execute(query, {"number": _NUMBER}).scalar_one():
                raise LockError
            connection.commit()
            yield
    else:
        yield


@contextmanager
def _file(path: Path) -> Iterator[None]:
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockError from None
        yield

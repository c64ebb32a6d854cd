"""What a database is asked to bear: how fast, how long and when; and a log of all it was sent."""

from __future__ import annotations

import math
import os
import re
import sqlite3
import threading
import time as clock
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, ExecutionContext, Row, event

from connectors.base import ReadError

_SOME = 1_000
"""Small rows fetched at a time."""
_WATCH = "sparhund"
"""The key of a session's watch in its connection's notes."""
_INSTRUCTIONS = 1_000_000
"""Steps of SQLite's machine between two looks at the clock: some hundredths of a second."""


class ClosedError(Exception):
    """The hours are over. The message is our own words."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of day, by this machine's clock, in which a database may be read."""

    opens: time
    closes: time

    @classmethod
    def parsed(cls, words: str) -> Hours:
        """Read `19:00-06:00`, or raise `ValueError`."""
        found = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", words)
        try:
            opens, closes = map(time.fromisoformat, found.groups()) if found else (None, None)
        except ValueError:
            opens = closes = None
        if opens is None or closes is None or opens == closes:
            raise ValueError('hours must be two times of day, such as "19:00-06:00"')
        return cls(opens, closes)

    def left(self, now: datetime) -> float:
        """Seconds until they end; 0 outside them."""
        opened = datetime.combine(now.date(), self.opens)
        if opened > now:
            opened -= timedelta(days=1)
        ends = datetime.combine(opened.date(), self.closes)
        if self.closes < self.opens:
            ends += timedelta(days=1)
        return max(0.0, (ends - now).total_seconds())

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class Load:
    """What one session may ask of a source's database."""

    source: str
    rows_per_second: float = math.inf
    statement_timeout: int = 0
    """Seconds; 0: no limit."""
    lock_timeout: int = 30
    """Seconds; 0: no limit."""
    hours: Hours | None = None
    statements: str = ""
    """The file that every statement is written to; "": none."""

    def left(self) -> float:
        """Seconds until the hours end, 0 outside them, infinity without any."""
        return math.inf if self.hours is None else self.hours.left(datetime.now())

    def closed(self) -> str:
        """Why nothing may be read now, "" if it may."""
        return "" if self.left() else f"outside its hours ({self.hours}); scan again then"

    def ended(self) -> str:
        """Why a reading stopped."""
        return f"its hours ({self.hours}) ended before all of it was read; scan again then"


@contextmanager
def watched(connection: Connection, load: Load) -> Iterator[None]:
    """Hold a session to its limits, and write down what it sends. Raises `ReadError`."""
    watch = _Watch(load)
    watch.check_log()
    connection.info[_WATCH] = watch
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and load.statement_timeout:
        driver.set_progress_handler(watch.is_late, _INSTRUCTIONS)
    try:
        with _stopped_at_the_end(load, driver):
            yield
    finally:
        watch.end()


def listen(engine: Engine) -> None:
    """Let the sessions of an engine be watched."""
    event.listen(engine, "before_cursor_execute", _sending)
    event.listen(engine, "after_cursor_execute", _answered)


def fetch(connection: Connection, result: CursorResult[Any], most: int) -> Sequence[Row[Any]]:
    """The next rows, so many at most, when the session may ask for them; none at the end.

    Raises `ClosedError` when its hours are over.
    """
    watch: _Watch | None = connection.info.get(_WATCH)
    if watch is None:
        return result.fetchmany(most)
    watch.pause()
    most = watch.wait(most)
    watch.resume()
    rows = result.fetchmany(most)
    watch.pause()
    watch.count(len(rows))
    return rows


def fetched(connection: Connection, result: CursorResult[Any]) -> Iterator[Row[Any]]:
    """All rows of a result, when the session may ask for them."""
    while rows := fetch(connection, result, _SOME):
        yield from rows


@dataclass(slots=True)
class _Watch:
    """One session's clock and pen."""

    load: Load
    statement: str = ""
    sent: datetime = datetime.min
    spent: float = 0.0
    """Seconds in which the database worked on the statement."""
    resumed: float | None = None
    deadline: float = math.inf
    due: float = field(default_factory=clock.monotonic)
    """When the next row may be asked for."""

    def begin(self, statement: str) -> None:
        self.end()
        self.statement, self.sent, self.spent = statement, datetime.now(UTC), 0.0
        self.resume()

    def resume(self) -> None:
        self.resumed = clock.monotonic()
        if self.load.statement_timeout:
            self.deadline = self.resumed + self.load.statement_timeout

    def pause(self) -> None:
        if self.resumed is not None:
            self.spent += clock.monotonic() - self.resumed
        self.resumed = None

    def end(self) -> None:
        self.pause()
        if self.statement and self.load.statements:
            words = "".join(c if c.isprintable() else "\ufffd" for c in _one_line(self.statement))
            line = f"{self.sent:%Y-%m-%dT%H:%M:%SZ}\t{self.load.source}\t{1000 * self.spent:.0f}"
            self.write(f"{line}\t{words}\n".encode(errors="replace"))
        self.statement = ""

    def check_log(self) -> None:
        if self.load.statements:
            self.write(b"")

    def write(self, line: bytes) -> None:
        """One call appends a line whole, whoever else writes."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            file = os.open(self.load.statements, flags, 0o600)
            try:
                os.write(file, line)
            finally:
                os.close(file)
        except OSError:
            raise ReadError(
                f"source '{self.load.source}': {self.load.statements} cannot be written; mend its"
                ' rights, name another file with `statements`, or write statements = ""'
            ) from None

    def wait(self, most: int) -> int:
        """Sleep until rows may be asked for; gives how many: a second's worth at most."""
        while (pause := self.due - clock.monotonic()) > 0 and self.load.left():
            clock.sleep(min(pause, 1))
        if not self.load.left():
            raise ClosedError(self.load.ended())
        return max(1, int(min(most, self.load.rows_per_second)))

    def count(self, rows: int) -> None:
        self.due = max(self.due, clock.monotonic()) + rows / self.load.rows_per_second

    def is_late(self) -> bool:
        return clock.monotonic() > self.deadline


def _sending(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    if (watch := connection.info.get(_WATCH)) is not None:
        watch.begin(statement)


def _answered(
    connection: Connection,
    _cursor: object,
    _statement: str,
    _parameters: object,
    context: ExecutionContext,
    _many: object,
) -> None:
    is_streaming = context.execution_options.get("stream_results")
    if (watch := connection.info.get(_WATCH)) is not None and not is_streaming:
        watch.pause()  # a stream's first row is fetched only now


def _one_line(statement: str) -> str:
    return " ".join(statement.split())


@contextmanager
def _stopped_at_the_end(load: Load, driver: object) -> Iterator[None]:
    """When the hours end, what runs on the server ends too."""
    if load.hours is None:
        yield
        return
    timer = threading.Timer(load.left(), _stop_query, [driver])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop_query(driver: object) -> None:
    stop = getattr(driver, "cancel_safe", None) or getattr(driver, "interrupt", None)
    if stop is not None:  # psycopg's, sqlite3's; no other driver can be told from a thread
        with suppress(Exception):  # the session sees for itself that its hours are over
            stop()

"""Databases, by SQLAlchemy URL."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache, partial
from random import Random
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from connectors import (
    sql_catalog,
    sql_distinct,
    sql_load,
    sql_rows,
    sql_sample,
    sql_search,
    sql_session,
)
from connectors.base import ReadError
from connectors.globs import selects
from connectors.sql_names import names_of
from scanner.model import Batch, Resource, Sample, Skipped

_MORE = 5
"""How many times as many rows are drawn for single columns of free text."""
_SECRETS = {"password", "passwd", "pwd", "sslpassword", "odbc_connect"}

_Part = TypeVar("_Part")
_Answers = Callable[[Connection, sql_catalog.Question, str], Iterator[_Part]]
"""What of a table is given, by its question and key."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A database: all its tables and views.

    PostgreSQL and SQLite sessions are read-only and proven so before anything is read; with any
    other engine the session asks to be read-only where there is a way, so give the scanner a user
    that may only read. A partitioned table is read as one, its partitions not again by
    themselves; tables that inherit otherwise are read each by itself. Rows hidden by row-level
    security make a table unread, not silently shorter.

    A fingerprint exists for SQLite only: the state of its file, which every write changes.
    PostgreSQL offers no honest one: its counters of changes come late and are lost in a crash,
    commit times are seldom kept, and all else costs a full read. So its tables are read each run.
    """

    name: str
    url: str | None = None
    """SQLAlchemy URL without a password; a relative SQLite path is relative to the config file."""
    url_env: str | None = None
    """Environment variable that holds the URL, which may then hold a password."""
    password_env: str | None = None
    """Environment variable that holds the password."""
    schemas: tuple[str, ...] = ()
    """Only these schemas; default: all but the engine's own."""
    include: tuple[str, ...] = ("**/*",)
    """Globs on keys (`schema.table`); a table is read if one fits."""
    exclude: tuple[str, ...] = ()
    """Globs on keys that are left out, such as `*.log_*`."""
    batch_rows: int = 1000
    """Rows of one chunk, at most."""
    bound: float = 0.0003
    """So many rows of a big table are drawn that what none of them holds is in at most this share
    of all, with 95 % confidence."""
    whole: int = 50_000
    """Tables of up to so many rows are read whole."""
    seed: int = 0
    """Another seed draws other rows."""
    replica_url: str | None = None
    """SQLAlchemy URL of a copy that is read instead; if it does not answer, nothing is read."""
    replica_url_env: str | None = None
    """Environment variable that holds the copy's URL."""
    connections: int = 2
    """Connections at once, at most."""
    rows_per_second: int | None = None
    """Rows fetched in a second over all connections, at most."""
    statement_timeout: int = 900
    """Seconds for one statement, or one fetch of rows; 0: no limit but the database's own."""
    lock_timeout: int = 30
    """Seconds to wait for a locked table; 0: no limit but the database's own."""
    hours: str = ""
    """Only then are tables read: `19:00-06:00`, by this machine's clock."""
    statements: str = ""
    """File to which every statement is appended, without values."""

    def __post_init__(self) -> None:
        """Refuse what can never work, and secrets in the config."""
        if (self.url is None) == (self.url_env is None):
            raise ValueError("give exactly one of url and url_env")
        if self.replica_url is not None and self.replica_url_env is not None:
            raise ValueError("give only one of replica_url and replica_url_env")
        for key in ("batch_rows", "connections", "rows_per_second"):
            number = getattr(self, key)
            if number is not None and number < 1:
                raise ValueError(f"{key} must be 1 or more")
        for key in ("whole", "statement_timeout", "lock_timeout"):
            if getattr(self, key) < 0:
                raise ValueError(f"{key} must be 0 or more")
        if not 0 < self.bound < 1:
            raise ValueError("bound is a share between 0 and 1, such as 0.0003")
        if self.hours:
            sql_load.Hours.parsed(self.hours)
        for key in ("url", "replica_url"):
            if (text := getattr(self, key)) is not None:
                _refuse_secrets(key, text)

    def discover(self) -> Iterator[Resource | Skipped]:
        """List the tables and views, sorted by schema and name; at any hour."""
        with self._session(replace(self._load(), hours=None)) as connection:
            try:
                found = list(sql_catalog.relations(connection))
            except SQLAlchemyError as error:
                raise ReadError(f"source '{self.name}': {sql_session.worded(error)}") from None
        yield from (one for one in found if isinstance(one, Skipped))
        fingerprint = self._fingerprint()
        tables = [one for one in found if isinstance(one, sql_catalog.Relation)]
        for one in sorted(tables, key=lambda table: (table.schema, table.name)):
            is_asked = not self.schemas or one.schema in self.schemas
            if is_asked and selects(one.key, self.include, self.exclude):
                yield Resource(self.name, one.key, fingerprint=fingerprint, size=one.size)

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        """Read one table in chunks of rows; each chunk is one batch a column, row-aligned.

        A table without rows gives a batch without texts for each column.
        """
        yield from self._asked(resource, self._all)

    def sample(
        self, resource: Resource, columns: tuple[str, ...] = ()
    ) -> Iterator[Batch | Skipped | Sample]:
        """Read a table of up to `whole` rows whole; of a bigger one, rows drawn at random.

        Each row is as likely as any other, none comes twice, and the last part is a `Sample`.
        With `columns`, these only, and five times as many rows, drawn anew; nothing comes back
        if the table is read whole. The same data gives the same rows, where the engine gives rows
        in the same order; PostgreSQL and SQLite tables need none. All is of one moment there.

        PostgreSQL tables with their partitions, and SQLite tables, are asked for rows at random
        addresses, so the cost hardly grows with the table. A view, and a table of which few
        addresses hold a row, is counted and gone through once; any other engine's is read through.
        """
        yield from self._asked(resource, partial(self._some, columns=columns))

    def distinct(self, resource: Resource, column: str, most: int) -> int | None:
        """How many different values a column holds, if an index leads from one to the next.

        PostgreSQL and SQLite only. None: there is no such index, or they are more than `most`.
        """
        found = list(self._asked(resource, partial(self._different, column=column, most=most)))
        return next((one for one in found if isinstance(one, int)), None)

    def search(self, resource: Resource, terms: tuple[str, ...]) -> Iterator[Batch | Skipped]:
        """Read only the rows that may hold a term, in the same read-only session as `read`.

        In a term only ASCII letters and digits count, without regard to case; for anything else
        in it any characters, or none, may stand. Rows keep the numbers that `read` gives them.
        """
        yield from self._asked(resource, partial(self._matching, terms=terms))

    def _asked(self, resource: Resource, answers: _Answers[_Part]) -> Iterator[_Part | Skipped]:
        try:
            schema, table = names_of(resource.key)
        except ValueError as error:
            raise ReadError(f"source '{self.name}': {error}") from None
        load = self._load()
        if closed := load.closed():
            yield Skipped("", closed)
            return
        with self._session(load) as connection:
            try:
                question = sql_catalog.question(connection, schema, table)
                if question is not None:
                    yield from question.unread
                    yield from answers(connection, question, resource.key)
            except sql_load.ClosedError as error:
                yield Skipped("", str(error))
            except SQLAlchemyError as error:
                if not load.closed():
                    raise ReadError(sql_session.worded(error)) from None
                yield Skipped("", load.ended())
            except ValueError:  # the driver met a value that Python has no type for
                raise ReadError("the driver cannot read one of its values") from None

    def _all(
        self, connection: Connection, question: sql_catalog.Question, key: str
    ) -> Iterator[Batch | Skipped]:
        told: set[tuple[str, str]] = set()
        first = 0
        for rows in sql_rows.chunks(connection, question.query, self.batch_rows):
            yield from sql_rows.batches(question, rows, key, first, told)
            first += len(rows)
        if not first:
            yield from sql_rows.headings(question, key)

    def _some(
        self,
        connection: Connection,
        question: sql_catalog.Question,
        key: str,
        columns: tuple[str, ...],
    ) -> Iterator[Batch | Skipped | Sample]:
        sql_sample.hold_still(connection)
        wanted = sql_sample.rows_for(self.bound)
        asked = question.narrowed(columns) if columns else question
        drawn = sql_sample.draw(
            connection,
            asked,
            _MORE * wanted if columns else wanted,
            whole=max(self.whole, wanted),
            chunk=self.batch_rows,
            random=Random(f"{self.seed} {key} {' '.join(columns)}"),  # noqa: S311  # repeatable
        )
        if drawn is None:
            if not columns:
                yield from self._all(connection, question, key)
            return
        told: set[tuple[str, str]] = set()
        size = 0
        for query in drawn.queries:
            for rows in sql_rows.chunks(connection, query, self.batch_rows, drawn.numbers):
                yield from sql_rows.batches(asked, rows, key, size, told)
                size += len(rows)
        yield Sample(drawn.frame, size, self.seed, sql_sample.bound_of(size, drawn.frame))

    def _different(
        self,
        connection: Connection,
        question: sql_catalog.Question,
        key: str,  # noqa: ARG002  # all that answer are told it
        column: str,
        most: int,
    ) -> Iterator[int]:
        number = sql_distinct.count(connection, question, column, most)
        if number is not None:
            yield number

    def _matching(
        self,
        connection: Connection,
        question: sql_catalog.Question,
        key: str,
        terms: tuple[str, ...],
    ) -> Iterator[Batch | Skipped]:
        query = sql_search.narrowed(connection, question, terms)
        if query is None:
            yield from self._all(connection, question, key)
            return
        told: set[tuple[str, str]] = set()
        for rows in sql_rows.chunks(connection, query, self.batch_rows):
            for first, run in sql_search.runs(rows):
                yield from sql_rows.batches(question, run, key, first, told)

    def _session(self, load: sql_load.Load | None = None) -> AbstractContextManager[Connection]:
        url = self._url()
        engine = _engine(self.name, url, os.getpid())
        return sql_session.session(engine, url, load or self._load())

    def _load(self) -> sql_load.Load:
        """What one of its connections may ask for: its share of the rows a second."""
        return sql_load.Load(
            self.name,
            (self.rows_per_second or math.inf) / self.connections,
            self.statement_timeout,
            self.lock_timeout,
            sql_load.Hours.parsed(self.hours) if self.hours else None,
            self.statements,
        )

    def _fingerprint(self) -> str | None:
        url = self._url()
        if url.get_backend_name() != "sqlite":
            return None
        return sql_catalog.file_fingerprint(sql_session.sqlite_path(url))

    def _url(self) -> URL:
        """Where to read: the copy, if there is one. Nothing falls back on the original."""
        prefix = "replica_" if self.replica_url or self.replica_url_env else ""
        text: str | None = getattr(self, f"{prefix}url")
        if text is None:
            text = self._variable(f"{prefix}url_env", getattr(self, f"{prefix}url_env"))
        try:
            url = _parsed(text)
        except ValueError as error:
            raise ReadError(f"source '{self.name}': {prefix}url_env: {error}") from None
        if self.password_env is not None:
            url = url.set(password=self._variable("password_env", self.password_env))
        return url

    def _variable(self, key: str, variable: str | None) -> str:
        value = os.environ.get(variable or "")
        if not value:
            raise ReadError(
                f"source '{self.name}': {key} names the environment variable {variable}, which is"
                " not set; set it"
            )
        return value


def _refuse_secrets(key: str, text: str) -> None:
    url = _parsed(text)
    if url.password is not None or _SECRETS & {key.lower() for key in url.query}:
        raise ValueError(
            f"{key} holds a password; put it in an environment variable and name it with"
            " password_env"
        )


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
        is_memory = url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}
    except (ArgumentError, ValueError):
        raise ValueError(
            "url is not a database URL; write it like postgresql://user@host/database or"
            " sqlite:///file.sqlite"
        ) from None
    if is_memory:
        raise ValueError("url names a database in memory, which is empty; name a file")
    return url


@cache
def _engine(source: str, url: URL, process: int) -> Engine:  # noqa: ARG001  # not for a fork
    """The engine of a database, one a process."""
    return sql_session.engine_for(source, url)


PLUGIN = Sql

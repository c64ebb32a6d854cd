"""Read-only database sessions, proven so, and what goes wrong with them in our own words."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from connectors import sql_load
from connectors.base import ReadError

if TYPE_CHECKING:
    import psycopg

_TIMEOUT = 10
"""Seconds to wait for a server to answer."""

_PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306, "mssql": 1433, "oracle": 1521}

_POSTGRESQL = (
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'iso_8601'",
    "SET TimeZone = 'UTC'",
    "SET idle_in_transaction_session_timeout = 0",  # we may think long between two reads
    "SET row_security = off",  # rather an error than rows that are silently left out
)
_POSTGRESQL_LIMIT = text(
    """
    SELECT pg_catalog.set_config(name, least(nullif(setting::bigint, 0), :most)::text, false)
    FROM pg_catalog.pg_settings WHERE name = :name
    """
)
"""So that what the server or the user's own settings say stands where it is stricter."""
_ORPHAN = 2000
"""Milliseconds between a server's looks at whether we still live, while it works for us."""
_UNPROVEN = {
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_REFUSALS = (
    (
        re.compile("password authentication failed|no password supplied"),
        "the user or the password is not accepted; mend the environment variable that holds the"
        " password",
    ),
    (re.compile('database ".*" does not exist'), "there is no such database; mend the URL"),
    (
        re.compile("no pg_hba.conf entry"),
        "the server does not admit this user from this machine; ask who runs it",
    ),
)
_STATES = {
    "22": "a value in it makes the database give up",
    "40": "the database broke the reading off in favour of another; scan again",
    "42": "it is broken or gone: what it is made of does not exist (any more)",
    "53": "the database is out of resources; scan again later",
    "54": "a value in it is bigger than the database can give",
    "XX": "the database finds it damaged; tell who runs it",
    "55P03": "another session holds it locked; scan again later",
    "57014": "a statement took longer than it may; raise statement_timeout in the config, or the"
    " database's own",
    "42501": "no right to read all of it: give the scanner's user SELECT on it, and BYPASSRLS if"
    " it has row-level security",
}
_SQLITE = {
    "SQLITE_BUSY": "another program holds the file locked; scan again later",
    "SQLITE_CANTOPEN": "the file cannot be opened; give the scanner's user read access",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "the file is not an SQLite database, or it is encrypted",
    "SQLITE_INTERRUPT": "a statement took longer than it may; raise statement_timeout",
    "SQLITE_ERROR": "it is broken: what it is made of does not exist (any more)",
}


def engine_for(source: str, url: URL) -> Engine:
    """An engine that keeps no connection open between uses. Raises `ReadError`."""
    if url.get_backend_name() == "sqlite":
        path = sqlite_path(url)
        engine = create_engine("sqlite://", creator=lambda: _open_sqlite(path), poolclass=NullPool)
        sql_load.listen(engine)
        return engine
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    arguments: dict[str, object] = {}
    if url.get_backend_name() in {"postgresql", "mysql", "mariadb"}:
        arguments["connect_timeout"] = _TIMEOUT
    is_psycopg = url.drivername == "postgresql+psycopg"
    if is_psycopg:
        arguments |= {
            "application_name": "sparhund",
            "prepare_threshold": None,  # poolers between us and the server lose what is prepared
        }
    try:
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args=arguments
        )
    except NoSuchModuleError:
        raise ReadError(
            f"source '{source}': {url.drivername} names no known kind of database; mend the URL"
        ) from None
    except ModuleNotFoundError as error:
        raise ReadError(
            f"source '{source}': the driver for {url.drivername} is missing;"
            f" install the Python package {error.name}"
        ) from None
    if is_psycopg:
        event.listen(engine, "connect", _read_any_bytes, insert=True)
    sql_load.listen(engine)
    return engine


@contextmanager
def session(engine: Engine, url: URL, load: sql_load.Load) -> Iterator[Connection]:
    """A session that cannot write and bears its load. Raises `ReadError` if there is none."""
    source = load.source
    if url.get_backend_name() == "sqlite" and not sqlite_path(url).is_file():
        raise ReadError(
            f"source '{source}': there is no SQLite file {sqlite_path(url)}; mend the URL"
        )
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise ReadError(f"source '{source}': {_unconnected(url, error)}") from None
    with connection, sql_load.watched(connection, load):
        try:
            is_read_only = _restrict(connection, load)
        except SQLAlchemyError as error:
            raise ReadError(f"source '{source}': {_shown(url)}: {worded(error)}") from None
        if not is_read_only:
            raise ReadError(
                f"source '{source}': {_shown(url)}: the session cannot be made read-only; not read"
            )
        yield connection


def worded(error: SQLAlchemyError) -> str:
    """One line about a database's error, which holds nothing of its text."""
    if not isinstance(error, DBAPIError):
        return "it is gone since it was listed; scan again"
    if error.connection_invalidated:
        return "the connection was lost; scan again"
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        primary = "_".join(name.split("_")[:2])
        return _SQLITE.get(primary, f"SQLite refused to read it ({name or 'unknown error'})")
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = _STATES.get(state) or _STATES.get(state[:2])
    if words is None:
        return f"the database refused to read it ({state or type(error.orig).__name__})"
    return f"{words} ({state})"


def sqlite_path(url: URL) -> Path:
    """The file that an SQLite URL names."""
    database = url.database or ""
    if database.startswith("file:"):
        database = unquote(urlsplit(database).path)
    return Path(database)


def _open_sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode=ro",
        uri=True,
        timeout=_TIMEOUT,
        check_same_thread=False,
    )
    connection.text_factory = _decoded
    return connection


def _read_any_bytes(connection: psycopg.Connection[object], _: object) -> None:
    """A database of encoding SQL_ASCII may hold any bytes; every other says what its text is."""
    if connection.info.parameter_status("client_encoding") != "SQL_ASCII":
        return
    from psycopg.adapt import Loader  # noqa: PLC0415  # an optional driver

    class AnyText(Loader):
        def load(self, data: bytes | bytearray | memoryview) -> str:
            return _decoded(bytes(data))

    class AnyName(Loader):
        def load(self, data: bytes | bytearray | memoryview) -> str:
            return bytes(data).decode("utf-8", "replace")  # others cannot be asked for

    connection.adapters.register_loader("text", AnyText)  # as everything is asked for
    connection.adapters.register_loader("name", AnyName)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _restrict(connection: Connection, load: sql_load.Load) -> bool:
    """Make the session read-only and patient no longer than asked; ask whether it is read-only."""
    kind = connection.dialect.name
    if kind == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
        return connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
    if kind == "postgresql":
        for statement in _POSTGRESQL:
            connection.execute(text(statement))
        _limit(connection, load)
        connection.execution_options(postgresql_readonly=True)
        return connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    if kind in _UNPROVEN:
        connection.execute(text(_UNPROVEN[kind]))
    if kind in {"mysql", "mariadb"}:
        is_mariadb = getattr(connection.dialect, "is_mariadb", False)
        for statement in _mysql_limits(load, is_mariadb=is_mariadb):
            connection.execute(text(statement))
    return True


def _limit(connection: Connection, load: sql_load.Load) -> None:
    limits = {"statement_timeout": load.statement_timeout, "lock_timeout": load.lock_timeout}
    for name, seconds in limits.items():
        if seconds:
            connection.execute(_POSTGRESQL_LIMIT, {"name": name, "most": 1000 * seconds})
    connection.commit()
    try:
        name = "client_connection_check_interval"  # of PostgreSQL 14 and newer
        connection.execute(_POSTGRESQL_LIMIT, {"name": name, "most": _ORPHAN})
        connection.commit()
    except DBAPIError:  # not every system that a server runs on can tell
        connection.rollback()


def _mysql_limits(load: sql_load.Load, *, is_mariadb: bool) -> Iterator[str]:
    if load.statement_timeout and is_mariadb:
        yield f"SET SESSION max_statement_time = {load.statement_timeout}"
    elif load.statement_timeout:
        yield f"SET SESSION max_execution_time = {1000 * load.statement_timeout}"
    if load.lock_timeout:
        yield f"SET SESSION lock_wait_timeout = {load.lock_timeout}"


def _unconnected(url: URL, error: SQLAlchemyError) -> str:
    shown = _shown(url)
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return f"{shown}: {worded(error)}"
    port = url.port or _PORTS.get(url.get_backend_name())
    if url.host and port and not _answers(url.host, port):
        return f"{shown} cannot be reached; mend host and port, or the network"
    told = str(error.orig) if isinstance(error, DBAPIError) else ""
    for cue, words in _REFUSALS:
        if cue.search(told):
            return f"{shown}: {words}"
    return f"{shown} answers but refuses; check user, password and database"


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), _TIMEOUT).close()
    except OSError:
        return False
    return True


def _shown(url: URL) -> str:
    """Where a database is, without anything secret."""
    if url.get_backend_name() == "sqlite":
        return str(sqlite_path(url))
    port = url.port or _PORTS.get(url.get_backend_name())
    return f"{url.host or 'local socket'}{f':{port}' if port else ''}/{url.database or ''}"

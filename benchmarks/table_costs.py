"""What reading a big table costs: by a sample, whole, and fetched by the driver alone."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import psycopg
from sqlalchemy import make_url

from benchmarks.big_tables import TABLE, Database
from connectors.sql import Sql
from detectors.swedish import SwedishDetector
from scanner.model import Outcome, Resource
from scanner.reading import scan_resource

_PASSWORD = "SPARHUND_BENCH_PASSWORD"  # noqa: S105  # the name of a variable
_FETCHED = 1_000
_MB = 1_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process spent that does nothing else."""

    seconds: float
    """From before its start to its end."""
    cpu: float
    """CPU seconds from when its modules are loaded; what a server spends is not in it."""
    peak: float
    """Megabytes resident."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a scan of a table came to."""

    cost: Cost
    outcome: Outcome
    statements: int
    longest: float
    """Seconds of the slowest statement."""


def verdicts(database: Database, *, full: bool) -> Verdicts:
    """Scan the table in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "statements"
        cost, outcome = _alone(_scan, database, str(log), full)
        spent = [float(line.split("\t")[2]) / 1000 for line in log.read_text("utf-8").splitlines()]
    return Verdicts(cost, outcome, len(spent), max(spent))


def fetch(database: Database) -> tuple[Cost, int]:
    """`SELECT *` by the driver alone, in a process of its own; and how many rows came."""
    return _alone(_fetch, database)


def _alone(work: Callable[..., T], *arguments: object) -> tuple[Cost, T]:
    start = time.perf_counter()
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        cpu, peak, told = process.submit(_measured, work, *arguments).result()
    return Cost(time.perf_counter() - start, cpu, peak), told


def _measured(work: Callable[..., T], *arguments: object) -> tuple[float, float, T]:
    """CPU seconds and peak memory that the work takes in this process, and what came of it."""
    start = time.process_time()
    told = work(*arguments)
    return time.process_time() - start, _peak(), told


def _peak() -> float:
    """Megabytes; `getrusage` would count those of the process that started this one."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / _MB


def _scan(database: Database, statements: str, full: bool) -> Outcome:  # noqa: FBT001  # by place
    os.environ[_PASSWORD] = database.password
    connector = Sql(
        "bench",
        database.url,
        password_env=_PASSWORD if database.password else None,
        statements=statements,
    )
    return scan_resource(connector, SwedishDetector(), Resource("bench", database.key), full)


def _fetch(database: Database) -> int:
    if database.engine == "SQLite":
        return _fetch_sqlite(database)
    url = make_url(database.url)
    with (
        psycopg.connect(
            host=url.host,
            port=url.port,
            user=url.username,
            password=database.password,
            dbname=url.database,
        ) as connection,
        connection.cursor("plain") as cursor,
    ):
        cursor.itersize = _FETCHED
        cursor.execute(f"SELECT * FROM {TABLE}".encode())  # noqa: S608
        return sum(1 for _ in cursor)


def _fetch_sqlite(database: Database) -> int:
    with closing(sqlite3.connect(str(make_url(database.url).database))) as connection:
        cursor = connection.execute(f"SELECT * FROM {TABLE}")  # noqa: S608
        return sum(1 for _ in cursor)

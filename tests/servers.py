"""Real servers for the tests, on loopback and on free ports: PostgreSQL."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

HOST = "127.0.0.1"
OWNER = "owner"
OWNER_PASSWORD = "owner-Zx81-canary"


class MissingServerError(Exception):
    """A server's programs are not installed. The message says which package to install."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running PostgreSQL server."""

    port: int
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def create_database(self, **options: str) -> str:
        """Create a fresh, empty database; gives its name. Options as in `CREATE DATABASE`."""
        name = f"db{next(self.numbers)}"
        clauses = " ".join(f"{key} = '{value}'" for key, value in options.items())
        self.execute("postgres", f"CREATE DATABASE {name} TEMPLATE template0 {clauses}")
        return name

    def create_reader(self, database: str, password: str) -> str:
        """Create a user that may only read; gives its name."""
        user = f"reader{next(self.numbers)}"
        self.execute(
            database,
            f"CREATE USER {user} PASSWORD '{password}'",
            f"GRANT pg_read_all_data TO {user}",
        )
        return user

    def url(self, database: str, user: str = OWNER) -> str:
        """SQLAlchemy URL without a password."""
        return f"postgresql+psycopg://{user}@{HOST}:{self.port}/{database}"

    def url_with_password(self, database: str) -> str:
        """SQLAlchemy URL of the owner, password included."""
        return f"postgresql+psycopg://{OWNER}:{OWNER_PASSWORD}@{HOST}:{self.port}/{database}"

    def execute(self, database: str, *statements: str) -> None:
        """Run statements as the owner, each in a transaction of its own."""
        with self.connect(database) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the owner, which commits each statement."""
        return psycopg.connect(
            host=HOST,
            port=self.port,
            dbname=database,
            user=OWNER,
            password=OWNER_PASSWORD,
            autocommit=True,
        )


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL server while the block lasts."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="sparhund-postgres-"))
    account = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if account is not None:
        shutil.chown(folder, account, pwd.getpwnam(account).pw_gid)
    try:
        _create_cluster(programs, folder, account)
        with _running(programs, folder, account) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    candidates = [Path(found).parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for candidate in candidates:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise MissingServerError(
        "PostgreSQL's programs are missing; install the Debian package postgresql"
    )


def _create_cluster(programs: Path, folder: Path, account: str | None) -> None:
    secret = folder / "password"
    secret.write_text(OWNER_PASSWORD)
    subprocess.run(
        [
            programs / "initdb",
            f"--pgdata={folder / 'data'}",
            f"--username={OWNER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        user=account,
        extra_groups=None if account is None else (),
    )


@contextmanager
def _running(programs: Path, folder: Path, account: str | None) -> Iterator[Postgres]:
    port = _free_port()
    command = [
        str(programs / "postgres"),
        "-D",
        str(folder / "data"),
        f"--port={port}",
        f"--listen_addresses={HOST}",
        "--unix_socket_directories=",
        "--fsync=off",
    ]
    if leash := shutil.which("setpriv"):  # so that it never outlives the tests
        command = [leash, "--pdeathsig", "QUIT", *command]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=folder,
            user=account,
            extra_groups=None if account is None else (),
        )
    try:
        server = Postgres(port)
        _wait_for(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(3)  # SIGQUIT: stop at once
        process.wait()


def _wait_for(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 60
    while True:
        try:
            server.connect("postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])

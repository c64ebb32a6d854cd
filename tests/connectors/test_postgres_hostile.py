"""Hostile PostgreSQL databases, from end to end: each horror costs only itself, and is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from scanner.inventory import Covered
from scanner.store import open_store
from tests import servers
from tests.servers import Postgres

EMAIL = "anna.andersson@example.se"


@dataclass(frozen=True, slots=True)
class Told:
    """What a scan told of one source."""

    coverage: dict[str, Covered]
    emails: dict[str, set[str]]
    """The columns in which e-mail addresses were found, by key."""


@dataclass(frozen=True, slots=True)
class Company:
    """A folder with a config whose sources are databases."""

    folder: Path

    def configure(self, *keys: str, **urls: str) -> None:
        """Write a config with a source for each URL, and the same keys for all."""
        lines = ['policies = ["krafthem"]']
        for name, url in urls.items():
            lines += [f"[sources.{name}]", 'kind = "sql"', f'url = "{url}"']
            lines += ['password_env = "CRM_PASSWORD"', *keys]
        (self.folder / "sparhund.toml").write_text("\n".join(lines))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command in a process of its own, as a terminal does."""
        keys = {"PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.Popen(
            [sys.executable, "-m", "scanner.cli", *arguments],
            cwd=self.folder,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "CRM_PASSWORD": servers.OWNER_PASSWORD, **keys},
            start_new_session=True,
        )

    def scan(self) -> int:
        """Run a whole scan; gives its exit code."""
        process = self.start("scan")
        process.communicate(timeout=120)
        return process.returncode

    def told(self, source: str = "crm") -> Told:
        """What the store knows of a source."""
        store = open_store(f"sqlite:///{self.folder / 'sparhund.sqlite'}")
        (run,) = store.runs()
        emails: dict[str, set[str]] = {}
        for found in store.findings(run):
            if found.source == source and found.finding.entity == "EMAIL_ADDRESS":
                emails.setdefault(found.key, set()).add(found.finding.location)
        coverage = {row.key: row for row in store.coverage(run) if row.source == source}
        return Told(coverage, emails)


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def table(name: str, rows: int = 20) -> str:
    """A table that is as it should be."""
    return f"CREATE TABLE {name} AS SELECT i AS kundnr, '{EMAIL}' AS epost FROM {series(rows)}"


def series(rows: int) -> str:
    return f"generate_series(1, {rows}) AS i"


HORRORS = (
    "CREATE TYPE kontakt AS (namn text, epost text)",
    "CREATE DOMAIN kund_kontakt AS kontakt",
    f"CREATE TYPE lage AS ENUM ('hemma', '{EMAIL}')",
    "CREATE TYPE spann AS RANGE (SUBTYPE = text)",
    "CREATE TYPE egen",
    "CREATE FUNCTION egen_in(cstring) RETURNS egen LANGUAGE internal IMMUTABLE STRICT AS 'textin'",
    "CREATE FUNCTION egen_ut(egen) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
    "CREATE TYPE egen (INPUT = egen_in, OUTPUT = egen_ut, LIKE = text)",
    f"""
    CREATE TABLE udda AS SELECT row('Bo', '{EMAIL}')::kontakt AS sammansatt,
      ARRAY[row('Bo', '{EMAIL}')::kontakt] AS lista, row('Bo', '{EMAIL}')::kund_kontakt AS doman,
      '{EMAIL}'::lage AS upprakning, spann('a', '{EMAIL}') AS intervall,
      '{EMAIL}'::egen AS egen_typ, ARRAY['{EMAIL}'::egen] AS egna
    """,
    f"""
    CREATE VIEW delar_med_noll AS
      SELECT i, CASE WHEN i > 1500 THEN 1 / (i - i) END AS kvot, '{EMAIL}' AS epost
      FROM {series(3000)}
    """,
    "CREATE FUNCTION inre() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
    "CREATE FUNCTION yttre() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN inre(); END'",
    "CREATE VIEW utan_funktion AS SELECT yttre() AS a",
    "DROP FUNCTION inre()",
    """
    CREATE FUNCTION skada() RETURNS text LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'hemligt' USING ERRCODE = 'data_corrupted'; END $$
    """,
    "CREATE VIEW skadad AS SELECT skada() AS a",
    "CREATE VIEW seg AS SELECT pg_sleep(100)::text AS a",
    f"CREATE TABLE bred ({', '.join(f'c{place} text' for place in range(1600))})",
    f"INSERT INTO bred (c0, c1599) VALUES ('x', '{EMAIL}')",
    "CREATE TABLE tung (epost text, text text)",
    "ALTER TABLE tung ALTER text SET STORAGE EXTERNAL",
    f"INSERT INTO tung VALUES ('{EMAIL}', repeat('x', 256 * 1024 * 1024)), ('{EMAIL}', 'kort')",
    table("halvstangd"),
    "ALTER TABLE halvstangd ADD hemlig text",
    table("halvstangd_stor", 60_000),
    "ALTER TABLE halvstangd_stor ADD hemlig text",
    table("stangd"),
    table("last"),
    table("aaa"),
    table("zzz"),
)
RIGHTS = (
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}",
    "REVOKE SELECT ON stangd, halvstangd, halvstangd_stor FROM {user}",
    "GRANT SELECT (kundnr, epost) ON halvstangd TO {user}",
    "GRANT SELECT (kundnr, epost) ON halvstangd_stor TO {user}",
)
"""So that of two tables one column is closed, and of one table all."""

TOLD = {
    "aaa": ("scanned", ""),
    "bred": ("scanned", ""),
    "delar_med_noll": ("partial", "a value in it makes the database give up"),
    "halvstangd": ("partial", "hemlig: no right to read it: give the scanner's user SELECT"),
    "halvstangd_stor": ("partial", "hemlig: no right to read it: give the scanner's user SELECT"),
    "last": ("failed", "another session holds it locked; scan again later"),
    "seg": ("failed", "a statement took longer than it may; raise statement_timeout"),
    "skadad": ("failed", "the database finds it damaged; tell who runs it"),
    "stangd": ("failed", "no right to read all of it: give the scanner's user SELECT"),
    "tung": ("partial", "text: of values longer than 1000000 characters only the beginning"),
    "udda": ("scanned", ""),
    "utan_funktion": ("failed", "it is broken or gone"),
    "zzz": ("scanned", ""),
}
EMAILS = {
    **{key: {"epost"} for key in ("aaa", "delar_med_noll", "tung", "zzz")},
    **{key: {"epost"} for key in ("halvstangd", "halvstangd_stor")},
    "bred": {"c1599"},
    "udda": {"sammansatt", "lista", "doman", "upprakning", "intervall", "egen_typ", "egna"},
}


LONG = (
    "CREATE FUNCTION sov() RETURNS text LANGUAGE sql STABLE AS 'SELECT pg_sleep(60)::text'",
    f"""
    CREATE VIEW lang AS SELECT i, '{EMAIL}' AS epost, CASE WHEN i = 3000 THEN sov() END AS vila
    FROM {series(5000)}
    """,
)
"""A view that falls asleep where row 3000 is read."""


def asleep(server: Postgres, database: str) -> list[int]:
    """The processes of the server in which our query sleeps."""
    with server.connect(database) as owner:
        found = owner.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'sparhund' AND wait_event = 'PgSleep'"
        ).fetchall()
    return [int(str(pid)) for (pid,) in found]


def wait_until(is_so: Callable[[], object], seconds: float) -> float:
    """Wait for it; gives the seconds that it took."""
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < seconds, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - start


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Do something beside the block."""
    thread = threading.Thread(target=act)
    thread.start()
    yield
    thread.join()


def create_horrors(server: Postgres) -> tuple[str, str]:
    """The database, and its user who may read most of it."""
    database = server.create_database()
    server.execute(database, *HORRORS)
    user = f"snal_{database}"
    rights = (right.format(user=user) for right in RIGHTS)
    server.execute(database, f"CREATE USER {user} PASSWORD '{servers.OWNER_PASSWORD}'", *rights)
    return database, user


def create_raw(server: Postgres) -> str:
    """A database without an encoding, and with several."""
    database = server.create_database(encoding="SQL_ASCII", lc_collate="C", lc_ctype="C")
    with server.connect(database) as owner:
        owner.execute(b"CREATE TABLE t (namn text, b\xe4st text, epost text)")
        for name in (b"\xc5sa", b"\xc3\x85sa", b"\xff\xfe\x81", b"\xc3"):
            owner.execute(b"INSERT INTO t VALUES ('%b', 'x', '%b')" % (name, EMAIL.encode()))
        owner.execute(b"CREATE TABLE g\xe4st AS SELECT * FROM t")
        owner.execute(b"COMMENT ON COLUMN t.epost IS 'f\xf6r kunden'")
        owner.execute(table("bra").encode())
    return database


@pytest.fixture(scope="module")
def scanned(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """One scan of three databases: full of horrors, without an encoding, and cut off."""
    company = Company(tmp_path_factory.mktemp("company"))
    server = postgres_server
    horrors, user = create_horrors(server)
    raw, cut = create_raw(server), server.create_database()
    server.execute(cut, table("aaa"), *LONG, table("zzz"))
    company.configure(
        "lock_timeout = 1",
        "statement_timeout = 3",
        crm=server.url(horrors, user),
        raw=server.url(raw),
        cut=server.url(cut),
    )

    def kill() -> None:
        wait_until(lambda: asleep(server, cut), 60)
        (pid,) = asleep(server, cut)
        server.execute(cut, f"SELECT pg_terminate_backend({pid})")

    with server.connect(horrors) as other, meanwhile(kill):
        other.autocommit = False
        other.execute("LOCK TABLE last IN ACCESS EXCLUSIVE MODE")
        assert company.scan() == 3
    return company


def test_each_horror_costs_only_itself(scanned: Company) -> None:
    told = scanned.told()
    assert set(told.coverage) == {f"public.{name}" for name in TOLD}
    for name, (status, words) in TOLD.items():
        row = told.coverage[f"public.{name}"]
        assert (row.status, words in (row.reason or "")) == (status, True), row
        assert "hemligt" not in (row.reason or "")
    assert told.emails == {f"public.{name}": places for name, places in EMAILS.items()}
    assert told.coverage["public.delar_med_noll"].rows == 1500


def test_a_database_without_an_encoding(scanned: Company) -> None:
    told = scanned.told("raw")
    odd = "its name is not UTF-8 in a database without an encoding; read it through a view"
    assert {key: (row.status, row.reason) for key, row in told.coverage.items()} == {
        "public.bra": ("scanned", None),
        "public.g\ufffdst": ("skipped", odd),
        "public.t": ("partial", f"b\ufffdst: {odd}"),
    }
    assert told.emails == {"public.bra": {"epost"}, "public.t": {"epost"}}
    assert told.coverage["public.t"].rows == 4


def test_a_connection_that_is_killed_costs_the_rest_of_its_table(scanned: Company) -> None:
    told = scanned.told("cut")
    assert {key: (row.status, row.reason) for key, row in told.coverage.items()} == {
        "public.aaa": ("scanned", None),
        "public.lang": ("partial", "the connection was lost; scan again"),
        "public.zzz": ("scanned", None),
    }
    assert 2800 <= told.coverage["public.lang"].rows < 3000
    assert set(told.emails) == {"public.aaa", "public.lang", "public.zzz"}


def test_a_server_that_is_shut_down_keeps_what_was_read(company: Company) -> None:
    with servers.postgres() as own:
        own.execute("postgres", table("aaa"), *LONG, table("zzz"))
        company.configure("connections = 1", crm=own.url("postgres"))

        def stop() -> None:
            wait_until(lambda: asleep(own, "postgres"), 60)
            with own.connect("postgres") as owner:
                row = owner.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
            assert row is not None
            os.kill(int(str(row[0]).split()[0]), signal.SIGINT)  # at once, without waiting

        with meanwhile(stop):
            assert company.scan() == 3
    told = company.told()
    statuses = {key: row.status for key, row in told.coverage.items()}
    assert statuses == {
        "public.aaa": "scanned",
        "public.lang": "partial",
        "public.zzz": "failed",
    }
    assert told.coverage["public.lang"].reason == "the connection was lost; scan again"
    assert "cannot be reached" in (told.coverage["public.zzz"].reason or "")
    assert set(told.emails) == {"public.aaa", "public.lang"}


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_scan_leaves_no_query_behind(
    postgres_server: Postgres, company: Company, by: signal.Signals
) -> None:
    database = postgres_server.create_database()
    sleepers = [f"CREATE VIEW s{n} AS SELECT pg_sleep(100)::text AS a" for n in range(2)]
    postgres_server.execute(database, *sleepers)
    company.configure("connections = 1", crm=postgres_server.url(database))
    process = company.start("scan", "--workers", "2")
    try:
        wait_until(lambda: asleep(postgres_server, database), 60)
        time.sleep(0.3)
        assert len(asleep(postgres_server, database)) == 1, "more than its connections"
        if by == signal.SIGINT:
            os.killpg(process.pid, by)  # as a terminal's Ctrl-C: to the workers too
        else:
            process.send_signal(by)
        wait_until(lambda: not asleep(postgres_server, database), 4)
        _, told = process.communicate(timeout=20)
    finally:
        process.kill()
    if by != signal.SIGKILL:
        assert process.returncode == 1
        assert "the same command continues" in told
        assert "Traceback" not in told


def test_a_killed_worker_leaves_no_query_behind(
    postgres_server: Postgres, company: Company
) -> None:
    database = postgres_server.create_database()
    postgres_server.execute(database, "CREATE VIEW s AS SELECT pg_sleep(100)::text AS a")
    url = postgres_server.url_with_password(database)
    reading = (
        "from connectors.sql import Sql; from scanner.model import Resource;"
        "list(Sql('crm', url_env='CRM_URL').read(Resource('crm', 'public.s')))"
    )
    process = subprocess.Popen([sys.executable, "-c", reading], env={**os.environ, "CRM_URL": url})
    try:
        wait_until(lambda: asleep(postgres_server, database), 30)
    finally:
        process.kill()
        process.wait()
    wait_until(lambda: not asleep(postgres_server, database), 6)


def test_a_text_of_256_megabytes_is_not_fetched(postgres_server: Postgres) -> None:
    database = postgres_server.create_database()
    postgres_server.execute(
        database,
        f"CREATE TABLE tung AS SELECT i, repeat('x', 256 * 1024 * 1024) AS t FROM {series(3)}",
    )
    reading = """if True:
        import resource
        from connectors.sql import Sql
        from scanner.model import Batch, Resource
        def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        connector = Sql("crm", url_env="CRM_URL")
        list(connector.discover())
        before = peak()
        for part in connector.sample(Resource("crm", "public.tung")):
            if isinstance(part, Batch):
                assert max(map(len, part.values)) <= 1_000_000
        print(peak() - before)
    """
    url = postgres_server.url_with_password(database)
    answer = subprocess.run(
        [sys.executable, "-c", reading],
        env={**os.environ, "CRM_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    assert int(answer.stdout) < 100

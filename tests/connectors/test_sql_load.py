"""What databases are asked to bear: how fast, how long, when; and what is written down of it."""

from __future__ import annotations

import math
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from connectors.base import ReadError
from connectors.sql import Sql
from connectors.sql_load import Hours
from scanner.config import load
from scanner.model import Batch, Resource, Skipped
from tests.connectors.test_postgres_connector import PASSWORD
from tests.contracts.connector import columns
from tests.servers import Postgres

ENDLESS = (
    "CREATE VIEW evig AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT max(i) AS i FROM n"
)


@pytest.fixture
def crm(tmp_path: Path) -> Sql:
    """A table of 150 rows, and a view that never answers."""
    with closing(sqlite3.connect(tmp_path / "crm.db")) as file, file:
        file.execute("CREATE TABLE kund (i int)")
        file.executemany("INSERT INTO kund VALUES (?)", [(i,) for i in range(150)])
        file.execute(ENDLESS)
    return Sql("crm", f"sqlite:///{tmp_path / 'crm.db'}")


@pytest.fixture
def server(postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Sql:
    """A view that takes its time."""
    database = postgres_server.create_database()
    user = postgres_server.create_reader(database, PASSWORD)
    postgres_server.execute(
        database,
        "CREATE VIEW seg AS SELECT 'x' AS a, pg_sleep(0.4)::text AS b",
        "CREATE VIEW evig AS SELECT pg_sleep(60)::text AS a",
    )
    monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
    return Sql("crm", postgres_server.url(database, user), password_env="CRM_PASSWORD")


def parts(connector: Sql, key: str = "main.kund") -> list[Batch | Skipped]:
    return list(connector.read(Resource("crm", key)))


def seconds(call: Callable[[], object]) -> float:
    start = time.monotonic()
    call()
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("hours", "now", "left"),
    [
        ("19:00-06:00", "18:59", 0),
        ("19:00-06:00", "19:00", 11 * 3600),
        ("19:00-06:00", "23:30", 6.5 * 3600),
        ("19:00-06:00", "00:00", 6 * 3600),
        ("19:00-06:00", "05:59", 60),
        ("19:00-06:00", "06:00", 0),
        ("08:00-17:00", "07:59", 0),
        ("08:00-17:00", "16:00", 3600),
        ("08:00-17:00", "17:00", 0),
        ("22:00-00:00", "23:00", 3600),
        ("22:00-00:00", "00:00", 0),
    ],
)
def test_what_is_left_of_the_hours(hours: str, now: str, left: float) -> None:
    assert Hours.parsed(hours).left(datetime.fromisoformat(f"2026-11-23T{now}")) == left


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"hours": "19-06"}, "two times of day"),
        ({"hours": "19:00-25:00"}, "two times of day"),
        ({"hours": "19:00-19:00"}, "two times of day"),
        ({"connections": 0}, "connections must be 1 or more"),
        ({"rows_per_second": 0}, "rows_per_second must be 1 or more"),
        ({"statement_timeout": -1}, "statement_timeout must be 0 or more"),
        ({"lock_timeout": -1}, "lock_timeout must be 0 or more"),
        ({"replica_url": "copy"}, "not a database URL"),
        ({"replica_url": "postgresql://u:hemligt@h/d"}, "replica_url holds a password"),
        ({"replica_url": "sqlite:///a.db", "replica_url_env": "A"}, "only one of replica_url"),
    ],
)
def test_keys_that_cannot_be_meant_are_refused(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        Sql("crm", "sqlite:///crm.db", **keys)
    assert "hemligt" not in str(caught.value)


@pytest.mark.parametrize(("connections", "wanted"), [(1, 0.25), (3, 0.75)])
def test_connections_share_the_rows_of_a_second(crm: Sql, connections: int, wanted: float) -> None:
    slow = replace(crm, rows_per_second=600, connections=connections)
    found: list[Batch | Skipped] = []
    assert wanted - 0.1 < seconds(lambda: found.extend(parts(slow))) < wanted + 2
    assert found == parts(crm)


class TestTimeouts:
    def test_sqlite_ends_a_statement_that_takes_too_long(self, crm: Sql) -> None:
        def read() -> None:
            with pytest.raises(ReadError, match="raise statement_timeout"):
                parts(replace(crm, statement_timeout=1), "main.evig")

        assert 0.9 < seconds(read) < 5

    def test_our_own_thinking_is_no_statement(self, crm: Sql) -> None:
        reading = replace(crm, statement_timeout=1, batch_rows=40).read(
            Resource("crm", "main.kund")
        )
        found = [next(reading)]
        time.sleep(1.5)
        assert [*found, *reading] == parts(replace(crm, batch_rows=40))

    def test_postgresql_ends_a_statement_that_takes_too_long(self, server: Sql) -> None:
        with pytest.raises(ReadError, match="raise statement_timeout"):
            parts(replace(server, statement_timeout=1), "public.evig")

    def test_the_server_is_told_once_and_a_stricter_limit_stands(
        self, postgres_server: Postgres, server: Sql
    ) -> None:
        def told(connector: Sql) -> list[str]:
            names = "statement_timeout", "lock_timeout", "client_connection_check_interval"
            with connector._session() as session:
                return [str(session.execute(text(f"SHOW {name}")).scalar()) for name in names]

        assert told(server) == ["15min", "30s", "2s"]
        assert told(replace(server, statement_timeout=0, lock_timeout=5)) == ["0", "5s", "2s"]
        _, _, after = str(server.url).partition("//")
        user, _, database = after.partition("@")
        postgres_server.execute(
            database.rpartition("/")[2],
            f"ALTER USER {user} SET statement_timeout = '7s'",
            f"ALTER USER {user} SET lock_timeout = '1min'",
        )
        assert told(server) == ["7s", "30s", "2s"]
        assert told(replace(server, statement_timeout=0)) == ["7s", "30s", "2s"]


class TestHours:
    def test_outside_them_tables_are_listed_but_not_read(
        self, crm: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Hours, "left", lambda *_: 0.0)
        closed = replace(crm, hours="19:00-06:00")
        assert list(closed.discover()) == list(crm.discover())
        words = "outside its hours (19:00-06:00); scan again then"
        assert parts(closed) == [Skipped("", words)]
        assert list(closed.sample(Resource("crm", "main.kund"))) == [Skipped("", words)]

    def test_a_reading_stops_at_their_end_and_keeps_what_was_read(
        self, crm: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading = replace(crm, hours="19:00-06:00", batch_rows=40).read(
            Resource("crm", "main.kund")
        )
        monkeypatch.setattr(Hours, "left", lambda *_: 3600.0)
        first = next(reading)
        monkeypatch.setattr(Hours, "left", lambda *_: 0.0)
        rest = list(reading)
        assert isinstance(first, Batch)
        words = "its hours (19:00-06:00) ended before all of it was read; scan again then"
        assert rest[-1] == Skipped("", words)
        assert sum(len(one.values) for one in (first, *rest) if isinstance(one, Batch)) < 150

    @pytest.mark.parametrize("engine", ["crm", "server"])
    def test_their_end_stops_a_running_statement(
        self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, engine: str
    ) -> None:
        connector = replace(request.getfixturevalue(engine), hours="19:00-06:00")
        end = time.monotonic() + 1
        monkeypatch.setattr(Hours, "left", lambda *_: max(0.0, end - time.monotonic()))
        key = "main.evig" if engine == "crm" else "public.evig"
        found: list[Batch | Skipped] = []
        assert seconds(lambda: found.extend(parts(connector, key))) < 5
        (only,) = found
        assert isinstance(only, Skipped)
        assert "ended before" in only.reason


class TestReplica:
    def test_it_is_read_instead(self, crm: Sql, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "copy.db")) as file, file:
            file.execute("CREATE TABLE kund AS SELECT 'kopia' AS a")
        copied = replace(crm, replica_url=f"sqlite:///{tmp_path / 'copy.db'}")
        assert columns(copied, "main.kund") == {"a": ["kopia"]}

    def test_one_that_does_not_answer_burdens_nobody_else(
        self, crm: Sql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COPY_URL", f"sqlite:///{tmp_path / 'borta.db'}")
        copied = replace(crm, replica_url_env="COPY_URL")
        with pytest.raises(ReadError, match=r"borta\.db"):
            list(copied.discover())
        with pytest.raises(ReadError, match=r"borta\.db"):
            parts(copied)


class TestStatements:
    def lines(self, path: Path) -> list[list[str]]:
        return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]

    def test_every_statement_is_a_line_without_values(self, crm: Sql, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "crm.db")) as file, file:
            file.execute('CREATE TABLE "två\nrader\t" (namn text)')
            file.execute('INSERT INTO "två\nrader\t" VALUES (?)', ("Ada Canary",))
        log = tmp_path / "sql.log"
        logged = replace(crm, statements=str(log))
        asked = Resource("crm", "main.två\nrader\t")
        assert columns(logged, asked.key) == {"namn": ["Ada Canary"]}
        assert any(isinstance(one, Batch) for one in logged.search(asked, ("Canary",)))
        with pytest.raises(ReadError):
            parts(logged, "main.borta")
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        assert "Canary" not in log.read_text(encoding="utf-8")
        for when, source, spent, _ in self.lines(log):
            assert datetime.fromisoformat(when).utcoffset() is not None
            assert source == "crm"
            assert spent.isdecimal()
        sent = [line[3] for line in self.lines(log)]
        assert sent.count("PRAGMA query_only") == 3
        assert sum('FROM "main"."två rader "' in one for one in sent) == 2
        assert sum("LIKE ?" in one for one in sent) == 1

    def test_the_time_is_the_database_s(self, server: Sql, tmp_path: Path) -> None:
        log = tmp_path / "sql.log"
        reading = replace(server, statements=str(log)).read(Resource("crm", "public.seg"))
        next(reading)
        time.sleep(0.5)
        list(reading)
        ((*_, spent, _),) = [line for line in self.lines(log) if 'FROM "public"."seg"' in line[3]]
        assert 400 <= int(spent) < 800

    def test_one_that_is_broken_off_is_written_too(self, server: Sql, tmp_path: Path) -> None:
        log = tmp_path / "sql.log"
        with pytest.raises(ReadError):
            parts(replace(server, statements=str(log), statement_timeout=1), "public.evig")
        ((*_, spent, _),) = [line for line in self.lines(log) if 'FROM "public"."evig"' in line[3]]
        assert 1000 <= int(spent) < 3000

    def test_without_a_log_nothing_is_read(self, crm: Sql, tmp_path: Path) -> None:
        path = tmp_path / "borta" / "sql.log"
        blind = replace(crm, statements=str(path))
        with pytest.raises(ReadError, match='statements = ""') as caught:
            list(blind.discover())
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
        with pytest.raises(ReadError, match="cannot be written"):
            parts(blind)

    @pytest.mark.parametrize(
        ("line", "wanted"),
        [
            ("", "sparhund-sql.log"),
            ('statements = "logs/crm.log"', "logs/crm.log"),
            ('statements = "/var/log/crm.log"', "/var/log/crm.log"),
            ('statements = ""', None),
        ],
    )
    def test_it_lies_beside_the_config(self, tmp_path: Path, line: str, wanted: str | None) -> None:
        path = tmp_path / "sparhund.toml"
        path.write_text(f"[sources.crm]\nkind = 'sql'\nurl = 'sqlite:///crm.db'\n{line}\n")
        connector = load(path).sources["crm"].connector
        assert isinstance(connector, Sql)
        assert connector.statements == ("" if wanted is None else str(tmp_path / wanted))


def test_no_limits_are_the_default() -> None:
    connector = Sql("crm", "sqlite:///crm.db")
    assert connector._load().rows_per_second == math.inf
    assert connector._load().left() == math.inf

"""PostgreSQL databases, on a real server."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from connectors.base import Connector, ReadError
from connectors.sql import Sql
from connectors.sql_names import key_of
from connectors.sql_values import BINARY, CUT, LONGEST
from scanner.model import Batch, Resource, Skipped
from tests.contracts.connector import ODD_NAMES, Example, SourceContract, columns, keys, quoted
from tests.servers import Postgres

PASSWORD = "las-Canary-4711"


class TestPostgres(SourceContract):
    @pytest.fixture
    def database(self, postgres_server: Postgres) -> str:
        return postgres_server.create_database()

    @pytest.fixture
    def connector(
        self, postgres_server: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> Sql:
        user = postgres_server.create_reader(database, PASSWORD)
        monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
        return Sql("crm", postgres_server.url(database, user), password_env="CRM_PASSWORD")

    @pytest.fixture
    def example(self, postgres_server: Postgres, database: str, connector: Sql) -> Example:
        names = [*ODD_NAMES, "select", 'a.b"c', "x[1]", "%(x)s :y $1 ?"]
        names = [name for name in names if len(name.encode()) < 64]
        statements = ['CREATE SCHEMA "Lön.schema"', "CREATE SCHEMA pgx"]
        for number, name in enumerate(names):
            other = quoted(names[(number + 1) % len(names)])
            statements += [
                f"CREATE TABLE {quoted(name)} (id int, {other} text)",
                f"INSERT INTO {quoted(name)} VALUES (1, 'innehåll nummer {number}'), (2, NULL)",
            ]
        statements += [
            'CREATE TABLE "Lön.schema"."Lön" AS SELECT \'hemlig lön\' AS belopp',
            "CREATE TABLE pgx.t AS SELECT 'pgx' AS a",
            'CREATE VIEW vy AS SELECT * FROM "select"',
            'CREATE MATERIALIZED VIEW mvy AS SELECT * FROM "select"',
            "CREATE VIEW trasig AS SELECT 1 / (random() * 0)::int AS a",
            "CREATE TABLE ej_ifylld (a int)",
            "CREATE MATERIALIZED VIEW omvy AS SELECT * FROM ej_ifylld WITH NO DATA",
        ]
        postgres_server.execute(database, *statements)
        texts = {key_of("public", name): f"innehåll nummer {i}" for i, name in enumerate(names)}
        texts |= dict.fromkeys(("public.vy", "public.mvy"), texts["public.select"])
        texts |= {'"Lön.schema".Lön': "hemlig lön", "pgx.t": "pgx", "public.ej_ifylld": ""}
        return Example(
            connector,
            texts,
            unreadable=frozenset({"public.trasig", "public.omvy"}),
            secrets=(PASSWORD,),
        )

    @pytest.fixture
    def empty(self, connector: Sql) -> Connector:
        return connector

    @pytest.fixture
    def missing(self, postgres_server: Postgres, connector: Sql) -> Connector:
        user = str(connector.url).split("//")[1].split("@")[0]
        return Sql("crm", postgres_server.url("finns_inte", user), password_env="CRM_PASSWORD")

    @pytest.fixture
    def change(self, postgres_server: Postgres, database: str) -> Callable[[], str]:
        def change() -> str:
            postgres_server.execute(database, 'UPDATE "select" SET id = 9')
            return "public.select"

        return change

    def test_a_session_cannot_write(
        self, postgres_server: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        postgres_server.execute(database, "CREATE TABLE t (a int)")
        monkeypatch.setenv("OWNER_URL", postgres_server.url_with_password(database))
        connector = Sql("crm", url_env="OWNER_URL")
        with connector._session() as session:
            assert session.execute(text("SHOW transaction_read_only")).scalar() == "on"
            assert session.execute(text("SHOW default_transaction_read_only")).scalar() == "on"
            with pytest.raises(DBAPIError, match="read-only transaction"):
                session.execute(text("INSERT INTO t VALUES (1)"))
            session.rollback()
            with pytest.raises(DBAPIError, match="read-only transaction"):
                session.execute(text("CREATE TABLE u (a int)"))

    def test_a_view_that_writes_is_stopped(
        self, postgres_server: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE log (a int)",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql"
            " AS 'INSERT INTO log VALUES (1) RETURNING 1'",
            "CREATE VIEW skriver AS SELECT f() AS a",
        )
        monkeypatch.setenv("OWNER_URL", postgres_server.url_with_password(database))
        connector = Sql("crm", url_env="OWNER_URL")
        with pytest.raises(ReadError, match="refused"):
            columns(connector, "public.skriver")
        assert columns(connector, "public.log") == {"a": []}

    def test_partitions_are_read_once_and_heirs_by_themselves(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE avl (dag date, kwh int) PARTITION BY RANGE (dag)",
            "CREATE TABLE avl_25 PARTITION OF avl FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
            "CREATE TABLE avl_26 PARTITION OF avl FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
            "INSERT INTO avl VALUES ('2025-05-01', 1), ('2026-05-01', 2)",
            "CREATE TABLE person (namn text)",
            "CREATE TABLE anstalld (lon int) INHERITS (person)",
            "INSERT INTO person VALUES ('Ada')",
            "INSERT INTO anstalld VALUES ('Bo', 3)",
        )
        assert keys(connector) == ["public.anstalld", "public.avl", "public.person"]
        assert columns(connector, "public.avl") == {
            "dag": ["2025-05-01", "2026-05-01"],
            "kwh": ["1", "2"],
        }
        assert columns(connector, "public.person") == {"namn": ["Ada"]}
        assert columns(connector, "public.anstalld") == {"namn": ["Bo"], "lon": ["3"]}

    def test_values_of_every_type(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        wanted = {
            "smallint": ("7", "7"),
            "bigint": ("191212121212", "191212121212"),
            "numeric": ("1e30", "1" + "0" * 30),
            "numeric(9,2)": ("12.50", "12.50"),
            "double precision": ("1e20", "1" + "0" * 20),
            "real": ("0.000001", "0.000001"),
            "boolean": ("true", "true"),
            "char(4)": ("ab", "ab"),
            "date": ("2026-10-14", "2026-10-14"),
            "timestamp": ("2026-10-14 01:02:03", "2026-10-14 01:02:03"),
            "timestamptz": ("2026-10-14 01:02:03+02", "2026-10-13 23:02:03+00"),
            "time": ("01:02:03", "01:02:03"),
            "interval": ("1 day 2 hours", "P1DT2H"),
            "json": ('{"namn": "Åsa"}', '{"namn": "Åsa"}'),
            "jsonb": ('{"namn":"Åsa"}', '{"namn": "Åsa"}'),
            "text[]": ('{"a b",c}', '["a b","c"]'),
            "int[]": ("{1,2}", "[1,2]"),
            "adress": ("(Storgatan 1,11122)", '{"gata":"Storgatan 1","postnr":"11122"}'),
            "uuid": ("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",) * 2,
            "inet": ("192.0.2.7", "192.0.2.7/32"),
            "lage": ("hemma", "hemma"),
            "persnr": ("19121212-1212", "19121212-1212"),
            "xml": ("<a>å</a>", "<a>å</a>"),
            "int4range": ("[1,5)", "[1,5)"),
            "point": ("(59.3,18.0)", "(59.3,18)"),
            "tsvector": ("a:1", "'a':1"),
        }
        listing = ", ".join(f"c{i} {kind}" for i, kind in enumerate(wanted))
        values = ", ".join(f"'{value}'::{kind}" for kind, (value, _) in wanted.items())
        postgres_server.execute(
            database,
            "CREATE TYPE adress AS (gata text, postnr text)",
            "CREATE TYPE lage AS ENUM ('hemma', 'borta')",
            "CREATE DOMAIN persnr AS text",
            f"CREATE TABLE allt ({listing})",
            f"INSERT INTO allt VALUES ({values})",
            "INSERT INTO allt VALUES (NULL)",
            "CREATE TABLE udda AS SELECT 'infinity'::date AS d, '12345-01-01'::timestamp AS t,"
            " '0044-03-15 BC'::date AS bc, 'NaN'::float8 AS f, '24:00'::time AS n",
        )
        found = columns(connector, "public.allt")
        told = {kind: found[f"c{i}"] for i, kind in enumerate(wanted)}
        assert told == {kind: [text, ""] for kind, (_, text) in wanted.items()}
        assert columns(connector, "public.udda") == {
            "d": ["infinity"],
            "t": ["12345-01-01 00:00:00"],
            "bc": ["0044-03-15 BC"],
            "f": ["nan"],
            "n": ["24:00:00"],
        }

    def test_binary_and_long_values(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE b (id int, data bytea, lang text, dold bytea)",
            "INSERT INTO b VALUES (1, 'text å', 'kort', '\\x00ff'), (2, '\\xff00', NULL, NULL)",
            f"INSERT INTO b VALUES (3, NULL, repeat('å', {LONGEST} + 5), '\\x00')",
        )
        parts = list(connector.read(Resource("crm", "public.b")))
        assert {one for one in parts if isinstance(one, Skipped)} == {
            Skipped("data", BINARY),
            Skipped("dold", BINARY),
            Skipped("lang", CUT),
        }
        assert columns(connector, "public.b") == {
            "id": ["1", "2", "3"],
            "data": ["text å", "", ""],
            "lang": ["kort", "", "å" * LONGEST],
            "dold": ["", "", ""],
        }

    def test_other_encodings(
        self, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for encoding in ("LATIN1", "SQL_ASCII"):
            database = postgres_server.create_database(
                encoding=encoding, lc_collate="C", lc_ctype="C"
            )
            with postgres_server.connect(database) as owner:
                owner.execute("SET client_encoding = 'LATIN1'")
                owner.execute("CREATE TABLE t (a text)")
                owner.execute(b"INSERT INTO t VALUES ('\xc5sa')")
            monkeypatch.setenv("OWNER_URL", postgres_server.url_with_password(database))
            connector = Sql(encoding, url_env="OWNER_URL")
            assert columns(connector, "public.t") == {"a": ["Åsa"]}, encoding

    def test_hidden_rows_make_a_table_unread(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE dold (a int)",
            "INSERT INTO dold VALUES (1)",
            "ALTER TABLE dold ENABLE ROW LEVEL SECURITY",
        )
        with pytest.raises(ReadError, match="BYPASSRLS"):
            columns(connector, "public.dold")

    def test_no_right_to_one_table(
        self, postgres_server: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE fri AS SELECT 'a' AS a",
            "CREATE TABLE stangd AS SELECT 'b' AS b",
            f"CREATE USER snal_{database} PASSWORD '{PASSWORD}'",
            f"GRANT SELECT ON fri TO snal_{database}",
        )
        url = postgres_server.url(database, f"snal_{database}")
        monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
        connector = Sql("crm", url, password_env="CRM_PASSWORD")
        assert keys(connector) == ["public.fri", "public.stangd"]
        with pytest.raises(ReadError, match="no right to read all of it: give"):
            columns(connector, "public.stangd")
        assert columns(connector, "public.fri") == {"a": ["a"]}

    def test_schemas_include_and_exclude(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE SCHEMA a",
            "CREATE TABLE a.x (i int)",
            "CREATE TABLE a.log_y (i int)",
            "CREATE TABLE public.x (i int)",
        )
        url, env = connector.url, connector.password_env
        assert keys(Sql("s", url, None, env, schemas=("a",))) == ["a.log_y", "a.x"]
        assert keys(Sql("s", url, None, env, include=("*.x",))) == ["a.x", "public.x"]
        assert keys(Sql("s", url, None, env, exclude=("*.log_*",))) == ["a.x", "public.x"]

    def test_a_lost_connection_costs_that_table_only(
        self,
        postgres_server: Postgres,
        database: str,
        connector: Sql,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE stor AS SELECT generate_series(1, 50000) AS i, repeat('x', 500) AS t",
            "CREATE TABLE liten AS SELECT 1 AS i",
        )
        parts = connector.read(Resource("crm", "public.stor"))
        assert isinstance(next(parts), Batch)
        postgres_server.execute(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'sparhund'",
        )
        with pytest.raises(ReadError, match="connection was lost; scan again"):
            list(parts)
        assert columns(connector, "public.liten") == {"i": ["1"]}
        assert caplog.text == ""
        assert capfd.readouterr().err == ""

    def test_big_tables_stream_in_bounded_chunks(
        self, postgres_server: Postgres, database: str, connector: Sql
    ) -> None:
        postgres_server.execute(
            database,
            "CREATE TABLE hog AS SELECT generate_series(1, 2500) AS i",
            "CREATE TABLE bred AS SELECT i, repeat('x', 900000) AS t FROM generate_series(1, 60) i",
        )
        firsts = [
            (part.first, len(part.values))
            for part in connector.read(Resource("crm", "public.hog"))
            if isinstance(part, Batch)
        ]
        assert firsts == [(0, 1000), (1000, 1000), (2000, 500)]
        heavy = [
            sum(len(value) for value in part.values)
            for part in connector.read(Resource("crm", "public.bred"))
            if isinstance(part, Batch)
        ]
        assert max(heavy) <= 8_000_000
        assert columns(connector, "public.bred")["i"] == [str(i) for i in range(1, 61)]


class TestPostgresErrors:
    def message(self, connector: Sql) -> str:
        with pytest.raises(ReadError) as caught:
            list(connector.discover())
        message = str(caught.value)
        assert message.startswith("source 'crm': ")
        assert "\n" not in message
        assert PASSWORD not in message
        return message

    def test_wrong_password(
        self, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CRM_PASSWORD", PASSWORD)
        url = postgres_server.url("postgres")
        message = self.message(Sql("crm", url, password_env="CRM_PASSWORD"))
        assert f"127.0.0.1:{postgres_server.port}/postgres: the user or the password" in message
        assert "the user or the password" in self.message(Sql("crm", url))

    def test_missing_database(
        self, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CRM_URL", postgres_server.url_with_password("finns_inte"))
        message = self.message(Sql("crm", url_env="CRM_URL"))
        assert "/finns_inte: there is no such database; mend the URL" in message

    @pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
    def test_unreachable(self, scheme: str) -> None:
        message = self.message(Sql("crm", f"{scheme}://anna@127.0.0.1:9/crm"))
        assert "127.0.0.1:9/crm cannot be reached; mend host and port" in message

    def test_something_else_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("connectors.sql_session._TIMEOUT", 2)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            listener.listen(5)
            message = self.message(Sql("crm", f"postgresql://anna@127.0.0.1:{port}/crm"))
        assert f"127.0.0.1:{port}/crm answers but refuses" in message

    def test_missing_variable(self) -> None:
        message = self.message(Sql("crm", url_env="NOT_SET_ANYWHERE"))
        assert (
            "url_env names the environment variable NOT_SET_ANYWHERE, which is not set" in message
        )
        message = self.message(Sql("crm", "postgresql://a@b/c", password_env="NOT_SET_ANYWHERE"))
        assert "password_env names the environment variable NOT_SET_ANYWHERE" in message

    def test_a_variable_that_holds_no_url(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CRM_URL", f"hej {PASSWORD}")
        assert "not a database URL" in self.message(Sql("crm", url_env="CRM_URL"))

    def test_unknown_kind_and_missing_driver(self) -> None:
        assert "names no known kind" in self.message(Sql("crm", "pluto://a@b/c"))
        assert "the driver for mysql+pymysql is missing; install the Python package pymysql" in (
            self.message(Sql("crm", "mysql+pymysql://a@b/c"))
        )

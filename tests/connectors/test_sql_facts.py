"""What the database's own schema says travels with each column, and never costs a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from connectors import sql_facts
from connectors.sql import Sql
from scanner.model import Batch, Column, Resource
from tests.connectors.test_sqlite_connector import sqlite_file
from tests.contracts.connector import columns
from tests.servers import Postgres


def known(connector: Sql, key: str) -> dict[str, Column | None]:
    parts = connector.read(Resource("crm", key))
    return {one.location: one.column for one in parts if isinstance(one, Batch)}


class TestSqliteFacts:
    @pytest.fixture
    def connector(self, tmp_path: Path) -> Sql:
        return sqlite_file(
            tmp_path / "crm.db",
            'CREATE TABLE "kund.er" (id INTEGER PRIMARY KEY, pnr TEXT UNIQUE, namn VARCHAR(40))',
            'CREATE TABLE avtal (kund INT REFERENCES "kund.er" (id), rad INT, pris KONSTIG, x,'
            " vara REFERENCES vara, PRIMARY KEY (kund, rad), UNIQUE (rad, pris))",
            "CREATE TABLE vara (kod TEXT PRIMARY KEY, ean TEXT, gammal TEXT) WITHOUT ROWID",
            "CREATE UNIQUE INDEX e ON vara (ean)",
            "CREATE UNIQUE INDEX g ON vara (gammal) WHERE gammal > ''",
            "INSERT INTO \"kund.er\" VALUES (1, 'a', 'b')",
            "INSERT INTO avtal VALUES (1, 2, 3, 4, 'k')",
            "INSERT INTO vara VALUES ('k', 'e', '')",
            'CREATE VIEW vy AS SELECT id FROM "kund.er"',
        )

    def test_types_keys_and_what_they_point_at(self, connector: Sql) -> None:
        assert known(connector, 'main."kund.er"') == {
            "id": Column("integer", unique=True),
            "pnr": Column("text", unique=True),
            "namn": Column("varchar(40)"),
        }
        assert known(connector, "main.avtal") == {
            "kund": Column("int", refers='main."kund.er".id'),
            "rad": Column("int"),
            "pris": Column("konstig"),
            "x": Column(""),
            "vara": Column("", refers="main.vara.kod"),
        }
        assert known(connector, "main.vara") == {
            "kod": Column("text", unique=True),
            "ean": Column("text", unique=True),
            "gammal": Column("text"),
        }
        assert known(connector, "main.vy") == {"id": Column("integer")}

    def test_other_engines_tell_as_much_through_reflection(
        self, connector: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sql_facts, "_sqlite", sql_facts._reflected)
        assert known(connector, 'main."kund.er"') == {
            "id": Column("integer", unique=True),
            "pnr": Column("text", unique=True),
            "namn": Column("varchar(40)"),
        }
        of_contract = known(connector, "main.avtal")["kund"]
        assert of_contract == Column("integer", refers='main."kund.er".id')

    def test_what_cannot_be_learnt_costs_nothing(
        self, connector: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sql_facts, "_SQLITE_COLUMNS", text("SELECT * FROM borta"))
        assert known(connector, "main.vara") == dict.fromkeys(("kod", "ean", "gammal"))


class TestPostgresFacts:
    @pytest.fixture
    def connector(self, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Sql:
        database = postgres_server.create_database()
        postgres_server.execute(
            database,
            "CREATE SCHEMA ref",
            "CREATE TABLE ref.ort (kod varchar(6), land char(2), PRIMARY KEY (land, kod))",
            "CREATE TABLE kund (id bigint PRIMARY KEY, bort int, pnr varchar(12) UNIQUE,"
            " saldo numeric(10,2), kod varchar(6), land char(2), taggar text[],"
            " FOREIGN KEY (kod, land) REFERENCES ref.ort (kod, land))",
            "ALTER TABLE kund DROP COLUMN bort",
            "COMMENT ON TABLE kund IS 'Våra kunder'",
            "COMMENT ON COLUMN kund.saldo IS 'skuld i kronor'",
            "CREATE UNIQUE INDEX en ON kund (saldo) WHERE saldo > 0",
            "CREATE UNIQUE INDEX tva ON kund (lower(kod))",
            "INSERT INTO kund VALUES (1, '191212121212')",
            "CREATE TABLE avl (dag date UNIQUE, kund bigint REFERENCES kund)"
            " PARTITION BY RANGE (dag)",
            "CREATE TABLE avl_25 PARTITION OF avl FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
            "INSERT INTO avl VALUES ('2025-05-01', 1)",
        )
        user = postgres_server.create_reader(database, "las-Canary-4713")
        monkeypatch.setenv("FACTS_PASSWORD", "las-Canary-4713")
        return Sql("crm", postgres_server.url(database, user), password_env="FACTS_PASSWORD")

    def test_types_comments_keys_and_what_they_point_at(self, connector: Sql) -> None:
        about = "Våra kunder"
        assert known(connector, "public.kund") == {
            "id": Column("bigint", unique=True, about=about),
            "pnr": Column("character varying(12)", unique=True, about=about),
            "saldo": Column("numeric(10,2)", "skuld i kronor", about=about),
            "kod": Column("character varying(6)", refers="ref.ort.kod", about=about),
            "land": Column("character(2)", refers="ref.ort.land", about=about),
            "taggar": Column("text[]", about=about),
        }
        assert known(connector, "public.avl") == {
            "dag": Column("date", unique=True),
            "kund": Column("bigint", refers="public.kund.id"),
        }

    def test_what_cannot_be_learnt_costs_nothing(
        self, connector: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sql_facts, "_POSTGRESQL", text("SELECT 1 / 0"))
        assert set(known(connector, "public.avl").values()) == {None}
        assert columns(connector, "public.avl") == {"dag": ["2025-05-01"], "kund": ["1"]}

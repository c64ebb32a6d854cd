"""SQLite databases: read-only, whatever they hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from connectors.base import Connector, ReadError
from connectors.sql import Sql
from connectors.sql_names import key_of
from connectors.sql_values import CUT, LONGEST
from scanner.model import Resource, Skipped
from tests.contracts.connector import ODD_NAMES, Example, SourceContract, columns, keys, quoted


def sqlite_file(path: Path, *statements: str) -> Sql:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return Sql("crm", f"sqlite:///{path}")


class TestSqlite(SourceContract):
    @pytest.fixture
    def example(self, tmp_path: Path) -> Example:
        names = [*ODD_NAMES, "select", 'a.b"c', "x[1]"]
        statements = []
        for number, name in enumerate(names):
            other = quoted(ODD_NAMES[number % len(ODD_NAMES)])
            statements += [
                f"CREATE TABLE {quoted(name)} (id INTEGER, {other} TEXT)",
                f"INSERT INTO {quoted(name)} VALUES (1, 'innehåll nummer {number}'), (2, NULL)",
            ]
        statements += [
            'CREATE VIEW vy AS SELECT * FROM "select"',
            "CREATE TABLE bort (a)",
            "CREATE VIEW trasig AS SELECT * FROM bort",
            "DROP TABLE bort",
        ]
        texts = {key_of("main", name): f"innehåll nummer {i}" for i, name in enumerate(names)}
        texts["main.vy"] = texts["main.select"]
        return Example(
            sqlite_file(tmp_path / "crm å.db", *statements),
            texts,
            unreadable=frozenset({"main.trasig"}),
        )

    @pytest.fixture
    def empty(self, tmp_path: Path) -> Connector:
        return sqlite_file(tmp_path / "tom.db")

    @pytest.fixture
    def missing(self, tmp_path: Path) -> Connector:
        return Sql("crm", f"sqlite:///{tmp_path}/borta.db")

    @pytest.fixture
    def change(self, tmp_path: Path) -> Callable[[], str]:
        def change() -> str:
            sqlite_file(tmp_path / "crm å.db", 'UPDATE "select" SET id = 9 WHERE id = 1')
            return "main.select"

        return change


class TestSqliteSpecials:
    def test_a_missing_file_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match=r"there is no SQLite file .*/borta.db; mend the URL"):
            keys(Sql("crm", f"sqlite:///{tmp_path}/borta.db"))
        assert list(tmp_path.iterdir()) == []

    def test_a_session_cannot_write(self, tmp_path: Path) -> None:
        connector = sqlite_file(tmp_path / "crm.db", "CREATE TABLE t (a)")
        with connector._session() as session:
            assert session.exec_driver_sql("PRAGMA query_only").scalar() == 1
            for statement in ("INSERT INTO t VALUES (1)", "CREATE TABLE u (a)", "DROP TABLE t"):
                with pytest.raises(DBAPIError, match="readonly"):
                    session.exec_driver_sql(statement)
            session.exec_driver_sql("PRAGMA query_only = OFF")  # the file itself is opened so, too
            with pytest.raises(DBAPIError, match="readonly"):
                session.exec_driver_sql("INSERT INTO t VALUES (1)")

    def test_values_as_they_are_whatever_the_columns_type_says(self, tmp_path: Path) -> None:
        connector = sqlite_file(
            tmp_path / "crm.db",
            "CREATE TABLE t (a DATE, b DATETIME, c BOOLEAN, d NUMERIC, e KONSTIG, f BLOB)",
            "INSERT INTO t VALUES ('igår', 'ingen tid', 'kanske', 1e20, X'C3A5', X'00FF')",
            "INSERT INTO t VALUES (20261014, 1.5, 1, 191212121212, NULL, CAST('text' AS BLOB))",
            "INSERT INTO t VALUES (CAST(X'C5736120' AS TEXT), '', '', '', '', '')",
        )
        assert columns(connector, "main.t") == {
            "a": ["igår", "20261014", "Åsa "],
            "b": ["ingen tid", "1.5", ""],
            "c": ["kanske", "1", ""],
            "d": ["1" + "0" * 20, "191212121212", ""],
            "e": ["å", "", ""],
            "f": ["", "text", ""],
        }

    def test_long_values_are_cut_and_told(self, tmp_path: Path) -> None:
        connector = sqlite_file(
            tmp_path / "crm.db",
            "CREATE TABLE t (a, b)",
            f"INSERT INTO t VALUES (printf('%*c', {LONGEST + 9}, 'x'), 'ok')",
            "INSERT INTO t VALUES"
            f" (CAST('x' || replace(printf('%*c', {LONGEST}, ' '), ' ', 'å') AS BLOB), 1)",
        )
        parts = list(connector.read(Resource("crm", "main.t")))
        assert [one for one in parts if isinstance(one, Skipped)] == [Skipped("a", CUT)]
        text, blob = columns(connector, "main.t")["a"]
        assert len(text) == LONGEST
        assert blob == "x" + "å" * (LONGEST // 2 - 1)  # cut in the middle of a character

    def test_a_write_ahead_log_changes_the_fingerprint(self, tmp_path: Path) -> None:
        connector = sqlite_file(
            tmp_path / "crm.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)"
        )

        def fingerprint() -> str | None:
            (one,) = connector.discover()
            assert isinstance(one, Resource)
            return one.fingerprint

        before = fingerprint()
        assert before is not None
        assert columns(connector, "main.t") == {"a": []}
        assert fingerprint() == before  # our own reading changes nothing
        with closing(sqlite3.connect(tmp_path / "crm.db")) as writer:
            writer.execute("INSERT INTO t VALUES (1)")
            writer.commit()
            assert fingerprint() != before
            assert columns(connector, "main.t") == {"a": ["1"]}

    @pytest.mark.parametrize(
        ("content", "cue"),
        [
            (b"det h\xe4r \xe4r ingen databas, bara text", "not an SQLite database"),
            (b"SQLite format 3\0" + b"\xff" * 3000, "not an SQLite database"),
        ],
    )
    def test_no_database(self, tmp_path: Path, content: bytes, cue: str) -> None:
        (tmp_path / "x.db").write_bytes(content)
        with pytest.raises(ReadError, match=cue):
            keys(Sql("crm", f"sqlite:///{tmp_path}/x.db"))

    def test_a_locked_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("connectors.sql_session._TIMEOUT", 0.2)
        connector = sqlite_file(tmp_path / "crm.db", "CREATE TABLE t (a)")
        with closing(sqlite3.connect(tmp_path / "crm.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ReadError, match="another program holds the file locked"):
                keys(connector)

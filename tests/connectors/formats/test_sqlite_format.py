import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.base import ReadError
from connectors.files import Files
from connectors.formats import database
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader
from scanner.model import Batch, Column, Resource, Skipped

BROKEN = "broken: what it is made of does not exist, or needs an extension of SQLite"
BINARY = "binary values, not text, were not read"
SLOW = "takes too long: not read to its end"
LOCKED = "an encrypted SQLite database, or a damaged one: needs its key, or a copy"
CUSTOMERS = "CREATE TABLE kund (namn TEXT); INSERT INTO kund VALUES ('Anna'), ('Åsa')"
ANNA = Batch("kund!namn", ("Anna", "Åsa"), "namn", "kund", column=Column("text"))


@pytest.fixture(autouse=True)
def _copies_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wherever a copy is made, nothing of it is left."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def file(script: str, *rows: tuple[str, tuple[object, ...]]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        for statement, values in rows:
            connection.execute(statement, values)
        connection.commit()
        return connection.serialize()


def parts(data: bytes, location: str = "", budget: Budget | None = None) -> list[Batch | Skipped]:
    document = Document("a.db", io.BytesIO(data), location)
    return list(Reader(budget or Budget()).read(document))


def values(found: list[Batch | Skipped], location: str) -> list[str]:
    return [v for p in found if isinstance(p, Batch) and p.location == location for v in p.values]


def skips(found: list[Batch | Skipped]) -> list[Skipped]:
    return [part for part in found if isinstance(part, Skipped)]


def test_columns_are_row_aligned_and_say_what_the_schema_says() -> None:
    data = file(
        """
        CREATE TABLE kund (id INTEGER PRIMARY KEY, pnr VARCHAR(12) UNIQUE, kwh REAL, tom TEXT);
        INSERT INTO kund VALUES (1, '19121212-1212', 1.0, NULL), (2, NULL, 2.25, NULL);
        CREATE TABLE avtal (kund INTEGER REFERENCES kund(id), ort TEXT);
        INSERT INTO avtal VALUES (2, 'Växjö');
        """
    )

    def column(table: str, name: str, fact: Column, *texts: str) -> Batch:
        return Batch(f"in.zip!a#{table}!{name}", texts, name, f"in.zip!a#{table}", column=fact)

    assert parts(data, "in.zip!a") == [
        column("kund", "id", Column("integer", unique=True), "1", "2"),
        column("kund", "pnr", Column("varchar(12)", unique=True), "19121212-1212", ""),
        column("kund", "kwh", Column("real"), "1", "2.25"),
        replace(column("kund", "tom", Column("text")), first=2),
        column("avtal", "kund", Column("integer", refers="kund.id"), "2"),
        column("avtal", "ort", Column("text"), "Växjö"),
    ]


def test_keys_of_several_columns_make_none_of_them_unique() -> None:
    data = file(
        """
        CREATE TABLE a (x TEXT, y TEXT, z TEXT, PRIMARY KEY (x, y)) WITHOUT ROWID;
        CREATE UNIQUE INDEX i ON a (z) WHERE z > '';
        INSERT INTO a VALUES ('1', '2', '3')
        """
    )
    facts = {p.label: p.column for p in parts(data) if isinstance(p, Batch)}
    assert facts == {name: Column("text") for name in "xyz"}


def test_rows_count_on_over_batches() -> None:
    script = "CREATE TABLE a (t TEXT)"
    rows = [("INSERT INTO a VALUES (?)", (f"rad {number}",)) for number in range(2500)]
    found = parts(file(script, *rows))
    texts = [
        (p.first + i, v) for p in found if isinstance(p, Batch) for i, v in enumerate(p.values)
    ]
    assert texts == [(number, f"rad {number}") for number in range(2500)]
    assert all(isinstance(part, Batch) and len(part.values) <= 1000 for part in found)


def test_views_computed_columns_and_search_indexes_are_read_once() -> None:
    data = file(
        """
        CREATE TABLE a (f TEXT, e TEXT, namn AS (f || ' ' || e), stort AS (upper(f)) STORED);
        INSERT INTO a (f, e) VALUES ('Anna', 'Ek');
        CREATE VIEW v AS SELECT f AS k, e AS k FROM a;
        CREATE VIRTUAL TABLE s USING fts5 (text);
        INSERT INTO s VALUES ('Ring Bo');
        """
    )
    found = parts(data)
    assert {p.location: p.values for p in found if isinstance(p, Batch)} == {
        "a!f": ("Anna",),
        "a!e": ("Ek",),
        "a!namn": ("Anna Ek",),
        "a!stort": ("ANNA",),
        "v!k": ("Anna",),
        "v!k:1": ("Ek",),
        "s!text": ("Ring Bo",),
    }
    assert skips(found) == []


def test_an_index_that_keeps_no_texts_is_named() -> None:
    script = "CREATE VIRTUAL TABLE s USING fts5 (text, content='')"
    found = parts(file(script, ("INSERT INTO s (rowid, text) VALUES (1, ?)", ("Anna",))))
    assert found == [Skipped("s", "a virtual table that keeps no values of its own: not read")]


def test_text_in_any_encoding_and_odd_names() -> None:
    script = 'CREATE TABLE "å ""b\n" ("c ""d" TEXT, [select] TEXT, "" TEXT)'
    insert = """INSERT INTO "å ""b\n" VALUES (CAST(x'C5736120' AS TEXT), 'x', 'y')"""
    found = parts(file(script, (insert, ())))
    assert {p.location: p.values for p in found if isinstance(p, Batch)} == {
        'å "b!c "d': ("Åsa ",),
        'å "b!select': ("x",),
        'å "b!unnamed': ("y",),
    }


def test_utf_16_is_read() -> None:
    data = file("PRAGMA encoding = 'UTF-16le'; " + CUSTOMERS)
    assert parts(data) == [ANNA]


def test_binary_is_told_once_and_text_in_it_is_read() -> None:
    rows = [
        ("INSERT INTO a VALUES (?)", (value,))
        for value in (b"\x89PNG\0\xff", "Åsa".encode(), bytes(100_000_000), "Bo")
    ]
    found = parts(file("CREATE TABLE a (b BLOB)", *rows))
    assert found == [
        Skipped("a!b", BINARY),
        Batch("a!b", ("", "Åsa", "", "Bo"), "b", "a", column=Column("blob")),
    ]


def test_long_value_stands_by_itself_whole() -> None:
    text = "ord 19121212-1212 " * 100_000
    found = parts(file("CREATE TABLE a (t TEXT)", ("INSERT INTO a VALUES (?)", (text,))))
    assert all(isinstance(p, Batch) and not p.group and len(p.values[0]) <= 1 << 16 for p in found)
    assert "".join(values(found, "a!t")) == text


def test_giant_value_costs_only_the_rest_of_its_table() -> None:
    script = "CREATE TABLE a (t TEXT); CREATE TABLE b (t TEXT); INSERT INTO b VALUES ('Bo')"
    rows = [("INSERT INTO a VALUES (?)", (t,)) for t in ("Anna", "Cia", "x" * 70_000_000)]
    found = parts(file(script, *rows))
    assert "Anna" in values(found, "a!t")
    assert skips(found) == [
        Skipped("a", "a value in it is bigger than is read: the rest was not read")
    ]
    assert values(found, "b!t") == ["Bo"]


def test_many_columns() -> None:
    names = ", ".join(f"k{number}" for number in range(1999))
    found = parts(
        file(f"CREATE TABLE a ({names})", ("INSERT INTO a (k0, k1998) VALUES (1, 2)", ()))
    )
    assert [p.location for p in found if isinstance(p, Batch) and p.values] == ["a!k0", "a!k1998"]
    assert len(found) == 1999


def test_a_table_without_rows_tells_its_columns() -> None:
    found = parts(file("CREATE TABLE a (b TEXT)"))
    assert found == [Batch("a!b", (), "b", "a", column=Column("text"))]
    assert parts(file("CREATE TABLE a (b TEXT); DROP TABLE a")) == []


def test_what_is_broken_costs_only_itself() -> None:
    data = file(
        f"""
        CREATE VIEW v AS SELECT * FROM borta;
        CREATE TABLE trasig (a TEXT);
        {CUSTOMERS};
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = 'CREATE TABLE trasig (((' WHERE name = 'trasig';
        INSERT INTO sqlite_master
        VALUES ('table', 'karta', 'karta', 0, 'CREATE VIRTUAL TABLE karta USING okänd (a)');
        """
    )
    found = parts(data)
    assert [part for part in found if isinstance(part, Batch)] == [ANNA]
    assert set(skips(found)) == {Skipped(name, BROKEN) for name in ("v", "trasig", "karta")}


def test_the_schema_may_do_nothing_but_compute() -> None:
    data = file(
        f"""
        {CUSTOMERS};
        CREATE TABLE logg (rad TEXT);
        CREATE TRIGGER t AFTER INSERT ON kund BEGIN INSERT INTO logg VALUES (new.namn); END;
        CREATE VIEW laddar AS SELECT load_extension('x');
        CREATE VIEW bygger AS SELECT hex(zeroblob(50000000)) AS t;
        """
    )
    found = parts(data)
    assert [part for part in found if isinstance(part, Batch) and part.values] == [ANNA]
    assert [skip.key for skip in skips(found)] == ["laddar", "bygger"]


def test_an_endless_view_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_VIEW", 0.3)
    endless = "WITH RECURSIVE n (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT"
    views = f"CREATE VIEW v AS {endless} a FROM n; CREATE VIEW w AS {endless} sum(a) FROM n"
    found = parts(file(f"{CUSTOMERS}; {views}"))
    assert found[0] == ANNA
    assert values(found, "v!a")[:2] == ["1", "2"]
    assert skips(found) == [Skipped("v", SLOW), Skipped("w", SLOW)]


def test_what_is_read_counts_on_the_budget() -> None:
    script = f"""
        {CUSTOMERS};
        CREATE VIEW v AS WITH RECURSIVE n (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n)
        SELECT hex(zeroblob(500)) AS x FROM n
    """
    found = parts(file(script), budget=Budget(bytes_left=3 << 20))
    assert found[0] == ANNA
    assert 1000 < len(values(found, "v!x")) < 3200
    assert skips(found) == [
        Skipped("v", "the rest was not read: more bytes than one resource may take")
    ]


def test_too_many_tables_end() -> None:
    data = file(CUSTOMERS + "; CREATE TABLE b (c); CREATE TABLE d (e)")
    assert parts(data, budget=Budget(members_left=1)) == [
        ANNA,
        Skipped("", "the rest was not read: too many members"),
    ]


def test_damage_within_gives_what_came_before() -> None:
    rows = [("INSERT INTO a VALUES (?)", (f"rad {number}" * 20,)) for number in range(3000)]
    data = file("CREATE TABLE a (t TEXT); CREATE TABLE b (t TEXT)", *rows)
    middle = len(data) // 2 // 4096 * 4096
    found = parts(data[:middle] + b"\xff" * 8192 + data[middle + 8192 :])
    assert values(found, "a!t")[0] == "rad 0" * 20
    assert 1000 < len(values(found, "a!t")) < 2000
    assert skips(found) == [
        Skipped("a", "damaged: the rest cannot be read; restore the database from a copy")
    ]


def test_damage_at_the_start_is_an_error() -> None:
    data = file(CUSTOMERS)
    with pytest.raises(ReadError, match="damaged SQLite database"):
        parts(data[:100] + b"\xff" * 3996 + data[4096:])


def test_encrypted_with_a_plain_start_is_named() -> None:
    assert parts(b"SQLite format 3\0" + b"\xa7" * 8176) == [Skipped("", LOCKED)]


def test_changes_beside_the_file_are_named_and_it_is_left_alone(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with closing(sqlite3.connect(share / "a.db")) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; {CUSTOMERS}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("INSERT INTO kund VALUES ('Bo')")
        connection.commit()
        before = {path.name: path.read_bytes() for path in share.iterdir()}
        source = Files("share", str(share))
        found = {name: list(source.read(Resource("share", name))) for name in before}
        assert {path.name: path.read_bytes() for path in share.iterdir()} == before
    assert found["a.db"] == [ANNA]
    (skip,) = found["a.db-wal"]
    assert isinstance(skip, Skipped)
    assert skip.reason.startswith("a journal of the database beside it: changes that its file")


def test_an_empty_journal_is_nothing() -> None:
    assert list(Reader().read(Document("a.db-wal", io.BytesIO()))) == []


def test_in_an_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x/a.db", file(CUSTOMERS))
    (found,) = parts(stream.getvalue())
    assert isinstance(found, Batch)
    assert (found.location, found.group) == ("x/a.db#kund!namn", "x/a.db#kund")

import io
import re
import struct
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from connectors.base import ReadError
from connectors.formats import database
from connectors.formats.base import Document
from connectors.formats.read import Reader
from scanner.model import Batch, Column, Skipped

BROKEN = "broken: what it is made of does not exist, needs an extension, or cannot be computed"
OTHER = "a DuckDB file of another version than is installed: pip install --upgrade duckdb"
CUSTOMERS = "CREATE TABLE kund (namn VARCHAR); INSERT INTO kund VALUES ('Anna'), ('Åsa')"
ANNA = Batch("kund!namn", ("Anna", "Åsa"), "namn", "kund", column=Column("varchar"))


@pytest.fixture(autouse=True)
def _copies_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wherever a copy is made, nothing of it is left."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def file(folder: Path, script: str) -> bytes:
    path = folder / "a.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(script)
    return path.read_bytes()


def parts(data: bytes, location: str = "") -> list[Batch | Skipped]:
    return list(Reader().read(Document("a.duckdb", io.BytesIO(data), location)))


def test_columns_are_row_aligned_and_say_what_the_schema_says(tmp_path: Path) -> None:
    data = file(
        tmp_path,
        """
        CREATE TABLE kund (id INTEGER PRIMARY KEY, pnr VARCHAR UNIQUE, tom VARCHAR);
        COMMENT ON TABLE kund IS 'Våra kunder';
        COMMENT ON COLUMN kund.pnr IS 'personnummer';
        INSERT INTO kund VALUES (1, '19121212-1212', NULL), (2, NULL, NULL);
        CREATE SCHEMA el;
        CREATE TABLE el.avtal (kund INTEGER, "å ""b" VARCHAR);
        INSERT INTO el.avtal VALUES (2, 'Växjö');
        CREATE TABLE rad (kund INTEGER REFERENCES kund(id));
        INSERT INTO rad VALUES (1);
        CREATE VIEW v AS SELECT pnr FROM kund;
        """,
    )

    def column(table: str, name: str, fact: Column, *texts: str) -> Batch:
        return Batch(f"in.zip!a#{table}!{name}", texts, name, f"in.zip!a#{table}", column=fact)

    about = "Våra kunder"
    pnr = Column("varchar", "personnummer", unique=True, about=about)
    assert parts(data, "in.zip!a") == [
        column("el.avtal", "kund", Column("integer"), "2"),
        column("el.avtal", 'å "b', Column("varchar"), "Växjö"),
        column("kund", "id", Column("integer", unique=True, about=about), "1", "2"),
        column("kund", "pnr", pnr, "19121212-1212", ""),
        replace(column("kund", "tom", Column("varchar", about=about)), first=2),
        column("rad", "kund", Column("integer", refers="kund.id"), "1"),
        column("v", "pnr", Column("varchar"), "19121212-1212", ""),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.50::DECIMAL(9, 2)", "12.50"),
        ("1.0::DOUBLE", "1"),
        ("9223372036854775808::HUGEINT", "9223372036854775808"),
        ("DATE '2024-01-02'", "2024-01-02"),
        ("TIMESTAMP '2024-01-02 03:04:05'", "2024-01-02 03:04:05"),
        ("TIMESTAMPTZ '2024-01-02 03:04:05+02'", "2024-01-02 01:04:05+00"),
        ("true", "true"),
        ("['070-174 06 05', NULL]", '["070-174 06 05",null]'),
        ("{'ort': 'Växjö', 'sedan': DATE '2020-01-01'}", '{"ort":"Växjö","sedan":"2020-01-01"}'),
        ("MAP {'k': 1}", '{"k":1}'),
        ("'ja'::ENUM ('ja', 'nej')", "ja"),
        ("'\\xC3\\x85sa'::BLOB", "Åsa"),
        ("'{\"a\": 1}'::JSON", '{"a": 1}'),
    ],
)  # fmt: skip
def test_a_value_is_text(tmp_path: Path, value: str, text: str) -> None:
    (found,) = parts(file(tmp_path, f"CREATE TABLE a AS SELECT {value} AS x"))
    assert isinstance(found, Batch)
    assert found.values == (text,)


@pytest.mark.parametrize("value", ["'\\x89\\x00\\xFF'::BLOB", "repeat('a', 1500000)::BLOB"])
def test_binary_is_told(tmp_path: Path, value: str) -> None:
    found = parts(file(tmp_path, f"CREATE TABLE a AS SELECT {value} AS x"))
    assert found == [Skipped("a!x", "binary values, not text, were not read")]


def test_rows_count_on_over_batches(tmp_path: Path) -> None:
    found = parts(file(tmp_path, "CREATE TABLE a AS SELECT range AS x FROM range(2500)"))
    texts = [
        (p.first + i, v) for p in found if isinstance(p, Batch) for i, v in enumerate(p.values)
    ]
    assert texts == [(number, str(number)) for number in range(2500)]


def test_what_is_broken_or_reaches_out_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("namn\nAnna\n", "utf-8")
    data = file(
        tmp_path,
        f"""
        {CUSTOMERS};
        CREATE TABLE borta (a INT);
        CREATE VIEW b AS SELECT * FROM borta;
        DROP TABLE borta;
        CREATE VIEW c AS SELECT error('19121212-1212');
        CREATE VIEW d AS SELECT * FROM read_csv('{tmp_path}/b.csv');
        """,
    )
    assert parts(data) == [
        ANNA,
        Skipped("b", BROKEN),
        Skipped("c", BROKEN),
        Skipped("d", "needs data outside the file: not read"),
    ]


def test_an_endless_view_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_VIEW", 0.3)
    endless = "WITH RECURSIVE n (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT"
    data = file(tmp_path, f"{CUSTOMERS}; CREATE VIEW v AS {endless} sum(a) FROM n")
    assert parts(data) == [ANNA, Skipped("v", "takes too long: not read to its end")]


def test_a_table_without_rows_tells_its_columns(tmp_path: Path) -> None:
    found = parts(file(tmp_path, "CREATE TABLE a (b INT)"))
    assert found == [Batch("a!b", (), "b", "a", column=Column("integer"))]


@pytest.mark.parametrize("cut", [4096, 20_000])
def test_truncated_file_is_damaged(tmp_path: Path, cut: int) -> None:
    with pytest.raises(ReadError, match="damaged DuckDB file"):
        parts(file(tmp_path, CUSTOMERS)[:cut])


def test_newer_file_is_named(tmp_path: Path) -> None:
    data = bytearray(file(tmp_path, CUSTOMERS))
    data[12:20] = struct.pack("<Q", 1000)
    newer = tmp_path / "newer.duckdb"
    newer.write_bytes(data)
    with pytest.raises(duckdb.Error) as caught:
        duckdb.connect(newer)
    if found := re.search(r"computed checksum (\d+)", str(caught.value)):
        data[:8] = struct.pack("<Q", int(found[1]))
    assert parts(bytes(data)) == [Skipped("", OTHER)]


def test_encrypted_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.duckdb"
    with duckdb.connect() as connection:
        connection.execute("SET force_mbedtls_unsafe = 'true'")
        connection.execute(f"ATTACH '{path}' AS a (ENCRYPTION_KEY 'x')")
        connection.execute("CREATE TABLE a.b (c INT)")
    assert parts(path.read_bytes()) == [Skipped("", "an encrypted DuckDB file: needs its key")]


def test_changes_beside_the_file_are_named(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "a.duckdb") as connection:
        connection.execute(CUSTOMERS)
        (skip,) = parts((tmp_path / "a.duckdb.wal").read_bytes())
    assert isinstance(skip, Skipped)
    assert skip.reason.startswith("a journal of the database beside it: changes that its file")


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = file(tmp_path, CUSTOMERS)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert parts(data) == [Skipped("", "DuckDB files need: pip install 'sparhund[duckdb]'")]

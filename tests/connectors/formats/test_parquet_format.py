import io
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader
from scanner.model import Batch, Skipped

DAMAGED = "damaged Parquet file: cannot be opened; restore it from a copy"


def written(table: pa.Table, **options: object) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(table, stream, **options)
    return stream.getvalue()


def parts(data: bytes, location: str = "", budget: Budget | None = None) -> list[Batch | Skipped]:
    document = Document("a.parquet", io.BytesIO(data), location)
    return list(Reader(budget or Budget()).read(document))


CUSTOMERS = pa.table(
    {
        "personnr": ["19121212-1212", None],
        "saldo": [Decimal("12.50"), Decimal("-3.00")],
        "kwh": [1.0, 2.25],
        "född": [date(1912, 12, 12), None],
        "tid": pa.array([datetime(2024, 1, 2, 3, 4, tzinfo=UTC)] * 2, pa.timestamp("ns", "UTC")),
        "aktiv": [True, False],
        "namn": pa.array(["Åsa", "Bo"]).dictionary_encode(),
        "rå": [b"abc", "å".encode("cp1252")],
        "tel": [["070-174 06 05"], []],
        "adress": [{"ort": "Växjö", "sedan": date(2020, 1, 1)}, None],
    }
)


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
def test_columns_are_row_aligned(compression: str) -> None:
    def column(name: str, *values: str) -> Batch:
        return Batch(f"in.zip!a#{name}", values, name, "in.zip!a")

    assert parts(written(CUSTOMERS, compression=compression), "in.zip!a") == [
        column("personnr", "19121212-1212", ""),
        column("saldo", "12.50", "-3.00"),
        column("kwh", "1", "2.25"),
        column("född", "1912-12-12", ""),
        column("tid", "2024-01-02T03:04:00+00:00", "2024-01-02T03:04:00+00:00"),
        column("aktiv", "TRUE", "FALSE"),
        column("namn", "Åsa", "Bo"),
        column("rå", "abc", "å"),
        column("tel", '["070-174 06 05"]', "[]"),
        column("adress", '{"ort": "Växjö", "sedan": "2020-01-01"}', ""),
    ]


def test_row_groups_count_on() -> None:
    table = pa.table({"id": [str(number) for number in range(2500)]})
    found = parts(written(table, row_group_size=1200))
    assert all(isinstance(part, Batch) and len(part.values) <= 1000 for part in found)
    values = [
        (p.first + i, v) for p in found if isinstance(p, Batch) for i, v in enumerate(p.values)
    ]
    assert values == [(number, str(number)) for number in range(2500)]


def test_columns_of_one_name_stay_apart() -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], names=["a", "a"])
    assert [p.location for p in parts(written(table)) if isinstance(p, Batch)] == ["a", "a (2)"]


def test_long_value_stands_by_itself() -> None:
    text = "ord 19121212-1212 " * 10_000
    found = parts(written(pa.table({"a": [text, "b"]})))
    assert (
        "".join(v for p in found if isinstance(p, Batch) and not p.group for v in p.values) == text
    )
    assert found[-1] == Batch("a", ("", "b"), "a", "a.parquet")


def test_columns_that_no_row_fills_have_no_texts() -> None:
    empty = pa.array([], pa.string())
    assert parts(written(pa.table({"a": empty}))) == [Batch("a", (), "a", "a.parquet")]
    table = pa.table({"a": ["x", "y"], "b": pa.array([None, None], pa.string())})
    assert parts(written(table))[-1] == Batch("b", (), "b", "a.parquet", 2)


@pytest.mark.parametrize(
    "data", [written(CUSTOMERS)[:-9], written(CUSTOMERS)[:200], b"PAR1\x00\x01"]
)
def test_truncated_file_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parts(data)
    assert str(caught.value) == DAMAGED


def test_damage_within_gives_what_came_before() -> None:
    rows = [f"rad {number} {number * 7919 % 100_003}" for number in range(40_000)]
    data = bytearray(
        written(
            pa.table({"a": rows}), row_group_size=10_000, compression="snappy", use_dictionary=False
        )
    )
    data[len(data) // 2 : len(data) // 2 + 2000] = b"\xff" * 2000
    *found, last = parts(bytes(data))
    assert isinstance(found[0], Batch)
    assert found[0].values[0] == "rad 0 0"
    assert last == Skipped("", "damaged Parquet file: the rest cannot be read")


def test_rows_count_on_the_budget() -> None:
    data = written(pa.table({"a": ["samma"] * 1_000_000}))
    assert len(data) < 50_000
    *found, last = parts(data, budget=Budget(bytes_left=1 << 20))
    assert 0 < len(found) < 200
    assert last == Skipped(
        "", "the rest was not read: more unpacked bytes than one resource may take"
    )


def test_encrypted_file_is_named() -> None:
    found = parts(b"PARE" + written(CUSTOMERS)[4:-4] + b"PARE")
    assert found == [Skipped("", "not read yet: encrypted Parquet file")]


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert parts(written(CUSTOMERS)) == [
        Skipped("", "Parquet needs: pip install 'sparhund[columnar]'")
    ]

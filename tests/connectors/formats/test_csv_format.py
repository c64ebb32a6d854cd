import csv
import io
from collections import defaultdict
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.formats.base import Document
from connectors.formats.csv import Delimited, Dialect, records
from connectors.formats.read import read
from scanner.model import Batch

QUOTING: tuple[Literal[0], Literal[1]] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
CELL = st.text("abåö 12,.;\t|\"'-\n", max_size=8)


def batches(text: str | bytes, name: str = "a.csv", location: str = "") -> list[Batch]:
    data = text if isinstance(text, bytes) else text.encode()
    parts = list(read(Document(name, io.BytesIO(data), location)))
    assert all(isinstance(part, Batch) for part in parts)
    return [part for part in parts if isinstance(part, Batch)]


def table(text: str | bytes, name: str = "a.csv") -> dict[str, list[str]]:
    columns: dict[str, list[str]] = defaultdict(list)
    for batch in batches(text, name):
        columns[batch.location].extend(batch.values)
    return dict(columns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Namn;Belopp\nÅsa;1,5\nBo;2,75\n", {"Namn": ["Åsa", "Bo"], "Belopp": ["1,5", "2,75"]}),
        ("Namn;Belopp\n", {"Namn": [], "Belopp": []}),
        ("Namn;Ort;Belopp\nBo;;1\n", {"Namn": ["Bo"], "Belopp": ["1"], "Ort": []}),
        ("name,city\nBo,Lund\nEva,Umeå\n", {"name": ["Bo", "Eva"], "city": ["Lund", "Umeå"]}),
        ("namn\tort\nBo\tLund\n", {"namn": ["Bo"], "ort": ["Lund"]}),
        ("namn|ort\r\nBo|Lund\r\n", {"namn": ["Bo"], "ort": ["Lund"]}),
        ("namn;ort\rBo;Lund\rEva;Umeå\r", {"namn": ["Bo", "Eva"], "ort": ["Lund", "Umeå"]}),
        ("sep=;\nnamn;ort\nBo;Lund\n", {"namn": ["Bo"], "ort": ["Lund"]}),
        ("sep=^\nnamn^ort\nBo^Lund\n", {"namn": ["Bo"], "ort": ["Lund"]}),
        (
            "Kundlista 2026\n\nnamn;ort;nr\nBo;Lund;1\nEva;Umeå;2\n",
            {"": ["Kundlista 2026"], "namn": ["Bo", "Eva"], "ort": ["Lund", "Umeå"],
             "nr": ["1", "2"]},
        ),
        ("namn;namn;\nBo;Ek;x\n", {"namn": ["Bo"], "namn (2)": ["Ek"], "3": ["x"]}),
        ("namn;ort\nBo\nEva;Umeå;mer\nAl;Lund\n",
         {"namn": ["Bo", "Eva", "Al"], "ort": ["", "Umeå", "Lund"], "3": ["", "mer", ""]}),
        ("namn;text\nBo;\"rad 1\nrad 2; \"\"x\"\"\"\n",
         {"namn": ["Bo"], "text": ['rad 1\nrad 2; "x"']}),
        ("personnr\n191212121212\n", {"personnr": ["191212121212"]}),
        ("namn;5\" rör;nr\nBo;3\" rör;1\nEva;x;2\n",
         {"namn": ["Bo", "Eva"], "5\" rör": ['3" rör', "x"], "nr": ["1", "2"]}),
    ],
)  # fmt: skip
def test_dialects(text: str, expected: dict[str, list[str]]) -> None:
    assert table(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna;Andersson;Kalmar\nBo;Bengtsson;Lund\n",
        "Anna;anna@example.se\nBo;bo@example.se\n",
        "Anna;191212121212\nBo;191212121212\n",
        "Anna;Andersson;45\nBo;Ek;51\n",
        "Anna;2026-10-14\nBo;2026-10-15\n",
    ],
)
def test_row_of_data_never_becomes_a_header(text: str) -> None:
    """A header is stored with every finding: a person's name must not end there."""
    columns = table(text)
    assert list(columns) == [str(n + 1) for n in range(len(columns))]
    assert columns["1"] == ["Anna", "Bo"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("anlaggningsid;2026-01;2026-02", "735999123456789016;120,5;99"),
        ("kund_id;first_seen", "abc;def"),
        ("Anläggning;El;Gas", "735999123456789016;1;2"),
    ],
)
def test_headers_of_other_kinds_are_recognised(header: str, row: str) -> None:
    assert list(table(f"{header}\n{row}\n{row}\n")) == header.split(";")


def test_columns_of_a_chunk_are_row_aligned_and_chunks_continue() -> None:
    text = "namn;ort;nr\n" + "".join(f"Bo;Lund;{n}\n" for n in range(2500))
    found = batches(text, "dir/a.csv")
    assert [(b.location, b.first, len(b.values)) for b in found if b.label == "nr"] == [
        ("nr", 0, 1000),
        ("nr", 1000, 1000),
        ("nr", 2000, 500),
    ]
    assert {b.group for b in found} == {"dir/a.csv"}
    assert [b.label for b in found[:3]] == ["namn", "ort", "nr"]


def test_member_locations_name_the_document() -> None:
    found = batches("namn;ort\nBo;Lund\n", "a.csv", "x.zip!a.csv")
    assert [(b.location, b.group) for b in found] == [
        ("x.zip!a.csv#namn", "x.zip!a.csv"),
        ("x.zip!a.csv#ort", "x.zip!a.csv"),
    ]


def test_broken_quote_swallows_no_row() -> None:
    rows = "".join(f"Bo;Lund;{n}\n" for n in range(3000))
    columns = table('namn;ort;nr\nEva;"Umeå;7\n' + rows)
    assert columns["namn"] == ["Eva"] + ["Bo"] * 3000
    assert columns["ort"][0] == '"Umeå'
    assert columns["nr"][-1] == "2999"


def test_broken_quotes_in_every_row_leave_the_rows_whole() -> None:
    columns = table("namn;ort;nr\n" + 'Eva;"Umeå;7\n' * 50)
    assert columns == {"namn": ["Eva"] * 50, "ort": ['"Umeå'] * 50, "nr": ["7"] * 50}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hej, jag heter Anna.\nJag bor i Kalmar, vid havet, sedan länge.\nHälsningar\n", "a.csv"),
        ("Hej, jag heter Anna.\nJag bor i Kalmar, vid havet.\n", "a.txt"),
        ("Rubrik\nen rad som är fri text utan fält i sig, men lång nog; kanske\n", "a.csv"),
        ("2026-10-14 08:15:00,123 INFO start\n2026-10-14 08:15:01,456 INFO stop\n", "a.log"),
    ],
)
def test_text_that_is_no_table_is_read_as_text(text: str, name: str) -> None:
    assert table(text, name) == {"": [text]}


def test_table_without_a_csv_suffix_is_a_table() -> None:
    assert list(table("namn;ort;nr\nBo;Lund;1\nEva;Umeå;2\n", "export.dat")) == [
        "namn",
        "ort",
        "nr",
    ]


def test_cp1252_export() -> None:
    assert table("Namn;Ort\nÅsa;Växjö\n".encode("cp1252")) == {"Namn": ["Åsa"], "Ort": ["Växjö"]}


def test_utf16_export_with_tabs() -> None:
    assert table("Namn\tOrt\r\nÅsa\tVäxjö\r\n".encode("utf-16")) == {
        "Namn": ["Åsa"],
        "Ort": ["Växjö"],
    }


def test_a_million_columns_lose_no_value() -> None:
    found = batches("a;b\n" + ";".join(["x"] * 40_000) + ";sist\nc;d\n")
    assert len(found) <= 16_384
    assert any("sist" in value for batch in found for value in batch.values)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12),
    delimiter=st.sampled_from(";,\t|"),
    quoting=st.sampled_from(QUOTING),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_is_read_back(
    rows: list[list[str]], delimiter: str, quoting: Literal[0, 1], newline: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(
        written,
        delimiter=delimiter,
        quoting=quoting,
        lineterminator=newline,
    )
    writer.writerows(rows)
    lines = written.getvalue().splitlines(keepends=True)
    assert list(records(lines, Dialect(delimiter, 3))) == rows


@given(st.text('ab";\n', max_size=60))
def test_no_record_is_lost_whatever_the_quotes(text: str) -> None:
    found = "".join(
        c for row in records(text.splitlines(keepends=True), Dialect(";", 2)) for c in "".join(row)
    )
    assert [c for c in found if c in "ab"] == [c for c in text if c in "ab"]


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read_as_a_table(data: bytes) -> None:
    document = Document("a.csv", io.BytesIO(data))
    for batch in Delimited(Dialect(";", 2)).read(document):
        assert isinstance(batch, Batch)

import datetime
import io
import struct
import zipfile

import openpyxl
import pytest

from connectors.base import ReadError
from connectors.formats import ole
from connectors.formats.base import Document
from connectors.formats.read import read
from connectors.formats.xlsx import cell_text, column_letters
from scanner.model import Batch, Skipped


def parts(data: bytes, name: str = "a.xlsx", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def compound(*names: str, content: bytes = b"") -> bytes:
    """A small OLE file whose streams have these names; the first has this content."""
    sectors = [content[n : n + 512].ljust(512, b"\0") for n in range(0, len(content), 512)]
    entries = b""
    for number, name in enumerate(("Root Entry", *names)):
        raw = name.encode("utf-16-le") + b"\0\0"
        kind, start, size = (5, 0xFFFFFFFE, 0) if not number else (2, 0xFFFFFFFE, 0)
        if number == 1 and content:
            start, size = 2, len(content)
        child = 1 if not number else 0xFFFFFFFF
        right = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        entries += (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )
    directory = entries.ljust(512, b"\0")
    chain = [*range(3, 2 + len(sectors)), 0xFFFFFFFE] if sectors else []
    table = struct.pack(
        "<128I", *([0xFFFFFFFD, 0xFFFFFFFE, *chain] + [0xFFFFFFFF] * (126 - len(chain)))
    )
    header = ole.MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + table + directory + b"".join(sectors)


LOCKED = compound("EncryptionInfo", "EncryptedPackage")
NEEDS = "encrypted {}: needs its password"


def xls(*rows: tuple[str, float]) -> bytes:
    """An Excel 97 workbook with a sheet `Blad` of one text and one number a row."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    end = record(0x0A, b"")
    place = len(bof(5)) + len(record(0x85, bytes(8) + b"Blad")) + len(end)
    book = bof(5) + record(0x85, struct.pack("<IBBBB", place, 0, 0, 4, 0) + b"Blad") + end
    book += bof(0x10)
    for number, (text, value) in enumerate(rows):
        label = text.encode("utf-16-le")
        book += record(0x204, struct.pack("<HHHHB", number, 0, 0, len(text), 1) + label)
        book += record(0x203, struct.pack("<HHHd", number, 1, 0, value))
    return compound("Workbook", content=(book + end).ljust(4096, b"\0"))


def test_every_sheet_also_a_hidden_one_is_read_by_column() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Anställda"
    book.active.append(["Namn", "Personnr", None, "Namn"])
    book.active.append(["Åsa", 191212121212, "x", "Ek"])
    hidden = book.create_sheet("Dold")
    hidden.sheet_state = "veryHidden"
    hidden["C4"] = "hemlig"
    stream = io.BytesIO()
    book.save(stream)
    assert parts(stream.getvalue()) == [
        Batch("Anställda!Namn", ("Åsa",), "Namn", "Anställda"),
        Batch("Anställda!Personnr", ("191212121212",), "Personnr", "Anställda"),
        Batch("Anställda!C", ("x",), "", "Anställda"),
        Batch("Anställda!Namn (2)", ("Ek",), "Namn", "Anställda"),
        Batch("Dold!C", ("hemlig",), "", "Dold"),
    ]


def test_title_rows_are_read_and_do_not_hide_the_header() -> None:
    data = workbook(
        Blad=[["Kundlista"], [], ["Namn", "Ort", "Nr"], ["Bo", "Lund", 1], ["Eva", "Ås", 2]]
    )
    assert parts(data, location="x.zip!a.xlsx") == [
        Batch("x.zip!a.xlsx#Blad", ("Kundlista",)),
        Batch("x.zip!a.xlsx#Blad!Namn", ("Bo", "Eva"), "Namn", "x.zip!a.xlsx#Blad"),
        Batch("x.zip!a.xlsx#Blad!Ort", ("Lund", "Ås"), "Ort", "x.zip!a.xlsx#Blad"),
        Batch("x.zip!a.xlsx#Blad!Nr", ("1", "2"), "Nr", "x.zip!a.xlsx#Blad"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (3.0, "3"),
        (1.25, "1.25"),
        (0.1 + 0.2, "0.30000000000000004"),
        (100.0, "100"),
        (7.35999123456789e17, "735999123456789000"),
        (1e22, "1" + "0" * 22),
        (True, "TRUE"),
        ("0701740605", "0701740605"),
        (datetime.datetime(2026, 10, 14), "2026-10-14"),
        (datetime.datetime(2026, 10, 14, 8, 15), "2026-10-14T08:15:00"),
        (datetime.date(2026, 10, 14), "2026-10-14"),
        (datetime.time(8, 15), "08:15:00"),
        (float("inf"), "inf"),
    ],
)
def test_cell_is_written_as_a_person_would(cell: float | str, expected: str) -> None:
    assert cell_text(cell) == expected


def test_long_numbers_keep_the_digits_that_excel_kept() -> None:
    data = workbook(Blad=[["Anläggning"], [735999123456789012]])
    (batch,) = parts(data)
    assert isinstance(batch, Batch)
    assert batch.values == ("735999123456789000",)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_named_as_excel_names_them(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_excel_97_workbook_is_read() -> None:
    assert parts(xls(("Åsa", 1.0), ("Bo", 2.5)), "old.xls") == [
        Batch("Blad!A", ("Åsa", "Bo"), "", "Blad"),
        Batch("Blad!B", ("1", "2.5"), "", "Blad"),
    ]


def test_workbook_is_recognised_without_its_suffix() -> None:
    (batch,) = parts(workbook(B=[["namn"], ["Bo"]]), "export.tmp")
    assert batch == Batch("B!namn", ("Bo",), "namn", "B")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (LOCKED, "a.xlsx", NEEDS.format("workbook")),
        (LOCKED, "a.docx", NEEDS.format("Office document")),
        (compound("WordDocument"), "a.doc", "not read yet: DOC document"),
        (compound("Other"), "a.bin", "not read yet: OLE compound file"),
        (ole.MAGIC, "a.xls", "not read yet: OLE compound file"),
    ],
)  # fmt: skip
def test_ole_files_are_told_apart(data: bytes, name: str, reason: str) -> None:
    assert parts(data, name) == [Skipped("", reason)]


def test_truncated_workbook_is_damaged() -> None:
    data = workbook(B=[["namn"], ["Bo"]])
    with pytest.raises(ReadError, match=r"^damaged workbook: cannot be opened; restore it"):
        parts(data[: len(data) // 2])


def rewritten(data: bytes, part: str, content: bytes) -> bytes:
    """The same workbook with another content of one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(50 << 20), "not read: unpacks to more than 200 times its size"),
        (
            b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
            "not read: a sheet spans more than 32,000,000 cells",
        ),
    ],
)
def test_workbook_that_would_not_fit_into_memory_is_refused(content: bytes, reason: str) -> None:
    data = rewritten(workbook(B=[["namn"]]), "xl/worksheets/sheet1.xml", content)
    with pytest.raises(ReadError) as caught:
        parts(data)
    assert str(caught.value) == reason


def test_size_that_the_archive_lies_about_is_found_out() -> None:
    data = bytearray(rewritten(workbook(B=[["a"]]), "xl/worksheets/sheet1.xml", b" " * (9 << 20)))
    true, lie = struct.pack("<I", 9 << 20), struct.pack("<I", 100)
    with pytest.raises(ReadError, match=r"^damaged workbook"):
        parts(bytes(data).replace(true, lie))


def test_broken_sheet_costs_only_itself() -> None:
    data = workbook(Bra=[["namn"], ["Bo"]], Trasig=[["namn"], ["Eva"]])
    data = rewritten(
        data, "xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row><c t='s'><v>99x"
    )
    found = parts(data)
    assert found[0] == Batch("Bra!namn", ("Bo",), "namn", "Bra")
    assert all("Eva" not in str(part) for part in found)

"""Workbooks: XLSX, XLSM, XLSB, the XLS of Excel 97, and ODS; with their hidden sheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import check_ratio, damage
from connectors.formats.location import Names, inside
from connectors.formats.stream import Source
from connectors.formats.table import Table
from scanner.model import Batch, Skipped

LOCKED = "encrypted workbook: needs its password"
DAMAGED = "damaged workbook: cannot be opened; restore it from a copy"
_MOST_CELLS = 32_000_000
"""Cells of the rectangle that a sheet spans: the reader keeps a whole sheet in memory."""
_MOST_BYTES = 2 << 30
_MOST_BINARY = 256 << 20
"""Bytes of a workbook, or a sheet, whose cells cannot be counted before they are read."""
_BLOCK = 1 << 20
_OVERLAP = 64
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,7})"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d{1,7}"')

Cell = int | float | str | bool | time | date | datetime | timedelta


def read(document: Document) -> Iterator[Batch | Skipped]:
    """Each sheet's columns as row-aligned batches. The stream must be seekable.

    Raises `ReadError` for a workbook that is damaged or over a limit.
    """
    with _opened(document.stream) as workbook:
        names = Names()
        for index, meta in enumerate(workbook.sheets_metadata):
            sheet = names.unique(meta.name)
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue  # a chart or a macro has no cells
            try:
                yield from _sheet(workbook, index, sheet, document)
            except ReadError:
                yield Skipped(inside(document.location, sheet), "damaged sheet: cannot be read")


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[CalamineWorkbook]:
    stream.seek(0)
    if stream.read(2) == b"PK":
        with damage(DAMAGED):
            survey(stream)
    elif stream.seek(0, 2) > _MOST_BINARY:
        raise ReadError(f"not read: workbook larger than {_MOST_BINARY >> 20} MiB")
    stream.seek(0)
    with _calamine():
        workbook = CalamineWorkbook.from_filelike(stream)
    with workbook:
        yield workbook


def survey(stream: BinaryIO) -> None:
    """Raise `LimitError` or `ReadError` for a workbook that would not fit into memory.

    Unpacks every part once, counting: a size that an archive states may be a lie.
    """
    with zipfile.ZipFile(stream) as archive:
        total = 0
        for info in archive.infolist():
            total += info.file_size
            check_ratio(info.file_size, info.compress_size)
            if total > _MOST_BYTES:
                raise ReadError("not read: the workbook unpacks to more than 2 GiB")
            if info.filename.endswith(".bin") and info.file_size > _MOST_BINARY:
                raise ReadError(f"not read: a sheet larger than {_MOST_BINARY >> 20} MiB")
            if info.filename.endswith(".xml") and not info.flag_bits & 1:
                with archive.open(info) as part:
                    _survey_part(part)


def _survey_part(part: Source) -> None:
    """Unpack one part and raise `ReadError` if the cells in it span too much."""
    rows, columns, tail = 0, 26, b""
    while block := part.read(_BLOCK):
        data = tail + block
        for row in _ROW.findall(data):
            rows = max(rows, int(row))
        for letters in set(_WIDE.findall(data)):
            columns = max(columns, _column_number(letters.decode()))
        tail = data[-_OVERLAP * 4 :]
    if rows * columns > _MOST_CELLS:
        raise ReadError(f"not read: a sheet spans more than {_MOST_CELLS:,} cells")


@contextmanager
def _calamine() -> Iterator[None]:
    """Turn the reader's errors, and its panics on hostile input, into a `ReadError`."""
    try:
        yield
    except PasswordError:
        raise ReadError(LOCKED) from None
    except (CalamineError, ValueError, OSError):
        raise ReadError(DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ReadError(DAMAGED) from None
        raise


def _sheet(
    workbook: CalamineWorkbook, index: int, name: str, document: Document
) -> Iterator[Batch]:
    with _calamine():
        sheet = workbook.get_sheet_by_index(index)
        left = (sheet.start or (0, 0))[1]
        rows = sheet.iter_rows()
    group = inside(document.location, name)
    table = Table(
        place=lambda column: f"{group}!{column}" if column else group,
        group=group,
        unnamed=lambda place: column_letters(left + place),
    )
    yield from table.batches(_texts(rows))


def _texts(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[str]]:
    for row in rows:
        texts = [cell_text(cell) for cell in row]
        if any(texts):
            yield texts


def cell_text(cell: Cell) -> str:
    """A cell as a person would write it: ISO dates, no `.0`, the digits that Excel kept."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() if isfinite(cell):
            text = format(Decimal(repr(cell)), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def column_letters(index: int) -> str:
    """Excel's name of the column with this index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    """How many columns there are up to this one: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

"""Tables: rows of cells whose columns know what they hold, written as CSV or XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from openpyxl import Workbook

from scanner.demo.artefact import Contents, Plant, Record

Value = str | int | float | None

EPOCH = (2024, 1, 1, 8, 0, 0)
"""Time stamp of archive members: equal builds are equal to the byte."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and what each of its values is."""

    name: str
    entities: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    """Entities that may be seen here too (see `Plant.required`)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that holds something else than its column says."""

    value: Value
    entities: tuple[str, ...]
    allowed: tuple[str, ...] = ()


Row = tuple[Value | Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Named rows; `people` names whom each row is about."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    people: tuple[str | None, ...]

    def values(self) -> Iterator[tuple[Value, ...]]:
        """The rows as plain values."""
        for row in self.rows:
            yield tuple(cell.value if isinstance(cell, Cell) else cell for cell in row)

    def contents(self) -> Contents:
        """The truth, with the columns' names as locations."""
        return Contents(tuple(self._plants()), tuple(self._records()))

    def _plants(self) -> Iterator[Plant]:
        for place, column in enumerate(self.columns):
            wanted: Counter[str] = Counter()
            harmless: Counter[str] = Counter()
            for row in self.rows:
                cell = row[place]
                value = cell.value if isinstance(cell, Cell) else cell
                if value is None or value == "":
                    continue
                holder = cell if isinstance(cell, Cell) else column
                wanted.update(holder.entities)
                harmless.update(holder.allowed)
            for entity, values in sorted(wanted.items()):
                yield Plant(column.name, entity, values)
            for entity, values in sorted(harmless.items()):
                if entity not in wanted:
                    yield Plant(column.name, entity, values, required=False)

    def _records(self) -> Iterator[Record]:
        numbered = enumerate(self.people, 1)
        for person, rows in groupby(numbered, key=lambda pair: pair[1]):
            numbers = [number for number, _ in rows]
            if person is not None:
                yield Record(person, "", numbers[0], len(numbers))


def to_csv(table: Table, *, encoding: str = "utf-8", separator: str = ";") -> bytes:
    """CSV as Swedish systems write it: semicolon, decimal comma, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(column.name for column in table.columns)
    for row in table.values():
        writer.writerow(
            str(value).replace(".", ",") if isinstance(value, float) and separator == ";" else value
            for value in row
        )
    return out.getvalue().encode(encoding)


def to_xlsx(*tables: Table) -> bytes:
    """One workbook with a sheet a table; the same tables give the same bytes."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.append([column.name for column in table.columns])
        for row in table.values():
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def xlsx_contents(*tables: Table) -> Contents:
    """The truth about such a workbook: locations are `Sheet!Column`."""
    whole = Contents()
    for table in tables:
        part = table.contents()
        whole += Contents(
            tuple(
                Plant(f"{table.name}!{plant.location}", plant.entity, plant.values, plant.required)
                for plant in part.plants
            ),
            tuple(Record(r.person, table.name, r.row, r.rows) for r in part.records),
        )
    return whole


def pack(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive without a trace of when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = method
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def _timeless(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    stamp = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    core = "docProps/core.xml"
    members[core] = stamp.sub(b"2024-01-01T08:00:00Z", members[core])
    return pack(members)

"""Delimited text: CSV, TSV and their kin, in any dialect and encoding, streaming."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from connectors.formats.base import Document
from connectors.formats.encoding import decode, decoded, wide_encoding
from connectors.formats.location import inside
from connectors.formats.table import Table
from connectors.formats.text import chunks
from scanner.model import Batch, Skipped

_DELIMITERS = ";\t|,"
"""In this order where several fit: a comma is also Swedish for a decimal point."""
_SUFFIXES = (".csv", ".tsv", ".tab", ".skv")
_SAMPLE = 100
_SHORT = 1 << 15
_PREAMBLE = 10
_LONGEST = 1 << 20
"""Characters of a record, and so of a field, at most."""
_MOST_LINES = 500
"""Lines that one quoted field may span; a quote left open longer is a character like any other."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the fields of one text are told apart."""

    delimiter: str
    width: int
    """Fields of the usual record."""
    newline: str = "\n"
    declared: bool = False
    """A first line `sep=;` said so; it is not data."""


def sniff(head: bytes, name: str) -> Dialect | None:
    """The dialect of a text that begins so; None where it is not tabular.

    The name's suffix only settles doubt: without one that says CSV, more is asked of the text.
    """
    wide = wide_encoding(head)
    text = decode(head if wide is None else head[: len(head) // 4 * 4])
    if text.lstrip()[:1] in {"{", "[", "<", ""} or text.startswith(("UNA", "UNB+")):
        return None
    newline = "\n" if "\n" in text or "\r" not in text else "\r"
    lines = text.split(newline)
    if len(lines) == 1 and len(head) >= _SHORT:
        return None  # one endless line has no rows
    if len(lines) > 1:
        lines.pop()  # empty, or cut by the end of the sample
    lines = [line + newline for line in lines[: _SAMPLE * 2]]
    if len(declared := lines[0].rstrip("\r\n")) == 5 and declared.lower().startswith("sep="):
        return Dialect(declared[4], 0, newline, declared=True)
    suffixed = name.lower().endswith(_SUFFIXES)
    for delimiter in _DELIMITERS:
        width = _width(lines, delimiter, strict=not suffixed)
        if width:
            return Dialect(delimiter, width, newline)
    plain = [line.strip() for line in lines if line.strip()]
    if suffixed and len(plain) > 1 and all(len(line) <= 60 and " " not in line for line in plain):
        return Dialect("\t" if name.lower().endswith((".tsv", ".tab")) else ";", 1, newline)
    return None


def _width(lines: Sequence[str], delimiter: str, *, strict: bool) -> int:
    """The usual number of fields where nearly all records have it, else 0."""
    dialect = Dialect(delimiter, 0)
    rows = list(islice(records(lines, dialect), _SAMPLE))
    widths = [len(row) for row in rows if any(row)]
    if not widths:
        return 0
    usual, count = Counter(widths).most_common(1)[0]
    body = widths[_preamble(widths, usual) :]
    fitting = sum(1 for width in body if width == usual)
    near = sum(1 for width in body if width > 1)
    if usual < 2 or (body and body[0] < 2):
        return 0
    if strict:
        least = 3 if delimiter == "," or len(body) < 3 else 2
        enough = len(body) >= 2 and usual >= least and fitting == len(body) == len(widths)
        return usual if enough else 0
    prose = delimiter == "," and fitting * 10 < len(body) * 9 and _is_prose(rows)
    return usual if near * 10 >= len(body) * 9 and count * 2 >= len(body) and not prose else 0


def _preamble(widths: Sequence[int], usual: int) -> int:
    """How many leading records are titles, not rows."""
    for index, width in enumerate(widths[: _PREAMBLE + 1]):
        if width == usual:
            return index
    return 0


def _is_prose(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the commas are followed by spaces, as in sentences."""
    cells = [cell for row in rows for cell in row[1:]]
    return sum(cell.startswith(" ") for cell in cells) * 2 > len(cells)


def lines_of(pieces: Iterable[str], newline: str = "\n") -> Iterator[str]:
    """Lines with their ends; one that never ends is cut at a bounded length."""
    pending = ""
    for piece in pieces:
        *lines, pending = (pending + piece).split(newline)
        for line in lines:
            yield line + newline
        if len(pending) > _LONGEST:
            *parts, pending = chunks([pending])
            yield from parts
    if pending:
        yield pending


def records(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """Rows of fields. A quote that is never closed costs no row: it is read as a character."""
    if csv.field_size_limit() < _LONGEST * 2:
        csv.field_size_limit(_LONGEST * 2)
    delimiter = dialect.delimiter
    source = iter(lines)
    again: deque[str] = deque()
    while (line := again.popleft() if again else next(source, None)) is not None:
        quotes = line.count('"')
        if not quotes:
            yield line.rstrip("\r\n").split(delimiter)
        elif quotes % 2 == 0 or not _is_open(line, delimiter):
            yield _fields(line, delimiter)
        else:
            held = _until_closed(line, again, source)
            row = _fields("".join(held), delimiter, strict=True) if held else []
            literal = line.rstrip("\r\n").split(delimiter)
            if row and (len(row) == dialect.width or len(literal) != dialect.width):
                for _ in held[1:]:
                    again.popleft()
                yield row
            else:
                yield literal


def _until_closed(line: str, again: deque[str], source: Iterator[str]) -> list[str]:
    """The lines of a record whose first leaves a quote open; none where it is never closed.

    Lines read ahead stand in `again`.
    """
    held, size, index = [line], len(line), 0
    while len(held) < _MOST_LINES and size < _LONGEST:
        if index == len(again):
            following = next(source, None)
            if following is None:
                return []
            again.append(following)
        held.append(again[index])
        size += len(again[index])
        if again[index].count('"') % 2:
            return held
        index += 1
    return []


def _is_open(line: str, delimiter: str) -> bool:
    """Whether the line ends within a quoted field; a quote inside a bare field opens nothing."""
    place = 0
    while place < len(line):
        if line[place] == '"':
            place += 1
            while True:
                place = line.find('"', place)
                if place < 0:
                    return True
                if line[place + 1 : place + 2] != '"':
                    break
                place += 2
        place = line.find(delimiter, place) + 1
        if not place:
            return False
    return False


def _fields(record: str, delimiter: str, *, strict: bool = False) -> list[str]:
    """The fields of a whole record; none where it must be, but is not, well-formed."""
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=strict), [""])
    except csv.Error:
        return [] if strict else record.rstrip("\r\n").split(delimiter)


@dataclass(frozen=True, slots=True)
class Delimited:
    """Reads tables whose dialect was told from their beginning."""

    dialect: Dialect

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch for each column of each chunk of rows."""
        lines = lines_of(decoded(document.stream), self.dialect.newline)
        if self.dialect.declared:
            next(lines, None)
        table = Table(
            place=lambda name: inside(document.location, name) if name else document.location,
            group=document.location or document.name,
            unnamed=lambda index: str(index + 1),
        )
        rows = records(lines, self.dialect)
        yield from table.batches(row for row in rows if any(row))

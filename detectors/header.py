"""Tables written as text: which header stands over a cell.

Columns are kept apart by a tab, `;`, `|` or a comma, or by two spaces and more; a list of numbers
under a word is a table of one column, and an INSERT's column list heads its values. A table is
walked once, from a cell up to its top, in whatever order its cells are asked for.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from detectors.inserts import AFTER_VALUE, Column, Inserts, copied

_DELIMITERS = "\t;|,"
_ALIGNED = "  "
_LIST = ""
_WIDE = 2000
"""No line of a table is longer than twice this."""
_RAGGED = 2
"""Rows in a run that may have another number of fields than the table."""
_KEYS = 12
_LONG = 40
_NEAR = 3
_START = attrgetter("start")

_HEADING = re.compile(
    r"lista|listan\b|listor|\blist\b|platser|register|registret|f[öo]rteckning|[öo]versikt"
    r"|tabell|f[öo]ljande|:\s*\Z",
    re.IGNORECASE,
)
_DEEP = 20
"""How many lines of a list its heading may stand above."""
_LONG_HEADING = 60

_PADS = " \"'"
_BULLETS = "-*\u2022\u00b7 "
_ENDS = frozenset(("", *"\t;|,\n\r\"'"))
_FURTHER = _ENDS | frozenset(_BULLETS)
_QUOTED = re.compile(r'"[^"\n]*"')
_OPENED = re.compile(r'"[^"]*\Z')
_RULE = re.compile(r"[-=+|:_ \t\r]*")
_CELL = re.compile(r"\S+(?: \S+)*")
_LETTER = re.compile(r"[^\W\d_]")
_LONG_NUMBER = re.compile(r"[0-9]{4}")
_DIGIT = re.compile(r"[0-9]")
_WHOLE = re.compile(r"-?[0-9]{1,7}")
_TWO_CELLS = re.compile(
    r"[0-9]{4}(?:-?[0-9])?(?:[\"']? ?[;|\t] ?[\"']?|', ?'| {2,9})(?P<second>[0-9]{6,10})"
)
"""A number and another in the next cell that it belongs to."""
_DECIMALS = re.compile(r"[0-9]{1,3}")


@dataclass(slots=True)
class _Table:
    """A run of rows of one shape."""

    start: int
    end: int
    """Where the last row known begins."""
    names: tuple[str, ...]
    """The header's fields; none where the run has no header."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where they stand on their line, when columns are aligned."""
    paired: bool = False
    """Whether a list of words stands over as many values, in the same order."""
    decimals: bool = False
    """Whether decimal commas break the rows' fields in two."""
    hollow: bool = False
    """Whether no row has half of its fields filled: titles, which what follows does not join."""


class Headers:
    """The tables of one text, found as they are asked for."""

    __slots__ = ("_headings", "_inserts", "_tables", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._inserts = Inserts(text)
        self._headings: dict[int, tuple[str, int]] = {}
        self._tables: dict[tuple[str, int], list[_Table]] = {}

    def over(self, start: int, end: int) -> Column | None:
        """The header over the cell that holds these characters alone."""
        text = self._text
        after = text[end : end + 1]
        if after in AFTER_VALUE:
            column = self._inserts.over(start)
            if column is not None:
                return column
        if after not in _ENDS and (after != " " or text[end + 1 : end + 2] not in _FURTHER):
            return None
        before = text[start - 1 : start] if start else ""
        if before in _ENDS or (before == " " and text[max(0, start - 2) : start - 1] in _FURTHER):
            return self._over(start, end)
        return None

    def heading(self, start: int, end: int) -> Column | None:
        """The heading of the list that these characters end a line of."""
        text = self._text
        if text[end : end + 1] not in ("", "\n", "\r"):
            return None
        line = text.rfind("\n", max(0, start - _WIDE), start) + 1
        if ":" in text[line:start] or "=" in text[line:start]:
            return None
        name = self._heading(line) if line else ""
        return Column(name, above=True, sure=False) if name else None

    def _heading(self, line: int) -> str:
        """The heading above the line, `` if none: lines with a digit may stand between."""
        between: list[int] = []
        name, depth = "", 0
        below = line
        for position, written in self._above(line):
            between.append(below)
            below = position
            if not _DIGIT.search(written):
                good = len(written) <= _LONG_HEADING and _HEADING.search(written)
                name, depth = written.strip() if good else "", 0
                break
            if position in self._headings:
                name, depth = self._headings[position]
                break
            if len(between) >= _DEEP:
                break
        for below in reversed(between):
            depth += 1
            self._headings[below] = name if depth <= _DEEP else "", depth
        return name if depth <= _DEEP else ""

    def _over(self, start: int, end: int) -> Column | None:
        text = self._text
        line = text.rfind("\n", max(0, start - _WIDE), start) + 1
        stop = text.find("\n", end, end + _WIDE)
        stop = stop if stop >= 0 else len(text)
        if start - line > _WIDE or stop - end > _WIDE:
            return None
        before, after = text[line:start], text[end:stop]
        delimiter = _delimiter(before, after)
        if delimiter is None:
            return None
        if delimiter in (_LIST, _ALIGNED):
            table = self._table(line, delimiter, 0)
        else:
            table = self._table(line, delimiter, _fields(text[line:stop], delimiter))
        if not table.names:
            return None
        if delimiter == _LIST:
            return Column(self._listed(table, line), above=True, sure=False)
        if delimiter == _ALIGNED:
            name = _aligned(table, text[line:stop], start - line, end - line)
            keyed = not after.strip() and len(_CELL.findall(before)) == 1
            return Column(name, above=False, sure=False, keyed=keyed) if name else None
        index = _fields(_OPENED.sub("", before), delimiter) - 1
        if table.decimals:
            index = _undivided(text[line:stop].split(delimiter), index, len(table.names))
        name = table.names[index] if 0 <= index < len(table.names) else ""
        sure = delimiter != "," and bool(name) and sum(map(bool, table.names)) > 2
        keyed = len(table.names) == 2 and bool(before.strip()) and not _DIGIT.search(before)
        return Column(name, above=False, sure=sure, keyed=keyed)

    def _listed(self, table: _Table, line: int) -> str:
        if not table.paired:
            return table.names[-1]
        index = self._text[table.start : line].count("\n")
        return table.names[min(index, len(table.names) - 1)]

    def _table(self, line: int, delimiter: str, fields: int) -> _Table:
        """The table that the line is a row of, walked up to its top or to where it is known."""
        tables = self._tables.setdefault((delimiter, fields), [])
        at = bisect_right(tables, line, key=_START) - 1
        known = tables[at] if at >= 0 else None
        if known and line <= known.end:
            return known
        floor = known.end if known else -1
        top = line
        full = line if _is_full(self._line(line), delimiter) else None
        other, position, blank, ragged, short = "", line, False, 0, False
        for position, written in self._above(line):
            if known and position == floor:
                if known.hollow:
                    break
                known.end = line
                return known
            if not written or written.isspace():
                if blank or self._is_header(top, delimiter):
                    break
                blank = True
            elif _is_row(written, delimiter, fields):
                blank, ragged, top = False, 0, position
                full = position if _is_full(written, delimiter) else full
            elif _RULE.fullmatch(written) and delimiter != _LIST:
                continue
            else:
                other = written
                short = _is_short(written, delimiter, fields)
                short = short and not self._is_header(top, delimiter)
                if short or ragged == _RAGGED or not _is_ragged(written, delimiter):
                    break
                ragged += 1
        table = self._made(top, other, position, position if short else full, delimiter)
        table.decimals = short
        table.end = line
        insort(tables, table, key=_START)
        return table

    def _made(
        self, top: int, other: str, position: int, full: int | None, delimiter: str
    ) -> _Table:
        """The table that begins here, under this other line."""
        columns = copied(other)
        if columns:
            return _Table(top, top, columns)
        if delimiter == _LIST:
            return self._listing(top, other, position)
        return self._titled(top, full, delimiter)

    def _above(self, line: int) -> Iterator[tuple[int, str]]:
        """The lines above, the nearest first, and where each begins; too long a line ends them."""
        while line:
            lowest = max(0, line - 1 - 2 * _WIDE)
            at = self._text.rfind("\n", lowest, line - 1)
            if at < 0 and lowest:
                return
            yield at + 1, self._text[at + 1 : line - 1].rstrip("\r")
            line = at + 1

    def _line(self, line: int) -> str:
        stop = self._text.find("\n", line, line + 2 * _WIDE)
        return self._text[line : stop if stop >= 0 else line + 2 * _WIDE].rstrip("\r")

    def _is_header(self, line: int, delimiter: str) -> bool:
        written = self._line(line)
        named = delimiter != _LIST and _is_full(written, delimiter)
        return named and bool(_names(written, delimiter))

    def _titled(self, top: int, full: int | None, delimiter: str) -> _Table:
        """The table whose first full row, if any, is its header or shows that it has none."""
        if full is None:
            return _Table(top, top, (), hollow=True)
        header = self._line(full)
        names = _names(header, delimiter)
        aligned = names and delimiter == _ALIGNED
        spans = tuple(cell.span() for cell in _CELL.finditer(header)) if aligned else ()
        return _Table(full, full, names, spans)

    def _listing(self, top: int, other: str, position: int) -> _Table:
        """The list of values that begins here, under this other line."""
        names = self._keys(other, position)
        return _Table(top, top, names, paired=self._is_paired(top, len(names)))

    def _keys(self, other: str, position: int) -> tuple[str, ...]:
        """The words over a list: the line that ends above it, and those above that."""
        keys: list[str] = []
        for key in chain((other,), (written for _, written in self._above(position))):
            longest = _LONG if keys else 2 * _LONG
            if len(keys) == _KEYS or len(key) > longest or not _is_words(key):
                break
            keys.insert(0, key.strip())
        return tuple(keys)

    def _is_paired(self, top: int, keys: int) -> bool:
        if keys < 2:
            return False
        rows = 0
        while rows <= keys and top < len(self._text):
            line = self._line(top)
            if not _is_row(line, _LIST, 0):
                break
            rows += 1
            top = self._text.find("\n", top, top + 2 * _WIDE) + 1
            if not top:
                break
        return rows == keys


def within(text: str, start: int, end: int) -> int:
    """Where the second of two cells begins that a hit holds; 0: it holds one."""
    two = _TWO_CELLS.fullmatch(text, start, end)
    return two.start("second") if two else 0


def _is_words(line: str) -> bool:
    return bool(_LETTER.search(line)) and not _DIGIT.search(line)


def _delimiter(before: str, after: str) -> str | None:
    """What keeps the cell from its neighbours on the line, both sides alike."""
    lead, trail = before.rstrip(_PADS + "="), after.lstrip(_PADS).rstrip()
    left, right = lead[-1:], trail[:1]
    if not right and not lead.strip(_BULLETS):
        return _LIST
    for delimiter in _DELIMITERS:
        if left in ("", delimiter) and right in ("", delimiter):
            return delimiter
    if (not left or before.endswith(_ALIGNED)) and (not right or after.startswith(_ALIGNED)):
        return _ALIGNED
    return None


def _fields(line: str, delimiter: str) -> int:
    if '"' in line:
        line = _QUOTED.sub("", line)
    return line.count(delimiter) + 1


def _is_row(line: str, delimiter: str, fields: int) -> bool:
    if delimiter == _LIST:
        return not _LETTER.search(line) and bool(_DIGIT.search(line))
    if delimiter == _ALIGNED:
        return _ALIGNED in line.strip()
    return _fields(line, delimiter) == fields and not _RULE.fullmatch(line)


def _is_ragged(line: str, delimiter: str) -> bool:
    return delimiter not in (_LIST, _ALIGNED) and delimiter in line


def _is_short(line: str, delimiter: str, fields: int) -> bool:
    """Whether it may be the header of rows whose numbers have decimal commas."""
    return delimiter == "," and 1 < _fields(line, ",") < fields and bool(_names(line, ","))


def _undivided(cells: list[str], index: int, columns: int) -> int:
    """Which column a cell belongs to, decimal commas heard; -1: no telling."""
    extra, at, column = len(cells) - columns, len(cells) - 1, index
    while extra and at:
        if _DECIMALS.fullmatch(cells[at]) and _WHOLE.fullmatch(cells[at - 1]):
            extra -= 1
            column -= at <= index
            at -= 1
        at -= 1
    return -1 if extra else column


def _is_full(line: str, delimiter: str) -> bool:
    """Whether at least half of the fields are filled: a title over a table is not a header."""
    if delimiter in (_LIST, _ALIGNED):
        return True
    fields = line.strip("| ").split(delimiter)
    return 2 * sum(map(bool, map(str.strip, fields))) >= len(fields)


def _names(line: str, delimiter: str) -> tuple[str, ...]:
    """The fields of a header; none where the line is not one."""
    if _LONG_NUMBER.search(line) or not _LETTER.search(line):
        return ()
    if delimiter == _ALIGNED:
        names = _CELL.findall(line)
    elif '"' in line:
        names = next(csv.reader([line], delimiter=delimiter), [])
    else:
        names = line.split(delimiter)
    names = [name.strip(_PADS) for name in names]
    digits, letters = len(_DIGIT.findall(line)), len(_LETTER.findall(line))
    worded = sum(bool(_LETTER.match(name)) for name in names)
    filled = sum(map(bool, names))
    if 4 * digits > letters or 2 * worded <= filled or max(map(len, names)) > _LONG:
        return ()
    return tuple(names)


def _aligned(table: _Table, row: str, start: int, end: int) -> str:
    """The name of the cell in a row that is filled, or over its place, or just beside.

    A row's last cell that long ones before it push past the header is of the last column.
    """
    starts = [cell.start() for cell in _CELL.finditer(row)]
    if len(starts) == len(table.names):
        return table.names[bisect_right(starts, start) - 1]
    overlaps = [min(end, b) - max(start, a) for a, b in table.spans]
    best = max(overlaps)
    if best <= -_NEAR:
        pushed = start >= table.spans[-1][1] and start >= starts[-1]
        return table.names[-1] if pushed else ""
    return table.names[overlaps.index(best)]

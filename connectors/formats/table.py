"""Rows to row-aligned batches, one for each column; tells a header from data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from statistics import median

from connectors.formats.location import Names
from connectors.formats.text import chunks
from scanner.model import Batch

ROWS = 1_000
"""Rows of one chunk at most."""
_CHARACTERS = 1 << 20
"""Characters of one chunk at most, but for a single longer row."""
_SAMPLE = 100
_PREAMBLE = 20
_COLUMNS = 16_384

_LABEL_WORD = re.compile(
    r"""(?x)
    address | adress | amount | anlaggning | anlaggningsid | antal | anteckning | avdelning |
    avtal | balance | befattning | belopp | beskrivning | betalning | city | col | column |
    comment | company | country | county | created | customer | date | datum | department |
    description | epost | efternamn | elomrade | email | epost | faktura | firma | firstname |
    fullname | forbrukning | foretag | fornamn | gata | iban | id | kategori | kolumn |
    kommentar | kommun | kontakt | konto | kund | kundnr | kwh | kon | land | lastname |
    lagenhet | lon | mail | mobil | mobile | matare | manad | name | namn | namnteckning |
    notering | notes | nr | number | nummer | org | orgnr | ort | period | person | personal |
    personnr | phone | pnr | post | postal | postcode | postnr | postort | price | pris | region |
    role | roll | saldo | sex | slutdatum | source | ssn | startdatum | status | street | summa |
    surname | tel | telefon | telephone | text | tid | time | timestamp | titel | title | typ |
    type | user | value | varde | year | zip | agare | alder | ar"""
)
_LABEL_ENDINGS = ("namn", "nummer", "datum", "adress", "belopp", "status", "kod", "name")
_FOLD = str.maketrans("åäöé", "aaoe")
_WORD = re.compile(r"[^\W\d_]+")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_PERIOD = re.compile(r"(19|20)\d\d([-/]?[01]\d)?([-/]?[0-3]\d)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a table begins and whether its first row is a header."""

    start: int
    """Rows before it: titles, remarks."""
    has_header: bool


def shape(rows: Sequence[Sequence[str]]) -> Shape:
    """Judge a table's first rows. In doubt a row is data: a header is not searched for hits."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:_SAMPLE]]
    usual = median([count for count in filled if count] or [0])
    start = next((i for i, count in enumerate(filled[:_PREAMBLE]) if count * 2 > usual), 0)
    if start >= len(rows):
        return Shape(0, has_header=False)
    return Shape(
        start, has_header=_is_header(rows[start][:_COLUMNS], rows[start + 1 : start + _SAMPLE])
    )


def _is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for cell in first]
    named = [cell for cell in cells if cell]
    if not named or any(is_data(cell) for cell in named):
        return False
    labels = [cell for cell in named if not _is_number(cell)]
    columns = [
        [row[place].strip() for row in rest if place < len(row) and row[place].strip()]
        for place in range(len(cells))
    ]
    numbered = any(
        _is_number(cell)
        and not (_PERIOD.fullmatch(cell) and not any(map(_PERIOD.fullmatch, column)))
        for cell, column in zip(cells, columns, strict=True)
    )
    if numbered and not any(_is_label(cell) for cell in labels):
        return False  # only columns of years, months or days have numbers for names
    if any(
        cell in column for cell, column in zip(cells, columns, strict=True) if _WORD.search(cell)
    ):
        return False  # a word that comes again below is data
    if sum(_is_label(cell) for cell in labels) * 4 >= len(labels) > 0:
        return True
    typed = sum(
        bool(column) and sum(map(_is_typed, column)) * 5 >= len(column) * 4
        for cell, column in zip(cells, columns, strict=True)
        if cell in labels
    )
    return typed * 2 >= len(labels) > 0


def is_data(cell: str) -> bool:
    """Whether no one would name a column so."""
    digits = sum(character.isdigit() for character in cell)
    return (
        len(cell) > 80
        or "@" in cell
        or (digits >= 5 and not _PERIOD.fullmatch(cell))
        or (_is_number(cell) and not cell.isdigit() and not _PERIOD.fullmatch(cell))
    )


def _is_number(cell: str) -> bool:
    return bool(cell) and not _WORD.search(cell)


def _is_typed(cell: str) -> bool:
    """Whether it is a number, a date, an identifier or an address, not words."""
    digits = sum(character.isdigit() for character in cell)
    return "@" in cell or digits * 2 >= len(cell.replace(" ", ""))


def _is_label(cell: str) -> bool:
    """Whether it reads like a column's name."""
    if _SNAKE.fullmatch(cell):
        return True
    words = _WORD.findall(_CAMEL.sub(" ", cell).lower().translate(_FOLD))
    return any(word.endswith(_LABEL_ENDINGS) or _LABEL_WORD.fullmatch(word) for word in words)


@dataclass(slots=True)
class Table:
    """One table's columns: a place and a label for each, also for those that come late."""

    place: Callable[[str], str]
    """From a column's name to its location."""
    group: str
    unnamed: Callable[[int], str]
    """The name of the column with this index where the header has none."""

    def batches(self, rows: Iterable[Sequence[str]]) -> Iterator[Batch]:
        """All cells: a title as one text, then row-aligned batches.

        A column that the header names and no row fills gives a batch without texts.
        """
        rows = iter(rows)
        sample = _sample(rows)
        found = shape(sample)
        title = "\n".join("\t".join(filter(None, row)) for row in sample[: found.start])
        for text in chunks([title]):
            if not text.isspace():
                yield Batch(self.place(""), (text,))
        header = list(sample[found.start]) if found.has_header else []
        del sample[: found.start + found.has_header]
        yield from self._columns(header, _bounded(chain(sample, rows)))

    def _columns(
        self, header: Sequence[str], parts: Iterable[list[Sequence[str]]]
    ) -> Iterator[Batch]:
        names, columns, first = Names(), list[tuple[str, str]](), 0
        filled = set[str]()
        for rows in chain(parts, [[]]):  # at last none, for columns that no row fills
            width = max(len(header), *(len(row) for row in rows), len(columns))
            for index in range(len(columns), min(width, _COLUMNS)):
                label = header[index].strip() if index < len(header) else ""
                columns.append((self.place(names.unique(label or self.unnamed(index))), label))
            for index, (location, label) in enumerate(columns):
                values = tuple(_cell(row, index) for row in rows)
                if any(values):
                    filled.add(location)
                if any(values) or (label and not rows and location not in filled):
                    yield Batch(location, values, label[:200], self.group, first)
            first += len(rows)


def _sample(rows: Iterator[Sequence[str]]) -> list[Sequence[str]]:
    """The first rows, fewer where they are large."""
    sample: list[Sequence[str]] = []
    cells = 0
    for row in islice(rows, _SAMPLE):
        sample.append(row)
        cells += len(row)
        if cells > _COLUMNS * 4:
            break
    return sample


def _cell(row: Sequence[str], index: int) -> str:
    """A row's value in a column; the last column takes whatever is left beyond it."""
    if index == _COLUMNS - 1:
        return "\t".join(row[index:])
    return row[index] if index < len(row) else ""


def _bounded(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Rows in chunks of bounded count and size."""
    part: list[Sequence[str]] = []
    size = 0
    for row in rows:
        length = sum(map(len, row)) + 8 * len(row)
        if part and (len(part) >= ROWS or size + length > _CHARACTERS):
            yield part
            part, size = [], 0
        part.append(row)
        size += length
    if part:
        yield part

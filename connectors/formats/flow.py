"""Running text with tables in it, as batches: tables with a header by column, the rest as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from connectors.base import ReadError
from connectors.formats.location import inside
from connectors.formats.table import Table, shape
from connectors.formats.text import VALUE, chunks
from connectors.formats.xlsx import column_letters
from scanner.model import Batch

Content = str | tuple[str, ...] | None
"""A stretch of text, a table's row, or (None) a table's end."""
Piece = tuple[str, Content]
"""What comes next in a document, after the place it belongs to: `header`, `slide 4`, or "" ."""
_SAMPLE = 100
_OPEN = 64
"""Places whose texts wait at a time."""


@dataclass(slots=True)
class Flow:
    """Turns the pieces of one document into batches, as they come."""

    location: str
    _texts: dict[str, str] = field(default_factory=dict)
    _tables: Counter[str] = field(default_factory=Counter)
    _ready: list[Batch] = field(default_factory=list)

    def batches(self, pieces: Iterable[Piece]) -> Iterator[Batch]:
        """All of them; what came before damage is given before the damage is raised."""
        late: ReadError | None = None
        pieces = iter(pieces)
        try:
            for place, content in pieces:
                if isinstance(content, tuple):
                    yield from self._table(place, content, pieces)
                elif content:
                    self._add(place, content)
                yield from self._take()
        except ReadError as error:
            late = error
        for place in list(self._texts):
            self._flush(place)
        yield from self._take()
        if late:
            raise late

    def _take(self) -> list[Batch]:
        ready, self._ready = self._ready, []
        return ready

    def _add(self, place: str, text: str) -> None:
        text = self._texts.get(place, "") + text
        if len(text) > 2 * VALUE:
            *whole, text = chunks([text])
            self._ready += [self._batch(place, value) for value in whole if not value.isspace()]
        self._texts[place] = text
        if len(self._texts) > _OPEN:
            self._flush(next(iter(self._texts)))

    def _flush(self, place: str) -> None:
        for value in chunks([self._texts.pop(place)]):
            if value.strip():
                self._ready.append(self._batch(place, value.strip("\n")))

    def _batch(self, place: str, value: str) -> Batch:
        return Batch(inside(self.location, place) if place else self.location, (value,))

    def _table(
        self, place: str, first: tuple[str, ...], pieces: Iterator[Piece]
    ) -> Iterator[Batch]:
        self._tables[place] += 1
        rows = chain([first], self._rows(place, pieces))
        sample = list(islice(rows, _SAMPLE))
        if not shape(sample).has_header:
            for row in chain(sample, rows):
                self._add(place, "\t".join(row) + "\n")
                yield from self._take()
            return
        name = f"table {self._tables[place]}"
        group = inside(self.location, f"{place} {name}".strip())
        table = Table(lambda c: f"{group}!{c}" if c else group, group, column_letters)
        yield from table.batches(chain(sample, rows))

    def _rows(self, place: str, pieces: Iterator[Piece]) -> Iterator[tuple[str, ...]]:
        """The table's rows; a text elsewhere (a remark on a cell) is kept for its own place."""
        for other, content in pieces:
            if isinstance(content, tuple):
                yield content
            elif content is None and other == place:
                return
            elif content:
                self._add(other, content)

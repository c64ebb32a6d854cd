"""Tables of a database file, whichever engine opens it: row-aligned columns, bounded in all."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic
from typing import BinaryIO, NamedTuple, Protocol

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget, LimitError
from connectors.formats.location import Names, inside
from connectors.formats.table import ROWS
from connectors.formats.text import VALUE, chunks
from connectors.sql_values import BINARY, text_of
from scanner.model import Batch, Column, Skipped

MOST_BINARY = 1_000_000
"""Bytes of a binary value that may yet be text."""
SLOW = "takes too long: not read to its end"
_LIMIT = "the rest was not read: more bytes than one resource may take"
_INDEX = "a virtual table that keeps no values of its own: not read"
_LARGEST = 16 << 30
_CHARACTERS = 1 << 20
"""Characters of one chunk at most, but for a single longer row."""
_STEP = 60.0
"""Seconds that the engine may take for one chunk."""
_VIEW = 60.0
"""Seconds that the engine may take for a whole view: it may be endless."""


class ClosedError(ReadError):
    """The file may be sound, but cannot be opened here; the message says what it needs."""


class Relation(NamedTuple):
    """A table or a view, as its database names it."""

    name: str
    """As a report shows it."""
    path: tuple[str, ...]
    """What its engine finds it by."""
    is_view: bool = False
    is_virtual: bool = False
    about: str = ""
    """Its comment."""


class Field(NamedTuple):
    """A column: its name, and what the database says of it."""

    name: str
    fact: Column
    expression: str
    """What to ask the engine for."""


class Opened(Protocol):
    """A database file that an engine has open. Every method raises `ReadError` only."""

    def relations(self) -> Sequence[Relation]:
        """Tables and views, in a stable order."""
        ...

    def fields(self, relation: Relation) -> Sequence[Field]:
        """Its columns, in their order."""
        ...

    def rows(
        self, relation: Relation, fields: Sequence[Field]
    ) -> Generator[Sequence[object], None, None]:
        """Its rows, one by one, as the engine steps along."""
        ...

    def interrupt(self) -> None:
        """From another thread: end what the engine is doing."""
        ...


@contextmanager
def copied(stream: BinaryIO) -> Iterator[Path]:
    """A copy on disk that is gone afterwards; an engine opens paths, and writes beside them."""
    with TemporaryDirectory(prefix="sparhund-") as folder:
        path = Path(folder, "database")
        left = _LARGEST
        with path.open("wb") as copy:
            while left and (block := stream.read(min(left, 1 << 20))):
                copy.write(block)
                left -= len(block)
        if not left and stream.read(1):
            raise ReadError(f"too large to be copied: more than {_LARGEST >> 20} MiB")
        yield path


def unlinked(path: Path) -> None:
    """Take the name from an opened copy, so that it is gone even if we are killed."""
    if os.name == "posix":
        path.unlink()


@dataclass(slots=True)
class _Patience:
    """Interrupts an engine that takes too long."""

    interrupt: Callable[[], None]
    is_total: bool
    """Whether the time is for all steps together."""
    left: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = _VIEW if self.is_total else _STEP

    @contextmanager
    def step(self) -> Iterator[None]:
        """What the engine does herein takes of the time."""
        if self.left <= 0:
            raise ReadError(SLOW)
        timer = Timer(self.left, self.interrupt)
        timer.daemon = True
        begun = monotonic()
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if self.is_total:
                self.left -= monotonic() - begun


@dataclass(frozen=True, slots=True)
class Database:
    """Reads a database file; every table costs only itself."""

    budget: Budget
    open: Callable[[Path], AbstractContextManager[Opened]]

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch for each column of each chunk of rows, table by table, then views.

        A column that no row fills gives a batch without texts.
        """
        try:
            with copied(document.stream) as path, self.open(path) as opened:
                yield from self._relations(opened, document)
        except ClosedError as error:
            yield Skipped(document.location, str(error))

    def _relations(self, opened: Opened, document: Document) -> Iterator[Batch | Skipped]:
        names = Names()
        for relation in opened.relations():
            place = inside(document.location, names.unique(relation.name))
            try:
                self.budget.take_member()
            except LimitError as error:
                yield Skipped(document.location, str(error))
                return
            try:
                yield from self._relation(opened, relation, place)
            except ReadError as error:
                yield Skipped(place, str(error))

    def _relation(
        self, opened: Opened, relation: Relation, place: str
    ) -> Iterator[Batch | Skipped]:
        patience = _Patience(opened.interrupt, relation.is_view)
        with patience.step():
            fields = opened.fields(relation)
        names = Names()
        columns = [
            Batch(f"{place}!{names.unique(one.name)}", (), one.name[:200], place, column=one.fact)
            for one in fields
        ]
        told = set[Skipped]()
        first, filled = 0, set[str]()
        with closing(opened.rows(relation, fields)) as rows:
            for part in self._chunks(rows, patience):
                for column, values in zip(columns, zip(*part, strict=True), strict=True):
                    for found in _texts(replace(column, first=first), values):
                        filled.add(column.location)
                        if found not in told:
                            yield found
                        if isinstance(found, Skipped):
                            told.add(found)
                first += len(part)
        if relation.is_virtual and first and not filled:
            yield Skipped(place, _INDEX)
            return
        yield from (replace(each, first=first) for each in columns if each.location not in filled)

    def _chunks(
        self, rows: Iterator[Sequence[object]], patience: _Patience
    ) -> Iterator[list[Sequence[object]]]:
        """Rows in bounded lists; what came before an error is not lost."""
        part: list[Sequence[object]] = []
        try:
            while True:
                with patience.step():
                    weight = _fill(part, rows)
                if not part:
                    return
                self._spend(weight)
                yield part
                part = []
        except LimitError:
            raise
        except ReadError:
            if part:
                yield part
            raise

    def _spend(self, weight: int) -> None:
        if weight > self.budget.bytes_left:
            raise LimitError(_LIMIT)
        self.budget.spend(weight)


def _fill(part: list[Sequence[object]], rows: Iterator[Sequence[object]]) -> int:
    """Add rows until it is enough for one chunk; gives how much they weigh."""
    weight = 0
    for row in rows:
        part.append(row)
        weight += sum(len(value) for value in row if isinstance(value, str | bytes)) + 8 * len(row)
        if len(part) >= ROWS or weight >= _CHARACTERS:
            break
    return weight


def _texts(column: Batch, values: Sequence[object]) -> Iterator[Batch | Skipped]:
    """Values as texts; a long one stands by itself, and what is no text is told."""
    texts = [text_of(value) for value in values]
    if None in texts:
        yield Skipped(column.location, BINARY)
    for text in texts:
        if text and len(text) > VALUE:
            for chunk in chunks(text[i : i + VALUE] for i in range(0, len(text), VALUE)):
                yield Batch(column.location, (chunk,), column.label)
    aligned = tuple(text if text and len(text) <= VALUE else "" for text in texts)
    if any(aligned):
        yield replace(column, values=aligned)

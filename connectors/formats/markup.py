"""The XML inside office documents: words and table rows, streaming, whatever its size.

Entities are never expanded: a document type definition is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from connectors.base import ReadError
from connectors.formats.flow import Piece
from connectors.formats.stream import Source

DAMAGED = "damaged document: its XML cannot be read to its end"
_BLOCK = 1 << 16
_DEPTH = 1_000
_TOKEN = 8 << 20
"""Bytes of the longest tag."""
_ROW = 1 << 20
"""Characters of the longest row."""
_MOST = 200_000

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Which elements of a document mean what; names are without their prefix."""

    words: frozenset[str]
    """Elements whose characters are words."""
    ends: Mapping[str, str]
    """What the end of an element adds."""
    unseen: frozenset[str] = frozenset()
    """Elements that hold settings or repetitions."""
    table: str = "table"
    row: str = "table-row"
    cell: str = "table-cell"
    routes: Mapping[str, str] = field(default_factory=dict)
    """Elements whose content lies elsewhere; `{n}` counts them, `{}` is the place around."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Elements with an attribute that is words: a comment's author."""
    linked: str = ""
    """The attribute that names a link's target."""


class _Handler(Protocol):
    events: int

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def data(self, text: str) -> None: ...


def feed(stream: Source, handler: _Handler) -> Iterator[None]:
    """Parse a block a time. Raises `ReadError` for a DTD, for damage and for absurd nesting."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, found: handler.start(_local(name), found)
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.data
    quiet, events, block = 0, 0, b"-"
    while block:
        block = stream.read(_BLOCK)
        try:
            parser.Parse(block, not block)
        except (expat.ExpatError, ValueError, LookupError):
            raise ReadError(DAMAGED) from None
        quiet = quiet + len(block) if handler.events == events else 0
        events = handler.events
        if quiet > _TOKEN:
            raise ReadError(DAMAGED)
        yield


def _refuse(*_doctype: object) -> None:
    raise ReadError("refused: XML with a DTD")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def pieces(stream: Source, grammar: Grammar, place: str = "") -> Iterator[Piece]:
    """The words and rows of a part, in order; what came before damage is given first."""
    words = _Words(grammar, place)
    late: ReadError | None = None
    try:
        for _ in feed(stream, words):
            yield from words.take()
    except ReadError as error:
        late = error
    yield from words.take()
    if late:
        raise late


@dataclass(slots=True)
class _Frame:
    """One place that is being written to."""

    place: str
    depth: int
    tables: int = 0
    """How many tables lie in one another; only the outermost has rows of its own."""
    row: list[str] = field(default_factory=list)
    cell: list[str] | None = None
    size: int = 0


class _Words:
    """Turns expat's events into pieces."""

    def __init__(self, grammar: Grammar, place: str) -> None:
        self.events = 0
        self._grammar = grammar
        self._frames = [_Frame(place, 0)]
        self._depth = 0
        self._unseen = 0
        self._words = 0
        self._counts: dict[str, int] = {}
        self._ready: list[Piece] = []

    def take(self) -> list[Piece]:
        """What is ready."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: Attributes) -> None:
        self.events += 1
        self._depth += 1
        if self._depth > _DEPTH:
            raise ReadError(f"not read: XML nested deeper than {_DEPTH:,} elements")
        grammar = self._grammar
        if self._unseen or name in grammar.unseen:
            self._unseen += 1
            return
        if name in grammar.routes:
            self._route(name)
        if name in grammar.words:
            self._words += 1
        self._attributes(name, attributes)
        frame = self._frames[-1]
        if name == grammar.table:
            frame.tables += 1
        elif frame.tables == 1 and name == grammar.cell:
            frame.cell = []

    def _route(self, name: str) -> None:
        self._counts[name] = self._counts.get(name, 0) + 1
        around = self._frames[-1].place
        place = self._grammar.routes[name].format(around, n=self._counts[name]).strip()
        self._frames.append(_Frame(place, self._depth))

    def _attributes(self, name: str, attributes: Attributes) -> None:
        wanted = self._grammar.said.get(name)
        if wanted or self._grammar.linked:
            for key, value in attributes.items():
                local = _local(key)
                if local == wanted and value:
                    self._add(value + ": ")
                elif local == self._grammar.linked and value.startswith(("mailto:", "tel:")):
                    self._ready.append(("links", value + "\n"))

    def end(self, name: str) -> None:
        self.events += 1
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        grammar, frame = self._grammar, self._frames[-1]
        if text := grammar.ends.get(name):
            self._add(text)
        if name in grammar.words:
            self._words -= 1
        if name == grammar.table:
            frame.tables -= 1
            if not frame.tables:
                self._end_row(frame)
                self._ready.append((frame.place, None))
        elif frame.tables == 1 and name == grammar.cell:
            self._end_cell(frame)
        elif frame.tables == 1 and name == grammar.row:
            self._end_row(frame)
        if name in grammar.routes and frame.depth == self._depth + 1:
            self._add("\n")
            self._frames.pop()

    def data(self, text: str) -> None:
        self.events += 1
        if self._words and not self._unseen:
            self._add(text)

    def _add(self, text: str) -> None:
        frame = self._frames[-1]
        if frame.cell is None:
            self._ready.append((frame.place, text))
            return
        frame.cell.append(text)
        frame.size += len(text)
        if frame.size > _ROW:
            self._end_cell(frame)
            self._end_row(frame)
            frame.cell = []

    def _end_cell(self, frame: _Frame) -> None:
        frame.row.append("".join(frame.cell or ()).strip())
        frame.cell = None
        frame.size += 8
        if frame.size > _ROW:
            self._end_row(frame)

    def _end_row(self, frame: _Frame) -> None:
        if any(frame.row):
            self._ready.append((frame.place, tuple(frame.row)))
        frame.row, frame.size = [], 0


@dataclass(slots=True)
class _Look:
    """Tells attributes and texts of elements to whoever asked."""

    tell: Callable[[str, Attributes, str], None]
    events: int = 0
    _open: list[tuple[Attributes, list[str]]] = field(default_factory=list)
    _size: int = 0

    def start(self, _name: str, attributes: Attributes) -> None:
        self.events += 1
        if len(self._open) >= _DEPTH:
            raise ReadError(f"not read: XML nested deeper than {_DEPTH:,} elements")
        self._open.append((attributes, []))

    def end(self, name: str) -> None:
        self.events += 1
        attributes, texts = self._open.pop()
        self.tell(name, attributes, "".join(texts).strip())

    def data(self, text: str) -> None:
        self.events += 1
        self._size += len(text)
        if self._size > _TOKEN:
            raise ReadError(DAMAGED)
        if self._open:
            self._open[-1][1].append(text)


def elements(stream: Source, *names: str) -> list[tuple[str, Attributes, str]]:
    """Name, attributes and text of each element with one of these names (all, for none)."""
    found: list[tuple[str, Attributes, str]] = []

    def tell(name: str, attributes: Attributes, text: str) -> None:
        if (not names or name in names) and len(found) < _MOST:
            found.append((name, attributes, text))

    for _ in feed(stream, _Look(tell)):
        pass
    return found

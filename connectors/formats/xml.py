"""XML, streaming: element and attribute paths are columns, repeated elements are rows.

Entities are never expanded: a document type definition is refused. Where a text stops being
well-formed, it is read on as text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.encoding import decoded
from connectors.formats.text import chunks
from connectors.formats.tree import DEPTH, Node, Tree
from scanner.model import Batch, Skipped

_WINDOW = 1 << 20
"""Characters that wait for their element's end."""
_BLOCK = 1 << 16
_TOKEN = 1 << 23
"""Bytes of the longest tag or comment."""
_START = re.compile(r"[\s\ufeff]*<[?!A-Za-z_]")


class _BrokenError(Exception):
    """From here on it is not read as XML."""


def is_xml(start: str) -> bool:
    """Whether a text that begins so may be XML."""
    return _START.match(start) is not None


def read(document: Document) -> Iterator[Batch | Skipped]:
    """The columns of its elements; what is not well-formed, as text.

    Raises `ReadError` for a document with a DTD.
    """
    blocks = _blocks(decoded(document.stream))
    elements = _Elements(Tree(document, "/"))
    feed = _Feed(elements)
    begun: list[bytes] = []  # all of it, while it is short enough to be read as text after all
    rest, size = None, 0
    for block in blocks:
        rest = feed.parse(block)
        size += len(block)
        if size <= _WINDOW:
            begun.append(block)
        if rest is not None:
            break
        if size > _WINDOW:
            yield from elements.tree.ready()
    else:
        rest = feed.parse(b"", final=True)
    if rest is not None and size <= _WINDOW:
        rest = b"".join(begun)
    else:
        elements.close()
        yield from elements.tree.flush()
    if rest is not None:
        for value in chunks(_texts(chain([rest], blocks))):
            if not value.isspace():
                yield Batch(document.location, (value,))


def _blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    for piece in pieces:
        data = piece.encode("utf-8", "replace")
        for start in range(0, len(data), _BLOCK):
            yield data[start : start + _BLOCK]


def _texts(blocks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


@dataclass(slots=True)
class _Element:
    """An element that is still open."""

    name: str
    path: str
    children: list[tuple[str, Node]]
    texts: list[str] = field(default_factory=list)
    """Its text, and that of its children where it holds words of its own."""
    size: int = 0
    says: bool = False
    """It holds words of its own: what its children say belongs between them."""
    split: bool = False
    """Some of its children were handed on already."""
    after_child: bool = False
    """Nothing has come since a child's end."""


class _Feed:
    """Feeds expat, and knows what is left where it gives up."""

    def __init__(self, elements: _Elements) -> None:
        self._elements = elements
        self._held: deque[bytes] = deque()
        self._start = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = elements.start
        self._parser.EndElementHandler = elements.end
        self._parser.CharacterDataHandler = elements.data
        self._parser.CommentHandler = elements.comment

    def parse(self, block: bytes, *, final: bool = False) -> bytes | None:
        """None where all went well, else what is left to be read as text."""
        events = self._elements.events
        self._held.append(block)
        try:
            self._parser.Parse(block, final)
        except expat.ExpatError:
            return self._rest(self._parser.ErrorByteIndex)
        except _BrokenError:
            return self._rest(self._parser.CurrentByteIndex)
        if self._elements.events > events:
            while len(self._held) > 2:
                self._start += len(self._held.popleft())
        elif sum(map(len, self._held)) > _TOKEN:
            return self._rest(0)
        return None

    def _rest(self, index: int) -> bytes:
        held = b"".join(self._held)
        return held[max(0, held.rfind(b"<", 0, max(0, index - self._start) + 1)) :]


def _refuse(*_doctype: object) -> None:
    raise ReadError("refused: XML with a DTD")


@dataclass(slots=True)
class _Elements:
    """Turns expat's events into records, as early as they are told apart."""

    tree: Tree
    open: list[_Element] = field(default_factory=list)
    events: int = 0
    size: int = 0

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self.open) >= DEPTH:
            raise _BrokenError
        self.events += 1
        name = _local(name)
        pairs: list[tuple[str, Node]] = [
            ("@" + _local(key), value)
            for key, value in zip(attributes[::2], attributes[1::2], strict=True)
            if key != "xmlns" and not key.startswith("xmlns:")
        ]
        parent = self.open[-1] if self.open else None
        path = self.tree.path(parent.path if parent else "", name)
        self.open.append(_Element(name, path, pairs))
        self._grow(sum(map(len, attributes)) + 64)

    def end(self, _name: str) -> None:
        self.events += 1
        element = self.open.pop()
        text = "".join(element.texts)
        if not self.open or element.split:
            self.tree.add(element.path, _node(element, text))
            return
        parent = self.open[-1]
        parent.size += element.size
        parent.children.append((element.name, _node(element, text)))
        if not parent.split:
            parent.texts.append("\n" + text if parent.after_child else text)
        parent.after_child = True

    def data(self, text: str) -> None:
        self.events += 1
        if self.open:
            element = self.open[-1]
            element.texts.append(text)
            element.says = element.says or not text.isspace()
            element.after_child = False
            self._grow(len(text))

    def comment(self, text: str) -> None:
        self.events += 1
        if self.open:
            self.open[-1].children.append(("comment()", text.strip()))
            self._grow(len(text))
        else:
            self.tree.text("comment()", text)

    def close(self) -> None:
        """End what a broken document leaves open."""
        while self.open:
            self.end("")

    def _grow(self, size: int) -> None:
        self.open[-1].size += size
        self.size += size
        if self.size > _WINDOW:
            self.size = 0
            for element in self.open:
                self._release(element)

    def _release(self, element: _Element) -> None:
        """Hand on what of an open element is told apart; all of it where that is too little."""
        if element.says:
            *whole, last = chunks(["".join(element.texts)])
            for value in whole:
                self.tree.text(element.path, value)
            element.texts = [last]
            if not element.split:
                element.children = _attributes(element.children)
        repeats = Counter(name for name, _ in element.children)
        left: list[tuple[str, Node]] = []
        for name, node in element.children:
            path = self.tree.path(element.path, name)
            if self.tree.is_record(path, repeats[name], node):
                self.tree.add(path, node)
            else:
                left.append((name, node))
        if element.size > _WINDOW * 4 and len(left) == len(element.children):
            self.tree.add(element.path, tuple(left))
            left = []
        if len(left) < len(element.children):
            element.split, element.size = True, 0
            element.texts = element.texts if element.says else []
        element.children = left


def _node(element: _Element, text: str) -> Node:
    """What an element holds: a text, its fields, or a text with attributes."""
    if not element.says:
        return tuple(element.children) or ""
    fields = element.children if element.split else _attributes(element.children)
    return (*fields, ("", text.strip())) if fields else text.strip()


def _attributes(fields: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
    """Only what stands in no element's text: attributes and comments, at any depth."""
    kept: list[tuple[str, Node]] = []
    for name, node in fields:
        if name.startswith("@") or name == "comment()":
            kept.append((name, node))
        elif isinstance(node, tuple) and (below := _attributes(list(node))):
            kept.append((name, tuple(below)))
    return kept


def _local(name: str) -> str:
    """A name without its namespace's prefix, which every writer chooses anew."""
    return name.rpartition(":")[2]

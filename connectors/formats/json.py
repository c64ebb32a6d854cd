"""JSON, and JSON by lines (JSONL, NDJSON), of any size: dotted paths are columns.

What fits the window is parsed whole; a larger list or object is entered, and its members are parsed
one by one. Nothing counts before what follows it proves it whole. Where a text stops being JSON,
it is read on as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from connectors.formats.base import Document
from connectors.formats.encoding import decoded
from connectors.formats.text import chunks
from connectors.formats.tree import DEPTH, Node, Tree
from scanner.model import Batch, Skipped

_WINDOW = 1 << 20
"""Characters that a value is first sought in."""
_LONGEST = 1 << 25
"""Characters of the longest single string or key."""
_BROKEN_LINES = 100
"""So many broken lines among lines of JSON are read as text before all that is left is."""
_SPACE = re.compile(r"[ \t\r\n]*")
_GAP = re.compile(r"[\s\x1e,\ufeff]*")
"""What may stand between two records."""


class _BrokenError(ValueError):
    """What follows the last thing taken is no JSON."""


def read(document: Document) -> Iterator[Batch | Skipped]:
    """The columns of its records; what is no JSON in it, as text."""
    source = _Source(decoded(document.stream))
    tree = Tree(document)
    broken = 0
    while source.seek(_GAP):
        taken = source.total()
        try:
            yield from _record(source, tree)
        except _BrokenError:
            by_line = taken and source.total() == taken and broken < _BROKEN_LINES
            broken += 1
            rest = [source.line()] if by_line else chain([source.rest()], source.pieces)
            yield from tree.flush()
            for value in chunks(rest):
                if not value.isspace():
                    yield Batch(document.location, (value,))
    yield from tree.flush()


def is_json(start: str) -> bool:
    """Whether a text that begins so may be JSON."""
    return start.lstrip(" \t\r\n\x1e\ufeff")[:1] in {"{", "["}


@dataclass(slots=True)
class _Source:
    """A window on the text, and how much of it was taken."""

    pieces: Iterator[str]
    text: str = ""
    place: int = 0
    """Where reading stands."""
    taken: int = 0
    """Up to here everything was handed on."""
    before: int = 0
    """Characters that have left the window."""
    ended: bool = False
    decoder: json.JSONDecoder = field(
        default_factory=lambda: json.JSONDecoder(
            object_pairs_hook=tuple,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            strict=False,
        )
    )

    def total(self) -> int:
        """Characters taken so far, blanks left out at the start."""
        return self.before + self.taken

    def more(self, least: int = _WINDOW) -> bool:
        """Drop what was taken and fill the window; False where nothing was added."""
        kept = self.text[self.taken :]
        self.before += self.taken
        self.place -= self.taken
        self.taken = 0
        parts, size = [kept], len(kept)
        while size < least or len(parts) == 1:
            piece = next(self.pieces, None)
            if piece is None:
                self.ended = True
                break
            parts.append(piece)
            size += len(piece)
        self.text = "".join(parts)
        return len(self.text) > len(kept)

    def take(self) -> None:
        """What was read up to here is whole."""
        self.taken = self.place

    def seek(self, gap: re.Pattern[str] = _SPACE, *, take: bool = True) -> str:
        """The next character that is no gap, "" at the end."""
        while True:
            hit = gap.match(self.text, self.place)
            self.place = hit.end() if hit else self.place
            if take:
                self.taken = self.place
            if self.place < len(self.text):
                return self.text[self.place]
            if self.ended or not self.more():
                return ""

    def value(self) -> tuple[bool, Node]:
        """The next value, and whether it is whole; one that is not must be entered."""
        while True:
            try:
                node, end = self.decoder.raw_decode(self.text, self.place)
            except RecursionError:
                raise _BrokenError from None
            except ValueError:
                end, node = -1, None
            left = len(self.text) - self.place
            if end >= 0 and (end < len(self.text) or self.ended):
                self.place = end
                return True, node
            container = self.text[self.place : self.place + 1] in {"{", "["}
            if not self.ended and left < (_WINDOW if container else _LONGEST):
                self.more(min(max(left * 2, _WINDOW), _LONGEST))
            elif container:
                return False, None
            else:
                raise _BrokenError

    def key(self) -> str:
        """The next key and its colon."""
        if self.seek(take=False) != '"':
            raise _BrokenError
        whole, key = self.value()
        if not whole or not isinstance(key, str) or self.seek(take=False) != ":":
            raise _BrokenError
        self.place += 1
        self.seek(take=False)
        return key

    def rest(self) -> str:
        """What is in the window and not taken."""
        rest = self.text[self.taken :]
        self.place = self.taken = len(self.text)
        return rest

    def line(self) -> str:
        """The rest of this line, or of the window."""
        end = self.text.find("\n", self.taken) + 1 or len(self.text)
        line = self.text[self.taken : end]
        self.place = self.taken = end
        return line


def _record(source: _Source, tree: Tree) -> Iterator[Batch]:
    """One value at the top: each item of a list is a record."""
    if source.text[source.place] not in "{[":
        raise _BrokenError
    whole, node = source.value()
    if not whole:
        yield from _enter(source, tree, "", 0)
        return
    source.take()
    if isinstance(node, list):
        for item in node:
            _item(tree, "", item)
            yield from tree.ready()
    else:
        tree.add("", node)
        yield from tree.ready()


def _item(tree: Tree, path: str, node: Node) -> None:
    """An item of a list: a list of lists is a table with numbered columns."""
    if isinstance(node, list):
        tree.add(path, [node, []])
    else:
        tree.add(path, node)


def _enter(source: _Source, tree: Tree, path: str, depth: int) -> Iterator[Batch]:
    """The members of a list or an object that does not fit the window, or is broken."""
    if depth >= DEPTH:
        raise _BrokenError
    listed = source.text[source.place] == "["
    end = "]" if listed else "}"
    source.place += 1
    fields: list[tuple[str, Node]] = []
    while source.seek(take=False) != end:
        key = "" if listed else source.key()
        below = path if listed else tree.path(path, key)
        whole, node = source.value()
        if not whole:
            yield from _enter(source, tree, below, depth + 1)
        following = source.seek(take=False)
        if not following or following not in f",{end}":
            _fields(tree, path, fields)
            raise _BrokenError
        source.place += following == ","
        source.take()
        if whole and listed:
            _item(tree, path, node)
        elif whole and isinstance(node, list):
            for item in node:
                _item(tree, below, item)
        elif whole:
            fields.append((key, node))
            if len(fields) >= 1000:
                _fields(tree, path, fields)
        yield from tree.ready()
    source.place += 1
    source.take()
    _fields(tree, path, fields)


def _fields(tree: Tree, path: str, fields: list[tuple[str, Node]]) -> None:
    """The plain fields of an object that was entered, as one row."""
    if fields:
        tree.add(path, tuple(fields))
        fields.clear()

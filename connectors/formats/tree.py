"""Trees (JSON, XML) to row-aligned batches: equal paths are one column, repeated records are rows.

An object's plain fields stand in one row; each object of a list is a row of that list's own table.
Keys that are data (identity numbers, addresses, a map of many records) are values of a column, so
that no location holds one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.formats.base import Document
from connectors.formats.location import inside, readable
from connectors.formats.table import ROWS, is_data
from connectors.formats.text import VALUE, chunks
from scanner.model import Batch

Node = str | bool | None | list["Node"] | tuple[tuple[str, "Node"], ...]
"""A text, a list, or an object as its key-value pairs in order, so that no repeated key is lost."""

DEPTH = 64
"""What lies deeper is one text."""
_CHARACTERS = 1 << 20
_MOST_PATHS = 4096
_JOINED = 16
"""A shorter list of plain values stays in its row, as one cell."""
_REPEATED = 3
_MAP = 20
"""So many entries that are all objects are records, and their keys data."""
_KEY = re.compile(r"[@\w.$:()-]+")
_PREFIX = re.compile(r"^@|^.*:")


@dataclass(slots=True)
class _Table:
    """Rows that wait to become columns."""

    rows: list[dict[str, str]] = field(default_factory=list)
    first: int = 0


@dataclass(slots=True)
class Tree:
    """Collects the records of one document; gives them out as columns."""

    document: Document
    separator: str = "."
    _tables: dict[str, _Table] = field(default_factory=dict)
    _ready: list[Batch] = field(default_factory=list)
    _places: dict[str, tuple[str, str]] = field(default_factory=dict)
    _paths: dict[tuple[str, str], str] = field(default_factory=dict)
    _records: set[str] = field(default_factory=set)
    _size: int = 0

    def path(self, parent: str, key: str) -> str:
        """The path of a field; its parent's where there are too many to tell apart."""
        if not key:
            return parent
        known = self._paths.get((parent, key))
        if known is None:
            if len(self._paths) >= _MOST_PATHS:
                return parent
            name = readable(key)
            known = readable(f"{parent}{self.separator}{name}" if parent else name)
            self._paths[parent, key] = known
        return known

    def add(self, table: str, node: Node) -> None:
        """One record of the table at this path."""
        row: dict[str, str] = {}
        self._fill(row, table, node, 0)
        if row:
            self._row(table, row)

    def text(self, path: str, value: str) -> None:
        """A text that stands by itself: in no row."""
        location, label = self._place(path)
        for chunk in chunks([_sound(value)]):
            if not chunk.isspace():
                self._ready.append(Batch(location, (chunk,), label))

    def is_record(self, path: str, repeats: int, node: Node) -> bool:
        """Whether siblings of this path are rows.

        They are once three stood side by side, or two that have fields: two people in one row
        would be taken for one.
        """
        if (repeats >= _REPEATED or (repeats > 1 and _has_fields(node))) and (
            path not in self._records
        ):
            self._records.add(path)
        return path in self._records

    def ready(self) -> Iterator[Batch]:
        """What is complete so far."""
        if self._size > _CHARACTERS * 4:
            for path in list(self._tables):
                self._columns(path)
        if self._ready:
            batches, self._ready = self._ready, []
            yield from batches

    def flush(self) -> Iterator[Batch]:
        """All that is left."""
        for path in list(self._tables):
            self._columns(path)
        yield from self.ready()

    def _fill(self, row: dict[str, str], path: str, node: Node, depth: int) -> None:
        if isinstance(node, str):
            self._cell(row, path, node)
        elif node is None or isinstance(node, bool):
            self._cell(row, path, "" if node is None else str(node).lower())
        elif depth >= DEPTH:
            self.text(path, "\n".join(leaves(node)))
        elif isinstance(node, tuple):
            self._object(row, path, node, depth)
        else:
            self._list(row, path, node, depth)

    def _object(
        self, row: dict[str, str], path: str, node: tuple[tuple[str, Node], ...], depth: int
    ) -> None:
        repeats = Counter(key for key, _ in node) if len(node) > len(dict(node)) else None
        is_map = repeats is None and _is_map(node)
        for key, value in node:
            below = None if is_map else self._paths.get((path, key))
            if below is None and (is_map or is_data(key.removeprefix("@"))):
                self._entry(path, key, value, depth)
                continue
            below = below or self.path(path, key)
            if self.is_record(below, repeats[key] if repeats else 1, value):
                self._record(below, value, depth)
            elif isinstance(value, str):
                self._cell(row, below, value)
            else:
                self._fill(row, below, value, depth + 1)

    def _entry(self, path: str, key: str, value: Node, depth: int) -> None:
        """An entry of a map, as a row: its key in the map's own column."""
        row: dict[str, str] = {}
        self._cell(row, path, key)
        below = path if isinstance(value, tuple) else self.path(path, "*")
        self._fill(row, below, value, depth + 1)
        self._row(path, row)

    def _record(self, path: str, node: Node, depth: int) -> None:
        row: dict[str, str] = {}
        self._fill(row, path, node, depth + 1)
        if row:
            self._row(path, row)

    def _list(self, row: dict[str, str], path: str, node: list[Node], depth: int) -> None:
        if len(node) <= _JOINED and not any(isinstance(item, list | tuple) for item in node):
            for item in node:
                self._fill(row, path, item, depth)
            return
        for item in node:
            if isinstance(item, list) and not any(isinstance(cell, list | tuple) for cell in item):
                pairs = tuple((str(place), cell) for place, cell in enumerate(item, 1))
                self._record(path, pairs, depth)
            else:
                self._record(path, item, depth)

    def _cell(self, row: dict[str, str], path: str, value: str) -> None:
        if len(value) > VALUE:
            self.text(path, value)
        elif path in row and value:
            joined = f"{row[path]}\n{value}" if row[path] else value
            if len(joined) > VALUE:
                self.text(path, row[path])
                joined = value
            row[path] = joined
        else:
            row.setdefault(path, value)

    def _row(self, path: str, row: dict[str, str]) -> None:
        table = self._tables.setdefault(path, _Table())
        table.rows.append(row)
        self._size += sum(map(len, row.values())) + 64 * len(row)
        if len(table.rows) >= ROWS:
            self._columns(path)

    def _columns(self, path: str) -> None:
        """Turn a table's waiting rows into one batch for each column."""
        table = self._tables[path]
        rows, table.rows = table.rows, []
        base = self.document.location or self.document.name
        group = inside(base, path) if path else base
        for column in dict.fromkeys(key for row in rows for key in row):
            values = tuple(row.get(column, "") for row in rows)
            self._size -= sum(map(len, values)) + 64 * sum(column in row for row in rows)
            if any(values):
                location, label = self._place(column)
                self._ready.append(Batch(location, _all_sound(values), label, group, table.first))
        table.first += len(rows)

    def _place(self, path: str) -> tuple[str, str]:
        """A path's location and label."""
        place = self._places.get(path)
        if place is None:
            location = inside(self.document.location, path) if path else self.document.location
            names = [name for name in path.split(self.separator) if name != "*"]
            label = _PREFIX.sub("", names[-1]) if names else ""
            place = self._places[path] = (location, "" if label.isdigit() else label)
        return place


def _is_map(node: tuple[tuple[str, Node], ...]) -> bool:
    """Whether the keys of an object are data: all its entries are records."""
    if len(node) < 2 or not all(isinstance(value, tuple) for _, value in node):
        return False
    return len(node) >= _MAP or not all(_KEY.fullmatch(key) for key, _ in node)


def _has_fields(node: Node) -> bool:
    """Whether it is an object with fields beside its text and attributes."""
    return isinstance(node, tuple) and sum(key[:1] not in {"", "@"} for key, _ in node) > 1


def leaves(node: Node) -> Iterator[str]:
    """All texts of a tree of any depth, and the keys, in order."""
    waiting: list[Node] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, tuple):
            for key, value in reversed(item):
                waiting.extend((value, key))
        elif item is not None:
            yield str(item).lower()


def _all_sound(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        "".join(values).encode()
    except UnicodeEncodeError:
        return tuple(map(_sound, values))
    return values


def _sound(value: str) -> str:
    """The text without halves of characters, which no store can hold."""
    return value.encode("utf-8", "replace").decode()

"""SQL's INSERT and COPY statements in a text: which column a value belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

AFTER_VALUE = frozenset(" ',)")
"""What may follow a value."""
_OPENING = frozenset(("", "'", ",", "("))
_WIDE = 2000
"""Characters that a row may be long."""
_STATEMENT = 400
"""How far behind an INSERT, on its line, its words bear on nothing."""
_QUOTES = " '\"`[]\r\n\t"
_INSERT = re.compile(r"\(([^()]{1,2000})\)\s{0,20}values\s{0,20}(?=\()", re.IGNORECASE)
_VALUES = re.compile(r"(?>,?\s{0,20}\((?>[^()']|'[^']*(?:'|\Z))*+(?:\)|\Z)\s{0,20})*+")
_LITERAL = re.compile(r"'[^']*(?:'|\Z)")
_COPY = re.compile(r"copy [^()\n]{1,80}\(([^()\n]{1,2000})\) from stdin\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over a cell."""

    name: str
    above: bool
    """Whether the name is a word on a line of its own, with nothing but values under it."""
    sure: bool
    """Whether the table is so plainly one that words in other cells do not bear on this one."""
    keyed: bool = False
    """Whether nothing but one cell of words stands before this last one: they may be its key."""


class Inserts:
    """The INSERTs of one text, looked for when a value may be one's."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: tuple[tuple[int, int, tuple[str, ...]], ...] | None = None

    def over(self, start: int) -> Column | None:
        """The column of the value that begins here; None where it is no INSERT's."""
        text = self._text
        if text[max(0, start - 3) : start].rstrip(" ")[-1:] not in _OPENING:
            return None
        if self._found is None:
            self._found = _inserts(text)
        at = bisect_right(self._found, start, key=itemgetter(0)) - 1
        if at < 0:
            return None
        first, last, names = self._found[at]
        if start >= last:
            near = start - last < _STATEMENT and "\n" not in text[last:start]
            return Column("", above=False, sure=True) if near else None
        opening = text.rfind("(", max(first, start - _WIDE), start)
        own = _LITERAL.sub("", text[opening + 1 : start])
        index = own.count(",")
        known = opening >= 0 and ")" not in own and index < len(names)
        return Column(names[index] if known else "", above=False, sure=True)


def copied(line: str) -> tuple[str, ...]:
    """The columns of the rows below a line that is a COPY; none where it is none."""
    copy = _COPY.match(line)
    return _columns(copy[1]) if copy else ()


def _columns(names: str) -> tuple[str, ...]:
    return tuple(name.strip(_QUOTES) for name in names.split(","))


def _inserts(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Where the values of each INSERT begin and end, and the names of its columns."""
    if "VALUES" not in text and "values" not in text:
        return ()
    found = []
    for insert in _INSERT.finditer(text):
        values = _VALUES.match(text, insert.end())
        end = values.end() if values else insert.end()
        found.append((insert.end(), end, _columns(insert[1])))
    return tuple(found)

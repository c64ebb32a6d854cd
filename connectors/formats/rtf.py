"""Rich text (RTF), streaming: body, tables, headers, footers, footnotes, remarks, properties."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.flow import Flow, Piece
from connectors.formats.stream import Source
from scanner.model import Batch, Skipped

_BLOCK = 1 << 16
_LONGEST = 64
"""Bytes of the longest token but text."""
_DEPTH = 1_000
_ROW = 1 << 20
_WHOLE = "whole"
_CUT = "damaged RTF document: its end is missing"
_DEEP = f"not read: RTF groups nested deeper than {_DEPTH:,}"
_TOKEN = re.compile(
    rb"""(?x)
    \\ ([a-zA-Z]{1,32}) (-?[0-9]{1,10})? \x20?  |  \\'([0-9a-fA-F]{2})  |  \\([^a-zA-Z])  |
    ([{}])  |  [\r\n]+  |  ([^\\{}\r\n]+)  |  \\"""
)
_LINK = re.compile(r"(?i)(?:mailto|tel):[^\"\s\\]+")
_UNSEEN = frozenset(
    """colortbl datastore fontemb fontfile generator latentstyles listoverridetable listtable
    nonshppict objdata objclass objname panose pict pntext revtbl rsidtbl sp stylesheet themedata
    xmlnstbl filetbl creatim revtim printim buptim hlinkbase xe tc rxe bkmkstart bkmkend""".split()  # noqa: SIM905
)
_INSTRUCTION = "\0"
"""The place of a field's code, of which only addresses count."""
_PLACES = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("annotation", "atnauthor"), "comments"),
    **dict.fromkeys(
        """title subject author manager company operator category keywords comment
        doccomm""".split(),  # noqa: SIM905
        "properties",
    ),
    "footnote": "footnotes",
    "fldinst": _INSTRUCTION,
}
_DESCEND = frozenset({"shpinst", "shptxt", "shppict", "shprslt", "fldrslt", "background"})
"""Destinations marked as skippable that hold text all the same."""
_SIGNS = {
    **dict.fromkeys(("par", "line", "sect", "page", "column"), "\n"),
    **dict.fromkeys(("tab", "nestcell"), "\t"),
    "nestrow": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SYMBOLS = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_CHARSETS = {77: "mac_roman", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254",
             186: "cp1257", 254: "cp437", 255: "cp850"}  # fmt: skip


def read(document: Document) -> Iterator[Batch | Skipped]:
    """The words of a document; a `Skipped` where it breaks off or nests absurdly."""
    try:
        yield from Flow(document.location).batches(_Parser().pieces(document.stream))
    except ReadError as error:
        yield Skipped(document.location, str(error))


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds between two braces."""

    place: str | None = ""
    """None: nothing in it counts."""
    after: int = 1
    """How many characters stand in for one that old readers do not know."""
    font: int = -1


class _Parser:
    """Reads token by token; what it keeps does not grow with the document."""

    def __init__(self) -> None:
        self._stack: list[_Group] = []
        self._group = _Group()
        self._star = False
        self._skip = 0
        self._bytes = bytearray()
        self._units: list[int] = []
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._in_fonts = 0
        self._font = -1
        self._instruction = ""
        self._rows = _Rows()
        self._ready: list[Piece] = []
        self._ended = ""

    def pieces(self, stream: Source) -> Iterator[Piece]:
        """All of a document. Raises `ReadError` at its end if it broke off."""
        held = b""
        final = False
        while not final and not self._ended:
            block = stream.read(_BLOCK)
            final = not block
            held = self._consume(held + block, stream, final=final)
            yield from self._take()
        self._flush()
        self._ready += self._rows.finish()
        yield from self._take()
        if self._ended != _WHOLE:
            raise ReadError(self._ended or _CUT)

    def _take(self) -> list[Piece]:
        ready, self._ready = self._ready, []
        return ready

    def _consume(self, data: bytes, stream: Source, *, final: bool) -> bytes:
        """Read what is surely whole; gives back what is not."""
        place, end = 0, len(data) if final else len(data) - _LONGEST
        while place < end and not self._ended:
            token = _TOKEN.match(data, place)
            if token is None:
                place += 1
                continue
            place = token.end()
            if token[1] == b"bin":
                place += self._skip_binary(token, data[place:], stream)
            else:
                self._token(token)
        return data[place:]

    def _skip_binary(self, token: re.Match[bytes], held: bytes, stream: Source) -> int:
        """Pass over a picture's bytes: how many of them are held already."""
        count = max(0, int(token[2] or 0))
        left = count - len(held)
        while left > 0 and (block := stream.read(min(left, _BLOCK))):
            left -= len(block)
        return min(count, len(held))

    def _token(self, token: re.Match[bytes]) -> None:
        word, argument, code, symbol, brace, text = token.groups()
        if text is not None:
            self._text(text)
        elif code is not None:
            self._text(bytes.fromhex(code.decode()))
        elif brace == b"{":
            self._open()
        elif brace == b"}":
            self._close()
        elif word is not None:
            self._word(word.decode(), int(argument) if argument else None)
        elif symbol == b"*":
            self._star = True
        elif symbol is not None:
            self._say(_SYMBOLS.get(symbol.decode("latin-1"), ""))

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= _DEPTH:
            self._ended = _DEEP
            return
        self._stack.append(self._group)
        self._star, self._skip = False, 0

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        inner = self._group
        if not self._stack:
            self._ended = _WHOLE
            return
        self._group = self._stack.pop()
        if len(self._stack) < self._in_fonts:
            self._in_fonts = 0
        if inner.place != self._group.place and inner.place is not None:
            if inner.place == _INSTRUCTION:
                self._ready += [("links", link + "\n") for link in _LINK.findall(self._instruction)]
                self._instruction = ""
            elif inner.place:
                self._ready.append((inner.place, "\n"))
        if not self._stack:
            self._ended = _WHOLE

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        self._skip = 0
        if word == "u" and number is not None:
            self._unicode(number & 0xFFFF)
            return
        self._flush()
        group = self._group
        if word == "uc":
            self._group = _Group(group.place, max(0, min(number or 0, 16)), group.font)
        elif word == "ansicpg":
            self._codepage = _codec(f"cp{number}")
        elif word == "mac":
            self._codepage = "mac_roman"
        elif word == "f" and number is not None:
            self._font = number
            self._group = _Group(group.place, group.after, number)
        elif word == "plain":
            self._group = _Group(group.place, group.after)
        elif word == "fcharset" and self._in_fonts and number in _CHARSETS:
            if len(self._fonts) < _DEPTH:
                self._fonts[self._font] = _CHARSETS[number]
        elif word == "fonttbl":
            self._in_fonts = len(self._stack)
            self._group = _Group(None, group.after, group.font)
        elif group.place is not None:
            self._seen(word, star=star)

    def _seen(self, word: str, *, star: bool) -> None:
        group = self._group
        if word in _PLACES:
            self._group = _Group(_PLACES[word], group.after, group.font)
        elif word in _UNSEEN or (star and word not in _DESCEND):
            self._group = _Group(None, group.after, group.font)
        elif word == "cell":
            self._rows.end_cell()
        elif word == "row":
            self._ready += self._rows.end_row()
        elif word in {"pard", "intbl"}:
            self._rows.inside = word == "intbl"
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _text(self, data: bytes) -> None:
        if self._units and not self._skip:
            self._flush()
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if data and self._group.place is not None:
            self._bytes += data
            if self._units or len(self._bytes) > _BLOCK:
                self._flush()

    def _unicode(self, unit: int) -> None:
        if self._bytes:
            self._flush()
        if self._group.place is not None:
            self._units.append(unit)
        self._skip = self._group.after

    def _flush(self) -> None:
        """Turn waiting UTF-16 units, then waiting bytes, into text."""
        if self._units:
            raw = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units = []
            self._put(raw.decode("utf-16-le", "replace"))
        if self._bytes:
            codec = self._fonts.get(self._group.font, self._codepage)
            text = self._bytes.decode(codec, "replace")
            self._bytes = bytearray()
            self._put(text)

    def _say(self, text: str) -> None:
        self._flush()
        if text and self._group.place is not None:
            self._put(text)

    def _put(self, text: str) -> None:
        place = self._group.place or ""
        if place == _INSTRUCTION:
            self._instruction = (self._instruction + text)[:_BLOCK]
        elif place:
            self._ready.append((place, text))
        else:
            self._ready += self._rows.put(text)


class _Rows:
    """The body, of which some is tables."""

    def __init__(self) -> None:
        self.inside = False
        self._row: list[str] = []
        self._cell: list[str] = []
        self._size = 0
        self._begun = False

    def put(self, text: str) -> list[Piece]:
        """A stretch of text, in a cell or not."""
        if not self.inside:
            return [*self.finish(), ("", text)]
        self._cell.append(text)
        self._size += len(text)
        if self._size > _ROW:
            self.end_cell()
            return self.end_row()
        return []

    def end_cell(self) -> None:
        self._row.append("".join(self._cell).strip())
        self._cell = []
        self._size += 8

    def end_row(self) -> list[Piece]:
        row, self._row, self._size = tuple(self._row), [], 0
        self._begun = self._begun or any(row)
        return [("", row)] if any(row) else []

    def finish(self) -> list[Piece]:
        """End the table that is open, if one is."""
        if any(self._cell):
            self.end_cell()
        ready = self.end_row() if self._row else []
        if self._begun:
            ready.append(("", None))
        self._begun = False
        return ready


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"

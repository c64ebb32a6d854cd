"""Bytes to text in any encoding that Swedish files come in, streaming and never failing.

A byte order mark decides; else a NUL pattern tells UTF-16 and UTF-32; else every line that is
valid UTF-8 is UTF-8, and the others share the one of CP1252, CP850 and Mac Roman under which most
of their high bytes are å, ä and ö. Going by lines, logs that several programs wrote come out right.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

BLOCK = 1 << 16
"""Bytes read at a time."""
_LONGEST_LINE = 1 << 18
"""A longer line is decoded in pieces."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LETTERS = "åäöÅÄÖ"
_SINGLE = ("cp1252", "cp850", "mac_roman")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_ENOUGH = 200
"""Letters after which the encoding of a text is settled, if nearly all agree."""
_TYPOGRAPHY = "“”–—•…"


def wide_encoding(head: bytes) -> tuple[str, int] | None:
    """UTF-16 or UTF-32 with the length of its mark; None for anything else."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    sample = head[: len(head) // 4 * 4][:4096]
    if len(sample) < 8 or sample.count(0) * 4 < len(sample):
        return None
    quarter = len(sample) / 4
    nuls = [sample[place::4].count(0) / quarter for place in range(4)]
    for name, first, second, last in (("utf-32-le", 2, 3, 0), ("utf-32-be", 0, 1, 3)):
        empty = nuls[first] > 0.9 and nuls[second] > 0.9 and nuls[last] < 0.1
        if empty and _is_text(sample, name):
            return name, 0
    low, high = (nuls[0] + nuls[2]) / 2, (nuls[1] + nuls[3]) / 2
    if high > 0.5 and low < 0.1 and _is_text(sample, "utf-16-le"):
        return "utf-16-le", 0
    if low > 0.5 and high < 0.1 and _is_text(sample, "utf-16-be"):
        return "utf-16-be", 0
    return None


def _is_text(sample: bytes, encoding: str) -> bool:
    """Whether it decodes, apart from a cut last character, to printable text."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    odd = sum(1 for c in text if not (c.isprintable() or c.isspace()) or c == "\ufffd")
    return odd * 20 <= len(text)


def _tally(data: bytes) -> dict[str, int]:
    """How many high bytes are Swedish letters within a word, under each encoding."""
    return {name: len(_pattern(name).findall(data)) for name in _SINGLE}


def _pattern(name: str) -> re.Pattern[bytes]:
    """Swedish letters beside another letter; for CP1252 also quotes and dashes beside none."""
    letters = re.escape(_LETTERS.encode(name))
    pattern = b"(?<=[A-Za-z])[%b]|[%b](?=[A-Za-z])" % (letters, letters)
    if name == "cp1252":
        signs = re.escape(_TYPOGRAPHY.encode(name))
        pattern += b"|\x92|(?<![A-Za-z])[%b]|[%b](?![A-Za-z])" % (signs, signs)
    return re.compile(pattern)


def single_byte_encoding(data: bytes) -> str:
    """The single-byte encoding under which most high bytes are Swedish letters."""
    tally = _tally(data)
    if not any(tally.values()):
        tally = {name: sum(data.count(byte) for byte in _LETTERS.encode(name)) for name in _SINGLE}
    return max(_SINGLE, key=lambda name: tally[name])


def decode(data: bytes) -> str:
    """The text of a whole value, by the rule of this module."""
    wide = wide_encoding(data)
    if wide is not None:
        return data[wide[1] :].decode(wide[0], "replace")
    return Narrow().decode(data.removeprefix(codecs.BOM_UTF8))


@dataclass(slots=True)
class Narrow:
    """Decodes pieces of one text that is UTF-8 or single-byte, learning which as it goes."""

    tally: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SINGLE, 0))

    def decode(self, piece: bytes) -> str:
        """Text of a piece that ends where a line does, or at least between two characters."""
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            pass
        if not _MULTIBYTE.search(piece):
            return piece.decode(self._encoding(piece), "replace")
        lines = [_utf8_or_bytes(line) for line in piece.splitlines(keepends=True)]
        encoding = self._encoding(b"".join(line for line in lines if isinstance(line, bytes)))
        return "".join(
            line if isinstance(line, str) else line.decode(encoding, "replace") for line in lines
        )

    def _encoding(self, data: bytes) -> str:
        """What data that is not UTF-8 is in, going by all of it so far."""
        best = max(_SINGLE, key=lambda name: self.tally[name])
        if self.tally[best] >= _ENOUGH and self.tally[best] * 10 >= sum(self.tally.values()) * 9:
            return best
        for name, count in _tally(data).items():
            self.tally[name] += count
        if any(self.tally.values()):
            return max(_SINGLE, key=lambda name: self.tally[name])
        return single_byte_encoding(data)


def _utf8_or_bytes(line: bytes) -> str | bytes:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line


def decoded(stream: BinaryIO) -> Iterator[str]:
    """The text of a stream in pieces of bounded size, in order, nothing left out."""
    head = stream.read(BLOCK)
    wide = wide_encoding(head)
    if wide is not None:
        yield from _wide(stream, head[wide[1] :], wide[0])
        return
    narrow = Narrow()
    pending = head.removeprefix(codecs.BOM_UTF8)
    while block := stream.read(BLOCK):
        pending += block
        cut = pending.rfind(b"\n") + 1
        if not cut and len(pending) >= _LONGEST_LINE:
            cut = _cut(pending)
        if cut:
            yield narrow.decode(pending[:cut])
            pending = pending[cut:]
    if pending:
        yield narrow.decode(pending)


def _cut(data: bytes) -> int:
    """Where an endless line may be cut: after a space, else between two UTF-8 characters."""
    cut = data.rfind(b" ") + 1
    if cut:
        return cut
    cut = len(data) - 1
    while cut > len(data) - 4 and data[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut


def _wide(stream: BinaryIO, head: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(head)
    while block := stream.read(BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)

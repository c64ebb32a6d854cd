"""Texts for `sparhund detect`: files and standard input, decoded and cut in bounded pieces."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from detectors import portions
from detectors.portions import MARGIN

SIZE = 2 * (portions.SIZE - MARGIN)
"""Characters of a piece, at most: with its surroundings, two portions of the detector."""

_BLOCK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")


class BinaryFileError(Exception):
    """What was to be read is no text."""


class Piece(NamedTuple):
    """A stretch of a document and the text around it."""

    first: int
    """Where the piece's text begins in the document."""
    low: int
    high: int
    """What begins between these, in the document, is this piece's; the rest is its neighbours'."""
    text: str


def pieces(stream: BinaryIO, size: int = SIZE, margin: int = MARGIN) -> Iterator[Piece]:
    """The text of a stream that can be read twice, from where it stands.

    Newlines and Unicode stay as they are, so that positions count the text's own characters.

    Raises:
        BinaryFileError: It holds no text.
        OSError: It cannot be read.
    """
    begin = stream.tell()
    encoding = _encoding(stream)
    if encoding is None:
        raise BinaryFileError
    stream.seek(begin)
    yield from _cut(_decoded(stream, encoding), size, margin)


def _encoding(stream: BinaryIO) -> str | None:
    """By byte order mark, else UTF-8 where all of it is, else CP1252; None for binary content."""
    begin = stream.tell()
    head = stream.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    length = controls = 0
    stream.seek(begin)
    for block in _blocks(stream):
        if b"\0" in block:
            return None
        length += len(block)
        controls += len(block) - len(block.translate(None, _CONTROLS))
        if is_utf8:
            is_utf8 = _fits(decoder, block)
    if is_utf8 and _fits(decoder, b"", final=True):
        return "utf-8"
    return None if controls * 100 > length else "cp1252"


def _fits(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _decoded(stream: BinaryIO, encoding: str) -> Iterator[str]:
    # what is appended while it is read may not fit the encoding: it is replaced
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in _blocks(stream):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _cut(texts: Iterable[str], size: int, margin: int) -> Iterator[Piece]:
    """Pieces that end with a line where one ends in their last half, with `margin` around."""
    held: list[str] = []
    first = low = 0
    length = 0
    for text in texts:
        held.append(text)
        length += len(text)
        if first + length < low + size + margin:
            continue
        joined = "".join(held)
        while first + len(joined) >= low + size + margin:
            high = first + _end(joined, low - first, size)
            yield Piece(first, low, high, joined[: high + margin - first])
            keep = max(first, high - margin)
            joined = joined[keep - first :]
            first, low = keep, high
        held, length = [joined], len(joined)
    if first + length > low:
        yield Piece(first, low, first + length, "".join(held))


def _end(text: str, start: int, size: int) -> int:
    line = text.rfind("\n", start + size // 2, start + size)
    return line + 1 if line >= 0 else start + size


@contextmanager
def standard_input() -> Iterator[BinaryIO]:
    """Standard input as a stream that can be read twice.

    What comes through a pipe is kept in a temporary file without a name while it is read; the
    first mebibyte in memory.
    """
    own = sys.stdin.buffer
    if own.seekable():
        yield cast(BinaryIO, own)
        return
    with SpooledTemporaryFile(max_size=1 << 20) as kept:
        shutil.copyfileobj(own, kept, _BLOCK)
        kept.seek(0)
        yield cast(BinaryIO, kept)


def files(folder: str, unread: list[str]) -> Iterator[str]:
    """Every file under the folder, sorted; folders that cannot be listed are added to `unread`."""

    def fail(error: OSError) -> None:
        unread.append(f"{error.filename}: cannot be listed")

    names: list[str] = []
    for parent, _, found in os.walk(folder, onerror=fail):
        names += [os.path.join(parent, file) for file in found]  # noqa: PTH118  # as it was given
    return iter(sorted(names))


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file for reading, unbuffered: it is read in blocks."""
    with io.FileIO(path) as stream:
        yield cast(BinaryIO, stream)

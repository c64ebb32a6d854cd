"""Streams that can be looked into, and streams that can be sought in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from connectors.base import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 16
"""Bytes of a document that its kind is told by."""
_BLOCK = 512
_IN_MEMORY = 8 << 20
_LARGEST = 16 << 30


class Source(Protocol):
    """The little that is asked of a stream."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; b"" at the end."""
        ...


class _Filled(io.RawIOBase):
    """Fills every read where a network stream gives less; never closes what it reads from."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._late: ReadError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        if self._late:
            raise self._late
        while filled < len(view):
            try:
                data = self._read(len(view) - filled)
            except ReadError as error:
                if not filled:
                    raise
                self._late = error  # what came before the damage is not lost
                break
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        return filled


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The same stream, whose first `HEAD` bytes `head` can look at."""
    return io.BufferedReader(_Filled(stream), HEAD)


def head(stream: io.BufferedReader) -> bytes:
    """The first bytes, without moving on."""
    return stream.peek(HEAD)[:HEAD]


def whole(stream: BinaryIO, largest: int) -> bytes:
    """All of it, or a little more than `largest`, taking no more memory than there are bytes."""
    blocks, size = [], 0
    while size <= largest and (block := stream.read(1 << 20)):
        blocks.append(block)
        size += len(block)
    return b"".join(blocks)


@contextmanager
def seekable(stream: BinaryIO, largest: int = _LARGEST, *, cut: bool = False) -> Iterator[BinaryIO]:
    """The stream itself where it can seek, else a copy that is gone afterwards.

    A copy larger than `largest` is a `ReadError`, or ends there if it may be `cut`.
    """
    if stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        left = largest
        while left and (block := stream.read(min(left, 1 << 20))):
            copy.write(block)
            left -= len(block)
        if not left and not cut and stream.read(1):
            raise ReadError(f"too large to be copied: more than {largest >> 20} MiB")
        copy.seek(0)
        yield cast("BinaryIO", copy)


class Followed:
    """A stream that knows how much was read of it, and how it ended."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        """Reads by `read`; closes nothing."""
        self._read = read
        self._end = b""
        self.count = 0

    def read(self, size: int, /) -> bytes:
        """Read on."""
        data = self._read(size)
        self.count += len(data)
        if data:
            self._end = (self._end + data)[-_BLOCK:]
        return data

    def follow(self) -> None:
        """Read to the end; raise `ReadError` where an archive does not end in an empty block."""
        sound = not any(self._end)
        while data := self._read(1 << 16):
            sound = sound and not any(data)
        if not sound:
            raise ReadError("damaged archive: its end is missing or follows after other data")

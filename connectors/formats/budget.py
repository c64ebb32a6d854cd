"""What one resource may cost: one budget shared by all its archives, however nested."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.base import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    EOFError,
    struct.error,
    ValueError,
    OverflowError,
    RuntimeError,
)
_RATIO = 200
_RATIO_FROM = 10 << 20


class LimitError(ReadError):
    """A limit was reached; the message names it."""


@dataclass(slots=True)
class Budget:
    """What is left for one resource; every archive in it takes from the same."""

    bytes_left: int = 4 << 30
    """Unpacked bytes."""
    members_left: int = 100_000
    depth: int = 8
    """How many archives and mails may lie in one another."""

    def check_depth(self, depth: int) -> None:
        """Raise `LimitError` for an archive or mail that lies too deep."""
        if depth >= self.depth:
            raise LimitError(f"not read: nested deeper than {self.depth} archives or mails")

    def take_member(self) -> None:
        """Count one more member, or raise `LimitError`."""
        if self.members_left <= 0:
            raise LimitError("the rest was not read: too many members")
        self.members_left -= 1

    def check_size(self, unpacked: int) -> None:
        """Raise `LimitError` where so many more bytes are over the limit."""
        if unpacked > self.bytes_left:
            raise LimitError("not read: more unpacked bytes than one resource may take")

    def spend(self, unpacked: int) -> None:
        """Count unpacked bytes."""
        self.bytes_left -= unpacked


def check_ratio(unpacked: int, packed: int) -> None:
    """Raise `LimitError` where something unpacks to far more than its size."""
    if unpacked > _RATIO_FROM and unpacked > _RATIO * max(packed, 1):
        raise LimitError(f"not read: unpacks to more than {_RATIO} times its size")


@contextmanager
def damage(message: str) -> Iterator[None]:
    """Turn whatever damage the standard library meets into a `ReadError` in our words."""
    try:
        yield
    except NotImplementedError:
        raise ReadError("packed with a method that is not read yet") from None
    except _DAMAGE:
        raise ReadError(message) from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise ReadError(message) from None  # bz2 has no error of its own


class Sound(io.RawIOBase):
    """A member's stream whose damage is a `ReadError`."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        """Reads by `read`; closes nothing."""
        self._read = read

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read, and raise `ReadError` on damage."""
        view = memoryview(buffer).cast("B")
        with damage("damaged: cannot be unpacked to its end"):
            data = self._read(len(view))
        view[: len(data)] = data
        return len(data)


class Metered(Sound):
    """An unpacked stream that counts on the budget."""

    def __init__(
        self, read: Callable[[int], bytes], budget: Budget, packed: Callable[[], int]
    ) -> None:
        """`packed` tells how many packed bytes are behind what was read so far."""
        super().__init__(read)
        self._budget = budget
        self._packed = packed
        self._unpacked = 0

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read and count; raise `ReadError` over a limit or on damage."""
        count = super().readinto(buffer)
        self._unpacked += count
        check_ratio(self._unpacked, self._packed())
        self._budget.check_size(count)
        self._budget.spend(count)
        return count

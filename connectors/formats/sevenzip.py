"""7z archives, member by member; nothing is written under a member's name. Needs py7zr."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from tempfile import SpooledTemporaryFile
from threading import Event, Thread
from typing import TYPE_CHECKING, BinaryIO, cast

from connectors.base import ReadError
from connectors.formats.archive import DAMAGED
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget, LimitError, check_ratio
from connectors.formats.location import Names, member
from scanner.model import Batch, Skipped

if TYPE_CHECKING:
    from py7zr import FileInfo, SevenZipFile
    from py7zr.io import WriterFactory

NEEDS = "7z archives need: pip install 'sparhund[archives]'"
ENCRYPTED = "encrypted archive: needs its password"
_REST = "damaged archive: the rest cannot be read"
_OUTSIDE = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)")
_IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class SevenZip:
    """Reads the members of a 7z archive, each like a document of its own.

    The stream must be seekable.
    """

    budget: Budget
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Whatever the members hold; one that cannot be read is a `Skipped`."""
        self.budget.check_depth(document.depth)
        try:
            import py7zr  # noqa: PLC0415, F401  # an extra: not everyone has it
        except ImportError:
            yield Skipped(document.location, NEEDS)
            return
        archive = _opened(document.stream)
        if archive is None:
            yield Skipped(document.location, ENCRYPTED)
            return
        with archive:
            yield from self._archive(archive, document)

    def _archive(self, archive: SevenZipFile, document: Document) -> Iterator[Batch | Skipped]:
        listed = [info for info in archive.list() if not info.is_directory]
        size = document.stream.seek(0, io.SEEK_END)
        check_ratio(sum(info.uncompressed for info in listed), size)
        wanted = set[str]()
        for info in listed:
            reason = self._refused(info)
            if reason:
                yield Skipped(member(document.location, Names().unique(info.filename)), reason)
            else:
                wanted.add(info.filename)
        times = {info.filename: info.creationtime for info in listed}
        names = Names()
        handover = _Handover(archive, wanted)
        with closing(handover.members()) as members:
            for name, stream in members:
                try:
                    self.budget.take_member()
                except LimitError as error:
                    yield Skipped(document.location, str(error))
                    return
                place = member(document.location, names.unique(name))
                inner = Document(
                    place.rpartition("!")[2], stream, place, times.get(name), document.depth + 1
                )
                try:
                    yield from self.members.read(inner)
                except ReadError as error:
                    yield Skipped(place, str(error))
        if not handover.whole:
            yield Skipped(document.location, _REST)

    def _refused(self, info: FileInfo) -> str:
        """Why a member is not unpacked at all; its size counts on the budget else."""
        if _OUTSIDE.search(info.filename):
            return "refused: its name leads out of the archive"
        if not info.is_file:
            return "a link, not a file"
        try:
            self.budget.check_size(info.uncompressed)
        except LimitError as error:
            return str(error)
        self.budget.spend(info.uncompressed)
        return ""


def _opened(stream: BinaryIO) -> SevenZipFile | None:
    """The archive; None for one that is encrypted. Raises `ReadError` for a damaged one."""
    from py7zr import PasswordRequired, SevenZipFile  # noqa: PLC0415

    with suppress(Exception):  # whatever the library meets in a damaged header
        try:
            archive = SevenZipFile(stream)
        except PasswordRequired:
            return None
        return None if archive.needs_password() else archive
    raise ReadError(DAMAGED)


class _Handover:
    """Unpacks in a thread, as the library only writes; one member waits while one is read."""

    def __init__(self, archive: SevenZipFile, wanted: set[str]) -> None:
        self._archive = archive
        self._wanted = wanted
        self._queue: Queue[tuple[str, BinaryIO] | None] = Queue(1)
        self.stopped = Event()
        self.whole = False

    def members(self) -> Generator[tuple[str, BinaryIO]]:
        """Each member's name and content, in the archive's order."""
        thread = Thread(target=self._extract, daemon=True)
        thread.start()
        try:
            while (item := self._queue.get()) is not None:
                with item[1]:
                    yield item
        finally:
            self.stopped.set()
            while thread.is_alive():
                with suppress(Empty):
                    item = self._queue.get(timeout=0.05)
                    if item:
                        item[1].close()
            thread.join()

    def create(self, filename: str) -> _Member:
        """As the library asks: somewhere to write a member to."""
        return _Member(filename, self)

    def give(self, name: str, stream: BinaryIO) -> None:
        """Hand over a whole member."""
        self._queue.put((name, stream))

    def _extract(self) -> None:
        with suppress(Exception):  # whatever the library meets in a damaged archive
            self._archive.extract(targets=self._wanted, factory=cast("WriterFactory", self))
            self.whole = True
        self._queue.put(None)


class _Member:
    """A member while it is unpacked: in memory, or on disk under no name at all."""

    def __init__(self, name: str, handover: _Handover) -> None:
        self._name = name
        self._handover = handover
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # handed over

    def write(self, data: bytes) -> int:
        """Take on, unless nobody reads any more."""
        if self._handover.stopped.is_set():
            self._file.close()
            raise InterruptedError
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of any file."""
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        """As of any file."""

    def close(self) -> None:
        """The member is whole."""
        self._handover.give(self._name, cast("BinaryIO", self._file))

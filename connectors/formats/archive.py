"""ZIP and TAR archives, also nested. Nothing is ever written under a member's name."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget, LimitError, Metered, Sound, check_ratio, damage
from connectors.formats.encoding import decode
from connectors.formats.location import Names, member
from connectors.formats.stream import Followed, peekable
from scanner.model import Batch, Skipped

DAMAGED = "damaged archive: cannot be opened; restore it from a copy"


@dataclass(frozen=True, slots=True)
class Zip:
    """Reads the members of a ZIP archive, each like a document of its own."""

    archive: zipfile.ZipFile
    budget: Budget
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Whatever the members hold; one that cannot be read is a `Skipped`."""
        self.budget.check_depth(document.depth)
        names = Names()
        for info in self.archive.infolist():
            if info.is_dir():
                continue
            place = member(document.location, names.unique(_zip_name(info)))
            try:
                self.budget.take_member()
            except LimitError as error:
                yield Skipped(document.location, str(error))
                return
            if info.flag_bits & 0x1:
                yield Skipped(place, "encrypted archive member: needs its password")
                continue
            try:
                yield from self._member(info, place, document)
            except ReadError as error:
                yield Skipped(place, str(error))

    def _member(
        self, info: zipfile.ZipInfo, place: str, document: Document
    ) -> Iterator[Batch | Skipped]:
        self.budget.check_size(info.file_size)
        check_ratio(info.file_size, info.compress_size)
        with damage("damaged archive member: cannot be opened"):
            packed = cast("zipfile.ZipExtFile", self.archive.open(info))
        with packed:
            stream = io.BufferedReader(
                Metered(packed.read1, self.budget, lambda: info.compress_size)
            )
            name = place.rpartition("!")[2]
            yield from self.members.read(
                Document(name, stream, place, _zip_time(info), document.depth + 1)
            )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the UTF-8 flag, Windows wrote a code page."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        name = decode(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Tar:
    """Reads the members of a TAR archive as they stream by."""

    budget: Budget
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Whatever the members hold; what is no regular file is a `Skipped`."""
        self.budget.check_depth(document.depth)
        stream = Followed(peekable(document.stream).read1)
        seen = False
        try:
            with _opened(cast("BinaryIO", stream)) as archive:
                names = Names()
                while info := _next(archive):
                    seen = True
                    self.budget.take_member()
                    place = member(document.location, names.unique(info.name))
                    yield from self._member(archive, info, place, document.depth)
            stream.follow()
        except ReadError as error:
            if not seen:
                raise
            yield Skipped(document.location, str(error))

    def _member(
        self, archive: tarfile.TarFile, info: tarfile.TarInfo, place: str, depth: int
    ) -> Iterator[Batch | Skipped]:
        if info.isdir():
            return
        if not info.isreg():
            reason = (
                "a link, not a file" if info.islnk() or info.issym() else "a device, not a file"
            )
            yield Skipped(place, reason)
            return
        if info.issparse():
            yield Skipped(place, "not read yet: file with holes")
            return
        content = archive.extractfile(info)
        if content is None:
            return
        stream = peekable(cast("BinaryIO", Sound(content.read)))
        try:
            yield from self.members.read(
                Document(place.rpartition("!")[2], stream, place, _tar_time(info), depth + 1)
            )
        except ReadError as error:
            yield Skipped(place, str(error))


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[tarfile.TarFile]:
    with ExitStack() as stack:
        with damage(DAMAGED):
            archive = stack.enter_context(tarfile.open(fileobj=stream, mode="r|"))
        yield archive


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    with damage("damaged archive: the rest cannot be read"):
        info = archive.next()
    archive.members = []  # type: ignore[attr-defined]  # or every header would be kept
    return info


def _tar_time(info: tarfile.TarInfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(info.mtime, UTC)
    except (ValueError, OverflowError, OSError):
        return None

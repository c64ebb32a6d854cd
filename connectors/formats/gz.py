"""Single files packed by gzip, bzip2 or xz, and TAR archives in them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from connectors.base import ReadError
from connectors.formats.archive import Tar
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget, Metered
from connectors.formats.kinds import is_tar
from connectors.formats.stream import Followed, head, peekable
from scanner.model import Batch, Skipped

Unpacker = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_UNPACKERS: dict[str, Callable[[BinaryIO], Unpacker]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
_SUFFIX = re.compile(r"(?i)\.(gz|gzip|bz2|xz|lzma|z)$")


@dataclass(frozen=True, slots=True)
class Packed:
    """Reads what a gzip, bzip2 or xz stream holds as if it had never been packed."""

    packer: str
    budget: Budget
    inner: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Whatever is inside, at the same places; damage further in is a `Skipped`."""
        self.budget.check_depth(document.depth)
        packed = Followed(document.stream.read)
        unpacked = _UNPACKERS[self.packer](cast("BinaryIO", packed))
        meter = Metered(unpacked.read1, self.budget, lambda: packed.count)
        stream = peekable(cast("BinaryIO", meter))
        if is_tar(head(stream)):
            yield from Tar(self.budget, self.inner).read(replace(document, stream=stream))
            return
        inner = replace(
            document,
            name=_SUFFIX.sub("", document.name),
            stream=stream,
            depth=document.depth + 1,
        )
        seen = False
        try:
            for part in self.inner.read(inner):
                yield part
                seen = True
        except ReadError as error:
            if not seen:
                raise
            yield Skipped(document.location, str(error))

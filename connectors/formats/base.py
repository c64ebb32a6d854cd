"""What a format reader is: bytes with a name in, batches out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from scanner.model import Batch, Skipped


@dataclass(frozen=True, slots=True)
class Document:
    """A stream of bytes with a name: a file, an S3 object, an archive's member, an attachment."""

    name: str
    """Path or file name, for its suffix and as a cue; not necessarily unique."""
    stream: BinaryIO
    """At its start; need not be seekable. Whoever opened it closes it."""
    location: str = ""
    """"" for the resource itself, `inner.zip!a.txt` for a part of it."""
    modified: datetime | None = None
    depth: int = 0
    """How many archives or mails it lies in."""


class Format(Protocol):
    """Reads one kind of file."""

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Batches of bounded size; a part that cannot be read is a `Skipped`.

        Raises `connectors.base.ReadError` when nothing of the document can be read.
        """
        ...

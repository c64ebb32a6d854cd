"""Mailboxes (mbox): mail after mail as they stream by."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.location import member
from scanner.model import Batch, Skipped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 1 << 20
_LINE = 1 << 10
_NEXT = re.compile(
    rb"\n(?=From [^\r\n]{0,300}\d:\d\d[^\r\n]{0,300}\d{4}[^\r\n]{0,20}\r?\n>?[A-Za-z][\w-]{0,70}:)"
)
"""Where a mail begins: a sender, a time of day and a year, then a header. In a text, none does."""
_QUOTED = re.compile(rb"(?m)^>(?=>*From )")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Reads a mailbox; each mail is a document of its own."""

    mails: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Whatever the mails hold; one that cannot be read is a `Skipped`."""
        source = _Source(document.stream)
        number = 0
        while source.begin():
            number += 1
            place = member(document.location, f"mail {number}")
            mail = Document(
                "mail.eml", io.BufferedReader(_One(source), _BLOCK), place, depth=document.depth + 1
            )
            try:
                yield from self.mails.read(mail)
            except ReadError as error:
                yield Skipped(place, str(error))


class _Source:
    """A mailbox's stream, and where the mail that is being read ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = b""
        self._ended = False
        self._within = False

    def begin(self) -> bool:
        """Go on to the next mail, past the line that separates it; False at the end."""
        while self._within:
            self.read()
        while not (end := self._held.find(b"\n") + 1) and not self._ended:
            self._fill()
        if not self._held:
            return False
        self._held = self._held[end:] if self._held.startswith(b"From ") else self._held
        self._within = True
        return True

    def read(self) -> bytes:
        """More of this mail; b"" at its end."""
        while self._within:
            hit = _NEXT.search(self._held)
            if hit:
                data, self._held = self._held[: hit.end()], self._held[hit.end() :]
                self._within = False
                return data
            if self._ended:
                data, self._held, self._within = self._held, b"", False
                return data
            cut = self._held.rfind(b"\n", 0, max(0, len(self._held) - _LINE))
            if cut > 0:
                data, self._held = self._held[:cut], self._held[cut:]
                return data
            if len(self._held) > _BLOCK:
                data, self._held = self._held[:-_LINE], self._held[-_LINE:]
                return data
            self._fill()
        return b""

    def _fill(self) -> None:
        block = self._stream.read(_BLOCK)
        self._held += block
        self._ended = not block


class _One(io.RawIOBase):
    """One mail of a mailbox, with the `From ` that the mailbox had to quote."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if not self._left:
            self._left = _QUOTED.sub(b"", self._source.read())
        taken, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(taken)] = taken
        return len(taken)

"""Outlook mails (MSG): the same places as in any mail, and attachments of every format."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.parser import HeaderParser
from email.utils import format_datetime

from aspose.email_foss.cfb import CFBError, CFBReader
from aspose.email_foss.msg import (
    MapiAttachment,
    MapiMessage,
    MapiRecipient,
    MsgDocument,
    MsgError,
    MsgReader,
)
from aspose.email_foss.msg.mapi_message import MapiPropertyCollection

from connectors.base import ReadError
from connectors.formats import lzfu
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget
from connectors.formats.encoding import decode
from connectors.formats.location import Names, inside, member
from connectors.formats.mail import BODY, HEADERS, MEDIA, day_of, html_text
from connectors.formats.stream import whole
from connectors.formats.text import chunks
from scanner.model import Batch, Dated, Skipped

DAMAGED = "damaged mail: its parts cannot be told apart"
_LARGEST = 128 << 20
_MALFORMED = (
    CFBError, MsgError, struct.error, ValueError, LookupError, TypeError, AttributeError,
    AssertionError, OverflowError, RecursionError,
)  # fmt: skip
"""What the library raises on files that break the rules."""
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_TRANSPORT, _SENT, _DELIVERED, _CLASS = 0x007D, 0x0039, 0x0E06, 0x001A
_SENDER = (0x0C1A, 0x5D01, 0x0C1F)
"""The sender's name, SMTP address and address."""
_SHOWN = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_KINDS = {"To": 1, "Cc": 2, "Bcc": 3}
_SMTP = 0x39FE


@dataclass(frozen=True, slots=True)
class OutlookMail:
    """Reads an Outlook mail; its attachments are documents of their own."""

    budget: Budget
    attachments: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Headers, then the text, then attachments."""
        data = whole(document.stream, _LARGEST)
        if len(data) > _LARGEST:
            raise ReadError(f"not read: mail larger than {_LARGEST >> 20} MiB")
        yield from self._message(_parsed(data), document.location, document.depth)

    def _message(
        self, message: MapiMessage, location: str, depth: int
    ) -> Iterator[Batch | Skipped]:
        self.budget.check_depth(depth)
        headers = _headers(message)
        for name in HEADERS:
            for value in chunks([headers.get(name, "")]):
                if not value.isspace():
                    yield Batch(inside(location, name), (value,), name)
        dates = day_of(headers.get("Date", ""))
        for text in _texts(message):
            yield from _body(text, location, dates)
        if not _plain(message):
            yield from self._rich(message, location, depth)
        names = Names({*HEADERS, BODY})
        for number, part in enumerate(message.attachments, 1):
            name = (part.filename or "").rstrip("\x00").strip() or f"attachment-{number}"
            place = member(location, names.unique(name))
            try:
                self.budget.take_member()
                yield from self._attachment(part, name, place, depth)
            except ReadError as error:
                yield Skipped(place, str(error))

    def _attachment(
        self, part: MapiAttachment, name: str, place: str, depth: int
    ) -> Iterator[Batch | Skipped]:
        if part.embedded_message is not None:
            yield from self._message(part.embedded_message, place, depth + 1)
        elif part.is_storage_attachment or part.is_embedded_message:
            yield Skipped(place, "not read yet: object embedded in a mail")
        else:
            stream = io.BufferedReader(io.BytesIO(part.data))
            yield from self.attachments.read(Document(name, stream, place, depth=depth + 1))

    def _rich(self, message: MapiMessage, location: str, depth: int) -> Iterator[Batch | Skipped]:
        """The text of a mail that has it only as packed RTF."""
        packed = _property(message.properties, _RTF)
        if isinstance(packed, bytes):
            place = inside(location, BODY)
            try:
                stream = io.BufferedReader(io.BytesIO(lzfu.unpack(packed)))
                yield from self.attachments.read(
                    Document("body.rtf", stream, place, depth=depth + 1)
                )
            except ReadError as error:
                yield Skipped(place, str(error))


def _parsed(data: bytes) -> MapiMessage:
    try:
        container = CFBReader(data)
        stated = sum(e.stream_size for e in container.directory_entries if e.is_stream())
        if stated > len(data) * 2:
            raise ReadError(DAMAGED)
        return MapiMessage.from_msg_document(MsgDocument.from_reader(MsgReader(container)))
    except _MALFORMED:
        raise ReadError(DAMAGED) from None


def _property(properties: MapiPropertyCollection, number: int) -> object:
    """A property's value, whatever its type; None where there is none."""
    found = (item.value for item in properties.iter_properties() if item.property_id == number)
    return next(found, None)


def _string(properties: MapiPropertyCollection, number: int) -> str:
    value = _property(properties, number)
    if isinstance(value, bytes):
        value = decode(value)
    return value.rstrip("\x00").strip() if isinstance(value, str) else ""


def _headers(message: MapiMessage) -> dict[str, str]:
    """What the mail's fields say; else what the headers that it was sent with say."""
    properties = message.properties
    sent = HeaderParser().parsestr(_string(properties, _TRANSPORT))
    headers = {name: str(sent.get(name, "")) for name in HEADERS}
    name, smtp, address = (_string(properties, number) for number in _SENDER)
    stated = {
        "From": _person(name, smtp or address),
        "Subject": _string(properties, _SUBJECT),
        "Date": headers["Date"] or _time(properties),
        **{kind: _recipients(message, kind) for kind in _KINDS},
    }
    return headers | {key: value for key, value in stated.items() if value}


def _person(name: str, address: str) -> str:
    """A name with its address, unless that is only a path in the company's directory."""
    if not address or address.upper().startswith("/O=") or name == address:
        return name
    return f"{name} <{address}>" if name else address


def _recipients(message: MapiMessage, kind: str) -> str:
    people = [
        _person(_string(person.properties, 0x3001), _address(person))
        for person in message.recipients
        if person.recipient_type == _KINDS[kind]
    ]
    return ", ".join(filter(None, people)) or _string(message.properties, _SHOWN[kind])


def _address(person: MapiRecipient) -> str:
    return _string(person.properties, _SMTP) or _string(person.properties, 0x3003)


def _time(properties: MapiPropertyCollection) -> str:
    times = (_property(properties, number) for number in (_SENT, _DELIVERED))
    return next((format_datetime(time) for time in times if isinstance(time, datetime)), "")


def _plain(message: MapiMessage) -> bool:
    return bool(_string(message.properties, _BODY) or _string(message.properties, _HTML))


def _texts(message: MapiMessage) -> Iterator[str]:
    """The plain text, else that of the page; of what is no mail (a contact), all fields too."""
    properties = message.properties
    if text := _string(properties, _BODY):
        yield text
    elif html := _string(properties, _HTML):
        yield html_text(html)
    kind = _string(properties, _CLASS).upper()
    if kind and not kind.startswith(("IPM.NOTE", "REPORT.")):
        fields = (item.value for item in properties.iter_properties() if item.property_id >= 0x3000)
        yield "\n".join(value.rstrip("\x00") for value in fields if isinstance(value, str))


def _body(text: str, location: str, dates: tuple[Dated, ...]) -> Iterator[Batch]:
    for value in chunks([text]):
        if not value.isspace():
            yield Batch(inside(location, BODY), (value,), media=MEDIA, dates=dates)

"""Mails as files (EML): headers, the text, and attachments of every format."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget
from connectors.formats.encoding import decode
from connectors.formats.location import Names, inside, member
from connectors.formats.stream import whole
from connectors.formats.text import chunks
from scanner.model import Batch, Dated, Skipped

HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date")
BODY = "body"
_LARGEST = 128 << 20
_LARGEST_HTML = 4 << 20
_MALFORMED = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What the standard library raises on mails that break the rules."""
MEDIA = "message/rfc822"


class _Raw(Compat32):
    """Hands out headers as they stand: bytes that are not ASCII are ours to decode."""

    def header_fetch_parse(self, _name: str, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Mail:
    """Reads a mail; its attachments are documents of their own."""

    budget: Budget
    attachments: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Headers, then texts, then attachments."""
        data = whole(document.stream, _LARGEST)
        if len(data) > _LARGEST:
            raise ReadError(f"not read: mail larger than {_LARGEST >> 20} MiB")
        try:
            message: Message[str, str] = message_from_bytes(data, policy=_Raw())
        except (RecursionError, *_MALFORMED):
            raise ReadError("damaged mail: its parts cannot be told apart") from None
        yield from self._message(message, document.location, document.depth)

    def _message(
        self, message: Message[str, str], location: str, depth: int
    ) -> Iterator[Batch | Skipped]:
        self.budget.check_depth(depth)
        yield from _headers(message, location)
        texts, others = _parts(message)
        dates = _dates(message)
        for text in texts:
            for value in chunks([text]):
                if not value.isspace():
                    yield Batch(inside(location, BODY), (value,), media=MEDIA, dates=dates)
        names = Names({*HEADERS, BODY})
        for number, part in enumerate(others, 1):
            name = _file_name(part) or f"attachment-{number}"
            place = member(location, names.unique(name))
            try:
                self.budget.take_member()
                yield from self._attachment(part, name, place, depth)
            except ReadError as error:
                yield Skipped(place, str(error))

    def _attachment(
        self, part: Message[str, str], name: str, place: str, depth: int
    ) -> Iterator[Batch | Skipped]:
        if forwarded := _children(part):
            for message in forwarded:
                yield from self._message(message, place, depth + 1)
            return
        stream = io.BufferedReader(io.BytesIO(_content(part)))
        yield from self.attachments.read(Document(name, stream, place, depth=depth + 1))


def _headers(message: Message[str, str], location: str) -> Iterator[Batch]:
    for name in HEADERS:
        stated = [header_text(value) for value in message.get_all(name, [])]
        values = tuple(value for text in stated for value in chunks([text]) if value.strip())
        for start in range(0, len(values), 16):
            yield Batch(inside(location, name), values[start : start + 16], name)


def header_text(value: object) -> str:
    """A header in plain letters: folded lines joined, encoded words and raw bytes decoded."""
    raw = str(value)
    if any("\udc80" <= character <= "\udcff" for character in raw):
        raw = decode(raw.encode("utf-8", "surrogateescape"))
    raw = re.sub(r"\r?\n[ \t]+", " ", raw)
    try:
        words = decode_header(raw)
        text = "".join(
            word if isinstance(word, str) else _decoded(word, charset) for word, charset in words
        )
    except _MALFORMED:
        return raw
    return text or raw


def _decoded(data: bytes, charset: str | None) -> str:
    """Text in the charset that the mail states, if it is true; else in what it looks like."""
    if charset is None or charset.lower() in {"unknown-8bit", "us-ascii"}:
        return decode(data)
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return decode(data)


def _dates(message: Message[str, str]) -> tuple[Dated, ...]:
    return day_of(str(message.get("Date", "")))


def day_of(date: str) -> tuple[Dated, ...]:
    """The day that the sender saw on the calendar."""
    try:
        day = parsedate_to_datetime(date).date()
    except _MALFORMED:
        return ()
    return (Dated(day.isoformat(), "B"),) if 1980 <= day.year <= 2099 else ()


def _parts(message: Message[str, str]) -> tuple[list[str], list[Message[str, str]]]:
    """The texts of a mail and its attachments. Of alternatives the plain text is taken."""
    texts: list[str] = []
    others: list[Message[str, str]] = []
    open_parts = [message]
    while open_parts:
        part = open_parts.pop(0)
        children = _children(part)
        if children and part.get_content_maintype() == "multipart":
            if part.get_content_subtype() == "alternative":
                children = _preferred(children)
            open_parts[:0] = children
        elif children or not _is_body(part):
            others.append(part)
        else:
            texts.append(_text(part))
    return texts, others


def _children(part: Message[str, str]) -> list[Message[str, str]]:
    payload = part.get_payload() if part.is_multipart() else None
    if not isinstance(payload, list):
        return []
    return [child for child in payload if isinstance(child, Message)]


def _preferred(alternatives: list[Message[str, str]]) -> list[Message[str, str]]:
    """All but the HTML that repeats a plain text."""
    if any(p.get_content_type() == "text/plain" and _content(p).strip() for p in alternatives):
        return [part for part in alternatives if part.get_content_type() != "text/html"]
    return alternatives


def _is_body(part: Message[str, str]) -> bool:
    return (
        part.get_content_type() in {"text/plain", "text/html"}
        or part.get_content_maintype() == "multipart"
    ) and not (_file_name(part) or part.get_content_disposition() == "attachment")


def _file_name(part: Message[str, str]) -> str:
    try:
        return header_text(part.get_filename("")).strip()
    except _MALFORMED:
        return ""


def _content(part: Message[str, str]) -> bytes:
    """A part's bytes; as they stand where they are not packed as the part says."""
    try:
        content = part.get_payload(decode=True)
        if not content:
            content = str(part.get_payload()).encode("utf-8", "replace")
    except _MALFORMED:
        content = b""
    return content if isinstance(content, bytes) else b""


def _text(part: Message[str, str]) -> str:
    try:
        charset = part.get_content_charset()
    except _MALFORMED:
        charset = None
    text = _decoded(_content(part), charset)
    return html_text(text) if part.get_content_type() == "text/html" else text


def html_text(html: str) -> str:
    """What a reader of the page sees; the page itself where it is too broken or too long."""
    if len(html) > _LARGEST_HTML:
        return html
    stripper = _Stripper()
    try:
        stripper.feed(html)
        stripper.close()
    except _MALFORMED:
        return html
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(stripper.texts)).strip()


class _Stripper(HTMLParser):
    """Collects the text between tags, each block on its own line."""

    _BLOCKS = re.compile("address|article|br|div|dd|dl|dt|h[1-6]|hr|li|ol|p|pre|table|title|tr|ul")
    _UNSEEN = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self._UNSEEN
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN and self._unseen:
            self._unseen -= 1
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(re.sub(r"\s+", " ", data))

    def _separate(self, tag: str) -> None:
        if self._BLOCKS.fullmatch(tag):
            self.texts.append("\n")
        elif tag in {"td", "th"}:
            self.texts.append("\t")

"""Reads any document: recognises its kind by content and hands it to the reader of that kind."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from connectors.base import ReadError
from connectors.formats import csv, html, json, odf, ole, ooxml, rtf, sheets, text, xlsx, xml
from connectors.formats.archive import DAMAGED, Tar, Zip
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget, damage
from connectors.formats.duckdb import DuckDb
from connectors.formats.encoding import decode
from connectors.formats.gz import Packed
from connectors.formats.kinds import Form, Kind, recognise
from connectors.formats.mail import Mail
from connectors.formats.mbox import Mailbox
from connectors.formats.media import Recording
from connectors.formats.msg import OutlookMail
from connectors.formats.package import DAMAGED as BROKEN
from connectors.formats.package import LOCKED, Package
from connectors.formats.parquet import Parquet
from connectors.formats.pdf import Pdf
from connectors.formats.sevenzip import SevenZip
from connectors.formats.sqlite import Sqlite
from connectors.formats.stream import head, peekable, seekable
from scanner.model import Batch, Skipped

_JOURNAL = (
    "a journal of the database beside it: changes that its file does not hold yet were not read;"
    " close what writes to it, or scan a copy made by its own backup command"
)
_START = 1 << 12
"""Bytes that a text's form is told by."""
_OFFICE = (
    ("word/", "Word document without text"),
    ("ppt/", "presentation without slides"),
    ("visio/", "Visio drawing"),
    ("META-INF/MANIFEST.MF", "Java archive"),
)
"""What the names of its members show a ZIP archive to be."""
_OFFICE_SIGNS = (b"word/", b"ppt/", odf.MEDIA.encode())
_OLE = (
    ("WordDocument", "DOC document"),
    ("PowerPoint Document", "PPT presentation"),
)


def read(document: Document) -> Iterator[Batch | Skipped]:
    """All that is in a document, in batches of bounded size; an empty one holds nothing.

    A part that cannot be read, or whose kind is not read yet, is a `Skipped` that says so. Raises
    `connectors.base.ReadError` when nothing of the document can be read.
    """
    return Reader().read(document)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one resource: every document in it takes from the same budget."""

    budget: Budget = field(default_factory=Budget)

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """As `read` of this module."""
        stream = peekable(document.stream)
        first = head(stream)
        if not first:
            return
        kind = recognise(first, document.name)
        yield from self._by_kind(kind, first, replace(document, stream=stream))

    def _by_kind(self, kind: Kind, first: bytes, document: Document) -> Iterator[Batch | Skipped]:
        if kind.form is Form.ZIP:
            with seekable(document.stream) as stream:
                yield from self._zip(replace(document, stream=stream), first)
        elif kind.form is Form.OLE:
            with seekable(document.stream) as stream:
                yield from self._ole(replace(document, stream=stream))
        elif kind.form in {Form.PARQUET, Form.SEVENZIP}:
            reader = (
                Parquet(self.budget) if kind.form is Form.PARQUET else SevenZip(self.budget, self)
            )
            with seekable(document.stream) as stream:
                yield from reader.read(replace(document, stream=stream))
        elif kind.form is Form.PDF:
            with seekable(document.stream) as stream:
                yield from Pdf(self.budget, self).read(replace(document, stream=stream))
        elif kind.form in {Form.SQLITE, Form.DUCKDB}:
            database = Sqlite if kind.form is Form.SQLITE else DuckDb
            yield from database(self.budget).read(document)
        elif kind.form is Form.JOURNAL:
            yield Skipped(document.location, _JOURNAL)
        elif kind.form is Form.UNREAD:
            yield _unread(document, kind.label)
        else:
            yield from self._streamed(kind, first, document.name).read(document)

    def _streamed(self, kind: Kind, first: bytes, name: str) -> Format:
        match kind.form:
            case Form.MAIL:
                return Mail(self.budget, self)
            case Form.MAILBOX:
                return Mailbox(Mail(self.budget, self))
            case Form.TAR:
                return Tar(self.budget, self)
            case Form.PACKED:
                return Packed(kind.label, self.budget, self)
            case Form.MEDIA:
                return Recording(kind.label)
            case _:
                return rtf if kind.form is Form.RTF else _textual(first, name)

    def _zip(self, document: Document, first: bytes) -> Iterator[Batch | Skipped]:
        try:
            with damage(DAMAGED):
                archive = zipfile.ZipFile(document.stream)
        except ReadError:
            if b"xl/" in first:
                raise ReadError(xlsx.DAMAGED) from None
            if any(sign in first for sign in _OFFICE_SIGNS):
                raise ReadError(BROKEN) from None
            raise
        with archive:
            names = set(archive.namelist())
            package = Package(archive, self.budget, document)
            if names & {"xl/workbook.xml", "xl/workbook.bin"}:
                yield from xlsx.read(document)
                yield from sheets.read(package, self)
            elif ooxml.takes(names):
                yield from ooxml.Office(package, self).read(document)
            elif odf.takes(media := _media(names, archive)):
                yield from odf.OpenDocument(package, media, self).read(document)
            elif label := _office(names, archive):
                yield _unread(document, label)
            else:
                yield from Zip(archive, self.budget, self).read(document)

    def _ole(self, document: Document) -> Iterator[Batch | Skipped]:
        names = ole.names(document.stream)
        if "EncryptedPackage" in names:
            if document.name.lower().endswith((".docx", ".pptx", ".docm", ".pptm")):
                yield Skipped(document.location, LOCKED)
            else:
                yield Skipped(document.location, xlsx.LOCKED)
        elif names & {"Workbook", "Book"}:
            yield from xlsx.read(document)
        elif "__properties_version1.0" in names or (not names and _is_msg(document.name)):
            document.stream.seek(0)
            yield from OutlookMail(self.budget, self).read(document)
        else:
            labels = [label for name, label in _OLE if name in names]
            yield _unread(document, labels[0] if labels else "OLE compound file")


def _textual(first: bytes, name: str) -> Format:
    """The reader of a text that begins so."""
    start = decode(first[:_START])
    if json.is_json(start):
        return json
    if html.is_html(start, name):
        return html
    if xml.is_xml(start):
        return xml
    dialect = csv.sniff(first, name)
    return text if dialect is None else csv.Delimited(dialect)


def _media(names: set[str], archive: zipfile.ZipFile) -> str:
    """The media type that an archive states; "" for none."""
    if "mimetype" not in names:
        return ""
    with damage(DAMAGED), archive.open("mimetype") as member:
        return member.read(200).decode("ascii", "replace").strip()


def _office(names: set[str], archive: zipfile.ZipFile) -> str | None:
    """What a ZIP archive really is, if it is something else."""
    media = _media(names, archive)
    if media.startswith(odf.MEDIA):
        return f"OpenDocument {media.removeprefix(odf.MEDIA)}"
    if media == "application/epub+zip":
        return "EPUB document"
    for start, label in _OFFICE:
        if ("[Content_Types].xml" in names or "." in start) and any(
            name.startswith(start) for name in names
        ):
            return label
    return None


def _is_msg(name: str) -> bool:
    return name.lower().endswith(".msg")


def _unread(document: Document, label: str) -> Skipped:
    return Skipped(document.location, f"not read yet: {label}")

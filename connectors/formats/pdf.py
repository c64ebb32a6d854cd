"""PDF documents: the text of each page, form fields, remarks and attachments."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget
from connectors.formats.location import Names, inside, member
from connectors.formats.text import chunks
from scanner.model import Batch, Skipped

LOCKED = "encrypted PDF: needs its password"
DAMAGED = "damaged PDF: cannot be opened; restore it from a copy"
SCANNED = "a scanned page: no text to read"
DRAWN = "a drawn page: no text to read"
_BROKEN = "damaged page: cannot be read"
_SECURED = "encrypted PDF: with a method that is not read yet"
_XFA = "not read yet: XFA form"
_FIELDS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}
_PROPERTIES = ("Title", "Author", "Subject", "Keywords")
_OBJECTS = 2_000
"""Objects of a page that are looked at to tell what it holds instead of text."""
_STROKES = 100
"""A page with as many shapes and no text was drawn."""
_REMARKS = 10_000
_LARGEST_ATTACHMENT = 256 << 20


@dataclass(frozen=True, slots=True)
class Pdf:
    """Reads a PDF page by page. The stream must be seekable."""

    budget: Budget
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Raises `ReadError` for a document that is encrypted or damaged."""
        with _opened(document) as pdf:
            fields, gaps = Names(), _Gaps(document.location)
            for index in range(len(pdf)):
                number = index + 1
                try:
                    page = pdf[index]
                except pypdfium2.PdfiumError:
                    yield from gaps.at(number, _BROKEN)
                    continue
                with closing(page):
                    found = list(
                        _page(pdf, page, inside(document.location, f"page {number}"), fields)
                    )
                    self._spend(found)
                    place = inside(document.location, f"page {number}")
                    text = any(part.location == place for part in found)
                    yield from gaps.at(number, "" if text else _instead(page))
                    yield from found
            yield from gaps.end()
            yield from _rest(pdf, document)
            yield from self._attachments(pdf, document)

    def _spend(self, found: list[Batch]) -> None:
        size = sum(len(value) for part in found for value in part.values)
        self.budget.check_size(size)
        self.budget.spend(size)

    def _attachments(
        self, pdf: pypdfium2.PdfDocument, document: Document
    ) -> Iterator[Batch | Skipped]:
        names = Names()
        for index in range(max(0, pdf.count_attachments())):
            try:
                attachment = pdf.get_attachment(index)
                place = member(document.location, names.unique(attachment.get_name()))
            except pypdfium2.PdfiumError:
                yield Skipped(document.location, "damaged attachment: cannot be read")
                return
            try:
                self.budget.check_depth(document.depth)
                self.budget.take_member()
                data = _attached(attachment)
                self.budget.check_size(len(data))
                self.budget.spend(len(data))
                name = place.rpartition("!")[2]
                yield from self.members.read(
                    Document(name, io.BytesIO(data), place, document.modified, document.depth + 1)
                )
            except ReadError as error:
                yield Skipped(place, str(error))


@contextmanager
def _opened(document: Document) -> Iterator[pypdfium2.PdfDocument]:
    document.stream.seek(0)
    try:
        pdf = pypdfium2.PdfDocument(document.stream)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        reasons = {pdfium.FPDF_ERR_PASSWORD: LOCKED, pdfium.FPDF_ERR_SECURITY: _SECURED}
        raise ReadError(reasons.get(code, DAMAGED)) from None
    with closing(pdf):
        if pdf.get_formtype() != pdfium.FORMTYPE_NONE:
            pdf.init_forms()
        yield pdf


@dataclass(slots=True)
class _Gaps:
    """Names pages that were not read: many in a row become one, `page 3-8`."""

    location: str
    first: int = 0
    last: int = 0
    reason: str = ""

    def at(self, number: int, reason: str) -> Iterator[Skipped]:
        """This page was not read for this reason; "" for one that was."""
        if reason and reason == self.reason:
            self.last = number
            return
        yield from self.end()
        self.first, self.last, self.reason = number, number, reason

    def end(self) -> Iterator[Skipped]:
        """What is still to be named."""
        if self.reason:
            many = f"-{self.last}" if self.last > self.first else ""
            yield Skipped(inside(self.location, f"page {self.first}{many}"), self.reason)
        self.reason = ""


def _page(
    pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, place: str, fields: Names
) -> Iterator[Batch]:
    """A page's text, its form's values and the remarks on it."""
    try:
        with closing(page.get_textpage()) as text:
            words = text.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
    except pypdfium2.PdfiumError:
        words = ""
    for value in chunks([_hyphens(words)]):
        if value.strip():
            yield Batch(place, (value,))
    remarks = _Remarks()
    for index in range(min(_REMARKS, pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            remarks.take(pdf, annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
    for name, value in remarks.fields:
        yield Batch(f"{place}!{fields.unique(name or 'field')}", (value,), name[:200])
    for kind, values in (("comments", remarks.comments), ("links", remarks.links)):
        if values:
            yield Batch(f"{place} {kind}", tuple(dict.fromkeys(values)))


def _hyphens(text: str) -> str:
    """A hyphen at a line's end is one: the library gives a sign of its own for it."""
    return text.replace("\ufffe", "-\n").replace("\x02", "-\n").replace("\0", "")


@dataclass(slots=True)
class _Remarks:
    """What lies on a page beside its text."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def take(self, pdf: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION) -> None:
        """Sort an annotation by its kind."""
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            if (
                pdf.formenv
                and pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation) in _FIELDS
            ):
                name, value = (
                    _wide(lambda *to, get=get: get(pdf.formenv, annotation, *to))
                    for get in (
                        pdfium.FPDFAnnot_GetFormFieldName,
                        pdfium.FPDFAnnot_GetFormFieldValue,
                    )
                )
                if value.strip():
                    self.fields.append((name, value))
        elif kind == pdfium.FPDF_ANNOT_LINK:
            action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
            address = _narrow(lambda *to: pdfium.FPDFAction_GetURIPath(pdf, action, *to))
            if address.startswith(("mailto:", "tel:")):
                self.links.append(address)
        else:
            for key in (b"T", b"Contents"):  # who says what
                said = _wide(
                    lambda *to, key=key: pdfium.FPDFAnnot_GetStringValue(annotation, key, *to)
                )
                if said.strip():
                    self.comments.append(said)


def _wide(get: Callable[..., int]) -> str:
    """A text that a call writes as UTF-16, asked for its length first."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\r", "\n")


def _narrow(get: Callable[..., int]) -> str:
    size = get(None, 0)
    if size <= 1:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(buffer, size)
    return buffer.raw[: size - 1].decode("utf-8", "replace")


def _instead(page: pypdfium2.PdfPage) -> str:
    """Why a page has no text; "" for an empty one."""
    shapes = 0
    try:
        for item in islice(page.get_objects(max_depth=5), _OBJECTS):
            if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                return SCANNED
            shapes += item.type == pdfium.FPDF_PAGEOBJ_PATH
    except pypdfium2.PdfiumError:
        return _BROKEN
    return DRAWN if shapes >= _STROKES else ""


def _rest(pdf: pypdfium2.PdfDocument, document: Document) -> Iterator[Batch | Skipped]:
    """What belongs to no page."""
    values = [pdf.get_metadata_value(key) for key in _PROPERTIES]
    if values := [value for value in values if value.strip()]:
        yield Batch(inside(document.location, "properties"), tuple(values))
    if pdf.get_formtype() in {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}:
        yield Skipped(inside(document.location, "form"), _XFA)


def _attached(attachment: pypdfium2.PdfAttachment) -> bytes:
    size = ctypes.c_ulong()
    if pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
        if size.value > _LARGEST_ATTACHMENT:
            raise ReadError("not read: attachment larger than 256 MiB")
        try:
            return bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            pass
    raise ReadError("damaged attachment: cannot be read")

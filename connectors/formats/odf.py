"""OpenDocument: texts, presentations and drawings; and how large a spreadsheet of it really is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import ReadError
from connectors.formats import xlsx
from connectors.formats.base import Document, Format
from connectors.formats.flow import Flow
from connectors.formats.location import inside
from connectors.formats.markup import Attributes, Grammar, elements, feed, pieces
from connectors.formats.package import DAMAGED, Package
from scanner.model import Batch, Skipped

MEDIA = "application/vnd.oasis.opendocument."
"""What every media type of OpenDocument begins with."""
_SPREADSHEET = MEDIA + "spreadsheet"
LOCKED = "encrypted OpenDocument file: needs its password"
_TOO_LARGE = "not read: a sheet spans more than 32,000,000 cells"
_MOST_CELLS = 32_000_000
_ENDS = {
    "p": "\n",
    "h": "\n",
    "tab": "\t",
    "line-break": "\n",
    "s": " ",
    "creator": ": ",
    "date": " ",
    "note-citation": " ",
}
_WORDS = frozenset({"p", "h", "creator"})
_CONTENT = Grammar(
    _WORDS,
    _ENDS,
    routes={
        "annotation": "comments",
        "note": "footnotes",
        "page": "slide {n}",
        "notes": "{} notes",
    },
    said=dict.fromkeys(("text", "textarea", "combobox"), "current-value"),
    linked="href",
)
_STYLES = Grammar(
    _WORDS,
    _ENDS,
    routes={
        **dict.fromkeys(("header", "header-left", "header-first"), "header"),
        **dict.fromkeys(("footer", "footer-left", "footer-first"), "footer"),
    },
)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Reads an OpenDocument package whose media type is this."""

    package: Package
    media: str
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Body, slides or columns; headers, footers, notes, comments, properties."""
        names = self.package.names()
        if self._is_locked():
            raise ReadError(LOCKED)
        if "content.xml" not in names:
            raise ReadError(DAMAGED)
        if self.media == _SPREADSHEET:
            self._survey()
            yield from xlsx.read(document)
            yield from self._comments(document)
        else:
            yield from self.package.flow([("content.xml", "")], _CONTENT)
        if "styles.xml" in names:
            yield from self.package.flow([("styles.xml", "page style")], _STYLES)
        objects = [name for name in names if name.endswith("/content.xml")]
        yield from self.package.flow([(name, "objects") for name in objects], _CONTENT)
        if "meta.xml" in names:
            yield from self.package.properties("meta.xml")

    def _is_locked(self) -> bool:
        try:
            with self.package.part("META-INF/manifest.xml") as stream:
                return bool(elements(stream, "encryption-data"))
        except ReadError:
            return False

    def _comments(self, document: Document) -> Iterator[Batch | Skipped]:
        """Remarks on cells, which the reader of cells leaves out."""
        try:
            with self.package.part("content.xml") as stream:
                found = (p for p in pieces(stream, _CONTENT) if p[0] in {"comments", "links"})
                yield from Flow(document.location).batches(found)
        except ReadError as error:
            yield Skipped(inside(document.location, "comments"), str(error))

    def _survey(self) -> None:
        """Raise `ReadError` for a spreadsheet that would not fit into memory."""
        with self.package.part("content.xml") as stream:
            for _ in feed(stream, _Cells()):
                pass


def takes(media: str) -> bool:
    """Whether a package of this media type is read."""
    kinds = ("text", "presentation", "graphics", "chart", "formula")
    return media == _SPREADSHEET or media.startswith(tuple(MEDIA + kind for kind in kinds))


class _Cells:
    """Counts the cells that a sheet spans, repeated ones as often as they repeat."""

    def __init__(self) -> None:
        self.events = 0
        self._rows = self._waiting = self._columns = self._widest = self._gap = self._repeat = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self.events += 1
        if name == "table":
            self._rows = self._waiting = self._widest = 0
        elif name == "table-row":
            self._columns = self._gap = 0
            self._repeat = _times(attributes, "rows")
        elif name in {"table-cell", "covered-table-cell"}:
            self._gap += _times(attributes, "columns")
            if any(key.endswith((":value-type", ":formula")) for key in attributes):
                self._columns, self._gap = self._columns + self._gap, 0
                if self._columns * self._repeat > _MOST_CELLS:
                    raise ReadError(_TOO_LARGE)

    def end(self, name: str) -> None:
        self.events += 1
        if name == "table-row":
            self._waiting += self._repeat
            if self._columns:
                self._rows, self._waiting = self._rows + self._waiting, 0
                self._widest = max(self._widest, self._columns)
            if self._rows * self._widest > _MOST_CELLS:
                raise ReadError(_TOO_LARGE)

    def data(self, _text: str) -> None:
        self.events += 1


def _times(attributes: Attributes, what: str) -> int:
    """How often it stands there, as its attribute says."""
    for key, value in attributes.items():
        if key.endswith(f"number-{what}-repeated") and value.isdecimal():
            return int(value[:9])
    return 1

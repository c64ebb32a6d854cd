"""Word documents and PowerPoint presentations (DOCX, PPTX and their templates and macro forms)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.location import inside
from connectors.formats.markup import Grammar, elements
from connectors.formats.package import Package
from scanner.model import Batch, Skipped

_WORD = Grammar(
    words=frozenset({"t", "delText", "instrText", "v"}),
    ends={"p": "\n", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "pt": "\n"},
    unseen=frozenset({"pPr", "sectPr", "tblPr", "trPr", "tcPr", "Fallback"}),
    table="tbl",
    row="tr",
    cell="tc",
    said={"comment": "author"},
)
"""Both speak alike: `w:p` and `a:p`, `w:tbl` and `a:tbl`."""
_SLIDE = Grammar(
    words=frozenset({"t", "text", "v"}),
    ends={"p": "\n", "br": "\n", "text": "\n", "pt": "\n"},
    unseen=frozenset({"pPr", "tblPr", "tcPr", "Fallback"}),
    table="tbl",
    row="tr",
    cell="tc",
)
_PLACES = (
    (r"word/document\d*\.xml", ""),
    (r"word/header\d*\.xml", "header"),
    (r"word/footer\d*\.xml", "footer"),
    (r"word/footnotes\d*\.xml", "footnotes"),
    (r"word/endnotes\d*\.xml", "endnotes"),
    (r"word/comments\d*\.xml", "comments"),
    (r"word/(charts/chart|diagrams/data)\d*\.xml", "charts"),
    (r"word/glossary/document\d*\.xml", "building blocks"),
)
_PROPERTIES = re.compile(r"docProps/(core|app|custom)\d*\.xml")
_EMBEDDED = re.compile(r"(word|ppt)/(embeddings/.+|afchunk[^/]*|[^/]+\.(mht|html?|rtf|txt))", re.I)
_PICTURE = re.compile(r"(word|ppt)/media/.+")
_MAIN = re.compile(r"(word/document\d*|ppt/presentation)\.xml")
_MASTER = re.compile(r"ppt/(slideMasters|notesMasters|handoutMasters)/[^/]+\.xml")
_SLIDE_PARTS = {
    "notesSlide": " notes",
    "comments": " comments",
    "comment": " comments",
    "chart": "",
    "diagramData": "",
}
_NO_TEXT = "only pictures: no text to read"


@dataclass(frozen=True, slots=True)
class Office:
    """Reads what is in a package; documents embedded in it are read by `members`."""

    package: Package
    members: Format

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """Body, headers, footers, notes, comments, properties; slides in their order."""
        names = self.package.names()
        empty = True
        for part in self._parts(names):
            empty = False
            yield part
        if empty and any(_PICTURE.fullmatch(name) for name in names):
            yield Skipped(document.location, _NO_TEXT)
        yield from self.package.properties(*filter(_PROPERTIES.fullmatch, names))
        yield from self.package.embedded(filter(_EMBEDDED.fullmatch, names), self.members)
        yield from self.package.missing()

    def _parts(self, names: list[str]) -> Iterator[Batch | Skipped]:
        if any(name.startswith("ppt/") for name in names):
            slides = self._slides(names)
            for number, slide in enumerate(slides, 1):
                yield from self._slide(number, slide)
            masters = [(name, "slide master") for name in names if _MASTER.fullmatch(name)]
            yield from self.package.flow(masters, _SLIDE)
            yield from self._authors(names)
            yield from self.package.links(slides)
            return
        placed = [
            (name, place)
            for pattern, place in _PLACES
            for name in names
            if re.fullmatch(pattern, name)
        ]
        if not any(not place for _, place in placed):
            yield Skipped(self.package.document.location, "damaged document: it has no text part")
        yield from self.package.flow(placed, _WORD)
        yield from self.package.links(name for name, _ in placed)

    def _slides(self, names: Iterable[str]) -> list[str]:
        """The slides in the order in which they are shown, hidden ones too; then lost ones."""
        main = "ppt/presentation.xml"
        relations = self.package.relations(main)
        order: list[str] = []
        try:
            with self.package.part(main) as stream:
                for _, attributes, _ in elements(stream, "sldId"):
                    order += [relations[v].target for v in attributes.values() if v in relations]
        except ReadError:
            order = []
        slides = sorted(
            filter(re.compile(r"ppt/slides/slide\d+\.xml").fullmatch, names), key=_number
        )
        return list(dict.fromkeys(order + slides))

    def _slide(self, number: int, name: str) -> Iterator[Batch | Skipped]:
        parts = [(name, f"slide {number}")]
        for relation in self.package.relations(name).values():
            suffix = _SLIDE_PARTS.get(relation.kind)
            if suffix is not None and not relation.outside:
                parts.append((relation.target, f"slide {number}{suffix}"))
        yield from self.package.flow(parts, _SLIDE)

    def _authors(self, names: list[str]) -> Iterator[Batch | Skipped]:
        """Who commented."""
        for name in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
            if name in names:
                place = inside(self.package.document.location, "comments")
                try:
                    with self.package.part(name) as stream:
                        found = [a.get("name", "") for _, a, _ in elements(stream)]
                except ReadError as error:
                    yield Skipped(place, str(error))
                    continue
                if any(found):
                    yield Batch(place, tuple(filter(None, found)))


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name))[:9] or 0)


def takes(names: set[str]) -> bool:
    """Whether a package with these parts is a Word document or a presentation."""
    return "[Content_Types].xml" in names and any(map(_MAIN.fullmatch, names))

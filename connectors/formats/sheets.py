"""What lies beside a workbook's cells: comments and text boxes, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import ReadError
from connectors.formats.base import Format
from connectors.formats.location import Names, inside
from connectors.formats.markup import Grammar, elements
from connectors.formats.package import Package, Relation
from scanner.model import Batch, Skipped

_REMARKS = Grammar(
    words=frozenset({"t", "text"}),
    ends={"comment": "\n", "threadedComment": "\n", "p": "\n"},
    unseen=frozenset({"rPr", "pPr", "Fallback"}),
)
_PLACES = {"comments": "comments", "threadedComment": "comments", "drawing": "drawings"}


def read(package: Package, members: Format) -> Iterator[Batch | Skipped]:
    """Comments as `Sheet!comments`, text boxes as `Sheet!drawings`, embedded documents."""
    names = set(package.names())
    for sheet, part in _sheets(package):
        parts = [
            (relation.target, f"{sheet}!{_PLACES[relation.kind]}")
            for relation in package.relations(part).values()
            if relation.kind in _PLACES and relation.target in names
        ]
        yield from package.flow(parts, _REMARKS)
    yield from _authors(package, names)
    embedded = [name for name in package.names() if name.startswith("xl/embeddings/")]
    yield from package.embedded(embedded, members)
    yield from package.missing()


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Each sheet's name, as `xlsx` writes it, and its part."""
    main = "xl/workbook.xml"
    relations = package.relations(main)
    try:
        with package.part(main) as stream:
            sheets = elements(stream, "sheet")
    except ReadError:
        return
    names = Names()
    for _, attributes, _ in sheets:
        name = names.unique(attributes.get("name", ""))
        for value in attributes.values():
            relation: Relation | None = relations.get(value)
            if relation is not None and not relation.outside:
                yield name, relation.target
                break


def _authors(package: Package, names: set[str]) -> Iterator[Batch | Skipped]:
    """Who takes part in the conversations about cells."""
    place = inside(package.document.location, "comments")
    found: list[str] = []
    for name in sorted(name for name in names if name.startswith("xl/persons/")):
        try:
            with package.part(name) as stream:
                found += [a.get("displayName", "") for _, a, _ in elements(stream, "person")]
        except ReadError as error:
            yield Skipped(place, str(error))
    if any(found):
        yield Batch(place, tuple(filter(None, found)))

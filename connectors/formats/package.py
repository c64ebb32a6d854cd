"""An office document's ZIP package: its parts, their relations, and what they may cost."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from connectors.base import ReadError
from connectors.formats.base import Document, Format
from connectors.formats.budget import Budget, Metered, check_ratio, damage
from connectors.formats.flow import Flow, Piece
from connectors.formats.location import inside, member, readable
from connectors.formats.markup import Grammar, elements, pieces
from connectors.formats.stream import Source
from scanner.model import Batch, Skipped

LOCKED = "encrypted Office document: needs its password"
DAMAGED = "damaged document: cannot be opened; restore it from a copy"
_PART = "damaged document: a part of it cannot be unpacked"
PROPERTIES = frozenset(
    """category company creator description initial-creator keyword keywords lastModifiedBy
    Company Manager printed-by subject title user-defined lpwstr""".split()  # noqa: SIM905
)


class Relation(NamedTuple):
    """What one part says of another."""

    kind: str
    """The last word of its type: `slide`, `comments`, `hyperlink`."""
    target: str
    """A part's name, or an address outside."""
    outside: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of one document; all of them take from the resource's budget."""

    archive: zipfile.ZipFile
    budget: Budget
    document: Document
    faults: list[str] = field(default_factory=list)
    """Why relations could not be read: what they point to may be missing."""

    def names(self) -> list[str]:
        """Every part once, in the order of the archive."""
        return list(dict.fromkeys(self.archive.namelist()))

    @contextmanager
    def part(self, name: str) -> Iterator[Source]:
        """A part's bytes, counted on the budget."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            raise ReadError(_PART) from None
        if info.flag_bits & 1:
            raise ReadError(LOCKED)
        self.budget.check_size(info.file_size)
        check_ratio(info.file_size, info.compress_size)
        with damage(_PART):
            packed = cast("zipfile.ZipExtFile", self.archive.open(info))
        with packed:
            yield io.BufferedReader(
                Metered(packed.read1, self.budget, lambda: info.compress_size), 1 << 16
            )

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part points to, by id; nothing where that cannot be read, which is a fault."""
        folder, base = posixpath.split(name)
        table = posixpath.join(folder, "_rels", base + ".rels")
        if table not in self.archive.NameToInfo:
            return {}
        try:
            with self.part(table) as stream:
                found = elements(stream, "Relationship")
        except ReadError as error:
            self.faults.append(str(error))
            return {}
        relations = {}
        for _, attributes, _ in found:
            outside = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = Relation(kind, target, outside)
        return relations

    def flow(self, parts: Iterable[tuple[str, str]], grammar: Grammar) -> Iterator[Batch | Skipped]:
        """The words of parts, each given with its place; a broken one is a `Skipped`."""
        for name, place in parts:
            where = inside(self.document.location, place) if place else self.document.location
            try:
                yield from Flow(self.document.location).batches(self._pieces(name, grammar, place))
            except ReadError as error:
                yield Skipped(where, str(error))

    def _pieces(self, name: str, grammar: Grammar, place: str) -> Iterator[Piece]:
        with self.part(name) as stream:
            yield from pieces(stream, grammar, place)

    def properties(self, *names: str) -> Iterator[Batch | Skipped]:
        """Title, author and the like."""
        place = inside(self.document.location, "properties")
        values: list[str] = []
        for name in names:
            try:
                with self.part(name) as stream:
                    values += [t for found, _, t in elements(stream) if t and found in PROPERTIES]
            except ReadError as error:
                yield Skipped(place, str(error))
        if values:
            yield Batch(place, tuple(dict.fromkeys(value[: 1 << 16] for value in values)))

    def missing(self) -> Iterator[Skipped]:
        """What may be missing because a relation could not be read; the last thing to ask."""
        for reason in dict.fromkeys(self.faults):
            yield Skipped(inside(self.document.location, "links"), reason)

    def links(self, names: Iterable[str]) -> Iterator[Batch]:
        """Addresses outside that parts point to."""
        targets = {
            relation.target: None
            for name in names
            for relation in self.relations(name).values()
            if relation.outside and relation.kind == "hyperlink"
        }
        if targets:
            yield Batch(inside(self.document.location, "links"), tuple(targets))

    def embedded(self, names: Iterable[str], members: Format) -> Iterator[Batch | Skipped]:
        """Documents inside the document, each read like any other."""
        for name in names:
            place = member(self.document.location, readable(name.rpartition("/")[2]))
            try:
                self.budget.check_depth(self.document.depth)
                self.budget.take_member()
                with self.part(name) as stream:
                    inner = Document(
                        name,
                        cast("io.BufferedReader", stream),
                        place,
                        self.document.modified,
                        self.document.depth + 1,
                    )
                    yield from members.read(inner)
            except ReadError as error:
                yield Skipped(place, str(error))

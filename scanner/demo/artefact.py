"""What is planted where: the values that every part of the made-up company is described with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Plant:
    """An entity that is really present at a location."""

    location: str
    entity: str
    values: int = 1
    """Cells or texts that hold it."""
    required: bool = True
    """False: of the entity's form, but no data about a person (a role address, the company's own
    number), or a matter of taste. Finding it is no error, nor is leaving it out."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one person's data stands."""

    person: str
    location: str = ""
    """The table or text inside the resource: "" for a table of its own, else sheet or member."""
    row: int | None = None
    """First of the rows, counted from 1 below the header; None in a text."""
    rows: int = 1
    """How many consecutive rows."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part that nobody can read, and a word that an honest reason has in it."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The truth about one resource, or about one part of it."""

    plants: tuple[Plant, ...] = ()
    records: tuple[Record, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    def __add__(self, other: Contents) -> Contents:
        """Both, in this order."""
        return Contents(
            self.plants + other.plants,
            self.records + other.records,
            self.unreadable + other.unreadable,
        )

    def inside(self, member: str, *, archive: bool = False) -> Contents:
        """The same, seen from the archive or mail that holds it as `member`."""
        joint = "!" if archive else "#"

        def place(location: str) -> str:
            return f"{member}{joint}{location}" if location else member

        return Contents(
            tuple(replace(plant, location=place(plant.location)) for plant in self.plants),
            tuple(replace(record, location=place(record.location)) for record in self.records),
            tuple(replace(part, location=place(part.location)) for part in self.unreadable),
        )


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file or an object: its bytes and the truth about them."""

    key: str
    content: bytes
    contents: Contents = field(default_factory=Contents)
    modified: datetime | None = None
    """None: the day on which the company is made."""


def text_contents(
    entities: tuple[str, ...],
    people: tuple[str, ...] = (),
    *,
    location: str = "",
    allowed: tuple[str, ...] = (),
) -> Contents:
    """The truth about one text: its entities, whom it is about, and what may also be seen."""
    wanted = tuple(Plant(location, entity) for entity in entities)
    harmless = tuple(Plant(location, entity, required=False) for entity in allowed)
    return Contents(wanted + harmless, tuple(Record(person, location) for person in people))

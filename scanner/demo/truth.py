"""What was planted, and how a scan's findings compare with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.demo import bucket, database, share
from scanner.demo.artefact import Contents, Record, Unreadable
from scanner.demo.company import Company
from scanner.demo.people import Person

Truth = dict[str, Any]
"""As it stands in `truth.json`."""

LISTED = 20
"""Places that are named one by one; the rest is counted."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """An entity at a location."""

    source: str
    key: str
    location: str
    entity: str


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How one entity fared in one source."""

    source: str
    entity: str
    planted: int
    found: int
    missed: int
    extra: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A scan against the truth; all sorted."""

    planted: tuple[Place, ...]
    found: tuple[Place, ...]
    """Planted and found."""
    missed: tuple[Place, ...]
    """Planted and not found."""
    extra: tuple[Place, ...]
    """Found and not planted."""

    def scores(self) -> tuple[Score, ...]:
        """The same by source and entity."""
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for kind in ("planted", "found", "missed", "extra"):
            for place in getattr(self, kind):
                counts[place.source, place.entity][kind] += 1
        return tuple(
            Score(*pair, n["planted"], n["found"], n["missed"], n["extra"])
            for pair, n in sorted(counts.items())
        )


def truth(company: Company) -> Truth:
    """Everything that a scan should find, everything it cannot read, and where each person is."""
    resources = sorted(_resources(company), key=lambda resource: resource[:2])
    planted: list[dict[str, Any]] = []
    allowed: list[dict[str, Any]] = []
    unreadable: list[dict[str, Any]] = []
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for source, key, contents in resources:
        for plant in contents.plants:
            place = {"source": source, "key": key, "location": plant.location}
            row = {**place, "entity": plant.entity, "values": plant.values}
            (planted if plant.required else allowed).append(row)
        unreadable.extend(_part(source, key, part) for part in contents.unreadable)
        for record in contents.records:
            records[record.person].append(_record(source, key, record))
    return {
        "today": company.today.isoformat(),
        "planted": sorted(planted, key=_order),
        "allowed": sorted(allowed, key=_order),
        "unreadable": sorted(unreadable, key=_order),
        "persons": [
            {**_person(person), "records": records[person.id]} for person in company.people()
        ],
    }


def compare(truth: Truth, findings: Iterable[Mapping[str, Any]]) -> Comparison:
    """Compare findings (rows of `sparhund findings`) with the truth, place by place.

    A place that the truth allows without asking for it counts neither as found nor as extra.
    """
    planted = {_place(row) for row in truth["planted"]}
    allowed = {_place(row) for row in truth["allowed"]}
    found = {_place(row) for row in findings}
    return Comparison(
        tuple(sorted(planted)),
        tuple(sorted(planted & found)),
        tuple(sorted(planted - found)),
        tuple(sorted(found - planted - allowed)),
    )


def render(comparison: Comparison) -> str:
    """The comparison for people: a line for each source and entity, then places that differ."""
    head = f"{'source':8} {'entity':26}{'planted':>8}{'found':>8}{'missed':>8}{'extra':>8}"
    lines = [head]
    for s in comparison.scores():
        counts = f"{s.planted:8}{s.found:8}{s.missed:8}{s.extra:8}"
        lines.append(f"{s.source:8} {s.entity:26}{counts}")
    sums = (comparison.planted, comparison.found, comparison.missed, comparison.extra)
    lines.append(f"{'all':8} {'':26}" + "".join(f"{len(places):8}" for places in sums))
    for word, places in (("missed", comparison.missed), ("extra", comparison.extra)):
        for place in places[:LISTED]:
            spot = f"{place.key}  {place.location}".rstrip()
            lines.append(f"{word}: {place.entity}  {place.source}  {spot}")
        if len(places) > LISTED:
            lines.append(f"{word}: {len(places) - LISTED} more")
    return "\n".join(lines)


def unnamed(truth: Truth, coverage: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Keys of planted unreadable files that coverage (its rows) does not name with their reason."""
    reasons: dict[tuple[str, str], str] = defaultdict(str)
    for row in coverage:
        reasons[row["source"], row["key"]] += f"{row['reason'] or ''}\n"
    return tuple(
        part["key"]
        for part in truth["unreadable"]
        if part["reason_contains"] not in reasons[part["source"], part["key"]]
    )


def _resources(company: Company) -> Iterator[tuple[str, str, Contents]]:
    for key, contents in database.resources(company):
        yield "crm", key, contents
    for name, room in (("share", share), ("bucket", bucket)):
        for artefact in room.artefacts(company):
            yield name, artefact.key, artefact.contents


def _part(source: str, key: str, part: Unreadable) -> dict[str, Any]:
    place = {"source": source, "key": key, "location": part.location}
    return {**place, "reason_contains": part.reason}


def _record(source: str, key: str, record: Record) -> dict[str, Any]:
    place = {"source": source, "key": key, "location": record.location}
    return {**place, "row": record.row, "rows": record.rows}


def _person(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "identity": person.identity,
        "email": person.email,
        "phone": person.phone,
        "address": person.address.line(),
    }


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["source"], row["key"], row["location"], row["entity"])


def _order(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in ("source", "key", "location", "entity"))

"""What a table's labels and columns say together, for data that no pattern knows."""

from __future__ import annotations

from collections.abc import Iterator

from detectors import families, labels, meanings, places, topics, verdicts
from detectors.base import Evidence, Place
from detectors.chances import is_chance
from detectors.tables import Table
from scanner.model import Dated, Finding

_NUMBERS = frozenset(
    {"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGANISATIONSNUMMER", "PHONE_NUMBER"}
    | {"SE_BANKGIRO", "SE_PLUSGIRO", "SE_BANK_ACCOUNT", "CREDIT_CARD", "SE_METERING_POINT_ID"}
    | {"SE_VEHICLE_REGISTRATION", "IP_ADDRESS", "IBAN_CODE"}
)
_IDENTITY = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGANISATIONSNUMMER"})
_BANK = frozenset({"SE_BANK_ACCOUNT", "SE_BANKGIRO", "SE_PLUSGIRO", "IBAN_CODE", "CREDIT_CARD"})


def known() -> frozenset[str]:
    """Every entity that a label, a comment or values may name."""
    return labels.known() | meanings.known()


def entities_of(label: str) -> frozenset[str]:
    """Entities that a column of this label holds; a label that says little alone: none."""
    return labels.strong(label)


def contradicts(label: str) -> frozenset[str]:
    """Entities that a column of this label does not hold, however their values look."""
    found: frozenset[str] = frozenset()
    if is_reference(label):
        found |= _NUMBERS
    if labels.is_thing(label):
        found |= {"PERSON"}
    named = labels.strong(label) & _NUMBERS
    if named:
        kin = (_IDENTITY if named & _IDENTITY else frozenset()) | (
            _BANK if named & _BANK else named
        )
        found |= _NUMBERS - named - kin
    return found - named


def is_reference(label: str) -> bool:
    """Whether the label names a reference, an amount or a time, whose digits are nobody's."""
    return labels.is_reference(label)


def conclude(evidence: Evidence) -> Iterator[Finding]:
    """Findings from labels and neighbours, in a stable order.

    A column without values is told where its name says what it is meant for, with counts of 0.
    """
    for table in _tables(evidence):
        for place in table.places:
            for verdict in verdicts.of(table, place):
                yield _finding(place, verdict.entity, verdict.score, verdict.reasons)


def chances(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Location and entity of what patterns found in columns that hold something else."""
    return frozenset(
        (place.location, entity)
        for table in _tables(evidence)
        for place in table.read
        for entity in place.tallies
        if is_chance(table, place, entity)
    )


def _tables(evidence: Evidence) -> Iterator[Table]:
    """Columns whose rows belong together."""
    groups: dict[str, list[Place]] = {}
    for place in evidence.places.values():
        if place.label and not place.media:
            groups.setdefault(place.group, []).append(place)
    for group, together in groups.items():
        name, schema = places.words_of(evidence.resource.key, group) if group else ((), ())
        if {*meanings.concepts(name)} <= {meanings.UNKNOWN}:
            name = topics.remark(together) or name
        yield Table(name, schema, families.bare(together))


def _finding(place: Place, entity: str, score: float, reasons: tuple[str, ...]) -> Finding:
    return Finding(
        place.location,
        entity,
        matches=place.read,
        values=place.read,
        read=place.read,
        score=score,
        reasons=reasons,
        months=months(place),
    )


def months(place: Place) -> tuple[tuple[Dated, int], ...] | None:
    """The place's dates as a sorted histogram; None where it has none."""
    if not place.dates:
        return None
    return tuple(sorted(place.dates.items(), key=lambda item: (item[0].period, item[0].grade)))

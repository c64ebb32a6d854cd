"""What is held: all findings of one entity in one source and scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.globs import matches as fits
from detectors.persons import RANKS
from scanner.inventory import Found, Inventory, Scope, SourceFacts
from scanner.model import Persons
from scanner.policy import Policy
from scanner.policy_parts import Purpose

Places = Counter[tuple[str, str]]
"""Matches by key and location."""
Table = tuple[str, str, str]
"""Source, key and the table inside it: a sheet, a member of an archive, a list in JSON."""
_OWN = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER"})


def table_of(one: Found) -> Table:
    """The table that a finding stands in."""
    location = one.finding.location
    return one.source, one.key, location[: max(map(location.rfind, "!#.")) + 1]


@dataclass(frozen=True, slots=True)
class Holding:
    """All findings of one entity in one source and scope."""

    source: SourceFacts
    scope: Scope | None
    entity: str
    found: tuple[Found, ...]
    most: Mapping[Table, int] = field(default_factory=dict)
    """Persons of a table, at most, where that is known."""

    @property
    def pattern(self) -> str:
        """The scope's glob; "" for the source as such."""
        return self.scope.match if self.scope else ""

    @property
    def place(self) -> str:
        """How people are told where it is."""
        return f"{self.source.name} ({self.pattern})" if self.pattern else self.source.name

    @property
    def places(self) -> Places:
        """Matches by key and location."""
        counted: Places = Counter()
        for one in self.found:
            counted[one.key, one.finding.location] += one.finding.matches
        return counted

    @property
    def persons(self) -> Persons:
        """Those of all tables and files: the same persons may stand in several of them.

        The columns of one table are about no more persons than the table is, but for identity
        numbers: those in its second column are of others than those in its first.
        """
        tables: dict[Table, list[Persons]] = {}
        for one in self.found:
            told = Persons(one.finding.persons, one.finding.persons_between)
            tables.setdefault(table_of(one), []).append(told)
        most = {} if self.entity in _OWN else self.most
        return Persons.together(
            Persons.together(told, most.get(table)) for table, told in tables.items()
        )

    def purposes(self, policy: Policy) -> tuple[Purpose, ...]:
        """What it is used for, by the config; none: config or policy do not say enough."""
        named = (self.scope or self.source).purposes.get(policy.name, ())
        purposes = tuple(purpose for purpose in policy.purposes if purpose.name in named)
        return purposes if all(purpose.categories for purpose in purposes) else ()


def holdings(inventory: Inventory) -> tuple[Holding, ...]:
    """Every holding, by source, scope and entity; the order of the findings does not count."""
    grouped: dict[tuple[str, str, str], list[Found]] = {}
    scopes: dict[tuple[str, str], Scope | None] = {}
    for one in inventory.findings:
        place = one.source, one.key
        if place not in scopes:
            parts = _facts(inventory, one.source).scopes
            scopes[place] = next((scope for scope in parts if fits(one.key, scope.match)), None)
        scope = scopes[place]
        pattern = scope.match if scope else ""
        grouped.setdefault((one.source, pattern, one.finding.entity), []).append(one)
    most = _most(inventory)
    return tuple(
        Holding(_facts(inventory, source), scopes[source, found[0].key], entity, tuple(found), most)
        for (source, _, entity), found in sorted(grouped.items(), key=lambda item: item[0])
    )


def _most(inventory: Inventory) -> Mapping[Table, int]:
    """Persons of each table, at most: as many as its fullest column of keys is about."""
    most: dict[Table, int] = {}
    for one in inventory.findings:
        between = one.finding.persons_between
        if between is not None and one.finding.entity in RANKS:
            table = table_of(one)
            most[table] = max(most.get(table, 0), between[1])
    return most


def _facts(inventory: Inventory, source: str) -> SourceFacts:
    return inventory.sources.get(source) or SourceFacts(source, "")

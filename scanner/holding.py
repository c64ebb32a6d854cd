"""What is held: all findings of one entity in one source and scope."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from connectors.globs import matches as fits
from scanner.inventory import Found, Inventory, Scope, SourceFacts
from scanner.policy import Policy
from scanner.policy_parts import Purpose

Places = Counter[tuple[str, str]]
"""Matches by key and location."""


@dataclass(frozen=True, slots=True)
class Holding:
    """All findings of one entity in one source and scope."""

    source: SourceFacts
    scope: Scope | None
    entity: str
    found: tuple[Found, ...]

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
    def persons(self) -> int | None:
        """At least so many: the same persons may stand in several places."""
        told = [one.finding.persons for one in self.found if one.finding.persons is not None]
        return max(told, default=None)

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
    return tuple(
        Holding(_facts(inventory, source), scopes[source, found[0].key], entity, tuple(found))
        for (source, _, entity), found in sorted(grouped.items(), key=lambda item: item[0])
    )


def _facts(inventory: Inventory, source: str) -> SourceFacts:
    return inventory.sources.get(source) or SourceFacts(source, "")

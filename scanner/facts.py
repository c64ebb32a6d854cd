"""What a report says beside its gaps: sources with their owners, and names of entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from scanner.inventory import Inventory
from scanner.model import SourceSummary, Status


def sources(inventory: Inventory) -> tuple[SourceSummary, ...]:
    """Every source, by name, with counts of all outcomes; zeros too."""
    counted: dict[str, Counter[str]] = {}
    for row in inventory.coverage:
        counted.setdefault(row.source, Counter())[row.status] += 1
    return tuple(
        SourceSummary(
            name=name,
            kind=facts.kind,
            owner=facts.owner,
            country=facts.country,
            status={status.value: counted.get(name, Counter())[status] for status in Status},
        )
        for name, facts in sorted(inventory.sources.items())
    )


def names(inventory: Inventory, name: Callable[[str], str]) -> dict[str, str]:
    """What people call each entity that was found."""
    return {
        entity: name(entity) for entity in sorted({f.finding.entity for f in inventory.findings})
    }

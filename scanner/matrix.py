"""The run as a whole beside the policy: categories by what became of them, and coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from scanner.inventory import Inventory
from scanner.model import CoverageSummary, Gap, GapKind, MatrixRow, Status, Unread
from scanner.policy import Policy

_UNREAD = (Status.FAILED, Status.SKIPPED, Status.PARTIAL)
_READ = (Status.SCANNED, Status.UNCHANGED)


def matrix(
    inventory: Inventory, policy: Policy, gaps: Iterable[Gap], name: Callable[[str], str]
) -> tuple[MatrixRow, ...]:
    """A row a declared category, in the policy's order, then one an entity that none covers.

    `name` says what people call an entity.
    """
    sources: dict[str, set[str]] = {}
    for one in inventory.findings:
        sources.setdefault(one.finding.entity, set()).add(one.source)
    outside = {gap.entity for gap in gaps if gap.kind is GapKind.OUTSIDE_PURPOSE}
    complete = coverage(inventory).complete
    rows: list[MatrixRow] = []
    for category in policy.categories:
        held = sorted(category.covers & sources.keys())
        if held:
            status = "found_outside_purpose" if outside.intersection(held) else "found"
        else:
            status = "cannot_judge"
            if complete and inventory.seeks(category.covers):
                status = "declared_not_found"
        rows.append(_row(category.name, status, held, sources))
    rows += (
        _row(name(entity), "found_undeclared", [entity], sources)
        for entity in sorted(sources)
        if policy.is_not_collected(entity) or not policy.categories_of(entity)
    )
    return tuple(rows)


def _row(category: str, status: str, held: list[str], sources: dict[str, set[str]]) -> MatrixRow:
    seen = set[str]().union(*(sources[entity] for entity in held))
    return MatrixRow(category, status, tuple(held), tuple(sorted(seen)))


def coverage(inventory: Inventory) -> CoverageSummary:
    """Counts by status, zeros too; complete: something was read, and nothing was left unread."""
    counted = Counter(row.status for row in inventory.coverage)
    return CoverageSummary(
        status={status.value: counted[status] for status in Status},
        bytes=sum(row.bytes for row in inventory.coverage),
        rows=sum(row.rows for row in inventory.coverage),
        complete=any(counted[status] for status in _READ)
        and not any(counted[status] for status in _UNREAD),
    )


def unread(inventory: Inventory) -> tuple[Unread, ...]:
    """What was not read, or only in part, and why."""
    return tuple(
        Unread(row.source, row.key, row.status, row.reason or "")
        for row in sorted(inventory.coverage, key=lambda row: (row.source, row.key))
        if row.status in _UNREAD
    )

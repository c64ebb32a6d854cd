"""The run as a whole beside the policy: categories by what became of them, and coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from scanner.inventory import Inventory
from scanner.model import CoverageSummary, Gap, GapKind, MatrixRow, Sampled, Status, Unread
from scanner.policy import Policy
from scanner.sampling import is_sampled

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


def sampled(inventory: Inventory) -> tuple[Sampled, ...]:
    """Tables of which a random sample was read, and nothing else is missing."""
    return tuple(
        Sampled(row.source, row.key, row.sample)
        for row in sorted(inventory.coverage, key=lambda row: (row.source, row.key))
        if row.sample is not None and is_sampled(row)
    )


def unread(inventory: Inventory) -> tuple[Unread, ...]:
    """What was not read, or only in part, and why; a table of which a sample was read is none."""
    return tuple(
        Unread(row.source, row.key, row.status, row.reason or "")
        for row in sorted(inventory.coverage, key=lambda row: (row.source, row.key))
        if row.status in _UNREAD and not is_sampled(row)
    )

"""Rows of the store to values and back."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from scanner.inventory import Covered, Found, Run
from scanner.model import Dated, Finding, Persons, Resource, Sample, Status

_READ = (Status.SCANNED, Status.PARTIAL)


def run(row: RowMapping) -> Run:
    """A row of `runs`."""
    finished = datetime.fromisoformat(row["finished"]) if row["finished"] else None
    started = datetime.fromisoformat(row["started"])
    return Run(row["id"], row["name"], started, finished, row["detector"])


def digest(resource: Resource) -> str:
    """Stands for key and part where a column's length is bounded."""
    raw = f"{resource.key}\0{resource.part}".encode("utf-8", "backslashreplace")
    return hashlib.sha256(raw).hexdigest()[:32]


def storable(text: str, limit: int = 500) -> str:
    """Text that every database takes: no NUL, no lone surrogate, of bounded length.

    What is cut off is stood for by a digest, so that different texts stay different.
    """
    safe = text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
    if len(safe) <= limit:
        return safe
    return f"{safe[: limit - 10]}… {hashlib.sha256(safe.encode()).hexdigest()[:8]}"


def finding_row(outcome: int, finding: Finding) -> dict[str, Any]:
    """What `findings` keeps of a finding."""
    months = None
    if finding.months is not None:
        months = [[dated.period, dated.grade, count] for dated, count in finding.months]
    return {
        "outcome": outcome,
        "location": storable(finding.location),
        "entity": finding.entity,
        "matches": finding.matches,
        "values": finding.values,
        "read": finding.read,
        "score": finding.score,
        "runner_up": finding.runner_up,
        "reasons": list(finding.reasons),
        "months": months,
        "persons": finding.persons,
        "persons_between": finding.persons_between and list(finding.persons_between),
    }


def finding(row: RowMapping) -> Finding:
    """A row of `findings`."""
    months, between = row["months"], row["persons_between"]
    return Finding(
        location=row["location"],
        entity=row["entity"],
        matches=row["matches"],
        values=row["values"],
        read=row["read"],
        score=row["score"],
        runner_up=row["runner_up"],
        reasons=tuple(row["reasons"]),
        months=None if months is None else tuple((Dated(p, g), n) for p, g, n in months),
        persons=row["persons"],
        persons_between=between and (between[0], between[1]),
    )


def joined(rows: Iterable[RowMapping]) -> Iterator[Found]:
    """Findings of a resource's parts, joined by location and entity."""
    source = key = None
    held: dict[tuple[str, str], Finding] = {}
    for row in rows:
        if (row["source"], row["key"]) != (source, key):
            yield from (Found(source or "", key or "", held[item]) for item in sorted(held))
            source, key, held = row["source"], row["key"], {}
        found = finding(row)
        place = (found.location, found.entity)
        held[place] = _sum(held[place], found) if place in held else found
    yield from (Found(source or "", key or "", held[item]) for item in sorted(held))


def _sum(one: Finding, other: Finding) -> Finding:
    months: dict[Dated, int] = {}
    for dated, count in (one.months or ()) + (other.months or ()):
        months[dated] = months.get(dated, 0) + count
    ordered = sorted(months.items(), key=lambda item: (item[0].period, item[0].grade))
    persons = Persons.together(Persons(e.persons, e.persons_between) for e in (one, other))
    return dataclasses.replace(
        one,
        matches=one.matches + other.matches,
        values=one.values + other.values,
        read=one.read + other.read,
        score=max(one.score, other.score),
        reasons=tuple(sorted({*one.reasons, *other.reasons})),
        months=tuple(ordered) or None,
        persons=persons.number,
        persons_between=persons.between,
    )


_ORDER = (
    Status.FAILED,
    Status.PARTIAL,
    Status.SKIPPED,
    Status.SCANNED,
    Status.UNCHANGED,
    Status.GONE,
)


def covered(parts: Sequence[RowMapping], skipped: list[str]) -> Covered:
    """One row of coverage from a resource's parts and the reasons of their skips."""
    statuses = {Status(row["status"]) for row in parts}
    status = min(statuses, key=_ORDER.index)
    if len(statuses) > 1 and statuses & {Status.FAILED, Status.SKIPPED} and statuses & set(_READ):
        status = Status.PARTIAL
    reasons = [row["read_reason"] for row in parts if row["read_reason"]]
    read = status in (*_READ, Status.UNCHANGED)
    sample = parts[0]["read_sample"]
    return Covered(
        source=parts[0]["source"],
        key=parts[0]["key"],
        status=status,
        reason="; ".join(dict.fromkeys(reasons + skipped)) or None,
        bytes=sum(row["read_bytes"] for row in parts),
        rows=sum(row["read_rows"] for row in parts),
        sample=Sample(**sample) if sample else None,
        read_by=parts[0]["reader_run"] if read else None,
    )

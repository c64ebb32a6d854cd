"""What is to be decided: gaps of the same kind and entity are one decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scanner.model import Gap, GapReport, Persons, Severity

FIRST = 5
"""Decisions on page one."""
DAYS = {
    Severity.CRITICAL: 7,
    Severity.HIGH: 30,
    Severity.MEDIUM: 90,
    Severity.LOW: 180,
    Severity.INFO: 365,
}
"""Our suggestion: at once, this month, this quarter, this half-year, the policy's next review."""


def persons_of(gap: Gap) -> Persons:
    """How many persons a gap is about."""
    return Persons(gap.persons, gap.persons_between)


@dataclass(frozen=True, slots=True)
class Decision:
    """Gaps that one decision settles, gravest first; never empty."""

    gaps: tuple[Gap, ...]

    @property
    def first(self) -> Gap:
        """The gravest."""
        return self.gaps[0]

    @property
    def persons(self) -> Persons:
        """Of all its gaps: the same person may stand in several sources."""
        return Persons.together(map(persons_of, self.gaps))

    def deadline(self, run_date: str) -> date | None:
        """The suggested last day; None where the run's date is no date."""
        try:
            return date.fromisoformat(run_date) + timedelta(days=DAYS[self.first.severity])
        except ValueError:
            return None


def decisions(report: GapReport) -> tuple[Decision, ...]:
    """The first things to decide, gravest first."""
    grouped: dict[tuple[str, str], list[Gap]] = {}
    for gap in report.gaps:
        grouped.setdefault((gap.kind, gap.entity or gap.id), []).append(gap)
    return tuple(Decision(tuple(gaps)) for gaps in list(grouped.values())[:FIRST])

"""How grave a gap is: a base by what was found, moved by how many persons it touches."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.entities import entities
from scanner.model import Severity

NOT_COLLECTED = 100
PURPOSE = 50
PURPOSE_INFERRED = 25
"""The tie between purpose and category is ours, not the policy's."""
INFORMATION = 15
VAGUE_POLICY = 25

UNDECLARED = {
    "protected": 100,
    "special": 80,
    "criminal": 80,
    "identity": 80,
    "secret": 80,
    "sensitive": 60,
    "ordinary": 50,
}
"""By sensitivity; what only points at a person indirectly weighs ten less."""
RETENTION = {"A": 50, "B": 35, "C": 25}
"""By evidence: a DPO can order deletion on A, should check B, must not act on C alone."""
TRANSFER = {"never": 80, "only_with_safeguard": 50, "may": 25, "unstated": 50}
"""By what the policy says of transfers outside the EEA."""
COMPANY = {"SE_ORGANISATIONSNUMMER": 15, "SE_BANKGIRO": 25, "SE_PLUSGIRO": 25}
"""Mostly company data: personal only where the company is a sole trader."""

_FLOORS = (
    (95, Severity.CRITICAL),
    (55, Severity.HIGH),
    (30, Severity.MEDIUM),
    (20, Severity.LOW),
)


@dataclass(frozen=True, slots=True)
class Score:
    """The parts that a severity is made of, kept apart so that they can be shown."""

    base: int
    persons: int = 0

    @property
    def severity(self) -> Severity:
        """What the parts add up to."""
        total = self.base + self.persons
        return next((level for floor, level in _FLOORS if total >= floor), Severity.INFO)


def score(base: int, persons: int | None = None) -> Score:
    """Fewer than ten persons weigh less, a thousand more, a hundred thousand most.

    Not known: no difference. What is only information stays so, however many it touches.
    """
    if persons is None or base <= INFORMATION:
        return Score(base)
    steps = ((100_000, 10), (1_000, 5), (10, 0))
    return Score(base, next((weight for floor, weight in steps if persons >= floor), -5))


def undeclared(entity: str) -> int:
    """The base of an entity that no category covers."""
    if entity in COMPANY:
        return COMPANY[entity]
    known = entities().get(entity)
    return UNDECLARED[known.sensitivity if known else "ordinary"]

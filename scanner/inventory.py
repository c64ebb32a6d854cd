"""What the store knows of one run, ready to be judged: findings, coverage and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scanner.model import Finding, Sample


@dataclass(frozen=True, slots=True)
class Run:
    """One scan run."""

    id: int
    name: str
    started: datetime
    finished: datetime | None
    detector: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and where it stands."""

    source: str
    key: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Covered:
    """One row of coverage; parts of a resource are joined."""

    source: str
    key: str
    """"" stands for the source as a whole, when it could not be listed."""
    status: str
    reason: str | None
    bytes: int
    rows: int
    sample: Sample | None
    read_by: str | None
    """The run whose reading counts; None where nothing was read."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a source that serves other purposes."""

    match: str
    """A glob on keys."""
    purposes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What config and run say about one source, for judging."""

    name: str
    kind: str
    owner: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2: stated in the config, else told by the connector; "" = not known."""
    safeguard: str = ""
    """The transfer safeguard that the config states for a source outside the EEA, e.g. `SCC`."""
    purposes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Policy name: purposes. A policy that is not a key is not judged by purpose."""
    scopes: tuple[Scope, ...] = ()
    """The first whose `match` fits a key counts, instead of the source's own purposes."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Findings in force at a run, unchanged ones included, and the run's coverage."""

    run: str
    started: date
    sources: Mapping[str, SourceFacts]
    coverage: tuple[Covered, ...]
    findings: tuple[Found, ...]
    looked_for: frozenset[str] | None = None
    """Entities that the detector can find; None: all. Of the rest, nothing found says nothing."""

    def seeks(self, entities: frozenset[str]) -> bool:
        """Whether any of the entities would have been found, had it been there."""
        return bool(entities if self.looked_for is None else entities & self.looked_for)

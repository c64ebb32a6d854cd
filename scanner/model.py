"""The vocabulary: frozen values that every room shares. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What became of one resource in one run."""

    SCANNED = "scanned"
    """All of it was read."""
    PARTIAL = "partial"
    """Some of it was read; what was not stands in the skips."""
    FAILED = "failed"
    """An error; nothing of it counts."""
    SKIPPED = "skipped"
    """Not attempted, and why."""
    UNCHANGED = "unchanged"
    """Read by an earlier run, with the same fingerprint and detector version."""
    GONE = "gone"
    """Absent from a complete listing."""


@dataclass(frozen=True, slots=True)
class Resource:
    """The unit of work and of checkpointing inside a source: a table, a file, an S3 object."""

    source: str
    key: str
    """Canonical and stable across runs: `public.customers`, `hr/2024/lön.xlsx`."""
    part: str = ""
    """A share of a big resource, `0..1000000`; reports join parts by key."""
    fingerprint: str | None = None
    """Equal fingerprints promise equal content; None means: read it every run."""
    size: int | None = None
    """Bytes, where the source tells."""
    modified: datetime | None = None
    """Aware UTC time of the last change, where the source tells."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that retention can be judged by, and how good the evidence is."""

    period: str
    """ISO 8601: a month `2026-10`, or a day `2026-10-14` where limits are counted in days."""
    grade: str
    """A: business date in the same row; B: in a text, container or file name; C: file metadata."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a database's own schema says of a column; what it does not say is empty."""

    type: str = ""
    """As the engine writes it, in small letters: `numeric(10,2)`, `character varying(12)`."""
    comment: str = ""
    unique: bool = False
    """Whether no two rows may share a value: a primary key or a unique constraint of its own."""
    refers: str = ""
    """The column that a foreign key points at: `schema.table.column`."""
    about: str = ""
    """The table's comment."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Values that share one location: a column, a page, a text."""

    location: str
    values: tuple[str, ...]
    label: str = ""
    """The column's or field's name, where there is one."""
    group: str = ""
    first: int = 0
    """Batches of equal group and first are row-aligned: the columns of one table chunk."""
    media: str = ""
    """Media type, where it says what the values are: `message/rfc822` for a mail's text; for a
    recording (`audio/…`, `video/…`) the one value is its path."""
    dates: tuple[Dated, ...] = ()
    """Dates of the values as a whole: a recording's time."""
    column: Column | None = None
    """What the schema says, where there is one."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that was not read, and why. The reason is ours: it never quotes data."""

    key: str
    """As listed (`discover`) or as a location inside the resource (`read`)."""
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A detector's hit by position in a batch, before it is judged; holds no value."""

    entity: str
    index: int
    """Which of the batch's values."""
    start: int
    end: int
    """Characters of that value, end exclusive."""
    score: float
    """0 to 1."""
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    """The entity that claimed the same characters and lost."""


@dataclass(frozen=True, slots=True)
class Persons:
    """How many persons something is about, as far as is known."""

    number: int | None = None
    """None: not known."""
    between: tuple[int, int] | None = None
    """Its 95 % interval; None: at least `number`."""

    @staticmethod
    def together(told: Iterable[Persons], most: int | None = None) -> Persons:
        """Of several places, which may be about the same persons or about others.

        `most` is how many there are in all of them, where that is known.
        """
        parts = list(told)
        number = max((one.number for one in parts if one.number is not None), default=None)
        known = [one.between for one in parts if one.between is not None]
        if number is None or len(known) < len(parts):
            return Persons(number)
        low, high = max(low for low, _ in known), sum(high for _, high in known)
        return Persons(number, (low, high if most is None else max(low, min(high, most))))


@dataclass(frozen=True, slots=True)
class Finding:
    """Counts of one entity at one location; never contents."""

    location: str
    entity: str
    matches: int
    """Hits, repeats counted."""
    values: int
    """Cells or texts with at least one hit."""
    read: int
    """Non-empty values read."""
    score: float
    runner_up: str | None = None
    reasons: tuple[str, ...] = ()
    months: tuple[tuple[Dated, int], ...] | None = None
    """Histogram of business dates with their evidence grade, so that retention is judged from the
    store."""
    persons: int | None = None
    """Distinct persons whom it is about, estimated for the whole table or file; None: unknown."""
    persons_between: tuple[int, int] | None = None
    """The 95 % interval of `persons`; equal ends where all was counted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What share of a table was looked at, and what that proves."""

    frame: int
    """Rows that could have been drawn; an estimate where the engine keeps no count."""
    size: int
    """Rows drawn at random, each as likely as any other."""
    seed: int
    bound: float
    """What no drawn row holds is in at most this share of all rows, with 95 % confidence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one resource in one run."""

    resource: Resource
    status: Status
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    reason: str | None = None
    """Why not all was read; of what was, what the detector says of the reading."""
    bytes: int = 0
    """UTF-8 bytes of the values read."""
    rows: int = 0
    """Values read in the longest column or text list of each location group."""
    sample: Sample | None = None
    fingerprints: tuple[str, ...] = ()
    """Keyed (HMAC) fingerprints of strong identifiers, never plain."""


class GapKind(StrEnum):
    """How what was found and what is declared may differ."""

    NOT_COLLECTED = "not_collected"
    UNDECLARED = "undeclared"
    OUTSIDE_PURPOSE = "outside_purpose"
    RETENTION = "retention"
    TRANSFER = "transfer"
    DECLARED_NOT_FOUND = "declared_not_found"
    POLICY = "policy"


class Severity(StrEnum):
    """From what must be handled at once to what is good to know."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class GapPlace:
    """One place that a gap was seen at."""

    key: str
    location: str
    matches: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference between what was found and what the policy declares."""

    id: str
    """Stable across runs: a hash of controller, kind, source, scope and entity."""
    kind: GapKind
    severity: Severity
    source: str | None
    key: str | None
    location: str | None
    """Key and location name the largest place."""
    entity: str | None
    category: str | None
    matches: int | None
    persons: int | None
    places: tuple[GapPlace, ...]
    """Largest first, 1,000 at most."""
    places_total: int
    quote: str | None
    """The policy's own words, with their lines."""
    recommendation: str
    scope: str = ""
    grade: str | None = None
    """Evidence grade of a retention gap: A, B or C."""
    new: bool | None = None
    """Whether the run it is compared with lacked it; None: not compared."""
    persons_between: tuple[int, int] | None = None
    """The 95 % interval of `persons`; None: at least so many."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One category (or, where none covers it, one entity) and what became of it."""

    category: str
    status: str
    """found | found_undeclared | found_outside_purpose | declared_not_found | cannot_judge"""
    entities: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """All outcomes of a run together: what was read and what was not."""

    status: dict[str, int]
    bytes: int
    rows: int
    complete: bool
    """Nothing failed, was skipped or was read in part."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A resource or a part of one that was not read, for the reports."""

    source: str
    key: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sampled:
    """A table of which a random sample was read, for the reports."""

    source: str
    key: str
    sample: Sample


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source in a report: whose it is and how much of it was read."""

    name: str
    kind: str
    owner: str
    """"" = the config does not say."""
    country: str
    status: dict[str, int]


@dataclass(frozen=True, slots=True)
class GapReport:
    """What the gap reports render. Holds counts and places, never values."""

    policy: str
    controllers: tuple[str, ...]
    run: str
    run_date: str
    """ISO date on which the run started; retention is judged as of that day."""
    compared_to: str | None
    coverage: CoverageSummary
    unread: tuple[Unread, ...]
    gaps: tuple[Gap, ...]
    """Gravest first."""
    matrix: tuple[MatrixRow, ...]
    unjudged_purpose: tuple[str, ...] = field(default=())
    """Sources for which the config states no purpose under this policy."""
    unsought: tuple[str, ...] = field(default=())
    """Names of what the policy speaks of and nothing looks for: its absence is not shown."""
    policy_title: str = ""
    policy_date: str | None = None
    """ISO date that the policy gives itself; None: it gives none."""
    sources: tuple[SourceSummary, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """What people call each entity, in the report's language; its id where unknown."""
    ended: int | None = None
    """Gaps of the run it is compared with that are gone; None: not compared."""
    sampled: tuple[Sampled, ...] = ()
    """Tables of which a sample was read and nothing else is missing."""

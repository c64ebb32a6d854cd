"""The reading of one resource, in a worker: read, detect, conclude."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from connectors.base import Connector, Counting, ReadError, Sampled
from detectors.base import Detector, Evidence, Telling
from scanner import sampling
from scanner.meter import meter
from scanner.model import Batch, Outcome, Resource, Sample, Skipped, Status

MOST = 100_000
"""Keys that a database is asked to count, at most: some seconds of its time."""
MAX_SKIPS = 1000
"""Skips kept of one resource; the last one then says how many more there were."""


def scan_resource(
    connector: Connector,
    detector: Detector,
    resource: Resource,
    full: bool = False,  # noqa: FBT001, FBT002  # executors pass arguments by place
) -> Outcome:
    """Read one resource and conclude what it holds. Pure, and never raises for bad data.

    Of a big table a random sample is read, and a bigger one of its free text, if the connector can
    draw one; `full` reads all. An error in mid-way keeps what was found before it: the outcome is
    then `partial`. What the detector has to say of the reading stands where a reason would.
    """
    reading = _Reading(connector, detector, resource)
    reason = None
    try:
        if full or not isinstance(connector, Sampled):
            reading.take(connector.read(resource))
        else:
            reading.sample(connector)
    except Exception as error:  # noqa: BLE001  # a poison file costs only itself
        reason = describe(error)
    return reading.outcome(reason)


@dataclass(slots=True)
class _Volume:
    """How much was read."""

    batches: int = 0
    bytes: int = 0
    loose: int = 0
    groups: dict[str, int] = field(default_factory=dict)

    def add(self, batch: Batch) -> None:
        self.batches += 1
        text = "".join(batch.values)
        size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        self.bytes += size
        meter().add(size)
        if batch.group:
            last = batch.first + len(batch.values)
            self.groups[batch.group] = max(last, self.groups.get(batch.group, 0))
        else:
            self.loose += len(batch.values)

    def begin_again(self) -> None:
        """The rows of the tables come anew."""
        self.loose = self.rows()
        self.groups.clear()

    def rows(self) -> int:
        return self.loose + sum(self.groups.values())


@dataclass(slots=True)
class _Reading:
    """What has come of one resource so far."""

    connector: Connector
    detector: Detector
    resource: Resource
    evidence: Evidence = field(init=False)
    volume: _Volume = field(default_factory=_Volume)
    skipped: dict[Skipped, None] = field(default_factory=dict)
    surplus: int = 0
    drawn: list[Sample] = field(default_factory=list)
    different: dict[str, int] = field(default_factory=dict)
    """Column: different values, as the source counted them."""

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.resource)

    def sample(self, connector: Sampled) -> None:
        """Read a table whole if it is small; else rows of all columns, then more of free text."""
        self.take(connector.sample(self.resource))
        if not sampling.is_part(self.drawn):
            return
        self._count(self.connector)
        texts = frozenset(filter(self._is_text, self.evidence.places))
        if texts:
            self.volume.begin_again()
            keys = self.evidence.begin_again()
            columns = tuple(name for name in self.evidence.places if name in texts | keys)
            self.take(connector.sample(self.resource, columns), texts)

    def _count(self, connector: Connector) -> None:
        """Ask how many different keys there are: of those that come often a sample tells little."""
        if not isinstance(connector, Counting):
            return
        persons = self.evidence.readings[-1]
        persons.settle()
        for column in sorted(persons.uncounted()):
            with suppress(ReadError):  # the interval stays as wide as it is
                number = connector.distinct(self.resource, column, MOST)
                if number is not None:
                    self.different[column] = number

    def _is_text(self, location: str) -> bool:
        return self.evidence.places[location].shape.is_text

    def take(
        self,
        parts: Iterator[Batch | Skipped | Sample],
        counted: Container[str] | None = None,
    ) -> None:
        """Go through the parts; columns that are not counted only tell whose rows they are."""
        for part in parts:
            if isinstance(part, Batch):
                self.volume.add(part)
                again = counted is not None and part.location not in counted
                if isinstance(self.detector, Telling):
                    self.evidence.count(part, self.detector.tell(part), again=again)
                else:
                    self.evidence.add(part, self.detector.detect(part), again=again)
            elif isinstance(part, Sample):
                self.drawn.append(part)
                self.evidence.readings[-1].sample = part
            elif part in self.skipped:
                continue
            elif len(self.skipped) < MAX_SKIPS:
                self.skipped[part] = None
            else:
                self.surplus += 1

    def outcome(self, reason: str | None) -> Outcome:
        """What all that amounts to; `reason` says why the reading ended early."""
        skipped = tuple(self.skipped)
        if self.surplus:
            skipped += (Skipped("", f"{self.surplus} more parts were not read"),)
        evidence = self.evidence
        is_short = any(part.key not in evidence.places for part in skipped)
        for each in evidence.readings:
            is_cut = reason is not None and each is evidence.readings[-1]
            each.is_whole = not is_short and not is_cut
            each.count(self.different)
        try:
            findings = tuple(self.detector.conclude(evidence)) if self.volume.batches else ()
        except Exception as error:  # noqa: BLE001  # as in reading
            return Outcome(self.resource, Status.FAILED, skipped=skipped, reason=describe(error))
        sampled = sampling.worded(self.drawn)
        return Outcome(
            self.resource,
            self._status(reason, skipped, sampled),
            findings,
            skipped,
            "; ".join(filter(None, (reason, sampled, *evidence.notes))) or None,
            self.volume.bytes,
            self.volume.rows(),
            self.drawn[0] if self.drawn else None,
        )

    def _status(self, reason: str | None, skipped: tuple[Skipped, ...], sampled: str) -> Status:
        if not self.volume.batches and not sampled:
            if reason:
                return Status.FAILED
            return Status.SKIPPED if skipped else Status.SCANNED
        return Status.PARTIAL if reason or skipped or sampled else Status.SCANNED


def describe(error: BaseException) -> str:
    """An error in words that may be stored: ours, else its type, for a message may quote data."""
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, MemoryError):
        return "needs more memory than a worker may use; raise scan.memory"
    return f"unexpected {type(error).__name__}"

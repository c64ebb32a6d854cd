"""The reading of one resource, in a worker: read, detect, conclude."""

from __future__ import annotations

from dataclasses import dataclass, field

from connectors.base import Connector, ReadError
from detectors.base import Detector, Evidence
from scanner.meter import meter
from scanner.model import Batch, Outcome, Resource, Skipped, Status

MAX_SKIPS = 1000
"""Skips kept of one resource; the last one then says how many more there were."""


def scan_resource(connector: Connector, detector: Detector, resource: Resource) -> Outcome:
    """Read one resource and conclude what it holds. Pure, and never raises for bad data.

    An error in mid-way keeps what was found before it: the outcome is then `partial`. What the
    detector has to say of the reading stands where a reason would.
    """
    evidence = Evidence(resource)
    volume = _Volume()
    skipped: list[Skipped] = []
    surplus = 0
    reason = None
    try:
        for part in connector.read(resource):
            if isinstance(part, Batch):
                volume.add(part)
                evidence.add(part, detector.detect(part))
            elif len(skipped) < MAX_SKIPS:
                skipped.append(part)
            else:
                surplus += 1
    except Exception as error:  # noqa: BLE001  # a poison file costs only itself
        reason = describe(error)
    if surplus:
        skipped.append(Skipped("", f"{surplus} more parts were not read"))
    try:
        findings = tuple(detector.conclude(evidence)) if volume.batches else ()
    except Exception as error:  # noqa: BLE001  # as above
        return Outcome(resource, Status.FAILED, skipped=tuple(skipped), reason=describe(error))
    return Outcome(
        resource,
        _status(volume, skipped, reason),
        findings,
        tuple(skipped),
        "; ".join(filter(None, (reason, *evidence.notes))) or None,
        volume.bytes,
        volume.rows(),
    )


def describe(error: BaseException) -> str:
    """An error in words that may be stored: ours, else its type, for a message may quote data."""
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, MemoryError):
        return "needs more memory than a worker may use; raise scan.memory"
    return f"unexpected {type(error).__name__}"


@dataclass(slots=True)
class _Volume:
    """How much was read."""

    batches: int = 0
    bytes: int = 0
    loose: int = 0
    groups: dict[str, int] = field(default_factory=dict)

    def add(self, batch: Batch) -> None:
        self.batches += 1
        size = sum(
            len(value) if value.isascii() else len(value.encode("utf-8", "surrogatepass"))
            for value in batch.values
        )
        self.bytes += size
        meter().add(size)
        if batch.group:
            last = batch.first + len(batch.values)
            self.groups[batch.group] = max(last, self.groups.get(batch.group, 0))
        else:
            self.loose += len(batch.values)

    def rows(self) -> int:
        return self.loose + sum(self.groups.values())


def _status(volume: _Volume, skipped: list[Skipped], reason: str | None) -> Status:
    if not volume.batches:
        if reason:
            return Status.FAILED
        return Status.SKIPPED if skipped else Status.SCANNED
    return Status.PARTIAL if skipped or reason else Status.SCANNED

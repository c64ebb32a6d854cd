"""A connector and a detector in memory: what they do is in their fields."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import ReadError
from detectors.base import Evidence
from scanner.model import Batch, Candidate, Finding, Resource, Skipped


@dataclass(frozen=True)
class MemoryConnector:
    """Texts by key. A text may be an order: `!raise`, `!skip`, `!die`, `!hang`, `!half`."""

    name: str
    texts: tuple[tuple[str, str], ...] = ()
    unlisted: tuple[str, ...] = ()
    fault: str = ""
    fingerprints: bool = True

    def discover(self) -> Iterator[Resource | Skipped]:
        if self.fault == "refused":
            raise ReadError(f"source {self.name!r}: refused; mend it")
        for key, text in self.texts:
            yield Resource(self.name, key, fingerprint=text if self.fingerprints else None)
        for key in self.unlisted:
            yield Skipped(key, "no permission to list")
        if self.fault == "broken":
            raise ValueError("19121212-1212 in a driver's message")

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        text = dict(self.texts)[resource.key]
        if text == "!raise":
            raise ValueError("19121212-1212 in a message")
        if text == "!die":
            os.kill(os.getpid(), 9)
        if text == "!hang":
            time.sleep(60)
        if text == "!skip":
            yield Skipped("", "is not read yet: a test")
            return
        yield Batch("", (text,))
        if text.startswith("!half"):
            raise ReadError("the connection was lost; scan again")


@dataclass(frozen=True)
class WordDetector:
    """Finds the word `hit`."""

    version: str = "1"

    def detect(self, batch: Batch) -> Iterator[Candidate]:
        for index, value in enumerate(batch.values):
            start = value.find("hit")
            while start >= 0:
                yield Candidate("PERSON", index, start, start + 3, 0.9, ("word",))
                start = value.find("hit", start + 3)

    def conclude(self, evidence: Evidence) -> Iterator[Finding]:
        for place in evidence.places.values():
            for entity, tally in sorted(place.tallies.items()):
                yield Finding(
                    place.location,
                    entity,
                    tally.matches(0.5),
                    tally.values(0.5),
                    place.read,
                    tally.score(),
                    reasons=tuple(sorted(tally.reasons)),
                )


class Silent:
    """Progress that keeps what it was told."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.keys: list[str] = []
        self.stop_after = stop_after

    def listed(self, source: str, number: int, waiting: int) -> None:
        pass

    def passed(self, read: int) -> None:
        pass

    def ended(self, outcome: object) -> None:
        self.keys.append(outcome.resource.key)  # type: ignore[attr-defined]
        if self.stop_after is not None and len(self.keys) >= self.stop_after:
            raise KeyboardInterrupt

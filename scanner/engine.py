"""The one way data flows: list, ask what is due, read, record. Safe to stop and call again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from typing import Protocol

from connectors.base import Bounded, Connector, Located
from detectors.base import Detector
from scanner.executors import Executor
from scanner.inventory import Run
from scanner.model import Outcome, Resource, Skipped, Status
from scanner.reading import describe, scan_resource
from scanner.store import Due, Listed, Store

LOOKAHEAD = 20_000
"""Resources listed ahead of reading: their number is what the remaining time is told from."""

TICK = 1.0
"""Seconds between looks at how far a long read has come."""


class Progress(Protocol):
    """Is told how a run goes. Names no values."""

    def listed(self, source: str, number: int, waiting: int) -> None:
        """`number` more resources were listed, `waiting` of them are due."""
        ...

    def ended(self, outcome: Outcome) -> None:
        """One due resource has its outcome."""
        ...

    def passed(self, read: int) -> None:
        """A while has passed; `read` bytes were read so far, 0 where that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """One source to scan."""

    name: str
    kind: str
    country: str
    """As configured; "" = ask the connector."""
    connector: Connector


@dataclass(slots=True)
class Scan:
    """One run over its sources."""

    store: Store
    run: Run
    detector: Detector
    executor: Executor
    progress: Progress
    full: bool = False
    _suspects: list[tuple[Connector, Resource]] = field(default_factory=list)

    def sources(self, works: Iterable[Work]) -> None:
        """Scan every source; one that cannot be listed does not stop the rest.

        What listings told is recorded last, when every listed resource has its outcome: Ctrl-C
        leaves it out, and the next call lists again.
        """
        listings = [_Listing(work) for work in works]
        self._read([_Lane(one.work.connector, self._all_due(one)) for one in listings])
        self._retry()
        for listing in listings:
            self._conclude(listing.work, listing)

    def _all_due(self, listing: _Listing) -> Iterator[Resource]:
        for chunk in _chunks(listing, LOOKAHEAD):
            yield from self._due(listing.work, chunk)

    def _due(self, work: Work, listed: list[Resource | Skipped]) -> Iterator[Resource]:
        resources = [item for item in listed if isinstance(item, Resource)]
        unread = [
            Outcome(
                Resource(work.name, item.key),
                Status.SKIPPED,
                skipped=(Skipped("", item.reason),),
            )
            for item in listed
            if isinstance(item, Skipped)
        ]
        split = self.store.is_due(self.run, resources, self.detector.version, full=self.full)
        self.store.record_unchanged(self.run, split.unchanged, self.detector.version)
        self.progress.listed(work.name, len(listed), len(split.due))
        self._record_unlisted(unread)
        yield from split.due

    def _record_unlisted(self, outcomes: list[Outcome]) -> None:
        """Listings are repeated after a stop, so what this run has recorded is left out."""
        known = self.store.is_due(self.run, [item.resource for item in outcomes], "", full=True)
        due = {resource.key for resource in known.due}
        for outcome in outcomes:
            if outcome.resource.key in due:
                due.remove(outcome.resource.key)
                self.store.record(self.run, outcome, self.detector.version)

    def _conclude(self, work: Work, listing: _Listing) -> None:
        if listing.reason is not None:
            nothing = Outcome(Resource(work.name, ""), Status.FAILED, reason=listing.reason)
            self._record_unlisted([nothing])
        elif not listing.number:
            reason = f"the source is empty: nothing in it fits the config of {work.name}"
            nothing = Outcome(
                Resource(work.name, ""), Status.SKIPPED, skipped=(Skipped("", reason),)
            )
            self._record_unlisted([nothing])
        listed = Listed(work.name, work.kind, _country(work), listing.complete)
        self.store.record_listing(self.run, listed, self.detector.version)

    def _read(self, lanes: list[_Lane]) -> None:
        """Keep a small window of resources in flight; record each as it ends."""
        flying: dict[Future[Outcome], tuple[_Lane, Resource]] = {}
        while lanes or flying:
            while len(flying) < 2 * self.executor.workers and (task := _next(lanes)):
                lane, resource = task
                future = self.executor.submit(
                    scan_resource, lane.connector, self.detector, resource, self.full
                )
                flying[future] = task
                lane.flying += 1
            if flying:
                self._collect(flying)

    def _collect(self, flying: dict[Future[Outcome], tuple[_Lane, Resource]]) -> None:
        ended: set[Future[Outcome]] = set()
        while not ended:
            ended, _ = wait(flying, timeout=TICK, return_when=FIRST_COMPLETED)
            self.progress.passed(self.executor.read())
        for future in ended:
            lane, resource = flying.pop(future)
            lane.flying -= 1
            error = future.exception()
            if error is None:
                self._record(future.result())
            elif isinstance(error, TimeoutError):
                self._record(_failed(resource, "took longer than scan.timeout allows; raise it"))
            else:
                self._suspects.append((lane.connector, resource))

    def _retry(self) -> None:
        """Alone, so that a worker's death names its cause."""
        for connector, resource in self._suspects:
            future = self.executor.submit(
                scan_resource, connector, self.detector, resource, self.full
            )
            wait([future])
            error = future.exception()
            if error is None:
                self._record(future.result())
            elif isinstance(error, TimeoutError):
                self._record(_failed(resource, "took longer than scan.timeout allows; raise it"))
            else:
                self._record(_failed(resource, "its worker died twice"))
        self._suspects.clear()

    def _record(self, outcome: Outcome) -> None:
        self.store.record(self.run, outcome, self.detector.version)
        self.progress.ended(outcome)


@dataclass(slots=True)
class _Listing:
    """One pass over `discover`, and what it told."""

    work: Work
    number: int = 0
    complete: bool = True
    reason: str | None = None

    def __iter__(self) -> Iterator[Resource | Skipped]:
        try:
            for item in self.work.connector.discover():
                self.number += 1
                self.complete = self.complete and isinstance(item, Resource)
                yield item
        except Exception as error:  # noqa: BLE001  # one source must not stop the rest
            self.reason = describe(error)
            self.complete = False
        if not self.number:
            # an unmounted share looks like an empty one: nothing is declared gone
            self.complete = False


@dataclass(slots=True, eq=False)
class _Lane:
    """What is due of one source, and how much of it is in flight."""

    connector: Connector
    due: Iterator[Resource]
    flying: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the source bears no more at once: the others go on meanwhile."""
        return isinstance(self.connector, Bounded) and self.flying >= self.connector.connections


def _next(lanes: list[_Lane]) -> tuple[_Lane, Resource] | None:
    """The next resource of the first source with room; sources that have ended are left out."""
    for lane in [one for one in lanes if not one.is_full]:
        resource = next(lane.due, None)
        if resource is not None:
            return lane, resource
        lanes.remove(lane)
    return None


def plan(store: Store | None, works: Iterable[Work], detector: str) -> Iterator[tuple[str, Due]]:
    """What a run would read, without reading or recording it; raises what `discover` raises."""
    for work in works:
        for chunk in _chunks(iter(work.connector.discover()), LOOKAHEAD):
            resources = [item for item in chunk if isinstance(item, Resource)]
            if store is None:
                yield work.name, Due(tuple(resources), (), 0)
            else:
                yield work.name, store.is_due(None, resources, detector)


def _chunks(items: Iterable[Resource | Skipped], size: int) -> Iterator[list[Resource | Skipped]]:
    source = iter(items)
    while chunk := list(itertools.islice(source, size)):
        yield chunk


def _failed(resource: Resource, reason: str) -> Outcome:
    return Outcome(resource, Status.FAILED, reason=reason)


def _country(work: Work) -> str:
    if work.country or not isinstance(work.connector, Located):
        return work.country
    try:
        return work.connector.country()
    except Exception:  # noqa: BLE001  # not knowing the country must not cost the source
        return ""

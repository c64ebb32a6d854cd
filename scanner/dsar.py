"""The search for one person: every source, hop by hop. What it finds goes only to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace

from connectors.base import Connector, Searchable
from scanner.config import Source
from scanner.dsar_forms import Seeker, terms
from scanner.dsar_hits import Haul, Hit
from scanner.dsar_rows import Table
from scanner.dsar_texts import Text, search_key
from scanner.executors import Executor
from scanner.model import Batch, Resource, Skipped, Status
from scanner.reading import describe
from scanner.subject import Identifier, Subject

HOPS = 4
"""Times that numbers found lead to a new search, at most."""

_MANY = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".eml", ".msg", ".mbox")
"""Endings of files that hold documents of several people."""

Asked = Callable[[tuple[Identifier, ...]], bool]
"""Whether to search again with numbers that were found."""


class ProtectedError(Exception):
    """The subject's identity is protected; nothing may be written."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What became of one resource in the search."""

    source: str
    key: str
    status: Status
    method: str
    """`query`: the source was asked for rows; `read`: all was read; "": it was not searched."""
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What one resource gave, as it leaves the worker."""

    searched: Searched
    hits: tuple[Hit, ...] = ()
    leads: tuple[Identifier, ...] = ()
    shared: frozenset[str] = frozenset()
    is_protected: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """A whole search."""

    subject: Subject
    followed: tuple[Identifier, ...]
    """Numbers that were found and searched for too."""
    searched: tuple[Searched, ...]
    hits: tuple[Hit, ...]
    left: int = 0
    """Resources left out by the scope."""

    @property
    def unread(self) -> tuple[Searched, ...]:
        """What was not searched, or not all of it."""
        return tuple(one for one in self.searched if one.status is not Status.SCANNED)


def search_resource(connector: Connector, resource: Resource, seeker: Seeker) -> Found:
    """Search one resource. Pure, and never raises for bad data."""
    if isinstance(connector, Searchable):
        found = _search(connector.search(resource, terms(seeker.identifiers)), resource, seeker)
        if found.searched.status is not Status.FAILED:
            return replace(found, searched=replace(found.searched, method="query"))
    return _search(connector.read(resource), resource, seeker)


def _search(parts: Iterator[Batch | Skipped], resource: Resource, seeker: Seeker) -> Found:
    haul, page, reasons = Haul(), _Page(resource, seeker), list[str]()
    failed = False
    try:
        for part in parts:
            if isinstance(part, Skipped):
                reasons.append(f"{part.key}: {part.reason}" if part.key else part.reason)
            else:
                page.add(part, haul)
    except Exception as error:  # noqa: BLE001  # a poison file costs only itself
        failed = True
        reasons.append(describe(error))
    page.conclude(haul)
    search_key(resource, seeker, haul)
    status = Status.SCANNED
    if reasons:
        nothing = Status.FAILED if failed else Status.SKIPPED
        status = Status.PARTIAL if page.batches else nothing
    reason = "; ".join(dict.fromkeys(reasons[:5]))
    searched = Searched(resource.source, resource.key, status, "read", reason)
    shared = frozenset(haul.shared)
    return Found(searched, tuple(haul.hits), tuple(haul.leads), shared, haul.is_protected)


@dataclass(slots=True)
class _Page:
    """What is being read: columns are held until their chunk is whole, texts until the end."""

    resource: Resource
    seeker: Seeker
    batches: int = 0
    chunk: list[Batch] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)

    def add(self, batch: Batch, haul: Haul) -> None:
        self.batches += 1
        if not batch.group:
            self.texts.setdefault(_document(batch, self.resource.key), Text()).add(
                batch, self.seeker
            )
            return
        if self.chunk and (self.chunk[0].group, self.chunk[0].first) != (batch.group, batch.first):
            self._search_chunk(haul)
        self.chunk.append(batch)

    def conclude(self, haul: Haul) -> None:
        self._search_chunk(haul)
        for text in self.texts.values():
            text.conclude(self.resource, haul)

    def _search_chunk(self, haul: Haul) -> None:
        Table(self.resource, tuple(self.chunk), self.seeker).search(haul)
        self.chunk.clear()


def _document(batch: Batch, key: str) -> str:
    """The document that a text is a part of: a mail, all of a file's pages, an archive's member."""
    if "#" in batch.location:
        return batch.location.rpartition("#")[0]
    if batch.label or batch.media == "message/rfc822":
        return ""
    return batch.location if key.lower().endswith(_MANY) or "!" in batch.location else ""


@dataclass(slots=True)
class Search:
    """One person's search over sources. Hits stay in memory until they are answered with."""

    executor: Executor
    sources: Sequence[Source]
    asked: Asked
    within: Callable[[Resource, Seeker], bool] = lambda _resource, _seeker: True
    """The scope: whether a resource is searched."""
    _tasks: list[tuple[Connector, Resource]] = field(default_factory=list)
    _unlisted: list[Searched] = field(default_factory=list)

    def run(self, subject: Subject) -> Result:
        """Search until no new number leads further. Raises `ProtectedError`.

        Databases are asked first, over and over: most numbers lead on from there, and asking is
        cheap. All else is then read as few times as can be.
        """
        self._list()
        known = _Known(dict.fromkeys(subject.identifiers))
        askable = [task for task in self._tasks if isinstance(task[0], Searchable)]
        if askable:
            self._follow(askable, known)
        found = self._follow(self._tasks, known)
        return self._result(subject, known, found)

    def _follow(self, tasks: Sequence[tuple[Connector, Resource]], known: _Known) -> list[Found]:
        """Search until nothing new leads further; what the last round found counts."""
        for _ in range(HOPS):
            found = self._pass(tasks, known)
            leads = known.leads(found)
            is_wider = bool(leads) and not known.is_closed and self.asked(leads)
            known.is_closed |= bool(leads) and not is_wider
            if is_wider:
                known.identifiers |= dict.fromkeys(leads)
            if not known.learn_shared(found) and not is_wider:
                return found
        return self._pass(tasks, known)

    def _result(self, subject: Subject, known: _Known, found: list[Found]) -> Result:
        searched = [*(one.searched for one in found), *self._unlisted]
        return Result(
            subject,
            tuple(each for each in known.identifiers if each.via),
            tuple(sorted(searched, key=lambda one: (one.source, one.key))),
            tuple(hit for one in found for hit in one.hits),
            len(self._tasks) - len(found),
        )

    def _list(self) -> None:
        for source in self.sources:
            listed = len(self._tasks) + len(self._unlisted)
            reason = "the source is empty: nothing in it fits the config"
            try:
                for item in source.connector.discover():
                    if isinstance(item, Resource):
                        self._tasks.append((source.connector, item))
                    else:
                        self._unread(source.name, item.key, Status.SKIPPED, item.reason)
            except Exception as error:  # noqa: BLE001  # one source must not stop the rest
                self._unread(source.name, "", Status.FAILED, describe(error))
            if listed == len(self._tasks) + len(self._unlisted):
                self._unread(source.name, "", Status.SKIPPED, reason)

    def _unread(self, source: str, key: str, status: Status, reason: str) -> None:
        self._unlisted.append(Searched(source, key, status, "", reason))

    def _pass(self, tasks: Sequence[tuple[Connector, Resource]], known: _Known) -> list[Found]:
        """Search resources once with all that is known."""
        seeker = known.seeker()
        chosen = [task for task in tasks if self.within(task[1], seeker)]
        found, suspects = list[Found](), list[tuple[Connector, Resource]]()
        flying: dict[Future[Found], tuple[Connector, Resource]] = {}
        for task in chosen:
            flying[self.executor.submit(search_resource, *task, seeker)] = task
            if len(flying) >= 2 * self.executor.workers:
                self._collect(flying, found, suspects)
        while flying:
            self._collect(flying, found, suspects)
        for task in suspects:  # alone, so that a worker's death names its cause
            flying[self.executor.submit(search_resource, *task, seeker)] = task
            again = list[tuple[Connector, Resource]]()
            self._collect(flying, found, again)
            found += [_dead(resource, "its worker died twice") for _, resource in again]
        if any(one.is_protected for one in found):
            raise ProtectedError
        return found

    def _collect(
        self,
        flying: dict[Future[Found], tuple[Connector, Resource]],
        found: list[Found],
        suspects: list[tuple[Connector, Resource]],
    ) -> None:
        ended, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in ended:
            task = flying.pop(future)
            error = future.exception()
            if error is None:
                found.append(future.result())
            elif isinstance(error, TimeoutError):
                found.append(_dead(task[1], "took longer than scan.timeout allows; raise it"))
            else:
                suspects.append(task)


def _dead(resource: Resource, reason: str) -> Found:
    return Found(Searched(resource.source, resource.key, Status.FAILED, "", reason))


@dataclass(slots=True)
class _Known:
    """What the subject is searched for by."""

    identifiers: dict[Identifier, None]
    shared: frozenset[str] = frozenset()
    is_closed: bool = False
    """The one who searches wants no more numbers."""

    def seeker(self) -> Seeker:
        """Looks for all of it; a metering point's dates count where it has other holders too."""
        return Seeker(
            tuple(
                each if each.value in self.shared else replace(each, since="", until="")
                for each in self.identifiers
            )
        )

    def leads(self, found: list[Found]) -> tuple[Identifier, ...]:
        """Numbers not searched for yet, in a stable order, by the shortest way to each."""
        held = {(each.kind, each.value) for each in self.identifiers}
        new: dict[tuple[str, str], Identifier] = {}
        for lead in sorted((lead for one in found for lead in one.leads), key=_way):
            same = lead.kind, lead.value
            if same not in held:
                new[same] = _joined(new.get(same, lead), lead)
        return tuple(new.values())

    def learn_shared(self, found: list[Found]) -> bool:
        """Note which metering points others hold too; whether that changes anything."""
        told = self.shared.union(*(one.shared for one in found))
        dated = {each.value for each in self.identifiers if each.since or each.until}
        is_new = bool((told - self.shared) & dated)
        self.shared = told
        return is_new


def _joined(one: Identifier, other: Identifier) -> Identifier:
    """The same number with the time that both are the subject's; a row without dates adds none."""
    if not other.since and not other.until:
        return one
    if not one.since and not one.until:
        return replace(one, since=other.since, until=other.until)
    until = max(one.until, other.until) if one.until and other.until else ""
    return replace(one, since=min(one.since, other.since), until=until)


def _way(lead: Identifier) -> tuple[int, str, str, str, str, str]:
    return (len(lead.via), lead.kind, lead.value, lead.chain, lead.since, lead.until)

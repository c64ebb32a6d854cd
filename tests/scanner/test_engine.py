"""The engine's promises: resume, incremental, poison costs only itself, nothing raises."""

from __future__ import annotations

import dataclasses
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from scanner.engine import Scan, Work
from scanner.executors import Executor, Inline, Processes
from scanner.inventory import Run
from scanner.store import Store, open_store
from tests.memory import MemoryConnector, Silent, WordDetector

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)

TEXTS = tuple(
    (f"file-{number:02}", "a hit and a hit" if number % 3 else "") for number in range(12)
)


def scan(
    store: Store,
    connectors: tuple[MemoryConnector, ...],
    *,
    name: str | None = None,
    detector: WordDetector = WordDetector(),  # noqa: B008  # frozen
    executor: Executor | None = None,
    progress: Silent | None = None,
    full: bool = False,
) -> Run:
    run = store.begin(name, NOW, detector.version)
    works = [Work(c.name, "memory", "SE", c) for c in connectors]
    executor = executor or Inline()
    Scan(store, run, detector, executor, progress or Silent(), full).sources(works)
    store.finish(run, NOW)
    return store.run(run.name)


def statuses(store: Store, run: Run) -> dict[str, str]:
    return {row.key: row.status for row in store.coverage(run)}


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The whole store without its row numbers and times."""
    engine = create_engine(f"sqlite:///{path}")
    outcomes = (
        "select r.name, o.source, o.key, o.status, o.reason, o.fingerprint, o.bytes, o.rows"
        " from outcomes o join runs r on r.id = o.run"
    )
    findings = (
        "select r.name, o.key, f.location, f.entity, f.matches, f.read from findings f"
        " join outcomes o on o.id = f.outcome join runs r on r.id = o.run"
    )
    with engine.connect() as connection:
        return {
            query: sorted(tuple(row) for row in connection.execute(text(query)))
            for query in (outcomes, findings, "select source, complete from run_sources")
        }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/store.sqlite")


def test_findings_are_counted_and_empty_values_are_not_read(store: Store) -> None:
    run = scan(store, (MemoryConnector("a", TEXTS),))
    found = [item.finding for item in store.findings(run)]
    assert len(found) == 8
    assert {(f.matches, f.values, f.read) for f in found} == {(2, 1, 1)}
    assert set(statuses(store, run).values()) == {"scanned"}


@pytest.mark.parametrize("after", range(1, 12))
def test_a_stopped_run_continued_equals_an_unbroken_one(tmp_path: Path, after: int) -> None:
    connector = MemoryConnector("a", (*TEXTS, ("bad", "!raise"), ("odd", "!skip")), ("dir",))
    whole, broken = tmp_path / "whole.sqlite", tmp_path / "broken.sqlite"
    scan(open_store(f"sqlite:///{whole}"), (connector,))
    with pytest.raises(KeyboardInterrupt):
        scan(open_store(f"sqlite:///{broken}"), (connector,), progress=Silent(after))
    told = Silent()
    scan(open_store(f"sqlite:///{broken}"), (connector,), progress=told)
    assert dump(broken) == dump(whole)
    assert len(told.keys) == len(TEXTS) + 2 - after, "nothing is read twice"


def test_unchanged_resources_are_not_read_again_and_their_findings_stay(store: Store) -> None:
    connector = MemoryConnector("a", (*TEXTS, ("bad", "!raise"), ("half", "!half hit")))
    first = scan(store, (connector,))
    told = Silent()
    second = scan(store, (connector,), progress=told)
    assert sorted(told.keys) == ["bad", "half"], "what failed or was read in part is tried again"
    assert statuses(store, second) == {
        **{key: "unchanged" for key, _ in TEXTS},
        "bad": "failed",
        "half": "partial",
    }
    assert list(store.findings(first)) == list(store.findings(second))
    third = scan(store, (connector,))
    assert list(store.findings(first)) == list(store.findings(third)), "through two unchanged runs"
    assert {row.read_by for row in store.coverage(third) if row.status == "unchanged"} == {
        first.name
    }
    assert sum(r.bytes for r in store.coverage(third)) == sum(
        r.bytes for r in store.coverage(first)
    )


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({"detector": WordDetector("2")}, 12),
        ({"full": True}, 12),
        ({}, 0),
    ],
)
def test_what_makes_unchanged_resources_due(store: Store, change: dict[str, Any], due: int) -> None:
    scan(store, (MemoryConnector("a", TEXTS),))
    told = Silent()
    scan(store, (MemoryConnector("a", TEXTS),), progress=told, **change)
    assert len(told.keys) == due


def test_a_changed_or_unfingerprinted_resource_is_due(store: Store) -> None:
    scan(store, (MemoryConnector("a", TEXTS), MemoryConnector("b", TEXTS, fingerprints=False)))
    changed = (*TEXTS[1:], ("file-00", "now a hit"))
    told = Silent()
    scan(
        store,
        (MemoryConnector("a", changed), MemoryConnector("b", TEXTS, fingerprints=False)),
        progress=told,
    )
    assert sorted(told.keys) == sorted(["file-00", *(key for key, _ in TEXTS)])


def test_only_a_complete_listing_declares_things_gone(store: Store) -> None:
    scan(store, (MemoryConnector("a", TEXTS),))
    run = scan(store, (MemoryConnector("a", TEXTS[1:], fault="broken"),))
    assert "gone" not in statuses(store, run).values()
    run = scan(store, (MemoryConnector("a", TEXTS[1:], unlisted=("dir",)),))
    assert "gone" not in statuses(store, run).values()
    run = scan(store, (MemoryConnector("a"),))
    assert statuses(store, run) == {"": "skipped"}, "an empty listing may be an unmounted share"
    run = scan(store, (MemoryConnector("a", TEXTS[1:]),))
    assert statuses(store, run)["file-00"] == "gone"
    run = scan(store, (MemoryConnector("a", TEXTS[1:]),))
    assert "file-00" not in statuses(store, run), "gone is told once"


def test_a_source_that_cannot_be_listed_does_not_stop_the_rest(store: Store) -> None:
    run = scan(store, (MemoryConnector("a", fault="refused"), MemoryConnector("b", TEXTS)))
    rows = {(row.source, row.key): row for row in store.coverage(run)}
    assert rows["a", ""].status == "failed"
    assert rows["a", ""].reason == "source 'a': refused; mend it"
    assert rows["b", "file-01"].status == "scanned"
    assert not store.sources(run)["a"].complete


def test_a_source_that_comes_back_in_the_same_run_is_not_called_unavailable(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        scan(
            store,
            (MemoryConnector("a", fault="refused"), MemoryConnector("b", TEXTS)),
            progress=Silent(1),
        )
    run = scan(store, (MemoryConnector("a", TEXTS), MemoryConnector("b", TEXTS)))
    assert set(statuses(store, run).values()) == {"scanned"}


def test_reasons_hold_an_error_s_type_and_never_its_message(store: Store) -> None:
    run = scan(
        store, (MemoryConnector("a", (("bad", "!raise"),)), MemoryConnector("b", fault="broken"))
    )
    assert {row.reason for row in store.coverage(run)} == {"unexpected ValueError"}


def test_a_skip_is_kept_with_its_reason(store: Store) -> None:
    run = scan(store, (MemoryConnector("a", (("odd", "!skip"),), unlisted=("dir",)),))
    assert {(r.key, r.status, r.reason) for r in store.coverage(run)} == {
        ("dir", "skipped", "no permission to list"),
        ("odd", "skipped", "is not read yet: a test"),
    }


def test_a_poison_file_costs_only_itself_in_real_processes(store: Store) -> None:
    texts = (*TEXTS, ("kills", "!die"), ("hangs", "!hang"), ("last", "a hit"))
    executor = Processes(workers=2, timeout=3, memory=4096)
    run = scan(store, (MemoryConnector("a", texts),), executor=executor)
    executor.end(cancel=False)
    rows = {row.key: row for row in store.coverage(run)}
    assert rows["kills"].reason == "its worker died twice"
    assert rows["hangs"].reason == "took longer than scan.timeout allows; raise it"
    others = {row.status for key, row in rows.items() if key not in ("kills", "hangs")}
    assert others == {"scanned"}


def test_few_futures_are_in_flight(store: Store) -> None:
    class Counting(Inline):
        flying = 0
        most = 0

        def submit(self, function: Any, /, *arguments: object) -> Future[Any]:
            Counting.flying += 1
            Counting.most = max(Counting.most, Counting.flying)
            return super().submit(function, *arguments)

    class Progress(Silent):
        def ended(self, outcome: object) -> None:
            Counting.flying -= 1

    scan(store, (MemoryConnector("a", TEXTS),), executor=Counting(), progress=Progress())
    assert Counting.most <= 2


class Threads:
    """Four calls at a time, in this process."""

    workers = 4

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.workers)

    def submit(self, function: Any, /, *arguments: object) -> Future[Any]:
        return self.pool.submit(function, *arguments)

    def read(self) -> int:
        return 0

    def end(self, *, cancel: bool) -> None:
        self.pool.shutdown(cancel_futures=cancel)


@dataclasses.dataclass(frozen=True)
class Counted(MemoryConnector):
    """Counts its readers, and holds each until the other source has been read whole."""

    connections: int = 2
    other_is_read: threading.Event = dataclasses.field(default_factory=threading.Event)
    readers: list[int] = dataclasses.field(default_factory=lambda: [0])
    """How many there are now, and then how many there ever were."""

    def read(self, resource: Any) -> Iterator[Any]:
        self.readers[0] += 1
        self.readers.append(self.readers[0])
        assert self.other_is_read.wait(20), "a full source stalls another"
        yield from super().read(resource)
        self.readers[0] -= 1


def test_a_source_is_not_read_by_more_at_once_than_it_bears_and_stalls_no_other(
    store: Store,
) -> None:
    bounded = Counted("a", TEXTS)

    class Progress(Silent):
        def ended(self, outcome: Any) -> None:
            super().ended(outcome)
            if len([key for key in self.keys if key.startswith("free")]) == len(TEXTS):
                bounded.other_is_read.set()

    free = MemoryConnector("b", tuple((f"free-{key}", text) for key, text in TEXTS))
    executor = Threads()
    run = scan(store, (bounded, free), executor=executor, progress=Progress())
    executor.end(cancel=False)
    assert set(statuses(store, run).values()) == {"scanned"}
    assert len(statuses(store, run)) == 2 * len(TEXTS)
    assert max(bounded.readers[1:]) == 2


def test_discover_is_not_run_far_ahead(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engine.LOOKAHEAD", 3)
    listed: list[int] = []

    @dataclasses.dataclass(frozen=True)
    class Endless(MemoryConnector):
        def discover(self) -> Iterator[Any]:
            for number, item in enumerate(super().discover()):
                listed.append(number)
                yield item

    with pytest.raises(KeyboardInterrupt):
        scan(store, (Endless("a", TEXTS),), progress=Silent(1))
    assert len(listed) <= 6


def test_the_store_is_private(tmp_path: Path, store: Store) -> None:
    del store
    assert stat.S_IMODE((tmp_path / "store.sqlite").stat().st_mode) == 0o600

"""The store: parts, runs' names, versions, and words for what is wrong."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from scanner import schema
from scanner.model import Dated, Finding, Outcome, Resource, Sample, Skipped, Status
from scanner.store import Listed, Store, StoreError, open_store
from tests.servers import Postgres

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.url_with_password(server.create_database())


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url)


def finding(location: str = "a", entity: str = "PERSON", number: int = 1) -> Finding:
    months = ((Dated("2026-10", "A"), number),)
    return Finding(location, entity, number, number, 10, 0.9, None, ("label",), months)


def test_a_finding_comes_back_as_it_was(store: Store) -> None:
    run = store.begin(None, NOW, "1")
    kept = Finding("å|\n", "PERSON", 2, 1, 3, 0.85, "SE_ADDRESS", ("label", "share"), None, 7)
    outcome = Outcome(Resource("a", "key"), Status.SCANNED, (kept, finding()), sample=None)
    store.record(run, outcome, "1")
    assert {item.finding for item in store.findings(run)} == {kept, finding()}


def test_parts_of_a_resource_are_joined_by_key(store: Store) -> None:
    run = store.begin(None, NOW, "1")
    sample = Sample(100, 10, 1, 0.03)
    for part, number in (("0..9", 1), ("10..19", 2)):
        resource = Resource("crm", "public.customers", part)
        outcome = Outcome(
            resource, Status.SCANNED, (finding(number=number),), bytes=5, rows=10, sample=sample
        )
        store.record(run, outcome, "1")
    failed = Outcome(Resource("crm", "public.customers", "20..29"), Status.FAILED, reason="lost")
    store.record(run, failed, "1")
    (row,) = store.coverage(run)
    assert (row.status, row.reason, row.bytes, row.rows) == ("partial", "lost", 10, 20)
    assert row.sample == sample
    (found,) = store.findings(run)
    assert (found.finding.matches, found.finding.read) == (3, 20)
    assert found.finding.months == ((Dated("2026-10", "A"), 3),)


def test_runs_are_named_by_quarter_and_the_unfinished_one_is_continued(store: Store) -> None:
    first = store.begin(None, NOW, "1")
    assert first.name == "2026-Q4"
    assert store.begin(None, NOW, "1").name == "2026-Q4"
    store.finish(first, NOW)
    assert store.begin(None, NOW, "1").name == "2026-Q4-2"
    assert store.begin("revision", NOW, "1").name == "revision"
    assert store.run(None).name == "2026-Q4", "only a finished run is the latest"


def test_unknown_runs_are_named_with_those_that_exist(store: Store) -> None:
    with pytest.raises(StoreError, match="holds no finished run yet; run `sparhund scan` first"):
        store.run(None)
    store.begin("q1", NOW, "1")
    with pytest.raises(StoreError, match="no run 'q2'; it holds: q1"):
        store.run("q2")


def test_many_keys_are_asked_for_at_once(store: Store) -> None:
    run = store.begin(None, NOW, "1")
    resources = [Resource("a", f"key {number}", fingerprint="f") for number in range(1500)]
    for resource in resources[::2]:
        store.record(run, Outcome(resource, Status.SCANNED), "1")
    store.record_listing(run, Listed("a", "files", "SE", complete=True), "1")
    store.finish(run, NOW)
    later = store.begin(None, NOW, "1")
    split = store.is_due(later, resources, "1")
    assert (len(split.due), len(split.unchanged), split.done) == (750, 750, 0)
    store.record_unchanged(later, split.unchanged, "1")
    assert store.is_due(later, resources, "1").done == 750


def test_long_lists_of_skips_are_shortened_in_coverage(store: Store) -> None:
    run = store.begin(None, NOW, "1")
    skipped = tuple(Skipped(f"inner.zip!{number}", "encrypted") for number in range(9))
    store.record(run, Outcome(Resource("a", "k"), Status.PARTIAL, skipped=skipped), "1")
    (row,) = store.coverage(run)
    assert row.reason is not None
    assert row.reason.startswith("inner.zip!0: encrypted; ")
    assert row.reason.endswith("and 4 more parts")


def test_an_older_store_is_led_up_step_by_step(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = open_store(url).begin("kept", NOW, "1")
    one, two = schema.VERSION + 1, schema.VERSION + 2
    monkeypatch.setattr(schema, "VERSION", two)
    steps = {one: ("ALTER TABLE runs ADD COLUMN note TEXT",), two: ("UPDATE runs SET note = 'x'",)}
    monkeypatch.setattr(schema, "UPGRADES", steps)
    assert open_store(url).run("kept") == run
    with create_engine(url).connect() as connection:
        assert connection.execute(text("select note from runs")).scalar_one() == "x"
        assert connection.execute(text("select version from schema_version")).scalar_one() == two
    open_store(url)


def test_a_store_of_the_first_version_keeps_its_findings(store: Store, url: str) -> None:
    run = store.begin(None, NOW, "1")
    store.record(run, Outcome(Resource("a", "k"), Status.SCANNED, (finding(),)), "1")
    with create_engine(url).begin() as connection:
        connection.execute(text("alter table findings drop column persons_between"))
        connection.execute(text("update schema_version set version = 1"))
    led_up = open_store(url)
    assert [item.finding for item in led_up.findings(run)] == [finding()]
    told = dataclasses.replace(finding("b"), persons=12, persons_between=(11, 14))
    led_up.record(run, Outcome(Resource("a", "l"), Status.SCANNED, (told,)), "1")
    assert told in {item.finding for item in led_up.findings(run)}


def test_a_newer_store_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(url)
    version = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", 0)
    with pytest.raises(StoreError, match=f"version {version}, made by a newer sparhund"):
        open_store(url)


def test_a_foreign_database_is_left_alone(url: str) -> None:
    with create_engine(url).begin() as connection:
        connection.execute(text("create table runs (id integer)"))
    with pytest.raises(StoreError, match="holds a table runs that is not the store's"):
        open_store(url)


def test_a_fresh_store_has_the_version_that_upgrades_lead_to() -> None:
    assert set(schema.UPGRADES) == set(range(2, schema.VERSION + 1))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("sqlite:////nowhere/at/all.sqlite", "make its folder, or change store.url"),
        ("nonsense://host/name", "names no database that is installed"),
        ("postgresql+psycopg://u:s3cret@127.0.0.1:1/x", "check that it is reachable"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_in_one_line(bad: str, words: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(bad)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("not a database, but long enough to be looked at as one " * 50)
    with pytest.raises(StoreError, match="DatabaseError"):
        open_store(f"sqlite:///{path}")


HOSTILE = ["\0", "\ud800", "å" * 10_000, "å" * 10_000 + "x", "'; drop table runs; --", "\u202e", ""]


def test_hostile_names_are_kept_apart(store: Store) -> None:
    run = store.begin(None, NOW, "1")
    found = tuple(finding(location=name) for name in HOSTILE)
    skipped = tuple(Skipped(name, "encrypted") for name in HOSTILE)
    store.record(run, Outcome(Resource("a", "k"), Status.PARTIAL, found, skipped), "1")
    assert len(list(store.findings(run))) == len(HOSTILE)
    longest = [Resource("a", chr(0x10000 + n) * 4000, fingerprint="f") for n in range(3)]
    for resource in longest:
        store.record(run, Outcome(resource, Status.SCANNED), "1")
    assert store.is_due(run, longest, "1").done == 3
    assert {row.key for row in store.coverage(run)} == {"k", *(item.key for item in longest)}


def test_only_one_scan_at_a_time(url: str) -> None:
    one, other = open_store(url), open_store(url)
    with one.writing():
        with pytest.raises(StoreError, match="another scan is running on it"), other.writing():
            pass
        assert other.runs() == (), "reading is free"
    with other.writing():
        pass

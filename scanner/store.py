"""What every run saw: inventory and checkpoint in one. Only the coordinator writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from scanner import lock, rows, schema
from scanner.inventory import Covered, Found, Run
from scanner.model import Outcome, Resource, Status
from scanner.schema import findings, outcomes, run_sources, runs, skips

_CHUNK = 300
"""Keys asked for at a time: three parameters each, below SQLite's limit of old, 999."""


class StoreError(Exception):
    """The store cannot be used. One line: which, why, how to mend; holds no password."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done with listed resources."""

    due: tuple[Resource, ...]
    unchanged: tuple[tuple[Resource, int], ...]
    """With the outcome that read them."""
    done: int
    """How many this run has an outcome for already."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What listing a source told."""

    source: str
    kind: str
    country: str
    complete: bool
    """The listing ended, and nothing in it was unreadable."""


class Store:
    """A database of runs and outcomes. Use `open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, name: str | None, now: datetime, detector: str) -> Run:
        """Continue the unfinished run (or the one named), else start one."""
        with self._transaction() as connection:
            query = select(runs).order_by(runs.c.id.desc()).limit(1)
            query = (
                query.where(runs.c.name == name) if name else query.where(runs.c.finished.is_(None))
            )
            row = connection.execute(query).mappings().first()
            if row is not None:
                return rows.run(row)
            chosen = name or _free_name(connection, now)
            values = {"name": chosen, "started": now.isoformat(), "detector": detector}
            key = connection.execute(insert(runs).values(values)).inserted_primary_key
            return Run(int(key[0]) if key else 0, chosen, now, None, detector)

    def finish(self, run: Run, now: datetime) -> None:
        """Declare the run whole."""
        with self._transaction() as connection:
            connection.execute(
                update(runs).where(runs.c.id == run.id).values(finished=now.isoformat())
            )

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with self._transaction() as connection:
            known = connection.execute(select(runs).order_by(runs.c.id)).mappings()
            return tuple(rows.run(row) for row in known)

    def run(self, name: str | None) -> Run:
        """The run of that name, default the latest finished one. Raises `StoreError`."""
        known = self.runs()
        chosen = [run for run in known if (run.name == name if name else run.finished)]
        if chosen:
            return chosen[-1]
        if name is None:
            raise StoreError("the store holds no finished run yet; run `sparhund scan` first")
        names = ", ".join(run.name for run in known) or "none"
        raise StoreError(f"the store holds no run {name!r}; it holds: {names}")

    def is_due(
        self, run: Run | None, resources: Sequence[Resource], detector: str, *, full: bool = False
    ) -> Due:
        """Which resources must be read in this run.

        Not if this run has the outcome (resume). Not if the latest outcome is complete with the
        same fingerprint and the same detector version (incremental), unless `full`.
        """
        due: list[Resource] = []
        unchanged: list[tuple[Resource, int]] = []
        done = 0
        with self._transaction() as connection:
            for chunk in _chunks(resources, _CHUNK):
                latest = _latest(connection, chunk)
                for resource in chunk:
                    row = latest.get(rows.digest(resource))
                    if row is not None and run is not None and row["run"] == run.id:
                        done += 1
                    elif not full and row is not None and _is_same(row, resource, detector):
                        unchanged.append((resource, row["read_by"] or row["id"]))
                    else:
                        due.append(resource)
        return Due(tuple(due), tuple(unchanged), done)

    def record(self, run: Run, outcome: Outcome, detector: str) -> None:
        """Keep one outcome with its findings and skips, in one transaction."""
        with self._transaction() as connection:
            _insert_outcome(connection, run, outcome, detector)

    def record_unchanged(
        self, run: Run, resources: Iterable[tuple[Resource, int]], detector: str
    ) -> None:
        """Keep that these resources were read by earlier outcomes and have not changed."""
        with self._transaction() as connection:
            for resource, read_by in resources:
                outcome = Outcome(resource, Status.UNCHANGED)
                _insert_outcome(connection, run, outcome, detector, read_by)

    def record_listing(self, run: Run, listed: Listed, detector: str) -> None:
        """Keep what listing a source told; after a complete listing, what it lacks is gone."""
        with self._transaction() as connection:
            where = (run_sources.c.run == run.id) & (run_sources.c.source == listed.source)
            connection.execute(run_sources.delete().where(where))
            row = dataclasses.asdict(listed) | {"run": run.id}
            connection.execute(insert(run_sources).values(row))
            if listed.complete:
                _retract(connection, run, listed.source)
                for resource in _absent(connection, run, listed.source):
                    _insert_outcome(connection, run, Outcome(resource, Status.GONE), detector)

    def sources(self, run: Run) -> dict[str, Listed]:
        """The sources that the run listed or tried to."""
        with self._transaction() as connection:
            found = connection.execute(select(run_sources).where(run_sources.c.run == run.id))
            return {
                row["source"]: Listed(row["source"], row["kind"], row["country"], row["complete"])
                for row in found.mappings()
            }

    def coverage(self, run: Run) -> tuple[Covered, ...]:
        """All outcomes of the run, by source and key; skipped parts are named in the reason."""
        with self._transaction() as connection:
            return tuple(_covered(connection, run))

    def findings(self, run: Run) -> Iterator[Found]:
        """Findings in force at the run, unchanged resources' included, in a stable order."""
        reading = func.coalesce(outcomes.c.read_by, outcomes.c.id)
        query = (
            select(outcomes.c.source, outcomes.c.key, outcomes.c.part, findings)
            .join(findings, findings.c.outcome == reading)
            .where(outcomes.c.run == run.id)
            .order_by(outcomes.c.source, outcomes.c.key, outcomes.c.part)
            .order_by(findings.c.location, findings.c.entity)
        )
        with self._transaction() as connection:
            found = connection.execution_options(yield_per=1000).execute(query).mappings()
            yield from rows.joined(found)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """For as long as a scan writes: raises `StoreError` while another one does."""
        try:
            with lock.held(self._engine):
                yield
        except lock.LockError:
            raise StoreError(
                f"{_shown(self._engine)}: another scan is running on it; wait for it, or stop it"
            ) from None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"{_shown(self._engine)}: {_cause(error)}; {_MEND}") from None


_MEND = "check that it is reachable, writable and not full"


def open_store(url: str) -> Store:
    """The store at a SQLAlchemy URL: created, or upgraded, as needed. Raises `StoreError`."""
    try:
        engine = create_engine(url, hide_parameters=True, poolclass=NullPool)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            "the store's url names no database that is installed; use sqlite:///FILE, or"
            " postgresql+psycopg://HOST/NAME with pip install 'sparhund[postgresql]'"
        ) from None
    if engine.dialect.name == "sqlite":
        _make_private(engine)
        event.listen(engine, "connect", _tune_sqlite)
    try:
        with engine.begin() as connection:
            schema.prepare(connection)
    except schema.SchemaError as error:
        raise StoreError(f"{_shown(engine)}: {error}") from None
    except SQLAlchemyError as error:
        raise StoreError(f"{_shown(engine)}: {_cause(error)}; {_MEND}") from None
    return Store(engine)


def exists(url: str) -> bool:
    """Whether there may be a store at the URL, so that readers need not create one."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return True
    return Path(parsed.database).is_file()


def _make_private(engine: Engine) -> None:
    path = Path(engine.url.database or "")
    if not engine.url.database or engine.url.database == ":memory:":
        return
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(
            f"{path}: the store cannot be made ({type(error).__name__}); make its folder, or"
            " change store.url"
        ) from None


def _tune_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # a DB-API connection
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _free_name(connection: Connection, now: datetime) -> str:
    """`2026-Q4`, then `2026-Q4-2`: the scans are quarterly."""
    quarter = f"{now.year}-Q{(now.month + 2) // 3}"
    taken = set(connection.execute(select(runs.c.name)).scalars())
    number = 1
    name = quarter
    while name in taken:
        number += 1
        name = f"{quarter}-{number}"
    return name


def _latest(connection: Connection, resources: Sequence[Resource]) -> dict[str, RowMapping]:
    """The newest outcome of each resource, all of one source, by digest."""
    digests = [rows.digest(resource) for resource in resources]
    newest = (
        select(func.max(outcomes.c.id))
        .where(outcomes.c.source == resources[0].source, outcomes.c.digest.in_(digests))
        .group_by(outcomes.c.digest)
    )
    found = connection.execute(select(outcomes).where(outcomes.c.id.in_(newest))).mappings()
    return {row["digest"]: row for row in found}


def _is_same(row: RowMapping, resource: Resource, detector: str) -> bool:
    return (
        row["status"] in (Status.SCANNED, Status.UNCHANGED)
        and resource.fingerprint is not None
        and row["fingerprint"] == resource.fingerprint
        and row["detector"] == detector
    )


def _absent(connection: Connection, run: Run, source: str) -> list[Resource]:
    newest = (
        select(func.max(outcomes.c.id))
        .where(outcomes.c.source == source, outcomes.c.run <= run.id)
        .group_by(outcomes.c.digest)
    )
    query = select(outcomes.c.key, outcomes.c.part).where(
        outcomes.c.id.in_(newest),
        outcomes.c.run != run.id,
        outcomes.c.status != Status.GONE,
        outcomes.c.key != "",
    )
    return [Resource(source, row.key, row.part) for row in connection.execute(query)]


def _retract(connection: Connection, run: Run, source: str) -> None:
    """A source that could not be listed before a stop, and now could, was not unavailable."""
    whole = (outcomes.c.run == run.id) & (outcomes.c.source == source) & (outcomes.c.key == "")
    ids = select(outcomes.c.id).where(whole)
    connection.execute(skips.delete().where(skips.c.outcome.in_(ids)))
    connection.execute(outcomes.delete().where(whole))


def _insert_outcome(
    connection: Connection, run: Run, outcome: Outcome, detector: str, read_by: int | None = None
) -> None:
    resource = outcome.resource
    values = {
        "run": run.id,
        "source": resource.source,
        "key": resource.key,
        "part": resource.part,
        "digest": rows.digest(resource),
        "status": outcome.status.value,
        "reason": outcome.reason,
        "fingerprint": resource.fingerprint,
        "detector": detector,
        "bytes": outcome.bytes,
        "rows": outcome.rows,
        "sample": dataclasses.asdict(outcome.sample) if outcome.sample else None,
        "read_by": read_by,
    }
    key = connection.execute(insert(outcomes).values(values)).inserted_primary_key
    number = int(key[0]) if key else 0
    if outcome.findings:
        connection.execute(
            insert(findings), [rows.finding_row(number, finding) for finding in outcome.findings]
        )
    if outcome.skipped:
        parts = [
            {"outcome": number, "key": rows.storable(s.key), "reason": rows.storable(s.reason)}
            for s in outcome.skipped
        ]
        connection.execute(insert(skips), parts)


def _covered(connection: Connection, run: Run) -> Iterator[Covered]:
    reader = outcomes.alias("reader")
    reader_run = runs.alias("reader_run")
    query = (
        select(
            outcomes,
            reader_run.c.name.label("reader_run"),
            reader.c.sample.label("read_sample"),
            reader.c.reason.label("read_reason"),
            reader.c.bytes.label("read_bytes"),
            reader.c.rows.label("read_rows"),
        )
        .outerjoin(reader, reader.c.id == func.coalesce(outcomes.c.read_by, outcomes.c.id))
        .outerjoin(reader_run, reader_run.c.id == reader.c.run)
        .where(outcomes.c.run == run.id)
        .order_by(outcomes.c.source, outcomes.c.key, outcomes.c.part)
    )
    parts: list[RowMapping] = []
    for row in connection.execute(query).mappings().all():
        if parts and (parts[0]["source"], parts[0]["key"]) != (row["source"], row["key"]):
            yield rows.covered(parts, _skip_reasons(connection, parts))
            parts = []
        parts.append(row)
    if parts:
        yield rows.covered(parts, _skip_reasons(connection, parts))


def _skip_reasons(connection: Connection, parts: Sequence[RowMapping], shown: int = 5) -> list[str]:
    ids = [row["id"] for row in parts if row["status"] in (Status.PARTIAL, Status.SKIPPED)]
    if not ids:
        return []
    query = select(skips).where(skips.c.outcome.in_(ids)).order_by(skips.c.id)
    found = connection.execute(query).mappings().all()
    named = [f"{row['key']}: {row['reason']}" if row["key"] else row["reason"] for row in found]
    more = [f"and {len(named) - shown} more parts"] if len(named) > shown else []
    return named[:shown] + more


def _chunks(items: Sequence[Resource], size: int) -> Iterator[Sequence[Resource]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _shown(engine: Engine) -> str:
    return f"store {engine.url.render_as_string(hide_password=True)}"


def _cause(error: SQLAlchemyError) -> str:
    """What went wrong, without the driver's words: they may quote values or credentials."""
    original = getattr(error, "orig", None)
    return type(original or error).__name__


def utc_now() -> datetime:
    """Now, aware, to the second."""
    return datetime.now(UTC).replace(microsecond=0)

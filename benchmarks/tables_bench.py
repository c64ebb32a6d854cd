"""Tables: verdicts on columns, what samples prove, and what big tables cost.

`python -m benchmarks.tables_bench` prints the figures as they come and writes TABLES.md.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import statistics
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.metadata import version
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from benchmarks import big_tables, column_peers, column_scores, sampling_bound, schemas, table_costs
from benchmarks.accuracy import Score
from benchmarks.column_scores import Scores, System
from benchmarks.sampling_bound import Counting, Trial
from benchmarks.schemas import Table
from benchmarks.tables import table
from detectors.swedish import SwedishDetector

_RESULTS = Path(__file__).parent / "TABLES.md"
_ROWS, _FULL_ROWS = 50_000_000, 1_000_000
_TRIALS, _COUNTINGS = 1_000, 200
_BARS = {"known": 0.93, "unseen": 0.9, "fresh": 0.9, "later": 0.9, "homemade": 0.9, "vendors": 0.9}
_BARS |= {"platforms": 0.9, "final": 0.9, "last": 0.9}
"""Of precision, recall and F1."""
_OPEN = ("known", "samples", "unseen", "fresh")
"""Sets whose errors anybody may see; of the others only sums are told."""
_COVERED = 0.95
_SECONDS, _PEAK = 60, 500
_TIMES = {big_tables.APART: 4, big_tables.TOGETHER: 4, big_tables.DISTINCT: 15}
_ENGINES = {"PostgreSQL": big_tables.in_postgres, "SQLite": big_tables.in_sqlite}
_MB = 1_000_000


def _systems() -> Mapping[str, System]:
    systems: dict[str, System] = {"ours": column_peers.ours}
    if column_peers.has_structured():
        systems["presidio-structured"] = column_peers.structured
        surest = partial(column_peers.structured, strategy="highest_confidence")
        systems["the same, by highest confidence"] = surest
    return {**systems, "label only": column_peers.by_label}


@cache
def _known() -> frozenset[str]:
    return frozenset(tomllib.loads(Path("detectors/entities.toml").read_text("utf-8")))


@cache
def _tables(kind: str) -> Sequence[Table]:
    return tuple(schemas.tables(kind, column_scores.SEED))


def _machine() -> Iterator[str]:
    yield "# Tables: figures"
    yield (
        "Written by `make bench-tables` (`python -m benchmarks.tables_bench`); what they mean"
        " stands in [README.md](README.md)."
    )
    packages = ["sparhund", "presidio-analyzer", "sqlalchemy", "psycopg"]
    packages += ["presidio-structured"] if column_peers.has_structured() else []
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    yield (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {versions};"
        f" detector {SwedishDetector().version}; seed {column_scores.SEED}."
    )
    if not column_peers.has_structured():
        yield "presidio-structured is not installed; `make bench-tables` installs it."


def _columns() -> Iterator[str]:
    yield "## What columns hold"
    results = {kind: _results(kind) for kind in schemas.kinds()}
    head = ("set", "system", "columns", "pairs asked", "P", "R", "F1", "all right", "bar", "")
    yield table(head, (row for kind, found in results.items() for row in _set_rows(kind, found)))
    yield f"### By entity, {', '.join(_OPEN)} together"
    systems = tuple(_systems())
    rows = _entity_rows([results[kind] for kind in _OPEN], systems)
    yield table(("entity", "asked", *(f"{name}, P / R" for name in systems)), rows)


def _results(kind: str) -> dict[str, Scores]:
    return {
        name: column_scores.scores(system, _tables(kind), _known())
        for name, system in _systems().items()
    }


def _set_rows(kind: str, found: Mapping[str, Scores]) -> Iterator[Sequence[str]]:
    for name, scores in found.items():
        total, bar = scores.total, _BARS.get(kind) if name == "ours" else None
        figures = (total.precision, total.recall, total.f1)
        yield (
            kind,
            name,
            str(scores.columns),
            str(total.labels),
            *map(_share, figures),
            f"{scores.exact / scores.columns:.1%}",
            "" if bar is None else f"{bar:.2f} each",
            "" if bar is None else _verdict(is_met=min(figure or 0 for figure in figures) >= bar),
        )


def _entity_rows(
    results: Iterable[Mapping[str, Scores]], systems: Iterable[str]
) -> Iterator[Sequence[str]]:
    sums: dict[str, dict[str, Score]] = {}
    for found in results:
        for name, scores in found.items():
            for entity, score in scores.entities.items():
                total = sums.setdefault(entity, {}).setdefault(name, Score())
                total.labels += score.labels
                total.found += score.found
                total.claims += score.claims
                total.right += score.right
    for entity, by_system in sorted(sums.items()):
        own = [by_system.get(name, Score()) for name in systems]
        asked = max(score.labels for score in own)
        yield (
            entity,
            str(asked),
            *(f"{_share(one.precision)} / {_share(one.recall)}" for one in own),
        )


def _bounds() -> Iterator[str]:
    yield "## What a sample proves"
    trials = sorted(sampling_bound.trials(_TRIALS), key=attrgetter("times"))
    yield (
        f"{len(trials):,} SQLite tables of {sampling_bound.ROWS:,} rows with marked rows side by"
        f" side, drawn by the connector at bound {sampling_bound.BOUND}:"
        f" {', '.join(sampling_bound.WAYS)}."
    )
    rows = [_trial_row(f"{times:.2f} x bound", list(some), sampling_bound.chance(times))
            for times, some in groupby(trials, attrgetter("times"))]  # fmt: skip
    by_way = sorted(trials, key=attrgetter("way"))
    rows += [_trial_row(way, list(some), None) for way, some in groupby(by_way, attrgetter("way"))]
    yield table(("planted", "tables", "seen", "claim true", "calculated"), rows)
    covered = sum(trial.is_true for trial in trials) / len(trials)
    worst = min(map(sampling_bound.chance, sampling_bound.TIMES))
    yield (
        f"Claims true: {covered:.1%}, bar {_COVERED:.0%}: {_verdict(is_met=covered >= _COVERED)}."
        f" Where the share is worst, just above the bound, {worst:.1%} by calculation:"
        f" {_verdict(is_met=worst >= _COVERED)}."
    )


def _trial_row(name: str, trials: Sequence[Trial], chance: float | None) -> Sequence[str]:
    true = sum(trial.is_true for trial in trials) / len(trials)
    seen = sum(trial.is_seen for trial in trials)
    return (
        name,
        str(len(trials)),
        str(seen),
        f"{true:.1%}",
        "" if chance is None else f"{chance:.1%}",
    )


def _persons() -> Iterator[str]:
    yield "## How many persons"
    found = sorted(sampling_bound.countings(_COUNTINGS), key=lambda one: (one.spread, one.entity))
    yield (
        f"{_COUNTINGS} SQLite tables of {sampling_bound.PERSONS_ROWS:,} rows, scanned at bound"
        f" {sampling_bound.PERSONS_BOUND}; 95 % intervals."
    )
    groups = groupby(found, lambda one: (one.spread, one.entity))
    rows = (_counting_row(*name, list(some)) for name, some in groups)
    head = ("rows of a person", "entity", "tables", "holds", "low / true", "high / true")
    yield table(head, rows)
    covered = sum(one.is_true for one in found) / (2 * _COUNTINGS)
    yield (
        f"Intervals that hold: {covered:.1%}, bar {_COVERED:.0%}:"
        f" {_verdict(is_met=covered >= _COVERED)}. The last two columns are medians."
    )


def _counting_row(spread: str, entity: str, found: Sequence[Counting]) -> Sequence[str]:
    low = statistics.median(one.low / one.persons for one in found)
    high = statistics.median(one.high / one.persons for one in found)
    true = sum(one.is_true for one in found) / len(found)
    return spread, entity, str(len(found)), f"{true:.1%}", f"{low:.2f}", f"{high:.2f}"


def _big(rows: int) -> Iterator[str]:
    yield "## Verdicts on a big table"
    head = (
        "engine", "rows", "GB", "seconds", "CPU s", "peak MB", "rows read", "statements",
        "longest s", "columns with findings", f"bar {_SECONDS} s, {_PEAK} MB",
    )  # fmt: skip
    found = [_big_row(engine, rows) for engine in _ENGINES]
    yield table(head, (row for row, _ in found))
    yield from (f"{engine}: {reason}." for engine, (_, reason) in zip(_ENGINES, found, strict=True))


def _big_row(engine: str, rows: int) -> tuple[Sequence[str], str]:
    with _ENGINES[engine](rows, big_tables.LIKE_LIFE) as made:
        told = table_costs.verdicts(made, full=False)
    cost, outcome = told.cost, told.outcome
    row = (
        f"{engine} {made.version}",
        f"{made.rows:,}",
        f"{made.size / 1e9:.1f}",
        f"{cost.seconds:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.peak:.0f}",
        f"{outcome.rows:,}",
        str(told.statements),
        f"{told.longest:.2f}",
        str(len({finding.location for finding in outcome.findings})),
        _verdict(is_met=cost.seconds < _SECONDS and cost.peak < _PEAK),
    )
    return row, outcome.reason or outcome.status


def _full(rows: int) -> Iterator[str]:
    yield "## Reading all of a table"
    head = ("values", "rows", "SELECT * CPU s", "--full CPU s", "peak MB", "times", "bar", "")
    yield table(head, (_full_row(layout, rows, bar) for layout, bar in _TIMES.items()))
    yield "PostgreSQL; what the server spends is in neither."


def _full_row(layout: big_tables.Layout, rows: int, bar: float) -> Sequence[str]:
    with big_tables.in_postgres(rows, layout) as made:
        plain, _ = table_costs.fetch(made)
        told = table_costs.verdicts(made, full=True)
    times = told.cost.cpu / plain.cpu
    return (
        layout.words,
        f"{told.outcome.rows:,}",
        f"{plain.cpu:.1f}",
        f"{told.cost.cpu:.0f}",
        f"{told.cost.peak:.0f}",
        f"{times:.0f}",
        f"{bar} x",
        _verdict(is_met=times <= bar),
    )


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _verdict(*, is_met: bool) -> str:
    return "met" if is_met else "**below**"


def _errors(kind: str) -> Iterator[str]:
    for error in column_scores.errors(column_peers.ours, _tables(kind), _known()):
        yield f"{error.error}\t{error.place}\t{error.entity}"


def main() -> None:
    """Print every figure as it comes; of a whole run in full size, write them to TABLES.md."""
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables_bench")
    parser.add_argument("--only", choices=("columns", "bounds", "persons", "big", "full"))
    parser.add_argument("--errors", choices=schemas.kinds(), help="ours, and nothing else")
    parser.add_argument("--rows", type=int, default=_ROWS, help="of the tables that are sampled")
    parser.add_argument("--full-rows", type=int, default=_FULL_ROWS, help="of those read whole")
    asked = parser.parse_args()
    if asked.errors:
        for line in _errors(asked.errors):
            print(line)
        return
    sections: dict[str, Callable[[], Iterator[str]]] = {
        "machine": _machine, "columns": _columns, "bounds": _bounds, "persons": _persons,
        "big": partial(_big, asked.rows), "full": partial(_full, asked.full_rows),
    }  # fmt: skip
    start = time.monotonic()
    written: list[str] = []
    for section in [sections[asked.only]] if asked.only else sections.values():
        for paragraph in section():
            print(paragraph, end="\n\n", flush=True)
            written.append(paragraph)
    written.append(f"The run took {time.monotonic() - start:.0f} s.")
    print(written[-1])
    if not asked.only and asked.rows >= _ROWS:
        _RESULTS.write_text("\n\n".join(written) + "\n", "utf-8")


if __name__ == "__main__":
    main()

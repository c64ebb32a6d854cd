"""`sparhund runs`, `coverage` and `findings`: what the store knows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from scanner.cli_options import (
    config_option,
    format_option,
    open_config,
    open_for_reading,
    open_policy,
    open_run,
    policy_option,
    run_option,
    write_rows,
)
from scanner.inventory import Found, Run
from scanner.policy import Policy

_DIFF = ("run", "change", "source", "key", "location", "entity", "matches_before", "matches")
_COVERAGE = ("run", "source", "key", "status", "reason", "bytes", "rows", "sample", "read_by")
_FINDINGS = (
    *("run", "source", "key", "location", "entity", "matches", "values", "read", "score"),
    *("reasons", "category", "persons", "persons_between"),
)


@click.group(invoke_without_command=True)
@config_option
@format_option
@click.pass_context
def runs(context: click.Context, config_file: str | None, form: str) -> None:
    """All runs, oldest first."""
    if context.invoked_subcommand is not None:
        return
    opened = open_for_reading(open_config(config_file))
    rows = [
        {
            "run": run.name,
            "started": run.started.isoformat(),
            "finished": run.finished.isoformat() if run.finished else None,
        }
        for run in opened.runs()
    ]
    write_rows(form, ("run", "started", "finished"), rows)


@runs.command("diff")
@click.argument("a")
@click.argument("b")
@config_option
@format_option
def diff(a: str, b: str, config_file: str | None, form: str) -> None:
    """What run B found that run A did not, and the other way round."""
    opened = open_for_reading(open_config(config_file))
    before = {_place(found): found for found in opened.findings(opened.run(a))}
    after = {_place(found): found for found in opened.findings(opened.run(b))}
    rows = ({"run": b, **row} for row in _changes(before, after))
    _write(form, rows, _DIFF, ("change", "entity", "matches_before", "matches", "place"))


def _write(
    form: str, rows: Iterable[Mapping[str, Any]], whole: Sequence[str], table: Sequence[str]
) -> None:
    """All keys for machines; for a table, source, key and location in one, to fit 80 columns."""
    if form == "table":
        write_rows(form, table, (dict(row) | {"place": _shown(row)} for row in rows))
    else:
        write_rows(form, whole, rows)


def _shown(row: Mapping[str, Any]) -> str:
    place = f"{row['source']}/{row['key']}" if row["key"] else str(row["source"])
    return f"{place} : {row['location']}" if row.get("location") else place


def _place(found: Found) -> tuple[str, str, str, str]:
    return found.source, found.key, found.finding.location, found.finding.entity


def _changes(
    before: dict[tuple[str, str, str, str], Found], after: dict[tuple[str, str, str, str], Found]
) -> Iterator[dict[str, Any]]:
    for place in sorted(before.keys() | after.keys()):
        old = before[place].finding.matches if place in before else 0
        new = after[place].finding.matches if place in after else 0
        if old != new:
            change = "changed" if old and new else "new" if new else "gone"
            names = dict(zip(("source", "key", "location", "entity"), place, strict=True))
            yield {"change": change, **names, "matches_before": old, "matches": new}


@click.command()
@config_option
@run_option
@format_option
def coverage(config_file: str | None, run_name: str | None, form: str) -> None:
    """What was read in a run and what was not, and why."""
    _, opened, run = open_run(config_file, run_name)
    rows = ({"run": run.name, **dataclasses.asdict(row)} for row in opened.coverage(run))
    _write(form, rows, _COVERAGE, ("status", "rows", "place", "reason"))


@click.command()
@config_option
@run_option
@policy_option
@format_option
def findings(
    config_file: str | None, run_name: str | None, policy_name: str | None, form: str
) -> None:
    """The findings in force at a run, unchanged resources' included."""
    settings, opened, run = open_run(config_file, run_name)
    policy = open_policy(settings, policy_name)
    rows = (finding_row(run, found, policy) for found in opened.findings(run))
    _write(form, rows, _FINDINGS, ("entity", "matches", "read", "place"))


def finding_row(run: Run, found: Found, policy: Policy | None) -> dict[str, Any]:
    """One finding with the keys of the contract."""
    finding = found.finding
    return {
        "run": run.name,
        "source": found.source,
        "key": found.key,
        "location": finding.location,
        "entity": finding.entity,
        "matches": finding.matches,
        "values": finding.values,
        "read": finding.read,
        "score": finding.score,
        "reasons": list(finding.reasons),
        "category": list(policy.categories_of(finding.entity)) if policy else [],
        "persons": finding.persons,
        "persons_between": finding.persons_between,
    }

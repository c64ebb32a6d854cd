"""`sparhund init` and `sparhund scan`."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import click

from connectors.base import ReadError
from detectors import language
from reports.texts import percent
from scanner import engine, run, store
from scanner.cli_options import config_option, open_config
from scanner.config import DEFAULT, Config, Source
from scanner.inventory import Covered, Run
from scanner.model import Sample, Status
from scanner.run import UNREAD, Options
from scanner.sampling import is_sampled
from scanner.store import Store

SHOWN = 30
"""Unread resources named on stderr after a run; `coverage` names them all."""


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@config_option
def init(file: Path | None, config_file: str | None) -> None:
    """Write a commented config to FILE [default: --config, else sparhund.toml]."""
    file = file or Path(config_file or DEFAULT)
    if file.exists():
        raise click.UsageError(f"{file} exists already; name another file")
    file.write_bytes(files("scanner").joinpath("config.example.toml").read_bytes())
    click.echo(f"wrote {file}: every key is explained there", err=True)


@click.command()
@config_option
@click.option("--source", "names", multiple=True, metavar="S", help="Only this source; repeatable.")
@click.option("--run", "name", metavar="NAME", help="Start or continue the run of this name.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Worker processes.")
@click.option("--cluster", metavar="ADDR", help="A dask scheduler's address, instead of processes.")
@click.option("--full", is_flag=True, help="Read unchanged resources too, and all rows of tables.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and read nothing.")
@click.pass_context
def scan(
    context: click.Context,
    config_file: str | None,
    names: tuple[str, ...],
    name: str | None,
    workers: int | None,
    cluster: str | None,
    full: bool,
    dry_run: bool,
) -> None:
    """Scan the sources: continue the unfinished run, else start one."""
    settings = open_config(config_file)
    sources = _chosen(settings, names)
    if dry_run:
        context.exit(_tell_plan(settings, sources))
    opened = store.open_store(settings.store_url)
    finished = [known for known in opened.runs() if known.name == name and known.finished]
    if finished:
        click.echo(f"run {name} is finished already; this is its summary", err=True)
        context.exit(summarise(opened, finished[0]))
    options = Options(name, workers, cluster, full)
    ended = run.scan(settings, sources, opened, options, sys.stderr)
    context.exit(summarise(opened, ended))


def _chosen(settings: Config, names: tuple[str, ...]) -> list[Source]:
    unknown = [name for name in names if name not in settings.sources]
    if unknown:
        known = ", ".join(settings.sources) or "none"
        raise click.UsageError(f"no source {unknown[0]!r} in the config; it has: {known}")
    if not settings.sources:
        raise click.UsageError(f"{settings.path.name} has no sources; add a [sources.NAME] table")
    return [source for name, source in settings.sources.items() if not names or name in names]


def _tell_plan(settings: Config, sources: list[Source]) -> int:
    opened = store.open_store(settings.store_url) if store.exists(settings.store_url) else None
    detector = run.detector_of(settings).version
    code = 0
    for work in run.works(sources):
        due = unchanged = 0
        try:
            for _, split in engine.plan(opened, [work], detector):
                due += len(split.due)
                unchanged += len(split.unchanged)
        except ReadError as error:
            click.echo(f"sparhund: {error}", err=True)
            code = 1
        else:
            click.echo(f"{work.name}: {due} to read, {unchanged} unchanged")
    return code


def summarise(opened: Store, ended: Run) -> int:
    """Print a run's summary; returns its exit code."""
    coverage = opened.coverage(ended)
    counts = Counter(row.status for row in coverage)
    click.echo(f"run {ended.name}, started {ended.started:%Y-%m-%d %H:%M} UTC")
    for status in Status:
        if counts[status]:
            click.echo(f"  {counts[status]:>7} {status.value}")
    read = sum(row.bytes for row in coverage)
    found = sum(finding.finding.matches for finding in opened.findings(ended))
    click.echo(f"  {read / 1e6:.1f} MB of values read, {found} matches found")
    foreign = sum(language.UNREAD in (row.reason or "") for row in coverage)
    if foreign:
        click.echo(f"  {foreign:>7} hold text that is not Swedish, {language.UNREAD}")
    _tell_sampled([row.sample for row in coverage if row.sample and is_sampled(row)])
    unread = [row for row in coverage if row.status in UNREAD]
    _tell_unread([row for row in unread if not is_sampled(row)])
    return _code(coverage, unread)


def _tell_sampled(samples: list[Sample]) -> None:
    if samples:
        weakest = percent(max(sample.bound for sample in samples), "en")
        click.echo(
            f"  {len(samples):>7} of them big tables, read as random samples: what a sample does"
            f" not hold is in at most {weakest} % of the rows (95 % confidence); --full reads all"
        )


def _tell_unread(unread: list[Covered]) -> None:
    for row in unread[:SHOWN]:
        place = "/".join(part for part in (row.source, row.key) if part)
        words = f"{row.status}: {place}: {row.reason or ''}"
        click.echo("".join(c if c.isprintable() else "\ufffd" for c in words), err=True)
    if len(unread) > SHOWN:
        click.echo(f"and {len(unread) - SHOWN} more; see `sparhund coverage`", err=True)


def _code(coverage: tuple[Covered, ...], unread: list[Covered]) -> int:
    """1 when no source could be listed at all, 3 when parts were not read, else 0."""
    if coverage and all(row.key == "" and row.status == Status.FAILED for row in coverage):
        return 1
    return 3 if unread or not coverage else 0

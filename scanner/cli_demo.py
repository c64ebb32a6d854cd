"""`sparhund demo`: a made-up energy company, scanned from end to end."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from scanner import cli_scan, config, registry, run, store
from scanner.cli_gap import report_of
from scanner.cli_show import finding_row
from scanner.config import Config
from scanner.inventory import Run
from scanner.policy import load
from scanner.store import Store

_REPORTS = ("html", "xlsx", "md", "json")


@click.command()
@click.argument("folder", default="demo", type=click.Path(path_type=Path, file_okay=False))
@click.option("--serve", is_flag=True, help="Keep the bucket's server running until Ctrl-C.")
@click.pass_context
def demo(context: click.Context, folder: Path, serve: bool) -> None:
    """Build a made-up energy company in FOLDER [default: demo] and scan it.

    Exits with 3: some planted files are unreadable on purpose, and they are named.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name another folder, or delete it")
    try:
        from scanner.demo import build, serving, truth
    except ModuleNotFoundError as error:
        message = f"the demo needs {error.name}: pip install 'sparhund[demo]'"
        raise click.ClickException(message) from None
    folder.mkdir(parents=True, exist_ok=True)
    company = build.build(folder, date.today())
    planted = truth.truth(company)
    objects = build.bucket_objects(company)
    with serving.serve(folder / "s3", build.BUCKET, objects) as endpoint:
        (folder / "sparhund.toml").write_text(build.config_toml(folder, endpoint), encoding="utf-8")
        settings = config.load(folder / "sparhund.toml")
        code, rows = _scan(settings, folder)
        comparison = truth.compare(planted, rows)
        click.echo(truth.render(comparison))
        click.echo(f"config, truth, reports and subjects are in {folder}", err=True)
        if serve:
            _serve(endpoint)
    context.exit(code)


def _scan(settings: Config, folder: Path) -> tuple[int, list[dict[str, Any]]]:
    opened = store.open_store(settings.store_url)
    sources = list(settings.sources.values())
    stderr = sys.stderr
    ended = run.scan(settings, sources, opened, run.Options(), stderr)
    code = cli_scan.summarise(opened, ended)
    _write_reports(settings, opened, ended, folder / "reports")
    return code, [finding_row(ended, found, None) for found in opened.findings(ended)]


def _write_reports(settings: Config, opened: Store, ended: Run, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    inventory = run.take_inventory(opened, ended, settings)
    for name in settings.policies:
        report = report_of(inventory, load(name, settings.folder), settings)
        for form in _REPORTS:
            rendered = registry.load("reports", form)().render(report, "sv")
            out = folder / f"gap-{report.policy}.{form}"
            out.write_bytes(rendered if isinstance(rendered, bytes) else rendered.encode())


def _serve(endpoint: str) -> None:
    click.echo(f"the bucket is served at {endpoint} until Ctrl-C", err=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)

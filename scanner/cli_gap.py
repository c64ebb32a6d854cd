"""`sparhund gap`: what we hold against what the policy declares."""

from __future__ import annotations

from pathlib import Path

import click

from reports.base import Report
from scanner import registry
from scanner.cli_options import config_option, open_policy, open_run, policy_option, run_option
from scanner.config import Config, ConfigError
from scanner.gap import judge, unknown_purposes
from scanner.inventory import Inventory
from scanner.model import GapReport, Severity
from scanner.policy import Policy
from scanner.run import take_inventory


@click.command()
@config_option
@policy_option
@run_option
@click.option("--compare", metavar="R0", help="Mark the gaps that this earlier run lacked.")
@click.option("--format", "form", default="md", show_default=True, metavar="html|xlsx|md|json")
@click.option("--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="F")
@click.option("--fail-on", type=click.Choice([level.value for level in Severity]))
@click.pass_context
def gap(
    context: click.Context,
    config_file: str | None,
    policy_name: str | None,
    run_name: str | None,
    compare: str | None,
    form: str,
    lang: str,
    out: Path | None,
    fail_on: str | None,
) -> None:
    """Compare what a run found with what a policy declares."""
    report_type = _report(form)
    settings, opened, run = open_run(config_file, run_name)
    policy = open_policy(settings, policy_name)
    if policy is None:
        raise click.UsageError(
            "no policy: use --policy, or name some with `policies` in the config"
        )
    compared = take_inventory(opened, opened.run(compare), settings) if compare else None
    report = report_of(take_inventory(opened, run, settings), policy, settings, compared, lang)
    write(report_type.render(report, lang), out)
    context.exit(4 if fail_on and _reaches(report, Severity(fail_on)) else 0)


def report_of(
    inventory: Inventory,
    policy: Policy,
    settings: Config,
    compared: Inventory | None = None,
    lang: str = "sv",
) -> GapReport:
    """The gap report; a purpose in the config that the policy lacks is the config's error."""
    for place, purpose, nearest in unknown_purposes(inventory.sources.values(), policy):
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        lacks = f"the policy {policy.name} has no purpose {purpose!r}"
        raise ConfigError(f"{settings.path.name}: {place}: {lacks}{hint}")
    return judge(inventory, policy, compared, lang=lang)


def write(rendered: str | bytes, out: Path | None) -> None:
    """To a file, or to stdout; bytes to a file only."""
    if out is None:
        if isinstance(rendered, bytes):
            raise click.UsageError("this format is no text; name a file for it: --out F")
        click.echo(rendered, nl=not rendered.endswith("\n"))
        return
    try:
        out.write_bytes(rendered if isinstance(rendered, bytes) else rendered.encode())
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written ({type(error).__name__})") from None
    click.echo(f"wrote {out}", err=True)


def _report(form: str) -> Report:
    try:
        found: Report = registry.load("reports", form)()
    except registry.UnknownPluginError as error:
        raise click.UsageError(f"--format: {error}") from None
    return found


def _reaches(report: GapReport, limit: Severity) -> bool:
    grave = list(Severity)
    return any(grave.index(item.severity) <= grave.index(limit) for item in report.gaps)

"""`sparhund policy`: lint and print a policy."""

from __future__ import annotations

from collections.abc import Iterable

import click

from scanner.cli_options import config_option, load_policy
from scanner.policy_lint import check as lint
from scanner.policy_parts import Retention


@click.group()
def policy() -> None:
    """Check and show privacy policies."""


@policy.command()
@click.argument("file")
@config_option
@click.option("--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
def check(file: str, config_file: str | None, lang: str) -> None:
    """Lint a policy: what Article 13 GDPR asks for and the policy lacks.

    FILE is a path (with --config from the config's folder), or the name of a shipped
    policy. A policy that can be read exits 0.
    """
    loaded = load_policy(file, config_file)
    remarks = lint(loaded)
    for remark in remarks:
        place = f" ({remark.category})" if remark.category else ""
        message = remark.sv if lang == "sv" else remark.en
        click.echo(f"{remark.severity}: {remark.code}: {message}{place}")
    if not remarks:
        click.echo("inga anmärkningar" if lang == "sv" else "no remarks")


@policy.command()
@click.argument("file")
@config_option
def show(file: str, config_file: str | None) -> None:
    """Print what a policy states: categories, purposes, legal bases and retention."""
    loaded = load_policy(file, config_file)
    click.echo(loaded.name)
    for controller in loaded.controllers:
        click.echo(f"  {controller.name} {controller.orgnr or ''}".rstrip())
    click.echo("\nKategorier")
    for category in loaded.categories:
        click.echo(f"  {category.name}")
        click.echo(f"    uppgifter: {_or_dash(each.words for each in category.elements)}")
        if category.inferred:
            click.echo(f"    tolkas in: {_or_dash(each.words for each in category.inferred)}")
        if category.retention is not None:
            click.echo(f"    lagringstid: {_period(category.retention)}")
    click.echo("\nÄndamål")
    for purpose in loaded.purposes:
        click.echo(f"  {purpose.name}")
        click.echo(f"    kategorier: {_or_dash(purpose.categories)}")
        click.echo(f"    laglig grund: {_or_dash(each.basis for each in purpose.bases)}")
        click.echo(f"    lagringstid: {_or_dash(_period(each) for each in purpose.retention)}")


def _or_dash(words: Iterable[str]) -> str:
    """What is stated; a dash says that it is not."""
    return ", ".join(words) or "-"


def _period(retention: Retention) -> str:
    return retention.duration or f'"{retention.quote}"'

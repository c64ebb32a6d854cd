"""`sparhund policy`: lint and print a policy."""

from __future__ import annotations

import click

from scanner.cli_options import load_policy
from scanner.policy_lint import check as lint


@click.group()
def policy() -> None:
    """Check and show privacy policies."""


@policy.command()
@click.argument("file")
@click.option("--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
def check(file: str, lang: str) -> None:
    """Lint a policy: what Article 13 GDPR asks for and the policy lacks.

    FILE is a path, or the name of a shipped policy. A policy that can be read exits 0.
    """
    loaded = load_policy(file)
    remarks = lint(loaded)
    for remark in remarks:
        place = f" ({remark.category})" if remark.category else ""
        message = remark.sv if lang == "sv" else remark.en
        click.echo(f"{remark.severity}: {remark.code}: {message}{place}")
    if not remarks:
        click.echo("inga anmärkningar" if lang == "sv" else "no remarks")


@policy.command()
@click.argument("file")
def show(file: str) -> None:
    """Print what a policy states: categories, purposes, legal bases and retention."""
    loaded = load_policy(file)
    click.echo(loaded.name)
    for controller in loaded.controllers:
        click.echo(f"  {controller.name} {controller.orgnr or ''}".rstrip())
    click.echo("\nKategorier")
    for category in loaded.categories:
        click.echo(f"  {category.name}: {', '.join(category.elements) or '-'}")
    click.echo("\nÄndamål")
    for purpose in loaded.purposes:
        basis = ", ".join(purpose.legal_basis) or "-"
        kept = purpose.retention.duration if purpose.retention else None
        click.echo(f"  {purpose.name}")
        click.echo(f"    kategorier: {', '.join(purpose.categories) or '-'}")
        click.echo(f"    laglig grund: {basis}; lagringstid: {kept or '-'}")

"""`sparhund doctor`: what is missing, and how to mend it."""

from __future__ import annotations

import dataclasses

import click

from scanner.cli_options import config_option, format_option, open_config, write_rows
from scanner.doctor import Check, examine


@click.command()
@config_option
@format_option
@click.pass_context
def doctor(context: click.Context, config_file: str | None, form: str) -> None:
    """Check config, access, policies and installation; exits 1 if a scan would fail."""
    checks: list[Check] = list(examine(open_config(config_file)))
    rows = (dataclasses.asdict(check) for check in checks)
    write_rows(form, ("state", "what", "message"), rows)
    context.exit(1 if any(check.state == "fail" for check in checks) else 0)

"""Options that several commands share, and what they open."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from csv import DictWriter
from pathlib import Path
from typing import Any, TypeVar

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanner import config, store
from scanner.config import Config
from scanner.inventory import Run
from scanner.policy import Policy, load
from scanner.store import Store, StoreError

_LONG = ("doc", "place", "reason", "message", "why")
"""Columns that may be folded; all others are short."""

F = TypeVar("F", bound=Callable[..., Any])

config_option = click.option(
    "--config", "config_file", metavar="F", help="Config file [default: ./sparhund.toml]."
)
run_option = click.option(
    "--run", "run_name", metavar="R", help="A run's name [default: the latest finished run]."
)
policy_option = click.option(
    "--policy", "policy_name", metavar="P", help="A path or a shipped policy's name."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="How rows are written.",
)


def open_config(option: str | None) -> Config:
    """The validated config that an option (or its defaults) names."""
    return config.load(config.locate(option))


def open_for_reading(settings: Config) -> Store:
    """The store, when there is one: commands that only read do not create it."""
    if not store.exists(settings.store_url):
        raise StoreError("there is no store yet; run `sparhund scan` first")
    return store.open_store(settings.store_url)


def open_run(option: str | None, name: str | None) -> tuple[Config, Store, Run]:
    """Config, store and the run named, default the latest finished one."""
    settings = open_config(option)
    opened = open_for_reading(settings)
    return settings, opened, opened.run(name)


def open_policy(settings: Config, name: str | None) -> Policy | None:
    """The policy of an option, else the config's first; None when neither names one."""
    if name is not None:
        return load_policy(name)
    if settings.policies:
        return load(settings.policies[0], settings.folder)
    return None


def load_policy(name: str, config_file: str | None = None) -> Policy:
    """A policy by its path from the working directory, else by a shipped name.

    Where a config is named, the path is from the config's folder, as in the config itself.
    """
    return load(name, config.locate(config_file).parent if config_file else Path.cwd())


def write_rows(
    form: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], total: str = ""
) -> None:
    """Rows to stdout: as a table, as JSON Lines or as CSV."""
    out = sys.stdout
    if form == "jsonl":
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    elif form == "csv":
        writer = DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(row.get(key)) for key in columns} for row in rows)
    else:
        _write_table(columns, rows)
        if total:
            click.echo(total)


def _write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column not in _LONG)
    for row in rows:
        # file names are hostile: no markup, no control characters reach the terminal
        table.add_row(*(Text(_printable(_cell(row.get(key)))) for key in columns))
    out = sys.stdout
    width = None if out.isatty() else int(os.environ.get("COLUMNS", "80"))
    Console(file=out, width=width, highlight=False).print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = ", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    # a spreadsheet would run it as a formula
    return f"'{text}" if text.startswith(("=", "+", "@", "\t", "\r")) else text


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)

"""`sparhund detect`: analyse text ad hoc."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from detectors.swedish import SwedishDetector, analyse
from scanner.cli_options import config_option, open_config, write_rows
from scanner.config import ENVIRONMENT
from scanner.model import Candidate

_COLUMNS = ("doc", "start", "end", "entity", "score")


@click.command()
@config_option
@click.argument("paths", nargs=-1, required=True, metavar="[PATH...|-]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
)
@click.option("--explain", is_flag=True, help="Add the reasons.")
@click.pass_context
def detect(
    context: click.Context,
    config_file: str | None,
    paths: tuple[str, ...],
    form: str,
    explain: bool,
) -> None:
    """Analyse texts: files, directories (walked recursively) or `-` for standard input.

    Start and end count characters of the text as it stands, end exclusive.
    """
    threshold = _threshold(config_file)
    unread: list[str] = []
    rows = (
        _row(doc, match, explain)
        for doc, raw in _documents(paths, unread)
        for match in _matches(threshold, doc, raw, unread)
    )
    if form == "jsonl":
        out = sys.stdout
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        write_rows(form, (*_COLUMNS, "reasons") if explain else _COLUMNS, rows)
    for line in unread:
        click.echo(f"not read: {line}", err=True)
    context.exit(3 if unread else 0)


def _threshold(config_file: str | None) -> float:
    """The config's threshold where a config is named, else the default."""
    if config_file or os.environ.get(ENVIRONMENT):
        return open_config(config_file).detection.threshold
    return SwedishDetector().threshold


def _row(doc: str, match: Candidate, explain: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "doc": doc,
        "start": match.start,
        "end": match.end,
        "entity": match.entity,
        "score": round(match.score, 2),
    }
    return row | {"reasons": list(match.reasons)} if explain else row


def _matches(threshold: float, doc: str, raw: bytes, unread: list[str]) -> Iterator[Candidate]:
    text = decode(raw)
    if text is None:
        unread.append(f"{doc}: a binary file")
        return
    found = analyse(text, threshold)
    yield from sorted(found, key=lambda match: (match.start, match.end, match.entity))


def decode(raw: bytes) -> str | None:
    """The text of raw bytes: byte order mark, UTF-8, else CP1252; None for binary content.

    Newlines and Unicode stay as they are, so that offsets count the text's own characters.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\x00" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        controls = sum(raw.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b")
        if controls * 100 > len(raw):
            return None
        return raw.decode("cp1252", errors="replace")


def _documents(paths: tuple[str, ...], unread: list[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        if path == "-":
            yield "-", sys.stdin.buffer.read()
        elif Path(path).is_dir():
            for file in _walk(path, unread):
                yield from _file(file, unread)
        elif Path(path).exists():
            yield from _file(path, unread)
        else:
            raise click.UsageError(f"{path}: no such file or directory")


def _walk(folder: str, unread: list[str]) -> Iterator[str]:
    def fail(error: OSError) -> None:
        unread.append(f"{error.filename}: cannot be listed")

    names: list[str] = []
    for parent, _, files in os.walk(folder, onerror=fail):
        names += [os.path.join(parent, file) for file in files]  # noqa: PTH118  # as it was given
    return iter(sorted(names))


def _file(path: str, unread: list[str]) -> Iterator[tuple[str, bytes]]:
    try:
        if not Path(path).is_file():
            unread.append(f"{path}: not a regular file")
            return
        raw = Path(path).read_bytes()
    except OSError as error:
        unread.append(f"{path}: cannot be read ({type(error).__name__})")
        return
    yield path, raw

"""`sparhund detect`: analyse text ad hoc."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import click

from detectors import language
from detectors.language import Language
from detectors.swedish import SwedishDetector, analyse
from scanner import documents
from scanner.cli_options import config_option, open_config, write_rows
from scanner.config import ENVIRONMENT
from scanner.model import Candidate
from scanner.run import detector_of

_COLUMNS = ("doc", "start", "end", "entity", "score")
_TABLE = 1000
"""Rows that share a header: more would have to be kept until the last is known."""

_Row = dict[str, object]


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
@click.option("--explain", is_flag=True, help="Add the reasons and the entity that lost.")
@click.option(
    "--only",
    multiple=True,
    metavar="ENTITY",
    help="Look for this entity and no others, which is quicker; repeatable.",
)
@click.pass_context
def detect(
    context: click.Context,
    config_file: str | None,
    paths: tuple[str, ...],
    form: str,
    explain: bool,
    only: tuple[str, ...],
) -> None:
    """Analyse texts: files, directories (walked recursively) or `-` for standard input.

    Start and end count characters of the text as it stands, end exclusive.
    """
    detector = _sought(_detector(config_file), only)
    unread: list[str] = []
    notes: list[str] = []
    found = (
        (doc, match, said)
        for doc, stream in _documents(paths, unread)
        for match, said in _matches(detector, doc, stream, unread, notes)
    )
    if form == "jsonl":
        _write_lines(
            _row(doc, match) | (_reasons(match, said) if explain else {})
            for doc, match, said in found
        )
    else:
        _write_tables((_told(doc, match, said) for doc, match, said in found), explain)
    for line in notes:
        click.echo(f"note: {line}", err=True)
    for line in unread:
        click.echo(f"not read: {line}", err=True)
    context.exit(3 if unread else 0)


def _detector(config_file: str | None) -> SwedishDetector:
    """The config's detector where a config is named, else the default one."""
    if config_file or os.environ.get(ENVIRONMENT):
        return detector_of(open_config(config_file))
    return SwedishDetector()


def _sought(detector: SwedishDetector, only: tuple[str, ...]) -> SwedishDetector:
    for entity in only:
        if entity not in detector.entities:
            near = get_close_matches(entity, detector.entities, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"--only: nothing finds {entity}{hint}")
    return replace(detector, only=frozenset(only))


def _write_lines(rows: Iterator[_Row]) -> None:
    out = sys.stdout
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_tables(rows: Iterator[_Row], explain: bool) -> None:
    columns = (*_COLUMNS, "language", "why") if explain else _COLUMNS
    write_rows("table", columns, islice(rows, _TABLE))
    for row in rows:
        write_rows("table", columns, chain([row], islice(rows, _TABLE - 1)))


def _row(doc: str, match: Candidate) -> _Row:
    return {
        "doc": doc,
        "start": match.start,
        "end": match.end,
        "entity": match.entity,
        "score": round(match.score, 2),
    }


def _reasons(match: Candidate, said: Language) -> _Row:
    return {"reasons": list(match.reasons), "runner_up": match.runner_up, "language": said}


def _told(doc: str, match: Candidate, said: Language = "unknown") -> _Row:
    """A row whose reasons read as words."""
    why = ", ".join(match.reasons)
    lost = f"not {match.runner_up}" if match.runner_up else ""
    return _row(doc, match) | {"language": said, "why": "; ".join(filter(None, (why, lost)))}


def _matches(
    detector: SwedishDetector,
    doc: str,
    opened: AbstractContextManager[BinaryIO],
    unread: list[str],
    notes: list[str],
) -> Iterator[tuple[Candidate, Language]]:
    """The matches of one document, in the order of their places, each with its text's language."""
    languages: Counter[Language] = Counter()
    try:
        with opened as stream:
            for piece in documents.pieces(stream):
                said = language.guess(piece.text)
                languages[said] += 1
                yield from ((match, said) for match in _own(detector, piece))
    except documents.BinaryFileError:
        unread.append(f"{doc}: a binary file")
    except OSError as error:
        unread.append(f"{doc}: cannot be read ({type(error).__name__})")
    notes += (f"{doc}: {note}" for note in language.notes(languages, detector.languages))


def _own(detector: SwedishDetector, piece: documents.Piece) -> list[Candidate]:
    """The matches that begin in the piece, with their places in the document."""
    first, low, high, text = piece
    found = analyse(text, detector.threshold, detector.selection)
    own = [
        replace(match, start=first + match.start, end=first + match.end)
        for match in found
        if low <= first + match.start < high
    ]
    return sorted(own, key=lambda match: (match.start, match.end, match.entity))


def _documents(
    paths: tuple[str, ...], unread: list[str]
) -> Iterator[tuple[str, AbstractContextManager[BinaryIO]]]:
    for path in paths:
        if path == "-":
            yield path, documents.standard_input()
        elif Path(path).is_dir():
            for file in documents.files(path, unread):
                yield from _file(file, unread)
        elif Path(path).exists():
            yield from _file(path, unread)
        else:
            raise click.UsageError(f"{path}: no such file or directory")


def _file(path: str, unread: list[str]) -> Iterator[tuple[str, AbstractContextManager[BinaryIO]]]:
    try:
        if Path(path).is_file():
            yield path, documents.opened(path)
        else:
            unread.append(f"{path}: not a regular file")
    except OSError as error:
        unread.append(f"{path}: cannot be read ({type(error).__name__})")

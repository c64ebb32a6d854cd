"""`sparhund dsar search`: what is held about one person."""

from __future__ import annotations

import os
import secrets
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from scanner.cli_options import config_option, open_config, open_for_reading, open_policy
from scanner.config import Config
from scanner.dsar import Asked, ProtectedError, Result, Search, Searched
from scanner.dsar_answer import render_html, render_json
from scanner.dsar_forms import Seeker
from scanner.executors import Processes
from scanner.model import Resource
from scanner.subject import Identifier, Kind, Subject, SubjectError, parse, subject_of

SHOWN = 30
"""Places not searched that are named on stderr; the answer names them all."""

PROTECTED = (
    "sparhund: the person's own data bears a mark of protected identity; nothing was written."
    " Answer by the company's routine for protected identity: never by e-mail or to an address"
    " in a register, but through Skatteverket's forwarding of mail"
)


@click.group()
def dsar() -> None:
    """Answer a person who asks what is held about them."""


@dsar.command()
@config_option
@click.option(
    "--subject",
    "subject_file",
    metavar="FILE|-",
    help="Who it is, as TOML; - is standard input [default: asks on the terminal].",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new or empty folder [default: ./dsar-DATE-RANDOM].",
)
@click.option("--scope", type=click.Choice(["known", "all"]), default="all", show_default=True)
@click.option(
    "--expand", type=click.Choice(["ask", "auto", "off"]), default="ask", show_default=True
)
@click.pass_context
def search(
    context: click.Context,
    config_file: str | None,
    subject_file: str | None,
    out: Path | None,
    scope: str,
    expand: str,
) -> None:
    """Search every source for one person and write the answer to a private folder."""
    settings = open_config(config_file)
    policy = open_policy(settings, None)
    out = out or Path(f"dsar-{date.today():%Y-%m-%d}-{secrets.token_hex(4)}")
    _require_empty(out)
    subject = _subject(subject_file)
    known = _known(settings) if scope == "known" else None
    try:
        result = _search(settings, subject, _expansion(expand), known)
    except ProtectedError:
        click.echo(PROTECTED, err=True)
        context.exit(1)
    entities = _found_entities(settings)
    _write(
        out,
        {
            "result.json": render_json(result, policy, entities),
            "registerutdrag.html": render_html(result, policy, entities, date.today()),
        },
    )
    context.exit(_summarise(result, out))


def _search(
    settings: Config,
    subject: Subject,
    asked: Asked,
    known: Callable[[Resource, Seeker], bool] | None,
) -> Result:
    workers = settings.scan.workers or len(os.sched_getaffinity(0))
    executor = Processes(workers, settings.scan.timeout, settings.scan.memory)
    done = False
    try:
        searching = Search(executor, tuple(settings.sources.values()), asked)
        if known is not None:
            searching.within = known
        result = searching.run(subject)
        done = True
    finally:
        executor.end(cancel=not done)
    return result


def _subject(name: str | None) -> Subject:
    if name is None:
        if not sys.stdin.isatty():
            raise click.UsageError("no subject: use --subject FILE, or --subject - for stdin")
        return _prompted()
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return parse(raw.decode("utf-8-sig"))
    except OSError:
        raise SubjectError(f"subject: {name} cannot be read; check path and permissions") from None
    except UnicodeDecodeError:
        raise SubjectError("subject: not UTF-8; save it as UTF-8") from None


def _prompted() -> Subject:
    click.echo("Who is it? Leave empty what is not known; several: separate by ;", err=True)
    told: dict[str, object] = {}
    for kind in Kind:
        text = click.prompt(f"  {kind.value}", default="", show_default=False, err=True)
        if values := [part.strip() for part in text.split(";") if part.strip()]:
            told[kind.value] = values
    return subject_of(told)


def _expansion(expand: str) -> Asked:
    """Whether to follow numbers that were found; without a terminal nobody can be asked."""
    is_attended = sys.stdin.isatty() and sys.stderr.isatty()

    def asked(leads: tuple[Identifier, ...]) -> bool:
        if expand != "ask":
            return expand == "auto"
        counts = Counter(lead.chain for lead in leads)
        told = ", ".join(f"{chain} ({number})" for chain, number in sorted(counts.items()))
        if not is_attended:
            click.echo(
                f"found on the person's own rows, but not searched for: {told};"
                " no terminal to ask on, so use --expand auto",
                err=True,
            )
            return False
        return click.confirm(
            f"Found on the person's own rows: {told}. Search for these too?", err=True
        )

    return asked


def _known(settings: Config) -> Callable[[Resource, Seeker], bool]:
    """The scope of resources that the latest finished run found a kind of identifier in."""
    opened = open_for_reading(settings)
    held: dict[tuple[str, str], set[str]] = {}
    for found in opened.findings(opened.run(None)):
        held.setdefault((found.source, found.key), set()).add(found.finding.entity)

    def within(resource: Resource, seeker: Seeker) -> bool:
        wanted = {kind.entity for kind in seeker.kinds}
        return bool(held.get((resource.source, resource.key), set()) & wanted)

    return within


def _found_entities(settings: Config) -> dict[tuple[str, str, str], str]:
    """What the latest finished run found at each place; nothing without a store."""
    from scanner import store

    if not store.exists(settings.store_url):
        return {}
    opened = open_for_reading(settings)
    if not any(run.finished for run in opened.runs()):
        return {}
    best: dict[tuple[str, str, str], tuple[float, str]] = {}
    for found in opened.findings(opened.run(None)):
        place = found.source, found.key, found.finding.location
        told = found.finding.score, found.finding.entity
        best[place] = max(told, best.get(place, told))
    return {place: entity for place, (_, entity) in best.items()}


def _require_empty(folder: Path) -> None:
    try:
        if folder.is_symlink() or (
            folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        ):
            raise click.UsageError(f"--out: {folder} is in use; name a new or empty folder")
    except OSError:
        raise click.UsageError(f"--out: {folder} cannot be looked into; name another") from None


def _write(folder: Path, texts: dict[str, str]) -> None:
    """The answer's files, for nobody but who asked for them."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for name, text in texts.items():
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123  # a descriptor
                file.write(text)
    except OSError as error:
        raise click.ClickException(
            f"{folder} cannot be written ({type(error).__name__}); use --out with another folder"
        ) from None


def _summarise(result: Result, out: Path) -> int:
    """Counts and places to stderr; returns the exit code."""
    resources = len({(hit.source, hit.key) for hit in result.hits})
    searched = len(result.searched) - len(result.unread)
    click.echo(f"{searched} resources searched whole, {len(result.unread)} not", err=True)
    if result.left:
        click.echo(f"{result.left} left out by --scope known", err=True)
    for one in result.unread[:SHOWN]:
        click.echo(_place(one), err=True)
    if len(result.unread) > SHOWN:
        click.echo(f"and {len(result.unread) - SHOWN} more; the answer names them", err=True)
    click.echo(f"{len(result.hits)} fields found in {resources} resources", err=True)
    click.echo(f"the answer is in {out}: read it through before it is handed out", err=True)
    return 3 if result.unread else 0


def _place(one: Searched) -> str:
    place = "/".join(part for part in (one.source, one.key) if part)
    words = f"not searched ({one.status}): {place}: {one.reason}"
    return "".join(c if c.isprintable() else "\ufffd" for c in words)

"""The documentation names every command, option, key, kind and entity that there is."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from detectors.entities import entities
from detectors.models import Model
from scanner import registry
from scanner.cli import cli
from scanner.config import Detection, Scan, ScopeKeys, SourceKeys, Store, load

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def commands(group: click.Group, path: str = "sparhund") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def test_every_command_and_option_is_documented() -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    for path, command in commands(cli):
        assert f"`{path}" in text or isinstance(command, click.Group), path
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in text, f"{path} {option.opts[0]}"


def test_every_documented_command_exists() -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    known = {path for path, _ in commands(cli)}
    for line in re.findall(r"^\| `(sparhund[^`]*)`", text, re.M):
        words = [word for word in line.split() if re.fullmatch(r"[a-z]+", word)]
        assert " ".join(words) in known, line


def keys() -> Iterator[tuple[str, str]]:
    for page, kind in (
        ("config.md", Store),
        ("config.md", Detection),
        ("config.md", Model),
        ("config.md", Scan),
        ("sources.md", SourceKeys),
        ("sources.md", ScopeKeys),
    ):
        yield from ((page, item.name) for item in dataclasses.fields(kind))
    for name in registry.names("connectors"):
        connector = registry.load("connectors", name)
        yield from (
            ("sources.md", item.name)
            for item in dataclasses.fields(connector)
            if item.name != "name"
        )


@pytest.mark.parametrize(("page", "key"), sorted(set(keys())))
def test_every_key_is_documented_and_in_the_example(page: str, key: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    assert re.search(rf"[`\[]{key}[`\]]", text), f"{key} is missing in {page}"
    example = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    assert re.search(rf"^\s*(#\s*)?(\[\[.*)?{key}( =|\]\])", example, re.M), f"{key} is not shown"


def test_every_kind_is_documented() -> None:
    text = (REFERENCE / "sources.md").read_text(encoding="utf-8")
    for name in registry.names("connectors"):
        assert f"## `{name}`" in text


def test_the_example_config_loads(tmp_path: Path) -> None:
    path = tmp_path / "sparhund.toml"
    path.write_bytes((ROOT / "config.example.toml").read_bytes())
    assert {source.keys.kind for source in load(path).sources.values()} == set(
        registry.names("connectors")
    )


def test_every_entity_is_documented() -> None:
    text = (REFERENCE / "entities.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|", text, re.M)
    assert {(name, sv.strip(), en.strip()) for name, sv, en in documented} == {
        (entity.id, entity.sv, entity.en) for entity in entities().values()
    }


def test_links_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "mailto")):
                assert (page.parent / target).exists(), f"{page}: {target}"


READERS = {
    "archive": "ZIP, TAR",
    "csv": "CSV, TSV",
    "duckdb": "DuckDB",
    "gz": "gzip, bzip2 or xz",
    "html": "web pages (HTML)",
    "json": "JSONL",
    "mail": "EML",
    "mbox": "mbox",
    "media": "audio, video",
    "msg": "MSG",
    "odf": "ODT, ODP, ODG",
    "ooxml": "DOCX",
    "parquet": "Parquet",
    "pdf": "PDF",
    "rtf": "RTF",
    "sevenzip": "7z",
    "sqlite": "SQLite",
    "text": "plain text",
    "xlsx": "XLSX",
    "xml": "XML",
}
SHARED = {
    *(
        "base",
        "budget",
        "database",
        "encoding",
        "flow",
        "kinds",
        "location",
        "lzfu",
        "markup",
        "ole",
    ),
    *("package", "read", "sheets", "stream", "table", "tree"),
}


def test_every_format_is_documented() -> None:
    modules = {path.stem for path in (ROOT / "connectors" / "formats").glob("[a-z]*.py")}
    assert modules == READERS.keys() | SHARED, "a new reader needs a line in formats.md"
    text = (REFERENCE / "formats.md").read_text(encoding="utf-8")
    for module, words in READERS.items():
        assert words in text, module

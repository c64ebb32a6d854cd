"""Ten planted people: every record of theirs is found, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scanner import config
from scanner.config import Config
from scanner.demo.build import bucket_objects
from scanner.demo.company import Company
from scanner.demo.truth import Truth
from scanner.dsar import Result, Search
from scanner.dsar_answer import render_html, render_json
from scanner.executors import Processes
from scanner.policy import load as load_policy
from scanner.subject import parse

NAMES = [f"{number:02}" for number in range(1, 11)]
SETTINGS = """
policies = ["krafthem"]
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
[sources.share]
kind = "files"
path = "share"
[sources.bucket]
kind = "files"
path = "bucket"
[sources.arkiv]
kind = "manual"
reason = "pappersarkiv"
"""


@pytest.fixture(scope="module")
def settings(folder: Path, company: Company) -> Config:
    for key, content in bucket_objects(company):
        (folder / "bucket" / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / "bucket" / key).write_bytes(content)
    path = folder / "search.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return config.load(path)


@pytest.fixture(scope="module")
def pool() -> Iterator[Processes]:
    executor = Processes(2, 600, 4096)
    yield executor
    executor.end(cancel=False)


def found(folder: Path, settings: Config, pool: Processes, name: str) -> Result:
    subject = parse((folder / "subjects" / f"{name}.toml").read_text(encoding="utf-8"))
    return Search(pool, tuple(settings.sources.values()), lambda _: True).run(subject)


def within(hit: dict[str, Any], record: dict[str, Any]) -> bool:
    container = record["location"]
    if (hit["source"], hit["key"]) != (record["source"], record["key"]):
        return False
    if container and not f"{hit['location']}#".replace("!", "#").startswith(
        f"{container}#".replace("!", "#")
    ):
        return False
    if record["row"] is None or hit["row"] is None:
        return record["row"] is hit["row"]
    first, rows = int(record["row"]), int(record["rows"])
    return first <= int(hit["row"]) < first + rows


@pytest.mark.parametrize("name", NAMES)
def test_all_of_a_persons_records_and_nobody_elses(
    folder: Path, told: Truth, settings: Config, pool: Processes, name: str
) -> None:
    text = render_json(found(folder, settings, pool, name), None, {})
    hits = json.loads(text)["hits"]
    subject = (folder / "subjects" / f"{name}.toml").read_text(encoding="utf-8")
    identity = next(line for line in subject.splitlines() if line.startswith("personnummer"))
    digits = "".join(char for char in identity if char.isdigit())
    person = next(one for one in told["persons"] if one["identity"] == digits)
    for record in person["records"]:
        rows = {hit["row"] for hit in hits if within(hit, record)}
        expected = 1 if record["row"] is None else record["rows"]
        assert len(rows) == expected, record
    for hit in hits:
        place = hit["source"], hit["key"], hit["location"], hit["row"], hit["via"]
        assert any(within(hit, record) for record in person["records"]), place
    others = [one for one in told["persons"] if one["identity"] != digits]
    for other in others:
        assert other["identity"] not in text
        assert f"{other['identity'][:8]}-{other['identity'][8:]}" not in text
        assert f'"{other["email"]}"' not in text


def test_the_page_and_what_was_not_searched(
    folder: Path, settings: Config, pool: Processes
) -> None:
    result = found(folder, settings, pool, "03")
    policy = load_policy("krafthem", folder)
    page = render_html(result, policy, {}, date(2026, 9, 30))
    assert "Kundinformation" in page
    assert "per.bergman@example.com" in page
    assert "anläggnings-id" in page
    assert "Lena Norén, 19780179-2388" not in page
    assert "tidpunkt: 20" in page, "a reading stands with its time"
    assert "bolagets koncernbolag" in page, "the recipients that the policy names"
    assert "pappersarkiv" in page
    assert "encrypted workbook" in page
    assert "http:" not in page
    assert "https:" not in page
    searched = {(one.source, one.key): one for one in result.searched}
    assert searched["crm", "main.customers"].method == "query"
    assert searched["arkiv", ""].status == "skipped"
    assert searched["share", "Kundlistor/Lösenordsskyddad.xlsx"].status == "skipped"


def test_without_expansion_readings_are_not_found(
    folder: Path, settings: Config, pool: Processes
) -> None:
    subject = parse((folder / "subjects" / "01.toml").read_text(encoding="utf-8"))
    asked: list[str] = []

    def refuse(leads: tuple[Any, ...]) -> bool:
        asked.extend(lead.chain for lead in leads)
        return False

    sources = tuple(s for s in settings.sources.values() if s.name == "crm")
    result = Search(pool, sources, refuse).run(subject)
    keys = {hit.key for hit in result.hits}
    assert "main.invoices" in keys, "the customer number was given"
    assert "main.meter_readings" not in keys
    assert "kundnummer → anläggnings-id" in asked
    assert not result.followed

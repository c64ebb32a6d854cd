"""The demo from end to end: what `sparhund demo` promises, and a second scan of the same world."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import run

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "scanner.cli"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A demo whose bucket is still served."""
    folder = tmp_path_factory.mktemp("demo") / "bolaget"
    process = subprocess.Popen(
        [*COMMAND, "demo", str(folder), "--serve"],
        env=_environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    told = ""
    for line in process.stderr:
        told += line
        if "until Ctrl-C" in line:
            break
    assert process.poll() is None, told
    (folder / "stderr.txt").write_text(told, encoding="utf-8")
    yield folder
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 3, "planted files are unreadable"
    assert "planted" in out


@pytest.fixture(autouse=True)
def _inside(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run([*arguments, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def gaps(capsys: pytest.CaptureFixture[str], policy: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["gap", "--policy", policy, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["gaps"]
    return found


def planted(demo: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((demo / "truth.json").read_text(encoding="utf-8"))
    return truth


EXPECTED = [
    ("krafthem", "undeclared", "SE_PERSONNUMMER", "crm"),
    ("krafthem", "undeclared", "SE_PERSONNUMMER", "share"),
    ("krafthem", "undeclared", "VOICE_RECORDING", "share"),
    ("krafthem", "undeclared", "CCTV_FOOTAGE", "share"),
    ("krafthem", "undeclared", "SE_BANK_ACCOUNT", "crm"),
    ("krafthem", "not_collected", "HEALTH", "crm"),
    ("krafthem", "outside_purpose", "PAYMENT_HISTORY", "share"),
    ("7h-kraft", "undeclared", "SE_METERING_POINT_ID", "crm"),
    ("7h-kraft", "undeclared", "ELECTRICITY_CONSUMPTION", "crm"),
    ("kalmar-energi", "undeclared", "ELECTRICITY_CONSUMPTION", "crm"),
    ("kalmar-energi", "undeclared", "VOICE_RECORDING", "share"),
    ("kalmar-energi", "retention", "CCTV_FOOTAGE", "share"),
    ("kalmar-energi", "transfer", "ELECTRICITY_CONSUMPTION", "bucket"),
]


@pytest.mark.parametrize(("policy", "kind", "entity", "source"), EXPECTED)
def test_the_gaps_that_were_planted_are_found(
    capsys: pytest.CaptureFixture[str], policy: str, kind: str, entity: str, source: str
) -> None:
    assert (kind, entity, source) in {
        (gap["kind"], gap["entity"], gap["source"]) for gap in gaps(capsys, policy)
    }


def test_payment_history_is_outside_its_purpose_in_the_marketing_list_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (gap,) = [gap for gap in gaps(capsys, "krafthem") if gap["kind"] == "outside_purpose"]
    assert (gap["entity"], gap["scope"]) == ("PAYMENT_HISTORY", "Marknad/**")
    assert gap["key"].startswith("Marknad/")


def test_only_clips_older_than_21_days_are_overdue(
    capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    (gap,) = [gap for gap in gaps(capsys, "kalmar-energi") if gap["kind"] == "retention"]
    clips = [row for row in planted(demo)["planted"] if row["entity"] == "CCTV_FOOTAGE"]
    assert 0 < gap["matches"] < len(clips)
    overdue = {place["key"] for place in gap["places"]}
    today = planted(demo)["today"]
    for key in (row["key"] for row in clips):
        day = "-".join((key[-19:-15], key[-15:-13], key[-13:-11]))
        age = time.mktime(time.strptime(today, "%Y-%m-%d")) - time.mktime(
            time.strptime(day, "%Y-%m-%d")
        )
        assert (key in overdue) == (age > 21.5 * 86400), key


def test_the_policies_own_weaknesses_are_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    told = [gap for gap in gaps(capsys, "7h-kraft") if gap["kind"] == "policy"]
    assert any("556525-1366" in gap["recommendation"] for gap in told)
    assert {"Kommunikationsuppgifter", "Tekniska uppgifter"} <= {gap["category"] for gap in told}


@pytest.mark.parametrize("policy", ["krafthem", "7h-kraft", "kalmar-energi"])
def test_nothing_is_told_of_what_was_not_planted_in_that_source(
    capsys: pytest.CaptureFixture[str], demo: Path, policy: str
) -> None:
    truth = planted(demo)
    known = {(row["source"], row["entity"]) for row in truth["planted"] + truth["allowed"]}
    for gap in gaps(capsys, policy):
        if gap["entity"] is not None:
            assert (gap["source"], gap["entity"]) in known


def test_what_was_planted_is_found_and_nothing_else(
    capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    truth = planted(demo)

    def places(found: list[dict[str, Any]]) -> set[tuple[str, ...]]:
        keys = ("source", "key", "location", "entity")
        return {tuple(row[key] for key in keys) for row in found}

    found = places(rows(capsys, "findings"))
    assert found - places(truth["planted"]) - places(truth["allowed"]) == set()
    missed = places(truth["planted"]) - found
    assert len(missed) <= len(truth["planted"]) // 100, missed


def test_coverage_names_every_unreadable_file_with_its_reason(
    capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    coverage = {(row["source"], row["key"]): row for row in rows(capsys, "coverage")}
    unreadable = planted(demo)["unreadable"]
    assert len(unreadable) >= 4
    told = (demo / "stderr.txt").read_text(encoding="utf-8")
    for part in unreadable:
        row = coverage[part["source"], part["key"]]
        assert row["status"] in ("failed", "partial", "skipped")
        assert part["reason_contains"] in row["reason"]
        assert part["location"].rpartition("!")[2] in row["reason"]
        assert part["key"] in told


def test_a_second_scan_reads_only_what_was_not_read_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (first, *_) = rows(capsys, "runs")
    before = rows(capsys, "findings", "--run", first["run"])
    covered = {
        (row["source"], row["key"]): row for row in rows(capsys, "coverage", "--run", first["run"])
    }
    assert run(["scan", "--run", "again"]) == 3
    after = rows(capsys, "findings", "--run", "again")
    assert [row | {"run": ""} for row in after] == [row | {"run": ""} for row in before]
    for row in rows(capsys, "coverage", "--run", "again"):
        status = covered[row["source"], row["key"]]["status"]
        assert row["status"] == ("unchanged" if status == "scanned" else status)


def test_nothing_personal_leaves_the_sources(
    capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    """Store, logs, terminal and reports hold no planted identifier."""
    for command in (["findings"], ["coverage"], ["runs"]):
        run(command)
    told = capsys.readouterr()
    kept = [(told.out + told.err).encode(), (demo / "stderr.txt").read_bytes()]
    kept += [path.read_bytes() for path in demo.glob("sparhund.sqlite*")]
    kept += [path.read_bytes() for path in (demo / "reports").iterdir()]
    for path in (demo / "reports").glob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            kept += [book.read(name) for name in book.namelist()]
    everything = b"\n".join(kept)
    people = planted(demo)["persons"]
    assert len(people) > 100
    for secret in _secrets(demo, people):
        assert not re.search(rb"(?<!\w)" + re.escape(secret.encode()) + rb"(?!\w)", everything), (
            "a planted identifier has leaked"
        )


def _secrets(demo: Path, people: list[dict[str, Any]]) -> set[str]:
    """Everything planted that points at one person, in the forms in which it was planted."""
    found = {person[key] for person in people for key in ("name", "identity", "email", "address")}
    found |= {person["identity"][2:] for person in people}
    found |= {person["phone"] for person in people}
    found |= {re.sub(r"\D", "", person["phone"]) for person in people}
    database = sqlite3.connect(demo / "crm.sqlite")
    for query in (
        "select kundnr from customers",
        "select anlaggnings_id from contracts",
        "select bankkonto from payouts",
    ):
        found |= {str(row[0]) for row in database.execute(query)}
    database.close()
    return found - {"", "None"}


def test_a_folder_that_is_in_use_is_left_alone(
    capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    assert run(["demo", str(demo)]) == 2
    assert "is not empty" in capsys.readouterr().err

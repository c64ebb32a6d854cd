"""A scan of a big table from the command line: what is drawn, told, reported and read by --full."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import run

ROWS, PERSONS = 3000, 750
CONFIG = """
policies = ["krafthem"]
[store]
url = "sqlite:///store.sqlite"
[scan]
workers = 1
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
whole = 1000
bound = 0.005
"""


def number(index: int) -> str:
    """A personnummer with its check digit."""
    digits = f"8501{1 + index // 250:02}{1 + index % 250:03}"
    odd = sum(sum(divmod(2 * int(d), 10)) for d in digits[::2]) + sum(map(int, digits[1::2]))
    return f"{digits[:6]}-{digits[6:]}{-odd % 10}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table kund (id integer primary key, personnummer text)")
        people = ((row, number(row % PERSONS)) for row in range(ROWS))
        database.executemany("insert into kund values (?, ?)", people)
        database.execute("create table fa (personnummer text)")
        database.execute("insert into fa values (?)", (number(1),))
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run([*arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def lines(capsys: pytest.CaptureFixture[str], command: str) -> dict[str, dict[str, Any]]:
    _, out, _ = ran(capsys, command, "--format", "jsonl")
    return {row["key"]: row for row in map(json.loads, out.splitlines())}


@pytest.mark.usefixtures("folder")
def test_a_big_table_is_sampled_and_told_apart_from_what_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = ran(capsys, "scan")
    assert code == 3, "rows were not read"
    assert "1 of them big tables, read as random samples" in out
    assert "at most 0.5 % of the rows" in out
    assert "partial:" not in err
    coverage = lines(capsys, "coverage")
    assert coverage["main.fa"]["sample"] is None
    big = coverage["main.kund"]
    assert (big["status"], big["rows"]) == ("partial", 598)
    assert set(big["sample"]) == {"frame", "size", "seed", "bound"}
    assert big["sample"]["bound"] <= 0.005
    findings = lines(capsys, "findings")
    assert findings["main.fa"]["persons_between"] == [1, 1]
    low, high = findings["main.kund"]["persons_between"]
    assert low <= PERSONS <= high < ROWS
    assert findings["main.kund"]["read"] == 598
    _, out, _ = ran(capsys, "gap", "--format", "json")
    report = json.loads(out)
    assert [one["key"] for one in report["sampled"]] == ["main.kund"]
    assert report["unread"] == []
    (gap,) = (one for one in report["gaps"] if one["entity"] == "SE_PERSONNUMMER")
    assert gap["persons_between"] == [low, high + 1], "one more table, perhaps of others"


@pytest.mark.usefixtures("folder")
def test_full_reads_all_rows_and_counts_all_persons(capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "scan")
    code, _, _ = ran(capsys, "scan", "--full")
    assert code == 0
    assert lines(capsys, "coverage")["main.kund"]["sample"] is None
    finding = lines(capsys, "findings")["main.kund"]
    assert (finding["read"], finding["persons"]) == (ROWS, PERSONS)
    assert finding["persons_between"] == [PERSONS, PERSONS]


@pytest.mark.usefixtures("folder")
def test_two_scans_of_the_same_data_find_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "scan", "--run", "a")
    ran(capsys, "scan", "--run", "b")
    _, first, _ = ran(capsys, "findings", "--run", "a", "--format", "jsonl")
    _, second, _ = ran(capsys, "findings", "--run", "b", "--format", "jsonl")
    assert first.replace('"run": "a"', '"run": "b"') == second


def test_what_tells_persons_apart_is_not_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(capsys, "scan")
    kept = (folder / "store.sqlite").read_bytes()
    assert not any(number(index).encode() in kept for index in range(PERSONS))

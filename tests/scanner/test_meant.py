"""Columns that are meant for personal data, and hold none yet."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from scanner.cli import run

CONFIG = """
policies = ["krafthem"]
[store]
url = "sqlite:///store.sqlite"
[scan]
workers = 1
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
"""


def test_an_empty_column_is_told_among_the_findings_and_is_no_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table kund (kundnr text, religion text, facktillhorighet text)")
        rows = ((str(1000231 + row), "muslim", None) for row in range(40))
        database.executemany("insert into kund values (?, ?, ?)", rows)
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["scan"]) == 0
    capsys.readouterr()
    assert run(["findings", "--format", "jsonl"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    counts = {row["entity"]: (row["matches"], row["values"], row["read"]) for row in told}
    assert counts["RELIGION"] == (40, 40, 40)
    assert counts["TRADE_UNION"] == (0, 0, 0)
    run(["gap", "--format", "json"])
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    judged = {gap["entity"] for gap in gaps}
    assert "RELIGION" in judged
    assert "TRADE_UNION" not in judged


def test_a_table_without_rows_is_told_too_and_nothing_of_it_counts_as_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table skyddad_kund (personnummer text, losenord text, x7 text)")
        database.execute("create table artikel (namn text, pris real)")
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["scan"]) == 0
    capsys.readouterr()
    assert run(["findings", "--format", "jsonl"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["entity"] for row in told} == {"SE_PERSONNUMMER", "CREDENTIAL"}
    assert {(row["matches"], row["values"], row["read"]) for row in told} == {(0, 0, 0)}
    assert all("no values" in row["reasons"] for row in told)
    run(["gap", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert not {gap["entity"] for gap in report["gaps"]} & {"SE_PERSONNUMMER", "CREDENTIAL"}

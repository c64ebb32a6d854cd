"""A customer-card pattern in YAML from the config to findings, gap report and doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import run

OWN = r"""
recognizers:
  - name: Customer card
    supported_entity: CUSTOMER_CARD
    patterns:
      - {name: letters and digits, regex: '\bKK-[0-9]{6}\b', score: 0.4}
    context: [kundkort]
"""
CONFIG = """
policies = ["krafthem"]
[detection]
recognizers = ["own/cards.yaml"]
[sources.share]
kind = "files"
path = "share"
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with config, YAML and one text; commands run elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("SPARHUND_CONFIG", str(tmp_path / "sparhund.toml"))
    for name, text in (
        ("sparhund.toml", CONFIG),
        ("own/cards.yaml", OWN),
        ("share/a.txt", "Kundkortet KK-123456 är spärrat."),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run([*command, "--format", "jsonl"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_detect_finds_it(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = lines(capsys, "detect", str(company / "share"), "--explain")
    assert (row["entity"], row["start"], row["end"]) == ("CUSTOMER_CARD", 11, 20)
    assert row["reasons"] == ["pattern", "cue word"]


def test_a_scan_finds_it_and_reports_name_it(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan"]) == 0
    (row,) = lines(capsys, "findings", "--policy", "krafthem")
    assert (row["entity"], row["category"]) == ("CUSTOMER_CARD", [])
    capsys.readouterr()
    assert run(["gap", "--format", "json"]) == 0
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    assert [gap["kind"] for gap in gaps if gap["entity"] == "CUSTOMER_CARD"] == ["undeclared"]
    for form in ("html", "xlsx", "md"):
        out = company / f"gap.{form}"
        assert run(["gap", "--format", form, "--out", str(out)]) == 0
        if form != "xlsx":
            assert "CUSTOMER_CARD" in out.read_text(encoding="utf-8")


def test_a_changed_pattern_is_scanned_anew(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "--run", "first"]) == 0
    (company / "own" / "more.yaml").write_text(OWN.replace("{6}", "{7}"))
    (company / "sparhund.toml").write_text(CONFIG.replace("cards", "more"))
    assert run(["scan", "--run", "second"]) == 0
    (row,) = [row for row in lines(capsys, "coverage") if row["key"] == "a.txt"]
    assert row["status"] == "scanned"
    assert lines(capsys, "findings") == []


def test_doctor_names_it_and_what_it_costs(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {row["message"]: row["state"] for row in lines(capsys, "doctor")}
    assert told["cards.yaml: Customer card finds CUSTOMER_CARD"] == "ok"
    assert told["cards.yaml: Customer card has no trigger: reads every text; slower"] == "note"
    assert any(message.startswith("CUSTOMER_CARD is in no list") for message in told)
    assert any("screens the texts" in message for message in told)
    assert not any("phone has no trigger" in message for message in told)


@pytest.mark.parametrize("command", [["scan"], ["detect", "."], ["doctor"]])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cards.yaml: there is no such file; check the path"),
        ("recognizers: 1", "recognizers: must be a list"),
        (
            OWN.replace("score: 0.4", "score: 4"),
            "patterns.1.score: must be less than or equal to 1",
        ),
    ],
)
def test_a_wrong_file_is_one_line_and_exit_code_1(
    company: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    text: str | None,
    words: str,
) -> None:
    path = company / "own" / "cards.yaml"
    path.unlink() if text is None else path.write_text(text)
    if command == ["doctor"]:
        rows = lines(capsys, "doctor", code=1)
        (line,) = [row["message"] for row in rows if row["state"] == "fail"]
    else:
        capsys.readouterr()
        assert run(command) == 1
        (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert "sparhund.toml: detection.recognizers: " in line

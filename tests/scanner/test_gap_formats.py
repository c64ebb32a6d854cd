"""`sparhund gap --format html` and `xlsx`: text goes anywhere, bytes only to a file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scanner.cli import run

NAME = "<script>alert(1)</script> =cmd|' !A0 \u202egpj.txt"
CONFIG = """
policies = ["krafthem"]
[sources.share]
kind = "files"
path = "share"
owner = "IT-drift"
country = "SE"
"""


@pytest.fixture(autouse=True)
def _scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two quarters: a file with a hostile name comes in the second."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.txt").write_text("Clearing 8327-9, kontonummer 1 234 567-8.", encoding="utf-8")
    assert run(["scan", "--run", "q3"]) == 0
    (share / "a.txt").write_text("Inget här.", encoding="utf-8")
    (share / NAME.replace("/", "∕")).write_text("Personnummer 19811228-9874.", encoding="utf-8")
    assert run(["scan", "--run", "q4"]) == 0
    capsys.readouterr()


def test_the_page_goes_to_stdout_or_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gap", "--format", "html"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("<!doctype html>")
    assert run(["gap", "--format", "html", "--out", "gap.html"]) == 0
    assert Path("gap.html").read_text(encoding="utf-8") == printed


def test_the_page_says_what_the_json_report_says(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["gap", "--compare", "q3", "--lang", "en", "--out"]
    assert run([*options, "gap.html", "--format", "html"]) == 0
    assert run([*options, "gap.json", "--format", "json"]) == 0
    told = json.loads(Path("gap.json").read_text(encoding="utf-8"))
    page = LexborHTMLParser(Path("gap.html").read_text(encoding="utf-8"))
    shown = [row.attributes["id"] for row in page.css("#gaps tbody tr")]
    assert shown == [f"gap-{gap['id']}" for gap in told["gaps"]]
    found = next(gap for gap in told["gaps"] if gap["entity"] == "SE_PERSONNUMMER")
    row = page.css_first(f"#gap-{found['id']}")
    assert row is not None
    text = " ".join(row.text().split())
    assert "Not declared: Personal identity number" in text
    assert "owner IT-drift" in text
    assert "new" in text.split()
    assert "<script>alert(1)<∕script> =cmd|' !A0 ⟨U+202E⟩gpj.txt" in text
    header = page.css_first("header")
    assert header is not None
    head = " ".join(header.text().split())
    assert "dated 24 September 2020" in head
    assert f"q3: new gaps {sum(gap['new'] for gap in told['gaps'])}, gone" in head
    assert len(page.css("script")) == 1


def test_a_workbook_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gap", "--format", "xlsx"]) == 2
    assert "--out" in capsys.readouterr().err
    assert run(["gap", "--format", "xlsx", "--out", "gap.xlsx"]) == 0
    assert zipfile.is_zipfile("gap.xlsx")
    assert run(["gap", "--format", "xlsx", "--out", "gone/gap.xlsx"]) == 1
    assert "cannot be written" in capsys.readouterr().err

"""`doctor` says what is missing and how to mend it; tables fit 80 columns."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from scanner.cli import run

CONFIG = """
policies = ["krafthem"]
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
country = "SE"
owner = "Kundservice"
purposes = { krafthem = ["Marknadsföring"] }
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table kunder (epost text)")
        database.execute("insert into kunder values ('anna@example.se')")
    database.close()
    return tmp_path


def checks(capsys: pytest.CaptureFixture[str], code: int) -> dict[tuple[str, str], str]:
    capsys.readouterr()
    assert run(["doctor", "--format", "jsonl"]) == code
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {(row["state"], row["what"]): row["message"] for row in rows}


def test_all_is_well(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = checks(capsys, 0)
    assert told["ok", "source crm"] == "can be listed: 1 resources"
    assert told["note", "store"].startswith("not made yet")
    assert "warnings" in told["ok", "policy krafthem"]
    assert not (company / "sparhund.sqlite").exists(), "doctor leaves nothing behind"


MISTAKES = [
    ('[sources.share]\nkind = "files"\npath = "absent"', "source share", "does not exist"),
    ('[sources.share]\nkind = "files"\npath = "empty"', "source share", "holds nothing that fits"),
    (
        '[sources.share]\nkind = "files"\npath = "."\npurposes = { krafthem = ["Reklam"] }',
        "policy krafthem",
        "it has no purpose 'Reklam'",
    ),
    (
        '[sources.b]\nkind = "sql"\nurl_env = "ABSENT_URL"',
        "source b",
        "ABSENT_URL",
    ),
]


@pytest.mark.parametrize(("source", "what", "words"), MISTAKES)
def test_what_is_wrong_is_told_with_its_mend(
    company: Path, capsys: pytest.CaptureFixture[str], source: str, what: str, words: str
) -> None:
    (company / "empty").mkdir()
    (company / "sparhund.toml").write_text(CONFIG + source + "\n", encoding="utf-8")
    assert words in checks(capsys, 1)["fail", what]


def test_an_unknown_policy_is_told(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "sparhund.toml").write_text(CONFIG.replace('["krafthem"]', '["krafthen"]', 1))
    assert "krafthem" in checks(capsys, 1)["fail", "policy krafthen"]


def test_a_store_that_others_may_read_is_told(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan"])
    (company / "sparhund.sqlite").chmod(0o644)
    assert "chmod 600" in checks(capsys, 1)["fail", "store"]


@pytest.mark.parametrize(
    "command", [["doctor"], ["runs"], ["coverage"], ["findings"], ["runs", "diff", "a", "b"]]
)
def test_tables_fit_80_columns(
    company: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with sqlite3.connect(company / "crm.sqlite") as database:
        database.execute(f'create table "{"lång" * 40}" ("{"kolumn" * 30}" text)')
        database.execute(f"""insert into "{"lång" * 40}" values ('bo@example.se')""")
    database.close()
    run(["scan", "--run", "a"])
    with sqlite3.connect(company / "crm.sqlite") as database:
        database.execute("insert into kunder values ('eva@example.se')")
    database.close()
    run(["scan", "--run", "b"])
    capsys.readouterr()
    run(command)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80

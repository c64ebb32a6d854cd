"""The command line from end to end: real files, a real database, exit codes, one-line errors."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from scanner import registry
from scanner.cli import cli, run

PERSONNUMMER = "19811228-9874"
EPOST = "anna.andersson@example.se"

CONFIG = """
policies = ["krafthem"]
[sources.crm]
kind = "sql"
url = "sqlite:///crm.sqlite"
country = "SE"
[sources.share]
kind = "files"
path = "share"
country = "SE"
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config, a database and a share."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "sparhund.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "anteckning å.txt").write_text(f"Kundens personnummer {PERSONNUMMER}.")
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table customers (kundnr integer, epost text)")
        database.executemany("insert into customers values (?, ?)", [(1, EPOST), (2, None)])
    database.close()
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run([*arguments, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_scan_then_findings_then_gap(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan"]) == 0
    capsys.readouterr()
    found = rows(capsys, "findings")
    places = {(row["source"], row["key"], row["location"], row["entity"]) for row in found}
    assert ("share", "anteckning å.txt", "", "SE_PERSONNUMMER") in places
    assert ("crm", "main.customers", "epost", "EMAIL_ADDRESS") in places
    email = next(row for row in found if row["entity"] == "EMAIL_ADDRESS")
    assert (email["matches"], email["values"], email["read"]) == (1, 1, 1)
    assert email["category"] == ["Kundinformation"]
    assert list(email)[:7] == ["run", "source", "key", "location", "entity", "matches", "values"]
    assert run(["gap", "--format", "json"]) == 0
    gap = json.loads(capsys.readouterr().out)
    assert ("undeclared", "SE_PERSONNUMMER") in {(g["kind"], g["entity"]) for g in gap["gaps"]}
    assert gap["coverage"]["complete"] is True
    assert gap["coverage"]["status"]["scanned"] == 2


def test_nothing_personal_is_told_or_kept(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan"])
    for command in (["findings"], ["coverage"], ["runs"], ["gap"], ["gap", "--format", "json"]):
        run(command)
    told = capsys.readouterr()
    kept = b"".join(path.read_bytes() for path in company.glob("sparhund.sqlite*"))
    for secret in (PERSONNUMMER, "9874", EPOST, "anna.andersson"):
        assert secret not in told.out + told.err
        assert secret.encode() not in kept


def test_a_second_scan_reads_nothing_and_finds_the_same(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "--run", "one"]) == 0
    assert run(["scan", "--run", "two"]) == 0
    capsys.readouterr()
    first, second = (rows(capsys, "findings", "--run", name) for name in ("one", "two"))
    assert [row | {"run": ""} for row in first] == [row | {"run": ""} for row in second]
    covered = rows(capsys, "coverage", "--run", "two")
    assert {(row["status"], row["read_by"]) for row in covered} == {("unchanged", "one")}
    assert rows(capsys, "runs", "diff", "one", "two") == []
    (company / "share" / "ny.txt").write_text(f"Ring {EPOST}")
    assert run(["scan", "--run", "three"]) == 0
    capsys.readouterr()
    (new,) = rows(capsys, "runs", "diff", "two", "three")
    assert (new["change"], new["key"], new["entity"]) == ("new", "ny.txt", "EMAIL_ADDRESS")


def test_a_finished_run_s_name_prints_its_summary(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan", "--run", "q4"])
    first = capsys.readouterr().out
    assert run(["scan", "--run", "q4"]) == 0
    again = capsys.readouterr()
    assert again.out == first
    assert "finished already" in again.err


def test_what_was_not_read_is_named_and_makes_three(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "share" / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert run(["scan"]) == 3
    assert "skipped: share/bild.png:" in capsys.readouterr().err
    statuses = {row["key"]: row for row in rows(capsys, "coverage")}
    assert statuses["bild.png"]["status"] == "skipped"
    assert statuses["bild.png"]["reason"]
    assert run(["gap", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["coverage"]["complete"] is False


def test_one_source_alone(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "--source", "crm"]) == 0
    capsys.readouterr()
    assert {row["source"] for row in rows(capsys, "coverage")} == {"crm"}
    assert run(["gap", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["coverage"]["complete"] is False


def test_a_dry_run_leaves_nothing_behind(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "--dry-run"]) == 0
    assert capsys.readouterr().out == "crm: 1 to read, 0 unchanged\nshare: 1 to read, 0 unchanged\n"
    assert not (company / "sparhund.sqlite").exists()


def test_fail_on_a_severity(company: Path) -> None:
    run(["scan"])
    assert run(["gap", "--fail-on", "critical"]) == 0
    assert run(["gap", "--fail-on", "high"]) == 4


def test_csv_is_inert_in_a_spreadsheet(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "share" / "=cmd|' C calc'!A0.txt").write_text(f"personnummer {PERSONNUMMER}")
    run(["scan"])
    capsys.readouterr()
    assert run(["findings", "--format", "csv"]) == 0
    lines = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {line["key"][0] for line in lines} == {"'", "a", "m"}


def test_hostile_names_cannot_steer_a_terminal(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "share" / "a\x1b[31m\nb\u202e.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    run(["scan"])
    run(["coverage"])
    told = capsys.readouterr()
    for char in ("\x1b", "\u202e"):
        assert char not in told.out + told.err


MISTAKES: list[tuple[str, list[str], int, str]] = [
    ("", ["scan", "--config", "absent.toml"], 1, "absent.toml: there is no such config file"),
    ("", ["scan"], 2, "has no sources"),
    ("polices = []", ["scan"], 1, "did you mean `policies`?"),
    (CONFIG, ["scan", "--source", "crn"], 2, "no source 'crn' in the config; it has: crm, share"),
    (CONFIG, ["gap"], 1, "there is no store yet; run `sparhund scan` first"),
    (CONFIG, ["findings"], 1, "there is no store yet"),
    (CONFIG, ["gap", "--format", "pdf"], 2, "no 'pdf' among html, json, md, xlsx"),
    (CONFIG, ["scan", "--cluster", "tcp://127.0.0.1:1"], 1, "no dask scheduler answers at"),
    ("", ["policy", "check", "krafthen"], 1, "krafthem"),
    ("", ["detect", "absent.txt"], 2, "absent.txt: no such file or directory"),
    ("", ["barka"], 2, "No such command"),
    ("[sources.a]\nkind='files'\npath='absent'", ["scan"], 1, "absent"),
    ("[sources.a]\nkind='sql'\nurl='sqlite:///absent.sqlite'", ["scan"], 1, "absent.sqlite"),
    ("[sources.a]\nkind='sql'\nurl_env='ABSENT_URL'", ["scan"], 1, "ABSENT_URL"),
    (
        "[sources.a]\nkind='sql'\nurl='postgresql+psycopg://u@127.0.0.1:1/d'",
        ["scan"],
        1,
        "127.0.0.1",
    ),
    (
        "[sources.a]\nkind='s3'\nbucket='bbb'\nanonymous=true\nendpoint_url='http://127.0.0.1:1'",
        ["scan"],
        1,
        "127.0.0.1",
    ),
    ("[sources.a]\nkind='files'\npath='empty'", ["scan"], 3, "the source is empty"),
    ("[sources.a]\nkind='manual'\ncontact='arkiv'", ["scan"], 3, "check it by hand"),
]


@pytest.mark.parametrize(("config", "arguments", "code", "words"), MISTAKES)
def test_a_mistake_is_one_clear_line_and_the_right_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config: str,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "empty").mkdir()
    (tmp_path / "sparhund.toml").write_text(config)
    assert run(arguments) == code
    told = capsys.readouterr()
    lines = [line for line in told.err.splitlines() if words in line]
    assert len(lines) == 1, told.err
    assert "Traceback" not in told.err + told.out


def test_a_purpose_that_the_policy_lacks_is_the_config_s_error(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CONFIG + 'purposes = { krafthem = ["Marknadsforing"] }\n'
    (company / "sparhund.toml").write_text(text, encoding="utf-8")
    run(["scan"])
    capsys.readouterr()
    assert run(["gap"]) == 1
    assert "Marknadsföring" in capsys.readouterr().err


def test_init_writes_a_config_that_loads_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert run(["init"]) == 2
    assert run(["scan", "--dry-run", "--source", "arkiv"]) == 0


def test_every_command_takes_a_config() -> None:
    def names(group: click.Group) -> Iterator[tuple[str, click.Command]]:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from names(command)
            if not isinstance(command, click.Group) or command.invoke_without_command:
                yield name, command

    for name, command in names(cli):
        options = {option for param in command.params for option in param.opts}
        assert name == "demo" or "--config" in options, name


def test_a_config_elsewhere(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "elsewhere").mkdir()
    assert run(["init", "--config", "elsewhere/c.toml"]) == 0
    policy = company / "elsewhere" / "egen.toml"
    shipped = Path(run.__code__.co_filename).parent / "policies" / "krafthem.toml"
    policy.write_bytes(shipped.read_bytes())
    assert run(["policy", "check", "egen.toml"]) == 1
    assert run(["policy", "check", "egen.toml", "--config", "elsewhere/c.toml"]) == 0
    assert run(["policy", "show", "egen.toml", "--config", "elsewhere/c.toml"]) == 0
    assert "Kundinformation" in capsys.readouterr().out


def sparhund(*arguments: str, folder: Path, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scanner.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        command, cwd=folder, text=True, stdout=-1, stderr=-1, env=environment, **options
    )


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_scan_is_continued(
    company: Path, capsys: pytest.CaptureFixture[str], by: signal.Signals
) -> None:
    for number in range(400):
        path = company / "share" / f"{number:03}.txt"
        path.write_text(f"{number}: personnummer {PERSONNUMMER}. " * 20)
    process = sparhund("scan", "--workers", "1", folder=company)
    store = company / "sparhund.sqlite"
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and _outcomes(store) < 20:
        time.sleep(0.02)
    process.send_signal(by)
    _, told = process.communicate(timeout=60)
    done = _outcomes(store)
    assert 20 <= done < 402
    if by == signal.SIGINT:
        assert process.returncode == 1
        assert "the same command continues" in told
        assert "Traceback" not in told
    assert run(["scan"]) == 0
    capsys.readouterr()
    covered = rows(capsys, "coverage")
    assert len(covered) == 402
    assert {row["status"] for row in covered} == {"scanned"}
    assert len(rows(capsys, "runs")) == 1


def _outcomes(store: Path) -> int:
    if not store.exists():
        return 0
    database = sqlite3.connect(store, timeout=10)
    try:
        return int(database.execute("select count(*) from outcomes").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        database.close()


def test_detect_reads_texts_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d" / "under").mkdir(parents=True)
    text = f"Åsa\r\npersonnummer {PERSONNUMMER}\r\n"
    (tmp_path / "d" / "b.txt").write_bytes(text.encode())
    (tmp_path / "d" / "a.txt").write_bytes(text.encode("cp1252"))
    (tmp_path / "d" / "under" / "c.txt").write_bytes(text.encode("utf-8-sig"))
    (tmp_path / "d" / "u.txt").write_bytes(text.encode("utf-16"))
    (tmp_path / "d" / "x.bin").write_bytes(b"\0\1\2")
    assert run(["detect", "d"]) == 3
    told = capsys.readouterr()
    assert "d/x.bin" in told.err
    found = [json.loads(line) for line in told.out.splitlines()]
    found = [row for row in found if row["entity"] == "SE_PERSONNUMMER"]
    assert [row["doc"] for row in found] == ["d/a.txt", "d/b.txt", "d/u.txt", "d/under/c.txt"]
    for row in found:
        assert text[row["start"] : row["end"]] == PERSONNUMMER
        assert list(row) == ["doc", "start", "end", "entity", "score"]


def test_plugins_are_found_without_importing_them() -> None:
    assert registry.names("connectors") == ("files", "manual", "s3", "sql")
    assert "md" in registry.names("reports")

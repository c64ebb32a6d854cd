from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import column_peers, sampling_bound, tables_bench
from benchmarks.schemas import kinds, tables


def run(monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    monkeypatch.setattr(sys, "argv", ["tables_bench", *options])
    tables_bench.main()


@pytest.fixture(autouse=True)
def results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(tables_bench, "_RESULTS", tmp_path / "TABLES.md")
    return tmp_path / "TABLES.md"


@pytest.fixture
def names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of columns stand in for our verdicts, which take longer."""
    monkeypatch.setattr(column_peers, "ours", column_peers.by_label)
    monkeypatch.setattr(column_peers, "has_structured", lambda: False)


@pytest.mark.usefixtures("names_alone")
def test_errors_name_table_column_and_entity(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "--errors", "known")
    lines = capsys.readouterr().out.splitlines()
    assert "missed\tetl.stg_017.fld_04\tSE_PERSONNUMMER" in lines
    assert "false\tbokf.verifikat.kon\tSEX" in lines


@pytest.mark.usefixtures("names_alone")
def test_sets_that_nobody_may_see_are_told_in_sums_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], results: Path
) -> None:
    run(monkeypatch, "--only", "columns")
    told = capsys.readouterr().out
    rows = [line for line in told.splitlines() if line.endswith("**below** |")]
    assert rows
    assert all("| ours |" in row for row in rows)
    for kind in kinds():
        assert f"| {kind} | ours |" in told
        assert f"| {kind} | label only |" in told
        assert not any(f"{table.name}." in told for table in tables(kind, 1))
    assert "### By entity, known, samples, unseen, fresh together" in told
    assert not results.exists()


def test_a_bound_that_fails_is_called_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trials = [sampling_bound.Trial(1.0, "by address", 0.01, n % 10 > 0, 0.009) for n in range(100)]
    monkeypatch.setattr(sampling_bound, "trials", lambda _: iter(trials))
    run(monkeypatch, "--only", "bounds")
    assert "Claims true: 90.0%, bar 95%: **below**" in capsys.readouterr().out


def test_persons_that_are_not_told_count_as_not_held(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [sampling_bound.Counting("one row each", "PERSON", 10, 9, 12)] * 200
    monkeypatch.setattr(sampling_bound, "countings", lambda _: iter(told))
    run(monkeypatch, "--only", "persons")
    assert "Intervals that hold: 50.0%" in capsys.readouterr().out


@pytest.mark.usefixtures("names_alone")
def test_only_a_whole_run_in_full_size_is_written(
    monkeypatch: pytest.MonkeyPatch, results: Path
) -> None:
    for name in ("_bounds", "_persons"):
        monkeypatch.setattr(tables_bench, name, lambda: iter(["figures"]))
    for name in ("_big", "_full"):
        monkeypatch.setattr(tables_bench, name, lambda rows: iter([f"{rows} rows"]))
    run(monkeypatch, "--rows", "1000")
    assert not results.exists()
    run(monkeypatch)
    assert "50000000 rows" in results.read_text("utf-8")

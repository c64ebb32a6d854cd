"""Progress moves within one long read, and tells how long the rest may take."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest

from scanner import progress
from scanner.cli import run
from scanner.model import Outcome, Resource, Status
from scanner.progress import Bar, Lines, start


def ended(size: int) -> Outcome:
    return Outcome(Resource("a", "k"), Status.SCANNED, bytes=size)


def test_lines_tell_volume_rate_and_remaining_time() -> None:
    out = io.StringIO()
    lines = start("2026-Q4", out)
    assert isinstance(lines, Lines)
    lines.listed("share", 10, 8)
    assert "time left not known yet" in lines.line(time.monotonic())
    lines.ended(ended(2_000_000))
    lines.ended(ended(2_000_000))
    told = lines.line(lines._started + 4)
    assert told == "2026-Q4: 2 of 8 read, 4.0 MB, 1.0 MB/s, about 12 s left"
    lines.passed(9_000_000)
    assert "9.0 MB" in lines.line(lines._started + 4), "within a read that has not ended"


def test_a_bar_leaves_the_terminal_as_it_was() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    bar = start("2026-Q4", Terminal())
    assert isinstance(bar, Bar)
    bar.listed("share", 2, 2)
    bar.passed(1_000_000)
    bar.ended(ended(2_000_000))
    bar.close()


def test_one_long_read_moves_the_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress, "INTERVAL", 0.0)
    monkeypatch.setattr("scanner.engine.TICK", 0.05)
    (tmp_path / "share").mkdir()
    line = "Mätaren är avläst utan anmärkning och allt står väl till i stationen i dag.\n"
    (tmp_path / "share" / "lång.txt").write_text(line * 600_000, encoding="utf-8")
    (tmp_path / "sparhund.toml").write_text('[sources.s]\nkind = "files"\npath = "share"\n')
    assert run(["scan", "--workers", "1"]) == 0
    told = re.findall(r"0 of 1 read, ([\d.]+) MB", capfd.readouterr().err)
    assert len({volume for volume in told if float(volume) > 0}) > 1

"""`detect` reads texts of any size and encoding, piece by piece, and explains what it found."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from detectors import portions
from detectors.swedish import analyse
from scanner import cli_detect, documents
from scanner.cli import run
from scanner.documents import BinaryFileError, pieces
from scanner.model import Candidate

CORPUS = Path(__file__).parents[1] / "corpus"
PERSONNUMMER = "19121212-1212"


def found(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run(["detect", *arguments]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@cache
def corpora() -> str:
    """Lines of every corpus, put together."""
    lines = []
    for path in sorted(CORPUS.glob("*.toml")):
        corpus = tomllib.loads(path.read_text(encoding="utf-8"))
        lines += [*corpus.get("match", []), *corpus.get("no_match", [])]
    return "\r\n\n".join(re.sub("[«»]", "", line) for line in lines)


def whole(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, "replace")


@pytest.mark.parametrize("size", [1, 7, 100, 1000, 10**6])
@pytest.mark.parametrize("margin", [0, 5, 200])
def test_pieces_make_up_the_text(size: int, margin: int) -> None:
    text = "Åsa\r\n\N{GRINNING FACE} och Ö\n" + "x" * 300 + "\nslut"
    ends = 0
    for first, low, high, held in pieces(io.BytesIO(text.encode()), size, margin):
        assert low == ends < high <= low + size + margin
        assert held == text[first : first + len(held)]
        assert first == max(0, low - margin)
        assert first + len(held) == min(len(text), high + margin)
        ends = high
    assert ends == len(text)


def test_pieces_end_with_lines_where_they_can() -> None:
    text = "tio tecken\n" * 50
    found = list(pieces(io.BytesIO(text.encode()), 100, 30))
    assert all(text[: piece.high].endswith("\n") for piece in found)


ENCODED = [
    ("Åsa".encode(), "utf-8"),
    ("Åsa".encode("cp1252"), "cp1252"),
    ("Åsa".encode("utf-8-sig"), "utf-8-sig"),
    ("Åsa".encode("utf-16"), "utf-16"),
    (b"\xfe\xff" + "Åsa".encode("utf-16-be"), "utf-16"),
    ("Åsa".encode("utf-32"), "utf-32"),
    (b"a" * 700_000 + "Å".encode() * 700_000, "utf-8"),
    (b"a" * 262_143 + "Å".encode(), "utf-8"),
    (b"a" * 700_000 + b"\xc5", "cp1252"),
    ("Å".encode() * 300_000 + b"\xc5 slut", "cp1252"),
    (b"\xff\xfeA\x00\xff", "utf-16"),
    (b"", "utf-8"),
]


@pytest.mark.parametrize(("raw", "encoding"), ENCODED)
def test_the_encoding_is_that_of_the_whole(raw: bytes, encoding: str) -> None:
    text = "".join(
        held[low - first : high - first] for first, low, high, held in pieces(io.BytesIO(raw))
    )
    assert text == whole(raw, encoding)


@pytest.mark.parametrize(
    "raw",
    [b"\0\1\2", b"a" * 2_000_000 + b"\0", b"\xff\1\2 abc", b"\x89PNG\r\n\x1a\n" + b"\1\xe5" * 9],
)
def test_binary_content_is_no_text(raw: bytes) -> None:
    with pytest.raises(BinaryFileError):
        list(pieces(io.BytesIO(raw)))


# a sentence in between, as no list or table of ten thousand characters keeps its heading
@pytest.mark.parametrize("between", ["\r\nTack.\r\n", "\n\nTack för det.\n\n", " "])
def test_pieces_give_what_the_whole_gives(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    between: str,
) -> None:
    text = re.sub(r"\s*\n", between, corpora())
    (tmp_path / "text").write_bytes(text.encode())
    at_once = analyse(text)
    assert len(at_once) > 300
    monkeypatch.setattr(documents.pieces, "__defaults__", (5000, portions.MARGIN))
    rows = found(capsys, str(tmp_path / "text"), "--explain")
    assert [(row["start"], row["end"], row["entity"], row["score"]) for row in rows] == sorted(
        (hit.start, hit.end, hit.entity, round(hit.score, 2)) for hit in at_once
    )
    assert [row["reasons"] for row in rows if row["entity"] == "PERSON"] == [
        list(hit.reasons) for hit in at_once if hit.entity == "PERSON"
    ]


# not ru_maxrss: that begins with the memory of the process that started this one
PEAK = """
import re, sys
from pathlib import Path
from scanner.cli import run
run(["detect", *sys.argv[1:]])
print(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


def peak(path: Path, *, through: str) -> int:
    """Peak memory of `detect`, in kibibytes."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "-" if through == "pipe" else str(path)],
        input=path.read_bytes() if through == "pipe" else b"",
        capture_output=True,
        check=True,
    )
    return int(done.stderr)


PAGE = (
    "Vi ses på mötet i morgon och tar med kaffe till alla som kommer dit, säger vi.{end}" * 30
    + f"Kunden har personnummer {PERSONNUMMER} och adress Storgatan 12, 392 32 Kalmar.{{end}}"
)


@pytest.mark.parametrize(("end", "through"), [("\n", "file"), (" ", "file"), ("\n", "pipe")])
def test_memory_does_not_grow_with_the_text(tmp_path: Path, end: str, through: str) -> None:
    page = PAGE.format(end=end).encode()
    peaks = []
    for megabytes in (3, 30):
        path = tmp_path / f"{megabytes}.txt"
        path.write_bytes(page * (megabytes * 1_000_000 // len(page)))
        peaks.append(peak(path, through=through))
    assert peaks[1] <= 1.15 * peaks[0], peaks


def test_a_pipe_is_read_like_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = corpora().encode() * 6
    (tmp_path / "text").write_bytes(text)
    command = [sys.executable, "-m", "scanner.cli", "detect", "-"]
    piped = subprocess.run(command, input=text, capture_output=True, check=True, env=os.environ)
    rows = [json.loads(line) for line in piped.stdout.splitlines()]
    assert len(rows) > 10_000
    assert [row | {"doc": "-"} for row in found(capsys, str(tmp_path / "text"))] == rows


def test_explained_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t"
    path.write_text(f"personnummer {PERSONNUMMER}\nHej Anna Andersson,\nKunden har diabetes.\n")
    rows = {str(row["entity"]): row for row in found(capsys, str(path), "--explain")}
    assert list(rows["PERSON"])[5:] == ["reasons", "runner_up", "language"]
    assert rows["PERSON"]["reasons"] == ["name model"]
    assert rows["PERSON"]["runner_up"] is None
    assert rows["HEALTH"]["reasons"] == ["health condition", "a person is spoken of"]
    capsys.readouterr()
    assert run(["detect", str(path), "--explain", "--format", "table"]) == 0
    table = capsys.readouterr().out
    assert "why" in table
    assert "name model" in table


def test_only_what_is_asked_for_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t"
    path.write_text(f"personnummer {PERSONNUMMER}\nHej Anna Andersson,\nanna@example.se\n")
    asked = "--only", "EMAIL_ADDRESS", "--only", "PERSON"
    assert {row["entity"] for row in found(capsys, str(path), *asked)} == set(asked[1::2])
    assert run(["detect", str(path), "--only", "PERSONNUMMER"]) == 2
    said = capsys.readouterr().err
    assert "nothing finds PERSONNUMMER; did you mean SE_PERSONNUMMER?" in said


def test_a_long_table_is_written_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_detect, "_TABLE", 3)
    (tmp_path / "t").write_text("anna@example.se\n" * 7)
    assert run(["detect", str(tmp_path / "t"), "--format", "table"]) == 0
    told = capsys.readouterr().out
    assert told.count("EMAIL_ADDRESS") == 7
    assert told.count("entity") == 3


LOST = Candidate("SE_PERSONNUMMER", 0, 1, 2, 0.9, ("check digit", "cue word"), "SE_BANK_ACCOUNT")
TOLD = [
    (LOST, "check digit, cue word; not SE_BANK_ACCOUNT"),
    (replace(LOST, runner_up=None), "check digit, cue word"),
    (replace(LOST, reasons=()), "not SE_BANK_ACCOUNT"),
]


@pytest.mark.parametrize(("match", "words"), TOLD)
def test_reasons_read_as_words(match: Candidate, words: str) -> None:
    assert cli_detect._told("d", match)["why"] == words


def test_the_loser_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t").write_text(corpora(), encoding="utf-8")
    rows = found(capsys, str(tmp_path / "t"), "--explain")
    losers = {row["runner_up"] for row in rows}
    assert len(losers) > 3
    assert all(row["reasons"] for row in rows if row["entity"] != "SE_ADDRESS")
    assert not any(row["runner_up"] == row["entity"] for row in rows)


def test_a_reader_that_has_gone_ends_it_silently(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("anna@example.se\n" * 20_000)
    command = [sys.executable, "-m", "scanner.cli", "detect", str(tmp_path / "t")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b'{"doc"')
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1

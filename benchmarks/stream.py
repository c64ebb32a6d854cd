"""Whether memory stays flat over a long stream: `python -m benchmarks.stream`, into STREAM.md."""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice
from pathlib import Path

from benchmarks import corpus, names, reports
from benchmarks.accuracy import pieces
from benchmarks.tables import table
from detectors.swedish import SwedishDetector
from scanner.model import Batch

MARKS = (0.01, 0.1, 0.5, 1.0)
"""Shares of the stream at which memory is told."""
_FROM = MARKS.index(0.1)
_GROWTH = 1.15
_MB = 1_000_000
_WHOLE, _BY_COMMAND = 1_000, 300
"""Megabytes that each way reads."""
_KB = 1_000
_LINES = 1_000
"""Matches that the command tells between two looks at its memory."""
_PROSE, _TABLES = 600_000, 70_000
"""Characters of a block, beside one round of the business texts, some 35,000."""
_RESULTS = Path(__file__).parent / "STREAM.md"


@dataclass(frozen=True, slots=True)
class Course:
    """What memory did while a stream was read."""

    size: int
    """Bytes read."""
    resident: tuple[float, ...]
    """Megabytes at most between each mark and the one before."""

    @property
    def is_flat(self) -> bool:
        """Whether nothing after the second mark is more than 15 % above what was there."""
        return max(self.resident[_FROM:]) <= _GROWTH * self.resident[_FROM]


def blocks() -> Iterator[list[str]]:
    """Without end: texts of about 1 KB, by far most of it prose, then tables, business texts."""
    for seed in count(1):
        business = "\n".join(document.text for document in names.documents(seed, 1))
        every = (corpus.prose(_PROSE, seed), business, *reports.report(_TABLES, seed).values())
        texts = [piece for text in every for piece in pieces(text, _KB)]
        random.Random(seed).shuffle(texts)
        yield texts


def course(size: int, places: Iterable[int], resident: Callable[[], float]) -> Course:
    """Memory on the way through so many bytes or characters, looked at when a place is reached."""
    place, most = 0, 0.0
    seen: list[float] = []
    for place in places:
        most = max(most, resident())
        while len(seen) < len(MARKS) and place >= MARKS[len(seen)] * size:
            seen.append(most)
            most = resident()
    return Course(place, (*seen, most)[: len(MARKS)])


def _resident(process: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / _MB


def _by_batches(size: int) -> tuple[Course, float]:
    """As the connectors read: batch after batch, in this process; and CPU seconds."""
    detector = SwedishDetector()
    spent = 0.0

    def places() -> Iterator[int]:
        nonlocal spent
        read = 0
        for texts in _up_to(size):
            start = time.process_time()
            for _ in detector.detect(Batch("", tuple(texts))):
                pass
            spent += time.process_time() - start
            read += sum(len(text.encode()) for text in texts)
            yield read

    return course(size, places(), partial(_resident, os.getpid())), spent


def _by_command(size: int) -> tuple[Course, float]:
    """As one file, by `sparhund detect`; and CPU seconds. Where it is, its matches tell."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        characters = _write(file, size)
        command = [str(Path(sys.executable).parent / "sparhund"), "detect", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as ran:
            lines = islice(ran.stdout or (), 0, None, _LINES)
            places = (int(json.loads(line)["start"]) for line in lines)
            found = course(characters, places, partial(_resident, ran.pid))
        found = replace(found, size=file.stat().st_size)
    if ran.returncode:
        raise subprocess.CalledProcessError(ran.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _write(file: Path, size: int) -> int:
    """Fill a file with so many bytes, or a block more; how many characters that is."""
    characters = 0
    with file.open("w", encoding="utf-8") as stream:
        for texts in _up_to(size):
            characters += stream.write("".join(texts))
    return characters


def _up_to(size: int) -> Iterator[list[str]]:
    """Blocks of so many bytes together, or of less than a block more."""
    read = 0
    for texts in blocks():
        yield texts
        read += sum(len(text.encode()) for text in texts)
        if read >= size:
            break


def _rows(ways: dict[str, tuple[Course, float]]) -> Iterator[Sequence[str]]:
    for name, (found, seconds) in ways.items():
        yield (
            name,
            f"{found.size / _MB:,.0f}",
            *(f"{each:.0f}" for each in found.resident),
            "flat" if found.is_flat else "**grows**",
            f"{found.size / _MB / seconds:.1f}",
        )


def _report(whole: int, by_command: int) -> Iterator[str]:
    yield "# Memory over a long stream"
    yield (
        "Written by `make bench-stream` (`python -m benchmarks.stream`)."
        f" {os.cpu_count()} cores, Python {platform.python_version()}; detector"
        f" {SwedishDetector().version}."
    )
    ways = {
        "batches of 1 KB texts": _by_batches(whole * _MB),
        "a file, by `sparhund detect`": _by_command(by_command * _MB),
    }
    shares = (f"MB resident to {share:.0%}" for share in MARKS)
    yield table(("way", "MB read", *shares, "verdict", "MB a CPU second"), _rows(ways))
    yield (
        "No block of the text is like another: prose (85 %), tables of sixteen kinds (10 %),"
        " business text full of names (5 %), cut into some 700 texts and shuffled. Each figure is"
        " the most that was seen since the mark before, looked at after every 0.7 MB, by the"
        " command after every thousandth match; flat means that nothing is more than 15 % above"
        " the figure for 10 %. In the first way the texts are made in the same process."
    )


def main() -> None:
    """Print both ways' memory; over the full size, write it to STREAM.md."""
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stream", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=_WHOLE, help="in batches")
    parser.add_argument("--by-command", type=int, default=_BY_COMMAND, help="megabytes, likewise")
    chosen = parser.parse_args()
    start = time.monotonic()
    written = list(_report(chosen.megabytes, chosen.by_command))
    written.append(f"The run took {time.monotonic() - start:.0f} s.")
    print("\n\n".join(written))
    if chosen.megabytes >= _WHOLE:
        _RESULTS.write_text("\n\n".join(written) + "\n", "utf-8")
    else:
        print(f"Less than {_WHOLE} MB: STREAM.md stays as it is.")


if __name__ == "__main__":
    main()

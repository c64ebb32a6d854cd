"""Whether memory stays flat over a long stream: `python -m benchmarks.stream`, into STREAM.md."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
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
_PROSE, _TABLES = 600_000, 70_000
"""Characters of a block, beside one round of the business texts, some 35,000."""
_RESULTS = Path(__file__).parent / "STREAM.md"

Feed = Callable[[Sequence[str]], None]


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


def course(size: int, feed: Feed, resident: Callable[[], float]) -> Course:
    """Memory while so many bytes, or a block more, are fed."""
    read, most = 0, 0.0
    seen: list[float] = []
    for texts in blocks():
        feed(texts)
        read += sum(len(text.encode()) for text in texts)
        most = max(most, resident())
        while len(seen) < len(MARKS) and read >= MARKS[len(seen)] * size:
            seen.append(most)
            most = resident()
        if read >= size:
            break
    return Course(read, tuple(seen))


def _resident(process: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / _MB


def _by_batches(size: int) -> tuple[Course, float]:
    """As the connectors read: batch after batch, in this process; and CPU seconds."""
    detector = SwedishDetector()
    spent = 0.0

    def feed(texts: Sequence[str]) -> None:
        nonlocal spent
        start = time.process_time()
        for _ in detector.detect(Batch("", tuple(texts))):
            pass
        spent += time.process_time() - start

    return course(size, feed, partial(_resident, os.getpid())), spent


def _by_command(size: int) -> tuple[Course, float]:
    """As one text through `sparhund detect -`; and CPU seconds."""
    command = [str(Path(sys.executable).parent / "sparhund"), "detect", "-"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as ran:
        stream = ran.stdin
        assert stream is not None  # noqa: S101 - it is a pipe

        def feed(texts: Sequence[str]) -> None:
            stream.write("".join(texts).encode())

        found = course(size, feed, partial(_resident, ran.pid))
    if ran.returncode:
        raise subprocess.CalledProcessError(ran.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
        "`sparhund detect -`": _by_command(by_command * _MB),
    }
    shares = (f"MB resident to {share:.0%}" for share in MARKS)
    yield table(("way", "MB read", *shares, "verdict", "MB a CPU second"), _rows(ways))
    yield (
        "Text is made while it is read, no block like another: prose (85 %), tables of sixteen"
        " kinds (10 %), business text full of names (5 %), cut into some 700 texts and shuffled."
        " Each figure is the most that was seen since the mark before, looked at after every"
        " 0.7 MB; flat means that nothing is more than 15 % above the figure for 10 %. In the"
        " first way the texts are made in the same process."
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

"""How fast and how big: megabytes and cells a CPU second, peak memory, start-up time."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import columns, corpus, peers
from benchmarks.accuracy import System, pieces
from detectors.swedish import SwedishDetector, forget

_KB = 1000
_MB = 1_000_000
_CELLS = 60_000
_CELLS_STOCK = 3_600


_WATCH = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Runs a command from a small process: Linux counts the starter's memory to the command's peak."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Megabytes a CPU second on one kind of text."""

    ours: float
    """As texts of 1 KB, a thousand a batch; identifiers alone, as stock has no names here."""
    whole: float
    """The same with names and sensitive text."""
    stock: float
    """The same for stock Presidio, on a shorter text; 1 KB is its best case."""
    floor: float
    """ripgrep, else Python's `re`, on one file."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells a CPU second."""

    ours: float
    """In batches of 1,000, as the SQL connector reads."""
    ours_whole: float
    """One batch a column."""
    stock: float


@dataclass(frozen=True, slots=True)
class Process:
    """What one `sparhund detect` costs."""

    wall: float
    cpu: float
    peak: float
    """Megabytes resident."""


def _rate(system: System, texts: Sequence[str]) -> float:
    """Megabytes a CPU second over the texts, the first call left out."""
    system(texts[0])
    size = sum(len(text.encode()) for text in texts)

    def work() -> None:
        for text in texts:
            system(text)

    return size / _MB / peers.cpu_seconds(work)


def texts(make: Callable[[int], str], ours: int, stock: int, floor: int) -> Texts:
    """The three systems on one kind of text, so many characters for each."""
    _load_both()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(make(floor), "utf-8")
        rate = file.stat().st_size / _MB / max(peers.floor_seconds(file), 0.001)
    own = list(pieces(make(ours), _KB))
    return Texts(
        _batches(own, peers.identifiers()),
        _batches(own, SwedishDetector()),
        _rate(peers.stock, list(pieces(make(stock), _KB))),
        rate,
    )


def _load_both() -> None:
    """Both systems in memory, so that neither pays when the collector walks the other's objects."""
    peers.ours("Hej.")
    peers.stock("Hej.")
    gc.collect()
    gc.freeze()


def _batches(texts: Sequence[str], detector: SwedishDetector) -> float:
    """Megabytes a CPU second of this package over the texts, a thousand a batch.

    As for stock, a first text is read before: lists and models are loaded then.
    """
    size = sum(len(text.encode()) for text in texts)

    def read(some: Sequence[str]) -> None:
        for _ in peers.ours_cells(tuple(some), "", detector):
            pass

    def work() -> None:
        for first in range(0, len(texts), 1000):
            read(texts[first : first + 1000])

    read([texts[0][:_KB]])

    return size / _MB / peers.cpu_seconds(work)


def one_or_many(characters: int) -> tuple[float, float]:
    """This package on one sparse text of that length, and on the same as batches of 1 KB texts."""
    text, detector = corpus.sparse(characters), peers.identifiers()
    one = _batches([text], detector)
    return one, _batches(list(pieces(text, _KB)), detector)


def cells(distinct: float) -> Cells:
    """Database columns of which that share of the cells is distinct."""
    table = columns.columns(_CELLS, distinct)
    rows = _CELLS // len(table)
    few = columns.columns(_CELLS_STOCK, distinct)
    chosen = [value for column in few.values() for value in column]
    return Cells(
        _CELLS / _seconds(table, 1000),
        _CELLS / _seconds(table, rows),
        len(chosen) / peers.cpu_seconds(lambda: [peers.stock(value) for value in chosen]),
    )


def _seconds(table: dict[str, tuple[str, ...]], size: int) -> float:
    def work() -> None:
        for name, column in table.items():
            for first in range(0, len(column), size):
                for _ in peers.ours_cells(column[first : first + size], name):
                    pass

    forget()
    return peers.cpu_seconds(work)


def detect(characters: int) -> Process:
    """`sparhund detect` on a sparse file of that length; 0: on a file of one line."""
    return detect_text(corpus.sparse(characters) if characters else "Hej.\n")


def detect_text(text: str) -> Process:
    """`sparhund detect` on a file of that text."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, "utf-8")
        command = [str(Path(sys.executable).parent / "sparhund"), "detect", str(file)]
        ran = subprocess.run(
            [sys.executable, "-S", "-c", _WATCH, *command],
            capture_output=True,
            text=True,
            check=True,
        )
    wall, cpu, peak = map(float, ran.stdout.split())
    return Process(wall, cpu, peak / 1024)


def start_up() -> Process:
    """The quickest of three starts of `sparhund detect`."""
    return min((detect(0) for _ in range(3)), key=lambda process: process.wall)

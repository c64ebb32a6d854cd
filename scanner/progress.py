"""How a run goes, on stderr: a bar on a terminal, else a line now and then. Names no values."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from scanner.model import Outcome

INTERVAL = 10.0
"""Seconds between lines where there is no terminal."""


@dataclass(slots=True)
class Lines:
    """Progress as lines: what was read, how fast, and how long the rest may take."""

    run: str
    out: TextIO
    _started: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)
    _waiting: int = 0
    _done: int = 0
    _ended: int = 0
    _bytes: int = 0

    def listed(self, source: str, number: int, waiting: int) -> None:
        """Tell what listing a source gave."""
        self._waiting += waiting
        print(f"{self.run}: {source}: {number} listed, {waiting} to read", file=self.out)

    def ended(self, outcome: Outcome) -> None:
        """Count it."""
        self._done += 1
        self._ended += outcome.bytes
        self.passed(self._ended)

    def passed(self, read: int) -> None:
        """Tell now and then how far it has come, also within one long read."""
        self._bytes = max(self._bytes, read)
        now = time.monotonic()
        if now - self._told >= INTERVAL:
            self._told = now
            print(self.line(now), file=self.out)

    def line(self, now: float) -> str:
        """Done of waiting, volume, rate and remaining time."""
        seconds = max(now - self._started, 0.001)
        left = (self._waiting - self._done) * seconds / self._done if self._done else None
        rest = "time left not known yet" if left is None else f"about {left:.0f} s left"
        return (
            f"{self.run}: {self._done} of {self._waiting} read, {self._bytes / 1e6:.1f} MB,"
            f" {self._bytes / seconds / 1e6:.1f} MB/s, {rest}"
        )

    def close(self) -> None:
        """Nothing to end."""


@dataclass(slots=True)
class Bar:
    """Progress as a bar on a terminal."""

    run: str
    out: TextIO
    _bar: Progress = field(init=False)
    _waiting: int = 0
    _ended: int = 0
    _bytes: int = 0

    def __post_init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[volume]}"),
            TimeRemainingColumn(),
            console=Console(file=self.out),
            transient=True,
        )
        self._bar.add_task(self.run, total=None, volume="")
        self._bar.start()

    def listed(self, source: str, number: int, waiting: int) -> None:
        """Lengthen the bar."""
        del source, number
        self._waiting += waiting
        self._bar.update(self._bar.task_ids[0], total=self._waiting)

    def ended(self, outcome: Outcome) -> None:
        """Move the bar."""
        self._ended += outcome.bytes
        self._bar.update(self._bar.task_ids[0], advance=1)
        self.passed(self._ended)

    def passed(self, read: int) -> None:
        """Show the volume and its rate, also within one long read."""
        self._bytes = max(self._bytes, read)
        task = self._bar.tasks[0]
        rate = self._bytes / max(task.elapsed or 0.0, 0.001)
        volume = f"{self._bytes / 1e6:.1f} MB, {rate / 1e6:.1f} MB/s"
        self._bar.update(task.id, volume=volume)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()


def start(run: str, out: TextIO) -> Lines | Bar:
    """The progress that suits the stream."""
    return Bar(run, out) if out.isatty() else Lines(run, out)

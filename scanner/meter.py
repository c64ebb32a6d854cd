"""How many bytes this run's workers have read, while they read: so that progress moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from multiprocessing.sharedctypes import Synchronized

STEP = 1_000_000
"""Bytes that a worker keeps to itself before it tells: the shared counter has a lock."""


@dataclass(slots=True)
class Meter:
    """Counts bytes in one process, and tells a counter that processes share."""

    shared: Synchronized[int] | None = None
    _kept: int = field(default=0)

    def add(self, number: int) -> None:
        """Count bytes read."""
        self._kept += number
        if self._kept >= STEP:
            self.tell()

    def tell(self) -> None:
        """Hand over what was kept."""
        if self.shared is not None:
            with self.shared.get_lock():
                self.shared.value += self._kept
        self._kept = 0


@cache
def meter() -> Meter:
    """This process's meter."""
    return Meter()

"""What a name model costs on this machine: measured, not promised."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from detectors import models
from detectors.models import Model
from detectors.tagger import tagger

_SENTENCES = {
    "en": "Dear all, John Wright called about the meter at his office in Leeds, which has not been"
    " read since May, and wants Anna Berg to send him the invoice again before Friday.",
    "sv": "Hej, Anna Berg ringde om mätaren på kontoret i Borgholm, som inte är avläst sedan maj,"
    " och vill att Johan Ek skickar henne fakturan en gång till före fredag.",
}
_TIME = 0.3
"""Seconds of reading that the speed is taken from."""


class Cost(NamedTuple):
    """What was measured."""

    place: Path
    size: int
    """Bytes of its files."""
    seconds: float
    """From nothing to the first names; 0 where it was loaded already."""
    memory: int
    """Bytes that the process grew by."""
    speed: float
    """Words a second, one sentence after another."""

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.place}, {self.size / 1e6:.1f} MB; loads in {self.seconds:.1f} s,"
            f" takes {self.memory / 1e6:.0f} MB of memory, reads {self.speed:,.0f} words/s"
        )


def own() -> Cost:
    """The cost of the model that ships."""
    with resources.as_file(resources.files("detectors") / "data" / "names.npz") as path:
        return _cost(path, "sv", lambda texts: tagger().names(texts))


def of(model: Model) -> Cost:
    """The cost of a model of the config; loads it.

    Raises:
        ValueError: It is not installed, or cannot be loaded.
    """
    installed = models.find(model)
    try:
        return _cost(
            installed.folder, installed.language, lambda texts: list(models.find_all(model, texts))
        )
    except Exception as error:
        raise ValueError(f"{model.name} cannot be loaded ({type(error).__name__})") from error


def _cost(place: Path, language: str, read: Callable[[Sequence[str]], object]) -> Cost:
    sentence = _SENTENCES.get(language, _SENTENCES["sv"])
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    before, started = _resident(), perf_counter()
    read([sentence])
    loaded, memory = perf_counter() - started, _resident() - before
    started, rounds = perf_counter(), 0
    while perf_counter() - started < _TIME:
        read([sentence] * 10)
        rounds += 10
    speed = rounds * len(sentence.split()) / (perf_counter() - started)
    return Cost(place, sum(path.stat().st_size for path in files), loaded, max(0, memory), speed)


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")

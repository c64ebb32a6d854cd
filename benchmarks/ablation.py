"""What each part adds to the names that are found: the detector with one part taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from unittest.mock import patch

import numpy as np

from benchmarks import name_systems
from benchmarks.name_scores import Spans, System
from benchmarks.names import PERSON
from detectors import passages, registry
from detectors.recognizers import person
from detectors.screen import Screen, Trigger
from detectors.swedish import SwedishDetector, judged
from detectors.tagger import Tagger, tagger

_AT_ONCE = 1_000
_Altered = Callable[[], AbstractContextManager[Screen | None]]
"""What takes a part out of the detector for a while, and gives the screen that it then has."""


@dataclass(frozen=True, slots=True)
class Without:
    """The whole detector while something is altered; a `System`."""

    altered: _Altered

    def __call__(self, texts: Sequence[str]) -> list[Spans]:
        """Where it finds persons, at the default threshold."""
        found: list[Spans] = [set() for _ in texts]
        with self.altered() as screen:
            for first in range(0, len(texts), _AT_ONCE):
                read = judged(texts[first : first + _AT_ONCE], screen=screen)
                for number, claims in read:
                    found[first + number] |= {
                        (claim.start, claim.end)
                        for claim in claims
                        if claim.entity == PERSON and claim.score >= SwedishDetector().threshold
                    }
        return found


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _trigger() -> Iterator[Screen]:
    with (
        patch.object(passages, "likely", lambda text: [(0, len(text))]),
        patch.object(passages, "woken", lambda text, _=None: [(0, len(text))]),
    ):
        yield _open()


@cache
def _open() -> Screen:
    """The usual screen, but all of every text is shown to the recogniser of persons."""
    everything = Trigger(None, None)
    return Screen(
        [everything if each.entities == (PERSON,) else each.trigger for each in registry.load()]
    )


@contextmanager
def _weights(name: str) -> Iterator[None]:
    model = _zeroed(name)
    with patch.object(person, "tagger", lambda: model):
        yield


@cache
def _zeroed(name: str) -> Tagger:
    """The model that ships, one of its tables all zeros."""
    with (
        resources.as_file(resources.files("detectors") / "data" / "names.npz") as path,
        np.load(path) as arrays,
    ):
        weights = {each: arrays[each].astype(np.float32) for each in arrays.files}
    weights[name] = np.zeros_like(weights[name])
    return Tagger(weights)


def _model(texts: Sequence[str]) -> list[Spans]:
    """What the model says of every text, whatever the recogniser would make of it."""
    return [
        {(name.start, name.end) for name in names if name.kind == PERSON}
        for names in tagger().names(texts)
    ]


SYSTEMS: dict[str, System] = {
    "all": Without(_nothing),
    "without the model: lists alone": name_systems.lists,
    "without the recogniser's rules: the model alone, shown every text": _model,
    "without the trigger: every text shown to the model": Without(_trigger),
    "without list flags": Without(partial(_weights, "flags")),
    "without parts of words": Without(partial(_weights, "parts")),
    "without shape": Without(partial(_weights, "shape")),
}
"""What is left out, and what then finds names."""

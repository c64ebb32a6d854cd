"""The systems whose names of persons are measured, each from texts to where they have names."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import english, peers
from benchmarks.name_scores import Spans, System
from benchmarks.names import PERSON
from detectors import lexicon
from detectors.swedish import SwedishDetector
from detectors.tagger import tagger
from detectors.tokens import tokens
from scanner.model import Batch

_AT_ONCE = 1_000
_LISTED = 100
"""Bearers from which on a given name is listed."""


def ours(texts: Sequence[str]) -> list[Spans]:
    """Where this package finds persons, at its default threshold."""
    detector = SwedishDetector()
    found: list[Spans] = [set() for _ in texts]
    for first in range(0, len(texts), _AT_ONCE):
        for hit in detector.detect(Batch("", tuple(texts[first : first + _AT_ONCE]))):
            if hit.entity == PERSON and hit.score >= detector.threshold:
                found[first + hit.index].add((hit.start, hit.end))
    return found


def by_model(kind: str) -> System:
    """Where the name model alone, shown every text, finds names of a kind."""

    def find(texts: Sequence[str]) -> list[Spans]:
        found = tagger().names(texts)
        return [{(name.start, name.end) for name in own if name.kind == kind} for own in found]

    return find


def lists(texts: Sequence[str]) -> list[Spans]:
    """The lists alone: runs of capitalised words that are listed names, one space between."""
    return [_runs(text) for text in texts]


def _runs(text: str) -> Spans:
    runs: list[tuple[int, int]] = []
    for start, end in tokens(text):
        word = text[start:end]
        bare = word[:-1] if word[-1] in "sS" and not _is_listed(word) else word
        if word[0].isupper() and _is_listed(bare):
            joined = bool(runs) and text[runs[-1][1] : start] == " "
            begin = runs.pop()[0] if joined else start
            runs.append((begin, start + len(bare)))
    return set(runs)


def _is_listed(word: str) -> bool:
    low = word.casefold()
    given = lexicon.given(low) >= _LISTED and not lexicon.is_word(low)
    return given or lexicon.surname(low) > 0


def stock(texts: Sequence[str]) -> list[Spans]:
    """Stock Presidio with spaCy's blank Swedish pipeline, at every score."""
    return [
        {(hit.start, hit.end) for hit in peers.stock(text) if hit.entity == PERSON}
        for text in texts
    ]


OURS = "this package"
SYSTEMS: dict[str, System] = {
    OURS: ours,
    "lists alone": lists,
    "Presidio, spaCy's small English": english.names,
    "stock Presidio, spaCy's blank Swedish": stock,
}

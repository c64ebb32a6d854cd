"""The detector: Presidio's recognisers, words around, labels, competition and column shares."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from detectors import columns, competition, context, labels, media, presidio
from detectors.base import Evidence, Place, Tally
from detectors.recognizers.base import FAILED
from scanner.model import Batch, Candidate, Finding

RULES = "1"
"""Changed when the rules of judging, here or in the modules beside, may change results."""

_RECORDINGS = ("audio/", "video/")
_SPACES = "\u00a0\u2007\u2009\u202f"
_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_ODD = re.compile(f"[{_SPACES}{_DASHES}]")
_PLAIN = str.maketrans(_SPACES + _DASHES, " " * len(_SPACES) + "-" * len(_DASHES))

_LIFTABLE = 0.4
"""Weak hits from here on stand when nearly the whole column passes."""
_LIFTED = 0.75
_SHARE = 0.9
_ENOUGH = 8
_MANY = 20
_CERTAIN = 0.95
"""No chance from here on: the century is written too, or words or the label agree."""
_BY_CHANCE = {
    "SE_ORGANISATIONSNUMMER": 0.3,
    "SE_PERSONNUMMER": 0.03,
    "SE_SAMORDNINGSNUMMER": 0.03,
}
"""How many `NNNNNN-NNNN` pass for each whose check digit is wrong: some three times chance."""


@dataclass(frozen=True)
class SwedishDetector:
    """Finds personal data in Swedish companies' values."""

    threshold: float = 0.5

    @property
    def version(self) -> str:
        """Changes with the fields, rules, recognisers, Presidio and the data files beside."""
        own = [f"{field.name}={getattr(self, field.name)!r}" for field in fields(self)]
        parts = [*own, RULES, presidio.version(), _data()]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def entities(self) -> frozenset[str]:
        """Everything that it can find; of the rest, nothing found says nothing."""
        return presidio.entities() | labels.known() | media.ENTITIES

    def detect(self, batch: Batch) -> Iterator[Candidate]:
        """Candidates of one batch, weak ones too; equal values are read once."""
        if batch.media.startswith(_RECORDINGS):
            return
        places: dict[str, list[int]] = {}
        for index, value in enumerate(batch.values):
            if value and not value.isspace():
                places.setdefault(value, []).append(index)
        for value, indices in places.items():
            for found in _judge(value, batch.label):
                for index in indices:
                    yield replace(found, index=index) if index else found

    def conclude(self, evidence: Evidence) -> Iterator[Finding]:
        """Findings of one resource, one an entity and location, ordered by location and entity."""
        findings: dict[tuple[str, str], Finding] = {}
        for place in evidence.places.values():
            for entity, tally in place.tallies.items():
                if _is_chance(place, entity, tally):
                    continue
                finding = self._counted(place, entity, tally)
                if finding is not None:
                    findings[finding.location, entity] = finding
        for concluded in (*columns.conclude(evidence), *media.conclude(evidence)):
            if concluded.score >= self.threshold:
                key = concluded.location, concluded.entity
                findings[key] = _joined(findings[key], concluded) if key in findings else concluded
        for key in sorted(findings):
            yield findings[key]

    def _counted(self, place: Place, entity: str, tally: Tally) -> Finding | None:
        """What the counts of one entity at one place come to, or None where nothing stands."""
        bar, score, reasons = self.threshold, tally.score(), set(tally.reasons)
        if _is_lifted(place, tally, self.threshold):
            bar, score = _LIFTABLE, max(score, _LIFTED)
            reasons.add("share of column")
        matches = tally.matches(bar)
        if not matches or score < self.threshold:
            return None
        return Finding(
            place.location,
            entity,
            matches=matches,
            values=tally.values(bar),
            read=place.read,
            score=score,
            reasons=tuple(sorted(reasons)),
            months=columns.months(place),
        )


def analyse(text: str, threshold: float = 0.5) -> list[Candidate]:
    """The matches of one text at or above the threshold, by position in it."""
    found = SwedishDetector(threshold).detect(Batch("", (text,)))
    return [candidate for candidate in found if candidate.score >= threshold]


def _judge(value: str, label: str) -> list[Candidate]:
    """The candidates of one value: read, weighed by label or words, rivals heard."""
    text = value.translate(_PLAIN) if _ODD.search(value) else value
    claims = []
    for span in presidio.read(text):
        if span.score <= FAILED:
            claims.append(Candidate(span.entity, 0, span.start, span.end, FAILED, ()))
            continue
        said = context.of_label(
            label,
            span.reader.words,
            agrees=span.entity in _agreeing(label),
            contradicts=span.entity in _contradicted(label),
        )
        if said.change <= 0:
            around = context.around(text, span.start, span.end, span.reader.words)
            said = around if said.change == 0 or around.change > 0 else said
        score = context.weigh(span.score, said)
        reasons = span.reasons + said.reasons
        claims.append(Candidate(span.entity, 0, span.start, span.end, score, reasons))
    return competition.standing(claims)


@lru_cache(maxsize=4096)
def _agreeing(label: str) -> frozenset[str]:
    return columns.entities_of(label) if label else frozenset()


@lru_cache(maxsize=4096)
def _contradicted(label: str) -> frozenset[str]:
    return columns.contradicts(label) if label else frozenset()


def _is_lifted(place: Place, tally: Tally, threshold: float) -> bool:
    """Whether nearly every value of a column passes, so that its weak ones stand too."""
    if place.read < _ENOUGH or threshold <= _LIFTABLE or not (place.label or place.group):
        return False
    return tally.values(_LIFTABLE) >= _SHARE * place.read


def _is_chance(place: Place, entity: str, tally: Tally) -> bool:
    """Whether a column holds so many numbers of the form that fail that the others mean nothing."""
    failed = place.tallies.get("SE_ORGANISATIONSNUMMER")
    if failed is None or entity not in _BY_CHANCE or not (place.label or place.group):
        return False
    if tally.score() >= _CERTAIN:
        return False
    wrong = failed.values_at[round(FAILED * 100)]
    return wrong >= _MANY and tally.values(_LIFTABLE) < _BY_CHANCE[entity] * wrong


def _joined(counted: Finding, concluded: Finding) -> Finding:
    """One finding of two: the counts of values stand before those of the column as a whole."""
    return replace(
        counted,
        score=max(counted.score, concluded.score),
        runner_up=counted.runner_up or concluded.runner_up,
        reasons=tuple(sorted({*counted.reasons, *concluded.reasons})),
        months=counted.months or concluded.months,
        persons=counted.persons or concluded.persons,
    )


@cache
def _data() -> str:
    """A hash of the data files that ship with the detectors."""
    digest = hashlib.sha256()
    for file in _files(files("detectors")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in _sorted(folder):
        if entry.is_dir():
            if entry.name == "data":
                yield from (each for each in _sorted(entry) if each.is_file())
        elif entry.name.endswith(".toml"):
            yield entry


def _sorted(folder: Traversable) -> Iterable[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)

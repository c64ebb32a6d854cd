"""The detector: Presidio's recognisers, words around, labels, competition and column shares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np

from detectors import (
    bystanders,
    columns,
    competition,
    context,
    language,
    media,
    models,
    persons,
    portions,
    presidio,
)
from detectors.base import Evidence, Place, Places, Tally, Told
from detectors.competition import Claim
from detectors.context import Said, Surroundings, Words
from detectors.language import Language
from detectors.memory import NEW, NOTHING, Keys, Memory, Numbers
from detectors.models import Model
from detectors.portions import Portion
from detectors.presidio import Span
from detectors.recognizers.base import FAILED
from detectors.screen import Screen
from detectors.selection import EVERYTHING, Selection
from scanner.model import Batch, Candidate, Finding

RULES = "4"
"""Changed when the rules of judging, here or in the modules beside, may change results."""

_RECORDINGS = ("audio/", "video/")

_AT_A_TIME = 100_000
_SILENT = Said(0.0, ())
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
    recognizers: tuple[str, ...] = ()
    """Paths of YAML files in Presidio's form with recognisers of the user's own."""
    models: tuple[Model, ...] = ()
    """Name models beside the one that ships."""
    only: frozenset[str] = frozenset()
    """The entities that are looked for; empty: all."""

    @property
    def selection(self) -> Selection:
        """What it reads with."""
        return Selection(self.recognizers, self.models, self.only)

    @property
    def version(self) -> str:
        """Changes with the fields, rules, recognisers, Presidio and the data files beside."""
        parts = presidio.version(self.selection)
        own = [f"threshold={self.threshold!r}", RULES, parts, _data(), *sorted(self.only)]
        return hashlib.sha256("\n".join(own).encode()).hexdigest()[:16]

    @property
    def entities(self) -> frozenset[str]:
        """Everything that it can find; of the rest, nothing found says nothing."""
        every = presidio.entities(self.selection) | columns.known() | media.ENTITIES
        return every & self.only if self.only else every

    @property
    def languages(self) -> frozenset[Language]:
        """Languages whose names a model reads: ours Swedish, others those of the config."""
        return models.languages(self.models)

    def detect(self, batch: Batch) -> Iterator[Candidate]:
        """Candidates of one batch, weak ones too; equal values are read once.

        They come by what values say, in the order of its first appearance, the candidates of each
        in text order; where there are more than a hundred thousand values, so many at a time.
        """
        for claims, places in self.tell(batch):
            for index in places.tolist():
                for entity, start, end, score, reasons, runner_up in claims:
                    yield Candidate(entity, index, start, end, score, reasons, runner_up)

    def tell(self, batch: Batch) -> Iterator[Told]:
        """The same by what is said; what a column's values said before is not read again."""
        if batch.media.startswith(_RECORDINGS):
            return
        for first in range(0, len(batch.values), _AT_A_TIME):
            values = batch.values[first : first + _AT_A_TIME]
            if batch.label and len(values) > 1:
                yield from self._remembered(values, batch.label, first)
            else:
                yield from self._read(values, batch.label, first)

    def _read(self, values: Sequence[str], label: str, first: int) -> Iterator[Told]:
        own, indices = _distinct(values, first)
        judgements = judged(own, label, self.selection)
        for number, pieces in groupby(judgements, key=itemgetter(0)):
            places = np.array(indices[number])
            for _, claims in pieces:
                yield Told(claims, places)

    def _remembered(self, values: Sequence[str], label: str, first: int) -> Iterator[Told]:
        memory = _memory(self.selection)
        keys = memory.keys(label, values)
        numbers = memory.known(keys)
        new = [at for at in np.flatnonzero(numbers == NEW).tolist() if _is_filled(values[at])]
        if new:
            numbers[new] = self._learnt(memory, keys[new], [values[at] for at in new], label)
        for number, places in _by_number(numbers):
            if number not in (NEW, NOTHING):
                yield Told(memory.said(number), places + first)

    def _learnt(self, memory: Memory, keys: Keys, values: Sequence[str], label: str) -> Numbers:
        """Read values that are new, each once; gives the numbers of what they say."""
        order: dict[str, int] = {}
        which = [order.setdefault(value, len(order)) for value in values]
        claims: list[list[Claim]] = [[] for _ in order]
        for number, some in judged(list(order), label, self.selection):
            claims[number] += some
        firsts = np.unique(which, return_index=True)[1]
        return memory.keep(keys[firsts], claims)[which]

    def conclude(self, evidence: Evidence) -> Iterator[Finding]:
        """Findings of one resource, one an entity and location, ordered by location and entity."""
        findings: dict[tuple[str, str], Finding] = {}
        chances = columns.chances(evidence)
        for place in evidence.places.values():
            for entity, tally in place.tallies.items():
                if (place.location, entity) in chances or _is_chance(place, entity, tally):
                    continue
                finding = self._counted(place, entity, tally)
                if finding is not None:
                    findings[finding.location, entity] = finding
        for concluded in (*columns.conclude(evidence), *media.conclude(evidence)):
            if concluded.score >= self.threshold and self.selection.seeks(concluded.entity):
                key = concluded.location, concluded.entity
                findings[key] = _joined(findings[key], concluded) if key in findings else concluded
        evidence.notes += language.notes(evidence.languages, self.languages)
        yield from persons.told(evidence.readings, (findings[key] for key in sorted(findings)))

    def _counted(self, place: Place, entity: str, tally: Tally) -> Finding | None:
        """What the counts of one entity at one place come to, or None where nothing stands."""
        bar, score, reasons = self.threshold, tally.score(), set(tally.reasons)
        if _is_lifted(place, tally, self.threshold):
            bar, score = _LIFTABLE, max(score, _LIFTED)
            reasons.add("share of column")
        if place.shape.is_text:
            reasons.add("free text")
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
            runner_up=tally.runner_up(),
            reasons=tuple(sorted(reasons)),
            months=columns.months(place),
        )


@lru_cache(maxsize=2)
def _memory(chosen: Selection) -> Memory:  # noqa: ARG001
    """What this process's columns have said, to these recognisers and models."""
    return Memory()


def forget() -> None:
    """Drop what columns have said so far: the next values are read as if they were the first."""
    _memory.cache_clear()


def _distinct(values: Sequence[str], first: int) -> tuple[Sequence[str], list[list[int]]]:
    """The values that are not blank, once each, and their places, counted from `first`."""
    if len(values) == 1:
        return values, [[first]]  # to hash a book takes long
    places: dict[str, list[int]] = {}
    for index, value in enumerate(values, first):
        if _is_filled(value):
            places.setdefault(value, []).append(index)
    return list(places), list(places.values())


def _is_filled(value: str) -> bool:
    return bool(value) and not value.isspace()


def _by_number(numbers: Numbers) -> Iterator[tuple[int, Places]]:
    """Each number and where it stands."""
    order = numbers.argsort(kind="stable")
    ordered = numbers[order]
    firsts = [0, *(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1).tolist(), len(order)]
    for first, last in pairwise(firsts):
        yield int(ordered[first]), order[first:last]


def analyse(text: str, threshold: float = 0.5, chosen: Selection = EVERYTHING) -> list[Candidate]:
    """The matches of one text at or above the threshold, by position in it."""
    found = SwedishDetector(threshold, *chosen).detect(Batch("", (text,)))
    return [candidate for candidate in found if candidate.score >= threshold]


def judged(
    values: Iterable[str],
    label: str = "",
    chosen: Selection = EVERYTHING,
    screen: Screen | None = None,
) -> Iterator[tuple[int, list[Claim]]]:
    """Number of value and what stands in it; a long value comes piece by piece.

    `screen` takes the place of the usual one.
    """
    for group in portions.together(values):
        for index, spans in presidio.read(group.texts, chosen, screen):
            portion = group[index]
            claims = _own(portion, _judge(portion.text, label, spans))
            if claims:
                yield portion.value, claims


def _own(portion: Portion, claims: list[Claim]) -> list[Claim]:
    """The portion's own claims, with their places in the value as it was."""
    _, first, low, high, text, form = portion
    if form is None and high - low == len(text):
        return claims
    own = []
    for claim in claims:
        start, end = form.span(claim.start, claim.end) if form else (claim.start, claim.end)
        if low <= start + first < high:
            entity, _, _, score, reasons, runner_up = claim
            own.append(Claim(entity, start + first, end + first, score, reasons, runner_up))
    return own


def _judge(text: str, label: str, spans: Sequence[Span]) -> list[Claim]:
    """The claims of one text, weighed by label or words, rivals heard."""
    surroundings = Surroundings(text)
    claims: list[Claim] = []
    for entity, start, end, score, reasons, words in spans:
        if score > FAILED:
            said = _of_label(label, entity, words) if label else _SILENT
            if said.change <= 0:
                around = surroundings.of(start, end, words)
                said = around if said.change == 0 or around.change > 0 else said
            if entity in bystanders.MODELS:
                said = surroundings.beheld(entity, start, end, score, said)
            if said.reasons:
                score = context.weigh(score, said.change)  # noqa: PLW2901
                reasons = reasons + said.reasons  # noqa: PLW2901
        claims.append(Claim(entity, start, end, score, reasons))
    return claims if len(claims) == 1 else list(competition.standing(claims))


@lru_cache(maxsize=4096)
def _of_label(label: str, entity: str, words: Words) -> Said:
    """What the label says of the entity."""
    return context.of_label(
        label,
        words,
        agrees=entity in _agreeing(label),
        contradicts=entity in _contradicted(label),
    )


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

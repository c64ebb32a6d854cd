"""What a detector is, and the evidence that it concludes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from detectors import persons
from detectors.competition import Claim
from detectors.language import Language, guess
from detectors.shapes import Shape
from scanner.model import Batch, Candidate, Column, Dated, Finding, Resource

_LONG = 200
"""Characters from which on a text's language can be told."""
_ASKED = 20
"""Texts of a batch that are asked for their language, spread evenly."""
_CLAIMED = attrgetter("entity", "start", "end", "score", "reasons", "runner_up")

Places = NDArray[np.int64]
"""Which of a batch's values."""


class Told(NamedTuple):
    """What several values of a batch say alike, or a piece of one value says."""

    claims: Sequence[Claim]
    places: Places
    """Pieces of one value share one array."""


@dataclass(slots=True)
class Tally:
    """Hits of one entity at one place, by score, so that any threshold can be asked for."""

    matches_at: Counter[int] = field(default_factory=Counter)
    """Hundredths of score: number of candidates."""
    values_at: Counter[int] = field(default_factory=Counter)
    """Hundredths of the value's best score: number of values."""
    reasons: Counter[str] = field(default_factory=Counter)
    runners_up: Counter[str] = field(default_factory=Counter)
    """Entities that claimed the same characters and lost."""

    def matches(self, threshold: float) -> int:
        """Candidates at or above the threshold."""
        return sum(n for score, n in self.matches_at.items() if score >= round(threshold * 100))

    def values(self, threshold: float) -> int:
        """Values whose best candidate is at or above the threshold."""
        return sum(n for score, n in self.values_at.items() if score >= round(threshold * 100))

    def runner_up(self) -> str | None:
        """The entity that most often claimed the same characters and lost."""
        return min(self.runners_up, key=lambda name: (-self.runners_up[name], name), default=None)

    def score(self) -> float:
        """The best score seen, 0 to 1."""
        return max(self.matches_at, default=0) / 100


@dataclass(slots=True)
class Place:
    """What was seen at one location of a resource."""

    location: str
    label: str
    group: str
    media: str
    read: int = 0
    """Non-empty values."""
    tallies: dict[str, Tally] = field(default_factory=dict)
    dates: Counter[Dated] = field(default_factory=Counter)
    column: Column | None = None
    """What the schema says, where there is one."""
    shape: Shape = field(default_factory=Shape)
    """What the values look like."""

    def count(self, heard: Heard) -> None:
        """Add what was heard in a batch to the tallies."""
        for (entity, score, reasons, runner_up), number in heard.matches.items():
            tally = self.tallies.setdefault(entity, Tally())
            tally.matches_at[round(score * 100)] += number
            for reason in reasons:
                tally.reasons[reason] += number
            if runner_up is not None:
                tally.runners_up[runner_up] += number
        for (entity, score), number in heard.values.items():
            self.tallies[entity].values_at[round(score * 100)] += number


@dataclass(slots=True)
class Heard:
    """What the values of one batch say."""

    matches: Counter[tuple[str, float, tuple[str, ...], str | None]] = field(
        default_factory=Counter
    )
    """Entity, score, reasons and runner-up of claims: number."""
    values: Counter[tuple[str, float]] = field(default_factory=Counter)
    """Entity and its best score in a value: number of values."""
    keys: list[tuple[Claim, Places]] = field(default_factory=list)
    """What may tell persons apart."""
    hits: dict[str, list[Places]] = field(default_factory=dict)
    """Entity: values in which it stands."""

    @classmethod
    def of(cls, told: Iterable[Told]) -> Heard:
        """All that is told of a batch, the pieces of a value one after another."""
        heard, best = cls(), dict[str, float]()
        before = np.array([], np.int64)
        for claims, places in told:
            if places is not before:
                heard._end(best, before)
                best, before = {}, places
            for claim in claims:
                entity, _, _, score, reasons, runner_up = claim
                heard.matches[entity, score, reasons, runner_up] += len(places)
                best[entity] = max(score, best.get(entity, 0.0))
                if entity in persons.RANKS:
                    heard.keys.append((claim, places))
        heard._end(best, before)
        return heard

    def _end(self, best: Mapping[str, float], places: Places) -> None:
        """Nothing more comes of these values."""
        for entity, score in best.items():
            self.values[entity, score] += len(places)
            if round(score * 100) >= 100 * persons.STANDS:
                self.hits.setdefault(entity, []).append(places)


@dataclass(slots=True)
class Evidence:
    """What `detect` saw in one resource, counted by place. Memory grows with places, not values."""

    resource: Resource
    places: dict[str, Place] = field(default_factory=dict)
    languages: Counter[Language] = field(default_factory=Counter)
    """In which languages its longer texts are; of many in one batch, some were asked."""
    notes: list[str] = field(default_factory=list)
    """What `conclude` has to say of the reading beside its findings. Holds no values."""
    readings: list[persons.Reading] = field(default_factory=lambda: [persons.Reading()])
    """Whom each reading tells of; a second one draws more rows of some columns."""

    def begin_again(self) -> frozenset[str]:
        """More rows will come; returns the columns that tell whose they are."""
        self.readings[-1].settle()
        keys = self.readings[-1].keys()
        self.readings.append(persons.Reading())
        return keys

    def add(self, batch: Batch, candidates: Iterable[Candidate], *, again: bool = False) -> None:
        """Count one batch and its candidates; `again`: only whose rows it tells of."""
        claims: dict[int, list[Claim]] = {}
        for hit in candidates:
            claims.setdefault(hit.index, []).append(Claim(*_CLAIMED(hit)))
        told = (Told(own, np.array([index])) for index, own in claims.items())
        self.count(batch, told, again=again)

    def count(self, batch: Batch, told: Iterable[Told], *, again: bool = False) -> None:
        """The same by what is said: the pieces of one value one after another."""
        place = self._place(batch, again=again)
        if batch.label:
            filled = place.shape.add(batch.values)
        else:
            filled = sum(1 for value in batch.values if value and not value.isspace())
        place.read += filled
        place.dates.update(batch.dates)
        if max(map(len, batch.values), default=0) >= _LONG:
            long = [value for value in batch.values if len(value) >= _LONG]
            self.languages.update(map(guess, long[:: len(long) // _ASKED + 1]))
        heard = Heard.of(told)
        place.count(heard)
        self.readings[-1].add(batch, filled, heard.keys, heard.hits)

    def _place(self, batch: Batch, *, again: bool) -> Place:
        place = None if again else self.places.get(batch.location)
        if place is None:
            place = Place(batch.location, batch.label, batch.group, batch.media)
            place.column = batch.column
            if not again:
                self.places[batch.location] = place
        return place


class Detector(Protocol):
    """Finds personal data in values. Picklable; models are built once per process."""

    @property
    def version(self) -> str:
        """Changes when results may change: it makes unchanged resources due again."""
        ...

    def detect(self, batch: Batch) -> Iterator[Candidate]:
        """Candidates of one batch: patterns, names, cues."""
        ...

    def conclude(self, evidence: Evidence) -> Iterator[Finding]:
        """Findings of one resource: columns, neighbours, competition, shares."""
        ...


@runtime_checkable
class Telling(Protocol):
    """A detector that says once what many values say alike (optional)."""

    def tell(self, batch: Batch) -> Iterator[Told]:
        """What `detect` finds, grouped; the pieces of one value come one after another."""
        ...

"""Whom findings are about: persons told apart by the keys that stand in the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detectors import labels
from detectors.competition import Claim
from detectors.distinct import Distinct, Guess, digest, portion
from scanner.model import Batch, Finding, Sample

Rows = NDArray[np.int64]
Digests = NDArray[np.uint64]

RANKS: Mapping[str, int] = {
    "SE_PERSONNUMMER": 0,
    "SE_SAMORDNINGSNUMMER": 0,
    "CUSTOMER_NUMBER": 1,
    "EMAIL_ADDRESS": 2,
    "PHONE_NUMBER": 3,
    "SE_METERING_POINT_ID": 4,
    "PERSON": 5,
}
"""What tells persons apart, the best first; a metering point tells households."""
_HOUSEHOLD = RANKS["SE_METERING_POINT_ID"]
_NUMBERED = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER"})
_IN_TEXT = _NUMBERED | {"CUSTOMER_NUMBER", "EMAIL_ADDRESS"}
"""Tells persons apart also where there are no rows."""
_FIRMS = frozenset({"SE_ORGANISATIONSNUMMER", "SE_BANKGIRO", "SE_PLUSGIRO"})
STANDS, _DENSE = 0.5, 0.4
"""Score from which on a hit stands, and from which on one in a column may be a key."""
_SETTLED = 10_000
"""Rows after which the key column of a table is chosen."""
_TABLES, _PLACES, _ABOUT = 200, 1000, 64
"""Tables, places of text, and findings of one table whose persons are counted, at most."""
_FEWER = 1 << 13


class Key(NamedTuple):
    """A column that tells persons apart, and how well."""

    rank: int
    location: str


@dataclass(slots=True)
class _Chunk:
    """Rows that are read together."""

    first: int
    rows: int = 0
    keys: dict[Key, Digests] = field(default_factory=dict)
    """Key column: digest by row; 0: none."""
    hits: dict[tuple[str, str], list[Rows]] = field(default_factory=dict)
    """Location and entity: rows, each once."""


@dataclass(slots=True)
class _About:
    """Persons in whose rows something was found."""

    persons: Distinct = field(default_factory=lambda: Distinct(kept=_FEWER))
    hits: int = 0
    """Rows."""
    keyed: int = 0
    """Of them, rows that tell whose."""

    def add(self, digests: Digests) -> None:
        """Count the rows with these digests; 0: not told whose."""
        keyed = digests[digests != 0]
        self.hits += len(digests)
        self.keyed += len(keyed)
        self.persons.add(keyed)


@dataclass(slots=True)
class _Table:
    """The persons of one table, row by row."""

    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    """Location: values that are not blank."""
    unique: set[str] = field(default_factory=set)
    different: int | None = None
    """Different values of the whole key column, where the database told."""
    key: Key | None = None
    everyone: _About = field(default_factory=lambda: _About(Distinct()))
    about: dict[tuple[str, str], _About] = field(default_factory=dict)
    waiting: list[_Chunk] = field(default_factory=list)
    """Chunks read before the key was chosen, and the one that is being read."""

    def chunk(self, batch: Batch) -> _Chunk:
        """The chunk that the batch belongs to; what came before it is done with."""
        if not self.waiting or self.waiting[-1].first != batch.first:
            if self.key or sum(chunk.rows for chunk in self.waiting) >= _SETTLED:
                self.settle()
            self.waiting.append(_Chunk(batch.first))
        chunk = self.waiting[-1]
        chunk.rows = max(chunk.rows, len(batch.values))
        return chunk

    def settle(self) -> None:
        """Choose the key column, and count the chunks by it."""
        self.key = self.key or self._best()
        for chunk in self.waiting:
            self.rows += chunk.rows
            keys = np.zeros(chunk.rows, np.uint64)
            if self.key in chunk.keys:
                own = chunk.keys[self.key]
                keys[: len(own)] = own
            self.everyone.add(keys[keys != 0])
            for place, rows in chunk.hits.items():
                if place in self.about or len(self.about) < _ABOUT:
                    self.about.setdefault(place, _About()).add(keys[np.concatenate(rows)])
        self.waiting.clear()

    def _best(self) -> Key | None:
        """The best key among the columns that tell of most rows or half as many."""
        told: Counter[Key] = Counter()
        for chunk in self.waiting:
            for key, digests in chunk.keys.items():
                told[key] += int(np.count_nonzero(digests))
        enough = max(told.values(), default=0) / 2
        fit = (key for key, rows in told.items() if rows >= enough)
        return min(fit, key=lambda key: (key.rank, -told[key], key.location), default=None)

    def of(self, finding: Finding, sample: Sample | None) -> Guess | None:
        """Whom the finding is about; None: no column tells persons apart."""
        about = self.about.get((finding.location, finding.entity))
        if "share of column" in finding.reasons:
            about = None  # its weak hits were not counted
        if not self.everyone.keyed or (about is not None and not about.keyed):
            return None
        if about is not None:
            persons = self._counted(about, sample)
            loose = _rows(about.hits - about.keyed, self.rows, sample)
            return Guess(persons.likely, persons.low, persons.high + loose.high)
        filled = min(self.filled[finding.location], self.rows)
        return self._bounded(filled, sample) if filled else None

    def _counted(self, about: _About, sample: Sample | None) -> Guess:
        rows = _rows(about.keyed, self.rows, sample)
        if self.key and self.key.location in self.unique:
            return rows
        if sample is None:
            return about.persons.number()
        return self.within(about.persons.estimate(rows), about.keyed)

    def within(self, guess: Guess, keyed: int) -> Guess:
        """No more than the key column holds; so many if each value read of it is a key."""
        if self.key is None or self.different is None:
            return guess
        high = min(guess.high, max(self.different, guess.low))
        is_all = keyed == self.everyone.keyed == self.filled[self.key.location]
        likely = self.different if is_all else guess.likely
        return Guess(min(high, max(guess.low, likely)), guess.low, high)

    def _bounded(self, filled: int, sample: Sample | None) -> Guess:
        """Of all persons those in the rows of a column that may have holes."""
        everyone = self._counted(self.everyone, sample)
        held = _rows(filled, self.rows, sample)
        holes = _rows(self.rows - filled, self.rows, sample)
        loose = _rows(self.rows - self.everyone.keyed, self.rows, sample)
        high = min(everyone.high + loose.high, held.high)
        low = min(high, max(everyone.low - holes.high, 1))
        likely = round(everyone.likely * filled / self.rows)
        return Guess(min(high, max(low, likely)), low, high)


def _rows(hits: int, drawn: int, sample: Sample | None) -> Guess:
    """Rows of the whole table, by those that were read."""
    if sample is None or not hits:
        return Guess(hits, hits, hits)
    return portion(hits, drawn, max(drawn, sample.frame))


@dataclass(slots=True)
class Reading:
    """Whom one reading of a resource tells of. Holds digests, no values."""

    sample: Sample | None = None
    """What was drawn; None: all was read, as far as it came."""
    is_whole: bool = True
    """Whether nothing was left out."""
    tables: dict[str, _Table] = field(default_factory=dict)
    """Group: table."""
    groups: dict[str, str] = field(default_factory=dict)
    """Location: group."""
    own: dict[tuple[str, str], _About] = field(default_factory=dict)
    """Location and entity of numbers that are a person's own."""

    def add(
        self,
        batch: Batch,
        filled: int,
        keys: Sequence[tuple[Claim, Rows]],
        hits: Mapping[str, list[Rows]],
    ) -> None:
        """Count one batch.

        `filled` of its values are not blank; `keys` are the claims that tell persons apart, and
        `hits` say what stands, with the values.
        """
        digests = _Digests(batch)
        self._add_own(batch, keys, digests)
        table = self._table(batch)
        if table is None:
            return
        chunk = table.chunk(batch)
        table.filled[batch.location] += filled
        if batch.column is not None and batch.column.unique:
            table.unique.add(batch.location)
        chunk.hits.update({(batch.location, entity): rows for entity, rows in hits.items()})
        if table.key is None or table.key.location == batch.location:
            for rank, rows, told in _keys(batch, keys, digests):
                key = Key(rank, batch.location)
                if key not in chunk.keys:
                    chunk.keys[key] = np.zeros(len(batch.values), np.uint64)
                before = chunk.keys[key][rows]
                chunk.keys[key][rows] = np.where(before == 0, told, before)

    def _add_own(self, batch: Batch, keys: Iterable[tuple[Claim, Rows]], digests: _Digests) -> None:
        entities, bar = (_NUMBERED, _DENSE) if batch.group else (_IN_TEXT, STANDS)
        for claim, rows in keys:
            place = batch.location, claim.entity
            is_own = claim.entity in entities and claim.score >= bar
            if is_own and (place in self.own or len(self.own) < _PLACES):
                self.own.setdefault(place, _About(Distinct())).add(digests.of(claim, rows))

    def _table(self, batch: Batch) -> _Table | None:
        if not batch.group or batch.media:
            return None
        if batch.group not in self.tables and len(self.tables) >= _TABLES:
            return None
        self.groups[batch.location] = batch.group
        return self.tables.setdefault(batch.group, _Table())

    def settle(self) -> None:
        """Nothing more comes."""
        for table in self.tables.values():
            table.settle()

    def trust(self, keys: Container[tuple[int, str]]) -> None:
        """Tell persons apart by these keys only: the others were not what they seemed."""
        for table in self.tables.values():
            if table.key not in keys:
                table.key, table.everyone = None, _About()

    def keys(self) -> frozenset[str]:
        """The columns by which the persons of the tables were told apart."""
        return frozenset(table.key.location for table in self.tables.values() if table.key)

    def uncounted(self) -> frozenset[str]:
        """Those whose values may come again in the table."""
        return self.keys() - frozenset[str]().union(*(t.unique for t in self.tables.values()))

    def count(self, different: Mapping[str, int]) -> None:
        """Told by the source: how many different values columns hold in all."""
        self.settle()
        for table in self.tables.values():
            if table.key:
                table.different = different.get(table.key.location)

    def of(self, finding: Finding) -> Finding:
        """The finding with whom it is about, where that can be told."""
        if finding.entity in _FIRMS:
            return finding
        table = self.tables.get(self.groups.get(finding.location, ""))
        guess = self._own(finding, table) or (table.of(finding, self.sample) if table else None)
        if guess is None:
            return finding
        reasons = finding.reasons
        if table and table.key and table.key.rank == _HOUSEHOLD:
            reasons = tuple(sorted({*reasons, "households counted"}))
        if table is None or not self.is_whole:  # others may be spoken of without their numbers
            return replace(finding, persons=guess.low)
        between = guess.low, guess.high
        return replace(finding, persons=guess.likely, persons_between=between, reasons=reasons)

    def _own(self, finding: Finding, table: _Table | None) -> Guess | None:
        own = self.own.get((finding.location, finding.entity))
        if own is None:
            return None
        if self.sample is None or table is None:
            return own.persons.number()
        rows = _rows(min(own.keyed, table.rows), table.rows, self.sample)
        if finding.location in table.unique:
            return rows
        guess = own.persons.estimate(rows)
        is_key = table.key is not None and table.key.location == finding.location
        return table.within(guess, own.keyed) if is_key else guess


class _Digests:
    """Digests of what was found in one batch; equal things have equal ones."""

    def __init__(self, batch: Batch) -> None:
        self._values = batch.values
        self._known: dict[str, int] = {}

    def of(self, claim: Claim, rows: Rows) -> Digests:
        """Of what is claimed in these values."""
        entity, start, end = claim[:3]
        return self.texts(entity, [self._values[row][start:end] for row in rows.tolist()])

    def texts(self, entity: str, texts: Sequence[str]) -> Digests:
        """Of texts, one for one."""
        known = self._known
        for text in set(texts).difference(known):
            known[text] = digest(_plain(entity, text))
        return np.fromiter(map(known.__getitem__, texts), np.uint64, len(texts))


def _plain(entity: str, text: str) -> str:
    """What stays when the same number, address or name is written in another way."""
    if entity == "EMAIL_ADDRESS":
        return text.strip().casefold()
    kept = text.casefold()
    if not kept.isalnum():
        kept = "".join(filter(str.isalnum, kept))
    return kept[-10:] if entity in _NUMBERED else kept


def _keys(
    batch: Batch, keys: Iterable[tuple[Claim, Rows]], digests: _Digests
) -> Iterator[tuple[int, Rows, Digests]]:
    """Rank, rows and digests of what tells persons apart; a given name alone does not."""
    labelled = "CUSTOMER_NUMBER" if "CUSTOMER_NUMBER" in labels.strong(batch.label) else ""
    for claim, rows in keys:
        if claim.score < _DENSE or claim.entity == labelled:
            continue
        own = _in_full(batch, claim, rows) if claim.entity == "PERSON" else rows
        yield RANKS[claim.entity], own, digests.of(claim, own)
    if labelled:
        filled = [row for row, value in enumerate(batch.values) if value and not value.isspace()]
        texts = [batch.values[row] for row in filled]
        yield RANKS[labelled], np.array(filled, np.int64), digests.texts(labelled, texts)


def _in_full(batch: Batch, claim: Claim, rows: Rows) -> Rows:
    """Those rows whose name is more than a given name."""
    texts = (batch.values[row][claim.start : claim.end].strip() for row in rows.tolist())
    full: Rows = rows[np.fromiter((" " in text for text in texts), bool, len(rows))]
    return full


def told(readings: Iterable[Reading], findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with whom they are about, by the last reading that can tell it best."""
    latest = list(readings)[::-1]
    latest.sort(key=lambda reading: not reading.is_whole)
    found = list(findings)
    keys = {(RANKS[one.entity], one.location) for one in found if one.entity in RANKS}
    for reading in latest:
        reading.settle()
        reading.trust(keys)
    for finding in found:
        known = (reading.of(finding) for reading in latest)
        yield next((one for one in known if one.persons is not None), finding)

"""Which rows of a table are the subject's, and which of their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detectors import columns, identity, labels
from scanner.dsar_forms import Seeker, Sight, fold, is_distinctive, name_words, pattern
from scanner.dsar_hits import (
    Certainty,
    Haul,
    Hit,
    around,
    entity_of,
    is_case,
    is_of_others,
    is_protected,
    is_set,
    leads_of,
    masked,
)
from scanner.model import Batch, Resource
from scanner.subject import HALF, IDENTITY, NUMBERS, Identifier, Kind, is_telling

_PROSE = 40
"""Characters beside an identifier from which a cell is prose about anybody, not a key."""
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d{3})")
_SINCE = ("startdatum", "fran", "franochmed", "from", "giltigfran", "validfrom", "startdate")
_UNTIL = ("slutdatum", "till", "tillochmed", "tom", "giltigtill", "validto", "enddate")
_POINTS = frozenset({Kind.METERING_POINT, Kind.METER_NUMBER})
_LENT = _POINTS | {Kind.EMAIL, Kind.PHONE}
"""What passes from one person to the next, or serves a household."""
_IDENTITIES = frozenset(kind.entity for kind in IDENTITY)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row, and what of the subject stands in it."""

    location: str
    label: str
    value: str
    folded: str
    sights: tuple[Sight, ...]

    @property
    def is_others(self) -> bool:
        """Whether the column is about somebody else."""
        return is_of_others(self.label)

    def own(self) -> Iterator[Sight]:
        """Identifiers that the cell consists of, by its label and its form."""
        for sight in self.sights:
            if sight.kind in HALF:
                continue
            beside = len(
                re.sub(r"[^\w]", "", self.folded[: sight.start] + self.folded[sight.end :])
            )
            if beside < _PROSE and self._means(sight):
                yield sight

    def mentions(self) -> Iterator[Sight]:
        """Strong identifiers in prose."""
        keys = set(self.own())
        return (s for s in self.sights if not s.is_weak and s.kind not in HALF and s not in keys)

    def _means(self, sight: Sight) -> bool:
        if sight.kind not in NUMBERS:
            return True
        named = columns.entities_of(self.label)
        if sight.kind.entity in named or (sight.kind is Kind.CASE_NUMBER and is_case(self.label)):
            return True
        if is_distinctive(sight.identifier):
            return not named & {kind.entity for kind in NUMBERS}
        return not sight.is_weak


@dataclass(frozen=True, slots=True)
class Table:
    """Row-aligned columns of one table, searched for one subject."""

    resource: Resource
    batches: Sequence[Batch]
    seeker: Seeker

    def search(self, haul: Haul) -> None:
        """Add the subject's fields, and what leads further, to the haul."""
        indexes: set[int] = set()
        for batch in self.batches:
            indexes |= self.seeker.candidates(batch.values)
        for index in sorted(indexes):
            self._row(index, haul)

    def _row(self, index: int, haul: Haul) -> None:
        cells = [self._cell(batch, index) for batch in self.batches if index < len(batch.values)]
        row = Row(cells, self.seeker)
        number = self.batches[0].first + index + 1
        sight = row.owner()
        if sight is None:
            haul.shared |= row.shared()
            self._mentions(cells, number, haul)
            return
        certainty = certainty_of(sight)
        own = row.whole() if not row.has_other_identity() else row.matched()
        shown = [cell for cell in own if cell.value.strip()]
        haul.is_protected |= row.is_protected()
        via = row.via(sight)
        haul.hits += [self._hit(cell, number, via, certainty) for cell in shown]
        if certainty is Certainty.CERTAIN and not row.has_other_identity():
            haul.leads |= dict.fromkeys(row.leads(sight.identifier))

    def _cell(self, batch: Batch, index: int) -> Cell:
        value = batch.values[index]
        folded = fold(value)
        return Cell(batch.location, batch.label, value, folded, tuple(self.seeker.sights(folded)))

    def _hit(self, cell: Cell, row: int, via: str, certainty: Certainty) -> Hit:
        value = cell.value
        if len(value) > _PROSE or not columns.entities_of(cell.label):
            value = masked(value, self.seeker)
        keys = list(cell.own())
        entity = keys[0].kind.entity if keys else entity_of(cell.label)
        place = self.resource.source, self.resource.key, cell.location
        return Hit(*place, row, entity, value, via, certainty)

    def _mentions(self, cells: Sequence[Cell], row: int, haul: Haul) -> None:
        """The subject in prose or in a field about others of a row that is somebody else's."""
        for cell in cells:
            told = list(cell.mentions())
            if cell.is_others:
                told += [sight for sight in cell.own() if not sight.is_weak]
            if not told:
                continue
            haul.is_protected |= is_protected(cell.folded)
            sight = told[0]
            lines = [
                around(line, pattern(sight.identifier))
                for line in cell.value.split("\n")
                if pattern(sight.identifier).search(fold(line))
            ]
            value = masked("\n".join(lines), self.seeker)
            place = self.resource.source, self.resource.key, cell.location
            via = sight.identifier.chain
            haul.hits.append(Hit(*place, row, sight.kind.entity, value, via, certainty_of(sight)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something of the subject's."""

    cells: Sequence[Cell]
    seeker: Seeker

    def owner(self) -> Sight | None:
        """The identifier that makes the row the subject's; None: it is not."""
        keys = [s for cell in self.cells if not cell.is_others for s in cell.own()]
        best = min(keys, key=_rank, default=None)
        if best is not None and best.kind in IDENTITY:
            return best
        if self.has_other_identity() or self._is_named_otherwise():
            return None
        if best is None:
            return self._by_name()
        is_others = best.kind in _LENT and self._has_other_customer()
        return best if self._is_timely(best.identifier) and not is_others else None

    def shared(self) -> set[str]:
        """Metering points and meters of the subject's, where the row is another customer's."""
        if not self._has_other_customer():
            return set()
        keys = (sight for cell in self.cells for sight in cell.own())
        return {sight.identifier.value for sight in keys if sight.kind in _POINTS}

    def via(self, sight: Sight) -> str:
        """How the row was found, in words."""
        if sight.kind is Kind.NAME:
            return f"{Kind.NAME.word} + {self._second() or Kind.ADDRESS.word}"
        return sight.identifier.chain

    def whole(self) -> list[Cell]:
        """Every field but those about others, and those with nothing but others' numbers."""
        return [cell for cell in self.cells if not cell.is_others or any(cell.own())]

    def matched(self) -> list[Cell]:
        """Only fields that hold the subject's own identifiers."""
        return [cell for cell in self.cells if any(cell.own())]

    def has_other_identity(self) -> bool:
        """Whether a field, prose aside, is another person's identity number."""
        if not self.seeker.kinds & IDENTITY:
            return False
        return any(
            not any(sight.kind in IDENTITY for sight in cell.sights) and _is_identity(cell)
            for cell in self.cells
            if not cell.is_others
        )

    def is_protected(self) -> bool:
        """Whether the row bears a mark of protected identity."""
        return any(
            is_set(cell.label, cell.value) or is_protected(cell.folded) for cell in self.cells
        )

    def leads(self, found: Identifier) -> Iterator[Identifier]:
        """Numbers in the row that lead further."""
        via = (*found.via, found.kind.word)
        for cell in self.cells:
            for kind in () if cell.is_others else leads_of(cell.label):
                value = cell.value.strip()
                if is_telling(value) and " " not in value:
                    lead = Identifier(kind, value, via)
                    is_point = kind in _POINTS
                    yield self._within(lead) if is_point else lead

    def _within(self, lead: Identifier) -> Identifier:
        """The lead with the dates between which the row says that it holds."""
        return replace(lead, since=self._day(_SINCE), until=self._day(_UNTIL))

    def _day(self, names: tuple[str, ...]) -> str:
        for cell in self.cells:
            if set(names) & set(labels.keys(cell.label)) and (found := _DAY.match(cell.value)):
                return "-".join(found.groups())
        return ""

    def _is_timely(self, identifier: Identifier) -> bool:
        """Whether the row's first day lies in the time in which the number is the subject's."""
        if not identifier.since and not identifier.until:
            return True
        for cell in self.cells:
            if found := _DAY.match(cell.value):
                day = "-".join(found.groups())
                return identifier.since <= day and (not identifier.until or day <= identifier.until)
        return True

    def _has_other_customer(self) -> bool:
        """Whether the row bears a customer number, and not one of the subject's."""
        told = [
            cell
            for cell in self.cells
            if Kind.CUSTOMER_NUMBER.entity in columns.entities_of(cell.label) and cell.value.strip()
        ]
        is_own = any(s.kind is Kind.CUSTOMER_NUMBER for cell in told for s in cell.sights)
        return bool(told) and Kind.CUSTOMER_NUMBER in self.seeker.kinds and not is_own

    def _names(self) -> list[Cell]:
        return [
            cell
            for cell in self.cells
            if not cell.is_others
            and "PERSON" in columns.entities_of(cell.label) | labels.weak(cell.label)
        ]

    def _is_named_otherwise(self) -> bool:
        """Whether the row names somebody, and not the subject."""
        told = name_words(" ".join(cell.folded for cell in self._names()))
        known = [name_words(each.value) for each in self.seeker.of(Kind.NAME)]
        return bool(told and known) and not any(_is_same(told, name) for name in known)

    def _by_name(self) -> Sight | None:
        """The name, where a second identifier stands in the same row."""
        joined = " ".join(cell.folded for cell in self.cells if not cell.is_others)
        named = " ".join(cell.folded for cell in self._names()) or joined
        for each in self.seeker.of(Kind.NAME):
            is_told = _first_and_last(each.value) <= name_words(named)
            if (is_told or pattern(each).search(joined)) and self._second():
                return Sight(each, 0, 0, is_weak=True)
        return None

    def _second(self) -> str:
        """A second identifier beside the name, in words; an address counts here."""
        joined = " ".join(cell.folded for cell in self.cells if not cell.is_others)
        for each in self.seeker.identifiers:
            if each.kind is not Kind.NAME and pattern(each).search(joined):
                return each.kind.word
        return ""


def certainty_of(sight: Sight) -> Certainty:
    """How sure a row or a text is that was found so."""
    return Certainty.LIKELY if sight.kind in HALF | _LENT else Certainty.CERTAIN


def _rank(sight: Sight) -> tuple[int, int, int]:
    return (list(Kind).index(sight.kind), len(sight.identifier.via), sight.start)


def _is_identity(cell: Cell) -> bool:
    digits = re.sub("[^0-9]", "", cell.value)
    if columns.entities_of(cell.label) & _IDENTITIES:
        return len(digits) in {10, 12}
    whole = identity.parse(cell.value.strip())
    return (
        whole is not None
        and not columns.is_reference(cell.label)
        and identity.score(cell.value.strip(), whole) >= 0.5
    )


def _first_and_last(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", fold(name))
    return frozenset((words[0], words[-1]))


def _is_same(told: frozenset[str], name: frozenset[str]) -> bool:
    """Whether two names may be one person's: one has all words of the other, initials count."""
    small, large = sorted((told, name), key=len)
    return all(
        any(
            word == other or (1 in {len(word), len(other)} and word[0] == other[0])
            for other in large
        )
        for word in small
    )

"""How often a system is right: on labelled texts, on reports, on numbers that are nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks import columns, corpus, peers, reports
from benchmarks.corpus import Document, Label
from benchmarks.peers import Span

System = Callable[[str], list[Span]]

SEED = 1
_ROUNDS = 20
_PIECE = 10_000


@dataclass(slots=True)
class Score:
    """Counts of one entity."""

    labels: int = 0
    found: int = 0
    claims: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the claims that are right; None: no claims."""
        return self.right / self.claims if self.claims else None

    @property
    def recall(self) -> float | None:
        """Share of the labels that were found; None: no labels."""
        return self.found / self.labels if self.labels else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where one is missing, 0 where nothing was right."""
        if self.precision is None or self.recall is None:
            return None
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """One system on the labelled corpus."""

    entities: dict[str, Score] = field(default_factory=dict)
    bare: Score = field(default_factory=Score)
    """Ten-digit personnummer without separator, century or cue word: recall only."""
    errors: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Missed or false, entity, template group."""


def _covered(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether spans cover at least half of start..end, counting no character twice."""
    covered = 0
    at = start
    for low, high in sorted(spans):
        if min(high, end) > max(low, at):
            covered += min(high, end) - max(low, at)
            at = min(high, end)
    return 2 * covered >= end - start


def labelled(name: str = "templates") -> Iterator[Document]:
    """One corpus whole: templates with identifiers and look-alikes, filled anew each round."""
    yield from corpus.documents("positive", SEED, _ROUNDS, name)
    yield from corpus.documents("negative", SEED, _ROUNDS, name)


def entities(name: str) -> tuple[str, ...]:
    """What is measured on a corpus."""
    return peers.ENTITIES if name == "templates" else (*peers.ENTITIES, *peers.MORE)


def _said(document: Document, claims: Iterable[Span], entity: str) -> list[tuple[int, int]]:
    """Places that are claimed for an entity, without claims that nobody can call false.

    A flat's number inside an address is one, as are coordinates of things that are nobody's.
    """
    said = [(claim.start, claim.end) for claim in claims if claim.entity == entity]
    if entity == "COORDINATES" and not document.labels:
        return []
    if entity == "SE_APARTMENT_NUMBER":
        homes = [(x.start, x.end) for x in document.labels if x.entity == "SE_ADDRESS"]
        return [x for x in said if not any(low <= x[0] and x[1] <= high for low, high in homes)]
    return said


def score(system: System, name: str = "templates") -> Scores:
    """Counts of every measured entity over a corpus."""
    scores = Scores({entity: Score() for entity in entities(name)})
    for document in labelled(name):
        claims = set(system(document.text))
        for entity, counted in scores.entities.items():
            own = [label for label in document.labels if peers.merged(label.entity) == entity]
            said = _said(document, claims, entity)
            for error in _count(counted, scores.bare, own, said):
                scores.errors[error, entity, document.kind] += 1
    return scores


def _count(
    counted: Score, bare: Score, own: Sequence[Label], said: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Count labels found and claims right, and yield `missed` and `false` as they come.

    What touches a bare number is neither right nor false.
    """
    for label in own:
        is_found = _covered(label.start, label.end, said)
        target = bare if label.is_bare else counted
        target.labels += 1
        target.found += is_found
        if not is_found and not label.is_bare:
            yield "missed"
    bares = [(label.start, label.end) for label in own if label.is_bare]
    clear = [(label.start, label.end) for label in own if not label.is_bare]
    for start, end in said:
        if any(start < high and low < end for low, high in bares):
            continue
        is_right = _covered(start, end, clear)
        counted.claims += 1
        counted.right += is_right
        if not is_right:
            yield "false"


def errors(system: System, name: str = "templates") -> Iterator[str]:
    """A line for each label missed and each false claim, with the made-up text around."""
    for document in labelled(name):
        claims = set(system(document.text))
        for entity in entities(name):
            own = [label for label in document.labels if peers.merged(label.entity) == entity]
            said = _said(document, claims, entity)
            places = [(label.start, label.end) for label in own]
            for start, end in places:
                if not _covered(start, end, said):
                    yield _line("missed", entity, document, start, end)
            for start, end in said:
                if not _covered(start, end, places):
                    yield _line("false", entity, document, start, end)


def _line(what: str, entity: str, document: Document, start: int, end: int) -> str:
    text = document.text
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    shown = f"{before}[{text[start:end]}]{after}".replace("\n", "⏎")
    return f"{what} {entity} {document.kind}: {shown}"


def false_in_reports(system: System, characters: int) -> tuple[Counter[str], float]:
    """False matches by entity in reports without personal data, and the reports' megabytes.

    The reports are cut at line ends into pieces of some 10,000 characters.
    """
    found: Counter[str] = Counter()
    size = 0
    for text in reports.report(characters).values():
        for piece in pieces(text, _PIECE):
            size += len(piece.encode())
            found.update(claim.entity for claim in system(piece))
    return found, size / 1e6


def pieces(text: str, size: int) -> Iterator[str]:
    """The text cut at line ends where there are any, into pieces of at most about that size."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + size) + 1
        if end <= start:
            end = start + size
        yield text[start:end]
        start = end


@dataclass(frozen=True, slots=True)
class Alarms:
    """Numbers of one kind that were taken for something personal, per million."""

    identity: float
    """As personnummer or samordningsnummer, without label."""
    identity_labelled: float | None
    """The same in a column whose name says what they are; None: the system takes no label."""
    other: float
    """As any other measured entity, without label."""


def alarms_of_ours(kind: str, count: int) -> Alarms:
    """This package on random numbers of one kind, in batches of 1,000."""
    plain = _flagged(kind, count, "")
    named = _flagged(kind, count, columns.NOBODYS[kind][1])
    rate = 1e6 / count
    return Alarms(plain[0] * rate, named[0] * rate, plain[1] * rate)


def _flagged(kind: str, count: int, label: str) -> tuple[int, int]:
    """Cells taken for an identity number, and cells taken for another measured entity."""
    cells = columns.numbers(kind, count)
    identity = other = 0
    for first in range(0, count, 1000):
        hits = set(peers.ours_cells(cells[first : first + 1000], label))
        identity += len({index for index, entity in hits if entity == "SE_PERSONNUMMER"})
        other += len({index for index, entity in hits if _is_other(entity)})
    return identity, other


def _is_other(entity: str) -> bool:
    return entity in peers.ENTITIES and entity != "SE_PERSONNUMMER"


def alarms_of(system: System, kind: str, count: int) -> Alarms:
    """A system that takes one text at a time on random numbers of one kind."""
    identity = other = 0
    for value in columns.numbers(kind, count):
        entities = {claim.entity for claim in system(value)}
        identity += "SE_PERSONNUMMER" in entities
        other += any(_is_other(entity) for entity in entities)
    rate = 1e6 / count
    return Alarms(identity * rate, None, other * rate)

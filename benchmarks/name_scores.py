"""How the names that a system finds are counted, in texts and in cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.accuracy import Score
from benchmarks.names import PERSON, Cell, Document, Label

Spans = set[tuple[int, int]]
System = Callable[[Sequence[str]], list[Spans]]
"""From texts to where each has names of persons."""


@dataclass(slots=True)
class Judged:
    """One system on one set of texts."""

    exact: Score = field(default_factory=Score)
    """Found and right: start and end agree."""
    touched: int = 0
    """Labels that some claim touches."""
    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    """Labels and found ones of each kind."""


def judge(
    documents: Sequence[Document], system: System, *, genitive: bool = False, entity: str = PERSON
) -> Judged:
    """Counts the names of one kind found; `genitive`: a label's last s counts either way."""
    judged = Judged()
    said = system([document.text for document in documents])
    for document, claims in zip(documents, said, strict=True):
        labels = [label for label in document.labels if label.entity == entity]
        own = {_found(label, claims, genitive=genitive) for label in labels} - {None}
        judged.exact.claims += len(claims)
        judged.exact.right += len(own)
        for label in labels:
            is_found = _found(label, claims, genitive=genitive) is not None
            judged.touched += any(a < label.end and label.start < b for a, b in claims)
            for score in (judged.exact, *(judged.kinds[kind] for kind in label.kinds)):
                score.labels += 1
                score.found += is_found
    return judged


def _found(label: Label, claims: Spans, *, genitive: bool) -> tuple[int, int] | None:
    ends = (label.end, label.end - 1) if genitive and label.text[-1] in "sS" else (label.end,)
    return next(((label.start, end) for end in ends if (label.start, end) in claims), None)


def judge_cells(cells: Sequence[Cell], system: System) -> Judged:
    """A cell is found when any name is found in it; kinds are of persons and of things."""
    judged = Judged()
    for cell, claims in zip(cells, system([cell.text for cell in cells]), strict=True):
        is_person, is_claimed = cell.entity == PERSON, bool(claims)
        judged.exact.labels += is_person
        judged.exact.found += is_person and is_claimed
        judged.exact.claims += is_claimed
        judged.exact.right += is_person and is_claimed
        for kind in cell.kinds:
            score = judged.kinds[kind if is_person else f"no person: {kind}"]
            score.labels += 1
            score.found += is_claimed
    return judged

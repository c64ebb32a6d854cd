"""Sentences that say something sensitive of a person, and others that only look so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Split = Literal["seen", "held_out", "new", "blind", "fresh", "later"]
FILES: Mapping[Split, str] = {
    "seen": "sensitive.toml",
    "held_out": "sensitive_held_out.toml",
    "new": "sensitive_new.toml",
    "blind": "sensitive_blind.toml",
    "fresh": "sensitive_fresh.toml",
    "later": "sensitive_later.toml",
}
CLASSES = frozenset({
    "HEALTH", "TRADE_UNION", "RELIGION", "POLITICAL_OPINION", "ETHNIC_ORIGIN",
    "SEXUAL_ORIENTATION", "BIOMETRIC", "CRIMINAL_OFFENCE", "PROTECTED_IDENTITY",
    "SOCIAL_VULNERABILITY", "FINANCIAL_VULNERABILITY", "DEBT_COLLECTION", "CREDIT_RATING",
    "ATTITUDE_NOTE",
})  # fmt: skip
MONEY = frozenset({"FINANCIAL_VULNERABILITY", "DEBT_COLLECTION", "CREDIT_RATING"})
"""Where one of these is said, another may be seen without being wrong."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what it says of a person."""

    text: str
    entities: frozenset[str]
    """What must be found; empty for a trap."""
    group: str
    """The class that the text was written for."""
    kind: str
    """How it says so, or what sort of trap it is: `indirect`, `negation`, `facility`."""
    split: Split
    may: frozenset[str] = frozenset()
    """What a reader could see as well: neither asked for nor false."""

    def missed(self, found: Set[str]) -> frozenset[str]:
        """Classes that the text states and nobody found."""
        return self.entities - found

    def false(self, found: Set[str]) -> frozenset[str]:
        """Classes that were found and not stated; entities outside `CLASSES` are no matter."""
        return (CLASSES & found) - self.entities - self.may


def cases(split: Split) -> Iterator[Case]:
    """Every case of one split, in the order of its file."""
    raw = tomllib.loads((Path(__file__).parent / FILES[split]).read_text("utf-8"))
    if raw.pop("split") != split:
        raise ValueError(f"{FILES[split]} is not the split called {split}")
    groups = cast("Mapping[str, Mapping[str, Mapping[str, Sequence[object]]]]", raw)
    for group, sides in groups.items():
        for side, kinds in sides.items():
            own = frozenset({group}) if side == "positive" else frozenset[str]()
            for kind, entries in kinds.items():
                for entry in entries:
                    yield _case(entry, own, group, kind, split)


def _case(entry: object, own: frozenset[str], group: str, kind: str, split: Split) -> Case:
    """A case of a text, or of a table of a text and its further classes."""
    if isinstance(entry, str):
        entities, may, text = own, frozenset[str](), entry
    else:
        table = cast("Mapping[str, Sequence[str]]", entry)
        text = cast("str", table["text"])
        entities = own | frozenset(table.get("also", ()))
        may = frozenset(table.get("may", ()))
    if entities & MONEY:
        may |= MONEY
    return Case(text, entities, group, kind, split, may - entities)

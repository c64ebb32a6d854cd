"""What was found in the short values of columns, kept for when they come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detectors.competition import Claim

SHORT = 80
"""Characters of a value that is kept: longer ones seldom come again."""
_KEPT = 200_000
"""Values of all columns together that are kept, some 50 MB; then all begins anew."""
_TRIED = 20_000
"""Values after which a column must have repeated itself, or no more of it is kept."""
_OFTEN = 0.05
"""The share of values that must have come again."""


@dataclass(slots=True)
class Column:
    """One column's values and their claims."""

    claims: dict[str, Sequence[Claim]] = field(default_factory=dict)
    asked: int = 0
    known: int = 0
    """Of those asked for."""

    @property
    def is_varied(self) -> bool:
        """Whether next to no value comes again."""
        return self.asked >= _TRIED and self.known < _OFTEN * self.asked


@dataclass(slots=True)
class Memory:
    """The columns of one process, by label."""

    columns: dict[str, Column] = field(default_factory=dict)
    held: int = 0

    def known(self, label: str, values: Sequence[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of those values that have been read before; of most columns few or all."""
        column = self.columns.setdefault(label, Column())
        if column.is_varied:
            return {}
        claims = column.claims
        found = {value: claims[value] for value in values if value in claims}
        column.asked += len(values)
        column.known += len(found)
        if column.is_varied:
            self.held -= len(claims)
            claims.clear()
        return found

    def keep(self, label: str, values: Sequence[str], found: Mapping[str, Sequence[Claim]]) -> None:
        """Keep what was found in values that were not known."""
        column = self.columns.get(label)
        if column is None or column.is_varied:
            return
        if self.held > _KEPT:
            self.columns.clear()
            self.held = 0
            column = self.columns.setdefault(label, Column())
        before = len(column.claims)
        short = (value for value in values if len(value) <= SHORT)
        column.claims.update({value: found.get(value, ()) for value in short})
        self.held += len(column.claims) - before

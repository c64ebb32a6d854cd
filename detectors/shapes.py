"""What a column's values look like, whatever they hold: kinds, lengths, ranges, steps, codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

_CODES = 200
"""Distinct values up to which a column is one of codes."""
_LOOKED = 1_000
"""Values looked at with care, before fewer of each batch are."""
_MANY, _FEW = 100, 10
"""Values of a batch that are looked at, before and after."""
_KEPT = 256
"""Numbers and steps that are kept: a table may have thousands of columns."""
_LONG = 2_000
"""Characters of a value that are looked at."""
_CODE, _CUT = 40, 160
"""Characters of the longest code, and of the longest value that is kept."""
_SAMPLE = 60
"""Values kept for tests of the whole column; no batch gives more than half of what is missing."""
_NEARLY = 0.95
_SKEW = 1.1
"""Mean of amounts, in medians."""
_PROSE = 5
"""Words from which on a value is prose."""
_TEXT = 0.2
"""Share of prose from which on a column is one of texts."""

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_KIND = re.compile(
    r"(?P<moment>(?:19|20)\d\d-?[01]\d-?[0-3]\d[T ][0-2]\d:?[0-5]\d.{0,20})"
    r"|(?P<date>(?:18|19|20)\d\d([-/.])(?:0\d|1[0-2])\3[0-3]\d|(?:18|19|20)\d\d(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12]\d|3[01])|[0-3]?\d[/.][01]?\d[/.](?:19|20)\d\d)"
    r"|(?P<month>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))"
    r"|(?P<integer>[-+]?\d{1,18})"
    r"|(?P<decimal>[-+]?\d{1,12}[.,]\d{1,15}|[-+]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?)"
    r"|(?P<json>[{[].*[}\]])"
    r"|(?P<word>[^\W\d_]+[.]?)"
    r"|(?P<code>[^\s]*)",
    re.DOTALL,
)
_FIELD = re.compile(r'"([^"\\]{1,40})"\s*:')
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class Shape:
    """Statistics of one column's values, of which many were looked at; bounded in memory.

    A few values are held while the table is read, and never stored.
    """

    rows: int = 0
    """Values, empty ones too."""
    filled: int = 0
    distinct: int = 0
    """Distinct values of each batch, added up: what is left of `filled` are repeats."""
    looked: int = 0
    length: int = 0
    """Characters of the values looked at, together."""
    longest: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    prose: int = 0
    """Values of many words."""
    numbers: list[float] = field(default_factory=list)
    years: Counter[int] = field(default_factory=Counter)
    steps: Counter[int] = field(default_factory=Counter)
    """Seconds from one moment to the next."""
    codes: set[str] | None = field(default_factory=set)
    """The distinct values, in small letters; None: they are many, or long."""
    fields: Counter[str] = field(default_factory=Counter)
    """Names of fields, where the values are structures."""
    sample: list[str] = field(default_factory=list)
    """Some values, distinct in their batch, long ones cut."""

    def add(self, values: Sequence[str]) -> int:
        """Take a batch's values into account; gives how many are not blank."""
        self.rows += len(values)
        filled = list(filter(str.strip, values))
        if not filled:
            return 0
        self.filled += len(filled)
        run = _MANY if self.looked < _LOOKED else _FEW
        looked = filled[:run]
        if len(filled) > 2 * run:
            looked += filled[run :: len(filled) // run]
        self._count(filled, looked)
        kinds = [self._look(value) for value in looked]
        self.looked += len(looked)
        missing = (_SAMPLE - len(self.sample)) // 2
        if missing:
            some = list(dict.fromkeys(looked))
            self.sample += [each[:_CUT].strip() for each in some[:: len(some) // missing + 1]]
        if kinds[0] == "moment" or kinds[0] == "date":
            self._step(filled[:run])
        return len(filled)

    def share(self, *kinds: str) -> float:
        """Share of the values looked at that are of one of the kinds."""
        return sum(self.kinds[kind] for kind in kinds) / self.looked if self.looked else 0.0

    @property
    def numeric(self) -> float:
        """Share of numbers; dates without marks are none."""
        return self.share("integer", "decimal")

    @property
    def dated(self) -> float:
        """Share of days, months and moments."""
        return self.share("date", "moment", "month")

    @property
    def unique(self) -> float:
        """Share of values that are not repeated near by."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def mean(self) -> float:
        """Characters of a value, on average."""
        return self.length / self.looked if self.looked else 0.0

    @property
    def is_text(self) -> bool:
        """Whether the values are told in words, or in structures of them, rather than in fields."""
        return self.looked > 0 and self.prose + self.kinds["json"] >= _TEXT * self.looked

    @property
    def is_told(self) -> bool:
        """Whether the values are told in words of a language, and differ."""
        return self.is_text and self.prose > self.kinds["json"] and self.codes is None

    @property
    def step(self) -> int:
        """Seconds between successive moments, where they are regular; else 0."""
        if not self.steps:
            return 0
        seconds, count = self.steps.most_common(1)[0]
        return seconds if count >= 0.5 * self.steps.total() else 0

    def within(self, low: float, high: float) -> float:
        """Share of the numbers that lie between."""
        inside = sum(1 for number in self.numbers if low <= number <= high)
        return inside / len(self.numbers) if self.numbers else 0.0

    def is_axis(self, low: float, high: float) -> bool:
        """Whether nearly all values are numbers between, written exactly and hardly repeated."""
        exact = self.share("decimal") >= _NEARLY and self.mean >= 6
        exact = exact or (low > 1000 and self.numeric >= _NEARLY)
        many = self.codes is None or len(self.codes) > _FEW
        return exact and many and self.within(low, high) >= _NEARLY

    def median(self) -> float:
        """The middle of the numbers; 0 where there are none."""
        return median(self.numbers) if self.numbers else 0.0

    @property
    def is_skew(self) -> bool:
        """Whether a few numbers are far above the others: amounts are so, running numbers not."""
        return sum(self.numbers) > _SKEW * self.median() * len(self.numbers)

    def since(self, year: int) -> float:
        """Share of dates in that year or later."""
        total = self.years.total()
        return sum(n for each, n in self.years.items() if each >= year) / total if total else 0.0

    def _count(self, filled: list[str], looked: list[str]) -> None:
        distinct = set(filled)
        self.distinct += len(distinct)
        if self.codes is None:
            return
        if len(distinct) > _CODES or any(len(value) > _CODE for value in looked):
            self.codes = None
            return
        self.codes |= {value.strip().casefold() for value in distinct}
        if len(self.codes) > _CODES:
            self.codes = None

    def _look(self, value: str) -> str:
        text = value.strip()[:_LONG]
        found = _KIND.fullmatch(text)
        kind = (found.lastgroup if found else None) or "words"
        self.kinds[kind] += 1
        size = len(value)
        self.length += size
        self.longest = max(self.longest, size)
        if kind in ("integer", "decimal"):
            if len(self.numbers) < _KEPT:
                self.numbers.append(_number(text))
        elif kind in ("date", "moment", "month"):
            year = _YEAR.search(text)
            if year and len(self.years) < _KEPT:
                self.years[int(year[0])] += 1
        elif kind == "json":
            names = set(_FIELD.findall(text))
            self.fields.update(names if len(self.fields) < _KEPT else names & self.fields.keys())
        elif kind == "words" and len(_WORD.findall(text)) >= _PROSE:
            self.prose += 1
        return kind

    def _step(self, run: list[str]) -> None:
        """Count the seconds between the moments of a run of values."""
        before: datetime | None = None
        for value in run:
            moment = _moment(value)
            if moment and before:
                seconds = int(abs((moment - before).total_seconds()))
                if seconds and (seconds in self.steps or len(self.steps) < _KEPT):
                    self.steps[seconds] += 1
            before = moment


def _number(text: str) -> float:
    return float(text.replace(" ", "").replace(",", "."))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()[:19])
    except ValueError:
        return None

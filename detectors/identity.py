"""Swedish identity numbers: their written forms, dates and check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detectors.checkdigits import is_luhn

YEARS = range(1890, 2036)
"""Birth years that a number written with its century may hold; no clock, so results stay equal."""

_LETTER = "A-Za-zÅÄÖåäö"
_BEFORE = rf"(?:(?<![0-9{_LETTER}])(?<![0-9][-.])|(?<=(?<![0-9])3300)|(?<=(?<![0-9])3300-))"
_AFTER = rf"(?![0-9{_LETTER}])(?![-.][0-9])"
_NUMBER = (
    r"(?P<century>18|19|20)?(?P<year>[0-9]{2})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)"
    r"(?P<day>[0-9]{2})(?P<separator>[-+ ]?)(?P<last>[0-9]{4})"
)
_SHAPE = re.compile(_BEFORE + _NUMBER + _AFTER)
_WHOLE = re.compile(_NUMBER)
_COORDINATION = 60


@dataclass(frozen=True, slots=True)
class Identity:
    """A personnummer or samordningsnummer with a right birth number and check digit."""

    start: int
    end: int
    year: int | None
    """With century, where that is written."""
    month: int
    day: int
    """As in the date: 60 is taken off a samordningsnummer's."""
    dated: bool
    """Whether the calendar has that day; an old samordningsnummer may lack it."""
    coordination: bool
    separator: str
    """`-`, `+`, a space, `iso` for a date with dashes, or "" for digits only."""
    last: str

    @property
    def is_timestamp(self) -> bool:
        """Whether its digits may as well be `yyyymmddHHMM` of a computer's age."""
        recent = self.year is not None and self.year >= 1990
        return recent and not self.coordination and self.last < "2400" and self.last[2:] < "60"


def _is_date(years: Iterator[int], month: int, day: int) -> bool:
    for year in years:
        try:
            date(year, month, day)
        except ValueError:
            continue
        return True
    return False


def _identity(found: re.Match[str]) -> Identity | None:
    century, separator, last = found["century"], found["separator"], found["last"]
    if found["dash"] and (century is None or separator != "-"):
        return None
    if last < "0010" or not is_luhn(found["year"] + found["month"] + found["day"] + last):
        return None
    day, month = int(found["day"]), int(found["month"])
    coordination = day >= _COORDINATION
    day -= _COORDINATION if coordination else 0
    centuries = (century,) if century else ("19", "20")
    years = (int(each + found["year"]) for each in centuries)
    dated = _is_date(years, month, day)
    # samordningsnummer were also given for an unknown day (60) or month (00), or with a day that
    # the month lacks: 7 % of the published test numbers
    if not dated and not (coordination and month <= 12 and day <= 31):
        return None
    return Identity(
        *found.span(),
        year=int(century + found["year"]) if century else None,
        month=month,
        day=day,
        dated=dated,
        coordination=coordination,
        separator="iso" if found["dash"] else separator,
        last=last,
    )


def parse(number: str) -> Identity | None:
    """The identity number that the whole string is, or None."""
    found = _WHOLE.fullmatch(number)
    return _identity(found) if found else None


def find(text: str) -> Iterator[Identity]:
    """Identity numbers in a text, never inside longer digits or words."""
    for found in _SHAPE.finditer(text):
        identity = _identity(found)
        if identity is not None:
            yield identity


def is_crowded(text: str, start: int, end: int) -> bool:
    """Whether further digits stand one space before or after: a row of numbers."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[1:] == " " and before[0].isdigit()) or (after[:1] == " " and after[1:].isdigit())


def score(text: str, identity: Identity) -> float:
    """How far the written form speaks for an identity number: a check digit alone never enough."""
    if identity.year is not None and identity.year not in YEARS:
        return 0.35
    century = identity.year is not None
    match identity.separator:
        case "":
            form = (0.4 if identity.is_timestamp else 0.75) if century else 0.4
        case " ":
            form = 0.65 if century and not identity.is_timestamp else 0.55
            if identity.is_timestamp and century:
                form = 0.4
            if is_crowded(text, identity.start, identity.end):
                form = 0.3
        case _:
            form = 0.95 if century else 0.9
    return form if identity.dated else form - 0.2

"""Values of a made-up table's columns, drawn as a short specification says.

`person.email` is a fact of the row's customer (`staff`, `firm`, `other`: somebody else; `party`:
the customer, person or firm; `abroad`: a foreigner), `int 1 5` a draw, `<int 1 5> st` a text with
draws in it.
"""

from __future__ import annotations

import datetime
import math
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from benchmarks.schema_people import GROUPS, Facts, Value
from benchmarks.values import Values, gs1, luhn

FOLDER = Path(__file__).parent / "schemas"


@dataclass(slots=True)
class Row:
    """What the values of one row have in common."""

    number: int
    """0 for the first row."""
    random: random.Random
    facts: Mapping[str, Facts]
    """By group: person, other, party, staff, firm, abroad."""
    done: dict[str, Value] = field(default_factory=dict)
    """The row's values so far, by column."""

    @property
    def values(self) -> Values:
        """Draws from the row's randomness."""
        return Values(self.random)


def draw(specification: str, row: Row) -> Value:
    """One value as the specification says."""
    if "<" in specification:
        return fill(specification, row)
    word, _, rest = specification.partition(" ")
    group, dot, fact = word.partition(".")
    if dot:
        return row.facts[group][fact]
    return _DRAWS[word](row, rest)


def fill(template: str, row: Row) -> str:
    """A text with a value in each slot, nothing where there is none."""
    drawn = (draw(part, row) if odd else part for odd, part in _parts(template))
    return "".join("" if value is None else str(value) for value in drawn)


@cache
def _parts(template: str) -> tuple[tuple[bool, str], ...]:
    plain = template.replace(">", "<").split("<")
    return tuple((place % 2 == 1, part) for place, part in enumerate(plain))


class Cast:
    """Hands out the people of a table's rows."""

    def __init__(self, seed: int, *, persons: int, repeated: int, firms: float) -> None:
        """Rows draw from so many persons (0: each its own), so many rows in a row each."""
        self._groups = {name: of(seed) for name, of in GROUPS.items()}
        self._persons, self._repeated, self._firms = persons, repeated, firms

    def row(self, number: int, chance: random.Random) -> Row:
        """The row of that number with its people."""
        everybody = self._groups["person"]
        place = number // self._repeated
        if self._persons:
            place = chance.randrange(self._persons) if self._repeated == 1 else place
            place %= self._persons
        person = everybody[place % len(everybody)]
        firm = chance.choice(self._groups["firm"])
        facts = {
            "person": person,
            "other": chance.choice(everybody),
            "party": {**firm, **_own(person)} if chance.random() < self._firms else person,
            "firm": firm,
            "abroad": self._groups["abroad"][place % len(self._groups["abroad"])],
            "staff": chance.choice(self._groups["staff"]),
        }
        return Row(number, chance, facts)


def _own(customer: Facts) -> Facts:
    """What no two customers share."""
    return {fact: customer[fact] for fact in ("customer", "contract", "facility", "meter")}


def _int(row: Row, rest: str) -> int:
    low, high = rest.split()
    return row.random.randint(int(low), int(high))


def _decimal(row: Row, rest: str) -> Decimal:
    low, high, places = rest.split()
    return Decimal(f"{row.random.uniform(float(low), float(high)):.{places}f}")


def _load(row: Row, rest: str) -> Decimal:
    """Energy of a quarter or an hour: much at dusk and dawn, little at night."""
    mean, places = rest.split()
    hour = row.number / 4 % 24
    shape = 0.5 + 0.4 * math.cos((hour - 19) / 12 * math.pi) + 0.2 * math.cos(hour / 3 * math.pi)
    return Decimal(
        f"{float(mean) * max(shape, 0.1) * row.random.lognormvariate(0, 0.5):.{places}f}"
    )


def _pick(row: Row, rest: str) -> str:
    return row.random.choice(rest.split("|"))


def _each(row: Row, rest: str) -> str:
    """One after the other, as a code table lists them."""
    choices = rest.split("|")
    return choices[row.number % len(choices)]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text if "-" in text else f"{text}-01-01")


def _date(row: Row, rest: str) -> datetime.date:
    first, last = map(_day, rest.split())
    return first + datetime.timedelta(row.random.randrange((last - first).days))


def _moment(row: Row, rest: str) -> datetime.datetime:
    seconds = datetime.timedelta(seconds=row.random.randrange(86_400))
    return datetime.datetime.combine(_date(row, rest), datetime.time()) + seconds


def _steps(row: Row, rest: str) -> datetime.datetime:
    """Times at even distance, that start anew after so many rows."""
    start, minutes, length = rest.split()
    passed = datetime.timedelta(minutes=int(minutes) * (row.number % int(length)))
    return datetime.datetime.combine(_day(start), datetime.time()) + passed


def _days(row: Row, rest: str) -> datetime.date:
    """Dates at even distance, that start anew after so many rows."""
    start, step, length = rest.split()
    return _day(start) + datetime.timedelta(int(step) * (row.number % int(length)))


def _compact(row: Row, rest: str) -> int:
    """A date as eight digits."""
    return int(str(draw(rest, row)).replace("-", ""))


def _after(row: Row, rest: str) -> Value:
    """A time so many days or minutes after another column's."""
    column, low, high, unit = rest.split()
    start = row.done[column]
    if not isinstance(start, datetime.date):
        return None
    return start + datetime.timedelta(**{unit: row.random.randint(int(low), int(high))})


def _text(row: Row, rest: str) -> str:
    """A written note; of that share of them, one that tells of somebody."""
    name, share = rest.split()
    notes = _notes()[name]
    kind = "personal" if row.random.random() < float(share) else "plain"
    return fill(row.random.choice(notes[kind]), row)


@cache
def _notes() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads((FOLDER / "notes.toml").read_text("utf-8"))


def _code(row: Row, rest: str) -> int:
    return int(_pick(row, rest))


def _orgnr(row: Row, _: str) -> str:
    number = luhn(row.values.pick("5560", "5591", "7696", "8024") + row.values.digits(5))
    return f"{number[:6]}-{number[6:]}"


def _station_gsrn(row: Row, _: str) -> str:
    return gs1("735999900" + row.values.digits(8))


_DRAWS: Mapping[str, Callable[[Row, str], Value]] = {
    "null": lambda _row, _: None,
    "value": lambda _row, rest: rest,
    "row": lambda row, rest: int(rest) + row.number,
    "copy": lambda row, rest: row.done[rest],
    "int": _int,
    "decimal": _decimal,
    "float": lambda row, rest: float(_decimal(row, rest)),
    "load": _load,
    "pick": _pick,
    "each": _each,
    "code": _code,
    "date": _date,
    "moment": _moment,
    "steps": _steps,
    "days": _days,
    "compact": _compact,
    "after": _after,
    "text": _text,
    "digits": lambda row, rest: row.values.digits(int(rest)),
    "hex": lambda row, rest: row.values.hexes(int(rest)),
    "guid": lambda row, _: row.values.guid(),
    "ocr": lambda row, rest: luhn(row.values.digits(int(rest) - 1)),
    "gsrn": _station_gsrn,
    "orgnr": _orgnr,
    "bankgiro": lambda row, _: row.values.bankgiro(),
    "version": lambda row, _: row.values.version4(),
    "vin": lambda row, _: f"YV1{row.values.hexes(8).upper()}{row.values.digits(6)}",
}
"""The first word of a specification, and what it draws."""

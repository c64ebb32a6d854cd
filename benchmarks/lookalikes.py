"""What is nobody's in the unseen templates: references, codes, times that look personal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.forms import COMPANIES, LETTERS, PEOPLE, PLACES, iban_number
from benchmarks.values import Values, gs1, luhn


def _bad_iban(v: Values) -> str:
    """The length of a Swedish IBAN, wrong check digits."""
    n = iban_number(v)
    wrong = (int(n[2:4]) + v.random.randint(1, 90)) % 97 + 1
    return f"SE{wrong:02}{n[4:]}"


def _eic(v: Values) -> str:
    """An EIC of a party or an area; its check character is not kept right."""
    middle = "".join(v.random.choices(LETTERS + "0123456789", k=12))
    return f"{v.pick('10', '27', '46')}{v.pick('X', 'Y', 'Z')}{middle}{v.pick(*LETTERS)}"


def _time(*forms: str) -> Callable[[Values], str]:
    return lambda v: v.moment().strftime(v.pick(*forms))


FILLERS: Mapping[str, Callable[[Values], str]] = {
    "person": lambda v: v.random.choice(PEOPLE),
    "company": lambda v: v.random.choice(COMPANIES),
    "place": lambda v: v.random.choice(PLACES)[1],
    "zip": lambda v: v.random.choice(PLACES)[0],
    "d2": lambda v: v.digits(2),
    "d3": lambda v: v.digits(3),
    "d5": lambda v: v.digits(5),
    "d6": lambda v: v.digits(6),
    "d9": lambda v: v.digits(9),
    "d12": lambda v: v.digits(12),
    "luhn8": lambda v: luhn(v.digits(7)),
    "luhn10": lambda v: luhn(v.digits(9)),
    "luhn12": lambda v: luhn(v.digits(11)),
    "gtin": lambda v: gs1("731" + v.digits(9)),
    "iban_wrong": _bad_iban,
    "eic": _eic,
    "hex16": lambda v: v.hexes(16),
    "case": lambda v: f"{v.moment().year}-{v.random.randint(1, 4000):06}",
    "jira": lambda v: f"{v.pick('NET', 'MDM', 'CRM', 'OPS')}-{v.digits(4)}",
    "code6": lambda v: f"{''.join(v.random.choices(LETTERS, k=3))} {v.digits(3)}",
    "obis": lambda v: (
        f"1-0:{v.random.randint(1, 99)}.{v.random.randint(7, 8)}.{v.random.randint(0, 4)}"
    ),
    "room": lambda v: f"{v.pick('A', 'B', 'C')}{v.digits(3)}",
    "day": _time("%d/%m %Y", "%y-%m-%d", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"),
    "when": _time("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d kl. %H.%M", "%d/%m/%y %H:%M"),
    "when_ms": lambda v: f"{v.moment():%Y-%m-%d %H:%M:%S},{v.digits(3)}",
    "syslog": _time("%b %d %H:%M:%S"),
    "compact": _time("%Y%m%d%H%M%S", "%Y%m%d_%H%M", "%Y%m%dT%H%M%SZ", "%y%m%d%H%M%S"),
    "clock": _time("%H:%M", "%H.%M"),
    "day8": _time("%Y%m%d"),
    "price": lambda v: f"{v.random.randint(20, 240)},{v.digits(2)}",
    "substation": lambda v: (
        f"{v.random.randint(6140000, 7500000)} {v.random.randint(280000, 900000)}"
    ),
}
"""Slot that holds nobody's identifier: how to draw one."""

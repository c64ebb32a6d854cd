"""Every sentence that people read in a report, in Swedish and English, from `texts.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Context, Decimal
from functools import cache
from importlib.resources import files
from math import ceil, floor

from scanner.model import Persons

LANGUAGES = ("sv", "en")


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((files("reports") / "texts.toml").read_text(encoding="utf-8"))


def text(key: str, lang: str, **values: object) -> str:
    """The sentence `table.name` in a language, with its values in place; KeyError if unknown."""
    table, _, name = key.partition(".")
    return _tables()[table][name][lang].format(**values)


def number(value: int, lang: str = "sv") -> str:
    """Thousands apart: in Swedish by a space that does not break, in English by a comma."""
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def percent(bound: float, lang: str) -> str:
    """An upper limit of a share, in per cent with two digits, rounded up."""
    rounded = Decimal(repr(100 * bound)).normalize(Context(prec=2, rounding=ROUND_CEILING))
    return f"{rounded:f}" if lang == "en" else f"{rounded:f}".replace(".", ",")


def persons(told: Persons, lang: str, table: str = "persons") -> str:
    """How many persons, in the words of a table: exactly, at least, or about, with an interval."""
    if told.number is None:
        return text(f"{table}.unknown", lang)
    if told.between is None:
        return text(f"{table}.at_least", lang, count=number(_coarse(told.number, floor), lang))
    low, high = told.between
    if low == high:
        return text(f"{table}.exactly", lang, count=number(told.number, lang))
    return text(
        f"{table}.about",
        lang,
        count=number(_coarse(told.number, round), lang),
        low=number(_coarse(low, floor), lang),
        high=number(_coarse(high, ceil), lang),
    )


def _coarse(value: int, rounding: Callable[[float], int]) -> int:
    """Three digits and zeros: more would claim more than an estimate knows."""
    step = int(10 ** max(0, len(str(value)) - 3))
    return rounding(value / step) * step


def day(iso: str, lang: str) -> str:
    """An ISO date as people write it, `31 oktober 2026`; what is no date stays as it is."""
    try:
        value = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{value.day} {text(f'month.m{value.month}', lang)} {value.year}"


@cache
def _reasons(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads((files("reports") / "reasons.toml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"(?:^|(?<=: )|(?<=; )){english}(?=$|; )"), words)
        for english, words in table.get(lang, {}).items()
    )


def reason(stored: str, lang: str) -> str:
    """Why something was not read, in a language; what is not known stays in English."""
    for pattern, words in _reasons(lang):
        stored = pattern.sub(words, stored)
    return stored

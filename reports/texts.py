"""Every sentence that people read in a report, in Swedish and English, from `texts.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

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

"""Every sentence that people read in a report, in Swedish and English, from `texts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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


def number(value: int) -> str:
    """Thousands apart, by a space that does not break."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")

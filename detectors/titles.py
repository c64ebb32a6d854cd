"""What tables are called: the words of a name that say what its rows are about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from detectors import labels

_STEM = 4
"""Letters of a compound that are left, at least."""


@dataclass(frozen=True, slots=True)
class _Lists:
    before: frozenset[str]
    after: frozenset[str]
    ends: tuple[str, ...]
    vendors: Mapping[str, str]
    systems: Mapping[str, str]


@cache
def _lists() -> _Lists:
    file = resources.files("detectors") / "data" / "titles.toml"
    data: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Lists(
        frozenset(data["before"].split()),
        frozenset(data["after"].split()),
        tuple(data["ends"].split()),
        _turned(data["vendors"]),
        _turned(data["systems"]),
    )


def _turned(section: Mapping[str, str]) -> Mapping[str, str]:
    """Each name and the word that it is listed under."""
    return {name: word for word, said in section.items() for name in said.split()}


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a table's name, but those that say what kind of table it is."""
    lists = _lists()
    name = name.rpartition("$")[-1]  # Business Central's tables begin with the company's name
    known = lists.vendors.get(re.sub(r"[\W_]+", "_", name.casefold()))
    found = (known,) if known else labels.tokens(name)
    while len(found) > 1 and found[0] in lists.before:
        found = found[1:]
    while len(found) > 1 and found[-1] in lists.after:
        found = found[:-1]
    for ending in lists.ends:
        stem = found[-1].removesuffix(ending) if found else ""
        if found and _STEM <= len(stem) < len(found[-1]):
            return (*found[:-1], stem)
    return found


@lru_cache(maxsize=4096)
def system(name: str) -> tuple[str, ...]:
    """The folded words of a schema's name; of a known system's, what that is about."""
    known = _lists().systems.get(re.sub(r"[\W_]+", "", name.casefold()))
    return (known,) if known else labels.tokens(name)

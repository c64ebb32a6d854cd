"""The one list of entities, read from `entities.toml`, and the words that mean them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entity:
    """What may be recognised, and how it is spoken of."""

    id: str
    sv: str
    en: str
    explanation: str
    """One plain Swedish sentence for the person whose data it is."""
    sensitivity: str
    """protected | special | criminal | identity | secret | sensitive | ordinary"""
    dpv: str
    """IRI of the nearest concept in W3C's Data Privacy Vocabulary; "" when there is none."""
    fideslang: str
    """The nearest key of the fideslang taxonomy; "" when there is none."""


def _raw() -> bytes:
    return (resources.files("detectors") / "entities.toml").read_bytes()


@cache
def _tables() -> Mapping[str, Mapping[str, str | list[str]]]:
    return tomllib.loads(_raw().decode())


@cache
def entities() -> Mapping[str, Entity]:
    """Every entity by id, in the list's order."""
    found = {
        id_: Entity(id_, **{key: str(value) for key, value in table.items() if key != "elements"})
        for id_, table in _tables().items()
    }
    return MappingProxyType(found)


def _folded(element: str) -> str:
    plain = unicodedata.normalize("NFKD", element.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip()


@cache
def _elements() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for id_, table in _tables().items():
        for element in [id_, str(table["sv"]), str(table["en"]), *table["elements"]]:
            found.setdefault(_folded(element), set()).add(id_)
    return {element: frozenset(ids) for element, ids in found.items()}


def for_element(element: str) -> frozenset[str]:
    """Ids of the entities that a policy's or a vocabulary's word means; unknown: none.

    Case, diacritics and punctuation do not count.
    """
    return _elements().get(_folded(element), frozenset())


@cache
def special() -> frozenset[str]:
    """Ids of the special categories of Art. 9."""
    return frozenset(id_ for id_, entity in entities().items() if entity.sensitivity == "special")


@cache
def version() -> str:
    """Changes when the list changes."""
    return sha256(_raw()).hexdigest()[:12]

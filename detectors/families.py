"""Columns that belong together by their values or their names: two axes, hours, months."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from detectors.base import Place
from detectors.places import is_measured

_AXES = (
    ((55.0, 69.2), (10.5, 24.3)),
    ((6_100_000.0, 7_700_000.0), (250_000.0, 950_000.0)),
)
"""Sweden from south to north and from west to east: WGS 84 in degrees, SWEREF 99 in metres."""
_WIDE = 12
"""Columns that are alike but for a number, from which on they are a series."""
_MONTH = re.compile(
    "(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:s|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?"
    "|aug(?:usti|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
_LETTERS, _SEVERAL = 2, 6
"""Letters that a table lends its columns, and columns from which on they are no chance."""
_BRIEF = re.compile("[A-Z][A-Z0-9][A-Z0-9]{2,6}")
_CLEARING, _ACCOUNT = ("clr", "clearing"), ("kto", "konto", "account", "acct")
_ALMOST = 0.9
_SHARE = 0.5
_FINE = 31 * 24 * 3600
"""Seconds between the values of a series, at most: a month."""
_DIGITS = re.compile("[0-9]+")


def bare(places: Sequence[Place]) -> tuple[Place, ...]:
    """The columns; called without the letters of their table, where all begin with them."""
    heads = {place.label[:_LETTERS] for place in places}
    is_shared = len(places) >= _SEVERAL and len(heads) == 1 and all(map(_is_brief, places))
    if not is_shared or len({place.label[_LETTERS] for place in places}) < _SEVERAL:
        return tuple(places)
    return tuple(replace(place, label=place.label[_LETTERS:]) for place in places)


def _is_brief(place: Place) -> bool:
    return _BRIEF.fullmatch(place.label) is not None


def pairs(places: Collection[Place]) -> Mapping[str, frozenset[str]]:
    """Locations of columns of which two are one entity, by entity."""
    return {"COORDINATES": coordinates(places), "SE_BANK_ACCOUNT": accounts(places)}


def coordinates(places: Collection[Place]) -> frozenset[str]:
    """Locations of two columns that are north and east of places in Sweden."""
    for north, east in _AXES:
        found = [
            [each.location for each in places if each.shape.is_axis(*axis)]
            for axis in (north, east)
        ]
        if all(found):
            return frozenset(location for each in found for location in each)
    return frozenset()


def accounts(places: Collection[Place]) -> frozenset[str]:
    """Locations of two columns that are a bank account's clearing number and the rest of it."""
    clearing = [each for each in places if _is_part(each, _CLEARING, "[1-9][0-9]{3,4}")]
    rest = [each for each in places if _is_part(each, _ACCOUNT, "[0-9]{6,12}")]
    both = clearing and rest and clearing[0].shape.unique < rest[0].shape.unique
    return frozenset(each.location for each in (*clearing, *rest) if both)


def _is_part(place: Place, words: Sequence[str], form: str) -> bool:
    label, sample = place.label.casefold(), place.shape.sample
    fit = sum(1 for value in sample if re.fullmatch(form, value))
    return any(word in label for word in words) and 0 < _ALMOST * len(sample) <= fit


def series(places: Collection[Place]) -> frozenset[str]:
    """Locations of columns of what was measured again, at regular times or side by side."""
    beside = wide(places)
    is_long = any(0 < place.shape.step <= _FINE for place in places)
    return frozenset(
        place.location
        for place in places
        if place.location in beside or (is_long and is_measured(place))
    )


def wide(places: Collection[Place]) -> frozenset[str]:
    """Locations of columns of numbers that are alike but for a number or a month."""
    families: dict[str, list[str]] = {}
    for place in places:
        stem = _DIGITS.sub("#", _MONTH.sub("#", place.label.casefold()))
        if "#" in stem and place.shape.numeric >= _SHARE:
            families.setdefault(stem, []).append(place.location)
    found = (each for each in families.values() if len(each) >= _WIDE)
    return frozenset(location for each in found for location in each)

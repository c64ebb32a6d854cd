"""Columns that belong together by their values or their names: two axes, hours, months."""

from __future__ import annotations

import re
from collections.abc import Collection

from detectors.base import Place

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
_SHARE = 0.5
_DIGITS = re.compile("[0-9]+")


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


def wide(places: Collection[Place]) -> frozenset[str]:
    """Locations of columns of numbers that are alike but for a number or a month."""
    families: dict[str, list[str]] = {}
    for place in places:
        stem = _DIGITS.sub("#", _MONTH.sub("#", place.label.casefold()))
        if "#" in stem and place.shape.numeric >= _SHARE:
            families.setdefault(stem, []).append(place.location)
    found = (each for each in families.values() if len(each) >= _WIDE)
    return frozenset(location for each in found for location in each)

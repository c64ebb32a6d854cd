"""Metered values in Ediel messages: `QTY` segments that stand under one metering point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "3"
TRIGGER = r"(?i:QTY)[+](?:136|220|31):"
REACH = 4000

_SEGMENT = re.compile(
    r"(?<![A-Z0-9])(?:"
    r"(?P<message>UNH\+[^+']*\+(?P<type>[A-Z]{3,6}))"
    r"|(?P<point>LOC\+172\+\w|NAD\+(?:UD|IT)\+)"
    r"|(?P<area>LOC\+2\d\d\+)"
    r"|(?P<value>QTY\+(?P<quantity>136|220|31):-?\d+(?:[.,]\d+)?(?::[A-Z0-9]{1,3})?(?='|\s*$))"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_METERED = {"UTILTS", "MSCONS"}
_MASTER = "PRODAT"


def metered(text: str) -> Iterator[tuple[int, int, float]]:
    """Spans and scores of metered values that belong to one metering point.

    Aggregates of a grid area, other messages' quantities and values without any header are not
    a person's: they are left out.
    """
    message = ""
    point = area = False
    for segment in _SEGMENT.finditer(text):
        if segment["message"]:
            message, point, area = segment["type"].upper(), False, False
        elif segment["point"]:
            point = True
        elif segment["area"]:
            area = True
        elif segment["value"]:
            score = _score(message, segment["quantity"], point=point, area=area)
            if score:
                yield segment.start(), segment.end(), score


def _score(message: str, quantity: str, *, point: bool, area: bool) -> float:
    if message and message not in _METERED and message != _MASTER:
        return 0.0
    if point:
        return 0.9
    if message == _MASTER and quantity == "31":
        return 0.85
    return 0.6 if message in _METERED and not area else 0.0


class Consumption(Recognizer):
    """Finds metered values in UTILTS, MSCONS and PRODAT."""

    ENTITY = "ELECTRICITY_CONSUMPTION"

    def find(self, text: str) -> Iterator[Hit]:
        """Metered values of one metering point."""
        return (Hit(*span, ("metered value",)) for span in metered(text))


PLUGIN = Consumption

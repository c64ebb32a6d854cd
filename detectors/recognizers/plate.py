"""Vehicle registration numbers. Article codes look the same, so a cue or a label is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
TRIGGER = r"[A-Za-z]{3} ?[0-9]{2}"

_SHAPE = re.compile(
    r"(?<![A-ZÅÄÖa-zåäö0-9])(?:(?P<upper>[A-HJ-PR-UW-Z]{3} ?[0-9]{2}[A-HJ-NPR-UW-Z0-9])"
    r"|[a-hj-pr-uw-z]{3}[0-9]{2}[a-hj-npr-uw-z0-9])(?![A-ZÅÄÖa-zåäö0-9])(?!-[0-9])"
)
_WORDS = frozenset(("SEK", "EUR", "NOK", "DKK", "USD", "GBP", "KWH", "MWH", "LGH", "TEL", "FAX"))


def is_valid(number: str) -> bool:
    """Whether the string is three letters, two digits and a digit or letter of a plate."""
    return bool(_SHAPE.fullmatch(number)) and number[:3].upper() not in _WORDS


class Plate(Recognizer):
    """Plates of the ordinary series beside a word about vehicles."""

    ENTITY = "SE_VEHICLE_REGISTRATION"
    CUES = (
        "regnr", "reg nr", "registreringsn", "regnum", "reg num", "bil ", "bilen ", "bilens ",
        "fordon", "vehicle", "license plate", "skylt",
    )  # fmt: skip
    DOUBTS = ("artikel", "order", "serie", "bilaga", "produkt", "modell", " kod ")

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of a plate's shape: all of them weak."""
        for found in _SHAPE.finditer(text):
            if is_valid(found[0]):
                yield Hit(*found.span(), 0.3 if found["upper"] else 0.2, ("form",))


PLUGIN = Plate

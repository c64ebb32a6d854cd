"""Bankgiro numbers. They look like local phone numbers, so a cue or a label is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_luhn
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "1"
TRIGGER = r"[0-9]{3}-[0-9]{4}|[0-9]{7}"

_SHAPE = re.compile(
    r"(?<![0-9A-Za-zÅÄÖåäö])(?<![0-9][-.])[0-9]{3,4}(?P<hyphen>-?)[0-9]{4}"
    r"(?![0-9A-Za-zÅÄÖåäö])(?![-.][0-9])"
)


def is_valid(number: str) -> bool:
    """Whether the string is 7 or 8 digits, perhaps with the hyphen, with their check digit."""
    return bool(_SHAPE.fullmatch(number)) and is_luhn(number.replace("-", ""))


class Bankgiro(Recognizer):
    """Bankgiro numbers beside the word; digits alone only in a column of that name."""

    ENTITY = "SE_BANKGIRO"
    CUES = ("bankgir", " bg ", "bgnr", "bg nr", "bgnum", "bg num")
    DOUBTS = NUMBER_DOUBTS

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers with a right check digit: all of them weak."""
        for found in _SHAPE.finditer(text):
            if is_valid(found[0]):
                yield Hit(*found.span(), 0.3 if found["hyphen"] else 0.12, ("check digit",))


PLUGIN = Bankgiro

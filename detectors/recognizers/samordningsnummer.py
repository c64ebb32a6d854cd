"""Samordningsnummer: the identity number of a person who is not registered in Sweden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors import identity
from detectors.identity import SHIFTED, TRADER
from detectors.recognizers.base import NUMBER_DOUBTS, SOLE_TRADER, Hit, Recognizer

VERSION = "6"
TRIGGER = identity.trigger(SHIFTED)
REACH = 16

_FORMS = identity.Forms.of(SHIFTED)


def is_valid(number: str) -> bool:
    """Whether the string is a samordningsnummer: as a personnummer, 60 added to the day."""
    found = identity.parse(number)
    return found is not None and found.coordination


class Samordningsnummer(Recognizer):
    """Samordningsnummer (SKV 707) in the forms of a personnummer."""

    ENTITY = "SE_SAMORDNINGSNUMMER"
    CUES = (
        "samordningsn", "samordn nr", "personn", "pers nr", "persnr", " pnr ", " ssn ",
        "coordination n", "identitetsn", "idnummer", *SOLE_TRADER, "persorg",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS
    CUE_REASONS: ClassVar[dict[str, str]] = SOLE_TRADER

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers whose day is 61 to 91; day 60 and month 00 of old data count less."""
        for found in _FORMS.finditer(text):
            hit = identity.claim(found, coordination=True)
            if hit:
                yield hit
        if "SE" in text:
            for start, end in identity.traders(text, SHIFTED):
                yield Hit(start, end, 0.75, TRADER)


PLUGIN = Samordningsnummer

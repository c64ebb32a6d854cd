"""Samordningsnummer: the identity number of a person who is not registered in Sweden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors import identity
from detectors.recognizers.base import NUMBER_DOUBTS, SOLE_TRADER, Hit, Recognizer

VERSION = "1"
TRIGGER = r"[0-9]{6}|[0-9]-[0-9]{2}-[0-9]"


def is_valid(number: str) -> bool:
    """Whether the string is a samordningsnummer: as a personnummer, 60 added to the day."""
    found = identity.parse(number)
    return found is not None and found.coordination


class Samordningsnummer(Recognizer):
    """Samordningsnummer in the forms of a personnummer."""

    ENTITY = "SE_SAMORDNINGSNUMMER"
    CUES = (
        "samordningsn", "samordn nr", "personn", "pers nr", "persnr", " pnr ", " ssn ",
        "identitetsn", "idnummer", *SOLE_TRADER, "persorg",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS
    CUE_REASONS: ClassVar[dict[str, str]] = SOLE_TRADER

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers whose day is 61 to 91; day 60 and month 00 of old data count less."""
        for found in identity.find(text):
            if found.coordination:
                reasons = ("check digit", "separator") if found.separator else ("check digit",)
                yield Hit(found.start, found.end, identity.score(text, found), reasons)


PLUGIN = Samordningsnummer

"""Metering points: a Swedish installation's GS1 number of 18 digits (anläggnings-id)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_gs1
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "1"
TRIGGER = r"7[0-9]{2} ?[0-9]{3}"

_BEFORE = r"(?<![0-9A-Za-zÅÄÖåäö])(?<![0-9][.])"
_AFTER = r"(?![0-9A-Za-zÅÄÖåäö])(?![.][0-9])"
_SWEDISH = re.compile(rf"{_BEFORE}735 ?999(?: ?[0-9]){{12}}{_AFTER}")
_OTHER = re.compile(rf"{_BEFORE}7(?!35999)[0-9]{{17}}{_AFTER}")


def is_valid(number: str) -> bool:
    """Whether the string is 18 digits beginning with 735999, spaces apart, with its check digit."""
    digits = number.replace(" ", "")
    return bool(_SWEDISH.fullmatch(number)) and is_gs1(digits)


class MeteringPoint(Recognizer):
    """Metering points of Swedish grids; other GS1 numbers only with a cue or label."""

    ENTITY = "SE_METERING_POINT_ID"
    CUES = (
        "anlaggnings id", "anlaggningsid", "anlaggningsn", "anlaggnings", "anlid", "anl id",
        "anlnr", "matpunkt", "gsrn", "leveranspunkt", " ean ", "eanid", "ean id", "meteringpoint",
        "metering point", "meter point", "facility", "uttagspunkt",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers of 18 digits; a wrong check digit leaves a weak one."""
        for found in _SWEDISH.finditer(text):
            if is_valid(found[0]):
                yield Hit(*found.span(), 0.9, ("check digit", "prefix"))
            else:
                yield Hit(*found.span(), 0.3, ("prefix", "wrong check digit"))
        for found in _OTHER.finditer(text):
            if is_gs1(found[0]):
                yield Hit(*found.span(), 0.35, ("check digit",))


PLUGIN = MeteringPoint

"""Chassis numbers (VIN): a manufacturer's prefix, a cue or a label vouches for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
TRIGGER = (
    r"\b(?:[A-HJ-NPR-Z][A-HJ-NPR-Z0-9]{2}|[0-9][A-HJ-NPR-Z][A-HJ-NPR-Z0-9]|[0-9]{2}[A-HJ-NPR-Z])"
    r"[A-HJ-NPR-Z0-9]{10}[0-9]{4}\b"
    r"|\b(?:[a-hj-npr-z][a-hj-npr-z0-9]{2}|[0-9][a-hj-npr-z][a-hj-npr-z0-9]|[0-9]{2}[a-hj-npr-z])"
    r"[a-hj-npr-z0-9]{10}[0-9]{4}\b"
)
REACH = 24

_SHAPE = re.compile(
    r"(?<![A-Za-zÅÄÖåäö0-9_])(?<![A-Za-z0-9]-)"
    r"(?:[A-HJ-NPR-Z0-9]{13}|[a-hj-npr-z0-9]{13})[0-9]{4}"
    r"(?![A-Za-zÅÄÖåäö0-9_])(?!-[A-Za-z0-9])"
)
_LETTERS = re.compile("[A-Z]")
_ENOUGH_LETTERS = 3
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_MAKERS = re.compile(
    "YV[1-5]|YS[2-4M]|WV[W12G]|WAU|WUA|WA1|WB[ASYX1]|WM[WAEX]|WD[BCDF]|W1[KNVT]|WP[01]|WF0|W0[LV]"
    "|VF[13678]|VR[137]|VSS|VSK|VNK|VX[KE]|UU1|TM[BA]|TRU|TSM|SA[JLR]|SB1|SHH|SHS|SJ[NK]|SUF|NMT"
    "|NM0|NLH|KN[ACDE]|KMH|KMT|KPT|KL1|JT[DEHMN]|JM[BZ]|JHM|JN1|JF[12]|JSA|JS1|JYA|JKA|5YJ|7SA|LRW"
    "|XP7|LPS|LVY|LSJ|LC0|LGX|XL[RE]|ZFA|ZAR|ZCF|1FA|1FT|1G1|1C[46]"
)
"""World manufacturer identifiers of cars that are seen in Sweden."""
_CHECKED = frozenset("1457L")
"""First characters of North America and China, where the ninth place is a check digit."""


def is_valid(number: str) -> bool:
    """Whether the string has a VIN's form: ISO 3779, no I, O or Q, the last four places digits."""
    if not _SHAPE.fullmatch(number):
        return False
    upper = number.upper()
    return bool(_LETTERS.search(upper[:3])) and len(_LETTERS.findall(upper)) >= _ENOUGH_LETTERS


def is_checked(number: str) -> bool:
    """Whether the ninth place is the check digit of 49 CFR 565.15 and GB 16735 (modulus 11)."""
    values = [_VALUES[c] if c in _VALUES else int(c) for c in number[:8] + "0" + number[9:]]
    rest = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % 11
    return number[8] == "0123456789X"[rest]


class Vin(Recognizer):
    """Chassis numbers of known makers; others beside the word."""

    ENTITY = "VIN"
    CUES = (
        " vin ", "vin nr", "vin num", "chass", "ramnr", "ramnum", "fordonsid", "fordons id",
        "fordonsnum", "vehicle id", "vehicleid", "identifieringsn", "registreringsbevis",
        "karossnum",
    )  # fmt: skip
    DOUBTS = ("artikel", "order", "serie", "batch", "hash", "session", "firmware", "token", "kolli")

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of a VIN's form; a check digit counts where the region has one."""
        for found in _SHAPE.finditer(text):
            if is_valid(found[0]):
                yield _hit(found)


def _hit(found: re.Match[str]) -> Hit:
    number = found[0].upper()
    is_known, checked = bool(_MAKERS.match(number)), is_checked(number)
    if is_known and number[0] in _CHECKED and not checked:
        return Hit(*found.span(), 0.3, ("manufacturer",))
    if is_known:
        score = 0.7 if checked else 0.55 if number[-5].isdigit() else 0.45
    else:
        score = 0.35 if checked else 0.25
    known = ("manufacturer",) if is_known else ("form",)
    return Hit(*found.span(), score, (*known, "check digit") if checked else known)


PLUGIN = Vin

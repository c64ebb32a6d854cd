"""Metering points: a Swedish installation's GS1 number of 18 digits (anläggnings-id)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_gs1
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "4"
TRIGGER = (
    r"73[ .-]{0,2}5[ .-]?9[ .-]?9[ .-]?9[ .\r\n-]{0,3}[0-9]|(?:\b|_)7[0-9]{17}"
    r"|7[.,]35999?[0-9]{0,12}[Ee][+]?17"
    r"|(?i:anl[äÄa]ggnings?|\banl|m[äÄa]tpunkts?)[ .-]{0,2}(?i:id|nr|nummer)[.:= \"]{1,4}[0-9]{6}"
)
REACH = 48

_BEFORE = r"(?<![0-9A-Za-zÅÄÖåäö]{0})(?<![0-9][.]{0})(?<![0-9]-{0})"
"""Behind the first characters, so that `re` can skip to those."""
_AFTER = r"(?![0-9A-Za-zÅÄÖåäö])(?![.][0-9])"
_NUMBER = re.compile(
    rf"7{_BEFORE.format(7)}(?:(?P<swedish>35999[0-9]{{12}}"
    rf"|3[ .-]{{0,2}}5[ .-]?9[ .-]?9[ .-]?9(?:(?: {{0,2}}|[.-])[0-9]){{12}})"
    rf"|(?!35999)[0-9]{{17}}){_AFTER}"
)
_BROKEN = re.compile(
    rf"735999{_BEFORE.format(735999)}[0-9]{{2,10}}[ -]?\r?\n *[0-9]{{2,10}}{_AFTER}"
)
_DAMAGED = re.compile(rf"7{_BEFORE.format(7)}[.,]35999?[0-9]{{0,12}}[eE][+]?17{_AFTER}")
_OWN = re.compile(
    r"[aAmM][nNäÄaA](?<![A-Za-zÅÄÖåäö0-9_]..)"
    r"(?i:(?:(?<=an)l(?:[äa]ggnings?)?|(?<=m[äa])tpunkts?)[ .-]{0,2}(?:id|nr|nummer))"
    r"[.]?[\"]?[:=]?[ ]{0,2}[\"]?(?P<number>[0-9]{6,10})(?![0-9A-Za-zÅÄÖåäö]|[.,:-][0-9])"
    r"(?! ?(?i:kwh|kw|mwh|kr|st)(?!\w))"
)
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_SWEDISH, _OTHER = ("check digit", "prefix"), ("check digit",)
_WRONG = ("prefix", "wrong check digit")
_APART = re.compile(r"[ .\r\n-]+")


def is_valid(number: str) -> bool:
    """Whether these are 18 digits from 735999 on with their check digit, spaces and dashes apart.

    Source: Energiföretagen Sverige, anläggnings-id as GS1's GSRN; GS1 General Specifications 7.9.
    """
    found = _NUMBER.fullmatch(number)
    return found is not None and bool(found["swedish"]) and is_gs1(_APART.sub("", number))


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
        """Numbers of 18 digits; a wrong check digit or a spreadsheet's damage leaves a weak one."""
        for found in _NUMBER.finditer(text):
            start, end = found.span()
            right = is_gs1(_APART.sub("", found[0]))
            if not found["swedish"]:
                if right:
                    yield Hit(start, end, 0.35, _OTHER)
            elif right:
                yield Hit(start, end, 0.9, _SWEDISH)
            else:
                # the check digit is the published rule: only a whole column's label outweighs it
                yield Hit(start, end, 0.12, _WRONG)
        if "735999" in text and "\n" in text:
            yield from _broken(text)
        for found in _DAMAGED.finditer(text) if "7.35" in text or "7,35" in text else ():
            yield Hit(*found.span(), 0.2, ("damaged by a spreadsheet",))
        for found in _OWN.finditer(text):
            if not _DAY.fullmatch(found["number"]):
                yield Hit(*found.span("number"), 0.55, ("grid's own number",))


def _broken(text: str) -> Iterator[Hit]:
    """Numbers that go on in the next line."""
    for found in _BROKEN.finditer(text):
        digits = _APART.sub("", found[0])
        if len(digits) == 18 and is_gs1(digits):
            yield Hit(*found.span(), 0.7, ("check digit", "prefix", "broken over a line"))


PLUGIN = MeteringPoint

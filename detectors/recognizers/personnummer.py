"""Personnummer: a person's identity number, also where it serves as a sole trader's org.nr."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from detectors import identity
from detectors.identity import BIRTHDAY, BORDER
from detectors.recognizers.base import NUMBER_DOUBTS, SOLE_TRADER, Hit, Recognizer

VERSION = "4"

_LETTER = "A-Za-zÅÄÖåäö"
_DATE = rf"(?:0[1-9]|1[0-2]){BIRTHDAY}"
_INTERIM = rf"(?:18|19|20)?[0-9]{{2}}{_DATE}[-+]?(?:TF[0-9]|[TRSUWXJKLMN][0-9]{{2}})[0-9]"
_SHORTENED = rf"(?:[1-9]{_DATE}|1[0-2]{BIRTHDAY})[0-9]{{4}}"
"""Excel eats leading zeros: those born from October 2000 to 2009 keep eight or nine digits."""
_LOST = r"(?:1[.,][89]|2[.,]0)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{0,6}[Ee]\+11"
"""Twelve digits as Excel shows them: the birthday's month is left, the rest is gone."""

TRIGGER = (
    rf"{identity.trigger(BIRTHDAY)}|{BORDER}{_INTERIM}{BORDER}"
    rf"|\b{_SHORTENED}{BORDER}|\b{_LOST}{BORDER}"
)
REACH = 32

_FREE = rf"(?<![0-9{_LETTER}]{{0}})(?<![0-9][-.]{{0}})"
_WHOLE_NUMBER = "(?:(?<![0-9],{0})|(?<=[0-9]{{4}},{0}))"
"""Behind the first character, as `_FREE` is: no decimals."""
_END = rf"(?![0-9{_LETTER}])"
_INTERIMS = re.compile(rf"{_FREE.format('')}{_INTERIM}{_END}")
_SIGN = re.compile("[TRSUWXJKLMN](?<=[0-9][-+0-9].)F?[0-9]{2}")
"""The letter of an interim number."""
_EATEN = re.compile(
    rf"[1-9]{_FREE.format('[1-9]')}{_WHOLE_NUMBER.format('[1-9]')}(?:{_DATE}|(?<=1)[0-2]{BIRTHDAY})"
    rf"[0-9]{{4}}{_END}(?!-[0-9]|[.,](?!0{{1,2}}\b)[0-9])"
)
_ROUNDED = re.compile(rf"{_FREE.format('')}{_WHOLE_NUMBER.format('')}{_LOST}{_END}")
_WHOLE_INTERIM = re.compile(_INTERIM)
_ACCOUNT = re.compile(r"(?<![0-9])(?:3300|3782)[- ,]{0,2}([0-9]{6}-?[0-9]{4})(?![0-9A-Za-zÅÄÖåäö])")
"""Nordea's personkonto: the account is its owner's personnummer."""


def is_valid(number: str) -> bool:
    """Whether the string is a personnummer: 10 or 12 digits, perhaps with a separator."""
    found = identity.parse(number)
    return found is not None and not found.coordination


def is_interim(number: str) -> bool:
    """Whether the string is an interim number of health care or a university: no check digit."""
    return _WHOLE_INTERIM.fullmatch(number) is not None


class Personnummer(Recognizer):
    """Personnummer (SKV 704) in every usual form; interim and damaged numbers only with a cue."""

    ENTITY = "SE_PERSONNUMMER"
    CUES = (
        "personn", "pers nr", "persnr", " pnr ", "fodelsen", "socialsecurity", " ssn ", "civicno",
        "personal number", "personal identity n", "personid", "identitetsn", "idnummer", "interim",
        *SOLE_TRADER, "persorg",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS
    CUE_REASONS: ClassVar[dict[str, str]] = SOLE_TRADER

    def find(self, text: str) -> Iterator[Hit]:
        """Dated numbers with a right check digit, and what a cue may make one."""
        for number in identity.find(text, BIRTHDAY):
            reasons = ("check digit", "separator") if number.separator else ("check digit",)
            yield Hit(number.start, number.end, identity.score(text, number), reasons)
        for span in identity.traders(text, BIRTHDAY):
            yield Hit(*span, 0.75, ("check digit", "sole trader"))
        if "3300" in text or "3782" in text:
            for account in _ACCOUNT.finditer(text):
                if is_valid(account[1]):
                    yield Hit(*account.span(1), 0.9, ("check digit", "personkonto"))
        yield from _weak(text)


def _weak(text: str) -> Iterator[Hit]:
    """What has no check digit, or lost a part."""
    if _SIGN.search(text):
        for found in _INTERIMS.finditer(text):
            yield Hit(*found.span(), 0.3, ("interim number",))
    for found in _EATEN.finditer(text):
        if is_valid(found[0].zfill(10)):
            yield Hit(*found.span(), 0.2, ("check digit", "leading zero lost"))
    if "+11" in text:
        for found in _ROUNDED.finditer(text):
            yield Hit(*found.span(), 0.12, ("digits lost",))


PLUGIN = Personnummer

"""Personnummer: a person's identity number, also where it serves as a sole trader's org.nr."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from detectors import identity
from detectors.identity import BIRTHDAY, BORDER, TRADER
from detectors.recognizers.base import NUMBER_DOUBTS, SOLE_TRADER, Hit, Recognizer

VERSION = "8"

_LETTER = "A-Za-zÅÄÖåäö"
_DATE = rf"(?:0[1-9]|1[0-2]){BIRTHDAY}"
_SIGN = "[-+]?(?:TF[0-9]|[TRSUWXJKLMN][0-9]{2})[0-9]"
"""The letter of an interim number and what follows it."""
_INTERIM = rf"(?:18|19|20)?[0-9]{{2}}{_DATE}{_SIGN}"
_SHORTENED = rf"(?:[1-9]{_DATE}|1[0-2]{BIRTHDAY})[0-9]{{4}}"
"""Excel eats leading zeros: those born from October 2000 to 2009 keep eight or nine digits."""
_LOST = r"(?:1[.,][89]|2[.,]0)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{0,6}[Ee]\+11"
"""Twelve digits as Excel shows them: the birthday's month is left, the rest is gone."""

TRIGGER = (
    rf"{identity.trigger(BIRTHDAY)}|{BORDER}{_INTERIM}{BORDER}"
    rf"|\b{_SHORTENED}{BORDER}|\b{_LOST}{BORDER}"
)
REACH = 16

_FREE = rf"(?<![0-9{_LETTER}][0-9])(?<![0-9][-.][0-9])"
_WHOLE_NUMBER = "(?:(?<![0-9],[0-9])|(?<=[0-9]{4},[0-9]))"
"""Behind the first digit, as `_FREE` is: no decimals."""
_END = rf"(?![0-9{_LETTER}])"
_FORMS = identity.Forms.of(
    BIRTHDAY,
    rf"(?P<interim>{_FREE}[0-9](?:(?<=18|19|20)[0-9]{{2}})?{_DATE}{_SIGN}{_END})"
    rf"|(?P<eaten>(?<=[1-9]){_FREE}{_WHOLE_NUMBER}(?:{_DATE}|(?<=1)[0-2]{BIRTHDAY})[0-9]{{4}}{_END}"
    rf"(?!-[0-9]|[.,](?!0{{1,2}}\b)[0-9]))",
)
_WEAK = ("interim", "eaten")
_ROUNDED = re.compile(
    rf"(?<![0-9{_LETTER}])(?<![0-9][-.])(?:(?<![0-9],)|(?<=[0-9]{{4}},)){_LOST}{_END}"
)
_WHOLE_INTERIM = re.compile(_INTERIM)
_ACCOUNT = re.compile(r"(?<![0-9])(?:3300|3782)[- ,]{0,2}([0-9]{6}-?[0-9]{4})(?![0-9A-Za-zÅÄÖåäö])")
"""Nordea's personkonto: the account is its owner's personnummer."""
_PERSONAL_ACCOUNT = ("check digit", "personkonto")
_INTERIM_NUMBER = ("interim number",)
_ZERO_LOST = ("check digit", "leading zero lost")
_DIGITS_LOST = ("digits lost",)


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
        "id number", "social security", "national id", "nationalid", "legitimation",
        *SOLE_TRADER, "persorg",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS
    CUE_REASONS: ClassVar[dict[str, str]] = SOLE_TRADER

    def find(self, text: str) -> Iterator[Hit]:
        """Dated numbers with a right check digit, and what a cue may make one."""
        for found in _FORMS.finditer(text):
            if found.lastgroup in _WEAK:
                hit = _weak(found)
            else:
                hit = identity.claim(found, coordination=False)
            if hit:
                yield hit
        if "SE" in text:
            for start, end in identity.traders(text, BIRTHDAY):
                yield Hit(start, end, 0.75, TRADER)
        if "3300" in text or "3782" in text:
            for account in _ACCOUNT.finditer(text):
                if is_valid(account[1]):
                    yield Hit(account.start(1), account.end(1), 0.9, _PERSONAL_ACCOUNT)
        if "+11" in text:
            for found in _ROUNDED.finditer(text):
                yield Hit(found.start(), found.end(), 0.12, _DIGITS_LOST)


def _weak(found: re.Match[str]) -> Hit | None:
    """What has no check digit, or lost a part."""
    if found.lastgroup == "interim":
        return Hit(found.start(), found.end(), 0.3, _INTERIM_NUMBER)
    if is_valid(found[0].zfill(10)):
        return Hit(found.start(), found.end(), 0.2, _ZERO_LOST)
    return None


PLUGIN = Personnummer

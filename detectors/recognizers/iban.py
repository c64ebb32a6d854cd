"""IBAN: international bank account numbers, by each country's length and mod 97."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_mod97
from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
TRIGGER = r"[A-Za-z]{2}[0-9]{2} ?[A-Za-z0-9]{4}"

_START = re.compile(r"(?<![0-9A-Za-zÅÄÖåäö])[A-Za-z]{2}[0-9]{2}(?= ?[A-Za-z0-9]{4})")
_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 "
    "DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 "
    "IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
    "MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 "
    "SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
_LENGTH = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}


def is_valid(number: str) -> bool:
    """Whether the string, spaces apart, is an IBAN: its country's length and its check digits."""
    code = number.replace(" ", "").upper()
    if not (code.isascii() and code.isalnum() and code[2:4].isdigit()):
        return False
    return len(code) == _LENGTH.get(code[:2]) and is_mod97(code)


def _end(text: str, start: int) -> int | None:
    """Where as many characters as the country's IBANs have end, single spaces let through."""
    left, at = _LENGTH.get(text[start : start + 2].upper(), 0), start
    while left and at < len(text):
        if text[at].isascii() and text[at].isalnum():
            left -= 1
        elif text[at] != " " or text[at - 1] == " ":
            return None
        at += 1
    return None if left or at == start or text[at : at + 1].isalnum() else at


class Iban(Recognizer):
    """IBANs, and never the word after one."""

    ENTITY = "IBAN_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers of the right length whose check digits are right."""
        for found in _START.finditer(text):
            end = _end(text, found.start())
            if end is not None and is_valid(text[found.start() : end]):
                yield Hit(found.start(), end, 0.95, ("check digit", "length"))


PLUGIN = Iban

"""IBAN: international bank account numbers, by each country's length and mod 97."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_mod97
from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"

_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 "
    "DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 "
    "IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
    "MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 "
    "SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
_LENGTH = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
_NUMERIC = "AT BA BE CZ DE DK EE ES FI FO GL HR HU IL IS LT ME NO PL PT RS SE SI SK XK"
_DIGITS_ONLY = frozenset(_NUMERIC.split())
"""Countries whose IBANs hold no letter but their own two."""


def _countries() -> str:
    """The countries' codes in either case, as one alternative for each first letter."""
    seconds: dict[str, str] = {}
    for code in _LENGTH:
        seconds[code[0]] = seconds.get(code[0], "") + code[1] + code[1].lower()
    return "|".join(f"[{first}{first.lower()}][{rest}]" for first, rest in seconds.items())


_BREAK = r"[- \r\n>]{0,4}"
TRIGGER = (
    rf"(\b|[Ii][Bb][Aa][Nn])({_countries()}) ?[0-9]{{2}}{_BREAK}[0-9A-Za-z]{{4}}"
    rf"{_BREAK}[0-9]{{2}}[0-9A-Za-z]"
)
REACH = 64

_START = re.compile(r"[0-9](?<=[A-Za-z][A-Za-z ].)[0-9](?=[- \r\n>]{0,4}[A-Za-z0-9]{4})")
"""The check digits behind a country's letters: `re` skips to digits faster than to letters."""
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖabcdefghijklmnopqrstuvwxyzåäö0123456789_")
_GAP = re.compile(r"[- ]|[ -]?\r?\n[ >]{0,3}")
_ODD_GAP = re.compile(r"[-\n]")
_GROUP = 4
_REASONS = ("check digit", "length")


def is_valid(number: str) -> bool:
    """Whether the string, gaps apart, is an IBAN: its country's length, form and check digits.

    Only spaces may stand anywhere; hyphens and line breaks stand between groups of four.
    """
    groups = _GAP.split(number)
    uneven = any(len(group) != _GROUP for group in groups[:-1]) or len(groups[-1]) > _GROUP
    if uneven and _ODD_GAP.search(number):
        return False
    return _is_code("".join(groups))


def _is_code(code: str) -> bool:
    """Whether the characters without gaps are an IBAN."""
    code = code.upper()
    country, rest = code[:2], code[2:]
    if len(code) != _LENGTH.get(country) or not (code.isascii() and code.isalnum()):
        return False
    numeric = rest if country in _DIGITS_ONLY else rest[:2]
    return numeric.isdigit() and is_mod97(code)


def _begins(text: str, start: int) -> bool:
    """Whether a word begins there, or the word before is IBAN."""
    if not start or text[start - 1] not in _WORD:
        return True
    return text[max(0, start - 4) : start].upper() == "IBAN"


def _usual(text: str, start: int, length: int) -> str:
    """An IBAN's characters written at one go or in groups of four; empty for neither."""
    written = text[start : start + length]
    if written.isalnum() and written.isascii():
        return written if len(written) == length else ""
    written = text[start : start + length + (length - 1) // _GROUP]
    if written[_GROUP :: _GROUP + 1].isspace():
        code = written.replace(" ", "")
        if len(code) == length and code.isalnum() and code.isascii():
            return written
    return ""


def _unusual(text: str, start: int, length: int) -> str:
    """As many characters as the country's IBANs have, single gaps let through; empty for none."""
    left, at = length, start
    while left:
        if text[at : at + 1].isascii() and text[at : at + 1].isalnum():
            left -= 1
            at += 1
            continue
        gap = _GAP.match(text, at)
        if gap is None or not text[gap.end() : gap.end() + 1].isalnum():
            return ""
        at = gap.end()
    return text[start:at]


def _goes_on(text: str, end: int) -> bool:
    """Whether more of a longer number or word follows."""
    after = text[end : end + 2]
    return after[:1].isalnum() or (after[:1] in ("-", " ") and after[1:].isdigit())


class Iban(Recognizer):
    """IBANs, and never the word after one.

    Lengths and forms are those of SWIFT's IBAN registry, the check digits those of ISO 13616
    (ISO 7064, mod 97-10).
    """

    ENTITY = "IBAN_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers of the right length whose check digits are right."""
        for found in _START.finditer(text):
            digits = found.start()
            start = digits - (3 if text[digits - 1] == " " else 2)
            length = _LENGTH.get(text[start : start + 2].upper())
            if length is None or not _begins(text, start):
                continue
            written = _usual(text, start, length)
            if written:
                right = _is_code(written.replace(" ", ""))
            else:
                written = _unusual(text, start, length)
                right = bool(written) and is_valid(written)
            end = start + len(written)
            if right and not _goes_on(text, end):
                yield Hit(start, end, 0.95, _REASONS)


PLUGIN = Iban

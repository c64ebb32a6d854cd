"""Apartment numbers: Lantmäteriet's four digits, and an owner's own three beside a clear cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
TRIGGER = (
    r"(?i:\blght?|l[äÄ]genhet|lagenhet|\bapartment|\bapt)(?i:en|et|snummer|snr)?"
    r"[A-Za-zÄä_ \t:;.#=<>\"'-]{0,14}[0-9]{3,4}"
    r"|\n[| ]{0,2}(?:09|1[0-5])(?:0[1-9]|1[0-9])(?:[ \t]{1,2}|[ \t]{0,2}[;|])[ \t]{0,12}[A-ZÅÄÖ]"
    r"|[;|\t] ?(?:09|1[0-5])(?:0[1-9]|1[0-9])(?: ?[;|\t]|\n)"
)
REACH = 60

_NUMBERED = r"(?:s?[ _-]?(?:nummer|numret|nr|number|num|no)(?:et)?)"
_CUED = re.compile(
    r"(?<![A-Za-zÅÄÖåäö0-9_-])(?P<cue>lght?|l[äa]genhet(?:en|ens)?|apartment|apt)"
    rf"(?:(?P<nr>\.?{_NUMBERED})| (?P<hash>#))?"
    r"(?P<gap>(?:\.|\b is\b| är)?[\"'>]?[ \t:=#]{0,3}[\"']?)"
    r"(?P<number>[0-9]{3,4})(?![0-9A-Za-zÅÄÖåäö]|[.,:-][0-9])"
    r"(?! ?(?:rok|rum|kvm|m2|m²|kwh|kr|st|v|w|a|%|stycken|kronor|lägenheter|watt|dagar)(?!\w))",
    re.IGNORECASE,
)

_SITE = r"(?:09|1[0-5])(?:0[1-9]|1[0-9])"
_CELL = re.compile(
    rf"\n[| ]{{0,2}}(?P<row>{_SITE})(?=(?:[ \t]{{1,2}}|[ \t]{{0,2}}[;|])[ \t]{{0,12}}[A-ZÅÄÖ])"
    rf"|[;|\t] ?(?P<cell>{_SITE})(?= ?[;|\t]|\n)"
)
_BARE = 0.2
"""Score of a table's cell: it stands where the header says what it is."""


def is_valid(number: str) -> bool:
    """Whether these are Lantmäteriet's four digits: a floor (10: the entrance's), a place from 01.

    Source: Lantmäteriet, "Lägenhetsregistret: lägenhetsnummer" (SFS 2006:378).
    """
    if not (len(number) == 4 and number.isascii() and number.isdigit()):
        return False
    return 5 <= int(number[:2]) <= 49 and 1 <= int(number[2:]) <= 99


class Apartment(Recognizer):
    """Apartment numbers behind `lgh`, `lägenhet` or `lägenhetsnummer` (Lantmäteriet's rule)."""

    ENTITY = "SE_APARTMENT_NUMBER"
    CUES = ("lgh", "lght", "lagenhet")

    def find(self, text: str) -> Iterator[Hit]:
        """The digits without the cue; three digits are an owner's own numbers and weaker."""
        for found in _CUED.finditer(text):
            number = found["number"]
            score = _score(found["cue"], found["nr"] or found["hash"] or "", number)
            if not found["gap"] and not found["nr"] and not found["cue"].islower():
                continue
            if score:
                own = ("cue word",) if len(number) == 3 else ("cue word", "floor and place")
                yield Hit(*found.span("number"), score, own)
        for cell in _CELL.finditer(text):
            yield Hit(*cell.span(cell.lastgroup or 0), _BARE, ("floor and place",))


def _score(cue: str, numbered: str, number: str) -> float:
    short = cue.casefold().startswith(("lgh", "ap"))
    if len(number) == 3:
        return 0.55 if number.strip("0") else 0.0
    if not is_valid(number):
        return 0.0
    if 1950 <= int(number) <= 2049 and not (short or numbered):
        return 0.0
    return 0.85 if short or numbered else 0.7


PLUGIN = Apartment

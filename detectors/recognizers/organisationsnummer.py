"""Organisationsnummer, also as VAT number; a sole trader's is a personnummer, and found as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import things
from detectors.checkdigits import is_luhn
from detectors.recognizers.base import FAILED, NUMBER_DOUBTS, Hit, Recognizer

VERSION = "8"

_LETTER = "A-Za-zÅÄÖåäö"
_GROUP = "[1-35-9][0-9][2-9][0-9]{3}"
_SEPARATOR = r"(?:-\r?\n ?| ?- ?| )?"

TRIGGER = rf"(?:\b|_)(?:SE ?|16)?{_GROUP}{_SEPARATOR}[0-9]{{4}}(?: ?01)?(?:\b|_)"
REACH = 40

_SHAPE = re.compile(
    rf"[S1-35-9](?<![0-9{_LETTER}].)(?<![0-9][-.].)(?<![ (:\t\n]\+.)"
    rf"(?:(?<=S)(?P<vat>E ?)(?P<prefix>16)?{_GROUP}"
    r"|(?:(?<=1)6[1-35-9]|(?<=[1-9]))[0-9][2-9][0-9]{3})"
    rf"(?P<separator>{_SEPARATOR})(?P<serial>[0-9]{{4}})(?(vat) ?01)"
    rf"(?![0-9{_LETTER}])(?![-.][0-9]|-[0-9A-Fa-f]{{4}}-)"
)
"""What stands before is looked at behind the first character, so that `re` can skip to that."""
_BESIDE = 40
_FIRM = re.compile(
    rf"(?:(?<![{_LETTER}])(?:AB|HB|KB|Aktiebolag|[Hh]andelsbolag|[Kk]ommanditbolag)"
    rf"|(?<![{_LETTER}])[Ee]k\. ?[Ff]ör\.|(?<![{_LETTER}])[Ee]konomisk [Ff]örening"
    r"|[Ff]örening(?:en)?|[Ss]tiftelsen?| kommun|[Kk]ooperativ|[Ss]amfällighet(?:en)?"
    r"|[Kk]oncern(?:en)?|[Ss]ällskap(?:et)?"
    rf"|(?:(?<![{_LETTER}])(?:AB|HB|KB|B[Rr][Ff]|I[FK]|[BFG]K|IFK|[Ff]irma)"
    rf"|[Ff]öreningen|[Ss]tiftelsen|[Bb]olaget|[Ff]öretaget) [A-ZÅÄÖ][{_LETTER}]{{2,20}}"
    r"(?: [0-9]{1,2})?)"
    r"(?: \(publ\))?[\"']?[ ,;:\t|(\"'\r\n]{1,16}$"
)
"""A firm's name with its form, right before a number."""
_FIRM_AFTER = re.compile(
    r"[\"']?[ ,;\t|(]{1,4}(?:(?:AB|HB|KB|B[Rr][Ff]|I[FK]|[BFG]K|IFK|Stiftelsen) [A-ZÅÄÖ]"
    rf"|[A-ZÅÄÖ][{_LETTER}é& -]{{1,20}} (?:AB|HB|KB)(?![{_LETTER}])"
    rf"|[A-ZÅÄÖ][{_LETTER} ]{{2,20}}förening(?![{_LETTER}]))"
)
"""The same right after a number."""
_HELD = re.compile(
    r"(?i:\b(?:(?:av)?registrerad|[a-zåäö]{0,9}ledamot|ordförande|suppleant|revisor|delägare"
    r"|ägare|firmatecknare|bolagsman|prokurist|likvidator|vd|aktier|andelar) (?:i|för|av|till)) \Z"
)
"""Offices and shares that somebody has in a firm, right before its number."""
_OF_A_THING = 0.3
_PARTY = re.compile(r"NAD\+[A-Z]{2,3}\+\Z")
"""Ediel's segment of a party, right before its number."""
_SEGMENT = 8
_GROUPS = r"[0-9]{6}-[0-9]{4}"
_LIST_BEFORE = re.compile(rf"(?<![0-9-])({_GROUPS})(?:, | och )\Z")
_LIST_AFTER = re.compile(rf"(?:, | och )({_GROUPS})(?![0-9-])")
_LISTED = 18
_NAMED_AFTER = re.compile(r"[\"'] (?:[Aa][Ss] )?[\"']?(?:[Oo]rg|ORG)(?i:_?n(?:umme)?r|anisationsn)")
"""What SQL has after a value to name its column."""


def _is_right(found: re.Match[str]) -> bool:
    at = found.start("separator")
    digits = found.string[at - 6 : at] + found["serial"]
    return is_luhn(digits) and not (found["vat"] and found["prefix"])


def _is_in_wrong_row(found: re.Match[str]) -> bool:
    """Whether a number of the same form right beside has a wrong check digit."""
    text, (start, end) = found.string, found.span()
    before = _LIST_BEFORE.search(text, max(0, start - _LISTED), start)
    beside = (before, _LIST_AFTER.match(text, end))
    return any(each is not None and not is_luhn(each[1].replace("-", "")) for each in beside)


def is_valid(number: str) -> bool:
    """Whether the string is an organisationsnummer, perhaps with separator, 16 or SE…01."""
    found = _SHAPE.fullmatch(number)
    return found is not None and _is_right(found)


def _hit(found: re.Match[str]) -> Hit:
    start, end = found.span()
    if found["vat"]:
        return Hit(start, end, 0.85, ("check digit", "VAT number"))
    if found.string.startswith(":SE1:", end):
        # PRODAT's code for it: Svenska kraftnät, Ediel-anvisning PRODAT, field 227
        return Hit(start, end, 0.85, ("check digit", "Ediel code"))
    if _PARTY.search(found.string, max(0, start - _SEGMENT), start):
        return Hit(start, end, 0.75, ("check digit", "Ediel party"))
    if "-" in found["separator"]:
        return _separated(found)
    return _solid(found)


def _separated(found: re.Match[str]) -> Hit:
    if found["separator"] != "-":
        return Hit(*found.span(), 0.55, ("check digit", "separator"))
    if _is_in_wrong_row(found):
        return Hit(*found.span(), 0.4, ("check digit", "beside wrong ones"))
    if things.is_number(found.string, *found.span()):
        return Hit(*found.span(), _OF_A_THING, ("check digit", "a thing's number"))
    return Hit(*found.span(), 0.75, ("check digit", "separator"))


def _solid(found: re.Match[str]) -> Hit:
    text, (start, end) = found.string, found.span()
    if _HELD.search(text, max(0, start - _BESIDE), start):
        return Hit(start, end, 0.55, ("check digit", "held by somebody"))
    if _NAMED_AFTER.match(text, end):
        return Hit(start, end, 0.55, ("check digit", "named after"))
    if _FIRM.search(text[max(0, start - _BESIDE) : start]) or _FIRM_AFTER.match(
        text, end, end + _BESIDE
    ):
        return Hit(start, end, 0.55, ("check digit", "beside a firm"))
    # digits alone: any Luhn-valid reference whose third digit is 2 or more, so no column of them
    # may lift itself
    return Hit(start, end, 0.35, ("check digit",))


class Organisationsnummer(Recognizer):
    """Organisationsnummer (SKV 709) with hyphen; without one only with a cue or label."""

    ENTITY = "SE_ORGANISATIONSNUMMER"
    CUES = (
        "orgnr", "org nr", "orgnum", "org num", "organisationsn", "organization num",
        "organisation num", "corporate id", "momsreg",
        "vat nr", "vat num", "foretagsnummer", "persorg", " org ", "reg nr", "reg no", "reg num",
        "registration n", "company num", "company no", "company id", "business id", "bolagsnummer",
        "foretags id", "orgid", "org id",
    )  # fmt: skip
    DOUBTS = (
        *NUMBER_DOUBTS, "kursn", "kurs nr", "course", "ritning", "ritn ", "ritnnr", "drawing",
        "blad ",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers with a right check digit, never inside longer digits or words."""
        for found in _SHAPE.finditer(text):
            if _is_right(found):
                yield _hit(found)
            elif found["separator"] == "-" and not found["vat"]:
                yield Hit(*found.span(), FAILED, ("wrong check digit",))


PLUGIN = Organisationsnummer

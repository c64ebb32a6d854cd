"""Bankgiro numbers. They look like local phone numbers, so a cue or a label is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_luhn
from detectors.identity import is_crowded
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "8"
_BETWEEN = r"[-a-zA-ZåäöÅÄÖ .:;,=|#()*/_\t]{0,20}"
TRIGGER = (
    r"(\b|[Bb][Gg])([0-9]{3,4} ?- ?[0-9]{4}|[0-9]{7}|(1[0-7]|2[1-9]|[03-9][0-9])[0-9]{6}"
    r"|(18|19|20)[0-9]{2}(1[3-9]|[2-9][0-9])[0-9]{2})\b"
    rf"|([Gg][Ii][Rr][Oo]|[Bb][Gg]){_BETWEEN}[0-9]{{3,4}} ?[0-9]{{4}}\b"
    r"|\b[0-9]{3,4} [0-9]{4} (?:[äÄ]r|is) [a-zåäö]{2,5} (?:[Bb]ankgiro|[Bb][Gg]\b)"
)
REACH = 96

_SHAPE = re.compile(
    r"[0-9](?<![0-9].)(?:(?<![A-Za-zÅÄÖåäö_].)|(?<=[^0-9A-Za-zÅÄÖåäö_][Bb][Gg].)|(?<=\A[Bb][Gg].))"
    r"(?<![0-9][-.:/+].)[0-9]{2,3}(?: ?(?P<hyphen>-) ?|(?P<space> ))?[0-9]{4}"
    r"(?![0-9A-Za-zÅÄÖåäö_])(?![-.:+/][0-9])"
)
_BESIDE = re.compile(
    r"(?:bankgiro[a-zåäö]{0,8}|\bbg[a-z]{0,6})(?:[ -]?(?:nr|nummer|no)\b)?[^0-9a-zåäö\n]{0,6}\Z",
    re.IGNORECASE,
)
_NEAR = re.compile(rf"(?:giro|\bbg){_BETWEEN}\Z", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:bankgiro(?:n(?:r|ummer))?|bg) (?:för|till|for) [a-zåäö]{3,20}: ?\Z", re.IGNORECASE
)
_IS_GIRO = re.compile(r" ?(?:är |is )?[a-zåäö]{2,5} (?:bankgiro|bg)\b", re.IGNORECASE)
"""`vårt bankgiro` after the number."""
_FOUND = re.compile(
    r"(?:bankgiro[a-zåäö]{0,8}|\bbg\b)[^0-9\n]{0,60}(?:\?[ ]?\n[^0-9\n]{0,20})?\b"
    r"(?:(?:är|ska|skall|borde|kan) det(?: vara)?"
    r"|det (?:är|ska vara|skall vara|rätta är)|nu?m(?:me)?re?t? (?:är|ska vara)|står(?: det)?"
    r"|(?:uppge|ange)r(?: de)?|says|it is|is it|(?:ny|rätt) uppgift|rätt nummer(?: är)?"
    r"|(?:hittar|har|fick) (?:vi|jag)|(?:vi|jag) (?:hittade|fick|har)):? \Z",
    re.IGNORECASE,
)
"""After a bankgiro, even one that is missing: what it turned out to be."""
_FOUND_BACK = 90
_SCHEME = re.compile(r"</[A-Za-z0-9:]{1,8}>[^0-9/]{0,46}>BGNR\b")
_OF_BANKGIRO = "#41#"
"""What ends the line of a payment slip that machines read."""
_BACK = 36
_DAY = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[0-9]|1[0-2])[0-9]{2}")
"""A date, or with 60 added to its day the first half of a samordningsnummer."""
_YEARS = re.compile(r"(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}")
_CELL = re.compile(r"(?:'[^']*'|[;|\t][^;|\t\n]*(?=[;|\t\n]|\Z))")
"""A value alone, quoted or in a row."""
_FIRM = re.compile(
    r"(?:\b(?:AB|HB|KB|ek\.? ?för\.?)|[Ff]örening|[Ss]tiftelse|\b(?:Brf|BRF|Bostadsrättsföreningen)"
    r" [A-ZÅÄÖ][^\d\n;|\t,]{1,30})[\"']? ?[;|\t] ?[\"']?\Z"
)
"""A firm in the cell before."""
_AMOUNT = re.compile(r"[\"']? ?[;|\t] ?[\"']?[0-9]{1,3}(?:[ .\u00a0]?[0-9]{3})*,[0-9]{2}(?![0-9])")
"""Money in the cell after."""
_PAID = 0.55
_FIRM_BACK = 60
_REASONS = ("check digit",)
_OF_PAYMENT = ("check digit", "beside an amount")
_BESIDE_WORD = 0.25
"""Score of digits without hyphen beside the word, or in a cell that it may stand over."""
_APART = re.compile(r"[ -]+")


def is_valid(number: str) -> bool:
    """Whether the string is 7 or 8 digits, perhaps with the hyphen, with their check digit."""
    return bool(_SHAPE.fullmatch(number)) and is_luhn(_APART.sub("", number))


class Bankgiro(Recognizer):
    """Bankgiro numbers beside the word; digits alone right after it or in a column of that name.

    The form `NNN-NNNN` or `NNNN-NNNN` and the check digit (Luhn) are those of Bankgirot's
    "10-modulen"; 90-numbers (90N-NNNN) are charities' and have the same form.
    """

    ENTITY = "SE_BANKGIRO"
    CUES = ("bankgir", " bg ", "bgnr", "bg nr", "bgnum", "bg num")
    DOUBTS = (*NUMBER_DOUBTS, "telefon", " tel ", "mobil", "avlast", "kwh")

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers with a right check digit: all of them weak."""
        for found in _SHAPE.finditer(text):
            if not is_luhn(found[0].replace("-", "").replace(" ", "")):
                continue
            if found["hyphen"] and _is_paid(text, *found.span()):
                yield Hit(*found.span(), _PAID, _OF_PAYMENT)
                continue
            if found["hyphen"] and _is_found(text, *found.span()):
                yield Hit(*found.span(), _PAID, _REASONS)
                continue
            score = _score(text, found)
            if score:
                yield Hit(*found.span(), score, _REASONS)


def _score(text: str, found: re.Match[str]) -> float:
    """From the form, and for digits without hyphen from the word before them; 0: no hit."""
    if found["hyphen"] and not _YEARS.fullmatch(found[0]):
        return 0.3
    start, end = found.span()
    if text.startswith(_OF_BANKGIRO, end):
        return _PAID
    if _is_decimal(text, start, end):
        return 0.0
    if found["space"] or _DAY.fullmatch(found[0]):
        near = _NEAR.search(text, max(0, start - _BACK), start) or _IS_GIRO.match(text, end)
        return _BESIDE_WORD if near and not is_crowded(text, start, end) else 0.0
    told = _is_beside(text, start, end) or _is_cell(text, start, end)
    return _BESIDE_WORD if told else 0.12


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether it fills a cell: what stands over it says what it is."""
    cell = _CELL.match(text, max(0, start - 1))
    return cell is not None and cell.end() <= end + 1


def _is_paid(text: str, start: int, end: int) -> bool:
    """Whether a firm stands in the cell before and what it is paid in the one after."""
    return bool(
        _AMOUNT.match(text, end) and _FIRM.search(text, max(0, start - _FIRM_BACK), start)
    ) and not _YEARS.fullmatch(text, start, end)


def _is_found(text: str, start: int, end: int) -> bool:
    """Whether words lead from a bankgiro that may be missing to what it is."""
    found = _FOUND.search(text, max(0, start - _FOUND_BACK), start)
    return found is not None and not _YEARS.fullmatch(text, start, end)


def _is_beside(text: str, start: int, end: int) -> bool:
    """Whether the word, or what ISO 20022 has for it, stands right before or after."""
    low = max(0, start - _BACK)
    if _BESIDE.search(text, low, start):
        return True
    keyed = text[max(0, start - 2) : start].rstrip(" ").endswith(":")
    if keyed and _PURPOSE.search(text, low, start):
        return True
    return bool(_SCHEME.match(text, end) or _IS_GIRO.match(text, end))


def _is_decimal(text: str, start: int, end: int) -> bool:
    """Whether a comma joins more digits to it: without hyphen that is an amount, no next cell."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "," and before[:1].isdigit()) or (
        after[:1] == "," and after[1:].isdigit()
    )


PLUGIN = Bankgiro

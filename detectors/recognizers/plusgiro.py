"""Plusgiro numbers. Two to eight digits are anything, so a cue or a label is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_luhn
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "3"
_BETWEEN = r"[\t\r -/:-@\[-`{-~]{0,6}"
_OWN = r"(?:[^0-9A-Za-z_ +/.:-]|[.:][^0-9]| ?[-+/] ?[^0-9 ]| [^-+/]|\x00)"
"""After digits that no others are joined to: most of six and of seven begin another number."""
TRIGGER = (
    r"\b[0-9]{1,3}( [0-9]{2}){1,3} ?- ?[0-9]\b|\b[0-9]{4,7} ?- ?[0-9]\b"
    r"|\b([0-9]{6,7}|(1[0-7]|2[1-9]|[03-9][0-9])[0-9]{6}"
    rf"|(18|19|20)[0-9]{{2}}(1[3-9]|[2-9][0-9])[0-9]{{2}}){_OWN}"
    r"|([Pp][Gg]|([Ll][Uu][Ss]|[Oo][Ss][Tt])[Gg][Ii][Rr][Oo])[A-Za-zÅÄÖåäö]{0,8}"
    rf"([ -]?[Nn]([Rr]|[Oo]|[Uu][Mm][Mm][Ee][Rr]))?{_BETWEEN}[0-9]"
)
REACH = 40

_SHAPE = re.compile(
    r"[0-9](?<![0-9].)(?:(?<![A-Za-zÅÄÖåäö_].)|(?<=[Pp][Gg].))(?<![0-9][-.:/+].)"
    r"(?:(?<![0-9] .)[0-9]{0,2}(?P<grouped>(?: [0-9]{2}){1,3} ?- ?[0-9])"
    r"|[0-9]{0,6}(?P<hyphen> ?- ?)[0-9]|(?<![0-9] .)(?<![0-9],.)[0-9]{1,7}(?! [0-9]|,[0-9]))"
    r"(?![0-9A-Za-zÅÄÖåäö_])(?! ?[-+/] ?[0-9])(?![.:][0-9])"
)
_BESIDE = re.compile(
    r"(?:(?:plus|post)giro[a-zåäö]{0,8}|\bpg[a-z]{0,6})(?:[ -]?(?:nr|nummer|no)\b)?"
    rf"{_BETWEEN}\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[0-9]|1[0-2])[0-9]{2}")
"""A date, or with 60 added to its day the first half of a samordningsnummer."""
_BACK = 36
_NOT_DIGITS = re.compile(r"[ -]+")
_LONG = 5
_REASONS = ("check digit",)


def is_valid(number: str) -> bool:
    """Whether the string is 2 to 8 digits as plusgiro numbers are written, with check digit."""
    digits = _NOT_DIGITS.sub("", number)
    return bool(_SHAPE.fullmatch(number)) and 2 <= len(digits) <= 8 and is_luhn(digits)


class Plusgiro(Recognizer):
    """Plusgiro numbers beside the word; digits alone right after it or in a column of that name.

    The form `NN NN NN-N` and the check digit (Luhn, modulus 10) are those of PlusGirot's
    "Handbok för betalningar".
    """

    ENTITY = "SE_PLUSGIRO"
    CUES = ("plusgir", "postgir", " pg ", "pgnr", "pg nr", "pgnum", "pg num")
    DOUBTS = (*NUMBER_DOUBTS, "telefon", " tel ")

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers with a right check digit: all of them weak."""
        small = text.lower()
        named = "pg" in small or "plusgiro" in small or "postgiro" in small
        for found in _SHAPE.finditer(text):
            if not named and len(found[0]) <= _LONG:
                continue
            digits = found[0].replace(" ", "").replace("-", "")
            score = _score(text, found, len(digits), named=named)
            if score and 2 <= len(digits) <= 8 and is_luhn(digits):
                yield Hit(*found.span(), score, _REASONS)


def _score(text: str, found: re.Match[str], size: int, *, named: bool) -> float:
    """From the form, and for short or solid digits from the word right before; 0: no hit."""
    if found["grouped"]:
        return 0.35
    if found["hyphen"] and size >= _LONG:
        return 0.3
    start = found.start()
    if named and _BESIDE.search(text, max(0, start - _BACK), start):
        return 0.3 if found["hyphen"] else 0.2
    is_number = size > _LONG and not found["hyphen"] and not _DAY.fullmatch(found[0])
    return 0.12 if is_number else 0.0


PLUGIN = Plusgiro

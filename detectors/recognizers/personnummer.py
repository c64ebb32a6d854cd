"""Personnummer: a person's identity number, also where it serves as a sole trader's org.nr."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from detectors import identity
from detectors.recognizers.base import NUMBER_DOUBTS, SOLE_TRADER, Hit, Recognizer

VERSION = "2"
TRIGGER = r"[0-9]{6}|[0-9]-[0-9]{2}-[0-9]"

_LETTER = "A-Za-zÅÄÖåäö"
_VAT = re.compile(rf"(?<![0-9{_LETTER}])SE ?([0-9]{{10}})01(?![0-9{_LETTER}])")
_INTERIM = re.compile(
    rf"(?<![0-9{_LETTER}])(?<![0-9][-.])(?:(?:18|19|20)[0-9]{{2}}|[0-9]{{2}})"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[-+]?(?:TF[0-9]{2}|[TRSUWXJKLMN][0-9]{3})"
    rf"(?![0-9{_LETTER}])"
)
_ACCOUNT = re.compile(r"(?<![0-9])(?:3300|3782)[- ,]{1,2}([0-9]{6}-?[0-9]{4})(?![0-9])")
"""Nordea's personkonto: the account is its owner's personnummer."""
_SHORTENED = re.compile(rf"(?<![0-9{_LETTER}])(?<![0-9][-.,])[0-9]{{9}}(?![0-9{_LETTER}])")


def is_valid(number: str) -> bool:
    """Whether the string is a personnummer: 10 or 12 digits, perhaps with a separator."""
    found = identity.parse(number)
    return found is not None and not found.coordination


class Personnummer(Recognizer):
    """Personnummer in every usual form; interim numbers only with a cue."""

    ENTITY = "SE_PERSONNUMMER"
    CUES = (
        "personn", "pers nr", "persnr", " pnr ", "fodelsen", "socialsecurity", " ssn ", "civicno",
        "personal number", "personid", "identitetsn", "idnummer", "interim", *SOLE_TRADER,
        "persorg",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS
    CUE_REASONS: ClassVar[dict[str, str]] = SOLE_TRADER

    def find(self, text: str) -> Iterator[Hit]:
        """Dated numbers with a right check digit, and what a cue may make one."""
        for found in identity.find(text):
            if not found.coordination:
                reasons = ("check digit", "separator") if found.separator else ("check digit",)
                yield Hit(found.start, found.end, identity.score(text, found), reasons)
        for vat in _VAT.finditer(text):
            if is_valid(vat[1]):
                yield Hit(*vat.span(1), 0.75, ("check digit", "sole trader"))
        for account in _ACCOUNT.finditer(text):
            if is_valid(account[1]):
                yield Hit(*account.span(1), 0.9, ("check digit", "personkonto"))
        for interim in _INTERIM.finditer(text):
            yield Hit(*interim.span(), 0.3, ("interim number",))
        for shortened in _SHORTENED.finditer(text):
            if is_valid("0" + shortened[0]):
                yield Hit(*shortened.span(), 0.12, ("check digit", "leading zero lost"))


PLUGIN = Personnummer

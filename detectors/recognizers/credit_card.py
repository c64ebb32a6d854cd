"""Payment cards: an issuer's prefix, its length and the check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_luhn
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "2"
_OWN = r"(?:[^0-9A-Za-z_ ]| [^0-9]| [0-9]{1,2}/[0-9]|\x00)"
"""After the last group: an IBAN has more."""
TRIGGER = (
    rf"\b[2-6][0-9]{{3}}[- ][0-9]{{4}}[- ][0-9]{{4}}[- ][0-9]{{4}}(?:[- ][0-9]{{3}})?{_OWN}"
    r"|\b3[0-9]{3}[- ][0-9]{6}[- ][0-9]{4,5}\b"
    r"|\b(4[0-9]{12}|4[0-9]{15}|4[0-9]{18}|5[0-9]{15}|2[2-7][0-9]{14}|3[0-9]{13,15}|6[0-9]{15,18})\b"
)
REACH = 32

_SHAPE = re.compile(
    r"[2-6](?<![0-9A-Za-zÅÄÖåäö_].)(?<![0-9][-.,:/+].)"
    r"(?:(?<![0-9] .)(?P<grouped>[0-9]{3}([- ])[0-9]{4}\2[0-9]{4}\2[0-9]{4}(?:\2[0-9]{3})?"
    r"|(?<=3)[0-9]{3}([- ])[0-9]{6}\3[0-9]{4,5})(?! [0-9](?![0-9]?/[0-9]))|[0-9]{12,18})"
    r"(?![0-9A-Za-zÅÄÖåäö_])(?![-.,:+/][0-9])"
)
_NOT_DIGITS = re.compile(r"[ -]")
_ISSUED = (
    (re.compile(r"4"), (13, 16, 19), "Visa"),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,), "Mastercard"),
    (re.compile(r"3[47]"), (15,), "American Express"),
    (re.compile(r"30[0-5]|36|3[89]"), (14,), "Diners Club"),
    (re.compile(r"35(?:2[89]|[3-8])"), (16,), "JCB"),
    (re.compile(r"6011|64[4-9]|65"), (16, 19), "Discover"),
    (re.compile(r"5018|50[23]|56|5893|6304|67"), (16, 19), "Maestro"),
    (re.compile(r"62"), (16, 19), "UnionPay"),
)
"""Prefixes and lengths of ISO/IEC 7812 as the issuers publish them."""


def issuer(digits: str) -> str | None:
    """Who issues cards of this prefix and length, or None."""
    return next(
        (name for head, sizes, name in _ISSUED if len(digits) in sizes and head.match(digits)), None
    )


def is_valid(number: str) -> bool:
    """Whether the string, single spaces or hyphens apart, is a card number of a known issuer."""
    digits = _NOT_DIGITS.sub("", number)
    return bool(_SHAPE.fullmatch(number)) and issuer(digits) is not None and is_luhn(digits)


class CreditCard(Recognizer):
    """Card numbers in the groups that cards print; digits alone only with a cue or label.

    Prefix, length and check digit (Luhn) are those of ISO/IEC 7812-1.
    """

    ENTITY = "CREDIT_CARD"
    CUES = (
        " kort ", " kortet ", "kortn", "betalkort", "kreditkort", "bankkort", "kontokort", " visa ",
        "visakort", "mastercard", "eurocard", " amex ", "american express", "diners", "maestro",
        " card ", "card no", "cardno", "card num", "cardnum", "credit card", "creditcard", " pan ",
        "jcb kort", "klubbkort", " kortets ", "kortkop", "kortbetal",
    )  # fmt: skip
    DOUBTS = (
        *NUMBER_DOUBTS, "imei", "iccid", " sim ", "simkort", "matarnr", "matarnum", "transaktion",
        "matpunkt", "anlaggning", "kollinr", " kwh ",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers of an issuer whose check digit is right."""
        for found in _SHAPE.finditer(text):
            if is_valid(found[0]):
                score = 0.6 if found["grouped"] else 0.25
                yield Hit(*found.span(), score, ("check digit", "issuer", "length"))


PLUGIN = CreditCard

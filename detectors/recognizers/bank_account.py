"""Swedish bank accounts: a bank's clearing number and the account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import identity
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "1"
TRIGGER = r"[1-9][0-9]{3}[-, ]|[0-9]{10}"

_CLEARING = (
    range(1100, 2500),  # Nordea, Danske, Länsförsäkringar's and other shares of the old numbers
    range(3000, 5000),  # Nordea, Länsförsäkringar
    range(5000, 10000),  # SEB, Handelsbanken, Swedbank, and the niche banks of 9xxx
)
_UNUSED = (range(9000, 9020), range(9970, 10000))
_PERSONAL = frozenset(("3300", "3782"))
_BEFORE = r"(?<![0-9A-Za-zÅÄÖåäö])(?<![0-9][-.])"
_AFTER = r"(?![0-9A-Za-zÅÄÖåäö])(?![-.:][0-9])"
_APART = re.compile(
    rf"{_BEFORE}(?P<clearing>[1-9][0-9]{{3}})(?:-[0-9](?=[ ,]))?"
    r"(?:,? ?[Kk]onto(?:nr|nummer)?[.:]{0,2} |, ?| ?- ?| )"
    rf"(?P<account>[0-9](?:[ -]?[0-9]){{5,9}}){_AFTER}"
)
_SOLID = re.compile(rf"{_BEFORE}(?P<clearing>[1-9][0-9]{{3}})(?P<account>[0-9]{{7,11}}){_AFTER}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]")


def is_clearing(number: str) -> bool:
    """Whether four digits are in the clearing numbers that banks have."""
    value = int(number)
    return any(value in share for share in _CLEARING) and not any(
        value in share for share in _UNUSED
    )


def is_valid(number: str) -> bool:
    """Whether the string is a clearing number and an account, apart or together."""
    found = _APART.fullmatch(number) or _SOLID.fullmatch(number)
    return found is not None and is_clearing(found["clearing"]) and not _DATE.match(number)


def _is_personal(found: re.Match[str]) -> bool:
    """Whether it is Nordea's personkonto: clearing 3300 and the owner's personnummer."""
    return found["clearing"] in _PERSONAL and identity.parse(found["account"]) is not None


class BankAccount(Recognizer):
    """Accounts with a cue or label; an account that is a personnummer carries its own check."""

    ENTITY = "SE_BANK_ACCOUNT"
    CUES = (
        "clearing", "kontonr", "kontonum", "konto nr", " konto ", " kontot ", "bankkont",
        "lonekont", "personkont", "sparkont", "privatkont", "bank account",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers that begin with a bank's clearing number: nearly all of them weak."""
        for shape, weak, strong in ((_APART, 0.3, 0.6), (_SOLID, 0.2, 0.4)):
            for found in shape.finditer(text):
                if not is_clearing(found["clearing"]) or _DATE.match(found[0]):
                    continue
                if _is_personal(found):
                    yield Hit(*found.span(), strong, ("check digit", "clearing number"))
                else:
                    yield Hit(*found.span(), weak, ("clearing number",))


PLUGIN = BankAccount

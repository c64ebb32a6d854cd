"""Contract ids of charging (EMAID). An EVSE id is a charger and none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detectors.recognizers.base import FAILED, Hit, Recognizer

VERSION = "3"
_COUNTRIES = (
    "AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI"
    "|SK|UK"
)
_PROVIDER = "(?:[A-Z][A-Z0-9]{2}|[0-9][A-Z][A-Z0-9]|[0-9]{2}[A-Z])"
TRIGGER = (
    rf"(?i)\b(?:{_COUNTRIES})(?:"
    r"[-*][A-Z0-9]{3}[-*](?:[A-DF-Z0-9][A-Z0-9]{8,9}\b|[A-Z0-9]{6}[-*][0-9X]\b)"
    rf"|{_PROVIDER}(?:C(?:[0-9][A-Z0-9]{{7}}|[A-Z][0-9][A-Z0-9]{{6}}|[A-Z]{{2}}[0-9][A-Z0-9]{{5}})"
    r"|[0-9]{9})[A-Z0-9]?\b)"
)
REACH = 96

_BEFORE, _AFTER = r"(?<![A-ZÅÄÖ0-9_*])(?<![A-Z0-9]-)", r"(?![A-ZÅÄÖ0-9_])(?![-*][A-Z0-9])"
_SEPARATED = re.compile(
    rf"{_BEFORE}(?P<country>{_COUNTRIES})(?P<sep>[-*])(?P<provider>[A-Z0-9]{{3}})(?P=sep)"
    rf"(?:(?P<instance>[A-Z0-9]{{9}})(?:(?P=sep)?(?P<check>[A-Z0-9]))?"
    rf"|(?P<old>[A-Z0-9]{{6}})(?P=sep)(?P<din>[0-9X])){_AFTER}",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"{_BEFORE}(?P<country>{_COUNTRIES})(?P<provider>{_PROVIDER})"
    r"(?P<instance>C(?:[0-9][A-Z0-9]{7}|[A-Z][0-9][A-Z0-9]{6}|[A-Z]{2}[0-9][A-Z0-9]{5})|[0-9]{9})"
    rf"(?P<check>[A-Z0-9])?{_AFTER}",
    re.IGNORECASE,
)
_CHARGE = re.compile(r"\bkwh\b|(?<![A-Z0-9])[A-Z]{2}\*[A-Z0-9]{3}\*E[A-Z0-9]", re.IGNORECASE)
_NEAR = 40
_RECORDED = 0.35
"""What a charge record around it adds: as much as a cue word."""
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 14


def check_character(code: str) -> str:
    """The check character of the 14 characters before it.

    eMI3 part 2 and ISO 15118-2 annex H: a character is a vector mod 2 and one mod 3; each is
    multiplied by the power of a fixed matrix that its place asks for, and all of them, the
    check character at place 15 too, add up to nothing.
    """
    twos = [divmod(_BASE36.index(character), 9) for character in code]
    binary, ternary = [0, 0], [0, 0]
    for (half, third), even, odd in zip(twos, _powers(2), _powers(3), strict=False):
        left, right = _VECTOR[half]
        binary[0] += left * even[0] + right * even[2]
        binary[1] += left * even[1] + right * even[3]
        left, right = divmod(third, 3)
        ternary[0] += left * odd[0] + right * odd[2]
        ternary[1] += left * odd[1] + right * odd[3]
    first, second = 2 * ternary[1], 2 * ternary[0] + ternary[1]
    half = _VECTOR.index((binary[0] % 2, binary[1] % 2))
    return _BASE36[9 * half + 3 * (first % 3) + second % 3]


_VECTOR = ((0, 0), (0, 1), (1, 0), (1, 1))


@cache
def _powers(modulus: int) -> tuple[tuple[int, int, int, int], ...]:
    """The powers 1 to 14 of the matrix of that modulus, row by row."""
    a, b, c, d = step = (0, 1, 1, modulus - 1)
    powers = []
    for _ in range(_LENGTH):
        powers.append((a % modulus, b % modulus, c % modulus, d % modulus))
        a, b, c, d = b, a + b * step[3], d, c + d * step[3]
    return tuple(powers)


def old_check_character(code: str) -> str:
    """The check character of DIN SPEC 91286: weights 1, 2, 4 ... over decimals, modulus 11."""
    decimals = "".join(str(_BASE36.index(character)) for character in code)
    return "0123456789X"[sum(int(d) << place for place, d in enumerate(decimals)) % 11]


def is_valid(code: str) -> bool:
    """Whether the string is an EMAID whose check character, where it has one, is right."""
    found = _SEPARATED.fullmatch(code) or _JOINED.fullmatch(code)
    return found is not None and _is_right(found) is not False


def _is_right(found: re.Match[str]) -> bool | None:
    """Whether the check character is right; None: there is none."""
    groups = {name: text.upper() for name, text in found.groupdict().items() if text}
    front = groups["country"] + groups["provider"]
    if "din" in groups:
        return old_check_character(front + groups["old"]) == groups["din"]
    if "check" in groups:
        return check_character(front + groups["instance"]) == groups["check"]
    return None


class Emaid(Recognizer):
    """Contract ids with separators and the contract's C by themselves; others beside the word."""

    ENTITY = "EMAID"
    CUES = (
        "emaid", "ema id", "evcoid", "evco id", "contract id", "contractid", "laddavtal",
        "laddkort", "laddtagg", "avtalsid", "avtals id", "id tag", "idtag", "charging card",
        "charge card", "contract certificate", " cn ", " laddning", "laddsession", "auth id",
        "authid", "idtoken", "id token", " cdr ", "charging session", "charge session",
        "charging record", "kontrakt", "laddabonnemang", "roaming", "plug charge",
        "plug and charge", "rfid",
    )  # fmt: skip
    DOUBTS = (
        "artikel", "art nr", "artnr", "order", "serie", "evse", "laddstolpe", "laddpunkt",
        "laddbox", "charger", "charge point", "kolli", "leverans", "batch", "server", " host ",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of the form, but those of chargers (type E)."""
        for found in _SEPARATED.finditer(text):
            yield from _hit(found, is_separated=True)
        for found in _JOINED.finditer(text):
            yield from _hit(found, is_separated=False)


def _hit(found: re.Match[str], *, is_separated: bool) -> Iterator[Hit]:
    instance = (found.groupdict().get("instance") or found.groupdict().get("old") or "").upper()
    if instance[0] == "E" or sum(character.isdigit() for character in instance) < 4:
        return
    right = _is_right(found)
    is_contract = len(instance) == 9 and instance[0] == "C"
    score = (0.6 if is_contract else 0.25) if is_separated else 0.25
    if right is False:
        score = score - 0.1 if is_contract else FAILED
    elif right:
        score += 0.15
    reasons = ["contract form" if is_contract else "form"]
    if right:
        reasons.append("check character")
    if is_contract and not is_separated and _is_charge(found):
        score += _RECORDED
        reasons.append("in a charge record")
    yield Hit(*found.span(), round(score, 2), tuple(reasons))


def _is_charge(found: re.Match[str]) -> bool:
    """Whether energy or a charger stands near."""
    start, end = found.span()
    text = found.string
    around = f"{text[max(0, start - _NEAR) : start]}\n{text[end : end + _NEAR]}"
    return _CHARGE.search(around) is not None


PLUGIN = Emaid

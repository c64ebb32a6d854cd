"""Numbers of Swedish passports and national identity cards, and their machine-readable zones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from detectors.recognizers.base import FAILED, NUMBER_DOUBTS, Hit, Recognizer

VERSION = "1"
TRIGGER = (
    r"\b(?:1[0-8]|2[1-9]|[3-9][0-9])[0-9]{6}\b"
    r"|\b(?:19|20)[0-9]{2}(?:00|1[3-9]|[2-9][0-9])[0-9]{2}\b"
    r"|\b[A-Z](?:[A-Z][A-Z0-9]{2}|[0-9][A-Z][A-Z0-9]|[0-9]{2}[A-Z])[0-9]{5}\b"
    r"|\b[a-z]{2}[0-9]{7}\b"
    r"|P[A-Z<]SWE[A-Z<]{39}|I[A-Z<]SWE[A-Z0-9<]{9}[0-9<]"
    r"|[0-9]SWE[0-9]{7}[MFX<][0-9]{7}|[0-9]{7}[MFX<][0-9]{7}SWE"
)
REACH = 96
"""The three lines of an identity card hang together."""

_LETTER = "A-Za-zÅÄÖåäö0-9_"
_NUMBER = re.compile(
    r"[0-9A-Z](?:(?<!\w.)(?<![0-9][-.,:/].)"
    r"(?:(?P<old>(?:(?<=1)[0-8]|(?<=2)[1-9]|(?<=[3-9])[0-9])[0-9]{6}"
    r"|(?:(?<=1)9|(?<=2)0)[0-9]{2}(?:00|1[3-9]|[2-9][0-9])[0-9]{2})"
    r"|(?<=[A-Z])(?:(?P<usual>[A-Z][0-9]{7})"
    r"|(?:[A-Z][A-Z0-9]{2}|[0-9][A-Z][A-Z0-9]|[0-9]{2}[A-Z])[0-9]{5}))"
    r"|(?<=\b[a-z]{2}[0-9])(?<![0-9][-.,:/][a-z]{2}.)(?P<small>[0-9]{6}))"
    rf"(?![{_LETTER}])(?!<[A-Z0-9<])(?![-.,:/][0-9])"
)
"""From the first digit or capital; two small letters, which few numbers have, lie behind it."""
_NAMED = re.compile(
    rf"(?<![{_LETTER}-])[Pp](?:ass(?:et|ets)?|ASS)"
    r"(?:(?:[^0-9\n.!?]{0,20},| med)? (?:nr|nummer|no))?(?: är)?[.:=,]{0,2} ?[(\"']?\Z"
)
_NEAR = re.compile(rf"(?<![{_LETTER}-])[Pp]ass(?:et|ets|port)?(?![{_LETTER}])[^0-9\n]{{0,16}}\Z")
_BEFORE = 44

_ZONE = "A-Z0-9<"
_NAME = r"P[A-Z<]SWE[A-Z<]{39}"
_PASS = (
    rf"(?P<number>[{_ZONE}]{{9}})(?P<n>[0-9])SWE(?P<birth>[0-9]{{6}})(?P<b>[0-9])[MFX<]"
    rf"(?P<expiry>[0-9]{{6}})(?P<e>[0-9])(?P<more>[{_ZONE}]{{14}}[0-9<])(?P<all>[0-9])"
)
_PASSPORT = re.compile(rf"(?<![{_ZONE}])(?:(?P<name>{_NAME})(?:\r?\n{_PASS})?)(?![{_ZONE}])")
_SECOND = re.compile(rf"(?<![{_ZONE}]){_PASS}(?![{_ZONE}])")
_CARD_FIRST = rf"I[A-Z<]SWE(?P<number>[{_ZONE}]{{9}})(?P<n>[0-9])(?P<own>[{_ZONE}]{{15}})"
_CARD_SECOND = (
    r"(?P<birth>[0-9]{6})(?P<b>[0-9])[MFX<](?P<expiry>[0-9]{6})(?P<e>[0-9])SWE"
    rf"(?P<more>[{_ZONE}]{{11}})(?P<all>[0-9])"
)
_CARD = re.compile(
    rf"(?<![{_ZONE}]){_CARD_FIRST}\r?\n{_CARD_SECOND}(?:\r?\n[A-Z<]{{30}})?(?![{_ZONE}])"
)
_VALUES = {"<": 0} | {character: int(character, 36) for character in "0123456789"}
_VALUES |= {chr(code): code - 55 for code in range(65, 91)}


def check_digit(zone: str) -> str:
    """The check digit of ICAO 9303 part 3: weights 7, 3, 1, modulus 10."""
    return str(sum(w * _VALUES[c] for w, c in zip(cycle((7, 3, 1)), zone, strict=False)) % 10)


def is_valid(number: str) -> bool:
    """Whether the string has the form of a number of the Swedish police.

    Eight digits until 2021; nine letters and digits since 2022.
    """
    return bool(_NUMBER.fullmatch(number, 2 if number[:2].islower() else 0))


def is_zone(zone: str) -> bool:
    """Whether the string is a passport's second line, or a card's first two, rightly checked."""
    found = _SECOND.fullmatch(zone) or _CARD.fullmatch(zone)
    return found is not None and _is_checked(found)


def _is_checked(found: re.Match[str]) -> bool:
    """Whether every check digit of the zone is right, the one over all of them too."""
    part = found.groupdict()
    number, birth = part["number"] + part["n"], part["birth"] + part["b"]
    expiry = part["expiry"] + part["e"]
    if "own" in part:
        whole = number + part["own"] + birth + expiry + part["more"]
    else:
        whole = number + birth + expiry + part["more"]
    pairs = (number, birth, expiry, whole + part["all"])
    return all(check_digit(zone[:-1]) == zone[-1] for zone in pairs)


class Passport(Recognizer):
    """Passport numbers beside the word, and machine-readable zones."""

    ENTITY = "SE_PASSPORT"
    CUES = (
        " passn", " pass nr", " pass num", " passets n", "passport", "nationellt id",
        "nationella id", "svenskt pass", "passkopia", "kopia av pass", " mrz ",
    )  # fmt: skip
    DOUBTS = (
        *NUMBER_DOUBTS, "arbetspass", "jourpass", "tidspass", "nattpass", "dagpass", "boarding",
        "ombord", "flyg", "matare", "kundnr", "kundnum", "bankgir", "telefon",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers, weak unless the word stands right before, and whole zones."""
        if "SWE" in text:
            yield from _zones(text)
        for found in _NUMBER.finditer(text):
            start, end = found.span()
            if found["small"]:
                start -= 2
            before = text[max(0, start - _BEFORE) : start]
            if ("ass" in before or "ASS" in before) and _is_named(found, before):
                yield Hit(start, end, 0.5, ("passport named",))
            else:
                score = 0.3 if found["usual"] else 0.25 if found["old"] else 0.2
                yield Hit(start, end, score, ("form",))


def _is_named(found: re.Match[str], before: str) -> bool:
    return bool(_NAMED.search(before) or (found["usual"] and _NEAR.search(before)))


def _zones(text: str) -> Iterator[Hit]:
    passports = []
    for found in _PASSPORT.finditer(text):
        if "<<" in found["name"]:
            passports.append(found.span())
            checked = bool(found["number"]) and _is_checked(found)
            reasons = ("machine-readable zone", "check digits")[: 1 + checked]
            yield Hit(*found.span(), 0.9 if checked else 0.7, reasons)
    for pattern in (_SECOND, _CARD):
        for found in pattern.finditer(text):
            if any(start <= found.start() < end for start, end in passports):
                continue
            if _is_checked(found):
                yield Hit(*found.span(), 0.9, ("machine-readable zone", "check digits"))
            else:
                yield Hit(*found.span(), FAILED)


PLUGIN = Passport

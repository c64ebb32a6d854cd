"""MAC addresses: six bytes of one network card, and no dump, fingerprint or clock time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
_BARE = "|".join(
    f"[0-9]{{{digits}}}[A-Fa-f][0-9A-Fa-f]{{{11 - digits}}}" for digits in range(1, 12)
)
TRIGGER = (
    r"\b[0-9A-Fa-f]{2}[:-](?:[0-9A-Fa-f]{2}[:-]){4}[0-9A-Fa-f]{2}\b"
    r"|\b[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\b"
    rf"|\b(?:[A-Fa-f][0-9A-Fa-f]{{11}}|{_BARE})\b"
)
REACH = 40

_LETTER = "A-Za-zÅÄÖåäö"
_SHAPE = re.compile(
    rf"(?<![0-9{_LETTER}_.:-])"
    r"(?:[0-9A-F]{2}(?P<mark>[:-])(?:[0-9A-F]{2}(?P=mark)){4}[0-9A-F]{2}"
    r"|(?P<dotted>[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4})|(?P<bare>(?=[0-9]{0,11}[A-F])[0-9A-F]{12}))"
    rf"(?![0-9{_LETTER}_]|[:.-][0-9{_LETTER}])",
    re.IGNORECASE,
)
_COLON_BEFORE = re.compile(
    rf"(?<=[G-Zg-zÅÄÖåäö]:)([0-9A-F]{{2}}:(?:[0-9A-F]{{2}}:){{4}}[0-9A-F]{{2}})(?![0-9{_LETTER}_:])",
    re.IGNORECASE,
)
_DUMPED = re.compile(r"[0-9a-f]{2}:[ \t]{0,4}\n[ \t]{0,16}$", re.IGNORECASE)
_GROUPS = ("01005e", "0180c2", "3333")
"""Of IPv4 and IPv6 multicast and of bridges."""


def is_valid(address: str) -> bool:
    """Whether the string is a MAC address that one device can have: not zero, not of a group."""
    found = _SHAPE.fullmatch(address)
    digits = re.sub("[^0-9a-f]", "", address.lower())
    return found is not None and len(set(digits)) > 1 and not digits.startswith(_GROUPS)


class Mac(Recognizer):
    """MAC addresses (IEEE 802, EUI-48), with `:`, `-`, Cisco's dots; bare ones with a cue."""

    ENTITY = "MAC_ADDRESS"
    CUES = ("mac", "macadress", "mac adress", "macaddr", "mac addr", "hwaddr", "bssid",
            "ethernetadress", "fysisk adress")  # fmt: skip
    DOUBTS = ("commit", " sha ", "hash", "checksum", "batch", "order", "artikel")

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses; digits alone may be times or a row of numbers, and need a cue."""
        for found in _SHAPE.finditer(text):
            if is_valid(found[0]) and not _is_dumped(text, found.start()):
                yield Hit(*found.span(), _score(found), ("form",))
        for found in _COLON_BEFORE.finditer(text):
            if is_valid(found[1]):
                yield Hit(*found.span(1), 0.75, ("form",))


def _is_dumped(text: str, start: int) -> bool:
    """Whether the line before ends in a byte and a colon, as a key's or fingerprint's does."""
    return _DUMPED.search(text, max(0, start - 24), start) is not None


def _score(found: re.Match[str]) -> float:
    has_letter = any(character.isalpha() for character in found[0])
    if found["bare"]:
        return 0.3
    if found["dotted"]:
        return 0.75 if has_letter and not found[0].replace(".", "").isalpha() else 0.3
    return 0.85 if has_letter else 0.3


PLUGIN = Mac

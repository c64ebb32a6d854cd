"""Identifiers of cookies: of Google, Meta and Matomo by form, of sessions and visitors by key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
_UUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_KEY = (
    r"(?:(?:jsession|phpsess|asp\.net_session|session|sess|cookie|kak|visitor|bes[öÖo]kar|consent"
    r"|samtyckes|anonymous)[_ -]?id|connect\.sid|\bsid|laravel_session|_hjsessionuser_[0-9]{1,10}"
    r"|_pk_id[.0-9a-f]{0,12})"
)
_WINDOWS = r"s-1-[0-9]{1,2}-"
"""A security identifier, whose name is SID too, as many session ids' is."""
_SIGN = r"(?:[\"']? {0,2}[=:] {0,2}[\"']?| )"
TRIGGER = (
    r"\bGA1\.[0-9]\.[0-9]{6}|\bGS[12]\.1\.s?[0-9]{10}|\bfb\.[0-2]\.[0-9]{13}\."
    r"|\b1\.1\.[0-9]{6,10}\.[0-9]{10}|\b[0-9]{8,10}\.1[4-9][0-9]{8}"
    rf"|(?i:{_KEY}){_SIGN}[A-Za-z0-9%]"
)
REACH = 160

_FORMS = re.compile(
    r"(?<![A-Za-z0-9.])(?:GA1\.[0-9]\.[0-9]{6,10}\.1[0-9]{9}(?![0-9])"
    r"|GS[12]\.1\.s?1[0-9]{9}[.$A-Za-z0-9]{0,60}"
    r"|fb\.[0-2]\.1[0-9]{12}\.[A-Za-z0-9_-]{4,100}"
    r"|1\.1\.[0-9]{6,10}\.1[0-9]{9}(?![0-9.]))"
)
_CLIENT = re.compile(r"(?<![A-Za-z0-9.,])[0-9]{8,10}\.1[4-9][0-9]{8}(?![0-9.,]|[A-Za-z])")
_KEYED = re.compile(
    rf"(?<![a-zåäö])(?:{_KEY}){_SIGN}(?!{_WINDOWS})({_UUID}(?![0-9a-f-])|[a-z0-9%][a-z0-9%._-]{{9,119}})",
    re.IGNORECASE,
)
_ONLY_UUID = re.compile(_UUID)
_DIGITS = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[A-Za-z]")


def is_random(value: str) -> bool:
    """Whether the value looks drawn by a machine: letters and digits mixed, not one alone."""
    mixed = _DIGITS.search(value) is not None and _LETTERS.search(value) is not None
    return mixed and len(value) >= 10 and len(set(value.replace("-", ""))) > 4


class Cookie(Recognizer):
    """Cookie ids, in the forms that Google Analytics, Meta and web frameworks document."""

    ENTITY = "COOKIE_ID"
    CUES = ("client id", "clientid", "cookie", "besokar", "visitor", " cid ", " kaka ", "analytics")
    DOUBTS = ("matvarde", " kwh ", "belopp", "summa", "order")

    def find(self, text: str) -> Iterator[Hit]:
        """Values of cookies, without their names; a client id alone needs a cue."""
        ends = set()
        for found in _FORMS.finditer(text):
            ends.add(found.end())
            yield Hit(*found.span(), 0.85, ("form",))
        for found in _CLIENT.finditer(text):
            yield Hit(*found.span(), 0.3, ("form",))
        for found in _KEYED.finditer(text):
            value = found[1].rstrip(".-_")
            if is_random(value) and found.start(1) + len(value) not in ends:
                spaced = text[found.start(1) - 1] == " " and not _has_sign(found)
                if not spaced or _ONLY_UUID.fullmatch(value):
                    yield Hit(found.start(1), found.start(1) + len(value), 0.75, ("name before",))


def _has_sign(found: re.Match[str]) -> bool:
    return any(sign in found[0][: found.start(1) - found.start()][-6:] for sign in "=:")


PLUGIN = Cookie

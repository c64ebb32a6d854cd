"""Complaints: somebody complains, disputes or claims, by the sentence's subject and verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "3"
TRIGGER = (
    r"(?i:reklamera|reklamation|klagar?|klagom|missn[Öö]jd|bestrid|bestred|besviken"
    r"|kr[Ää]ver (?:ers|kom|pen)|anm[Ää]la (?:er|oss|dem) )"
)
REACH = 400

_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(
    r"(?<![a-zåäö])(?:reklamera(?:r|de|t|des)?|klaga(?:r|de|t)?|missnöjd|bestrider|bestred|besviken"
    r"|kräver (?:ersättning|kompensation|pengarna tillbaka)|(?P<thing>klagomål|reklamation)"
    r"|anmäla (?:er|oss|dem) (?:till|hos) \w+)(?![a-zåäö])",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?<![a-zåäö])(?:jag|vi|kund(?:en)?|hon|han|hen|grannen|hyresgästen|frun|maken)(?![a-zåäö])",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?<![a-zåäö])(?:(?:min|mitt|vår|vårt|kundens|hennes|hans)|(?:lämnat|framföra|framför|lämnade)"
    r"(?: in)? ett) $",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?<![a-zåäö])(?:inte|ej|inga|inget|aldrig)(?![a-zåäö])", re.IGNORECASE)


class Complaint(Recognizer):
    """Finds what somebody complains with."""

    ENTITY = "COMPLAINT"

    def find(self, text: str) -> Iterator[Hit]:
        """Complaining words with somebody who complains; rules about complaints are none."""
        for sentence in _SENTENCE.finditer(text):
            who = _WHO.search(sentence[0])
            for hit in _WORD.finditer(sentence[0]):
                has_subject = who is not None and who.end() <= hit.start()
                if _is_complaint(sentence[0], hit, has_subject=has_subject):
                    start = sentence.start()
                    reason = "own complaint" if hit["thing"] else "somebody complains"
                    yield Hit(start + hit.start(), start + hit.end(), 0.7, (reason,))


def _is_complaint(sentence: str, hit: re.Match[str], *, has_subject: bool) -> bool:
    before = sentence[max(0, hit.start() - 40) : hit.start()]
    if hit["thing"]:
        return _OWN.search(before) is not None
    after = sentence[hit.end() : hit.end() + 40]
    near = " ".join([*before.split()[-2:], *after.split()[:1]])
    return has_subject and _NOT.search(near) is None


PLUGIN = Complaint

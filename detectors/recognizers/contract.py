"""Contracts in texts and Ediel messages: their numbers, and their terms beside a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
TRIGGER = (
    r"(?i:avtals?[- ]?(?:nu|nr|id)|avtal(?:et)? (?:nr|med nu)|avtals(?:form|typ):|bindningstid:"
    r"|(?:start|slut)da(?:g|tum):|contract (?:nu|no|id))|DTM[+]9[23]:|RFF[+]VC:"
)
REACH = 2000

_NUMBER = re.compile(
    r"(?<![a-zåäö])(?:avtals?(?:nummer|numret|nr|[- ]?id)|(?:el)?avtal(?:et)? (?:nr|med nummer)"
    r"|contract (?:number|no|id))\b\.?\s{0,3}(?:är|is)?\s{0,3}[:=#]?\s{0,9}"
    r"(?P<number>[A-Z]{0,3}-?\d[\d-]{2,14}\d(?!\d))",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?<![a-zåäö])(?:avtalsform|avtalstyp|bindningstid|(?:avtalets )?(?:startdatum|slutdatum"
    r"|startdag|slutdag)):[ \t]{0,9}[^\s\[_,;][^\n,;\[_]{0,60}",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:kund[- ]?(?:nummer|nr|id)|person(?:nummer|nr)|anläggnings[- ]?id)[:. ]+[A-Z]{0,3}-?\d{4}",
    re.IGNORECASE,
)
_NEAR = 900
"""How far from a term a customer may be named."""
_MESSAGE = re.compile(r"UNH\+[^+']*\+PRODAT.*?(?=UNH\+|$)", re.DOTALL)
_CONSUMER = re.compile(r"NAD\+UD\+[^+']*:(?:SE2:260|:89)(?=[+'])")
_FIELD = re.compile(r"(?<![A-Z])(?:DTM\+9[23]:\d{8,12}:\d{3}|RFF\+VC:[^'+:]+)'")


class Contract(Recognizer):
    """Finds what tells of one person's contract."""

    ENTITY = "CONTRACT"

    def find(self, text: str) -> Iterator[Hit]:
        """Contract numbers; terms and dates where the text or message also names a customer."""
        for hit in _NUMBER.finditer(text):
            yield Hit(*hit.span("number"), 0.75, ("cue word",))
        for hit in _TERM.finditer(text):
            if _PERSON.search(text, max(0, hit.start() - _NEAR), hit.end() + _NEAR):
                yield Hit(hit.start(), hit.start() + len(hit[0].rstrip()), 0.7, ("cue word",))
        for message in _MESSAGE.finditer(text):
            if _CONSUMER.search(message[0]):
                for hit in _FIELD.finditer(message[0]):
                    first = message.start()
                    yield Hit(first + hit.start(), first + hit.end(), 0.8, ("Ediel field",))


PLUGIN = Contract

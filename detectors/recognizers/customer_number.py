"""Customer numbers in running text and in Ediel messages; in tables their label tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
TRIGGER = r"(?i:kund[- ]?(?:nu|nr|id)|debitorn|customer (?:nu|no|id))|NAD[+](?:UD|IV)[+]"
REACH = 80

_WRITTEN = re.compile(
    r"(?<![a-zåäö])(?:kund[- ]?(?:nummer|numret|nummret|nr|id)|debitor(?:nr|nummer)"
    r"|customer (?:number|no|id))\b\.?\s{0,3}(?:är|is)?\s{0,3}[:=#]?\s{0,9}"
    r"(?P<number>[A-Z]{0,3}-?\d[\d-]{2,12}\d(?!\d)|\d{2,3}(?: \d{2,3}){1,3}(?![\d ]\d))",
    re.IGNORECASE,
)
_EDIEL = re.compile(r"NAD\+(?:UD|IV)\+(?P<number>\w[\w-]{2,19})::89(?=[+'])")


class CustomerNumber(Recognizer):
    """Finds customer numbers."""

    ENTITY = "CUSTOMER_NUMBER"

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers that the words before them call a customer's."""
        for pattern, reason in ((_WRITTEN, "cue word"), (_EDIEL, "Ediel field")):
            for hit in pattern.finditer(text):
                yield Hit(*hit.span("number"), 0.8, (reason,))


PLUGIN = CustomerNumber

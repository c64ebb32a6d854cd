"""Meter numbers: the serial of an electricity meter, beside words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "5"
TRIGGER = (
    r"(?i:m[äÄa]tar)(?i:en|ens|e)?[ _-]{0,1}(?i:nummer|numm?ret|nr|no|id|serie)"
    r"|(?i:meter)[ _-]?(?i:number|no|id|serial|nr)"
    r"|(?i:m[äÄ]taren?)(?: har nr| nr)?:? {0,2}[A-Z]{0,4}[0-9]{7}"
    r"|(?:[Mm][äÄa]tare[ns]?|[Mm]eter)\b[a-zåäö ]{0,30} (?:st[åa]r|m[äa]rkt|heter|nummer|says"
    r"|labell?ed|marked|stamped|the number|[äa]r|is)(?: det| med| is)?:? {0,2}[A-Z]{0,4}[0-9]{7}"
    r"|[Ss]ays [A-Z]{0,4}[0-9]{7,16} on (?:the|my|our) meter"
    r"|735999[0-9]{12}[\"']?[ \t;,|]{1,8}[\"']?[A-Z]{0,4}[0-9]{7}"
    r"|\b[A-Z]{3}[0-9]{8,12}\b"
    r"|RFF\+(?:MG|Z02):"
)
REACH = 120

_VALUE = (
    r"(?P<value>(?:[A-Z]{1,6}-?)?[0-9](?:[ -]?[0-9A-Z]){3,28})"
    r"(?![0-9A-Za-zÅÄÖåäö]|[.,][0-9])"
)
_CUED = re.compile(
    r"(?:(?<![A-Za-zÅÄÖåäö])|(?<=[Ee]l))(?i:"
    r"m[äa]tar(?:e|en|ens)?[ _-]?(?:serienummer|serienr|nummer|numm?ret|nr|no|id)"
    r"|meter[ _-]?(?:serial(?:[ _-]?(?:number|no|nr))?|number|no|id|nr)"
    r")\.?(?i: är| is| \([^)\n]{1,20}\))?[\"'>]?[ \t]?[:=;]?(?:\r?\n)?[ \t]?[\"']?"
    rf"{_VALUE}"
)
_EDIFACT = re.compile(r"RFF\+(?:MG|Z02):(?P<value>[0-9A-Z-]{4,30})(?=['+\n]|$)")
_BEHIND = re.compile(
    r"(?<![A-Za-zÅÄÖåäö])(?<![Aa]ntal )(?:[Ee]l|EL)?(?:[Mm]ätaren?|MÄTAREN?)"
    r"(?: har nr)?(?:: {0,2}| )(?P<value>[A-Z]{0,4}[0-9]{7,16})"
    r"(?![0-9A-Za-zÅÄÖåäö]|[.,-][0-9]| ?(?:kWh|MWh|kr|st|i|som|är)(?!\w))"
)
_TOLD = re.compile(
    r"(?<![A-Za-zÅÄÖåäö])(?:(?:[Ee]l)?(?:[Mm][äa]tare[ns]?|[Mm]eter)\b[a-zåäö ]{0,30} "
    r"(?:st[åa]r|m[äa]rkt|heter|nummer|says|labell?ed|marked|stamped|the number|[äa]r|is)"
    r"(?: det| med| is)?:?|[Ss]ays(?= [A-Z0-9]{7,20} on (?:the|my|our) meter)) {1,2}"
    r"(?P<value>[A-Z]{1,4}[0-9]{7,16}|[1-9][0-9]{7,15})"
    r"(?![0-9A-Za-zÅÄÖåäö]|[.,-][0-9]| ?(?:kWh|MWh|kr|st)(?!\w))"
)
"""What someone reads on the meter: a number too long for a reading."""
_BESIDE = re.compile(
    r"735999[0-9]{12}[\"']?[ \t;,|]{1,8}[\"']?(?P<value>[A-Z]{0,4}[0-9]{7,16})"
    r"(?![0-9A-Za-z]|[.,-][0-9])"
)
_MAKER = re.compile(r"(?<![0-9A-Za-zÅÄÖåäö-])(?P<value>[A-Z]{3}[0-9]{8,12})(?![0-9A-Za-z-])")
_WEAK = (
    (_BEHIND, 0.6, "cue word"),
    (_TOLD, 0.6, "cue word"),
    (_BESIDE, 0.2, "beside a point"),
    (_MAKER, 0.2, "maker's code"),
)
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]")
_GROUPS = re.compile(r"[0-9]{1,4}(?: [0-9]{2,4})+")


def is_valid(number: str) -> bool:
    """Whether the string can be a meter's serial: 5 to 30 characters, four of them digits.

    Source: Energiföretagen Sverige, GS1 GIAI in "Anläggnings-id och mätaridentitet"; a GIAI has at
    most 30 characters and no common check digit.
    """
    digits = sum(character.isdigit() for character in number)
    return 5 <= len(number) <= 36 and digits >= 4 and not _DATE.match(number)


class MeterNumber(Recognizer):
    """Meters' serials behind `mätarnummer` and its kin, or Ediel's `RFF+MG` and `RFF+Z02`."""

    ENTITY = "SE_METER_NUMBER"
    CUES = (
        "matarnr",
        "matarnum",
        "mataren",
        "matare",
        "matar id",
        "elmatare",
        "meter no",
        "meter nr",
    )

    def find(self, text: str) -> Iterator[Hit]:
        """The serial without its cue; never a reading, a type or a date."""
        for found in _CUED.finditer(text):
            value = _serial(found["value"])
            if is_valid(value):
                start = found.start("value")
                yield Hit(start, start + len(value), 0.8, ("cue word",))
        for pattern, score, reason in _WEAK:
            for found in pattern.finditer(text):
                if not _DAY.match(found["value"]):
                    yield Hit(*found.span("value"), score, (reason,))
        if "RFF+" in text:
            for found in _EDIFACT.finditer(text):
                if is_valid(found["value"]):
                    yield Hit(*found.span("value"), 0.8, ("segment",))


def _serial(value: str) -> str:
    """The serial alone: spaces only between groups of digits."""
    if " " not in value:
        return value
    groups = _GROUPS.match(value)
    return groups[0] if groups else value.split(" ", 1)[0]


PLUGIN = MeterNumber

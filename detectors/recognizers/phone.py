"""Phone numbers: Swedish ones in national form, all others with their country code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from detectors.identity import is_crowded
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = f"1 phonenumbers {phonenumbers.__version__}"
TRIGGER = r"0[1-9][0-9]?[0-9]?\)? ?[-/ ]? ?[0-9]{2}|\+[1-9]|00[1-9]|7[02369][0-9]{7}"

_LETTER = "A-Za-zÅÄÖåäö"
_BEFORE = rf"(?<![0-9{_LETTER}+])(?<![0-9][-.:/])"
_AFTER = rf"(?![0-9{_LETTER}])(?![-.:][0-9])"
_ABROAD = re.compile(
    rf"(?<![0-9{_LETTER}+])(?:\+|00)[1-9][0-9]{{0,2}}(?: ?\(0\))?(?:[ .-]?[0-9]){{6,12}}{_AFTER}"
)
_SPACED = re.compile(
    rf"{_BEFORE}(?:\(0[1-9][0-9]{{0,2}}\) ?|0[1-9][0-9]{{0,2}}(?: ?[-/] ?| ))"
    rf"(?:[0-9]{{2,3}}(?:(?: [0-9]{{2,4}}){{1,3}}|(?:-[0-9]{{2,3}}){{1,3}})|[0-9]{{5,8}}){_AFTER}"
)
_SOLID = re.compile(rf"{_BEFORE}0[1-9][0-9]{{6,9}}{_AFTER}")
_SHORTENED = re.compile(rf"{_BEFORE}7[02369][0-9]{{7}}{_AFTER}")
_DATE = re.compile(r"[0-3][0-9][-/ ][01][0-9][-/ ](?:(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9]))")
_LAST_GROUP = re.compile(r"[ .-][0-9]+$")


@lru_cache(maxsize=65536)
def _kind(number: str) -> int | None:
    """The number's type, or None where no country has such a number."""
    try:
        parsed = phonenumbers.parse(number.replace("(0)", " "), "SE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return int(phonenumbers.number_type(parsed))


def is_valid(number: str) -> bool:
    """Whether the string is a phone number as dialled from Sweden."""
    return _kind(number) is not None


def _longest(number: str) -> str | None:
    """The number without what follows it in the same row of digits, or None."""
    while not is_valid(number):
        shorter = _LAST_GROUP.sub("", number)
        if shorter == number or sum(map(str.isdigit, shorter)) < 8:
            return None
        number = shorter
    return number


def _abroad(text: str) -> Iterator[Hit]:
    for found in _ABROAD.finditer(text):
        number = _longest(found[0])
        if number is None:
            continue
        span = found.start(), found.start() + len(number)
        if number.startswith("00") and " " in number and is_crowded(text, *span):
            continue
        if number.startswith("+"):
            yield Hit(*span, 0.85, ("country code",))
        elif number.startswith("0046"):
            yield Hit(*span, 0.75, ("country code",))
        else:
            # digits that begin with zeros may be any padded number
            yield Hit(*span, 0.3 if number.isdigit() else 0.6, ("country code",))


def _national(text: str) -> Iterator[Hit]:
    for found in _SPACED.finditer(text):
        only_spaces = not re.search(r"[-/()]", found[0])
        if _DATE.match(found[0]) or (only_spaces and is_crowded(text, *found.span())):
            continue
        number = _longest(found[0])
        if number is not None:
            score = 0.6 if only_spaces else 0.75
            yield Hit(found.start(), found.start() + len(number), score, ("separator",))
    for found in _SOLID.finditer(text):
        kind = _kind(found[0])
        if kind is not None:
            mobile = kind == phonenumbers.PhoneNumberType.MOBILE
            yield Hit(*found.span(), 0.45 if mobile else 0.3, ("number plan",))
    for found in _SHORTENED.finditer(text):
        if is_valid("0" + found[0]):
            yield Hit(*found.span(), 0.12, ("number plan", "leading zero lost"))


class Phone(Recognizer):
    """Phone numbers that a country's number plan holds; digits alone only with a cue or label."""

    ENTITY = "PHONE_NUMBER"
    CUES = (
        "telefon", " tel ", " tfn ", "mobil", " mob ", "phone", " ring ", " sms ", " fax ",
        "msisdn", "telnr", "tel nr", "tfnnr", "vaxel", "ringa ", " ringt ", " nas pa ", "swish",
    )  # fmt: skip
    DOUBTS = NUMBER_DOUBTS

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers by their written form, checked against the number plan."""
        yield from _abroad(text)
        yield from _national(text)


PLUGIN = Phone

"""Swedish identity numbers: their written forms, dates and check digits.

Form and check digit: Skatteverket, SKV 704 (personnummer) and SKV 707 (samordningsnummer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detectors import lexicon
from detectors.checkdigits import is_luhn
from detectors.recognizers.base import Hit

YEARS = range(1890, 2036)
"""Birth years that a number written with its century may hold; no clock, so results stay equal."""

BIRTHDAY = "(?:0[1-9]|[12][0-9]|3[01])"
"""The day of a personnummer."""
SHIFTED = "(?:[678][0-9]|9[01])"
"""The day of a samordningsnummer: 60 added, and 60 alone for a day that nobody knows."""
BORDER = r"(?:\b|_)"
"""For triggers: an end of a word, or the underscore of a file's name."""

_LETTER = "A-Za-zÅÄÖåäö"
_BEFORE = (
    rf"(?<![0-9{_LETTER}][0-9])(?<![0-9][-.][0-9])(?<![0-9][0-9A-Fa-f]{{3}}-[0-9])"
    r"(?<![ (:\t\n]\+[0-9])"
)
"""Behind the first digit, so that `re` can skip to that."""
_ACCOUNT = "3300"
"""Nordea's clearing number of personkonton: the owner's number follows."""
_IN_ACCOUNT = rf"(?:{_BEFORE}|(?<=(?<![0-9]){_ACCOUNT}[0-9])|(?<=(?<![0-9]){_ACCOUNT}-[0-9]))"
_AFTER = rf"(?![0-9{_LETTER}])(?!-[0-9]|-[0-9A-Fa-f]{{4}}-|\.(?!0{{1,2}}\b)[0-9])"
_CENTURY = "(?:(?<=18|19|20)(?:[0-9]{2}| [0-9]{2}(?= )))?"
_SEPARATOR = r"(?:-\r?\n ?| ?[-+] ?| )?"
_LAST = "[0-9]{4}|(?<=[- ])[0-9]{2} [0-9]{2}"
"""The last four, perhaps in pairs as they are dictated."""
_GAP = r"(?:\2|(?<=[0-9]{2} [0-9]{2}))"
"""Between month and day: as after the year, or nothing in `1998 0923-2391`."""
_BOXES = (
    r"(?P<gap> ?\| ?| {1,2})[0-9](?:(?P=gap)[0-9]){4,6}"
    r"(?:(?P=gap)?-)?(?P=gap)?[0-9](?:(?P=gap)[0-9]){3}"
)
"""What follows the first digit where a form has a box for each."""
_GAPS = str.maketrans("", "", " |")
_MONTHS = {BIRTHDAY: "(?:0[1-9]|1[0-2])", SHIFTED: "(?:0[0-9]|1[0-2])"}
_COORDINATION = 60
_RECENT = 2005
"""Dates before are hardly ever those of an event in a log."""
_MONTH = range(1, 13)
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_VATS = {
    day: re.compile(
        rf"SE(?<![0-9{_LETTER}]SE) ?([0-9]{{2}}{month}{day}[0-9]{{4}}) ?01(?![0-9{_LETTER}])"
    )
    for day, month in _MONTHS.items()
}
_ROW = re.compile(r" (?![0-9]{6}[-+ ]?[0-9]{4}(?![0-9]))[0-9]{1,7}(?:[.,][0-9]{1,6})?(?![-/0-9:])")
_PHONE = re.compile(r" {1,3}0[0-9]{1,3}[-/ ]")
_UNIT = re.compile(r" ?(?:[kM]?Wh?|kr|SEK|EUR|m3|st|kl)\b|:-")
_OPENING = "([{\"'>,;|:=\t"
_CLOSING = ")]}\"'<,;|.?!\t\r\n"
_BESIDE = 16
_NAME = re.compile(rf"[A-ZÅÄÖ][a-zåäöéü]{{1,12}}(?=[^{_LETTER}éü])")
_DRAWN = re.compile(r"(?i:\britning(?:en)?|bokföringsorder)(?: nr\.?)?:? $")
_RECORDED = re.compile(
    r"(?i:\b(?:inspelning(?:en|ar|arna)?|(?:ljud|video|logg|export)?fil(?:en|er|erna)?|backup|export"
    r"|körning(?:en)?|mätserie(?:n)?|klipp|logg(?:en)?|dump|snapshot|recording|file|job))"
    r":? (?:[0-9]{6}-[0-9]{4}(?:, | och ))?$"
)
_NAMED_BACK = 32
_OF_A_FILE = 0.4
_FILE_AFTER = re.compile(r"\.(?:wav|mp[34]|csv|log|txt|zip|xml|gz|bak|json|xlsx?)\b")
_INDEX = re.compile(r"(?:^|\n)[0-9]{1,3} $")


TRADER = ("check digit", "sole trader")
_CHECKED = ("check digit",)
_SEPARATED = ("check digit", "separator")

SPREAD = "spread"
"""Separator of a number in pairs of digits, or with each digit by itself."""
MARKED = "spread-"
"""The same with a dash before the last four."""


def _written(month: str, day: str) -> str:
    """What follows the first digit, but for `_BOXES`."""
    return rf"([0-9]{_CENTURY})([-./ ]?)({month}){_GAP}({day})({_SEPARATOR})({_LAST})"


_WHOLE = re.compile(rf"[0-9](?:{_written('[0-9]{2}', '[0-9]{2}')}|{_BOXES})")


class Forms(NamedTuple):
    """What finds numbers of one kind of day."""

    plain: re.Pattern[str]
    in_account: re.Pattern[str]
    """Finds them within account numbers too."""

    @classmethod
    def of(cls, day: str, others: str = "(?!)") -> Forms:
        """`others`: what else may follow the first digit, each with a name."""
        number = rf"(?:{_written(_MONTHS[day], day)}|{_BOXES}){_AFTER}"
        shapes = (f"[0-9]{before}(?:{number}|{others})" for before in (_BEFORE, _IN_ACCOUNT))
        return cls(*map(re.compile, shapes))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Matches for `read`, never inside longer digits or words."""
        return (self.in_account if _ACCOUNT in text else self.plain).finditer(text)


def trigger(day: str) -> str:
    """Where a number of that kind of day may stand, sole traders' VAT numbers too."""
    month, gap = _MONTHS[day], "[ |]{1,3}"
    ten = "[0-3]" if day == BIRTHDAY else "[6-9]"
    return (
        rf"{BORDER}(?:(?:SE ?|3300)?(?:18|19|20)?[0-9]{{2}}{month}{day}{_SEPARATOR}"
        rf"|(?:18|19|20)?[0-9]{{2}}[-./]{month}[-./]{day}(?:-\r?\n ?| ?[-+] ?| )"
        rf"|(?:18|19|20)[0-9]{{2}} {month}{day} ?[-+] ?"
        rf"|(?:(?:18|19|20) ?)?[0-9]{{2}} {month} {day}{_SEPARATOR})"
        rf"[0-9]{{2}} ?[0-9]{{2}}(?:{BORDER}|01\b)"
        rf"|\b(?:[12]{gap}[089]{gap})?[0-9]{gap}[0-9]{gap}[01]{gap}[0-9]{gap}{ten}{gap}[0-9]"
        rf"[ |-]{{1,7}}[0-9](?:{gap}[0-9]){{3}}\b"
    )


class Identity(NamedTuple):
    """A personnummer or samordningsnummer with a right birth number and check digit."""

    start: int
    end: int
    year: int | None
    """With century, where that is written."""
    month: int
    day: int
    """As in the date: 60 is taken off a samordningsnummer's."""
    dated: bool
    """Whether the calendar has that day; an old samordningsnummer may lack it."""
    coordination: bool
    separator: str
    """`-`, `+`, a space, `iso` for a date with dashes and one more, `dated` for a date with marks
    and a space, `apart` for a date with spaces and one more, `pairs` for such a date and a dash,
    `SPREAD`, `MARKED`, or "" for digits only."""
    last: str

    @property
    def is_timestamp(self) -> bool:
        """Whether its digits may as well be `yyyymmddHHMM`, or `yymmddHHMMSS` of 2018 and 2019."""
        year = self.year
        if year is None or self.coordination or self.last[2:] >= "60":
            return False
        if year >= 2000:
            return self.last < "2400"
        return year % 100 in _MONTH and self.day < 24 and self.last < "6000"


def _is_date(year: str, month: int, day: int) -> bool:
    """Whether some calendar has that day; `year` of two digits is of this century or the last."""
    if not 0 < month <= 12 or not 0 < day <= _DAYS[month]:
        return False
    # 2000 was a leap year and 1900 was none
    return day < 29 or month != 2 or (int(year) % 4 == 0 and year not in ("1800", "1900"))


def read(found: re.Match[str]) -> Identity | None:
    """The identity number of a match, if its date and check digit are right."""
    head, dash, mm, dd, separator, last = found.group(1, 2, 3, 4, 5, 6)
    if head is None:
        return _boxed(found)
    start, end = found.span()
    head = found.string[start] + head
    if len(separator) > 1:
        separator = separator.strip()
    if len(last) > 4:
        if dash not in ("", " "):
            return None
        last = last[:2] + last[3:]
        head = head.replace(" ", "")
        separator = MARKED if separator == "-" else SPREAD
    elif dash:
        separator = _parted(found, dash, separator)
    if separator is None or last < "0010" or not is_luhn(head[-2:] + mm + dd + last):
        return None
    month, day = int(mm), int(dd)
    coordination = day >= _COORDINATION
    if coordination:
        day -= _COORDINATION
    dated = (0 < day < 29 and 0 < month <= 12) or _is_date(head, month, day)
    # samordningsnummer were also given for an unknown day (60) or month (00), or with a day that
    # the month lacks: 7 % of the published test numbers
    if not dated and not (coordination and month <= 12 and day <= 31):
        return None
    year = int(head) if len(head) == 4 else None
    return Identity(start, end, year, month, day, dated, coordination, separator, last)


def _parted(found: re.Match[str], dash: str, separator: str) -> str | None:
    """How a number is written whose date is in parts; None: as nobody writes one."""
    is_marked = separator in ("-", "+")
    if found.end(3) == found.start(4) and not (is_marked and len(found[1]) == 3):
        return None
    if separator == " ":
        return "apart" if dash == " " else "dated"
    if not is_marked:
        return None
    if dash == " ":
        return "pairs"
    return "iso" if dash == "-" else separator


def _boxed(found: re.Match[str]) -> Identity | None:
    number = parse(found[0].translate(_GAPS))
    if number is None:
        return None
    separator = MARKED if number.separator else SPREAD
    return number._replace(start=found.start(), end=found.end(), separator=separator)


def parse(number: str) -> Identity | None:
    """The identity number that the whole string is, or None."""
    found = _WHOLE.fullmatch(number)
    return read(found) if found else None


def traders(text: str, day: str) -> Iterator[tuple[int, int]]:
    """Spans of the identity numbers inside sole traders' VAT numbers."""
    for vat in _VATS[day].finditer(text):
        if parse(vat[1]) is not None:
            yield vat.span(1)


def is_crowded(text: str, start: int, end: int) -> bool:
    """Whether plain numbers stand one space before or after: a row of them.

    The number that begins a line counts it, and a phone or date after it is another column.
    """
    if text[end : end + 1] == " " and _ROW.match(text, end):
        return True
    if text[start - 1 : start] != " " or not text[max(0, start - 2) : start - 1].isdigit():
        return False
    return not _INDEX.search(text, max(0, start - 5), start)


def _is_row(text: str, identity: Identity) -> bool:
    """Whether groups of digits are a table's: numbers beside, or a line of their own."""
    start, end = identity.start, identity.end
    alone = text[start - 1 : start] in "\n" and text[end : end + 1] in "\n"
    return alone or is_crowded(text, start, end)


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether marks on both sides make it a field of its own: brackets, quotes, commas."""
    before, after = text[max(0, start - 2) : start].rstrip(" "), text[end : end + 1]
    return before[-1:] in _OPENING and before != "" and after in _CLOSING


def _is_beside_person(text: str, identity: Identity) -> bool:
    """Whether a given name stands beside digits alone that are no mobile number and no time."""
    start, end, last = identity.start, identity.end, identity.last
    if identity.coordination or text.startswith("07", start):
        return False
    if last < "2400" and last[2:] < "60" and text[start] in "123":
        return False
    names = _NAME.findall(text, max(0, start - _BESIDE), start)
    names += _NAME.findall(text, end, end + _BESIDE)
    return any(lexicon.given(name) >= 100 for name in names)


def is_spread_row(text: str, start: int, end: int) -> bool:
    """Whether more digits stand beside digits that are spread: a row of small numbers."""
    before = text[max(0, start - 4) : start].rstrip(" |-+")
    after = text[end : end + 4].lstrip(" |")
    return before[-1:].isdigit() or (after[:1].isdigit() and not _PHONE.match(text, end))


def _of_date(text: str, identity: Identity) -> float:
    """How far a date and four digits after a space speak for an identity number."""
    start, end = identity.start, identity.end
    if _is_row(text, identity) or _UNIT.match(text, end):
        return 0.3
    if identity.coordination and identity.separator == "dated":
        return 0.75
    if identity.year is not None and (identity.separator == "apart" or identity.year < _RECENT):
        return 0.55
    # a late date is rather that of the reading or the time after it
    return 0.55 if _is_own(text, start, end) else 0.4


def _is_file(text: str, identity: Identity) -> bool:
    """Whether a word right before, or a file's ending, says that a date and a time name a thing."""
    if identity.separator != "-" or identity.year is not None:
        return False
    start, end = identity.start, identity.end
    before = text[max(0, start - _NAMED_BACK) : start]
    if _DRAWN.search(before):
        return True
    if identity.last >= "2400" or identity.last[2:] >= "60" or text[start] > "3":
        return False
    if _FILE_AFTER.match(text, end) or _RECORDED.search(before):
        return True
    return before[-1:] == "+" and text[end : end + 1] == ":"


def score(text: str, identity: Identity) -> float:
    """How far the written form speaks for an identity number: a check digit alone never enough.

    0: it is no number of its own.
    """
    if identity.separator in (SPREAD, MARKED):
        if is_spread_row(text, identity.start, identity.end):
            return 0.0
        return 0.6 if identity.separator == MARKED else 0.3
    if text.startswith(":SE2:", identity.end):
        # PRODAT's code for it: Svenska kraftnät, Ediel-anvisning PRODAT, field 227
        return 0.9
    if identity.year is not None and identity.year not in YEARS:
        return 0.35
    century = identity.year is not None
    match identity.separator:
        case "":
            form = 0.75 if century else 0.55 if _is_beside_person(text, identity) else 0.4
        case " ":
            form = 0.65 if century else 0.55
            if is_crowded(text, identity.start, identity.end):
                form = 0.3
        case "pairs":
            form = 0.3 if is_crowded(text, identity.start, identity.end) else 0.8
        case "apart" | "dated":
            form = _of_date(text, identity)
        case "iso" if not century:
            form = 0.55
        case _:
            form = 0.95 if century else 0.9
    if identity.is_timestamp:
        form = min(form, 0.45 if identity.separator else 0.4)
    return form if identity.dated else form - 0.2


def claim(found: re.Match[str], *, coordination: bool) -> Hit | None:
    """The hit of a match, if it is an identity number of that kind and stands by itself."""
    number = read(found)
    if number is None or number.coordination is not coordination:
        return None
    strength = score(found.string, number)
    if not strength:
        return None
    if _is_file(found.string, number):
        strength = min(strength, _OF_A_FILE)
    reasons = _SEPARATED if number.separator else _CHECKED
    return Hit(number.start, number.end, strength, reasons)

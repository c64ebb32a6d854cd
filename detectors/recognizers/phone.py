"""Phone numbers: Swedish ones in national form, all others with their country code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

import phonenumbers

from detectors import lexicon, things
from detectors.identity import is_crowded, is_spread_row
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = f"12 phonenumbers {phonenumbers.__version__}"

_AREA = "(?:08|0[1-9][0-9]{1,2})"
_JOINT = r"(?:-\r?\n|\) ?-? ?| ?[-/] ?|\.)"
TRIGGER = (
    rf"\b{_AREA}{_JOINT}[1-9][0-9](?:[ .-]?[0-9]){{3}}"
    r"|\b(?:08|0[1-9][0-9]) [1-9][0-9](?:[ -]?[0-9]){3}"
    r"|\b0[1-9][0-9]{2} [1-9](?:[0-9]{1,2}(?:[ -][0-9]{2,3}){1,2}|[0-9]{4,5})\b"
    rf"|\b07[0-9]{{1,2}}{_JOINT}0[0-9](?:[ .-]?[0-9]){{3}}|\b07[0-9] 0[0-9](?:[ -]?[0-9]){{5}}\b"
    r"|\b07[0-9]{2} 0(?:[0-9]{1,2}(?:[ -][0-9]{2,3}){1,2}|[0-9]{4,5})\b"
    rf"|\b{_AREA}-[0-9]{{3}}(?: [0-9]{{2,3}})?\r?\n ?[0-9]{{2,3}}\b"
    r"|(?:\b|_)0[1-9][0-9]{6,8}\b|(?:\+|%2[Bb]|\b00)[1-9](?:[ .()-]{0,3}[0-9]){7}"
    r"|\b(?:46)?7[023689][0-9]{7}\b"
    r"|\b07[02369](?:[0-9]{2} [0-9]{5}|[0-9]{3} [0-9]{4}|[0-9]{4} [0-9]{3})\b"
    r"|\b0[ |]{0,3}7(?:[ |]{1,3}|[0-9]{1,2} )[0-9](?:[ |]{0,3}[0-9]){5}"
)
REACH = 40

_LETTER = "A-Za-zÅÄÖåäö"
_CODED = r"(?<=COM\+{0})"
_FREE = rf"(?:(?<![0-9{_LETTER}+]{{0}})|{_CODED})"
"""Behind the first character, so that `re` can skip to that: no digit, letter or plus before it,
but EDIFACT's element of a COM segment."""
_BEFORE = _FREE + "(?<![0-9][-.:]{0})"
_SOLID_BEFORE = (
    _FREE + "(?<![0-9][-.:/]{0})(?:(?<![0-9],{0})|(?<=[0-9]{{4}},{0})|(?<=-[0-9]{{2}},{0}))"
)
_AFTER = rf"(?![0-9{_LETTER}])(?![-.:][0-9])"
_CODE = "(?:8|[1-9][0-9]{1,2})"
_UNIT = re.compile(
    r" ?(?:[kKMGT]?[Ww]h?|k?VAr?|kr|SEK|öre|EUR|kronor|m[3³]|liter|st|km|ton|kg|A|V|[MG]?J|pulse?r?"
    r"|imp(?:ulser)?|[mnµ]s|varv|steg|ticks)\b"
)
"""What digits right before are counted in."""
_COUNTRY = (
    r"[1-9][0-9]{0,2}\)?(?: ?\([0-9]{1,3}\))?(?:[0-9]|[ .][0-9]| ?- ?[0-9]){6,12}"
    r"(?![0-9])(?![-.:][0-9])"
)
_PLUS = re.compile(rf"\+{_FREE.format('[+]')}{_COUNTRY}")
_ZEROS = re.compile(rf"0{_BEFORE.format('0')}0{_COUNTRY}")
_ENCODED = re.compile("%2[Bb]([1-9][0-9]{7,14})(?![0-9])")
"""The plus of a URL's parameter."""
_GROUPS = (
    r"[0-9]{2,4}(?: [0-9]{2,4}){1,3}|[0-9]{2,3}(?:-[0-9]{2,3}){1,3}|[0-9]{5} [0-9]{2}(?![0-9])"
    r"|[0-9]{5,8}"
)
_APART = (
    r"(?P<apart>(?=[ |]|7[ |]|7[0-9]{1,2}(?: [0-9]{2,4}){0,3} [0-9] )"
    r"[ |]{0,3}7(?:[ |]{0,3}[0-9]){8})"
)
"""A mobile number in pairs from its first digit, with a digit by itself, or one a box."""
_SPACED = re.compile(
    rf"0{_BEFORE.format('0')}(?:{_APART}|{_CODE}(?: ?[-/] ?| )(?:{_GROUPS})"
    rf"|[1-9][0-9]{{1,2}}(?:\.[0-9]{{2,3}}){{2,3}}){_AFTER}"
)
_BRACKETED = re.compile(rf"\({_BEFORE.format('[(]')}{_AREA}\) ?-? ?(?:{_GROUPS}){_AFTER}")
_BROKEN = re.compile(
    rf"0{_BEFORE.format('0')}{_CODE}-(?:\r?\n ?(?:{_GROUPS})"
    rf"|[0-9]{{2,3}}(?: [0-9]{{2,3}}){{0,2}}\r?\n ?[0-9]{{2,3}}(?: [0-9]{{2}})?){_AFTER}"
)
_SOLID = re.compile(
    rf"[047](?=[0-9]{{7}}){_SOLID_BEFORE.format('[047]')}(?:(?<=0)[1-9][0-9]{{6,8}}{_AFTER}"
    rf"|(?:(?<=7)|(?<=4)67)[023689][0-9]{{7}}(?![0-9{_LETTER}])"
    r"(?![-:][0-9]|\.(?!0{1,2}\b)[0-9]))"
)
"""Digits alone, with their 0 or without it, or with the country code."""
_HALVES = re.compile(
    rf"0{_BEFORE.format('0')}7[02369](?:[0-9]{{2}} [0-9]{{5}}|[0-9]{{3}} [0-9]{{4}}"
    rf"|[0-9]{{4}} [0-9]{{3}}){_AFTER}"
)
"""A mobile number with one space somewhere, as it is read off."""
_NAMED = re.compile(
    rf"(?<![{_LETTER}])(?i:fr|fr[åa]n|from|till?|to|src|dst|dest|caller|callee|calling|called|sender"
    r"|recipient|avs[äa]ndare|mottagare|uppringd|[ab][-_]?(?:nr|nummer|number))"
    r"[\"']? ?[:=] ?[\"']?$"
    r"|(?i:input_value|value)='$|(?<![0-9A-Za-zÅÄÖåäö.])[TMD]: ?$"
    rf"|(?i:mobil|telefon|phone)[{_LETTER}]{{0,12}}[.:?!]?\r?\n[{_LETTER}]{{1,12}}: $"
)
"""What names a party of a call, or asks for a number that is then given."""
_KEY_ENDS, _QUOTES, _APART_FROM = frozenset(":="), frozenset("\"'"), frozenset(" (")
_BEFORE_SAID = frozenset(",.:?!)|-*>")
_THING = re.compile(
    "(?:[a-zåäö-]n(?:umme)?re?t?|id|kod(?:en)?|serien?"
    "|(?:faktura|order|paket|ärende|leverans|avtal|artikel|kolli|sändning|beställning|bokning|post"
    "|ritning|objekt|anläggning|mätare|station|projekt|konto|kund|produkt|enhet)[a-zåäö]{0,3})$"
)
"""What names digits right after it as something else."""
_TOWN = re.compile(
    rf"(?<![0-9])[1-9][0-9]{{2}} ?[0-9]{{2}} {{1,2}}[A-ZÅÄÖ][{_LETTER} -]{{1,20}}"
    r"[\"',;\t\r\n ]{1,6}$"
)
_CALLED = re.compile(r"(?:\A|\n)[0-2]?[0-9][:.][0-5][0-9] \Z")
_TOLD = re.compile(r" [a-zåäö]{3,}")
"""Around a number, a line of a log of calls: when, and what was said."""
_DATE = re.compile(r"[0-3][0-9][-/ ][01][0-9][-/ ](?:(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9]))")
_LAST_GROUP = re.compile(r"[ .-][0-9]+$")
_MARKS = str.maketrans("", "", " -/().|\r\n")
_MARKED = frozenset("-/().")
_FIRM = frozenset("-/()")
_FOURS = re.compile("0[0-9]{3} [0-9]{4}(?![0-9])")
"""Four and four digits: readings padded with zeros."""
_READING = re.compile(r"(?:^|[^0-9:/.,-])[0-9]{1,7} $")
_ROW = re.compile(r" [0-9]{1,7}(?:[.,][0-9]+)?(?![-/0-9:])")
_ZERO = re.compile(r"\(?0[0-9]{1,3}[^0-9]+0")
"""No subscriber's number begins with 0, but for mobile ones."""
_WORD = re.compile(rf"[{_LETTER}éüÉÜ]{{2,20}}")
_BESIDE = REACH
_OF_A_THING = 0.12
"""Score of what a noun says to be a thing's number: only a column's label knows better."""
_NEAR = 16
"""How far after digits a name is theirs."""
_SHORT = 8
"""Digits of a fixed number that a case's number may have too."""
_MOST = 11
"""Digits that no signed quantity has."""
_EDIFACT = (":TE", ":AL", ":FX")
"""EDIFACT's codes of a COM segment: telephone, mobile, fax."""
_CODED_COUNTRY = ("country code",)
_SEPARATED = ("separator",)
_BROKEN_LINE = ("separator", "broken line")
_PLANNED = ("number plan",)
_SENDER = ("number plan", "beside a person")
_ZERO_LOST = ("number plan", "leading zero lost")
_KINDS = (
    "mobile", "fixed_line", "toll_free", "premium_rate", "shared_cost", "personal_number", "pager",
    "uan", "voicemail",
)  # fmt: skip


@cache
def _plan() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Sweden's number plan as libphonenumber has it: all numbers after the 0, and mobile ones."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region("SE")
    kinds = (getattr(plan, kind, None) for kind in _KINDS)
    numbers = [getattr(kind, "national_number_pattern", None) or "(?!)" for kind in kinds]
    either = "|".join(f"(?:{number})" for number in numbers)
    return re.compile(either, re.ASCII), re.compile(numbers[0], re.ASCII)


@lru_cache(maxsize=8192)
def _is_foreign(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "SE"))
    except phonenumbers.NumberParseException:
        return False


def is_valid(number: str) -> bool:
    """Whether the string is a phone number as dialled from Sweden."""
    digits = number.replace(" ", "").replace("-", "")
    if not digits[1:].isdigit():
        digits = digits.translate(_MARKS)
    if digits[:3] == "+46":
        digits = digits[3:].removeprefix("0")
    elif digits[:4] == "0046":
        digits = digits[4:].removeprefix("0")
    elif digits[:1] == "0" != digits[1:2]:
        digits = digits[1:]
    else:
        return _is_foreign(number)
    return _plan()[0].fullmatch(digits) is not None


def _longest(number: str) -> str | None:
    """The number without what follows it in the same row of digits, or None."""
    while not is_valid(number):
        shorter = _LAST_GROUP.sub("", number)
        if shorter == number or sum(map(str.isdigit, shorter)) < 8:
            return None
        number = shorter
    return number


@lru_cache(maxsize=8192)
def _possible(number: str) -> str | None:
    """The number, if a country has ones of that length: libphonenumber knows not every series."""
    if sum(map(str.isdigit, number)) < _MOST or number.startswith("+46"):
        return None
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(parsed) else None


def _abroad(text: str, prefix: re.Pattern[str]) -> Iterator[Hit]:
    for found in prefix.finditer(text):
        if found[0][1:].isdigit() and _UNIT.match(text, found.end()):
            continue
        number = _longest(found[0])
        start = found.start()
        if number is None:
            possible = _possible(found[0]) if prefix is _PLUS else None
            if possible:
                yield Hit(start, start + len(possible), 0.55, _CODED_COUNTRY)
            continue
        end = start + len(number)
        if number[0] == "+":
            yield Hit(start, end, 0.85, _CODED_COUNTRY)
        elif " " in number and is_crowded(text, start, end):
            continue
        elif number.startswith("0046"):
            yield Hit(start, end, 0.75, _CODED_COUNTRY)
        else:
            # digits that begin with zeros may be any padded number
            yield Hit(start, end, 0.3 if number.isdigit() else 0.6, _CODED_COUNTRY)


def _is_row(text: str, start: int, end: int) -> bool:
    """Whether groups with spaces alone may be a row of readings."""
    if text[start + 4] == " " and _FOURS.match(text, start):
        return True
    if text[start - 2 : start - 1].isdigit() and _READING.search(text[max(0, start - 9) : start]):
        return True
    return text[end : end + 1] == " " and _ROW.match(text, end) is not None


def _is_other(text: str, written: str, start: int, end: int) -> bool:
    """Whether a number's form is a date's, a row's or no subscriber's."""
    if written[2] in "-/ " and _DATE.match(written):
        return True
    if written[1] != "7" and _ZERO.match(written):
        return True
    return _MARKED.isdisjoint(written) and _is_row(text, start, end)


def _separated(text: str) -> Iterator[Hit]:
    spaced = _SPACED.finditer(text)
    for found in chain(spaced, _BRACKETED.finditer(text)) if "(" in text else spaced:
        written = found[0]
        start, end = found.span()
        if found.lastgroup:
            if is_valid(written) and not is_spread_row(text, start, end):
                yield Hit(start, end, 0.3, _PLANNED)
            continue
        if _is_other(text, written, start, end):
            continue
        number = _longest(written)
        if number is None:
            continue
        if not _FIRM.isdisjoint(number):
            yield Hit(start, start + len(number), 0.75, _SEPARATED)
        elif number == written:
            yield Hit(start, end, 0.6, _SEPARATED)
    if "\n" in text:
        for found in _BROKEN.finditer(text):
            head = found[0].partition("\n")[0]
            if not is_valid(head) and is_valid(found[0]):
                yield Hit(*found.span(), 0.7, _BROKEN_LINE)


def _beside(text: str, start: int, end: int) -> str | None:
    """What beside digits alone says that they are somebody's number."""
    if text.startswith(_EDIFACT, end):
        return "Ediel code"
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if _is_named(before):
        return "party of a call"
    if "@" in before or "@" in after:
        return "beside a person"
    if _TOWN.search(before):
        return "beside an address"
    near = f"{before}|{after[:_NEAR].rpartition(' ')[0]}"
    if any(word.istitle() and lexicon.given(word) >= 100 for word in _WORD.findall(near)):
        return "beside a person"
    return None


def _is_named(before: str) -> bool:
    """Whether what stands before ends in a name of a number."""
    return before.rstrip(" \"'")[-1:] in _KEY_ENDS and _NAMED.search(before) is not None


def _is_said(text: str, start: int) -> bool:
    """Whether a mobile number's digits stand in a sentence or list, and no word names them else."""
    before = text[max(0, start - _BESIDE) : start]
    if before[-1:] in _QUOTES:
        before = before[:-1]
    if before[-1:] not in _APART_FROM:
        return False
    said = before.rstrip(" (")
    if not said[-1:].isalpha() and said[-1:] not in _BEFORE_SAID:
        return False
    return _THING.search(said.rstrip(".:#(\"' ").rpartition(" ")[2].lower()) is None


def _is_sender(text: str, start: int, end: int) -> bool:
    """Whether a fixed number's digits stand in a signature: beside its sign or an e-mail."""
    before = text[max(0, start - _BESIDE) : start]
    return "@" in before or "@" in text[end : end + _BESIDE] or _is_named(before)


def _mobile(text: str, start: int, end: int) -> Hit:
    """A mobile number by what stands beside it alone."""
    beside = _beside(text, start, end)
    if beside:
        return Hit(start, end, 0.55, ("number plan", beside))
    called = _CALLED.search(text, max(0, start - _SHORT), start) and _TOLD.match(text, end)
    return Hit(start, end, 0.5 if called or _is_said(text, start) else 0.45, _PLANNED)


def _halves(text: str) -> Iterator[Hit]:
    """Mobile numbers with one space at an odd place."""
    for found in _HALVES.finditer(text):
        start, end = found.span()
        if not is_crowded(text, start, end):
            yield _mobile(text, start, end)


def _solid(text: str) -> Iterator[Hit]:
    for found in _SOLID.finditer(text):
        start, end = found.span()
        first = text[start]
        if first == "0":
            numbers, mobile = _plan()
            if mobile.fullmatch(text, start + 1, end):
                yield _mobile(text, start, end)
            elif numbers.fullmatch(text, start + 1, end):
                if end - start > _SHORT and _is_sender(text, start, end):
                    yield Hit(start, end, 0.55, _SENDER)
                else:
                    yield Hit(start, end, 0.3, _PLANNED)
        elif first == "7":
            yield Hit(start, end, 0.2, _ZERO_LOST)
        elif _is_named(text[max(0, start - _BESIDE) : start]):
            yield Hit(start, end, 0.55, ("country code", "party of a call"))
        else:
            yield Hit(start, end, 0.4, _CODED_COUNTRY)


class Phone(Recognizer):
    """Numbers that a country's number plan holds (PTS; ITU-T E.164, E.123).

    Digits alone stand only with a cue, a label or a person beside.
    """

    ENTITY = "PHONE_NUMBER"
    CUES = (
        "telef", " tel ", " tfn ", "mobil", " mob ", "phone", " ring ", " sms ", " fax ",
        "msisdn", "telnr", "tel nr", "tfnnr", "vaxel", "ringa ", " ringt ", " nas pa ", "swish",
        " ringde ", " ringer ", " smsa ", " numret ", " nas ", "nas enklast",
        "kund pa ", "kunden pa ", "henne pa ", "honom pa ", "kod skicka", "koden skicka", " telf ",
        "uppring", "hans nummer", "hennes nummer",
        "mitt nummer", "ditt nummer", "bytt nummer", "nytt nummer", "pa nummer ", " call ",
        " cell ", "kontakta ", " nar pa ", " nar mig ", " na mig ", "anmalare", "aterkoppla",
        " kontakt ", "kontaktp", "kontaktn", " fragor ", "callback", "call back", " contact ",
        " reach ", " direkt ", " dir ", " direct ", "whatsapp", " samtal ", "journummer", " ankn",
        "mitt nr", "hans nr", "hennes nr", "nytt nr", "vidarekoppl", "koppla om ", "kopplas till ",
        "omkopplad till ", "jourlista", "jourtelefon", "jourlinje", " jour ", " bakjour ",
        "framjour", "beredskap", "chef i bered", "reception ", "receptionen ", "felanmalan ",
        "engangskod", "arens nummer", "orens nummer", "antens nummer", "mannens nummer", " tib ",
    )  # fmt: skip
    DOUBTS = (
        *NUMBER_DOUBTS, " konto ", " kontot ", "kontonr", "kontonum", "bankgiro", "plusgiro",
        "bestallning", "ritning", "drawing", " lopn", " s n ", "projekt ", "projektet ", "projektn",
        "projektkod", "aktivitet ", "littera", "kostnadsstalle ", "ackordskod", "artikelgrupp",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers by their written form, checked against the number plan."""
        for hit in _found(text):
            if text[hit.start] == "0" and things.is_number(text, hit.start, hit.end):
                yield hit._replace(score=min(hit.score, _OF_A_THING))
            else:
                yield hit


def _found(text: str) -> Iterator[Hit]:
    """Numbers whatever a noun before says."""
    if "+" in text:
        yield from _abroad(text, _PLUS)
    if "%2" in text:
        for found in _ENCODED.finditer(text):
            if is_valid(f"+{found[1]}"):
                yield Hit(*found.span(1), 0.75, _CODED_COUNTRY)
    if "00" in text:
        yield from _abroad(text, _ZEROS)
    yield from _separated(text)
    yield from _solid(text)
    if "07" in text:
        yield from _halves(text)


PLUGIN = Phone

"""Every written form of an identifier: texts are folded, then compared in linear time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from scanner.subject import HALF, IDENTITY, NUMBERS, Identifier, Kind

BREAK = "\x1e"
"""Between values that are searched together; no form crosses it."""

_LETTERS = "åäöÅÄÖéÉèüÜøØæÆáÁëïçñóí"
_TYPES = ("cp1252", "latin-1")
_GARBLED = {
    letter.encode().decode(code): letter
    for code in _TYPES
    for letter in _LETTERS
    if not set(letter.encode()) & ({0x81, 0x8D, 0x8F, 0x90, 0x9D} if code == "cp1252" else set())
}
_MOJIBAKE = re.compile("|".join(map(re.escape, _GARBLED)))
_PLAIN = {
    **dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63], "-"),
    **dict.fromkeys([0xA0, 0x2007, 0x202F, 0x2009, 0x2002, 0x2003, 0x2005, 0x3000], " "),
    **dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F], ""),
    **{ord("ø"): "ö", ord("æ"): "ä", ord("Ø"): "ö", ord("Æ"): "ä"},
}
_LOST = "[?\ufffd]{1,2}|aa|ae|oe"
_DIGITS = "(?<![0-9])", "(?![0-9])"
_WORD = "(?<![a-z0-9])", "(?![a-z0-9])"
_CUES = {
    Kind.CUSTOMER_NUMBER: re.compile("kund|customer|cust|client|abonnent"),
    Kind.CONTRACT_NUMBER: re.compile("avtal|contract|kontrakt"),
    Kind.CASE_NUMBER: re.compile("arende|case|ticket"),
    Kind.METERING_POINT: re.compile("anlagg|matpunkt|metering|facility|gsrn|uttagspunkt"),
    Kind.METER_NUMBER: re.compile("matar|meter"),
}
_REACH = 60


def fold(text: str) -> str:
    """The text as it is compared: small letters without marks, one dash, one space.

    Newlines and `BREAK` stay one for one; other positions may shift.
    """
    if text.isascii():
        return text.lower()
    text = _MOJIBAKE.sub(lambda found: _GARBLED[found[0]], text.translate(_PLAIN))
    spread = unicodedata.normalize("NFKD", text).casefold()
    if spread.isascii():
        return spread
    return "".join(c for c in spread if not unicodedata.combining(c)).translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Sight:
    """An identifier seen in a folded text."""

    identifier: Identifier
    start: int
    end: int
    is_weak: bool
    """A number that means nothing where it stands, or a name or an address."""

    @property
    def kind(self) -> Kind:
        """The identifier's kind."""
        return self.identifier.kind


@dataclass(frozen=True)
class Seeker:
    """Looks for one subject's identifiers."""

    identifiers: tuple[Identifier, ...]

    def __getstate__(self) -> dict[str, tuple[Identifier, ...]]:
        """What travels to a worker: patterns are compiled there."""
        return {"identifiers": self.identifiers}

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """What is known of the subject."""
        return frozenset(identifier.kind for identifier in self.identifiers)

    def of(self, *kinds: Kind) -> Iterator[Identifier]:
        """The identifiers of some kinds."""
        return (identifier for identifier in self.identifiers if identifier.kind in kinds)

    def candidates(self, values: tuple[str, ...]) -> set[int]:
        """Indexes of the values that may belong to a row of the subject's."""
        joined = BREAK.join(values)
        if joined.count(BREAK) != len(values) - 1:
            joined = BREAK.join(value.replace(BREAK, " ") for value in values)
        text = fold(joined)
        starts = {hit.start() for each in self.identifiers for hit in _hint(each).finditer(text)}
        found: set[int] = set()
        index = place = 0
        for start in sorted(starts):
            index += text.count(BREAK, place, start)
            place = start
            found.add(index)
        return found

    def sights(self, text: str) -> Iterator[Sight]:
        """Where the identifiers stand in a folded text."""
        for each in self.identifiers:
            for hit in pattern(each).finditer(text):
                yield Sight(each, *hit.span(), is_weak=_is_weak(each, text, hit.start()))

    def is_own(self, text: str) -> bool:
        """Whether an identifier that is more than a name or an address stands in the text."""
        folded = fold(text)
        return any(
            pattern(each).search(folded) for each in self.identifiers if each.kind not in HALF
        )


def is_distinctive(identifier: Identifier) -> bool:
    """Whether the identifier cannot be mistaken for another number, wherever it stands."""
    value = identifier.value
    if identifier.kind in HALF:
        return False
    if identifier.kind not in NUMBERS:
        return True
    return len(value) >= 12 or (len(value) >= 6 and not value.replace("-", "").isdigit())


def _is_weak(identifier: Identifier, text: str, start: int) -> bool:
    if is_distinctive(identifier):
        return False
    if identifier.kind in HALF:
        return True
    before = text[max(0, start - _REACH) : start]
    return not _CUES[identifier.kind].search(before[before.rfind("\n") + 1 :])


@cache
def pattern(identifier: Identifier) -> re.Pattern[str]:
    """Matches every written form of the identifier in a folded text, and nobody else's."""
    kind, value = identifier.kind, identifier.value
    if kind in IDENTITY:
        return re.compile(_identity(value))
    if kind is Kind.METERING_POINT and value.isdigit() and len(value) >= 12:
        return re.compile(_DIGITS[0] + "[ -]?".join(value) + _DIGITS[1])
    written = {Kind.PHONE: _phone, Kind.EMAIL: _email, Kind.NAME: _name, Kind.ADDRESS: _address}
    return re.compile(written.get(kind, _token)(value))


@cache
def _hint(identifier: Identifier) -> re.Pattern[str]:
    """As `pattern`, but a surname alone hints at a name: its parts may stand in two columns."""
    if identifier.kind is Kind.NAME:
        return re.compile(_WORD[0] + spelled(_names(identifier.value)[-1]) + _WORD[1])
    if identifier.kind is Kind.ADDRESS:
        return re.compile("(?!)")
    return pattern(identifier)


def _identity(digits: str) -> str:
    century, rest = (digits[:2], digits[2:]) if len(digits) == 12 else ("(?:18|19|20)", digits)
    year, month, day, last = rest[:2], rest[2:4], rest[4:6], rest[6:]
    account = "(?:3300[ -]{0,3})?"  # a Nordea personkonto is its owner's number
    return (
        f"{_DIGITS[0]}{account}(?:{century} ?)?{year}[ -]?{month}[ -]?{day}"
        f" {{0,2}}[-+]? {{0,2}}{last}{_DIGITS[1]}"
    )


def _phone(number: str) -> str:
    between = "[ ./()-]{0,2}"
    if number.startswith("+46"):
        prefix, rest = rf"(?:(?:\+|00)?46{between}(?:\(?0\)?)?|0)", number[3:]
    else:
        prefix, rest = r"(?:\+|00)", number[1:]
    return _DIGITS[0] + prefix + between + between.join(rest) + _DIGITS[1]


def _email(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return (
        "(?<![a-z0-9_])(?<![a-z0-9_][.%+-])"
        + spelled(local, dash="-")
        + r"(?:\+[a-z0-9._-]{1,64})?@"
        + spelled(domain, dash="-")
        + r"(?![a-z0-9_-]|\.[a-z0-9])"
    )


def _token(value: str) -> str:
    return (
        rf"(?<![a-z0-9])(?<![0-9][-/]){re.escape(fold(value))}"
        r"(?![a-z0-9])(?![-/][0-9])(?![.,][0-9]{1,2}(?![0-9]))"
    )


def _name(value: str) -> str:
    first, *_, last = (spelled(part) for part in _names(value))
    gap = "[ \t\n]{1,3}"
    middle = rf"(?:{gap}[a-z-]{{1,20}}\.?){{0,2}}"
    return rf"{_WORD[0]}(?:{first}{middle}{gap}{last}|{last},{gap}{first}){_WORD[1]}"


def _address(value: str) -> str:
    return "|".join(_places(value))


def _places(value: str) -> Iterator[str]:
    """Street with number, postcode with town: either tells the same door or its street."""
    text = re.sub(r"\s+", " ", value)
    post = re.search(r"(?<!\d)(?:SE?-)?(\d{3}) ?(\d{2}) +([^\d,]+)$", text.strip())
    street = re.match(r"([^\d,]+?) +(\d+) ?([A-Za-z]?)\b", text[: post.start()] if post else text)
    if street:
        name, number, letter = spelled(street[1]), street[2], fold(street[3])
        yield rf"{_WORD[0]}{name}[ ]{{1,2}}{number}[ ]?{letter}{_WORD[1]}"
    if post:
        town = spelled(post[3].strip())
        yield rf"{_DIGITS[0]}{post[1]} ?{post[2]}[ ,;\t\n]{{1,3}}{town}{_WORD[1]}"
    if not street and not post:
        yield _WORD[0] + spelled(text) + _WORD[1]


def _names(value: str) -> list[str]:
    if "," in value:
        last, _, first = value.partition(",")
        value = f"{first} {last}"
    return value.split()


def spelled(text: str, dash: str = "[ -]") -> str:
    """A pattern for the text, folded; a letter that is not ASCII may have been lost."""
    return "".join(
        re.escape(fold(c)) if c.isascii() else f"(?:{re.escape(fold(c))}|{_LOST})" for c in text
    ).replace(r"\-", dash)


def name_words(value: str) -> frozenset[str]:
    """The folded words of a name."""
    return frozenset(re.findall(r"[^\W\d_]+", fold(value)))


def terms(identifiers: tuple[Identifier, ...]) -> tuple[str, ...]:
    """What a source is asked for: letters and digits, a space where anything may stand between."""
    found: dict[str, None] = {}
    for each in identifiers:
        if each.kind in IDENTITY:
            digits = each.value[-10:]
            found[f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"] = None
        elif each.kind is Kind.PHONE:
            found[" ".join(each.value.removeprefix("+46").lstrip("+"))] = None
        elif each.kind is Kind.METERING_POINT and each.value.isdigit():
            found[" ".join(each.value)] = None
        elif each.kind is Kind.NAME:
            found[_loose(_names(each.value)[-1])] = None
        elif each.kind is not Kind.ADDRESS:
            found[_loose(each.value)] = None
    return tuple(found)


def _loose(text: str) -> str:
    return re.sub("[^A-Za-z0-9]+", " ", text).strip()

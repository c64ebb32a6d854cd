"""The person that a search is about: what is known of them, validated and never shown."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from detectors import identity, phones


class SubjectError(Exception):
    """The subject cannot be used. One line: key, what, how to mend; never a value."""


class Kind(StrEnum):
    """What an identifier is; its value is the key in the subject's TOML."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    CUSTOMER_NUMBER = "customer_number"
    CONTRACT_NUMBER = "contract_number"
    CASE_NUMBER = "case_number"
    METERING_POINT = "metering_point"
    METER_NUMBER = "meter_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"

    @property
    def word(self) -> str:
        """What Swedish readers call it."""
        return _WORDS.get(self, self.value)

    @property
    def entity(self) -> str:
        """What detectors call it."""
        return _ENTITIES[self]


_WORDS = {
    Kind.CUSTOMER_NUMBER: "kundnummer",
    Kind.CONTRACT_NUMBER: "avtalsnummer",
    Kind.CASE_NUMBER: "ärendenummer",
    Kind.METERING_POINT: "anläggnings-id",
    Kind.METER_NUMBER: "mätarnummer",
    Kind.EMAIL: "e-post",
    Kind.PHONE: "telefon",
    Kind.NAME: "namn",
    Kind.ADDRESS: "adress",
}
_ENTITIES = {
    Kind.PERSONNUMMER: "SE_PERSONNUMMER",
    Kind.SAMORDNINGSNUMMER: "SE_SAMORDNINGSNUMMER",
    Kind.CUSTOMER_NUMBER: "CUSTOMER_NUMBER",
    Kind.CONTRACT_NUMBER: "CONTRACT",
    Kind.CASE_NUMBER: "CORRESPONDENCE",
    Kind.METERING_POINT: "SE_METERING_POINT_ID",
    Kind.METER_NUMBER: "SE_METER_NUMBER",
    Kind.EMAIL: "EMAIL_ADDRESS",
    Kind.PHONE: "PHONE_NUMBER",
    Kind.NAME: "PERSON",
    Kind.ADDRESS: "SE_ADDRESS",
}
IDENTITY = frozenset({Kind.PERSONNUMMER, Kind.SAMORDNINGSNUMMER})
"""What one person alone has, for life."""
HALF = frozenset({Kind.NAME, Kind.ADDRESS})
"""What many share: never enough alone."""
NUMBERS = frozenset(
    {Kind.CUSTOMER_NUMBER, Kind.CONTRACT_NUMBER, Kind.CASE_NUMBER, Kind.METER_NUMBER}
    | {Kind.METERING_POINT}
)
"""The company's own numbers."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing that the subject is known by."""

    kind: Kind
    value: str
    """Normal form: digits of a number, E.164 of a phone, else as given."""
    via: tuple[str, ...] = ()
    """Kinds, in words, of the identifiers that led here; none: it was given."""
    since: str = ""
    until: str = ""
    """ISO dates between which it is the subject's, where that is known."""

    @property
    def chain(self) -> str:
        """How it was come by: `personnummer → kundnummer`."""
        return " → ".join((*self.via, self.kind.word))

    def __repr__(self) -> str:
        """Its kind only: values must not reach logs."""
        return f"Identifier({self.kind})"


@dataclass(frozen=True, slots=True)
class Subject:
    """The person that a search is about."""

    identifiers: tuple[Identifier, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of identifiers given, each once."""
        given = {identifier.kind for identifier in self.identifiers}
        return tuple(kind for kind in Kind if kind in given)


def parse(text: str) -> Subject:
    """The subject that a TOML text describes. Raises `SubjectError`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at (line \d+|end of document)", str(error))
        raise SubjectError(
            f'subject: not valid TOML ({at[1] if at else "syntax"}); write key = "value"'
        ) from None
    return subject_of(table)


def subject_of(table: Mapping[str, object]) -> Subject:
    """The subject that keys with a text or a list of texts describe. Raises `SubjectError`."""
    found = dict.fromkeys(
        _identifier(kind, text)
        for key, stated in table.items()
        for kind in [_kind(key)]
        for text in _texts(key, stated)
    )
    kinds = {identifier.kind for identifier in found}
    if kinds <= HALF and kinds != HALF:
        raise SubjectError(
            "subject: too little to tell a person by; add a personnummer, a customer number, an"
            " e-mail or phone, or both name and address"
        )
    return Subject(tuple(found))


def _kind(key: str) -> Kind:
    try:
        return Kind(key)
    except ValueError:
        close = difflib.get_close_matches(key, list(Kind), n=1)
        hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(Kind)}"
        shown = key if re.fullmatch("[a-zåäö_-]{1,40}", key) else "one of its keys"
        raise SubjectError(f"subject: {shown}: unknown key; {hint}") from None


def _texts(key: str, stated: object) -> list[str]:
    texts = stated if isinstance(stated, list) else [stated]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise SubjectError(f'subject: {key}: must be a text or a list of texts, in quotes: "..."')
    return [str(text).strip() for text in texts]


def _identifier(kind: Kind, text: str) -> Identifier:
    if kind in IDENTITY:
        return _identity(kind, text)
    return Identifier(kind, _normal(kind, text))


def _normal(kind: Kind, text: str) -> str:
    match kind:
        case Kind.PHONE:
            return _phone(text)
        case Kind.EMAIL:
            if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", text):
                raise SubjectError("subject: email: not an e-mail address; write a@example.se")
            return text
        case Kind.NAME:
            if len(_words(text)) < 2:
                raise SubjectError("subject: name: write given name and surname")
            return text
        case Kind.ADDRESS:
            if not re.search(r"[0-9]", text):
                raise SubjectError(
                    "subject: address: write street and number, postcode and town:"
                    ' "Storgatan 1, 123 45 Ort"'
                )
            return text
    return _number(kind, text)


def _identity(kind: Kind, text: str) -> Identifier:
    """A number under either key: many call both kinds personnummer, and the day tells."""
    spelled = re.sub(r"[\s\u2010-\u2015\u2212]", lambda m: "" if m[0].isspace() else "-", text)
    found = identity.parse(spelled)
    if found is None:
        raise SubjectError(
            f"subject: {kind}: not a valid number (date or check digit); check how it is typed"
        )
    told = Kind.SAMORDNINGSNUMMER if found.coordination else Kind.PERSONNUMMER
    return Identifier(told, re.sub("[^0-9]", "", spelled))


def _phone(text: str) -> str:
    number = phones.e164(text)
    if number is None:
        raise SubjectError("subject: phone: not a phone number; write it like 070-174 06 05")
    return number


def _number(kind: Kind, text: str) -> str:
    value = re.sub(r"\s", "", text)
    if kind is Kind.METERING_POINT and re.fullmatch(r"[\d\s-]+", text):
        value = re.sub("[^0-9]", "", text)
    if not is_telling(value):
        raise SubjectError(f"subject: {kind}: too short to search for; write the whole number")
    return value


def is_telling(value: str) -> bool:
    """Whether a number of the company's is long and varied enough to be somebody's."""
    return 4 <= len(value) <= 40 and len(set(re.sub(r"\D", "", value))) >= 2


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", name) if word]

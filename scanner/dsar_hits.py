"""What a search finds in one resource, and what must never be shown of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from detectors import columns, labels
from scanner.dsar_forms import Seeker, fold
from scanner.subject import Identifier, Kind

LINE = 300
"""Characters of a text that are shown around what was found, about."""
MASKED = "[maskerat]"


class Certainty(StrEnum):
    """How sure it is that a hit is the subject's."""

    CERTAIN = "certain"
    """An identity number, or the company's own number for the customer."""
    LIKELY = "likely"
    """A phone, an e-mail or a metering point, which others may share, or a name with an address."""


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One value that is the subject's. Never printed: only the answer holds it."""

    source: str
    key: str
    location: str
    row: int | None
    """Counted from 1; None in a text."""
    entity: str
    """What it is; "" where no label and no earlier scan tells."""
    value: str
    via: str
    certainty: Certainty


@dataclass(slots=True)
class Haul:
    """What one resource gave."""

    hits: list[Hit] = field(default_factory=list)
    leads: dict[Identifier, None] = field(default_factory=dict)
    """Numbers that lead further."""
    shared: set[str] = field(default_factory=set)
    """Metering points and meters of the subject's that another customer's row names too."""
    is_protected: bool = False
    """The subject's own data bears a mark of protected identity."""


_PROTECTED = re.compile(
    r"(?<!ingen )(?<!ej )(?<!inte )(?:sekretessmark|skyddad(?:e)? (?:folkbokf|identitet|uppgift"
    r"|personuppgift|adress)|kvarskriv|fingerade person|hemligt nummer)\w*+"
    r"(?! ?[:=] ?(?:nej|ingen|inga|no|none|false|0)\b)"
)
_UNSET = {
    "",
    "0",
    "0.0",
    "n",
    "nej",
    "no",
    "false",
    "falskt",
    "ingen",
    "none",
    "null",
    "-",
    "saknas",
}

_OTHERS = re.compile(
    "handlaggar|saljar|skapadav|createdby|updatedby|andradav|registreradav|uppdateradav|ansvarig"
    "|agent|operator|montor|tekniker|attest|medsok|sambo|maka|^make|ombud|fullmakt|godman"
    "|forvaltar|vardnad|^barn|spouse|child|guardian|kontaktperson|granne|coapplicant|salesperson"
)
_PHONE = re.compile(
    r"(?<![\d.,+-])(?:(?:\+|00)\d{2}[ -]?(?:\(0\))?[ -]?[1-9](?:[ /-]?\d){6,9}"
    r"|0[1-9]\d{0,2}[ /-]?\d(?:[ -]?\d){4,7})(?![\d-])"
)
_IDENTITY = re.compile(
    r"(?<!\d)(?:(?:18|19|20)?\d\d(?:0\d|1[0-2])\d\d[-+– ]?\d{4}|\d{4}-\d\d-\d\d-\d{4})(?!\d)"
)
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def is_protected(text: str) -> bool:
    """Whether a folded text says that somebody's identity is protected."""
    return _PROTECTED.search(text) is not None


def is_set(label: str, value: str) -> bool:
    """Whether a column of marks of protected identity says so of the row."""
    return "PROTECTED_IDENTITY" in columns.entities_of(label) and fold(value).strip() not in _UNSET


def is_of_others(label: str) -> bool:
    """Whether the column is about somebody else: staff, a relative, an agent."""
    return _OTHERS.search("".join(labels.tokens(label))) is not None


def masked(text: str, seeker: Seeker) -> str:
    """The text without other people's identity numbers, e-mails and phones."""
    for pattern in (_EMAIL, _IDENTITY, _PHONE):
        text = pattern.sub(lambda found: found[0] if seeker.is_own(found[0]) else MASKED, text)
    return text


def around(line: str, pattern: re.Pattern[str]) -> str:
    """A line, or of a long one the stretch that the pattern fits."""
    if len(line) <= LINE:
        return line.strip()
    for start in range(0, len(line), LINE // 2):
        piece = line[start : start + LINE]
        if pattern.search(fold(piece)):
            return f"… {piece.strip()} …"
    return f"{line[:LINE].strip()} …"


def entity_of(label: str) -> str:
    """What a column of this label holds, as far as the label tells."""
    for named in (labels.strong(label), labels.weak(label)):
        if named:
            return min(named)
    return "CORRESPONDENCE" if is_case(label) else ""


def is_case(label: str) -> bool:
    """Whether the label names a case's number."""
    return bool(
        {"arendenummer", "arendeid", "caseid", "casenumber", "ticketid"} & {*labels.keys(label)}
    )


def leads_of(label: str) -> Iterator[Kind]:
    """The kinds of numbers in a column of this label that lead further."""
    named = columns.entities_of(label)
    whole = "".join(labels.tokens(label))
    for kind in (Kind.CUSTOMER_NUMBER, Kind.METERING_POINT, Kind.METER_NUMBER):
        if kind.entity in named:
            yield kind
    if "CONTRACT" in named and whole.endswith(("id", "nummer", "number", "no")):
        yield Kind.CONTRACT_NUMBER
    if is_case(label):
        yield Kind.CASE_NUMBER

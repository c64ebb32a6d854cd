"""What the words of a name mean together: labels, tables' names and schemas' comments.

A compound is cut into its words, each word stands for a concept (`data/meanings.toml`), and the
last concept that is more than a head says what is held: `fakturaadress` is an address, `kundnr` a
customer's number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from detectors import compounds

UNKNOWN = compounds.UNKNOWN
_HEADS = frozenset(
    {"number", "date", "amount", "state", "bound", "count", "text", "name", "reason", "way", "unit"}
    | {"whole", "link", "year", "month", "customer", "person", "staff", "area", "dwelling", "first"}
    | {"family", "full", "household", "relative", "contact", "holder", "reference", "file"}
    | {"decision", "row", "audit", "username", "serialnumber", "title", "billing", "delivery"}
    | {"okay", "url"}
    | {"careof", "which", "adult", "party", "register", "listing", "score", "span", "source"}
)
"""Concepts that do not say what is held, but how it is told or whose it is."""
_AMOUNTS = frozenset(
    {
        "amount",
        "date",
        "bound",
        "valid",
        "price",
        "product",
        "count",
        "year",
        "month",
        "whole",
        "link",
    }
    | {"decision", "income", "row", "step", "balance"}
)
"""Heads whose columns tell of what the table is about: `invoices.amount`."""
_ASIDE = frozenset({"whole", "link", "bound", "which", "valid", "span"})
_LASTING = frozenset({"CONTRACT", "CONSENT", "EMPLOYEE_RECORD"})
"""What is valid for a time: a card's or permit's time says nothing of sessions."""
UNPRICED = frozenset({"CONSENT", "CREDIT_RATING", "EMPLOYEE_RECORD"})
"""What has no price: in a table of courses or credit answers it is what we pay for them."""
_EMPTY = frozenset({"whole", "link", "which", "span"})
SPREAD = frozenset(
    {"CONTRACT", "INVOICE", "PAYMENT_HISTORY", "DEBT_COLLECTION", "PURCHASE", "CREDIT_RATING"}
    | {"CHARGING_SESSION", "CONSENT", "EMPLOYEE_RECORD", "ELECTRICITY_CONSUMPTION"}
)
"""What amounts and dates are, in a table of such."""
_WRITTEN = frozenset(
    {"SE_ADDRESS", "EMAIL_ADDRESS", "PHONE_NUMBER", "SE_PERSONNUMMER", "SE_APARTMENT_NUMBER"}
    | {"SE_PROPERTY_DESIGNATION", "CREDIT_CARD", "SE_VEHICLE_REGISTRATION", "IP_ADDRESS"}
)
"""What has a written form, which its kinds and states have not: `address_type`."""
_ABOUT = frozenset({"state", "audit", "okay"})
"""Heads that tell of it what it is not itself: `sms_sent`."""
_OWNED = _WRITTEN | frozenset(
    {"CUSTOMER_NUMBER", "COORDINATES", "ELECTRICITY_CONSUMPTION", "SE_METER_NUMBER"}
    | {"SE_METERING_POINT_ID", "DATE_OF_BIRTH", "EMPLOYEE_RECORD", "CORRESPONDENCE"}
)
"""What is told before whose it is."""
_TOLD_OF = _WRITTEN | {"CREDENTIAL"}
"""What is sent, checked and changed: `password_changed_at`."""
_SOMEBODY = frozenset(
    {"customer", "person", "holder", "party", "contact", "staff", "relative", "driver", "calling"}
    | {"recruitment", "employment", "absence"}
)
"""Whose names are those of persons,"""
_NO_NAMES = frozenset({"firm", "grid", "system", "product", "supplier", "state", "unit", "town"})
"""but not what these are called."""
_PLURAL = ("kunder", "s")
"""Ends of words for several customers: a column of that name counts them."""
_UNSAID = frozenset({"grid", "file", "system"})
"""Concepts of a table's or schema's name that make nothing of a head in it: `nat.agare`."""
_CALLED = frozenset({"property", "card", "police"})
"""What has a number that is none of a table's rows."""
_CODED = frozenset(
    {"customer", "customernumber", "facility", "meter", "charging", "employment", "person"}
    | {"household", "postcode", "apartment", "personnumber", "birth"}
)
"""What has a code of its own; of all else a code is the kind."""
_WHOSE = frozenset({"customer", "holder", "person", "driver", "facility", "apartment", "contact"})
"""Last words that say whose it is, behind what has a written form: `personnr_betalare`."""
_DEALS = frozenset(
    {"CONTRACT", "INVOICE", "PURCHASE", "WEB_ACTIVITY", "CHARGING_SESSION", "PAYMENT_HISTORY"}
    | {"EMPLOYEE_RECORD"}
)
"""What kinds and states say little of."""
_DONE_BY = (("av",), ("by",))
"""Last words of labels that say who did something, not what."""
_PHRASE = (3, 2)
"""Words of a phrase that is listed as one: `opt_out`."""


class Meaning(NamedTuple):
    """What a name says: entities that it names outright, and those that it may mean."""

    strong: frozenset[str]
    weak: frozenset[str]
    likely: frozenset[str] = frozenset()
    """Of the weak ones those that stand beside a word which is not known."""


_NOTHING = Meaning(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of `meanings.toml`, turned to be asked."""

    topics: Mapping[str, frozenset[str]]
    hints: Mapping[str, frozenset[str]]
    pairs: tuple[tuple[frozenset[str], str], ...]
    """Concepts and their entity, "" for nobody's; those of most concepts first."""


@cache
def _lists() -> _Lists:
    file = resources.files("detectors") / "data" / "meanings.toml"
    data: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    pairs = [(frozenset(said.split()), "") for said in data["nobodys"]["pairs"]]
    for entity, listed in data["pairs"].items():
        pairs += [(frozenset(said.split()), entity) for said in listed]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[1]))
    return _Lists(
        _turned(data["topics"]),
        _turned(data["hints"]),
        tuple(pairs),
    )


def _turned(listed: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entity, concepts in listed.items():
        for concept in concepts:
            found.setdefault(concept, set()).add(entity)
    return {concept: frozenset(entities) for concept, entities in found.items()}


def known() -> frozenset[str]:
    """Every entity that some name may mean."""
    lists = _lists()
    named = (entities for index in (lists.topics, lists.hints) for entities in index.values())
    return frozenset(entity for _, entity in lists.pairs if entity).union(*named)


def concepts(words: Sequence[str]) -> tuple[str, ...]:
    """The concepts of folded words, in order; phrases are joined and compounds cut."""
    words = _phrased(words)
    found = [concept for word in words for concept in compounds.cut(word)]
    for at, concept in enumerate(found):
        if concept == "code":
            found[at] = "number" if at and found[at - 1] in _CODED else "state"
    if "of" in words:  # `date of birth` is a birth date
        at = len(
            [concept for word in words[: words.index("of")] for concept in compounds.cut(word)]
        )
        found = found[at:] + found[:at]
    return tuple(found)


def _phrased(words: Sequence[str]) -> Sequence[str]:
    """The words, those joined that are listed as one."""
    listed = compounds.known()
    found: list[str] = []
    at = 0
    while at < len(words):
        joined = ((size, "".join(words[at : at + size])) for size in _PHRASE)
        joined = ((size, word) for size, word in joined if len(word) > size)  # `p_w` is no password
        sizes = (size for size, word in joined if {word, word.removesuffix("s")} & listed.keys())
        size = min(next(sizes, 1), len(words) - at)
        found.append("".join(words[at : at + size]))
        at += size
    return found


@lru_cache(maxsize=4096)
def meaning(words: tuple[str, ...]) -> Meaning:
    """What a name of these folded words says of the values under it."""
    said = concepts(words)
    if words[-1:] in _DONE_BY:
        return _NOTHING
    if _is_name(said):
        return Meaning(frozenset({"PERSON"}), frozenset())
    found = _paired(frozenset(said), _deciding(said), said[-1:])
    if found is None and len(words) > 1 and {*concepts(words[-1:])} <= _WHOSE:
        before = meaning(words[:-1])
        found = before if before.strong & _OWNED else None
    if found is None and said[-1:] == ("customer",) and not words[-1].endswith(_PLURAL):
        return Meaning(frozenset(), frozenset({"CUSTOMER_NUMBER", "PERSON"}))
    return found or _topic(said)


@lru_cache(maxsize=4096)
def within(words: tuple[str, ...], table: tuple[str, ...]) -> Meaning:
    """What a name of nothing but heads says in a table of that name: `customers.name`."""
    own, about = frozenset(concepts(words)), concepts(table)
    if not own - _EMPTY or own - _HEADS - _AMOUNTS:
        return _NOTHING
    if own - _ASIDE == {"number"}:  # a row's own, of what the last word says: `customer_orders.id`
        about = next(((each,) for each in reversed(about) if each in _numbered()), ())
        about = ("customer",) if about == ("person",) else about  # `persons.id` is no personnummer
        about = () if {*about} <= _CALLED else about
    spread = _LASTING if "valid" in own else SPREAD
    spread -= UNPRICED if "price" in own else frozenset()
    spread -= {"CONSENT"} if "product" in own else frozenset()
    for pair, entity in _lists().pairs:
        if entity and (pair - own) & _UNSAID:
            continue
        if own - _ASIDE <= pair <= own | {*about} and (entity in spread or "valid" not in own):
            return Meaning(frozenset({entity} if entity else ()), frozenset())
    topic = _NOTHING if own - _AMOUNTS else _topic(about)
    return Meaning(topic.strong & spread, topic.weak & spread)


def _last(said: Sequence[str]) -> str:
    """The last concept, but for when."""
    return next((each for each in reversed(said) if each != "date"), "")


@lru_cache(maxsize=4096)
def sentence(words: tuple[str, ...]) -> Meaning:
    """What a comment says, whose first word that is no head tells most."""
    said = concepts(words)
    return _paired(frozenset(said), frozenset(), ()) or _topic(said[::-1])


def _is_name(said: Sequence[str]) -> bool:
    """Whether it is a name, and somebody's."""
    *before, last = [each for each in said if each not in _ASIDE] or [""]
    if last in {"first", "family"}:
        return not _NO_NAMES & {*before[-1:]}
    return last in {"name", "full"} and bool(_SOMEBODY & {*before}) and before[-1] not in _NO_NAMES


def _deciding(said: Sequence[str]) -> frozenset[str]:
    """The last concept that is more than a head, which a pair may not leave out."""
    found = (each for each in reversed(said) if each not in _HEADS | _ASIDE | {UNKNOWN})
    return frozenset({next(found, "")} - {""})


@cache
def _numbered() -> frozenset[str]:
    """Concepts whose number is listed."""
    return frozenset().union(*(pair for pair, _ in _lists().pairs if "number" in pair)) - {"number"}


def _paired(own: frozenset[str], needed: frozenset[str], last: tuple[str, ...]) -> Meaning | None:
    """What the most concepts that are listed together say."""
    for pair, entity in _lists().pairs:
        if needed <= pair <= own:
            found = frozenset({entity} if entity else ())
            return Meaning(frozenset(), found) if UNKNOWN in last else Meaning(found, frozenset())
    return None


def _topic(said: Sequence[str]) -> Meaning:
    """What the last concept that is no head says; behind a word that is not known, it hints."""
    lists = _lists()
    is_sure = is_last = True
    if said[-1:] == ("unit",):  # its language, currency or version
        return _NOTHING
    for concept in reversed(said):
        if concept in lists.topics:
            topic = lists.topics[concept]
            if _last(said) in _ABOUT and topic <= _TOLD_OF:
                return _NOTHING
            if said[-1] == "state" and topic <= _DEALS:
                return Meaning(frozenset(), topic)
            return Meaning(topic, frozenset()) if is_sure else Meaning(frozenset(), topic, topic)
        if concept in lists.hints:
            # its number is the row's own, its kind or day nobody's: `event_id`, `event_type`
            is_told = is_last and "number" not in said
            return Meaning(frozenset(), lists.hints[concept]) if is_told else _NOTHING
        if concept == UNKNOWN:
            is_sure = False
        elif concept not in _HEADS:
            break
        is_last = is_last and concept in _ASIDE | {"register", "listing"}
    return _NOTHING

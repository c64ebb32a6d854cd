"""What the words of a name mean together: labels, tables' names and schemas' comments.

A compound is cut into its words, each word stands for a concept (`data/meanings.toml`), and the
last concept that is more than a head says what is held: `fakturaadress` is an address, `kundnr` a
customer's number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from detectors import labels

UNKNOWN = "?"
"""The concept of a word that is in no list."""
_HEADS = frozenset(
    {"number", "date", "amount", "state", "bound", "count", "text", "name", "reason", "way", "unit"}
    | {"whole", "link", "year", "month", "customer", "person", "staff", "area", "dwelling", "first"}
    | {"family", "full", "household", "relative", "contact", "holder", "reference", "file"}
    | {"decision", "row", "audit", "username", "serialnumber", "title", "billing", "delivery"}
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
_OWNED = _WRITTEN | frozenset(
    {"CUSTOMER_NUMBER", "COORDINATES", "ELECTRICITY_CONSUMPTION", "SE_METER_NUMBER"}
    | {"SE_METERING_POINT_ID", "DATE_OF_BIRTH", "EMPLOYEE_RECORD", "CORRESPONDENCE"}
)
"""What is told before whose it is."""
_SOMEBODY = frozenset(
    {"customer", "person", "holder", "party", "contact", "staff", "relative", "driver", "calling"}
    | {"recruitment", "employment", "absence"}
)
"""Whose names are those of persons,"""
_NO_NAMES = frozenset({"firm", "grid", "system", "product", "supplier", "state", "unit", "town"})
"""but not what these are called."""
_PLURAL = ("kunder", "s")
"""Ends of words for several customers: a column of that name counts them."""
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
_LINKS = ("s", "e")
"""Letters that join words: `avtals|datum`."""
_STEM = 4
"""Letters of a word's beginning that may stand for it."""
_CUT = 3
"""Letters that may be missing of it."""
_SHORT = 12
"""Letters of the longest name of shortened words."""
_AFFIX = 5
"""Letters of the shortest word that is heard at the end of one that is not known whole."""
_BEGUN = re.compile(r"[a-z]{3,}([^aeiouy])(?!\1)[^aeiouy]")
"""How a word looks that is cut within a syllable, as Swedish cuts: `befattn`."""
_PART = 3
"""Letters of the shortest word of a compound; its last may be shorter."""
_INFLECTED = (
    *("ernas", "arnas", "arna", "erna", "orna", "ens", "ets"),
    *("en", "et", "er", "ar", "or", "na", "n", "s"),
)
"""Endings of Swedish and English nouns."""
_PREFIX = 1
"""Letters before it, at least."""
_NUMBER = "nummer"
_WHOLE = 10
"""What a word of a compound costs; a letter that joins two costs 1."""
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

    words: Mapping[str, str]
    short: Mapping[str, str]
    """What stands for a concept in names of shortened words alone."""
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
        _listed(data["words"]),
        _listed(data["short"]),
        _turned(data["topics"]),
        _turned(data["hints"]),
        tuple(pairs),
    )


def _listed(section: Mapping[str, str]) -> Mapping[str, str]:
    """Each word, as written and as labels write it out, and its concept."""
    found = {word: concept for concept, said in section.items() for word in said.split()}
    return {**{labels.written_out(word): concept for word, concept in found.items()}, **found}


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
    found = [concept for word in words for concept in _cut(word)]
    for at, concept in enumerate(found):
        if concept == "code":
            found[at] = "number" if at and found[at - 1] in _CODED else "state"
    if "of" in words:  # `date of birth` is a birth date
        at = len([concept for word in words[: words.index("of")] for concept in _cut(word)])
        found = found[at:] + found[:at]
    return tuple(found)


def _phrased(words: Sequence[str]) -> Sequence[str]:
    """The words, those joined that are listed as one."""
    listed = _lists().words
    found: list[str] = []
    at = 0
    while at < len(words):
        joined = ((size, "".join(words[at : at + size])) for size in _PHRASE)
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
    spread = _LASTING if "valid" in own else SPREAD
    for pair, entity in _lists().pairs:
        if own - _ASIDE <= pair <= own | {*about} and (spread is SPREAD or entity in spread):
            return Meaning(frozenset({entity} if entity else ()), frozenset())
    topic = _NOTHING if own - _AMOUNTS else _topic(about)
    return Meaning(topic.strong & spread, topic.weak & spread)


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
            if said[-1] == "state" and topic <= _WRITTEN:
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


@lru_cache(maxsize=8192)
def _cut(word: str) -> tuple[str, ...]:
    """The concepts of one word."""
    words = _lists().words
    if word in words:
        return (words[word],)
    stems = _stems(word)
    listed = next((words[stem] for stem in stems if stem in words), None)
    if listed:
        return (listed,)
    for form in (word, *stems):
        whole = _covered(form, words)
        if whole:
            return whole
    if len(word) <= _SHORT:
        short = _covered(word, _shortened())
        if len(short) > 1 or (short and len(word) > _STEM and not re.search("[aeiouy]", word)):
            return short
    return _begun(word) or _ended(word)


def _begun(word: str) -> tuple[str, ...]:
    """The concept of the words that it is the beginning of, where that is one."""
    if not _BEGUN.fullmatch(word):
        return ()
    rest = re.compile(f"{word}[a-z]{{1,{_CUT}}}")
    fit = (each for each in _lists().words if rest.fullmatch(each) and not each.endswith("av"))
    begun = {_lists().words[each] for each in fit}
    return tuple(begun) if len(begun) == 1 else ()


def _ended(word: str) -> tuple[str, ...]:
    """The concept of the longest word at its end, behind one that is not known."""
    words = _lists().words
    for size in range(len(word) - _PREFIX, _AFFIX - 1, -1):
        end = word[-size:]
        if end in words and (end == _NUMBER or len(end.removesuffix(_NUMBER)) >= _STEM):
            return UNKNOWN, words[end]
    return (UNKNOWN,)


def _stems(word: str) -> list[str]:
    """The word without each ending that it may have."""
    stems = [word.removesuffix(ending) for ending in _INFLECTED if word.endswith(ending)]
    stems += [word.removesuffix("ies") + "y"] if word.endswith("ies") else []
    return [stem for stem in stems if len(stem) >= _STEM]


def _covered(word: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The concepts of a compound of these words alone, the fewest; none where it is not one."""
    brief = _lists().short if words is not _lists().words else {}
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    costs = [0] * (len(word) + 1)
    for start in range(len(word)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, len(word) + 1):
            part = word[start:end]
            concept = words.get(part)
            is_short = len(part) < _PART and not (start and end == len(word) and len(part) > 1)
            if concept in (None, "link") or (is_short and (start or part not in brief)):
                continue
            joined = word[end : end + 1] in _LINKS and end + 1 < len(word)
            for each in (end, end + 1) if joined else (end,):
                cost = costs[start] + _WHOLE + each - end
                if best[each] is None or cost < costs[each]:
                    best[each], costs[each] = (*before, concept), cost
    return best[-1] or ()


@cache
def _shortened() -> Mapping[str, str]:
    """The words, their beginnings, and what is left without vowels, where that is one concept's.

    `ARSFRBR`, `INFLYDAT`: names of eight letters.
    """
    found: dict[str, set[str]] = {}
    words = _lists().words
    for word, concept in words.items():
        if concept in _ASIDE:
            continue
        bare = word[0] + re.sub("[aeiouy]", "", word[1:])
        shorter = (
            {word[:size] for size in range(max(_STEM, len(word) - _CUT), len(word))}
            if len(word) > _STEM + 1
            else ()
        )
        for form in {bare, re.sub(r"(.)\1", r"\1", bare), *shorter} if len(bare) > 3 else shorter:
            found.setdefault(form, set()).add(concept)
    short = {
        form: min(said) for form, said in found.items() if len(said) == 1 and form not in words
    }
    plain = {word: concept for word, concept in words.items() if concept not in _ASIDE}
    return {**short, **plain, **_lists().short}

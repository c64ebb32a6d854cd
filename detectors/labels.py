"""What a column's label means: folded, stripped of whose it is, looked up in `data/labels.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_CAMEL = re.compile(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])")
_FIELD_NUMBER = re.compile(r"^\d{3} (?=\D)")
_OWN_FIELD = re.compile(r"(?<=\w)__p?[ces]$")
"""What Salesforce adds to fields that are not its own."""
_SQUARE, _CUBE = (
    re.compile(r"(?<![^\W_])m[2²](?![^\W_])"),
    re.compile(r"(?<![^\W_])m[3³](?![^\W_])"),
)
"""Units whose digit is not a number of several columns."""
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_EXPANDED = {
    "ant": "antal",
    "bel": "belopp",
    "fl": "flagga",
    "tfn": "telefon",
    "tel": "telefon",
    "mob": "mobil",
    "adr": "adress",
    "pers": "person",
    "dat": "datum",
    "anl": "anlaggning",
    "persnr": "personnummer",
    "pnr": "personnummer",
    "num": "nummer",
    "nr": "nummer",
    "no": "no",
}
_ENDINGS = (
    (re.compile(r"(?<=[a-z])nr$"), "nummer"),
    (re.compile(r"(?<=[a-z]{3})adr$"), "adress"),
    (re.compile(r"(?<=[a-z]{3})tfn$"), "telefon"),
    (re.compile(r"(?<=[a-z]{3})dat$"), "datum"),
)
_PRICED = (
    "pris",
    "ore",
    "avgift",
    "skatt",
    "paslag",
    "rabatt",
    "kost",
    "kr",
    "price",
    "tariff",
    "spot",
    "sek",
    "eur",
    "kvm",
)

_ASKED = (
    "donot",
    "unsubscr",
    "avregistr",
    "opted",
    "optin",
    "optout",
    "samtycke",
    "consent",
    "accept",
)
"""In labels that end like others and tell what somebody agreed to: `HasOptedOutOfEmail`."""


@cache
def _data() -> Mapping[str, Any]:
    raw = (resources.files("detectors") / "data" / "labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _index(section: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entity, labels in _data()[section].items():
        for label in labels:
            found.setdefault(label, set()).add(entity)
    return {label: frozenset(entities) for label, entities in found.items()}


@cache
def _listed(kind: str) -> tuple[str, ...]:
    return tuple(sorted(_data()["against"][kind], key=lambda label: (-len(label), label)))


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


def tokens(label: str) -> tuple[str, ...]:
    """The folded words of a label; trailing digits go, abbreviations are written out."""
    text = _OWN_FIELD.sub("", _FIELD_NUMBER.sub("", label.strip()))
    text = _CAMEL.sub(" ", unicodedata.normalize("NFC", text))
    text = _CUBE.sub("kubik", _SQUARE.sub("kvm", text))
    words = [word.rstrip("0123456789") for word in re.split(r"[\W_]+", _plain(text))]
    return tuple(written_out(word) for word in words if word)


def written_out(word: str) -> str:
    """A folded word, its abbreviations written out."""
    if word in _EXPANDED:
        return _EXPANDED[word]
    for ending, full in _ENDINGS:
        word = ending.sub(full, word)
    return word


@lru_cache(maxsize=4096)
def keys(label: str) -> tuple[str, ...]:
    """The forms under which a label is looked up: folded, the whole first, and as written."""
    written = "".join(re.split(r"[\W_]+", unicodedata.normalize("NFC", label).casefold()))
    forms = dict.fromkeys((*_forms(tokens(label)), written))
    if "(" in label or "[" in label:
        forms |= dict.fromkeys(_forms(tokens(_BRACKETS.sub(" ", label))))
    return tuple(forms)


def _forms(words: tuple[str, ...]) -> Iterator[str]:
    yield "".join(words)
    prefixes = _data()["prefixes"]
    for count in range(1, len(words)):
        if words[count - 1] not in prefixes:
            break
        yield "".join(words[count:])
    whole = "".join(words)
    for prefix in prefixes:
        if len(prefix) > 2 and whole.startswith(prefix) and len(whole) - len(prefix) > 3:
            yield whole[len(prefix) :]


@lru_cache(maxsize=4096)
def strong(label: str) -> frozenset[str]:
    """Entities that the label names outright."""
    forms = keys(label)
    index = _index("strong")
    for form in forms:
        if form in index:
            return index[form]
    if _is_energy(label):
        return frozenset({"ELECTRICITY_CONSUMPTION"})
    if any(word in forms[0] for word in _ASKED if forms):
        return frozenset()
    endings = _index("suffix")
    for ending in sorted(endings, key=lambda ending: (-len(ending), ending)):
        if forms and forms[0].endswith(ending):
            return endings[ending]
    return frozenset()


def _is_energy(label: str) -> bool:
    words = tokens(label)
    priced = any(word.startswith(_PRICED) for word in words)
    return not priced and any(word in {"kwh", "wh"} or word.endswith("kwh") for word in words)


@lru_cache(maxsize=4096)
def weak(label: str) -> frozenset[str]:
    """Entities that the label may mean in the right company."""
    index = _index("weak")
    return frozenset().union(*(index[form] for form in keys(label) if form in index))


def is_weak(label: str) -> bool:
    """Whether the label, with all of its words, is listed as one that says little alone."""
    return any(form in _index("weak") for form in keys(label)[:1])


@lru_cache(maxsize=4096)
def is_reference(label: str) -> bool:
    """Whether the label names a reference, an amount or a time, whose digits are nobody's."""
    forms = keys(label)
    if strong(label) & {"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "PHONE_NUMBER"}:
        return False
    listed = any(form in _listed("number") for form in forms)
    return listed or any(form.endswith(_listed("suffix")) for form in forms[:1])


@lru_cache(maxsize=4096)
def is_thing(label: str) -> bool:
    """Whether the label names a place, a firm or a thing, which may be named after a person."""
    return any(form in _listed("name") for form in keys(label))


@cache
def known() -> frozenset[str]:
    """Every entity that some label names."""
    data = _data()
    return frozenset(entity for section in ("strong", "weak") for entity in data.get(section, {}))

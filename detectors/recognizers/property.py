"""Property designations: municipality, trakt and `block:unit`, or a quarter and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"
_NAME = "(?:[A-ZÅÄÖÉ][a-zåäöéü-]{2,24}|[A-ZÅÄÖÉ]{3})"
TRIGGER = (
    rf"{_NAME} (?:[sS]:[1-9]|[gG][aA]:[1-9]|[1-9][0-9]{{0,3}}:[1-9])"
    r"|[A-ZÅÄÖ][a-zåäö]{2,20} (?:[A-ZÅÄÖ][a-zåäö]{4} )?[A-ZÅÄÖ][a-zåäö] [1-9][0-9]{0,3}:[1-9]"
    rf"|{_NAME} (?:[A-ZÅÄÖ][a-zåäö]{{2,20}}n|[A-ZÅÄÖ]{{3,20}}N) [1-9]"
    r"|(?:[kK][vV]\.?|[kK]varteret) (?:[A-ZÅÄÖ][a-zåäö]{2,20}n|[A-ZÅÄÖ]{3,20}N) [1-9]"
)
REACH = 140

_WORD = r"(?:[A-ZÅÄÖ][a-zåäöéü]{1,24}(?:-[A-ZÅÄÖa-zåäö]{2,20})?|[A-ZÅÄÖÉ]{3,24})"
_UNIT = re.compile(
    r" (?P<block>(?P<common>[sS]|[gG][aA]):[1-9][0-9]{0,2}|[1-9][0-9]{0,3}:[1-9][0-9]{0,3})"
    r"(?:>[1-9][0-9]?)?(?![0-9A-Za-zÅÄÖåäö:]|[.,-][0-9])"
)
_QUARTER = re.compile(
    rf"(?P<cue>\b[kK][vV]\.? |\b[kK]varteret )?(?P<place>{_WORD} )??"
    rf"(?P<quarter>[A-ZÅÄÖ][a-zåäö]{{2,20}}n|[A-ZÅÄÖ]{{3,20}}N) (?P<unit>[1-9][0-9]{{0,2}})"
    r"(?![0-9A-Za-zÅÄÖåäö:]|[.,:-][0-9]| ?(?:%|k[rWmv]|st\b|m\b))"
)
_WORDS = re.compile(rf"(?:{_WORD} ){{0,3}}{_WORD}\Z")
_LONGEST = 100
"""Characters of a quarter's name, with its municipality and cue, at most."""
_CLOCK = re.compile(r"(?:1[0-9]|2[0-3]):[0-5][0-9]")
_STREET = ("gatan", "vägen", "stigen", "backen", "allén", "gränden", "kajen", "slingan", "planen")
_STREETS = (*_STREET, *map(str.upper, _STREET))
_NUMBERED = re.compile(r"[nN] (?=[1-9])")
# The word before `2:1` in what is no property.
_NO_TRAKT = re.compile(
    r"(?:steg|tabell|figur|fig|bild|kapitel|kap|avsnitt|sida|psalm|psaltaren|johannes|matteus|markus"
    r"|lukas|skala|ratio|utc|gmt|kl|klockan|version|port|host|server|punkt|del|sshd|tariff|central"
    r"|resultat|utfall|match|villa|huvud|ff|if|ik|bk|\w*(?:bok|boken|balken|evangeliet|brevet)"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:ar)?|jan\w*|feb\w*|mars?|apr\w*|maj|ju[nl]i?|aug\w*|sep\w*"
    r"|okt\w*|nov\w*|dec\w*|avgång|ankomst|arlanda|bfl|abl|pbl|gdpr|artikel)",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Letters of a name that needs no municipality before it."""
_CLEAR = 5
"""Letters of a name that is clear beside what may be a time of day."""
_PARTS = ("norra", "södra", "östra", "västra", "stora", "lilla")
"""First words of a name that a station's does not have before another."""
_STOPS = ("station", "centrum", "central", "centralen", "torg", "torget", "hållplats", "hamn")
_LEADING = frozenset(
    {"fastighet", "fastigheten", "fastighetsbeteckning", "fastighetsbeteckningen", "tomt", "tomten"}
    | {"gård", "gården", "lantbruksfastighet", "lantbruksfastigheten", "property", "samfälligheten"}
    | {"servitut", "ägare", "avser", "lagfart", "beteckning", "adress", "på", "för"}
)


def is_valid(designation: str) -> bool:
    """Whether the whole string has a property's form: capitalised words, then `block:unit`.

    Source: Lantmäteriet, "Fastighetsbeteckning" (fastighetsregisterförordningen 2000:308).
    """
    found = _UNIT.search(designation)
    return (
        found is not None
        and found.end() == len(designation)
        and bool(_WORDS.fullmatch(designation[: found.start()]))
    )


class Property(Recognizer):
    """Swedish property designations (Lantmäteriet's fastighetsregister)."""

    ENTITY = "SE_PROPERTY_DESIGNATION"
    CUES = (
        "fastighet", "fastbet", "tomt", " gard", "kvarteret", "lagfart", "servitut", "property",
        "samfallighet", "gemensamhetsanl", " mark", "agare till", "agaren till", " ager ", " hus ",
        "belagenhet", "rot avdrag", "rotavdrag", "intrang", "bygglov", "carport", " altan ",
        "markagare", "ledningsratt", "avstyckn", "arrende", "lagfaren", "attefall",
    )  # fmt: skip
    DOUBTS = (
        "match", "resultat", " vann", "forlorade", "avgang", "ankomst", "klockan", " oppet",
        "oppettid", " kl ", "paket", "tariff", "skala", "saldo", "utfall", " station ",
        "tagstation", "busstation", "centralstation", "jarnvagsstation",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Designations from the municipality, or the trakt where none is named, to the unit."""
        if ":" in text:
            for found in _UNIT.finditer(text):
                yield from _designation(text, found)
        for numbered in _NUMBERED.finditer(text):
            end = numbered.start() + 1
            if _may_be_quarter(text, end):
                for found in _QUARTER.finditer(text, max(0, end - _LONGEST)):
                    yield from _quarter(found)
                break


def _may_be_quarter(text: str, end: int) -> bool:
    """Whether the word that ends here has a capital, and no street's ending."""
    word = text[text.rfind(" ", max(0, end - 24), end) + 1 : end]
    return not word.islower() and not word.endswith(_STREETS)


def _designation(text: str, found: re.Match[str]) -> Iterator[Hit]:
    first = max(0, found.start() - 90)
    if found.start() and not text[found.start() - 1].isalpha():
        return
    before = _WORDS.search(text, first, found.start())
    if before is None or (before.start() and text[before.start() - 1].isalnum()):
        return
    words = before[0].split(" ")
    if _NO_TRAKT.fullmatch(words[-1]):
        return
    named = _municipality(words)
    kept = words[named:] if named is not None else _unled(words)
    if not kept:
        return
    start = found.start() - len(" ".join(kept))
    if named is None and len(kept[-1]) < _SHORTEST:
        return
    parted = named is not None and len(kept) > 2 and kept[1].lower() in _PARTS
    parted = parted or (named is not None and _is_trakt(kept[-1]))
    score = _score(found, len(kept), named=named is not None, parted=parted)
    yield Hit(
        start, found.end(), score, ("municipality", "unit") if named is not None else ("unit",)
    )


def _is_trakt(name: str) -> bool:
    """Whether it is no place, stop or player beside which a time of day may stand."""
    if len(name) < _CLEAR or lexicon.is_place(name) or lexicon.surname(name):
        return False
    folded = name.casefold()
    return folded not in _PARTS and not folded.endswith(_STOPS)


def _municipality(words: list[str]) -> int | None:
    """Where the municipality's name begins, a word or more before the trakt's end."""
    for index in range(len(words) - 1):
        if lexicon.is_place(words[index]) or (
            index + 2 < len(words) and lexicon.is_place(" ".join(words[index : index + 2]))
        ):
            return index
    return None


def _unled(words: list[str]) -> list[str]:
    while words and words[0].casefold() in _LEADING:
        words = words[1:]
    return words


def _score(found: re.Match[str], words: int, *, named: bool, parted: bool) -> float:
    common = found["common"] is not None
    if _CLOCK.fullmatch(found["block"]):
        return 0.6 if parted else 0.4 if named else 0.2
    if named:
        return 0.8
    if common:
        return 0.6
    return 0.35 if words > 1 else 0.3


def _quarter(found: re.Match[str]) -> Iterator[Hit]:
    place, quarter = (found["place"] or "").rstrip(), found["quarter"]
    if quarter.casefold().endswith(_STREET):
        return
    if found["cue"]:
        yield Hit(found.start("quarter"), found.end("unit"), 0.65, ("quarter",))
    elif place and lexicon.is_place(place):
        yield Hit(found.start("place"), found.end("unit"), 0.4, ("municipality", "quarter"))


PLUGIN = Property

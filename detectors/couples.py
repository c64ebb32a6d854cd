"""Couples of one sex: whose partner a sentence says somebody is, and which sex both have."""

from __future__ import annotations

import re
from functools import lru_cache

from detectors import lexicon

_BEARERS, _MOSTLY = 100, 20
"""Of a given name that tells the sex, and one bearer in how many may be of the other."""
_HIS = r"(?:bliv\w+ )?(?:ex)?(?:make[n]?|man|pojkvän(?:nen)?|fästman(?:nen)?|kille[n]?|snubbe[n]?)"
_HER = r"(?:bliv\w+ )?(?:ex)?(?:frun?|hustrun?|makan?|flickvän(?:nen)?|fästmön?|tjej(?:en)?)"
_NAMED = r"(?-i:[A-ZÅÄÖÉ][a-zåäöéü]{2,})"
_BOND = (
    r"(?:(?:gift|gifta|gifte sig|gifter sig|gifta sig|ihop|sambo|särbo|förlovade?"
    r"|förlovat sig|förlovade sig|(?:lever|levt|levde)(?: ihop| tillsammans| i en relation)?"
    r"|(?:en|i) relation|ett förhållande|registrerat partnerskap"
    r"|(?:är|var|blev|blivit|varit)(?: [A-ZÅÄÖ]\w+)? tillsammans|flytta(?:r|t|de)? ihop|bor ihop)"
    r" med|dejtar|föll för|förälskad i|kär i|lämna\w* \w+ för)"
)
_MATE = r"(?:bliv\w+ )?(?:sambo|särbo|partner|käresta|respektive)"
_PARTNER = re.compile(
    rf"(?i)(?<!\w)(?:(?P<whose>hans|hennes|sin|min|{_NAMED}s) (?:(?P<m>{_HIS})|(?P<w>{_HER})"
    rf"|{_MATE} (?P<mate>{_NAMED}))"
    rf"|{_BOND} (?:en|den|sin) (?:annan |nya? )?(?:(?P<a>man|kille\w*)|(?P<o>kvinna|tjej\w*))"
    rf"|{_BOND} (?P<name>{_NAMED}))(?!\w)"
)
_PAIR = re.compile(
    rf"(?<!\w)(?P<one>{_NAMED}) (?:och|&) (?P<other>{_NAMED})(?: {_NAMED})?"
    r" (?:är|var|blev|har blivit) (?:ett par|(?:ny)?gifta|förlovade|registrerade partner\w*)(?!\w)"
)
_SIGNED = re.compile(
    rf"(?i:jag heter|skriver|hälsar|säger|berättar|uppger) (?P<own>{_NAMED})"
    r"|(?:(?i:mvh|hälsningar|hälsar|vänligen)[ ,:]+|[/–] ?|[.!?] )"
    rf"(?P<name>(?!Hälsn|Mvh|Vänl){_NAMED})"
    r"(?: [A-ZÅÄÖ][\w-]+)?\W*$"
)
_WORD = re.compile(r"\w+")
_MEN = frozenset(
    ("han", "honom", "mannen", "pappa", "pappan", "sonen", "brodern", "herrn", "maken", "exmannen")
)
_WOMEN = frozenset(
    ("hon", "henne", "kvinnan", "mamma", "mamman", "dottern", "systern", "frun", "damen", "exfrun")
)


def is_told(sentence: str) -> bool:
    """Whether somebody's partner is said to be of the same sex."""
    if any(_sex(pair["one"]) == _sex(pair["other"]) != "" for pair in _PAIR.finditer(sentence)):
        return True
    return any(_is_alike(sentence, match) for match in _PARTNER.finditer(sentence))


def _is_alike(sentence: str, match: re.Match[str]) -> bool:
    told = "m" if match["m"] or match["a"] else "w"
    called = match["name"] or match["mate"]
    partner = _sex(called) if called else told
    whose = (match["whose"] or "sin").casefold()
    signed = _SIGNED.search(sentence)
    if whose == "min":
        return signed is not None and _sex(signed["own"] or signed["name"]) == partner
    if whose == "sin":
        named = match.start("name") if match["name"] else match.start()
        before = _WORD.findall(sentence[:named])
        if signed is not None and "jag" in map(str.casefold, before):
            return _sex(signed["own"] or signed["name"]) == partner
        known = [sex for sex in map(_sex, before) if sex]
        return bool(partner and known) and known[-1] == partner
    holder = {"hans": "m", "hennes": "w"}.get(whose) or _sex((match["whose"] or "")[:-1])
    return holder == partner != ""


@lru_cache(maxsize=4096)
def _sex(word: str) -> str:
    """`m`, `w` or nothing, where the word does not tell."""
    plain = word.casefold()
    if plain in _MEN:
        return "m"
    if plain in _WOMEN:
        return "w"
    if not word[0].isupper() or lexicon.is_word(word):
        return ""
    every, men = lexicon.given(word), lexicon.patronymic(word)
    if every < _BEARERS or every / _MOSTLY < men < every - every / _MOSTLY:
        return ""
    return "m" if men > every / 2 else "w"

"""Names of streets and farms: their endings, which words belong to one, how sure one is."""

from __future__ import annotations

import re
from functools import lru_cache

from detectors import lexicon

_STRONG = (
    r"gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|allén|allé|backen|backe"
    r"|esplanaden|brinken|slingan|stråket|strand"
)
_WEAK = (
    r"leden|plan|plats|platsen|kajen|promenaden|svängen|kroken|ringen|rundan|tvären|terrassen|liden"
)
_ENDINGS = frozenset(f"{_STRONG}|{_WEAK}".split("|"))
_STRONG_ENDINGS = frozenset(_STRONG.split("|"))
ROADS = frozenset(("gatan", "gata", "vägen", "väg", "gränden", "gränd", "stigen", "stig"))
"""Endings of what is a street wherever it stands."""
_SITES = frozenset({"kajen", "promenaden", "terrassen", "svängen", "kroken", "liden", "tvären"})
SHORT_STEM = re.compile(
    r".*[a-zåäö]s|(?:Stor|Ny|Lill|Hamn|Kvarn|Ring|Skol|Park|Strand|Industri|Kyrko|Kasern|Sjö|Torg|Bangård|Rådhus|Öster|Väster|Söder"
    r"|Norr|Lång|Berg|Björk|Tall|Gran|Ek|Backa|Bruks|Slotts|Köpman|Smed|Träd)",
)
# Words that end like a street but mean something else in an energy company's texts.
NO_STREET = frozenset((
    "tarif", "mätar", "mät", "arbets", "bygg", "handlings", "verksamhets", "tid", "affärs",
    "projekt", "våning", "vånings", "parkerings", "upplags", "lager", "kontroll", "miljö",
    "skötsel", "drift", "pension", "pensions", "budget", "fond", "p", "p-", "utrymnings", "kör",
    "om", "gen", "ut", "bi", "av", "motor", "riks", "läns", "stats", "lands", "järn", "luft",
    "kabel", "el", "transport", "an", "plan", "hem", "nätt", "lednings", "kraft", "bak", "fram",
    "upp", "ned", "efter", "för", "under", "detalj", "system",
))  # fmt: skip
_BEFORE = re.compile(
    r"(?i:\w+s|[ivx]+:s|norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre|inre|yttre|långa"
    r"|breda|höga|mellersta|kungliga)"
)
# Ends of names of farms and villages; beside a word of place a number after one is a house's.
_HOMES = frozenset((
    "höjden", "hagen", "kullen", "gården", "gård", "parken", "gången", "åsen", "lunden", "ängen",
    "dalen", "backa", "slät", "torp", "hult", "by", "näs", "rör", "lund", "holm", "sjö",
    "tornet", "berget", "fältet", "hörnet", "gärdet", "udden", "viken", "holmen", "lyckan",
    "täppan", "gläntan", "brynet",
))  # fmt: skip
TAILS = frozenset(name[-2:] for name in _ENDINGS | _HOMES)
"""Last two letters of what may be a street or a farm."""
NO_HOME = re.compile(
    r"(?:vind|sol|energi|kraft|maskin|fordons|data|server|teknik|industri|företags|turbin|mätar|bil)s?"
    r"(?:parken|gården)|(?:mätar|lednings|kabel|server|tredje|första|om|över|in|ut|upp|ned|ner|av"
    r"|till|genom|före|under|miss|arbets|för|hals|fram|till|drift|process|års)gången"
    r"|\w*(?:text|formulär|status|data|ings|sök|namn|nummer|kod|adress|uppgifts|mät|magnet|spännings)"
    r"fältet"
)
COMPASS = frozenset({"norra", "södra", "östra", "västra", "stora", "lilla"})
COLOURS = frozenset({"gröna", "röda", "blå", "gula", "vita", "svarta", "bruna", "grå"})
ADJECTIVES = COLOURS | COMPASS | {"gamla", "nya", "långa", "breda", "höga", "övre", "nedre"}
"""First words of names such as `Gröna gången`, whose second word is in lower case."""
TITLE = re.compile(
    r"(?i:[ns]orra|södra|[öv]stra|västra|norr|söder|öster|väster|stora|lilla|gamla|nya|övre|nedre|inre"
    r"|yttre|långa|breda|höga|mellersta|kungliga|sankta?|st|s:ta?|kung|drottning|prins|prinsessan?"
    r"|general|doktor|biskop|kapten|professor|greve|friherre)"
)
SQUARE = re.compile(
    r"(?i:rådhus|(?:dom)?kyrko?|slotts?|medborgar|marknads|kungs|köpmans|odens?|karla|brunns|teater"
    r"|hamn|torg|varvs|gjuteri|bruks|smed(?:je|s)|kvarn|mejeri|sågverks|skepps|garvar|repslagar"
    r"|tegelbruks|fiskar|skomakar|hantverkar|bagar|klockar|präst(?:gårds)?|borgmästar|residens)"
)
"""Before `plan`: what makes it a square, and no plan that somebody has made."""
_OLD = frozenset(("gamla", "nya"))
"""`Gamla Landsvägen`, `Nya Riksvägen`: streets by now."""
_LEADING = frozenset(
    {"adr", "adress", "adressen", "av", "besök", "bor", "bostad", "flyttar", "från", "gatuadress"}
    | {"hem", "hos", "i", "kund", "kunden", "leveransadress", "på", "till", "vid"}
)


@lru_cache(4096)
def ending_of(word: str) -> str:
    """The longest ending of a street's name that the word in lower case has, or nothing."""
    return next((word[-size:] for size in range(10, 2, -1) if word[-size:] in _ENDINGS), "")


@lru_cache(4096)
def home_of(word: str) -> str:
    """The longest ending of a farm's or village's name that it has, or nothing."""
    return next((word[-size:] for size in range(7, 1, -1) if word[-size:] in _HOMES), "")


def own(words: list[str], ending: int) -> list[str]:
    """The words of a name that are the street's: no first word of a sentence, nobody's name."""
    first = len(words) - 1
    if len(words[-1]) == ending:
        first -= 1
    while first > 0 and _belongs(words[first - 1], words[first:]):
        first -= 1
    return words[max(first, 0) :]


def _belongs(word: str, following: list[str]) -> bool:
    """Whether a word before a street's words is part of its name."""
    if TITLE.fullmatch(word) or lexicon.is_place(" ".join((word, *following[:-1]))):
        return True
    genitive = following[0].lower().split("gat")[0].split("väg")[0].endswith("s")
    if following[0].lower().endswith(":s"):
        return True
    person = lexicon.given(word) > 0 and lexicon.surname(word) == 0
    return person and (genitive or lexicon.given(following[0]) > 0)


def trimmed(words: list[str]) -> list[str]:
    """The street's name without a sentence's first word that happens to stand before it."""
    while len(words) > 1 and words[0].casefold() in _LEADING:
        words = words[1:]
    return words


def score(words: list[str], stem: str, end: str) -> float:
    """How sure a street's name is, by its last word's stem and ending; 0: it is none."""
    strong = end in _STRONG_ENDINGS
    if not stem:
        return _bare_score(words, end, strong=strong)
    capital = words[-1][0].isupper()
    if stem.lower() in NO_STREET:
        if end != "vägen" or len(words) < 2 or words[-2].lower() not in _OLD:
            return 0.0
        return 0.8 if capital else 0.4
    if end in ("väg", "plan"):
        return 0.6 if capital and end == "plan" and SQUARE.fullmatch(stem) else 0.4
    if strong:
        return 0.8 if capital else 0.6
    return 0.7 if capital and not lexicon.is_word(stem + end) else 0.4


def _bare_score(words: list[str], end: str, *, strong: bool) -> float:
    """The score of a street whose last word is an ending alone: `Norra Kajen`, `Drottnings väg`."""
    if not words[0][0].isupper() or (len(words) < 2 and end != "esplanaden"):
        return 0.0
    before = len(words) > 1 and _BEFORE.fullmatch(words[-2]) is not None
    if not (before or len(words) == 1 or lexicon.is_place(" ".join(words[:-1]))):
        return 0.0
    if strong:
        return 0.75
    return 0.65 if before and words[-1][0].isupper() and end in _SITES else 0.4

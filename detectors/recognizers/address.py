"""Swedish postal addresses: street and number, box, c/o, postcode and town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
TRIGGER = (
    r"(?i:gatan?|v[äÄ]g(?:en)?|gr[äÄ]nd(?:en)?|stig(?:en)?|torget|torg|all[éÉ]n?|backen?|esplanaden?"
    r"|brinken?|slingan?|str[åÅ]ket|leden|plan|plats(?:en)?|kajen|promenaden|sv[äÄ]ngen|kroken"
    r"|ringen|rundan|tv[äÄ]ren|terrassen|liden|strand)(?: nr\.?| nummer)? {1,3}[1-9]"
    r"|[A-ZÅÄÖ][a-zåäö]{2,20}(?:g\.|v\.?) [1-9]"
    r"|(?:gatan|v[äÄ]gen|gr[äÄ]nd) (?:ett|tv[åÅ]|tre|fyra|fem|sex|sju|[åÅ]tta|nio|tio|elva|tolv)\b"
    r"|\b[cC]/[oO] |\b[bB](?:ox|OX) [1-9]|\bFE [1-9]"
    r"|[1-9][0-9]{2} [0-9]{2}(?: {1,3}|[;,\t] ?)[A-ZÅÄÖa-zåäö]{2}"
    r"|[1-9][0-9]{4}(?: {1,3}|[;,\t] ?)[A-ZÅÄÖ]"
)
REACH = 200

_UPPER = "A-ZÅÄÖÉÜ"
_LETTER = "A-Za-zÅÄÖåäöÉéÜü"
_NUMBER = (
    r"\d{1,4}(?: ?[A-Ha-h](?![\w]))?"
    r"(?: ?[-–] ?\d{1,4}(?: ?[A-H](?!\w))?)?"
    r"(?![\d]|[.,:]\d|-\d| ?(?:kWh|MWh|GWh|kW|MW|kV|km|m|mm|cm|st|%|kr|kronor|procent|gånger"
    r"|dagar|av|år|månader|timmar)(?!\w))"
)
_UNIT = (
    r"(?:,? (?:lgh|lägenhet|lag)\.? ?\d{4}|,? \d{1,2} ?tr\.?|,? (?:nb|bv|ög|nbv)(?!\w)"
    r"|,? uppg(?:\.|ång)? ?[A-Z0-9](?!\w)){0,3}"
)
_STRONG = (
    r"gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|allén|allé|backen|backe"
    r"|esplanaden|brinken|slingan|stråket|strand"
)
_WEAK = (
    r"leden|plan|plats|platsen|kajen|promenaden|svängen|kroken|ringen|rundan|tvären|terrassen|liden"
)
_FIRST = rf"[{_UPPER}][{_LETTER}'’-]*"
_ANCHOR = re.compile(r" (?=[1-9])")
_NUMBERED = re.compile(rf"{_NUMBER}(?i:{_UNIT})")
_SPELLED = re.compile(
    rf"(?P<name>(?<![{_LETTER}-])[{_UPPER}][{_LETTER}'’-]{{2,24}}(?:gatan|vägen|gränd)) "
    r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
    r"(?= ?[A-D](?!\w)|[.,;!?\n]|\Z| (?:i|och|sedan|som|är|har)(?!\w))"
)
_NAME = re.compile(rf"(?:(?:{_FIRST}|[Ss]:ta?) ){{0,3}}[{_LETTER}'’-]{{1,33}}\Z")
_ENDINGS = tuple(sorted(f"{_STRONG}|{_WEAK}".split("|"), key=len, reverse=True))
_STRONG_ENDINGS = frozenset(_STRONG.split("|"))
_SHORT = re.compile(rf"(?<![{_LETTER}-])[{_UPPER}][a-zåäöé]{{1,20}}(?P<end>g\.|v\.?)\Z")
_SHORT_STEM = re.compile(
    r".*[a-zåäö]s|(?:Stor|Ny|Lill|Hamn|Kvarn|Ring|Skol|Park|Strand|Industri|Kyrko|Öster|Väster|Söder"
    r"|Norr|Lång|Berg|Björk|Tall|Gran|Ek|Backa|Bruks|Slotts|Köpman|Smed|Träd)",
)
_BOX = re.compile(r"(?:[Bb]ox|BOX|FE) [0-9]{1,5}(?![0-9])")
_CARE = re.compile(rf"[cC]/[oO] +(?:[{_UPPER}][{_LETTER}-]+ ?){{1,3}}(?<! )")
_POSTCODE = re.compile(
    r"(?P<code>[1-9][0-9]{2}(?P<space> ?)[0-9]{2})(?P<gap> +|[;,\t] ?)"
    rf"(?P<town>[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö][{_LETTER}-]*(?: [{_LETTER}-]+){{0,2}})"
)
_COUNTRY = re.compile(r"(?<!\w)(?:SE?-|SE )\Z")
_VILLAGE = re.compile(rf"(?:{_FIRST} ){{1,3}}{_NUMBER}{_UNIT}$")
_JOIN = re.compile(r"(?:,[ \n]*|[ \t]*[,;/|]?[ \t]*\r?\n[ \t]*| ?[;/|\t] ?|\t| )\Z")
# Words that end like a street but mean something else in an energy company's texts.
_NO_STREET = re.compile(
    r"(?:tarif|mätar|mät|arbets|bygg|handlings|verksamhets|tid|affärs|projekt|våning(?:s)?"
    r"|parkerings|upplags|lager|kontroll|miljö|skötsel|drift|pension(?:s)?|budget|fond|p-?"
    r"|utrymnings|kör|om|gen|ut|bi|av|motor|riks|läns|stats|lands|järn|luft|kabel|el|transport"
    r"|an|plan|hem|nätt|lednings|kraft|bak|fram|upp|ned|efter|för|under|detalj|system)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\w+s|[nN]orra|[sS]ödra|[öÖ]stra|[vV]ästra|[sS]tora|[lL]illa|[gG]amla|[nN]ya|[öÖ]vre|[nN]edre"
    r"|[iI]nre|[yY]ttre|[lL]ånga|[bB]reda|[hH]öga|[mM]ellersta|[kK]ungliga",
)


_WEAKEST = 0.1
"""Score of five digits before a word that seems to be no town."""


class _Part(NamedTuple):
    start: int
    end: int
    kind: int
    """The order within an address: 0 c/o, 1 street, box or village, 2 postcode and town."""
    score: float


def addresses(text: str) -> Iterator[tuple[int, int, float]]:
    """Spans and scores of addresses; lines of one address that stand together are one."""
    merged: list[_Part] = []
    for part in sorted({*_streets(text), *_boxes(text), *_postal(text)}):
        before = merged[-1] if merged else None
        if before is not None and part.start < before.end:
            best = max(before.score, part.score)
            merged[-1] = before._replace(end=max(before.end, part.end), score=best)
        elif before is not None and _continues(before, part, text):
            sure = min(before.score, part.score) > _WEAKEST
            score = 0.95 if sure else max(before.score, part.score)
            merged[-1] = _Part(before.start, part.end, part.kind, score)
        else:
            merged.append(part)
    yield from ((part.start, part.end, part.score) for part in merged)


def _continues(before: _Part, part: _Part, text: str) -> bool:
    """Whether the part is the next line of the same address: c/o, street, town in this order."""
    return before.kind < part.kind and _JOIN.match(text[before.end : part.start]) is not None


def _streets(text: str) -> Iterator[_Part]:
    for anchor in _ANCHOR.finditer(text):
        end = anchor.start()
        while end and text[end - 1] == " " and anchor.start() - end < 3:
            end -= 1
        street = _street(text, end)
        if street is None:
            continue
        number = _NUMBERED.match(text, anchor.end())
        if number is not None:
            yield _Part(street[0], number.end(), 1, street[1])
    if _SPELLED_HINT.search(text):
        for hit in _SPELLED.finditer(text):
            street = _street(text, hit.end("name"))
            if street is not None:
                yield _Part(street[0], hit.end(), 1, street[1])


_SPELLED_HINT = re.compile(r"n (?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)")


def _street(text: str, end: int) -> tuple[int, float] | None:
    """Where the street's name that ends here begins, and its score."""
    first = max(0, end - 90)
    for filler in (" nr", " nr.", " nummer"):
        if text.endswith(filler, first, end):
            end -= len(filler)
    last = text[max(first, text.rfind(" ", first, end) + 1) : end]
    low = last.lower()
    if not low.endswith(_ENDINGS):
        return _abbreviated(text, end) if last.endswith(("g.", "v.", "v")) else None
    ending = next(ending for ending in _ENDINGS if low.endswith(ending))
    name = _NAME.search(text, first, end)
    if name is None or (name.start() and _joined(text[name.start() - 1])):
        return None
    whole = _trimmed(name[0])
    kept = _own(whole, len(ending))
    score = _street_score(kept, kept.rsplit(" ", 1)[-1][: -len(ending)], ending)
    return (end - len(kept), score) if score else None


def _joined(character: str) -> bool:
    return character.isalnum() or character in "-'’"


def _abbreviated(text: str, end: int) -> tuple[int, float] | None:
    """`Storg.`, `Kungsv`: a street's stem and the first letter of its ending."""
    short = _SHORT.search(text, max(0, end - 30), end)
    if short is None or not _SHORT_STEM.fullmatch(short[0][: -len(short["end"])]):
        return None
    word = short[0].rstrip(".")
    if lexicon.is_word(word) or lexicon.is_place(word) or _NO_STREET.fullmatch(word[:-1]):
        return None
    return end - len(short[0]), 0.6


def _own(name: str, ending: int) -> str:
    """The words of a name that are the street's: no first word of a sentence, nobody's name."""
    words = name.split(" ")
    first = len(words) - 1
    if len(words[-1]) == ending:
        first -= 1
    while first > 0 and _belongs(words[first - 1], words[first:]):
        first -= 1
    return " ".join(words[max(first, 0) :])


def _belongs(word: str, following: list[str]) -> bool:
    """Whether a word before a street's words is part of its name."""
    if _TITLE.fullmatch(word) or lexicon.is_place(" ".join((word, *following[:-1]))):
        return True
    genitive = following[0].split("gat")[0].split("väg")[0].endswith("s")
    person = lexicon.given(word) > 0 and lexicon.surname(word) == 0
    return person and (genitive or lexicon.given(following[0]) > 0)


_TITLE = re.compile(
    r"(?i:[ns]orra|södra|[öv]stra|västra|norr|söder|öster|väster|stora|lilla|gamla|nya|övre|nedre|inre"
    r"|yttre|långa|breda|höga|mellersta|kungliga|sankta?|st|s:ta?|kung|drottning|prins|prinsessan?"
    r"|general|doktor|biskop|kapten|professor|greve|friherre)"
)


def _trimmed(name: str) -> str:
    """The street's name without a sentence's first word that happens to stand before it."""
    words = name.split(" ")
    while len(words) > 1 and words[0].casefold() in _LEADING:
        words = words[1:]
    return " ".join(words)


_LEADING = frozenset(
    {"adr", "adress", "adressen", "av", "besök", "bor", "bostad", "flyttar", "från", "gatuadress"}
    | {"hem", "hos", "i", "kund", "kunden", "leveransadress", "på", "till", "vid"}
)


def _street_score(name: str, stem: str, end: str) -> float:
    words = _trimmed(name).split(" ")
    strong = end in _STRONG_ENDINGS
    if not stem:
        return _bare_score(words, end, strong=strong)
    if _NO_STREET.fullmatch(stem):
        return 0.0
    capital = words[-1][0].isupper()
    if end in ("väg", "plan"):
        return 0.4
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


_SITES = frozenset({"kajen", "promenaden", "terrassen", "svängen", "kroken", "liden", "tvären"})


def _boxes(text: str) -> Iterator[_Part]:
    for kind, score, hits in ((1, 0.4, _BOX.finditer(text)), (0, 0.6, _CARE.finditer(text))):
        for hit in hits:
            if not hit.start() or not (
                text[hit.start() - 1].isalnum() or text[hit.start() - 1] == "_"
            ):
                weak = text.startswith("FE", hit.start())
                yield _Part(hit.start(), hit.end(), kind, 0.2 if weak else score)


def _postal(text: str) -> Iterator[_Part]:
    for hit in _POSTCODE.finditer(text):
        start = hit.start()
        country = _COUNTRY.search(text, max(0, start - 4), start)
        if country is not None:
            start = country.start()
        if start and _joined(text[start - 1]):
            continue
        town = _town(hit["town"], spaced=bool(hit["space"]))
        score = _postal_score(hit["code"].replace(" ", ""), town, spaced=bool(hit["space"]))
        if not score or (score < 0.9 and hit["gap"].strip(" ")):
            continue
        yield _Part(start, hit.start("town") + len(town), 2, score)
        if score > _WEAKEST:
            yield from _village(text, start, score)


def _town(words: str, *, spaced: bool) -> str:
    """The longest beginning that is a known place, else the first capitalised word."""
    parts = words.split(" ")
    if not spaced and not parts[0][:1].isupper():
        return ""
    for length in range(len(parts), 0, -1):
        if lexicon.is_place(" ".join(parts[:length])):
            return " ".join(parts[:length])
    return parts[0] if parts[0][:1].isupper() else ""


def _postal_score(code: str, town: str, *, spaced: bool) -> float:
    if not town:
        return 0.0
    place = lexicon.locality(code)
    if place == town.casefold():
        return 0.9
    if not lexicon.is_place(town):
        return 0.6 if spaced and place is None and not lexicon.is_word(town) else _WEAKEST
    if lexicon.is_word(town) and place is not None:
        return _WEAKEST
    if spaced:
        return 0.75
    return 0.6 if place is None and not lexicon.is_word(town) else _WEAKEST


def _village(text: str, end: int, score: float) -> Iterator[_Part]:
    """A `village number` on the line before the postcode that begins at `end`."""
    first = max(0, end - 60)
    before = text[first:end].rstrip(" ,\r\n")
    hit = _VILLAGE.search(before)
    if hit is not None and first + len(before) < end:
        yield _Part(first + hit.start(), first + hit.end(), 1, score)


class Address(Recognizer):
    """Finds Swedish addresses."""

    ENTITY = "SE_ADDRESS"
    CUES = (
        "postadress", "gatuadress", "hemadress", "bostadsadress", "leveransadress", "fakturaadress",
        "besoksadress", "bor pa", "flyttar till", "flyttat till",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses in the text."""
        return (Hit(*span) for span in addresses(text))


PLUGIN = Address

"""Swedish postal addresses: street and number, box, c/o, postcode and town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
TRIGGER = (
    r"(?i)(?:gata|gatan|gat\.|väg|vägen|gränd|gränden|stig|stigen|torg|torget|allé|allén|backe"
    r"|backen|esplanad|esplanaden|brink|brinken|slinga|slingan|stråket|leden|plan|plats|platsen"
    r"|kajen|promenaden|svängen|kroken|ringen|rundan|tvären|terrassen|liden) {0,2}\d"
    r"|\bc/o |\bbox \d|[1-9][0-9]{2} ?[0-9]{2}[ ,]{1,3}[a-zåäö]"
)

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
    r"|esplanaden|brinken|slingan|stråket"
)
_WEAK = (
    r"leden|plan|plats|platsen|kajen|promenaden|svängen|kroken|ringen|rundan|tvären|terrassen|liden"
)
_FIRST = rf"[{_UPPER}][{_LETTER}'’-]*"
_STREET = re.compile(
    rf"(?<![{_LETTER}\d-])(?P<name>"
    rf"(?:(?:{_FIRST}|[Ss]:t|[Ss]:ta) ){{0,3}}?"
    rf"(?P<last>[{_LETTER}'’-]{{2,24}}(?i:{_STRONG}|{_WEAK})"
    rf"|(?i:{_STRONG}|{_WEAK}))) +(?P<number>{_NUMBER})(?i:{_UNIT})",
)
_ENDING = re.compile(rf"(?P<stem>[{_LETTER}'’-]*?)(?P<end>{_STRONG}|{_WEAK})$", re.IGNORECASE)
_BOX = re.compile(r"(?<!\w)(?:Box|BOX|box) \d{1,5}(?!\d)")
_CARE = re.compile(rf"(?<!\w)[cC]/[oO] +(?:[{_UPPER}][{_LETTER}-]+ ?){{1,3}}(?<! )")
_POSTCODE = re.compile(
    rf"(?<![\d{_LETTER}-])(?:SE?-)?(?P<code>[1-9]\d{{2}}(?P<space> ?)\d{{2}}) +"
    rf"(?P<town>[{_LETTER}-]+(?: [{_LETTER}-]+){{0,2}})"
)
_VILLAGE = re.compile(rf"(?:{_FIRST} ){{1,3}}{_NUMBER}{_UNIT}$")
_JOIN = re.compile(r"^(?:,[ \n]*|[ \t]*\r?\n[ \t]*| )$")
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
            merged[-1] = _Part(before.start, part.end, part.kind, 0.95)
        else:
            merged.append(part)
    yield from ((part.start, part.end, part.score) for part in merged)


def _continues(before: _Part, part: _Part, text: str) -> bool:
    """Whether the part is the next line of the same address: c/o, street, town in this order."""
    return before.kind < part.kind and _JOIN.match(text[before.end : part.start]) is not None


def _streets(text: str) -> Iterator[_Part]:
    for hit in _STREET.finditer(text):
        ending = _ENDING.search(hit["last"])
        if ending is None:
            continue
        score = _street_score(hit["name"], ending["stem"], ending["end"])
        if score:
            start = hit.start() + len(hit["name"]) - len(_trimmed(hit["name"]))
            yield _Part(start, hit.end(), 1, score)


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
    strong = re.fullmatch(_STRONG, end, re.IGNORECASE) is not None
    if not stem:
        if len(words) < 2 and end.casefold() != "esplanaden":
            return 0.0
        named = (
            len(words) == 1
            or _BEFORE.fullmatch(words[-2]) is not None
            or lexicon.is_place(" ".join(words[:-1]))
        )
        if not named or not words[0][0].isupper():
            return 0.0
        return 0.75 if strong else 0.4
    if _NO_STREET.fullmatch(stem):
        return 0.0
    capital = words[-1][0].isupper()
    if strong:
        return 0.8 if capital else 0.6
    known_word = lexicon.is_word(stem + end)
    return 0.7 if capital and not known_word else 0.4


def _boxes(text: str) -> Iterator[_Part]:
    yield from (_Part(hit.start(), hit.end(), 1, 0.4) for hit in _BOX.finditer(text))
    yield from (_Part(hit.start(), hit.end(), 0, 0.6) for hit in _CARE.finditer(text))


def _postal(text: str) -> Iterator[_Part]:
    for hit in _POSTCODE.finditer(text):
        town = _town(hit["town"])
        score = _postal_score(hit["code"].replace(" ", ""), town, spaced=bool(hit["space"]))
        if not score:
            continue
        end = hit.start("town") + len(town)
        yield _Part(hit.start(), end, 2, score)
        yield from _village(text, hit.start(), score)


def _town(words: str) -> str:
    """The longest beginning that is a known place, else the first capitalised word."""
    parts = words.split(" ")
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
        return 0.6 if spaced and place is None and not lexicon.is_word(town) else 0.3
    if spaced:
        return 0.75
    return 0.6 if place is None else 0.3


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

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses in the text."""
        return (Hit(*span) for span in addresses(text))


PLUGIN = Address

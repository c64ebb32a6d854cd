"""Swedish postal addresses: street and number, box, c/o, postcode and town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer
from detectors.street_names import ADJECTIVES
from detectors.streets import (
    BACK,
    FIRST,
    LETTER,
    NUMBER,
    UNIT,
    UPPER,
    Part,
    is_apart,
    spelled,
    streets,
)

VERSION = "12"
TRIGGER = (
    r"(?i:gatan?|v[äÄ]g(?:en)?|gr[äÄ]nd(?:en)?|stig(?:en)?|torget|torg|all[éÉ]n?|backen?|esplanaden?"
    r"|brinken?|slingan?|str[åÅ]ket|leden|plan|plats(?:en)?|kajen|promenaden|sv[äÄ]ngen|kroken"
    r"|ringen|rundan|tv[äÄ]ren|terrassen|liden|strand)(?: nr\.?| nummer)? {1,3}[1-9]"
    r"|[a-zåäö]{2}(?:g\.|v\.?) [1-9]"
    r"|(?:gatan|v[äÄ]gen|gr[äÄ]nd) (?:ett|tv[åÅ]|tre|fyra|fem|sex|sju|[åÅ]tta|nio|tio|elva|tolv)\b"
    r"|(?i:h[öÖ]jden|hagen|kullen|g[åÅ]rd(?:en)?|parken|g[åÅ]ngen|[åÅ]sen|lunden|[äÄ]ngen|dalen"
    r"|tornet|berget|f[äÄ]ltet|h[öÖ]rnet|g[äÄ]rdet|udden|viken|holmen|lyckan|t[äÄ]ppan|gl[äÄ]ntan"
    r"|backa|brynet|sl[äÄ]t|torp|hult) [1-9]"
    r"|[A-Za-zÅÄÖåäö]{2}(?i:by|n[äÄ]s|r[öÖ]r|lund|holm|sj[öÖ]) [1-9]"
    r"|(?:Norra|Södra|Östra|Västra|Stora|Lilla|NORRA|SÖDRA|ÖSTRA|VÄSTRA|STORA|LILLA)"
    r" [A-ZÅÄÖ](?:[a-zåäö]{1,20}|[A-ZÅÄÖ]{1,20}) [1-9]"
    r"|(?i:add?ress|street|location)[\"']?[:=>][\"' ]{0,3}[A-ZÅÄÖ][A-Za-zÅÄÖåäö -]{2,30} [1-9]"
    r"|[;|\t] ?\"?[A-ZÅÄÖ][a-zåäöé]{3,24} [1-9][0-9]{0,2} ?[A-Ha-h]?\"? ?[;|\t\r\n]"
    r"|[A-Za-zÅÄÖåäö]\+\+[1-9][0-9]{4}[+']"
    r"|\b[cC]/[oO] |\b[bB](?:ox|OX) [1-9]|\bFE [1-9]"
    r"|\b[1-9][0-9]{2} [0-9]{2}(?: {1,3}|[;,\t] ?)[A-ZÅÄÖa-zåäö]{2}"
    r"|(?:\b|SE?-)[1-9][0-9]{4}(?: {1,3}|[;,\t] ?)[A-ZÅÄÖ][A-Za-zÅÄÖåäö]"
)
REACH = BACK
"""Half of it holds the longest name before a number, or what three units add after one."""
_EDIEL = re.compile(
    rf"(?<=\+)(?P<town>[{UPPER}][{LETTER} -]{{1,30}})\+\+"
    r"(?P<code>[1-9][0-9]{4})(?P<country>\+SE)?(?=[+'])"
)
_BOX = re.compile(r"(?:[Bb]ox|BOX|FE) [0-9]{1,5}(?![0-9])")
_CARE = re.compile(rf"[cC]/[oO] +(?:[{UPPER}](?:[^\W\d_]|-)+ ?){{1,3}}(?<! )")
_POSTCODE = re.compile(
    rf"(?P<code>[1-9](?<![0-9{LETTER}].)[0-9]{{2}}(?P<space> ?)[0-9]{{2}})(?P<gap> +|[;,\t] ?)"
    rf"(?P<town>[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö][{LETTER}-]*(?: [{LETTER}-]+){{0,2}})"
)
_COUNTRY = re.compile(r"(?<!\w)(?:SE?-|SE )\Z")
_COUNTRIES = ("S-", "E-", "SE ")
_VILLAGE = re.compile(
    rf"(?P<name>(?:{'|'.join(map(str.title, sorted(ADJECTIVES)))}) [a-zåäö]{{3,15}}"
    rf"|{FIRST}(?: {FIRST}){{0,2}}) {NUMBER}{UNIT}$"
)
_CELL = re.compile(
    r"[;|\t] ?\"?(?P<place>(?P<name>[A-ZÅÄÖ][a-zåäöé]{3,24}) [1-9][0-9]{0,2}(?: ?[A-Ha-h])?)"
    r"(?=\"? ?[;|\t\r\n])"
)
_IN_CELL = 0.2
"""Score of a name and a number that fill a cell: they stand where the header says what they are."""
_JOIN = re.compile(r"(?:,[ \n]*|[ \t]*[,;/|]?[ \t]*\r?\n[ \t]*| ?[;/|\t] ?|\t| )")
_WEAKEST = 0.1
"""Score of five digits before a word that seems to be no town."""


def addresses(text: str) -> list[Part]:
    """Addresses by place; lines of one address that stand together are one."""
    numbered = [*streets(text), *spelled(text), *_boxes(text)]
    ends = {part.end for part in numbered}
    parts = [*numbered, *_postal(text, ends), *_fields(text), *_cells(text, ends)]
    if len(parts) < 2:
        return parts
    parts.sort()
    before = parts[0]
    merged = [before]
    for part in parts[1:]:
        if part.start < before.end:
            end, best = max(before.end, part.end), max(before.score, part.score)
            before = merged[-1] = Part(before.start, end, before.kind, best)
        elif _continues(before, part, text):
            sure = min(before.score, part.score) > _WEAKEST
            score = 0.95 if sure else max(before.score, part.score)
            before = merged[-1] = Part(before.start, part.end, part.kind, score)
        else:
            before = part
            merged.append(part)
    return merged


def _continues(before: Part, part: Part, text: str) -> bool:
    """Whether the part is the next line of the same address: c/o, street, town in this order."""
    return before.kind < part.kind and bool(_JOIN.fullmatch(text, before.end, part.start))


def _boxes(text: str) -> Iterator[Part]:
    if "ox " in text or "OX " in text or "FE " in text:
        for hit in _BOX.finditer(text):
            if _is_word(text, hit.start()):
                weak = text.startswith("FE", hit.start())
                yield Part(hit.start(), hit.end(), 1, 0.2 if weak else 0.4)
    if "/" in text and ("/o " in text or "/O " in text):
        for hit in _CARE.finditer(text):
            if _is_word(text, hit.start()):
                yield Part(hit.start(), hit.end(), 0, 0.6)


def _is_word(text: str, start: int) -> bool:
    """Whether no word goes on here."""
    return not start or not (text[start - 1].isalnum() or text[start - 1] == "_")


def _postal(text: str, ends: set[int]) -> Iterator[Part]:
    """Postcode and town, and a village with a number before them where no street `ends`."""
    for hit in _POSTCODE.finditer(text):
        start = hit.start()
        if text.endswith(_COUNTRIES, 0, start):
            country = _COUNTRY.search(text, max(0, start - 4), start)
            start = country.start() if country else start
        if not is_apart(text, start):
            continue
        code, space, gap, words = hit.groups()
        town = _town(words, spaced=bool(space))
        score = _postal_score(code.replace(" ", ""), town, spaced=bool(space))
        if not score:
            continue
        if score < 0.9 and gap.strip(" ") and not _is_in_row(text, start, ends, gap):
            continue
        yield Part(start, hit.start("town") + len(town), 2, score)
        if score > _WEAKEST:
            yield from _village(text, start, score, ends)


def _is_in_row(text: str, start: int, ends: set[int], gap: str) -> bool:
    """Whether the cell before a postcode's own is a street's."""
    return text[start - 1 : start] == gap and (start - 1 in ends)


def _fields(text: str) -> Iterator[Part]:
    """Town and postcode in Ediel's fields: `+Kalmar++39232+`."""
    if "++" in text:
        for hit in _EDIEL.finditer(text):
            known = lexicon.locality(hit["code"]) == hit["town"].casefold()
            if known or lexicon.is_place(hit["town"]) or hit["country"]:
                yield Part(hit.start("town"), hit.end("code"), 2, 0.8)


def _cells(text: str, ends: set[int]) -> Iterator[Part]:
    """A capitalised name and a number alone in a table's cell, where no street `ends`."""
    if "\t" in text or ";" in text or "|" in text:
        for hit in _CELL.finditer(text):
            if hit.end() not in ends and not _is_thing(hit["name"]):
                yield Part(hit.start("place"), hit.end("place"), 1, _IN_CELL)


def _town(words: str, *, spaced: bool) -> str:
    """The longest beginning that is a known place, else the first capitalised word."""
    parts = words.split(" ")
    if not spaced and not parts[0][:1].isupper():
        return ""
    for length in range(len(parts), 0, -1):
        town = " ".join(parts[:length])
        if lexicon.is_place(town):
            return town
    return parts[0] if parts[0][:1].isupper() else ""


def _postal_score(code: str, town: str, *, spaced: bool) -> float:
    if not town:
        return 0.0
    place = lexicon.locality(code)
    if place == town.casefold():
        return 0.9
    if not lexicon.is_place(town):
        return 0.6 if spaced and place is None and not lexicon.is_word(town) else _WEAKEST
    if (lexicon.is_word(town) and place) or not _is_near(code, town, spaced=spaced and not place):
        return _WEAKEST
    if spaced:
        return 0.75
    return 0.6 if place is None and not lexicon.is_word(town) else _WEAKEST


def _is_near(code: str, town: str, *, spaced: bool) -> bool:
    """Whether a code may be the town's, whose known codes begin alike."""
    digits = 1 if spaced else 2
    known = lexicon.regions(town)
    return not known or any(code[:digits] == region[:digits] for region in known)


def _village(text: str, end: int, score: float, ends: set[int]) -> Iterator[Part]:
    """A `village number` before the postcode that begins at `end`, perhaps in a cell of its own."""
    first = max(0, end - 56)
    before = text[first:end].rstrip(" ,;|\t\r\n")
    last = first + len(before)
    hit = _VILLAGE.search(before) if last < end and last not in ends else None
    if hit is None:
        return
    words = hit["name"].split(" ")
    kept = _unowned(words)
    in_cell = not text[last:end].strip(" ;|\t")
    if in_cell and len(kept) == 1 and _is_thing(kept[0]):
        return
    yield Part(last - len(" ".join(kept)) + hit.end("name") - hit.end(), last, 1, score)


def _is_thing(word: str) -> bool:
    """Whether a number after the word counts or names something that is no village."""
    common = lexicon.is_word(word) and not lexicon.is_place(word)
    return common or word.lower().endswith(("nr", "nummer"))


def _unowned(words: list[str]) -> list[str]:
    """A village's words without the name of who lives there."""
    while len(words) > 1 and words[0].lower() not in ADJECTIVES:
        if not (lexicon.given(words[0]) or lexicon.surname(words[0])):
            break
        words = words[1:]
    return words


_NUMBERED = re.compile(
    r"\b(?:artik(?:el|lar)|art|artn(?:r|ummer)|reservdel|modell|hylla|ritning|order|batch)"
    r"\.?(?: ?n(?:r|ummer))?:? \Z",
    re.IGNORECASE,
)
"""Right before digits and a word: what is counted so, and no postcode."""


class Address(Recognizer):
    """Finds Swedish addresses."""

    ENTITY = "SE_ADDRESS"
    CUES = (
        "postadress", "gatuadress", "hemadress", "bostadsadress", "leveransadress", "fakturaadress",
        "besoksadress", " adress", " gata ", "bor pa", "flyttar till", "flyttat till",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses in the text."""
        for start, end, _, score in addresses(text):
            if not (text[start].isdigit() and _NUMBERED.search(text, max(0, start - 16), start)):
                yield Hit(start, end, score)


PLUGIN = Address

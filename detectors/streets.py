"""Streets, farms and villages with a house number, as text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detectors import lexicon, street_names
from detectors.street_names import (
    ADJECTIVES,
    COLOURS,
    COMPASS,
    NO_HOME,
    NO_STREET,
    ROADS,
    SHORT_STEM,
    SQUARE,
    TAILS,
    TITLE,
)

UPPER = "A-ZÅÄÖÉÜ"
LETTER = "A-Za-zÅÄÖåäöÉéÜü"
_MEASURES = (
    "kWh|MWh|GWh|kW|MW|kV|W|km|m(?!\\.? ?(?:fl|m)\\b)|mm|cm|dm|m[23²³]|kvm|kvadrat[a-zåäö]*|tum"
    "|(?:kilo|centi|milli)?meter|grader|st|%|kr|[tmk]kr|kronor|procent|gånger|ton|tons|watt|volt"
    "|ampere|dB|tusen|miljoner|miljarder|dagar|dgr|dygn|år|års|mån|månad|månader|månaders|veckor"
    "|av(?! (?!(?:de|dem|dessa|alla|våra|totalt)(?!\\w))[A-Za-zÅÄÖåäö])"
    "|veckors|nätter|timmars?|tim|min|minuters?|ggr|öre|SEK|EUR"
)
"""After a number: it measures."""
_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mars|apr(?:il)?|maj|juni|juli|aug(?:usti)?|sept?(?:ember)?"
    "|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_COUNTED = (
    "personer|stycken|turbiner|hushåll|fastigheter|kunder|abonnenter|brunnar|[a-zåäö]*stolpar"
    "|armaturer|villor|lägenheter|[a-zåäö-]*platser|kablar|ledningar|serviser|anslutningar|filer"
    "|körfält|olyckor|butiker|elever|protester|lampor|lyktor|tomter|lådor|gropar|etapper|bilar"
    "|bostäder|anläggningar|klagomål|avbrott|luckor|barn|boende(?= (?:har|fick|berörs))"
)
NUMBER = (
    r"\d{1,4}(?! ?A (?:per|säkring|huvudsäkring|automat|mätarsäkring) ?)"
    r"(?: ?[A-Ha-h](?![\w]))?(?: ?[-–] ?\d{1,4}(?: ?[A-H](?!\w))?)?"
    r"(?![\d]|[.:]\d|,\d(?!\d\d ?\d\d [A-ZÅÄÖ])|:[0-9a-f]{1,4}:|:[ea]\b|-\d"
    r"| ?(?:k?V|[kM]VA|Hz|mm[2²]|bar|l/s|ohm)(?!\w)| ?°| ?[x×] ?(?:DN ?)?\d"
    r"| \d{3} (?:kr|SEK|kronor)\b"
    rf"| ?(?:{_MEASURES}|{_COUNTED})(?!\w)| (?:{_MONTHS})(?!\w))"
)
UNIT = (
    r"(?:,? (?:lgh|lägenhet|lag)\.? ?\d{4}|,? \d{1,2} ?tr\.?|,? (?:nb|bv|ög|nbv)(?!\w)"
    r"|,? uppg(?:\.|ång)? ?[A-Z0-9](?!\w)){0,3}"
)
FIRST = rf"[{UPPER}][{LETTER}'’-]*"
_ANCHOR = re.compile(rf" (?=[1-9])(?<=[{LETTER}. ] )")
_NUMBERED = re.compile(rf"{NUMBER}(?i:{UNIT})")
_SPELLED = re.compile(
    rf"(?P<name>(?<![{LETTER}-])[{UPPER}][{LETTER}'’-]{{2,24}}(?:gatan|vägen|gränd)) "
    r"(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
    r"(?= ?[A-D](?!\w)|[.,;!?\n]|\Z| (?:i|och|sedan|som|är|har)(?!\w))"
)
_WORDED = re.compile("[gv](?:atan|ägen|ränd) [eftsån]")
"""What few texts with a street have, and all where its number is a word."""
_WORD = re.compile(rf"[{LETTER}][{LETTER}'’-]{{0,32}}\Z")
_FORMER = re.compile(rf"(?:{FIRST}|[Ss]:ta?|[IVX]{{1,5}}:[sS])\Z")
_QUARTERS = ("N. ", "S. ", "V. ", "Ö. ")
"""Points of the compass before an abbreviated street."""
_FILLERS = frozenset({"nr", "nr.", "nummer"})
_SHORT = re.compile(rf"(?<![{LETTER}-])[{UPPER}][a-zåäöé]{{1,20}}(?P<end>g\.|v\.?)\Z")
_COMPASS_ENDS = ("ra ", "lla ", "RA ", "LLA ")
_KEY = re.compile(r"(?:dress|DRESS|treet|ocation|OCATION)[\"']?[:=>]")
_KEYS = ("dress", "treet", "DRESS", "ocation", "OCATION")
_OF_PLACE = re.compile(
    r"(?:(?<!\w)(?i:på|vid|i|till|från|förbi|för|utanför|längs|intill|bakom|framför|mittemot"
    r"|omfattar|gäller|avser|berör|drabbar|at|of|in|from|to)( )"
    r"|\w, )\Z"
)
_TOLD = re.compile(
    r"(?i:(?<!\w)(?:\w{0,20}add?ress(?:en)?|adr|\w{0,16}street|location)\.?[\"']?[ \t]?"
    r"[:=>]?[ \t]?[\"']?"
    r"|(?<!\w)(?:\w{0,14}add?ress(?:en)?|adr) (?:är|e|is|blir|var)[ ]"
    r"|(?<!\w)(?:bor?|bott|bodde|boende|bosatt|framme|bostad|hemma) (?:\w{2,6} )?"
    r"(?:på|i|vid|hos)[ ]"
    r"|(?<!\w)bor[ ]"
    r"|(?<!\w)(?:\w{0,14}(?:plats|ställe)(?:en|t)?|hämtas|lämnas|\w{0,8}hämtning|lossning"
    r"|destination):[ ]?"
    r"|geokod[^\n]{0,40}[\"']|träff(?:ar)?, [\"']"
    r"|flytt\w{0,4} (?:in |ut )?(?:fr\.?|från|till|t)[ ]"
    r"|\bmov\w{2,3} (?:out of|from|to|into)[ ]|\bliv(?:e|es|ed|ing) (?:at|on|in)[ ]"
    r"|\b(?:besök|leverans)[^\n.]{0,20}[ ])\Z"
    r"|(?:\A|\n)27\Z"
    r"|@[\w.-]{3,40}[\"']?[,;|\t] ?[\"']?\Z"
    r"|735999[0-9]{12}[\"']?[,;|\t ]{1,8}[\"']?\Z"
)
"""What says right before a name that it is an address: words, a key, Ediel's segment, Bankgirot's
post 27, a person's or metering point's row."""
_FAR = re.compile(
    r"(?:flytt\w{0,4} fr[^\n.]{3,60} (?:t|till) |NAD\+[A-Z]{2,3}\+[^'\n]{0,70}\+)\Z", re.IGNORECASE
)
_HOUSE = re.compile(
    r",? (?:tel\b|mob|\+46|0[1-9])| i [A-ZÅÄÖ]"
    r"|(?:[\"' ,;|\t\r\n>]{1,6}|</\w{1,9}>\s?<\w{1,9}>)(?:SE?-)?[1-9][0-9]{2} ?[0-9]{2}"
    r"[ ;,][A-ZÅÄÖ]"
)
_ROW_AFTER = re.compile(
    rf"(?:,| och| samt) (?:[{LETTER}]{{2,12}} ){{0,2}}[{LETTER}]{{2,24}}"
    rf"(?:gatan?|vägen|gränd|stigen|backen|torget|torg|plan|platsen|allén|promenaden) [1-9]"
)
_ROW_BEFORE = re.compile(
    r"(?:gatan?|vägen|gränd|stigen|backen|torget|torg|plan|platsen|allén|promenaden)"
    r" [1-9][0-9]{0,2}(?: ?[A-H])?(?:,| och| samt)( )\Z",
    re.IGNORECASE,
)
"""Another street beside, with its number."""
_KEYED = re.compile(r"(?i:add?ress|street|location)[\"']?[:=>][\"' ]{0,3}\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_ENDS = re.compile(
    r"[.,;:!?)\"'\n|\t<]|\Z| (?:till|t|i|och|den|sedan|från|inflytt|som|är|väntar|ringde|ringer"
    r"|undrar|vill|har|hade|ska|fick|får|flyttar|flyttade|skrev|behöver|saknar|önskar|begär)(?!\w)"
)
_SITE = re.compile(r"(?i:skol|stations?|sjö|park)")
_ABSTRACT = re.compile(r"(?i:\w*(?:ings|hets|ions|else|elses|hålls|smart|flex))")
_LOW_COMPASS = re.compile(
    r"(?<![\w-])(?:norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre) \Z"
)
_QUIET = re.compile(
    r"(?<![\w-])(?:(?P<first>[a-zåäö]{3,15}) )?"
    r"(?P<name>(?P<compass>norra|södra|östra|västra) (?:vägen|gatan)"
    r"|(?:stora|lilla|norra|södra|östra|västra|nya|gamla) (?:torget|torg|kajen|esplanaden)"
    r"|[a-zåäö]{2,15}s (?:gata|väg|gränd|torg|plats|allé))\Z"
)
"""A street of several words in lower case."""
_QUIETLY = re.compile(
    rf"{SQUARE.pattern}(?:plan|plats|platsen)|\w{{3,}}(?:promenaden|kajen|gången)"
    r"|(?:gamla|nya) landsvägen|(?:stora|lilla|norra|södra|östra|västra) (?:torg|torget|kajen)"
)
"""What is a street after a word of place, in lower case too."""
_PLANTS = ("station", "stationen", "nätst.", "transformator", "ställverk", "ställverket", "linjen")
BACK = 124
"""Characters before a number that are read for the name and what is said of it."""
_HOME = 0.3
_REGION = 0.29
"""Score of what may be a town or a region before a number of something."""
_COLOURED = 0.55
"""Score of `Gröna gången` before a number."""
_QUIET_HOME = 0.12
"""Score of a farm's name in lower case."""


class Part(NamedTuple):
    """A line of an address."""

    start: int
    end: int
    kind: int
    """The order within an address: 0 c/o, 1 street, box or village, 2 postcode and town."""
    score: float


def streets(text: str) -> Iterator[Part]:
    """Streets with a number, and farms and villages with one."""
    keyed = any(map(text.__contains__, _KEYS))
    for anchor in _ANCHOR.finditer(text):
        digit = anchor.end()
        end = digit - 1
        while text[end - 1 : end] == " " and digit - end < 4:
            end -= 1
        first = end - 60 if end > 60 else 0
        begin = text.rfind(" ", first, end) + 1 or first
        word = text[begin:end]
        low = word.lower()
        if low[-2:] in TAILS:
            found = _street(text, first, begin, end) or _home(text, first, begin, end, keyed=keyed)
        elif low in _FILLERS:
            end = max(first, begin - 1)
            begin = text.rfind(" ", first, end) + 1 or first
            found = _street(text, first, begin, end)
        elif low.endswith(("v", "v.", "g.")):
            found = _abbreviated(text, end) or _home(text, first, begin, end, keyed=keyed)
        elif text.endswith(_COMPASS_ENDS, first, begin) or (
            keyed and word != low and _KEY.search(text, first, end)
        ):
            found = _home(text, first, begin, end, keyed=keyed)
        else:
            continue
        if found is None:
            continue
        number = _NUMBERED.match(text, digit)
        if number is not None:
            start, score = found
            if _is_year(text, start, number):
                continue
            if score < 0.5 and not _YEAR.match(text, digit):
                score = _placed(text, start, number, score)
            yield Part(start, number.end(), 1, score)


def _is_year(text: str, start: int, number: re.Match[str]) -> bool:
    """Whether a street's number is a year: nothing says that an address stands here."""
    if not _YEAR.fullmatch(number[0]) or _HOUSE.match(text, number.end()):
        return False
    return _TOLD.search(text, max(0, start - 45), start) is None


def spelled(text: str) -> Iterator[Part]:
    """Streets whose number is a word: `Storgatan tio`."""
    if ("gatan " in text or "vägen " in text or "gränd " in text) and _WORDED.search(text):
        for hit in _SPELLED.finditer(text):
            end = hit.end("name")
            found = _street(text, max(0, end - 60), hit.start(), end)
            if found is not None:
                yield Part(found[0], hit.end(), 1, found[1])


def _name(text: str, first: int, end: int) -> list[str]:
    """The word that ends here, with up to three capitalised ones before it; none if it is none."""
    words = text[first:end].rsplit(" ", 4)[-4:]
    last = _WORD.search(words[-1])
    if last is None:
        return []
    name, whole = [last[0]], last.start() == 0
    for word in words[-2::-1]:
        if not whole or (word.islower() and ":" not in word):
            break
        former = _FORMER.search(word)
        if former is None or not is_apart(word, former.start()):
            break
        name.insert(0, former[0])
        whole = former.start() == 0
    return name if is_apart(text, end - _length(name)) else []


def _length(words: list[str]) -> int:
    """Characters of the words with a space between them."""
    return sum(map(len, words)) + len(words) - 1


def _home(text: str, first: int, begin: int, end: int, *, keyed: bool) -> tuple[int, float] | None:
    """Where the name of a farm or village that ends here begins, and its score without help."""
    ending = street_names.home_of(text[begin:end].lower())
    titled = text.endswith(_COMPASS_ENDS, first, begin)
    words = _name(text, first, end) if ending or keyed or titled else []
    if not words:
        return None
    words = street_names.trimmed(words)
    low = words[-1].lower()
    proper = words[-1][0].isupper()
    if words == [ending]:
        words = [*text[first:begin].split(" ")[-2:-1], ending]
    titled = len(words) > 1 and proper and words[-2].lower() in COMPASS
    described = ending == low and len(words) > 1 and words[-2].lower() in ADJECTIVES
    if titled or described or (ending == low and len(words) > 1 and proper):
        kept = words[-2:]
    elif ending and ending != low:
        if NO_HOME.fullmatch(low):
            return None
        kept = words[-1:]
    elif proper and keyed and _KEYED.search(text, first, end - _length(words)):
        kept = words
    else:
        return None
    if not kept[0][0].isupper():
        return end - _length(kept), _QUIET_HOME
    if described and kept[0].lower() in COLOURS:
        return end - _length(kept), _COLOURED
    region = titled or described or lexicon.is_place(" ".join(kept))
    return end - _length(kept), _REGION if region else _HOME


def _placed(text: str, start: int, number: re.Match[str], score: float) -> float:
    """The score of a weak street or farm with what stands right before and after it."""
    proper = text[start].isupper()
    near = max(0, start - 45)
    told = _TOLD.search(text, near, start) or (
        text[start - 1 : start] in ("+", " ")
        and _FAR.search(text, max(0, number.start() - BACK), start)
    )
    if told or (proper and _HOUSE.match(text, number.end())):
        return 0.65 if proper else 0.55
    if _ROW_BEFORE.search(text, near, start) or _ROW_AFTER.match(text, number.end()):
        return 0.6 if proper else 0.55
    place = _OF_PLACE.search(text, max(0, start - 12), start)
    name = text[start : number.start()].rstrip().lower()
    if not proper:
        return 0.55 if place and _QUIETLY.fullmatch(name) else score
    if place is None or (score == _REGION and not _ENDS.match(text, number.end())):
        return score
    if name.endswith("plan") and (
        _ABSTRACT.fullmatch(name[:-4]) or not (place[1] or _SITE.fullmatch(name[:-4]))
    ):
        return score
    return 0.6


def _street(text: str, first: int, begin: int, end: int) -> tuple[int, float] | None:
    """Where the street's name that ends here begins, and its score; its last word at `begin`."""
    ending = street_names.ending_of(text[begin:end].lower())
    name = _name(text, first, end) if ending else []
    if not name:
        return None
    if end - begin == len(ending):
        quiet = _QUIET.search(text, first, end)
        if quiet is not None:
            return _quiet(quiet)
    kept = street_names.own(street_names.trimmed(name), len(ending))
    start = end - _length(kept)
    if start == begin and not kept[0][0].isupper():
        compass = _LOW_COMPASS.search(text, first, begin)
        if compass is not None:
            kept, start = [compass[0][:-1], *kept], compass.start()
    score = street_names.score(kept, kept[-1][: -len(ending)], ending)
    if not score or (ending not in ROADS and _is_plant(text, start)):
        return None
    return start, score


def _is_plant(text: str, start: int) -> bool:
    """Whether the word before says that the name is a station's, not a house's."""
    return text[max(0, start - 30) : start].rstrip().lower().endswith(_PLANTS)


def _is_joined(character: str) -> bool:
    """Whether a word goes on here."""
    return character.isalnum() or character in "-'’"


def is_apart(text: str, start: int) -> bool:
    """Whether a name begins here: a quote may stand before it, and a record's two digits."""
    before = text[start - 1] if start else " "
    if not _is_joined(before):
        return True
    if before == "7":
        return text[max(0, start - 3) : start] in ("\n27", "27")
    return before in "'’" and not text[start - 2 : start - 1].isalnum()


def _quiet(street: re.Match[str]) -> tuple[int, float]:
    """A street of several words in lower case, which stands where words say so."""
    first = street["first"]
    genitive = "s " in street["name"]
    owned = first and genitive and (lexicon.given(first) or TITLE.fullmatch(first))
    start = street.start() if owned else street.start("name")
    named = (owned or street["compass"]) and _OF_PLACE.search(street.string, 0, start)
    return start, 0.55 if named else 0.4


def _abbreviated(text: str, end: int) -> tuple[int, float] | None:
    """`Storg.`, `Kungsv`: a street's stem and the first letter of its ending."""
    short = _SHORT.search(text, max(0, end - 30), end)
    if short is None:
        return None
    quartered = text[max(0, short.start() - 3) : short.start()] in _QUARTERS
    if not (quartered or SHORT_STEM.fullmatch(short[0][: -len(short["end"])])):
        return None
    word = short[0].rstrip(".")
    if lexicon.is_word(word) or lexicon.is_place(word) or word[:-1].lower() in NO_STREET:
        return None
    return short.start() - 3 * quartered, 0.6

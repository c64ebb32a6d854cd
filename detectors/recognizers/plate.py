"""Vehicle registration numbers. Article codes look alike: a cue, a label or plain prose tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import lexicon, vehicles
from detectors.recognizers.base import Hit, Recognizer

VERSION = "16"
TRIGGER = (
    r"\b[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]\b"
    r"|\b[a-hj-pr-uw-z]{3}(?:-?[0-9]{2}[0-9a-hj-npr-uw-z]| [0-9]{2}[a-hj-npr-uw-z])\b"
    r"|\b[b-df-hj-np-tw-z]{3} [1-9][0-9]{2}\b"
    r"|(?:[Nn][Rr]|[Nn]ummer|[Nn]umret|[Pp]late|[Ss]kylt|[Ss]kylten)"
    r"[.:=]{0,2} {0,2}(?:är |var )?[A-Za-z]{3}[ -]?[0-9]{2}[0-9A-Za-z]\b"
    r"|(?:[Bb]il(?:en|ar)?|[Ff]ordon(?:et)?|[Ss]läp(?:et|vagnen)?(?: har)?|[Bb]uss(?:en)?"
    r"|[Kk]örjournal(?:en)?|[Pp]unktering på|[Tt]ankkort för"
    r"|[Rr]eg|[Tt]roligen|[Kk]ör(?:de|a|t)?|[Kk]und|[Ss]kylten|[Dd]it med|[Nn]ycklarna till"
    r"|[Nn]yckeln till|[Bb]esiktning|[Vv]em (?:har|äger|tog|lånade?))"
    r"[ :,(1-9]{1,4}[a-hj-pr-uw-z]{3} [0-9]{3}\b"
    r"|\b[Aa]ng(?:ående)?[.:]? [a-hj-pr-uw-z]{3} [0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}[A-ZÅÄÖ0-9]{2,7}"
    r"|(?:Volvo|VW|Toyota|Ford|Kia|Skoda|Audi|BMW|Opel|Saab|Tesla),? [a-hj-pr-uw-z]{3} [0-9]{3}\b"
)
REACH = 140

_AFTER = r"(?![A-Za-zÅÄÖåäö0-9_])(?!-[0-9])"
_LETTER = "[A-HJ-PR-UW-Za-hj-pr-uw-z]"
_PATH = ("/", "\\")
_SHAPE = re.compile(
    rf"[0-9][0-9](?<![0-9]..)[A-HJ-NPR-UW-Za-hj-npr-uw-z0-9]{_AFTER}"
    rf"(?:(?<=\b{_LETTER}{{3}}...)|(?<=\b{_LETTER}{{3}}[ -]...))"
)
"""From the first digit on, as `re` skips to a digit faster than to a word."""
_NAMED = re.compile(
    r"(?:reg\.? ?(?:nr|nummer|num|no)|registreringsn(?:r|ummer|umret)"
    r"|(?:licen[cs]e|number|registration) plate|(?:registrerings|nummer|reg)skylt(?:en)?)"
    r"(?:[.:=]{0,2} {0,2}(?:är |var )?| ?= ?['\"]| in ?\((?:'[A-Z0-9 -]{6,7}', ?){0,4}')\Z",
    re.IGNORECASE,
)
_BEFORE = 24
_NAMED_BEFORE = 72
_AHEAD = 50
_SUBJECT = re.compile(r"\b[Aa]ng(?:ående)?[.:]? \Z")
_DRIVEN = re.compile(
    r"\b(?:bil(?:en|ar|arna)?|fordon(?:et)?|flytta|kör(?:a|de)?|parker[a-z]{2,5})\b"
)
_CAR = re.compile(
    r"(?:[Bb]il(?:en|ar)?|[Ff]ordon(?:et)?|[Ss]läp(?:et|vagnen)?(?: har)?|[Bb]uss(?:en)?"
    r"|[Kk]örjournal(?:en)?|[Pp]unktering på|[Tt]ankkort för"
    r"|\b[Rr]eg|[Tt]roligen|\b[Kk]ör(?:de|a|t)?|\b[Kk]und|[Ss]kylten|[Dd]it med"
    r"|[Nn]yck(?:eln|larna) till|[Bb]esiktning)[ :,(1-9]{1,4}\Z"
)
_CODE = r"[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]"
_WHOSE = r"(?: \([A-ZÅÄÖ][a-zåäöé]+\))?"
_AFTER_ONE = re.compile(rf"(?<![A-Za-zÅÄÖåäö0-9])(?P<plate>{_CODE}){_WHOSE}(?:,| och| samt) \Z")
_BEFORE_ONE = re.compile(rf"{_WHOSE}(?:,| och| samt) (?P<plate>{_CODE}){_AFTER}")
_ROW = 32
"""Characters that a plate and what joins it to the next take."""
_VOWELS = frozenset("aeiou")
_WORD = frozenset(
    (
        "all", "bar", "bor", "den", "der", "des", "dom", "dra", "dro", "far", "fem", "fes", "for",
        "gar", "ger", "gor", "had", "han", "har", "hos", "kan", "kom", "kor", "kwh", "lag", "mal",
        "man", "max", "med", "mer", "mot", "nar", "nas", "nya", "per", "ser", "som", "tag", "tar",
        "tog", "ton", "tre", "typ", "upp", "sen", "bak", "sex", "ute", "fyr", "ett", "att", "och",
    )
)  # fmt: skip
"""Words that stand between a car and an ordinary number."""
_PERSONAL = re.compile(
    r"[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}"
    rf"(?P<plate>[A-ZÅÄÖ0-9]{{2,7}}){_AFTER}"
)
_FUSE = re.compile("[A-Z]{3} (?:06|10|13|16|20|25|30|32|35|40|50|63|80)[ABC]")
"""Devices with their current or curve, as `MCB 16C`, where a plate would have its last three."""
_WORDS = frozenset(
    (
        "SEK", "EUR", "NOK", "DKK", "USD", "GBP", "KWH", "MWH", "GWH", "TWH", "KVA", "MVA", "LGH",
        "TEL", "FAX", "TFN", "SFS", "RFC", "EKK", "FKK", "EKL", "EKR", "RKK", "LED", "USB", "GSM",
        "LTE", "RPM", "MAX",
    )
)  # fmt: skip
"""Units, currencies, cables: never the letters of a plate in what companies write."""
_TECHNICAL = frozenset(
    (
        "ABB", "REF", "REL", "RED", "RET", "REV", "RTU", "CMU", "VER", "ART", "KST", "AVD", "HUS",
        "RUM", "SAL", "SAS", "KAP", "KAM", "KAB", "NST", "DOK", "ORD", "KOD", "BOX", "TAB", "ROW",
        "RAD", "PEX", "MCB", "RCD", "EMH", "ERR", "EVC", "TWC", "SRV", "CCS", "AXK",
    )
)  # fmt: skip
"""Codes of devices and places as often as plates: a label is needed."""
_MONTHS = frozenset(
    ("JAN", "FEB", "MAR", "APR", "MAJ", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC")
)
"""Before a blank they count days and years."""
_COMMON = frozenset(
    (
        "DEN", "DET", "BUT", "SHA", "CAT", "PAR", "NSX", "TRE", "GPS", "APP", "WEB", "NAS", "LAN",
        "WAN", "SSH", "TCP", "UDP", "ARP", "PLC", "UPS", "LCD", "CPU", "GPU", "RAM", "SSD", "HDD",
        "PDF", "SMS", "EAN", "AFS", "AMA", "BBR", "BFS", "EBR", "ELS", "ESA", "NEK", "NFS", "SSG",
        "STA", "BRA", "NAX", "DLH", "FIN", "RYR", "AFR", "BAW", "SWR", "AUA", "EZY", "UAE", "THY",
        "LOT", "TAP", "BTC", "FXK", "FCJ", "FKR", "AXL", "AXC", "ACJ", "ALU", "EXX", "BLX", "BLL",
        "PAS", "SRS", "SRN", "SRE", "PEH", "PEM", "PEL", "PER", "KRE", "DHC", "TFL", "PUR", "GAP",
        "REB", "REC", "REG", "REM", "RER", "REX", "SEL", "CPC", "CMC", "DLM", "MFT", "TRA",
    )
)  # fmt: skip
"""Words, standards, airlines, cables, relays: not plates where no word about vehicles stands."""
_NEW = 0.35
"""Score of the form with a letter last."""
_NUMBERED = 0.12
"""Score of one that a thing's noun stands before: it stands where a label says so."""
_BY_THING = 0.14
"""Score of one that words of things stand near: no cue lifts it, but all that stands around may."""
_FORM = ("form",)
_PERSONAL_PLATE = ("personal plate",)


def is_valid(number: str) -> bool:
    """Whether the string is three letters, two digits and a digit or letter of a plate.

    Transportstyrelsen: 23 letters, never I, Q, V, Å, Ä, Ö; the last place a digit or, since 2019,
    a letter but O.
    """
    found = _SHAPE.search(number)
    if found is None or found.end() < len(number) or _start(number, found):
        return False
    return _form(number) > 0 and number[:3].upper() not in _WORDS


class Plate(Recognizer):
    """Ordinary plates beside words about vehicles or in prose; personal plates by name."""

    ENTITY = "SE_VEHICLE_REGISTRATION"
    CUES = (
        "regnr", "reg nr", "regno", "reg no", "registreringsn", "registreringsskylt", "regskylt",
        "nummerskylt", "regnum", "reg num", "registration plate", "registration num", " reg ",
        " plate ", " plates ", "licenseplate", "license plate", "licenceplate", "licence plate",
        "numberplate", "number plate", "plate no", "plate num", "personlig skylt", "bil ",
        "bilen ", "bilens ", "leasing",
        "vi star med ", "jag star med ", "fordonslist", "fordonsforteck", "dackskift",
        "bilar ", "bilarna ", "bilnr", "bilnum", "husvagn", "bilpool",
        "laddhybrid", "motorcykel", "fordon ", "fordonet", "fordonen", "fordonsn", "fordons id",
        "fordonsid", "fordonsreg", " slap ", " slapet ", "slapvagn", "slapkarra", "traktor", " mc ",
        "korjournal", "punktering", "tankkort", "fardskrivar", "betalstation", "trangselskatt",
        "vehicle", " car ", " cars ", " truck ", " trailer ",
        "parker", " parking ", " parked ", "felparker", "bogser", "dackbyte", "dacken",
        "p plats", "garageplats", " plats ", "laddplats", "laddningen ar klar", "laddning klar",
        "laddning avslut", "laddning pa bor", "laddning pabor", "laddning start", "fulladda",
        " skylt ", " skylten ", "har plat ", "med plat ", "maskinens plat", " skyltar",
        "kanner igen", "laddning av", "laddningen av",
        "charging of", " ev ", " driver ", "forare", " boter", "p bot", "besikt", "tankade",
        "tankat", "tankning", "barga", "bargning", "milersattning", "krockade", "krockat", "krock ",
        "pakord av", "anpr", " lpr ", "kameran laste", "verkstad", "uppfart", "infart", "carport",
        " van ", " buss ", "minibuss", "pickup", " suv ", "moped", "snoskoter",
        "kontrollavgift", " registration ", "volvo", " saab ", " tesla ", "polestar", "volkswagen",
        " vw ", " audi ", " bmw ", "mercedes", "toyota", " kia ", "hyundai", " skoda ", "renault",
        "nissan", "peugeot", "citroen", " opel ", " ford ", "mazda", "subaru", " fiat ", " byd ",
        " scania ",
    )  # fmt: skip
    DOUBTS = (
        "artikel", "order", "serie", "bilaga", "produkt", "modell", "kod ", "batch", "bestall",
        " typ ", "fordonstyp", "enligt", "matare", "laddstolpe", "laddbox", "laddpunkt", "flyg",
        "flight", "kabel", " rum ", " i sal ", "salen ", " lgh ", "projekt", " kst ", "station ",
        "kundref", "version", "firmware", "relaskydd", "template", " hash ", "mobil ", "mobilen ",
        "automobil", "stabil ", "hylla", "ritning", "anlaggning", "matarplats", "matplats",
        " grupp ", "trumma ", "kabelskap", "scada", " server ", " ror ", "skrivare", "servrar",
        "booking", "bokningsn", "material", " fack ", "automat ",
        "omkopplare",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of a plate's shape: weak where nothing around tells a car."""
        named = frozenset[int]()
        if "ersonlig" in text:
            plates = [found.span("plate") for found in _PERSONAL.finditer(text)]
            named = frozenset(start for start, _ in plates)
            for start, end in plates:
                yield Hit(start, end, 0.5, _PERSONAL_PLATE)
        for found in _SHAPE.finditer(text):
            start = _start(text, found)
            if start not in named and text[start - 1 : start] not in _PATH:
                score = _score(text, start, found.end())
                if score:
                    yield Hit(start, found.end(), score, _FORM)


def _start(text: str, found: re.Match[str]) -> int:
    """Where the letters before a match's digits begin."""
    digits = found.start()
    return digits - 3 if text[digits - 1] not in " -" else digits - 4


def _form(plate: str) -> float:
    """The score of a plate's capitals and small letters; 0 where they are no plate's."""
    letters, last = plate[:3], plate[-1]
    if plate.endswith("000"):
        return 0.0
    if letters.isupper():
        return 0.3 if last.isdigit() else _NEW if last.isupper() else 0.0
    if not plate.islower():
        return 0.0
    return 0.2 if len(plate) == 6 or _is_no_count(plate) else 0.0


def _is_no_count(plate: str) -> bool:
    """Whether small letters apart from their digits are hardly a word before a number."""
    letters = plate[:3]
    if letters in _WORD or lexicon.is_word(letters):
        return False
    if plate[3] == "-" or plate[-1].isalpha():
        return True
    return plate[4] != "0" and _VOWELS.isdisjoint(letters)


def _score(text: str, start: int, end: int) -> float:
    """The score of a plate's shape by itself, by what names it, or by another's beside it."""
    score = _alone(text, start, end)
    if score >= vehicles.SEEN or text[start:end].endswith("000"):
        return score
    plate = text[start:end]
    ordinary = plate[0].isupper() or plate[3].isdigit() or not _is_count(plate)
    if plate[0].islower() and ordinary and vehicles.is_driven(text, start):
        return vehicles.SEEN
    if not (plate.isupper() and " " in plate) and vehicles.is_made(text, start):
        return vehicles.SEEN if plate.isupper() or text[end : end + 1] == "," else score
    return vehicles.SEEN if _is_in_row(text, start, end) else score


def _is_count(plate: str) -> bool:
    """Whether small letters before a blank are a word, so that the digits count something."""
    return plate[:3] in _WORD or lexicon.is_word(plate[:3])


def _is_in_row(text: str, start: int, end: int) -> bool:
    """Whether a plate that a text tells stands right before or after, with a comma between."""
    beside = (
        _AFTER_ONE.search(text, max(0, start - _ROW), start),
        _BEFORE_ONE.match(text, end),
    )
    return any(
        found is not None
        and found["plate"][:3] != text[start : start + 3].upper()
        and _alone(text, *found.span("plate")) >= vehicles.SEEN
        for found in beside
    )


def _alone(text: str, start: int, end: int) -> float:
    plate = text[start:end]
    code = plate[:3].upper()
    form = _form(plate)
    if form and vehicles.is_numbered(text, start):
        return min(form, _NUMBERED)
    if _is_technical(plate) or code in _WORDS or (form == _NEW and _FUSE.fullmatch(plate)):
        return _coded(text, start, plate, form)
    if form and (plate[0].isupper() or not lexicon.is_word(plate[:3])):
        told = vehicles.told(text, start, end, common=code in _COMMON)
        form = min(form, _BY_THING) if told == vehicles.THING else max(form, told)
    if form < vehicles.SEEN and plate[0].islower() and _is_subject(text, start, end):
        return vehicles.SEEN
    if not form and (_is_named(text, start) or _is_car(text, start)):
        return 0.3
    return form


def _is_technical(plate: str) -> bool:
    """Whether its letters are a device's, a place's or, apart from the digits, a month's."""
    code = plate[:3].upper()
    return code in _TECHNICAL or (code in _MONTHS and not plate[3].isdigit())


def _coded(text: str, start: int, plate: str, form: float) -> float:
    """What is left of a code's letters, where nothing names it a plate."""
    if plate[:3].upper() in _WORDS:
        return 0.3 if form and _is_named(text, start) else 0.0
    if _is_named(text, start):
        return 0.3
    if _is_technical(plate):
        return 0.12 if form else 0.0
    return 0.2


def _is_subject(text: str, start: int, end: int) -> bool:
    """Whether a letter is about it, and says something of a car."""
    if not _SUBJECT.search(text, max(0, start - _BEFORE), start):
        return False
    return _DRIVEN.search(text, end, end + _AHEAD) is not None


def _is_named(text: str, start: int) -> bool:
    """Whether a word that means nothing but plates stands right before."""
    return _NAMED.search(text, max(0, start - _NAMED_BEFORE), start) is not None


def _is_car(text: str, start: int) -> bool:
    """Whether small letters apart from their digits come after a car, and are no word."""
    if text[start + 3] == " " and text[start : start + 3].lower() in _WORD:
        return False
    return _CAR.search(text, max(0, start - _BEFORE), start) is not None


PLUGIN = Plate

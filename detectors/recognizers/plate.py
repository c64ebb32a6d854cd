"""Vehicle registration numbers. Article codes look the same, so a cue or a label is required."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"
TRIGGER = (
    r"\b[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]\b"
    r"|\b[a-hj-pr-uw-z]{3}[0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|(?:[Nn][Rr]|[Nn]ummer|[Nn]umret|[Pp]late|[Ss]kylt|[Ss]kylten)"
    r"[.:=]{0,2} {0,2}[A-Za-z]{3}[ -]?[0-9]{2}[0-9A-Za-z]\b"
    r"|(?:[Bb]il|[Bb]ilen) [a-hj-pr-uw-z]{3} [0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}[A-ZÅÄÖ0-9]{2,7}"
)
REACH = 32

_AFTER = r"(?![A-Za-zÅÄÖåäö0-9_])(?!-[0-9])"
_SHAPE = re.compile(
    r"\b(?:(?P<modern>[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[A-HJ-NPR-UW-Z])"
    r"|(?P<upper>[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{3})"
    r"|(?P<lower>[a-hj-pr-uw-z]{3}[0-9]{2}[a-hj-npr-uw-z0-9])"
    rf"|[A-HJ-PR-UW-Za-hj-pr-uw-z]{{3}}[ -]?[0-9]{{2}}[A-HJ-NPR-UW-Za-hj-npr-uw-z0-9]){_AFTER}"
)
_NAMED = re.compile(
    r"(?:reg\.? ?(?:nr|nummer|num|no)|registreringsn(?:r|ummer|umret)"
    r"|(?:licen[cs]e|number|registration) plate|(?:registrerings|nummer|reg)skylt(?:en)?)"
    r"[.:=]{0,2} {0,2}\Z",
    re.IGNORECASE,
)
_BEFORE = 30
_CAR = re.compile(r"\b[Bb]il(?:en)? \Z")
_WORD = re.compile(
    "(?:all|bar|bor|den|der|des|dom|dra|dro|far|fem|fes|for|gar|ger|gor|had|han|har|hos|kan|kom"
    "|kor|kwh|lag|mal|man|max|med|mer|mot|nar|nas|nya|per|ser|som|tag|tar|tog|ton|tre|typ|upp"
    "|sen|bak|sex|ute|fyr|ett|att|och) ",
    re.IGNORECASE,
)
"""Words that stand between a car and an ordinary number."""
_PERSONAL = re.compile(
    r"[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}"
    rf"(?P<plate>[A-ZÅÄÖ0-9]{{2,7}}){_AFTER}"
)
_FUSE = re.compile("[A-Z]{3} (?:06|10|13|16|20|25|30|32|35|40|50|63|80)[ABC]")
"""Devices with their current or curve, as `MCB 16C`, where a plate would have its last three."""
_PATH = frozenset("/\\")
_WORDS = re.compile(
    "SEK|EUR|NOK|DKK|USD|GBP|[KMGT]WH|[KM]VA|LGH|TEL|FAX|TFN|SFS|RFC|EKK|FKK|EKL|EKR|RKK|LED|USB"
    "|GSM|LTE|RPM|MAX",
    re.IGNORECASE,
)
"""Units, currencies, cables: never the letters of a plate in what companies write."""
_TECHNICAL = re.compile(
    "ABB|RE[FLDTV]|RTU|CMU|VER|ART|KST|AVD|HUS|RUM|SAL|SAS|KAP|KAM|KAB|NST|DOK|ORD|KOD|BOX|TAB|ROW"
    "|RAD|PEX|MCB|RCD|EMH|ERR|EVC|TWC|JAN|FEB|MAR|APR|MAJ|JUN|JUL|AUG|SEP|OKT|NOV|DEC",
    re.IGNORECASE,
)
"""Codes of devices, places and months as often as plates: a label is needed."""


def is_valid(number: str) -> bool:
    """Whether the string is three letters, two digits and a digit or letter of a plate.

    Transportstyrelsen: 23 letters, never I, Q, V, Å, Ä, Ö; the last place a digit or, since 2019,
    a letter but O.
    """
    found = _SHAPE.fullmatch(number)
    return found is not None and found.lastgroup is not None and not _WORDS.match(number)


class Plate(Recognizer):
    """Plates of the ordinary series beside a word about vehicles; personal ones where named so."""

    ENTITY = "SE_VEHICLE_REGISTRATION"
    CUES = (
        "regnr", "reg nr", "regno", "reg no", "registreringsn", "registreringsskylt", "regskylt",
        "nummerskylt", "regnum", "reg num", "registration plate", "registration num", " reg ",
        " plate ", " plates ", "licenseplate", "license plate", "licenceplate", "licence plate",
        "numberplate", "number plate", "plate no", "plate num", "personlig skylt", "bil ",
        "bilen ", "bilens ", "bilar ", "bilarna ", "bilnr", "bilnum", "husvagn", "bilpool",
        "laddhybrid", "motorcykel", "fordon ", "fordonet", "fordonen", "fordonsn", "fordons id",
        "fordonsid", "fordonsreg", " slap ", " slapet ", "slapvagn", "slapkarra", "traktor", " mc ",
        "korjournal", "trangselskatt", "vehicle", " car ", " cars ", " truck ", " trailer ",
        "parker", " parking ", " parked ", "felparker", "bogser", "dackbyte", "dacken",
        "p plats", "garageplats", " plats ", "laddplats", "laddningen ar klar", "laddning klar",
        "laddning avslut", "laddning pa bor", "laddning pabor", "laddning start", "fulladda",
        "kontrollavgift", " registration ", "volvo", " saab ", " tesla ", "polestar", "volkswagen",
        " vw ", " audi ", " bmw ", "mercedes", "toyota", " kia ", "hyundai", " skoda ", "renault",
        "nissan", "peugeot", "citroen", " opel ", " ford ", "mazda", "subaru", " fiat ", " byd ",
        " scania ",
    )  # fmt: skip
    DOUBTS = (
        "artikel", "order", "serie", "bilaga", "produkt", "modell", "kod ", "batch", "bestall",
        " typ ", "fordonstyp", "enligt", "matare", "laddstolpe", "laddbox", "laddpunkt", "flyg",
        "flight", "kabel", " rum ", " sal ", " lgh ", "projekt", " kst ", "station ", "kundref",
        "version", "firmware", "relaskydd", "template", " hash ", "mobil ", "mobilen ",
        "automobil", "stabil ", "hylla", "ritning",
        "anlaggning",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of a plate's shape: all weak, but a personal plate is named as one."""
        named = frozenset[int]()
        if "ersonlig" in text:
            plates = [found.span("plate") for found in _PERSONAL.finditer(text)]
            named = frozenset(start for start, _ in plates)
            yield from (Hit(*span, 0.5, ("personal plate",)) for span in plates)
        for found in _SHAPE.finditer(text):
            if found.start() not in named and text[found.start() - 1 : found.start()] not in _PATH:
                score = _score(text, found)
                if score:
                    yield Hit(*found.span(), score, ("form",))


def _score(text: str, found: re.Match[str]) -> float:
    if _WORDS.match(found[0]):
        return 0.0
    if found.lastgroup is None:
        return 0.3 if _is_named(text, found) or _is_car(text, found) else 0.0
    if _TECHNICAL.match(found[0]) or _FUSE.fullmatch(found[0]):
        return 0.3 if _is_named(text, found) else 0.12
    return {"modern": 0.35, "upper": 0.3, "lower": 0.2}[found.lastgroup]


def _is_named(text: str, found: re.Match[str]) -> bool:
    """Whether a word that means nothing but plates stands right before."""
    return bool(_NAMED.search(text, max(0, found.start() - _BEFORE), found.start()))


def _is_car(text: str, found: re.Match[str]) -> bool:
    """Whether small letters apart from their digits come after a car, and are no word."""
    word = _WORD.match(found[0])
    return not word and bool(_CAR.search(text, max(0, found.start() - 8), found.start()))


PLUGIN = Plate

"""Coordinates: pairs in WGS84, SWEREF 99 TM and RT90 that lie in Sweden."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"
TRIGGER = (
    r"(?:5[5-9]|6[0-9])[.,][0-9]{4}"
    r"|(?:5[5-9]|6[0-9])[.,][0-9]{2,3}[ ,;:/|&°NEne\"\t]{1,6}(?:1[0-9]|2[0-4])[.,][0-9]{2}"
    r"|(?:1[0-9]|2[0-4])[.,][0-9]{2,6}[ ,;:/|&°NEne\"\t]{1,6}(?:5[5-9]|6[0-9])[.,][0-9]{2}"
    r"|(?i:lat|lng|lon|long)[A-Za-z]{0,6}[ :=\">]{1,5}[0-9]{2}[.,][0-9]"
    r"|(?i:geo):[0-9]{2}|/@[0-9]{2}[.,]|[?&](?i:q|ll|query|center)=[0-9]{2}[.,]"
    r"|(?i:coordinates)\"?[ :=\[]{1,8}[0-9]{2}[.,]"
    r"|(?i:koordinat)[A-Za-z]{0,4}[ :=]{1,3}[0-9]{2}[.,][0-9]"
    r"|[56][0-9] ?[°º]"
    r"|\b[67] ?[0-9]{3} ?[0-9]{3}[.,0-9]{0,5}[ ,;:/NEXY=\t]{1,8}[2-9][0-9]{2} ?[0-9]{3}"
    r"|\b[2-9][0-9]{2} ?[0-9]{3}[.,0-9]{0,5}[ ,;:/NEXY=\t]{1,8}[67] ?[0-9]{3} ?[0-9]{3}"
    r"|\b[67][0-9]{6}[.,0-9]{0,5}[ ,;:/NEXY=\t]{1,8}1[2-9][0-9]{5}"
    r"|(?:north|east)ing ?[:=]? ?[0-9]"
)
REACH = 160

_LAT = r"(?:5[5-9]|6[0-9])"
_LON = r"(?:1[0-9]|2[0-4])"
_NAME = r"(?:lat|latitude?|lon|lng|long|longitude?)"
_NUMBERS_END = r"(?![0-9]|[.][0-9])"
_BETWEEN = (
    r"(?: ?°)?(?: ?[NE](?![a-z]))?[\"]?(?:[ \t]?[,;/&|][ \t]?|[ \t]{1,3}|</[a-z]{3,9}><(?=l))"
    rf"(?:[\"]?{_NAME}[\"]?[ ]?[:=>]?[ ]?[\"]?|[NE]:? ?)?"
)
_PAIR = re.compile(
    rf"(?P<one>(?:{_LAT}|{_LON})[.,][0-9]{{1,15}}){_BETWEEN}"
    rf"(?P<two>(?:{_LAT}|{_LON})[.,][0-9]{{1,15}}){_NUMBERS_END}(?P<mark> ?°? ?[NE](?![\w]))?",
    re.IGNORECASE,
)
_CUE = re.compile(
    rf"(?:{_NAME}[\"]?[ ]?[:=>]?[ ]?[\"]?|geo:|/@|[?&](?:q|ll|query|center)="
    r"|coordinates\"?[ :=\[]{1,8}|koordinat[a-z]{0,4}[ :=]{1,3}|(?:\A|[^a-z])[NE]:? ?)\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?i:l[aon]|geo|coord|koord)|[@=]")
"""What speaks for a pair even of one decimal."""
_DMS = re.compile(
    r"(?<![0-9])(?P<d1>[0-9]{2}) ?[°º] ?(?P<m1>[0-9]{1,2}(?:[.,][0-9]+)?) ?['′’]"
    r" ?(?:[0-9]{1,2}(?:[.,][0-9]{1,4})? ?[\"″”])? ?[NE]?,? ?[NE]? ?"
    r"(?P<d2>[0-9]{1,2}) ?[°º] ?(?P<m2>[0-9]{1,2}(?:[.,][0-9]{1,6})?) ?['′’]"
    r"(?: ?[0-9]{1,2}(?:[.,][0-9]{1,4})? ?[\"″”])?(?: ?[NE](?!\w))?"
)
_PLANE = re.compile(
    r"(?<![0-9A-Za-z.,-])(?P<one>[67] ?[0-9]{3} ?[0-9]{3}|[2-9][0-9]{2} ?[0-9]{3}|1[2-9][0-9]{5})"
    r"(?P<dec>[.,][0-9]{1,3})?(?P<between>[ \t]?[,;/][ \t]?|[ \t]{1,3})"
    r"(?P<name>(?:[NEXY]|easting|northing)[ ]?[:=]?[ ]?)?"
    r"(?P<two>[67] ?[0-9]{3} ?[0-9]{3}|[2-9][0-9]{2} ?[0-9]{3}|1[2-9][0-9]{5})"
    r"(?:[.,][0-9]{1,3})?(?![0-9A-Za-z]|[.,;-][0-9])",
)
_THING = re.compile(
    r"station|transformator|kraftverk|stolp|\bmast|turbin|brytpunkt|kabelskåp|vindkraft|ställverk"
    r"|frånskiljare|kabelbrunn|(?P<line>ledning)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![A-Za-zÅÄÖåäö0-9-])(?!RT)(?:[A-ZÅÄÖ]{1,2}[0-9]{2,6}|[A-ZÅÄÖ]{1,4}-[0-9]{2,6}|[A-ZÅÄÖ]{3,4}[0-9]{4,6})"
    r"[;,:|\t ]{1,3}\Z"
)
"""A plant's own name; three letters and three digits are a car's."""
_SOMEBODY = re.compile(
    r"anmäl|kund|boende|ägare|grann|villa|bostad|hemma|godkän|medge|tomt|flytta"
    r"|\b(?:min|mitt|mina|tel|ring|my)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[^0-9.!?\n]*(?:stationer|stolpar|kabelskåp|objekt|brytpunkter|ställverk|transformatorer|kraftverk"
    r"|turbiner|master|(?:station|stolpe|mast|turbin)\b[^0-9.!?\n]*\b(?:lat|lon|n|e|x|y|nord|koord))"
    r"[^0-9.!?\n]*",
    re.IGNORECASE,
)
_ROW = re.compile(r"[0-9][ \t]?[;,|\t]\Z")
_NEXT = re.compile(r"[;,|\t][ ]?-?[0-9]")


def is_valid(lat: float, lon: float) -> bool:
    """Whether the point lies in Sweden or on its coasts, by bands of latitude."""
    if not 55.3 <= lat <= 69.1:
        return False
    west, east = next(band for top, *band in _BANDS if lat <= top)
    return west <= lon <= east


_BANDS = (
    (56.0, 12.4, 16.5), (57.0, 12.1, 17.3), (58.0, 11.2, 19.5), (59.5, 10.9, 19.4),
    (61.0, 11.6, 19.2), (62.0, 12.0, 18.2), (64.0, 11.8, 21.0), (66.0, 13.4, 24.2),
    (69.2, 14.7, 24.2),
)  # fmt: skip
"""The upper edge of a band of latitude, its westernmost and easternmost longitude."""


def is_near(lat: float, lon: float) -> bool:
    """Whether the point lies in the rectangle around Sweden; more than that, words must say."""
    return 55.0 <= lat <= 69.2 and 10.5 <= lon <= 24.3


def is_sweref(north: float, east: float) -> bool:
    """Whether a SWEREF 99 TM pair lies in Sweden.

    Source: Lantmäteriet, SWEREF 99 TM (EPSG:3006): central meridian 15°, scale .9996, false easting
    500 km. The inversion here is a sphere's, good to a few kilometres.
    """
    if not (6_133_000 <= north <= 7_671_000 and 267_000 <= east <= 918_000):
        return False
    lat = north / 111_360
    lon = 15 + (east - 500_000) / (111_320 * math.cos(math.radians(lat)))
    return is_valid(lat, min(max(lon, 10.9), 24.2))


class Coordinates(Recognizer):
    """Pairs of coordinates in Sweden, always as one span; a plant's are nobody's."""

    ENTITY = "COORDINATES"
    CUES = (
        "koordinat", "coordinat", "position", " lage ", "laget", "gps", "sweref", " rt ",
        "latitud", "longitud", "hemma", "hus", "bostad", "geo", "gml", " lat long", " long lat",
        " lat lon", " lon lat", "location", " wgs ", "bilden",
    )  # fmt: skip
    DOUBTS = (
        " ore ", " kwh ", "pris", " volt", "spanning", "sensor", "version", " temp", "ampere",
        "order", "faktura", "bankgiro", "artikel", "forbrukning", "kvot", "station", "spotpris",
        "elpris", "transformator", "kraftverk", "stolp", "ledning", "mast", "belopp", "saldo",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """The pair with what stands between its numbers."""
        lists: dict[int, bool] = {}
        for found in _PAIR.finditer(text):
            yield from _decimal(text, found, lists)
        if "°" in text or "º" in text:
            yield from _degrees(text, lists)
        lists = {}
        for found in _PLANE.finditer(text):
            yield from _plane(text, found, lists)


def _decimal(text: str, found: re.Match[str], lists: dict[int, bool]) -> Iterator[Hit]:
    start = found.start()
    before = text[max(0, start - 24) : start]
    cued = _CUE.search(before) is not None
    if before and not cued and (before[-1].isalnum() or before[-1] in ".-"):
        return
    if before[-1:].isdigit() or (before[-1:] in (".", ",") and before[-2:-1].isdigit()):
        return
    one, two = (float(found[part].replace(",", ".")) for part in ("one", "two"))
    digits = min(len(found[part]) - 3 for part in ("one", "two"))
    if not (is_valid(one, two) or is_valid(two, one)):
        if digits > 3 and (is_near(one, two) or is_near(two, one)):
            yield _hit(text, found, lists, _BESIDE, "latitude and longitude near Sweden")
        return
    marked = cued or found["mark"] is not None
    if digits < 2 and not _NAMED.search(before):
        return
    if digits < 4 and not marked:
        if digits > 1 and not _is_row(text, found):
            yield _hit(text, found, lists, 0.15, "Swedish latitude and longitude")
        return
    score = 0.85 if marked else 0.7 if digits > 4 else 0.6
    if not marked and _is_row(text, found) and digits < 6:
        score = 0.4
    yield _hit(text, found, lists, score, "Swedish latitude and longitude")


def _is_row(text: str, found: re.Match[str]) -> bool:
    """Whether more numbers stand beside it, as in a row of measurements."""
    before = text[max(0, found.start() - 4) : found.start()]
    return bool(_ROW.search(before) or _NEXT.match(text, found.end()))


def _degrees(text: str, lists: dict[int, bool]) -> Iterator[Hit]:
    for found in _DMS.finditer(text):
        one, two = (
            int(found[d]) + float(found[m].replace(",", ".")) / 60
            for d, m in (("d1", "m1"), ("d2", "m2"))
        )
        if is_valid(one, two) or is_valid(two, one):
            yield _hit(text, found, lists, 0.9, "degrees and minutes")
        elif is_near(one, two):
            yield _hit(text, found, lists, 0.6, "degrees and minutes near Sweden")


def _plane(text: str, found: re.Match[str], lists: dict[int, bool]) -> Iterator[Hit]:
    one, two = (float(found[part].replace(" ", "")) for part in ("one", "two"))
    labelled = (
        found["name"] is not None
        and _LETTER.search(text, max(0, found.start() - 12), found.start()) is not None
    )
    if _ROW.search(text[max(0, found.start() - 4) : found.start()]):
        return
    if is_sweref(one, two) or is_sweref(two, one):
        score = 0.75 if labelled else 0.55 if found["dec"] and found["dec"][0] == "." else 0.3
        yield _hit(text, found, lists, score, "SWEREF 99 TM")
    elif 6_100_000 <= one <= 7_700_000 and 1_200_000 <= two <= 1_900_000:
        yield _hit(text, found, lists, 0.3, "RT90")
    elif 6_100_000 <= max(one, two) <= 7_700_000 and 250_000 <= min(one, two) <= 930_000:
        yield _hit(text, found, lists, _BESIDE, "SWEREF 99 TM near Sweden")


_LETTER = re.compile(r"(?:\b[NEXY]|easting|northing) ?[:=]? ?\Z")


def _hit(text: str, found: re.Match[str], lists: dict[int, bool], score: float, reason: str) -> Hit:
    """The hit, weak where line, name or heading tell of a plant or a line."""
    end = found.end("two") if "mark" in found.groupdict() and not found["mark"] else found.end()
    whose = _whose(text, found.start(), end, lists)
    if whose == _PLANTS:
        return Hit(found.start(), end, 0.1, (reason, whose))
    if whose and score >= _STANDS:
        return Hit(found.start(), end, max(score, _OWNED), (reason, whose))
    return Hit(found.start(), end, score, (reason,))


def _whose(text: str, start: int, end: int, lists: dict[int, bool]) -> str:
    """Whether a plant's place, or one on somebody's ground where a plant is named; else empty."""
    line = text.rfind("\n", max(0, start - _LINE), start) + 1
    if not line and start > _LINE:
        line = start - _LINE
    near = max(line, start - 60)
    stop = text.find("\n", end, end + 60)
    somebody = _SOMEBODY.search(text, near, stop if stop >= 0 else end + 60) is not None
    listed = _is_listed(text, line, lists)
    thing = _THING.search(text, near, start)
    if thing is not None:
        if somebody:
            return _SOMEBODYS
        return "" if _is_damage(text, thing) else _PLANTS
    if somebody:
        return ""
    return _PLANTS if listed or _CODE.search(text, near, start) else ""


def _is_damage(text: str, thing: re.Match[str]) -> bool:
    """Whether something lies on a power line: where that is somebody waits, it is no plant."""
    before = text[max(0, thing.start() - 12) : thing.start()].lower()
    return thing["line"] is not None and " på " in before


def _is_listed(text: str, line: int, lists: dict[int, bool]) -> bool:
    """Whether the line is a row under a heading that names plants; rows come in order."""
    known = lists.get(line)
    if known is not None:
        return known
    listed = False
    if line > 1 and text[line - 1] == "\n":
        above = max(0, text.rfind("\n", max(0, line - 1 - _LINE), line - 1) + 1)
        if above in lists:
            listed = lists[above]
        elif line - above < 80:
            listed = _HEADING.fullmatch(text, above, line - 1) is not None
    lists[line] = listed
    return listed


_LINE = 120
_PLANTS, _SOMEBODYS = "a plant's", "on somebody's ground"
_STANDS, _OWNED = 0.5, 0.9
"""A pair that stands by its form stands on somebody's ground too, whatever the word for a plant."""
_BESIDE = 0.2
"""Score of a pair outside the land: it stands where words say what it is."""


PLUGIN = Coordinates

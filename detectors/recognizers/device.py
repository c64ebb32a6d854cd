"""Devices of persons: IMEI, SIM cards, advertising and device ids, user agents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.checkdigits import is_luhn
from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
_UUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_KEY = (
    r"(?:idfa|idfv|gaid|aaid|adid|udid|advertising[_ -]?id|annons-?id|reklam-?id|device[_ -]?id"
    r"|enhets[_ -]?id|android[_ -]?id)"
)
_SIGN = r"[\"']? {0,2}[=: ] {0,2}[\"']?"
TRIGGER = (
    r"\b[0-9]{15}\b|\b[0-9]{2}[ -][0-9]{6}[ -][0-9]{6}[ -][0-9]\b"
    r"|\b89[0-9]{17,18}\b|\b89[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4} [0-9]{3,4}\b"
    rf"|(?i:{_KEY}){_SIGN}[0-9A-Fa-f]{{8}}"
    r"|Mozilla/[45]\.0 \(|Dalvik/[0-9]"
    r"|/[0-9][0-9.]{0,10} \((?:iPhone|iPad|Linux; Android|Android)\b"
)
REACH = 400

_BEFORE_IT, _AFTER_IT = r"(?<![0-9A-Za-z./-])", r"(?![0-9A-Za-z]|[.,/-][0-9])"
_IMEI = re.compile(
    rf"{_BEFORE_IT}(?:[0-9]{{15}}|[0-9]{{2}}([ -])[0-9]{{6}}\1[0-9]{{6}}\1[0-9]){_AFTER_IT}"
)
_ICCID = re.compile(
    rf"{_BEFORE_IT}(?:89[0-9]{{17,18}}|89[0-9]{{2}}(?: [0-9]{{4}}){{3}} [0-9]{{3,4}}){_AFTER_IT}"
)
_KEYED = re.compile(
    rf"(?<![a-zåäö]){_KEY}{_SIGN}({_UUID}|[0-9a-f]{{8}}-[0-9a-f]{{16}}|[0-9a-f]{{40}}|[0-9a-f]{{16}})"
    r"(?![0-9a-zåäö-])",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"(?:(?:Mozilla/[45]\.0|Dalvik/[0-9.]{1,8}) "
    r"|(?<![A-Za-z0-9ÅÄÖåäö_.-])[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9_.-]{1,30}/[0-9][0-9.]{0,10} "
    r"(?=\((?:iPhone|iPad|(?:Linux; )?Android)\b))"
    r"\([^()\n\"]{3,160}\)"
    r"(?: (?:[A-Za-z][A-Za-z0-9._-]{0,24}/[0-9A-Za-z._+-]{1,24}(?<!\.)|\(KHTML, like Gecko\)"
    r"|Mobile|like Gecko)){0,8}"
)
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|monitor|compatible;|headless", re.IGNORECASE)
_METER = re.compile(
    r"mätare|matare|elmät|samlar|koncentrator|m2m|iot|meter|kommunikationsmodul|terminal|gateway|router",
    re.IGNORECASE,
)
_BEFORE = 60


def is_imei(number: str) -> bool:
    """Whether the string is an IMEI: 15 digits with a Luhn check digit (3GPP TS 23.003)."""
    digits = re.sub("[ -]", "", number)
    fits = len(digits) == 15 and digits.isascii() and digits.isdigit()
    return fits and is_luhn(digits) and len(set(digits)) > 3


def is_iccid(number: str) -> bool:
    """Whether the string is a SIM card's number: 89, 19 or 20 digits, Luhn (ITU-T E.118)."""
    digits = number.replace(" ", "")
    fits = len(digits) in (19, 20) and digits.isascii() and digits.isdigit()
    return fits and digits.startswith("89") and is_luhn(digits)


class Device(Recognizer):
    """Device numbers and user agents (RFC 9110, 10.1.5); numbers need a cue or label."""

    ENTITY = "DEVICE_INFO"
    CUES = ("imei", "iccid", "simkort", " sim ", "sim kort", "sim card", "simcard")
    DOUBTS = ("ordern", " ocr ", "timestamp", " sscc ", "kolli", " kwh ")

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers of phones and SIM cards; ids named as a device's; user agents of browsers."""
        for found in _IMEI.finditer(text):
            if is_imei(found[0]):
                yield Hit(*found.span(), 0.3, ("check digit",))
        for found in _ICCID.finditer(text):
            if is_iccid(found[0]):
                score = 0.05 if _is_of_meter(text, *found.span()) else 0.35
                yield Hit(*found.span(), score, ("check digit",))
        for found in _KEYED.finditer(text):
            if len(set(found[1])) > 4:
                yield Hit(*found.span(1), 0.75, ("name before",))
        for found in _AGENT.finditer(text):
            if not _ROBOT.search(found[0]):
                yield Hit(*found.span(), 0.8, ("form",))


def _is_of_meter(text: str, start: int, end: int) -> bool:
    """Whether a meter or collector is spoken of, whose SIM card is equipment and no person's."""
    around = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    return _METER.search(around + text[end : end + 30].partition("\n")[0]) is not None


PLUGIN = Device

"""Recordings and mails: what they are follows from their kind and their path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from detectors.base import Evidence, Place
from detectors.columns import months
from scanner.model import Finding

ENTITIES = frozenset(("VOICE_RECORDING", "CCTV_FOOTAGE", "CORRESPONDENCE"))
"""What `conclude` finds."""

_NO_CALL = re.compile(
    r"musik|music|jinge?l|tonsvar|ringsignal|ringtone|ljudeffekt|podd|podcast|radioreklam|talsvar"
    r"|reklam|notis|larmljud"
)
_CALL = re.compile(r"samtal|inspelning|call|record|voice|rost|kundtjanst|telefon")
_NO_CAMERA = re.compile(
    r"reklam|marknad|kampanj|webbinar|webinar|instruktion|utbildning|tutorial|sociala medier"
    r"|youtube|animation|logotyp"
)
_CAMERA = re.compile(
    r"kamer|\bkam ?\d|cctv|\bnvr|\bdvr|overvak|\bcam ?\d|camera|bevakning|surveillance|\.dav\b"
    r"|hikvision|axis"
)


def conclude(evidence: Evidence) -> Iterator[Finding]:
    """One finding a recording that may hold a person, one a mail; in the order of reading.

    Films and sounds that somebody produced, by their path, hold nobody that was recorded.
    """
    for place in evidence.places.values():
        kind = place.media.partition("/")[0]
        if kind in {"audio", "video"}:
            path = _folded(f"{evidence.resource.key}/{place.location}")
            yield from _recording(place, kind, path)
        elif place.media == "message/rfc822" and place.read:
            yield _finding(place, "CORRESPONDENCE", 0.9, place.read, ("mail",))


def _folded(path: str) -> str:
    spread = unicodedata.normalize("NFKD", path.casefold())
    letters = "".join(c for c in spread if not unicodedata.combining(c))
    return re.sub(r"[-_]+", " ", letters)


def _recording(place: Place, kind: str, path: str) -> Iterator[Finding]:
    entity, cue, other = (
        ("VOICE_RECORDING", _CALL, _NO_CALL)
        if kind == "audio"
        else ("CCTV_FOOTAGE", _CAMERA, _NO_CAMERA)
    )
    if other.search(path):
        return
    cued = cue.search(path) is not None
    reasons = (f"{kind} recording", "path") if cued else (f"{kind} recording",)
    yield _finding(place, entity, 0.95 if cued else 0.7, 1, reasons)


def _finding(
    place: Place, entity: str, score: float, count: int, reasons: tuple[str, ...]
) -> Finding:
    return Finding(
        place.location,
        entity,
        matches=count,
        values=count,
        read=place.read,
        score=score,
        reasons=reasons,
        months=months(place),
    )

"""Recordings: audio and video are not listened to, but where they are and of when is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from pymediainfo import MediaInfo

from connectors.formats.base import Document
from connectors.formats.stream import seekable
from scanner.model import Batch, Dated, Skipped

_COPIED = 64 << 20
"""Bytes of a network stream that the container's date is looked for in."""
_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_DAY_THEN_TIME = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})()(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?=[0-9]{4}(?:[0-9]{2})?(?![0-9]))"
)
_CONTAINER_DATES = ("recorded_date", "encoded_date", "tagged_date", "mastered_date")
_NONSENSE = frozenset({"1904-01-01", "1970-01-01", "1980-01-01", "2000-01-01"})
"""What recorders without a set clock write."""
_FIRST, _LAST = "1990-01-01", "2099-12-31"
_AUDIO_SUFFIXES = (".m4a", ".wma", ".weba", ".mka")


@dataclass(frozen=True, slots=True)
class Recording:
    """Reads recordings of one media type."""

    media: str

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch, whose value is the recording's name and whose date is when it was made.

        The container's date comes first, since a recorder wrote it with the picture and sound,
        while names are given by people and say also other days; the name comes second, and the
        file's own date last, as copying changes it.
        """
        with seekable(document.stream, _COPIED, cut=True) as stream:
            tracks = _tracks(stream)
        day = _container_day(tracks)
        if day is None:
            day = day_in(PurePosixPath(document.name).name)
        dates: tuple[Dated, ...] = ()
        if day is not None:
            dates = (Dated(day, "B"),)
        elif document.modified is not None:
            dates = (Dated(document.modified.date().isoformat(), "C"),)
        media = _without_picture(self.media, document.name, tracks)
        name = document.name.encode("utf-8", "replace").decode("utf-8")
        yield Batch(document.location, (name,), media=media, dates=dates)


def _tracks(stream: BinaryIO) -> list[Any]:
    """What libmediainfo sees; nothing in a container that it cannot follow."""
    try:
        stream.seek(0)
        return list(MediaInfo.parse(stream).tracks)
    except (OSError, RuntimeError, ValueError, ParseError):
        return []


def _container_day(tracks: list[Any]) -> str | None:
    for track in tracks:
        for name in _CONTAINER_DATES:
            stated = getattr(track, name, None)
            if isinstance(stated, str) and (day := day_in(stated)):
                return day
    return None


def day_in(text: str) -> str | None:
    """The first plausible day in a name or a container's date, as `YYYY-MM-DD`.

    A fixed range decides what is plausible, not the clock: two scans must agree.
    """
    for pattern in (_DAY, _DAY_THEN_TIME):
        for year, _, month, day in pattern.findall(text):
            try:
                found = date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                continue
            if _FIRST <= found <= _LAST and found not in _NONSENSE:
                return found
    return None


def _without_picture(media: str, name: str, tracks: list[Any]) -> str:
    """Audio for a container that could hold a picture but does not."""
    kinds = {track.track_type for track in tracks}
    if media == "audio/ogg" and "Video" in kinds:
        return "video/ogg"
    if not media.startswith("video/") or "Video" in kinds:
        return media
    if "Audio" in kinds or name.lower().endswith(_AUDIO_SUFFIXES):
        return "audio/x-ms-wma" if media == "video/x-ms-wmv" else media.replace("video", "audio", 1)
    return media

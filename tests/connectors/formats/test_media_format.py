import io
import struct
import wave
from datetime import UTC, datetime

import pytest

from connectors.formats.base import Document
from connectors.formats.media import day_in
from connectors.formats.read import read
from scanner.model import Batch, Dated, Skipped

DAY = datetime(2026, 10, 14, tzinfo=UTC)
MODIFIED = datetime(2026, 3, 2, 12, tzinfo=UTC)


def one(data: bytes, name: str, modified: datetime | None = None) -> Batch:
    (part,) = read(Document(name, io.BytesIO(data), modified=modified))
    assert isinstance(part, Batch), part
    return part


def wav() -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return stream.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def mp4(made: datetime | None, brand: bytes = b"isom") -> bytes:
    seconds = int((made - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds()) if made else 0
    movie = bytes(4) + struct.pack(">IIII", seconds, seconds, 1000, 1000) + bytes(80)
    return (
        box(b"ftyp", brand + bytes(4) + brand)
        + box(b"moov", box(b"mvhd", movie))
        + box(b"mdat", bytes(99))
    )


RIFF = b"RIFF\x24\x00\x00\x00"


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (wav(), "a", "audio/wav"),
        (wav()[:44], "a", "audio/wav"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(50), "a", "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(400), "a", "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(400), "a", "audio/aac"),
        (b"fLaC\x00\x00\x00\x22" + bytes(40), "a", "audio/flac"),
        (b"OggS\x00\x02" + bytes(30), "a", "audio/ogg"),
        (b"#!AMR\n" + bytes(40), "a", "audio/amr"),
        (box(b"ftyp", b"M4A \x00\x00\x00\x00") + bytes(9), "a", "audio/mp4"),
        (box(b"ftyp", b"isom\x00\x00\x02\x00") + bytes(9), "a.mp4", "video/mp4"),
        (box(b"ftyp", b"isom\x00\x00\x02\x00") + bytes(9), "a.m4a", "audio/mp4"),
        (box(b"ftyp", b"qt  \x00\x00\x02\x00") + bytes(9), "a", "video/quicktime"),
        (box(b"ftyp", b"M4V \x00\x00\x02\x00") + bytes(9), "a", "video/x-m4v"),
        (box(b"ftyp", b"3gp4\x00\x00\x02\x00") + bytes(9), "a", "video/3gpp"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(50), "a", "video/webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska" + bytes(50), "a", "video/x-matroska"),
        (RIFF + b"AVI LIST" + bytes(50), "a", "video/x-msvideo"),
        ((b"\x47\x40\x00\x10" + b"\xff" * 184) * 4, "a", "video/mp2t"),
        (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(50), "a.wmv", "video/x-ms-wmv"),
        (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(50), "a.wma", "audio/x-ms-wma"),
        (b"DHAV\xfd\x00\x00\x00" + bytes(50), "kamera.dav", "video/x-dav"),
    ],
)  # fmt: skip
def test_recordings_are_recognised_by_content(data: bytes, name: str, media: str) -> None:
    assert one(data, name) == Batch("", (name,), media=media)


@pytest.mark.parametrize(
    ("data", "name", "modified", "dates"),
    [
        (mp4(DAY), "a.mp4", MODIFIED, (Dated("2026-10-14", "B"),)),
        (mp4(DAY), "2026-10-15.mp4", MODIFIED, (Dated("2026-10-14", "B"),)),
        (mp4(None), "2026-10-15.mp4", MODIFIED, (Dated("2026-10-15", "B"),)),
        (mp4(datetime(1970, 1, 1, tzinfo=UTC)), "a.mp4", MODIFIED, (Dated("2026-03-02", "C"),)),
        (wav(), "samtal_20261014_081500.wav", MODIFIED, (Dated("2026-10-14", "B"),)),
        (wav(), "samtal.wav", MODIFIED, (Dated("2026-03-02", "C"),)),
        (wav(), "samtal.wav", None, ()),
    ],
)  # fmt: skip
def test_date_is_of_the_container_else_the_name_else_the_file(
    data: bytes, name: str, modified: datetime | None, dates: tuple[Dated, ...]
) -> None:
    assert one(data, name, modified).dates == dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-14.wav", "2026-10-14"),
        ("20261014_081500.mp4", "2026-10-14"),
        ("2026-10-14T0815.wav", "2026-10-14"),
        ("cam1-20261014081500.mp4", "2026-10-14"),
        ("202610140815.mp4", "2026-10-14"),
        ("2026.10.14 samtal.wav", "2026-10-14"),
        ("070-1740605_2026_10_14.wav", "2026-10-14"),
        ("UTC 2026-10-14 08:15:00", "2026-10-14"),
        ("20260230.wav", None),
        ("735999202610140815.wav", None),
        ("19040101.mp4", None),
        ("1970-01-01 00:00:00 UTC", None),
        ("2026-10.wav", None),
        ("19891231.wav", None),
    ],
)
def test_day_in_a_name(text: str, day: str | None) -> None:
    assert day_in(text) == day


def test_recording_in_an_archive_keeps_its_place() -> None:
    (part,) = read(Document("b.wav", io.BytesIO(wav()), "a.zip!b.wav"))
    assert part == Batch("a.zip!b.wav", ("b.wav",), media="audio/wav")


@pytest.mark.parametrize("text", ["ID3 är en tagg", "The wide river and", "OggS", "GIF89a är ett"])
def test_text_is_not_taken_for_a_recording(text: str) -> None:
    (part,) = read(Document("a.wav", io.BytesIO(text.encode())))
    assert part == Batch("", (text,))
    assert not isinstance(part, Skipped)

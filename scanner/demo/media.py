"""Recordings made by hand: small, but real, WAV and MP4 files."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from scanner.demo.artefact import Artefact, text_contents
from scanner.demo.company import Company
from scanner.demo.database import notes

CLIP_AGES = (2, 5, 9, 12, 16, 20, 22, 31, 45, 60, 75, 90)
"""Days; half of the clips are older than 21 days."""
MP4_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
SECONDS = 2


def artefacts(company: Company) -> Iterator[Artefact]:
    """Call recordings, camera clips, and two recordings that show and sound nobody."""
    yield from _calls(company)
    yield from _clips(company)
    yield Artefact("Samtal/Pausmusik/pausmusik.wav", tone(660), modified=_at(company.day(400), 9))
    film = datetime.combine(company.day(70), time(10), UTC)
    yield Artefact("Marknad/Film/vinterkampanj.mp4", clip(film), modified=film)


def tone(pitch: int) -> bytes:
    """Two seconds of a tone of so many hertz, as a telephone exchange would record it."""
    rate = 8000
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        angle = 2 * math.pi * pitch / rate
        second = [int(9000 * math.sin(angle * step)) for step in range(rate)]
        sound.writeframes(struct.pack(f"<{rate}h", *second) * SECONDS)
    return out.getvalue()


def clip(recorded: datetime) -> bytes:
    """An MP4 film of one grey frame, with the time of recording where cameras put it."""
    stamp = int((recorded - MP4_EPOCH).total_seconds())
    head = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
    frame = bytes([0x80]) * 256
    # Sizes of `moov` do not depend on the offset that it holds, so that it can be asked twice.
    offset = len(head) + len(_movie(stamp, 0, len(frame))) + 8
    return head + _movie(stamp, offset, len(frame)) + _box(b"mdat", frame)


def _calls(company: Company) -> Iterator[Artefact]:
    """Every twentieth case began with a call; it was recorded under the case's number."""
    cases = notes(company)
    told = list(zip(cases.values(), cases.people, strict=True))
    for index, ((case, _, created, *_), person) in enumerate(told[::20]):
        recorded = _at(date.fromisoformat(str(created)), 8 + index % 9)
        name = f"{recorded:%Y%m%d_%H%M%S}_ärende {case}.wav"
        truth = text_contents(("VOICE_RECORDING",), (person,) if person else ())
        yield Artefact(f"Samtal/{recorded:%Y-%m}/{name}", tone(200 + 20 * index), truth, recorded)


def _clips(company: Company) -> Iterator[Artefact]:
    for index, age in enumerate(CLIP_AGES):
        recorded = _at(company.day(age), 21) + timedelta(minutes=7 * index)
        camera = index % 3 + 1
        name = f"kam{camera:02}_{recorded:%Y%m%d_%H%M%S}.mp4"
        truth = text_contents(("CCTV_FOOTAGE",))
        yield Artefact(f"Kamera/Ställverk norr/{name}", clip(recorded), truth, recorded)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), UTC)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _movie(stamp: int, offset: int, size: int) -> bytes:
    times = struct.pack(">IIIII", 0, stamp, stamp, 1000, SECONDS * 1000)
    unity = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    rate = struct.pack(">IHH8x", 0x10000, 0x100, 0)
    header = _box(b"mvhd", times, rate, unity, bytes(24), struct.pack(">I", 2))
    return _box(b"moov", header, _box(b"trak", _track(stamp, unity), _media(times, offset, size)))


def _track(stamp: int, unity: bytes) -> bytes:
    ident = struct.pack(">IIIIII", 7, stamp, stamp, 1, 0, SECONDS * 1000)
    place = struct.pack(">8xHHHH", 0, 0, 0, 0)
    return _box(b"tkhd", ident, place, unity, struct.pack(">II", 16 << 16, 16 << 16))


def _media(times: bytes, offset: int, size: int) -> bytes:
    language = struct.pack(">HH", 0x55C4, 0)
    handler = _box(b"hdlr", struct.pack(">II4s12x", 0, 0, b"vide"), b"Kamera\0")
    source = _box(b"dinf", _box(b"dref", struct.pack(">II", 0, 1), _box(b"url ", b"\0\0\0\1")))
    look = _box(b"vmhd", struct.pack(">I8x", 1))
    samples = _box(b"stbl", *_samples(offset, size))
    return _box(
        b"mdia", _box(b"mdhd", times, language), handler, _box(b"minf", look, source, samples)
    )


def _samples(offset: int, size: int) -> Iterator[bytes]:
    picture = struct.pack(">6xH16xHHIII H32xHh", 1, 16, 16, 72 << 16, 72 << 16, 0, 1, 24, -1)
    yield _box(b"stsd", struct.pack(">II", 0, 1), _box(b"raw ", picture))
    yield _box(b"stts", struct.pack(">IIII", 0, 1, 1, SECONDS * 1000))
    yield _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1))
    yield _box(b"stsz", struct.pack(">IIII", 0, 0, 1, size))
    yield _box(b"stco", struct.pack(">III", 0, 1, offset))

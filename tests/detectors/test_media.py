"""Recordings and mails: what they are, and what only sounds or looks so."""

from __future__ import annotations

import pytest

from detectors.base import Evidence
from detectors.media import conclude
from scanner.model import Batch, Dated, Finding, Resource


def found(key: str, media: str, location: str = "", dates: tuple[Dated, ...] = ()) -> list[Finding]:
    evidence = Evidence(Resource("share", key))
    evidence.add(Batch(location, (key,), media=media, dates=dates), ())
    return list(conclude(evidence))


@pytest.mark.parametrize(
    ("key", "media", "entity"),
    [
        ("Samtal/2026-03/20260312_ärende.wav", "audio/x-wav", "VOICE_RECORDING"),
        ("a/b.mp3", "audio/mpeg", "VOICE_RECORDING"),
        ("Kamera/Ställverk norr/kam01_20260301.mp4", "video/mp4", "CCTV_FOOTAGE"),
        ("nvr/0001.dav", "video/x-dav", "CCTV_FOOTAGE"),
        ("Övervakning/film.mkv", "video/x-matroska", "CCTV_FOOTAGE"),
        ("okänd/klipp.mp4", "video/mp4", "CCTV_FOOTAGE"),
    ],
)
def test_a_recording(key: str, media: str, entity: str) -> None:
    (finding,) = found(key, media)
    assert finding.entity == entity
    assert (finding.matches, finding.values, finding.read) == (1, 1, 1)


@pytest.mark.parametrize(
    ("key", "media"),
    [
        ("Samtal/Pausmusik/pausmusik.wav", "audio/x-wav"),
        ("växel/väntmusik.mp3", "audio/mpeg"),
        ("Ljud/jingel 2026.mp3", "audio/mpeg"),
        ("växel/tonsvar_natt.wav", "audio/x-wav"),
        ("Marknad/Film/vinterkampanj.mp4", "video/mp4"),
        ("Intranät/webbinarium elhandel.mp4", "video/mp4"),
        ("Teknik/instruktion mätarbyte.mp4", "video/mp4"),
        ("Reklamfilm/kamera.mp4", "video/mp4"),
        ("Foto/mätare.jpg", "image/jpeg"),
        ("Avtal/avtal.txt", ""),
    ],
)
def test_what_is_no_recording_of_a_person(key: str, media: str) -> None:
    assert found(key, media) == []


def test_a_camera_in_the_path_makes_surer() -> None:
    (camera,) = found("Kamera/cam01.mp4", "video/mp4")
    (plain,) = found("diverse/a.mp4", "video/mp4")
    assert camera.score > plain.score >= 0.5


def test_a_member_of_an_archive_is_known_by_its_own_name() -> None:
    assert found("backup.zip", "audio/mpeg", "ljud/väntmusik.mp3") == []


def test_a_recording_carries_its_day() -> None:
    day = Dated("2026-03-12", "B")
    (finding,) = found("Kamera/a.mp4", "video/mp4", dates=(day,))
    assert finding.months == ((day, 1),)


def test_a_mail_is_correspondence() -> None:
    evidence = Evidence(Resource("share", "mail/a.eml"))
    day = Dated("2026-01-02", "B")
    evidence.add(Batch("body", ("Hej", "och hå"), media="message/rfc822", dates=(day,)), ())
    evidence.add(Batch("Subject", ("Faktura",), "Subject"), ())
    (finding,) = conclude(evidence)
    assert (finding.location, finding.entity) == ("body", "CORRESPONDENCE")
    assert (finding.matches, finding.values, finding.read) == (2, 2, 2)
    assert finding.months == ((day, 1),)


def test_an_empty_mail_is_nothing() -> None:
    evidence = Evidence(Resource("share", "mail/a.eml"))
    evidence.add(Batch("body", (" ",), media="message/rfc822"), ())
    assert list(conclude(evidence)) == []

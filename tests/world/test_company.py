"""The made-up company is the same every time, and is what it says."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tomllib
import wave
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymediainfo import MediaInfo

from scanner import config
from scanner.demo import bucket, share
from scanner.demo.build import bucket_objects, build, config_toml
from scanner.demo.company import Company, found
from scanner.demo.numbers import gs1_digit, luhn_digit, mod11_digit
from scanner.demo.people import data, identities
from scanner.demo.truth import Truth, truth
from scanner.demo.unreadable import PASSWORD

TODAY = date(2026, 9, 30)


def _state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns if "share" in path.parts else 0,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_of_one_day_are_equal_to_the_byte(folder: Path, tmp_path: Path) -> None:
    company = build(tmp_path, TODAY)
    assert _state(tmp_path) == _state(folder)
    assert list(bucket_objects(company)) == list(bucket_objects(found(TODAY)))


def test_building_again_in_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, TODAY)
    before = _state(tmp_path)
    build(tmp_path, TODAY)
    assert _state(tmp_path) == before


@settings(max_examples=8, deadline=None)
@given(today=st.dates(date(2024, 1, 1), date(2039, 12, 31)))  # MP4 counts seconds to 2040
def test_no_file_overwrites_another_on_any_day(today: date) -> None:
    company = found(today)
    for room in (share, bucket):
        keys = [artefact.key for artefact in room.artefacts(company)]
        assert len(keys) == len(set(keys))


def _texts(folder: Path, company: Company) -> str:
    """Everything that can be read without help, as one text."""
    parts = []
    for path in sorted((folder / "share").rglob("*")):
        if path.suffix in {".txt", ".csv", ".edi", ".log"}:
            parts.append(path.read_bytes().decode("cp1252", "replace"))
        if path.suffix == ".eml":
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            texts = (part for part in mail.walk() if part.get_content_maintype() == "text")
            parts.extend(str(part.get_content()) for part in texts)
    with closing(sqlite3.connect(folder / "crm.sqlite")) as connection:
        parts.extend(line for line in connection.iterdump())
    parts.extend(content.decode() for _, content in bucket_objects(company))
    return "\n".join(parts)


def test_every_identity_number_anywhere_is_one_of_the_test_numbers(
    folder: Path, company: Company
) -> None:
    known = {number[2:] for number in identities()}
    text = _texts(folder, company)
    shape = (
        r"(?<!\d)(?:19|20)?(\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01]))-?(\d{4})(?!\d)"
    )
    seen = {
        day + serial
        for day, serial in re.findall(shape, text)
        if day[4:] not in {"00", "60"} and luhn_digit(day + serial[:3]) == serial[3]
    }
    assert len(seen) > 300
    # Some telephone numbers and moments are shaped like them, as they are everywhere.
    others = {person.phone for person in company.people()}
    others |= {number for number in seen if number.startswith(("25", "26"))}
    assert seen - known <= others


def test_some_references_look_like_identity_numbers_and_all_pass_luhn(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "crm.sqlite")) as connection:
        references = [row[0] for row in connection.execute("SELECT ocr FROM invoices")]
        owned = {row[0][2:] for row in connection.execute("SELECT personnr FROM customers")}
    assert all(luhn_digit(reference[:-1]) == reference[-1] for reference in references)
    alike = [reference for reference in references if reference in {n[2:] for n in identities()}]
    assert len(references) * 0.02 < len(alike) < len(references) * 0.1
    assert not owned & set(alike)


def test_people_are_consistent(company: Company) -> None:
    people = list(company.people())
    assert len({person.id for person in people}) == len(people) > 300
    assert len({person.identity for person in people}) == len(people)
    assert len({person.phone for person in people}) == len(people)
    assert len({person.email for person in people}) == len(people)
    for person in people:
        women = data("names")["women"]
        assert (int(person.identity[10]) % 2 == 0) == (person.given in women)
        assert re.fullmatch(r"[a-z.0-9]+@example\.(se|com)", person.email)
        number = phonenumbers.parse(person.phone, "SE")
        assert phonenumbers.is_valid_number(number)
        national = str(number.national_number)
        assert re.match(r"70174060[5-9]|7017406[1-9]|846500|3139006|4062804|9803192", national)


def test_meters_and_accounts_pass_their_checks(company: Company) -> None:
    meters = {customer.contract.meter for customer in company.customers}
    assert len(meters) == len(company.customers)
    assert all(m[:6] == "735999" and len(m) == 18 and gs1_digit(m[:-1]) == m[-1] for m in meters)
    accounts = [customer.account for customer in company.customers if customer.account]
    for clearing, serial in (account.split("-") for account in accounts):
        whole = {"4": clearing + serial, "9": clearing + serial, "6": serial}.get(clearing[0], "")
        if whole:
            assert mod11_digit(whole[:-1]) == whole[-1]
        else:
            assert luhn_digit(serial[:-1]) == serial[-1]
    assert {account[0] for account in accounts} == {"3", "4", "6", "8", "9"}


@pytest.mark.parametrize(
    ("digits", "check"), [("811228987", "4"), ("121212121", "2"), ("701063239", "1")]
)
def test_luhn(digits: str, check: str) -> None:
    assert luhn_digit(digits) == check


@pytest.mark.parametrize("meter", ["735999123000000422", "735999888000012348"])
def test_gs1(meter: str) -> None:
    assert gs1_digit(meter[:-1]) == meter[-1]


def _media(folder: Path, pattern: str) -> list[tuple[Path, Any]]:
    return [(path, MediaInfo.parse(path)) for path in sorted((folder / "share").glob(pattern))]


def test_clips_are_video_of_the_day_in_their_name(folder: Path) -> None:
    ages = []
    for path, info in _media(folder, "Kamera/**/*.mp4"):
        recorded = datetime.strptime(path.stem.split("_", 1)[1] + "Z", "%Y%m%d_%H%M%S%z")
        assert info.general_tracks[0].encoded_date == f"{recorded:%Y-%m-%d %H:%M:%S} UTC"
        assert info.video_tracks[0].width == 16
        assert datetime.fromtimestamp(path.stat().st_mtime, UTC) == recorded
        ages.append((TODAY - recorded.date()).days)
    assert sum(2 <= age <= 20 for age in ages) == 6
    assert sum(22 <= age <= 90 for age in ages) == 6


def test_recordings_are_sound(folder: Path, told: Truth) -> None:
    calls = _media(folder, "Samtal/20*/*.wav")
    assert len(calls) == sum(row["entity"] == "VOICE_RECORDING" for row in told["planted"])
    for path, info in calls:
        assert info.audio_tracks[0].format == "PCM"
        with wave.open(str(path)) as sound:
            assert sound.getnframes() / sound.getframerate() == 2
        recorded = datetime.strptime(path.name[:15] + "Z", "%Y%m%d_%H%M%S%z")
        assert datetime.fromtimestamp(path.stat().st_mtime, UTC) == recorded


def test_broken_files_are_broken(folder: Path) -> None:
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(folder / "share/Kundlistor/Trasig export.xlsx")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(folder / "share/Arkiv/Avbruten överföring.zip")


def test_locked_member_opens_with_its_password_only(folder: Path) -> None:
    with zipfile.ZipFile(folder / "share/Arkiv/Löner 2023.zip") as archive:
        assert b"l\xc3\xb6sen" in archive.read("läs mig.txt")
        with pytest.raises(RuntimeError, match="encrypted"):
            archive.read("löner.csv")
        assert b"7001;41200" in archive.read("löner.csv", PASSWORD)


def test_locked_workbook_is_an_encrypted_ole_container(folder: Path) -> None:
    content = (folder / "share/Kundlistor/Lösenordsskyddad.xlsx").read_bytes()
    assert content.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert len(content) % 512 == 0
    assert "EncryptedPackage".encode("utf-16-le") in content
    assert b"AES" in content
    assert b"PK\x03\x04" not in content


def test_ten_subjects_two_of_one_name_and_two_of_one_home(folder: Path, told: Truth) -> None:
    subjects = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "subjects").iterdir())
    ]
    assert len(subjects) == 10
    assert len({subject["personnummer"] for subject in subjects}) == 10
    assert sum(subject["name"] == "Anna Lindström" for subject in subjects) == 2
    assert len({subject["address"] for subject in subjects}) == 9
    known = {person["identity"]: person for person in told["persons"]}
    for subject in subjects:
        assert known[subject["personnummer"].replace("-", "")]["records"]


def test_the_config_is_valid_and_its_purposes_are_the_policies_own(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sparhund.toml"
    path.write_text(config_toml(tmp_path, "http://127.0.0.1:9000"), encoding="utf-8")
    loaded = config.load(path)
    assert set(loaded.sources) == {"crm", "share", "bucket", "arkiv"}
    policies = Path(config.__file__).parent / "policies"
    for name in loaded.policies:
        stated = tomllib.loads((policies / f"{name}.toml").read_text(encoding="utf-8"))
        purposes = {purpose["name"] for purpose in stated["purposes"]}
        for source in ("crm", "share", "bucket"):
            keys = loaded.sources[source].keys
            assert set(keys.purposes[name]) <= purposes
            assert keys.purposes[name]
        (scope,) = loaded.sources["share"].scopes
        assert (scope.match, len(scope.purposes[name])) == ("Marknad/**", 1)
        assert set(scope.purposes[name]) <= purposes


def test_the_company_ages_with_its_day() -> None:
    later = TODAY + timedelta(days=40)
    assert truth(found(later))["today"] == later.isoformat()
    assert [c.person for c in found(later).customers] == [c.person for c in found(TODAY).customers]

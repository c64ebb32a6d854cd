"""The made-up company is the same every time, is what it says, and its truth is true."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import tomllib
import wave
import zipfile
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from operator import itemgetter
from pathlib import Path
from typing import Any

import openpyxl
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymediainfo import MediaInfo

from connectors.base import ReadError
from connectors.files import PLUGIN as Files
from connectors.sql import PLUGIN as Sql
from scanner import config
from scanner.demo import bucket, share
from scanner.demo.artefact import Contents, Plant
from scanner.demo.build import bucket_objects, build, config_toml
from scanner.demo.company import Company, found
from scanner.demo.numbers import gs1_digit, luhn_digit, mod11_digit
from scanner.demo.people import data, identities
from scanner.demo.truth import Truth, compare, render, truth, unnamed
from scanner.demo.unreadable import PASSWORD
from scanner.model import Resource, Skipped

TODAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    build(path, TODAY)
    return path


@pytest.fixture(scope="module")
def company() -> Company:
    return found(TODAY)


@pytest.fixture(scope="module")
def told(folder: Path) -> Truth:
    whole: Truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return whole


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


@settings(max_examples=15, deadline=None)
@given(today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_no_file_overwrites_another_on_any_day(today: date) -> None:
    company = found(today)
    for room in (share, bucket):
        keys = [artefact.key for artefact in room.artefacts(company)]
        assert len(keys) == len(set(keys))


def test_truth_names_every_place_once_and_only_places_that_exist(
    folder: Path, told: Truth, company: Company
) -> None:
    with closing(sqlite3.connect(folder / "crm.sqlite")) as connection:
        tables = {
            f"main.{name}"
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type <> 'index'"
            )
        }
    keys = {
        "crm": tables,
        "share": {str(p.relative_to(folder / "share")) for p in (folder / "share").rglob("*.*")},
        "bucket": {key for key, _ in bucket_objects(company)},
    }
    records = [record for person in told["persons"] for record in person["records"]]
    for row in (*told["planted"], *told["allowed"], *told["unreadable"], *records):
        assert row["key"] in keys[row["source"]], row
    places = [
        (row["source"], row["key"], row["location"], row["entity"])
        for row in (*told["planted"], *told["allowed"])
    ]
    assert len(places) == len(set(places))
    assert places[: len(told["planted"])] == sorted(places[: len(told["planted"])])


@pytest.fixture(scope="module")
def read(
    folder: Path, company: Company, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[tuple[str, str, str], int], list[dict[str, str]]]:
    """What the real connectors read (non-empty values by place), and what they could not."""
    objects = tmp_path_factory.mktemp("bucket")
    for key, content in bucket_objects(company):
        (objects / key).parent.mkdir(parents=True, exist_ok=True)
        (objects / key).write_bytes(content)
    values: Counter[tuple[str, str, str]] = Counter()
    unread: list[dict[str, str]] = []
    for connector in (
        Sql(name="crm", url=f"sqlite:///{folder / 'crm.sqlite'}"),
        Files(name="share", path=str(folder / "share")),
        Files(name="bucket", path=str(objects)),
    ):
        for resource in connector.discover():
            assert isinstance(resource, Resource)
            where = {"source": resource.source, "key": resource.key}
            try:
                for batch in connector.read(resource):
                    if isinstance(batch, Skipped):
                        unread.append({**where, "location": batch.key, "reason": batch.reason})
                    else:
                        place = (resource.source, resource.key, batch.location)
                        values[place] += sum(1 for value in batch.values if value)
            except ReadError as error:
                unread.append({**where, "location": "", "reason": str(error)})
    return values, unread


def test_every_planted_place_is_one_that_the_connectors_read(
    told: Truth, read: tuple[dict[tuple[str, str, str], int], list[dict[str, str]]]
) -> None:
    values, _ = read
    for row in (*told["planted"], *told["allowed"]):
        assert row["values"] <= values[row["source"], row["key"], row["location"]], row


def test_what_the_connectors_cannot_read_is_what_was_planted(
    told: Truth, read: tuple[dict[tuple[str, str, str], int], list[dict[str, str]]]
) -> None:
    _, unread = read
    place = itemgetter("source", "key", "location")
    assert sorted(map(place, unread)) == sorted(map(place, told["unreadable"]))
    assert unnamed(told, unread) == ()


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        (
            "crm",
            "PERSON SE_PERSONNUMMER SE_SAMORDNINGSNUMMER SE_ADDRESS PHONE_NUMBER EMAIL_ADDRESS "
            "CUSTOMER_NUMBER SE_METERING_POINT_ID ELECTRICITY_CONSUMPTION CONTRACT INVOICE "
            "SE_BANK_ACCOUNT LIVING_AREA HOUSEHOLD_SIZE CONSENT CHARGING_SESSION HEALTH COMPLAINT "
            "SE_VEHICLE_REGISTRATION CORRESPONDENCE SE_ORGANISATIONSNUMMER",
        ),
        (
            "share",
            "PERSON SE_PERSONNUMMER SE_SAMORDNINGSNUMMER SE_ADDRESS PHONE_NUMBER EMAIL_ADDRESS "
            "CUSTOMER_NUMBER SE_METERING_POINT_ID ELECTRICITY_CONSUMPTION CONTRACT CORRESPONDENCE "
            "PAYMENT_HISTORY VOICE_RECORDING CCTV_FOOTAGE HEALTH COMPLAINT EMPLOYEE_RECORD "
            "SE_ORGANISATIONSNUMMER",
        ),
        ("bucket", "PERSON EMAIL_ADDRESS SE_METERING_POINT_ID ELECTRICITY_CONSUMPTION"),
    ],
)
def test_each_source_holds_exactly_what_the_demo_needs(
    told: Truth, source: str, entities: str
) -> None:
    planted = {row["entity"] for row in told["planted"] if row["source"] == source}
    assert planted == set(entities.split())


def test_payment_history_is_planted_in_the_marketing_list_alone(told: Truth) -> None:
    places = [row for row in told["planted"] if row["entity"] == "PAYMENT_HISTORY"]
    assert [(row["key"], row["location"]) for row in places] == [
        ("Marknad/utskick_2026.csv", "betalhistorik")
    ]


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


def test_an_archive_lies_within_an_archive(folder: Path, told: Truth) -> None:
    with zipfile.ZipFile(folder / "share/Arkiv/2024.zip") as outer:
        inner = zipfile.ZipFile(io.BytesIO(outer.read("inner.zip")))
    assert inner.read("lista.csv").startswith(b"kundnr;Namn;Telefon\r\n")
    places = {row["location"] for row in told["planted"] if row["key"] == "Arkiv/2024.zip"}
    assert {
        "inner.zip!lista.csv#Namn",
        "inner.zip!a.txt",
        "kunder/kundlista 2023.xlsx#Kunder 2023!Namn",
    } <= places


def test_records_point_at_the_persons_own_rows(folder: Path, told: Truth) -> None:
    person = next(p for p in told["persons"] if p["name"] == "Anna Lindström")
    tables = {record["key"]: record for record in person["records"] if record["source"] == "crm"}
    with closing(sqlite3.connect(folder / "crm.sqlite")) as connection:
        row = connection.execute(
            "SELECT personnr, kundnr FROM customers LIMIT 1 OFFSET ?",
            (tables["main.customers"]["row"] - 1,),
        ).fetchone()
        assert row[0] == person["identity"]
        readings = tables["main.meter_readings"]
        meters = connection.execute(
            "SELECT DISTINCT r.anlaggnings_id, a.kundnr FROM "
            "(SELECT * FROM meter_readings LIMIT ? OFFSET ?) r "
            "JOIN contracts a USING (anlaggnings_id)",
            (readings["rows"], readings["row"] - 1),
        ).fetchall()
    assert [number for _, number in meters] == [row[1]]


def test_the_view_is_what_the_truth_says(folder: Path, told: Truth) -> None:
    with closing(sqlite3.connect(folder / "crm.sqlite")) as connection:
        rows = connection.execute("SELECT kundnamn FROM kundoversikt").fetchall()
    record = next(
        (person["name"], record["row"])
        for person in told["persons"]
        for record in person["records"]
        if record["key"] == "main.kundoversikt" and record["row"] > 100
    )
    assert rows[record[1] - 1][0] == record[0]
    assert len(rows) == next(
        row["values"]
        for row in told["planted"]
        if row["key"] == "main.kundoversikt" and row["location"] == "kundnamn"
    )


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
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARHUND_DEMO_S3_KEY", "key")
    monkeypatch.setenv("SPARHUND_DEMO_S3_SECRET", "secret")
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


def test_compare_counts_by_place_and_forgives_what_is_allowed(told: Truth) -> None:
    rows = [dict(row) for row in told["planted"]]
    assert compare(told, [*rows, *told["allowed"]]).missed == ()
    assert compare(told, [*rows, *told["allowed"]]).extra == ()
    stray = {"source": "crm", "key": "main.articles", "location": "benamning", "entity": "PERSON"}
    seen = compare(told, [*rows[1:], stray])
    assert [place.entity for place in seen.missed] == [rows[0]["entity"]]
    assert [place.key for place in seen.extra] == ["main.articles"]
    assert len(seen.planted) == len(rows) == len(seen.found) + 1
    (score,) = (s for s in seen.scores() if (s.source, s.entity) == ("crm", "PERSON"))
    assert (score.extra, score.missed, score.found) == (1, 0, score.planted)
    lines = render(seen).splitlines()
    assert "extra: PERSON  crm  main.articles  benamning" in lines
    total = next(line.split() for line in lines if line.startswith("all"))
    assert total[1:] == [str(len(rows)), str(len(rows) - 1), "1", "1"]


def test_unreadable_files_must_be_named_with_their_reason(told: Truth) -> None:
    coverage = [
        {"source": row["source"], "key": row["key"], "reason": f"{row['reason_contains']} file"}
        for row in told["unreadable"]
    ]
    assert unnamed(told, coverage) == ()
    coverage[0]["reason"] = "no reason"
    assert unnamed(told, coverage[:-1]) == (
        told["unreadable"][0]["key"],
        told["unreadable"][-1]["key"],
    )


def test_contents_are_told_from_outside() -> None:
    inner = Contents((Plant("kundnr", "CUSTOMER_NUMBER"),)).inside("lista.csv")
    assert inner.plants[0].location == "lista.csv#kundnr"
    assert inner.inside("inner.zip", archive=True).plants[0].location == (
        "inner.zip!lista.csv#kundnr"
    )


def test_the_company_ages_with_its_day() -> None:
    later = TODAY + timedelta(days=40)
    assert truth(found(later))["today"] == later.isoformat()
    assert [c.person for c in found(later).customers] == [c.person for c in found(TODAY).customers]

"""The truth about the made-up company is true, and a scan is compared with it place by place."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from operator import itemgetter
from pathlib import Path

import pytest

from scanner.demo.artefact import Contents, Plant
from scanner.demo.build import bucket_objects
from scanner.demo.company import Company
from scanner.demo.truth import Truth, compare, render, unnamed


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

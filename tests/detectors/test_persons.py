"""Whom findings are about: by the best key of the same rows, exactly or with an interval."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pytest

from detectors import persons
from detectors.base import Evidence
from detectors.swedish import SwedishDetector
from scanner.model import Batch, Candidate, Column, Finding, Resource, Sample

Rows = Sequence[Sequence[str]]
NUMBER = "SE_PERSONNUMMER"
KINDS = {
    "pnr": NUMBER,
    "mail": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "gsrn": "SE_METERING_POINT_ID",
    "name": "PERSON",
    "note": "HEALTH",
    "other": NUMBER,
}


def candidates(label: str, values: Sequence[str]) -> Iterable[Candidate]:
    for index, value in enumerate(values):
        if value and label in KINDS and value != "-":
            yield Candidate(KINDS[label], index, 0, len(value), 0.9)


def table(
    labels: Sequence[str],
    rows: Rows,
    sample: Sample | None = None,
    unique: str = "",
    chunk: int = 1000,
) -> Evidence:
    evidence = Evidence(Resource("crm", "main.t"))
    for first in range(0, len(rows), chunk):
        for label, values in zip(
            labels, zip(*rows[first : first + chunk], strict=True), strict=True
        ):
            facts = Column(unique=label == unique)
            batch = Batch(label, values, label, "main.t", first, column=facts)
            evidence.add(batch, candidates(label, values))
    evidence.readings[-1].sample = sample
    return evidence


def of(evidence: Evidence, location: str, entity: str, matches: int = 1) -> Finding:
    wanted = Finding(location, entity, matches, matches, matches, 0.9)
    keys = [
        Finding(label, KINDS[label], 1, 1, 1, 0.9) for label in evidence.places if label in KINDS
    ]
    if "kundnr" in evidence.places:
        keys.append(Finding("kundnr", "CUSTOMER_NUMBER", 1, 1, 1, 0.9))
    *_, told = persons.told(evidence.readings, [*keys, wanted])
    return told


def number(index: int) -> str:
    return f"19{index:010}"


def test_persons_are_those_of_the_rows_where_something_was_found() -> None:
    rows = [(number(row % 50), "sjuk" if row % 10 == 0 else "") for row in range(2000)]
    evidence = table(("pnr", "note"), rows)
    assert of(evidence, "pnr", NUMBER).persons_between == (50, 50)
    assert of(evidence, "note", "HEALTH").persons == 5
    assert of(evidence, "note", "HEALTH").persons_between == (5, 5)


def test_the_same_number_written_otherwise_is_the_same_person() -> None:
    rows = [("198112189876",), ("811218-9876",), ("19811218-9876",), ("810102-2384",)]
    assert of(table(("pnr",), rows), "pnr", NUMBER).persons == 2


def test_the_better_key_counts_unless_it_stands_in_few_rows() -> None:
    rows = [(number(row // 2), f"a{row}@example.se") for row in range(100)]
    assert of(table(("pnr", "mail"), rows), "mail", "EMAIL_ADDRESS").persons == 50
    rows = [(number(row) if row < 10 else "", f"a{row}@example.se") for row in range(100)]
    told = table(("pnr", "mail"), rows)
    assert of(told, "mail", "EMAIL_ADDRESS").persons == 100
    assert of(told, "pnr", NUMBER).persons == 10


def test_each_column_of_numbers_has_its_own_persons() -> None:
    rows = [(number(row), number(1000 + row % 3)) for row in range(90)]
    evidence = table(("pnr", "other"), rows)
    assert (of(evidence, "pnr", NUMBER).persons, of(evidence, "other", NUMBER).persons) == (90, 3)


def test_a_customer_number_is_a_key_by_its_label() -> None:
    rows = [(f"K-{row % 70:05}", "x") for row in range(300)]
    evidence = table(("kundnr", "kwh"), rows)
    assert of(evidence, "kundnr", "CUSTOMER_NUMBER").persons_between == (70, 70)
    assert of(evidence, "kwh", "ELECTRICITY_CONSUMPTION").persons_between == (70, 70)


def test_a_column_with_holes_is_about_fewer() -> None:
    rows = [(number(row), "x" if row < 30 else " ") for row in range(100)]
    told = of(table(("pnr", "kwh"), rows), "kwh", "ELECTRICITY_CONSUMPTION")
    assert (told.persons, told.persons_between) == (30, (30, 30))


def test_rows_that_do_not_tell_whose_widen_the_interval() -> None:
    rows = [(number(row) if row < 80 else "", "x") for row in range(100)]
    told = of(table(("pnr", "note"), rows), "note", "HEALTH")
    assert (told.persons, told.persons_between) == (80, (80, 100))


def test_metering_points_tell_households() -> None:
    rows = [(f"7359991{row % 4:011}", "1,5") for row in range(96)]
    told = of(table(("gsrn", "kwh"), rows), "kwh", "ELECTRICITY_CONSUMPTION")
    assert (told.persons, told.reasons) == (4, ("households counted",))


@pytest.mark.parametrize("labels", [("kwh",), ("kwh", "name")])
def test_no_key_no_persons(labels: tuple[str, ...]) -> None:
    rows = [("1", "Anna")[: len(labels)]] * 30
    told = of(table(labels, rows), "kwh", "ELECTRICITY_CONSUMPTION")
    assert (told.persons, told.persons_between) == (None, None), "a given name alone tells nobody"


def test_a_column_that_is_not_found_to_hold_a_key_is_none() -> None:
    evidence = table(("pnr", "kwh"), [(number(row), "x") for row in range(30)])
    (told,) = persons.told(evidence.readings, [Finding("kwh", "HEALTH", 1, 1, 1, 0.9)])
    assert told.persons is None


def test_numbers_of_firms_are_about_no_known_persons() -> None:
    rows = [(number(row), "x") for row in range(30)]
    told = of(table(("pnr", "orgnr"), rows), "orgnr", "SE_ORGANISATIONSNUMMER")
    assert told.persons is None


def test_a_unique_key_tells_the_rows_of_the_whole_table() -> None:
    rows = [(number(row), "x") for row in range(10_000)]
    sample = Sample(1_000_000, 10_000, 0, 0.0003)
    declared = of(table(("pnr", "kwh"), rows, sample, "pnr"), "kwh", "ELECTRICITY_CONSUMPTION")
    assert declared.persons == 1_000_000
    assert declared.persons_between is not None
    assert 950_000 < declared.persons_between[0] <= 1_000_000 <= declared.persons_between[1]
    not_declared = of(table(("pnr", "kwh"), rows, sample), "kwh", "ELECTRICITY_CONSUMPTION")
    assert not_declared.persons_between is not None
    assert not_declared.persons_between[0] < declared.persons_between[0]


@pytest.mark.parametrize("share", [0.001, 0.02, 0.5])
@pytest.mark.parametrize("rows_each", [1, 4, 100])
def test_persons_of_a_sample_are_within_the_interval(share: float, rows_each: int) -> None:
    dice = random.Random(f"{share} {rows_each}")
    frame, drawn, held, runs = 200_000, 2000, 0, 25
    noted = [dice.random() < share for _ in range(frame)]
    truth = len({row // rows_each for row in range(frame) if noted[row]})
    sample = Sample(frame, drawn, 0, 0.0015)
    for _ in range(runs):
        chosen = sorted(dice.sample(range(frame), drawn))
        rows = [(number(row // rows_each), "sjuk" if noted[row] else "") for row in chosen]
        if any(note for _, note in rows):
            told = of(table(("pnr", "note"), rows, sample), "note", "HEALTH")
            assert told.persons_between is not None
            held += told.persons_between[0] <= truth <= told.persons_between[1]
        else:
            held += 1
    assert held >= 0.95 * runs


def test_a_reading_that_was_cut_off_tells_at_least_so_many() -> None:
    evidence = table(("pnr",), [(number(row),) for row in range(40)])
    evidence.readings[-1].is_whole = False
    told = of(evidence, "pnr", NUMBER)
    assert (told.persons, told.persons_between) == (40, None)


def test_a_table_may_be_long_and_its_key_come_late() -> None:
    rows = [("" if row < 3000 else number(row % 500), "x") for row in range(20_000)]
    evidence = table(("pnr", "kwh"), rows)
    assert of(evidence, "pnr", NUMBER).persons == 500
    waiting = evidence.readings[-1].tables["main.t"].waiting
    assert not waiting


def test_texts_tell_persons_by_their_numbers() -> None:
    detector = SwedishDetector()
    evidence = Evidence(Resource("share", "brev.txt"))
    text = "Anna Berg 19850121-2396 och 850121-2396, tel 070-174 06 05. Per, pnr 820529-2389."
    batch = Batch("", (text,))
    evidence.add(batch, detector.detect(batch))
    told = {one.entity: one.persons for one in detector.conclude(evidence)}
    assert told[NUMBER] == 2
    assert told["PHONE_NUMBER"] is None
    assert told["PERSON"] is None


def test_the_detector_tells_persons_of_its_findings() -> None:
    detector = SwedishDetector()
    evidence = Evidence(Resource("crm", "main.kund"))
    numbers = ("19850121-2396", "820529-2389", "850121-2396") * 5
    for label, values in (("personnummer", numbers), ("förbrukning kWh", ("12",) * 15)):
        batch = Batch(label, values, label, "main.kund")
        evidence.add(batch, detector.detect(batch))
    told = {one.entity: one.persons for one in detector.conclude(evidence)}
    assert told == {NUMBER: 2, "ELECTRICITY_CONSUMPTION": 2}


def test_digests_hold_no_value() -> None:
    evidence = table(("pnr",), [(number(1),), (number(2),)])
    assert number(1)[-10:] not in repr(evidence.readings)

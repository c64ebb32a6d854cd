"""What values alone say under labels that say nothing, and what they do not."""

from __future__ import annotations

import pytest

from tests.detectors.test_verdicts import held

ROWS = 60
IDS = [str(100_200 + 7 * row) for row in range(ROWS)]
POINTS = [f"7359991230000{row:04}2" for row in range(ROWS)]
NAMES = ["Anna Andersson", "Erik Lindqvist", "Maria Bergström", "Johan Nyström"] * 15
STREETS = [f"Storgatan {row + 1}" for row in range(ROWS)]
DAYS = [f"2026-03-{row % 28 + 1:02}" for row in range(ROWS)]
AMOUNTS = [f"{200 + 37 * row}.5" for row in range(ROWS)]
YEARLY = [str(1_800 + row * row * 13 + row) for row in range(ROWS)]
COOKIES = [f"GA1.2.{48_000_000 + 7919 * row}.{1_700_000_000 + row}" for row in range(ROWS)]


@pytest.mark.parametrize(
    ("entity", "form"),
    [
        ("COOKIE_ID", "GA1.2.43550{row:04}.4215650721"),
        ("CREDENTIAL", "$2b$12$a18dca67ea8dc3cfcdad87{row:04}9c9dddde766"),
        ("VOICE_RECORDING", "https://rec.example.se/4a219e2b{row:04}.wav"),
        ("CCTV_FOOTAGE", "//nvr01/cam8/202605/10{row:04}.mp4"),
        ("SIGNATURE", "/arkiv/fullmakt/31{row:04}_sign.png"),
        ("ID_DOCUMENT", "/arkiv/fullmakt/73{row:04}_korkort.jpg"),
        ("SE_METER_NUMBER", "KAM55782{row:04}"),
        ("SE_BANK_ACCOUNT", "5012-475{row:04}"),
        ("COORDINATES", "POINT(475433 624{row:04})"),
        ("DATE_OF_BIRTH", "19{year}0806-****"),
        ("DEVICE_INFO", "iPhone {row}"),
    ],
)
def test_values_of_a_form_name_the_entity(entity: str, form: str) -> None:
    values = [form.format(row=1_000 + row, year=40 + row % 50) for row in range(ROWS)]
    assert entity in held("x.t_17", {"kundnr": IDS, "fld_02": values})["fld_02"]


@pytest.mark.parametrize(
    "values",
    [
        [f"{8 + row % 9:02}-{10 + row % 9:02}" for row in range(ROWS)],
        [f"/lager/hylla/{row}.pdf" for row in range(ROWS)],
        [f"12{row:02}" for row in range(ROWS)],
        [f"{1000 + 131 * row}" for row in range(ROWS)],
    ],
    ids=["hours", "paths", "quarters of thousands", "even numbers"],
)
def test_values_of_no_form_name_nothing(values: list[str]) -> None:
    assert "fld_02" not in held("x.t_17", {"kundnr": IDS, "fld_02": values})


def test_apartments_are_told_beside_addresses_alone() -> None:
    flats = [f"1{row % 5}0{row % 4 + 1}" for row in range(ROWS)]
    columns = {"kundnr": IDS, "fld_02": flats}
    assert "fld_02" not in held("x.t_17", columns)
    assert held("x.t_17", columns | {"adress": STREETS})["fld_02"] == {"SE_APARTMENT_NUMBER"}


def test_ages_in_steps_reach_as_far_as_people_do() -> None:
    ages = ["18-29", "30-44", "45-64", "65+"] * 15
    assert held("x.t_17", {"kundnr": IDS, "fld_02": ages})["fld_02"] == {"AGE"}


def test_pages_are_somebodys_beside_a_cookie() -> None:
    pages = [f"https://www.example.se/sida/{row % 7}" for row in range(ROWS)]
    assert held("x.t_17", {"a": COOKIES, "b": pages})["b"] == {"WEB_ACTIVITY"}
    assert "b" not in held("x.t_17", {"kundnr": IDS, "b": pages})


def test_whole_numbers_of_a_metering_point_are_a_years_consumption() -> None:
    found = held("x.t_17", {"gsrn": POINTS, "fld_02": YEARLY, "fld_03": IDS})
    assert found["fld_02"] == {"ELECTRICITY_CONSUMPTION"}
    assert "fld_03" not in found


def test_days_and_amounts_of_a_table_of_deals_are_its_own() -> None:
    columns = {"kundnr": IDS, "fld_02": AMOUNTS, "fld_03": DAYS}
    found = held("fakt.faktura", columns)
    assert found["fld_02"] == found["fld_03"] == {"INVOICE"}
    assert held("x.t_17", columns).keys() == {"kundnr"}


def test_texts_about_persons_are_correspondence() -> None:
    texts = [f"Ringde om fakturan, ring upp på 070-174 06 {row:02} i morgon" for row in range(15)]
    texts += [f"Frågar om avgiften för sitt avtal nummer {row} i maj" for row in range(45)]
    assert "CORRESPONDENCE" in held("x.t_17", {"kundnr": IDS, "fld_02": texts})["fld_02"]


def test_structures_are_told_by_their_fields() -> None:
    texts = [f'{{"customer_number": {row}, "screen": "start"}}' for row in range(ROWS)]
    assert held("x.t_17", {"fld_02": texts})["fld_02"] == {"CUSTOMER_NUMBER"}
    texts = [f'{{"article": {row}, "screen": "start"}}' for row in range(ROWS)]
    assert held("x.t_17", {"fld_02": texts}) == {}


def test_the_number_of_a_customers_row_is_the_customers() -> None:
    rows = [str(row + 1) for row in range(ROWS)]
    assert held("x.customer", {"id": rows, "name": NAMES})["id"] == {"CUSTOMER_NUMBER"}
    assert "id" not in held("x.ticket", {"id": rows, "name": NAMES})


def test_the_number_of_an_events_row_is_nobodys() -> None:
    rows = [str(row + 1) for row in range(ROWS)]
    found = held("x.t_17", {"booking_id": rows, "kundnr": IDS})
    assert "booking_id" not in found
    assert found["kundnr"] == {"CUSTOMER_NUMBER"}


def test_codes_in_capitals_are_no_names() -> None:
    banks = ["HANDSESS", "SWEDSESS", "NDEASESS", "ESSESESS"] * 15
    assert "bic" not in held("x.leverantor", {"levnr": IDS, "bic": banks})


def test_a_list_of_codes_is_nobodys() -> None:
    columns = {"kod": ["RR", "RT", "F1"], "bindningstid": ["12", "36", "0"]}
    assert held("ref.avtalskod", columns | {"produktagare": NAMES[:3]}).keys() <= {"produktagare"}


def test_files_called_after_persons_tell_of_them() -> None:
    files = ["Prislista_2021.xlsx", "Enlinjeschema.pdf", "scan85457.tif"] * 18
    assert "fil" not in held("arkiv.t", {"fil": files})
    files += ["Fullmakt_Bengtsson_Anna.pdf", "Erik_Andersson_CV.pdf"] * 3
    assert held("arkiv.t", {"fil": files})["fil"] == {"PERSON"}


@pytest.mark.parametrize("table", ["net.natstation", "lager.artikel", "pris.elpris", "vader.obs"])
def test_who_works_with_things_does_not_make_them_hers(table: str) -> None:
    columns = {"kontakt": NAMES, "forbrukning_kwh": AMOUNTS, "adress": STREETS, "saldo": IDS}
    assert held(table, columns).keys() == {"kontakt"}


def test_names_among_placeholders_are_names() -> None:
    names = ["Anonym"] * 40 + NAMES[:20]
    assert "PERSON" in held("x.arende", {"rapportor": names})["rapportor"]

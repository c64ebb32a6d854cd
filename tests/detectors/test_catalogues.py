"""Tables of kinds, of what we buy and of what it costs: nobody's, for all that their words say."""

from __future__ import annotations

from tests.detectors.test_verdicts import held

ROWS = 60
CODES = [str(4_100 + 7 * row) for row in range(ROWS)]
NAMES = ["Anna Andersson", "Erik Lindqvist", "Maria Bergström", "Johan Nyström"] * 15
PAY = [str(28_000 + 431 * row) for row in range(ROWS)]
DAYS = [f"2026-03-{row % 28 + 1:02}" for row in range(ROWS)]
NUMBERS = ["19980619-4032", "19800806-2385"] * 30
SUMS = [f"{1_200 + 37 * row}.50" for row in range(ROWS)]


def test_posts_and_their_pay_are_nobodys_without_anybody_who_has_them() -> None:
    assert not held("hr.befattning", {"befattningskod": CODES, "lonespann_max": PAY})
    found = held("hr.befattning", {"befattningskod": CODES, "lon": PAY, "namn": NAMES})
    assert found["lon"] == {"EMPLOYEE_RECORD"}


def test_orders_that_we_place_are_no_customers() -> None:
    columns = {"order_date": DAYS, "personnr": NUMBERS, "total": SUMS}
    assert set(held("erp.purchase_orders", columns)) == {"personnr"}
    assert held("shop.orders", columns)["order_date"] == {"PURCHASE"}


def test_what_an_inquiry_costs_us_says_nothing_of_somebodys_credit() -> None:
    found = held("kredit.kreditupplysning", {"personnr": NUMBERS, "pris": SUMS, "inkomst": PAY})
    assert "pris" not in found
    assert found["inkomst"] == {"CREDIT_RATING"}


def test_pay_is_no_longitude_where_its_dots_are_written() -> None:
    columns = {"Anställd": NAMES, "Nuvarande lön": PAY, "Ny lön": PAY}
    assert held("hr.lonerevision", columns)["Ny lön"] == {"EMPLOYEE_RECORD"}


def test_a_day_beside_a_supplier_is_when_its_contract_began() -> None:
    found = held("ediel.byten", {"kund_pnr": NUMBERS, "lev_start": DAYS})
    assert found["lev_start"] == {"CONTRACT"}


def test_codes_of_one_series_are_no_plates() -> None:
    tablets = [f"TAB{100 + row}" for row in range(ROWS)]
    plates = [f"{three}{100 + row}" for row, three in enumerate(["KZW", "YXN", "GMA", "BRP"] * 15)]
    found = held("falt.kvittens", {"personnr": NUMBERS, "surfplatta": tablets, "x1": plates})
    assert "surfplatta" not in found
    assert found["x1"] == {"SE_VEHICLE_REGISTRATION"}


def test_what_a_program_did_with_a_row_of_staff_tells_nothing_of_them() -> None:
    answers = ["J", "N", "N"] * 20
    found = held("hr.franvaro", {"namn": NAMES, "exporterad_till_lon": answers, "orsak": answers})
    assert "exporterad_till_lon" not in found

"""What patterns find in columns by chance, and what stands whatever a table is about."""

from __future__ import annotations

import pytest

from scanner.model import Column
from tests.detectors.test_verdicts import EAST, FAMILY, GIVEN, IDS, NORTH, ROWS, held

STATIONS = [f"T{1000 + row}" for row in range(ROWS)]
NAMES = [f"{given} {FAMILY[row // 6 % 6]}" for row, given in enumerate(GIVEN)]
_ASCII = str.maketrans("åäö", "aao")
MAILS = [f"{name.lower().replace(' ', '.').translate(_ASCII)}@example.se" for name in NAMES]
PHONES = [f"070-174 06 {row % 90 + 10}" for row in range(ROWS)]
INNER = [f"10.20.{row}.{row + 1}" for row in range(ROWS)]


@pytest.mark.parametrize("key", ["oms.outage", "produkt.attribut", "net.natstation"])
def test_names_mails_and_phones_stand_in_tables_about_things(key: str) -> None:
    found = held(key, {"id": STATIONS, "x1": NAMES, "x2": MAILS, "x3": PHONES})
    assert "PERSON" in found["x1"]
    assert "EMAIL_ADDRESS" in found["x2"]
    assert "PHONE_NUMBER" in found["x3"]


def test_mails_of_persons_among_dashes_stand_in_a_table_of_products() -> None:
    values = [mail if row % 4 == 0 else "-" for row, mail in enumerate(MAILS)]
    assert held("produkt.attribut", {"id": STATIONS, "x": values})["x"] == {"EMAIL_ADDRESS"}


def test_names_among_firms_are_those_of_sole_traders() -> None:
    values = [name if row % 3 else f"{name.split()[1]} Bygg AB" for row, name in enumerate(NAMES)]
    assert "PERSON" in held("erp.vendor", {"id": STATIONS, "vendor_name": values})["vendor_name"]


def test_boxes_and_switchboards_in_tables_about_things_are_nobodys() -> None:
    found = held(
        "oms.outage",
        {
            "id": STATIONS,
            "mail": ["drift@example.se", "info@example.se", "order@example.se"] * 20,
            "tel": ["0771-10 20 30", "08-465 004 15"] * 30,
        },
    )
    assert not found


def test_inner_addresses_are_those_of_machines_where_nobody_stands_beside() -> None:
    machines = held("infra.nodes", {"node": STATIONS, "ip": INNER})
    assert not machines
    customers = held("web.log", {"email": MAILS, "ip": INNER})
    assert customers["ip"] == {"IP_ADDRESS"}


def test_numbers_of_messages_are_no_mail_addresses() -> None:
    values = [f"{row * 7919 + 10**15:x}0a@post.example.se" for row in range(ROWS)]
    assert not held("mail.inkorg", {"message_id": values})


def test_lines_on_a_map_are_nobodys_place() -> None:
    row = "LINESTRING(54137{}.0 6292061.4, 551116.8 6243017.9)"
    values = [row.format(number % 10) for number in range(ROWS)]
    assert not held("nis.kabel", {"geom": values})


def test_titles_of_address_tell_of_nobodys_orientation() -> None:
    found = held("crm.contact", {"name": NAMES, "x": ["Fru", "Herr"] * 30})
    assert "SEXUAL_ORIENTATION" not in found.get("x", set())


def test_codes_that_begin_like_a_credit_bureau_are_none() -> None:
    found = held("fjv.matning", {"kund": NAMES, "central": [f"UC-{row}" for row in range(60)]})
    assert "central" not in found


def test_numbers_of_organisations_are_no_plates() -> None:
    numbers = ["556036-0793", "556012-5790", "202100-5489"] * 20
    found = held("erp.vendor", {"contact_email": MAILS, "vat_reg_no": numbers})
    assert "SE_VEHICLE_REGISTRATION" not in found["vat_reg_no"]


POINTS = [f"73599912300000{row:04}" for row in range(ROWS)]
KWH = [f"{120 + row * 7.3:.2f}" for row in range(ROWS)]
UUIDS = [f"6a04cfc9-6198-44df-967f-520de6f2{row:04x}" for row in range(ROWS)]
TIMES = [f"2026-03-{row % 28 + 1:02} {row % 24:02}:{row % 60:02}:07" for row in range(ROWS)]


def test_orders_from_suppliers_are_nobodys_purchases() -> None:
    columns = {"order_no": STATIONS, "our_ref": NAMES, "total": KWH}
    firms = ["Nordhamns Varv AB", "Tranås Rör & El AB", "Ekens Fastigheter KB"] * 20
    assert "total" not in held("inkop.purchase_order", columns | {"supplier": firms})
    assert held("shop.orders", columns | {"customer_no": IDS})["total"] == {"PURCHASE"}


def test_amounts_of_energy_on_the_lines_of_an_invoice_are_somebodys() -> None:
    numbers = [str(261_000_231 + row // 2) for row in range(ROWS)]
    found = held("fakturering.invoice_line", {"invoice_number": numbers, "quantity_kwh": KWH})
    assert found == {"invoice_number": {"INVOICE"}, "quantity_kwh": {"ELECTRICITY_CONSUMPTION"}}


def test_clearing_and_account_are_told_by_their_digits() -> None:
    clearing = ["5012", "9272", "3120", "8327", "6789", "1200"] * 10
    accounts = [str(4_754_994 + 9_173 * row) for row in range(ROWS)]
    columns = {"holder": NAMES, "bankl": clearing, "bankn": accounts}
    found = held("sap.bank", columns)
    assert found["bankl"] == found["bankn"] == {"SE_BANK_ACCOUNT"}


def test_public_places_to_charge_are_nobodys_and_sessions_are_somebodys() -> None:
    address = {"address": [f"Storgatan {row + 1}" for row in range(ROWS)]}
    place = address | {"lat": NORTH, "lon": EAST, "power_kw": ["22", "50", "150"] * 20}
    assert not held("roaming.evse", {"evse": STATIONS} | place)
    sessions = {"id_tag": [f"04A2{row:06X}" for row in range(ROWS)], "kwh": KWH}
    found = held("charging.sessions", sessions | {"start": TIMES, "stop": TIMES})
    assert found["kwh"] == {"CHARGING_SESSION"}


def test_plugs_and_days_to_pay_are_settings() -> None:
    sessions = {"customer_id": IDS, "start": TIMES, "stop": TIMES, "connector": ["1", "2"] * 30}
    assert "connector" not in held("charging.sessions", sessions)
    terms = {"contact_email": MAILS, "pay_term": ["10", "30", "45"] * 20}
    assert "pay_term" not in held("erp.vendor", terms)


def test_an_installations_surrogate_is_no_metering_point() -> None:
    found = held("sol.installations", {"installation_uuid": UUIDS, "owner_email": MAILS})
    assert "installation_uuid" not in found


def test_serial_numbers_are_no_bank_accounts() -> None:
    numbers = [f"4697-{897_587 + 31 * row}" for row in range(ROWS)]
    assert "serienr" not in held("asset.register", {"ansvarig": NAMES, "serienr": numbers})


def test_compensation_for_outages_is_no_employment() -> None:
    found = held(
        "kund.avbrottsersattning",
        {"anl_id": POINTS, "mottagare": NAMES, "avbrott": STATIONS, "timmar": KWH},
    )
    assert found.keys() <= {"anl_id", "mottagare"}


def test_texts_that_tell_of_persons_here_and_there_are_correspondence() -> None:
    texts = ["Jag vill veta när strömmen kommer tillbaka till mig."] * 9
    texts = [*texts, "Hej, ring Kristina Lindqvist på 070-174 06 51 i eftermiddag tack."] * 6
    found = held("chatt.meddelanden", {"trad": UUIDS, "innehall": texts})
    assert "CORRESPONDENCE" in found["innehall"]
    plain = held("chatt.meddelanden", {"trad": UUIDS, "innehall": texts[:9] * 6 + texts[:6]})
    assert "innehall" not in plain


def test_letters_that_a_table_lends_its_columns_say_nothing() -> None:
    amounts = [f"{1200 + 37 * row}.50" for row in range(ROWS)]
    columns = {"FHKNR": IDS, "FHNAM": NAMES, "FHBEL": amounts, "FHDAT": TIMES}
    rest = {"FHVAL": ["SEK"] * ROWS, "FHKOD": ["01", "02"] * 30, "FHSEN": ["J", "N"] * 30}
    schema = {label: Column("char", about="Fakturahuvud (AS/400)") for label in columns | rest}
    found = held("EBIBL.FHUVP", columns | rest, schema)
    assert found["FHKNR"] == {"CUSTOMER_NUMBER"}
    assert found["FHBEL"] == {"INVOICE"}
    assert held("EBIBL.FHUVP", columns | rest).get("FHBEL") is None


def test_years_and_the_energy_of_towns_are_nobodys_consumption() -> None:
    years = ["2023", "2024", "2025"] * 20
    flows = [f"{1793.3 + 41 * row:.1f}" for row in range(ROWS)]
    found = held("matning.forbrukning", {"kund": NAMES, "ar": years, "inflow_mwh": flows})
    assert found.keys() <= {"kund"}


def test_notes_in_a_table_of_pay_are_the_employees() -> None:
    notes = ["Semesterersättning", "Beredskap vecka 31", "Retroaktiv lön för tre veckor i maj"] * 20
    found = held("lon.transaktioner", {"anst_nr": IDS, "fritext": notes, "konteras": STATIONS})
    assert found["fritext"] == {"EMPLOYEE_RECORD"}
    assert "konteras" not in found


def test_one_mailbox_in_all_rows_ties_things_to_nobody() -> None:
    columns = {"parti": STATIONS, "mail": ["noreply@example.se"] * ROWS, "avtal_mw": KWH}
    assert "avtal_mw" not in held("inkop.parti", columns)

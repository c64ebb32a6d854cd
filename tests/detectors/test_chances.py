"""What patterns find in columns by chance, and what stands whatever a table is about."""

from __future__ import annotations

import pytest

from tests.detectors.test_verdicts import FAMILY, GIVEN, ROWS, held

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

"""What the rows of a table are about, and what two columns are only together."""

from __future__ import annotations

from tests.detectors.test_verdicts import held

ROWS = 60
IDS = [str(100_200 + 7 * row) for row in range(ROWS)]
POINTS = ["735999123000000422"] * 24 + ["735999888000012348"] * 36
NAMES = ["Anna Andersson", "Erik Lindqvist", "Maria Bergström", "Johan Nyström"] * 15
DAYS = [f"2026-03-{row % 28 + 1:02}" for row in range(ROWS)]
NORTH = [f"56.{600_000 + 311 * row}" for row in range(ROWS)]
EAST = [f"16.{300_000 + 173 * row}" for row in range(ROWS)]


def test_a_clearing_number_and_an_account_are_one_though_their_labels_are_cut() -> None:
    clearing, accounts = (
        ["5012", "9272", "3120"] * 20,
        [f"{4_754_994 + 7 * n}" for n in range(ROWS)],
    )
    columns = {
        "A9KNR": IDS, "A9CLR": clearing, "A9KTO": accounts, "A9STA": ["1", "2"] * 30,
        "A9DAT": DAYS, "A9RUN": ["4"] * ROWS,
    }  # fmt: skip
    found = held("RESK.RK290PF", columns)
    assert found["A9CLR"] == found["A9KTO"] == {"SE_BANK_ACCOUNT"}
    beside_nothing = held("RESK.RK290PF", {"A9KNR": IDS, "A9KTO": accounts})
    assert "SE_BANK_ACCOUNT" not in beside_nothing.get("A9KTO", set())


def test_two_ends_of_trips_at_times_of_day_are_somebodys() -> None:
    ends = {"lat0": NORTH, "lon0": EAST, "lat1": NORTH[::-1], "lon1": EAST[::-1]}
    times = [f"2026-03-{row % 28 + 1:02} 07:{row % 60:02}:13" for row in range(ROWS)]
    found = held("fordon.korjournal_gps", {"t0": times, **ends})
    assert all(found[label] == {"COORDINATES"} for label in ends)
    assert not held("gis.ledningar", ends)


def test_what_a_car_has_run_is_no_consumption() -> None:
    plates = [f"ABC{row:02}{'DEF'[row % 3]}" for row in range(ROWS)]
    run = [str(54_183 + 977 * row) for row in range(ROWS)]
    trips = {"Regnr": plates, "Förare": NAMES}
    found = held(
        "fordon.bilpool",
        {**trips, "Mätarställning": run, "Km": [str(45 + row) for row in range(ROWS)]},
    )
    assert "Mätarställning" not in found
    assert (
        "ELECTRICITY_CONSUMPTION"
        in held("x.y", {"anl_id": POINTS, "Mätarställning": run})["Mätarställning"]
    )


def test_public_addresses_of_many_are_personal_whatever_the_table_is_called() -> None:
    addresses = [f"192.0.2.{row + 1}" for row in range(ROWS)]
    assert held("sentry.error_event", {"user.ip_address": addresses})["user.ip_address"]
    versions = [f"{row % 9}.{row % 4}.1.{row}" for row in range(ROWS)]
    assert not held("sentry.error_event", {"fw": versions})


def test_in_a_table_of_staff_columns_of_unknown_words_are_of_them() -> None:
    skills = {"Qva 14": DAYS, "Zabel": ["A", "AB", "B"] * 20, "Kvoll": ["38", "42"] * 30}
    found = held("hr.Drift", {"Montör": NAMES, **skills})
    assert all(found[label] == {"EMPLOYEE_RECORD"} for label in skills)
    elsewhere = held("lager.Drift", {"Montör": NAMES, **skills})
    assert not elsewhere.keys() & skills.keys()


def test_who_sees_to_a_row_does_not_make_it_one_about_staff() -> None:
    rounds = {"Nr": IDS, "Brist": ["Halt golv", "Trasig lampa"] * 30, "Klart": DAYS}
    found = held("hr.Skyddsrond", {**rounds, "Ansvarig": NAMES})
    assert not found.keys() & rounds.keys()


def test_all_of_an_answer_about_somebodys_credit_is_it() -> None:
    taxed = [str(210_000 + 7_331 * row) for row in range(ROWS)]
    answer = {"RKL": ["A", "C", "D"] * 20, "TAX": taxed}
    aside = {"REF": [str(row + 1) for row in range(ROWS)], "http_status": ["200", "500"] * 30}
    columns = {"Kundnr": IDS, **answer, **aside}
    found = held("ekonomi.kreditupplysning", columns)
    assert all(found[label] == {"CREDIT_RATING"} for label in answer)
    assert not found.keys() & aside.keys()
    assert not held("ekonomi.mall", columns).keys() & answer.keys()


def test_what_debtors_pay_off_is_of_the_debt() -> None:
    rates = [f"{400 + 37 * row}.50" for row in range(ROWS)]
    found = held("inkasso.Avbetalningsplaner", {"Kundnr": IDS, "Post 1": rates})
    assert found["Post 1"] == {"DEBT_COLLECTION"}
    assert held("ekonomi.Betalningar", {"Kundnr": IDS, "Post 1": rates})["Post 1"] == {
        "PAYMENT_HISTORY"
    }


def test_rows_that_are_counted_have_no_number_of_their_own() -> None:
    count = [str(row + 1) for row in range(ROWS)]
    found = held("nat.avbrott_kund", {"ID": count, "Kundnr": IDS, "Namn": NAMES})
    assert "ID" not in found
    assert held("crm.kunder", {"ID": count, "Namn": NAMES})["ID"] == {"CUSTOMER_NUMBER"}
    consents = held("crm.consents", {"rad": count, "Kundnr": IDS, "Ja": ["J", "N"] * 30})
    assert "rad" not in consents


def test_addresses_of_servers_behind_callers_are_nobodys() -> None:
    callers = {"remote_addr": [f"192.0.2.{row + 1}" for row in range(ROWS)]}
    servers = {"upstream_addr": [f"10.0.6.{row + 1}:8080" for row in range(ROWS)]}
    found = held("logs.nginx_access", {**callers, **servers})
    assert found.keys() == callers.keys()


def test_drivers_with_a_customer_number_are_no_staff() -> None:
    models = ["Leaf", "ID.4", "EV6"] * 20
    found = held("emp.Drivers", {"Kundnr": IDS, "Namn": NAMES, "VehicleModel": models})
    assert "VehicleModel" not in found


def test_short_labels_are_believed_in_a_table_of_staff() -> None:
    short = {"AMS": ["ja", "nej"] * 30, "HLR": DAYS}
    found = held("hr.Kompetensmatris", {"Montör": NAMES, **short})
    assert all(found[label] == {"EMPLOYEE_RECORD"} for label in short)


def test_a_system_of_customer_service_is_not_about_products() -> None:
    answers = {"Epost": [f"kund{row}@example.se" for row in range(ROWS)], "Du är": ["M", "K"] * 30}
    assert held("kundtjanst.NKI_2022_svar", answers)["Du är"] == {"SEX"}


def test_a_flag_of_a_charger_does_not_make_a_customers_use_charging() -> None:
    used = [str(1_800 + row * row * 13 + row) for row in range(ROWS)]
    found = held("mart.kunder", {"Kundnr": IDS, "laddbox": ["1", "0"] * 30, "kwh_12m": used})
    assert found["kwh_12m"] == {"ELECTRICITY_CONSUMPTION"}

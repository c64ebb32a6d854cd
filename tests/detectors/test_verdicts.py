"""What columns with values hold, and what only looks so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from detectors import checkdigits
from detectors.base import Evidence
from detectors.swedish import SwedishDetector
from scanner.model import Batch, Column, Finding, Resource

ROWS = 60
IDS = [str(100_200 + 7 * row) for row in range(ROWS)]
POINTS = ["735999123000000422"] * 24 + ["735999888000012348"] * 36
GIVEN = ["Anna", "Erik", "Maria", "Johan", "Karin", "Lars"] * 10
FAMILY = ["Andersson", "Lindqvist", "Bergström", "Nyström", "Öberg", "Holm"] * 10
STREETS = [f"Storgatan {row + 1}" for row in range(ROWS)]
TOWNS = ["Kalmar", "Växjö", "Karlskrona", "Nybro", "Borgholm", "Oskarshamn"] * 10
POSTCODES = ["392 31", "352 36", "371 31", "382 38", "387 36", "572 36"] * 10
BORN = [f"19{40 + row % 60}-0{row % 9 + 1}-1{row % 9}" for row in range(ROWS)]
HOURS = [f"2026-03-{1 + row // 24:02} {row % 24:02}:00:00" for row in range(ROWS)]
KWH = [f"{0.3 + row % 7 / 10:.3f}" for row in range(ROWS)]
DAYS = [f"2026-03-{row % 28 + 1:02}" for row in range(ROWS)]
SEX = ["M", "K"] * 30
NORTH = [f"56.{600_000 + 311 * row}" for row in range(ROWS)]
EAST = [f"16.{300_000 + 173 * row}" for row in range(ROWS)]
NUMBERS = ["19980619-4032", "19800806-2385"] * 30
AREAS = [str(45 + row) for row in range(ROWS)]


def findings(
    key: str, columns: Mapping[str, Sequence[str]], schema: Mapping[str, Column] | None = None
) -> list[Finding]:
    """What a table of that name and these columns is found to hold."""
    detector = SwedishDetector()
    evidence = Evidence(Resource("db", key))
    for label, values in columns.items():
        batch = Batch(label, tuple(values), label, key, column=(schema or {}).get(label))
        evidence.add(batch, detector.detect(batch))
    return list(detector.conclude(evidence))


def held(
    key: str, columns: Mapping[str, Sequence[str]], schema: Mapping[str, Column] | None = None
) -> dict[str, set[str]]:
    """Entities by column."""
    found: dict[str, set[str]] = {}
    for finding in findings(key, columns, schema):
        found.setdefault(finding.location, set()).add(finding.entity)
    return found


def test_a_long_series_of_a_metering_point_is_consumption_whatever_its_name() -> None:
    found = held("mdm.ts_77", {"k1": POINTS, "k2": HOURS, "k3": KWH})
    assert found["k3"] == {"ELECTRICITY_CONSUMPTION"}


@pytest.mark.parametrize(
    "labels",
    [
        [f"h{hour:02}" for hour in range(24)],
        [f"v{quarter}" for quarter in range(1, 97)],
        ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        [f"kwh_{month:02}" for month in range(1, 13)],
    ],
    ids=["hours", "quarters", "months", "numbered"],
)
def test_a_wide_row_of_a_metering_point_is_consumption(labels: list[str]) -> None:
    found = held("mdm.wide", {"anl_id": POINTS, **dict.fromkeys(labels, KWH)})
    assert all(found[label] == {"ELECTRICITY_CONSUMPTION"} for label in labels)


@pytest.mark.parametrize("key", ["elomrade", "timestamp", "omrade_id"])
def test_a_wide_row_of_an_area_is_nobodys(key: str) -> None:
    labels = [f"h{hour:02}" for hour in range(24)]
    assert held("dw.area_hour", {key: TOWNS, **dict.fromkeys(labels, KWH)}) == {}


def test_a_pseudonym_ties_rows_to_persons_as_well_as_a_name() -> None:
    columns = {"pid": IDS, "kwh": KWH, "alder": AREAS, "kon": SEX}
    found = held("analys.uttag_pseudo", columns)
    assert found["kwh"] == {"ELECTRICITY_CONSUMPTION"}
    assert (found["alder"], found["kon"]) == ({"AGE"}, {"SEX"})


def test_values_tell_where_labels_do_not() -> None:
    columns = {"f1": GIVEN, "f2": FAMILY, "f3": SEX, "f4": BORN, "f5": STREETS, "f6": POSTCODES}
    found = held("import.lista", {**columns, "f7": TOWNS, "f8": ["62 m2", "118 m2"] * 30})
    assert found["f3"] == {"SEX"}
    assert found["f4"] == {"DATE_OF_BIRTH"}
    assert "SE_ADDRESS" in found["f6"] & found["f7"]
    assert found["f8"] == {"LIVING_AREA"}


def test_days_of_contracts_are_nobodys_birth() -> None:
    assert "f4" not in held("import.lista", {"f1": GIVEN, "f2": FAMILY, "f4": DAYS})


def test_comments_and_foreign_keys_tell_where_labels_do_not() -> None:
    schema = {
        "c1": Column("integer", refers="crm.customers.id"),
        "c2": Column("smallint", comment="boarea enligt kund"),
        "c3": Column("smallint", comment="m2"),
        "c4": Column("smallint", comment="sorteringsordning"),
    }
    columns = {"c1": IDS, "c2": AREAS, "c3": AREAS, "c4": AREAS}
    found = findings("crm.household_x", columns, schema)
    assert {(each.location, each.entity) for each in found} == {
        ("c1", "CUSTOMER_NUMBER"),
        ("c2", "LIVING_AREA"),
        ("c3", "LIVING_AREA"),
    }
    assert found[0].reasons[:1] == ("foreign key",)
    assert found[1].reasons[0] == "comment"


def test_homes_have_coordinates_and_stations_have_none_of_persons() -> None:
    homes = {"kundnr": IDS, "p1": NORTH, "p2": EAST}
    assert held("gis.kundservis", homes)["p1"] == {"COORDINATES"}
    stations = {"station": TOWNS, "lat": NORTH, "lon": EAST}
    assert held("gis.natstation", stations) == {}


MISLEADING = [
    ("kon", ["1510", "1930", "2641", "3010", "4010", "6540"] * 10, "SEX"),
    ("adress", [f"0x{row + 4096:04x}" for row in range(ROWS)], "SE_ADDRESS"),
    ("telefon", ["ja", "nej"] * 30, "PHONE_NUMBER"),
    ("personnr", [f"{40_100 + row}" for row in range(ROWS)], "SE_PERSONNUMMER"),
    ("alder", DAYS, "AGE"),
    ("fodelsedatum", DAYS, "DATE_OF_BIRTH"),
    ("kundnamn", IDS, "PERSON"),
    ("postnr", [str(row + 1) for row in range(ROWS)], "SE_ADDRESS"),
    ("kommentar", ["J", "N"] * 30, "CORRESPONDENCE"),
    ("leveransadress", ["anna.holm@example.se", "lars.holm@example.se"] * 30, "SE_ADDRESS"),
]


@pytest.mark.parametrize(("label", "values", "entity"), MISLEADING, ids=lambda x: str(x)[:14])
def test_values_speak_against_a_misleading_label(
    label: str, values: list[str], entity: str
) -> None:
    beside = {"kundnr": IDS, "ort": TOWNS}
    assert entity not in held("crm.t", {**beside, label: values}).get(label, set())


NOBODYS: dict[str, dict[str, Sequence[str]]] = {
    "trade.spotpris": {"tidpunkt": HOURS, "elomrade": SEX, "pris_ore_kwh": KWH},
    "lager.artikel": {"artikelnr": IDS, "benamning": TOWNS, "antal": AREAS, "hylla": SEX},
    "crm.kundtyp": {"kod": ["P", "F"], "namn": ["Privat", "Företag"]},
    "dw.agg_forbrukning": {"ort": TOWNS, "median_boarea": AREAS, "antal_kunder": AREAS},
    "lev.leverantor": {
        "levnr": IDS,
        "namn": [f"{town} Bygg AB" for town in TOWNS],
        "gatuadress": STREETS,
        "postnr": POSTCODES,
        "ort": TOWNS,
        "telefon": [f"0771-10{row + 10:02}00" for row in range(ROWS)],
    },
    "drift.avbrott": {"avbrott_id": IDS, "start": HOURS, "kunder": AREAS, "ej_levererad": KWH},
    "batch.jobb": {"jobb_id": IDS, "kunder": AREAS, "start": HOURS, "status": SEX},
    "fjv.panna": {"panna": TOWNS, "tidpunkt": HOURS, "effekt_mw": KWH},
}


@pytest.mark.parametrize("key", NOBODYS)
def test_tables_of_things_firms_and_prices_hold_nobody(key: str) -> None:
    assert held(key, NOBODYS[key]) == {}


def test_a_contact_makes_a_register_of_firms_one_of_persons_too() -> None:
    register = {**NOBODYS["lev.leverantor"], "kontaktperson": GIVEN}
    assert "PERSON" in held("lev.leverantor", register)["kontaktperson"]


def test_all_of_a_column_that_is_mixed_is_told() -> None:
    mixed = ["anna.holm@example.se", "070-174 06 05"] * 30
    found = held("crm.kund", {"kundnr": IDS, "nas_pa": mixed})
    assert found["nas_pa"] == {"EMAIL_ADDRESS", "PHONE_NUMBER"}


def test_free_text_says_that_it_is() -> None:
    notes = ["Kunden bad oss ringa tillbaka om fakturan"] * 59 + ["Nås på 070-174 06 05 efter fyra"]
    (phone,) = [
        each
        for each in findings("crm.arende", {"kundnr": IDS, "fält_9": notes})
        if each.entity == "PHONE_NUMBER"
    ]
    assert "free text" in phone.reasons
    assert (phone.values, phone.read) == (1, 60)


def test_one_value_is_enough_for_a_clear_label_and_none_is_told_as_none() -> None:
    scarce = [""] * 59 + ["118"]
    columns = {"kundnr": IDS, "boendeyta": scarce, "antal_boende": [""] * 60, "x": [""] * 60}
    counts = {each.location: each.read for each in findings("crm.kund", columns)}
    assert counts == {"kundnr": 60, "boendeyta": 1, "antal_boende": 0}


def test_files_are_judged_by_their_names_too() -> None:
    found = held("export/2026/fakturor.csv", {"kundnr": IDS, "belopp": KWH})
    assert found["belopp"] == {"INVOICE"}


def test_surer_evidence_scores_higher() -> None:
    columns = {"kundnr": IDS, "boendeyta": AREAS, "belopp": KWH, "fakturanr": IDS}
    scores = {each.location: each.score for each in findings("fakt.faktura", columns)}
    assert 0.6 <= scores["boendeyta"] < scores["fakturanr"] <= 0.95


def test_a_comment_that_spells_a_short_label_out_is_believed_before_it() -> None:
    numbers = [str(1000 + 37 * row) for row in range(ROWS)]
    for comment, expected in (("kanalens nr", set()), ("", {"CUSTOMER_NUMBER"})):
        schema = {"KNR": Column("integer", comment)}
        found = held("reg.t_1", {"KNR": numbers, "namn": ["Anna Holm", "Erik Berg"] * 30}, schema)
        assert found.get("KNR", set()) == expected


def test_a_comment_in_other_words_leaves_a_short_label_what_it_is() -> None:
    numbers = [str(1000 + 37 * row) for row in range(ROWS)]
    schema = {"KNR": Column("integer", "unikt per bolag")}
    found = held("reg.t_1", {"KNR": numbers, "namn": ["Anna Holm", "Erik Berg"] * 30}, schema)
    assert found["KNR"] == {"CUSTOMER_NUMBER"}


def test_a_key_to_a_table_of_persons_is_a_customers_number() -> None:
    keys = [f"003Qx{1000 + row}A" for row in range(ROWS)]
    schema = {"ref_1": Column("char(9)", refers="sf.Contact.Id"), "ref_2": Column(refers="x.Y.Id")}
    found = held("sf.task", {"ref_1": keys, "ref_2": keys}, schema)
    assert found == {"ref_1": {"CUSTOMER_NUMBER"}}


def test_a_short_label_alone_makes_nothing_personal() -> None:
    numbers = [str(1000 + 37 * row) for row in range(ROWS)]
    balance = [f"{row * 13 % 700}" for row in range(ROWS)]
    stock = {"KNR": numbers, "SALDO": balance, "EAN": [f"73543454{row:05}" for row in range(ROWS)]}
    assert held("t_41", stock) == {}
    with_names = stock | {"namn": [" ".join(pair) for pair in zip(GIVEN, FAMILY, strict=True)]}
    assert held("t_41", with_names)["KNR"] == {"CUSTOMER_NUMBER"}


def test_flags_constants_and_months_do_not_inherit_what_the_table_is_about() -> None:
    idle = {
        "Sent": ["true", "false"] * 30,
        "Mandt": ["100"] * ROWS,
        "exp_kod": ["K", "V", "S"] * 20,
        "korning": ["202601", "202602"] * 30,
        "vikt": [f"{row}.{row:03}" for row in range(ROWS)],
    }
    names = [" ".join(pair) for pair in zip(GIVEN, FAMILY, strict=True)]
    for key in ("fakturor", "sjukfranvaro"):
        found = held(f"x.{key}", {"kundnr": IDS, "namn": names, **idle})
        told = {label: found[label] for label in idle if label in found and label != "vikt"}
        assert told == {}
    assert "vikt" not in held("x.fakturor", {"kundnr": IDS, "namn": names, **idle})


def test_answers_in_a_log_of_consents_are_consents() -> None:
    found = held("mkt.samtyckeslogg", {"kundnr": IDS, "svar": ["J", "N"] * 30})
    assert found["svar"] == {"CONSENT"}


MOBILES = [f"7{'02369'[row % 5]}{1740000 + 3671 * row}" for row in range(ROWS)]


@pytest.mark.parametrize("values", [MOBILES, [f"46{number}" for number in MOBILES]])
def test_phones_that_lost_their_first_characters_are_phones(values: list[str]) -> None:
    assert held("t_3", {"fld_1": values, "fld_2": IDS}) == {"fld_1": {"PHONE_NUMBER"}}


def test_running_numbers_are_no_phones() -> None:
    running = [str(700_100_234 + row) for row in range(ROWS)]
    assert held("t_3", {"fld_1": running}) == {}


def test_lines_of_fixed_fields_with_a_personnummer_at_one_place() -> None:
    lines = [
        f"7300099{row:09}000{'198008062385' if row % 2 else '199806194032'}{row * 7:06}  042"
        for row in range(ROWS)
    ]
    assert held("in.fil", {"rad": lines})["rad"] == {"SE_PERSONNUMMER"}
    counted = [f"7300099{row:09}000{198008062384 + row * 9}{row * 7:06}  042" for row in range(9)]
    assert held("in.fil", {"rad": counted * 5}) == {}


def test_what_a_charging_tag_did_is_somebodys_even_in_a_log() -> None:
    tags = [f"{row * 7919:014X}" for row in range(ROWS)]
    log = {"start_ts": HOURS, "stop_ts": HOURS, "mac": ["00:00:5e:00:53:52"] * ROWS}
    found = held("ocpp.transaction_log", {"id_tag": tags, **log})
    assert found["start_ts"] == found["stop_ts"] == {"CHARGING_SESSION"}
    assert "start_ts" not in held("ocpp.transaction_log", log)


def test_a_reference_to_a_contract_makes_consumption_somebodys() -> None:
    schema = {"ref": Column("char(9)", refers="x.avtal.avtalsnr")}
    columns = {"ref": IDS, "forbrukning": KWH}
    assert held("x.manadsstatistik", columns, schema)["forbrukning"] == {"ELECTRICITY_CONSUMPTION"}
    assert held("x.manadsstatistik", columns) == {}


def _with_check_digit(number: int) -> str:
    return next(str(10 * number + d) for d in range(10) if checkdigits.is_luhn(f"{number}{d}"))


def test_numbers_to_pay_with_are_told_by_their_check_digits() -> None:
    references = [_with_check_digit(98389648285 + 7919 * row) for row in range(ROWS)]
    columns = {"kundnr": IDS, "XB1": references, "XB2": [number[:-1] for number in references]}
    found = held("isu.t_2", columns)
    assert found["XB1"] == {"INVOICE"}
    assert "XB2" not in found


def test_means_of_ages_and_numbers_of_lots_are_nobodys() -> None:
    lots = [f"P{1000 + 37 * row}" for row in range(ROWS)]
    means = {"alder": [f"{30 + row % 30}.{1 + row % 9}" for row in range(ROWS)], "parti": lots}
    assert held("x.t_2", {"kundnr": IDS, **means}) == {"kundnr": {"CUSTOMER_NUMBER"}}


def test_what_a_kilowatt_hour_costs_is_no_consumption() -> None:
    costs = {"spot_sek_kwh": KWH, "ore_per_kwh": KWH, "cost_eur_kwh": KWH}
    assert held("x.t_2", {"kundnr": IDS, **costs}) == {"kundnr": {"CUSTOMER_NUMBER"}}


def test_a_meters_number_and_its_readings_speak_for_each_other() -> None:
    meters = ["AID354325659"] * 30 + ["KAM780347059"] * 30
    found = held("hes.t_2", {"dev": meters, "ts": HOURS, "v": KWH})
    assert found == {"dev": {"SE_METER_NUMBER"}, "v": {"ELECTRICITY_CONSUMPTION"}}


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        (["Seko", "Vision", "Unionen", ""], "TRADE_UNION"),
        (["kristen", "muslim", "annan"], "RELIGION"),
        (["stöld", "mutbrott", "trakasserier"], "CRIMINAL_OFFENCE"),
    ],
)
def test_lists_of_what_there_is_say_what_a_column_holds(words: list[str], entity: str) -> None:
    values = [words[row % len(words)] for row in range(ROWS)]
    assert entity in held("x.t_2", {"kundnr": IDS, "u1": values})["u1"]
    other = ["station", "vision", "linje"] * 20
    assert "u1" not in held("x.t_2", {"kundnr": IDS, "u1": other})


def test_power_firms_beside_a_metering_point_are_its_suppliers() -> None:
    firms = ["Nordljus Energi AB", "Kustkraft Elhandel AB", "Sydvind AB"] * 20
    found = held("x.t_2", {"kundnr": IDS, "p": POINTS, "u1": firms})
    assert found["u1"] == {"ELECTRICITY_SUPPLIER"}
    assert "u1" not in held("x.styrelse", {"kundnr": IDS, "u1": firms})


def test_when_a_row_was_written_is_no_day_of_a_payment() -> None:
    columns = {"kundnr": IDS, "tid_x": HOURS, "dag": DAYS}
    found = held("x.betalningar", columns)
    assert found["dag"] == {"PAYMENT_HISTORY"}
    assert "tid_x" not in held(
        "x.betalningar", columns | {"tid_x": [f"{d} 13:15:42" for d in DAYS]}
    )


def test_visits_to_a_hall_are_no_web_activity() -> None:
    hours = [f"{day} 13:15:42" for day in DAYS]
    names = [" ".join(pair) for pair in zip(GIVEN, FAMILY, strict=True)]
    assert "in_ts" not in held("x.besokslogg", {"namn": names, "in_ts": hours})


def test_a_word_that_may_mean_a_customer_makes_no_stations_personal() -> None:
    stations = {
        "namn": [f"NS{row} Hamnen" for row in range(ROWS)],
        "adress": STREETS,
        "sweref_n": [str(6_280_000 + 13 * row) for row in range(ROWS)],
        "sweref_e": [str(560_000 + 17 * row) for row in range(ROWS)],
    }
    for label in ("abonnent", "partner", "BP", "device_id"):
        assert held("net.natstation", stations | {label: IDS}) == {}
    found = held("net.natstation", stations | {"abonnent": IDS, "personnummer": NUMBERS})
    assert found["adress"] == {"SE_ADDRESS"}


def test_one_value_in_all_rows_ties_things_to_nobody() -> None:
    columns = {"anlaggning": [f"S{row}" for row in range(ROWS)], "energi_kwh": KWH}
    mail = {"epost": ["noreply@example.se"] * ROWS}
    assert "energi_kwh" not in held("net.natstation", columns | mail)
    assert "energi_kwh" in held("x.t_2", {"kundnr": ["100231"] * ROWS, "energi_kwh": KWH})


def test_a_permit_to_park_at_a_charger_is_no_session() -> None:
    names = [" ".join(pair) for pair in zip(GIVEN, FAMILY, strict=True)]
    permits = {"namn": names, "giltigt_t_o_m": DAYS, "ars_avgift": ["3600", "4800"] * 30}
    assert held("park.laddplats_tillstand", permits).keys() == {"namn"}
    sessions = {"namn": names, "start": HOURS, "stop": HOURS}
    assert held("x.laddningar", sessions)["start"] == {"CHARGING_SESSION"}


def test_a_key_to_a_contract_is_a_contract_however_alone() -> None:
    schema = {"ABNNR": Column("char(9)", refers="x.ABNMST.ABNNR")}
    assert held("x.ABNSTA", {"ABNNR": IDS, "u1": KWH}, schema)["ABNNR"] == {"CONTRACT"}


def test_structures_in_a_log_of_web_events_are_web_activity() -> None:
    visitors = [f"GA1.2.{1000 + row}.{row}" for row in range(ROWS)]
    columns = {"v": visitors, "params": [f'{{"x1": {row}}}' for row in range(ROWS)]}
    assert held("fb.events", {"ip": ["192.0.2.1"] * ROWS, **columns})["params"] == {"WEB_ACTIVITY"}
    assert "params" not in held("x.t_2", columns)


def test_numbers_of_payment_cards_are_told_whatever_their_label() -> None:
    cards = ["4111111111111111", "5105105105105100", "2223003122003222", "4012888888881881"]
    assert held("kassa.rader", {"VARDE1": cards * 5})["VARDE1"] == {"CREDIT_CARD"}
    wrong = [card[:-1] + str((int(card[-1]) + 1) % 10) for card in cards]
    assert "VARDE1" not in held("kassa.rader", {"VARDE1": wrong * 5})


def test_orders_to_work_are_no_purchases() -> None:
    rows = {"telefon": [f"070-174 06 {at}" for at in range(60, 80)]}
    begun = [f"2026-03-{at:02} 08:1{at % 10}:25" for at in range(1, 21)]
    work = held("drift.montageorder", rows | {"start": begun})
    assert "start" not in work
    paid = {"belopp": [f"{at * 37}.50" for at in range(1, 21)]}
    assert "PURCHASE" in held("butik.order", rows | {"start": begun} | paid)["start"]


def test_a_number_that_not_each_row_has_is_not_the_rows_own() -> None:
    names = {"namn": [f"{first} Nordström" for first in ("Ingrid", "Elsa", "Karl", "Axel")] * 5}
    numbers = [f"N{at}" for at in range(200, 220)]
    assert "CUSTOMER_NUMBER" in held("kis.kund", names | {"nr": numbers})["nr"]
    some = ["" if at % 2 else each for at, each in enumerate(numbers)]
    assert "nr" not in held("kis.kund", names | {"nr": some})

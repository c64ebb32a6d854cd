"""What the words of labels, comments and tables' names mean together."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from detectors import entities, labels, meanings, places, tables, titles


def said(label: str) -> tuple[str, ...]:
    """The concepts of a label."""
    return meanings.concepts(labels.tokens(label))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("kundid", ("customer", "number")),
        ("FAKTURABELOPP", ("invoice", "amount")),
        ("avtalsStartdatum", ("contract", "bound", "date")),
        ("date_of_birth", ("birth",)),
        ("opt_out_date", ("consent", "date")),
        ("e_post", ("email",)),
        ("anteckningarna", ("note",)),
        ("KADR2", ("customer", "address")),
        ("PERNR", ("employment",)),
        ("INFLYDAT", ("contract", "date")),
        ("ARSFRBR", ("year", "consumption")),
        ("kreditupplysningar", ("credit",)),
        ("facilities", ("facility",)),
        ("metering_points", ("facility",)),
        ("kundkod", ("customer", "number")),
        ("avtalskod", ("contract", "state")),
        ("xyzzy", (meanings.UNKNOWN,)),
        ("xyzzyadress", (meanings.UNKNOWN, "address")),
        ("fakturaxyzzy", (meanings.UNKNOWN,)),
    ],
)
def test_compounds_and_short_forms_are_cut_into_concepts(
    label: str, expected: tuple[str, ...]
) -> None:
    assert said(label) == expected


@pytest.mark.parametrize("label", ["kontor", "prio", "fld_03", "inkom", "kundsegment", "skapad_av"])
def test_words_that_only_begin_like_others_are_not_cut(label: str) -> None:
    assert not meanings.meaning(labels.tokens(label)).strong


STRONG = {
    "SE_ADDRESS": "faktura_adress anl_postnr kund_gatunamn delivery_address",
    "EMAIL_ADDRESS": "invoice_email kundens_mejl epost_privat",
    "CUSTOMER_NUMBER": "customer_sk kund_nyckel cust_nbr medlemsnr",
    "DATE_OF_BIRTH": "kundens_fodelsear birth_dt dateOfBirth",
    "HOUSEHOLD_SIZE": "antal_pers_hushall household_members residents_count",
    "LIVING_AREA": "living_area_sqm boyta_kvm heated_area",
    "ELECTRICITY_CONSUMPTION": "reading_value avlast_varde inmatad_energi peak_kw",
    "CONTRACT": "avt_nr uppsagd_datum contract_signed_date flyttdatum",
    "INVOICE": "inv_date fakturaperiod invoice_amt",
    "PAYMENT_HISTORY": "antal_pam dagar_forsenad reminder_count inbet_datum",
    "CREDIT_RATING": "uc_betyg credit_limit",
    "DEBT_COLLECTION": "inkassokrav_belopp kfm_arendenr",
    "CONSENT": "samtycke_ts nyhetsbrev_ja avreg_datum",
    "CHARGING_SESSION": "laddstart charging_point_no laddbox_sn",
    "EMPLOYEE_RECORD": "anst_datum loneart vacation_days",
    "CCTV_FOOTAGE": "kamera_klipp videofil",
    "SE_VEHICLE_REGISTRATION": "regnr_bil plate_number",
    "BIOMETRIC": "fingeravtryck_mall",
}


@pytest.mark.parametrize(
    ("label", "entity"),
    [(label, entity) for entity, listed in STRONG.items() for label in listed.split()],
)
def test_the_last_concept_that_is_no_head_tells(label: str, entity: str) -> None:
    assert meanings.meaning(labels.tokens(label)).strong == {entity}


NOBODYS = """valuta
    pris_ore_kwh natomrade_id stationsnamn spotpris elomrade leverantor_namn created_at
    updated_by batch_id tariff_kod event_id matarstallning_km message_id sakring_a b_nummer kundtyp
    lagerplats temperatur meddelandetyp camera_id event_type address_type kundtypnamn reopened_count
    installerad_effekt_kw fakturatyp kontroll_tid skydd_typ serverroll policy_version tenant_id"""


@pytest.mark.parametrize("label", NOBODYS.split())
def test_what_is_nobodys_means_nothing(label: str) -> None:
    assert not meanings.meaning(labels.tokens(label)).strong


@pytest.mark.parametrize(
    ("table", "label", "entity"),
    [
        ("customers", "id", "CUSTOMER_NUMBER"),
        ("persons", "id", "CUSTOMER_NUMBER"),
        ("customers", "name", "PERSON"),
        ("fakturor", "belopp", "INVOICE"),
        ("elavtal", "paslag_ore", "CONTRACT"),
        ("order_rows", "sku", "PURCHASE"),
    ],
)
def test_heads_alone_are_what_the_table_is_about(table: str, label: str, entity: str) -> None:
    found = meanings.within(labels.tokens(label), labels.tokens(table))
    assert entity in found.strong | found.weak


@pytest.mark.parametrize(
    ("table", "label"),
    [
        ("fakturor", "valuta"),
        ("fakturor", "period"),
        ("order_rows", "row_id"),
        ("customers", "country_code"),
        ("charging_permits", "valid_to"),
    ],
)
def test_other_heads_are_not(table: str, label: str) -> None:
    assert not meanings.within(labels.tokens(label), labels.tokens(table)).strong


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("Hur många bor i hushållet", "HOUSEHOLD_SIZE"),
        ("Får vi kontakta dig?", "CONSENT"),
        ("Klagar på", "COMPLAINT"),
        ("Betalt hittills", "PAYMENT_HISTORY"),
        ("Årsförbr efter", "ELECTRICITY_CONSUMPTION"),
        ("EMAIL_OK_FL", "CONSENT"),
        ("HOUSE_M2_yta", "LIVING_AREA"),
        ("Socialen inblandad", "SOCIAL_VULNERABILITY"),
        ("page_url", "WEB_ACTIVITY"),
        ("recording_url", "VOICE_RECORDING"),
    ],
)
def test_questions_and_flags_say_what_they_ask(label: str, entity: str) -> None:
    assert meanings.meaning(labels.tokens(label)).strong == {entity}


@pytest.mark.parametrize(
    "label", ["SMSSkickat", "p_w", "NOT_BEFORE", "certificate_url", "kWh/m2", "Polisens K-nr"]
)
def test_what_was_sent_or_measured_by_area_is_not_what_it_is_named_with(label: str) -> None:
    assert not places.named(label).strong


@pytest.mark.parametrize(
    ("table", "label"), [("nat", "agare"), ("kundfil", "usr"), ("fastighet", "nr")]
)
def test_what_a_table_is_part_of_makes_nothing_of_heads(table: str, label: str) -> None:
    found = meanings.within(labels.tokens(label), labels.tokens(table))
    assert not found.strong


def listed() -> Iterator[tuple[str, str, str, bool, bool]]:
    """Of names in well-known systems: system, name, entity, whether named outright, or hinted."""
    raw = (Path(__file__).parent / "column_words.toml").read_text(encoding="utf-8")
    for system, said_there in tomllib.loads(raw).items():
        table, schema = places.words_of(said_there.pop("table"))
        for entity, names in said_there.items():
            for name in (each.strip() for each in names.split(",")):
                own = places.named(name)
                both = meanings.within(labels.tokens(name), table)
                if not both.strong | both.weak:
                    both = meanings.within(labels.tokens(name), schema)
                strong = own.strong | own.likely | both.strong
                if entity == "nothing":
                    yield system, name, entity, bool(strong), False
                else:
                    kin = {entity, *_KIN.get(entity, ())}
                    is_hint = bool(kin & (own.weak | both.weak))
                    yield system, name, entity, bool(kin & strong), is_hint


_DEALS = frozenset(
    {"CHARGING_SESSION", "INVOICE", "PAYMENT_HISTORY", "DEBT_COLLECTION", "CREDIT_RATING"}
    | {"CONTRACT", "ELECTRICITY_CONSUMPTION", "PURCHASE", "CONSENT", "EMPLOYEE_RECORD"}
)
"""What tables of persons' deals are about."""
_KIN = {
    "INVOICE": ["PAYMENT_HISTORY"],
    "PAYMENT_HISTORY": ["INVOICE"],
    "CHARGING_SESSION": ["ELECTRICITY_CONSUMPTION", "WEB_ACTIVITY"],
}
"""What may be the other: a sum that was paid, energy and sessions in a table of charging."""


def test_names_in_well_known_systems_say_what_they_hold() -> None:
    named = [(outright, hinted) for *_, entity, outright, hinted in listed() if entity != "nothing"]
    assert len(named) > 7_100
    assert sum(outright for outright, _ in named) / len(named) >= 0.89
    assert sum(outright or hinted for outright, hinted in named) / len(named) >= 0.945


def test_what_is_nobodys_in_well_known_systems_is_seldom_named() -> None:
    nobodys = [outright for *_, entity, outright, _ in listed() if entity == "nothing"]
    assert len(nobodys) > 4_500
    assert sum(nobodys) / len(nobodys) <= 0.03


def called() -> Iterator[tuple[str, tables.Table]]:
    """What tables are about, and nothing but their names."""
    raw = (Path(__file__).parent / "table_words.toml").read_text(encoding="utf-8")
    for topic, names in tomllib.loads(raw).items():
        for name in (each.strip() for each in names.split(",")):
            yield topic, tables.Table(*places.words_of(name), ())


def is_heard(topic: str, table: tables.Table) -> bool:
    """Whether the table is taken for what it is about."""
    if topic == "persons":
        return table.is_about_persons
    if topic == "devices":
        return bool(table.topic & {"SE_METERING_POINT_ID", "SE_METER_NUMBER"})
    return topic in table.topic and not table.is_of_others


def test_tables_in_well_known_systems_are_about_what_they_are_called() -> None:
    heard = [is_heard(topic, table) for topic, table in called() if topic != "nobodys"]
    assert len(heard) > 480
    assert sum(heard) / len(heard) >= 0.96


def test_tables_of_things_are_seldom_taken_for_persons_or_their_deals() -> None:
    things = [table for topic, table in called() if topic == "nobodys"]
    taken = [
        bool(each.topic & _DEALS or each.is_about_persons) and not each.is_of_others
        for each in things
    ]
    assert len(things) > 170
    assert sum(taken) / len(taken) <= 0.05


def test_a_number_is_that_of_the_rows() -> None:
    found = meanings.within(labels.tokens("id"), labels.tokens("kund_avtal"))
    assert found.strong == {"CONTRACT"}


@pytest.mark.parametrize("label", ["customer_full_name", "utpekad_namn", "kandidatens_namn"])
def test_the_name_of_somebody_is_a_persons(label: str) -> None:
    assert meanings.meaning(labels.tokens(label)).strong == {"PERSON"}


@pytest.mark.parametrize("label", ["HasOptedOutOfEmail", "optout_epost", "Kund_epost__c"])
def test_what_is_said_of_mail_is_told_from_mail(label: str) -> None:
    expected = {"EMAIL_ADDRESS"} if label.startswith("Kund") else {"CONSENT"}
    assert places.named(label).strong == expected


@pytest.mark.parametrize(("label", "outright"), [("FaktBelopp", {"INVOICE"}), ("belopp", set())])
def test_more_words_say_more_than_the_last_one_alone(label: str, outright: set[str]) -> None:
    assert places.named(label).strong == outright


def test_a_comment_is_heard_from_its_beginning() -> None:
    words = labels.tokens("ålder på kontraktsinnehavaren")
    assert meanings.sentence(words).strong == {"AGE"}


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("personnr_betalare", "SE_PERSONNUMMER"),
        ("anstnr_innehavare", "EMPLOYEE_RECORD"),
        ("XKoord_anl", "COORDINATES"),
    ],
)
def test_whose_it_is_may_stand_behind(label: str, entity: str) -> None:
    assert meanings.meaning(labels.tokens(label)).strong == {entity}


@pytest.mark.parametrize("label", ["order_status", "avtalstyp_kod", "fakturakund"])
def test_kinds_of_deals_and_their_customers_only_hint(label: str) -> None:
    found = meanings.meaning(labels.tokens(label))
    assert found.weak
    assert not found.strong


@pytest.mark.parametrize("label", ["spot_sek_kwh", "eur_mwh_pris", "preferred_language", "k1"])
def test_prices_and_languages_are_no_consumption_and_no_names(label: str) -> None:
    assert not places.named(label).strong


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dim_customer", ("customer",)),
        ("consent_log", ("consent",)),
        ("avtalshistorik", ("avtals",)),
        ("DFKKOP", ("faktura",)),
        ("log", ("log",)),
        ("CRONUS$Customer", ("customer",)),
        ("CRONUS$Cust_ Ledger Entry", ("faktura",)),
        ("prislista", ("pris",)),
    ],
)
def test_words_for_kinds_of_tables_are_left_out(name: str, expected: tuple[str, ...]) -> None:
    assert titles.words(name) == expected


def test_vendors_tables_are_called_by_words_that_mean_something() -> None:
    lists = files("detectors") / "data" / "titles.toml"
    words = tomllib.loads(lists.read_text(encoding="utf-8"))["vendors"]
    assert [word for word in words if meanings.UNKNOWN in meanings.concepts([word])] == []


def test_each_word_stands_for_one_concept() -> None:
    file = files("detectors") / "data" / "meanings.toml"
    listed = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    words = Counter(word for said in listed.values() for word in said.split())
    assert [word for word, count in words.items() if count > 1 or not word.isascii()] == []


def test_every_entity_that_is_meant_is_one() -> None:
    assert meanings.known() <= set(entities.entities())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("befattn", ("employment",)),
        ("uppsagn_dat", ("contract", "date")),
        ("track_id", ("?", "number")),  # of `tracking cookie` more is missing
        ("short_circuit", ("?", "?")),
        ("profil_sida", ("forecast", "web")),
    ],
)
def test_words_that_are_cut_within_a_syllable_are_heard(name: str, said: tuple[str, ...]) -> None:
    assert meanings.concepts(labels.tokens(name)) == said

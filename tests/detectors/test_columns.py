"""Labels and whole tables: what they hold, and what only looks so."""

from __future__ import annotations

import pytest

from detectors.base import Evidence
from detectors.columns import conclude, contradicts, entities_of, is_reference
from scanner.model import Batch, Candidate, Dated, Finding, Resource

MEANING = {
    "SE_PERSONNUMMER": """personnummer Personnummer PERSONNR pnr persnr rotRutPersonnummer
        customer_confirmed_personnummer fullmakt_personnr person_orgnummer lcidcivno pnr12
        kundpersonnummer""",
    "PERSON": """first_name lastName fornamn Förnamn kund_efternamn kontaktperson owner.firstName
        fullmakt_fornamn kundnamn KundNamn Efternamn_Namn""",
    "PHONE_NUMBER": "telefon1 tfn Mobiltelefon contactInfo.mobile supplier_phone kundtelefon",
    "EMAIL_ADDRESS": "email epost E_post Epostadress mejladress contactInfo.email kundens_epost",
    "SE_ADDRESS": """gatuadress street_1 moved_from_street anl_adress kundpostnr Postnr postort
        Besöksadr levadr1 co_adress belagenhetsadress address_line_1""",
    "CUSTOMER_NUMBER": "kundnr KUNDNR customer_number cust_no kund_id debitornr",
    "SE_METERING_POINT_ID": """anlaggnings_id anlaggningsnr gsrn metering_point_id aID Leveranspunkt
        consumptionEan anl_id matpunkt_id""",
    "SE_METER_NUMBER": "Mätarnummer matarnr",
    "ELECTRICITY_CONSUMPTION": """forbrukning_kwh FORBRUKNING_KWH value_kwh matvarde timvarde
        kund_arsforbrukning estimatedAnnualConsumption""",
    "DATE_OF_BIRTH": "fodelsedatum birthdate födelsedatum",
    "LIVING_AREA": "boendeyta boarea",
    "HOUSEHOLD_SIZE": "antal_boende numberOfResidents",
    "CREDIT_RATING": "kreditvardering uc_score",
    "DEBT_COLLECTION": "inkassostatus betalningsanmarkning skuldsanering",
    "CREDENTIAL": "losenord PASSW loginlosen",
    "PROTECTED_IDENTITY": "Sekretessmarkering skyddad_identitet SkyddadIdentitet",
    "SE_PROPERTY_DESIGNATION": "Fastighetsbeteckning propertyDesignation",
    "SE_APARTMENT_NUMBER": "lagenhetsnummer lgnr customer_confirmed_apartment_number",
    "CHARGING_SESSION": "id_tag idTag rfid laddkort charger_id",
    "EMPLOYEE_RECORD": "anstnr lön sjukfranvaro Anhörig_info",
    "TRANSCRIPT": "transkript",
    "COMPLAINT": "reklamation klagomål",
}
SPACED = {
    "227 Kund-id": {"CUSTOMER_NUMBER"},
    "228 Namn-elanvändare": {"PERSON"},
    "249 Födelsedatum": {"DATE_OF_BIRTH"},
    "209 Anläggnings-id": {"SE_METERING_POINT_ID"},
    "303 Fritext (per anläggning)": {"CORRESPONDENCE"},
    "Förbrukning (kWh)": {"ELECTRICITY_CONSUMPTION"},
    "Tfn. 1": {"PHONE_NUMBER"},
    "Lev.punkt(1)": {"SE_METERING_POINT_ID"},
    "betaldatum": {"INVOICE", "PAYMENT_HISTORY"},
}
EMPTY = """namn ort ref id typ status size zone region title description body enhet Månad År lat lon
    omrades_id elomrade natomrade gridAreaCode Säkring Nätstation artikelnr benamning kundtyp
    pris_ore_kwh Nyckel Fakturering kommunikation artikelnamn leverantorsnamn konto"""


@pytest.mark.parametrize(
    ("label", "entity"),
    [(label, entity) for entity, labels in MEANING.items() for label in labels.split()],
)
def test_a_label_means_its_entity(label: str, entity: str) -> None:
    assert entities_of(label) == {entity}


@pytest.mark.parametrize(("label", "expected"), SPACED.items())
def test_labels_of_many_words(label: str, expected: set[str]) -> None:
    assert entities_of(label) == expected


@pytest.mark.parametrize("label", ["", "  ", "123", *EMPTY.split(), "Pris ex. moms (öre/kWh)"])
def test_a_label_that_says_little_means_nothing(label: str) -> None:
    assert entities_of(label) == frozenset()


@pytest.mark.parametrize(
    "label",
    [
        "ocr",
        "OCR-nummer",
        "fakturanr",
        "ordernr",
        "artikelnr",
        "serienummer",
        "telegram_id",
        "belopp",
    ],
)
def test_references_speak_against_identity_numbers(label: str) -> None:
    assert is_reference(label)
    assert contradicts(label) >= {"SE_PERSONNUMMER", "SE_ORGANISATIONSNUMMER", "PHONE_NUMBER"}


@pytest.mark.parametrize("label", ["personnr", "telefon", "kundnr", "fritext", ""])
def test_other_labels_are_no_references(label: str) -> None:
    assert not is_reference(label)


def test_one_identifier_speaks_against_the_others_but_not_its_kin() -> None:
    assert "SE_PERSONNUMMER" in contradicts("telefon")
    assert "PHONE_NUMBER" in contradicts("personnr")
    assert not contradicts("orgnr") & {"SE_PERSONNUMMER", "SE_ORGANISATIONSNUMMER"}
    assert not contradicts("bankkonto") & {"SE_BANK_ACCOUNT", "IBAN_CODE"}


@pytest.mark.parametrize(
    "label", ["benamning", "gatuadress", "Nätstation", "filnamn", "leverantor"]
)
def test_things_and_streets_speak_against_persons(label: str) -> None:
    assert "PERSON" in contradicts(label)


def table(
    *labels: str, rows: int = 40, hits: dict[str, tuple[str, int]] | None = None
) -> set[tuple[str, str]]:
    """Label and entity of what a table of these columns is found to hold.

    `hits`: label to an entity and the number of rows whose value a pattern recognised.
    """
    return {(f.location, f.entity) for f in findings(*labels, rows=rows, hits=hits)}


def findings(
    *labels: str, rows: int = 40, hits: dict[str, tuple[str, int]] | None = None
) -> list[Finding]:
    evidence = Evidence(Resource("db", "main.t"))
    for label in labels:
        entity, count = (hits or {}).get(label, ("", 0))
        candidates = [Candidate(entity, index, 0, 1, 0.8) for index in range(count)]
        evidence.add(Batch(label, ("v",) * rows, label, group="t"), candidates)
    return list(conclude(evidence))


TABLES = [
    (("kundnr", "fornamn"), {("kundnr", "CUSTOMER_NUMBER"), ("fornamn", "PERSON")}),
    (("tidpunkt", "elomrade", "pris_ore_kwh"), set()),
    (("omrades_id", "datum", "forbrukning_kwh"), set()),
    (("elomrade", "datum", "prognos_mwh"), set()),
    (("artikelnr", "benamning", "listpris"), set()),
    (("natstation", "lat", "lon"), set()),
    (("anlaggning", "latitude", "longitude"), set()),
    (("Avtalsform", "Månadsavgift kr", "Påslag öre/kWh"), set()),
    (("station", "adress", "postnr", "ort"), set()),
    (("matarnummer", "matartyp", "hylla"), set()),
    (("levnr", "namn", "orgnr", "betalningsvillkor"), set()),
    (("boarea", "byggar"), set()),
    (("kommentar", "version"), set()),
    (
        ("aID", "TIDPUNKT", "FORBRUKNING_KWH"),
        {("FORBRUKNING_KWH", "ELECTRICITY_CONSUMPTION"), ("aID", "SE_METERING_POINT_ID")},
    ),
    (
        ("kundnr", "gatuadress", "postnr", "ort"),
        {("kundnr", "CUSTOMER_NUMBER")}
        | {(label, "SE_ADDRESS") for label in ("gatuadress", "postnr", "ort")},
    ),
    (("kundnr", "ort"), {("kundnr", "CUSTOMER_NUMBER"), ("ort", "SE_ADDRESS")}),
    (("station", "ort"), set()),
    (
        ("kundnr", "laddkort", "session_start", "energy_kwh"),
        {("kundnr", "CUSTOMER_NUMBER")}
        | {(label, "CHARGING_SESSION") for label in ("laddkort", "session_start", "energy_kwh")},
    ),
    (
        ("fakturanr", "kundnr", "belopp", "betaldatum"),
        {("kundnr", "CUSTOMER_NUMBER"), ("fakturanr", "INVOICE"), ("belopp", "INVOICE")}
        | {("betaldatum", "INVOICE"), ("betaldatum", "PAYMENT_HISTORY")},
    ),
    (
        ("avtals_id", "kundnr", "startdatum", "slutdatum"),
        {("kundnr", "CUSTOMER_NUMBER")}
        | {(label, "CONTRACT") for label in ("avtals_id", "startdatum", "slutdatum")},
    ),
    (
        ("kundnr", "clearingnr", "kontonr"),
        {("kundnr", "CUSTOMER_NUMBER"), ("clearingnr", "SE_BANK_ACCOUNT")}
        | {("kontonr", "SE_BANK_ACCOUNT")},
    ),
    (
        ("personnr", "kon", "alder", "boendeyta", "antal_boende"),
        {("kon", "SEX"), ("alder", "AGE"), ("boendeyta", "LIVING_AREA")}
        | {("antal_boende", "HOUSEHOLD_SIZE")},
    ),
    (
        ("anstnr", "lön", "franvarokod"),
        {(label, "EMPLOYEE_RECORD") for label in ("anstnr", "lön", "franvarokod")},
    ),
    (
        ("client_ip", "user_agent", "page_url"),
        {("user_agent", "DEVICE_INFO"), ("page_url", "WEB_ACTIVITY")},
    ),
    (("losenord",), {("losenord", "CREDENTIAL")}),
    (("skyddad_identitet",), {("skyddad_identitet", "PROTECTED_IDENTITY")}),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "expected"), TABLES)
def test_a_table_by_its_labels(labels: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert table(*labels) == expected


def test_name_alone_is_a_person_where_the_values_are_names() -> None:
    assert ("namn", "PERSON") in table("namn", "telefon", hits={"namn": ("PERSON", 30)})
    assert table("namn", "telefon") == set()
    assert table("levnr", "namn", hits={"namn": ("PERSON", 3)}) == set()


def test_customers_that_are_firms_are_no_persons() -> None:
    assert ("kundnamn", "PERSON") not in table("kundnr", "kundnamn", rows=50)
    assert ("kundnamn", "PERSON") in table(
        "kundnr", "kundnamn", rows=50, hits={"kundnamn": ("PERSON", 20)}
    )


def test_values_that_patterns_know_are_a_person_key() -> None:
    assert ("x", "CREDIT_RATING") not in table("x", "uc_score")
    hits = {"x": ("SE_PERSONNUMMER", 39)}
    assert table("x", "uc_score", hits=hits) == {("uc_score", "CREDIT_RATING")}


def test_a_column_that_a_pattern_has_told_is_not_told_twice() -> None:
    hits = {"gsrn": ("SE_METERING_POINT_ID", 40)}
    assert table("gsrn", "kwh", hits=hits) == {("kwh", "ELECTRICITY_CONSUMPTION")}


def test_a_finding_counts_the_whole_column_and_its_dates() -> None:
    evidence = Evidence(Resource("db", "main.t"))
    day = Dated("2026-03", "A")
    evidence.add(Batch("kundnr", ("1", "", "2"), "kundnr", "t", dates=(day,)), ())
    (finding,) = conclude(evidence)
    assert (finding.matches, finding.values, finding.read) == (2, 2, 2)
    assert finding.months == ((day, 1),)


def test_a_text_concludes_nothing() -> None:
    evidence = Evidence(Resource("db", "main.t"))
    evidence.add(Batch("", ("kundnr 1",)), ())
    assert list(conclude(evidence)) == []


def test_an_empty_column_of_persons_is_told_by_its_name_and_counts_nothing() -> None:
    evidence = Evidence(Resource("db", "main.kunder"))
    evidence.add(Batch("kundnr", ("1", "2"), "kundnr", "t"), ())
    evidence.add(Batch("telefon", ("", " "), "telefon", "t"), ())
    evidence.add(Batch("fld_17", ("", " "), "fld_17", "t"), ())
    told = [finding for finding in conclude(evidence) if finding.location != "kundnr"]
    assert [(finding.location, finding.entity) for finding in told] == [("telefon", "PHONE_NUMBER")]
    assert (told[0].matches, told[0].values, told[0].read) == (0, 0, 0)
    assert told[0].reasons[-1] == "no values"


def test_an_empty_column_of_a_table_about_firms_is_not_told() -> None:
    evidence = Evidence(Resource("db", "main.natstationer"))
    evidence.add(Batch("station", ("T1", "T2"), "station", "t"), ())
    evidence.add(Batch("telefon", ("", " "), "telefon", "t"), ())
    assert list(conclude(evidence)) == []


def test_tables_of_one_resource_are_judged_each_by_itself() -> None:
    evidence = Evidence(Resource("share", "list.xlsx"))
    evidence.add(Batch("Kunder!kundnr", ("1",), "kundnr", "Kunder"), ())
    evidence.add(Batch("Priser!avtalsform", ("Fast",), "avtalsform", "Priser"), ())
    assert [finding.entity for finding in conclude(evidence)] == ["CUSTOMER_NUMBER"]

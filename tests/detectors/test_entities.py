"""The list of entities: complete, explained, and reachable from the words of policies."""

from __future__ import annotations

import re

import pytest

from detectors.entities import Entity, entities, for_element, special, version

# Every id that other rooms may rely on.
PROMISED = set(
    re.findall(
        r"\w+",
        """
PERSON EMAIL_ADDRESS PHONE_NUMBER IBAN_CODE IP_ADDRESS CREDIT_CARD MAC_ADDRESS LOCATION
SE_PERSONNUMMER SE_SAMORDNINGSNUMMER SE_ORGANISATIONSNUMMER SE_ADDRESS SE_APARTMENT_NUMBER
SE_PROPERTY_DESIGNATION SE_METERING_POINT_ID SE_METER_NUMBER SE_BANKGIRO SE_PLUSGIRO
SE_BANK_ACCOUNT SE_VEHICLE_REGISTRATION SE_PASSPORT EMAID VIN COORDINATES COOKIE_ID DEVICE_INFO
HEALTH TRADE_UNION RELIGION POLITICAL_OPINION ETHNIC_ORIGIN SEXUAL_ORIENTATION BIOMETRIC GENETIC
CRIMINAL_OFFENCE PROTECTED_IDENTITY SOCIAL_VULNERABILITY FINANCIAL_VULNERABILITY ATTITUDE_NOTE
CREDENTIAL CUSTOMER_NUMBER DATE_OF_BIRTH AGE SEX LIVING_AREA HOUSEHOLD_SIZE
ELECTRICITY_CONSUMPTION ELECTRICITY_SUPPLIER CONTRACT PURCHASE INVOICE PAYMENT_HISTORY
CREDIT_RATING DEBT_COLLECTION CORRESPONDENCE COMPLAINT CONSENT WEB_ACTIVITY CHARGING_SESSION
VOICE_RECORDING TRANSCRIPT CCTV_FOOTAGE ID_DOCUMENT SIGNATURE EMPLOYEE_RECORD
""",
    )
)

# The element words of the three shipped policies and of the column vocabulary.
ELEMENTS = {
    "namn": {"PERSON"},
    "adress": {"SE_ADDRESS"},
    "lägenhetsnummer": {"SE_APARTMENT_NUMBER"},
    "telefonnummer": {"PHONE_NUMBER"},
    "e-post": {"EMAIL_ADDRESS"},
    "e-postadress": {"EMAIL_ADDRESS"},
    "personnummer": {"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER"},
    "köpta produkter och tjänster": {"PURCHASE", "CONTRACT"},
    "kreditvärdering": {"CREDIT_RATING"},
    "betalhistorik": {"PAYMENT_HISTORY", "INVOICE"},
    "elförbrukning": {"ELECTRICITY_CONSUMPTION"},
    "elleverantör": {"ELECTRICITY_SUPPLIER"},
    "nätleverantör": {"ELECTRICITY_SUPPLIER"},
    "anläggningsnummer": {"SE_METERING_POINT_ID", "SE_METER_NUMBER"},
    "elbilsdata": {"CHARGING_SESSION", "EMAID", "SE_VEHICLE_REGISTRATION", "VIN"},
    "korrespondens": {"CORRESPONDENCE"},
    "korrespondenshistorik": {"CORRESPONDENCE"},
    "uppgifter om köp": {"PURCHASE"},
    "klagomål": {"COMPLAINT"},
    "reklamationer": {"COMPLAINT"},
    "ålder": {"AGE", "DATE_OF_BIRTH"},
    "kön": {"SEX"},
    "boendeyta": {"LIVING_AREA"},
    "antal boende i hushållet": {"HOUSEHOLD_SIZE"},
    "teknisk data": {"WEB_ACTIVITY", "IP_ADDRESS", "COOKIE_ID", "DEVICE_INFO", "MAC_ADDRESS"},
    "interaktionsdata": {"WEB_ACTIVITY", "IP_ADDRESS", "COOKIE_ID", "DEVICE_INFO", "MAC_ADDRESS"},
    "hemmets läge": {"COORDINATES", "LOCATION"},
    "enhetens läge": {"COORDINATES", "LOCATION"},
    "faktureringsuppgifter": {"INVOICE", "PAYMENT_HISTORY"},
    "IP-adress": {"IP_ADDRESS"},
    "cookies": {"COOKIE_ID"},
    "enhetsinformation": {"DEVICE_INFO", "MAC_ADDRESS"},
    "röst": {"VOICE_RECORDING"},
    "transkript": {"TRANSCRIPT"},
    "bild": {"CCTV_FOOTAGE"},
    "etniskt ursprung": {"ETHNIC_ORIGIN"},
    "politiska åsikter": {"POLITICAL_OPINION"},
    "religiös eller filosofisk övertygelse": {"RELIGION"},
    "hälsa": {"HEALTH"},
    "sexuell läggning": {"SEXUAL_ORIENTATION"},
    "person name": {"PERSON"},
    "meter reading / energy": {"ELECTRICITY_CONSUMPTION"},
    "call recording reference": {"VOICE_RECORDING", "TRANSCRIPT"},
    "notes / case / correspondence": {"CORRESPONDENCE"},
    "login / password": {"CREDENTIAL"},
    "protected identity / deceased": {"PROTECTED_IDENTITY"},
}

KNOWN_WORDS = """köp- och användargenererad data|personnummer_type|passport number
sales agent / staff|orgnr (enskild firma = personnummer)|PRODAT kund-id (SE1=orgnr, SE2=pnr, 89=own)
staff|phone|email
ID-card photo / signature image|consent / opt-out|street / postal address|apartment number
property designation|customer number|customer type / status|contract terms|move-in / move-out
other supplier / grid owner|anläggnings-ID / mätpunkt (GSRN)|meter number / device|invoice
payment method / bank|collection / payment default|age/gender/household|coordinates|employee
attitude flag about a person|charging session / vehicle|device / log|samordningsnummer
customer status (may carry Z41 = deceased)""".replace("\n", "|").split("|")


def test_the_list_holds_exactly_what_is_promised() -> None:
    assert set(entities()) == PROMISED


@pytest.mark.parametrize("own", entities().values(), ids=lambda own: own.id)
def test_an_entity_can_be_told_to_a_person(own: Entity) -> None:
    assert own.sv
    assert own.en
    assert own.explanation.endswith(".")
    assert 10 <= len(own.explanation) <= 160
    assert own.sensitivity in {
        "protected", "special", "criminal", "identity", "secret", "sensitive", "ordinary",
    }  # fmt: skip
    assert own.dpv == "" or own.dpv.startswith("https://w3id.org/dpv/pd#")
    assert own.fideslang == "" or own.fideslang.startswith("user.")


def test_swedish_names_are_told_apart() -> None:
    names = [entity.sv for entity in entities().values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("element", "expected"), ELEMENTS.items())
def test_a_policy_word_means_its_entities(element: str, expected: set[str]) -> None:
    assert for_element(element) == expected


@pytest.mark.parametrize("element", KNOWN_WORDS)
def test_no_known_word_means_nothing(element: str) -> None:
    assert for_element(element)


@pytest.mark.parametrize("written", ["Elförbrukning", "ELFÖRBRUKNING", "elforbrukning"])
def test_case_and_diacritics_do_not_count(written: str) -> None:
    assert for_element(written) == {"ELECTRICITY_CONSUMPTION"}


@pytest.mark.parametrize("word", ["", "spotpris", "grid area / price area", "site attributes"])
def test_what_is_not_personal_means_nothing(word: str) -> None:
    assert for_element(word) == frozenset()


def test_a_bank_account_is_not_declared_by_billing_data() -> None:
    assert not for_element("faktureringsuppgifter") & {"SE_BANK_ACCOUNT", "IBAN_CODE"}


def test_the_special_categories_are_those_of_article_9() -> None:
    assert special() == {
        "HEALTH", "TRADE_UNION", "RELIGION", "POLITICAL_OPINION", "ETHNIC_ORIGIN",
        "SEXUAL_ORIENTATION", "BIOMETRIC", "GENETIC",
    }  # fmt: skip


def test_the_version_is_stable_within_a_process() -> None:
    assert version() == version()
    assert len(version()) == 12

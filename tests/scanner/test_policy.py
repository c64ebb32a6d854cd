"""The policy's schema, its errors, and the three shipped policies read against one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from detectors.entities import entities, special
from scanner.policy import Policy, PolicyError, load, shipped
from scanner.policy_parts import Stated

SHIPPED = ("7h-kraft", "kalmar-energi", "krafthem")

MINIMAL = """
name = "tiny"
title = "Tiny"
[[controllers]]
name = "Tiny AB"
quote = "Tiny AB"
lines = [1, 1]
[[categories]]
name = "Kund"
elements = ["namn"]
quote = "Kund: namn"
lines = [2, 2]
[[purposes]]
name = "Avtal"
categories = ["Kund"]
quote = "Avtal: Kund"
lines = [3, 3]
"""

# What no category covers, by policy: the gaps that a scan of an energy company must show.
UNDECLARED = {
    "krafthem": {
        "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "VOICE_RECORDING", "TRANSCRIPT",
        "CCTV_FOOTAGE", "SE_BANK_ACCOUNT", "IBAN_CODE", "CREDIT_CARD", "ID_DOCUMENT",
        "SIGNATURE", "CRIMINAL_OFFENCE", "EMPLOYEE_RECORD", "PROTECTED_IDENTITY", "CREDENTIAL",
    },
    "7h-kraft": {
        "SE_METERING_POINT_ID", "SE_METER_NUMBER", "ELECTRICITY_CONSUMPTION",
        "ELECTRICITY_SUPPLIER", "CHARGING_SESSION", "CREDIT_RATING", "DEBT_COLLECTION",
        "COORDINATES", "HOUSEHOLD_SIZE", "LIVING_AREA", "CCTV_FOOTAGE", "HEALTH",
        "SE_PROPERTY_DESIGNATION", "ID_DOCUMENT", "CRIMINAL_OFFENCE", "EMPLOYEE_RECORD",
    },
    "kalmar-energi": {
        "SE_METERING_POINT_ID", "SE_METER_NUMBER", "ELECTRICITY_CONSUMPTION",
        "ELECTRICITY_SUPPLIER", "CHARGING_SESSION", "CREDIT_RATING", "SE_BANK_ACCOUNT",
        "VOICE_RECORDING", "TRANSCRIPT", "COORDINATES", "HOUSEHOLD_SIZE", "LIVING_AREA",
        "HEALTH", "SE_PROPERTY_DESIGNATION", "ID_DOCUMENT", "EMPLOYEE_RECORD",
    },
}  # fmt: skip

DUTIES = "Personuppgifter för att uppfylla våra skyldigheter"

# What is covered, by which category, and whether only interpretation covers it.
COVERED = [
    ("krafthem", "PERSON", ("Kundinformation",), False),
    ("krafthem", "SE_APARTMENT_NUMBER", ("Kundinformation",), False),
    ("krafthem", "SE_PROPERTY_DESIGNATION", ("Kundinformation",), True),
    ("krafthem", "CUSTOMER_NUMBER", ("Kundinformation",), True),
    ("krafthem", "PAYMENT_HISTORY", ("Köpinformation",), False),
    ("krafthem", "CREDIT_RATING", ("Köpinformation",), False),
    ("krafthem", "DEBT_COLLECTION", ("Köpinformation",), True),
    ("krafthem", "PURCHASE", ("Köpinformation", "Serviceinformation"), False),
    ("krafthem", "ELECTRICITY_CONSUMPTION", ("Teknisk information",), False),
    ("krafthem", "SE_METERING_POINT_ID", ("Teknisk information",), False),
    ("krafthem", "CHARGING_SESSION", ("Teknisk information",), False),
    ("krafthem", "AGE", ("Demografisk information",), False),
    ("krafthem", "DATE_OF_BIRTH", ("Demografisk information",), True),
    ("krafthem", "IP_ADDRESS", ("Besöksinformation",), False),
    ("krafthem", "COORDINATES", ("Geografisk information",), False),
    ("7h-kraft", "SE_PERSONNUMMER", ("Kunduppgifter",), False),
    ("7h-kraft", "INVOICE", ("Kunduppgifter",), False),
    ("7h-kraft", "SE_BANK_ACCOUNT", ("Kunduppgifter",), True),
    ("7h-kraft", "DATE_OF_BIRTH", ("Kunduppgifter",), True),
    ("7h-kraft", "EMAIL_ADDRESS", ("Kunduppgifter", "Kommunikationsuppgifter"), False),
    ("7h-kraft", "VOICE_RECORDING", ("Röstdata och transkriberad kommunikation",), False),
    ("7h-kraft", "CONSENT", ("Marknadsföringsuppgifter",), True),
    ("kalmar-energi", "SE_PERSONNUMMER", (DUTIES,), False),
    ("kalmar-energi", "CCTV_FOOTAGE", ("Kameraövervakning",), False),
    ("kalmar-energi", "COOKIE_ID", ("Cookies",), False),
    ("kalmar-energi", "IP_ADDRESS", ("Cookies",), True),
    ("kalmar-energi", "INVOICE", ("Bokföringsuppgifter",), True),
    ("kalmar-energi", "CORRESPONDENCE", ("Kundcenterärenden",), True),
]  # fmt: skip


def policy(name: str) -> Policy:
    return load(name, Path("nowhere"))


def stated(part: object) -> Iterator[Stated]:
    """Every stated thing in a policy."""
    if isinstance(part, Stated):
        yield part
    if isinstance(part, BaseModel):
        for _, value in part:
            yield from stated(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from stated(item)


def write(folder: Path, text: str) -> str:
    (folder / "p.toml").write_text(text, encoding="utf-8")
    return "p.toml"


def test_three_policies_are_shipped() -> None:
    assert shipped() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_stated_has_words_and_lines(name: str) -> None:
    parts = list(stated(policy(name)))
    assert len(parts) > 30
    for part in parts:
        assert "  " not in part.quote
        assert "\n" not in part.quote
        first, last = part.lines
        assert 1 <= first <= last <= first + 20


@pytest.mark.parametrize("name", SHIPPED)
def test_every_element_maps_or_is_listed_as_unmappable(name: str) -> None:
    unmappable = {
        element.words
        for category in policy(name).categories
        for element in (*category.elements, *category.inferred)
        if not element.means()
    }
    expected = {"deltagande i tävlingar och/eller event"} if name == "kalmar-energi" else set()
    assert unmappable == expected


@pytest.mark.parametrize("name", SHIPPED)
def test_undeclared(name: str) -> None:
    read = policy(name)
    covered = {entity for entity in UNDECLARED[name] if read.categories_of(entity)}
    assert covered == set()


@pytest.mark.parametrize(("name", "entity", "categories", "inferred"), COVERED)
def test_covered(name: str, entity: str, categories: tuple[str, ...], *, inferred: bool) -> None:
    read = policy(name)
    assert read.categories_of(entity) == categories
    assert read.is_inferred(entity) is inferred


def test_an_uncovered_entity_is_not_inferred() -> None:
    assert policy("krafthem").is_inferred("SE_PERSONNUMMER") is False


@pytest.mark.parametrize("name", SHIPPED)
def test_only_krafthem_says_what_it_does_not_collect(name: str) -> None:
    read = policy(name)
    refused = {entity for entity in entities() if read.is_not_collected(entity)}
    assert refused == (special() if name == "krafthem" else set())
    assert special() >= {"HEALTH", "TRADE_UNION", "GENETIC", "BIOMETRIC"}


def test_payment_data_is_not_for_marketing() -> None:
    read = policy("krafthem")
    assert "Marknadsföring" not in read.purposes_of("Köpinformation")
    assert read.purposes_of("Kundinformation")[-1] == "Marknadsföring"
    assert read.purposes_of("Serviceinformation") == (
        "Hantering av kundserviceärenden",
        "Marknadsföring",
    )


@pytest.mark.parametrize(
    ("name", "orgnrs"),
    [
        ("krafthem", ["559257-5558"]),
        ("7h-kraft", ["556525-1366"]),
        ("kalmar-energi", ["556548-4317", "556636-7792", "556182-7543"]),
    ],
)
def test_orgnr_stands_as_printed(name: str, orgnrs: list[str]) -> None:
    assert [controller.orgnr for controller in policy(name).controllers] == orgnrs


def test_retention_as_stated() -> None:
    camera = policy("kalmar-energi").category("Kameraövervakning").retention
    assert camera is not None
    assert (camera.trigger, camera.duration) == ("recording", "P21D")
    kund = policy("7h-kraft").category("Kunduppgifter").retention
    assert kund is not None
    assert (kund.duration, kund.max, kund.statute) == ("P7Y", True, "bokföringslagen")
    voice = policy("7h-kraft").category("Röstdata och transkriberad kommunikation").retention
    assert voice is not None
    assert voice.duration is None
    durations = [p.retention[0].duration for p in policy("krafthem").purposes]
    assert durations == ["P36M", "P36M", "P0D", "P0D"]
    assert [p.retention[0].open_ended for p in policy("krafthem").purposes][-1] is True


@pytest.mark.parametrize(
    ("name", "stance"),
    [("krafthem", "may"), ("7h-kraft", "only_with_safeguard"), ("kalmar-energi", "never")],
)
def test_third_country(name: str, stance: str) -> None:
    third_country = policy(name).third_country
    assert third_country is not None
    assert third_country.stance == stance


def test_what_is_not_stated_is_absent(tmp_path: Path) -> None:
    read = load(write(tmp_path, MINIMAL), tmp_path)
    assert read.date is None
    assert read.dpo is None
    assert read.third_country is None
    assert read.purposes[0].retention == ()
    assert policy("krafthem").dpo is None
    assert policy("krafthem").dsar is None


def test_a_path_is_relative_to_its_base_and_goes_before_a_shipped_name(tmp_path: Path) -> None:
    (tmp_path / "krafthem").write_text(MINIMAL, encoding="utf-8")
    assert load("krafthem", tmp_path).name == "tiny"
    assert load("krafthem", tmp_path / "elsewhere").name == "krafthem"


def test_an_element_may_say_what_it_means(tmp_path: Path) -> None:
    text = MINIMAL.replace('["namn"]', '["namn", {words = "elsnurra", entities = ["VIN"]}]')
    read = load(write(tmp_path, text), tmp_path)
    assert read.categories_of("VIN") == ("Kund",)
    assert read.categories_of("PERSON") == ("Kund",)


BAD = [
    ("title", "titel", "p.toml: title: is missing: add it"),
    ("title", "titel", "p.toml: titel: is not a key of a policy"),
    ('name = "tiny"', "name = 3", "p.toml: name: input should be a valid string"),
    ('["Kund"]', '["Kunder"]', 'purpose "Avtal": no category "Kunder"; did you mean "Kund"?'),
    ("[2, 2]", "[3, 2]", "p.toml: categories[0]: lines = [3, 2]"),
    ('quote = "Kund: namn"', 'quote = " "', "p.toml: categories[0].quote: "),
    ('["namn"]', '[{words = "x", entities = ["PERSONS"]}]', 'no entity "PERSONS"; did you mean'),
    ('["namn"]', '[{entities = ["PERSON"]}]', "categories[0].elements[0].words: is missing"),
    ('name = "tiny"', "name = ", "p.toml: line 2, column 8: not valid TOML"),
    (
        '[[purposes]]\nname = "Avtal"',
        '[[purposes]]\nretention = [{duration = "3 y", quote = "q", lines = [1, 1]}]\nname = "A"',
        "p.toml: purposes[0].retention[0].duration: ",
    ),
    (
        '[[purposes]]\nname = "Avtal"',
        '[[purposes]]\nname = "Avtal"\nquote = "a"\nlines = [1, 1]\n[[purposes]]\nname = "Avtal"',
        'purposes: "Avtal" is there twice',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), BAD)
def test_a_bad_policy_is_told_in_one_line_an_error(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in MINIMAL
    with pytest.raises(PolicyError) as caught:
        load(write(tmp_path, MINIMAL.replace(old, new, 1)), tmp_path)
    lines = str(caught.value).splitlines()
    assert any(says in line for line in lines), lines
    assert all(line.startswith("p.toml: ") for line in lines)


def test_an_unknown_policy_lists_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="krafthem") as caught:
        load("kraftham", tmp_path)
    assert all(name in str(caught.value) for name in SHIPPED)
    assert len(str(caught.value).splitlines()) == 1


def test_a_policy_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes('name = "försäljning"'.encode("cp1252"))
    with pytest.raises(PolicyError, match="save it as UTF-8"):
        load("p.toml", tmp_path)

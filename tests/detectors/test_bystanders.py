"""What stands around what has a phone's or a plate's shape decides where words leave it open."""

from __future__ import annotations

import re

import pytest

from detectors import bystanders
from detectors.header import Headers
from detectors.swedish import analyse

_NUMBER = "070-174 06 05"


def _phones(text: str) -> list[str]:
    found = analyse(text)
    return [text[one.start : one.end] for one in found if one.entity == "PHONE_NUMBER"]


@pytest.mark.parametrize(
    "text",
    [
        "Ventilblock 070-174 06 05 monterat på undercentralen.",
        "Borrkärnan fick löpnumret 08-465 004 12 av laboratoriet.",
        "Gallerdurk 0701740605, 14 st, hylla B7",
        "Mallkod 08-465 004 12 används i utskicket.",
        "Tryckkärlets tillverkningsnummer är 0701740605.",
        "Spolnr 070-174 06 05 lindas om.",
        "Häfte\n08-465 004 12  Dränering Kalmar\n08-465 004 13  Takbyte Nybro",
        "gjutnr;legering;kg\n08-465 004 12;AlSi7;14,2\n08-465 004 13;AlSi9;13,8",
        '{"palletId":"0701740605","rows":12}',
    ],
)
def test_what_is_numbered_is_no_phone_though_nobody_listed_its_noun(text: str) -> None:
    assert _phones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Grinden låser kl 21, Tove Lind (070-174 06 05) har nyckel.",
        "Trafikledningen i Kalmar: 08-465 004 12",
        "Sotarmästare Tove Lind 070-174 06 05",
        "Lossa vid port 3. Truckföraren Tove, 0701740605.",
        "Tove Lind\nDriftchef\nNordvik Energi\n08-465 004 12",
        "Jag lovade att återkomma, 070-174 06 05, helst före lunch.",
        "namn;e-post;mobil\nTove Lind;tove@example.se;070-174 06 05",
        "07:40 070-174 06 05 undrar varför det är mörkt i trapphuset",
    ],
)
def test_a_phone_that_no_cue_announces_stands(text: str) -> None:
    assert len(_phones(text)) == 1


def test_a_word_of_phones_outweighs_the_surroundings() -> None:
    text = "Ventilblock 4 läcker, ring 070-174 06 05"
    assert _phones(text) == [_NUMBER]


def test_a_number_alone_and_one_with_its_country_code_are_not_judged() -> None:
    for text in (_NUMBER, f" {_NUMBER}\n", "Ventilblock +46 70 174 06 05 monterat"):
        start = re.search(r"[0+]", text).start()  # type: ignore[union-attr]
        assert not bystanders.speak(
            "PHONE_NUMBER", text, start, start + len(text.strip()), Headers(text)
        )
        assert len(_phones(text)) == 1


def test_the_digits_are_never_seen() -> None:
    texts = ("Plats 070-174 06 05 är ledig", "Plats 070-998 71 23 är ledig")
    first, second = (set(bystanders.features(text, 6, 19, Headers(text))) for text in texts)
    assert first == second


def test_an_area_code_that_does_not_exist_is_seen() -> None:
    seen = []
    for area in ("031", "081", "0470", "0479", "0677"):
        text = f"x {area}-46 50 41"
        seen.append("area fixed True True" in set(_features(text)))
    assert seen == [True, False, True, True, False]


def _features(text: str) -> set[str]:
    return set(bystanders.features(text, 2, len(text), Headers(text)))


def test_the_reason_is_told_in_words() -> None:
    found = [
        reason
        for one in analyse("Ventilblock 070-174 06 05 monterat", threshold=0)
        if one.entity == "PHONE_NUMBER"
        for reason in one.reasons
    ]
    assert "surroundings speak against" in found


def _plates(text: str) -> list[str]:
    found = analyse(text)
    return [text[one.start : one.end] for one in found if one.entity == "SE_VEHICLE_REGISTRATION"]


@pytest.mark.parametrize(
    "text",
    [
        "Avgång 06:40 med NKR 417 från Landvetter",
        "Avdelning HJN 529 läggs samman med SWT 54K i vår.",
        "Fabrikat laddare: LAD 104",
        "Vernissage i OHM 374 kl 18",
        "Elbilen laddar vid laddpunkt KAJ 003",
    ],
)
def test_codes_of_rooms_flights_and_chargers_are_no_plates(text: str) -> None:
    assert _plates(text) == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("Utpasseringskontroll: DUR 622, Brf Syrenen", "DUR 622"),
        ("Grind 4: AZR728 IN, kort 1499", "AZR728"),
        ("Kabeln sitter fast i GDR 14U. Föraren väntar i bilen.", "GDR 14U"),
        ("Regnr: LAD 104", "LAD 104"),
        ("körde du OHM 374 i går?", "OHM 374"),
    ],
)
def test_plates_at_gates_and_chargers_and_after_their_name_are_found(text: str, plate: str) -> None:
    assert _plates(text) == [plate]


def test_the_letters_of_a_plate_are_never_seen() -> None:
    texts = ("Hall ABC 123 är tom", "Hall XYZ 987 är tom")
    first, second = (set(bystanders.features(text, 5, 12, Headers(text))) for text in texts)
    assert first == second


def test_codes_in_cells_beside_one_another_are_no_plates() -> None:
    stock = "PAP 313  kabelsko 5 mm  313 st  hylla A946\nMBA114;DDN 225;7314057974652;116,28\n"
    stock += "GJC 430  kabelsko 34 mm  700 st  hylla B868\nHHW868;AUF 909;7312694176309;122,62\n"
    assert not [hit for hit in analyse(stock) if hit.entity == "SE_VEHICLE_REGISTRATION"]

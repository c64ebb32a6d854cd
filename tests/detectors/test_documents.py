"""Plates, chassis numbers, passports and charging contracts: check characters, zones, windows."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from time import process_time
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.recognizers import emaid, passport, plate, vin
from detectors.recognizers.base import Hit

MODULES = (emaid, passport, plate, vin)
BASE36 = string.digits + string.ascii_uppercase
VIN = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
CORPUS = Path(__file__).parents[1] / "corpus"
SECOND = "XA12345679SWE9001011M3201152<<<<<<<<<<<<<<<4"
CARD = "I<SWEAC00123459<<<<<<<<<<<<<<<\n6407081M3109177SWE<<<<<<<<<<<8"
NEIGHBOURS = (
    "",
    " ",
    "\n",
    "Regnr ",
    "pass ",
    " x",
    "1",
    "-",
    "/",
    "=",
    ";",
    "Å",
    "_",
    "personlig skylt ",
)


def texts() -> list[str]:
    """Every text of the four corpora."""
    found: list[str] = []
    for entity in ("EMAID", "SE_PASSPORT", "SE_VEHICLE_REGISTRATION", "VIN"):
        corpus = tomllib.loads((CORPUS / f"{entity}.toml").read_text(encoding="utf-8"))
        for block in [corpus, *corpus["labelled"]]:
            found += block.get("match", []) + block.get("no_match", [])
    return [text.replace("«", "").replace("»", "") for text in found]


def windowed(module: ModuleType, text: str) -> set[Hit]:
    """What the recogniser finds when it reads no more than the surroundings of its triggers."""
    windows: list[list[int]] = []
    for fired in re.finditer(module.TRIGGER, text, re.ASCII):
        low, high = fired.span()
        if windows and low - module.REACH <= windows[-1][1] + module.REACH:
            windows[-1][1] = max(high, windows[-1][1])
        else:
            windows.append([low, high])
    found = set()
    for low, high in windows:
        start = max(0, low - module.REACH)
        for hit in module.PLUGIN().find(text[start : high + module.REACH]):
            whole = hit._replace(start=start + hit.start, end=start + hit.end)
            if low - module.REACH // 2 <= whole.start and whole.end <= high + module.REACH // 2:
                found.add(whole)
    return found


def agree(text: str) -> None:
    for module in MODULES:
        assert windowed(module, text) >= set(module.PLUGIN().find(text)), module.__name__


def test_windows_lose_nothing_of_the_corpus() -> None:
    for text in texts():
        agree(text)
    agree(" ord och mer text. ".join(texts()))


@given(st.lists(st.sampled_from(texts()) | st.sampled_from(NEIGHBOURS), max_size=8))
def test_windows_lose_nothing_of_what_stands_together(parts: list[str]) -> None:
    agree("".join(parts))


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("run", ["A", "a", "7", "A1", "<", "SE", "abc 12", "-", "P<SWE", "pass "])
def test_long_runs_cost_no_more_than_text(module: ModuleType, run: str) -> None:
    start = process_time()
    list(module.PLUGIN().find(run * (200_000 // len(run))))
    assert process_time() - start < 2


# Examples of published implementations of eMI3's rule and of DIN SPEC 91286.
def test_check_characters_of_emaids_are_those_of_the_standard() -> None:
    assert emaid.check_character("NLTNM000122045") == "U"
    assert emaid.old_check_character("NLTNM012204") == "5"
    assert emaid.is_valid("NL-TNM-000122045-U")
    assert emaid.is_valid("nl*tnm*000122045*u")
    assert emaid.is_valid("NL-TNM-000122045")
    assert not emaid.is_valid("NL-TNM-000122045-V")
    assert not emaid.is_valid("NL-TNM*000122045-U")


@given(st.text(BASE36, min_size=14, max_size=14), st.integers(0, 13), st.sampled_from(BASE36))
def test_one_wrong_character_shows(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert (emaid.check_character(changed) == emaid.check_character(code)) == (changed == code)


@given(st.text(BASE36, min_size=14, max_size=14), st.integers(0, 12))
def test_two_exchanged_characters_show(code: str, place: int) -> None:
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (emaid.check_character(changed) == emaid.check_character(code)) == (changed == code)


def test_a_charger_is_no_contract() -> None:
    for text in ("SE*ABC*E12345678", "SE-ABC-E12345678-1", "SE*ABC*E1234*1"):
        assert list(emaid.PLUGIN().find(text)) == []


def test_form_and_check_of_vins() -> None:
    assert vin.is_checked("1M8GDM9AXKP042788")
    assert not vin.is_checked("1M8GDM9A1KP042788")
    assert vin.is_valid("YV1CZ9180J1234567")
    for wrong in (
        "YV1CZ9180J123456",
        "IV1CZ9180J1234567",
        "20260302071455123",
        "YV1CZ9180J123456A",
    ):
        assert not vin.is_valid(wrong)


@given(st.text(VIN, min_size=17, max_size=17))
def test_one_check_digit_fits_a_vin(number: str) -> None:
    fitting = [c for c in "0123456789X" if vin.is_checked(number[:8] + c + number[9:])]
    assert len(fitting) == 1


@given(st.text(VIN, min_size=17, max_size=17))
def test_a_check_digit_alone_names_no_vin(number: str) -> None:
    for hit in vin.PLUGIN().find(number):
        assert hit.score < 0.5 or "manufacturer" in hit.reasons


def test_check_digits_of_zones_are_those_of_icao() -> None:
    assert passport.check_digit("L898902C3") == "6"
    assert passport.check_digit("740812") == "2"
    assert passport.check_digit("ZE184226B<<<<<") == "1"
    assert passport.is_zone(SECOND)
    assert passport.is_zone(CARD)


@pytest.mark.parametrize("zone", [SECOND, CARD])
def test_a_digit_misread_in_a_zone_shows(zone: str) -> None:
    for place, character in enumerate(zone):
        if character.isdigit():
            wrong = zone[:place] + str((int(character) + 1) % 10) + zone[place + 1 :]
            assert not passport.is_zone(wrong), place


@pytest.mark.parametrize("number", ["35123456", "XA1234567", "A1B234567"])
def test_passport_numbers_need_the_word(number: str) -> None:
    assert passport.is_valid(number)
    assert [hit.score < 0.5 for hit in passport.PLUGIN().find(number)] == [True]
    assert [hit.score < 0.5 for hit in passport.PLUGIN().find(f"arbetspass {number}")] == [True]
    assert [hit.score >= 0.5 for hit in passport.PLUGIN().find(f"pass nr {number}")] == [True]


def test_dates_are_no_passport_numbers() -> None:
    assert not passport.is_valid("20260302")
    assert passport.is_valid("20991302")


@given(st.from_regex(r"[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]", fullmatch=True))
def test_plates_are_weak_alone(number: str) -> None:
    for hit in plate.PLUGIN().find(number):
        assert (hit.start, hit.end) == (0, len(number))
        assert hit.score < 0.4


@pytest.mark.parametrize(
    "number", ["IQV123", "ABC12O", "ABC1234", "ABCD12", "SEK500", "KWH 120", "Abc123"]
)
def test_what_is_no_plate(number: str) -> None:
    assert not plate.is_valid(number)
    assert list(plate.PLUGIN().find(number)) == []


def test_a_personal_plate_must_be_called_one() -> None:
    assert [hit.reasons for hit in plate.PLUGIN().find("personlig skylt VINDEN")] == [
        ("personal plate",)
    ]
    assert list(plate.PLUGIN().find("skylt VINDEN")) == []

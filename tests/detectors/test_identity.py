"""Identity numbers: published test numbers in every written form, and what is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.checkdigits import is_luhn
from detectors.recognizers import organisationsnummer, personnummer, samordningsnummer
from detectors.swedish import analyse

_PUBLISHED = tomllib.loads((Path(__file__).parent / "skatteverket.toml").read_text("utf-8"))
_VALID = {
    "SE_PERSONNUMMER": personnummer.is_valid,
    "SE_SAMORDNINGSNUMMER": samordningsnummer.is_valid,
}
_NUMBERS = [("SE_PERSONNUMMER", number) for number in _PUBLISHED["personnummer"]] + [
    ("SE_SAMORDNINGSNUMMER", number) for number in _PUBLISHED["samordningsnummer"]
]
_FORMS = ("{0}", "{1}", "{2}-{4}", "{3}-{4}", "{2}+{4}", "{2} {4}", "{3} {4}")
_DIGITS = st.text("0123456789", min_size=0, max_size=8)


def _forms(number: str) -> list[str]:
    parts = number, number[2:], number[2:8], number[:8], number[8:]
    return [form.format(*parts) for form in _FORMS]


@pytest.mark.parametrize(("entity", "number"), _NUMBERS)
def test_published_number_is_valid_in_every_form_and_only_as_its_own_kind(
    entity: str, number: str
) -> None:
    for form in _forms(number):
        assert [kind for kind, is_valid in _VALID.items() if is_valid(form)] == [entity], form
        assert not organisationsnummer.is_valid(form)


@pytest.mark.parametrize(("entity", "number"), _NUMBERS)
def test_no_other_check_digit_is_valid(entity: str, number: str) -> None:
    others = [number[:-1] + digit for digit in "0123456789" if digit != number[-1]]
    assert not any(_VALID[entity](other) for other in others)


@pytest.mark.parametrize(("entity", "number"), _NUMBERS)
def test_published_number_with_separator_or_cue_is_found_in_text(entity: str, number: str) -> None:
    written = f"{number[2:8]}-{number[8:]}", f"personnummer {number}", f"personnr {number[2:]}"
    for text in written:
        found = [hit for hit in analyse(text) if hit.entity == entity]
        assert [hit.end for hit in found] == [len(text)], text


@given(st.sampled_from(_NUMBERS), _DIGITS, _DIGITS)
def test_a_number_inside_longer_digits_is_never_found(
    known: tuple[str, str], before: str, after: str
) -> None:
    entity, number = known
    text = before + number[2:] + after
    if len(text) in (10, 12):
        return
    assert not any(
        hit.entity == entity
        for hit in analyse(f"{text} personnummer", 0.0)
        if hit.end - hit.start >= 10
    )


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_judged_without_error(text: str) -> None:
    for is_valid in (*_VALID.values(), organisationsnummer.is_valid):
        assert is_valid(text) in (True, False)


@pytest.mark.parametrize(
    "number",
    ["556016-0680", "5560160680", "165560160680", "16556016-0680", "556016 0680",
     "SE556016068001", "769600-0012", "857209-0606", "802005-1952"],
)  # fmt: skip
def test_organisationsnummer_forms(number: str) -> None:
    assert organisationsnummer.is_valid(number)
    assert not any(is_valid(number) for is_valid in _VALID.values())


@pytest.mark.parametrize(
    "number",
    ["556016-0681", "551016-0688", "455601-0680", "SE5560160680", "556016068001",
     "16SE5560160680", "55601-60680", "", "٥٥٦٠١٦٠٦٨٠"],
)  # fmt: skip
def test_not_an_organisationsnummer(number: str) -> None:
    assert not organisationsnummer.is_valid(number)


_MOMENTS = [
    moment for minute in range(10) if is_luhn((moment := f"190501-10{minute:02}").replace("-", ""))
]
"""A date and a time of day whose last digit happens to be a right check digit."""


@pytest.mark.parametrize("moment", _MOMENTS)
@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Inspelning {} raderas", 0),
        ("Ljudfilen {}.wav raderas", 0),
        ("Bokföringsorder {} inläst", 0),
        ("Backup {} klar", 0),
        ("Körningarna 190501-0902 och körning {} är klara", 0),
        ("UNOC:3+7384871384616:14+{}:1561+95398224'", 0),
        ("Kunden {} ringde", 1),
        ("Inspelning av samtal med kunden {}", 1),
        ("Inspelning. Personnummer {}", 1),
    ],
)
def test_a_recording_is_named_by_its_time_and_a_person_is_not(
    moment: str, text: str, persons: int
) -> None:
    found = [hit.entity for hit in analyse(text.format(moment))]
    assert found.count("SE_PERSONNUMMER") == persons


def test_a_drawing_has_a_number_of_any_form() -> None:
    number = _PUBLISHED["personnummer"][-1]
    written = f"{number[2:8]}-{number[8:]}"
    found = {hit.entity for hit in analyse(f"Ritning {written} blad 10 ersätter blad 9")}
    assert "SE_PERSONNUMMER" not in found

"""Identity numbers: published test numbers in every written form, and what is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

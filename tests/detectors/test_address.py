"""Addresses: what joins to one, what stays apart, and that no text breaks the reading."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import presidio
from detectors.recognizers.address import TRIGGER, addresses

BITS = (
    "Storgatan 12",
    "392 32 Kalmar",
    "c/o Lind",
    "Box 8",
    ", ",
    "\n",
    " ",
    "plan 3",
    "väg",
    "12 B",
)


def found(text: str, threshold: float = 0.5) -> list[str]:
    return [text[part.start : part.end] for part in addresses(text) if part.score >= threshold]


@pytest.mark.parametrize(
    "text",
    [
        "Storgatan 12 B, 392 32 Kalmar",
        "Storgatan 12\n392 32 Kalmar",
        "c/o Lindqvist, Björkvägen 2, 582 25 Linköping",
        "Box 822, 391 28 Kalmar",
        "Solbacka 104, 382 92 Nybro",
        "Sven Adolf Norlings gata 35, 532 31 Skara",
        "Västra Frölunda torg 3, 426 66 Västra Frölunda",
    ],
)
def test_the_lines_of_an_address_are_one(text: str) -> None:
    assert found(f"Ny adress {text}.") == [text]


def test_two_streets_are_two_addresses() -> None:
    assert found("Ringvägen 1, Ringvägen 3") == ["Ringvägen 1", "Ringvägen 3"]


def test_street_with_town_is_surer_than_street() -> None:
    ((*_, alone),) = addresses("Storgatan 12")
    ((*_, whole),) = addresses("Storgatan 12, 392 32 Kalmar")
    assert whole > alone >= 0.5


@pytest.mark.parametrize("text", ["39232 Kalmar", "392 32 Kalmar", "SE-392 32 KALMAR"])
def test_postcode_and_its_town(text: str) -> None:
    assert found(text) == [text]


@pytest.mark.parametrize("text", ["39232 Malmö", "39232 enheter", "392 32 kWh", "1392 32 Kalmar"])
def test_five_digits_before_another_word_are_no_postcode(text: str) -> None:
    assert found(text) == []


def test_a_box_alone_is_weak() -> None:
    ((*_, score),) = addresses("Box 822")
    assert 0 < score < 0.5


@given(st.text())
def test_any_text_gives_spans_in_order_and_apart(text: str) -> None:
    last = 0
    for start, end, _, score in addresses(text):
        assert last <= start < end <= len(text)
        assert 0 < score <= 1
        last = end


@given(st.lists(st.sampled_from(BITS), max_size=8).map("".join))
def test_what_is_found_the_trigger_lets_through(text: str) -> None:
    if found(text):
        assert re.search(TRIGGER, text)


def test_a_farm_needs_a_word_of_place_or_an_address_around() -> None:
    assert found("Björkhagen 12") == []
    assert found("Hon bor på Björkhagen 12") == ["Björkhagen 12"]
    assert found("Hon bor på björkhagen 12") == ["björkhagen 12"]
    assert found("Vid björkhagen 12") == []


def test_a_postcode_of_another_part_of_the_country_is_no_address() -> None:
    assert found("392 32 Kalmar") == ["392 32 Kalmar"]
    assert found("392 32 Ystad") == []


@pytest.mark.parametrize(
    "address",
    [
        "Storgatan 1234 B - 1234 C, lägenhet. 1203, lägenhet. 1204, lägenhet. 1205",
        f"Norra S{'o' * 24}gatan 10",
        f"Nya {'a' * 15} 12, lgh 1203, 2 tr, uppg. B,\r\nSE-392 32 Kalmar",
    ],
)
def test_the_longest_forms_are_found_whole_in_a_long_text(address: str) -> None:
    prose = "vi ses på mötet i morgon och tar med kaffe till alla. " * 8
    text = f"{prose}\n{address}\n{prose}"
    spans = [span for _, spans in presidio.read([text]) for span in spans]
    assert address in [text[each.start : each.end] for each in spans if each.entity == "SE_ADDRESS"]

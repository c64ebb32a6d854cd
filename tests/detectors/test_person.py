"""Names of persons: made-up names of every build are found, their kin in streets and firms not."""

from __future__ import annotations

from itertools import pairwise, product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.recognizers.person import PLUGIN, TRIGGER, WORDS
from detectors.screen import Trigger, finder

GIVEN = ("Anna", "Lars-Erik", "Fatima", "Åke", "Sanna", "Mohammed", "Ingegerd")
SURNAMES = ("Andersson", "Lindqvist", "Nordström", "Ali", "Holmgren-Lund", "Warsame", "von Essen")
BITS = (*GIVEN, *SURNAMES, " ", ", ", "\n", "gata 3", " AB", "hej ", "K. ", "anna", " lindqvist")


def found(text: str, threshold: float = 0.5) -> list[str]:
    return [text[hit.start : hit.end] for hit in PLUGIN().find(text) if hit.score >= threshold]


@pytest.mark.parametrize(("first", "last"), list(product(GIVEN, SURNAMES)))
def test_given_name_and_surname(first: str, last: str) -> None:
    assert found(f"{first} {last}") == [f"{first} {last}"]
    assert found(f"Avtalet skrevs av {first} {last} i går.") == [f"{first} {last}"]


@pytest.mark.parametrize("first", GIVEN)
def test_surname_first(first: str) -> None:
    assert found(f"Lindqvist, {first}") == [f"Lindqvist, {first}"]


@pytest.mark.parametrize("first", GIVEN)
def test_a_street_or_a_firm_of_that_name_is_nobody(first: str) -> None:
    assert found(f"{first} Lindqvists gata 3") == []
    assert found(f"{first} Lindqvist Bygg & El AB") == []
    assert found(f"Stiftelsen {first} Lindqvists minnesfond") == []


@pytest.mark.parametrize("first", GIVEN)
def test_a_single_name_needs_a_greeting(first: str) -> None:
    assert found(f"Systemet {first} startades om") == []
    assert found(f"Mvh {first}") == [first]


def test_two_persons_are_two_names() -> None:
    assert found("Anna Lindqvist, Karin Berg") == ["Anna Lindqvist", "Karin Berg"]
    assert found("Anna Lindqvist och Karin Berg") == ["Anna Lindqvist", "Karin Berg"]


def test_a_genitive_s_is_no_part_of_the_name() -> None:
    assert found("Anna Lindqvists avtal") == ["Anna Lindqvist"]


def test_a_name_does_not_run_over_lines() -> None:
    assert found("Anna\nLindqvist") == ["Anna", "Lindqvist"]


def test_the_customer_of_an_ediel_message_is_a_person_and_a_firm_is_not() -> None:
    assert found("NAD+UD+1:SE2:260++Xi Qz+Storgatan 10'") == ["Xi Qz"]
    assert found("NAD+UD+1:SE1:260++Xi Qz+Storgatan 10'") == []
    assert found("NAD+UD+1::89++Qz Bygg AB+Storgatan 10'") == []


def test_an_ediel_message_silences_no_name_beside_it() -> None:
    segment = "NAD+UD+1:SE1:260++Exempel El AB+Storgatan 10+Kalmar++39128+SE'"
    text = f"Hej Anna Lindqvist, se raden: {segment} Mvh Karin Berg. " + "Vi ses. " * 30
    assert found(text) == ["Anna Lindqvist", "Karin Berg"]


@given(st.text())
def test_any_text_gives_spans_apart(text: str) -> None:
    hits = list(PLUGIN().find(text))
    assert all(0 <= hit.start < hit.end <= len(text) and 0 < hit.score <= 1 for hit in hits)
    assert all(left.end <= right.start for left, right in pairwise(hits))


@given(st.lists(st.sampled_from(BITS), max_size=8).map("".join))
def test_what_is_found_the_trigger_lets_through(text: str) -> None:
    if found(text):
        assert finder(Trigger(TRIGGER, 0, WORDS()))(text)


def test_a_long_text_in_small_letters_takes_time_by_its_length_only() -> None:
    line = "kunden heter anna berg och ringde om mätaren, "
    started = process_time()
    assert len(found(line * 8_000)) == 8_000
    assert process_time() - started < 20

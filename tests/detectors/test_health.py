"""Suspected health data: a person is its subject; energy's own words and negations are not."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.recognizers.health import TRIGGER, suspected

BITS = ("Kunden har ", "diabetes", "MS", " KOL", "inte ", "sjuk", ". ", "Sjukhuset ", "diagnos E66")


def found(text: str, threshold: float = 0.5) -> list[str]:
    return [text[start:end] for start, end, score in suspected(text) if score >= threshold]


@pytest.mark.parametrize("word", ["diabetes", "cancer", "MS", "ADHD", "dialys", "insulin", "sjuk"])
def test_a_person_makes_the_word_health_data(word: str) -> None:
    assert found(f"Kunden har {word}") == [word]


@pytest.mark.parametrize("word", ["diabetes", "sjuk", "gravid"])
def test_a_negated_word_is_none(word: str) -> None:
    assert found(f"Kunden är inte {word}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Personer med diabetes är en stor grupp i samhället.",
        "Kunden vill ha diagnos av mätaren",
        "Sjukhuset har bytt elhandlare",
        "ms kol lss",
    ],
)
def test_groups_machines_and_facilities_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("message", ["UNH+1+UTILTS'", "BGM+E66::260'", "UNB+UNOC:3'", "PRODAT "])
def test_ediel_is_never_judged(message: str) -> None:
    assert list(suspected(f"{message} Kunden har diabetes")) == []


def test_sentences_are_judged_one_by_one() -> None:
    text = "Kunden ringde. Sjukhuset har dialys. Hon är gravid."
    assert found(text) == ["gravid"]


def test_a_diagnosis_code_needs_the_word() -> None:
    assert found("Kunden har diagnos E66") == ["diagnos E66"]
    assert found("Kunden har E66") == []


@given(st.text())
def test_any_text_gives_spans_in_order_and_apart(text: str) -> None:
    last = 0
    for start, end, score in suspected(text):
        assert last <= start < end <= len(text)
        assert 0 < score <= 1
        last = end


@given(st.lists(st.sampled_from(BITS), max_size=6).map("".join))
def test_what_is_found_the_trigger_lets_through(text: str) -> None:
    if found(text):
        assert re.search(TRIGGER, text)


def test_a_long_line_takes_time_by_its_length_only() -> None:
    started = process_time()
    assert found("inte sjuk " * 20_000) == []
    assert process_time() - started < 5

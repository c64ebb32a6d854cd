"""The language guess, on texts that were written before it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import perf_counter

import pytest

from detectors.language import guess

SENTENCES = Path(__file__).parents[1] / "languages" / "sentences.toml"
CASES = [
    (text, language)
    for language, texts in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items()
    for text in texts
]


@pytest.mark.parametrize(("text", "language"), CASES)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert guess(text) == language


def test_an_english_disclaimer_does_not_make_a_swedish_mail_english() -> None:
    swedish = (
        "Hej! Jag vill säga upp mitt avtal eftersom vi flyttar till Kalmar och inte behöver el. "
    )
    assert guess(swedish * 3 + "This e-mail is confidential.") == "sv"


def test_the_languages_of_a_long_text_are_weighed_by_its_beginning_middle_and_end() -> None:
    english = "Please note that the office is closed for the summer and will open in August. "
    assert guess("och att " + english * 10_000) == "en"


def test_a_long_text_is_told_as_fast_as_a_short_one() -> None:
    text = "kunden har fått ett brev. " * 400_000
    started = perf_counter()
    for _ in range(100):
        guess(text)
    assert perf_counter() - started < 1

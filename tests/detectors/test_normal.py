"""The normal form of texts and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.normal import normal
from detectors.swedish import analyse

_ODD = "aåÅ\u030aäo\u03081２３\u0664\u00ad\u200b\u00a0\u2013\u2011\ufeff-+ \n😀é\U0001d7d8ł"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("811228\u20139874", "811228-9874"),
        ("811228\u22119874", "811228\u22119874"),
        ("811228\u22129874", "811228-9874"),
        ("070\u00a0174\u202f06\u200905", "070 174 06 05"),
        ("８１１２２８－９８７４", "811228-9874"),
        ("\u0668\u0661\u0661\u0662\u0662\u0668-9874", "811228-9874"),
        ("\U0001d7d6\U0001d7cf1228-9874", "811228-9874"),
        ("8112\u00ad28-98\u200b74", "811228-9874"),
        ("\ufeffStorgatan", "Storgatan"),
        ("Va\u0308gen", "Vägen"),
        ("anna\uff20example.se", "anna@example.se"),
        ("Åsa", "Åsa"),
        ("", ""),
    ],
)
def test_the_normal_form(text: str, plain: str) -> None:
    assert normal(text).text == plain


@given(st.text(st.sampled_from(_ODD)))
def test_every_character_leads_back_to_its_own(text: str) -> None:
    found = normal(text)
    last = 0
    for index, character in enumerate(found.text):
        start, end = found.span(index, index + 1)
        assert last <= start < end <= len(text)
        if len(unicodedata.normalize("NFC", text[start:end])) == 1 and character in "aåäo1ł😀é":
            whole = unicodedata.normalize("NFKC", text[start:end])
            assert whole == character or not whole.isascii()
        last = end if found.starts is None else start


@given(st.text(st.sampled_from(_ODD)))
def test_the_normal_form_is_its_own(text: str) -> None:
    once = normal(text).text
    assert unicodedata.normalize("NFC", normal(once).text) == unicodedata.normalize("NFC", once)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Personnr 8112\u00ad28-98\u00ad74.", "8112\u00ad28-98\u00ad74"),
        ("Personnr 811228\u20139874\u200b.", "811228\u20139874"),
        ("Hälsa A\u030ake, personnr 811228-9874!", "811228-9874"),
        ("😀😀 personnr ８１１２２８-9874 😀", "８１１２２８-9874"),
        ("personnr\u00a0811228\u00a09874", "811228\u00a09874"),
        ("Mejla asa.va\u0308g@example.se nu", "asa.va\u0308g@example.se"),
        ("Fo\u0308delsenummer 8112289874", "8112289874"),
    ],
)
def test_matches_count_characters_of_the_text_as_it_was(text: str, match: str) -> None:
    found = {text[hit.start : hit.end] for hit in analyse(text)}
    assert match in found

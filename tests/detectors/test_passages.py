"""Which passages wake the name model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import passages

HELD = (
    "vi väntar på Karimi idag", "Karimi", "@Zeynep kan du titta?", "hej, micke här", "anna ek",
    "efternamnet är aydın", "owner=cecilia sundelius", "Hej Bo!", "Ek,Anna;Kalmar",
    "Bettan kommer",
    "mvh Çetin", "(Haddad)", "sven palm", "A. Ek",
)  # fmt: skip
EMPTY = (
    "Elnätet byggs om under året.", "fast pris", "Kalmar", "ett möte i Kalmar",
    "anna.ek@example.se",
    "/home/anna/x", "ABC", "", "Avläsning av mätaren i Kalmar kommun",
)  # fmt: skip
BITS = ["Anna ", "Ek", " i ", "mätaren ", "x" * 80, ". ", "anna ", "Karimi", "\n", ", ", "Kalmar "]


@pytest.mark.parametrize("text", HELD)
def test_a_passage_that_may_hold_a_name(text: str) -> None:
    assert passages.likely(text)


@pytest.mark.parametrize("text", EMPTY)
def test_a_passage_that_holds_none(text: str) -> None:
    assert passages.likely(text) == []


@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
def test_stretches_are_apart_in_order_and_within(text: str) -> None:
    last = -1
    for start, end in passages.likely(text):
        assert last < start < end <= len(text)
        last = end

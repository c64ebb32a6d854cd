"""The lexicon: what is in it, how names are weighed, and that it stays small."""

from __future__ import annotations

from importlib import resources

import pytest

from detectors import lexicon


@pytest.mark.parametrize("name", ["Anna", "ANNA", "anna", "Fatima", "Mohammed", "Abdirahman"])
def test_given_names_are_known_in_any_case(name: str) -> None:
    assert lexicon.given(name) > 100


def test_common_names_have_more_bearers() -> None:
    assert lexicon.given("Anna") > lexicon.given("Fatima") > lexicon.given("Kilowatt") == 0


def test_surnames_and_patronymics() -> None:
    assert lexicon.surname("Lindqvist") > 1000
    assert lexicon.surname("Hassan") == 0 < lexicon.patronymic("Hassan")


def test_places_and_postcodes() -> None:
    assert lexicon.is_place("Upplands Väsby")
    assert not lexicon.is_place("Kilowatt")
    assert lexicon.locality("39232") == "kalmar"
    assert lexicon.locality("00000") is None


def test_words_are_told_from_names() -> None:
    assert lexicon.is_word("energi")
    assert not lexicon.is_word("Lindqvist")


@pytest.mark.parametrize("name", ["given", "surnames", "places", "words"])
def test_no_list_holds_a_number(name: str) -> None:
    lines = lexicon._lines(f"{name}.txt.gz")
    assert not [line for line in lines if line.split("\t")[0].isdigit()]


def test_the_lists_stay_small() -> None:
    folder = resources.files("detectors") / "data"
    lists = [file for file in folder.iterdir() if file.name.endswith(".txt.gz")]
    assert len(lists) == 5
    assert sum(len(file.read_bytes()) for file in lists) < 1_000_000


def test_the_version_is_a_short_hash() -> None:
    assert len(lexicon.version()) == 12

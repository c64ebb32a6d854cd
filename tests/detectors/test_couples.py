"""Couples of one sex are told from other couples, whoever names them."""

import pytest

from detectors import couples, sensitive


@pytest.mark.parametrize(
    "sentence",
    [
        "Uppsägning: Pelle flyttar ihop med sin make Carl.",
        "Karin och hennes fru delar på fakturan.",
        "Eriks make ringde om flytten.",
        "Sedan skilsmässan är Rolf tillsammans med Mikael.",
        "Hon lever med en annan kvinna.",
        "Jag och min fru ska flytta. Mvh Karin Ek",
        "Min make är sjuk. Hälsningar Oskar",
        "Vi säger upp elen, min fru och jag (jag heter Eva).",
    ],
)
def test_two_of_one_sex_are_told(sentence: str) -> None:
    assert couples.is_told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna flyttar ihop med sin make Carl.",
        "Kunden och hennes man flyttar i juni.",
        "Karins make ringde om flytten.",
        "Han lever med en annan kvinna.",
        "Jag och min fru ska flytta. Mvh Oskar Ek",
        "Min make är sjuk, ring mig i stället.",
        "Rolf reser tillsammans med Mikael till mässan.",
        "Kim är gift med Robin.",
    ],
)
def test_others_are_not(sentence: str) -> None:
    assert not couples.is_told(sentence)


def test_words_of_texts_are_remembered_in_bounded_memory() -> None:
    remembered = (couples._sex, sensitive._is_called)
    assert all(each.cache_info().maxsize is not None for each in remembered)

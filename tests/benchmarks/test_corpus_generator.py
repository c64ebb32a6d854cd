"""The corpus that recognisers are measured on says the truth about itself."""

import re
from collections import Counter
from random import Random
from types import ModuleType

import pytest

from benchmarks import (
    columns,
    corpus,
    eighth,
    eleventh,
    fifteenth,
    fifth,
    forms,
    fourteenth,
    fourth,
    held_out,
    ninth,
    reports,
    sixteenth,
    tenth,
    third,
    thirteenth,
    twelfth,
)
from benchmarks.values import LABELLED, Values
from detectors.checkdigits import is_gs1, is_luhn, is_mod97


@pytest.mark.parametrize("side", ["positive", "negative"])
def test_same_seed_same_documents(side: str) -> None:
    first = list(corpus.documents(side, 7, 1))
    assert first == list(corpus.documents(side, 7, 1))
    assert first != list(corpus.documents(side, 8, 1))


def test_there_are_enough_templates_and_as_many_look_alikes() -> None:
    count = {
        side: sum(map(len, corpus.templates()[side].values())) for side in ("positive", "negative")
    }
    assert count["positive"] >= 100
    assert count["negative"] >= count["positive"]


def test_every_label_stands_at_its_offsets() -> None:
    for document in corpus.documents("positive", 3, 2):
        assert document.labels, document.text
        for label in document.labels:
            assert document.text[label.start : label.end] == label.text
        assert "{" not in document.text or document.kind == "key_value"


def test_look_alikes_hold_no_label() -> None:
    for document in corpus.documents("negative", 3, 2):
        assert document.labels == ()
        assert "{" not in document.text


def test_every_labelled_slot_is_used() -> None:
    seen = Counter(
        label.entity for document in corpus.documents("positive", 1, 1) for label in document.labels
    )
    assert set(seen) == {entity for entity, _ in LABELLED.values()}
    assert min(seen.values()) >= 5


def test_drawn_identifiers_pass_their_own_checks() -> None:
    for document in corpus.documents("positive", 5, 2):
        for label in document.labels:
            digits = "".join(c for c in label.text if c.isdigit())
            if label.entity in ("SE_PERSONNUMMER", "SE_ORGANISATIONSNUMMER"):
                assert is_luhn(digits[-10:])
            elif label.entity == "SE_METERING_POINT_ID":
                assert is_gs1(digits)
                assert len(digits) == 18
            elif label.entity == "IBAN_CODE":
                assert is_mod97(label.text.replace(" ", ""))
            elif label.entity == "EMAIL_ADDRESS":
                assert label.text.endswith("example.se")


def test_wrong_metering_points_are_wrong() -> None:
    assert not any(map(is_gs1, columns.numbers("GSRN, wrong check digit", 200)))


@pytest.mark.parametrize("distinct", [0.05, 1.0])
def test_columns_repeat_as_much_as_asked(distinct: float) -> None:
    table = columns.columns(12_000, distinct)
    for cells in table.values():
        assert len(cells) == 1000
        assert len(set(cells)) <= 1000 * distinct
        assert len(set(cells)) >= 900 * distinct


def test_texts_have_their_length_and_density() -> None:
    dense, sparse = corpus.dense(30_000), corpus.sparse(30_000)
    assert len(dense) == len(sparse) == 30_000
    assert dense.count("@") > 10 * max(sparse.count("@"), 1)


def test_reports_hold_no_mail_address() -> None:
    made = reports.report(20_000)
    assert made == reports.report(20_000)
    assert not any("@" in text for text in made.values())


def _flat(name: str) -> list[str]:
    return [t for groups in corpus.templates(name).values() for g in groups.values() for t in g]


_BEFORE_EIGHTH = ("templates", "unseen", "third", "fourth", "fifth", "held_out", "plates")
_BEFORE_NINTH = (*_BEFORE_EIGHTH, "eighth")
_BEFORE_TENTH = (*_BEFORE_NINTH, "ninth")
_BEFORE_ELEVENTH = (*_BEFORE_TENTH, "tenth")
_BEFORE_TWELFTH = (*_BEFORE_ELEVENTH, "eleventh")
_BEFORE_THIRTEENTH = (*_BEFORE_TWELFTH, "twelfth")
_BEFORE_FOURTEENTH = (*_BEFORE_THIRTEENTH, "thirteenth")
_BEFORE_FIFTEENTH = (*_BEFORE_FOURTEENTH, "fourteenth")
_BEFORE_SIXTEENTH = (*_BEFORE_FIFTEENTH, "fifteenth")


@pytest.mark.parametrize(
    ("name", "others", "positive", "negative"),
    [
        ("unseen", ("templates",), 150, 170),
        ("third", ("templates", "unseen"), 90, 100),
        ("fourth", ("templates", "unseen", "third"), 140, 150),
        ("fifth", ("templates", "unseen", "third", "fourth"), 170, 170),
        ("held_out", ("templates", "unseen", "third", "fourth", "fifth"), 160, 160),
        ("eighth", _BEFORE_EIGHTH, 120, 120),
        ("ninth", _BEFORE_NINTH, 120, 120),
        ("tenth", _BEFORE_TENTH, 120, 120),
        ("eleventh", _BEFORE_ELEVENTH, 120, 120),
        ("twelfth", _BEFORE_TWELFTH, 120, 120),
        ("thirteenth", _BEFORE_THIRTEENTH, 120, 120),
        ("fourteenth", _BEFORE_FOURTEENTH, 120, 120),
        ("fifteenth", _BEFORE_FIFTEENTH, 120, 120),
        ("sixteenth", _BEFORE_SIXTEENTH, 120, 120),
    ],
)
def test_later_templates_are_others_and_enough(
    name: str, others: tuple[str, ...], positive: int, negative: int
) -> None:
    own = _flat(name)
    assert len(own) == len(set(own))
    for other in others:
        assert not set(_flat(other)) & set(own)
    assert sum(map(len, corpus.templates(name)["positive"].values())) >= positive
    assert sum(map(len, corpus.templates(name)["negative"].values())) >= negative


_LATER = pytest.mark.parametrize(
    "name",
    [
        "unseen",
        "third",
        "fourth",
        "fifth",
        "held_out",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
    ],
)


@_LATER
def test_later_labels_stand_at_their_offsets(name: str) -> None:
    seen: Counter[str] = Counter()
    for document in corpus.documents("positive", 3, 3, name):
        assert document.labels, document.text
        for label in document.labels:
            assert document.text[label.start : label.end] == label.text
            seen[label.entity] += 1
    assert len(set(seen) & {entity for entity, _ in forms.LABELLED.values()}) >= 6


@_LATER
def test_later_look_alikes_hold_no_label(name: str) -> None:
    assert not any(d.labels for d in corpus.documents("negative", 3, 2, name))


@pytest.mark.parametrize(
    "module",
    [
        third,
        fourth,
        fifth,
        held_out,
        eighth,
        ninth,
        tenth,
        eleventh,
        twelfth,
        thirteenth,
        fourteenth,
        fifteenth,
        sixteenth,
    ],
)
def test_every_slot_of_later_templates_is_used(module: ModuleType) -> None:
    text = "\n".join(_flat(module.__name__.rpartition(".")[2]))
    for slot in (*module.LABELLED, *module.FILLERS):
        assert f"{{{slot}}}" in text, slot


@_LATER
def test_drawn_forms_pass_their_own_checks(name: str) -> None:
    for document in corpus.documents("positive", 5, 5, name):
        for label in document.labels:
            digits = "".join(c for c in label.text if c.isdigit())
            if label.entity in (
                "SE_ORGANISATIONSNUMMER",
                "SE_PLUSGIRO",
                "SE_BANKGIRO",
                "CREDIT_CARD",
            ):
                assert is_luhn(digits[-10:] if label.entity == "SE_ORGANISATIONSNUMMER" else digits)
            elif label.entity == "SE_METERING_POINT_ID":
                assert is_gs1(digits)
            elif label.entity == "IBAN_CODE":
                assert is_mod97(re.sub("[^0-9A-Za-z]", "", label.text).upper())


def test_wrong_ibans_are_wrong() -> None:
    drawn = Values(Random(1))
    assert not any(is_mod97(corpus.FILLERS["iban_wrong"](drawn)) for _ in range(500))


def test_reports_are_of_many_kinds() -> None:
    assert len(reports.report(20_000)) >= 14

"""The sentences on sensitive text are enough, labelled with known classes, in two true halves."""

import re
from collections import Counter
from itertools import product

import pytest

from benchmarks.sensitive import CLASSES, MONEY, Case, Split, cases
from detectors.entities import entities

BOTH: tuple[Split, ...] = ("seen", "held_out")
EVERY: tuple[Split, ...] = (*BOTH, "new", "blind", "fresh", "later")


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"\w+", text.lower()))


def test_every_class_has_enough_texts_and_as_many_traps() -> None:
    every = [case for split in BOTH for case in cases(split)]
    count = Counter((case.group, bool(case.entities)) for case in every)
    assert len(every) >= 1000
    assert set(count) == set(product(CLASSES, (True, False)))
    assert min(count.values()) >= 45


@pytest.mark.parametrize("split", BOTH)
def test_a_half_holds_half_of_every_class(split: Split) -> None:
    count = Counter((case.group, bool(case.entities)) for case in cases(split))
    assert len(count) == 2 * len(CLASSES)
    assert min(count.values()) >= 21


def test_the_new_split_holds_32_texts_and_32_traps_of_every_class() -> None:
    count = Counter((case.group, bool(case.entities)) for case in cases("new"))
    assert count == dict.fromkeys(product(CLASSES, (True, False)), 32)


@pytest.mark.parametrize("split", ["blind", "fresh", "later"])
def test_a_blind_split_holds_34_texts_and_34_traps_of_every_class(split: Split) -> None:
    every = list(cases(split))
    count = Counter((case.group, bool(case.entities)) for case in every)
    assert len(every) >= 950
    assert set(count) == set(product(CLASSES, (True, False)))
    assert min(count.values()) >= 34


def test_labels_are_entities_that_exist() -> None:
    for case in (case for split in EVERY for case in cases(split)):
        assert case.entities <= CLASSES, case.text
        assert case.may <= CLASSES - case.entities, case.text
        assert not case.entities or case.group in case.entities, case.text
    assert set(entities()) >= CLASSES


def test_no_text_comes_twice_or_nearly_so_in_the_other_half() -> None:
    every = [case.text for split in EVERY for case in cases(split)]
    assert len(every) == len(set(every))
    seen, held_out = ([(case.text, _words(case.text)) for case in cases(split)] for split in BOTH)
    for (text, words), (other, others) in product(seen, held_out):
        assert len(words & others) < 0.3 * len(words | others), (text, other)


@pytest.mark.parametrize(
    ("split", "before"),
    [(split, EVERY[:n]) for n, split in enumerate(EVERY) if n >= len(BOTH)],
)
def test_no_later_text_is_nearly_an_older_one(split: Split, before: tuple[Split, ...]) -> None:
    older = [(case.text, _words(case.text)) for part in before for case in cases(part)]
    later = [(case.text, _words(case.text)) for case in cases(split)]
    for (text, words), (other, others) in product(later, older):
        assert len(words & others) < 0.4 * len(words | others), (text, other)


def test_what_may_be_seen_is_neither_missed_nor_false() -> None:
    case = Case("", frozenset({"DEBT_COLLECTION"}), "DEBT_COLLECTION", "said", "seen", MONEY)
    assert case.missed({"CREDIT_RATING"}) == {"DEBT_COLLECTION"}
    assert case.false({"CREDIT_RATING", "PERSON", "HEALTH"}) == {"HEALTH"}

from __future__ import annotations

import re
from random import Random

import pytest

from training import layouts

PERSON = re.compile(r"\{[FENKQPRTWVIAG]F?(?:s_)?\d?\}")


@pytest.mark.parametrize("maker", ["tabell", "poster", "schema", "tråd"])
def test_a_layout_of_persons_has_one(maker: str) -> None:
    for seed in range(200):
        assert PERSON.search(layouts.MAKERS[maker](Random(seed)))


@pytest.mark.parametrize("maker", ["sakrader", "sakposter", "sakschema", "saktråd"])
def test_a_layout_of_things_has_no_person(maker: str) -> None:
    for seed in range(200):
        assert not PERSON.search(layouts.MAKERS[maker](Random(seed)))


@pytest.mark.parametrize("maker", sorted(layouts.MAKERS))
def test_layouts_vary(maker: str) -> None:
    texts = {layouts.MAKERS[maker](Random(seed)) for seed in range(300)}
    assert len(texts) >= 100


def test_rows_of_a_table_have_the_same_columns() -> None:
    for seed in range(200):
        rows = layouts.table(Random(seed)).split("\n")
        assert len({row.count(";") for row in rows}) == 1


def test_given_name_and_surname_never_have_but_a_blank_between() -> None:
    for seed in range(400):
        assert not re.search(r"\{[FE]\}[ \t]+\{[FE]\}[ \t]+\{", layouts.table(Random(seed)))

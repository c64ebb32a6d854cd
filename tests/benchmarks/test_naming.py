from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.name_scores import Spans, judge, judge_cells
from benchmarks.name_systems import lists
from benchmarks.names import PERSON, Cell, Document, Label

TEXT = "Annas bil och Bo Ek"
DOCUMENT = Document(
    "x",
    TEXT,
    (
        Label(PERSON, 0, 5, "Annas", frozenset({"single"})),
        Label("LOCATION", 6, 9, "bil"),
        Label(PERSON, 14, 19, "Bo Ek", frozenset({"full"})),
    ),
)


def said(*spans: tuple[int, int]) -> Spans:
    return set(spans)


@pytest.mark.parametrize(
    ("claims", "genitive", "found", "right", "touched"),
    [
        (said((0, 5), (14, 19)), False, 2, 2, 2),
        (said((0, 4), (14, 19)), False, 1, 1, 2),
        (said((0, 4), (14, 19)), True, 2, 2, 2),
        (said((0, 4), (0, 5)), True, 1, 1, 1),
        (said((6, 9), (14, 16)), True, 0, 0, 1),
        (said(), True, 0, 0, 0),
    ],
)
def test_names_count_when_both_ends_agree(
    claims: Spans, *, genitive: bool, found: int, right: int, touched: int
) -> None:
    judged = judge([DOCUMENT], lambda texts: [claims for _ in texts], genitive=genitive)
    exact = judged.exact
    assert (exact.labels, exact.found, exact.right, judged.touched) == (2, found, right, touched)
    assert exact.claims == len(claims)
    assert judged.kinds["full"].found == ((14, 19) in claims)


def test_a_cell_counts_when_anything_is_found_in_it() -> None:
    cells = [
        Cell("Bo Ek", PERSON, frozenset({"full"})),
        Cell("Eks Rör", "", frozenset({"firm"})),
        Cell("Maj", PERSON, frozenset({"given_only"})),
    ]

    def system(texts: Sequence[str]) -> list[Spans]:
        return [said((0, 2)) if "Ek" in text else said() for text in texts]

    judged = judge_cells(cells, system)
    assert (judged.exact.precision, judged.exact.recall) == (0.5, 0.5)
    assert judged.kinds["no person: firm"].found == 1


def test_the_lists_take_runs_of_capitalised_listed_names() -> None:
    assert lists(["Anna Johanssons hus, Erik", "anna johansson", ""]) == [
        {(0, 14), (21, 25)},
        set(),
        set(),
    ]

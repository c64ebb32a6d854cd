"""What the student learns from; its training needs torch and is run by hand: training/README.md."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest

from training import lessons
from training.lessons import GENITIVE, OPEN, UNTOLD, Lesson, opened, public, silver, tagged


def test_words_of_a_name_begin_it_or_are_inside() -> None:
    assert tagged("Anna-Lena Ek, Ystad", [(0, 12, "PERSON"), (14, 19, "LOCATION")]) == Lesson(
        ["Anna-Lena", "Ek", ",", "Ystad"], [1, 2, 0, 3]
    )


def test_neighbouring_names_begin_anew() -> None:
    found = tagged("Ek Ur Ek", [(0, 2, "PERSON"), (3, 8, "ORGANIZATION")])
    assert found.tags == [1, 5, 6]


def test_a_genitive_s_outside_the_name_is_marked() -> None:
    text = "Eks bil i Ystads hamn"
    told = tagged(text, [(0, 2, "PERSON"), (10, 15, "LOCATION")])
    assert told.tags == [1 + GENITIVE, 0, 0, 3 + GENITIVE, 0]
    assert told.words == ["Eks", "bil", "i", "Ystads", "hamn"]


def test_a_last_s_within_a_name_may_be_a_genitive_where_nobody_tells() -> None:
    spans = [(0, 9, "PERSON")]
    assert tagged("Anna Ekas hus", spans, told=False).tags == [1, 2 + UNTOLD, 0]
    assert tagged("Anna Ekas hus", spans).tags == [1, 2, 0]
    assert (2 + UNTOLD) % GENITIVE == 2


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Man talade med Vega.", [0, 0, 0, OPEN, 0]),
        ("Det regnar. Det snöar.", [0, 0, 0, 0, 0, 0]),
        ("Vega regnar", [OPEN, 0]),
        ("Maja von Ek och Bo", [OPEN, OPEN, OPEN, OPEN, OPEN]),
        ("det är von och för", [0, 0, 0, 0, 0]),
        ("AB & Co - 5 st", [OPEN, OPEN, OPEN, OPEN, 0, 0]),
    ],
)
def test_capitalised_words_of_public_text_are_open(text: str, tags: list[int]) -> None:
    assert opened(text).tags == tags


def test_public_text_is_drawn_from_both_sources_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("regeringen", "riksdagen-interpellations"):
        lines = [f"Det är mening nummer {n} av {name} här. Kort." for n in range(30)]
        (tmp_path / f"{name}.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    found = list(public(tmp_path, 10))
    assert len(found) == 20
    assert sum("regeringen" in lesson.words for lesson in found) == 10
    assert found == list(public(tmp_path, 10))


def test_silver_is_read_up_to_a_count(tmp_path: Path) -> None:
    rows = [{"text": "Bo Ek", "spans": [[0, 5, "PERSON"]], "confidence": 0.9}] * 3
    file = tmp_path / "public.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert silver(file, 2) == [("Bo Ek", [(0, 5, "PERSON")])] * 2
    assert len(silver(file)) == 3


def test_a_share_is_learnt_in_other_case_with_the_same_tags() -> None:
    texts = [("Bo Ek bor här", [(0, 5, "PERSON")])] * 50
    found = list(lessons._recased(texts, Random(1), 0.5))
    assert {tuple(lesson.tags) for lesson in found} == {(1, 2, 0, 0)}
    assert {" ".join(lesson.words) for lesson in found} == {
        "Bo Ek bor här",
        "bo ek bor här",
        "BO EK BOR HÄR",
    }
    assert {" ".join(lesson.words) for lesson in lessons._recased(texts, Random(1))} == {
        "Bo Ek bor här"
    }

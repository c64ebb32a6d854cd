"""What the student learns from; its training needs torch and is run by hand: training/README.md."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from training import lessons
from training.lessons import GENITIVE, UNTOLD, Lesson, Silver, silver, softened, tagged

_INSIDE = (5, 0, 95, 0, 0, 0, 0)


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


def _read(text: str, chances: list[list[int]]) -> Silver:
    return Silver(text, [], 0.9, chances)


def test_what_the_teacher_doubts_is_learnt_as_it_says() -> None:
    found = softened(_read("Vega Ek log", [[0, 4, 20, 70, 0, 10, 0, 0, 0], [5, 7, *_INSIDE]]))
    assert found.words == ["Vega", "Ek", "log"]
    assert found.tags == [1, 2, 0]
    assert found.chances == {
        0: (0.2, 0.7, 0, 0.1, 0, 0, 0),
        1: pytest.approx((0.05, 0, 0.95, 0, 0, 0, 0)),
    }


def test_chances_that_were_rounded_are_one_in_all() -> None:
    found = softened(_read("Ek", [[0, 2, 33, 33, 33, 0, 0, 0, 0]]))
    assert sum(found.chances[0]) == pytest.approx(1)


def test_a_word_of_the_teacher_that_is_several_of_ours_begins_once() -> None:
    found = softened(_read("vid H&M igen", [[4, 7, 10, 0, 0, 0, 0, 80, 10]]))
    assert found.words == ["vid", "H", "&", "M", "igen"]
    assert found.tags == [0, 5, 6, 6, 0]
    assert found.chances[2] == pytest.approx((0.1, 0, 0, 0, 0, 0, 0.9))


def test_the_teacher_does_not_tell_a_genitive() -> None:
    found = softened(_read("Eks bil", [[0, 3, 0, 99, 1, 0, 0, 0, 0]]))
    assert found.tags == [1 + UNTOLD, 0]


def test_silver_is_read_up_to_a_count(tmp_path: Path) -> None:
    spans, chances = [[0, 5, "PERSON"]], [[0, 2, 1, 99, 0, 0, 0, 0, 0]]
    row = {"text": "Bo Ek", "spans": spans, "confidence": 0.9, "chances": chances}
    file = tmp_path / "public.jsonl"
    file.write_text(3 * (json.dumps(row) + "\n"), encoding="utf-8")
    assert silver(file, 2) == [Silver("Bo Ek", [(0, 5, "PERSON")], 0.9, chances)] * 2
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

"""The lines that the model of phones' surroundings is learnt from can all be filled."""

from __future__ import annotations

from random import Random

import numpy as np

from detectors.judge import ZERO, place
from detectors.recognizers import phone
from training import bystanders, plates
from training.bystanders import Draw, Example


def _examples() -> list[Example]:
    draw = Draw(Random(1))
    return [
        example
        for side, lines in draw.lines.items()
        for line in lines
        for example in draw.examples(line, is_phone=side == "phones")
    ]


def test_every_line_holds_a_number_and_no_slot_is_left() -> None:
    draw = Draw(Random(1))
    for side, lines in draw.lines.items():
        for line in lines:
            found = list(draw.examples(line, is_phone=side == "phones"))
            assert found, line
            for text, start, end, is_phone in found:
                assert text[start] == "0"
                assert sum(map(str.isdigit, text[start:end])) >= 7
                assert is_phone is (side == "phones")
                assert "{" not in text.replace('{"', ""), line


def test_no_line_stands_on_both_sides() -> None:
    lines = Draw(Random(1)).lines
    bare = {side: {line.replace("{n}", "{p}") for line in own} for side, own in lines.items()}
    assert not bare["nobody"] & bare["phones"]


def test_numbers_of_either_side_are_phones_by_their_form() -> None:
    random = Random(1)
    written = [bystanders.written(random, is_phone=True) for _ in range(200)]
    assert sum(map(phone.is_valid, written)) > 150


def test_what_is_learnt_tells_the_sides_apart() -> None:
    rows = list(bystanders.rows(iter(_examples())))
    weights = np.frombuffer(bystanders.learn(rows), np.uint8).astype(int)
    right = 0
    for features, is_phone in rows:
        total = sum(weights[place(each)] for each in features)
        right += (total > ZERO * len(features)) == is_phone
    assert right > 0.85 * len(rows)


def test_unread_sets_are_not_learnt_from() -> None:
    assert "fourteenth" not in bystanders.BENCHMARKS


def test_every_line_about_plates_holds_a_code_and_no_slot_is_left() -> None:
    draw = plates.PlateDraw(Random(1))
    for side, lines in draw.lines.items():
        for line in lines:
            found = list(draw.examples(line, is_phone=side == "plates"))
            assert found, line
            assert any(example.is_phone for example in found) is (side == "plates"), line
            assert all("{" not in example.text.replace('{"', "") for example in found), line


def test_a_charger_beside_a_plate_is_none() -> None:
    draw = plates.PlateDraw(Random(1))
    found = list(draw.examples("stolpe {x} laddar {r}", is_phone=True))
    assert [example.is_phone for example in found] == [False, True]

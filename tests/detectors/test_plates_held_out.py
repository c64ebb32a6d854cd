"""Plates in ordinary texts that no model has learnt, and their twins that are something else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from detectors.swedish import analyse

HELD_OUT = tomllib.loads(Path(__file__).with_name("plates_held_out.toml").read_text("utf-8"))
LEARNT = Path(__file__).parents[2] / "training"
_MARKED = re.compile("«([^»]+)»")


def _told(side: str) -> list[bool]:
    """Whether each marked code of a side is found as a plate."""
    found = list[bool]()
    for line in HELD_OUT[side]:
        text = _MARKED.sub(r"\1", line)
        plates = {
            text[one.start : one.end]
            for one in analyse(text)
            if one.entity == "SE_VEHICLE_REGISTRATION"
        }
        found += [code in plates for code in _MARKED.findall(line)]
    return found


def test_plates_that_no_word_for_a_car_names_are_found_more_often_than_not() -> None:
    assert sum(_told("plates")) >= 50


def test_few_codes_of_other_things_in_the_same_sentences_are_plates() -> None:
    assert sum(_told("others")) <= 25


def test_no_text_that_judges_is_learnt() -> None:
    tables = [tomllib.loads(path.read_text("utf-8")) for path in LEARNT.glob("plates*.toml")]
    learnt = {
        re.sub(r"\{[rx]\}", "", line)
        for table in tables
        for side in ("nobody", "plates")
        for line in (*table[side]["lines"], *table[side]["tables"])
    }
    assert not learnt & {_MARKED.sub("", line) for side in HELD_OUT.values() for line in side}

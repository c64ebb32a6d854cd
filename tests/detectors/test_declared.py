"""Recognisers of the user's own in Presidio's YAML: what they find, and wrong files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detectors.registry import load
from detectors.screen import is_allowed
from detectors.selection import Selection
from detectors.swedish import SwedishDetector, analyse

CARD = r"""
recognizers:
  - name: Customer card
    supported_entity: CUSTOMER_CARD
    patterns:
      - {name: letters and digits, regex: '\bKK-[0-9]{6}\b', score: 0.4}
    context: [kundkort]
"""


def written(folder: Path, text: str) -> tuple[str]:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return (str(path),)


FORMS = [
    CARD,
    # Presidio's own way of context words, and its keys that say nothing here
    CARD.replace(
        "    context: [kundkort]",
        "    supported_languages:\n      - {language: sv, context: [kundkort]}\n      - en\n"
        "    type: custom\n    enabled: true\n    version: 0.1",
    ),
    "supported_languages: [sv]\n" + CARD,
]


@pytest.mark.parametrize("text", FORMS)
def test_matches_stand_with_their_words(tmp_path: Path, text: str) -> None:
    own = written(tmp_path, text)
    (found,) = analyse("Kundkortet KK\N{EN DASH}123456 är spärrat.", 0.5, Selection(own))
    assert (found.entity, found.start, found.end) == ("CUSTOMER_CARD", 11, 20)
    assert found.reasons == ("pattern", "cue word")
    assert analyse("Artikel KK-123456 finns.", 0.5, Selection(own)) == []
    assert "CUSTOMER_CARD" in SwedishDetector(0.5, own).entities


def test_words_of_a_list_are_found(tmp_path: Path) -> None:
    own = written(
        tmp_path,
        "recognizers: [{name: a, supported_entity: PROJECT, deny_list: [Ekorren, Igelkotten]}]",
    )
    text = "Projekt Igelkotten och Ekorren."
    assert [text[hit.start : hit.end] for hit in analyse(text, 0.5, Selection(own))] == [
        "Igelkotten",
        "Ekorren",
    ]


def test_one_that_is_switched_off_finds_nothing(tmp_path: Path) -> None:
    own = written(tmp_path, CARD + "    enabled: false\n")
    assert load(own) == load()


def test_a_changed_file_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    own, other = written(tmp_path, CARD), written(tmp_path / "b", CARD.replace("{6}", "{7}"))
    assert SwedishDetector(0.5, own).version != SwedishDetector(0.5, other).version


WRONG = [
    ("nothing", "has no list `recognizers`; it must be Presidio's YAML"),
    ("recognizers: []", "recognizers: is empty; fill it"),
    ("recognizers: [1]", "recognizers.1: must be a table of keys and values"),
    ("{[", "is not valid YAML (line 1); mend that line"),
    (CARD.replace("name: Customer card", "score: 1"), "recognizers.1.name: is missing; add it"),
    (CARD.replace("score: 0.4", "score: 4"), "recognizers.1.patterns.1.score: must be less than"),
    (CARD.replace("score: 0.4", "score: a"), "recognizers.1.patterns.1.score: must be number"),
    (CARD.replace("[kundkort]", "kundkort"), "recognizers.1.context: must be a list"),
    (CARD.replace("context", "contxt"), "recognizers.1.contxt: unknown key; remove it"),
    (CARD.replace("CUSTOMER_CARD", "[A, B]"), "recognizers.1.supported_entity: must be a text"),
    (CARD.replace("{6}", "{6}("), "recogniser 1 (Customer card): pattern 'letters and digits'"),
    ("recognizers: [{name: a, supported_entity: A}]", "add `patterns` or `deny_list`"),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    own = written(tmp_path, text)
    with pytest.raises(ValueError, match=r"own\.yaml: ") as caught:
        load(own)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ValueError, match=r"absent\.yaml: there is no such file"):
        load(("absent.yaml",))


def test_bytes_that_are_no_text_are_no_yaml(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes(b"\xff\xfe\x00\xff\x00")
    with pytest.raises(ValueError, match="is not valid YAML"):
        load((str(tmp_path / "own.yaml"),))


def example(language: str) -> str:
    """The first example in a language of the page on adding a recogniser."""
    page = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-recogniser.md"
    return page.read_text(encoding="utf-8").split(f"```{language}\n")[1].split("```")[0]


def test_the_documented_yaml_works(tmp_path: Path) -> None:
    own = written(tmp_path, example("yaml"))
    assert [hit.entity for hit in analyse("Kundkort KK-123455", 0.5, Selection(own))] == [
        "CUSTOMER_CARD"
    ]


def test_the_documented_module_works() -> None:
    module: dict[str, Any] = {"__name__": "customer_card"}
    exec(example("python"), module)  # noqa: S102 - our own page
    assert is_allowed(module["TRIGGER"])
    assert isinstance(module["REACH"], int)
    (hit,) = module["PLUGIN"]().find("Kort KK-123455 och KK-123456")
    assert (hit.start, hit.end) == (5, 14)
    assert hit.score < 0.5

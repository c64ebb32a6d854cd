from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from training import business, written
from training.business import Source, documents, swapped, swapped_texts
from training.people import shortened

GIVEN = {"women": "Anna,90\nFatima,40\nKarin,30\n", "men": "Omar,50\nErik,80\nLars,20\nAli,70\n"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    names = root / "svensktext" / "namn"
    names.mkdir(parents=True)
    (names / "tilltalsnamn-kvinnor.csv").write_text(f"name,persons\n{GIVEN['women']}")
    (names / "tilltalsnamn-man.csv").write_text(f"name,persons\n{GIVEN['men']}")
    (names / "efternamn-x.csv").write_text("lastname,frequency\nBerg,900\nEkman,500\n")
    places = root / "svensktext" / "platser"
    places.mkdir()
    (places / "ortsnamn.csv").write_text("city\nEkby\nNorrvik\n")
    return root


@pytest.fixture(scope="module")
def drawn(data: Path) -> Source:
    return business.source(data, locales=False)


def test_enough_templates_and_no_slot_is_left_unfilled(drawn: Source) -> None:
    assert len(drawn.texts) >= 650
    assert len(drawn.negatives) >= 1000
    texts = {(template.kind, template.text) for template in (*drawn.texts, *drawn.negatives)}
    assert len(texts) == len(drawn.texts) + len(drawn.negatives)
    random = Random(3)
    for template in (*drawn.texts, *drawn.negatives):
        text = "".join(part for part, _ in business.Filling(drawn, random).segments(template.text))
        assert not re.search(r"\{[A-Za-zåäö]+(?:s_)?\d?\}", text), template.text
        assert "\u00ad" not in text


def test_spans_are_in_order_inside_the_text_and_never_overlap(drawn: Source) -> None:
    for text in documents(1, 1500, drawn):
        for start, end, label in text.spans:
            assert 0 <= start < end <= len(text.text)
            assert label in {"PERSON", "LOCATION", "ORGANIZATION"}
            name = text.text[start:end]
            assert name == name.strip()
        assert all(left[1] <= right[0] for left, right in pairwise(text.spans))


def test_the_same_seed_gives_the_same_texts(drawn: Source) -> None:
    first = list(documents(7, 200, drawn))
    assert first == list(documents(7, 200, drawn))
    assert first != list(documents(8, 200, drawn))


def test_texts_without_a_person_have_none(drawn: Source) -> None:
    for text in documents(2, 1500, drawn):
        if text.kind.startswith("neg_"):
            assert all(label != "PERSON" for _, _, label in text.spans), text


def test_half_of_the_texts_have_no_person_and_a_fifth_are_cells(drawn: Source) -> None:
    kinds = [text.kind for text in documents(6, 4000, drawn)]
    assert sum(kind.startswith("neg_") for kind in kinds) >= 0.45 * len(kinds)
    cells = sum(kind in {"cell", "single", "neg_cell"} for kind in kinds)
    assert 0.16 * len(kinds) <= cells <= 0.26 * len(kinds)


@pytest.mark.parametrize("name", ["{F} {E}", "{F}-{F} {E}", "{E}-{E}", "{F} {F} {E}"])
def test_parts_of_a_name_are_one_name(drawn: Source, name: str) -> None:
    filling = business.Filling(drawn, Random(2))
    pieces = filling.segments(f"Av {name}, {{F}} och {{F}}\n{{F}}.")
    assert [label for _, label in pieces] == ["", *["PERSON", ""] * 4]


def test_phrases_with_a_label_are_marked_as_a_whole(drawn: Source) -> None:
    for name, label in drawn.labels.items():
        for seed in range(20):
            pieces = business.Filling(drawn, Random(seed)).segments(f"Vid {{{name}}}.")
            assert [found for _, found in pieces] == ["", label, ""]


@pytest.mark.parametrize(
    "form",
    [
        r"[A-Z]\w+ [A-Z]\w+",
        r"[A-Z]\w+",
        r"\w+-\w+ \w+",
        r"\w+ \w+-\w+",
        r"\w+ \w+ \w+",
        r"\w+ \w+ \w+ \w+",
        r"[A-Z]\. \w+",
        r"[A-Z]-[A-Z] \w+",
        r"\w+ [A-Z]\. \w+",
        r"\w+, \w+",
        r"\w+ von \w+",
        r"[A-ZÅÄÖ]{2,} [A-ZÅÄÖ]{2,}",
        r"[a-zåäö]{3,} [a-zåäö]{3,}",
    ],
)
def test_every_written_form_occurs(drawn: Source, form: str) -> None:
    assert any(re.fullmatch(form, name) for name in _persons(drawn))


def _persons(drawn: Source) -> set[str]:
    return {
        text.text[start:end]
        for text in documents(4, 4000, drawn)
        for start, end, label in text.spans
        if label == "PERSON"
    }


def test_the_genitive_s_is_no_part_of_the_name(drawn: Source) -> None:
    filling = business.Filling(drawn, Random(1))
    text = business.assembled(filling.segments("{Fs_1} bil är {F1}"), "x")
    (start, end, _), (again, stop, _) = text.spans
    assert text.text[start:end] == text.text[again:stop]
    assert text.text[end] == "s" or text.text[end - 1] == "s"


@pytest.mark.parametrize("name", ["Andreas", "Max", "Franz"])
def test_a_name_that_ends_like_a_genitive_gets_no_s(name: str) -> None:
    written_ = {tuple(written.genitive(name, Random(seed))) for seed in range(60)}
    assert {pieces[0] for pieces in written_} == {(name, "PERSON")}
    assert {pieces[1][0] for pieces in written_} == {"", "'", "’", "´"}


def test_genitives_are_a_tenth_of_the_names(drawn: Source) -> None:
    ends = [
        text.text[end : end + 1].casefold()
        for text in documents(9, 3000, drawn)
        for _, end, label in text.spans
        if label == "PERSON"
    ]
    assert 0.06 <= ends.count("s") / len(ends) <= 0.2


def test_a_slot_with_a_caret_begins_with_a_capital(drawn: Source) -> None:
    for seed in range(30):
        filled = business.Filling(drawn, Random(seed)).segments("{^vem} {predikat}")
        first = filled[0][0]
        assert first[0] == first[0].upper()


def test_a_cast_puts_things_in_the_place_of_persons(drawn: Source) -> None:
    (cast,) = {tuple(sorted(t.cast.items())) for t in drawn.negatives if t.cast}
    for seed in range(200):
        filling = business.Filling(drawn, Random(seed), dict(cast))
        assert all(label != "PERSON" for _, label in filling.segments("{mening}. {fråga}? {notis}"))


def test_a_phrase_with_a_digit_says_the_same_again(drawn: Source) -> None:
    for seed in range(30):
        filling = business.Filling(drawn, Random(seed))
        first, again = (filling.segments(slot) for slot in ("{namnfirma1}", "{namnfirmas_1}"))
        assert again[: len(first)] == first
        assert "".join(text for text, _ in again)[-1] in "sxz"


@pytest.mark.parametrize("name", ["Kristoffer", "Elisabet", "Magnus", "Robert", "Fatima"])
def test_nicknames_are_made_of_a_syllable_of_the_name(name: str) -> None:
    made = {shortened(name, Random(seed)) for seed in range(40)}
    assert len(made) >= 5
    assert all(re.fullmatch(r"[A-ZÅÄÖ][a-zåäö]{3,}", short) for short in made)
    assert all(short[1:3].casefold() in name.casefold() or short[0] == name[0] for short in made)


def test_swapping_keeps_shape_genitive_and_case(data: Path) -> None:
    tokens = ["I", "går", "sa", "Karin", "A.", "Bergs", "bror", "ERIK", "i", "Ekby", "att", "Berg"]
    spans = [(3, 6, "PER"), (7, 8, "PER"), (9, 10, "LOC"), (11, 12, "PER")]
    for seed in range(30):
        ((new, moved),) = swapped([(tokens, spans)], seed, data, places=1.0, locales=False)
        assert [label for *_, label in moved] == ["PER", "PER", "LOC", "PER"]
        assert new[0:3] == tokens[0:3]
        assert re.fullmatch(r"[A-ZÅÄÖ]\.", new[4])
        assert new[5][-1] in "sxz"
        assert new[5] in {new[-1], new[-1] + "s"}
        assert new[7].isupper()


def test_swapping_text_moves_the_spans(data: Path) -> None:
    text, name = "Erik Berg bor i Ekby.", "Erik Berg"
    spans = [(0, len(name), "PERSON"), (16, 20, "LOCATION")]
    ((new, moved),) = swapped_texts([(text, spans)], 5, data, places=0.0, locales=False)
    (start, end, _), (place, stop, _) = moved
    assert new[start:end].count(" ") == 1
    assert new[place:stop] == "Ekby"
    assert new.endswith(" bor i Ekby.")

"""The sense of a sentence speaks for the class that it tells of, and else for none."""

import pytest

from benchmarks.sensitive import CLASSES
from detectors import cues, gist


@pytest.mark.parametrize(
    ("entity", "sentence"),
    [
        ("HEALTH", "Hon äter starka tabletter mot värken sedan operationen."),
        ("RELIGION", "Han ber i moskén varje fredag."),
        ("TRADE_UNION", "Medlemmen i facket vill ha hjälp av klubben."),
        ("DEBT_COLLECTION", "Kronofogden kräver henne på skulden."),
        ("CRIMINAL_OFFENCE", "Sonen dömdes till fängelse för rånet."),
    ],
)
def test_a_class_is_heard_above_all_others(entity: str, sentence: str) -> None:
    heard = gist.scores(sentence)
    assert heard[entity] > 0
    assert max(heard, key=lambda each: heard[each]) == entity


@pytest.mark.parametrize(
    "sentence", ["", "!", "Transformatorn byts på fredag.", "Fakturan förfaller den 30 mars."]
)
def test_nothing_is_heard_in_what_is_about_nobody(sentence: str) -> None:
    assert max(gist.scores(sentence).values()) < 0


def test_every_class_is_heard_for() -> None:
    assert set(gist.scores("Hej")) == CLASSES


def test_names_are_alike_and_numbers_too() -> None:
    assert gist.scores("Anna har 3 lån.") == gist.scores("Erik har 17 lån.")
    assert gist.tokens("Kund Erik Lindberg: 17") == ["kund", "<name>", "<name>", ":", "#"]


def test_an_unknown_word_is_known_by_its_ends() -> None:
    assert "epilepsimedicinerna" not in set(gist.known())
    heard = gist.score("HEALTH", "Han tar sina epilepsimedicinerna.")
    assert heard > gist.score("HEALTH", "Han tar sina jordkabelskarvarna.")


def test_hints_are_no_everyday_words_and_wake_their_class() -> None:
    for entity in CLASSES:
        words = cues.vocabulary(entity)
        hints = [cue.words for cue in words.cues if cue.kind == cues.SENSE]
        assert len(hints) >= 100
        assert not cues.everyday() & set(hints)
        assert all(words.find(hint, 0, len(hint)) for hint in hints[:20])

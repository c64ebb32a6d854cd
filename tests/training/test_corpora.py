from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from training.corpora import Sentence, news, public, recased, sentences, split, words

NEWS = (
    "\u00adAnna\tPER\nEk   PER\n,\t0\nförr   0\ni\t0\nUppsala\tLOC\n.   0\n\n"
    "”   0\nNej\t0\n”   0\n(\t0\nSJ\tORG\n)\t0\n"
)


def test_news_is_joined_to_text_with_spans(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    first, second = news(path)
    assert first.text == "Anna Ek, förr i Uppsala."
    assert [(first.text[a:b], label) for a, b, label in first.spans] == [
        ("Anna Ek", "PERSON"),
        ("Uppsala", "LOCATION"),
    ]
    assert second == Sentence("”Nej” (SJ)", ((7, 9, "ORGANIZATION"),))


def test_words_know_what_stands_before_them() -> None:
    text = "Anna-Lena Al-Hassans S:t Erik."
    found = [(text[word.start : word.end], word.spaced) for word in words(text)]
    assert found == [
        ("Anna-Lena", True),
        ("Al-Hassans", True),
        ("S:t", True),
        ("Erik", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("Han kom. Hon gick.", 2),
        ("Se t.ex. Anna. Hon gick.", 2),
        ("Enligt A. Ek i prop. 2001 gick det. Ja.", 2),
        ("Den 3. Maj", 1),
    ],
)
def test_sentences_end_after_no_abbreviation(paragraph: str, count: int) -> None:
    assert len(sentences(paragraph)) == count


def test_parts_share_no_text() -> None:
    given = [Sentence(str(number % 60), ()) for number in range(100)]
    train, held = split(given, 0.1, 1)
    assert (len(train), len(held)) == (54, 6)
    assert not set(train) & set(held)
    assert split(given, 0.1, 1) == (train, held)


def test_a_copy_in_other_case_keeps_its_spans() -> None:
    assert recased(Sentence("Åke Ek", ((0, 6, "PERSON"),)), upper=True) == Sentence(
        "ÅKE EK", ((0, 6, "PERSON"),)
    )
    assert recased(Sentence("Groß Ek", ()), upper=True) is None


def test_public_sentences_differ_and_recurring_names_are_passed_over(tmp_path: Path) -> None:
    lines = [f"Minister Maj Ek kom idag till mötet nummer {number}." for number in range(50)]
    lines += ["Det regnade hela den långa dagen igår."] * 20
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    texts = [sentence.text for sentence in public(tmp_path, 4000, 1)]
    assert len(texts) == len(set(texts)) == 16
    assert texts == [sentence.text for sentence in public(tmp_path, 4000, 1)]

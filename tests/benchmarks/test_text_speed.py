from __future__ import annotations

import pytest

from benchmarks import english, text_speed
from benchmarks.name_systems import ours, stock
from benchmarks.text_speed import Pace


def test_sparse_text_has_a_name_every_five_kilobytes() -> None:
    texts = text_speed.sparse(50_000)
    named = [text for text, spans in zip(texts, ours(texts), strict=True) if spans]
    assert sum(map(len, texts)) == pytest.approx(50_000, rel=0.02)
    assert 7 <= len(named) <= 12
    assert max(map(len, texts)) <= 1_000


def test_dense_text_has_names_in_every_kilobyte_and_none_twice() -> None:
    texts = text_speed.dense(50_000)
    assert len(set(texts)) == len(texts) >= 50
    assert all(ours(texts))


def test_a_pace_is_compared_with_one_text_after_another() -> None:
    assert Pace(ours=100, theirs=20, together=25).times == 5


def test_presidio_in_english_finds_persons_and_the_blank_swedish_one_none() -> None:
    texts = ["Yesterday John Smith called the office.", "Nothing here."]
    assert english.names(texts) == [{(10, 20)}, set()]
    assert stock(texts) == [set(), set()]
    assert len(english.read(texts)) == len(list(english.read_together(texts))) == 2

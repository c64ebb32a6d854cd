"""The name model reads texts of any length, alone or beside others, and says the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from detectors import tagger as module
from detectors.tagger import tagger
from detectors.tokens import tokens

_TEXT = "Anna Bergs man Yusuf Demir i Kalmar ringde Kalmar Energi AB om avtalet. Mvh Lena"
_LINE = [_TEXT[start:end] for start, end in tokens(_TEXT)]


def test_a_long_text_is_read_in_pieces_that_see_their_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = tagger().chances([_LINE * 40])[0]
    monkeypatch.setattr(module, "_AT_A_TIME", 37)
    assert np.allclose(tagger().chances([_LINE * 40])[0], whole, atol=1e-4)


def test_texts_beside_one_another_do_not_meet() -> None:
    alone = [tagger().chances([words])[0] for words in (_LINE, _LINE[3:6], _LINE[:1])]
    together = tagger().chances([_LINE, _LINE[3:6], _LINE[:1]])
    for one, other in zip(alone, together, strict=True):
        assert np.allclose(one, other, atol=1e-4)


def test_names_end_before_a_genitive_and_a_cell() -> None:
    text = "Anna Bergs avtal\nYusuf Demir\tKalmar"
    found = [(name.kind, name.of(text)) for name in tagger().names([text])[0]]
    assert ("PERSON", "Yusuf Demir") in found
    assert not any("\t" in own or "\n" in own for _, own in found)


def _chances(*rows: tuple[float, ...]) -> NDArray[np.float32]:
    return np.array(rows, np.float32)


def test_a_name_goes_on_only_where_it_has_begun() -> None:
    outside = (0.9, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0)
    inside = (0.1, 0.3, 0.6, 0.0, 0.0, 0.0, 0.0)
    assert module._likeliest(_chances(outside, inside)) == [0, 1]
    doubtful = (0.5, 0.45, 0.0, 0.05, 0.0, 0.0, 0.0)
    assert module._likeliest(_chances(doubtful, inside)) == [1, 2]
    other = (0.1, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0)
    assert module._likeliest(_chances(other, inside)) == [3, 1]


@pytest.mark.parametrize("between", ["\t", " | ", "\n"])
def test_a_name_ends_where_tokens_do_not_stand_beside_one_another(between: str) -> None:
    text = f"Bo{between}Ek"
    inside = (0.05, 0.15, 0.8, 0.0, 0.0, 0.0, 0.0, -1.0)
    outside = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0)
    spans = tokens(text)
    said = _chances(*(inside if text[a:b].isalpha() else outside for a, b in spans))
    names = module._names(text, spans, module._Told.of(said), 0)
    assert [name.of(text) for name in names] == ["Bo", "Ek"]


def test_a_name_is_as_sure_as_its_tokens_on_average() -> None:
    said = _chances((0.1, 0.9, 0, 0, 0, 0, 0, -1), (0.3, 0.1, 0.4, 0, 0, 0.1, 0.1, 1))
    (name,) = module._names("Bo Eks", [(0, 2), (3, 6)], module._Told.of(said), 0)
    assert (name.kind, name.start, name.end) == ("PERSON", 0, 5)
    assert name.sure == pytest.approx(0.7)


def test_neighbours_that_begin_are_two_names() -> None:
    begun = (0.1, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0)
    said = module._Told.of(_chances(begun, begun))
    assert len(module._names("Bo Ek", [(0, 2), (3, 5)], said, 0)) == 2


def test_a_texts_names_are_told_by_its_own_tokens() -> None:
    outside = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0)
    begun = (0.1, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0)
    said = module._Told.of(_chances(outside, begun, outside))
    assert module._names("hej", [(0, 3)], said, 0) == []
    assert [name.of("Bo") for name in module._names("Bo", [(0, 2)], said, 1)] == ["Bo"]


@given(
    arrays(np.float32, st.tuples(st.integers(1, 6), st.just(8)), elements=st.floats(0, 1, width=32))
)
def test_the_likeliest_tags_of_single_words_are_those_in_all_where_they_go_together(
    said: NDArray[np.float32],
) -> None:
    quick = module._tags(module._Told.of(said), 0, len(said))
    thorough = module._likeliest(said[:, :-1])
    places = np.arange(len(said))
    logs = np.log(said + 1e-9)
    assert logs[places, quick].sum() == pytest.approx(logs[places, thorough].sum(), abs=1e-4)


@given(st.text())
def test_tokens_are_all_that_is_no_space(text: str) -> None:
    kept = "".join(text[start:end] for start, end in tokens(text))
    assert kept == "".join(sign for sign in text if sign == "\n" or not sign.isspace())

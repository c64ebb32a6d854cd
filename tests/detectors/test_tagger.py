"""The name model reads texts of any length, alone or beside others, and says the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.text())
def test_tokens_are_all_that_is_no_space(text: str) -> None:
    kept = "".join(text[start:end] for start, end in tokens(text))
    assert kept == "".join(sign for sign in text if sign == "\n" or not sign.isspace())

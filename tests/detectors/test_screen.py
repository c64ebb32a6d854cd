"""The screen loses nothing: screened and unscreened results are equal."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors import literals, portions, presidio, registry
from detectors.competition import Claim
from detectors.portions import together
from detectors.screen import WIDTH, Screen, Trigger, is_allowed
from detectors.swedish import judged

_CORPUS = Path(__file__).parents[1] / "corpus"
_PROSE = "Vi ses på mötet i morgon och tar med kaffe till alla som kommer dit. " * 4


@cache
def _unscreened() -> Screen:
    return Screen([Trigger(None, None) for _ in registry.load()])


@cache
def _fallback() -> Screen:
    return Screen([registered.trigger for registered in registry.load()], engine="re")


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """Label and text of every corpus line."""
    found = []
    for path in sorted(_CORPUS.glob("*.toml")):
        corpus = tomllib.loads(path.read_text(encoding="utf-8"))
        for block in [corpus, *corpus.get("labelled", [])]:
            lines = [*block.get("match", []), *block.get("no_match", [])]
            found += [(block.get("label", ""), re.sub("[«»]", "", line)) for line in lines]
    return tuple(found)


def _claims(text: str, label: str = "", screen: Screen | None = None) -> list[Claim]:
    return [claim for _, claims in judged([text], label, screen=screen) for claim in claims]


def _entities() -> list[str]:
    return sorted(path.stem for path in _CORPUS.glob("*.toml"))


@pytest.mark.parametrize("label", sorted({label for label, _ in _lines()}))
def test_every_corpus_line_gives_the_same_screened_and_unscreened(label: str) -> None:
    for own, text in _lines():
        if own == label:
            assert _claims(text, label) == _claims(text, label, _unscreened()), text
            assert _claims(text, label) == _claims(text, label, _fallback()), text


def test_a_match_in_a_long_text_is_the_match_of_its_line() -> None:
    for label, text in _lines()[::7]:
        long = f"{_PROSE}\n\n{text}\n\n{_PROSE}"
        assert _claims(long, label) == _claims(long, label, _unscreened()), text


_BETWEEN = st.sampled_from(
    ["\n", " ", ", ", "; ", "\t", " kr ", "\n\n", "\u00ad ", " (", ". ", ": "]
)
_PIECES = st.tuples(st.sampled_from([text for _, text in _lines()]), _BETWEEN).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=6).map("".join))
def test_texts_put_together_give_the_same_screened_and_unscreened(text: str) -> None:
    assert _claims(text) == _claims(text, screen=_unscreened())


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("0123456789 -+/.,:;@()\nSEABCabcåäö\u00a0\u2013łß"), max_size=120))
def test_any_text_gives_the_same_screened_and_unscreened(text: str) -> None:
    assert _claims(text) == _claims(text, screen=_unscreened())


def test_texts_screened_together_are_judged_alone() -> None:
    texts = [text for _, text in _lines()][::5]
    alone = [_claims(text) for text in texts]
    found: list[list[Claim]] = [[] for _ in texts]
    for index, claims in judged(texts):
        found[index] += claims
    assert found == alone


def test_no_match_is_lost_or_doubled_where_a_long_text_is_cut() -> None:
    line = (
        "Ring 070-174 06 05, personnr 811228-9874, Storgatan 10, 391 28 Kalmar; anna@example.se.\n"
    )
    text = line * 60
    whole = _claims(text)
    assert len(whole) >= 240
    for size in (97, 501, 1013):
        pieces = []
        for group in together([text], size=size, margin=400):
            for portion in group:
                own = presidio.read([portion.text])
                spans = {(span.entity, *_at(portion, span)) for _, all_ in own for span in all_}
                pieces += [span for span in spans if portion.low <= span[1] < portion.high]
        expected = {(span.entity, span.start, span.end) for span in _spans(text)}
        assert sorted(pieces) == sorted(expected)


def _spans(text: str) -> list[presidio.Span]:
    return [span for _, spans in presidio.read([text]) for span in spans]


def _at(portion: portions.Portion, span: presidio.Span) -> tuple[int, int]:
    form = portion.normal
    start, end = form.span(span.start, span.end) if form else (span.start, span.end)
    return start + portion.first, end + portion.first


def test_windows_do_not_overlap_and_hold_their_trigger() -> None:
    screen = Screen([Trigger("[0-9]{3}", 10), Trigger("@", 5)])
    texts = ["a 123 b" + "x" * 100 + "456 @", "", "nothing", "@", "1234567890" * 400]
    windows = screen.look(texts).windows
    assert windows == sorted(windows)
    for (which, index, *_, after, _, _), (*other, start, _, _, _) in pairwise(windows):
        assert [which, index] != other or after < start
    for _, index, start, end, first, last in windows:
        assert 0 <= start <= first <= last <= end <= len(texts[index])
    assert {(index, which) for which, index, *_ in windows} == {(0, 0), (0, 1), (3, 1), (4, 0)}
    assert [start for which, index, start, *_ in windows if (which, index) == (0, 0)] == [0, 97]


def test_what_stands_at_the_end_of_a_block_is_found() -> None:
    screen = Screen([Trigger(r"\b[0-9]{10}\b", 0)])
    for before in range(1480, 1520):
        text = "x" * before + " 8112289874 " + "x" * 3000
        assert (0, 0, before + 1, before + 11) in {
            window[:4] for window in screen.look([text]).windows
        }


def test_every_trigger_of_ours_keeps_to_the_subset_and_its_width() -> None:
    for registered in registry.load():
        trigger = registered.trigger
        assert not trigger.fires_everywhere, f"{registered.name} reads every text"
        assert trigger.reach is not None, registered.name
        if trigger.pattern is None:
            continue
        assert is_allowed(trigger.pattern), registered.name
        _, widest = re._parser.parse(trigger.pattern).getwidth()  # type: ignore[attr-defined]
        assert widest <= WIDTH, f"{registered.name} may match {widest} characters"
        assert re.compile(trigger.pattern.encode("latin-1")).search(b"\0\0\0") is None
        assert r"\s" not in trigger.pattern, registered.name
        # what takes any sign at its end names a text's border, so that the screen leaves that out
        assert "[^" not in trigger.pattern or r"|\x00)" in trigger.pattern, registered.name


def test_what_holds_a_digit_is_found_wherever_it_stands_among_others() -> None:
    triggers = ["[0-9]{3}|a1", "[a-z]{2}", "(?:x|[0-9])y", "-[0-9]{1,70}", "[0-9]?z", "[^0-9]0"]
    screen = Screen([Trigger(pattern, 0) for pattern in triggers])
    gap = " " * 400
    text = f"123{gap}bb{gap}-45{gap}xy{gap}7y{gap}z{gap}a1{gap}" + "-" + "6" * 70
    found = screen.spans([text])
    for which, pattern in enumerate(triggers):
        spans = [match.span() for match in re.finditer(pattern, text)]
        assert found.get(which, []) == [(start + 1, end + 1) for start, end in spans], pattern


@pytest.mark.parametrize("engine", ["re2", "re"])
def test_words_fire_in_any_case_between_blanks_of_any_kind(engine: str) -> None:
    screen = Screen([Trigger(None, 0, frozenset({" sjuk", " åsa ", "löst"}))], engine=engine)
    fires = {
        "sjukskriven": [(0, 4)],
        "SJUK": [(0, 4)],
        "osjuk, 1sjuk _sjuk": [],
        "Åsa": [(0, 3)],
        "(Åsa) Åsas": [(1, 4)],
        "åsa\nÅSA": [(0, 3), (4, 7)],
        "upplöst, Löst": [(3, 7), (9, 13)],
        "ł sjuk": [(2, 6)],
        "": [],
    }
    for text, spans in fires.items():
        found = screen.spans([text]).get(0, [])
        assert found == [(start + 1, end + 1) for start, end in spans], text
    windows = screen.look(["hej", "sjuk", "x", "åsa"]).windows
    assert [window[:4] for window in windows] == [(0, 1, 0, 4), (0, 3, 0, 3)]


@pytest.mark.parametrize("engine", ["re2", "re"])
def test_a_trigger_may_ask_for_the_ends_of_a_text(engine: str) -> None:
    screen = Screen([Trigger(r"\x00[A-Z][a-z]+\x00", 3)], engine=engine)
    windows = screen.look(["Ek", "Hej du", "Berg", "", "Ek\nEk", "Å", "Al"]).windows
    assert [window[:4] for window in windows] == [(0, 0, 0, 2), (0, 2, 0, 4), (0, 6, 0, 2)]


_SYLLABLES = st.text(st.sampled_from("abå -._1\0"), min_size=3, max_size=6)


@given(st.sets(_SYLLABLES, min_size=1, max_size=6), st.text(st.sampled_from("abåBÅ -._1\0")))
def test_words_are_found_alike_with_and_without_the_automaton(words: set[str], text: str) -> None:
    every = sorted({literals.folded(word) for word in words})
    found = [
        sorted(literals.finder(every, fast=fast)(literals.folded(text))) for fast in (True, False)
    ]
    assert found[0] == found[1]
    for start, end, number in found[0]:
        assert literals.folded(text)[start:end] == every[number]


def test_a_word_too_short_to_search_for_is_refused() -> None:
    with pytest.raises(ValueError, match="three characters"):
        Screen([Trigger(None, 0, frozenset({"ab"}))])


def test_a_trigger_outside_the_subset_is_refused() -> None:
    assert not is_allowed(r"(?<=a)b")
    assert not is_allowed(r"(a)\1")
    assert not is_allowed("(")
    with pytest.raises(ValueError, match="trigger"):
        Screen([Trigger("(", 0)], engine="re")

"""Sensitive text: of a person it is suspected; negations, laws, firms and things are nobody."""

from __future__ import annotations

import re
from functools import cache
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.sensitive import CLASSES, Case, Split, cases
from detectors import cues, gist, judge, registry, sensitive
from detectors.recognizers.sensitive import ENTITIES, PLUGINS
from detectors.screen import finder
from detectors.swedish import analyse

BITS = (
    "Kunden har ", "diabetes", "MS", " KOL", "inte ", "sjuk", ". ", "Sjukhuset ", "diagnos E66",
    "muslim", "facket ", "Unionen ", "besvärlig ", "inkasso ", "\n", "är ", "Hon ", "och ",
)  # fmt: skip


def found(text: str, entity: str = "HEALTH") -> list[str]:
    return [text[hit.start : hit.end] for hit in sensitive.hits(entity, text) if hit.score >= 0.5]


def test_every_class_has_a_recogniser() -> None:
    assert set(ENTITIES) == CLASSES
    assert {name.upper() for name in PLUGINS} == CLASSES
    own = [registered for registered in registry.load() if registered.name in PLUGINS]
    assert {registered.entities for registered in own} == {(entity,) for entity in CLASSES}
    assert len({registered.version for registered in own}) == len(CLASSES)


@pytest.mark.parametrize("word", ["diabetes", "cancer", "MS", "ADHD", "dialys", "insulin", "sjuk"])
def test_a_person_makes_the_word_health_data(word: str) -> None:
    assert found(f"Kunden har {word}") == [word]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Kunden är inte sjuk", "HEALTH"),
        ("Hon har ingen allergi", "HEALTH"),
        ("Personer med diabetes är en stor grupp i samhället.", "HEALTH"),
        ("Kunden vill ha diagnos av mätaren", "HEALTH"),
        ("Sjukhuset har bytt elhandlare", "HEALTH"),
        ("ms kol lss", "HEALTH"),
        ("Facket i skåpet är tomt", "TRADE_UNION"),
        ("Jag är inte med i facket", "TRADE_UNION"),
        ("Partiet i leveransen är skadat", "POLITICAL_OPINION"),
        ("Svenska kyrkan har beställt en ny servis", "RELIGION"),
        ("Kommunal verksamhet har egen taxa", "TRADE_UNION"),
        ("Vad gäller om man har skyddad identitet?", "PROTECTED_IDENTITY"),
        ("Enligt artikel 9 är facklig tillhörighet en känslig personuppgift", "TRADE_UNION"),
        ("Inkassoavgiften är 180 kronor enligt lag", "DEBT_COLLECTION"),
    ],
)
def test_what_says_nothing_of_anybody(text: str, entity: str) -> None:
    assert found(text, entity) == []


def test_a_couple_is_told_by_who_is_whose() -> None:
    both = "Uppsägning av elen: {} flyttar ihop med sin make Carl."
    assert found(both.format("Pelle"), "SEXUAL_ORIENTATION")
    assert found(both.format("Anna"), "SEXUAL_ORIENTATION") == []


def test_a_hint_says_nothing_unless_the_sense_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    word = next(cue.words for cue in cues.vocabulary("RELIGION").cues if cue.kind == cues.SENSE)
    for heard, expected in ((sensitive.CLEAR + 0.1, [word]), (sensitive.CLEAR - 0.1, [])):
        hear(monkeypatch, {"RELIGION": heard})
        assert found(f"Kunden nämnde {word} igen i dag.", "RELIGION") == expected
    hear(monkeypatch, {"RELIGION": sensitive.CLEAR + 0.1})
    assert found(f"Stationen nämnde {word} igen i dag.", "RELIGION") == []
    assert found(f"Kunden: {word}", "RELIGION") == []
    assert found(f"Kunden, kundens {word}, avtal och mätare", "RELIGION") == []
    hear(monkeypatch, {"RELIGION": sensitive.CLEAR + 0.1, "HEALTH": sensitive.CLEAR + 4})
    assert found(f"Kunden nämnde {word} igen i dag.", "RELIGION") == []


def hear(monkeypatch: pytest.MonkeyPatch, heard: dict[str, float]) -> None:
    monkeypatch.setattr(gist, "score", lambda entity, _text: heard[entity])
    monkeypatch.setattr(gist, "scores", lambda _text: heard)


def test_a_street_is_nobodys_past() -> None:
    assert found("Hon satt i fängelse förra året", "CRIMINAL_OFFENCE")
    assert found("Hon bor på Fängelsegatan 2 med sin man", "CRIMINAL_OFFENCE") == []


def test_a_foreign_sense_silences_a_certain_cue(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Hon sitter i rullstol"
    assert found(text)
    monkeypatch.setattr(gist, "score", lambda _entity, _text: -20.0)
    assert found(text) == []


@pytest.mark.parametrize("message", ["UNH+1+UTILTS'", "BGM+E66::260'", "UNB+UNOC:3'", "PRODAT "])
@pytest.mark.parametrize("entity", ENTITIES)
def test_ediel_is_never_judged(message: str, entity: str) -> None:
    text = f"{message} Kunden har diabetes, är muslim, medlem i Unionen och hos Kronofogden"
    assert list(sensitive.hits(entity, text)) == []


def test_sentences_are_judged_one_by_one() -> None:
    text = "Kunden ringde. Sjukhuset har dialys. Hon är gravid."
    assert found(text) == ["gravid"]


def test_a_diagnosis_code_needs_the_word() -> None:
    assert found("Kunden har diagnos E66") == ["diagnos E66"]
    assert found("Kunden har E66") == []


def test_reasons_are_kinds_and_never_the_text() -> None:
    for entity in ENTITIES:
        for cue in cues.vocabulary(entity).cues:
            assert re.fullmatch(r"[a-z ]+", cue.kind), cue


def test_alternatives_in_alternatives_are_spelt_out() -> None:
    found = cues.vocabulary("CRIMINAL_OFFENCE").find("Han sitter på anstalten Hall", 0, 28)
    assert [(hit.start, hit.level) for hit in found] == [(4, "certain")]
    assert not any("((" in cue.words or "))" in cue.words for cue in found_everywhere())


def found_everywhere() -> list[cues.Cue]:
    return [cue for entity in ENTITIES for cue in cues.vocabulary(entity).cues]


def test_the_model_sees_where_a_cue_stands_and_not_which_it_is() -> None:
    one = judge.features("Kunden har diabetes sedan i fjol", [(11, 19)], ["strong True"])
    other = judge.features("Kunden har en skuld sedan i fjol", [(11, 19)], ["strong True"])
    assert set(one) == set(other)


@pytest.mark.parametrize("cue", ["hörselnedsättning", "hepatit"])
def test_the_same_word_of_a_person_and_of_nobody(cue: str) -> None:
    assert found(f"Kunden uppger {cue} och vill bli kontaktad per brev.") == [cue]
    assert found(f"Antalet fall av {cue} minskade med 12 procent.") == []
    assert found(f"Utbildning om {cue} hålls den 4 maj.") == []


def test_two_cues_are_stronger_than_one() -> None:
    one, two = "Kunden har diabetes", "Kunden har diabetes och insulinpump"
    assert [hit.score for hit in sensitive.hits("HEALTH", one)] == [0.7]
    assert [hit.score for hit in sensitive.hits("HEALTH", two)] == [0.8, 0.8]


@cache
def read(split: Split) -> list[tuple[Case, set[str]]]:
    return [(case, {hit.entity for hit in analyse(case.text)}) for case in cases(split)]


@pytest.mark.parametrize("split", ["seen", "held_out"])
@pytest.mark.parametrize("entity", sorted(CLASSES))
def test_both_halves_are_found_and_their_traps_are_not(entity: str, split: Split) -> None:
    right = wrong = missed = 0
    for case, seen in read(split):
        right += entity in case.entities & seen
        wrong += entity in case.false(seen)
        missed += entity in case.missed(seen)
    assert right / (right + wrong) >= 0.85, f"precision of {entity}"
    assert right / (right + missed) >= 0.85, f"recall of {entity}"


@pytest.mark.parametrize("entity", ENTITIES)
@given(text=st.lists(st.sampled_from(BITS), max_size=8).map("".join))
def test_spans_are_in_order_and_the_trigger_lets_them_through(entity: str, text: str) -> None:
    last = 0
    for hit in sensitive.hits(entity, text):
        assert last <= hit.start < hit.end <= len(text)
        assert 0.5 <= hit.score <= 0.8
        assert finder(cues.vocabulary(entity).trigger)(text)
        last = hit.end


def test_a_long_line_takes_time_by_its_length_only() -> None:
    started = process_time()
    assert found("inte sjuk " * 20_000) == []
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("said", "trade", "entity"),
    [
        ("Montören fick en stroke och ligger på sjukan", "Proppen i centralen har gått", "HEALTH"),
        ("Sökanden är klubbkassör i Seko", "Brytarfack 4 revideras", "TRADE_UNION"),
        ("Hon är sjundedagsadventist", "Bönhuset byter till LED", "RELIGION"),
        ("Kunden är tjetjen", "Brytning på linjen mot gränsen", "ETHNIC_ORIGIN"),
        ("Bor i husvagn sedan hon vräktes", "Isolerad ledare krävs", "SOCIAL_VULNERABILITY"),
        ("Han är pank och lever på soc", "Låna verktyg i förrådet", "FINANCIAL_VULNERABILITY"),
    ],
)
def test_words_of_the_trade_are_nobody(said: str, trade: str, entity: str) -> None:
    assert found(said, entity)
    assert found(trade, entity) == []


@pytest.mark.parametrize(
    ("name", "said", "entity"),
    [
        ("Hanna Ahmadi är borta till måndag", "Hanna är ahmadiyya", "RELIGION"),
        ("Kund Ramadan Hassan har flyttat", "Kund firar ramadan", "RELIGION"),
        ("Kontakt: Elsy Norrman", "Elsy är norrmannen på kontoret", "ETHNIC_ORIGIN"),
        ("Lo Sandell ringde om fakturan", "Medlem i LO sedan i fjol", "TRADE_UNION"),
        ("Albin Ek ringde om fakturan", "Kunden har albinism", "HEALTH"),
    ],
)
def test_what_somebody_is_called_says_nothing(name: str, said: str, entity: str) -> None:
    assert found(said, entity)
    assert found(name, entity) == []


@pytest.mark.parametrize(
    ("said", "nobody", "entity"),
    [
        ("Fredrik kom med sin man", "Fredrika kom med sin man", "SEXUAL_ORIENTATION"),
        ("Hennes sambo Karin ringde", "Hennes sambo Karl ringde", "SEXUAL_ORIENTATION"),
        ("Låset godtar inte Idas tumme", "Låset godtar inte Idas kod", "BIOMETRIC"),
        ("Klarar inte kreditprövningen, Jan", "Klarar inte trycket, Jan", "CREDIT_RATING"),
        ("Hans bil utmättes i maj", "Hans bil tvättades i maj", "DEBT_COLLECTION"),
    ],
)
def test_one_word_tells_what_is_sensitive_from_what_is_not(
    said: str, nobody: str, entity: str
) -> None:
    assert found(said, entity)
    assert found(nobody, entity) == []

"""The detector as a whole: positions, repeats, competition, labels, shares and versions."""

from __future__ import annotations

import pickle
import re
import socket
from collections import Counter
from time import perf_counter

import pytest

from detectors import competition, context, presidio, registry
from detectors.base import Evidence
from detectors.competition import Claim
from detectors.selection import Selection
from detectors.swedish import SwedishDetector, analyse
from scanner.model import Batch, Dated, Finding, Resource

_PERSON = "19850121-2396"
_BARE = "8501212396"
_OTHERS = ("8205292389", "8501212396", "7812180028", "6409217805")


def _conclude(
    *batches: Batch, threshold: float = 0.5, only: frozenset[str] = frozenset()
) -> list[Finding]:
    detector = SwedishDetector(threshold, only=only)
    evidence = Evidence(Resource("crm", "main.kund"))
    for batch in batches:
        evidence.add(batch, detector.detect(batch))
    return list(detector.conclude(evidence))


def _of(findings: list[Finding], entity: str) -> list[Finding]:
    return [finding for finding in findings if finding.entity == entity]


def _entities(text: str) -> set[str]:
    return {hit.entity for hit in analyse(text)}


def test_positions_are_those_of_the_text_as_given() -> None:
    text = "Å\u00a0Ä\r\n\U0001f4a1 nr 850121\u20112396, tel 070\u2013174\u00a006\u00a005 e\u0301"
    spans = {hit.entity: text[hit.start : hit.end] for hit in analyse(text)}
    assert spans["SE_PERSONNUMMER"] == "850121\u20112396"
    assert spans["PHONE_NUMBER"] == "070\u2013174\u00a006\u00a005"


def test_repeated_values_are_each_counted() -> None:
    values = (_PERSON, "", "-", _PERSON, f"{_PERSON} och 820529-2389", "  ")
    (finding,) = _of(_conclude(Batch("kund", values)), "SE_PERSONNUMMER")
    assert (finding.matches, finding.values, finding.read) == (4, 3, 4)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("735999850121239606", set()),
        ("mätpunkt 735999639213579810", {"SE_METERING_POINT_ID"}),
        ("IBAN SE45 5000 0000 0583 9825 7466", {"IBAN_CODE"}),
        ("3300-850121-2396", {"SE_BANK_ACCOUNT", "SE_PERSONNUMMER"}),
        ("850121-2396@example.se", {"EMAIL_ADDRESS", "SE_PERSONNUMMER"}),
        ("bankgiro 505-0109", {"SE_BANKGIRO"}),
        ("konto 5012-1234567", {"SE_BANK_ACCOUNT"}),
    ],
)
def test_claims_on_the_same_digits(text: str, entities: set[str]) -> None:
    assert _entities(text) == entities


def test_the_longer_claim_that_stands_wins() -> None:
    short = Claim("SE_PERSONNUMMER", 4, 14, 0.9)
    long = Claim("SE_METERING_POINT_ID", 0, 18, 0.6)
    weak = Claim("SE_BANK_ACCOUNT", 0, 18, 0.3)
    apart = Claim("PHONE_NUMBER", 20, 30, 0.7)
    beaten = long._replace(runner_up="SE_PERSONNUMMER")
    assert list(competition.standing([short, apart, long])) == [beaten, apart]
    assert list(competition.standing([weak, short])) == [
        short._replace(runner_up="SE_BANK_ACCOUNT")
    ]
    inner = Claim("EMAIL_ADDRESS", 0, 30, 0.9)
    assert list(competition.standing([short, inner])) == [inner, short]


@pytest.mark.parametrize(
    ("label", "stands"),
    [
        ("personnummer", True),
        ("kundPersonNr", True),
        ("KUND_PNR", True),
        ("orgnr", True),
        ("kolumn3", True),  # nothing known: nearly every value passes
        ("OCR", False),
        ("ordernummer", False),
        ("faktura_nr", False),
    ],
)
def test_a_column_of_ten_digits_stands_by_label_or_share(label: str, *, stands: bool) -> None:
    values = tuple(f"{number}" for number in (_BARE, "8205292389") * 5)
    findings = _of(
        _conclude(Batch(label, values, label=label, group="main.kund")), "SE_PERSONNUMMER"
    )
    assert bool(findings) is stands
    if stands:
        assert (findings[0].matches, findings[0].values, findings[0].read) == (10, 10, 10)


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ((_BARE,) * 7, False),
        ((_BARE,) * 8, True),
        ((_BARE,) * 9 + ("1234567890",), True),
        ((_BARE,) * 8 + ("1234567890",) * 2, False),
    ],
)
def test_share_of_an_unknown_column(values: tuple[str, ...], *, stands: bool) -> None:
    findings = _conclude(Batch("kolumn3", values, label="kolumn3", group="t"))
    assert bool(_of(findings, "SE_PERSONNUMMER")) is stands
    for finding in _of(findings, "SE_PERSONNUMMER"):
        assert "share of column" in finding.reasons


def test_references_that_pass_by_chance_are_nobodys() -> None:
    wrong = tuple(f"{number}-1234" for number in range(552000, 552100))
    chance = Batch("ref", (*wrong, "850121-2396", "556016-0680"), label="ref", group="t")
    assert not _conclude(chance)
    century = Batch("ref", (*wrong, _PERSON), label="kolumn3", group="t")
    assert _of(_conclude(century), "SE_PERSONNUMMER")
    people = Batch("ref", (*wrong, *("820529-2389",) * 10), label="ref", group="t")
    assert _of(_conclude(people), "SE_PERSONNUMMER")[0].matches == 10
    notes = Batch("", (" ".join((*wrong, _PERSON)),))
    assert _of(_conclude(notes), "SE_PERSONNUMMER")


def test_lines_of_a_text_are_not_a_column() -> None:
    assert not _of(_conclude(Batch("", (_BARE,) * 20)), "SE_PERSONNUMMER")


def test_sole_traders_in_a_column_of_companies() -> None:
    values = ("556016-0680", "5561034249", _BARE, "198208662398")
    findings = _conclude(Batch("orgnr", values, label="orgnr", group="t"))
    counts = {finding.entity: finding.matches for finding in findings}
    assert counts == {
        "SE_ORGANISATIONSNUMMER": 2,
        "SE_PERSONNUMMER": 1,
        "SE_SAMORDNINGSNUMMER": 1,
    }
    assert "sole trader" in _of(findings, "SE_PERSONNUMMER")[0].reasons


def test_findings_come_in_order_and_hold_no_value() -> None:
    batches = [
        Batch("b", (f"{_PERSON} anna@example.se",), dates=(Dated("2026-01", "B"),)),
        Batch("a", ("ring 070-174 06 05", _PERSON)),
    ]
    findings = _conclude(*batches)
    assert findings == _conclude(*batches)
    places = [(finding.location, finding.entity) for finding in findings]
    assert places == sorted(set(places))
    assert not re.search("2396|anna|174", repr(findings))
    assert _of(findings, "EMAIL_ADDRESS")[0].months == ((Dated("2026-01", "B"), 1),)


def test_the_threshold_decides() -> None:
    assert _of(_conclude(Batch("", (f"växel {_PERSON}",)), threshold=0.9), "SE_PERSONNUMMER")
    assert not _conclude(Batch("", ("info@example.se",)), threshold=0.9)
    assert _conclude(Batch("", ("info@example.se",)), threshold=0.6)


def test_recordings_are_not_text() -> None:
    batch = Batch("", (f"{_PERSON}.wav",), media="audio/x-wav")
    assert list(SwedishDetector().detect(batch)) == []


def test_the_detector_travels_and_its_version_follows_its_fields() -> None:
    detector = SwedishDetector(0.6)
    assert pickle.loads(pickle.dumps(detector)).version == detector.version  # noqa: S301
    assert SwedishDetector(0.5).version != detector.version


def test_only_what_is_asked_for_is_found() -> None:
    text = f"Anna Lindqvist, {_PERSON}, lider av diabetes, anna.lindqvist@example.se"
    every = {hit.entity for hit in analyse(text)}
    asked = Selection(only=frozenset({"EMAIL_ADDRESS", "SE_PERSONNUMMER"}))
    assert every > asked.only
    assert {hit.entity for hit in analyse(text, chosen=asked)} == asked.only


def test_a_detector_that_is_asked_for_less_says_so() -> None:
    detector = SwedishDetector(only=frozenset({"SE_PERSONNUMMER", "NOTHING_OF_OURS"}))
    assert detector.entities == {"SE_PERSONNUMMER"}
    assert detector.version != SwedishDetector().version
    assert not _conclude(Batch("", ("Anna Lindqvist",) * 20, "namn"), only=detector.only)


def test_who_finds_nothing_that_is_asked_for_does_not_read() -> None:
    names = {own.name for own in Selection(only=frozenset({"IBAN_CODE"})).registered()}
    assert names == {"iban"}


def test_big_texts_take_linear_time() -> None:
    page = (
        "Anna ringde 070-174 06 05 om 850121-2396, mejl anna@example.se, "
        "förbrukning 0421 0398 0412 0388 kWh och mätpunkt 735999639213579810.\n"
    )
    small, big = page * 500, page * 4000
    analyse(page)
    started = perf_counter()
    few = analyse(small)
    middle = perf_counter()
    many = analyse(big)
    ended = perf_counter()
    assert Counter(hit.entity for hit in many) == {
        entity: count * 8 for entity, count in Counter(hit.entity for hit in few).items()
    }
    assert (ended - middle) < 24 * (middle - started)


@pytest.mark.parametrize("line", ["a" * 300_000, "1" * 300_000, "1 " * 150_000, "070-17 " * 40_000,
                                  "a." * 150_000, "a@" * 150_000, "SE12 " * 60_000, ":" * 300_000,
                                  "1.1." * 75_000, "(0" * 100_000, "5012-1 " * 40_000])  # fmt: skip
def test_endless_lines_end(line: str) -> None:
    started = perf_counter()
    analyse(line)
    assert perf_counter() - started < 20


def test_recognizers_are_presidio_recognizers_of_one_engine() -> None:
    engine = presidio.engine()
    for language in presidio.LANGUAGES:
        results = engine.analyze(f"Kontakta {_PERSON} eller anna@example.se", language)
        assert {"SE_PERSONNUMMER", "EMAIL_ADDRESS"} <= {result.entity_type for result in results}
    long = engine.analyze("x " * 600_000 + _PERSON, "sv", entities=["SE_PERSONNUMMER"])
    assert len(long) == 1


def test_nothing_goes_out_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    registry.load.cache_clear()
    presidio.engine.cache_clear()
    presidio.readers.cache_clear()
    assert "EMAIL_ADDRESS" in _entities("mejla anna@example.se, ring 070-174 06 05")


def test_every_recognizer_states_a_version_and_its_trigger_fires_on_its_corpus() -> None:
    for registered in registry.load():
        assert registered.version, registered.name
        assert registered.entities, registered.name


@pytest.mark.parametrize(
    ("label", "folded"),
    [
        ("kundPersonNr", " kund person nr "),
        ("KUND_PNR", " kund pnr "),
        ("Org.nr", " orgnr "),
        ("Anläggnings-ID", " anlaggnings id "),
        ("Tfn. 1", " tfn "),
        ("Ma\u0308tpunkt", " matpunkt "),
        ("", "  "),
    ],
)
def test_labels_are_folded(label: str, folded: str) -> None:
    assert context.fold_label(label) == folded


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("kundpersonnumret är # i avtalet", context.CUE),
        ("# (personnummer)", context.CUE),
        ("personnr saknas, OCR #", -context.DOUBT),
        ("OCR 123, personnr #", context.CUE),
        ("spnrs #", 0.0),
        ("pnr #", context.CUE),
        ("# 123 personnummer", 0.0),
        ("personnummer " + "x " * 40 + "#", 0.0),
    ],
)
def test_the_nearest_word_counts(text: str, change: float) -> None:
    words = context.Words.of(("personn", "pnr"), (" ocr ",), {})
    at = text.index("#")
    assert context.Surroundings(text).of(at, at + 1, words).change == change

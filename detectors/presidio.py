"""Presidio, wrapped once: the engine that is home to every recogniser, and how a text is read.

`AnalyzerEngine.analyze` costs hundreds of microseconds a call and its context words are blind
without lemmas, so values are read by the registered recognisers themselves, each behind its
trigger; words around a hit are judged by `detectors.context`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors import registry
from detectors.context import Words
from detectors.recognizers.base import REASONS

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Reader:
    """A recogniser of the engine, the trigger before it and the words that bear on its hits."""

    recognizer: EntityRecognizer
    trigger: re.Pattern[str] | None
    words: Words


@dataclass(frozen=True, slots=True)
class Span:
    """What a recogniser claims in a text, before words and rivals are heard."""

    entity: str
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]
    reader: Reader


@cache
def engine() -> AnalyzerEngine:
    """The one analyzer engine of this process: our recognisers only, no language model."""
    recognizers = []
    for registered in registry.load():
        recognizers.append(registered.recognizer)
        english = copy.copy(registered.recognizer)
        english.supported_language = "en"
        recognizers.append(english)
    models = [{"lang_code": language, "model_name": "none"} for language in LANGUAGES]
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers, supported_languages=list(LANGUAGES)),
        nlp_engine=NoOpNlpEngine(models=models),
        supported_languages=list(LANGUAGES),
    )


@cache
def _no_words() -> NlpArtifacts:
    """What Presidio's signature asks for: no tokens, as there is no language model."""
    return engine().nlp_engine.process_text("", LANGUAGES[0])


@cache
def readers() -> tuple[Reader, ...]:
    """The engine's recognisers for Swedish text, in a stable order."""
    triggers = {id(registered.recognizer): registered.trigger for registered in registry.load()}
    return tuple(
        Reader(
            recognizer,
            triggers.get(id(recognizer)),
            Words.of(
                recognizer.context or (),
                getattr(recognizer, "DOUBTS", ()),
                getattr(recognizer, "CUE_REASONS", {}),
            ),
        )
        for recognizer in engine().registry.recognizers
        if recognizer.supported_language == LANGUAGES[0]
    )


def read(text: str) -> Iterator[Span]:
    """What the recognisers whose triggers fire claim in the text."""
    for reader in readers():
        if reader.trigger is not None and not reader.trigger.search(text):
            continue
        recognizer = reader.recognizer
        for result in recognizer.analyze(text, recognizer.supported_entities, _no_words()):
            metadata = result.recognition_metadata or {}
            reasons = tuple(metadata.get(REASONS, ()))
            yield Span(result.entity_type, result.start, result.end, result.score, reasons, reader)


def entities() -> frozenset[str]:
    """What the recognisers find."""
    return frozenset(entity for registered in registry.load() for entity in registered.entities)


def version() -> str:
    """Changes with Presidio and with any recogniser's own version."""
    parts = [f"{registered.name} {registered.version}" for registered in registry.load()]
    return "; ".join([f"presidio {installed('presidio-analyzer')}", *parts])

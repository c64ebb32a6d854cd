"""Presidio, wrapped once: the engine that is home to every recogniser, and how texts are read.

`AnalyzerEngine.analyze` costs hundreds of microseconds a call, and its context words are blind
without lemmas and quadratic in the text's length. So the screen says where which recogniser has to
look, the registered recognisers read there, and `detectors.context` judges the words around.
"""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version as installed
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from detectors import models
from detectors.context import Words
from detectors.language import guess
from detectors.models import Model
from detectors.recognizers.base import REASONS, Heeding, Hit, Places, Recognizer
from detectors.screen import Screen, Survey, Window
from detectors.selection import EVERYTHING, Selection

LANGUAGES = ("sv", "en")


_Hit = Hit | tuple[int, int, float, tuple[str, ...], str]
_FindNear = Callable[[Sequence[str], Sequence[Places]], Iterator[Iterable[Hit]]]


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A recogniser of the engine and the words that bear on its hits."""

    entity: str
    """"": each hit names its own, last."""
    find_all: Callable[[Sequence[str]], Iterator[Iterable[_Hit]]]
    """Its hits in each text in turn."""
    find_near: _FindNear | None
    """The same by where its trigger fired in each text, if that helps it."""
    words: Words


class Span(NamedTuple):
    """What a recogniser claims in a text, before words and rivals are heard."""

    entity: str
    start: int
    end: int
    score: float
    reasons: tuple[str, ...]
    words: Words


@cache
def engine(chosen: Selection = EVERYTHING) -> AnalyzerEngine:
    """The one analyzer engine of this process: our recognisers and the user's, no language model.

    Raises:
        ValueError: A YAML file of recognisers is wrong.
    """
    recognizers = []
    for registered in chosen.registered():
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
    return NlpArtifacts([], None, [], [], None, LANGUAGES[0])  # type: ignore[arg-type]


@cache
def readers(chosen: Selection = EVERYTHING) -> tuple[Reader, ...]:
    """How each recogniser reads, in the order of the registry."""
    return tuple(_reader(registered.recognizer) for registered in chosen.registered())


def _reader(recognizer: EntityRecognizer) -> Reader:
    words = Words.of(
        recognizer.context or (),
        getattr(recognizer, "DOUBTS", ()),
        getattr(recognizer, "CUE_REASONS", {}),
    )
    if isinstance(recognizer, Recognizer):
        near = recognizer.find_near if isinstance(recognizer, Heeding) else None
        return Reader(recognizer.ENTITY, recognizer.find_all, near, words)
    return Reader("", partial(map, partial(_found, recognizer)), None, words)


def _found(recognizer: EntityRecognizer, text: str) -> Iterator[_Hit]:
    """The hits of a recogniser that is not ours, each with its entity."""
    found = recognizer.analyze(text, recognizer.supported_entities, _no_words())
    for result in found or ():
        reasons = (result.recognition_metadata or {}).get(REASONS) or ("pattern",)
        yield result.start, result.end, result.score, tuple(reasons), result.entity_type


@cache
def screen(chosen: Selection = EVERYTHING) -> Screen:
    """The screen of every recogniser's trigger; with it all is loaded that stays."""
    made = Screen([registered.trigger for registered in chosen.registered()])
    gc.freeze()  # else the collector walks all of it again and again, 100 ms each time
    return made


def read(
    texts: Sequence[str], chosen: Selection = EVERYTHING, seen: Screen | None = None
) -> Iterator[tuple[int, list[Span]]]:
    """What the recognisers claim in texts of normal form: index of text and spans; none left out.

    `seen` takes the place of the usual screen. Models that are added read where names are looked
    for.
    """
    every, added = readers(chosen), chosen.reading()
    claims: list[list[Span]] = [[] for _ in texts]
    survey = (seen or screen(chosen)).look(texts)
    for which, own in groupby(survey.windows, key=itemgetter(0)):
        windows = list(own)
        _claim(every[which], texts, windows, claims, survey)
        if added and every[which].entity == "PERSON":
            _ask([model for model in added if model.reads == "names"], texts, windows, claims)
    if added:
        whole = [(0, index, 0, len(text), 0, len(text)) for index, text in enumerate(texts)]
        _ask([model for model in added if model.reads == "everything"], texts, whole, claims)
    if chosen.only:
        claims = [[own for own in spans if own.entity in chosen.only] for spans in claims]
    return ((index, spans) for index, spans in enumerate(claims) if spans)


def _claim(
    reader: Reader,
    texts: Sequence[str],
    windows: Sequence[Window],
    claims: list[list[Span]],
    survey: Survey | None = None,
) -> None:
    """Add what a recogniser claims in its windows."""
    parts = [texts[index][start:end] for _, index, start, end, _, _ in windows]
    found: Iterator[Iterable[_Hit]]
    if survey and reader.find_near and windows[0][0] in survey.fired:
        found = reader.find_near(parts, [survey.within(window) for window in windows])
    else:
        found = reader.find_all(parts)
    entity, words = reader.entity, reader.words
    for (_, index, start, _, first, last), hits in zip(windows, found, strict=True):
        for hit in hits:
            low, high, score, reasons = hit[:4]
            low += start
            high += start
            if first <= low < high <= last:
                span = Span(entity or str(hit[-1]), low, high, score, reasons, words)
                claims[index].append(span)


def _ask(
    added: Sequence[Model],
    texts: Sequence[str],
    windows: Sequence[Window],
    claims: list[list[Span]],
) -> None:
    """Add what models claim in those of the windows that are in their language."""
    for model in added:
        language = models.find(model).language
        own = [window for window in windows if _is_for(language, texts, window)]
        if own:
            _claim(_by_model(model), texts, own, claims)


def _is_for(language: str, texts: Sequence[str], window: Window) -> bool:
    """Whether a passage, or where it is too short to tell its text, is in the language."""
    if not language:
        return True
    _, index, start, end, _, _ = window
    said = guess(texts[index][start:end])
    return models.is_for(language, guess(texts[index]) if said == "unknown" else said)


@cache
def _by_model(model: Model) -> Reader:
    reasons = (f"model {model.short}",)

    def find_all(texts: Sequence[str]) -> Iterator[list[_Hit]]:
        for hits in models.find_all(model, texts):
            yield [(start, end, score, reasons, entity) for start, end, score, entity in hits]

    return Reader("", find_all, None, Words.of((), (), {}))


def entities(chosen: Selection = EVERYTHING) -> frozenset[str]:
    """What the recognisers and models find, asked for or not."""
    own = (entity for registered in chosen.registered() for entity in registered.entities)
    return frozenset(own).union(*(model.entities for model in chosen.reading()))


def version(chosen: Selection = EVERYTHING) -> str:
    """Changes with Presidio, with any recogniser's own version and with the models' files."""
    parts = [f"{registered.name} {registered.version}" for registered in chosen.registered()]
    parts += [f"{model} {models.find(model).version}" for model in chosen.reading()]
    return "; ".join([f"presidio {installed('presidio-analyzer')}", *parts])

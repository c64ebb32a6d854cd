"""The name model as a component of spaCy, and as the language engine of a Presidio analyser.

A pipeline of one's own takes it by name: `nlp.add_pipe("sparhund")`.
"""

from __future__ import annotations

import spacy
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from detectors.tagger import tagger

_KINDS = ("PERSON", "LOCATION", "ORGANIZATION")


@Language.component("sparhund", assigns=["doc.ents"])
def component(doc: Doc) -> Doc:
    """Set the names in a text as its entities: `PERSON`, `LOCATION` and `ORGANIZATION`.

    A name takes up whole tokens of the pipeline's own: a genitive s stays with it. What other
    components found elsewhere is kept.
    """
    (names,) = tagger().names([doc.text])
    spans = [doc.char_span(n.start, n.end, n.kind, alignment_mode="expand") for n in names]
    found = filter_spans([span for span in spans if span is not None])
    taken = {token.i for span in found for token in span}
    kept = [span for span in doc.ents if taken.isdisjoint(token.i for token in span)]
    doc.ents = (*found, *kept)
    return doc


@Language.component("sparhund_lemmas", assigns=["token.lemma"])
def lemmas(doc: Doc) -> Doc:
    """Set each token's lemma to itself in small letters: Presidio looks for context words in it."""
    for token in doc:
        token.lemma_ = token.lower_
    return doc


def pipeline(language: str = "sv") -> Language:
    """A spaCy pipeline of tokens, lemmas and names."""
    made = spacy.blank(language)
    made.add_pipe("sparhund_lemmas")
    made.add_pipe("sparhund")
    return made


class NameEngine(SpacyNlpEngine):
    """Presidio's language engine with our name model: `AnalyzerEngine(nlp_engine=NameEngine())`."""

    engine_name = "sparhund"

    def __init__(self, language: str = "sv") -> None:
        """An engine for texts in a language of spaCy's; the model knows Swedish best."""
        super().__init__(
            [{"lang_code": language, "model_name": "sparhund"}],
            NerModelConfiguration(
                model_to_presidio_entity_mapping=dict(zip(_KINDS, _KINDS, strict=True))
            ),
        )

    def load(self) -> None:
        """Build the pipeline; nothing is downloaded."""
        languages = [model["lang_code"] for model in self.models]
        self.nlp = {each: pipeline(each) for each in languages}  # type: ignore[assignment]

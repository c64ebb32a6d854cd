"""What a recogniser of ours is: a Presidio recogniser with one verb to write, and its cue words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, runtime_checkable

from presidio_analyzer import EntityRecognizer, RecognizerResult

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

REASONS = "reasons"
"""Key of `recognition_metadata` under which a result carries its reasons: short words."""

FAILED = 0.05
"""Score of a span whose written form fits and whose check digit does not. No word lifts it: it is
counted, so that a column of references in which some pass by chance is known for what it is."""

NUMBER_DOUBTS = (
    " ocr ", " ocrnr ", "ocr nr", "ocr num", "fakturanr", "faktura nr", "fakturanum", "order",
    "artikel", "serie", "referens", " ref ", "arendenr", "arendenum", "kolli", "sscc", " gln ",
    "version", "matarstallning", "verifikat", "belopp", "timestamp",
)  # fmt: skip
"""Words before a number, or in its column's label, that say it is something else."""

SOLE_TRADER = dict.fromkeys(
    ("orgnr", "org nr", "orgnum", "org num", "organisationsn"), "sole trader"
)
"""Cue words for an organisationsnummer: an identity number beside one is a sole trader's."""


class Hit(NamedTuple):
    """A span that a recogniser claims, and why."""

    start: int
    end: int
    score: float
    """From the written form alone. Below 0.5 it stands only with a label, a cue word or, from 0.4
    on, when nearly all of its column passes."""
    reasons: tuple[str, ...] = ()
    """Short words such as `check digit`; never values."""


Places = Sequence[tuple[int, int]]
"""Where a trigger fired in a text, in order."""


@runtime_checkable
class Heeding(Protocol):
    """A recogniser that need not search again for what its trigger found."""

    def find_near(self, texts: Sequence[str], fired: Sequence[Places]) -> Iterator[Iterable[Hit]]:
        """The hits of each text in turn, and where its trigger fired in each."""
        ...


class Recognizer(EntityRecognizer):
    """One entity's recogniser.

    Beside the class its module declares `VERSION`, changed when results may change, and `TRIGGER`,
    a cheap regular expression: a text in which it finds nothing never reaches the recogniser.
    """

    ENTITY: ClassVar[str]
    CUES: ClassVar[tuple[str, ...]] = ()
    """Words that speak for a hit: see `detectors.context` for how they are matched."""
    DOUBTS: ClassVar[tuple[str, ...]] = ()
    """Words that speak against one."""
    CUE_REASONS: ClassVar[dict[str, str]] = {}
    """Cue words that say more than that the hit stands."""

    name: str

    def __init__(self) -> None:
        super().__init__(
            supported_entities=[self.ENTITY], supported_language="sv", context=list(self.CUES)
        )

    def load(self) -> None:
        """Nothing to load: patterns are compiled with the module."""

    @abstractmethod
    def find(self, text: str) -> Iterator[Hit]:
        """The spans of one text. Dashes and spaces of every kind come as `-` and ` `."""

    def find_all(self, texts: Sequence[str]) -> Iterator[Iterable[Hit]]:
        """The hits of each text in turn; for what reads many texts faster than one by one."""
        return map(self.find, texts)

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's verb: what `find` found, when our entity is asked for."""
        if entities and self.ENTITY not in entities:
            return []
        return [
            RecognizerResult(
                entity_type=self.ENTITY,
                start=hit.start,
                end=hit.end,
                score=hit.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    REASONS: hit.reasons,
                },
            )
            for hit in self.find(text)
        ]

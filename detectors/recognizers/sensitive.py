"""Sensitive text, a recogniser for each class of `detectors.sensitive`; each finding is suspected.

The classes are those of GDPR articles 9 and 10, protected identity (folkbokföringslagen 16 §,
offentlighets- och sekretesslagen 22 kap.) and what wrongs a person most when it comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from detectors import cues, sensitive
from detectors.recognizers.base import Hit, Places, Recognizer

ENTITIES = (
    "ATTITUDE_NOTE", "BIOMETRIC", "CREDIT_RATING", "CRIMINAL_OFFENCE", "DEBT_COLLECTION",
    "ETHNIC_ORIGIN", "FINANCIAL_VULNERABILITY", "HEALTH", "POLITICAL_OPINION",
    "PROTECTED_IDENTITY", "RELIGION", "SEXUAL_ORIENTATION", "SOCIAL_VULNERABILITY",
    "TRADE_UNION",
)  # fmt: skip


class _Sensitive(Recognizer):
    """Finds what is said of a person by the words of one class."""

    TRIGGER: ClassVar[str | None]
    WORDS: ClassVar[frozenset[str]]
    VERSION: ClassVar[str]
    REACH: ClassVar[int] = sensitive.REACH

    def find(self, text: str) -> Iterator[Hit]:
        """Suspected sensitive data in the text."""
        return sensitive.hits(self.ENTITY, text)

    def find_near(self, texts: Sequence[str], fired: Sequence[Places]) -> Iterator[Iterable[Hit]]:
        """Suspected sensitive data in the sentences where the trigger fired."""
        return map(partial(sensitive.hits, self.ENTITY), texts, fired)


def _plugin(entity: str) -> type[_Sensitive]:
    words = cues.vocabulary(entity)
    version = f"{sensitive.RULES} {words.version}"
    fires = words.trigger
    own = {"ENTITY": entity, "TRIGGER": fires.pattern, "WORDS": fires.words, "VERSION": version}
    return type(entity.title().replace("_", ""), (_Sensitive,), own)


PLUGINS = {entity.lower(): _plugin(entity) for entity in ENTITIES}

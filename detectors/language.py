"""Which language a text is in, told from its little words in a few microseconds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

Language = Literal["sv", "en", "other", "unknown"]
"""`other` is neither of the two; `unknown` is too short, or no running text: codes, logs."""

_PIECE = 1000
"""Characters looked at in each of three places of a long text."""
_LEAST = 2
"""Different little words from which on a language is known."""

_SWEDISH = frozenset(
    (
        "och", "att", "är", "för", "från", "jag", "till", "inte", "när", "ska", "ett",
        "hej", "vad", "här", "där", "måste", "också", "eftersom", "vill", "mycket", "någon",
        "något", "inget", "alla", "bara", "utan", "sedan", "mig", "dig", "vid", "enligt",
        "hälsningar",
    )
)  # fmt: skip
_ENGLISH = frozenset(
    (
        "the", "of", "to", "and", "is", "are", "that", "this", "with", "you", "we", "was",
        "have", "not", "your", "it", "has", "will", "please", "which", "our", "they",
        "been", "would", "from", "dear", "i'm", "can't", "don't", "any", "if",
    )
)  # fmt: skip
_OTHER = frozenset(
    (
        # Danish and Norwegian, German, Dutch, Finnish, French, Spanish, Polish
        "og", "ikke", "jeg", "af", "fra", "hvis", "blev", "også", "und", "der", "das",
        "nicht", "ist", "mit", "für", "von", "eine", "auf", "sie", "wir", "zu", "het",
        "een", "van", "niet", "voor", "zijn", "että", "ei", "mutta", "tai", "kun", "myös",
        "olen", "joka", "voi", "ovat", "kiitos", "les", "est", "une", "pour", "vous",
        "nous", "dans", "que", "el", "los", "las", "por", "una", "para", "con", "está",
        "nie", "się", "jest", "że", "dla", "przez",
    )
)  # fmt: skip
"""Words that the other two sets lack; those of several languages stand in none."""
_LITTLE: dict[Language, frozenset[str]] = {"sv": _SWEDISH, "en": _ENGLISH, "other": _OTHER}
_FOREIGN_LETTERS = re.compile("[\u0370-\u1cff\u2e80-\ud7ff]")


UNREAD = "read by Swedish rules only"
"""In every note on texts in a language that no model is there for."""


def notes(languages: Counter[Language], known: frozenset[Language]) -> Iterator[str]:
    """What is to be said of texts in languages that are not among the known ones."""
    unknown: dict[Language, str] = {"en": "English", "other": "neither Swedish nor English"}
    for language, words in unknown.items():
        number = languages[language]
        if number and language not in known:
            some = f"{number} of {languages.total()} longer texts look"
            yield f"{'it looks' if languages.total() == 1 else some} {words}, {UNREAD}"


def guess(text: str) -> Language:
    """The language that most of the text is in; Swedish where it is as likely as another."""
    if len(text) > 3 * _PIECE:
        middle = len(text) // 2
        text = f"{text[:_PIECE]} {text[middle : middle + _PIECE]} {text[-_PIECE:]}"
    if (" och " in text or " att " in text) and " the " not in text and " og " not in text:
        return "sv"  # nearly all of what is read: so it must cost next to nothing
    words = text.lower().split()
    different = set(words)
    counts = [len(different & little) for little in _LITTLE.values()]
    best = max(counts)
    if best < _LEAST:
        foreign = not text.isascii() and len(_FOREIGN_LETTERS.findall(text)) > len(text) // 3
        return "other" if foreign else "unknown"
    if sum(count >= _LEAST for count in counts) > 1:
        counts = [sum(map(little.__contains__, words)) for little in _LITTLE.values()]
        best = max(counts)
    return list(_LITTLE)[counts.index(best)]

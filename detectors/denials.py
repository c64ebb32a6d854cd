"""Words beside a cue word that say that what it means is missing or not meant.

Text is folded letter by letter, as `detectors.words.letters` does.
"""

from __future__ import annotations

import re

_SPENT = re.compile(
    rb"[a-z]* {0,4}(?:(?:har|ar|finns|is|was|kan) )?"
    rb"(?:saknas|ej|inte|icke|null|none|nan|okan[dt]|missing|not)(?![a-z])"
)
_DENIALS = frozenset(b"inte ej inget ingen inga icke utan saknar saknas not without".split())
_ARTICLES = frozenset(b"ett nagot nagon hans hennes a any his her".split())


def is_denied(folded: bytes, cue: re.Match[bytes], text: str) -> bool:
    """Whether the words beside a cue say that it is missing or not meant."""
    return is_negated(folded[: cue.start()]) or is_spent(folded, cue, text)


def is_spent(folded: bytes, cue: re.Match[bytes], text: str) -> bool:
    """Whether the words after a cue say that what it means is missing."""
    spent = _SPENT.match(folded, cue.end())
    return spent is not None and "(" not in text[cue.end() : spent.end()]


def is_negated(before: bytes) -> bool:
    """Whether a word ends there that begins after a denial, with or without an article between.

    Words are one space apart, and the first of all is only a word's end.
    """
    words = before.rsplit(b" ", 3)
    if len(words) < 3:
        return False
    if words[-2] in _DENIALS:
        return True
    return len(words) == 4 and words[-2] in _ARTICLES and words[-3] in _DENIALS

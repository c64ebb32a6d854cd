"""Keys right before a value: of JSON, XML or `key=`, and who answers a question."""

from __future__ import annotations

import re

from detectors import lexicon

KEY_ENDS = frozenset("\"':=>")
"""What a key ends with, its sign included."""
_KEY = re.compile(
    r"""(?: ["']([^"'\n]{1,40})["'] [ ]* (?:=>|[:=]) [ ]* ["']?
          | ([\w.-]{1,40}) = ["']?
          | <[\w:.-]{1,20} [ ] (?:[^<>]* [ ])? (?:data-)?(?:name|key|label|id)
            = ["'] ([\w .-]*[A-Za-z][\w .-]*) ["'] [^<>]* >
          | <([\w:.-]{1,40}) [^<>]* > )$""",
    re.VERBOSE,
)
_NEAR = 64
NEUTRAL = frozenset(
    (
        "value", "varde", "number", "nummer", "nr", "text", "content", "data", "cell", "td", "th",
        "tr", "p", "b", "i", "a", "em", "div", "span", "strong", "font", "li", "dd", "dt", "br",
        "label", "input", "ss type", "string", "str", "field", "item", "entry", "property",
    )
)  # fmt: skip
"""Keys and tags that name nothing: the words before them are the key."""
_ASKED = re.compile(
    r"""\?\s*\Z
      | \b(?:behöver|måste\ ha|ange|uppge|skriv|fyll\ i|skicka|lämna|säg|kan\ (?:jag|vi|du|ni)
          |får\ (?:jag|vi)|har\ (?:du|ni)|please|enter|provide|need)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""In a line that wants an answer."""
_ANSWER = re.compile(
    r"""(?:>\ ?)?
        (?: (?:svar|sv|answer|a|k|kund(?:en)?|customer|caller|user|inringare|du|me|jag)
            (?:\ \([0-9:]{4,8}\))?
          | \[? (?:[0-9]{4}-[0-9]{2}-[0-9]{2},?\ )? [0-9]{1,2} (?:[:.][0-9]{2}){1,2} \]?
            \ [^\W\d][\w .-]{0,40}
          | (?P<name>[^\W\d_]{2,20}) (?:\ [^\W\d_]{2,20})? ) : \s* (?:j[ao]\b[,.!]?\s*)?""",
    re.VERBOSE | re.IGNORECASE,
)
_FEW = 100
"""Bearers of a given name from which on it tells a person."""


def key_before(head: str) -> str | None:
    """The words of the key that ends the text before a value; None: it ends with no key."""
    key = _KEY.search(head[-_NEAR:])
    return key[key.lastindex or 0].replace(".", " ") if key else None


def is_answer(above: str, own: str) -> bool:
    """Whether the line above asks, and its own only says who speaks."""
    who = _ANSWER.fullmatch(own)
    if who is None or not _ASKED.search(above):
        return False
    return who["name"] is None or lexicon.given(who["name"]) >= _FEW

"""Keys right before a value: of JSON, XML or `key=`, and who answers a question."""

from __future__ import annotations

import re

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
_ASKED = ("?", "?\r", "? ")
_ANSWER = re.compile(
    r"""(?:>\ ?)?
        (?: (?:svar|sv|answer|a|kund(?:en)?|customer|caller|user|inringare) (?:\ \([0-9:]{4,8}\))?
          | \[? (?:[0-9]{4}-[0-9]{2}-[0-9]{2},?\ )? [0-9]{1,2} (?:[:.][0-9]{2}){1,2} \]?
            \ [^\W\d][\w .-]{0,40} ) : \s*""",
    re.VERBOSE | re.IGNORECASE,
)


def key_before(head: str) -> str | None:
    """The words of the key that ends the text before a value; None: it ends with no key."""
    key = _KEY.search(head[-_NEAR:])
    return key[key.lastindex or 0].replace(".", " ") if key else None


def is_answer(above: str, own: str) -> bool:
    """Whether the line above asks, and its own only says who speaks."""
    return above.endswith(_ASKED) and _ANSWER.fullmatch(own) is not None

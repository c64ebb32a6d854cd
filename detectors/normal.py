"""The normal form in which texts are read, and the way back to the text's own characters.

Dashes become `-`, spaces of every width ` `, full-width and other scripts' digits plain digits;
letters and their accents one character (NFC); soft hyphens, zero-width characters and marks of
writing direction go.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63"
_GONE = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ACCENTS = "\u0300-\u034e\u0350-\u036f"
_LAST_DIGIT = 0x1FFFF
"""Beyond it Unicode has no digits."""


class Normal(NamedTuple):
    """A text in normal form."""

    text: str
    starts: array[int] | None = None
    """Where each of its characters begins in the text as it was; None: where it stands here."""
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the normal form, not empty, lies in the text as it was."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@cache
def _digits() -> dict[str, str]:
    """Every decimal digit of another script, by its value (Unicode's Nd)."""
    others = array("I", range(128, _LAST_DIGIT + 1)).tobytes().decode("utf-32", "surrogatepass")
    return {digit: str(unicodedata.decimal(digit)) for digit in re.findall(r"\d", others)}


_RARE = re.compile("[\u00a0\u00ad\u0100-\U0010ffff]")
"""What may have another normal form; everything else has none."""
_MOVING = re.compile(f"(?P<gone>[{_GONE}]+)|[{_ACCENTS}]+")
"""What changes the number of characters."""
_FEW = 8
_STRETCH = 4096


@cache
def _plain() -> dict[int, str]:
    """What becomes another single character."""
    table = {ord(digit): value for digit, value in _digits().items()}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for characters, plain in ((_SPACES, " "), (_DASHES, "-")):
        for found in re.finditer(r"(.)(?:-(.))?", characters):
            last = ord(found[2] or found[1])
            table |= dict.fromkeys(range(ord(found[1]), last + 1), plain)
    return table


def _rare(text: str) -> set[str]:
    """The text's characters that may have another normal form.

    Encoding tells in next to no time where there are none; only such stretches are searched.
    """
    found: set[str] = set()
    for first in range(0, len(text), _STRETCH):
        stretch = text[first : first + _STRETCH]
        try:
            raw = stretch.encode("latin-1")
        except UnicodeEncodeError:
            found.update(_RARE.findall(stretch))
        else:
            if b"\xa0" in raw:
                found.add("\xa0")
            if b"\xad" in raw:
                found.add("\xad")
    return found


def are_normal(texts: Sequence[str]) -> bool:
    """Whether all texts surely are in normal form: asked of many at once, it costs next to none."""
    together = "".join(texts)
    try:
        raw = together.encode("latin-1")
    except UnicodeEncodeError:
        return not _rare(together)
    return b"\xa0" not in raw and b"\xad" not in raw


def normal(text: str) -> Normal:
    """The text in normal form; most texts are in it already."""
    if are_normal((text,)):
        return Normal(text)
    rare = _rare(text)
    if _MOVING.search("".join(rare)) is None:
        return Normal(_replaced(text, rare))
    parts: list[str] = []
    starts, ends = array("q"), array("q")
    last = 0
    for found in _MOVING.finditer(text):
        start, end = found.span()
        if not found["gone"] and start > last:
            start -= 1
        _stand(parts, starts, ends, text[last:start], last)
        last = end
        if found["gone"]:
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        if len(composed) == end - start:
            _stand(parts, starts, ends, composed, start)
        else:
            parts.append(composed)
            starts.extend([start] * len(composed))
            ends.extend([end] * len(composed))
    _stand(parts, starts, ends, text[last:], last)
    return Normal(_replaced("".join(parts), rare), starts, ends)


def _replaced(text: str, rare: set[str]) -> str:
    """The text with its rare characters' plain ones; `replace` is forty times `translate`."""
    plain = {
        character: _plain()[ord(character)] for character in rare if ord(character) in _plain()
    }
    if len(plain) > _FEW:
        return text.translate(_plain())
    for character, single in plain.items():
        text = text.replace(character, single)
    return text


def _stand(
    parts: list[str], starts: array[int], ends: array[int], stretch: str, first: int
) -> None:
    """Take over a stretch of text that begins at `first` and changes no length."""
    parts.append(stretch)
    starts.extend(range(first, first + len(stretch)))
    ends.extend(range(first + 1, first + 1 + len(stretch)))

"""What happens to text on its way: case lost, signs lost, slips of the hand, misread letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from training.written import Segment

USUAL: Mapping[str, float] = {
    "lower": 0.07,
    "upper": 0.03,
    "bare": 0.04,
    "typos": 0.08,
    "breaks": 0.05,
    "spaces": 0.05,
    "ocr": 0.03,
    "ascii": 0.03,
}
"""How often a document suffers each, where its kind says nothing else."""
_MISREAD = {
    "o": "0", "l": "1", "i": "l", "e": "c", "rn": "m", "m": "rn", "å": "a", "ä": "a", "ö": "o",
    "O": "0", "I": "l", "S": "5", "B": "8", "n": "ri", "h": "b", "t": "f", "cl": "d",
}  # fmt: skip
_PLAIN = str.maketrans("åäöÅÄÖéü", "aaoAAOeu")
_NEAR = dict(zip("qwertyuiopåasdfghjklöäzxcvbnm", "wqeryutioåpsadgfhjkjölxzvcbbn", strict=False))


def spoil(segments: list[Segment], random: Random, chances: Mapping[str, float]) -> list[Segment]:
    """The segments with what chance does to them; labels stay with their text."""
    for name, work in _WORKS.items():
        if random.random() < chances.get(name, USUAL[name]):
            segments = [(work(text, label, random), label) for text, label in segments]
    return segments


def _lower(text: str, _label: str, _random: Random) -> str:
    return text.lower()


def _upper(text: str, _label: str, _random: Random) -> str:
    return text.upper()


def _bare(text: str, label: str, _random: Random) -> str:
    """Without the signs of sentences."""
    return text if label else "".join(letter for letter in text if letter not in ".,!?;")


def _ascii(text: str, _label: str, _random: Random) -> str:
    return text.translate(_PLAIN)


def _typos(text: str, label: str, random: Random) -> str:
    """Slips in the words around names; never at a text's ends, where a name may stand."""
    if label:
        return text
    letters = list(text)
    for index in range(1, len(letters) - 1):
        if not letters[index].isalpha() or random.random() > 0.03:
            continue
        slip = random.randrange(4)
        if slip == 0:
            letters[index] = ""
        elif slip == 1 and letters[index + 1].isalpha():
            letters[index], letters[index + 1] = letters[index + 1], letters[index]
        elif slip == 2:
            letters[index] *= 2
        else:
            letters[index] = _NEAR.get(letters[index], letters[index])
    return "".join(letters)


def _breaks(text: str, label: str, random: Random) -> str:
    """Lines broken anywhere, in a name seldom."""
    chance = 0.03 if label else 0.1
    return "".join("\n" if sign == " " and random.random() < chance else sign for sign in text)


def _spaces(text: str, label: str, random: Random) -> str:
    chance = 0.05 if label else 0.15
    return "".join("  " if sign == " " and random.random() < chance else sign for sign in text)


def _ocr(text: str, label: str, random: Random) -> str:
    """Letters that a reader of pictures mistakes; a name keeps its first."""
    start = 1 if label else 0
    read = text[:start]
    while start < len(text):
        pair = text[start : start + 2]
        size = 2 if pair in _MISREAD else 1
        piece = text[start : start + size]
        read += _MISREAD[piece] if piece in _MISREAD and random.random() < 0.05 else piece
        start += size
    return read


_WORKS: Mapping[str, Callable[[str, str, Random], str]] = {
    "typos": _typos,
    "ocr": _ocr,
    "breaks": _breaks,
    "spaces": _spaces,
    "bare": _bare,
    "ascii": _ascii,
    "upper": _upper,
    "lower": _lower,
}

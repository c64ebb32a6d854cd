"""Many words searched for at once, whatever their case and whatever stands between them.

One automaton (Aho and Corasick, 1975) knows all of them beforehand, so that the first megabyte
costs what the last does; a lookup per place gives the same answers, slower, where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

try:
    import daachorse
except ImportError:  # no wheel for this machine
    daachorse = None  # type: ignore[assignment]

Hits = Iterable[tuple[int, int, int]]
"""From where to where a word stands, and its number."""

_HEAD = 3
"""Characters by which the lookup finds a word: no word is shorter."""


def _folded(code: int) -> int:
    """Small letters; one blank for all that is neither letter, digit nor `_`."""
    character = chr(code)
    small = character.lower().encode("latin-1", "replace")
    return small[0] if character.isalnum() or character == "_" else 0x20


_FOLDED = bytes(map(_folded, range(256)))


def folded(text: str) -> bytes:
    """A text as words are searched for in it, one byte a character: what Latin-1 lacks is blank."""
    return fold(text.encode("latin-1", "replace"))


def fold(image: bytes) -> bytes:
    """The same for a text in Latin-1."""
    return image.translate(_FOLDED)


def finder(words: Sequence[bytes], *, fast: bool = True) -> Callable[[bytes], Hits]:
    """What finds each of the words in a folded text, those that overlap too.

    Raises:
        ValueError: A word is shorter than three characters.
    """
    if any(len(word) < _HEAD for word in words):
        raise ValueError("a word of a trigger is shorter than three characters")
    if not words:
        return lambda _: ()
    if not fast or daachorse is None:
        return _lookup(words)
    return daachorse.DoubleArrayAhoCorasick(list(words)).find_overlapping


def slower_without() -> list[str]:
    """The distribution that makes this faster, where it is not installed."""
    return ["daachorse"] if daachorse is None else []


def _lookup(words: Sequence[bytes]) -> Callable[[bytes], Hits]:
    heads: dict[bytes, list[tuple[int, bytes]]] = {}
    for number, word in enumerate(words):
        heads.setdefault(word[:_HEAD], []).append((number, word))

    def find(text: bytes) -> Iterator[tuple[int, int, int]]:
        for at in range(len(text)):
            for number, word in heads.get(text[at : at + _HEAD], ()):
                if text.startswith(word, at):
                    yield at, at + len(word), number

    return find

"""A batch's distinct values in normal form, long ones cut with some text on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from detectors.normal import Normal, are_normal, normal

SIZE = 500_000
"""Characters of a portion, and of the short values that are read together."""
MARGIN = 10_000
"""Characters that neighbouring portions share on either side: more than anything looks around."""
_SOME = 32
"""Values that are asked for their normal form at once, where not all are in it."""


class Portion(NamedTuple):
    """A value, or a piece of a long one."""

    value: int
    """Which of the values."""
    first: int
    """Where the piece begins in the value."""
    low: int
    high: int
    """What begins between these, in the value, is this portion's; the rest is its neighbours'."""
    text: str
    """The piece in normal form."""
    normal: Normal | None
    """The way back to the value's own characters; None where they stand as they were."""


class Group(Sequence[Portion]):
    """Portions that are read together; whole values become portions when they are asked for."""

    __slots__ = ("_first", "_made", "texts")

    def __init__(self, texts: Sequence[str], first: int, made: Mapping[int, Portion]) -> None:
        """Values from number `first` on that are in normal form as they stand, but for those made.

        `made` is by index.
        """
        self.texts = texts
        self._first = first
        self._made = made

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Portion:  # type: ignore[override]  # never a slice
        if index in self._made:
            return self._made[index]
        text = self.texts[index]
        return Portion(self._first + index, 0, 0, len(text), text, None)


def together(values: Iterable[str], size: int = SIZE, margin: int = MARGIN) -> Iterator[Group]:
    """The values in groups of about `size` characters, so that memory does not grow with them."""
    short: list[str] = []
    held = number = 0
    for number, value in enumerate(values, 1):
        if held >= size or len(value) > size + margin:
            if short:
                yield _whole(short, number - 1)
            short, held = [], 0
        if len(value) > size + margin:
            yield from (
                Group([own.text], 0, {0: own}) for own in _cut(number - 1, value, size, margin)
            )
        else:
            short.append(value)
            held += len(value) + 1
    if short:
        yield _whole(short, number)


def _whole(short: list[str], after: int) -> Group:
    """The values before number `after`; few are not in normal form as they stand."""
    first = after - len(short)
    odd = {i: _portion(first + i, short[i], 0, 0, len(short[i])) for i in _not_normal(short)}
    for index, portion in odd.items():
        short[index] = portion.text
    return Group(short, first, odd)


def _not_normal(texts: Sequence[str]) -> Iterator[int]:
    if are_normal(texts):
        return
    for first in range(0, len(texts), _SOME):
        some = texts[first : first + _SOME]
        if not are_normal(some):
            yield from (first + i for i, text in enumerate(some) if not are_normal((text,)))


def _cut(number: int, value: str, size: int, margin: int) -> Iterator[Portion]:
    for low in range(0, len(value), size):
        high = min(len(value), low + size)
        first = max(0, low - margin)
        yield _portion(number, value[first : high + margin], first, low, high)


def _portion(number: int, piece: str, first: int, low: int, high: int) -> Portion:
    form = normal(piece)
    return Portion(number, first, low, high, form.text, None if form.starts is None else form)

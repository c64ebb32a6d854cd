"""A batch's distinct values in normal form, long ones cut with some text on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from detectors.normal import Normal, are_normal, normal

SIZE = 500_000
"""Characters of a portion, and of the short values that are read together."""
MARGIN = 10_000
"""Characters that neighbouring portions share on either side: more than anything looks around."""


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

    def __init__(self, texts: Sequence[str], first: int, made: Sequence[Portion] = ()) -> None:
        """Values from number `first` on that are in normal form as they stand, or what is made."""
        self.texts = texts
        self._first = first
        self._made = made

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Portion:  # type: ignore[override]  # never a slice
        if self._made:
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
            yield from (_made([each]) for each in _cut(number - 1, value, size, margin))
        else:
            short.append(value)
            held += len(value) + 1
    if short:
        yield _whole(short, number)


def _whole(short: list[str], after: int) -> Group:
    """The values before number `after`."""
    first = after - len(short)
    if are_normal(short):
        return Group(short, first)
    return _made([_portion(first + i, value, 0, 0, len(value)) for i, value in enumerate(short)])


def _made(portions: list[Portion]) -> Group:
    return Group([portion.text for portion in portions], 0, portions)


def _cut(number: int, value: str, size: int, margin: int) -> Iterator[Portion]:
    for low in range(0, len(value), size):
        high = min(len(value), low + size)
        first = max(0, low - margin)
        yield _portion(number, value[first : high + margin], first, low, high)


def _portion(number: int, piece: str, first: int, low: int, high: int) -> Portion:
    form = normal(piece)
    return Portion(number, first, low, high, form.text, None if form.starts is None else form)

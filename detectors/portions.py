"""A batch's distinct values in normal form, long ones cut with some text on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from detectors.normal import Normal, are_normal, normal

SIZE = 200_000
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


def together(
    values: Iterable[str], size: int = SIZE, margin: int = MARGIN
) -> Iterator[list[Portion]]:
    """The values in groups of about `size` characters, so that memory does not grow with them."""
    short: list[tuple[int, str]] = []
    held = 0
    for number, value in enumerate(values):
        if len(value) > size + margin:
            if short:
                yield _whole(short)
                short, held = [], 0
            yield from ([portion] for portion in _cut(number, value, size, margin))
            continue
        short.append((number, value))
        held += len(value) + 1
        if held >= size:
            yield _whole(short)
            short, held = [], 0
    if short:
        yield _whole(short)


def _whole(short: list[tuple[int, str]]) -> list[Portion]:
    if are_normal([value for _, value in short]):
        return [Portion(number, 0, 0, len(value), value, None) for number, value in short]
    return [_portion(number, value, 0, 0, len(value)) for number, value in short]


def _cut(number: int, value: str, size: int, margin: int) -> Iterator[Portion]:
    for low in range(0, len(value), size):
        high = min(len(value), low + size)
        first = max(0, low - margin)
        yield _portion(number, value[first : high + margin], first, low, high)


def _portion(number: int, piece: str, first: int, low: int, high: int) -> Portion:
    form = normal(piece)
    return Portion(number, first, low, high, form.text, None if form.starts is None else form)

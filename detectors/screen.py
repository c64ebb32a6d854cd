"""The screen: one pass over a batch of texts that tells where which recogniser has to look.

Triggers are searched in the texts' Latin-1 image, one byte a character, by google-re2, whose `Set`
asks for all of them at once; Python's `re` stands in where google-re2 is not installed. Both read
the same subset: no look-around, no back-references, ASCII classes, a bounded width. What is a list
of words is `detectors.literals`'.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import numpy as np

try:
    import re2
except ImportError:  # no wheel for this machine: the same answers, slower
    re2 = None

from detectors import literals

WIDTH = 80
"""Characters that a trigger may match at most."""

_BLOCK = 1500
"""Bytes that are asked about at a time: few, so that little is searched for what fired."""
_BIG_BLOCK = 8000
_CROWDED = 4
"""Triggers of a group fired in a block from which on larger blocks cost less."""
_APART = 200
"""Characters without a digit that are passed over."""
_LONG_RUN = re.compile(r"[^0-9]\]\{[0-9]*,(?:[5-9]|[1-9][0-9])\}")
"""Five and more of a kind in a row, other than digits, in a trigger. An automaton of these and of
all the others would have a state for each pair of places in them, and be made anew all the time."""
_DIGITS = range(ord("0"), ord("9") + 1)
_SEPARATOR = "\0"
"""Around texts: only a trigger that names it matches it, where it is a text's beginning or end."""
_WHOLE = 1 << 40
"""A reach beyond any text."""


_Span = tuple[int, int]
_Find = Callable[[bytes, int, int], Iterable[_Span]]
"""Where a trigger matches between two places of an image."""
_Ask = Callable[[bytes], Sequence[int] | None]
_Group = tuple[_Ask, list[tuple[int, _Find]]]
"""What tells by position which triggers of a group fire in a block; the triggers themselves."""

_Kind = tuple[tuple[int, ...], int, int]
"""Whose triggers a word is of, and how many blanks it begins and ends with."""

Window = tuple[int, int, int, int, int, int]
"""Index of a trigger and of a text; from where to where the recogniser reads, and between what
counts what it finds: the rest is context. A plain tuple, as there is one for every hit."""


class Survey(NamedTuple):
    """What one look at texts showed."""

    windows: list[Window]
    """Where the recognisers have to look, ordered by trigger, text and place."""
    fired: dict[int, list[_Span]]
    """Where each trigger fired, in order, as if the texts stood in a row."""
    starts: list[int]
    """Where in that row each text begins."""

    def within(self, window: Window) -> list[_Span]:
        """Where in a window its trigger fired, counted from the window's start."""
        which, index, start, end, _, _ = window
        begin = self.starts[index] + start
        spans = self.fired[which]
        first = bisect_left(spans, (begin,))
        last = bisect_left(spans, (self.starts[index] + end,), first)
        return [(a - begin, b - begin) for a, b in spans[first:last]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """What fires a recogniser, and how far around it the recogniser looks."""

    pattern: str | None
    reach: int | None
    """Characters on either side; None: the whole text."""
    words: frozenset[str] = frozenset()
    """Words and beginnings of words that fire it too, in any case; a blank in them is whatever is
    neither letter nor digit, the text's ends too."""

    @property
    def fires_everywhere(self) -> bool:
        """Whether the recogniser reads every text, whole: there is neither pattern nor word."""
        return self.pattern is None and not self.words


class Screen:
    """The triggers of all recognisers, compiled once a process."""

    def __init__(self, triggers: Sequence[Trigger], *, engine: str = "re2") -> None:
        """Compile the triggers, `engine` `re2` where it is installed, or `re`.

        Raises:
            ValueError: A trigger is outside the subset.
        """
        self._triggers = tuple(triggers)
        fast = engine == "re2"
        compiled = _re2 if fast and re2 is not None else _re
        groups: dict[tuple[bool, bool], list[tuple[int, bytes]]] = {}
        words: dict[bytes, tuple[int, ...]] = {}
        for which, trigger in enumerate(triggers):
            if trigger.pattern is not None:
                group = groups.setdefault(_group(trigger.pattern), [])
                group.append((which, _image(trigger.pattern)))
            own = (which,)  # shared: thousands of small objects would keep the collector busy
            for word in set(map(literals.folded, trigger.words)):
                words[word] = words[word] + own if word in words else own
        self._groups = [(digits, compiled(group)) for (digits, _), group in groups.items()]
        kinds = ((owners, *_blanks(word)) for word, owners in words.items())
        shared: dict[_Kind, _Kind] = {}
        self._words = [shared.setdefault(kind, kind) for kind in kinds]
        self._find_words = literals.finder(list(words), fast=fast)

    def look(self, texts: Sequence[str]) -> Survey:
        """Where the recognisers have to look, and where their triggers fired.

        Texts are screened together, so that many short ones cost no more than one long one.
        """
        starts = list(accumulate((len(text) + 1 for text in texts), initial=1))
        windows: list[Window] = []
        fired = self.spans(texts)
        for which, trigger in enumerate(self._triggers):
            if trigger.fires_everywhere:
                windows += [(which, i, 0, len(text), 0, len(text)) for i, text in enumerate(texts)]
            elif which in fired:
                reach = _WHOLE if trigger.reach is None else trigger.reach
                windows += _windows(which, fired[which], reach, starts)
        return Survey(windows, fired, starts)

    def spans(self, texts: Sequence[str]) -> dict[int, list[_Span]]:
        """Where each trigger fires, by its number, in order; the first text begins at 1."""
        image = _image(_SEPARATOR.join(("", *texts, "")))
        found = self._patterns(image)
        spoken: set[int] = set()
        for start, end, number in self._find_words(literals.fold(image)):
            owners, first, last = self._words[number]
            span = start + first, end - last
            for which in owners:
                found.setdefault(which, []).append(span)
            spoken.update(owners)
        for which in spoken:
            found[which].sort()
        return found

    def _patterns(self, image: bytes) -> dict[int, list[_Span]]:
        """Where each pattern matches; those that hold a digit are searched near digits only."""
        found: dict[int, list[_Span]] = {}
        whole = [(0, len(image))]
        near = _near_digits(image) if any(digits for digits, _ in self._groups) else []
        for digits, group in self._groups:
            for begin, end in near if digits else whole:
                _search(group, image, begin, end, found)
        return found


def _search(
    group: _Group, image: bytes, begin: int, end: int, found: dict[int, list[_Span]]
) -> None:
    """Add what a group's triggers match there; from block to block, so that little is located.

    A block is read `WIDTH` further than the next begins: nothing is lost at its end.
    """
    ask, triggers = group
    size = _BLOCK
    while begin < end:
        after = min(begin + size, end)
        fired = ask(image[begin : after + WIDTH]) or ()
        for position in fired:
            which, find = triggers[position]
            spans = found.setdefault(which, [])
            for span in find(image, begin, after + WIDTH):
                if span[0] >= after:
                    break
                spans.append(span)
        begin, size = after, _BLOCK if len(fired) < _CROWDED else _BIG_BLOCK


def _near_digits(image: bytes) -> list[_Span]:
    """The stretches that hold whatever matches there and has a digit in it."""
    places = np.flatnonzero(np.frombuffer(image, np.uint8) - 48 < 10)  # below 48 it wraps around
    if not len(places):
        return []
    gaps = np.flatnonzero(np.diff(places) > _APART)
    begins = places[np.concatenate(([0], gaps + 1))] - WIDTH
    ends = places[np.concatenate((gaps, [-1]))] + WIDTH
    return list(zip(begins.clip(0).tolist(), ends.clip(max=len(image)).tolist(), strict=True))


def _group(pattern: str) -> tuple[bool, bool]:
    """Whether whatever matches holds a digit; and whether it has a long run, and is kept apart."""
    try:
        digits = _needs_digit(_parser.parse(_image(pattern)))
    except re.error as error:
        raise ValueError("a trigger that is no regular expression") from error
    return digits, digits and _LONG_RUN.search(pattern) is not None


def _needs_digit(parsed: Iterable[tuple[object, Any]]) -> bool:
    """Whether a pattern, as `re` parses it, matches nothing without a digit."""
    return any(_is_digit(str(kind), value) for kind, value in parsed)


def _is_digit(kind: str, value: Any) -> bool:  # noqa: ANN401, PLR0911 - the parser's kinds
    match kind, value:
        case "LITERAL", int(code):
            return code in _DIGITS
        case "IN", members:
            return all(_is_digit(str(own), each) for own, each in members)
        case "RANGE", (first, last):
            return first in _DIGITS and last in _DIGITS
        case "BRANCH", (_, branches):
            return all(map(_needs_digit, branches))
        case "MAX_REPEAT", (int(least), _, repeated):
            return least > 0 and _needs_digit(repeated)
        case "SUBPATTERN", (*_, inner):
            return _needs_digit(inner)
        case _:
            return False


def _blanks(word: bytes) -> tuple[int, int]:
    """How many stand at a word's beginning and end."""
    return len(word) - len(word.lstrip()), len(word) - len(word.rstrip())


def _image(text: str) -> bytes:
    """One byte a character: what Latin-1 lacks is `?`."""
    return text.encode("latin-1", "replace")


def _windows(
    which: int, spans: list[tuple[int, int]], reach: int, starts: list[int]
) -> Iterator[Window]:
    """The surroundings of a trigger's matches, joined where they touch within a text."""
    runs: list[tuple[int, int, int]] = []
    index, after, last = 0, 0, 0
    for start, end in spans:
        if start < after and start - last <= 2 * reach:
            last = max(last, end)
            runs[-1] = index, runs[-1][1], last
            continue
        if start >= after:
            index = bisect_right(starts, start) - 1
            after = starts[index + 1]
        last = end
        runs.append((index, start, end))
    half = reach // 2
    for index, first, last in runs:
        begin, size = starts[index], starts[index + 1] - starts[index] - 1
        low, high = first - begin - reach, last - begin + reach
        yield (
            which,
            index,
            low if low > 0 else 0,
            high if high < size else size,
            low + reach - half if low > 0 else 0,
            high - reach + half if high < size else size,
        )


def is_allowed(pattern: str) -> bool:
    """Whether a trigger keeps to the subset that the screen can search for."""
    try:
        if re2 is None:
            re.compile(_image(pattern))
        else:
            re2.compile(_image(pattern), _options())
    except (re.error, getattr(re2, "error", re.error)):
        return False
    return True


def finder(trigger: Trigger) -> Callable[[str], Sequence[_Span]]:
    """What tells where one trigger fires in a text, in order, apart from the others."""
    screen = Screen([trigger])
    return lambda text: [(start - 1, end - 1) for start, end in screen.spans([text]).get(0, ())]


def slower_without() -> list[str]:
    """The distributions that would make the screen faster and are not installed."""
    return (["google-re2"] if re2 is None else []) + literals.slower_without()


def _re(triggers: Sequence[tuple[int, bytes]]) -> _Group:
    try:
        patterns = [re.compile(pattern) for _, pattern in triggers]
    except re.error as error:
        raise ValueError("a trigger that is no regular expression") from error

    def ask(block: bytes) -> list[int]:
        return [at for at, pattern in enumerate(patterns) if pattern.search(block)]

    def finder(pattern: re.Pattern[bytes]) -> _Find:
        return lambda image, begin, end: (m.span() for m in pattern.finditer(image, begin, end))

    found = (_inside(pattern.pattern, finder(pattern)) for pattern in patterns)
    return ask, [(which, each) for (which, _), each in zip(triggers, found, strict=True)]


def _inside(pattern: bytes, find: _Find) -> _Find:
    """What finds the pattern, without what it names of the borders of texts."""
    if rb"\x00" not in pattern:
        return find

    def within(image: bytes, begin: int, end: int) -> Iterator[_Span]:
        for first, last in find(image, begin, end):
            yield first + (image[first] == 0), last - (image[last - 1] == 0)

    return within


def _re2(triggers: Sequence[tuple[int, bytes]]) -> _Group:
    options = _options()
    every = re2.Set.SearchSet(options)
    try:
        compiled = [
            (which, _inside(pattern, _finder(pattern, options))) for which, pattern in triggers
        ]
        for _, pattern in triggers:
            every.Add(pattern)
    except re2.error as error:
        raise ValueError("a trigger outside RE2's syntax") from error
    every.Compile()
    return every.Match, compiled


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.never_capture = True
    options.max_mem = 64 << 20
    return options


def _finder(pattern: bytes, options: re2.Options) -> _Find:
    """What finds the pattern: `finditer` without the object that it makes of every match."""
    compiled = re2.compile(pattern, options)
    match, unanchored = compiled._regexp.Match, re2._Anchor.UNANCHORED

    def find(image: bytes, begin: int, end: int) -> Iterator[_Span]:
        end = min(end, len(image))
        while begin <= end:
            span = match(unanchored, image, begin, end)[0]
            if span[0] < 0:
                return
            yield span
            begin = max(span[1], begin + 1)

    return find

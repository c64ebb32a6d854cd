"""What the student learns from: the words of news, business and public text, with tags.

A tag is 0 for no name; 1, 3, 5 where a person, a place, an organization begins; 2, 4, 6 inside.
`GENITIVE` and `UNTOLD` say more. In public text the teacher's chances of the tags stand beside
them. Everything is drawn by seeds of its own: equal data gives equal lessons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from detectors.tokens import tokens
from training import business
from training.corpora import LOCATION, ORGANIZATION, PERSON, news
from training.swapping import Span, swapped_texts

LABELS = (PERSON, LOCATION, ORGANIZATION)
GENITIVE = 16
"""Added to the tag of a word whose last letter is a genitive s, outside the name."""
UNTOLD = 32
"""Added where a word of a name ends in s and nobody says whether that is a genitive."""
_NEWS = "swedish-ner-corpus-webbnyheter2012/train_corpus.txt"
_SILVER = "public.jsonl"
_HELD_BACK = 900
"""Sentences of the training part of the news that nothing is learnt from."""
_NEWS_TIMES, _SWAPS = 3, 4
_RECASED = ((30, 0.15), (31, 0.35))
"""Seed of business text, and the share of it in lower or upper case."""
_BUSINESS_HELD_BACK = 99
_LOWER = 0.7
_SILVER_RECASED = 0.1
_SURE = 0.6
"""Silver whose least certain word has a smaller margin is not learnt with other names."""

Labelled = tuple[str, Sequence[Span]]
"""A text with start, end and label of its names."""


class Lesson(NamedTuple):
    """The words of a text and a tag for each."""

    words: list[str]
    tags: list[int]
    chances: Mapping[int, tuple[float, ...]] = MappingProxyType({})
    """By the number of a word: what is to be said of it instead of its tag, all tags' chances."""
    made_up: bool = False
    """Drawn from a template, which must not be learnt by heart."""


class Silver(NamedTuple):
    """A text as the teacher reads it."""

    text: str
    spans: list[Span]
    """Of whole words: a genitive s is within."""
    confidence: float
    chances: list[list[int]]
    """Start, end and chances in percent of words that may be in a name, in order."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each kind; the defaults made the model that ships."""

    business: int = 60_000
    """Documents of each of two seeds."""
    silver: int | None = None
    """Sentences of the teacher's; None: all."""
    news: int | None = None
    """Sentences; None: all."""
    judged: int = 1_500
    """Business documents that nothing is learnt from."""


TRIAL = Sizes(business=500, silver=300, news=300, judged=200)
"""Enough to see that everything runs; the model is worth nothing."""


def tagged(text: str, spans: Iterable[Span], *, told: bool = True) -> Lesson:
    """The lesson of a text; `told` when its spans leave a genitive s out."""
    own = tokens(text)
    tags = [0] * len(own)
    for start, end, label in spans:
        tag = 1 + 2 * LABELS.index(label)
        for at, (first, last) in enumerate(own):
            if first < end and last > start:
                tags[at] = tag + (GENITIVE if last == end + 1 else 0)
                if not told and text[last - 1] in "sS":
                    tags[at] += UNTOLD
                tag = 2 + 2 * LABELS.index(label)
    return Lesson([text[a:b] for a, b in own], tags)


def softened(read: Silver) -> Lesson:
    """The lesson of a text that the teacher has read.

    Where its word is several of ours, the first begins the name and the others are inside.
    """
    own = tokens(read.text)
    tags, found = [0] * len(own), dict[int, tuple[float, ...]]()
    words = iter(read.chances)
    word, last = next(words, None), -1
    for at, (start, end) in enumerate(own):
        while word and word[1] <= start:
            word = next(words, None)
        if not word or word[0] >= end:
            continue
        chances = found[at] = _chances(word[2:], begun=word[0] == last)
        last = word[0]
        tags[at] = chances.index(max(chances))
        if tags[at] and read.text[end - 1] in "sS":
            tags[at] += UNTOLD
    return Lesson([read.text[start:end] for start, end in own], tags, found)


def _chances(percent: Sequence[int], *, begun: bool) -> tuple[float, ...]:
    """Of one in all; those of a beginning count as inside where the word has begun before."""
    whole = sum(percent)
    outside, *pairs = (each / whole for each in percent)
    if begun:
        pairs = [
            each
            for first, inside in zip(pairs[::2], pairs[1::2], strict=True)
            for each in (0.0, first + inside)
        ]
    return (outside, *pairs)


def news_parts(data: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Sentences of the news to learn from, and those held back."""
    found: list[Labelled] = [(each.text, each.spans) for each in news(data / _NEWS)]
    Random(5).shuffle(found)  # noqa: S311 -- training text, no secret
    return found[_HELD_BACK:], found[:_HELD_BACK]


def silver(file: Path, count: int | None = None) -> list[Silver]:
    """The teacher's readings."""
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [
        Silver(
            row["text"],
            [(start, end, label) for start, end, label in row["spans"]],
            row["confidence"],
            row["chances"],
        )
        for row in rows
    ]


def lessons(data: Path, labelled: Path, sizes: Sizes) -> Iterator[Lesson]:
    """All that the student learns from; `labelled` is the folder that the teacher wrote."""
    taught = news_parts(data)[0][: sizes.news]
    chance = Random(3)  # noqa: S311 -- training text, no secret
    for _ in range(_NEWS_TIMES):
        yield from _recased(taught, chance, told=False)
    for number in range(_SWAPS):
        chosen = _with_persons(taught) if number else taught
        yield from _recased(swapped_texts(chosen, 100 + number, data), chance, told=False)
    for seed, share in _RECASED:
        drawn = _recased(_business(data, seed, sizes.business), chance, share)
        yield from (lesson._replace(made_up=True) for lesson in drawn)
    read = silver(labelled / _SILVER, sizes.silver)
    sure = _with_persons((each.text, each.spans) for each in read if each.confidence >= _SURE)
    yield from _recased(swapped_texts(sure, 77, data), chance, told=False)
    for each in read:
        shown = _in_case(each.text, chance, _SILVER_RECASED)
        yield softened(each._replace(text=shown))


def held_back(data: Path, sizes: Sizes) -> dict[str, list[Lesson]]:
    """Lessons to judge by, by name: news, news with other persons, business text."""
    kept = news_parts(data)[1]
    texts: dict[str, Iterable[Labelled]] = {
        "news": kept,
        "swapped": swapped_texts(_with_persons(kept), 7, data),
        "business": _business(data, _BUSINESS_HELD_BACK, sizes.judged),
    }
    return {name: [tagged(*text) for text in found] for name, found in texts.items()}


def _with_persons(texts: Iterable[Labelled]) -> list[Labelled]:
    return [each for each in texts if any(label == PERSON for _, _, label in each[1])]


def _business(data: Path, seed: int, count: int) -> Iterator[Labelled]:
    for document in business.documents(seed, count, business.source(data)):
        yield document.text, document.spans


def _recased(
    texts: Iterable[Labelled], chance: Random, share: float = 0.0, *, told: bool = True
) -> Iterator[Lesson]:
    """The lessons of the texts, a share of them in lower or upper case instead."""
    for text, spans in texts:
        yield tagged(_in_case(text, chance, share), spans, told=told)


def _in_case(text: str, chance: Random, share: float) -> str:
    """The text, or by a chance of `share` the same in lower or upper case."""
    if chance.random() < share and len(text.lower()) == len(text.upper()) == len(text):
        return text.lower() if chance.random() < _LOWER else text.upper()
    return text

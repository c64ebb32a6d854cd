"""What the student learns from: the words of news, business, public and silver text, with tags.

A tag is 0 for no name; 1, 3, 5 where a person, a place, an organization begins; 2, 4, 6 inside.
`GENITIVE`, `UNTOLD` and `OPEN` say more. Everything is drawn by seeds of its own: equal data gives
equal lessons.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from detectors import lexicon
from detectors.tokens import tokens
from training import business
from training.corpora import LOCATION, ORGANIZATION, PERSON, news
from training.swapping import Span, swapped_texts

LABELS = (PERSON, LOCATION, ORGANIZATION)
GENITIVE = 16
"""Added to the tag of a word whose last letter is a genitive s, outside the name."""
UNTOLD = 32
"""Added where a word of a name ends in s and nobody says whether that is a genitive."""
OPEN = -100
"""Instead of a tag: nobody says what the word is, and it teaches nothing."""

_NEWS = "swedish-ner-corpus-webbnyheter2012/train_corpus.txt"
_PUBLIC = ("regeringen", "riksdagen-interpellations")
_HELD_BACK = 900
"""Sentences of the training part of the news that nothing is learnt from."""
_NEWS_TIMES, _SWAPS = 3, 4
_RECASED = ((30, 0.15), (31, 0.35))
"""Seed of business text, and the share of it in lower or upper case."""
_BUSINESS_HELD_BACK = 99
_LOWER = 0.7
_SHORTEST, _LONGEST = 20, 300
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_BEGINS_AFTER = frozenset('.!?"”–-:')
_JOINS = frozenset("-&")
_PARTICLES = frozenset(
    ("von", "af", "de", "van", "der", "den", "al", "el", "bin", "da", "di", "la", "och", "för", "i")
)

Labelled = tuple[str, Sequence[Span]]
"""A text with start, end and label of its names."""


class Lesson(NamedTuple):
    """The words of a text and a tag for each."""

    words: list[str]
    tags: list[int]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each kind; the defaults made the model that ships."""

    business: int = 45_000
    """Documents of each of two seeds."""
    public: int = 22_000
    """Sentences of each source."""
    silver: int | None = None
    """Sentences of each of the teacher's files; None: all."""
    news: int | None = None
    """Sentences; None: all."""
    judged: int = 1_500
    """Business documents that nothing is learnt from."""


TRIAL = Sizes(business=500, public=300, silver=300, news=300, judged=200)
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


def opened(text: str) -> Lesson:
    """The lesson of unlabelled text: what is surely no name is none, the rest is open.

    Capitalised words are open, unless they begin a sentence and the list of words knows them, and
    so are particles between capitalised words, hyphens and ampersands.
    """
    words = [text[a:b] for a, b in tokens(text)]
    return Lesson(words, [OPEN if _is_open(words, at) else 0 for at in range(len(words))])


def _is_open(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word[0].isalpha() and not word.islower():
        begins = at == 0 or words[at - 1] in _BEGINS_AFTER
        return not (begins and lexicon.is_word(word))
    if word in _PARTICLES and 0 < at < len(words) - 1:
        return words[at - 1][0].isupper() and words[at + 1][0].isupper()
    return word in _JOINS


def public(folder: Path, count: int) -> Iterator[Lesson]:
    """So many sentences of each source of public text, mixed."""
    chance = Random(4)  # noqa: S311 -- training text, no secret
    chosen: list[str] = []
    for name in _PUBLIC:
        paragraphs = gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).decode().split("\n")
        parts = (part for paragraph in paragraphs for part in _END.split(paragraph))
        found = [part.strip() for part in parts if _SHORTEST < len(part) < _LONGEST]
        chance.shuffle(found)
        chosen += found[:count]
    chance.shuffle(chosen)
    return map(opened, chosen)


def news_parts(data: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Sentences of the news to learn from, and those held back."""
    found: list[Labelled] = [(each.text, each.spans) for each in news(data / _NEWS)]
    Random(5).shuffle(found)  # noqa: S311 -- training text, no secret
    return found[_HELD_BACK:], found[:_HELD_BACK]


def silver(file: Path, count: int | None = None) -> list[Labelled]:
    """The teacher's sentences; the genitive s may be within its names."""
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [(row["text"], [(a, b, label) for a, b, label in row["spans"]]) for row in rows]


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
        yield from _recased(_business(data, seed, sizes.business), chance, share)
    yield from public(data / "public-text", sizes.public)
    sure = silver(labelled / "public.jsonl", sizes.silver)
    again = swapped_texts(_with_persons(sure), 77, data)
    for texts in (sure, again, silver(labelled / "cased.jsonl", sizes.silver)):
        yield from _recased(texts, chance, told=False)


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
        shown = text
        if chance.random() < share and len(text.lower()) == len(text.upper()) == len(text):
            shown = text.lower() if chance.random() < _LOWER else text.upper()
        yield tagged(shown, spans, told=told)

"""Labelled and unlabelled Swedish sentences out of public data, as text with character spans."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PERSON, LOCATION, ORGANIZATION = "PERSON", "LOCATION", "ORGANIZATION"
_NEWS_LABELS = {"PER": PERSON, "LOC": LOCATION, "ORG": ORGANIZATION}
_WORD = re.compile(r"\w+(?:[-'’:&]\w+)*|[^\w\s]")
_NO_SPACE_BEFORE = frozenset(",.;:!?)]}%…")
_NO_SPACE_AFTER = frozenset("([{")
_QUOTES = frozenset("\"'”’")
_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"”(–-]?\s?[A-ZÅÄÖÉ0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-ZÅÄÖ]|bl\.\s?a|t\.\s?ex|s\.\s?k|m\.\s?m|m\.\s?fl|o\.\s?s\.\s?v|d\.\s?v\.\s?s|dvs|f\.\s?d|"
    r"f\.\s?n|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|kap|prop|bet|rskr|dnr|nr|dir|jfr|ca|st|kl|dr|mr|prof|art|inkl)"
    r"|\b\d{1,2})\.$"
)
_CAPITAL_INSIDE = re.compile(r"\S\s+[A-ZÅÄÖÉÜ]\w")
_NAME_PAIR = re.compile(r"\b[A-ZÅÄÖÉÜ]\w+\s+[A-ZÅÄÖÉÜ]\w+")
_SAME_NAMES = 15


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its names: start, end and label of each, in order, without overlap."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark in a text; `spaced` when it begins the text or follows white space."""

    start: int
    end: int
    spaced: bool


def words(text: str) -> list[Word]:
    """The words and marks of a text, in order."""
    found = _WORD.finditer(text)
    return [
        Word(m.start(), m.end(), m.start() == 0 or text[m.start() - 1].isspace()) for m in found
    ]


def _joined(tokens: Sequence[str], spans: Iterable[tuple[int, int, str]]) -> Sentence:
    """Running text out of tokens and spans of tokens."""
    text, open_quote, glue = "", False, True
    starts, ends = list[int](), list[int]()
    for token in tokens:
        closing = token[0] in _NO_SPACE_BEFORE or (token in _QUOTES and open_quote)
        text += "" if glue or closing else " "
        starts.append(len(text))
        text += token
        ends.append(len(text))
        glue = token in _NO_SPACE_AFTER or (token in _QUOTES and not open_quote)
        if token in _QUOTES:
            open_quote = not open_quote
    return Sentence(text, tuple((starts[a], ends[b - 1], label) for a, b, label in spans))


def news(path: Path) -> Iterator[Sentence]:
    """The sentences of a file of the Webbnyheter corpus, a token and its label a line.

    A tab or spaces part them: the file has both. Neighbours of one label are one name.
    """
    found, spans, last = list[str](), list[tuple[int, int, str]](), ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        token, mark = [*line.replace("\u00ad", "").split(maxsplit=1), "", ""][:2]
        if token:
            label = _NEWS_LABELS.get(mark.strip(), "")
            if label and label == last:
                spans[-1] = (spans[-1][0], len(found) + 1, label)
            elif label:
                spans.append((len(found), len(found) + 1, label))
            found.append(token)
            last = label
        elif found:
            yield _joined(found, spans)
            found, spans, last = [], [], ""


def split(
    sentences: Iterable[Sentence], part: float, seed: int
) -> tuple[list[Sentence], list[Sentence]]:
    """A training and a development part, seeded; no text stands in both."""
    by_text = {sentence.text: sentence for sentence in sentences}
    distinct = list(by_text.values())
    order = np.random.default_rng(seed).permutation(len(distinct))
    cut = int(len(distinct) * part)
    return [distinct[i] for i in order[cut:]], [distinct[i] for i in order[:cut]]


def sentences(paragraph: str) -> list[str]:
    """Splits a paragraph after full stops that end no abbreviation, initial or ordinal."""
    found, begun = list[str](), 0
    for end in _END.finditer(paragraph):
        piece = paragraph[begun : end.start()]
        if not _ABBREVIATED.search(piece):
            found.append(paragraph[begun : end.end()].strip())
            begun = end.end()
    return [*found, paragraph[begun:].strip()]


def public(
    folder: Path, count: int, seed: int, *, without_capitals: float = 0.25
) -> Iterator[Sentence]:
    """Different unlabelled sentences of about `count` words in all, drawn over the folder, seeded.

    A share of the words stand in sentences without a capitalised word inside; names that recur
    (ministers, mostly) are passed over after some sentences, so that rarer ones get their room.
    """
    paragraphs = [
        line.strip().replace("\u00ad", "")
        for path in sorted(folder.glob("*.txt.gz"))
        for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    ]
    order = np.random.default_rng(seed).permutation(len(paragraphs))
    room = {True: count * (1 - without_capitals), False: count * without_capitals}
    seen: set[str] = set()
    names: Counter[str] = Counter()
    for number in order:
        for text in sentences(paragraphs[number]):
            length, capital = len(text.split()), bool(_CAPITAL_INSIDE.search(text))
            pairs = set(_NAME_PAIR.findall(text))
            if (
                not 4 <= length <= 60
                or text in seen
                or room[capital] <= 0
                or (pairs and min(names[pair] for pair in pairs) >= _SAME_NAMES)
            ):
                continue
            seen.add(text)
            names.update(pairs)
            room[capital] -= length
            yield Sentence(text, ())
        if max(room.values()) <= 0:
            return


def recased(sentence: Sentence, *, upper: bool) -> Sentence | None:
    """A copy in lower or upper case with the same spans; None where lengths would change."""
    text = sentence.text.upper() if upper else sentence.text.lower()
    if len(text) != len(sentence.text):
        return None
    return Sentence(text, sentence.spans)

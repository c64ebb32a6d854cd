"""Speed of the whole path over texts with names, beside Presidio with spaCy's English pipeline."""

from __future__ import annotations

import gc
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from benchmarks import corpus, english, names, peers
from benchmarks.accuracy import pieces
from detectors.swedish import SwedishDetector
from scanner.model import Batch

_KB = 1000
_EVERY = 5 * _KB
"""Characters of sparse text for each name."""
_SEED = 21
_TURNS = 4
"""Each system reads a part of its texts in turn, so that what else the machine does slows all."""
_AT_ONCE = 1_000
_DENSE_BAR, _SPARSE_BAR = 5, 40
"""How many times as fast as Presidio this package has to be."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Bytes a CPU second on one kind of text."""

    ours: float
    theirs: float
    """Presidio, one text after another."""
    together: float
    """Presidio's engine for batches."""

    @property
    def times(self) -> float:
        """How many times as fast as Presidio."""
        return self.ours / self.theirs


def dense(characters: int) -> Sequence[str]:
    """Texts of about 1 KB: a mail, a ticket, a list after another, none twice; names all over."""
    rounds = characters // 20_000 + 1
    texts = list({document.text: None for document in names.documents(_SEED, rounds)})
    random.Random(_SEED).shuffle(texts)
    return list(pieces("\n".join(texts)[:characters], _KB))


def sparse(characters: int) -> Sequence[str]:
    """Texts of about 1 KB: prose, with a sentence that holds a name every 5 KB."""
    prose = corpus.prose(characters, _SEED)
    parts = (
        f"{prose[at : at + _EVERY - len(sentence) - 2]}\n{sentence}\n"
        for at, sentence in zip(range(0, characters, _EVERY), _sentences(), strict=False)
    )
    return list(pieces("".join(parts), _KB))


def _sentences() -> Iterator[str]:
    """Lines with one name, none twice."""
    for document in names.documents(_SEED + 1, 1_000, "positive"):
        persons = [label for label in document.labels if label.entity == names.PERSON]
        if len(persons) == 1 and len(document.text) < 200 and "\n" not in document.text:
            yield document.text


def measure(make: Callable[[int], Sequence[str]], ours: int, theirs: int) -> Pace:
    """All on one kind of text, so many characters for us and for Presidio; in a process of its own.

    There, each has read one line, and nothing else that could have been kept.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_measure, make, ours, theirs).result()


def _measure(make: Callable[[int], Sequence[str]], ours: int, theirs: int) -> Pace:
    logging.disable(logging.WARNING)
    _load()
    own, other = make(ours), make(theirs)
    systems = ((_ours, own), (english.read, other), (english.read_together, other))
    spent = [0.0] * len(systems)
    for turn in range(_TURNS):
        for which, (read, texts) in enumerate(systems):
            spent[which] += peers.cpu_seconds(partial(read, texts[turn::_TURNS]))
    sizes = (sum(len(text.encode()) for text in texts) for _, texts in systems)
    return Pace(*(size / seconds for size, seconds in zip(sizes, spent, strict=True)))


def _load() -> None:
    """All in memory, so that none pays when the collector walks the others' objects."""
    for read in (_ours, english.read, english.read_together):
        read(["Hej Anna Ek."])
    gc.collect()
    gc.freeze()


def _ours(texts: Sequence[str]) -> int:
    """How many candidates of every kind this package has in the texts."""
    detector = SwedishDetector()
    starts = range(0, len(texts), _AT_ONCE)
    batches = (Batch("", tuple(texts[at : at + _AT_ONCE])) for at in starts)
    return sum(1 for batch in batches for _ in detector.detect(batch))


def paces() -> Iterator[tuple[str, Pace, int | None]]:
    """What each kind of text comes to, and its bar; the beginning of a dense run has none."""
    yield "dense business text, the first 50 KB", measure(dense, 50 * _KB, 50 * _KB), None
    yield "dense business text, 1 MB", measure(dense, 1000 * _KB, 50 * _KB), _DENSE_BAR
    yield "sparse text, a name per 5 KB, 2 MB", measure(sparse, 2000 * _KB, 50 * _KB), _SPARSE_BAR


def words(work: Callable[[Sequence[str]], object], seed: int, rounds: int) -> float:
    """Words a CPU second over business texts, none twice; one line is read before."""
    work(["Hej Anna Ek."])
    texts = list({document.text: None for document in names.documents(seed, rounds)})
    size = sum(len(text.split()) for text in texts)
    return size / peers.cpu_seconds(lambda: work(texts))

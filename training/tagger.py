"""A tagger of names on top of the encoder: training, labelling and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from numpy.typing import NDArray
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from training.corpora import LOCATION, ORGANIZATION, PERSON, Sentence, Word, words
from training.encoder import Encoder

LABELS = (PERSON, LOCATION, ORGANIZATION)
TAPS = (3, 6, 9)
FROZEN = 3
_OUTSIDE = 0
_CLASSES = 1 + 2 * len(LABELS)
_MOST_WORDS, _MOST_PIECES = 150, 480
_BATCH = 2048
_UNLABELLED = -100
_SURELY_OUTSIDE = 0.985
"""Words that are no name with such a chance have no chances written."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tagger says of a text."""

    sentence: Sentence
    """The text with the likeliest names."""
    margin: float
    """How far the likeliest label of the least certain word is ahead of the next."""
    chances: tuple[tuple[int, ...], ...]
    """Start, end and the chances of the tags, in percent, of each word that may be in a name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, or a part of a long one, as the encoder reads it."""

    pieces: tuple[int, ...]
    owners: tuple[int, ...]
    words: tuple[Word, ...]
    tags: tuple[int, ...]


def _tags(found: Sequence[Word], sentence: Sentence) -> list[int]:
    """0 outside; 1, 3, 5 where a name of each label begins; 2, 4, 6 inside."""
    tags, last = [], -1
    for word in found:
        tag = _OUTSIDE
        for number, (start, end, label) in enumerate(sentence.spans):
            if word.start < end and word.end > start:
                tag = 1 + 2 * LABELS.index(label) + (number == last)
                last = number
        tags.append(tag)
    return tags


def rows(sentence: Sentence, encoder: Encoder) -> Iterator[Row]:
    """The rows of a sentence: one, unless it is very long."""
    found = words(sentence.text)
    tags = _tags(found, sentence)
    pieces, owners, begun = list[int](), list[int](), 0
    for number, word in enumerate(found):
        parts = encoder.pieces.of(sentence.text[word.start : word.end], spaced=word.spaced)[:40]
        if number - begun == _MOST_WORDS or len(pieces) + len(parts) > _MOST_PIECES:
            yield _row(pieces, owners, found[begun:number], tags[begun:number], encoder)
            pieces, owners, begun = [], [], number
        pieces += parts
        owners += [number - begun + 1] * len(parts)
    if pieces:
        yield _row(pieces, owners, found[begun:], tags[begun:], encoder)


def _row(
    pieces: list[int], owners: list[int], found: list[Word], tags: list[int], encoder: Encoder
) -> Row:
    ends = encoder.pieces
    return Row((ends.first, *pieces, ends.last), (0, *owners, 0), tuple(found), tuple(tags))


def batches(rows_: Sequence[Row], seed: int | None, size: int = _BATCH) -> Iterator[list[int]]:
    """Numbers of rows of like length; with a seed, shuffled."""
    lengths = np.array([len(row.pieces) for row in rows_], float)
    chance = np.random.default_rng(seed)
    if seed is not None:
        lengths *= chance.uniform(0.85, 1.15, len(lengths))
    groups, group = list[list[int]](), list[int]()
    for number in np.argsort(lengths, kind="stable").tolist():
        if group and (len(group) + 1) * len(rows_[number].pieces) > size:
            groups.append(group)
            group = []
        group.append(number)
    groups.append(group)
    order = chance.permutation(len(groups)) if seed is not None else range(len(groups))
    return (groups[i] for i in order)


class Tagger(nn.Module):  # type: ignore[misc,unused-ignore]
    """Scores of every word of a row: its hidden states in some layers, then a small convolution.

    Layers after the last tap are dropped from the encoder.
    """

    def __init__(self, encoder: Encoder, *, taps: Sequence[int] = TAPS, inner: int = 256) -> None:
        super().__init__()
        self.encoder, self.taps = encoder, tuple(taps)
        self.norm = nn.LayerNorm(encoder.width * len(self.taps))
        self.narrow = nn.Linear(encoder.width * len(self.taps), inner)
        self.look = nn.Conv1d(inner, inner, 3, padding=1)
        self.score = nn.Linear(inner, _CLASSES)
        self.drop = nn.Dropout(0.2)
        encoder.layers = encoder.layers[: max(taps)]

    def states(self, pieces: torch.Tensor, owners: torch.Tensor) -> torch.Tensor:
        """The mean state of each word's pieces, all taps side by side."""
        hidden = torch.cat([h.float() for h in self.encoder(pieces, self.taps)], dim=-1)
        size, _, width = hidden.shape
        count = int(owners.max()) + 1
        total = hidden.new_zeros(size, count, width)
        total = total.scatter_add(1, owners[..., None].expand_as(hidden), hidden)
        number = hidden.new_zeros(size, count).scatter_add(
            1, owners, torch.ones_like(owners).float()
        )
        return (total / number.clamp(min=1)[..., None])[:, 1:]

    def forward(self, pieces: torch.Tensor, owners: torch.Tensor) -> torch.Tensor:
        """Unscaled scores: rows, words, classes."""
        x = functional.gelu(self.narrow(self.drop(self.norm(self.states(pieces, owners)))))
        x = x + functional.gelu(self.look(self.drop(x).transpose(1, 2)).transpose(1, 2))
        return self.score(self.drop(x))


def _tensors(rows_: Sequence[Row], pad: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    length = max(len(row.pieces) for row in rows_)
    count = max(len(row.tags) for row in rows_)
    pieces = torch.full((len(rows_), length), pad)
    owners = torch.zeros((len(rows_), length), dtype=torch.long)
    tags = torch.full((len(rows_), count), _UNLABELLED)
    for number, row in enumerate(rows_):
        pieces[number, : len(row.pieces)] = torch.tensor(row.pieces)
        owners[number, : len(row.owners)] = torch.tensor(row.owners)
        tags[number, : len(row.tags)] = torch.tensor(row.tags)
    return pieces, owners, tags


def fit(
    tagger: Tagger,
    sentences: Sequence[Sentence],
    *,
    epochs: int,
    seed: int,
    rates: tuple[float, float] = (1e-4, 1e-3),
    hide: float = 0.03,
    frozen: int = FROZEN,
) -> Iterator[float]:
    """Trains the head and the layers after the first `frozen`; yields each epoch's mean loss."""
    torch.manual_seed(seed)
    train = [row for sentence in sentences for row in rows(sentence, tagger.encoder)]
    head = [p for name, p in tagger.named_parameters() if not name.startswith("encoder.")]
    tagger.encoder.requires_grad_(False)  # noqa: FBT003
    body = [p for layer in tagger.encoder.layers[frozen:] for p in layer.parameters()]
    for parameter in body:
        parameter.requires_grad_(True)  # noqa: FBT003
    groups = [{"params": head, "lr": rates[1]}]
    if body:
        groups.append({"params": body, "lr": rates[0]})
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * sum(1 for _ in batches(train, seed))
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [g["lr"] for g in groups], total_steps=steps + epochs * 8, pct_start=0.1
    )
    ends = tagger.encoder.pieces
    for epoch in range(epochs):
        tagger.train()
        losses = []
        for group in batches(train, seed + epoch):
            pieces, owners, tags = _tensors([train[i] for i in group], ends.pad)
            hidden = (torch.rand(pieces.shape) < hide) & (owners > 0)
            with torch.autocast("cpu", torch.bfloat16):
                scores = tagger(pieces.masked_fill(hidden, ends.unknown), owners)
            loss = functional.cross_entropy(
                scores.float().flatten(0, 1), tags.flatten(), label_smoothing=0.02
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            plan.step()
            losses.append(float(loss.detach()))
        yield sum(losses) / len(losses)


def _best(chances: NDArray[np.float32]) -> list[int]:
    """The likeliest tags of a row in which no name goes on without having begun."""
    allowed = np.zeros((_CLASSES, _CLASSES))
    for inside in range(2, _CLASSES, 2):
        allowed[:, inside] = -1e9
        allowed[[inside - 1, inside], inside] = 0
    logs = np.log(chances + 1e-9)
    score, back = logs[0] + allowed[0], []
    for row in logs[1:]:
        ways = score[:, None] + allowed
        back.append(ways.argmax(0))
        score = ways.max(0) + row
    tags = [int(score.argmax())]
    for step in reversed(back):
        tags.append(int(step[tags[-1]]))
    return tags[::-1]


def _margin(chances: NDArray[np.float32]) -> float:
    """How far the likeliest label of the least certain word is ahead of the next."""
    kinds = np.concatenate(
        [chances[:, :1], chances[:, 1:].reshape(len(chances), len(LABELS), 2).sum(2)], axis=1
    )
    ordered = np.sort(kinds, axis=1)
    return float((ordered[:, -1] - ordered[:, -2]).min())


def _spans(row: Row, tags: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    start = end = tag = 0
    for word, found in zip(row.words, tags, strict=True):
        if tag and not (found and found % 2 == 0):
            yield start, end, LABELS[(tag - 1) // 2]
            tag = 0
        if found:
            start, tag = (start, tag) if tag else (word.start, found)
            end = word.end
    if tag:
        yield start, end, LABELS[(tag - 1) // 2]


def _doubts(row: Row, chances: NDArray[np.float32]) -> Iterator[tuple[int, ...]]:
    for word, own in zip(row.words, chances, strict=True):
        if own[_OUTSIDE] < _SURELY_OUTSIDE:
            yield (word.start, word.end, *(round(100 * float(chance)) for chance in own))


def label(tagger: Tagger, texts: Sequence[str], *, size: int = 4 * _BATCH) -> list[Reading]:
    """A reading of each text."""
    tagger.eval()
    parts = [
        (number, row)
        for number, text in enumerate(texts)
        for row in rows(Sentence(text, ()), tagger.encoder)
    ]
    spans: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    doubts: list[list[tuple[int, ...]]] = [[] for _ in texts]
    margins = [1.0] * len(texts)
    for group in batches([row for _, row in parts], None, size):
        pieces, owners, _ = _tensors([parts[i][1] for i in group], tagger.encoder.pieces.pad)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            chances = tagger(pieces, owners).float().softmax(-1).numpy()
        for i, chance in zip(group, chances, strict=True):
            number, row = parts[i]
            known = chance[: len(row.words)]
            spans[number] += _spans(row, _best(known))
            doubts[number] += _doubts(row, known)
            margins[number] = min(margins[number], _margin(known))
    return [
        Reading(Sentence(text, tuple(sorted(spans[n]))), margins[n], tuple(sorted(doubts[n])))
        for n, text in enumerate(texts)
    ]


def aligned(sentence: Sentence) -> set[tuple[int, int, str]]:
    """The spans widened to whole words, as the tagger gives them."""
    found = words(sentence.text)
    row = Row((), (), tuple(found), tuple(_tags(found, sentence)))
    return set(_spans(row, row.tags))


def scores(tagger: Tagger, gold: Sequence[Sentence]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of exactly equal spans, by label."""
    found = label(tagger, [sentence.text for sentence in gold])
    result = {}
    for kind in LABELS:
        right = said = there = 0
        for sentence, reading in zip(gold, found, strict=True):
            mine = {span for span in reading.sentence.spans if span[2] == kind}
            theirs = {span for span in aligned(sentence) if span[2] == kind}
            right, said, there = right + len(mine & theirs), said + len(mine), there + len(theirs)
        precision, recall = right / max(said, 1), right / max(there, 1)
        result[kind] = (precision, recall, 2 * right / max(said + there, 1))
    return result

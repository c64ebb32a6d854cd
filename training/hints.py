"""The words that wake each class of sensitive text: `detectors/data/sensitive/hints.txt`.

python -m training.hints DATA detectors/data/sensitive/hints.txt

They are the words whose sense alone speaks most for the class, by the model that `training/gist.py`
wrote before; none that public text holds often, that any text does, that is a name or that other
hints are made of.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from itertools import chain
from pathlib import Path
from statistics import fmean

from benchmarks.sensitive import CLASSES
from detectors import cues, gist

FRAMES = (
    "Hon {} sedan i våras.", "Kunden sa något om {} i telefon.", "Kalle och {} igen.",
    "{} enligt Eva.", "Vi vet att Johan har {} hemma.", "min {} gör att jag inte kan betala",
)  # fmt: skip
EACH = 400
_RARE = 60
"""How often a word may stand in the public text, of 3.4 million words."""
_SHORTEST = 4
_STREET = ("gatan", "vägen", "stigen", "gränd", "torget")


def hints(data: Path) -> dict[str, list[str]]:
    """The words of each class, in order of the alphabet."""
    large, small = _public(data)
    names = _names() | {word for word, number in large.items() if number > small[word]}
    counts = large + small
    every = [word for word in gist.known() if word not in names and _may_wake(word, counts[word])]
    senses = {word: _sense(word) for word in every}
    found = {}
    for entity in sorted(CLASSES):
        told = _told(entity)
        own = [word for word in every if word not in told]
        best = sorted(own, key=lambda word: (-senses[word][entity], word))
        found[entity] = sorted(best[:EACH])
    return found


def _told(entity: str) -> frozenset[str]:
    """What other hints are made of: they have judges of their own."""
    other = (cue for cue in cues.vocabulary(entity).cues if cue.level == "hint")
    words = (cues.LETTERS.findall(cue.words) for cue in other if cue.kind != cues.SENSE)
    return frozenset(chain.from_iterable(words))


def _public(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often the public text writes each word with a capital, and how often without."""
    large, small = Counter[str](), Counter[str]()
    for path in sorted((data / "public-text").glob("*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for word in chain.from_iterable(map(cues.LETTERS.findall, stream)):
                (small if word[0].islower() else large)[word.casefold()] += 1
    return large, small


def _names() -> frozenset[str]:
    """Names that texts are made with: nobody is told by a surname what they are."""
    folder = Path(__file__).parent
    texts = ((folder / f"{name}.toml").read_text("utf-8") for name in ("roots", "words"))
    every = chain.from_iterable(map(cues.LETTERS.findall, texts))
    return frozenset(word.casefold() for word in every if word[0].isupper())


def _sense(word: str) -> dict[str, float]:
    every = [gist.scores(frame.format(word)) for frame in FRAMES]
    return {entity: fmean(own[entity] for own in every) for entity in every[0]}


def _may_wake(word: str, count: int) -> bool:
    if len(word) < _SHORTEST or not word.isalpha() or count > _RARE or word.endswith(_STREET):
        return False
    return word not in cues.everyday()


def main() -> None:
    """Choose the words and write them to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds public-text")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    rows = (" ".join([entity, *words]) for entity, words in hints(given.data).items())
    given.out.write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""The model of what stands around plates: `detectors/data/plates.bin`.

It is learnt as that of phones is: from the lines of `plates.toml` and `plates_more.toml`, from the
recogniser's corpus and from the benchmarks that have been looked at.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from benchmarks import corpus
from detectors.recognizers.plate import Plate
from training.bystanders import BENCHMARKS, CORPORA, SEED, Draw, Example, drawn, learn, rows

LINES = Path(__file__).with_name("plates.toml")
MORE_LINES = Path(__file__).with_name("plates_more.toml")
TIMES, WEIGHT, SURE = 40, 6, 16
"""How often a line is filled, and the weight of the benchmarks' examples and of the corpus'."""
ENTITY = "SE_VEHICLE_REGISTRATION"
_LETTERS = "ABCDEFGHJKLMNOPRSTUWXYZ"
_OF_WORDS = {
    "z": "coded", "y": "cars", "n": "makes", "p": "headers", "g": "fleet", "j": "parts",
    "l": "done", "i": "persons", "b": "doings",
}  # fmt: skip


class PlateDraw(Draw):
    """What the slots of the lines about plates are filled with."""

    SOUGHT = "plates"
    OWN = LINES
    VALUES = "rx"

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        table = tomllib.loads(LINES.read_text("utf-8"))
        self._coded: dict[str, list[str]] = {
            name: group.split() for name, group in table["coded"].items()
        }

    def _read(self, table: Mapping[str, Mapping[str, list[str]]]) -> None:
        more = tomllib.loads(MORE_LINES.read_text("utf-8"))
        super()._read(
            {
                side: {form: table[side][form] + lines for form, lines in forms.items()}
                for side, forms in more.items()
            }
        )

    def value(self, slot: str, *, is_sought: bool) -> str:  # noqa: ARG002 - the slot tells
        """A code of a plate's shape; what is sought and what is not are drawn alike."""
        random = self._random
        letters = "".join(random.choices(_LETTERS, k=3))
        last = random.choice("01234567899ABCDEFG")
        code = f"{letters}{random.choice(('', '', ' ', ' ', '-'))}{random.randint(10, 99)}{last}"
        return code.lower() if random.random() < 0.12 else code

    def filled(self, name: str) -> str:
        """What fills a slot of that letter."""
        if name in _OF_WORDS:
            return self._random.choice(self._coded[_OF_WORDS[name]]).replace("_", " ")
        return super().filled(name)


def of_benchmark(name: str) -> Iterator[Example]:
    """The plates of a benchmark's texts, and all other codes of their shape."""
    for side in ("positive", "negative"):
        for document in corpus.documents(side, SEED, 3, name):
            own = [(x.start, x.end) for x in document.labels if x.entity == ENTITY]
            others = [(x.start, x.end) for x in document.labels if x.entity != ENTITY]
            yield from _told(document.text, own, others)


def of_corpus() -> Iterator[Example]:
    """The lines of the recogniser's corpus."""
    table = tomllib.loads((CORPORA / f"{ENTITY}.toml").read_text("utf-8"))
    for line in (*table["match"], *table["no_match"]):
        text, own = "", list[tuple[int, int]]()
        for part in line.split("«"):
            plate, mark, rest = part.partition("»")
            if mark:
                own.append((len(text), len(text) + len(plate)))
            text += plate + rest
        yield from _told(text, own, ())


def _told(
    text: str, own: list[tuple[int, int]], others: list[tuple[int, int]] | tuple[()]
) -> Iterator[Example]:
    """Each code of a text that the recogniser sees or ought to see."""
    seen = {(hit.start, hit.end) for hit in Plate().find(text)}
    for start, end in sorted(seen | set(own)):
        if not any(low < end and start < high for low, high in others):
            yield Example(text, start, end, (start, end) in own)


def main() -> None:
    """Learn the model and write it to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    random = Random(SEED)  # noqa: S311 - texts, no secrets
    lines = drawn(PlateDraw(random), random, TIMES, TIMES)
    every = [*rows(lines), *[*rows(of_corpus())] * SURE]
    for name in (*BENCHMARKS, "plates"):
        every += [*rows(of_benchmark(name))] * WEIGHT
    given.out.write_bytes(learn(every))


if __name__ == "__main__":
    main()

"""The model of what stands around phones: `detectors/data/bystanders.bin`.

It is learnt from lines filled with the nouns of `bystanders.toml`, from the recognisers' corpora
and from the benchmarks that have been looked at, in which what is no phone is written like one.
Sets that nobody has looked at judge it and are never read here.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpus
from benchmarks.values import Values
from detectors import bystanders, lexicon
from detectors.header import Headers
from detectors.judge import SCALE, SIZE, ZERO, place

LINES = Path(__file__).with_name("bystanders.toml")
CORPORA = Path(__file__).parents[1] / "tests" / "corpus"
BENCHMARKS = (
    "templates", "unseen", "third", "fourth", "fifth", "held_out", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth",
)  # fmt: skip
SEED = 1
NOBODY, PHONES, MORE = 50, 25, 4
"""How often each line of a side is filled, and the more of those that name who answers."""
ROUNDS = 3
"""How often each template of a benchmark is."""
STEPS, PACE, STRENGTH = 300, 0.5, 0.6
"""Of the descent, and of its pull towards nought."""
WEIGHT, RARE, SURE = 2, 6, 10
"""Of the benchmarks' examples, of the phones among them, and of the corpora: these must hold."""
_SLOT = re.compile(r"\{([a-zA-Z])\}")
_NAMING = re.compile(r"\{[gGlL]\}")
_NUMBER = re.compile(r"(?=(?:[^0-9]*[0-9]){5})[0-9][0-9 ./-]{3,18}[0-9]")
_NATIONAL = re.compile(
    r"(?<![0-9.,:/-])0[1-9][0-9]{0,2}[-/ ]?[0-9]{2,7}(?: [0-9]{2,3}){0,3}(?![0-9])"
)
_MARKED = re.compile("«([^»]*)»")
_ANNOUNCED = re.compile(r"(?i:nr|nummer|numret|no|id|kod|konto)\W{0,3}$")
_BETWEEN = (" ", " ", ". ", ", ", "\n", "\n", "\n\n")
_UNREAL = ("024", "039", "058", "066", "071", "081", "082", "095", "0812", "0677", "0599")
_AREAS = (
    "08",
    "031",
    "040",
    "019",
    "0480",
    "0470",
    "0491",
    "0980",
    "010",
    "020",
    "0771",
    "0200",
    "021",
)
_MOBILES = ("070", "072", "073", "076", "079")
_SHAPES = (
    "-3 2 2",
    "-3 2 2",
    "-7",
    "-2 2 3",
    " 3 2 2",
    "-6",
    "-2 2 2",
    " 6",
    "/3 2 2",
    "-3 3",
    "-5",
    "-3 4",
)


class Example(NamedTuple):
    """A number in a text, and whether it is a phone's."""

    text: str
    start: int
    end: int
    is_phone: bool


_OF_WORDS = {
    "t": "bare", "d": "definites", "k": "keys", "h": "columns", "j": "works", "g": "desks",
    "i": "titles", "y": "headers", "r": "answers", "f": "firms", "o": "towns",
}  # fmt: skip
Row = tuple[frozenset[str], bool]


def rows(examples: Iterator[Example]) -> Iterator[Row]:
    """What the model sees of each example."""
    last, headers = "", Headers("")
    for text, start, end, is_phone in examples:
        if text != last:
            last, headers = text, Headers(text)
        yield frozenset(bystanders.features(text, start, end, headers)), is_phone


def written(random: Random, *, is_phone: bool) -> str:
    """A number of a phone's shape; what is nobody's may have an area code that does not exist."""
    if random.random() < 0.4:
        return random.choice(_MOBILES) + _digits(random, 7)
    mobile = random.random() < 0.45
    area = random.choice(_MOBILES if mobile else _AREAS)
    if not is_phone and random.random() < 0.3:
        area = random.choice(_UNREAL)
    shape = random.choice(_SHAPES[:5] if mobile else _SHAPES)
    groups = re.findall("[-/ ]|[0-9]", shape)
    return area + "".join(_digits(random, int(g)) if g.isdigit() else g for g in groups)


def _digits(random: Random, count: int) -> str:
    return str(random.randint(1, 9)) + "".join(str(random.randint(0, 9)) for _ in range(count - 1))


class Draw:
    """What the slots of the lines are filled with."""

    SOUGHT = "phones"
    """The side of the lines that hold what is sought; the other is `nobody`."""
    OWN = LINES
    """The file with the lines."""
    VALUES = "np"
    """The slots of what may be sought."""

    def __init__(self, random: Random) -> None:
        self._random = random
        table = tomllib.loads(LINES.read_text("utf-8"))
        self.around: list[str] = table["around"]["lines"]
        self._read(tomllib.loads(self.OWN.read_text("utf-8")))
        self._words: dict[str, list[str]] = {
            name: [word.replace("_", " ") for word in group.split()]
            for section in ("things", "desks", "places")
            for name, group in table[section].items()
        }
        apart = ("heads", "prefixes", "definite", "works", "keys", "columns")
        nouns = [
            word for name in table["things"] if name not in apart for word in self._words[name]
        ]
        self._words |= {"bare": [noun.partition("/")[0] for noun in nouns]}
        self._words |= {"definites": [noun.rpartition("/")[2] for noun in nouns]}
        self._given = sorted(map(str.capitalize, lexicon.frequent_given(2000)))
        self._surnames = sorted(map(str.capitalize, lexicon.frequent_surnames()))

    def _read(self, table: Mapping[str, Mapping[str, list[str]]]) -> None:
        sides = ("nobody", self.SOUGHT)
        self.lines = {side: table[side]["lines"] + table[side]["tables"] for side in sides}
        value = re.compile(rf"\{{[{self.VALUES}]\}}")
        self.others = [value.sub("{q}", line) for side in sides for line in table[side]["lines"]]

    def value(self, slot: str, *, is_sought: bool) -> str:  # noqa: ARG002 - plates tell by the slot
        """What may be sought."""
        return written(self._random, is_phone=is_sought)

    def filled(self, name: str) -> str:
        """What fills a slot of that letter."""
        random, words = self._random, self._words
        if name in _OF_WORDS:
            return random.choice(words[_OF_WORDS[name]])
        made = {
            "a": lambda: f"{random.choice('ABCDEKLMR')}{random.randint(1, 99)}",
            "b": lambda: self._compound(random.choice(words["definite"])),
            "c": lambda: self._compound(random.choice(words["heads"])),
            "e": lambda: self._name(".").lower() + "@example.se",
            "l": lambda: random.choice(words["of_offices"]) + random.choice(words["offices"]),
            "m": lambda: f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            "q": lambda: str(random.randint(1, 900)),
            "s": lambda: f"{random.choice(words['streets'])} {random.randint(1, 90)}",
            "u": lambda: f"{random.randint(0, 23):02}:{random.randint(0, 59):02}",
            "v": lambda: self._name(" ").partition(" ")[0],
            "w": lambda: self._name(" "),
        }
        return made[name]()

    def _name(self, joint: str) -> str:
        return f"{self._random.choice(self._given)}{joint}{self._random.choice(self._surnames)}"

    def _compound(self, head: str) -> str:
        """`batchnummer`, `ritningsnr`, `order-id`, `projektnr`."""
        random = self._random
        first = random.choice(self._words[random.choice(("prefixes", "bare"))])
        return f"{first}{random.choice(('', '', '', '', '-', ' ', '_'))}{head}"

    def examples(self, line: str, *, is_phone: bool) -> Iterator[Example]:
        """The line filled, and each number in it."""
        text, places = "", []
        at = 0
        for slot in _SLOT.finditer(line):
            text += line[at : slot.start()]
            at = slot.end()
            name = slot[1]
            if name in self.VALUES:
                value = self.value(name, is_sought=is_phone)
                places.append((len(text), len(text) + len(value), name != "x" and is_phone))
            else:
                value = self.filled(name.lower())
                if name.isupper():
                    value = value[:1].upper() + value[1:]
            text += value
        text += line[at:]
        if self._random.random() < 0.15:
            text = text.lower()
        for start, end, is_sought in places:
            yield Example(text, start, end, is_sought)


def drawn(draw: Draw, random: Random, nobody: int, sought: int) -> Iterator[Example]:
    """Examples of the lines of both sides, each line filled so often."""
    for side, times in (("nobody", nobody), (draw.SOUGHT, sought)):
        for line in draw.lines[side]:
            for _ in range(times * (MORE if _NAMING.search(line) else 1)):
                varied = _varied(line, draw, random)
                yield from draw.examples(varied, is_phone=side == draw.SOUGHT)


def _varied(line: str, draw: Draw, random: Random) -> str:
    """A line as it stands, or with some of either side around it: so the nearest words tell."""
    for _ in range(2):
        around = random.choice((draw.around, draw.others))
        if random.random() < 0.3:
            line = f"{random.choice(around)}{random.choice(_BETWEEN)}{line}"
        if random.random() < 0.2:
            line = f"{line}{random.choice(_BETWEEN)}{random.choice(around)}"
    return line


def of_benchmark(name: str) -> Iterator[Example]:
    """The phones of a benchmark's texts, and all other numbers written like phones."""
    random = Random(SEED)  # noqa: S311 - texts, no secrets
    values = Values(random)
    for side in ("positive", "negative"):
        for group in corpus.templates(name)[side].values():
            for template in group:
                for _ in range(ROUNDS):
                    yield from _filled(template, values, random)


_TEMPLATE_SLOT = re.compile(r"\{([a-z0-9_]+)\}|\{\{|\}\}")


def _filled(template: str, values: Values, random: Random) -> Iterator[Example]:
    text, places, at = "", [], 0
    for slot in _TEMPLATE_SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        name = slot[1]
        if name is None:
            text += slot[0][0]
            continue
        entity, draw = corpus.LABELLED.get(name) or ("", corpus.FILLERS[name])
        value = draw(values)
        is_phone = entity == "PHONE_NUMBER"
        if is_phone or (not entity and _NUMBER.fullmatch(value)):
            if not is_phone or random.random() < 0.3:
                value = written(random, is_phone=is_phone)
            places.append((len(text), len(text) + len(value), is_phone))
        text += value
    text += template[at:]
    for start, end, is_phone in places:
        if text[start] in "0(":
            yield Example(text, start, end, is_phone)


def of_corpora() -> Iterator[Example]:
    """The lines of the corpora: phones, and what else is marked, written like one."""
    random = Random(SEED)  # noqa: S311 - texts, no secrets
    for path in sorted(CORPORA.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        is_phone = path.stem == "PHONE_NUMBER"
        for line in table["match"]:
            yield from _marked(line, random, is_phone=is_phone)
        for line in table["no_match"] if is_phone else ():
            for found in _NATIONAL.finditer(line):
                yield Example(line, *found.span(), is_phone=False)


def _marked(line: str, random: Random, *, is_phone: bool) -> Iterator[Example]:
    text, places, at = "", [], 0
    for found in _MARKED.finditer(line):
        text += line[at : found.start()]
        at = found.end()
        value = found[1]
        if not is_phone:
            if not _NUMBER.fullmatch(value) or not _ANNOUNCED.search(text):
                text += value
                continue
            value = written(random, is_phone=False)
        places.append((len(text), len(text) + len(value)))
        text += value
    text += line[at:]
    for start, end in places:
        if text[start] in "0(":
            yield Example(text, start, end, is_phone)


def learn(rows: list[Row]) -> bytes:
    """Weights, a byte each, of a logistic model of the rows."""
    counts = Counter(feature for own, _ in rows for feature in own)
    kept = [[place(feature) for feature in own if counts[feature] > 1] for own, _ in rows]
    lengths = np.array([len(row) for row in kept])
    spread = np.repeat([len(own) ** -0.5 for own, _ in rows], lengths)
    labels = np.array([is_phone for _, is_phone in rows], np.float64)
    weights = _descend(np.concatenate([np.array(row) for row in kept]), lengths, spread, labels)
    steps = np.clip(np.rint(weights * SCALE) + ZERO, 0, 255)
    return bytes(int(step) for step in steps)


def _descend(
    every: NDArray[np.int64],
    lengths: NDArray[np.int64],
    spread: NDArray[np.float64],
    labels: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights that tell the labels best: each place goes as far as it was seldom moved."""
    begins = np.cumsum(lengths) - lengths
    weights, moved = np.zeros(SIZE), np.full(SIZE, 1e-6)
    for _ in range(STEPS):
        sums = np.add.reduceat(weights[every] * spread, begins)
        wrong = 1 / (1 + np.exp(-sums)) - labels
        pull = np.bincount(every, np.repeat(wrong, lengths) * spread, SIZE) + STRENGTH * weights
        moved += pull**2
        weights -= PACE * pull / np.sqrt(moved)
    return weights


def main() -> None:
    """Learn the model and write it to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    random = Random(SEED)  # noqa: S311 - texts, no secrets
    lines = drawn(Draw(random), random, NOBODY, PHONES)
    every = [*rows(lines), *[*rows(of_corpora())] * SURE]
    for name in BENCHMARKS:
        for row in rows(of_benchmark(name)):
            every += [row] * (RARE if row[1] else WEIGHT)
    given.out.write_bytes(learn(every))


if __name__ == "__main__":
    main()

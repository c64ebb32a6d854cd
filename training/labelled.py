"""Texts on sensitive matters with labels: those of the benchmarks, the corpora and the lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.sensitive import CLASSES, Case, Split, cases

LINES = tuple(
    Path(__file__).with_name(f"sensitive_{name}.toml")
    for name in (
        "lines",
        "notes",
        "talk",
        "remarks",
        "calls",
        "phrases",
        "desk",
        "office",
        "fields",
    )
)
SPLITS: tuple[Split, ...] = ("seen", "held_out", "new", "blind", "fresh")
CORPORA = Path(__file__).parents[1] / "tests" / "corpus"


def looked_at() -> Iterator[Case]:
    """The cases of the benchmarks whose errors have been looked at."""
    return chain.from_iterable(map(cases, SPLITS))


def corpora() -> Iterator[Case]:
    """The lines of the recognisers' corpora; a line says nothing about other classes."""
    for entity in sorted(CLASSES):
        table = tomllib.loads((CORPORA / f"{entity}.toml").read_text("utf-8"))
        for side, own in (("match", frozenset({entity})), ("no_match", frozenset[str]())):
            for line in table[side]:
                text = line.replace("«", "").replace("»", "")
                yield Case(text, own, entity, side, "seen", CLASSES - {entity})


def lines() -> Iterator[Case]:
    """The lines written for the judge: one says its class, or nothing of anybody."""
    tables = (tomllib.loads(path.read_text("utf-8")) for path in LINES)
    for entity, sides in chain.from_iterable(table.items() for table in tables):
        for text in sides["said"]:
            own = frozenset({entity})
            yield Case(text, own, entity, "said", "seen", CLASSES - own)
        for text in sides["nobody"]:
            yield Case(text, frozenset(), entity, "nobody", "seen")

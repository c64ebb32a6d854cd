"""Labelled documents from templates, the same for the same seed."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from benchmarks import (
    eighth,
    eleventh,
    fifteenth,
    fifth,
    forms,
    fourteenth,
    fourth,
    held_out,
    lookalikes,
    ninth,
    sixteenth,
    tenth,
    third,
    thirteenth,
    twelfth,
    values,
)
from benchmarks.values import Values

_SLOT = re.compile(r"\{([a-z0-9_]+)\}|\{\{|\}\}")
LABELLED = {
    **values.LABELLED, **forms.LABELLED, **third.LABELLED, **fourth.LABELLED,
    **fifth.LABELLED, **held_out.LABELLED, **eighth.LABELLED, **ninth.LABELLED,
    **tenth.LABELLED, **eleventh.LABELLED, **twelfth.LABELLED,
    **thirteenth.LABELLED, **fourteenth.LABELLED, **fifteenth.LABELLED,
    **sixteenth.LABELLED,
}  # fmt: skip
FILLERS = {
    **values.FILLERS, **lookalikes.FILLERS, **third.FILLERS, **fourth.FILLERS,
    **fifth.FILLERS, **held_out.FILLERS, **eighth.FILLERS, **ninth.FILLERS,
    **tenth.FILLERS, **eleventh.FILLERS, **twelfth.FILLERS,
    **thirteenth.FILLERS, **fourteenth.FILLERS, **fifteenth.FILLERS,
    **sixteenth.FILLERS,
}  # fmt: skip
_SIZE = 60
"""Characters an item in dense text."""


@dataclass(frozen=True, slots=True)
class Label:
    """An identifier by its place in a document."""

    entity: str
    start: int
    end: int
    """Characters, end exclusive."""
    text: str
    is_bare: bool = False
    """Ten digits without separator, century or cue word."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and every identifier in it."""

    kind: str
    """The template's group: `mail`, `log`, `ocr`."""
    text: str
    labels: tuple[Label, ...]


@cache
def templates(name: str = "templates") -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Groups of templates of one file, under `positive`, `negative` and perhaps `prose`."""
    raw = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
    tables = cast(Mapping[str, Mapping[str, list[str]]], raw)
    return {side: {k: tuple(v) for k, v in groups.items()} for side, groups in tables.items()}


def documents(side: str, seed: int, rounds: int, name: str = "templates") -> Iterator[Document]:
    """Every template of one side, `positive` or `negative`, filled `rounds` times."""
    drawn = Values(random.Random(f"{side}{seed}"))
    for _ in range(rounds):
        for kind, group in templates(name)[side].items():
            for template in group:
                yield fill(kind, template, drawn)


def fill(kind: str, template: str, drawn: Values) -> Document:
    """One template with a value in every slot."""
    parts: list[str] = []
    labels: list[Label] = []
    at = last = 0
    for slot in _SLOT.finditer(template):
        name = slot[1]
        parts.append(template[last : slot.start()])
        at += len(parts[-1])
        last = slot.end()
        if name is None:
            text = slot[0][0]
        elif name in LABELLED:
            entity, draw = LABELLED[name]
            text = draw(drawn)
            labels.append(Label(entity, at, at + len(text), text, name == "personnummer_bare"))
        else:
            text = FILLERS[name](drawn)
        parts.append(text)
        at += len(text)
    parts.append(template[last:])
    return Document(kind, "".join(parts), tuple(labels))


def prose(characters: int, seed: int) -> str:
    """Swedish sentences without identifiers, of about that length."""
    drawn = random.Random(seed)
    sentences = templates()["prose"]["sentences"]
    parts: list[str] = []
    size = 0
    while size < characters:
        parts.append(drawn.choice(sentences))
        size += len(parts[-1]) + 1
        parts.append("\n" if drawn.random() < 0.2 else " ")
    return "".join(parts)[:characters]


_CUES = {
    "personnummer": "personnummer", "samordningsnummer": "samordningsnr", "phone": "tel",
    "email": "e-post", "address": "adress", "metering_point": "anl.id", "iban": "IBAN",
    "bankgiro": "bankgiro", "plate": "regnr", "ip": "ip", "orgnr": "org.nr",
}  # fmt: skip


def text(characters: int, every: int, seed: int) -> str:
    """Swedish prose with an identifier of changing kind every so many characters."""
    drawn = Values(random.Random(seed))
    filler = prose(max(every * 4, 20_000), seed)
    parts: list[str] = []
    size = 0
    while size < characters:
        kind = drawn.random.choice(tuple(_CUES))
        item = f" {_CUES[kind]} {LABELLED[kind][1](drawn)}. "
        start = drawn.random.randrange(len(filler) - every)
        item = filler[start : start + max(every - len(item), 0)] + item
        parts.append(item)
        size += len(item)
    return "".join(parts)[:characters]


def dense(characters: int, seed: int = 1) -> str:
    """An item about every 60 characters."""
    return text(characters, _SIZE, seed)


def sparse(characters: int, seed: int = 1) -> str:
    """An item about every 2,000 characters."""
    return text(characters, 2_000, seed)

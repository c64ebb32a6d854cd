"""Generated Swedish business text with marked names of persons, places and organizations.

`documents` yields the same texts for the same seed, data and version of Faker.
Persons are invented.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from training import coined, layouts, noise, scenery, written
from training.people import DATA, HERE, Names, Person
from training.scenery import Scenery
from training.swapping import swapped, swapped_texts
from training.written import PERSON, Segment

__all__ = [
    "Filling",
    "Source",
    "Template",
    "Text",
    "assembled",
    "document",
    "documents",
    "source",
    "swapped",
    "swapped_texts",
]

LOCATION, ORGANIZATION = "LOCATION", "ORGANIZATION"
_NEGATIVE = 0.52
"""Share of documents made of templates without a person."""
_JOINED = 0.15
"""Share of documents that join two or three texts of a kind."""
_FOLLOWED = 0.1
"""Share of other texts that one without persons follows, of any kind."""
_OFTEN = 4.0
"""How often a genre's frequent texts are drawn, against the others."""
_LINES = frozenset({"layout", "beside", "structured", "log", "list", "single", "cell", "row"})
"""Kinds of text that stand in lines of their own, as do those without a person named here."""
_NEGATIVE_LINES = frozenset({"neg_layout", "neg_code", "neg_cell", "neg_table", "neg_trace"})
_SLOT = re.compile(r"\{(\^?)([A-Za-zåäö_]+?)(s_)?([1-9])?\}|\[([^\[\]\n]*\|[^\[\]\n]*)\]")
_PARTS = re.compile(r"\|")


@dataclass(frozen=True)
class Text:
    """A document with the spans of its names, in order; none overlap."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    kind: str


@dataclass(frozen=True)
class Template:
    """A text with slots, and the genre it belongs to."""

    text: str
    kind: str
    noise: Mapping[str, float]
    weight: float = 1.0
    """How often the text is drawn, against one of weight one."""
    cast: Mapping[str, str] = field(default_factory=dict)
    """Slots in whose place others stand: what is said of persons is said of things."""


@dataclass(frozen=True)
class Pool:
    """Templates with the sums of their weights."""

    texts: tuple[Template, ...]

    @cached_property
    def _sums(self) -> list[float]:
        return list(accumulate(template.weight for template in self.texts))

    @cached_property
    def _kinds(self) -> Mapping[str, Pool]:
        kinds = {template.kind for template in self.texts}
        return {kind: Pool(tuple(t for t in self.texts if t.kind == kind)) for kind in kinds}

    def draw(self, random: Random) -> Template:
        """A template, by weight."""
        return random.choices(self.texts, cum_weights=self._sums)[0]

    def of_kind(self, kind: str) -> Pool:
        """Those of one genre."""
        return self._kinds[kind]


@dataclass(frozen=True)
class Source:
    """What documents are drawn from."""

    names: Names
    places: Scenery
    texts: tuple[Template, ...]
    negatives: tuple[Template, ...]
    phrases: Mapping[str, list[str]]
    labels: Mapping[str, str]
    """What the phrases of a name are, where they are places or organizations."""

    @cached_property
    def pools(self) -> tuple[Pool, Pool]:
        """The texts with persons and those without."""
        return Pool(self.texts), Pool(self.negatives)


@cache
def source(data: Path = DATA, *, locales: bool = True) -> Source:
    """The templates, and names and places of the data folder; `locales` asks for Faker's names."""
    names = Names(data, locales=locales)
    texts: list[Template] = []
    negatives: list[Template] = []
    phrases: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for path in sorted((*HERE.glob("phrases*.toml"), *HERE.glob("templates*.toml"))):
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for name, words in content.get("phrases", {}).items():
            phrases[name] = _commas(words) if isinstance(words, str) else words
        labels.update(content.get("labels", {}))
        for kind, genre in content.get("genre", {}).items():
            into = negatives if genre.get("negative") else texts
            into += _templates(kind, genre)
    places = Scenery(names, data)
    return Source(names, places, tuple(texts), tuple(negatives), phrases, labels)


def _templates(kind: str, genre: Mapping[str, Any]) -> Iterator[Template]:
    """The texts of a genre; its `often` are drawn more often."""
    chances, cast = genre.get("noise", {}), genre.get("cast", {})
    for key, times in (("texts", 1.0), ("often", _OFTEN)):
        weight = times * genre.get("weight", 1.0)
        for text in genre.get(key, ()):
            yield Template(text.replace("\\n", "\n"), kind, chances, weight, cast)


def _commas(words: str) -> list[str]:
    return [" ".join(word.split()) for word in re.split(r",\s+", words) if word.strip()]


def documents(seed: int, count: int, given: Source | None = None) -> Iterator[Text]:
    """Texts drawn by chance; the same for the same seed."""
    drawn = given or source()
    random = Random(seed)  # noqa: S311 -- training text, no secret
    for _ in range(count):
        yield document(drawn, random)


def document(drawn: Source, random: Random) -> Text:
    """One text: a template filled and spoilt, now and then joined with others."""
    pool = drawn.pools[random.random() < _NEGATIVE]
    template = pool.draw(random)
    in_lines = template.kind in _LINES | _NEGATIVE_LINES
    texts = [template]
    if random.random() < _JOINED:
        same = pool.of_kind(template.kind)
        texts += [same.draw(random) for _ in range(random.choice((1, 1, 2)))]
    elif not in_lines and random.random() < _FOLLOWED:
        texts.append(drawn.pools[1].draw(random))
    segments: list[Segment] = []
    for text in texts:
        if segments:
            between = ("\n",) if in_lines else (" ", "\n", "\n\n")
            segments.append((random.choice(between), ""))
        segments += Filling(drawn, random, text.cast).segments(text.text)
    return assembled(noise.spoil(segments, random, template.noise), template.kind)


def assembled(segments: list[Segment], kind: str) -> Text:
    """The segments' text with the spans of those labelled."""
    text, spans = "", []
    for piece, label in segments:
        if label and piece:
            spans.append((len(text), len(text) + len(piece), label))
        text += piece
    return Text(text, tuple(spans), kind)


class Filling:
    """Fills one document's slots: a slot with a digit says the same again throughout."""

    def __init__(
        self, drawn: Source, random: Random, cast: Mapping[str, str] | None = None
    ) -> None:
        """What to draw from; `cast` names the slots that others stand in for."""
        self._drawn, self._random, self._cast = drawn, random, cast or {}
        self._persons: dict[str, Person] = {}
        self._fixed: dict[str, str] = {}
        self._phrases: dict[str, list[Segment]] = {}
        self._last = ""

    def segments(self, template: str) -> list[Segment]:
        """The template's text in pieces, each with its label."""
        found: list[Segment] = []
        start = 0
        for slot in _SLOT.finditer(template):
            found.append((template[start : slot.start()], ""))
            start = slot.end()
            capital, name, genitive, digit, choice = slot.groups()
            if choice is not None:
                found += self.segments(self._random.choice(_PARTS.split(choice)))
                continue
            name = self._cast.get(name, name)
            pieces = self._filled(name, genitive=bool(genitive), digit=digit or "")
            found += _begun(pieces) if capital else pieces
        found.append((template[start:], ""))
        return _joined([segment for segment in found if segment[0]])

    def _filled(self, slot: str, *, genitive: bool, digit: str) -> list[Segment]:
        if slot in layouts.MAKERS:
            return self.segments(layouts.MAKERS[slot](self._random))
        if slot in self._drawn.phrases:
            if not digit:
                return self._phrase(slot, genitive=genitive)
            key = f"{slot}{digit}"
            if key not in self._phrases:
                self._phrases[key] = self._phrase(slot, genitive=False)
            return _owning(self._phrases[key]) if genitive else self._phrases[key]
        if slot in self._of_person:
            text, label = self._of_person[slot](self._person(digit))
        else:
            text, label = self._thing(slot, digit)
        if not genitive:
            return [(text, label)]
        if label == PERSON:
            return written.genitive(text, self._random)
        return _owning([(text, label)])

    def _phrase(self, slot: str, *, genitive: bool) -> list[Segment]:
        """One of the phrases, itself with slots; a label of its own spans all of it."""
        pieces = self.segments(self._random.choice(self._drawn.phrases[slot]))
        if label := self._drawn.labels.get(slot):
            pieces = [("".join(text for text, _ in pieces), label)]
        return _owning(pieces) if genitive else pieces

    def _person(self, digit: str) -> Person:
        if not digit:
            return self._drawn.names.person(self._random)
        if digit not in self._persons:
            self._persons[digit] = self._drawn.names.person(self._random)
        return self._persons[digit]

    def _thing(self, slot: str, digit: str) -> Segment:
        if slot == "n" and self._last in {"gata", "pgata"}:
            slot = "house"
        self._last = slot
        key = slot + digit
        draw, label = self._things[slot]
        text = self._fixed[key] if digit and key in self._fixed else draw(self._random)
        self._fixed[key] = text
        return text, label

    @cached_property
    def _of_person(self) -> Mapping[str, Callable[[Person], Segment]]:
        random, names = self._random, self._drawn.names
        return {
            "P": lambda who: (written.full(who, names, random), PERSON),
            "PF": lambda who: (f"{who.given} {who.surname}", PERSON),
            "F": lambda who: (who.given, PERSON),
            "N": lambda who: (written.short(who, random), PERSON),
            "E": lambda who: (who.surname, PERSON),
            "R": lambda who: (written.turned(who, random), PERSON),
            "T": lambda who: (written.turned(who, random, comma=False), PERSON),
            "I": lambda who: (written.initials(who, random), PERSON),
            "A": lambda who: (
                random.choice((written.full, _plainly))(who, names, random),
                PERSON,
            ),
            "V": lambda who: (f"{who.given} {who.surname}".upper(), PERSON),
            "W": lambda who: (written.capitals(who, random), PERSON),
            "Q": lambda who: (written.mentioned(who, names, random), PERSON),
            "K": lambda who: (who.nickname, PERSON),
            "O": lambda _: (names.wordlike(random), PERSON),
            "G": lambda _: (names.sibilant(random), PERSON),
            "sign": lambda who: (written.capital_initials(who), ""),
            "user": lambda who: (written.user(who, random), ""),
            "mejl": lambda who: (f"{written.user(who, random)}@example.se", ""),
            "förn": lambda who: (who.given, ""),
            "eftn": lambda who: (who.surname, ""),
        }

    @cached_property
    def _things(self) -> Mapping[str, tuple[scenery.Value, str]]:
        places = self._drawn.places
        return {
            "ort": (places.town, LOCATION),
            "plats": (places.place, LOCATION),
            "land": (places.country, LOCATION),
            "gata": (places.street, LOCATION),
            "pgata": (places.named_street, LOCATION),
            "firma": (places.firm, ORGANIZATION),
            "pfirma": (places.named_firm, ORGANIZATION),
            "org": (places.body, ORGANIZATION),
            "skola": (places.school, ORGANIZATION),
            "tel": (scenery.phone, ""),
            "pnr": (scenery.identity, ""),
            "dat": (scenery.date, ""),
            "nr": (scenery.numeral, ""),
            "n": (scenery.amount, ""),
            "house": (scenery.house, ""),
            "kl": (scenery.clock, ""),
            "pn": (scenery.postcode, ""),
            "ord": (coined.word, ""),
            "by": (coined.place, LOCATION),
            "camel": (coined.camel, ""),
            "tagg": (coined.tag, ""),
            "mod": (coined.model, ""),
            "ver": (coined.version, ""),
            "hex": (coined.address, ""),
            "server": (coined.server, ""),
            "abbr": (coined.letters, ""),
            "tal": (coined.measure, ""),
        }


def _owning(pieces: list[Segment]) -> list[Segment]:
    """The pieces in the genitive."""
    return pieces if pieces[-1][0][-1] in "sxz" else [*pieces, ("s", "")]


def _begun(pieces: list[Segment]) -> list[Segment]:
    """The pieces with a capital at the start, as a sentence has it."""
    (first, label), *rest = pieces
    return [(first[:1].upper() + first[1:], label), *rest]


def _joined(segments: list[Segment]) -> list[Segment]:
    """The segments; a name whose parts have a space or hyphen between them is one."""
    joined: list[Segment] = []
    for text, label in segments:
        names = [joined[-2][1], label] if len(joined) > 1 else []
        if names == [PERSON, PERSON] and joined[-1] in {(" ", ""), ("-", "")}:
            (given, _), (between, _) = joined[-2:]
            joined[-2:] = [(given + between + text, PERSON)]
        else:
            joined.append((text, label))
    return joined


def _plainly(person: Person, _names: Names, _random: Random) -> str:
    return f"{person.given} {person.surname}"


def main() -> None:
    """Print texts as lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--data", type=Path, default=DATA, help="holds svensktext, swedish-geodata")
    parser.add_argument("--no-locales", action="store_true", help="do without Faker's names")
    options = parser.parse_args()
    drawn = source(options.data, locales=not options.no_locales)
    for text in documents(options.seed, options.count, drawn):
        sys.stdout.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

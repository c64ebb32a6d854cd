"""Texts and cells with names of people, and look-alikes, the same for the same seed.

Each label carries its kinds, so that recall can be reported apart: how much of the name (`full`,
`given_only`, `surname_only`, `initials`), its case (`lower`, `upper`), names outside the commonest
thousand (`rare`, `foreign`), and `double`, `particle`, `long`, `middle`, `nickname`, `reversed`,
`genitive`. A title, c/o and a genitive -s are outside a label.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import corpus, values
from benchmarks.name_people import People, Person, given_names, lower, words
from benchmarks.values import Values

PERSON, LOCATION, ORGANIZATION, EITHER = "PERSON", "LOCATION", "ORGANIZATION", "EITHER"
"""EITHER is a school, building, ship, brand or department: only PERSON is wrong there."""

_SLOT = re.compile(r"\{([a-z0-9_]+)\}|\{\{|\}\}|\[([LOE]):([^\]]+)\]")
_BASES = (
    "full|given|surname|init|nickfull|nick|revcaps|revplain|rev|fullcaps"
    "|long|part|double|dfull|dsur|rare|foreign"
)
_PERSON_SLOT = re.compile(rf"({_BASES})((?:_(?:gen|lower|upper|f|m))*)([0-9]?)")
_SAME_SLOT = re.compile(r"(mail|user)([0-9]?)")
_THING_SLOT = re.compile(r"([a-z]+?)(?:_(lower|upper))?")
_SORTS = frozenset({"long", "part", "dfull", "dsur", "rare", "foreign"})
_MARKED = re.compile("«([^»]+)»")
_PLAIN = ("device", "system", "plan", "vehicle", "storm", "title", "role", "code")
_LITERAL = {"L": LOCATION, "O": ORGANIZATION, "E": EITHER}
_THINGS: Mapping[str, str] = {
    **dict.fromkeys(("town", "village", "island", "country", "street"), LOCATION),
    **dict.fromkeys(("firm", "authority", "utility", "union"), ORGANIZATION),
    **dict.fromkeys(("school", "building", "ship", "brand", "department"), EITHER),
    **dict.fromkeys(_PLAIN, ""),
}
"""List of name_cells.toml: the entity of what is on it, empty for none."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name by its place in a text."""

    entity: str
    start: int
    end: int
    """Characters, end exclusive."""
    text: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """A text and every name in it."""

    kind: str
    """Side and group of the template: `positive/mail`, `negative/firm`."""
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a column."""

    text: str
    entity: str
    """PERSON, or empty."""
    kinds: frozenset[str]
    """The name's kinds; else the list that the thing is on (`firm`, `street`, `product`, `town`,
    `title`, `code`, `department`), and `ambiguous` if its whole name is a given name."""


@cache
def things() -> Mapping[str, tuple[str, ...]]:
    """Firms, streets, towns and other things that are nobody, by kind."""
    raw = tomllib.loads((Path(__file__).parent / "name_cells.toml").read_text("utf-8"))
    lists = {kind: words(block) for kind, block in raw.items()}
    products = lists["device"] + lists["system"] + lists["plan"] + lists["vehicle"]
    return {**lists, "product": products}


def documents(seed: int, rounds: int, side: str = "") -> Iterator[Document]:
    """Every template filled `rounds` times, of one side (`positive`, `negative`) or of both."""
    groups = corpus.templates("names")
    for name in (side,) if side else ("positive", "negative"):
        drawn = Values(random.Random(f"names {name}{seed}"))
        for _ in range(rounds):
            for kind, group in groups[name].items():
                for template in group:
                    yield _Filling(drawn).fill(f"{name}/{kind}", template)


class _Filling:
    """Fills one template; remembers who and what has been mentioned."""

    def __init__(self, drawn: Values) -> None:
        self._values = drawn
        self._people = People(drawn.random)
        self._known: dict[str, Person] = {}
        self._used: set[str] = set()
        self._parts: list[str] = []
        self._labels: list[Label] = []
        self._at = 0

    def fill(self, kind: str, template: str) -> Document:
        last = 0
        for slot in _SLOT.finditer(template):
            self._add(template[last : slot.start()])
            last = slot.end()
            if slot[2]:
                self._add(slot[3], _LITERAL[slot[2]])
            elif slot[1]:
                self._slot(slot[1])
            else:
                self._add(slot[0][0])
        self._add(template[last:])
        return Document(kind, "".join(self._parts), tuple(self._labels))

    def _add(self, text: str, entity: str = "", kinds: frozenset[str] = frozenset()) -> None:
        if entity:
            self._labels.append(Label(entity, self._at, self._at + len(text), text, kinds))
        self._parts.append(text)
        self._at += len(text)

    def _who(self, digit: str, sort: str = "", sex: str = "") -> Person:
        """The person of that digit; somebody new without one."""
        person = self._known.get(digit) or self._people.draw(sort, sex)
        if digit:
            self._known[digit] = person
        return person

    def _slot(self, slot: str) -> None:
        if found := _PERSON_SLOT.fullmatch(slot):
            modifiers = frozenset(found[2].split("_")) - {""}
            sex = "women" if "f" in modifiers else "men" if "m" in modifiers else ""
            sort = "dfull" if found[1] == "double" else found[1] if found[1] in _SORTS else ""
            person = self._who(found[3], sort, sex)
            name = self._people.form(person, found[1], modifiers)
            self._add(name.text, PERSON, name.kinds)
            self._add(name.tail)
        elif found := _SAME_SLOT.fullmatch(slot):
            person = self._who(found[2])
            self._add(person.mail() if found[1] == "mail" else person.login())
        elif slot == "postcode":
            self._add(f"{self._values.digits(3)} {self._values.random.randint(10, 99)}")
        elif (found := _THING_SLOT.fullmatch(slot)) and found[1] in _THINGS:
            self._thing(found[1], found[2] or "")
        elif slot in values.LABELLED:
            self._add(values.LABELLED[slot][1](self._values))
        else:
            self._add(values.FILLERS[slot](self._values))

    def _thing(self, kind: str, form: str) -> None:
        text = self._values.random.choice([x for x in things()[kind] if x not in self._used])
        self._used.add(text)
        text = lower(text) if form == "lower" else text.upper() if form == "upper" else text
        self._add(text, _THINGS[kind], frozenset({kind, form} - {""}))


_CELL_FORMS = {
    "full": 26, "rev": 10, "full_upper": 8, "full_lower": 8, "foreign": 8, "rare": 5, "init": 6,
    "revcaps": 5, "dsur": 4, "dfull": 3, "part": 4, "long": 4, "nickfull": 3, "rev_upper": 2,
    "given": 4, "surname": 4,
}  # fmt: skip
_CELL_THINGS = ("firm", "street", "product", "town", "title", "code", "department")
_TRADES = ("El", "Rör", "Bygg", "Åkeri", "Måleri", "Kyl", "Plåt", "Solenergi", "Trädgård", "Foto")
_ROADS = ("väg", "gata", "plats", "gränd", "backe", "stig", "park", "torg")


def cells(seed: int, n: int) -> Iterator[Cell]:
    """Single cells, half of them names of people in all forms, half firms, streets and the like."""
    drawn = Values(random.Random(f"cells {seed}"))
    for _ in range(n):
        if drawn.random.random() < 0.5:
            yield _person_cell(drawn)
        else:
            yield _thing_cell(drawn)


def _person_cell(drawn: Values) -> Cell:
    taken = {lower(item) for kind in _CELL_THINGS for item in things()[kind]}
    while True:
        slot = drawn.random.choices(tuple(_CELL_FORMS), tuple(_CELL_FORMS.values()))[0]
        document = _Filling(drawn).fill("cell", f"{{{slot}}}")
        if lower(document.text) not in taken:
            return Cell(document.text, PERSON, document.labels[0].kinds)


def _thing_cell(drawn: Values) -> Cell:
    kind = drawn.random.choice(_CELL_THINGS)
    text = drawn.random.choice(things()[kind])
    if drawn.random.random() < 0.4:
        text = _made_up(kind, text, drawn)
    elif kind != "code" and drawn.random.random() < 0.1:
        text = drawn.random.choice((text.upper(), lower(text)))
    known = lower(text) in given_names()
    return Cell(text, "", frozenset({kind, "ambiguous"} if known else {kind}))


def _made_up(kind: str, text: str, drawn: Values) -> str:
    """A firm, street or other thing called after somebody who does not exist."""
    people = People(drawn.random)
    someone, other = people.draw(), people.draw()
    given, surname, number = someone.given, someone.surname, drawn.random.randint(1, 99)
    of = people.form(someone, drawn.pick("surname", "full"), frozenset({"gen"}))
    of_given = people.form(someone, "given", frozenset({"gen"}))
    town = drawn.random.choice(things()["town"])
    trade = drawn.random.choice(_TRADES)
    road = drawn.random.choice(_ROADS)
    choices = {
        "firm": (
            f"{of.text}{of.tail} {trade}", f"{of_given.text}{of_given.tail} {trade} i {town}",
            f"{surname} & {other.surname}", f"{given} {surname} {trade}",
            f"{trade}firma {surname}", f"{surname} {trade} & Service", f"{surname}gruppen",
            f"Advokat {surname} & Co", f"{surname} & Söner", f"Brf {given}",
        ),
        "street": (
            f"{of.text}{of.tail} {road}", f"{of.text}{of.tail} {road} {number}",
            f"{text} {number}", f"{road.capitalize()} {number}, {town}",
        ),
        "product": (f"{given} Flex", f"{given} {number}", f"{given} Pro", f"{text} v{number}"),
        "town": (f"Norra {town}", f"{town} Södra", f"{town} C", f"{drawn.digits(5)} {town}"),
        "title": (f"{text} {town}", f"Bitr. {lower(text)}", f"T.f. {lower(text)}"),
        "code": (
            f"{given.upper()}-{number}", f"{surname[:5].upper()}{number}",
            f"{surname.upper()} T{number}", f"{lower(given)}_{number}",
        ),
        "department": (
            f"Team {given}", f"Projekt {surname}", f"Grupp {given}", f"{text} {number}",
            f"Kontor {town}", f"Enhet {surname}",
        ),
    }  # fmt: skip
    return drawn.random.choice(choices[kind])


def foreign() -> Iterator[Document]:
    """Hand-written sentences of news, sport, culture, politics; only people are labelled."""
    raw = tomllib.loads((Path(__file__).parent / "foreign.toml").read_text("utf-8"))
    for kind, sentences in raw.items():
        for sentence in sentences:
            yield _marked(kind, sentence)


def _marked(kind: str, sentence: str) -> Document:
    """The sentence without its marks, a label for each."""
    parts: list[str] = []
    labels: list[Label] = []
    at = last = 0
    for mark in _MARKED.finditer(sentence):
        before = sentence[last : mark.start()]
        start = at + len(before)
        at = start + len(mark[1])
        last = mark.end()
        parts += (before, mark[1])
        amount = "full" if " " in mark[1] else "single"
        labels.append(Label(PERSON, start, at, mark[1], frozenset({amount})))
    return Document(kind, "".join((*parts, sentence[last:])), tuple(labels))

"""Made-up people: names, addresses, telephones, and Skatteverket's test numbers."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives."""

    street: str
    postcode: str
    town: str
    area: str
    """Price area, SE1 to SE4."""

    def line(self) -> str:
        """As one writes it on one line."""
        return f"{self.street}, {self.postcode} {self.town}"


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person with one of Skatteverket's test numbers."""

    id: str
    given: str
    family: str
    identity: str
    """Twelve digits."""
    address: Address
    phone: str
    email: str

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.family}"

    @property
    def identity_entity(self) -> str:
        """Which kind of identity number the person has."""
        return "SE_SAMORDNINGSNUMMER" if _is_coordination(self.identity) else "SE_PERSONNUMMER"

    def written_identity(self) -> str:
        """The number with its hyphen, as people write it."""
        return f"{self.identity[:8]}-{self.identity[8:]}"


class Population:
    """Hands out people one by one; every identity number and telephone number once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        known = list(identities())
        chance.shuffle(known)
        self._children = [number for number in known if number[:4] >= "2010"]
        # Samordningsnummer come first, so that some customers surely have one.
        adults = [number for number in known if number[:4] < "2010"]
        self._adults = sorted(adults, key=_is_coordination)
        self._phones = list(_phones())
        chance.shuffle(self._phones)
        self._emails: set[str] = set()
        self._count = 0

    def adult(self, address: Address | None = None, name: tuple[str, str] | None = None) -> Person:
        """The next grown-up, at that address and with that name where they are given."""
        return self._person(self._fitting(name), address, name)

    def child(self, parent: Person) -> Person:
        """A child of that person, living there."""
        given = self._given(self._children[-1])
        return self._person(self._children.pop(), parent.address, (given, parent.family))

    def spare(self) -> tuple[str, ...]:
        """Identity numbers that nobody was given; some references are shaped like them."""
        return tuple(self._adults)

    def _fitting(self, name: tuple[str, str] | None) -> str:
        if name is None:
            return self._adults.pop()
        woman = name[0] in data("names")["women"]
        place = next(
            place
            for place in range(len(self._adults) - 1, -1, -1)
            if _is_woman(self._adults[place]) == woman and not _is_coordination(self._adults[place])
        )
        return self._adults.pop(place)

    def _given(self, identity: str) -> str:
        given: str = self._chance.choice(data("names")["women" if _is_woman(identity) else "men"])
        return given

    def _person(
        self, identity: str, address: Address | None, name: tuple[str, str] | None
    ) -> Person:
        self._count += 1
        given, family = name or (
            self._given(identity),
            self._chance.choice(data("names")["surnames"]),
        )
        return Person(
            f"P{self._count:03}",
            given,
            family,
            identity,
            address or self._address(),
            self._phones.pop(),
            self._email(given, family),
        )

    def _address(self) -> Address:
        places = data("places")
        weights = [town["weight"] for town in places["towns"]]
        town = self._chance.choices(places["towns"], weights)[0]
        number = str(self._chance.randint(1, 88)) + self._chance.choice(["", "", "", " A", " B"])
        street = f"{self._chance.choice(places['streets'])} {number}"
        return Address(street, self._chance.choice(town["postcodes"]), town["name"], town["area"])

    def _email(self, given: str, family: str) -> str:
        if self._chance.random() < 0.1:
            word = self._chance.choice(
                ["solrosen", "torpet", "skruttan", "havsutsikt", "lillstugan"]
            )
            local = f"{word}{self._count}"
        else:
            local = f"{_fold(given)}.{_fold(family)}"
        while local in self._emails:
            local += str(self._count % 90 + 10)
        self._emails.add(local)
        return f"{local}@{self._chance.choice(['example.se', 'example.se', 'example.com'])}"


@cache
def data(name: str) -> dict[str, Any]:
    """One of the company's data files."""
    return tomllib.loads(text(f"{name}.toml"))


@cache
def identities() -> tuple[str, ...]:
    """The test numbers that the people here are made from."""
    lines = text("identities.txt").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def text(name: str) -> str:
    """The text of one of the company's data files."""
    return (files("scanner.demo") / "data" / name).read_text(encoding="utf-8")


def _is_woman(identity: str) -> bool:
    return int(identity[10]) % 2 == 0


def _is_coordination(identity: str) -> bool:
    return int(identity[6:8]) > 60


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def _phones() -> Iterator[str]:
    """The numbers that PTS sets aside for fiction, as people write them."""
    for last in range(5, 100):
        form = ("070-174 06 {:02}", "07017406{:02}", "+467017406{:02}")[last % 3]
        yield form.format(last)
    for last in range(100):
        yield f"08-465 004 {last:02}"
        yield f"031-390 06 {last:02}"
        yield f"040-628 04 {last:02}"
        yield f"0980-319 2{last:02}"

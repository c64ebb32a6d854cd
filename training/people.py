"""Invented persons for training text: given names and surnames of many roots, drawn by chance.

No drawn person is taken from anywhere: given name and surname are drawn apart.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from detectors import lexicon

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"
FAKER = "40.54.0"
"""The version of Faker (MIT) whose lists of names are read; another draws other persons."""
BEARERS = 5
"""Given names of fewer bearers are left out: they are closer to a person."""
_COMMON_WOMEN = 0.55
_HOME = 0.6
"""Share of persons whose names are Swedish, or any of the register."""
_PARTICLE, _DOUBLE = 0.04, 0.03
"""Shares of persons whose surname has a particle; whose surname, or given name, is double."""
_WORDLIKE = 0.04
"""Share of given names that are everyday words too."""
_FIRST_SYLLABLE = re.compile(r"([^aeiouyåäö]{0,3}[aeiouyåäö])([^aeiouyåäöh]{1,3})")
_LAST_SYLLABLE = re.compile(r"([^aeiouyåäöh][aeiouyåäö])([^aeiouyåäöh][^aeiouyåäö]{0,2})$")
_FRIENDLY = ("e", "e", "e", "an", "an", "an", "a", "is", "en", "o", "y", "ie", "sen", "i")
_IN_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґћђјљњџў"
_OF_CYRILLIC = (
    "a b v g d e zj z i j k l m n o p r s t u f ch ts tj sj sjtj  y  e ju ja jo i ji je g "
    "ć đ j lj nj dž u"
)
_IN_GREEK = "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋςΐΰ"
_OF_GREEK = "a v g d e z i th i k l m n x o p r s t y f ch ps o a e i i o y o i y s i y"
_ALPHABETS = (
    dict(zip(_IN_CYRILLIC, _OF_CYRILLIC.split(" "), strict=True)),
    dict(zip(_IN_GREEK, _OF_GREEK.split(" "), strict=True)),
)


@dataclass(frozen=True)
class Person:
    """A made-up person: the parts that the written forms are made of."""

    given: str
    second: str
    surname: str
    other: str
    """A second surname."""
    nickname: str


class Pool:
    """Words drawn by a tempered frequency."""

    def __init__(self, words: Mapping[str, float], temper: float = 0.6) -> None:
        self.words = sorted(words)
        self._weights = list(accumulate(words[word] ** temper for word in self.words))

    def draw(self, random: Random) -> str:
        """A word; more often one of many bearers, but rare ones too."""
        return random.choices(self.words, cum_weights=self._weights)[0]


@dataclass(frozen=True)
class Root:
    """Names of one language: lists, and syllables that surnames are composed of."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    syllables: tuple[tuple[str, ...], ...] = ()
    given_syllables: tuple[tuple[str, ...], ...] = ()

    def surname(self, random: Random) -> str:
        """From the list, or composed."""
        if self.syllables and random.random() < 0.5:
            return _capital("".join(random.choice(part) for part in self.syllables))
        return random.choice(self.surnames)

    def given_name(self, random: Random) -> str:
        """From the list, or composed."""
        if self.given_syllables and random.random() < 0.4:
            return _capital("".join(random.choice(part) for part in self.given_syllables))
        return random.choice(self.given)


class Names:
    """Draws invented persons; the register's lists come from the data folder given.

    Without `locales` Faker's lists are left out, and Faker need not be there.
    """

    def __init__(self, data: Path = DATA, *, locales: bool = True) -> None:
        folder = data / "svensktext" / "namn"
        self.women = Pool(_register(folder.glob("tilltalsnamn-kvinnor.csv"), BEARERS))
        self.men = Pool(_register(folder.glob("tilltalsnamn-man.csv"), BEARERS))
        self.surnames = Pool(_register(folder.glob("efternamn*.csv"), 1), 0.5)
        self.words: dict[str, Any] = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
        more = tomllib.loads((HERE / "roots.toml").read_text("utf-8"))
        entries = (*self.words["roots"].values(), *more.values())
        self.roots = [root for entry in entries for root in [_root(entry)] * entry.get("times", 1)]
        self.locales = _locales() if locales else self.roots

    def person(self, random: Random) -> Person:
        """A Swede by register, or one with roots elsewhere (about two in five)."""
        chance = random.random()
        if chance < _HOME:
            given = self.given(random)
            surname = self.surname(random) if chance < 0.54 else self.men.draw(random)
            second, other = self.given(random), self.surname(random)
        else:
            root = random.choice(self.locales if chance < 0.72 else self.roots)
            home = random.random() < 0.8
            given = root.given_name(random) if home else self.given(random)
            surname = root.surname(random)
            near = random.random() < 0.6
            second = root.given_name(random) if near else self.given(random)
            other = root.surname(random) if near else self.surname(random)
        if random.random() < _PARTICLE:
            surname = self.particle(random, noble=chance < _HOME) + surname
        elif random.random() < _DOUBLE:
            surname = f"{surname}-{other}"
        if random.random() < _DOUBLE:
            given = f"{given}-{self.given(random)}"
        return Person(given, second, surname, other, self.nickname(random, given))

    def given(self, random: Random) -> str:
        """A given name of the register."""
        if random.random() < _WORDLIKE:
            return self.wordlike(random)
        pool = self.women if random.random() < _COMMON_WOMEN else self.men
        return pool.draw(random)

    def wordlike(self, random: Random) -> str:
        """A given name that is an everyday word too: `Sten`, `Love`."""
        return str(random.choice(self.words["wordlike"]))

    def sibilant(self, random: Random) -> str:
        """A given name or a surname whose genitive has no s: `Andreas`, `Lax`."""
        given, surname = self._sibilants
        return random.choice(given if random.random() < 0.6 else surname)

    @cached_property
    def _sibilants(self) -> tuple[list[str], list[str]]:
        pools = (*self.women.words, *self.men.words), self.words["sibilants"]
        given, surnames = ([name for name in pool if name[-1] in "sxz"] for pool in pools)
        return given or surnames, surnames

    def nickname(self, random: Random, given: str = "") -> str:
        """What friends say: `Kalle`, `Lotta`; now and then made of the given name."""
        made = shortened(given or self.given(random), random) if random.random() < 0.45 else ""
        return made or random.choice(lexicon.nicknames())

    def surname(self, random: Random) -> str:
        """A Swedish surname: of the register, or composed as such names are."""
        made, chance = self.words["surname"], random.random()
        if chance < 0.5:
            return self.surnames.draw(random)
        if chance < 0.62:
            stem = self.men.draw(random)
            return stem + random.choice(("son" if stem.endswith("s") else "sson", "sson", "sen"))
        if chance < 0.86:
            start, end = random.choice(made["starts"]), random.choice(made["ends"])
            thrice = start[-2:] == end[0] * 2  # never three of a letter
            return f"{start[:-1] if thrice else start}{end}"
        if chance < 0.91:
            return str(random.choice(made["soldiers"]))
        kind = "noble" if chance < 0.95 else "learned"
        return str(random.choice(made[f"{kind}_starts"]) + random.choice(made[f"{kind}_ends"]))

    def any_surname(self, random: Random) -> str:
        """A surname of any root, as persons have them."""
        return self.person(random).surname

    def particle(self, random: Random, *, noble: bool = False) -> str:
        """`von`, `al-`: what stands before a surname, with the space where there is one."""
        kind = "noble_particles" if noble else "particles"
        particle = str(random.choice(self.words["surname"][kind]))
        return particle if particle[-1] in "-'" else f"{particle} "

    @cached_property
    def known_given(self) -> frozenset[str]:
        """Given names of the register, in small letters."""
        return frozenset(name.casefold() for name in (*self.women.words, *self.men.words))

    @cached_property
    def known_men(self) -> frozenset[str]:
        """Given names that are more often men's: a name in both lists is left to the women's."""
        women = {name.casefold() for name in self.women.words}
        return frozenset(name.casefold() for name in self.men.words) - women

    @cached_property
    def known_surnames(self) -> frozenset[str]:
        """Surnames of the register, in small letters."""
        return frozenset(name.casefold() for name in self.surnames.words)


def shortened(given: str, random: Random) -> str:
    """`Mackan` of Marcus, `Bettan` of Elisabet: a syllable of the name and a friendly end.

    Empty where the name has no such syllable.
    """
    stem = re.split("[ -]", given, maxsplit=1)[0].casefold().rstrip("aeiouyåäöéë")
    if not stem.isalpha():
        return ""
    first = _FIRST_SYLLABLE.match(stem)
    found = _LAST_SYLLABLE.search(stem) if not first or random.random() < 0.25 else first
    if found is None:
        return ""
    coda = found[2][0]
    doubled = {"k": "ck", "c": "ck", "x": "xx", "m": random.choice(("mm", "mp"))}.get(
        coda, coda * 2
    )
    return _capital(found[1] + doubled + random.choice(_FRIENDLY))


def _register(paths: Iterable[Path], least: int) -> dict[str, float]:
    """Names and bearers of a register's tables."""
    names: dict[str, float] = {}
    for path in sorted(paths):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for name, bearers, *_ in csv.reader(stream):
                plain = name.replace("-", "").replace(" ", "").isalpha()
                if bearers.isdigit() and int(bearers) >= least and plain and len(name) > 1:
                    names[name] = names.get(name, 0) + int(bearers)
    return names


def _root(entry: Mapping[str, Any]) -> Root:
    parts = tuple(tuple(entry[key]) for key in ("start", "middle", "end") if key in entry)
    own = tuple(tuple(entry[key]) for key in ("given_start", "given_end") if key in entry)
    return Root(tuple(entry["given"]), tuple(entry["surnames"]), parts, own)


def _locales() -> list[Root]:
    """Faker's lists of names, those in Cyrillic and Greek written in Latin letters."""
    try:
        faker = importlib.import_module("faker")
    except ImportError as error:
        raise RuntimeError(f"names of other roots need faker=={FAKER}") from error
    if faker.VERSION != FAKER:
        raise RuntimeError(f"faker {faker.VERSION} is installed; the model is made with {FAKER}")
    persons = importlib.import_module("faker.providers.person")
    roots = []
    for module in sorted(pkgutil.iter_modules(persons.__path__), key=lambda found: found.name):
        if module.name == "sv_SE":
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        given = _listed(provider, "first_name", "first_romanized")
        surnames = _listed(provider, "last_name", "last_romanized")
        if len(given) >= 20 and len(surnames) >= 20:
            roots.append(Root(given, surnames))
    return roots


def _listed(provider: type, *starts: str) -> tuple[str, ...]:
    found: set[str] = set()
    for key in dir(provider):
        value = getattr(provider, key)
        if key.startswith(starts) and isinstance(value, tuple | list | set | frozenset | dict):
            found.update(_latin(name.strip()) for name in value if isinstance(name, str))
    return tuple(sorted(name for name in found if _is_name(name)))


def _latin(name: str) -> str:
    small = name.lower()
    for table in _ALPHABETS:
        if any(letter in table for letter in small):
            return "".join(table.get(letter, letter) for letter in small).title()
    return name


def _is_name(name: str) -> bool:
    return (
        2 <= len(name) <= 22
        and name[0].isupper()
        and not name.isupper()
        and name.count(" ") <= 1
        and all(
            letter in "-' " or unicodedata.name(letter, "").startswith("LATIN") for letter in name
        )
    )


def _capital(name: str) -> str:
    name = name.strip()
    for sign in ("-", " "):
        head, found, tail = name.partition(sign)
        if found:
            return f"{head[:1].upper()}{head[1:]}{sign}{tail[:1].upper()}{tail[1:].lower()}"
    return name[:1].upper() + name[1:].lower()

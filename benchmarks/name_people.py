"""Made-up people: names of many origins and forms, drawn from one seeded source of randomness."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

_FOLD = str.maketrans("øØæÆłŁßıđĐ", "oOaAlLsidD")
_SWEDISH_PARTICLES = ("von ", "af ", "de geer")
_ARABIC_PARTICLES = ("al", "el ", "el-", "bin ", "ben ", "abu ", "abou ")
_NO_GENITIVE = ("s", "x", "z")
_INFLECTED = ("foreign.polish", "foreign.slavic_east", "foreign.greek")
_MANS = {"ska": "ski", "ova": "ov", "dou": "dis"}
_WOMANS = re.compile("(?:ska|ova|dou)$")
_Part = tuple[str, frozenset[str]]
"""A part of a name, with its kinds."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a text says of somebody: the name without its genitive -s, and the kinds it is of."""

    text: str
    kinds: frozenset[str]
    tail: str = ""
    """A genitive -s, outside the name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with the kinds of each part of the name."""

    given: str
    surname: str
    whole: str
    """The full name as its bearer writes it, perhaps with more parts."""
    nick: str
    given_kinds: frozenset[str]
    surname_kinds: frozenset[str]
    more_kinds: frozenset[str] = frozenset()
    """Kinds of the whole that neither part has."""

    def login(self) -> str:
        """Three letters of the given name and three of the surname."""
        return f"{folded(self.given)[:3]}{folded(self.surname)[:3]}".lower()

    def mail(self) -> str:
        """An address at example.se."""
        return f"{folded(self.given)}.{folded(self.surname)}@example.se".lower()


def folded(name: str) -> str:
    """The name's ASCII letters, without spaces, hyphens and accents."""
    plain = unicodedata.normalize("NFKD", name.translate(_FOLD))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def lower(text: str) -> str:
    """Lower case, with a Turkish dotted I as a plain i."""
    return text.replace("İ", "I").lower()


def words(block: str) -> tuple[str, ...]:
    """The items of a list between commas."""
    return tuple(item.strip() for item in block.replace("\n", " ").split(",") if item.strip())


@cache
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    raw = tomllib.loads((Path(__file__).parent / "name_lists.toml").read_text("utf-8"))
    foreign = cast(Mapping[str, Mapping[str, str]], raw.pop("foreign"))
    named = cast(Mapping[str, Mapping[str, str]], raw)
    both = {**named, **{f"foreign.{origin}": table for origin, table in foreign.items()}}
    return {title: {k: words(v) for k, v in table.items()} for title, table in both.items()}


@cache
def origins() -> tuple[str, ...]:
    """The tables of names with foreign roots."""
    return tuple(title for title in _tables() if title.startswith("foreign."))


@cache
def given_names() -> frozenset[str]:
    """Every given name of the lists, lower case."""
    return frozenset(
        lower(name)
        for table in _tables().values()
        for side in ("women", "men")
        for name in table.get(side, ())
    )


@dataclass(frozen=True, slots=True)
class People:
    """Draws one person a call."""

    random: random.Random

    def _given(self, table: str, sex: str) -> _Part:
        """A given name of one table, seldom a Swedish double one."""
        kinds = {"rare"} if table == "rare" else {"foreign"} if table in origins() else set()
        name = self.random.choice(_tables()[table][sex])
        if table == "common" and "-" not in name and self.random.random() < 0.08:
            name, more = self._double(sex)
            return name, frozenset(more)
        if "-" in name or " " in name:
            kinds.add("double")
        return name, frozenset(kinds)

    def _double(self, sex: str) -> tuple[str, set[str]]:
        second = self.random.choice(_tables()["double"][sex])
        first = self.random.choice(_tables()["double"][f"first_{sex}"])
        while first.startswith(second[:3]):
            first = self.random.choice(_tables()["double"][f"first_{sex}"])
        return f"{first}{self.random.choice('-- ')}{second}", {"double"}

    def _surname(self, table: str) -> _Part:
        kinds = {"rare"} if table == "rare" else {"foreign"} if table in origins() else set()
        name = self.random.choice(_tables()[table]["surnames"])
        return name, frozenset(kinds)

    def _sex(self, sex: str) -> str:
        return sex or self.random.choice(("women", "men"))

    def draw(self, sort: str = "", sex: str = "") -> Person:
        """One person: of any sort, or `long`, `part`, `dfull`, `dsur`, `rare`, `foreign`."""
        if sort == "long" or (not sort and not sex and self.random.random() < 0.02):
            return self._long()
        sex = self._sex(sex)
        if sort == "part" or (not sort and self.random.random() < 0.04):
            return self._particle(sex)
        origin = {"rare": "rare", "foreign": "foreign", "dfull": "common"}.get(sort)
        if origin is None:
            origin = self.random.choices(("common", "foreign", "rare"), (48, 34, 18))[0]
        if origin == "foreign":
            return self._foreign(sex, sort)
        given_table = "common" if origin == "common" or self.random.random() < 0.6 else "rare"
        given, given_kinds = self._given(given_table, sex)
        if sort == "dfull":
            given, more = self._double(sex)
            given_kinds = frozenset(more)
        surname, surname_kinds = self._surname(origin)
        return self._joined((given, given_kinds), (surname, surname_kinds), sort, sex)

    def _foreign(self, sex: str, sort: str) -> Person:
        """Mostly both names of one origin; now and then one of them Swedish."""
        origin = self.random.choice(origins())
        if not sort and self.random.random() < 0.05 and sex == "women":
            given, given_kinds = self._given(origin, sex)
            surname, surname_kinds = self._surname("common")
        else:
            table = "common" if self.random.random() < 0.15 else origin
            given, given_kinds = self._given(table, sex)
            surname, surname_kinds = self._surname(origin)
            if sex == "men" and origin in _INFLECTED:
                surname = _WOMANS.sub(lambda end: _MANS[end[0]], surname)
        return self._joined((given, given_kinds), (surname, surname_kinds), sort, sex)

    def _joined(self, given_part: _Part, surname_part: _Part, sort: str, sex: str) -> Person:
        """The parts together, perhaps with a second surname or a middle name."""
        (given, given_kinds), (surname, surname_kinds) = given_part, surname_part
        if sort == "dsur" or (not sort and " " not in surname and self.random.random() < 0.07):
            second, more = self._surname("common")
            while second == surname:
                second, more = self._surname("common")
            pair = [surname, second]
            self.random.shuffle(pair)
            surname = self.random.choice("- ").join(pair)
            surname_kinds |= more | {"double"}
        whole = f"{given} {surname}"
        more_kinds: frozenset[str] = frozenset()
        if not given_kinds and not sort and self.random.random() < 0.06:
            middle = self.random.choice(_tables()["common"][sex])
            if middle != given:
                middle = self.random.choice((middle, f"{middle[0]}.", middle[0]))
                whole = f"{given} {middle} {surname}"
                more_kinds = frozenset({"middle"})
        nick = self.random.choice(_tables()["nick"]["names"])
        return Person(given, surname, whole, nick, given_kinds, surname_kinds, more_kinds)

    def _particle(self, sex: str) -> Person:
        surname = self.random.choice(_tables()["particle"]["surnames"])
        begins = surname.lower()
        table = "foreign.english"
        if begins.startswith(_SWEDISH_PARTICLES):
            table = "common"
        elif begins.startswith(_ARABIC_PARTICLES):
            table = "foreign.arabic"
        elif begins.startswith(("de ", "da ", "do", "di ", "della ")):
            table = "foreign.spanish"
        elif begins.startswith(("van ", "zu ", "ter ", "ten ")):
            table = "foreign.german"
        given, given_kinds = self._given(table, sex)
        kinds = {"particle", "rare" if table == "common" else "foreign"}
        nick = self.random.choice(_tables()["nick"]["names"])
        return Person(given, surname, f"{given} {surname}", nick, given_kinds, frozenset(kinds))

    def _long(self) -> Person:
        whole = self.random.choice(_tables()["long"]["names"])
        parts = whole.split()
        foreign = frozenset({"foreign"})
        nick = self.random.choice(_tables()["nick"]["names"])
        return Person(parts[0], parts[-1], whole, nick, foreign, foreign, frozenset({"long"}))

    def form(self, person: Person, base: str, modifiers: frozenset[str]) -> Name:
        """The person's name in the form that a slot asks for."""
        text, kinds = self._base(person, base)
        if "lower" in modifiers:
            text, kinds = lower(text), kinds | {"lower"}
        elif "upper" in modifiers:
            text, kinds = text.upper(), kinds | {"upper"}
        if "gen" not in modifiers:
            return Name(text, kinds)
        tail = "" if text.lower().endswith(_NO_GENITIVE) else "s"
        return Name(text, kinds | {"genitive"}, tail.upper() if "upper" in modifiers else tail)

    def _base(self, person: Person, base: str) -> _Part:
        given, surname = person.given, person.surname
        both = person.given_kinds | person.surname_kinds | {"full"}
        if base in {"given", "double"}:
            return given, person.given_kinds | {"given_only"}
        if base == "surname":
            return surname, person.surname_kinds | {"surname_only"}
        if base == "nick":
            return person.nick, frozenset({"given_only", "nickname"})
        if base == "init":
            letters = [part[0] for part in given.replace("-", " ").split()]
            dotted = "".join(f"{letter}." for letter in letters)
            first = self.random.choice((dotted, dotted, "-".join(letters)))
            return f"{first} {surname}", person.surname_kinds | {"initials"}
        forms = {
            "rev": (f"{surname}, {given}", both | {"reversed"}),
            "revcaps": (f"{surname.upper()} {given}", both | {"reversed"}),
            "revplain": (f"{surname} {given}", both | {"reversed"}),
            "fullcaps": (f"{given} {surname.upper()}", both),
            "nickfull": (f"{person.nick} {surname}", person.surname_kinds | {"full", "nickname"}),
        }
        return forms.get(base, (person.whole, both | person.more_kinds))

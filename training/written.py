"""How persons' names are written: full, short, turned round, initials, genitive, user names."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.people import Names, Person

Segment = tuple[str, str]
"""Text and its label; an empty label for text of none."""
PERSON = "PERSON"


def full(person: Person, names: Names, random: Random) -> str:
    """Given name and surname, now and then double, with particle or initial."""
    given, surname = person.given, person.surname
    chance = random.random()
    forms: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.62, lambda: f"{given} {surname}"),
        (0.68, lambda: f"{given}-{person.second} {surname}"),
        (0.74, lambda: f"{given} {person.second} {surname}"),
        (0.79, lambda: f"{given} {surname} {person.other}"),
        (0.84, lambda: f"{given} {surname}-{person.other}"),
        (0.87, lambda: f"{given} {person.second[0]}. {surname}"),
        (0.88, lambda: f"{given} {person.second[0]} {surname}"),
        (0.91, lambda: initials(person, random)),
        (0.93, lambda: f"{given} {person.second} {names.given(random)} {surname}"),
        (0.95, lambda: f"{given} {person.second} {surname} {person.other}"),
        (0.99, lambda: f"{given} {names.particle(random)}{surname}"),
        (1.00, lambda: f"{given} {surname.upper()}"),
    )
    return next(form() for limit, form in forms if chance <= limit)


def initials(person: Person, random: Random) -> str:
    """`A. Ek`, `A-K Ek`, `A.K. Ek`, `A Ek`, `Anna E.`."""
    first, second = person.given[0], person.second[0]
    return random.choice(
        (
            f"{first}. {person.surname}",
            f"{first}. {person.surname}",
            f"{first} {person.surname}",
            f"{first}-{second} {person.surname}",
            f"{first}.-{second}. {person.surname}",
            f"{first}.{second}. {person.surname}",
            f"{first}. {second}. {person.surname}",
            f"{person.given} {person.surname[0]}.",
            f"{person.given} {person.surname[0]}",
        )
    )


def turned(person: Person, random: Random, *, comma: bool = True) -> str:
    """`Ek, Anna`, now and then with a second given name or surname, or with initials."""
    given, surname = person.given, person.surname
    chance = random.random()
    if chance < 0.2:
        given += random.choice((f" {person.second}", f"-{person.second}", f" {person.second[0]}."))
    elif chance < 0.3:
        first, second = given[0], person.second[0]
        given = random.choice((f"{first}.", first, f"{first}-{second}", f"{first}.{second}."))
    if random.random() < 0.08:
        surname += random.choice((f" {person.other}", f"-{person.other}"))
    if random.random() < 0.08:
        surname = surname.upper()
    sign = random.choice((", ", ", ", ", ", ",", " , ")) if comma else " "
    return f"{surname}{sign}{given}"


def capitals(person: Person, random: Random) -> str:
    """`EK, ANNA`, `EK ANNA` or `ANNA EK`."""
    if random.random() < 0.25:
        return f"{person.given} {person.surname}".upper()
    return turned(person, random, comma=random.random() < 0.6).upper()


def mentioned(person: Person, names: Names, random: Random) -> str:
    """As running text speaks of somebody: any form, the short ones often."""
    forms: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.30, lambda: person.given),
        (0.52, lambda: person.surname),
        (0.66, lambda: f"{person.given} {person.surname}"),
        (0.76, lambda: full(person, names, random)),
        (0.89, lambda: person.nickname),
        (0.92, lambda: f"{person.nickname} {person.surname}"),
        (0.97, lambda: initials(person, random)),
        (0.99, lambda: turned(person, random)),
        (1.00, lambda: f"{person.given}-{person.second}"),
    )
    chance = random.random()
    return next(form() for limit, form in forms if chance <= limit)


def short(person: Person, random: Random) -> str:
    """What somebody is called: the given name, now and then double, or a nickname."""
    chance = random.random()
    if chance < 0.85:
        return person.given
    if chance < 0.92:
        return f"{person.given}-{person.second}"
    return person.nickname


def capital_initials(person: Person) -> str:
    """`AEK`, `AK`: a signature of initials, which is labelled nowhere."""
    return (person.given[0] + person.surname[0]).upper()


def genitive(name: str, random: Random) -> list[Segment]:
    """The name with its genitive s, which is no part of the name."""
    if name[-1] in "sxzSXZ" or not name[-1].isalpha():
        apostrophe = name[-1].isalpha() and random.random() < 0.15
        return [(name, PERSON), (random.choice("'’´") if apostrophe else "", "")]
    return [(name, PERSON), ("S" if name.isupper() and len(name) > 1 else "s", "")]


def user(person: Person, random: Random) -> str:
    """A user name made of the name: no label, other recognisers read those."""
    given, surname = _ascii(person.given), _ascii(person.surname)
    return random.choice(
        (
            f"{given}.{surname}",
            f"{given[:3]}{surname[:3]}",
            f"{given[0]}{surname}",
            f"{given}{surname[0]}",
        )
    )


def _ascii(name: str) -> str:
    table = str.maketrans("åäöéüøæ", "aaoeuoa")
    plain = name.lower().translate(table)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha()) or "x"

"""Invented places, streets and firms, and the numbers around them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from training.people import DATA, Names, Pool

Value = Callable[[Random], str]


class Scenery:
    """Draws places, streets and firms; places and authorities come from the data folder given."""

    def __init__(self, names: Names, data: Path = DATA) -> None:
        self._names = names
        self._words: dict[str, Any] = names.words
        towns = dict.fromkeys(_column(data / "svensktext/platser/ortsnamn.csv", 0), 4000.0)
        for row in _rows(data / "svensktext/platser/kommuner.csv"):
            towns[_short(row[1])] = float(row[3])
        for place in _column(data / "swedish-geodata/data/postal_to_municipality.csv", 1):
            towns.setdefault(place, 1500.0)
        self._towns = Pool(towns or {"Ekby": 1.0}, 0.4)
        self._known = {*self._towns.words, *self._words["place"]["countries"]}
        self._bodies = _column(data / "svensktext/organisationer/myndigheter.tsv", 1, "\t")

    def is_place(self, name: str) -> bool:
        """Whether the name is a town's or a country's."""
        return name in self._known

    def town(self, random: Random) -> str:
        """A locality or municipality, larger ones more often."""
        return self._towns.draw(random)

    def place(self, random: Random) -> str:
        """A place of any kind."""
        chance = random.random()
        if chance < 0.62:
            return self.town(random)
        kind = random.choice(("countries", "world", "areas", "districts", "islands"))
        return str(random.choice(self._words["place"][kind]))

    def country(self, random: Random) -> str:
        """A country."""
        return str(random.choice(self._words["place"]["countries"]))

    def street(self, random: Random) -> str:
        """A street without its number; one in five is named after somebody."""
        made = self._words["place"]
        chance = random.random()
        if chance < 0.2:
            return self.named_street(random)
        if chance < 0.27:
            adjective = random.choice(
                ("Norra", "Södra", "Östra", "Västra", "Gamla", "Lilla", "Stora")
            )
            start, end = random.choice(made["street_starts"]), random.choice(made["street_ends"])
            return f"{adjective} {start}{end}"
        if chance < 0.33:
            end = random.choice(("vägen", "gatan", "leden"))
            return f"{self.town(random).removesuffix('s')}s{end}"
        return str(random.choice(made["street_starts"]) + random.choice(made["street_ends"]))

    def named_street(self, random: Random) -> str:
        """A street, square or park named after a person: no person itself."""
        made = self._words["place"]
        if random.random() < 0.3:
            return str(random.choice(made["royal_streets"]))
        person = self._names.person(random)
        end = random.choice(made["person_streets"])
        name = random.choice(
            (
                f"{person.given} {person.surname}",
                f"{person.given} {person.surname}",
                f"{person.given} {person.second} {person.surname}",
                person.surname,
                f"{random.choice(('Doktor', 'Kapten', 'Sankt', 'Fru', 'Major'))} {person.given}",
            )
        )
        if random.random() < 0.12:
            return f"{person.given.removesuffix('s')}s{random.choice(('gatan', 'vägen', 'gränd'))}"
        return f"{name if name[-1] in 'sxz' else name + 's'} {end}"

    def firm(self, random: Random) -> str:
        """A firm; about half bear a person's name."""
        return self.named_firm(random) if random.random() < 0.5 else self._plain_firm(random)

    def _plain_firm(self, random: Random) -> str:
        made = self._words["firm"]
        form = random.choice(made["forms"])
        name = random.choice(
            (
                f"{random.choice(made['starts'])} {random.choice(made['middles'])}",
                f"{random.choice(made['starts'])} {random.choice(made['middles'])}",
                f"{random.choice(made['starts'])}{random.choice(made['middles']).lower()}",
                f"{random.choice(made['starts'])} {' '.join(random.sample(made['middles'], 2))}",
                f"{self.town(random)} {random.choice(made['trades'])}",
                f"{self.town(random)} Energi",
                f"{self.town(random).removesuffix('s')}s {random.choice(made['trades'])}",
            )
        )
        return f"{name} {form}".strip()

    def named_firm(self, random: Random) -> str:
        """A firm named after a person: no person itself."""
        made = self._words["firm"]
        person, trade = self._names.person(random), random.choice(made["trades"])
        owner = random.choice((person.surname, person.surname, person.given))
        mine = owner if owner[-1] in "sxz" else owner + "s"
        form = random.choice(made["forms"][:12])
        return str(
            random.choice(
                (
                    f"{mine} {trade} {form}",
                    f"{mine} {trade}",
                    f"{mine} {trade} i {self.town(random)} {form}",
                    f"{owner} & {person.other} {trade} {form}",
                    f"{owner} & Söner {form}",
                    f"Bröderna {mine} {trade} {form}",
                    f"{person.given} {person.surname} {trade} {form}",
                    f"{owner} {trade} {form}",
                    f"Advokatfirman {person.surname} {form}",
                    f"Firma {person.given} {person.surname}",
                    f"{owner}gruppen {form}",
                    f"{owner}, {person.other} & Partners",
                    f"{person.given} & {person.second} {trade}",
                    f"AB {mine} {trade}",
                )
            )
        ).strip()

    def body(self, random: Random) -> str:
        """An organization that is no firm: authority, party, club, paper, brf, school."""
        made = self._words["firm"]
        town = self.town(random)
        makers: tuple[Callable[[], str], ...] = (
            lambda: str(random.choice(made["bodies"])),
            lambda: str(random.choice(made["energy"])),
            lambda: str(random.choice(made["parties"])),
            lambda: str(random.choice(made["media"])),
            lambda: (
                f"{random.choice(('Brf', 'BRF', 'Bostadsrättsföreningen', 'HSB Brf'))} "
                f"{random.choice(made['brf'])}{random.choice(('', '', ' 2', ' i ' + town))}"
            ),
            lambda: f"{town} {random.choice(made['clubs'])}",
            lambda: f"{random.choice(made['club_starts'])} {town}",
            lambda: (
                f"{town.removesuffix('s')}s {random.choice(('kommun', 'tingsrätt', 'församling'))}"
            ),
            lambda: self.school(random),
            lambda: random.choice(self._bodies) if self._bodies else "Skatteverket",
        )
        return random.choice(makers)()

    def school(self, random: Random) -> str:
        """A school, church or hospital, now and then named after somebody."""
        end = random.choice(self._words["firm"]["schools"])
        if random.random() < 0.4:
            stem = random.choice((self._names.given(random), self._names.surname(random)))
            joined = end in {"skolan", "gymnasiet"}
            return f"{stem}{end}" if joined else f"{stem.removesuffix('s')}s {end}"
        stem = random.choice(
            (self.town(random), random.choice(self._words["place"]["street_starts"]))
        )
        return (
            f"{stem}{end}" if end in {"skolan", "gymnasiet"} else f"{stem.removesuffix('s')}s {end}"
        )


def phone(random: Random) -> str:
    """A phone number of a few ways of writing."""
    digits = "".join(random.choices("0123456789", k=7))
    area = random.choice(
        ("070", "072", "073", "076", "08", "031", "0910", "019", "+4670", "+46 70")
    )
    return random.choice(
        (
            f"{area}-{digits[:3]} {digits[3:5]} {digits[5:]}",
            f"{area}-{digits}",
            f"{area}{digits}",
            f"{area} {digits[:3]} {digits[3:]}",
        )
    )


def identity(random: Random) -> str:
    """Digits as an identity number is written: the month is none, so it is nobody's."""
    year, month = random.randint(30, 99), random.randint(13, 19)
    tail = f"{random.randint(0, 9999):04}"
    return f"{random.choice(('', '19'))}{year}{month}{random.randint(1, 28):02}-{tail}"


def date(random: Random) -> str:
    """A day, as people and systems write it."""
    year, month, day = random.randint(2008, 2027), random.randint(1, 12), random.randint(1, 28)
    months = "januari februari mars april maj juni juli augusti september oktober november december"
    word = months.split()[month - 1]
    return random.choice(
        (
            f"{year}-{month:02}-{day:02}",
            f"{day}/{month}",
            f"{day} {word}",
            f"{day} {word} {year}",
            f"{day} {word[:3]}",
            f"den {day} {word}",
            f"{year % 100:02}{month:02}{day:02}",
        )
    )


def numeral(random: Random) -> str:
    """A number of some kind: case, meter, installation, invoice."""
    size = random.choice((3, 4, 5, 6, 8))
    digits = str(random.randint(10 ** (size - 1), 10**size - 1))
    return random.choice(
        (digits, digits, f"{random.choice('ABCEKLMR')}-{digits}", f"735999{digits:0>12}")
    )


def amount(random: Random) -> str:
    """An amount of things."""
    return str(random.randint(1, 99))


def house(random: Random) -> str:
    """The number of a house."""
    return str(random.randint(1, 99)) + random.choice(("", "", "", "", "", "A", "B", " C"))


def clock(random: Random) -> str:
    """A time of day."""
    return f"{random.randint(6, 22):02}{random.choice('.:')}{random.randint(0, 59):02}"


def postcode(random: Random) -> str:
    """Five digits in two groups."""
    return f"{random.randint(100, 984)} {random.randint(10, 99)}"


def _rows(path: Path, delimiter: str = ",") -> Iterator[list[str]]:
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from list(csv.reader(stream, delimiter=delimiter))[1:]


def _column(path: Path, index: int, delimiter: str = ",") -> list[str]:
    return sorted({row[index].strip() for row in _rows(path, delimiter) if row[index].strip()})


def _short(municipality: str) -> str:
    name = municipality.removesuffix(" kommun").removesuffix(" stad")
    keeps_s = name.endswith(("ås", "näs", "fors", "is", "os"))
    return name if keeps_s or not name.endswith("s") else name[:-1]

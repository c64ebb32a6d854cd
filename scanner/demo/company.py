"""The company's customers, contracts and meters: values that follow from a seed and a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scanner.demo.numbers import gs1_digit, is_identity_shaped, luhn_digit, mod11_digit
from scanner.demo.people import Person, Population

SEED = "elbolaget"
CUSTOMERS = 300
FORMS = ("Rörligt pris", "Fast pris 1 år", "Fast pris 3 år", "Timpris", "Anvisat avtal")
PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Contract:
    """An electricity contract for one metering point."""

    number: str
    meter: str
    start: date
    end: date | None
    form: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A person with a customer number, and what the company knows of the household."""

    person: Person
    number: str
    contract: Contract
    living_area: int
    household: int
    spouse: Person | None
    child: Person | None
    consent: str
    plate: str | None
    """An electric car's, where the company sold the charger."""
    account: str | None
    """Where solar compensation is paid."""


@dataclass(frozen=True, slots=True)
class Company:
    """The made-up company on one day."""

    name: str
    orgnr: str
    today: date
    customers: tuple[Customer, ...]
    staff: tuple[Person, ...]
    traders: tuple[Person, ...]
    """Sole traders among the suppliers: their org.nr is their personnummer."""
    spare: tuple[str, ...]
    """Test numbers that belong to nobody here."""

    def random(self, room: str) -> Random:
        """The room's own source of chance, so that one room's change leaves the others alone."""
        return Random(f"{SEED}:{room}")

    def day(self, ago: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=ago)

    def people(self) -> Iterator[Person]:
        """Everybody, each once."""
        for customer in self.customers:
            relatives = (customer.person, customer.spouse, customer.child)
            yield from (person for person in relatives if person)
        yield from self.staff
        yield from self.traders


def found(today: date) -> Company:
    """Found the company as it is on that day; the same day gives an equal company."""
    chance = Random(SEED)
    population = Population(chance)
    customers = tuple(_customer(population, chance, index, today) for index in range(CUSTOMERS))
    return Company(
        name="Elbolaget Exempel AB",
        orgnr=organisation_number(12),
        today=today,
        customers=customers,
        staff=tuple(population.adult() for _ in range(12)),
        traders=tuple(population.adult() for _ in range(4)),
        spare=population.spare(),
    )


def organisation_number(serial: int) -> str:
    """A made-up limited company's number, from a series that is not yet in use."""
    digits = f"559999{serial:03}"
    return f"{digits[:6]}-{digits[6:]}{luhn_digit(digits)}"


def _customer(population: Population, chance: Random, index: int, today: date) -> Customer:
    # Two customers share a name: whoever searches for one must not get the other.
    person = population.adult(name=("Anna", "Lindström") if index in {20, 140} else None)
    has_family = index % 25 == 3
    spouse = population.adult(person.address) if has_family else None
    child = population.child(person) if has_family else None
    return Customer(
        person=person,
        number=str(104200 + index * 3),
        contract=_contract(chance, index, today),
        living_area=chance.randint(28, 240),
        household=chance.choice([3, 4, 5]) if has_family else chance.choice([1, 1, 2, 2, 3]),
        spouse=spouse,
        child=child,
        consent=chance.choice(["ja", "ja", "nej"]),
        plate=_plate(chance) if index % 10 == 5 else None,
        account=_account(chance, person) if index % 7 == 2 else None,
    )


def _contract(chance: Random, index: int, today: date) -> Contract:
    digits = f"735999{chance.choice(['123', '456'])}{chance.randrange(10**8):08}"
    start = today - timedelta(days=chance.randint(200, 3600))
    ends = index % 6 == 4
    end = start + timedelta(days=chance.randint(90, 190)) if ends else None
    number = f"{start:%y}-{index:04}"
    return Contract(number, digits + gs1_digit(digits), start, end, chance.choice(FORMS))


def _plate(chance: Random) -> str:
    letters = "".join(chance.choice(PLATE_LETTERS) for _ in range(3))
    return f"{letters}{chance.randint(10, 99)}{chance.choice('0123456789ABCDEFGH')}"


def _account(chance: Random, person: Person) -> str:
    """An account that passes its bank's own check; some are Nordea's, which hold a personnummer."""
    if chance.random() < 0.2 and person.identity_entity == "SE_PERSONNUMMER":
        return f"3300-{person.identity[2:]}"
    bank = chance.choice(["nordea", "skandia", "handelsbanken", "swedbank"])
    while True:
        serial = f"{chance.randrange(10**9):09}"
        if is_identity_shaped(serial):
            continue
        if bank == "swedbank":
            return f"8105-{serial}{luhn_digit(serial)}"
        clearing = {"nordea": "4120", "skandia": "9150", "handelsbanken": "6112"}[bank]
        body = serial[:8] if bank == "handelsbanken" else clearing + serial[:6]
        check = mod11_digit(body)
        if check is not None:
            return f"{clearing}-{body.removeprefix(clearing)}{check}"

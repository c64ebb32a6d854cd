"""Made-up customers, staff and firms with all that an energy company notes of them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from benchmarks.forms import LETTERS
from benchmarks.schema_abroad import foreigners
from benchmarks.values import Values, gs1, luhn
from scanner.demo.people import Person, Population

Value = str | int | float | Decimal | datetime.date | datetime.datetime | None
Facts = Mapping[str, Value]

TODAY = datetime.date(2026, 11, 1)
_CUSTOMERS, _STAFF, _OWNERS = 220, 30, 30
_LATITUDES = {"SE1": (65.6, 67.9), "SE2": (62.3, 64.2), "SE3": (57.8, 59.9), "SE4": (55.6, 57.1)}
_LONGITUDES = {"SE1": (20.0, 22.2), "SE2": (16.0, 20.4), "SE3": (13.0, 17.7), "SE4": (13.0, 16.9)}
_ESTATES = ("Hossmo", "Ljungby", "Södra Ekeby", "Vickleby", "Äspered", "Rinkaby", "Dunö")
_SUPPLIERS = ("Nordljus Energi AB", "Kustkraft Elhandel AB", "Bygdens El ek. för.", "Sydvind AB")
_GRIDS = ("Nordljus Elnät AB", "Kustnät AB", "Ölands Nät AB")
_FIRMS = (
    "Ekens Fastigheter KB", "Brf Granen", "Tranås Rör & El AB", "Sjöutsiktens Bygg AB",
    "Smålandsvind Ekonomisk förening", "HB Ladda", "Kvarntorgets Livs AB", "Nordhamns Varv AB",
    "Brf Fyrtornet 3", "Skogsbackens Åkeri AB", "Alvarets Bageri AB", "Kajkanten Restaurang AB",
    "Hultets Samfällighetsförening", "Stenviks Mekaniska AB", "Lindö Golfklubb", "Äppelgården AB",
)  # fmt: skip
_NAMELESS = (
    "given", "family", "reversed", "initial", "co", "pnr", "pnr10", "pnr12", "pnr13", "birth",
    "birth6", "birth8", "woman", "man", "sex", "sexcode", "sexword", "title", "age",
    "household", "living", "plate",
)  # fmt: skip


@cache
def customers(seed: int) -> tuple[Facts, ...]:
    """Those who buy energy, each with what is known of them; the same for the same seed."""
    return _everybody(seed)[:_CUSTOMERS]


@cache
def staff(seed: int) -> tuple[Facts, ...]:
    """Those who work at the company."""
    return _everybody(seed)[_CUSTOMERS : _CUSTOMERS + _STAFF]


@cache
def firms(seed: int) -> tuple[Facts, ...]:
    """Legal persons that buy energy: a customer's facts, but nothing that only people have."""
    values = Values(random.Random(f"firms {seed}"))
    found = []
    for owner, name in zip(_everybody(seed)[_CUSTOMERS + _STAFF :], _FIRMS * 2, strict=False):
        number = luhn(values.pick("5560", "5591", "7696", "8024", "9697") + values.digits(5))
        domain = "".join(letter for letter in name.lower() if "a" <= letter <= "z")
        found.append(
            {
                **owner,
                **dict.fromkeys(_NAMELESS),
                "name": name,
                "number": f"{number[:6]}-{number[6:]}",
                "orgnr10": number,
                "email": f"{values.pick('info', 'faktura', 'kontakt')}@{domain}.example.se",
                "kind": "F",
            }
        )
    return tuple(found)


@cache
def _everybody(seed: int) -> tuple[Facts, ...]:
    population = Population(random.Random(f"people {seed}"))
    count = _CUSTOMERS + _STAFF + _OWNERS
    people = [population.adult() for _ in range(count)]
    # Samordningsnummer come first of all.
    random.Random(f"order {seed}").shuffle(people)
    return tuple(_facts(person, seed, place) for place, person in enumerate(people))


def _facts(person: Person, seed: int, place: int) -> Facts:
    values = Values(random.Random(f"{seed} {person.id}"))
    return {
        **_identity(person, values),
        **_reach(person, values),
        **_site(person, values, place),
        **_relation(values, place),
    }


def _identity(person: Person, values: Values) -> Facts:
    digits = person.identity
    day = int(digits[6:8])
    birth = datetime.date(int(digits[:4]), int(digits[4:6]), day - 60 if day > 60 else day)
    woman = int(digits[10]) % 2 == 0
    return {
        "name": person.name,
        "given": person.given,
        "family": person.family,
        "reversed": f"{person.family}, {person.given}",
        "initial": f"{person.given[0]}. {person.family}",
        "login": f"{_ascii(person.given)[:3]}{_ascii(person.family)[:3]}",
        "pnr": f"{digits[2:8]}-{digits[8:]}",
        "number": f"{digits[2:8]}-{digits[8:]}",
        "pnr10": digits[2:],
        "pnr12": digits,
        "pnr13": person.written_identity(),
        "birth": birth,
        "birth6": f"{birth:%y%m%d}",
        "age": (TODAY - birth).days // 365,
        "birth8": f"{birth:%Y%m%d}",
        "woman": "X" if woman else None,
        "man": None if woman else "X",
        "sex": "K" if woman else "M",
        "sexcode": 2 if woman else 1,
        "sexword": "kvinna" if woman else "man",
        "title": "Fru" if woman else "Herr",
        "employee": values.digits(5),
        "kind": "P",
    }


def _reach(person: Person, values: Values) -> Facts:
    digits = "".join(sign for sign in person.phone if sign.isdigit())
    national = digits.removeprefix("46").removeprefix("0")
    return {
        "email": person.email,
        "phone": person.phone,
        "msisdn": f"46{national}",
        "e164": f"+46{national}",
        "cookie": f"GA1.2.{values.digits(9)}.{values.digits(10)}",
        "ip": values.pick("192.0.2.", "198.51.100.", "203.0.113.") + values.digits(2),
        "mac": "00:00:5e:00:53:" + values.hexes(2),
        "agent": values.pick(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0",
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 Chrome/130.0.0.0",
        ),
        "device": values.guid(),
    }


def _site(person: Person, values: Values, place: int) -> Facts:
    home, chance = person.address, values.random
    latitude = chance.uniform(*_LATITUDES[home.area])
    longitude = chance.uniform(*_LONGITUDES[home.area])
    flat = chance.random() < 0.4
    return {
        "street": home.street,
        "postcode": home.postcode,
        "postcode5": home.postcode.replace(" ", ""),
        "town": home.town,
        "TOWN": home.town.upper(),
        "postal": f"{home.postcode} {home.town}",
        "address": home.line(),
        "area": home.area,
        "co": f"c/o {values.pick('Lund', 'Ek', 'Berg', 'Sandin')}" if place % 9 == 0 else None,
        "flat": f"1{chance.randint(0, 9)}0{chance.randint(1, 6)}" if flat else None,
        "property": f"{home.town} {values.pick(*_ESTATES)} {chance.randint(1, 30)}:"
        f"{chance.randint(1, 220)}",
        "lat": round(latitude, 6),
        "lon": round(longitude, 6),
        "n": round(6_281_500 + (latitude - 56.66) * 111_500),
        "e": round(500_000 + (longitude - 15) * 61_000),
        "living": chance.randint(28, 95) if flat else chance.randint(85, 240),
        "household": chance.choice((1, 1, 1, 2, 2, 2, 3, 4, 4, 5)),
        "year_kwh": chance.randint(1400, 4800) if flat else chance.randint(6000, 28_000),
    }


def _relation(values: Values, place: int) -> Facts:
    chance = values.random
    clearing = values.pick("3120", "5012", "6112", "9025", "9155", "9272")
    account = values.digits(7)
    bban = values.digits(20)
    return {
        "customer": 1_000_231 + place * 37,
        "contract": f"A{2_200_418 + place * 13}",
        "facility": gs1(f"735999{114 + place % 2}{values.digits(8)}"),
        "meter": f"{values.pick('AID', 'KAM', 'LGZ')}{values.digits(9)}",
        "supplier": values.pick(*_SUPPLIERS),
        "grid": values.pick(*_GRIDS),
        "account": f"{clearing}-{account}",
        "clearing": clearing,
        "account7": account,
        "iban": f"SE{98 - int(bban + '281400') % 97:02}{bban}",
        "plate": "".join(chance.choices(LETTERS, k=3)) + values.digits(3),
        "emaid": f"SE-NJE-C{values.digits(8)}-{chance.randint(0, 9)}",
        "rfid": values.hexes(14).upper(),
        "secret": f"$2b$12${values.hexes(53)}",
        "hash": values.hexes(64),
        "pseudonym": values.hexes(16),
        "guid": values.guid(),
    }


def _ascii(name: str) -> str:
    folded = name.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "".join(letter for letter in folded if "a" <= letter <= "z")


GROUPS: Mapping[str, Callable[[int], tuple[Facts, ...]]] = {
    "person": customers,
    "staff": staff,
    "firm": firms,
    "abroad": foreigners,
}
"""Whose facts a value may ask for."""

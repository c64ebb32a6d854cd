"""Made-up values, valid and look-alike, drawn from one seeded source of randomness.

People are Skatteverket's test numbers, phones PTS' series for fiction, domains example.se.
"""

from __future__ import annotations

import datetime
import random
import string
import tomllib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

_GIVEN = ("Anna", "Lars", "Åsa", "Björn", "Fatima", "Göran", "Linnéa", "Oskar", "Olena", "Per")
_SURNAMES = ("Andersson", "Öberg", "Lindqvist", "Hassan", "Sjöberg", "Norén", "Wikström", "Åkesson")
_STREETS = (
    "Storgatan", "Björkvägen", "Södra vägen", "Fiskaregränd", "Lingonstigen", "Esplanaden",
    "Västra Hamngatan", "Ekbacken", "Kungsallén", "Norra Kajen", "Kvarntorget", "Ängsslingan",
)  # fmt: skip
_TOWNS = (
    ("392 32", "Kalmar"), ("382 30", "Nybro"), ("387 31", "Borgholm"), ("572 30", "Oskarshamn"),
    ("532 31", "Skara"), ("852 30", "Sundsvall"), ("211 20", "Malmö"), ("903 26", "Umeå"),
    ("702 10", "Örebro"), ("385 30", "Torsås"),
)  # fmt: skip
_FIRMS = ("Nordljus Elnät AB", "Brf Granen", "Sydkraftens Bygg AB", "Ekens Fastigheter KB")
_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "augusti", "oktober")
_CLEARINGS = (1150, 1530, 3120, 3405, 4260, 5012, 5287, 6112, 6789, 9025, 9155, 9272, 9545)
_LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ"


def luhn(digits: str) -> str:
    """The digits with their Luhn check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def gs1(digits: str) -> str:
    """The digits with their GS1 check digit."""
    weighted = (int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return digits + str(-sum(weighted) % 10)


@cache
def identities() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Test personnummer and test samordningsnummer, twelve digits each."""
    table = tomllib.loads((ROOT / "tests/detectors/skatteverket.toml").read_text("utf-8"))
    found = {*table["personnummer"], *table["samordningsnummer"]}
    lines = (ROOT / "scanner/demo/data/identities.txt").read_text("utf-8").splitlines()
    found |= {line for line in lines if line.isdigit()}
    ordered = sorted(found)
    persons = tuple(number for number in ordered if int(number[6:8]) <= 31)
    return persons, tuple(number for number in ordered if int(number[6:8]) > 60)


@dataclass(frozen=True, slots=True)
class Values:
    """Draws one value a call."""

    random: random.Random

    def digits(self, count: int) -> str:
        """Random digits, the first not 0."""
        return str(self.random.randint(10 ** (count - 1), 10**count - 1))

    def moment(self) -> datetime.datetime:
        """A time in 2015-2026."""
        start = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)
        return start + datetime.timedelta(seconds=self.random.randrange(370_000_000))

    def pick(self, *choices: str) -> str:
        """One of the choices."""
        return self.random.choice(choices)

    def identity(self, numbers: tuple[str, ...]) -> str:
        """A number in any of its written forms."""
        if self.random.random() < 0.25:
            return self.random.choice(numbers)[2:]
        return self.identity_clear(numbers)

    def identity_clear(self, numbers: tuple[str, ...]) -> str:
        """A number written with a separator, a century or both."""
        number = self.random.choice(numbers)
        short, end = number[2:8], number[8:]
        iso = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
        return self.random.choices(
            (
                f"{short}-{end}", f"{number[:8]}-{end}", number, f"{short} {end}",
                f"{number[:8]} {end}", f"{short}\N{EN DASH}{end}", f"{iso}-{end}",
                f"{number[:8]}\N{NO-BREAK SPACE}{end}",
            ),
            (8, 8, 6, 2, 2, 1, 1, 1),
        )[0]  # fmt: skip

    def phone(self) -> str:
        """A number that PTS keeps for fiction."""
        if self.random.random() < 0.7:
            pair = f"{self.random.randint(5, 99):02}"
            return self.pick(
                f"070-174 06 {pair}", f"070-17406{pair}", f"07017406{pair}", f"070 174 06 {pair}",
                f"+46 70 174 06 {pair}", f"+467017406{pair}", f"+46 (0)70 174 06 {pair}",
                f"+46 70-174 06 {pair}", f"004670174 06 {pair}", f"070/174 06 {pair}",
            )  # fmt: skip
        pair = f"{self.random.randint(0, 99):02}"
        return self.pick(
            f"08-465 004 {pair}", f"08-465004{pair}", f"031-390 06 {pair}", f"040-628 04 {pair}",
            f"+46 8 465 004 {pair}", f"0980-31 92 {pair}", f"+46 31 390 06 {pair}",
        )  # fmt: skip

    def email(self) -> str:
        """An address at example.se."""
        given = self.pick("anna", "lars", "bjorn", "fatima.h", "g.noren", "linnea", "info", "o-p")
        last = self.pick("andersson", "oberg", "lindqvist", "sjoberg", "wikstrom")
        host = self.pick("example.se", "example.se", "mail.example.se", "post.kund.example.se")
        return f"{given}{self.pick('.', '_', '')}{last}{self.pick('', self.digits(2))}@{host}"

    def street(self) -> str:
        """A street with its number, now and then a flat."""
        number = self.random.randint(1, 99)
        more = self.pick("", "", "", "", " B", "A", " lgh 1203", ", lgh 1002")
        return f"{self.random.choice(_STREETS)} {number}{more}"

    def postal(self) -> str:
        """A postcode and its town."""
        code, town = self.random.choice(_TOWNS)
        code = self.pick(code, code, code.replace(" ", ""), f"SE-{code}")
        return f"{code} {self.pick(town, town, town.upper())}"

    def metering_point(self) -> str:
        """A GSRN of a Swedish network company."""
        number = gs1("735999" + self.digits(3) + self.digits(8))
        groups = " ".join(number[at : at + 3] for at in range(0, 18, 3))
        return self.pick(number, number, number, number, number, groups)

    def iban(self) -> str:
        """A Swedish IBAN with valid check digits."""
        account = self.digits(3) + self.digits(17)
        check = 98 - int(account + "281400") % 97
        number = f"SE{check:02}{account}"
        return self.pick(number, " ".join(number[at : at + 4] for at in range(0, 24, 4)))

    def bankgiro(self) -> str:
        """A bankgiro of seven or eight digits."""
        number = luhn(self.digits(6) if self.random.random() < 0.3 else self.digits(7))
        return f"{number[:-4]}-{number[-4:]}"

    def bank_account(self) -> str:
        """A clearing number and an account of some bank."""
        clearing = self.random.choice(_CLEARINGS)
        if self.random.random() < 0.3:
            nine = self.digits(9)
            grouped = f"{nine[:3]} {nine[3:6]} {nine[6:]}"
            return self.pick(f"8327-9, {grouped}", f"8214-9 {nine}", f"8105-9,{nine}")
        seven = self.digits(7)
        return self.pick(
            f"{clearing}-{seven}", f"{clearing} {seven}", f"{clearing}, {seven}",
            f"{clearing} {seven[:2]} {seven[2:5]} {seven[5:]}",
            f"{clearing}-{seven[:6]}-{seven[6]}",
        )  # fmt: skip

    def plate(self) -> str:
        """A registration number, old or new form."""
        letters = "".join(self.random.choices(_LETTERS, k=3))
        last = self.pick(*"0123456789") if self.random.random() < 0.6 else self.pick(*_LETTERS)
        return f"{letters}{self.pick('', ' ')}{self.random.randint(0, 99):02}{last}"

    def ip(self) -> str:
        """An IPv4 address of the ranges for documentation and for private networks."""
        net = self.pick("192.0.2", "198.51.100", "203.0.113", "10.20.30", "192.168.14")
        return f"{net}.{self.random.randint(1, 254)}"

    def ipv6(self) -> str:
        """An IPv6 address of the range for documentation."""
        return f"2001:db8:{self.random.randint(1, 65535):x}::{self.random.randint(1, 65535):x}"

    def orgnr(self) -> str:
        """A made-up legal person's number, third digit 2 or more."""
        number = luhn(self.pick("55", "76", "80", "96") + self.digits(7))
        while int(number[2]) < 2:
            number = luhn(self.pick("55", "76", "80", "96") + self.digits(7))
        dashed = f"{number[:6]}-{number[6:]}"
        return self.pick(dashed, dashed, dashed, dashed, number, f"16{number}", f"16{dashed}")

    def bad_gsrn(self) -> str:
        """A metering point whose check digit is wrong."""
        number = gs1("735999" + self.digits(11))
        return number[:-1] + str((int(number[-1]) + self.random.randint(1, 9)) % 10)

    def bad_identity(self) -> str:
        """A test number whose check digit is wrong."""
        number = self.random.choice(identities()[0])
        last = (int(number[-1]) + self.random.randint(1, 9)) % 10
        return f"{number[2:8]}-{number[8:11]}{last}"

    def version4(self) -> str:
        """A four-part version number."""
        return ".".join(str(self.random.randint(0, top)) for top in (19, 40, 255, 99))

    def article(self) -> str:
        """An article code, now and then in the form of a registration number."""
        letters = "".join(self.random.choices(string.ascii_uppercase, k=3))
        return self.pick(f"{letters}{self.digits(3)}", f"{letters}-{self.digits(4)}")

    def hexes(self, count: int) -> str:
        """Hexadecimal digits."""
        return f"{self.random.getrandbits(count * 4):0{count}x}"

    def guid(self) -> str:
        """A random GUID."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def lookalike(self) -> str:
        """Thirteen to sixteen digits with a mobile's first ones inside."""
        return f"{self.digits(self.random.randint(2, 4))}070{self.digits(8)}"

    def decimal(self) -> str:
        """A reading with a decimal comma."""
        return f"{self.random.randint(0, 99)},{self.random.randint(0, 999):03}"


def _number(top: int) -> Callable[[Values], str]:
    return lambda v: str(v.random.randint(1, top))


def _time(form: str) -> Callable[[Values], str]:
    return lambda v: v.moment().strftime(form)


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "personnummer": ("SE_PERSONNUMMER", lambda v: v.identity(identities()[0])),
    "personnummer_clear": ("SE_PERSONNUMMER", lambda v: v.identity_clear(identities()[0])),
    "personnummer_bare": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])[2:]),
    "personnummer_12": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])),
    "samordningsnummer": ("SE_SAMORDNINGSNUMMER", lambda v: v.identity(identities()[1])),
    "phone": ("PHONE_NUMBER", Values.phone),
    "email": ("EMAIL_ADDRESS", Values.email),
    "address": ("SE_ADDRESS", lambda v: f"{v.street()}, {v.postal()}"),
    "address_lines": ("SE_ADDRESS", lambda v: f"{v.street()}\n{v.postal()}"),
    "street": ("SE_ADDRESS", Values.street),
    "street_plain": ("SE_ADDRESS", lambda v: f"{v.random.choice(_STREETS)} {v.digits(2)}"),
    "postal": ("SE_ADDRESS", Values.postal),
    "metering_point": ("SE_METERING_POINT_ID", Values.metering_point),
    "iban": ("IBAN_CODE", Values.iban),
    "bankgiro": ("SE_BANKGIRO", Values.bankgiro),
    "bank_account": ("SE_BANK_ACCOUNT", Values.bank_account),
    "plate": ("SE_VEHICLE_REGISTRATION", Values.plate),
    "ip": ("IP_ADDRESS", Values.ip),
    "ipv6": ("IP_ADDRESS", Values.ipv6),
    "orgnr": ("SE_ORGANISATIONSNUMMER", Values.orgnr),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "name": lambda v: f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}",
    "given": lambda v: v.random.choice(_GIVEN),
    "surname": lambda v: v.random.choice(_SURNAMES),
    "firm": lambda v: v.random.choice(_FIRMS),
    "town": lambda v: v.random.choice(_TOWNS)[1],
    "month": lambda v: v.random.choice(_MONTHS),
    "date": _time("%Y-%m-%d"),
    "time": _time("%H.%M"),
    "iso": _time("%Y-%m-%dT%H:%M:%S+01:00"),
    "clf": _time("%d/%b/%Y:%H:%M:%S +0100"),
    "year": _time("%Y"),
    "year2": _time("%Y"),
    "stamp10": _time("%y%m%d%H%M"),
    "stamp12": _time("%Y%m%d%H%M"),
    "stamp14": _time("%Y%m%d%H%M%S"),
    "unix_s": lambda v: str(int(v.moment().timestamp())),
    "unix_ms": lambda v: str(int(v.moment().timestamp() * 1000) + v.random.randrange(1000)),
    "n": _number(999),
    "n2": _number(59),
    "n4": lambda v: v.digits(4),
    "port": _number(65535),
    "amount": lambda v: f"{v.random.randint(1, 9)} {v.digits(3)},{v.digits(2)}",
    "kwh": _number(99_999),
    "big": lambda v: f"{v.random.randint(1, 999)} {v.digits(3)}",
    "dec": Values.decimal,
    "ticket": lambda v: f"INC{v.digits(7)}",
    "customer": lambda v: v.digits(7),
    "order": lambda v: v.digits(8),
    "order10": lambda v: v.digits(10),
    "ocr": lambda v: luhn(v.digits(v.random.choice((9, 11, 15)))),
    "ocr10": lambda v: luhn(v.digits(9)),
    "guid": Values.guid,
    "sha256": lambda v: v.hexes(64),
    "sha1": lambda v: v.hexes(40),
    "md5": lambda v: v.hexes(32),
    "gln": lambda v: gs1("73" + v.digits(10)),
    "sscc": lambda v: gs1("373" + v.digits(14)),
    "bad_gsrn": Values.bad_gsrn,
    "version": lambda v: f"{v.random.randint(0, 9)}.{v.random.randint(0, 40)}.{v.digits(2)}",
    "version4": Values.version4,
    "section": lambda v: ".".join(str(v.random.randint(1, 9)) for _ in range(4)),
    "hour": lambda v: f"{v.random.randint(6, 11):02}",
    "hour2": lambda v: str(v.random.randint(15, 21)),
    "article": Values.article,
    "enumber": lambda v: f"E{v.digits(2)} {v.digits(3)} {v.digits(2)}",
    "sweref_n": lambda v: str(v.random.randint(6_133_000, 7_671_000)),
    "sweref_e": lambda v: str(v.random.randint(267_000, 918_000)),
    "lat": lambda v: f"{v.random.uniform(55.3, 69.1):.6f}",
    "lon": lambda v: f"{v.random.uniform(10.9, 24.2):.6f}",
    "digits_with_070": Values.lookalike,
    "digits16": lambda v: v.digits(16),
    "iccid": lambda v: luhn("8946" + v.digits(14)),
    "imei": lambda v: luhn("35" + v.digits(12)),
    "bad_iban": lambda v: f"SE{v.digits(2)}{v.digits(19)}",
    "bad_pnr": Values.bad_identity,
    "vat": lambda v: f"SE{v.digits(10)}01",
}
"""Slot that holds nobody's identifier: how to draw one."""

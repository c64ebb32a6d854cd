"""Values that only the third templates draw: other streets, towns, people, a few odd forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.values import Values, identities, luhn

_PEOPLE = (
    "Marianne Hjelm", "Tobias Rosengren", "Hodan Abdi", "Lennart Fagerlund", "Agnieszka Kowalska",
    "Nils-Olof Sandahl", "Elin Bergqvist", "Zoran Petrović", "Birgitta Ståhl", "Yusuf Demir",
    "Maj-Britt Ahlgren", "Viktor Engman",
)  # fmt: skip
_STREETS = (
    "Bruksgatan", "Trädgårdsgatan", "Hantverkargatan", "Smedjevägen", "Fågelsångsvägen",
    "Rönnbärsstigen", "Tegelbruksvägen", "Magasinsgatan", "Köpmangatan", "Västra Esplanaden",
    "Kapellgränd", "Järnvägsgatan", "Åkerslingan", "Granitvägen", "Gustav Adolfs torg",
    "Kornettvägen", "Mossebergsbacken", "Vallmovägen", "Skördestigen", "Lotsgatan",
    "Olof Palmes gata", "Gröna gången", "Nya Prästvägen", "Södra Infartsleden",
)  # fmt: skip
_VILLAGES = ("Lilla Binga", "Kåremo", "Norra Sandby", "Svartvik")
_TOWNS = (
    ("360 70", "Åseda"), ("582 22", "Linköping"), ("753 10", "Uppsala"), ("252 20", "Helsingborg"),
    ("972 31", "Luleå"), ("371 30", "Karlskrona"), ("331 30", "Värnamo"), ("791 30", "Falun"),
    ("441 30", "Alingsås"), ("384 30", "Blomstermåla"), ("570 80", "Virserum"), ("289 41", "Broby"),
)  # fmt: skip
_GROUPS = ("Driftstöd", "Mätvärden", "Kundservice Syd", "Nätplanering")


def _street(v: Values) -> str:
    """A street with its number, now and then more; seldom a village with one."""
    if v.random.random() < 0.04:
        return f"{v.random.choice(_VILLAGES)} {v.random.randint(101, 399)}"
    number = v.random.randint(1, 120)
    more = v.pick("", "", "", "", "", "A", "B", " C", ", 1 tr", " lgh 1201")
    return f"{v.random.choice(_STREETS)} {number}{more}"


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    return v.pick(f"{code} {town}", f"{code} {town}", f"{code.replace(' ', '')} {town}",
                  f"{code} {town.upper()}")  # fmt: skip


def _spoken_phone(v: Values) -> str:
    """A mobile in pairs, as a transcript writes it."""
    return f"07 01 74 06 {v.random.randint(5, 99):02}"


def _spoken_identity(v: Values) -> str:
    """Twelve digits in pairs, as a transcript writes them."""
    n = v.random.choice(identities()[0])
    return " ".join(n[at : at + 2] for at in range(0, 12, 2))


def _boxed_identity(v: Values) -> str:
    """A number from a form with a box for each digit."""
    n = v.random.choice(identities()[0])
    return f"{' '.join(n[2:8])} - {' '.join(n[8:])}"


def _code(v: Values) -> str:
    """A town's code and a number, as of authorities' cases."""
    return f"{v.pick('KS', 'MBN', 'TN', 'SBN')} {v.moment():%Y}/{v.random.randint(10, 1999):05}"


def _sid(v: Values) -> str:
    return f"S-1-5-21-{v.digits(10)}-{v.digits(10)}-{v.digits(9)}-{v.digits(4)}"


def _isbn(v: Values) -> str:
    return f"978-91-{v.digits(3)}-{v.digits(4)}-{v.digits(1)}"


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "gata": ("SE_ADDRESS", _street),
    "gata_utan": ("SE_ADDRESS", lambda v: f"{v.random.choice(_STREETS)} {v.digits(2)}"),
    "postort": ("SE_ADDRESS", _postal),
    "hem": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "hem_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "tel_par": ("PHONE_NUMBER", _spoken_phone),
    "pnr_par": ("SE_PERSONNUMMER", _spoken_identity),
    "pnr_rutor": ("SE_PERSONNUMMER", _boxed_identity),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "vem": lambda v: v.random.choice(_PEOPLE),
    "ort": lambda v: v.random.choice(_TOWNS)[1],
    "grupp": lambda v: v.random.choice(_GROUPS),
    "evse": lambda v: f"SE*{v.pick('KEA', 'LAD')}*E{v.digits(5)}*{v.pick('1', '2')}",
    "tagg": lambda v: v.hexes(14).upper(),
    "dnr": _code,
    "sid": _sid,
    "isbn": _isbn,
    "cve": lambda v: f"CVE-{v.moment():%Y}-{v.digits(5)}",
    "swish_ref": lambda v: v.hexes(32).upper(),
    "sap": lambda v: f"00{v.digits(8)}",
    "materialnr": lambda v: f"0000000000{luhn(v.digits(7))}",
}
"""Slot that holds nobody's identifier: how to draw one."""

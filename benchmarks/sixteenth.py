"""Values that only `sixteenth.toml` draws: its own streets, towns, people, firms and mailboxes.

Everything is made up. Phones, plates, accounts and codes come from `fifteenth`, numbers with check
digits from `eleventh`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.values import Values

_GIVEN = (
    "Margareta", "Oskar", "Amina", "Per-Olof", "Linnea", "Viktor", "Barbro", "Goran", "Alva",
    "Tobias", "Birgitta", "Omar", "Rolf", "Signe", "Piotr", "Annika", "Melker", "Shirin", "Sven",
)  # fmt: skip
_SURNAMES = (
    "Karlsson", "Svensson", "Hedlund", "Rahimi", "Sjögren", "Kovac", "Norberg", "Blom", "Wallin",
    "Fransson", "Osman", "Engström", "Lind", "Åkesson", "Nguyen", "Månsson", "Ek", "Ahlgren",
)  # fmt: skip
_STREETS = (
    "Asplundsvägen", "Bergsgatan", "Drottninggatan", "Eklundavägen", "Fiskaregatan", "Granvägen",
    "Hantverkaregatan", "Kvarngatan", "Lövsångarvägen", "Magasinsgatan", "Nygatan", "Odengatan",
    "Prästgatan", "Rönnvägen", "Skolgatan", "Timmermansgatan", "Tallbacken", "Vintergatan",
    "Ängsvägen", "Åsgatan", "Östra Storgatan", "Gamla Landsvägen", "Kung Oskars väg", "Mossvägen",
    "Solrosstigen", "Sjötorpsvägen", "Trädgårdsgatan", "Blåklintsvägen", "Tegelbruksgatan",
)  # fmt: skip
_TOWNS = (
    ("242 30", "Hörby"), ("302 42", "Halmstad"), ("352 30", "Växjö"), ("392 31", "Kalmar"),
    ("451 31", "Uddevalla"), ("504 30", "Borås"), ("553 16", "Jönköping"), ("602 21", "Norrköping"),
    ("652 24", "Karlstad"), ("702 10", "Örebro"), ("753 20", "Uppsala"), ("831 30", "Östersund"),
    ("852 31", "Sundsvall"), ("903 26", "Umeå"), ("941 31", "Piteå"), ("621 45", "Visby"),
)  # fmt: skip
_FIRMS = (
    "Norbergs Rör AB", "Brf Tallbacken", "Hedlunds Bil & Maskin AB", "Eklunda Samfällighet",
    "Blom Fastighetsservice AB", "Wallins Handelsträdgård HB", "Sjötorps Idrottsförening",
    "Engström El & Tele AB", "Åsens Förskola Ek. för.", "Magasinets Restaurang AB",
)  # fmt: skip


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _mailbox(v: Values) -> str:
    given = v.pick("margareta", "oskar", "amina", "linnea", "viktor", "barbro", "omar", "signe")
    last = v.pick("karlsson", "svensson", "hedlund", "rahimi", "kovac", "blom", "wallin", "lind")
    host = v.pick("example.se", "example.se", "example.com", "mail.example.org")
    forms = (
        f"{given}.{last}@{host}",
        f"{given}{v.digits(2)}@{host}",
        f"{given[0]}{last}@{host}",
        f"{last}.{given}@{host}",
        f"{given.title()}.{last.title()}@{host}",
    )
    return v.random.choices(forms, (10, 3, 2, 1, 2))[0]


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 84)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter or a flat."""
    ends = ("", "A", " B", " lgh 1001", ", lgh 1202")
    return _short_street(v) + v.random.choices(ends, (16, 2, 2, 1, 1))[0]


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    forms = (f"{code} {town}", f"{code.replace(' ', '')} {town}", f"{code} {town.upper()}")
    return v.random.choices(forms, (12, 4, 3))[0]


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "s_post": ("EMAIL_ADDRESS", _mailbox),
    "s_gata": ("SE_ADDRESS", _street),
    "s_kort": ("SE_ADDRESS", _short_street),
    "s_hel": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "s_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "s_ort": ("SE_ADDRESS", _postal),
    "s_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(3)}, {_postal(v)}"),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "s_namn": _person,
    "s_for": lambda v: v.random.choice(_GIVEN),
    "s_firma": lambda v: v.random.choice(_FIRMS),
    "s_vag": lambda v: v.random.choice(_STREETS),
    "s_stad": lambda v: v.random.choice(_TOWNS)[1],
}
"""Slot that holds nobody's identifier: how to draw one."""

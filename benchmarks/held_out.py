"""Values that only `held_out.toml` draws: its own streets, towns, people, firms and codes.

As in `forms`, everything is made up: mailboxes under example.se, address ranges for documentation
and private networks, account numbers with their own bank's check digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.forms import LETTERS
from benchmarks.values import Values, luhn

_GIVEN = (
    "Camilla", "Jörgen", "Malin", "Yasmin", "Per-Olof", "Sofie", "Roger", "Anneli", "Oliver",
    "Birgit", "Fredrik", "Leila", "Hanna", "Stig", "Marek", "Therese", "Joakim", "Inga-Lill",
)  # fmt: skip
_SURNAMES = (
    "Blomgren", "Hedman", "Pettersson", "Nilsson", "Rashid", "Lindgren", "Månsson", "Wiklund",
    "Forsell", "Kowalczyk", "Dahlin", "Östlund", "Bergström", "Ivarsson", "Hjalmarsson", "Tran",
    "Sköld", "Gunnarsson",
)  # fmt: skip
_STREETS = (
    "Ängsvägen", "Brunnsgatan", "Bokvägen", "Drottninggatan", "Syrenvägen", "Idrottsvägen",
    "Kvarngatan", "Ringvägen", "Hagavägen", "Åsgatan", "Sandgatan", "Norra Långgatan", "Ekvägen",
    "Fiskaregatan", "Badhusgatan", "Skepparegatan", "Rosenvägen", "Hammarvägen", "Krongatan",
    "Lingonvägen", "Mosippevägen", "Stallgatan", "Bergsgatan", "Södra Kyrkogatan", "Ljungvägen",
    "Persikogatan", "Tulpanvägen", "Industrivägen", "Rådjursstigen", "Lasarettsgatan",
    "Klövervägen", "Stampgränd", "Hertigs allé", "Kustvägen", "Verkstadsgatan", "Vitsippevägen",
    "Lövgatan",
)  # fmt: skip
_HAMLETS = ("Rösås", "Stora Hult", "Västra Torp", "Ryd", "Högaskog", "Kullen", "Åkerby")
_TOWNS = (
    ("392 45", "Kalmar"), ("393 52", "Kalmar"), ("386 92", "Färjestaden"), ("385 40", "Bergkvara"),
    ("352 51", "Växjö"), ("341 32", "Ljungby"), ("575 36", "Eksjö"), ("331 42", "Värnamo"),
    ("281 48", "Hässleholm"), ("372 36", "Ronneby"), ("222 41", "Lund"), ("312 31", "Laholm"),
    ("531 40", "Lidköping"), ("681 30", "Kristinehamn"), ("784 34", "Borlänge"),
    ("961 32", "Boden"), ("611 35", "Nyköping"), ("749 50", "Ekolsund"), ("431 37", "Mölndal"),
)  # fmt: skip
_FIRMS = (
    "Blomgrens El AB", "Kalmarsunds Måleri AB", "Brf Utsikten", "Wiklunds Åkeri AB",
    "Hedmans Bilverkstad AB", "Sandgatans Samfällighetsförening", "Forsell & Dahlin HB",
    "Lidköpings Kyl & Värme AB", "Ridklubben Sleipner", "Ivarssons Gräv AB", "Ekvägens Förskola",
    "Tran Redovisning KB", "Östlunds Plåtslageri AB",
)  # fmt: skip


def _name(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 94)}"


def _street(v: Values) -> str:
    """A street with its number, in one of seven more than that."""
    more = v.random.choices(
        ("", "A", "B", " C", ", 3 tr", " lgh 1102", ", lgh 1301"), (36, 2, 1, 1, 1, 1, 1)
    )[0]
    return _short_street(v) + more


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    return v.random.choices(
        (f"{code} {town}", f"{code.replace(' ', '')} {town}", f"{code} {town.upper()}",
         f"SE-{code} {town}", f"{code}  {town.upper()}"),
        (14, 5, 4, 1, 1),
    )[0]  # fmt: skip


def _farm(v: Values) -> str:
    return f"{v.random.choice(_HAMLETS)} {v.random.randint(102, 390)}, {_postal(v)}"


def _mail(v: Values) -> str:
    """A mailbox under example.se, of a person most often."""
    given = v.pick("camilla", "jorgen", "malin", "yasmin", "perolof", "sofie", "stig", "therese")
    last = v.pick("blomgren", "hedman", "pettersson", "rashid", "mansson", "wiklund", "dahlin")
    host = v.pick(*["example.se"] * 5, "privat.example.se", "skolan.example.se")
    return v.random.choices(
        (f"{given}.{last}@{host}", f"{given}{last}@{host}", f"{given}.{last}{v.digits(2)}@{host}",
         f"{last}.{given}@{host}", f"{given[0]}.{last}@{host}", f"{given}_{last[:3]}@{host}",
         f"{given.title()}.{last.title()}@{host}", f"info.{last}@{host}",
         f"{given}{v.random.randint(1950, 2006)}@{host}"),
        (14, 4, 4, 3, 3, 2, 3, 2, 2),
    )[0]  # fmt: skip


def _weighted(body: str, weights: range | tuple[int, ...]) -> str | None:
    """The body with a check digit of modulus 11; none if that takes a ten."""
    for last in "0123456789":
        if sum(int(d) * w for d, w in zip(body + last, weights, strict=True)) % 11 == 0:
            return body + last
    return None


def _account_parts(v: Values) -> tuple[str, str]:
    """A clearing number and an account of one of the larger banks."""
    bank = v.random.random()
    if bank < 0.3:
        return luhn("8" + v.digits(3)), luhn(v.digits(9))
    if bank < 0.5:
        long = _weighted(v.digits(8), range(9, 0, -1))
        return ("6" + v.digits(3), long) if long else _account_parts(v)
    if bank < 0.7:
        clearing = v.pick("9022", "9152", "9164", "4085", "9553")
        whole = _weighted(clearing + v.digits(6), (1, *range(10, 0, -1)))
        return (clearing, whole[4:]) if whole else _account_parts(v)
    clearing = v.pick("5011", "5364", "1209", "1543", "3407", "9063", "9255", "9276", "5702")
    tail = _weighted(clearing[1:] + v.digits(6), range(10, 0, -1))
    return (clearing, tail[3:]) if tail else _account_parts(v)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    if len(clearing) == 5:
        first = v.pick(f"{clearing[:4]}-{clearing[4]}", f"{clearing[:4]}-{clearing[4]},")
        return f"{first} {v.pick(n, f'{n[:3]} {n[3:6]} {n[6:9]} {n[9]}', f'{n[:9]}-{n[9]}')}"
    spaced = f"{n[:3]} {n[3:6]} {n[6:]}" if len(n) == 9 else f"{n[:3]} {n[3:5]} {n[5:]}"
    return v.random.choices(
        (f"{clearing}-{n}", f"{clearing} {n}", f"{clearing}-{spaced}", f"{clearing} {spaced}",
         f"{clearing}, {n}", f"{clearing} - {spaced}"),
        (7, 7, 4, 4, 3, 1),
    )[0]  # fmt: skip


def _account_joined(v: Values) -> str:
    """Digits only, as in a column or a file."""
    clearing, n = _account_parts(v)
    return clearing[:4] + n


def _plate_shape(v: Values) -> str:
    """Three letters and three characters, the last now and then a letter."""
    letters = "".join(v.random.choices(LETTERS, k=3))
    last = v.pick(*"0123456789") if v.random.random() < 0.55 else v.pick(*LETTERS)
    return f"{letters}{v.random.choices(('', ' '), (3, 2))[0]}{v.random.randint(0, 99):02}{last}"


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.65.3", "172.22.9", "192.168.0")
    return f"{net}.{v.random.randint(1, 254)}"


def _groups(v: Values) -> str:
    """Two to four groups of four digits, as of gift cards and of keys."""
    return " ".join(v.digits(4) for _ in range(v.random.randint(2, 4)))


def _dotted(v: Values) -> str:
    """Numbers with dots between that are no address: too few, too many or too large parts."""
    small = [str(v.random.randint(1, 40)) for _ in range(6)]
    return v.random.choice(
        (".".join(small[:3]), ".".join(small[:5]), ".".join(small),
         f"{small[0]}.{v.random.randint(300, 999)}.{small[1]}.{v.random.randint(300, 999)}",
         f"{v.digits(3)}.{v.digits(3)}.{v.digits(3)}")
    )  # fmt: skip


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "husadr": ("SE_ADDRESS", _street),
    "husadr_kort": ("SE_ADDRESS", _short_street),
    "husadr_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "husadr_hel": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "husadr_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "ortpost": ("SE_ADDRESS", _postal),
    "gardsadr": ("SE_ADDRESS", _farm),
    "mejl": ("EMAIL_ADDRESS", _mail),
    "bankkonto": ("SE_BANK_ACCOUNT", _account),
    "bankkonto_ihop": ("SE_BANK_ACCOUNT", _account_joined),
    "fordon": ("SE_VEHICLE_REGISTRATION", _plate_shape),
    "fordon_tatt": ("SE_VEHICLE_REGISTRATION", lambda v: _plate_shape(v).replace(" ", "")),
    "fordon_gement": ("SE_VEHICLE_REGISTRATION", lambda v: _plate_shape(v).lower()),
    "ipadr": ("IP_ADDRESS", _ip),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "boende": _name,
    "tilltalsnamn": lambda v: v.random.choice(_GIVEN),
    "slaktnamn": lambda v: v.random.choice(_SURNAMES),
    "rorelse": lambda v: v.random.choice(_FIRMS),
    "samhalle": lambda v: v.random.choice(_TOWNS)[1],
    "kodsex": _plate_shape,
    "fyrgrupper": _groups,
    "punktrad": _dotted,
}
"""Slot that holds nobody's identifier: how to draw one."""

"""Values that only `eighth.toml` draws: its own streets, towns, people, firms and codes.

Everything is made up: Skatteverket's test numbers, PTS' phones, mailboxes under example.se, address
ranges for documentation and private networks, numbers of accounts and firms with their check digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.forms import LETTERS, iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Anki", "Torbjörn", "Samira", "Emil", "Gun-Britt", "Kjell", "Amina", "Moa", "Patrik", "Ulrika",
    "Henrik", "Ingegerd", "Dragan", "Felicia", "Sven-Åke", "Ebba", "Nasrin", "Rasmus",
)  # fmt: skip
_SURNAMES = (
    "Lundmark", "Rydberg", "Axelsson", "Håkansson", "Nyqvist", "Jafari", "Sandström", "Björklund",
    "Molin", "Haglund", "Marković", "Persson", "Sundell", "Eklöf", "Wallin", "Grahn", "Ahmadi",
    "Thorsell",
)  # fmt: skip
_STREETS = (
    "Slussgatan", "Apotekaregatan", "Häradsvägen", "Tallbacksvägen", "Hagtornsvägen",
    "Mejerigatan", "Strandvägen", "Sjukhusgatan", "Järpvägen", "Gamla Landsvägen",
    "Östra Ringleden", "Smultronstigen", "Kaserngatan", "Sankt Olofsgatan", "Gjutaregatan",
    "Poppelgatan", "Vintervägen", "Domarevägen", "Humlegränd", "Repslagaregatan", "Skogsbrynet",
    "Körsbärsvägen", "Väderkvarnsbacken", "Dragongatan", "Hyttvägen", "Solrosvägen",
    "Tunnlandsgatan", "Björnbärsstigen", "Stationstorget", "Hallonvägen", "Kolarvägen",
    "Fabriksgatan", "Nordanvindsgatan",
)  # fmt: skip
_TOWNS = (
    ("432 41", "Varberg"), ("461 32", "Trollhättan"), ("641 36", "Katrineholm"),
    ("824 43", "Hudiksvall"), ("891 32", "Örnsköldsvik"), ("931 34", "Skellefteå"),
    ("271 41", "Ystad"), ("294 35", "Sölvesborg"), ("593 38", "Västervik"), ("621 45", "Visby"),
    ("671 32", "Arvika"), ("761 45", "Norrtälje"), ("831 35", "Östersund"), ("541 50", "Skövde"),
    ("733 38", "Sala"), ("291 54", "Kristianstad"), ("576 33", "Sävsjö"), ("982 39", "Gällivare"),
    ("453 30", "Lysekil"), ("340 36", "Moheda"),
)  # fmt: skip
_FIRMS = (
    "Lundmarks Entreprenad AB", "Rydberg & Molin Bygg HB", "Brf Kolbäcken", "Hyttans Lantbruk AB",
    "Haglunds Ventilation AB", "Strandbadets Camping AB", "Tallbackens Samfällighetsförening",
    "Sundells Transport AB", "Persson Grahn Fastigheter KB", "Grannskapets Bageri AB",
    "Kaserngatans Tandvård AB", "Wallins Trädvård AB",
)  # fmt: skip
_WIRES = ("BLX 157", "BLX 241", "BLL 241", "BLL 329", "BLL 177", "BLX 99", "PAS 157", "BLL 454")
_CABLES = ("AXK 240", "EKR 104", "FCJ 100", "ACJ 150", "FXK 185", "AXK 150", "AXL 240", "FKR 120")
_RELAYS = (
    "REF 615", "REF615", "REL 670", "RED670", "RET 650", "REB 500", "SEL 351", "REX640", "REC 670",
    "SEL 751", "RER 620", "REM615", "RET670", "SEL421", "REF 542",
)  # fmt: skip
_TESTERS = ("CPC 100", "CMC 356", "CMC356", "CPC100", "MIT 525", "DLM 200", "TRA 300", "MFT 174")
_PIPES = ("SRS 110", "SRN 160", "SRE 110", "PEH 160", "PEM 110", "KRE 200", "DHC 125", "TFL 110",
          "SRS 50", "PUR 125", "GAP 160", "PEL 110")  # fmt: skip
_NORMS = ("SSG 453", "EBR 402", "AFS 202", "AMA 113", "ESA 190", "ELS 201", "NEK 440", "SSG 512")


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _identity(v: Values, numbers: tuple[str, ...]) -> str:
    """A number with a separator, a century or both."""
    n = v.random.choice(numbers)
    return v.random.choices(
        (f"{n[2:8]}-{n[8:]}", f"{n[:8]}-{n[8:]}", n, f"{n[2:8]} {n[8:]}", f"{n[:8]} {n[8:]}"),
        (9, 9, 6, 1, 1),
    )[0]


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    return v.random.choices(
        (f"070-174 06 {p}", f"07017406{p}", f"070-17406{p}", f"070 174 06 {p}", f"0701-7406{p}",
         f"+46 70 174 06 {p}", f"+467017406{p}", f"+46 70-174 06 {p}", f"+46(0)70 174 06 {p}",
         f"0046701740 6{p}".replace(" ", "")),
        (10, 8, 5, 5, 3, 4, 4, 3, 2, 1),
    )[0]  # fmt: skip


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465004{p}", f"031-390 06 {p}", f"040-628 04 {p}", f"0980-31 92 {p}",
        f"+46 8 465 004 {p}", f"08 465 004 {p}", f"+46 (0)31 390 06 {p}",
    )  # fmt: skip


def _mailbox(v: Values) -> str:
    given = v.pick("anki", "torbjorn", "samira", "emil", "kjell", "moa", "patrik", "ulrika", "ebba")
    last = v.pick(
        "lundmark", "rydberg", "jafari", "sandstrom", "molin", "sundell", "eklof", "grahn"
    )
    host = v.pick(*["example.se"] * 5, "example.com", "energi.example.se", "bygg.example.se")
    return v.random.choices(
        (f"{given}.{last}@{host}", f"{given}{last}{v.digits(2)}@{host}", f"{last}_{given}@{host}",
         f"{given[:2]}{last[:3]}@{host}", f"{given.title()}.{last.title()}@{host}",
         f"{given}-{last}@{host}", f"{v.pick('faktura', 'kontakt', 'drift')}.{last}@{host}"),
        (12, 4, 2, 2, 4, 2, 2),
    )[0]  # fmt: skip


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 88)}"


def _street(v: Values) -> str:
    """A street with its number, in one of six more than that."""
    more = v.random.choices(("", "A", " B", "C", ", 2 tr", " lgh 1203"), (25, 1, 1, 1, 1, 1))[0]
    return _short_street(v) + more


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    near = code.replace(" ", "")
    return v.random.choices(
        (f"{code} {town}", f"{near} {town}", f"{code} {town.upper()}", f"SE-{code} {town}"),
        (12, 4, 4, 1),
    )[0]


def _segment_place(v: Values) -> str:
    """Town and postcode as an Ediel segment keeps them."""
    code, town = v.random.choice(_TOWNS)
    return f"{town.upper()}++{code.replace(' ', '')}"


def _gsrn(v: Values) -> str:
    return gs1("735999" + v.digits(11))


def _grouped_gsrn(v: Values) -> str:
    n = _gsrn(v)
    return v.pick(f"{n[:6]} {n[6:12]} {n[12:]}", f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}",
                  f"{n[:2]} {n[2:6]} {n[6:10]} {n[10:14]} {n[14:]}")  # fmt: skip


def _iban(v: Values) -> str:
    n = iban_number(v)
    return n if v.random.random() < 0.5 else " ".join(n[at : at + 4] for at in range(0, 24, 4))


def _modulus11(body: str) -> str | None:
    """The body with its check digit, weights from 1 at the end; none if that takes a ten."""
    total = sum(int(d) * ((len(body) - at) % 10 + 1) for at, d in enumerate(body))
    check = -total % 11
    return None if check == 10 else f"{body}{check}"


def _account_parts(v: Values) -> tuple[str, str]:
    """A clearing number and an account with the check digit of that bank."""
    bank = v.random.choice(("swedbank", "handelsbanken", "whole", "three", "three"))
    if bank == "swedbank":
        return luhn("8" + v.digits(3)), luhn(v.digits(9))
    if bank == "handelsbanken":
        nine = _modulus11(v.digits(8))
        return ("6" + v.digits(3), nine) if nine else _account_parts(v)
    if bank == "whole":
        clearing = v.pick("9023", "9155", "9180", "4172", "4536")
        number = _modulus11(clearing + v.digits(6))
        return (clearing, number[4:]) if number else _account_parts(v)
    clearing = v.pick("5023", "5248", "5491", "1143", "1628", "3405", "9252", "9275", "9061")
    number = _modulus11(clearing[1:] + v.digits(6))
    return (clearing, number[3:]) if number else _account_parts(v)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    if len(clearing) == 5:
        clearing = f"{clearing[:4]}-{clearing[4]}"
        return v.pick(f"{clearing}, {n}", f"{clearing} {n}", f"{clearing} {n[:3]} {n[3:6]} {n[6:]}")
    parted = f"{n[:3]} {n[3:6]} {n[6:]}" if len(n) == 9 else f"{n[:2]} {n[2:5]} {n[5:]}"
    return v.random.choices(
        (f"{clearing}-{n}", f"{clearing} {n}", f"{clearing}, {n}", f"{clearing} {parted}",
         f"{clearing}-{parted}"),
        (7, 6, 4, 4, 2),
    )[0]  # fmt: skip


def _joined_account(v: Values) -> str:
    clearing, n = _account_parts(v)
    return clearing[:4] + n


def _giro(v: Values) -> str:
    n = luhn(v.digits(v.random.choice((6, 7, 7))))
    return f"{n[:-4]}-{n[-4:]}"


def _firm_number(v: Values) -> str:
    head = v.pick("55", "55", "55", "76", "80", "96", "71") + v.pick(*"23456789")
    return luhn(head + v.digits(6))


def _dashed_firm(v: Values) -> str:
    n = _firm_number(v)
    return f"{n[:6]}-{n[6:]}"


def _tight(v: Values) -> str:
    """Three letters and three characters, the last a letter in two of five."""
    letters = "".join(v.random.choices(LETTERS, k=3))
    if v.random.random() < 0.4:
        return f"{letters}{v.random.randint(1, 99):02}{v.pick(*LETTERS)}"
    return f"{letters}{v.random.randint(1, 999):03}"


def _spaced(v: Values) -> str:
    n = _tight(v)
    return f"{n[:3]} {n[3:]}"


def _dashed(v: Values) -> str:
    n = _tight(v)
    return f"{n[:3]}-{n[3:]}"


def _plate(v: Values) -> str:
    """As people write one: tight or with a space, seldom in small letters or with a hyphen."""
    form = v.random.choices((_tight, _spaced, _dashed), (9, 9, 1))[0]
    return form(v).lower() if v.random.random() < 0.08 else form(v)


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.141.7", "172.19.44", "192.168.8")
    return f"{net}.{v.random.randint(2, 254)}"


def _bay(v: Values) -> str:
    """A bay of a substation: the place in three letters, number, voltage's letter."""
    place = v.pick("HBG", "KLM", "NBR", "STA", "TRP", "LKA", "MRB", "ALN", "GSA")
    return f"{place}{v.pick('', ' ')}{v.random.randint(1, 24):02}{v.pick(*'ABCHLTK')}"


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "persnr": ("SE_PERSONNUMMER", lambda v: _identity(v, identities()[0])),
    "persnr_tolv": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])),
    "persnr_tio": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])[2:]),
    "samordnr": ("SE_SAMORDNINGSNUMMER", lambda v: _identity(v, identities()[1])),
    "telefon": ("PHONE_NUMBER", lambda v: v.random.choice((_mobile, _mobile, _landline))(v)),
    "telefon_mobil": ("PHONE_NUMBER", _mobile),
    "telefon_fast": ("PHONE_NUMBER", _landline),
    "telefon_e164": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "mejladr": ("EMAIL_ADDRESS", _mailbox),
    "anlid": ("SE_METERING_POINT_ID", _gsrn),
    "anlid_grupp": ("SE_METERING_POINT_ID", _grouped_gsrn),
    "ibannr": ("IBAN_CODE", _iban),
    "ibannr_rak": ("IBAN_CODE", iban_number),
    "ipnr": ("IP_ADDRESS", _ip),
    "ipnr_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(4)}:{v.hexes(3)}::{v.hexes(2)}"),
    "boadr": ("SE_ADDRESS", _street),
    "boadr_kort": ("SE_ADDRESS", _short_street),
    "boadr_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "boadr_hel": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "boadr_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "boort": ("SE_ADDRESS", _postal),
    "ediel_ort": ("SE_ADDRESS", _segment_place),
    "gironr": ("SE_BANKGIRO", _giro),
    "bkonto": ("SE_BANK_ACCOUNT", _account),
    "bkonto_rak": ("SE_BANK_ACCOUNT", _joined_account),
    "reg": ("SE_VEHICLE_REGISTRATION", _plate),
    "reg_tat": ("SE_VEHICLE_REGISTRATION", _tight),
    "reg_mellan": ("SE_VEHICLE_REGISTRATION", _spaced),
    "reg_gemen": ("SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _spaced(v)).lower()),
    "reg_streck": ("SE_VEHICLE_REGISTRATION", _dashed),
    "bolagsnr": ("SE_ORGANISATIONSNUMMER", _dashed_firm),
    "bolagsnr_rak": ("SE_ORGANISATIONSNUMMER", _firm_number),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "vemhel": lambda v: f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}",
    "vemkort": _one_of(_GIVEN),
    "vemsist": _one_of(_SURNAMES),
    "foretag": _one_of(_FIRMS),
    "orten": lambda v: v.random.choice(_TOWNS)[1],
    "gatan_bara": _one_of(_STREETS),
    "kodtat": _tight,
    "kodmellan": _spaced,
    "kodstreck": _dashed,
    "kodgemen": lambda v: _tight(v).lower(),
    "lina": _one_of(_WIRES),
    "kabelsort": _one_of(_CABLES),
    "skyddstyp": _one_of(_RELAYS),
    "provare": _one_of(_TESTERS),
    "rorsort": _one_of(_PIPES),
    "norm": _one_of(_NORMS),
    "utlandskr": lambda v: f"{v.pick('SEK', 'EUR', 'NOK', 'DKK', 'USD', 'GBP')} {v.digits(3)}",
    "flygnr": lambda v: f"{v.pick('SAS', 'NAX', 'BRA', 'FIN', 'DLH', 'KLM')}{v.digits(3)}",
    "fack": _bay,
    "natstn": lambda v: f"N{v.digits(4)}",
}
"""Slot that holds nobody's identifier: how to draw one."""

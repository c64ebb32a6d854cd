"""Values that only `fifth.toml` draws: its own streets, towns, people and written forms.

As in `forms`, everything is made up: Skatteverket's test numbers, PTS' phones for fiction,
example.se, address ranges for documentation and private networks, check digits computed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from benchmarks.forms import LETTERS, iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Margareta", "Anders", "Samira", "Josefin", "Bengt-Åke", "Emil", "Katarzyna", "Hamid",
    "Lisbeth", "Robin", "Ebba", "Tomas", "Solveig", "Ali", "Pernilla", "Gösta", "Nora", "Mehmet",
)  # fmt: skip
_SURNAMES = (
    "Hallberg", "Strömqvist", "Karimi", "Edvardsson", "Wallin", "Zielińska", "Törnblom", "Haddad",
    "Lundell", "Ekdahl", "Kovač", "Sandström", "Åberg", "Björklund", "Said", "Nyqvist", "Fransson",
    "Hörnfeldt",
)  # fmt: skip
_STREETS = (
    "Fogdegatan", "Snickaregatan", "Tallåsvägen", "Gamla Landsvägen", "Kanalgatan", "Solrosvägen",
    "Torsgatan", "Älggatan", "Kyrkbacken", "Blåklintsvägen", "Humlevägen", "Skomakaregatan",
    "Grindstigen", "Apelgatan", "Östra Bangatan", "Villagatan", "Prästgårdsgatan", "Måsvägen",
    "Tingsgatan", "Herrgårdsvägen", "Furustigen", "Örngatan", "Norra Vallgatan", "Bryggaregatan",
    "Sankta Gertruds väg", "Lindholmsallén", "Nygårdsvägen", "Källgränd", "Stenhuggarvägen",
    "Västra Storgatan", "Slåttervägen", "Oskarsgatan", "Sjöbodstorget", "Tomtebogatan",
    "Rådhusesplanaden", "Gullvivestigen", "Erik Dahlbergsgatan", "Backstugevägen", "Smedbacken",
)  # fmt: skip
_HAMLETS = ("Ekeby", "Norra Bäck", "Hässlehult", "Övraby", "Torpa Gård", "Rösarp", "Lilla Åby")
_TOWNS = (
    ("503 32", "Borås"), ("632 20", "Eskilstuna"), ("802 67", "Gävle"), ("653 40", "Karlstad"),
    ("722 15", "Västerås"), ("931 32", "Skellefteå"), ("451 50", "Uddevalla"),
    ("602 28", "Norrköping"), ("302 38", "Halmstad"), ("295 31", "Bromölla"),
    ("374 36", "Karlshamn"), ("388 30", "Ljungbyholm"), ("574 31", "Vetlanda"),
    ("545 30", "Töreboda"), ("824 30", "Hudiksvall"), ("761 30", "Norrtälje"), ("187 30", "Täby"),
    ("435 30", "Mölnlycke"), ("243 30", "Höör"), ("614 30", "Söderköping"),
)  # fmt: skip
_FIRMS = (
    "Wallins Rör & Värme AB", "Brf Kaprifolen", "Höör Solkraft AB", "Ekdahl Fastigheter AB",
    "Torpa Lantbruk HB", "Föreningen Folkets Hus", "Lundells Bageri AB", "Bromölla Laddnät AB",
    "Nygårds Samfällighet", "Åbergs Redovisningsbyrå KB",
)  # fmt: skip
_MUNICIPALITIES = ("Borås", "Halmstad", "Höör", "Vetlanda", "Gävle", "Norrtälje", "Karlshamn")
_TRACTS = ("Ekeby", "Norrby", "Hästveda", "Östra Torp", "Sjöbo", "Rogberga", "Stensjö")
_QUARTERS = ("Tranan", "Kardinalen", "Smedjan", "Lönnen", "Hovslagaren", "Aspen")


def _identity(v: Values, numbers: tuple[str, ...], *, clear: bool) -> str:
    """An identity number in everyday forms; clear: with a separator or a century."""
    n = v.random.choice(numbers)
    day, short, end = n[:8], n[2:8], n[8:]
    return v.random.choices(
        (f"{short}-{end}", f"{day}-{end}", n, f"{day} {end}", f"{short} {end}", f"{short} - {end}",
         f"{n[:4]}-{n[4:6]}-{n[6:8]}-{end}", f"{short}–{end}", short + end),
        (32, 27, 20, 5, 5, 1, 1, 1, 0 if clear else 12),
    )[0]  # fmt: skip


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    return v.random.choices(
        (f"070-174 06 {p}", f"07017406{p}", f"070-17406{p}", f"070 174 06 {p}", f"0701-7406{p}",
         f"+46 70 174 06 {p}", f"+467017406{p}", f"0701 74 06 {p}", f"070 17406{p}",
         f"+46 (0)70-174 06 {p}", f"+46 70 17406{p}", f"0046 70 174 06 {p}", f"+46 701 7406{p}",
         f"+46-70-174 06 {p}", f"(070) 174 06 {p}"),
        (14, 12, 9, 7, 4, 7, 5, 2, 3, 3, 2, 1, 1, 1, 1),
    )[0]  # fmt: skip


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465 004 {p}", f"08 465 004 {p}", f"08-465004{p}", f"031-390 06 {p}",
        f"031-39006{p}", f"031 390 06 {p}", f"040-628 04 {p}", f"040-62804{p}", f"0980-319 2{p}",
        f"0980-31 92 {p}", f"+46 8 465 004 {p}", f"+46 (0)40-628 04 {p}", f"+46 31 390 06 {p}",
    )  # fmt: skip


def _mail(v: Values) -> str:
    """A mailbox under example.se: of a person most often, of a small firm now and then."""
    given = v.pick("margareta", "anders", "samira", "josefin", "emil", "hamid", "ebba", "pernilla")
    last = v.pick("hallberg", "stromqvist", "karimi", "wallin", "tornblom", "haddad", "aberg")
    host = v.pick(*["example.se"] * 5, "hem.example.se", "bolaget.example.se")
    return v.random.choices(
        (f"{given}.{last}@{host}", f"{given}{last}@{host}", f"{given}_{last}@{host}",
         f"{given}.{last}{v.digits(2)}@{host}", f"{given[0]}{last}@{host}", f"{given}@{host}",
         f"{given.title()}.{last.title()}@{host}", f"{given}-{last}@{host}",
         f"{last}.{v.digits(4)}@{host}", f"faktura.{last}@{host}", f"{given}.{last[0]}@{host}"),
        (14, 5, 3, 4, 4, 3, 4, 2, 1, 2, 2),
    )[0]  # fmt: skip


def _street(v: Values) -> str:
    """A street with its number, in one of six more than that."""
    n = v.random.randint(1, 88)
    more = v.random.choices(
        ("", "A", " B", " C", f"-{n + 2}", ", 2 tr", " lgh 1203", ", lgh 1004", " nb"),
        (40, 2, 2, 1, 1, 1, 1, 1, 1),
    )[0]
    return f"{v.random.choice(_STREETS)} {n}{more}"


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 88)}"


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    return v.random.choices(
        (f"{code} {town}", f"{code.replace(' ', '')} {town}", f"{code} {town.upper()}",
         f"SE-{code} {town}", f"{code}  {town}"),
        (14, 5, 5, 1, 1),
    )[0]  # fmt: skip


def _hamlet(v: Values) -> str:
    return f"{v.random.choice(_HAMLETS)} {v.random.randint(101, 460)}, {_postal(v)}"


def _name(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _metering(v: Values) -> str:
    """A metering point: run together most often, else as on a printed letter."""
    n = gs1("735999" + v.digits(11))
    return v.random.choices(
        (n, f"{n[:6]} {n[6:9]} {n[9:17]} {n[17]}", f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}",
         f"{n[:6]} {n[6:12]} {n[12:]}", f"{n[:6]}-{n[6:]}", f"{n[:6]} {n[6:9]} {n[9:]}"),
        (34, 2, 1, 2, 1, 2),
    )[0]  # fmt: skip


def _iban(v: Values) -> str:
    n = iban_number(v)
    grouped = " ".join(n[at : at + 4] for at in range(0, 24, 4))
    return v.random.choices((grouped, n, grouped.replace(" ", "\u00a0"), n.lower()),
                            (12, 9, 1, 1))[0]  # fmt: skip


def _bankgiro(v: Values) -> str:
    n = luhn(v.digits(v.random.choice((6, 7))))
    return v.random.choices((f"{n[:-4]}-{n[-4:]}", n, f"{n[:-4]} {n[-4:]}"), (24, 3, 1))[0]


def _account(v: Values) -> str:
    """Of a savings bank: clearing number of four or five digits, account with its check digit."""
    clearing = luhn("8" + v.digits(3))
    n = luhn(v.digits(9))
    body = f"{n[:3]} {n[3:6]} {n[6:9]}-{n[9]}"
    return v.pick(
        f"{clearing[:4]}-{clearing[4]}, {body}", f"{clearing[:4]}-{clearing[4]} {body}",
        f"{clearing[:4]}-{clearing[4]},{n}", f"{clearing[:4]} {n}", f"{clearing[:4]}-{n}",
    )  # fmt: skip


def _plate(v: Values) -> str:
    letters = "".join(v.random.choices(LETTERS, k=3))
    last = v.pick(*"0123456789") if v.random.random() < 0.6 else v.pick(*LETTERS)
    return f"{letters}{v.random.choices(('', ' '), (3, 2))[0]}{v.random.randint(0, 99):02}{last}"


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.12.80", "172.18.4", "192.168.7")
    return f"{net}.{v.random.randint(1, 254)}"


def _ip6(v: Values) -> str:
    a, b = v.hexes(4), v.hexes(4)
    return v.pick(
        f"2001:db8:{a}::{b}", f"2001:db8:{a}:{b}::25", f"2001:db8::{a}:{b}",
        f"2001:0db8:0000:{a}:0000:0000:{b}:0001",
    )  # fmt: skip


def _orgnr(v: Values) -> str:
    head = v.pick("556", "559", "559", "769", "716", "802", "969", "916", "212")
    n = luhn(head + v.digits(6))
    dashed = f"{n[:6]}-{n[6:]}"
    return v.random.choices(
        (dashed, n, f"{n[:6]} {n[6:]}", f"16{n}", f"16{dashed}", f"{n[:6]}–{n[6:]}"),
        (22, 5, 2, 1, 1, 1),
    )[0]  # fmt: skip


def _estate(v: Values) -> str:
    place = f"{v.random.choice(_MUNICIPALITIES)} {v.random.choice(_TRACTS)}"
    return f"{place} {v.random.randint(1, 28)}:{v.random.randint(1, 160)}"


def _degrees(v: Values) -> str:
    """Degrees, minutes and seconds, as a phone's map shows them."""

    def part(degrees: int, side: str) -> str:
        seconds = v.random.randint(0, 599) / 10
        return f"{degrees}°{v.random.randint(0, 59):02}'{seconds:04.1f}\"{side}"

    return f"{part(v.random.randint(56, 64), 'N')} {part(v.random.randint(13, 18), 'E')}"


def _dated(v: Values) -> str:
    """A number that counts within a day: 240312-0045."""
    return f"{v.moment():%y%m%d}-{v.random.randint(1, 400):04}"


def _long_ocr(v: Values) -> str:
    """A reference whose last digit but one is its length."""
    n = v.digits(v.random.choice((8, 10, 13)))
    return luhn(n + str((len(n) + 2) % 10))


def _parcel(v: Values) -> str:
    return f"{v.pick('CE', 'RR', 'UA')}{v.digits(9)}SE"


def _week(v: Values) -> str:
    start = v.moment()
    end = start + datetime.timedelta(days=v.random.randint(1, 9))
    return v.pick(
        f"{start:%Y-%m-%d}–{end:%Y-%m-%d}", f"{start:%Y%m%d}-{end:%Y%m%d}",
        f"{start:%d/%m}-{end:%d/%m %Y}", f"{start:%y%m%d}-{end:%y%m%d}",
    )  # fmt: skip


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "pn": ("SE_PERSONNUMMER", lambda v: _identity(v, identities()[0], clear=False)),
    "pn_sep": ("SE_PERSONNUMMER", lambda v: _identity(v, identities()[0], clear=True)),
    "sn": ("SE_SAMORDNINGSNUMMER", lambda v: _identity(v, identities()[1], clear=False)),
    "sn_sep": ("SE_SAMORDNINGSNUMMER", lambda v: _identity(v, identities()[1], clear=True)),
    "ring": ("PHONE_NUMBER", lambda v: v.random.choice((_mobile, _mobile, _landline))(v)),
    "ring_mobil": ("PHONE_NUMBER", _mobile),
    "ring_fast": ("PHONE_NUMBER", _landline),
    "brev": ("EMAIL_ADDRESS", _mail),
    "gatuadr": ("SE_ADDRESS", _street),
    "gatuadr_kort": ("SE_ADDRESS", _short_street),
    "gatuadr_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "postrad": ("SE_ADDRESS", _postal),
    "bostad": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "bostad_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "bostad_co": ("SE_ADDRESS", lambda v: f"c/o {_name(v)}, {_short_street(v)}, {_postal(v)}"),
    "byadr": ("SE_ADDRESS", _hamlet),
    "boxrad": ("SE_ADDRESS", lambda v: f"Box {v.random.randint(20, 1900)}, {_postal(v)}"),
    "mp": ("SE_METERING_POINT_ID", _metering),
    "mp_hel": ("SE_METERING_POINT_ID", lambda v: gs1("735999" + v.digits(11))),
    "ib": ("IBAN_CODE", _iban),
    "ib_hel": ("IBAN_CODE", iban_number),
    "bgiro": ("SE_BANKGIRO", _bankgiro),
    "sparkonto": ("SE_BANK_ACCOUNT", _account),
    "bil": ("SE_VEHICLE_REGISTRATION", _plate),
    "bil_ihop": ("SE_VEHICLE_REGISTRATION", lambda v: _plate(v).replace(" ", "")),
    "ftg": ("SE_ORGANISATIONSNUMMER", _orgnr),
    "ip_fyra": ("IP_ADDRESS", _ip),
    "ip_sex": ("IP_ADDRESS", _ip6),
    "fbet": ("SE_PROPERTY_DESIGNATION", _estate),
    "kvarter": (
        "SE_PROPERTY_DESIGNATION",
        lambda v: f"{v.random.choice(_MUNICIPALITIES)} {v.random.choice(_QUARTERS)} {v.digits(1)}",
    ),
    "gradtal": ("COORDINATES", _degrees),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "kund": _name,
    "fnamn": lambda v: v.random.choice(_GIVEN),
    "enamn": lambda v: v.random.choice(_SURNAMES),
    "bolag": lambda v: v.random.choice(_FIRMS),
    "stad": lambda v: v.random.choice(_TOWNS)[1],
    "gatunamn": lambda v: v.random.choice(_STREETS),
    "dagnr": _dated,
    "ocr_lang": _long_ocr,
    "paketnr": _parcel,
    "tidsrymd": _week,
    "stn": lambda v: f"{v.pick('NS', 'T', 'KS')}{v.digits(4)}",
    "kr": lambda v: f"{v.random.randint(1, 48)} {v.digits(3)}",
}
"""Slot that holds nobody's identifier: how to draw one."""

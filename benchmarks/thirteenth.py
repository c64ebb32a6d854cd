"""Values that only `thirteenth.toml` draws: its own streets, towns, people, firms, phones, codes.

Everything is made up: PTS' phones, mailboxes under example domains, address ranges for
documentation and private networks. Numbers with check digits come from `eleventh`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.values import Values

_GIVEN = (
    "Lennart", "Nour", "Ida", "Stefan", "Leyla", "Filip", "Ingela", "Arvid", "Moa", "Tomasz",
    "Gunnel", "Isak", "Monika", "Reza", "Saga", "Kjell-Åke", "Mehmet", "Pernilla", "Vera",
)  # fmt: skip
_SURNAMES = (
    "Gustafsson", "Lundin", "Haddad", "Sundström", "Dahl", "Zielinski", "Nilsson", "Bergkvist",
    "Forsman", "Pham", "Rosén", "Holm", "Persson", "Åberg", "Westerlund", "Ström", "af Geijer",
)  # fmt: skip
_STREETS = (
    "Apelgatan", "Borgmästaregatan", "Cedervägen", "Diligensvägen", "Erikslundsgatan", "Enbusken",
    "Fyrmästargatan", "Granitvägen", "Hökvägen", "Idrottsvägen", "Jupitergatan", "Kaprifolgatan",
    "Lingonvägen", "Mejerivägen", "Nordenskiöldsgatan", "Oxelvägen", "Poppelgatan", "Ripvägen",
    "Slöjdgatan", "Tulpanvägen", "Ugglestigen", "Varvsgatan", "Yxvägen", "Åldermansgatan",
    "Ängsullsvägen", "Östanvindsgatan", "Nils Ericsons gata", "Sankt Knuts väg", "Bangårdsgatan",
    "Västra Järnvägsgatan", "Lilla Kvarngränd", "Klippans väg", "Flädergränd", "Bruksallén",
    "Stallbacken", "Hamnesplanaden", "Tröskverksvägen", "Kardborrestigen", "Lägerplatsen",
)  # fmt: skip
_FARMS = ("Bjärby", "Nedre Grinda", "Kvarntorp", "Storegården", "Södra Lida", "Mellomgård")
_TOWNS = (
    ("264 33", "Klippan"), ("281 31", "Hässleholm"), ("295 31", "Bromölla"),
    ("333 30", "Smålandsstenar"), ("343 34", "Älmhult"), ("374 36", "Karlshamn"),
    ("432 41", "Varberg"), ("444 31", "Stenungsund"), ("467 30", "Grästorp"),
    ("512 50", "Svenljunga"), ("545 30", "Töreboda"), ("561 31", "Huskvarna"),
    ("575 31", "Eksjö"), ("595 32", "Mjölby"), ("614 31", "Söderköping"), ("645 30", "Strängnäs"),
    ("661 30", "Säffle"), ("711 30", "Lindesberg"), ("739 30", "Skinnskatteberg"),
    ("776 31", "Hedemora"), ("824 30", "Hudiksvall"), ("860 35", "Söråker"),
    ("881 31", "Sollefteå"), ("911 32", "Vännäs"), ("962 31", "Jokkmokk"),
)  # fmt: skip
_FIRMS = (
    "Forsmans Plåt AB", "Brf Kaprifolen", "Rosén Kyl & Värme AB", "Bjärby Vind Ek. för.",
    "Åbergs Schaktservice AB", "Lundins Konditori HB", "Varvets Marina AB", "Dahl Fastigheter KB",
    "Grinda Vägsamfällighet", "Westerlunds Buss AB", "Kvarntorps Ridklubb", "Ström Stängsel AB",
)  # fmt: skip
_CARS = (
    "Volvo XC60", "VW Crafter", "Kia Ceed", "Ford Kuga", "Toyota RAV4", "Tesla Model 3",
    "Renault Master", "Skoda Octavia", "Fiat Ducato", "Audi e-tron", "MG4", "Isuzu D-Max",
)  # fmt: skip
_TURBINES = ("VES 112", "ENE 82E", "NDX 117", "SIE 101", "GWD 90C", "WWD 3MW")
_GEAR = ("ABS 125", "KSI 24A", "NAL 36F", "RMU 12K", "SAF 017", "TPU 630", "OJN 160", "VDK 52B")
_SWITCHES = ("CIS 920", "JUN 300", "MOX 408", "RUG 240", "HIR 104", "ARU 630", "FGT 60F")
_POSTS = ("STP 118", "KSK 042", "LBR 07A", "BEL 331", "MST 904", "ARM 55B")
_FIRST = "ABCDEFGHJKLMNOPRSTUWXYZ"
_LAST = "ABCDEFGHJKLMNPRSTUWXYZ"
_AREA = ("8", "11", "13", "18", "21", "31", "36", "40", "44", "46", "54", "60", "63", "90")


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _weighed(v: Values, forms: Mapping[str, int]) -> str:
    return v.random.choices(tuple(forms), tuple(forms.values()))[0]


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-174 06 {p}": 12, f"07017406{p}": 9, f"070-17406{p}": 8, f"070 174 06 {p}": 5,
             f"+46 70 174 06 {p}": 3, f"+467017406{p}": 3, f"070 1740 6{p}": 1,
             f"070-17406 {p}": 1, f"070-174 06{p}": 1, f"+46 70-174 06 {p}": 2,
             f"+46 (0) 70 174 06 {p}": 1, f"00467017406{p}": 1, f"070 17 40 6{p}": 1,
             f"070\N{NON-BREAKING HYPHEN}174 06 {p}": 1, f"070\N{EN DASH}174 06 {p}": 1,
             f"0701 740 6{p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465 004 {p}", f"08-465004{p}", f"031-390 06 {p}", f"031-39006{p}",
        f"040-628 04 {p}", f"040-62804{p}", f"040 628 04 {p}", f"0980-31 92 {p}", f"0980-3192{p}",
        f"+46 8 465 004 {p}", f"+46 980 31 92 {p}", f"031 - 390 06 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("lennart", "nour", "ida", "stefan", "leyla", "filip", "ingela", "moa", "saga")
    last = v.pick("gustafsson", "lundin", "haddad", "dahl", "nilsson", "holm", "aberg", "strom")
    host = v.pick(*["example.se"] * 4, "example.com", "energi.example.se", "web.example.org")
    forms = {f"{given}.{last}@{host}": 12, f"{given}{last}{v.digits(2)}@{host}": 3,
             f"{given[0]}.{last}@{host}": 2, f"{last}{given[0]}@{host}": 1,
             f"{given}-{last}@{host}": 1, f"{given.title()}.{last.title()}@{host}": 2,
             f"{given}_{last}_{v.digits(4)}@{host}": 1, f"familjen.{last}@{host}": 1,
             f"{given}.{last}.ext@{host}": 1}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 118)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 20, "A": 2, " B": 1, "D": 1, " C": 1, " lgh 1103": 1, ", lgh 1201": 1, ", 1 tr": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 14, f"{tight} {town}": 4, f"{code} {town.upper()}": 4,
             f"SE-{code} {town}": 1}  # fmt: skip
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or farm with number, postcode and town."""
    if v.random.random() < 0.1:
        return f"{v.random.choice(_FARMS)} {v.random.randint(104, 590)}, {_postal(v)}"
    return f"{_street(v)}, {_postal(v)}"


def _tight(v: Values) -> str:
    """Three letters and three characters, the last a letter in two of five."""
    letters = "".join(v.random.choices(_FIRST, k=3))
    if v.random.random() < 0.4:
        return f"{letters}{v.random.randint(1, 99):02}{v.pick(*_LAST)}"
    return f"{letters}{v.random.randint(1, 999):03}"


def _parted(mark: str) -> Callable[[Values], str]:
    def draw(v: Values) -> str:
        n = _tight(v)
        return f"{n[:3]}{mark}{n[3:]}"

    return draw


def _plate(v: Values) -> str:
    """As people write one: tight or with a space, seldom in small letters or with a hyphen."""
    n = v.random.choices((_tight, _parted(" "), _parted("-")), (12, 8, 1))[0](v)
    return n.lower() if v.random.random() < 0.05 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.63.18", "172.18.7", "192.168.40")
    return f"{net}.{v.random.randint(2, 254)}"


def _dotted(v: Values, *tops: int) -> str:
    return ".".join(str(v.random.randint(1, top)) for top in tops)


def _parted_phone(v: Values) -> str:
    """Area, hyphen and pairs, as a switchboard's number is written."""
    n = v.digits(7)
    return f"0{v.random.choice(_AREA)}-{v.pick(n[:3], n[:2], n[:3])} {n[3:5]} {n[5:]}"


def _dashed_phone(v: Values) -> str:
    return f"0{v.random.choice((*_AREA, '70', '73', '76', '72'))}-{v.digits(7)}"


def _tight_phone(v: Values) -> str:
    return f"0{v.pick('70', '72', '73', '76', '79', '31', '40')}{v.digits(7)}"


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "anrop": ("PHONE_NUMBER", _phone),
    "anrop_mobil": ("PHONE_NUMBER", _mobile),
    "anrop_fast": ("PHONE_NUMBER", _landline),
    "anrop_plus": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "anrop_utan": ("PHONE_NUMBER", lambda v: f"467017406{v.random.randint(5, 99):02}"),
    "epostlada": ("EMAIL_ADDRESS", _mailbox),
    "varddator": ("IP_ADDRESS", _ip),
    "varddator_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(4)}::{v.hexes(3)}"),
    "bor": ("SE_ADDRESS", _street),
    "bor_kort": ("SE_ADDRESS", _short_street),
    "bor_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "bor_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "bor_hel": ("SE_ADDRESS", _whole),
    "bor_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "bor_ort": ("SE_ADDRESS", _postal),
    "bor_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(v.random.randint(2, 4))}, {_postal(v)}"),
    "bilnr": ("SE_VEHICLE_REGISTRATION", _plate),
    "bilnr_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "bilnr_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "bilnr_gemen": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "namnet": _person,
    "namnet_for": _one_of(_GIVEN),
    "namnet_efter": _one_of(_SURNAMES),
    "rorelsen": _one_of(_FIRMS),
    "kommunen": lambda v: v.random.choice(_TOWNS)[1],
    "vagnamn": _one_of(_STREETS),
    "fordonet": _one_of(_CARS),
    "sexan": _tight,
    "sexan_isar": _parted(" "),
    "sexan_streck": _parted("-"),
    "sexan_gemen": lambda v: _tight(v).lower(),
    "turbinen": _one_of(_TURBINES),
    "apparaten": _one_of(_GEAR),
    "natswitch": _one_of(_SWITCHES),
    "stolpmarke": _one_of(_POSTS),
    "rumskod": lambda v: f"{v.pick('FYR', 'ALM', 'LÖN', 'TUR')} {v.random.randint(101, 640)}",
    "taget": lambda v: f"{v.pick('DYA', 'SAS', 'EJU', 'DLH')}{v.pick('', ' ')}{v.digits(3)}",
    "kravkod": lambda v: f"{v.pick('ISO', 'IEC', 'AFS', 'TDOK')} {v.random.randint(101, 999)}",
    "fyrpunkt": lambda v: _dotted(v, 9, 24, 12, 240),
    "rubriknr": lambda v: _dotted(v, 12, 9, 9, 9),
    "telform": _parted_phone,
    "telform_streck": _dashed_phone,
    "telform_tatt": _tight_phone,
    "telform_fyra": lambda v: (
        f"0{v.random.randint(120, 980)}-{v.digits(2)} {v.digits(2)} {v.digits(2)}"
    ),
    "telform_glest": lambda v: (
        f"0{v.pick('70', '73', '8', '31')} {v.digits(3)} {v.digits(2)} {v.digits(2)}"
    ),
    "telform_plus": lambda v: f"+46{v.digits(7)}",
    "manadsstampel": lambda v: v.moment().strftime("%m%d%H%M%S"),
    "klockspann": lambda v: f"0{v.random.randint(6, 9)}{v.pick('00', '15', '30')}-1{v.digits(1)}00",
    "seriepar": lambda v: f"{v.digits(6)}-{v.digits(4)}",
    "sjupar": lambda v: f"{v.digits(3)}-{v.digits(4)}",
    "femtal": lambda v: f"{v.random.randint(11, 98)} {v.digits(3)}",
    "femtal_kod": lambda v: f"{v.digits(3)} {v.random.randint(10, 98)}",
    "stracka": lambda v: v.pick("60 m", "140 m", "400 m", "1,8 km", "3 km"),
    "spanning": lambda v: v.pick("0,4 kV", "10 kV", "20 kV", "40 kV", "130 kV"),
    "vardagarna": lambda v: (
        f"{v.random.randint(2, 12)}\N{EN DASH}{v.random.randint(13, 28)} "
        f"{v.pick('mars', 'augusti', 'november')}"
    ),
    "pypaket": lambda v: f"{v.pick('pandas', 'leaflet', 'mqtt')}@{_dotted(v, 9, 20, 9)}",
}  # fmt: skip
"""Slot that holds nobody's identifier: how to draw one."""

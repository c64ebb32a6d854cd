"""Values that only `fourteenth.toml` draws: its own streets, towns, people, firms, phones, codes.

Everything is made up: PTS' phones, mailboxes under example domains, address ranges for
documentation and private networks. Numbers with check digits come from `eleventh`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.values import Values

_GIVEN = (
    "Agneta", "Jonas", "Samira", "Rolf", "Hanna", "Bo", "Yasmin", "Torbjörn", "Ebba", "Ali",
    "Carina", "Melker", "Birgitta", "Piotr", "Tindra", "Hans-Erik", "Amina", "Åsa", "Olle",
)  # fmt: skip
_SURNAMES = (
    "Pettersson", "Backlund", "Yilmaz", "Hellström", "Lindgren", "Kowalska", "Jakobsson", "Norberg",
    "Eklund", "Nguyen", "Sjögren", "Wallin", "Olofsson", "Öhman", "Hermansson", "Ask", "von Post",
)  # fmt: skip
_STREETS = (
    "Ankarvägen", "Brogatan", "Dalstigen", "Falkvägen", "Gärdesgatan", "Humlegatan", "Isvägen",
    "Järnbärarvägen", "Kyrkogatan", "Logvägen", "Murargatan", "Nygatan", "Orrvägen", "Prästgatan",
    "Rådhusgatan", "Skolvägen", "Tallbacksvägen", "Utsiktsvägen", "Vallgatan", "Vretvägen",
    "Ängsgatan", "Örnvägen", "Östra Storgatan", "Norra Strandvägen", "Karl Johans gata",
    "Sankt Olofs väg", "Gamla Landsvägen", "Stationsgatan", "Kungsängsgatan", "Furugränd",
    "Torget", "Bergsprängargatan", "Lärkallén", "Hamnplan", "Solrosstigen", "Backen",
    "Källarbacken", "Sågverksgatan", "Rönnbärsvägen", "Trädgårdsgatan",
)  # fmt: skip
_FARMS = ("Ekeby", "Övre Hult", "Norrgården", "Lilla Torp", "Västra Backa", "Sörby")
_TOWNS = (
    ("241 31", "Eslöv"), ("273 33", "Tomelilla"), ("286 31", "Örkelljunga"), ("312 30", "Laholm"),
    ("341 31", "Ljungby"), ("362 30", "Tingsryd"), ("383 30", "Mönsterås"), ("452 30", "Strömstad"),
    ("464 30", "Mellerud"), ("523 30", "Ulricehamn"), ("534 31", "Vara"), ("566 31", "Habo"),
    ("590 40", "Kisa"), ("612 30", "Finspång"), ("641 30", "Katrineholm"), ("671 30", "Arvika"),
    ("686 30", "Sunne"), ("733 30", "Sala"), ("748 30", "Österbybruk"), ("783 30", "Säter"),
    ("827 30", "Ljusdal"), ("840 60", "Bräcke"), ("891 31", "Örnsköldsvik"),
    ("933 31", "Arvidsjaur"), ("981 31", "Kiruna"),
)  # fmt: skip
_FIRMS = (
    "Backlunds Bygg AB", "Brf Solrosen", "Hellströms Åkeri AB", "Sörby Mjölk HB",
    "Norbergs El & Tele AB", "Ekeby Samfällighetsförening", "Öhmans Bageri AB",
    "Wallins Grävtjänst AB", "Lilla Torps Förskola Ek. för.", "Sjögren & Ask Redovisning KB",
    "Vallgatans Tandvård AB", "Hult Solteknik AB",
)  # fmt: skip
_CARS = (
    "Volvo V60", "VW Transporter", "Kia EV6", "Ford Transit", "Toyota Hilux", "Tesla Model Y",
    "Peugeot Expert", "Skoda Enyaq", "MB Sprinter", "Polestar 2", "Nissan Leaf", "Renault Kangoo",
)  # fmt: skip
_RELAYS = ("REF 615", "REL 670", "RET 650", "REX 640", "RED 615", "REM 620", "REC 670")
_TOOLS = ("GSB 18V", "DCD 796", "DHP 484", "GSR 12V", "DDF 481", "GBH 36V", "DTW 190")
_PIPES = ("PEM 110", "PVC 160", "PEX 025", "SRN 110", "SRS 050", "TEK 125")
_BAYS = ("LBL 42A", "TRA 130", "KON 021", "SKE 07B", "UTM 404", "FRD 118")
_CURRENCIES = ("EUR 125", "EUR 480", "NOK 450", "DKK 320", "USD 980", "SEK 750", "GBP 210")
_PROTOCOLS = ("TCP 443", "UDP 161", "TCP 102", "UDP 514", "TCP 502", "RTU 485")
_FIRST = "ABCDEFGHJKLMNOPRSTUWXYZ"
_LAST = "ABCDEFGHJKLMNPRSTUWXYZ"
_AREA = ("8", "11", "13", "16", "19", "23", "31", "33", "35", "40", "42", "46", "54", "60", "90")


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _weighed(v: Values, forms: Mapping[str, int]) -> str:
    return v.random.choices(tuple(forms), tuple(forms.values()))[0]


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-174 06 {p}": 14, f"07017406{p}": 10, f"070-17406{p}": 8, f"070 174 06 {p}": 6,
             f"+46 70 174 06 {p}": 3, f"+467017406{p}": 3, f"070 17406{p}": 1,
             f"+46 70-174 06 {p}": 2, f"+46 (0)70 174 06 {p}": 1, f"00467017406{p}": 1,
             f"070 - 174 06 {p}": 1, f"0701-74 06 {p}": 1, f"070/174 06 {p}": 1,
             f"070-1740 6{p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465 004 {p}", f"08-465004{p}", f"08 465 004 {p}",
        f"031-390 06 {p}", f"031-39006{p}", f"040-628 04 {p}", f"040-62804{p}", f"0980-31 92 {p}",
        f"0980-3192{p}", f"+46 8 465 004 {p}", f"+46 40 628 04 {p}", f"0980/31 92 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("agneta", "jonas", "samira", "rolf", "hanna", "bo", "ebba", "ali", "carina")
    last = v.pick("pettersson", "backlund", "yilmaz", "lindgren", "norberg", "eklund", "ohman")
    host = v.pick(*["example.se"] * 4, "example.com", "natet.example.se", "kontor.example.org")
    forms = {f"{given}.{last}@{host}": 14, f"{given}{last}{v.digits(2)}@{host}": 3,
             f"{given[0]}{last}@{host}": 2, f"{given}_{last}@{host}": 1,
             f"{given.title()}.{last.title()}@{host}": 2, f"{last}.{given}@{host}": 1,
             f"{given}.{last}+el@{host}": 1}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 98)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 20, "A": 2, " B": 2, "C": 1, " lgh 1102": 1, ", lgh 1401": 1, ", 2 tr": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 14, f"{tight} {town}": 4, f"{code} {town.upper()}": 4,
             f"{code}  {town}": 1}  # fmt: skip
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or farm with number, postcode and town."""
    if v.random.random() < 0.1:
        return f"{v.random.choice(_FARMS)} {v.random.randint(101, 470)}, {_postal(v)}"
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
    n = v.random.choices((_tight, _parted(" "), _parted("-")), (12, 9, 1))[0](v)
    return n.lower() if v.random.random() < 0.05 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.81.4", "172.20.33", "192.168.7")
    return f"{net}.{v.random.randint(2, 254)}"


def _dotted(v: Values, *tops: int) -> str:
    return ".".join(str(v.random.randint(1, top)) for top in tops)


def _parted_number(v: Values) -> str:
    """An area's digits, a hyphen and seven digits in groups."""
    n = v.digits(7)
    return f"0{v.pick(*_AREA[1:], '70', '72')}-{n[:3]} {n[3:5]} {n[5:]}"


def _dashed_number(v: Values) -> str:
    return f"0{v.pick(*_AREA[1:], '70', '73', '76', '79')}-{v.digits(7)}"


def _tight_number(v: Values) -> str:
    return f"0{v.pick('70', '72', '73', '76', '79', '31', '40')}{v.digits(7)}"


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "telnr": ("PHONE_NUMBER", _phone),
    "mobilnr": ("PHONE_NUMBER", _mobile),
    "fastnr": ("PHONE_NUMBER", _landline),
    "plusnr": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "mejladress": ("EMAIL_ADDRESS", _mailbox),
    "ipnod": ("IP_ADDRESS", _ip),
    "ipnod_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(3)}::{v.hexes(4)}"),
    "gatu": ("SE_ADDRESS", _street),
    "gatu_kort": ("SE_ADDRESS", _short_street),
    "gatu_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "gatu_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "adr_hel": ("SE_ADDRESS", _whole),
    "adr_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "adr_ort": ("SE_ADDRESS", _postal),
    "adr_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(v.random.randint(2, 4))}, {_postal(v)}"),
    "skyltnr": ("SE_VEHICLE_REGISTRATION", _plate),
    "skyltnr_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "skyltnr_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "skyltnr_gemen": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "personen": _person,
    "kallad": _one_of(_GIVEN),
    "slakten": _one_of(_SURNAMES),
    "firman_ab": _one_of(_FIRMS),
    "tatort": lambda v: v.random.choice(_TOWNS)[1],
    "gatans_namn": _one_of(_STREETS),
    "bilsort": _one_of(_CARS),
    "varukod": _tight,
    "varukod_isar": _parted(" "),
    "varukod_streck": _parted("-"),
    "varukod_gemen": lambda v: _tight(v).lower(),
    "relaet": _one_of(_RELAYS),
    "verktyget": _one_of(_TOOLS),
    "roret": _one_of(_PIPES),
    "facket": _one_of(_BAYS),
    "kursbelopp": _one_of(_CURRENCIES),
    "protokollport": _one_of(_PROTOCOLS),
    "salnr": lambda v: f"{v.pick('VOL', 'AMP', 'OHM', 'JUL')} {v.random.randint(101, 540)}",
    "flygkod": lambda v: f"{v.pick('SAS', 'NOZ', 'BRX', 'FIN')}{v.pick('', ' ')}{v.digits(3)}",
    "fyrdelad": lambda v: _dotted(v, 9, 30, 14, 250),
    "paragrafen": lambda v: _dotted(v, 14, 9, 9, 9),
    "obiskod": lambda v: f"{v.pick('1.8', '2.8', '3.8', '32.7', '52.7', '21.7')}.{v.digits(1)}.255",
    "nr_parat": _parted_number,
    "nr_streck": _dashed_number,
    "nr_tatt": _tight_number,
    "nr_fyra": lambda v: (
        f"0{v.random.randint(120, 980)}-{v.digits(2)} {v.digits(2)} {v.digits(2)}"
    ),
    "nr_glest": lambda v: (
        f"0{v.pick('70', '73', '8', '40')} {v.digits(3)} {v.digits(2)} {v.digits(2)}"
    ),
    "nr_land": lambda v: f"+46 {v.digits(3)}",
    "tiosiffrig": lambda v: v.digits(10),
    "sexfyra": lambda v: f"{v.digits(6)}-{v.digits(4)}",
    "trefyra": lambda v: f"{v.digits(3)}-{v.digits(4)}",
    "fyrasju": lambda v: f"{v.digits(4)}-{v.digits(7)}",
    "tvatre": lambda v: f"{v.random.randint(11, 98)} {v.digits(3)}",
    "tretva": lambda v: f"{v.digits(3)} {v.random.randint(10, 98)}",
    "mattet": lambda v: v.pick("0,4 kV", "10 kV", "12 kV", "20 kV", "24 kV", "40 kV"),
    "npmpaket": lambda v: f"{v.pick('react', 'axios', 'd3')}@{_dotted(v, 19, 20, 9)}",
}  # fmt: skip
"""Slot that holds nobody's identifier: how to draw one."""

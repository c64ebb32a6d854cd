"""Values that only `twelfth.toml` draws: its own streets, towns, people, firms, phones and codes.

Everything is made up: PTS' phones, mailboxes under example domains, address ranges for
documentation and private networks. Numbers with check digits come from `eleventh`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.values import Values

_GIVEN = (
    "Kerstin", "Yusuf", "Emelie", "Bengt", "Samira", "Jonatan", "Britt-Marie", "Sten", "Wilma",
    "Marek", "Gun", "Rasmus", "Agneta", "Hossein", "Klara", "Torbjörn", "Linh", "Niklas", "Ebba",
)  # fmt: skip
_SURNAMES = (
    "Eriksson", "Hallberg", "Ahmadi", "Löfgren", "Berg", "Wiśniewski", "Larsson", "Stenmark",
    "Hammarlund", "Tran", "Sandell", "Lind", "Pettersson", "Öhman", "Krantz", "Ask", "von Essen",
)  # fmt: skip
_STREETS = (
    "Parkgatan", "Badhusgatan", "Syrenvägen", "Granstigen", "Stationsgatan", "Bryggaregatan",
    "Linnégatan", "Talgoxevägen", "Hjortronvägen", "Smedjegatan", "Södermalmsvägen", "Sågvägen",
    "Klostergatan", "Karl XI:s väg", "Birger Jarlsgatan", "Sankt Eriksgatan", "Domherrevägen",
    "Stenhuggarvägen", "Övre Strandgatan", "Källgatan", "Lotsgatan", "Alstigen", "Gruvgatan",
    "Industrigatan", "Vallmovägen", "Ängsbrynet", "Stora Torget", "Videgatan", "Norra Allén",
    "Hantverkargränd", "Viksängsvägen", "Garvaregatan", "Ekorrbacken", "Dag Hammarskjölds väg",
    "Bergslänten", "Kronobergsliden", "Mossrosen", "Vattentornsvägen", "Gärdesrundan",
)  # fmt: skip
_FARMS = ("Åkersberg", "Västra Bygget", "Myren", "Sörgården", "Ramsjö", "Stora Hult")
_TOWNS = (
    ("291 31", "Kristianstad"), ("302 43", "Halmstad"), ("335 30", "Gnosjö"),
    ("361 30", "Emmaboda"),
    ("434 30", "Kungsbacka"), ("451 40", "Uddevalla"), ("541 30", "Skövde"),
    ("553 16", "Jönköping"),
    ("590 40", "Kisa"), ("602 24", "Norrköping"), ("641 30", "Katrineholm"), ("671 30", "Arvika"),
    ("681 30", "Kristinehamn"), ("733 38", "Sala"), ("745 37", "Enköping"), ("792 30", "Mora"),
    ("820 40", "Järvsö"), ("842 32", "Sveg"), ("891 33", "Örnsköldsvik"), ("933 31", "Arvidsjaur"),
    ("952 31", "Kalix"), ("982 31", "Gällivare"), ("231 45", "Trelleborg"),
    ("384 30", "Blomstermåla"),
)  # fmt: skip
_FIRMS = (
    "Sandells Rör AB", "Brf Syrenen", "Ängsbrynets Samfällighetsförening", "Lind & Ask Bygg AB",
    "Hammarlunds Maskin AB", "Café Klostret HB", "Norra Alléns Bil AB", "Stenmark Solteknik AB",
    "Ramsjö Sågverk AB", "Öhmans Entreprenad AB", "Viksängs Koloniförening", "Krantz Logistik AB",
)  # fmt: skip
_CARS = (
    "Volvo V90", "VW Transporter", "Polestar 2", "Ford Ranger", "Toyota Proace", "Nissan Leaf",
    "Opel Vivaro", "Kia Niro", "Mercedes Sprinter", "BMW i3", "Hyundai Kona", "Citroën Jumpy",
)  # fmt: skip
_CABLES = (
    "AXQJ 50", "AXK 240", "FKK 10G", "EXQ 16", "ALU 095", "N1XE 5G10", "BLX 157", "PEX 50",
    "AXL 150",
)  # fmt: skip
_BAYS = (
    "LDN 214", "TRF 002", "FAC 07B", "SKE 104", "KRA 12", "ÖST 330", "HBG 041", "NSJ 22A",
    "BRY 115",
)  # fmt: skip
_INVERTERS = ("SUN 10K", "FRO 150", "SMT 08A", "HUA 100", "GRW 12K", "SAJ 06B", "DEY 120")
_CENTRALS = ("UC 114", "FVC 032", "DHC 208", "VVX 40", "TPV 110", "CAL 25H")
_CHARGERS = ("LAD 104", "EVS 22B", "KAJ 003", "TOR 118", "P-hus 2 uttag 4", "SNB 50A")
_METERS = ("GRD 410", "LGE 360", "MUC 603", "APA 12", "ISK 382", "HON 120")
_FIRST = "ABCDEFGHJKLMNOPRSTUWXYZ"
_LAST = "ABCDEFGHJKLMNPRSTUWXYZ"


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _weighed(v: Values, forms: Mapping[str, int]) -> str:
    return v.random.choices(tuple(forms), tuple(forms.values()))[0]


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-17406{p}": 10, f"070-174 06 {p}": 9, f"07017406{p}": 9, f"070 174 06 {p}": 5,
             f"070 1740 6{p}": 1, f"070-1740 6{p}": 1, f"+46 70 174 06 {p}": 3,
             f"+467017406{p}": 3, f"+46701 74 06 {p}": 1, f"0701-740 6{p}": 1, f"070/17406{p}": 1,
             f"(070) 174 06 {p}": 1, f"+46(0)7017406{p}": 1, f"070.174.06.{p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465004{p}", f"08 465 004 {p}", f"031-390 06 {p}", f"031-39006{p}",
        f"031 390 06 {p}", f"040-628 04 {p}", f"040-62804{p}", f"0980-3192{p}",
        f"0980-31 92 {p}", f"+46 40 628 04 {p}", f"08/465 004 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("kerstin", "yusuf", "emelie", "bengt", "samira", "jonatan", "wilma", "ebba")
    last = v.pick("eriksson", "hallberg", "ahmadi", "lofgren", "berg", "larsson", "ask", "krantz")
    host = v.pick(*["example.se"] * 4, "example.com", "elnat.example.se", "post.example.net")
    forms = {f"{given}.{last}@{host}": 12, f"{given}_{last}@{host}": 2, f"{given}{last}@{host}": 3,
             f"{given}-{last}@{host}": 1, f"{last}{v.digits(3)}@{host}": 2,
             f"{given[:3]}{last[:3]}@{host}": 2, f"{last}.{given}@{host}": 1,
             f"{given}.{last}@{host}".upper(): 1, f"{given}@{last}.example.se": 1}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 129)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 20, "B": 2, " A": 2, " C": 1, " lgh 1202": 1, ", lgh 1001": 1, ", 2 tr": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 14, f"{tight} {town}": 4, f"{code} {town.upper()}": 3,
             f"{code}  {town}": 1}  # fmt: skip
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or farm with number, postcode and town."""
    if v.random.random() < 0.1:
        return f"{v.random.choice(_FARMS)} {v.random.randint(102, 610)}, {_postal(v)}"
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
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.81.4", "172.20.31", "192.168.1")
    return f"{net}.{v.random.randint(2, 254)}"


def _catalogue(v: Values) -> str:
    """A maker's or a system's code in one of the other shapes that such codes have."""
    two = v.pick("KS", "MT", "AB", "GE", "LR", "TX", "VP", "EL")
    return v.pick(
        f"{two}{v.digits(4)}", f"{two}-{v.digits(3)}-{v.digits(2)}", f"{two} {v.digits(5)}",
        f"{v.digits(2)}{two}{v.digits(3)}", f"{two}{v.digits(2)}/{v.digits(1)}", v.digits(6),
    )  # fmt: skip


def _dotted(v: Values, *tops: int) -> str:
    return ".".join(str(v.random.randint(0, top)) for top in tops)


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "nr_tfn": ("PHONE_NUMBER", _phone),
    "nr_mobil": ("PHONE_NUMBER", _mobile),
    "nr_fast": ("PHONE_NUMBER", _landline),
    "nr_plus": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "mejl_privat": ("EMAIL_ADDRESS", _mailbox),
    "nod": ("IP_ADDRESS", _ip),
    "nod_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(3)}::{v.hexes(4)}:{v.hexes(2)}"),
    "via": ("SE_ADDRESS", _street),
    "via_kort": ("SE_ADDRESS", _short_street),
    "via_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "via_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "via_hel": ("SE_ADDRESS", _whole),
    "via_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "via_ort": ("SE_ADDRESS", _postal),
    "via_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(v.random.randint(2, 4))}, {_postal(v)}"),
    "plat": ("SE_VEHICLE_REGISTRATION", _plate),
    "plat_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "plat_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "plat_gemen": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "kontakt": _person,
    "kontakt_for": _one_of(_GIVEN),
    "kontakt_efter": _one_of(_SURNAMES),
    "bolagsnamn": _one_of(_FIRMS),
    "stadsnamn": lambda v: v.random.choice(_TOWNS)[1],
    "gatnamn": _one_of(_STREETS),
    "bilen": _one_of(_CARS),
    "artkod": _tight,
    "artkod_isar": _parted(" "),
    "artkod_streck": _parted("-"),
    "artkod_gemen": lambda v: _tight(v).lower(),
    "katalognr": _catalogue,
    "kabelmarke": _one_of(_CABLES),
    "linjefack": _one_of(_BAYS),
    "omriktaren": _one_of(_INVERTERS),
    "undercentral": _one_of(_CENTRALS),
    "laddstolpen": _one_of(_CHARGERS),
    "matartypen_ny": _one_of(_METERS),
    "lokalen": lambda v: (
        f"{v.pick('VOL', 'AMP', 'OHM', 'HUS', 'JOU')} {v.random.randint(101, 529)}"
    ),
    "flygturen": lambda v: f"{v.pick('SAS', 'NSZ', 'KLM', 'FIN')}{v.pick('', ' ')}{v.digits(3)}",
    "normkod": lambda v: (
        f"{v.pick('ISO', 'EBR', 'AMA', 'SEK', 'ELS')} {v.random.randint(101, 999)}"
    ),
    "fyrled": lambda v: _dotted(v, 12, 30, 9, 250),
    "kapitelnr": lambda v: ".".join(str(v.random.randint(1, 12)) for _ in range(4)),
    "uppgradering": lambda v: f"{v.digits(1)}.{v.random.randint(0, 30)}.{v.digits(2)}",
    "objektnr_tel": lambda v: (
        f"0{v.pick('8', '31', '40', '611')}-{v.digits(3)} {v.digits(2)} {v.digits(2)}"
    ),
    "ordernr_tel": lambda v: f"07{v.pick(*'0236')}{v.pick('', '-', ' ')}{v.digits(7)}",
    "sexstreckfyra": lambda v: (
        f"{v.random.randint(40, 99)}{v.random.randint(40, 99)}{v.digits(2)}-{v.digits(4)}"
    ),
    "fyrastreckfyra": lambda v: f"{v.digits(4)}-{v.digits(4)}",
    "hushall": lambda v: f"{v.random.randint(11, 98)} {v.digits(3)}",
    "langd": lambda v: v.pick("40 m", "120 m", "350 m", "1,2 km", "2 km"),
    "majdagar": lambda v: (
        f"{v.random.randint(2, 12)}-{v.random.randint(13, 29)} {v.pick('maj', 'juni', 'oktober')}"
    ),
    "lib": lambda v: f"{v.pick('vite', 'ediel-parser', 'zod', 'ocpp-lib')}@{_dotted(v, 9, 20, 30)}",
}  # fmt: skip
"""Slot that holds nobody's identifier: how to draw one."""

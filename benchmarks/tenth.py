"""Values that only `tenth.toml` draws: its own streets, towns, people, firms, models and codes.

Everything is made up: Skatteverket's test numbers, PTS' phones, mailboxes under example.se, address
ranges for documentation and private networks, numbers of accounts and firms with their check digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.forms import iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Agneta", "Samir", "Tove", "Kjell", "Nadia", "Ludvig", "Marie-Louise", "Ove", "Selma", "Dragan",
    "Ulrika", "Casper", "Berit", "Yusuf", "Emelie", "Sten", "Jasmin", "Håkan", "Lovisa", "Pål",
)  # fmt: skip
_SURNAMES = (
    "Bergqvist", "Lundmark", "Haddad", "Sandell", "Grönlund", "Petrović", "Ahlgren", "Rask",
    "Wennberg", "Isaksson", "Thelin", "Abdi", "Malmsten", "Kvist", "Frisk", "Zetterlund", "Åberg",
)  # fmt: skip
_STREETS = (
    "Vinkelgatan", "Hasselvägen", "Östra Vallgatan", "Kastanjestigen", "Skepparegatan",
    "Slottsbacken",
    "Fältspatsvägen", "Nygatan", "Bruksallén", "Mejerivägen", "Prästgårdsgatan", "Sjöviksgränd",
    "Karl Johans gata", "Duvhöksvägen", "Ladugårdsvägen", "Varvsplan", "Lilla Torg",
    "Humlegången", "Stationsgatan", "Övre Bergsvägen", "Klockaregränd", "Tallåsvägen",
    "Strandpromenaden",
    "Mossvägen", "Drottninggatan", "Harvestigen", "Smedjegränd", "Linbanevägen", "Gjuteriplatsen",
    "Ekorrvägen", "Hantverkargatan", "Gamla Landsvägen", "Ormbunksstigen", "Parkgatan",
)  # fmt: skip
_VILLAGES = ("Håknäs", "Övre Svartlå", "Ramsberg", "Torpa Gård", "Vallsjö", "Lövåsen", "Norra Ving")
_TOWNS = (
    ("352 33", "Växjö"), ("274 31", "Skurup"), ("291 34", "Kristianstad"), ("302 42", "Halmstad"),
    ("371 35", "Karlskrona"),
    ("432 41", "Varberg"), ("451 42", "Uddevalla"), ("542 42", "Mariestad"),
    ("554 48", "Jönköping"),
    ("602 23", "Norrköping"), ("621 45", "Visby"), ("681 42", "Kristinehamn"),
    ("731 33", "Köping"), ("761 41", "Norrtälje"), ("792 32", "Mora"), ("824 43", "Hudiksvall"),
    ("831 36", "Östersund"),
    ("891 33", "Örnsköldsvik"), ("931 52", "Skellefteå"), ("981 33", "Kiruna"),
    ("593 35", "Västervik"), ("662 31", "Åmål"), ("915 31", "Robertsfors"), ("467 31", "Grästorp"),
)  # fmt: skip
_FIRMS = (
    "Bostads AB Kvarnhjulet", "Brf Duvhöken", "Sandells Rör & Värme AB", "Tallåsens Skolkooperativ",
    "Rask Parkering AB", "Ahlgren Juridik HB", "Humlegångens Samfällighet", "Varvets Bryggeri AB",
    "Lundmark Drönarkartor AB", "Mejeriets Fastighets AB", "Vings Fiberförening",
    "Kvist Bevakning AB",
)  # fmt: skip
_SWITCHES = (
    "ACX 710", "NCS540", "CCR 203", "QFX 510", "SRX 345", "MLX 108", "FGT 60F", "RBM 11G",
    "VSR 410", "CRS 354", "ISR 433", "EXA 480", "ONT 421", "GPN 101",
)  # fmt: skip
_BATTERIES = ("LVS 120", "HVM138", "LUN 15S", "RES 10H", "PWR 131", "BMS 24A", "ESS 215", "SBR096")
_PANELS = ("TSM 435", "JAM 54S", "LRX 410", "VBH 340", "REC 405", "SPR400", "DHM 60X", "NEO 12R")
_EXCHANGERS = (
    "CBH 110",
    "XGM 050",
    "AQL 100",
    "UFX 303",
    "SKD 40B",
    "TDP 210",
    "KVM 65A",
    "LPM 200",
)
_DRONES = ("MAV 300", "EVO 640", "H20 RTK", "ANA 30T", "VTX 015", "LIX 61A", "MTC 350", "SKY 22B")
_NORMS = ("SIS 155", "PUB 804", "ABT 06A", "AMA 23B", "SOU 071", "SFS 857", "NJA 415", "MÖD 212",
          "HFD 087", "GDP 32B")  # fmt: skip
_FIRST = "ABCDEFGHJKLMNOPRSTUWXYZ"
_LAST = "ABCDEFGHJKLMNPRSTUWXYZ"


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _weighed(v: Values, forms: Mapping[str, int]) -> str:
    return v.random.choices(tuple(forms), tuple(forms.values()))[0]


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _identity(kind: int) -> Callable[[Values], str]:
    """A number with a separator, a century or both."""

    def draw(v: Values) -> str:
        n = v.random.choice(identities()[kind])
        day, end = n[:8], n[8:]
        forms = {f"{day[2:]}-{end}": 10, f"{day}-{end}": 9, n: 4, f"{day} {end}": 1,
                 f"{day[2:]} - {end}": 1, f"{day}–{end}": 1}  # fmt: skip
        return _weighed(v, forms)

    return draw


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-174 06 {p}": 10, f"07017406{p}": 9, f"070-17406{p}": 6, f"070 174 06 {p}": 6,
             f"+46 70 174 06 {p}": 4, f"+467017406{p}": 4, f"+46(0)70-17406{p}": 2,
             f"070 17 406 {p}": 1, f"0701-740 6{p}": 2, f"+46-70-174 06 {p}": 1,
             f"070.174.06.{p}": 1, f"0701740 6{p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08 - 465 004 {p}", f"031-39 00 6{p[0]}", f"031-390 06 {p}",
        f"040-628 04 {p}", f"040 628 04 {p}", f"0980-31 92 {p}", f"0980/31 92 {p}",
        f"+46 8 465 004 {p}", f"+4631390 06{p}", f"08-465004{p}", f"(040) 628 04 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("agneta", "samir", "tove", "kjell", "nadia", "ludvig", "selma", "ulrika", "sten")
    last = v.pick(
        "bergqvist", "lundmark", "haddad", "sandell", "ahlgren", "rask", "thelin", "kvist"
    )
    host = v.pick(*["example.se"] * 4, "example.com", "skola.example.se", "brf.example.org")
    forms = {f"{given}.{last}@{host}": 12, f"{given}_{last}@{host}": 2,
             f"{given[0]}{last}@{host}": 3,
             f"{given}{v.digits(2)}@{host}": 3, f"{given.title()}.{last.title()}@{host}": 3,
             f"{last}.{given}+el@{host}": 1, f"{given}-{last}@{host}": 2,
             f"{given[:3]}{last[:3]}@{host}": 2}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 98)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 22, "B": 2, " A": 1, ", 2 tr": 1, " lgh 1203": 1, ", lgh 1002": 1, " nb": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 12, f"{tight} {town}": 4, f"{code} {town.upper()}": 4,
             f"SE-{tight} {town}": 1, f"{code}  {town}": 1}  # fmt: skip
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or village with number, postcode and town."""
    if v.random.random() < 0.15:
        return f"{v.random.choice(_VILLAGES)} {v.random.randint(102, 690)}, {_postal(v)}"
    return f"{_street(v)}, {_postal(v)}"


def _gsrn(v: Values) -> str:
    return gs1("735999" + v.digits(11))


def _parted_gsrn(v: Values) -> str:
    n = _gsrn(v)
    return v.pick(
        " ".join(n[at : at + 3] for at in range(0, 18, 3)), f"{n[:6]} {n[6:9]} {n[9:]}",
        f"{n[:3]} {n[3:6]} {n[6:12]} {n[12:]}", " ".join(n[at : at + 6] for at in range(0, 18, 6)),
    )  # fmt: skip


def _iban(v: Values) -> str:
    n = iban_number(v)
    return n if v.random.random() < 0.4 else " ".join(n[at : at + 4] for at in range(0, 24, 4))


def _checked(v: Values, head: str, count: int) -> str:
    """So many digits after the head, so that the whole passes modulus 11."""
    while True:
        body = v.digits(count - 1)
        total = sum(int(d) * (at % 10 + 1) for at, d in enumerate(reversed(head + body), 1))
        if total % 11 != 1:
            return f"{body}{-total % 11}"


def _account_parts(v: Values) -> tuple[str, str]:
    """A clearing number and an account with the check digit of that bank."""
    bank = v.random.randrange(4)
    if bank == 0:
        return luhn("8" + v.digits(3)), luhn(v.digits(8))
    if bank == 1:
        return "6" + v.digits(3), _checked(v, "", 9)
    if bank == 2:
        clearing = v.pick("9023", "9025", "9152", "9155", "4305", "4622", "9555")
        return clearing, _checked(v, clearing, 7)
    clearing = v.pick(
        "5009", "5221", "5645", "1140", "1504", "3055", "3410", "9271", "9060", "7015"
    )
    return clearing, _checked(v, clearing[1:], 7)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    if len(clearing) == 5:
        clearing = f"{clearing[:4]}-{clearing[4]}"
        return v.pick(f"{clearing}, {n}", f"{clearing} {n}", f"{clearing} {n[:3]} {n[3:6]} {n[6:]}")
    forms = {f"{clearing}-{n}": 8, f"{clearing} {n}": 6, f"{clearing}, {n}": 4,
             f"{clearing}-{n[:-4]} {n[-4:]}": 1, f"{clearing} - {n}": 1,
             f"{clearing} {n[:2]} {n[2:5]} {n[5:]}": 3}  # fmt: skip
    return _weighed(v, forms)


def _joined_account(v: Values) -> str:
    return "".join(_account_parts(v))


def _giro_digits(v: Values) -> str:
    return luhn(v.digits(v.random.choice((6, 7, 7))))


def _giro(v: Values) -> str:
    n = _giro_digits(v)
    return f"{n[:-4]}-{n[-4:]}"


def _firm_number(v: Values) -> str:
    return luhn(v.pick("55", "55", "55", "71", "76", "80", "96") + v.pick(*"2345679") + v.digits(6))


def _dashed_firm(v: Values) -> str:
    n = _firm_number(v)
    return f"{n[:6]}-{n[6:]}"


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
    n = v.random.choices((_tight, _parted(" "), _parted("-")), (10, 9, 1))[0](v)
    return n.lower() if v.random.random() < 0.06 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.140.7", "172.19.66", "192.168.88")
    return f"{net}.{v.random.randint(2, 254)}"


def _parts(tops: Sequence[int]) -> Callable[[Values], str]:
    return lambda v: ".".join(str(v.random.randint(1, top)) for top in tops)


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "fodelsenr": ("SE_PERSONNUMMER", _identity(0)),
    "fodelsenr_tolv": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])),
    "fodelsenr_tio": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])[2:]),
    "fodelsenr_samordnat": ("SE_SAMORDNINGSNUMMER", _identity(1)),
    "ringnr": ("PHONE_NUMBER", _phone),
    "ringnr_mobil": ("PHONE_NUMBER", _mobile),
    "ringnr_fast": ("PHONE_NUMBER", _landline),
    "ringnr_land": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "brevlada": ("EMAIL_ADDRESS", _mailbox),
    "uttaget": ("SE_METERING_POINT_ID", _gsrn),
    "uttaget_delat": ("SE_METERING_POINT_ID", _parted_gsrn),
    "ibankoden": ("IBAN_CODE", _iban),
    "ibankoden_tatt": ("IBAN_CODE", iban_number),
    "vardadress": ("IP_ADDRESS", _ip),
    "vardadress_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(4)}::{v.hexes(4)}"),
    "gatuadress": ("SE_ADDRESS", _street),
    "gatuadress_kort": ("SE_ADDRESS", _short_street),
    "gatuadress_liten": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "gatuadress_stor": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "hemadress": ("SE_ADDRESS", _whole),
    "hemadress_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "postadress": ("SE_ADDRESS", _postal),
    "boxadress": ("SE_ADDRESS", lambda v: f"Box {v.digits(4)}, {_postal(v)}"),
    "girot": ("SE_BANKGIRO", _giro),
    "girot_tatt": ("SE_BANKGIRO", _giro_digits),
    "lonekonto": ("SE_BANK_ACCOUNT", _account),
    "lonekonto_tatt": ("SE_BANK_ACCOUNT", _joined_account),
    "skylten": ("SE_VEHICLE_REGISTRATION", _plate),
    "skylten_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "skylten_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "skylten_liten": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
    "foretaget_nr": ("SE_ORGANISATIONSNUMMER", _dashed_firm),
    "foretaget_nr_tatt": ("SE_ORGANISATIONSNUMMER", _firm_number),
    "foretaget_nr_sexton": ("SE_ORGANISATIONSNUMMER", lambda v: f"16{_dashed_firm(v)}"),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "heltnamn": _person,
    "dopnamn": _one_of(_GIVEN),
    "bolaget": _one_of(_FIRMS),
    "staden": lambda v: v.random.choice(_TOWNS)[1],
    "vagen": _one_of(_STREETS),
    "byn": _one_of(_VILLAGES),
    "skyltlik_tatt": _tight,
    "skyltlik_isar": _parted(" "),
    "skyltlik_streck": _parted("-"),
    "skyltlik_liten": lambda v: _tight(v).lower(),
    "switchen": _one_of(_SWITCHES),
    "batteriet": _one_of(_BATTERIES),
    "panelen": _one_of(_PANELS),
    "vaxlaren": _one_of(_EXCHANGERS),
    "dronaren": _one_of(_DRONES),
    "normen": _one_of(_NORMS),
    "salen": lambda v: f"{v.pick('SAL', 'LAB', 'HUS', 'AUL', 'GRP')} {v.random.randint(101, 489)}",
    "flyget": lambda v: (
        f"{v.pick('SAS', 'NAX', 'FIN', 'KLM', 'BTI')}{v.pick('', ' ')}{v.digits(3)}"
    ),
    "brunnen": lambda v: f"{v.pick('BRN', 'SKP', 'ODF', 'KBR')} {v.random.randint(1, 99):03}",
    "fyrdelat": _parts((12, 30, 60, 250)),
    "kapitlet": _parts((9, 9, 12, 9)),
    "paketet": lambda v: (
        f"{v.pick('libmeter', 'nodegrid', 'ediflow')}@{v.digits(1)}.{v.digits(1)}.{v.digits(2)}"
    ),
    "projektnr": lambda v: f"0{v.digits(2)}-{v.digits(3)} {v.digits(2)} {v.digits(2)}",
    "partinr": lambda v: f"07{v.digits(1)}{v.digits(7)}",
    "diarienr": lambda v: f"{v.digits(4)}-{v.digits(4)}",
    "klipptid": lambda v: v.moment().strftime("%Y%m%d-%H%M"),
    "kontostrangen": lambda v: f"{v.pick('5', '6', '7')}{v.digits(3)}-{v.digits(7)}",
    "rullen": lambda v: f"{v.digits(6)}-{v.digits(4)}",
    "tillverkningsnr": lambda v: f"{v.pick('S', 'FN', 'NR')}{v.digits(9)}",
    "skrivet_matt": lambda v: v.pick(
        "400 V", "10 kV", "250 m", "40 km/h", "30 %", "3 dagar", "2 MW"
    ),
}
"""Slot that holds nobody's identifier: how to draw one."""

"""Values that only `eleventh.toml` draws: its own streets, towns, people, firms, cars and codes.

Everything is made up: Skatteverket's test numbers, PTS' phones, mailboxes under example.se, address
ranges for documentation and private networks, numbers of accounts and firms with their check digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.forms import iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Margareta", "Amir", "Elin", "Roger", "Zahra", "Viktor", "Ann-Sofie", "Tord", "Maja", "Piotr",
    "Birgitta", "Hampus", "Solveig", "Ali", "Josefin", "Ragnar", "Thi", "Mattias", "Alva", "Ulf",
)  # fmt: skip
_SURNAMES = (
    "Karlsson", "Nyberg", "Rahimi", "Engström", "Fors", "Kowalski", "Svensson", "Dahlbäck",
    "Strömqvist", "Nguyen", "Hedlund", "Palm", "Johansson", "Jönsson", "Åström", "Blom", "Ek",
)  # fmt: skip
_STREETS = (
    "Rosenlundsgatan", "Kvarngatan", "Solrosvägen", "Aspvägen", "Järnvägsgatan", "Magasinsgatan",
    "Trädgårdsgatan", "Fågelsångsvägen", "Blåbärsstigen", "Repslagargatan", "Norrängsvägen",
    "Tegelbruksvägen", "Skolgatan", "Kyrkogatan", "Gustav Adolfs gata", "Sankt Olofsgatan",
    "Lärkvägen", "Furubergsvägen", "Nedre Hamngatan", "Brunnsgatan", "Kaptensgatan", "Rönnstigen",
    "Hyttgatan", "Fabriksgatan", "Näckrosvägen", "Skogsbrynet", "Torggatan", "Väderkvarnsgatan",
    "Pilgatan", "Västra Esplanaden", "Kullerstensgränd", "Sjöhagsvägen", "Timmermansgatan",
    "Lokvägen", "Olof Palmes plats", "Lövskogsgatan", "Änggårdsliden", "Myrstacksvägen",
)  # fmt: skip
_FARMS = ("Skälsnäs", "Östra Torp", "Hultet", "Norrgården", "Källeryd", "Lilla Ekeby")
_TOWNS = (
    ("261 31", "Landskrona"), ("331 30", "Värnamo"), ("341 36", "Ljungby"), ("441 30", "Alingsås"),
    ("461 32", "Trollhättan"), ("503 38", "Borås"), ("521 42", "Falköping"), ("574 31", "Vetlanda"),
    ("582 22", "Linköping"), ("611 34", "Nyköping"), ("632 20", "Eskilstuna"),
    ("652 24", "Karlstad"), ("691 31", "Karlskoga"), ("722 11", "Västerås"), ("771 30", "Ludvika"),
    ("784 33", "Borlänge"), ("802 52", "Gävle"), ("826 37", "Söderhamn"), ("871 31", "Härnösand"),
    ("921 31", "Lycksele"), ("941 32", "Piteå"), ("972 38", "Luleå"), ("241 31", "Eslöv"),
    ("311 31", "Falkenberg"), ("372 37", "Ronneby"), ("531 32", "Lidköping"),
)  # fmt: skip
_FIRMS = (
    "Hedlunds El & Tele AB", "Brf Näckrosen", "Torggatans Bageri AB", "Åströms Åkeri HB",
    "Palm & Fors Redovisning AB", "Kvarnens Livs AB", "Stenåkers Samfällighetsförening",
    "Engström Schakt AB", "Västra Frisörerna HB", "Ek Tak och Plåt AB", "Nybergs Mark AB",
)  # fmt: skip
_CARS = (
    "Volvo V60", "VW Caddy", "Kia EV6", "Ford Transit", "Toyota Hilux", "Tesla Model Y",
    "Renault Kangoo", "Skoda Enyaq", "Mercedes Vito", "Volvo XC40", "VW ID.4", "Peugeot Partner",
)  # fmt: skip
_CHARGERS = ("PLX 22K", "ZPT 111", "GAR 07A", "ELK 220", "WBX 11B", "CHG 074", "HLO 016", "EVB32A")
_HEATPUMPS = ("NBF 208", "CTC 614", "IVT 312", "LLV 25A", "FTX 170", "SHP 09B", "GEO 312")
_METERS = ("OMN 352", "KAM 382", "ESP 120", "AID 325", "MTR 110", "EMI33C", "OSE 340", "LND 450")
_PRINTERS = ("LJP 402", "MFC 895", "WFP 52D", "PXM 410", "TKL 320", "HPE 24G", "DSP 715")
_PHONES = ("IPX 118", "SMA 155", "NOK 331", "XPR 760", "MOT 84G")
_COURSES = ("ESA 14A", "HLR 101", "ISO 550", "FSE 220", "BAM 300", "YKB 35T", "AUS 204")
_CAMPAIGNS = ("VAR 25A", "SOL 100", "ELB 050", "HST 24B", "JUL 200", "NYK 150", "VIP 300")
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
        short, end = n[2:8], n[8:]
        forms = {f"{short}-{end}": 12, f"{n[:8]}-{end}": 10, n: 5, f"{short} {end}": 1,
                 f"{n[:8]} {end}": 1, f"{short} -{end}": 1}  # fmt: skip
        return _weighed(v, forms)

    return draw


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-174 06 {p}": 10, f"07017406{p}": 9, f"070-17406{p}": 8, f"070 174 06 {p}": 5,
             f"070 17406{p}": 2, f"+467017406{p}": 3, f"+46 70 174 06 {p}": 3, f"0701-7406{p}": 2,
             f"0701 74 06 {p}": 1, f"070-17 40 6{p}": 1, f"+46 (0)70-174 06 {p}": 1,
             f"0046 70 174 06 {p}": 1, f"070 - 17406{p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465004{p}", f"031-390 06 {p}", f"031-39006{p}", f"040-628 04 {p}",
        f"040-62804{p}", f"0980-3192{p}", f"0980-31 92 {p}", f"08 465 004 {p}",
        f"+46 31 390 06 {p}", f"+46 8-465 004 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("margareta", "amir", "elin", "roger", "zahra", "viktor", "maja", "ulf", "thi")
    last = v.pick("karlsson", "nyberg", "rahimi", "engstrom", "fors", "svensson", "hedlund", "blom")
    host = v.pick(*["example.se"] * 5, "example.com", "jobb.example.se", "mail.example.org")
    forms = {f"{given}.{last}@{host}": 12, f"{given}{last}@{host}": 4,
             f"{given[0]}{last}@{host}": 2,
             f"{given}{v.digits(2)}@{host}": 3, f"{given.title()}.{last.title()}@{host}": 3,
             f"{last}s_{given}@{host}": 1, f"{given}.{last}.{v.digits(4)}@{host}": 1,
             f"{given}.{last}+faktura@{host}": 1}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 114)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 20, "A": 2, " B": 2, "C": 1, " lgh 1101": 1, ", lgh 1304": 1, ", 3 tr": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 14, f"{tight} {town}": 5, f"{code} {town.upper()}": 3}
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or farm with number, postcode and town."""
    if v.random.random() < 0.1:
        return f"{v.random.choice(_FARMS)} {v.random.randint(110, 540)}, {_postal(v)}"
    return f"{_street(v)}, {_postal(v)}"


def _gsrn(v: Values) -> str:
    return gs1("735999" + v.digits(11))


def _parted_gsrn(v: Values) -> str:
    n = _gsrn(v)
    return v.pick(
        " ".join(n[at : at + 3] for at in range(0, 18, 3)), f"{n[:6]} {n[6:9]} {n[9:]}",
        " ".join(n[at : at + 6] for at in range(0, 18, 6)), f"{n[:3]} {n[3:9]} {n[9:]}",
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
        clearing = v.pick("9020", "9028", "9150", "9159", "4001", "4810", "9550")
        return clearing, _checked(v, clearing, 7)
    clearing = v.pick("5001", "5310", "5710", "1180", "1302", "3100", "3350", "9273", "7123")
    return clearing, _checked(v, clearing[1:], 7)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    if len(clearing) == 5:
        clearing = f"{clearing[:4]}-{clearing[4]}"
        return v.pick(
            f"{clearing}, {n}", f"{clearing} {n}", f"{clearing}, {n[:3]} {n[3:6]} {n[6:]}"
        )
    forms = {f"{clearing}-{n}": 8, f"{clearing} {n}": 6, f"{clearing}, {n}": 4,
             f"{clearing} {n[:-4]} {n[-4:]}": 1, f"{clearing}-{n[:3]} {n[3:]}": 1}  # fmt: skip
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
    n = v.random.choices((_tight, _parted(" "), _parted("-")), (11, 9, 1))[0](v)
    return n.lower() if v.random.random() < 0.05 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.44.12", "172.22.5", "192.168.10")
    return f"{net}.{v.random.randint(2, 254)}"


def _thousands(v: Values) -> str:
    """Two digits, a space and three: a count of customers, not a postcode."""
    return f"{v.random.randint(11, 98)} {v.digits(3)}"


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "personid": ("SE_PERSONNUMMER", _identity(0)),
    "personid_tolv": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])),
    "personid_tio": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])[2:]),
    "personid_samordnat": ("SE_SAMORDNINGSNUMMER", _identity(1)),
    "luren": ("PHONE_NUMBER", _phone),
    "luren_mobil": ("PHONE_NUMBER", _mobile),
    "luren_fast": ("PHONE_NUMBER", _landline),
    "luren_plus": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "mejlen": ("EMAIL_ADDRESS", _mailbox),
    "elid": ("SE_METERING_POINT_ID", _gsrn),
    "elid_gles": ("SE_METERING_POINT_ID", _parted_gsrn),
    "ibanet": ("IBAN_CODE", _iban),
    "ibanet_tatt": ("IBAN_CODE", iban_number),
    "klientip": ("IP_ADDRESS", _ip),
    "klientip_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(4)}:{v.hexes(3)}::{v.hexes(4)}"),
    "hemgata": ("SE_ADDRESS", _street),
    "hemgata_kort": ("SE_ADDRESS", _short_street),
    "hemgata_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "hemgata_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "bostadsadress": ("SE_ADDRESS", _whole),
    "bostadsadress_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "bostadsadress_ort": ("SE_ADDRESS", _postal),
    "bostadsadress_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(3)}, {_postal(v)}"),
    "bgnumret": ("SE_BANKGIRO", _giro),
    "bgnumret_tatt": ("SE_BANKGIRO", _giro_digits),
    "bankkontot": ("SE_BANK_ACCOUNT", _account),
    "bankkontot_tatt": ("SE_BANK_ACCOUNT", _joined_account),
    "regplat": ("SE_VEHICLE_REGISTRATION", _plate),
    "regplat_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "regplat_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "regplat_gemen": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
    "orgid": ("SE_ORGANISATIONSNUMMER", _dashed_firm),
    "orgid_tatt": ("SE_ORGANISATIONSNUMMER", _firm_number),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "kundnamnet": _person,
    "fornamn_bara": _one_of(_GIVEN),
    "slaktnamn_bara": _one_of(_SURNAMES),
    "foretagskund": _one_of(_FIRMS),
    "hemort": lambda v: v.random.choice(_TOWNS)[1],
    "gatan_sjalv": _one_of(_STREETS),
    "bilmodell": _one_of(_CARS),
    "sexkod_tatt": _tight,
    "sexkod_isar": _parted(" "),
    "sexkod_streck": _parted("-"),
    "sexkod_gemen": lambda v: _tight(v).lower(),
    "laddboxen": _one_of(_CHARGERS),
    "varmepumpen": _one_of(_HEATPUMPS),
    "matartypen": _one_of(_METERS),
    "skrivaren": _one_of(_PRINTERS),
    "jobbluren": _one_of(_PHONES),
    "kursen": _one_of(_COURSES),
    "rabattkoden": _one_of(_CAMPAIGNS),
    "motesrummet": lambda v: f"{v.pick('EKO', 'VIN', 'SOL', 'KUB')} {v.random.randint(101, 489)}",
    "flighten": lambda v: f"{v.pick('DYA', 'SAS', 'EWG', 'RYR')}{v.pick('', ' ')}{v.digits(3)}",
    "bygget": lambda v: ".".join(str(v.random.randint(1, top)) for top in (12, 30, 60, 250)),
    "avsnittet": lambda v: ".".join(str(v.random.randint(1, 9)) for _ in range(4)),
    "biblioteket": lambda v: (
        f"{v.pick('checkout', 'webshop-ui', 'consent')}@{v.digits(1)}.{v.digits(1)}.{v.digits(2)}"
    ),
    "projektkod": lambda v: f"08-{v.digits(3)} {v.digits(3)} {v.digits(2)}",
    "leveransnr": lambda v: f"07{v.pick(*'0236')}{v.digits(7)}",
    "avtalsnr": lambda v: f"{v.digits(6)}-{v.digits(4)}",
    "dokumentnr": lambda v: f"{v.digits(4)}-{v.digits(4)}",
    "konteringsrad": lambda v: f"{v.pick('3', '4', '5')}{v.digits(3)}-{v.digits(7)}",
    "kundantal": _thousands,
    "kundantal_tatt": lambda v: v.digits(5),
    "matt_pa_gatan": lambda v: v.pick("0,4 kV", "12 kV", "180 m", "30 km/h", "25 %", "5 dagar"),
    "handtaget": lambda v: f"@{v.pick('elkollen', 'natdrift', 'laddahemma')}{v.digits(2)}",
}  # fmt: skip
"""Slot that holds nobody's identifier: how to draw one."""

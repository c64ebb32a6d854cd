"""Values that only `ninth.toml` draws: its own streets, towns, people, firms and codes.

Everything is made up: Skatteverket's test numbers, PTS' phones, mailboxes under example.se, address
ranges for documentation and private networks, numbers of accounts and firms with their check digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.forms import iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Birgitta", "Tomas", "Leila", "Jonatan", "Majken", "Hassan", "Ann-Sofi", "Viktor", "Zeynep",
    "Bo", "Elin", "Magnus", "Wilma", "Rolf", "Piotr", "Karin", "Isak", "Monika", "Bengt-Arne",
    "Sara",
)  # fmt: skip
_SURNAMES = (
    "Hedlund", "Åström", "Karim", "Blomqvist", "Fors", "Nordin", "Yılmaz", "Lagerkvist", "Ek",
    "Palm", "Söderberg", "Kowalski", "Hjelm", "Viklund", "Öhman", "Dahlgren", "Stål", "Gunnarsson",
)  # fmt: skip
_STREETS = (
    "Timmervägen", "Kvarnängsgatan", "Rönnvägen", "Linnégatan", "Hamngatan", "Lokgatan",
    "Barrvägen", "Gråstensvägen", "Torggatan", "Ängsvägen", "Lärkvägen", "Pilgatan", "Tegelgatan",
    "Idrottsvägen", "Norra Kyrkogatan", "Gamla Bruksvägen", "Kopparslagargatan", "Fyrvägen",
    "Sankt Eriks väg", "Blåklintsvägen", "Vretgränd", "Furustigen", "Sågarebacken", "Nytorget",
    "Åkerbärsvägen", "Oxtorget", "Stenbocksallén", "Gustav Adolfs gata", "Rådhusplan", "Myrstigen",
    "Västra Banvägen", "Snickargatan", "Lommarydsvägen", "Tranbärsstigen",
)  # fmt: skip
_VILLAGES = ("Norrby", "Stora Hult", "Östansjö", "Bjursnäs", "Skogaholm", "Lilla Åby", "Västmyra")
_TOWNS = (
    ("571 34", "Nässjö"), ("331 52", "Värnamo"), ("261 37", "Landskrona"), ("442 31", "Kungälv"),
    ("504 55", "Borås"), ("583 30", "Linköping"), ("611 35", "Nyköping"), ("653 45", "Karlstad"),
    ("692 31", "Kumla"), ("722 18", "Västerås"), ("748 32", "Österbybruk"), ("784 40", "Borlänge"),
    ("811 34", "Sandviken"), ("856 41", "Sundsvall"), ("911 32", "Vännäs"), ("943 31", "Öjebyn"),
    ("956 31", "Överkalix"), ("232 52", "Åkarp"), ("311 32", "Falkenberg"),
    ("524 32", "Herrljunga"), ("820 40", "Järvsö"), ("383 91", "Mönsterås"),
)  # fmt: skip
_FIRMS = (
    "Hedlunds Elservice AB", "Brf Lokstallet", "Öhman & Palm Schakt AB", "Tegelgatans Förskola AB",
    "Vretens Växthus AB", "Bjursnäs Vägsamfällighet", "Fors Sågverk AB", "Stål och Svets i Norr HB",
    "Lärkans Ekonomiska förening", "Dahlgren Fastighetsförvaltning AB", "Nordins Åkeri AB",
    "Gråstens Kakel AB",
)  # fmt: skip
_RELAYS = (
    "REF 630", "REX 521", "RED 615", "REJ 603", "REL 511", "REG 615", "SEL 411", "SEL787",
    "TPU 450", "RET615", "REQ 650", "VAX 521",
)  # fmt: skip
_BREAKERS = ("NSX 250", "NSX160", "CVS 630", "ADC 100", "OEZ 400", "MTZ 12H", "NZM 250", "DPX630")
_INVERTERS = ("STP 110", "SUN 600", "HES 12K", "KTL 50A", "SYM 082", "STP250", "GEN 24A", "SUN100")
_CABLES = (
    "ALU 241", "FEA 099", "BLL 099", "AXE 095", "EKK 315", "FKK150", "HAX 50B", "SAX 150",
    "AMK 70B", "EXQ 010", "RQQ 004", "BLX 062",
)  # fmt: skip
_TOOLS = ("MIT 420", "DET 320", "DLR 10X", "FLK 117", "LRM 200", "KEW 312", "MET 915", "VLF 34E")
_RULES = ("EBR 601", "AFS 233", "SEK 434", "SSG 402", "AMA 201", "ESA 019", "IEC 104", "IEC 103",
          "EIF 202", "NIS 200")  # fmt: skip
_FIRST = "ABCDEFGHJKLMNOPRSTUWXYZ"
_LAST = "ABCDEFGHJKLMNPRSTUWXYZ"


def _one_of(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _person(v: Values) -> str:
    return f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}"


def _identity(kind: int) -> Callable[[Values], str]:
    """A number with a separator, a century or both."""

    def draw(v: Values) -> str:
        n = v.random.choice(identities()[kind])
        return v.random.choices(
            (f"{n[2:8]}-{n[8:]}", f"{n[:8]}-{n[8:]}", n, f"{n[:8]} {n[8:]}", f"{n[2:8]} {n[8:]}"),
            (10, 8, 5, 1, 1),
        )[0]

    return draw


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    return v.random.choices(
        (f"070-174 06 {p}", f"07017406{p}", f"070-17406{p}", f"070 174 06 {p}", f"070-1740 6{p}",
         f"+46 70 174 06 {p}", f"+467017406{p}", f"+46 (0)70-174 06 {p}", f"0701 74 06 {p}",
         f"0701-740 6{p}", f"070 17 40 6{p}", f"0046 70 174 06 {p}"),
        (10, 9, 5, 6, 1, 5, 4, 2, 2, 1, 2, 1),
    )[0]  # fmt: skip


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-46 50 04 {p}", f"031-390 06 {p}", f"040-628 04 {p}",
        f"0980-319 2{p}", f"0980-31 92 {p}", f"+46 31 390 06 {p}", f"08 465 004 {p}",
        f"04062804{p}", f"+46 (0)40-628 04 {p}",
    )  # fmt: skip


def _mailbox(v: Values) -> str:
    given = v.pick(
        "birgitta", "tomas", "leila", "jonatan", "majken", "viktor", "elin", "bo", "sara"
    )
    last = v.pick("hedlund", "astrom", "karim", "blomqvist", "fors", "viklund", "ohman", "dahlgren")
    host = v.pick(*["example.se"] * 5, "example.org", "nat.example.se", "kund.example.com")
    return v.random.choices(
        (f"{given}.{last}@{host}", f"{given}{last}@{host}", f"{last}.{given}@{host}",
         f"{given[0]}.{last}@{host}", f"{given}_{v.random.randint(55, 99)}@{host}",
         f"{given.title()}.{last.title()}@{host}", f"{given}-{last}{v.digits(1)}@{host}",
         f"{given}.{last}.ext@{host}"),
        (14, 4, 2, 3, 3, 4, 1, 2),
    )[0]  # fmt: skip


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 96)}"


def _street(v: Values) -> str:
    """A street with its number, in one of five more than that."""
    more = v.random.choices(
        ("", "A", " C", ", 3 tr", " lgh 1102", ", lgh 1301", " B"), (24, 1, 1, 1, 1, 1, 1)
    )[0]
    return _short_street(v) + more


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    near = code.replace(" ", "")
    return v.random.choices(
        (f"{code} {town}", f"{near} {town}", f"{code} {town.upper()}", f"SE-{code} {town}",
         f"{code}  {town.upper()}"),
        (12, 4, 4, 1, 1),
    )[0]  # fmt: skip


def _whole(v: Values) -> str:
    """Street or village with number, postcode and town."""
    if v.random.random() < 0.12:
        return f"{v.random.choice(_VILLAGES)} {v.random.randint(101, 480)}, {_postal(v)}"
    return f"{_street(v)}, {_postal(v)}"


def _segment_address(v: Values) -> str:
    """Street, town and postcode as a NAD segment keeps them."""
    code, town = v.random.choice(_TOWNS)
    return f"{_short_street(v).upper()}+{town.upper()}++{code.replace(' ', '')}"


def _gsrn(v: Values) -> str:
    return gs1("735999" + v.digits(11))


def _spread_gsrn(v: Values) -> str:
    n = _gsrn(v)
    return v.pick(
        " ".join(n[at : at + 3] for at in range(0, 18, 3)), f"{n[:6]} {n[6:9]} {n[9:17]} {n[17]}",
        f"{n[:6]} {n[6:]}", f"{n[:6]} {n[6:10]} {n[10:14]} {n[14:]}",
    )  # fmt: skip


def _iban(v: Values) -> str:
    n = iban_number(v)
    return " ".join(n[at : at + 4] for at in range(0, 24, 4)) if v.random.random() < 0.6 else n


def _checked(v: Values, head: str, count: int) -> str:
    """So many digits after the head, so that the whole passes modulus 11."""
    while True:
        body = v.digits(count - 1)
        total = sum(int(d) * (at % 10 + 1) for at, d in enumerate(reversed(head + body), 1))
        if total % 11 != 1:
            return f"{body}{-total % 11}"


def _account_parts(v: Values) -> tuple[str, str]:
    """A clearing number and an account with the check digit of that bank."""
    bank = v.random.choice(("swedbank", "handelsbanken", "whole", "three", "three"))
    if bank == "swedbank":
        return luhn("8" + v.digits(3)), luhn(v.digits(v.random.choice((8, 9))))
    if bank == "handelsbanken":
        return "6" + v.digits(3), _checked(v, "", 9)
    if bank == "whole":
        clearing = v.pick("9022", "9024", "9150", "9158", "4118", "4803", "9552")
        return clearing, _checked(v, clearing, 7)
    clearing = v.pick("5011", "5334", "5708", "1168", "1722", "3130", "3403", "9273", "9251",
                      "9065", "7114", "1205")  # fmt: skip
    return clearing, _checked(v, clearing[1:], 7)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    parted = f"{n[:3]} {n[3:6]} {n[6:]}" if len(n) > 7 else f"{n[:2]} {n[2:5]} {n[5:]}"
    if len(clearing) == 5:
        clearing = f"{clearing[:4]}-{clearing[4]}"
        return v.pick(f"{clearing}, {n}", f"{clearing} {n}", f"{clearing}, {parted}")
    return v.random.choices(
        (f"{clearing}-{n}", f"{clearing} {n}", f"{clearing}, {n}", f"{clearing} {parted}",
         f"{clearing} - {n}", f"{clearing}-{n[:-1]}-{n[-1]}"),
        (8, 6, 4, 4, 1, 1),
    )[0]  # fmt: skip


def _joined_account(v: Values) -> str:
    clearing, n = _account_parts(v)
    return clearing[:4] + n


def _giro(v: Values) -> str:
    n = luhn(v.digits(v.random.choice((6, 7, 7))))
    return f"{n[:-4]}-{n[-4:]}"


def _firm_number(v: Values) -> str:
    head = v.pick("55", "55", "55", "55", "76", "80", "96", "71") + v.pick(*"23456789")
    return luhn(head + v.digits(6))


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
    return n.lower() if v.random.random() < 0.07 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.62.118", "172.22.9", "192.168.41")
    return f"{net}.{v.random.randint(2, 254)}"


def _bay(v: Values) -> str:
    """A bay of a substation: the place in three letters, number, voltage's letter."""
    place = v.pick("TUN", "EKB", "SKG", "LND", "RYD", "FRS", "HUL", "MYR", "ASN")
    return f"{place}{v.pick('', ' ', ' ', '-')}{v.random.randint(1, 19):02}{v.pick(*'ABDKLST')}"


def _room(v: Values) -> str:
    return (
        f"{v.pick('RUM', 'HUS', 'SAL', 'DEL', 'KUR')} {v.random.randint(11, 48)}{v.pick(*'12ABD')}"
    )


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "pnummer": ("SE_PERSONNUMMER", _identity(0)),
    "pnummer_tolv": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])),
    "pnummer_tio": ("SE_PERSONNUMMER", lambda v: v.random.choice(identities()[0])[2:]),
    "samnummer": ("SE_SAMORDNINGSNUMMER", _identity(1)),
    "tele": ("PHONE_NUMBER", lambda v: v.random.choice((_mobile, _mobile, _landline))(v)),
    "tele_mobil": ("PHONE_NUMBER", _mobile),
    "tele_fast": ("PHONE_NUMBER", _landline),
    "tele_int": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "epostadr": ("EMAIL_ADDRESS", _mailbox),
    "anlaggning": ("SE_METERING_POINT_ID", _gsrn),
    "anlaggning_gles": ("SE_METERING_POINT_ID", _spread_gsrn),
    "ibankonto": ("IBAN_CODE", _iban),
    "ibankonto_tatt": ("IBAN_CODE", iban_number),
    "natadress": ("IP_ADDRESS", _ip),
    "natadress_sex": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(3)}:{v.hexes(4)}::{v.hexes(3)}"),
    "adress": ("SE_ADDRESS", _street),
    "adress_kort": ("SE_ADDRESS", _short_street),
    "adress_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "adress_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "adress_hel": ("SE_ADDRESS", _whole),
    "adress_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "adress_postort": ("SE_ADDRESS", _postal),
    "adress_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(3)}, {_postal(v)}"),
    "adress_nad": ("SE_ADDRESS", _segment_address),
    "bankgironr": ("SE_BANKGIRO", _giro),
    "bankgironr_tatt": ("SE_BANKGIRO", lambda v: luhn(v.digits(v.random.choice((6, 7))))),
    "kontonr": ("SE_BANK_ACCOUNT", _account),
    "kontonr_tatt": ("SE_BANK_ACCOUNT", _joined_account),
    "bilnr": ("SE_VEHICLE_REGISTRATION", _plate),
    "bilnr_tatt": ("SE_VEHICLE_REGISTRATION", _tight),
    "bilnr_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "bilnr_gement": (
        "SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower(),
    ),
    "firmanr": ("SE_ORGANISATIONSNUMMER", _dashed_firm),
    "firmanr_tatt": ("SE_ORGANISATIONSNUMMER", _firm_number),
    "firmanr_sexton": ("SE_ORGANISATIONSNUMMER", lambda v: f"16{_firm_number(v)}"),
}  # fmt: skip
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "hela_namnet": _person,
    "fornamnet": _one_of(_GIVEN),
    "efternamnet": _one_of(_SURNAMES),
    "firman": _one_of(_FIRMS),
    "postorten": lambda v: v.random.choice(_TOWNS)[1],
    "gatunamnet": _one_of(_STREETS),
    "kod_tatt": _tight,
    "kod_isar": _parted(" "),
    "kod_streck": _parted("-"),
    "kod_gement": lambda v: _tight(v).lower(),
    "apparat": _one_of(_RELAYS),
    "brytaren": _one_of(_BREAKERS),
    "vaxelriktaren": _one_of(_INVERTERS),
    "kabeln": _one_of(_CABLES),
    "instrumentet": _one_of(_TOOLS),
    "regelverk": _one_of(_RULES),
    "ledningsfack": _bay,
    "rumsnr": _room,
    "avgangen": lambda v: (
        f"{v.pick('SAS', 'NOZ', 'BRA', 'WIF', 'AFR', 'DLH')}{v.pick('', ' ')}{v.digits(3)}"
    ),
    "valutan": lambda v: f"{v.pick('SEK', 'EUR', 'NOK', 'DKK', 'PLN', 'USD')} {v.digits(3)}",
    "riktnr_projekt": lambda v: f"0{v.digits(2)}-{v.digits(3)} {v.digits(2)} {v.digits(2)}",
    "ritningsnr": lambda v: f"{v.digits(6)}-{v.digits(4)}",
    "datumklocka": lambda v: v.moment().strftime("%y%m%d-%H%M"),
    "kontering": lambda v: f"{v.pick('4', '5', '6')}{v.digits(3)}-{v.digits(4)}-{v.digits(3)}",
    "fyra_sju": lambda v: f"{v.digits(4)}-{v.digits(7)}",
    "serien": lambda v: f"{v.pick('SN', 'T', 'FAB')}{v.digits(8)}",
    "stolpe": lambda v: f"{v.random.randint(1, 210)}",
}
"""Slot that holds nobody's identifier: how to draw one."""

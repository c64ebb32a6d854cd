"""Values that only `fifteenth.toml` draws: its own streets, towns, people, firms, accounts, codes.

Everything is made up: PTS' phones, mailboxes under example domains, address ranges for
documentation and private networks. Accounts have their bank's check digit; numbers that are
nobody's fail modulus 10, so that none is an identity or a giro by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.values import Values, luhn

_GIVEN = (
    "Kerstin", "Johan", "Samira", "Erik", "Ebba", "Hugo", "Britt-Marie", "Dragan", "Tilda", "Nils",
    "Emelie", "Yusuf", "Gunnar", "Agnes", "Marek", "Carina", "Sixten", "Parisa", "Urban", "Lova",
)  # fmt: skip
_SURNAMES = (
    "Larsson", "Eriksson", "Olofsson", "Mohammadi", "Björklund", "Petrovic", "Hallberg", "Sandin",
    "Lundmark", "Jakobsson", "Abdi", "Viklund", "Falk", "Nordin", "Tran", "Mårtensson", "von Post",
)  # fmt: skip
_STREETS = (
    "Almvägen", "Ejdervägen", "Cirkelvägen", "Dalgatan", "Engelbrektsgatan", "Folkungagatan",
    "Gärdesvägen", "Glasbruksgatan", "Ingenjörsvägen", "Hyvelvägen", "Lergöksgatan",
    "Murgrönsvägen", "Molinsgatan", "Norrbygatan", "Nejlikgatan", "Plommonstigen", "Oljebergavägen",
    "Pumpgatan", "Rallarvägen", "Sikvägen", "Urmakaregatan", "Zinkgatan", "Älgvägen",
    "Östergatan", "Ärtvägen", "Ödlevägen", "Karl XI:s gata", "Kallkällevägen",
    "Norra Backagatan", "Södra Promenaden", "Hallonbacken", "Sädesärlegränd", "Ekallén",
    "Kyrkbyvägen", "Lantmätarbacken", "Fredriksbergsplatsen", "Herrgårdsliden", "Vitsippsslingan",
)  # fmt: skip
_FARMS = ("Lilla Hult", "Norrgården", "Skogsby", "Övre Lund", "Kärragård")
_TOWNS = (
    ("261 31", "Landskrona"), ("285 31", "Markaryd"), ("312 30", "Laholm"), ("331 30", "Värnamo"),
    ("341 30", "Ljungby"), ("371 30", "Karlskrona"), ("441 30", "Alingsås"), ("463 30", "Lödöse"),
    ("523 30", "Ulricehamn"), ("541 30", "Skövde"), ("582 22", "Linköping"), ("611 30", "Nyköping"),
    ("632 20", "Eskilstuna"), ("671 30", "Arvika"), ("692 30", "Kumla"), ("722 15", "Västerås"),
    ("745 30", "Enköping"), ("781 30", "Borlänge"), ("803 20", "Gävle"), ("871 30", "Härnösand"),
    ("891 30", "Örnsköldsvik"), ("931 30", "Skellefteå"), ("972 31", "Luleå"),
)  # fmt: skip
_FIRMS = (
    "Hallbergs Åkeri AB", "Brf Almen 4", "Sandins Elektriska AB", "Norrgårdens Lantbruk HB",
    "Lundmarks Måleri AB", "Skogsby Bygdegårdsförening", "Falk & Nordin Bygg AB", "Vikens Taxi AB",
    "Österns Livs AB", "Kärra Samfällighetsförening", "Björklund Entreprenad AB",
)  # fmt: skip
_CARS = (
    "Volvo V60", "VW Caddy", "Kia Niro", "Ford Transit", "Toyota Hilux", "Tesla Model Y",
    "Peugeot Partner", "Skoda Enyaq", "Mercedes Sprinter", "Polestar 2", "Nissan Leaf",
)  # fmt: skip
_PLATE_FIRST, _PLATE_LAST = "ABCDEFGHJKLMNOPRSTUWXYZ", "ABCDEFGHJKLMNPRSTUWXYZ"


def _one_of(*choices: str) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


def _weighed(v: Values, forms: Mapping[str, int]) -> str:
    return v.random.choices(tuple(forms), tuple(forms.values()))[0]


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    forms = {f"070-174 06 {p}": 14, f"07017406{p}": 9, f"070-17406{p}": 8, f"070 174 06 {p}": 5,
             f"+46 70 174 06 {p}": 3, f"+467017406{p}": 3, f"0701-74 06 {p}": 2,
             f"+46 70-174 06 {p}": 2, f"+46 (0)70-174 06 {p}": 1, f"070 1740 6{p}": 1,
             f"070-174 06{p}": 1, f"00467017406{p}": 1, f"070/174 06 {p}": 1}  # fmt: skip
    return _weighed(v, forms)


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465 004 {p}", f"08-465004{p}", f"031-390 06 {p}", f"031-39006{p}",
        f"040-628 04 {p}", f"040-62804{p}", f"0980-31 92 {p}", f"0980-3192{p}",
        f"+46 31 390 06 {p}", f"031 390 06 {p}",
    )  # fmt: skip


def _phone(v: Values) -> str:
    return v.random.choice((_mobile, _mobile, _landline))(v)


def _mailbox(v: Values) -> str:
    given = v.pick("kerstin", "johan", "samira", "erik", "ebba", "hugo", "tilda", "yusuf", "agnes")
    last = v.pick("larsson", "eriksson", "bjorklund", "abdi", "falk", "nordin", "tran", "hallberg")
    host = v.pick(*["example.se"] * 4, "example.com", "nat.example.se", "post.example.org")
    forms = {f"{given}.{last}@{host}": 12, f"{given}{last}{v.digits(2)}@{host}": 3,
             f"{given[:3]}{last[:3]}@{host}": 2, f"{given}_{last}@{host}": 1,
             f"{given.title()}.{last.title()}@{host}": 2, f"{last}.{given}@{host}": 1}  # fmt: skip
    return _weighed(v, forms)


def _short_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 96)}"


def _street(v: Values) -> str:
    """A street with its number, at times with a letter, a stair or a flat."""
    ends = {"": 20, "A": 3, " B": 2, "C": 1, " lgh 1102": 1, ", lgh 1301": 1, ", 2 tr": 1}
    return _short_street(v) + _weighed(v, ends)


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    tight = code.replace(" ", "")
    forms = {f"{code} {town}": 14, f"{tight} {town}": 4, f"{code} {town.upper()}": 3}
    return _weighed(v, forms)


def _whole(v: Values) -> str:
    """Street or farm with number, postcode and town."""
    if v.random.random() < 0.08:
        return f"{v.random.choice(_FARMS)} {v.random.randint(102, 480)}, {_postal(v)}"
    return f"{_street(v)}, {_postal(v)}"


def _tight(v: Values) -> str:
    """Three letters and three characters, the last a letter in two of five."""
    letters = "".join(v.random.choices(_PLATE_FIRST, k=3))
    if v.random.random() < 0.4:
        return f"{letters}{v.random.randint(1, 99):02}{v.pick(*_PLATE_LAST)}"
    return f"{letters}{v.random.randint(1, 999):03}"


def _parted(mark: str) -> Callable[[Values], str]:
    def draw(v: Values) -> str:
        n = _tight(v)
        return f"{n[:3]}{mark}{n[3:]}"

    return draw


def _plate(v: Values) -> str:
    """As people write one: tight or with a space, seldom in small letters or with a hyphen."""
    n = v.random.choices((_tight, _parted(" "), _parted("-")), (12, 9, 1))[0](v)
    return n.lower() if v.random.random() < 0.04 else n


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.71.4", "172.19.33", "192.168.60")
    return f"{net}.{v.random.randint(2, 254)}"


def _checked(v: Values, head: str, count: int) -> str:
    """So many digits after the head, so that the whole passes modulus 11."""
    while True:
        body = v.digits(count - 1)
        total = sum(int(d) * (at % 10 + 1) for at, d in enumerate(reversed(head + body), 1))
        if total % 11 != 1:
            return f"{body}{-total % 11}"


def _seven(v: Values, *clearings: str) -> tuple[str, str]:
    clearing = v.random.choice(clearings)
    return clearing, _checked(v, clearing[1:], 7)


def _grouped(clearing: str, n: str) -> str:
    """A seven-digit account in the groups of statements."""
    return f"{clearing}-{n[:2]} {n[2:5]} {n[5:]}"


def _seb(v: Values) -> str:
    clearing, n = _seven(v, "5002", "5214", "5398", "5620", "5847")
    return _weighed(v, {f"{clearing}-{n}": 6, f"{clearing} {n}": 5, _grouped(clearing, n): 4,
                        f"{clearing}, {n}": 2})  # fmt: skip


def _nordea(v: Values) -> str:
    clearing, n = _seven(v, "1113", "1404", "3021", "3154", "3950")
    return _weighed(v, {f"{clearing}-{n}": 6, f"{clearing} {n}": 5, _grouped(clearing, n): 1,
                        f"{clearing} {n[:2]} {n[2:]}": 3})  # fmt: skip


def _handelsbanken(v: Values) -> str:
    clearing, n = f"6{v.digits(3)}", _checked(v, "", 9)
    return _weighed(v, {f"{clearing}-{n}": 6, f"{clearing} {n}": 5,
                        f"{clearing}, {n[:3]} {n[3:6]} {n[6:]}": 4})  # fmt: skip


def _swedbank(v: Values) -> str:
    """Clearing number with its fifth digit; the account is no date of birth by chance."""
    clearing, n = luhn(f"8{v.digits(3)}"), luhn(v.digits(2) + v.pick(*"3456789") + v.digits(6))
    head = f"{clearing[:4]}-{clearing[4]}"
    return _weighed(v, {f"{head}, {n}": 6, f"{head} {n}": 5, f"{head},{n}": 2,
                        f"{head}, {n[:3]} {n[3:6]} {n[6:9]}-{n[9]}": 5})  # fmt: skip


def _account(v: Values) -> str:
    return v.random.choice((_seb, _nordea, _handelsbanken, _swedbank))(v)


def _two_columns(mark: str) -> Callable[[Values], str]:
    """Clearing number and account as two neighbours in an export."""
    return lambda v: mark.join(_seven(v, "5002", "5398", "1404", "3021", "3154"))


def _nobodys(draw: Callable[[Values], str]) -> Callable[[Values], str]:
    """What is drawn, again until its digits and the last ten of them fail modulus 10."""

    def drawn(v: Values) -> str:
        while True:
            text = draw(v)
            digits = "".join(c for c in text if c.isdigit())
            if all(luhn(part[:-1]) != part for part in (digits, digits[-10:])):
                return text

    return drawn


def _coded(*heads: str, gap: str = " ") -> Callable[[Values], str]:
    return lambda v: f"{v.random.choice(heads)}{gap}{v.random.randint(101, 989)}"


def _dotted(*tops: int) -> Callable[[Values], str]:
    return lambda v: ".".join(str(v.random.randint(1, top)) for top in tops)


def _named(choices: Sequence[str]) -> Callable[[Values], str]:
    return lambda v: v.random.choice(choices)


_AREAS = ("08", "011", "013", "019", "021", "031", "033", "040", "054", "060", "070", "073", "076")
_MOBILES = ("070", "072", "073", "076", "079")

LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "f_tel": ("PHONE_NUMBER", _phone),
    "f_mob": ("PHONE_NUMBER", _mobile),
    "f_fast": ("PHONE_NUMBER", _landline),
    "f_plus": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "f_epost": ("EMAIL_ADDRESS", _mailbox),
    "f_ip": ("IP_ADDRESS", _ip),
    "f_ip6": ("IP_ADDRESS", lambda v: f"2001:db8:{v.hexes(4)}::{v.hexes(4)}"),
    "f_gata": ("SE_ADDRESS", _street),
    "f_kort": ("SE_ADDRESS", _short_street),
    "f_gemen": ("SE_ADDRESS", lambda v: _short_street(v).lower()),
    "f_versal": ("SE_ADDRESS", lambda v: _short_street(v).upper()),
    "f_hel": ("SE_ADDRESS", _whole),
    "f_rader": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "f_ort": ("SE_ADDRESS", _postal),
    "f_box": ("SE_ADDRESS", lambda v: f"Box {v.digits(v.random.randint(2, 4))}, {_postal(v)}"),
    "f_plat": ("SE_VEHICLE_REGISTRATION", _plate),
    "f_tat": ("SE_VEHICLE_REGISTRATION", _tight),
    "f_isar": ("SE_VEHICLE_REGISTRATION", _parted(" ")),
    "f_liten": ("SE_VEHICLE_REGISTRATION", lambda v: v.pick(_tight(v), _parted(" ")(v)).lower()),
    "f_konto": ("SE_BANK_ACCOUNT", _account),
    "f_seb": ("SE_BANK_ACCOUNT", _seb),
    "f_nordea": ("SE_BANK_ACCOUNT", _nordea),
    "f_shb": ("SE_BANK_ACCOUNT", _handelsbanken),
    "f_swed": ("SE_BANK_ACCOUNT", _swedbank),
    "f_konto_kol": ("SE_BANK_ACCOUNT", _two_columns(";")),
    "f_konto_ror": ("SE_BANK_ACCOUNT", _two_columns("|")),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "f_namn": lambda v: f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}",
    "f_for": _named(_GIVEN),
    "f_firma": _named(_FIRMS),
    "f_stad": lambda v: v.random.choice(_TOWNS)[1],
    "f_vag": _named(_STREETS),
    "f_bil": _named(_CARS),
    "f_kod": _tight,
    "f_kod_isar": _parted(" "),
    "f_kod_streck": _parted("-"),
    "f_kod_liten": lambda v: _tight(v).lower(),
    "f_fack": lambda v: f"{v.pick('LID', 'TVB', 'SKO', 'HMR')} {v.digits(2)}{v.pick(*'ABT')}",
    "f_station": _coded("KST", "NSB", "GRA", "VLK"),
    "f_relae": _coded("REF", "RED", "REL", "SPA"),
    "f_norm": _coded("ISO", "IEC", "SIS", "AMA"),
    "f_rum": _coded("EKE", "GUL", "NOR", "LAB"),
    "f_flyg": lambda v: _coded("SAS", "DYA", "BRA", gap=v.pick("", " "))(v),
    "f_matt": _one_of("85 m", "240 m", "310 m", "1,2 km", "6 km"),
    "f_femsiffror": lambda v: f"{v.random.randint(11, 98)} {v.digits(3)}",
    "f_cpv": _one_of("45311200-2", "45315300-1", "31321100-3", "71314100-3", "34928500-3"),
    "f_ver": _dotted(19, 30, 40, 250),
    "f_avsnitt": _dotted(11, 9, 9, 12),
    "f_ocr": lambda v: luhn(f"{v.pick(*'35789')}{v.digits(v.random.choice((7, 9, 11)))}"),
    "f_tio": _nobodys(lambda v: v.digits(10)),
    "f_tolv": _nobodys(lambda v: f"{v.pick(*'3579')}{v.digits(11)}"),
    "f_sexfyra": _nobodys(lambda v: f"{v.digits(6)}-{v.digits(4)}"),
    "f_sju": _nobodys(lambda v: f"{v.digits(3)}-{v.digits(4)}"),
    "f_stampel_tio": _nobodys(lambda v: v.moment().strftime("%y%m%d%H%M")),
    "f_stampel_tolv": _nobodys(lambda v: v.moment().strftime("%Y%m%d%H%M")),
    "f_unix": _nobodys(lambda v: str(int(v.moment().timestamp()))),
    "f_n_par": _nobodys(
        lambda v: f"{v.pick(*_AREAS)}-{v.digits(3)} {v.digits(2)} {v.digits(2)}",
    ),
    "f_n_streck": _nobodys(lambda v: f"{v.pick(*_AREAS)}-{v.digits(7)}"),
    "f_n_tatt": _nobodys(lambda v: f"{v.pick(*_MOBILES)}{v.digits(7)}"),
    "f_n_glest": _nobodys(
        lambda v: f"{v.pick(*_MOBILES)} {v.digits(3)} {v.digits(2)} {v.digits(2)}",
    ),
    "f_n_fyra": _nobodys(
        lambda v: f"0{v.random.randint(120, 980)}-{v.digits(2)} {v.digits(2)} {v.digits(2)}",
    ),
    "f_n_8": _nobodys(lambda v: f"08-{v.digits(3)} {v.digits(3)} {v.digits(2)}"),
    "f_n_plus": lambda v: f"46{v.digits(7)}",
    "f_n_klocka": _nobodys(
        lambda v: f"0{v.random.randint(6, 9)}{v.pick('00', '15', '30')}-1{v.random.randint(4, 8)}00"
    ),
}
"""Slot that holds nobody's identifier: how to draw one."""

"""Values that only the fourth templates draw: new streets, people and written forms.

As in `forms`, everything is made up: Skatteverket's test numbers, phones that PTS and Ofcom keep
for fiction, example.se, IBANs out of the registry's own examples, check digits computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.forms import LETTERS, iban_number
from benchmarks.values import Values, gs1, identities, luhn

_GIVEN = (
    "Kerstin", "Rolf", "Amira", "Henrik", "Ulla-Britt", "Jonathan", "Parisa", "Sven-Åke",
    "Mikaela", "Dragan", "Tove", "Ahmed", "Ingegerd", "Simon", "Wilma", "Kjell",
)  # fmt: skip
_SURNAMES = (
    "Palmgren", "Hedlund", "Nguyen", "Söderqvist", "Al-Khatib", "Vikander", "Malmsten", "Jovanović",
    "Rydell", "Tamm", "Åslund", "Bjelke", "Osman", "Grankvist", "Lagerlöf", "Ödman",
)  # fmt: skip
_STREETS = (
    "Timmermansgatan", "Repslagargatan", "Åsbovägen", "Violvägen", "Norra Kyrkogatan", "Parkgatan",
    "Regementsgatan", "Björnbärsvägen", "Mejerigatan", "Stationsvägen", "Dalagatan", "Skansvägen",
    "Kaptensgatan", "Sankt Olofsgatan", "Linnégatan", "Hagalundsvägen", "Slottsallén", "Hagtornet",
    "Odengatan", "Tvärgränd", "Fabriksgatan", "Lärkstigen", "Mor Annas väg", "Västra Ringvägen",
    "Karl XI:s väg", "Kullagatan", "Strandpromenaden", "Hjortronstigen", "Lantmannagatan",
    "Oxtorget", "Smålandsgatan", "Elevatorgatan", "Gårdskroken", "Västerlånggatan", "Ålgränd",
)  # fmt: skip
_ABBREVIATED = (
    "Ö. Storg.", "N. Långgatan", "Kungsg.", "Björkhagsv.", "S. Kaserng.", "V. Sjög.", "Skogsv."
)  # fmt: skip
_VILLAGES = (
    "Hulta", "Södra Ljunga", "Åby Prästgård", "Kvarnarp", "Övre Hälle", "Stubbetorp", "Gunnabo",
)  # fmt: skip
_TOWNS = (
    ("394 70", "Kalmar"), ("382 45", "Nybro"), ("380 62", "Mörbylånga"), ("579 31", "Högsby"),
    ("598 34", "Vimmerby"), ("342 30", "Alvesta"), ("291 31", "Kristianstad"), ("702 22", "Örebro"),
    ("554 48", "Jönköping"), ("831 45", "Östersund"), ("907 37", "Umeå"), ("461 32", "Trollhättan"),
    ("151 46", "Södertälje"), ("741 40", "Knivsta"), ("261 51", "Landskrona"), ("671 31", "Arvika"),
)  # fmt: skip
_FIRMS = (
    "Rydells Elinstallation AB", "Brf Lotsen 3", "Kvarnarps Samfällighetsförening", "Tamm & Co KB",
    "Högsby Solteknik AB", "Stiftelsen Parkhemmet", "Åslunds Åkeri Handelsbolag", "IK Granen",
)  # fmt: skip
_TRACTS = ("Kläckeberga", "Algutsrum", "Förlösa", "Madesjö", "Västra Hälle", "Berga", "Norra Vi")
_MUNICIPALITIES = ("Kalmar", "Nybro", "Mörbylånga", "Vimmerby", "Högsby", "Örebro", "Landskrona")
_ABROAD = (
    "NL91 ABNA 0417 1643 00", "PL61 1090 1014 0000 0712 1981 2874", "BE68 5390 0754 7034",
    "AT61 1904 3002 3457 3201", "ES9121000418450200051332", "EE38 2200 2210 2014 5685",
    "LT121000011101001000",
)  # fmt: skip
_FOREIGN_VAT = ("DE{9}", "FI{8}", "DK {8}", "NO {9} MVA", "PL{10}", "EE{9}", "ATU{8}", "NL{9}B01")
_TYPE_ONE = ("1138", "1430", "3021", "5012", "5275", "5618", "9067", "9274")
_TYPE_ONE_LONG = ("4112", "9024", "9155", "9551")


def _identity(v: Values, numbers: tuple[str, ...], *, clear: bool) -> str:
    """An identity number as people write it; clear: never ten digits in one."""
    n = v.random.choice(numbers)
    day, short, end = n[:8], n[2:8], n[8:]
    pairs = f"{n[2:4]} {n[4:6]} {n[6:8]}"
    return v.random.choices(
        (f"{short}-{end}", f"{day}-{end}", n, f"{short} {end}", f"{day} {end}",
         f"{short} - {end}", f"{pairs}-{end}", f"{pairs} {end}", f"{short}–{end}",
         f"{n[:4]} {n[4:8]}-{end}", f"{day} - {end}", f"{n[:4]}-{n[4:6]}-{n[6:8]}-{end}",
         f"{n[:4]}-{n[4:6]}-{n[6:8]} {end}", short + end),
        (30, 24, 20, 6, 5, 2, 2, 1, 2, 1, 1, 2, 1, 0 if clear else 14),
    )[0]  # fmt: skip


def _mobile(v: Values) -> str:
    p = f"{v.random.randint(5, 99):02}"
    return v.random.choices(
        (f"070-174 06 {p}", f"07017406{p}", f"070-17406{p}", f"0701-74 06 {p}", f"+467017406{p}",
         f"+46 70 174 06 {p}", f"+4670-17406{p}", f"070 1740 6{p}", f"070-1740 6{p}",
         f"070 17406{p}", f"+46 (0) 70 174 06 {p}", f"+46 (70) 174 06 {p}", f"0046-70-17406{p}",
         f"0701 7406{p}", f"070-17 40 6{p}", f"+46 70-17 40 6{p}", f"0701 740 6{p}"),
        (9, 8, 6, 5, 5, 5, 2, 2, 1, 3, 1, 1, 1, 1, 1, 1, 1),
    )[0]  # fmt: skip


def _landline(v: Values) -> str:
    p = f"{v.random.randint(0, 99):02}"
    return v.pick(
        f"08-465 004 {p}", f"08-465 00 4{p}", f"08-46 50 04 {p}", f"040-628 04 {p}",
        f"040 628 04 {p}", f"031-39 00 6{p}", f"031-390 06 {p}", f"0980-31 92 {p}",
        f"0980-319 2{p}", f"0980 319 2{p}", f"+46 40 628 04 {p}", f"+46-8-465 004 {p}",
        f"+46 (0)31 390 06 {p}", f"08465004{p}",
    )  # fmt: skip


def _abroad_phone(v: Values) -> str:
    """Of Ofcom's series for drama."""
    d = f"{v.random.randint(0, 999):03}"
    return v.pick(f"+44 20 7946 0{d}", f"+44 7700 900{d}", f"+447700900{d}")


def _mail(v: Values) -> str:
    """A mailbox under example.se, of a person or of a small firm's desk."""
    given = v.pick("kerstin", "rolf", "amira", "ullabritt", "parisa", "dragan", "tove", "kjelle")
    last = v.pick("palmgren", "hedlund", "nguyen", "rydell", "tamm", "aslund", "osman", "odman")
    host = v.pick(*["example.se"] * 6, "post.example.se", "familjen.example.se", "el.example.se")
    return v.random.choices(
        (f"{given}.{last}@{host}", f"{given[0]}.{last}@{host}", f"{given}{v.digits(2)}@{host}",
         f"{given}-{last}@{host}", f"{given}_{last}{v.digits(4)}@{host}", f"{last}s.el@{host}",
         f"{given.title()}.{last.title()}@{host}", f"{given}.{last}+{v.digits(3)}@{host}",
         f"styrelsen.{last}@{host}", f"{given}.{last}@{host}".upper(), f"{last}{given[0]}@{host}"),
        (12, 5, 4, 3, 2, 2, 3, 1, 2, 1, 3),
    )[0]  # fmt: skip


def _street(v: Values) -> str:
    """A street with its number, as on letters and as in notes."""
    n = str(v.random.randint(1, 96))
    if v.random.random() < 0.07:
        return f"{v.random.choice(_ABBREVIATED)} {n}"
    more = v.random.choices(
        ("", "A", " B", "c", f"-{int(n) + 4}", ", 4 tr", " 1tr", " uppg C", " lgh 1102", ", bv"),
        (24, 2, 2, 1, 1, 1, 1, 1, 1, 1),
    )[0]
    return f"{v.random.choice(_STREETS)} {n}{more}"


def _bare_street(v: Values) -> str:
    return f"{v.random.choice(_STREETS)} {v.random.randint(1, 96)}"


def _postal(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    near = code.replace(" ", "")
    return v.random.choices(
        (f"{code} {town}", f"{near} {town}", f"{code} {town.upper()}", f"{code}  {town}",
         f"SE-{code} {town}", f"{near}  {town.upper()}"),
        (12, 5, 4, 1, 2, 1),
    )[0]  # fmt: skip


def _columns(v: Values) -> str:
    code, town = v.random.choice(_TOWNS)
    return f"{v.pick(code, code.replace(' ', ''))};{town}"


def _rural(v: Values) -> str:
    return f"{v.random.choice(_VILLAGES)} {v.random.randint(101, 488)}, {_postal(v)}"


def _metering(v: Values) -> str:
    n = gs1("735999" + v.digits(11))
    return v.random.choices(
        (n, f"{n[:6]} {n[6:9]} {n[9:17]} {n[17]}", f"{n[:6]} {n[6:]}", f"{n[:9]} {n[9:]}",
         " ".join(n[at : at + 3] for at in range(0, 18, 3)), f"{n[:6]}-{n[6:9]}-{n[9:17]}-{n[17]}",
         " ".join(n[at : at + 6] for at in range(0, 18, 6))),
        (30, 2, 2, 1, 2, 1, 1),
    )[0]  # fmt: skip


def _metering_torn(v: Values) -> str:
    """A metering point that a narrow column broke in two."""
    n = gs1("735999" + v.digits(11))
    return f"{n[:9]}\n{n[9:]}"


def _iban(v: Values) -> str:
    n = iban_number(v)
    grouped = " ".join(n[at : at + 4] for at in range(0, 24, 4))
    return v.random.choices((grouped, n, n[:2] + " " + n[2:], grouped.replace(" ", "-")),
                            (10, 8, 1, 1))[0]  # fmt: skip


def _mod11(body: str, heaviest: int) -> str | None:
    """The body with a check digit of modulus 11, weights falling to 1; none if that takes a ten."""
    for last in "0123456789":
        weights = range(heaviest, 0, -1)
        if sum(int(d) * w for d, w in zip(body + last, weights, strict=True)) % 11 == 0:
            return body + last
    return None


def _account_parts(v: Values) -> tuple[str, str]:
    """A clearing number and an account whose own check digit is right."""
    bank = v.random.random()
    if bank < 0.3:
        return luhn("8" + v.digits(3)), luhn(v.digits(v.random.choice((8, 9))))
    if bank < 0.5:
        number = _mod11(v.digits(8), 9)
        return (v.pick("6") + v.digits(3), number) if number else _account_parts(v)
    if bank < 0.65:
        # Over all eleven digits, the first of weight 1.
        clearing, six = v.random.choice(_TYPE_ONE_LONG), v.digits(6)
        for last in "0123456789":
            n = clearing + six + last
            weights = (1, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
            if sum(int(d) * w for d, w in zip(n, weights, strict=True)) % 11 == 0:
                return clearing, n[4:]
        return _account_parts(v)
    clearing = v.random.choice(_TYPE_ONE)
    tail = _mod11(clearing[1:] + v.digits(6), 10)
    return (clearing, tail[3:]) if tail else _account_parts(v)


def _account(v: Values) -> str:
    clearing, n = _account_parts(v)
    if len(clearing) == 5:
        clearing = v.pick(f"{clearing[:4]}-{clearing[4]}", clearing[:4])
    spaced = f"{n[:3]} {n[3:6]} {n[6:]}" if len(n) > 7 else f"{n[:2]} {n[2:5]} {n[5:]}"
    return v.random.choices(
        (f"{clearing} {n}", f"{clearing}-{n}" if "-" not in clearing else f"{clearing},{n}",
         f"{clearing}, {spaced}", f"{clearing} {spaced}", f"{clearing} / {n}",
         f"{clearing} - {n[:-1]}-{n[-1]}"),
        (8, 7, 4, 5, 1, 1),
    )[0]  # fmt: skip


def _plate(v: Values) -> str:
    letters = "".join(v.random.choices(LETTERS, k=3))
    last = v.pick(*"0123456789") if v.random.random() < 0.5 else v.pick(*LETTERS)
    between = v.random.choices(("", " ", "-"), (10, 7, 1))[0]
    return f"{letters}{between}{v.random.randint(0, 99):02}{last}"


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.44.7", "172.20.3", "192.168.100")
    return f"{net}.{v.random.randint(1, 254)}"


def _ip6(v: Values) -> str:
    a, b = v.hexes(4), v.hexes(3)
    return v.pick(
        f"2001:db8:{a}::{b}", f"2001:db8:0:{b}::10", f"2001:db8:{a}:0:0:0:0:1",
        f"fe80::5054:ff:fe{b[:2]}:{a}", f"2001:DB8:{b.upper()}::1",
    )  # fmt: skip


def _orgnr(v: Values) -> str:
    head = v.pick("556", "559", "556", "769", "802", "969", "916", "212", "717", "857")
    n = luhn(head + v.digits(6))
    dashed = f"{n[:6]}-{n[6:]}"
    return v.random.choices(
        (dashed, n, f"16{n}", f"{n[:6]} {n[6:]}", f"{n[:6]} - {n[6:]}", f"16{dashed}"),
        (16, 4, 1, 1, 1, 1),
    )[0]  # fmt: skip


def _estate(v: Values) -> str:
    place = f"{v.random.choice(_MUNICIPALITIES)} {v.random.choice(_TRACTS)}"
    return f"{place} {v.random.randint(1, 30)}:{v.random.randint(1, 140)}"


def _position(v: Values) -> str:
    lat, lon = v.random.uniform(55.6, 66.0), v.random.uniform(12.2, 20.5)
    return v.pick(f"{lat:.5f}, {lon:.5f}", f"{lat:.6f} {lon:.6f}", f"{lat:.5f},{lon:.5f}")


def _off(body: str) -> str:
    """The body with a last digit that is not its Luhn digit."""
    return body + str((int(luhn(body)[-1]) + 4) % 10)


def _dashed(first: int, last: int) -> Callable[[Values], str]:
    """Digits, hyphen, digits; never with a right Luhn digit."""

    def draw(v: Values) -> str:
        n = _off(v.digits(first + last - 1))
        return f"{n[:first]}-{n[first:]}"

    return draw


def _vat_abroad(v: Values) -> str:
    form = v.random.choice(_FOREIGN_VAT)
    start, end = form.index("{"), form.index("}")
    return form[:start] + v.digits(int(form[start + 1 : end])) + form[end + 1 :]


def _fingerprint(v: Values) -> str:
    n = v.hexes(32)
    return ":".join(n[at : at + 2] for at in range(0, 32, 2))


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "idnr": ("SE_PERSONNUMMER", lambda v: _identity(v, identities()[0], clear=False)),
    "idnr_tydlig": ("SE_PERSONNUMMER", lambda v: _identity(v, identities()[0], clear=True)),
    "samnr": ("SE_SAMORDNINGSNUMMER", lambda v: _identity(v, identities()[1], clear=False)),
    "samnr_tydlig": ("SE_SAMORDNINGSNUMMER", lambda v: _identity(v, identities()[1], clear=True)),
    "mob": ("PHONE_NUMBER", _mobile),
    "fast": ("PHONE_NUMBER", _landline),
    "nummer": ("PHONE_NUMBER", lambda v: v.random.choice((_mobile, _mobile, _landline))(v)),
    "nummer_ut": ("PHONE_NUMBER", _abroad_phone),
    "nummer_e164": ("PHONE_NUMBER", lambda v: f"+467017406{v.random.randint(5, 99):02}"),
    "epost": ("EMAIL_ADDRESS", _mail),
    "epost_url": ("EMAIL_ADDRESS", lambda v: _mail(v).lower().replace("@", "%40")),
    "gatan": ("SE_ADDRESS", _street),
    "gatan_ren": ("SE_ADDRESS", _bare_street),
    "gatan_liten": ("SE_ADDRESS", lambda v: _bare_street(v).lower()),
    "gatan_stor": ("SE_ADDRESS", lambda v: _bare_street(v).upper()),
    "postadr_kolumner": ("SE_ADDRESS", _columns),
    "adressrad": ("SE_ADDRESS", lambda v: f"{_street(v)}, {_postal(v)}"),
    "adressblock": ("SE_ADDRESS", lambda v: f"{_street(v)}\n{_postal(v)}"),
    "landet": ("SE_ADDRESS", _rural),
    "boxadr": ("SE_ADDRESS", lambda v: f"Box {v.random.randint(12, 4900)}, {_postal(v)}"),
    "matpunkt": ("SE_METERING_POINT_ID", _metering),
    "matpunkt_rak": ("SE_METERING_POINT_ID", lambda v: gs1("735999" + v.digits(11))),
    "matpunkt_bruten": ("SE_METERING_POINT_ID", _metering_torn),
    "iban_bank": ("IBAN_CODE", _iban),
    "iban_rak": ("IBAN_CODE", iban_number),
    "iban_ut": ("IBAN_CODE", lambda v: v.random.choice(_ABROAD)),
    "konto": ("SE_BANK_ACCOUNT", _account),
    "konto_utan_clearing": ("SE_BANK_ACCOUNT", lambda v: luhn(v.digits(8))),
    "skylt": ("SE_VEHICLE_REGISTRATION", _plate),
    "skylt_tat": ("SE_VEHICLE_REGISTRATION", lambda v: _plate(v).replace(" ", "").replace("-", "")),
    "skylt_liten": ("SE_VEHICLE_REGISTRATION", lambda v: _plate(v).lower()),
    "ip_v4": ("IP_ADDRESS", _ip),
    "ip_v6": ("IP_ADDRESS", _ip6),
    "orgnummer": ("SE_ORGANISATIONSNUMMER", _orgnr),
    "fastighet": ("SE_PROPERTY_DESIGNATION", _estate),
    "punkt": ("COORDINATES", _position),
}
"""Slot: the entity that it holds, and how to draw one."""

FILLERS: Mapping[str, Callable[[Values], str]] = {
    "namn": lambda v: f"{v.random.choice(_GIVEN)} {v.random.choice(_SURNAMES)}",
    "tilltal": lambda v: v.random.choice(_GIVEN),
    "efternamn": lambda v: v.random.choice(_SURNAMES),
    "firma": lambda v: v.random.choice(_FIRMS),
    "tatort": lambda v: v.random.choice(_TOWNS)[1],
    "vag": lambda v: v.random.choice(_STREETS),
    "d4": lambda v: v.digits(4),
    "d7": lambda v: v.digits(7),
    "d8": lambda v: v.digits(8),
    "d10": lambda v: v.digits(10),
    "d11": lambda v: v.digits(11),
    "clearing_fyra": lambda v: v.pick("8105", "8327", "8214", "8431"),
    "sex_fyra": _dashed(6, 4),
    "tre_fyra": _dashed(3, 4),
    "fyra_fyra": _dashed(4, 4),
    "moms_ut": _vat_abroad,
    "fingeravtryck": _fingerprint,
    "pod": lambda v: f"{v.hexes(9)}-{v.hexes(5)}",
    "rsk": lambda v: f"{v.digits(3)} {v.digits(2)} {v.digits(2)}",
    "issn": lambda v: f"{v.digits(4)}-{v.digits(4)}",
    "doi": lambda v: f"10.{v.digits(4)}/j.epsr.{v.moment():%Y}.{v.digits(6)}",
    "lei": lambda v: f"{v.digits(4)}00{v.hexes(12).upper()}{v.digits(2)}",
    "oid": lambda v: f"1.3.6.1.4.1.{v.digits(5)}.{v.digits(1)}.{v.digits(2)}.1",
    "manad": lambda v: v.pick("jan", "feb", "mars", "april", "sept", "okt", "nov", "dec"),
    "ar": lambda v: str(v.random.randint(2016, 2026)),
}
"""Slot that holds nobody's identifier: how to draw one."""

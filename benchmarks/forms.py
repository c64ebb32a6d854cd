"""More written forms and more entities than `values` draws, for the unseen templates.

Everything is made up: Skatteverket's test numbers, PTS' phones, example.se, card numbers and
foreign IBANs out of the issuers' handbooks, MAC addresses of the range for documentation.
Check digits are right where the name does not say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.values import Values, gs1, identities, luhn

PEOPLE = (
    "Gunilla Ekström", "Mohamed Ali Warsame", "Karl-Erik Bäckman", "Siv Törnqvist", "Ewa Nowak",
    "Tuva af Klint", "Jens Holmgren-Sundin", "Ingrid Mäki", "Ibrahim Yıldız", "Stina Brodd",
)  # fmt: skip
_ROADS = (
    "Vasagatan", "Nygatan", "Sjövägen", "Gamla Kustvägen", "Prästgränd", "Ljungstigen",
    "Stortorget", "Tallbacken", "Lindallén", "Hamnplan", "Skolvägen", "Mellangatan",
    "Bäckkroken", "Vindsvängen", "Hästskoringen", "Skogsrundan", "Hasselslingan", "Kyrkstråket",
    "Rådmansgången", "Sjöpromenaden", "Klockarbrinken", "Solhöjden", "Galgkullen", "Björkhagen",
    "Norra Strandgatan", "Mariatvären", "Ekliden", "Kung Oskars väg", "Sankt Persgatan",
    "Elsa Brändströms gata", "S:t Larsgatan",
    "Östra Vägen", "Drottning Kristinas väg", "Lillåvägen", "Södra Ringleden", "Skeppskajen",
)  # fmt: skip
_FARMS = ("Solbacka", "Norra Möckleby", "Stora Rör", "Högby Gård", "Västerslät")
PLACES = (
    ("352 30", "Växjö"), ("593 30", "Västervik"), ("271 30", "Ystad"), ("981 31", "Kiruna"),
    ("621 50", "Visby"), ("194 30", "Upplands Väsby"), ("831 30", "Östersund"),
    ("383 30", "Mönsterås"), ("386 30", "Färjestaden"), ("361 30", "Emmaboda"),
    ("591 30", "Motala"), ("114 55", "Stockholm"), ("413 01", "Göteborg"), ("572 60", "Oskarshamn"),
)  # fmt: skip
COMPANIES = (
    "Brf Sjöutsikten 2",
    "Tranås Rör & El AB",
    "Smålandsvind Ekonomisk förening",
    "HB Ladda",
)
_CARDS = (
    "4111111111111111", "5555555555554444", "4242424242424242", "4012888888881881",
    "5105105105105100", "2223003122003222",
)  # fmt: skip
_FOREIGN = (
    "DE89 3704 0044 0532 0130 00", "NO93 8601 1117 947", "FI21 1234 5600 0007 85",
    "DK50 0040 0440 1162 43", "GB29 NWBK 6016 1331 9268 19",
)  # fmt: skip
_ESTATES = ("Hossmo", "Ljungby", "Södra Ekeby", "Vickleby", "Äspered", "Rinkaby")
_MUNICIPALITIES = ("Kalmar", "Mörbylånga", "Växjö", "Torsås", "Göteborg", "Norrtälje")
_VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_WORTH = dict(zip(_VIN_LETTERS, "12345678123457923456789", strict=True))
LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ"


def _pnr(v: Values, numbers: tuple[str, ...], *, clear: bool) -> str:
    """An identity number, the common forms most often; clear: with separator or century."""
    n = v.random.choice(numbers)
    day, short, end = n[:8], n[2:8], n[8:]
    common = (f"{short}-{end}", f"{day}-{end}", n, f"{day} {end}", f"{short} {end}")
    rare = (
        f"{short}–{end}", f"{short}\u2011{end}", f"{short} - {end}", f"{day}\u00a0{end}",
        f"{n[:4]}-{n[4:6]}-{n[6:8]}-{end}", f"{n[:4]} {n[4:6]} {n[6:8]} {end}", f"{day}\u2212{end}",
    )  # fmt: skip
    weights = [30, 25, 20, 6, 6, *[1] * len(rare), 0 if clear else 13]
    return v.random.choices((*common, *rare, short + end), weights)[0]


def _old(v: Values) -> str:
    """A number of somebody past 100, written with a plus."""
    n = v.random.choice([n for n in identities()[0] if n < "1926"])
    return f"{n[2:8]}+{n[8:]}"


def _eaten(v: Values) -> str:
    """Ten digits whose leading zero a spreadsheet ate."""
    return v.random.choice([n for n in identities()[0] if "2001" <= n < "2010"])[3:]


def _broken(v: Values) -> str:
    """A number that a line break tore apart at its hyphen."""
    n = v.random.choice(identities()[0])
    return f"{n[:8]}-\n{n[8:]}"


def _interim(v: Values) -> str:
    """A T or TF number: a test number's date, no check digit."""
    n = v.random.choice(identities()[0])
    return f"{n[:8]}-{v.pick('T' + v.digits(3), 'T' + v.digits(3), 'TF' + v.digits(2))}"


def _mobile(v: Values) -> str:
    """One of PTS' mobile numbers; the last pair may differ only within 05-99."""
    p = f"{v.random.randint(5, 99):02}"
    common = (
        f"070-174 06 {p}", f"07017406{p}", f"0701-7406{p}", f"0701-74 06 {p}", f"+467017406{p}",
        f"+46 70 174 06 {p}", f"070-17406{p}", f"070 174 06 {p}", f"070 17 406 {p}",
    )  # fmt: skip
    rare = (
        f"+46 (0)70-174 06 {p}", f"+46(0)7017406{p}", f"0046 70 174 06 {p}", f"+4607017406{p}",
        f"070.174.06.{p}", f"+46-70-174 06 {p}", f"070\u00a0174\u00a006\u00a0{p}",
        f"070 - 174 06 {p}",
        f"070/17406{p}", f"070–174 06 {p}", f"004670 17406{p}", f"+46 701 74 06 {p}",
    )  # fmt: skip
    return v.random.choice(common if v.random.random() < 0.8 else rare)


def _fixed(v: Values) -> str:
    """One of PTS' fixed numbers."""
    p = f"{v.random.randint(0, 99):02}"
    common = (
        f"08-465 004 {p}", f"08-465004{p}", f"031-390 06 {p}", f"040-628 04 {p}",
        f"0980-3192{p}", f"040-62804{p}", f"031-39006{p}",
    )  # fmt: skip
    rare = (
        f"+46 8 465 004 {p}", f"+46 (0)8 465 004 {p}", f"(08) 465 004 {p}", f"08/465 004 {p}",
        f"+46 31-390 06 {p}", f"08 - 465 004 {p}", f"0046 40 628 04 {p}", f"0980 - 31 92 {p}",
    )  # fmt: skip
    return v.random.choice(common if v.random.random() < 0.7 else rare)


def _tel(v: Values) -> str:
    return _mobile(v) if v.random.random() < 0.75 else _fixed(v)


def _msisdn(v: Values) -> str:
    return f"467017406{v.random.randint(5, 99):02}"


def _mail(v: Values) -> str:
    """An address at example.se or a subdomain, plain ones most often."""
    given = v.pick("gunilla", "karl-erik", "siv", "ewa", "j.holmgren", "tuva_k", "stina", "m.a")
    last = v.pick("ekstrom", "backman", "tornqvist", "nowak", "brodd", "maki79")
    plain = f"{given}.{last}@{v.pick('example.se', 'example.se', 'brf.example.se')}"
    rare = (
        f"{given.title()}.{last.title()}@Example.SE", plain.upper(), f"{given}+el@example.se",
        f"{given}{v.digits(4)}@kund-mail.example.se", f"{last[0]}@example.se",
        "åsa.öhrn@example.se",
    )  # fmt: skip
    return plain if v.random.random() < 0.75 else v.random.choice(rare)


def _road(v: Values) -> str:
    """A street with its number, in three quarters nothing else."""
    n = str(v.random.randint(1, 148))
    more = ("A", " B", f"–{int(n) + 2}", f"-{int(n) + 2}", ", 2 tr", " nb", " 3 tr ög", " lgh 1101")
    if v.random.random() < 0.06:
        return f"{v.random.choice(_FARMS)} {v.random.randint(101, 420)}"
    plain = f"{v.random.choice(_ROADS)} {n}"
    return plain + (v.pick(*more, ", uppg. B", ", lgh 1302") if v.random.random() < 0.25 else "")


def _postal(v: Values) -> str:
    """Postcode and town."""
    code, town = v.random.choice(PLACES)
    near = code.replace(" ", "")
    return v.random.choices(
        (f"{code} {town}", f"{near} {town}", f"{code} {town.upper()}", f"SE-{code} {town}",
         f"S-{code} {town.upper()}", f"{code}  {town.upper()}", f"SE-{near} {town}"),
        (10, 5, 4, 2, 1, 1, 1),
    )[0]  # fmt: skip


def _whole(v: Values) -> str:
    return f"{_road(v)}{v.pick(', ', ', ', ', ', ' ', ' , ')}{_postal(v)}"


def _box(v: Values) -> str:
    return f"{v.pick('Box', 'Box', 'BOX', 'FE')} {v.digits(3)}, {_postal(v)}"


def _care_of(v: Values) -> str:
    return f"c/o {v.random.choice(PEOPLE)}, {_road(v)}, {_postal(v)}"


def _block(v: Values) -> str:
    return f"{_road(v)}\n{_postal(v)}"


def _segment_place(v: Values) -> str:
    """Town and postcode as PRODAT keeps them."""
    code, town = v.random.choice(PLACES)
    return f"{town}++{code.replace(' ', '')}"


def _gsrn(v: Values) -> str:
    """A metering point, seldom in groups."""
    n = gs1("735999" + v.digits(11))
    grouped = (
        f"{n[:6]} {n[6:9]} {n[9:17]} {n[17]}", " ".join(n[at : at + 4] for at in range(0, 18, 4)),
        " ".join(n[at : at + 3] for at in range(0, 18, 3)), f"{n[:6]}-{n[6:9]}-{n[9:]}",
    )  # fmt: skip
    return n if v.random.random() < 0.85 else v.random.choice(grouped)


def iban_number(v: Values) -> str:
    """A Swedish IBAN without spaces, check digits right."""
    account = v.pick("500", "600", "800", "120", "915") + v.digits(17)
    return f"SE{98 - int(account + '281400') % 97:02}{account}"


def _iban(v: Values) -> str:
    n = iban_number(v)
    grouped = " ".join(n[at : at + 4] for at in range(0, 24, 4))
    return v.random.choices(
        (grouped, n, grouped.replace(" ", "\u00a0"), grouped.lower()), (9, 9, 1, 1)
    )[0]


def _bankgiro(v: Values) -> str:
    n = luhn(v.digits(v.random.choice((6, 7, 7))))
    return f"{n[:-4]}-{n[-4:]}"


def _bankgiro_plain(v: Values) -> str:
    return luhn(v.digits(v.random.choice((6, 7, 7))))


def _plusgiro(v: Values) -> str:
    """Two to eight digits, pairs from the right."""
    n = luhn(v.digits(v.random.choice((5, 5, 6, 4, 7))))
    body = n[:-1]
    pairs: list[str] = []
    while body:
        pairs.insert(0, body[-2:])
        body = body[:-2]
    return f"{' '.join(pairs)}-{n[-1]}" if v.random.random() < 0.8 else f"{n[:-1]}-{n[-1]}"


def _account(v: Values) -> str:
    """Clearing number and account, the account's own check digit right."""
    if v.random.random() < 0.35:
        clearing = luhn(v.pick("8", "8") + v.digits(3))
        n = luhn(v.digits(v.random.choice((8, 9))))
        return v.pick(
            f"{clearing[:4]}-{clearing[4]}, {n[:-4]} {n[-4:]}", f"{clearing[:4]}-{clearing[4]} {n}",
            f"{clearing[:4]}-{clearing[4]},{n[:3]} {n[3:6]} {n[6:]}", f"{clearing}-{n}",
        )  # fmt: skip
    # Modulus 11 over the clearing number's last three digits and seven more.
    clearing = v.pick("1222", "1401", "3401", "5203", "5439", "9061", "9271", "1605")
    seven = v.digits(6)
    for last in "0123456789":
        number = clearing[1:] + seven + last
        if sum(int(d) * (10 - i) for i, d in enumerate(number)) % 11 == 0:
            seven += last
            break
    else:
        return _account(v)
    return v.pick(
        f"{clearing}-{seven}", f"{clearing} {seven}",
        f"{clearing} {seven[:2]} {seven[2:5]} {seven[5:]}",
        f"{clearing}, {seven}", f"{clearing}-{seven[:3]} {seven[3:]}", f"{clearing}{seven}",
        f"{clearing}-{seven[:2]} {seven[2:4]} {seven[4:]}",
    )  # fmt: skip


def _plate(v: Values) -> str:
    letters = "".join(v.random.choices(LETTERS, k=3))
    last = v.pick(*"0123456789") if v.random.random() < 0.6 else v.pick(*LETTERS)
    return f"{letters}{v.pick('', '', ' ')}{v.random.randint(0, 99):02}{last}"


def _ip(v: Values) -> str:
    net = v.pick("192.0.2", "198.51.100", "203.0.113", "10.8.0", "172.16.31", "192.168.1")
    return f"{net}.{v.random.randint(2, 254)}"


def _ip6(v: Values) -> str:
    """Of the range for documentation: short, full, capitals, an IPv4 inside."""
    a, b = v.hexes(4), v.hexes(4)
    return v.pick(
        f"2001:db8::{a}", f"2001:db8:{a}:{b}::1", f"2001:0db8:{a}:{b}:0000:8a2e:0370:7334",
        f"2001:DB8::{a.upper()}:{b.upper()}", f"::ffff:192.0.2.{v.random.randint(2, 254)}",
    )  # fmt: skip


def _orgnr(v: Values) -> str:
    """A made-up legal person's number, with hyphen most often."""
    n = luhn(v.pick("55", "55", "76", "80", "96", "21", "71") + v.pick(*"23456789") + v.digits(6))
    dashed = f"{n[:6]}-{n[6:]}"
    return v.random.choices(
        (dashed, n, f"16{n}", f"16{dashed}", f"{n[:6]} {n[6:]}", dashed.replace("-", "–")),
        (14, 3, 1, 1, 1, 1),
    )[0]


def _vin(v: Values) -> str:
    """Seventeen characters with the check digit of ISO 3779's American use."""
    head = v.pick("YV1", "WVW", "5YJ", "VF1", "TMB") + "".join(v.random.choices(_VIN_LETTERS, k=5))
    tail = v.pick(*"LMNPR") + v.pick(*"ABJK") + v.digits(6)
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    worth = (int(_VIN_WORTH.get(c, c)) for c in head + "0" + tail)
    rest = sum(w * x for w, x in zip(weights, worth, strict=True)) % 11
    return f"{head}{'X' if rest == 10 else rest}{tail}"


def _mac(v: Values) -> str:
    """Of the range for documentation, 00-00-5E-00-53."""
    last = v.hexes(2)
    return v.pick(
        f"00:00:5e:00:53:{last}", f"00:00:5E:00:53:{last.upper()}",
        f"00-00-5E-00-53-{last.upper()}",
        f"0000.5e00.53{last}",
    )  # fmt: skip


def _emaid(v: Values) -> str:
    who, number, end = v.pick("KEA", "EAB", "LAD"), f"C{v.digits(8)}", v.pick(*"0123456789XK")
    return v.pick(f"SE-{who}-{number}-{end}", f"SE{who}{number}{end}", f"SE*{who}*{number}*{end}")


def _card(v: Values) -> str:
    n = v.random.choice(_CARDS)
    return v.pick(n, " ".join(n[at : at + 4] for at in range(0, 16, 4)))


def _estate(v: Values) -> str:
    place = f"{v.random.choice(_MUNICIPALITIES)} {v.random.choice(_ESTATES)}"
    part = f"{v.random.randint(1, 48)}:{v.random.randint(1, 190)}"
    return v.random.choices((f"{place} {part}", f"{place} s:{v.random.randint(1, 9)}"), (12, 1))[0]


def _coordinates(v: Values) -> str:
    """A pair: WGS 84 most often, else SWEREF 99 TM."""
    lat, lon = v.random.uniform(55.4, 68.0), v.random.uniform(11.2, 23.5)
    north, east = v.random.randint(6_140_000, 7_500_000), v.random.randint(280_000, 900_000)
    return v.pick(
        f"{lat:.5f}, {lon:.5f}", f"{lat:.6f},{lon:.6f}", f"{lat:.4f} {lon:.4f}",
        f"N {north} E {east}", f"{north}, {east}",
    )  # fmt: skip


def _meter(v: Values) -> str:
    return v.pick(gs1("735999" + v.digits(9)), v.digits(8), v.digits(8), f"LGZ{v.digits(8)}")


def _cookie(v: Values) -> str:
    return f"GA1.{v.pick('1', '2')}.{v.digits(9)}.{int(v.moment().timestamp())}"


def _identity(*, clear: bool, kind: int = 0) -> Callable[[Values], str]:
    return lambda v: _pnr(v, identities()[kind], clear=clear)


LABELLED: Mapping[str, tuple[str, Callable[[Values], str]]] = {
    "pnr": ("SE_PERSONNUMMER", _identity(clear=False)),
    "pnr_clear": ("SE_PERSONNUMMER", _identity(clear=True)),
    "pnr_old": ("SE_PERSONNUMMER", _old),
    "pnr_eaten": ("SE_PERSONNUMMER", _eaten),
    "pnr_broken": ("SE_PERSONNUMMER", _broken),
    "interim": ("SE_PERSONNUMMER", _interim),
    "samordning": ("SE_SAMORDNINGSNUMMER", _identity(clear=True, kind=1)),
    "tel": ("PHONE_NUMBER", _tel),
    "mobile": ("PHONE_NUMBER", _mobile),
    "msisdn": ("PHONE_NUMBER", _msisdn),
    "mail": ("EMAIL_ADDRESS", _mail),
    "road": ("SE_ADDRESS", _road),
    "road_low": ("SE_ADDRESS", lambda v: f"{v.random.choice(_ROADS).lower()} {v.digits(2)}"),
    "road_caps": ("SE_ADDRESS", lambda v: f"{v.random.choice(_ROADS).upper()} {v.digits(2)}"),
    "postcode_town": ("SE_ADDRESS", _postal),
    "whole": ("SE_ADDRESS", _whole),
    "block": ("SE_ADDRESS", _block),
    "box": ("SE_ADDRESS", _box),
    "care_of": ("SE_ADDRESS", _care_of),
    "segment_place": ("SE_ADDRESS", _segment_place),
    "gsrn": ("SE_METERING_POINT_ID", _gsrn),
    "gsrn_plain": ("SE_METERING_POINT_ID", lambda v: gs1("735999" + v.digits(11))),
    "iban_se": ("IBAN_CODE", _iban),
    "iban_plain": ("IBAN_CODE", iban_number),
    "iban_foreign": ("IBAN_CODE", lambda v: v.random.choice(_FOREIGN)),
    "bg": ("SE_BANKGIRO", _bankgiro),
    "bg_plain": ("SE_BANKGIRO", _bankgiro_plain),
    "pg": ("SE_PLUSGIRO", _plusgiro),
    "account": ("SE_BANK_ACCOUNT", _account),
    "regnr": ("SE_VEHICLE_REGISTRATION", _plate),
    "regnr_low": ("SE_VEHICLE_REGISTRATION", lambda v: _plate(v).lower()),
    "ip4": ("IP_ADDRESS", _ip),
    "ip6": ("IP_ADDRESS", _ip6),
    "org": ("SE_ORGANISATIONSNUMMER", _orgnr),
    "vin": ("VIN", _vin),
    "mac": ("MAC_ADDRESS", _mac),
    "emaid": ("EMAID", _emaid),
    "card": ("CREDIT_CARD", _card),
    "passport": ("SE_PASSPORT", lambda v: v.pick(v.digits(8), f"AA{v.digits(7)}")),
    "estate": ("SE_PROPERTY_DESIGNATION", _estate),
    "flat": ("SE_APARTMENT_NUMBER", lambda v: f"1{v.pick(*'0123')}0{v.pick(*'1234')}"),
    "position": ("COORDINATES", _coordinates),
    "meter": ("SE_METER_NUMBER", _meter),
    "cookie": ("COOKIE_ID", _cookie),
}
"""Slot: the entity that it holds, and how to draw one."""

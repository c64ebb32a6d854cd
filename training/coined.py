"""Words that nobody has seen, made of syllables; tags, models and servers of technical text.

None of them is a person; the same chance draws the same word.
"""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


_ONSETS = _words(
    "b br d dr f fl fr g gl gr h j k kl kr kv l m n p pl pr r s sk sl sn sp st str sv t tr v vr z x"
)
_VOWELS = _words("a a a e e e i i i o o o u u y å ä ö io ia")
_CODAS = ["", "", "", "", *_words("l m n r s t x k rk nd nt rs ld lv ms")]
_BRANDS = _words(
    "a o ia io ix ex on um us is era ora ano ico ivo ent ert ity ify ly sys tec trix lux vex nova"
)
_SWEDISH = _words(
    "sta torp by ryd hult fors näs vik arp inge boda måla tuna sele träsk mark ås ered hyttan erud"
)
_PARTS = _words(
    "Kund Mät Last Avtal Faktura Anläggning Nät Pris Timme Serie Import Export Last Zon Order Logg "
    "Meter Reading Grid Load Invoice Billing Customer Contract Event Queue Cache Token Session Job "
    "Parser Mapper Handler Service Factory Repository Controller Client Server Listener Adapter "
    "Rule Exception Builder Provider Manager Config Batch Report Sync Async Base Http Json Xml Edi"
)
_UNITS = _words(
    "kWh MWh GWh kW MW kVA MVA kV V A mA Hz °C % bar mm m kg l/s rpm ms s dB kvar öre/kWh mm2 Ω ppm"
)


def syllables(random: Random) -> str:
    """Letters that can be said, in no language."""
    made = ""
    for _ in range(random.choice((1, 1, 2, 2, 2))):
        made += random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
    return made


def word(random: Random) -> str:
    """A coined name, with a capital: a brand, a firm, a system."""
    made = syllables(random)
    if len(made) < 6 and random.random() < 0.7:
        made = made.rstrip("aeiouyåäö") + random.choice(_BRANDS)
    if len(made) < 4:
        made += syllables(random)
    return made[0].upper() + made[1:]


def place(random: Random) -> str:
    """A coined name of a place, a farm or a plot."""
    made = random.choice(_ONSETS[:-2]) + random.choice(_VOWELS) + random.choice(_CODAS)
    if random.random() < 0.3:
        made += "e" + random.choice("lnr")
    end = random.choice(_SWEDISH)
    made = made.rstrip("aeiouyåäö") + end if end[0] in "aeioå" else made + end
    return made[0].upper() + made[1:]


def camel(random: Random) -> str:
    """`MeterReadingHandler`, `kundOrderMapper`, `load_zone`."""
    parts = [random.choice(_PARTS) for _ in range(random.choice((2, 2, 3)))]
    if random.random() < 0.2:
        parts[0] = word(random)
    chance = random.random()
    if chance < 0.6:
        return "".join(parts)
    if chance < 0.8:
        return parts[0].lower() + "".join(parts[1:])
    joined = "_".join(parts)
    return joined.lower() if chance < 0.92 else joined.upper()


def tag(random: Random) -> str:
    """A tag of a control system."""
    number, small = random.randint(1, 999), random.randint(1, 24)
    letters = "".join(random.choices("ABCDEFGHKLMPQRSTUVXY", k=2))
    return random.choice(
        (
            f"={letters[0]}{small:02}-{letters}{number}",
            f"{letters}{small}_{number}_{random.choice(('PV', 'SP', 'MV', 'OUT', 'LARM'))}",
            f"{number:03}-{letters}-{small:02}",
            f"{small}{letters}B{small:02}AA{number:03}",
            f"{letters}{number}.{random.choice(('U', 'I', 'P', 'Q', 'f', 'T'))}{small}",
            f"{random.choice(('TRF', 'BRY', 'FRK', 'GEN', 'PMP', 'VENT'))}{small}{letters[0]}",
        )
    )


def model(random: Random) -> str:
    """A model's letters and digits."""
    letters = "".join(random.choices("ABCDEFGHKLMNPRSTVX", k=random.choice((1, 2, 3))))
    number = random.choice((random.randint(10, 99), random.randint(1, 98) * 10, 615, 670, 2000))
    tail = random.choice(("", "", "", "-A", "i", "+", " Pro", "/2", f"-{number}", " Plus", " S"))
    return f"{letters}{random.choice(('', '', '-', ' '))}{number}{tail}"


def version(random: Random) -> str:
    """A version of a program."""
    parts = [str(random.randint(0, 24)) for _ in range(random.choice((2, 3, 3)))]
    return (
        random.choice(("", "", "v")) + ".".join(parts) + random.choice(("", "", "", "-rc1", "b2"))
    )


def address(random: Random) -> str:
    """A register or an address in memory."""
    return random.choice((f"0x{random.randrange(1 << 16):04X}", str(random.randint(30001, 49999))))


def server(random: Random) -> str:
    """A computer's name."""
    name = syllables(random)
    ending = f"{random.randint(1, 20):02}"
    return random.choice(
        (
            f"srv-{name}-{ending}",
            f"{name}{ending}",
            f"SE{name[:4].upper()}{ending}",
            f"{name}.intern",
        )
    )


def letters(random: Random) -> str:
    """An abbreviation."""
    return "".join(random.choices("ABCDEFGHIKLMNOPRSTUVX", k=random.choice((2, 3, 3, 4))))


def measure(random: Random) -> str:
    """A number with its unit."""
    number = random.choice(
        (str(random.randint(1, 999)), f"{random.randint(0, 99)},{random.randint(0, 9)}")
    )
    return f"{number} {random.choice(_UNITS)}"

"""Made-up people of other countries, for the sample databases, with fictitious telephones."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from functools import cache

from benchmarks.values import Values

_GIVEN = (
    "Helen", "Marcus", "Claire", "Julien", "Petra", "Stefan", "Luisa", "Rafael", "Grace", "Owen",
    "Nora", "Thomas", "Ines", "Victor", "Alice", "Desmond", "Ruth", "Emily", "Walter", "Chloe",
)  # fmt: skip
_FAMILIES = (
    "Harper", "Delacroix", "Brandt", "Moreira", "Whitfield", "Keller", "Fontaine", "Barros",
    "Langley", "Osborne", "Reinhardt", "Pereira", "Marchand", "Ellison", "Vogel", "Tremblay",
)  # fmt: skip
_PLACES = (
    ("Portland", "OR", "USA", "972##", "## Juniper Street", "+1 (503) 555-01##"),
    ("Boston", "MA", "USA", "021##", "### Harbor Avenue", "+1 (617) 555-01##"),
    ("Toronto", "ON", "Canada", "M5V 2T#", "### Maple Road", "+1 (416) 555-01##"),
    ("Montréal", "QC", "Canada", "H2X 1Y#", "## rue des Lilas", "+1 (514) 555-01##"),
    ("London", None, "United Kingdom", "N1 #XX", "## Mill Lane", "+44 20 7946 0#5#"),
    ("Lyon", None, "France", "6900#", "#, rue du Canal", "+33 1 99 00 ## 1#"),
    ("Paris", None, "France", "7501#", "##, avenue des Tilleuls", "+33 1 99 00 ## 4#"),
    ("Berlin", None, "Germany", "101##", "Lindenweg ##", "+49 30 23125 ###"),
    ("Köln", None, "Germany", "506##", "Am Hafen #", "+49 221 4710 ###"),
    ("São Paulo", "SP", "Brazil", "0131#-100", "Rua das Acácias, ###", "+55 (11) 5555-01##"),
    ("Lisbon", None, "Portugal", "1200-#1#", "Rua do Moinho ##", "+351 21 555 01 ##"),
    ("Göteborg", None, "Sweden", "411 0#", "Vallgatan ##", "+46 31-390 06 ##"),
)
_FIRMS = (
    "Harbor Foods", "Moinho Mercearia", "Fromagerie du Canal", "Lindenhof Feinkost", "Juniper Deli",
    "Maple Market", "Vallgatans Livs", "Acácias Restaurante", "Mill Lane Grocers",
    "Tilleuls Traiteur",
)  # fmt: skip


@cache
def foreigners(seed: int) -> tuple[Mapping[str, str | datetime.date | None], ...]:
    """Two hundred people, each with name, home, telephone and employer."""
    values = Values(random.Random(f"abroad {seed}"))
    return tuple(_somebody(values, place) for place in range(200))


def _somebody(values: Values, place: int) -> Mapping[str, str | datetime.date | None]:
    given, family = values.pick(*_GIVEN), values.pick(*_FAMILIES)
    town, region, country, postcode, street, phone = values.random.choice(_PLACES)
    firm = values.pick(*_FIRMS)
    born = datetime.date(1948, 1, 1) + datetime.timedelta(values.random.randrange(19_000))
    return {
        "given": given,
        "family": family,
        "name": f"{given} {family}",
        "FIRST": given.upper(),
        "LAST": family.upper(),
        "email": f"{given}.{family}{place}@example.com".lower(),
        "courtesy": values.pick("Mr.", "Ms.", "Mrs.", "Dr."),
        "birth": born,
        "town": town,
        "region": region,
        "country": country,
        "postcode": _filled(values, postcode),
        "street": _filled(values, street),
        "phone": _filled(values, phone),
        "fax": _filled(values, phone),
        "firm": firm,
        "code": f"{firm[:3]}{place:02}".upper().replace(" ", "")[:5],
    }


def _filled(values: Values, form: str) -> str:
    return "".join(values.pick(*"123456789") if sign == "#" else sign for sign in form)

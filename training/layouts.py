"""Texts whose layout repeats: tables, records, lists, rosters, threads, as templates to be filled.

Columns, separators and headings are drawn once for a text, so that one maker gives thousands of
layouts. The slots are those of the templates. Each maker has a twin that names no person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Column:
    """A column: its headings, and the slots of its cells, one of which all rows use."""

    headings: tuple[str, ...]
    cells: tuple[str, ...]


def _column(headings: str, cells: str) -> Column:
    return Column(tuple(headings.split(", ")), tuple(cells.split(" § ")))


_WHOLE = _column(
    "Namn, Kund, Kundnamn, Anställd, Innehavare, Handläggare, Ansvarig, Kontakt, Kontaktperson, "
    "Deltagare, Resurs, Montör, Ägare, namn, name, customer_name, Säljare, Attestant, Chef, "
    "NAMN, Name, FullName, Beställare, Signatur, Utförare, kontakt, owner, assignee",
    "{P} § {PF} § {R} § {R} § {T} § {W} § {V} § {I} § {Q} § {A}",
)
_GIVEN = _column("Förnamn, fornamn, FirstName, Tilltalsnamn, FNAMN, first_name", "{F} § {F} {F}")
_SURNAME = _column("Efternamn, efternamn, LastName, ENAMN, last_name", "{E} § {E} § {E} {E}")
_SHORT = _column(
    "Namn, Vem, Ansvarig, Jour, Sign, Tekniker, Montör, Bemanning, Kollega, Vikarie, Ringt av",
    "{F} § {N} § {K} § {E} § {Q}",
)
_VALUES = tuple(
    _column(*each)
    for each in (
        ("Kundnr, Kund-id, id, Nr, Anst.nr, KUNDNR, Ärende", "{nr}"),
        ("Ort, Postort, City, ORT, Placering", "{ort} § {trakt}"),
        ("Adress, Gatuadress, ADRESS, Address", "{gata} {n} § {pgata} {n} § {gata} {n}, {ort}"),
        ("Telefon, Tel, Mobil, phone, TEL", "{tel}"),
        ("Personnr, Pnr, PERSONNUMMER", "{pnr}"),
        ("Avtal, Produkt, Elavtal, Tjänst", "{produkt} § {elavtal} § {utrustning}"),
        ("Avdelning, Enhet, Grupp, Team, Org", "{avdelning} § {enhetsnamn}"),
        ("Företag, Bolag, Leverantör, Entreprenör, Kund", "{bolag} § {ägarfirma} § {ägarform}"),
        ("Datum, Fr.o.m., Skapad, date", "{dat}"),
        ("Roll, Titel, Befattning, Funktion", "{yrke} § {roll}"),
        ("Mätare, Anläggning, Mätpunkt", "{nr} § 735999{nr}"),
        ("Status, Läge", "Klar § Pågår § Aktiv § Ny § Vilande § OK § Väntar"),
        ("Objekt, Station, Nätstation, Utrustning", "{apparat} § {döpt} § {utrustning} § {tagg}"),
        ("Anmärkning, Notering, Kommentar", "{gjort} § {fel} § -"),
        ("E-post, Mejl, mail", "{mejl}"),
        ("Belopp, Timmar, Antal, kWh", "{n} § {tal} § {nr}"),
    )
)
_THINGS = tuple(
    _column(*each)
    for each in (
        ("Namn, Kund, Kundnamn, Ägare, Kontakt", "{ägarform} § {bolag} § {bostad} § {firma}"),
        ("Namn, Ansvarig, Handläggare, Enhet, Grupp", "{enhetsnamn} § {avdelning} § {yrke}"),
        ("Namn, Station, Objekt, Resurs, Rum", "{döpt} § {kvarter} § {apparat} § {by}"),
        ("Namn, Produkt, Avtal, Artikel", "{elavtal} § {utrustning} § {produkt} § {märke} {mod}"),
        ("Namn, Plats, Ort, Område", "{by} § {trakt} § {pgata} § {ort} § {park}"),
        ("Namn, System, Server, Projekt", "{ord} § {verktyg} § {server} § {döpt}"),
    )
)
_SIGNS = (";", ";", ",", "\t", "\t", " | ", "|", "   ", "  ", " - ", " – ", ", ", " ; ")


def table(random: Random) -> str:
    """Rows of cells, a person in each, now and then a firm in a person's place."""
    return _table(random, _persons(random), "{ägarform}")


def plain_table(random: Random) -> str:
    """Rows of cells without a person, under headings that persons have too."""
    return _table(random, random.sample(_THINGS, random.choice((1, 1, 2))), "Vakant")


def records(random: Random) -> str:
    """Objects of JSON, XML, YAML or lines of fields, each with a person."""
    return _records(random, _persons(random))


def plain_records(random: Random) -> str:
    """The same without a person."""
    return _records(random, random.sample(_THINGS, 1))


def roster(random: Random) -> str:
    """Who does what and when: shifts, teams, invited, absent."""
    return _roster(random, random.choice(_SHORT.cells + _WHOLE.cells))


def plain_roster(random: Random) -> str:
    """The same for units, stations, firms."""
    return _roster(random, random.choice(random.choice(_THINGS).cells))


def thread(random: Random) -> str:
    """Messages of two persons: mail with its head, chat with times, a transcript."""
    return _thread(random, "{Q1}", "{N2}")


def plain_thread(random: Random) -> str:
    """Messages between a unit and a system."""
    return _thread(random, random.choice(("Agent", "{enhetsnamn1}", "{ord}")), "Kund")


def _persons(random: Random) -> list[Column]:
    chance = random.random()
    if chance < 0.25:
        pair = [_GIVEN, _SURNAME]
        return pair if random.random() < 0.6 else pair[::-1]
    if chance < 0.45:
        return [_SHORT]
    return [_WHOLE, _SHORT] if chance < 0.52 else [_WHOLE]


def _table(random: Random, named: Sequence[Column], other: str) -> str:
    own = [(random.choice(column.headings), random.choice(column.cells)) for column in named]
    values = random.sample(_VALUES, random.choice((0, 1, 1, 2, 2, 3, 4)))
    drawn = [(random.choice(column.headings), column.cells) for column in values]
    at = random.randint(0, len(drawn))
    sign, quote = random.choice(_SIGNS), random.choice(("", "", "", '"'))
    if not sign.strip() and len(own) > 1:
        sign = ";"  # a given name and a surname with but a blank between are one name
    headings = [head for head, _ in drawn]
    headings[at:at] = [head for head, _ in own]
    rows = [sign.join(headings)] if random.random() < 0.5 else []
    for number in range(random.choice((1, 1, 2, 3, 3, 4, 6))):
        swaps = 0.07 if number else 0.0
        cells = [random.choice(choice) for _, choice in drawn]
        cells[at:at] = [other if random.random() < swaps else cell for _, cell in own]
        if sign == "," and not quote:
            cells = [cell.replace("{R}", "{PF}") for cell in cells]
        rows.append(sign.join(f"{quote}{cell}{quote}" for cell in cells))
    return "\n".join(rows)


def _records(random: Random, named: Sequence[Column]) -> str:
    columns = [*named, *random.sample(_VALUES, random.choice((0, 1, 2, 3)))]
    fields = [(random.choice(each.headings), random.choice(each.cells)) for each in columns]
    if random.random() < 0.4:
        random.shuffle(fields)
    count = random.choice((1, 1, 1, 2, 3))
    return "\n".join([random.choice(_FORMATS)(fields)] * count)


_Fields = Sequence[tuple[str, str]]
_FORMATS: tuple[Callable[[_Fields], str], ...] = (
    lambda fields: "{" + ", ".join(f'"{key}": "{cell}"' for key, cell in fields) + "}",
    lambda fields: "{" + ",".join(f'"{key}":"{cell}"' for key, cell in fields) + "}",
    lambda fields: "{\n" + ",\n".join(f'  "{key}": "{cell}"' for key, cell in fields) + "\n}",
    lambda fields: "".join(f"<{_tag(key)}>{cell}</{_tag(key)}>" for key, cell in fields),
    lambda fields: "<rad " + " ".join(f'{_tag(key)}="{cell}"' for key, cell in fields) + "/>",
    lambda fields: "\n".join(f"{key}: {cell}" for key, cell in fields),
    lambda fields: "\n".join(f"{key}:\t{cell}" for key, cell in fields),
    lambda fields: "\n".join(f"{key} {cell}" for key, cell in fields),
    lambda fields: "\n".join(f"{key.upper()}\n{cell}" for key, cell in fields),
    lambda fields: "- " + "\n  ".join(f"{_tag(key)}: {cell}" for key, cell in fields),
    lambda fields: " ".join(f"{_tag(key)}={cell}" for key, cell in fields),
    lambda fields: "{dat} {kl} INFO " + ", ".join(f"{_tag(key)}='{cell}'" for key, cell in fields),
    lambda fields: "  ".join(f"{key}: {cell}" for key, cell in fields),
    lambda fields: "<tr>" + "".join(f"<td>{cell}</td>" for _, cell in fields) + "</tr>",
    lambda fields: "; ".join(f"{key} {cell}" for key, cell in fields),
)


def _tag(heading: str) -> str:
    return heading.replace(" ", "_").replace(".", "")


_TIMES = (
    ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    ("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag"),
    ("v 27", "v 28", "v 29", "v 30", "v 31"),
    ("Dag", "Kväll", "Natt"),
    ("07-16", "14-22", "22-07"),
    ("FM", "EM", "KV"),
    ("Jour 1", "Jour 2", "Bakjour"),
    ("Bil 1", "Bil 2", "Bil 3"),
    ("Lag A", "Lag B", "Lag C"),
    ("Norr", "Söder", "Öster", "Väster"),
    ("Frånvarande", "Sjuka", "Semester", "Vab"),
    ("Närvarande", "Justerare", "Ordförande", "Sekreterare"),
    ("1.", "2.", "3.", "4."),
    ("-", "-", "-", "-"),
    ("•", "•", "•"),
)
_DUTIES = (
    "",
    "",
    "",
    " ({avdelning})",
    " {kl}",
    ", {ort}",
    " - {sak}",
    ": {gjort}",
    " {tel}",
    " ?",
)


def _roster(random: Random, cell: str) -> str:
    times, duty = random.choice(_TIMES), random.choice(_DUTIES)
    some = cell if len(times[0]) < 3 else random.choice((cell, cell, f"{cell}, {cell}"))
    some = random.choice((some, some, f"{cell}/{cell}", f"{cell} + {cell}", f"{cell} & {cell}"))
    sign = " " if len(times[0]) < 3 else random.choice((": ", " ", ":", "\t", " – ", " = "))
    lines = [f"{time}{sign}{some}{duty}" for time in times[: random.randint(2, len(times))]]
    head = random.choice(("", "", "{^sak}\n", "Jourlista\n", "SCHEMA V {n}\n", "{enhetsnamn}\n"))
    return head + random.choice(("\n", "\n", "; ")).join(lines)


def _thread(random: Random, first: str, second: str) -> str:
    between = random.choice((": ", ": ", " skrev: ", "> ", " - ", ":\n", " {kl}\n", " ({kl}): "))
    before = random.choice(("", "", "{kl} ", "{dat} {kl} ", "* "))
    says = ("{prat}", "{prat}", "{fråga}?", "{^gjort}.", "ok", "tack {0}!", "Hej {0}, {prat}")
    lines = []
    for turn in range(random.choice((1, 2, 2, 3, 4))):
        speaker, other = (first, second) if turn % 2 == 0 else (second, first)
        words = random.choice(says).replace("{0}", other)
        lines.append(f"{before}{speaker}{between}{words}")
    return "\n".join(lines)


MAKERS: Mapping[str, Callable[[Random], str]] = {
    "tabell": table,
    "sakrader": plain_table,
    "poster": records,
    "sakposter": plain_records,
    "schema": roster,
    "sakschema": plain_roster,
    "tråd": thread,
    "saktråd": plain_thread,
}
"""Slots that stand for a layout."""

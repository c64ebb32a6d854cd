"""Texts and tables on the share: contracts, lists, exports, marketing, and the grid's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random

from scanner.demo.artefact import Artefact, Contents, text_contents
from scanner.demo.company import Company, Customer
from scanner.demo.database import consumption, customer_table, identity_cell
from scanner.demo.people import data
from scanner.demo.table import Column, Row, Table, to_csv, to_xlsx, xlsx_contents

CONTRACTS = 36
LISTS = ("Kalmar", "Nybro", "Borgholm", "Oskarshamn", "Växjö", "Karlskrona")
NAME = Column("Namn", ("PERSON",))
PHONE = Column("Telefon", ("PHONE_NUMBER",))
EMAIL = Column("E-post", ("EMAIL_ADDRESS",))


def artefacts(company: Company) -> Iterator[Artefact]:
    """Everything on the share that somebody wrote or exported."""
    yield from _contracts(company)
    yield from _templates()
    yield from _lists(company)
    yield from _exports(company)
    yield from _marketing(company)
    yield _staff(company)
    yield from _operations(company)


def contract(company: Company, customer: Customer) -> tuple[str, Contents]:
    """A contract's text and the truth about it."""
    person, deal, spouse = customer.person, customer.contract, customer.spouse
    fields = {
        "namn": person.name,
        "personnummer": person.written_identity(),
        "adress": person.address.line(),
        "telefon": person.phone,
        "epost": person.email,
        "kundnummer": customer.number,
        "anlaggning": deal.meter,
        "form": deal.form,
        "omrade": person.address.area,
        "start": deal.start.isoformat(),
        "slut": deal.end.isoformat() if deal.end else "tills vidare",
        "medsokande": f"{spouse.name}, {spouse.written_identity()}" if spouse else "ingen",
        "bolag": company.name,
        "orgnr": company.orgnr,
    }
    entities = [person.identity_entity, "PERSON", "SE_ADDRESS", "PHONE_NUMBER", "EMAIL_ADDRESS"]
    entities += ["CUSTOMER_NUMBER", "SE_METERING_POINT_ID", "CONTRACT"]
    people = [person.id]
    if spouse:
        people.append(spouse.id)
        entities.append(spouse.identity_entity)
    text = data("texts")["contract"].format(**fields)
    found = tuple(dict.fromkeys(entities))
    return text, text_contents(found, tuple(people), allowed=("SE_ORGANISATIONSNUMMER",))


def customer_list(name: str, customers: Sequence[Customer]) -> Table:
    """Customers with number, name and telephone."""
    columns = (Column("kundnr", ("CUSTOMER_NUMBER",)), NAME, PHONE)
    rows: list[tuple[str, Row]] = [
        (c.person.id, (c.number, c.person.name, c.person.phone)) for c in customers
    ]
    return customer_table(name, columns, rows)


def hourly(company: Company, chance: Random, customers: Sequence[Customer], hours: int) -> Table:
    """Metered values of some customers as analysts export them."""
    columns = (
        Column("aID", ("SE_METERING_POINT_ID",)),
        Column("TIDPUNKT", allowed=("ELECTRICITY_CONSUMPTION",)),
        Column("FORBRUKNING_KWH", ("ELECTRICITY_CONSUMPTION",)),
    )
    start = datetime.combine(company.day(30), time())
    rows: list[tuple[str, Row]] = []
    for customer in customers:
        for hour, kwh in enumerate(consumption(chance, customer, hours)):
            moment = f"{start + timedelta(hours=hour):%Y-%m-%d %H:%M}"
            rows.append((customer.person.id, (customer.contract.meter, moment, kwh)))
    return customer_table("timvarden", columns, rows)


def _contracts(company: Company) -> Iterator[Artefact]:
    family = [customer for customer in company.customers if customer.spouse]
    others = [customer for customer in company.customers if not customer.spouse]
    chosen = family[:4] + company.random("contracts").sample(others, CONTRACTS - 4)
    for index, customer in enumerate(chosen):
        text, truth = contract(company, customer)
        encoding = ("utf-8", "cp1252", "utf-8-sig")[index % 3]
        deal = customer.contract
        key = f"Avtal/{deal.start.year}/Elavtal {deal.number}.txt"
        yield Artefact(key, text.encode(encoding), truth)
    customer = family[4]
    spouse = customer.spouse or customer.person
    fields = {
        "namn": customer.person.name,
        "personnummer": customer.person.written_identity(),
        "ombud": spouse.name,
        "ombudsnummer": spouse.written_identity(),
        "adress": spouse.address.line(),
        "datum": company.day(190).isoformat(),
    }
    text = data("texts")["power_of_attorney"].format(**fields)
    kinds = {customer.person.identity_entity, spouse.identity_entity}
    truth = text_contents(("PERSON", "SE_ADDRESS", *sorted(kinds)), (customer.person.id, spouse.id))
    yield Artefact("Avtal/Fullmakter/Fullmakt 26-0117.txt", text.encode(), truth)


def _templates() -> Iterator[Artefact]:
    for name, text in data("texts")["templates"].items():
        yield Artefact(f"Avtal/Mallar/{name}.txt", text.encode())


def _lists(company: Company) -> Iterator[Artefact]:
    for index, town in enumerate(LISTS):
        there = [c for c in company.customers if c.person.address.town == town]
        sheets = (_addresses(f"Kunder {town}", there), _prices())
        key = f"Kundlistor/Kundlista {town}{' (kopia)' * (index % 3 == 1)}.xlsx"
        yield Artefact(key, to_xlsx(*sheets), xlsx_contents(*sheets))


def _addresses(name: str, customers: Sequence[Customer]) -> Table:
    columns = (
        Column("Kundnr", ("CUSTOMER_NUMBER",)),
        NAME,
        Column("Personnummer"),
        Column("Gatuadress", ("SE_ADDRESS",)),
        Column("Postnr", ("SE_ADDRESS",)),
        Column("Ort", ("SE_ADDRESS",)),
        PHONE,
        EMAIL,
    )
    rows: list[tuple[str, Row]] = []
    for c in customers:
        p, home = c.person, c.person.address
        number = identity_cell(p)
        row = (c.number, p.name, number, home.street, home.postcode, home.town, p.phone, p.email)
        rows.append((p.id, row))
    return customer_table(name, columns, rows)


def _prices() -> Table:
    columns = (Column("Avtalsform"), Column("Månadsavgift kr"), Column("Påslag öre/kWh"))
    rows: tuple[Row, ...] = (("Rörligt pris", 49, 6.9), ("Timpris", 39, 5.5), ("Fast pris", 0, 9.9))
    return Table("Prislista", columns, rows, (None,) * len(rows))


def _exports(company: Company) -> Iterator[Artefact]:
    chance = company.random("exports")
    for index in range(10):
        some = chance.sample(company.customers, 5)
        table = hourly(company, chance, some, 48)
        key = f"Export/Export_timvärden_{company.day(30 * index)}.csv"
        yield Artefact(key, to_csv(table, encoding="cp1252"), table.contents())


def _marketing(company: Company) -> Iterator[Artefact]:
    chance = company.random("marketing")
    columns = (
        Column("namn", ("PERSON",)),
        Column("epost", ("EMAIL_ADDRESS",)),
        Column("telefon", ("PHONE_NUMBER",)),
        Column("betalhistorik", ("PAYMENT_HISTORY",)),
    )
    habits = ["betalar i tid", "betalar i tid", "sen betalning 1 gång", "sen betalning 2 ggr"]
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        if customer.consent == "ja" and chance.random() < 0.6:
            p = customer.person
            rows.append((p.id, (p.name, p.email, p.phone, chance.choice(habits))))
    table = customer_table("utskick", columns, rows)
    yield Artefact("Marknad/utskick_2026.csv", to_csv(table, encoding="cp1252"), table.contents())
    for name, text in data("texts")["marketing"].items():
        yield Artefact(f"Marknad/{name}.txt", text.encode("cp1252"))


def _staff(company: Company) -> Artefact:
    columns = (Column("Anstnr", ("EMPLOYEE_RECORD",)), NAME, PHONE, EMAIL)
    rows: list[tuple[str, Row]] = [
        (p.id, (str(7001 + index), p.name, p.phone, p.email))
        for index, p in enumerate(company.staff)
    ]
    table = customer_table("Anställda", columns, rows)
    return Artefact("Personal/Telefonlista.xlsx", to_xlsx(table), xlsx_contents(table))


def _operations(company: Company) -> Iterator[Artefact]:
    chance = company.random("operations")
    lines = data("texts")["log_lines"]
    for index in range(12):
        day = company.day(index * 3)
        log = (
            f"{day} {hour:02}:{chance.randint(0, 59):02} {chance.choice(lines)}\n"
            for hour in range(24)
        )
        yield Artefact(f"Drift/Logg/driftlogg {day}.log", "".join(log).encode())
    for name, text in data("texts")["operations"].items():
        yield Artefact(f"Drift/{name}.txt", text.encode())
    start = datetime.combine(company.day(7), time())
    hours = [f"{start + timedelta(hours=hour):%Y-%m-%d %H:%M}" for hour in range(72)]
    losses = tuple(
        (area, hour, round(chance.uniform(2, 40), 1)) for area in ("KLM", "NYB") for hour in hours
    )
    names = (Column("OMRADE"), Column("TIDPUNKT"), Column("NATFORLUST_MWH"))
    grid = Table("natforluster", names, losses, (None,) * len(losses))
    yield Artefact("Drift/Nätförluster per område.csv", to_csv(grid, encoding="cp1252"))
    prices = tuple((hour, round(chance.uniform(2, 190), 2)) for hour in hours)
    spot = Table("spot", (Column("TIMME"), Column("ORE_PER_KWH")), prices, (None,) * len(prices))
    yield Artefact("Drift/Spotpriser SE4.csv", to_csv(spot))
    yield Artefact("Drift/Tariffer 2026.xlsx", to_xlsx(_tariffs()))


def _tariffs() -> Table:
    columns = (Column("Säkring"), Column("Fast avgift kr/år"), Column("Överföring öre/kWh"))
    rows: tuple[Row, ...] = (("16 A", 2140, 28.5), ("20 A", 3380, 28.5), ("25 A", 4490, 28.5))
    return Table("Tariffer", columns, rows, (None,) * len(rows))

"""The customer and billing database: tables with personal data, and tables that only look so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from scanner.demo.artefact import Contents
from scanner.demo.company import Company, Customer, organisation_number
from scanner.demo.numbers import is_identity_shaped, luhn_digit
from scanner.demo.people import Person, data
from scanner.demo.table import Cell, Column, Row, Table

HOURS = 5 * 24
VIEW = "kundoversikt"
VIEW_SQL = """
CREATE VIEW kundoversikt AS
SELECT k.kundnr, k.fornamn || ' ' || k.efternamn AS kundnamn, k.ort, a.anlaggnings_id,
  a.avtalsform
FROM customers k JOIN contracts a ON a.kundnr = k.kundnr
WHERE a.slutdatum IS NULL ORDER BY k.kundnr
"""
CUSTOMER_NUMBER = Column("kundnr", ("CUSTOMER_NUMBER",))
METER = Column("anlaggnings_id", ("SE_METERING_POINT_ID",))


def resources(company: Company) -> Iterator[tuple[str, Contents]]:
    """Every table and view with personal data in it or not: its key and the truth about it."""
    for table in tables(company):
        yield f"main.{table.name}", table.contents()
    yield f"main.{VIEW}", _view(company).contents()


def write(company: Company, path: Path) -> None:
    """Write the database as a SQLite file; the same company gives the same bytes."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables(company):
            names = ", ".join(column.name for column in table.columns)
            marks = ", ".join("?" for _ in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({names})")
            connection.executemany(
                f"INSERT INTO {table.name} VALUES ({marks})",  # noqa: S608 (our own names)
                table.values(),
            )
        connection.execute(VIEW_SQL)


def tables(company: Company) -> Iterator[Table]:
    """All tables, those with personal data first."""
    yield _customers(company)
    yield _contracts(company)
    yield _meter_readings(company)
    yield _invoices(company)
    yield _payouts(company)
    yield notes(company)
    yield _charging(company)
    yield _suppliers(company)
    yield _spot_prices(company)
    yield from _trade()


def identity_cell(person: Person) -> Cell:
    """The person's identity number, in a column of both kinds."""
    return Cell(person.identity, (person.identity_entity,))


def customer_table(name: str, columns: tuple[Column, ...], pairs: list[tuple[str, Row]]) -> Table:
    """A table whose rows belong to the persons of the given ids."""
    return Table(name, columns, tuple(row for _, row in pairs), tuple(who for who, _ in pairs))


def _customers(company: Company) -> Table:
    columns = (
        CUSTOMER_NUMBER,
        Column("personnr"),
        Column("fornamn", ("PERSON",)),
        Column("efternamn", ("PERSON",)),
        Column("gatuadress", ("SE_ADDRESS",)),
        Column("postnr", ("SE_ADDRESS",)),
        Column("ort", ("SE_ADDRESS",)),
        Column("telefon", ("PHONE_NUMBER",)),
        Column("epost", ("EMAIL_ADDRESS",)),
        Column("boendeyta", ("LIVING_AREA",)),
        Column("antal_boende", ("HOUSEHOLD_SIZE",)),
        Column("samtycke", ("CONSENT",)),
    )
    return customer_table(
        "customers", columns, [(c.person.id, _customer(c)) for c in company.customers]
    )


def _customer(customer: Customer) -> Row:
    person = customer.person
    home = person.address
    return (
        customer.number,
        identity_cell(person),
        person.given,
        person.family,
        home.street,
        home.postcode,
        home.town,
        person.phone,
        person.email,
        customer.living_area,
        customer.household,
        customer.consent,
    )


def _contracts(company: Company) -> Table:
    columns = (
        Column("avtals_id", ("CONTRACT",)),
        CUSTOMER_NUMBER,
        METER,
        Column("startdatum", ("CONTRACT",)),
        Column("slutdatum", ("CONTRACT",)),
        Column("avtalsform", ("CONTRACT",)),
        Column("elomrade"),
    )
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        deal = customer.contract
        end = deal.end.isoformat() if deal.end else None
        row = (deal.number, customer.number, deal.meter, deal.start.isoformat(), end, deal.form)
        rows.append((customer.person.id, (*row, customer.person.address.area)))
    return customer_table("contracts", columns, rows)


def _meter_readings(company: Company) -> Table:
    columns = (
        METER,
        Column("tidpunkt", allowed=("ELECTRICITY_CONSUMPTION",)),
        Column("forbrukning_kwh", ("ELECTRICITY_CONSUMPTION",)),
    )
    chance = company.random("readings")
    start = datetime.combine(company.day(HOURS // 24), time())
    hours = [(start + timedelta(hours=hour)).isoformat(" ") for hour in range(HOURS)]
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        for hour, kwh in zip(hours, consumption(chance, customer, HOURS), strict=True):
            rows.append((customer.person.id, (customer.contract.meter, hour, kwh)))
    return customer_table("meter_readings", columns, rows)


def consumption(chance: Random, customer: Customer, hours: int) -> list[float]:
    """Hourly kilowatt-hours from midnight on: low at night, a peak in the evening."""
    base = customer.living_area / 200
    shape = [0.5] * 6 + [1.2, 1.4, 1.0] + [0.8] * 7 + [1.3, 1.8, 2.0, 1.9, 1.6, 1.2, 0.9, 0.6]
    return [round(base * shape[hour % 24] * chance.uniform(0.6, 1.5), 3) for hour in range(hours)]


def _invoices(company: Company) -> Table:
    columns = (
        Column("fakturanr", ("INVOICE",)),
        CUSTOMER_NUMBER,
        Column("ocr", ("INVOICE",)),
        Column("belopp", ("INVOICE",)),
        Column("forfallodatum", ("INVOICE",)),
        Column("betaldatum", ("INVOICE",), ("PAYMENT_HISTORY",)),
    )
    chance = company.random("invoices")
    references = _references(company, chance)
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        for ago in range(3):
            due = company.day(chance.randint(0, 9) + 30 * ago)
            paid = due + timedelta(days=chance.choice([-4, -2, -1, 0, 0, 5, 21]))
            paid_on = paid.isoformat() if paid <= company.today else None
            number = f"F{202600000 + len(rows)}"
            amount = round(chance.uniform(180, 3900), 2)
            row = (number, customer.number, next(references), amount, due.isoformat(), paid_on)
            rows.append((customer.person.id, row))
    return customer_table("invoices", columns, rows)


def _references(company: Company, chance: Random) -> Iterator[str]:
    """OCR references; one in twenty looks like an identity number, as happens by accident.

    Those are test numbers too: a reference may not happen to be somebody's number.
    """
    spare = [number for number in company.spare if int(number[6:8]) <= 31]
    while True:
        body = f"{chance.randrange(10**9):09}"
        if chance.random() < 0.05:
            yield chance.choice(spare)[2:]
        elif not is_identity_shaped(body):
            yield body + luhn_digit(body)


def _payouts(company: Company) -> Table:
    columns = (
        CUSTOMER_NUMBER,
        Column("bankkonto", ("SE_BANK_ACCOUNT",)),
        Column("summa_kr", allowed=("INVOICE", "PAYMENT_HISTORY")),
        Column("utbetald", allowed=("INVOICE", "PAYMENT_HISTORY")),
        Column("orsak"),
    )
    chance = company.random("payouts")
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        if customer.account is None:
            continue
        account = Cell(customer.account, ("SE_BANK_ACCOUNT",))
        if customer.account.startswith("3300-"):
            account = Cell(customer.account, ("SE_BANK_ACCOUNT", "SE_PERSONNUMMER"))
        amount = round(chance.uniform(40, 900), 2)
        day = company.day(chance.randint(3, 200)).isoformat()
        rows.append((customer.person.id, (customer.number, account, amount, day, "Såld solel")))
    return customer_table("payouts", columns, rows)


def notes(company: Company) -> Table:
    """Customer service's cases: number, customer, days, and the text in the case."""
    columns = (
        Column("arendenr", allowed=("CORRESPONDENCE",)),
        CUSTOMER_NUMBER,
        Column("skapad", allowed=("CORRESPONDENCE",)),
        Column("stangd", allowed=("CORRESPONDENCE",)),
        Column("arendetext", ("CORRESPONDENCE",)),
    )
    chance = company.random("notes")
    rows: list[tuple[str, Row]] = []
    for index, customer in enumerate(company.customers):
        for _ in range(chance.choice([0, 1, 1, 2])):
            rows.append((customer.person.id, _note(company, chance, customer, len(rows), "")))
        if index % 50 == 17:
            text = data("notes")["health"][index // 50]["text"]
            rows.append((customer.person.id, _note(company, chance, customer, len(rows), text)))
    return customer_table("notes", columns, rows)


def _note(company: Company, chance: Random, customer: Customer, serial: int, health: str) -> Row:
    ago = chance.randint(1, 700)
    closed = company.day(ago - 1).isoformat() if ago > 14 else None
    ordinary: dict[str, Any] = chance.choice(data("notes")["notes"])
    entities = ("HEALTH",) if health else tuple(ordinary.get("entities", ()))
    text = health or ordinary["text"].format(name=customer.person.name, phone=customer.person.phone)
    cell = Cell(text, ("CORRESPONDENCE", *entities))
    return (f"A-{48000 + serial}", customer.number, company.day(ago).isoformat(), closed, cell)


def _charging(company: Company) -> Table:
    columns = (
        CUSTOMER_NUMBER,
        Column("laddkort", ("CHARGING_SESSION",)),
        Column("regnr", ("SE_VEHICLE_REGISTRATION",), ("CHARGING_SESSION",)),
        Column("session_start", ("CHARGING_SESSION",)),
        Column("energy_kwh", ("CHARGING_SESSION",), ("ELECTRICITY_CONSUMPTION",)),
    )
    chance = company.random("charging")
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        if customer.plate is None:
            continue
        card = f"{chance.randrange(16**8):08X}"
        for _ in range(6):
            day, hour = company.day(chance.randint(1, 60)), chance.randint(16, 23)
            start = f"{day} {hour}:{chance.randint(10, 59)}"
            energy = round(chance.uniform(4, 48), 2)
            row = (customer.number, card, customer.plate, start, energy)
            rows.append((customer.person.id, row))
    return customer_table("charging", columns, rows)


def _suppliers(company: Company) -> Table:
    columns = (
        Column("levnr"),
        Column("namn"),
        Column("orgnr", ("SE_ORGANISATIONSNUMMER",)),
        Column("betalningsvillkor"),
    )
    rows: list[Row] = []
    people: list[str | None] = []
    for index, name in enumerate(data("trade")["suppliers"]):
        rows.append((f"L-{index}", name, organisation_number(100 + index), "30 dagar"))
        people.append(None)
    for index, trader in enumerate(company.traders, len(rows)):
        own = Cell(f"{trader.identity[2:8]}-{trader.identity[8:]}", (trader.identity_entity,))
        firm = Cell(f"{trader.name} Elservice", (), ("PERSON",))
        rows.append((f"L-{index}", firm, own, "30 dagar"))
        people.append(trader.id)
    return Table("suppliers", columns, tuple(rows), tuple(people))


def _spot_prices(company: Company) -> Table:
    columns = (Column("tidpunkt"), Column("elomrade"), Column("pris_ore_kwh"))
    chance = company.random("spot")
    start = datetime.combine(company.day(14), time())
    rows: list[Row] = [
        ((start + timedelta(hours=hour)).isoformat(" "), area, round(chance.uniform(2, 190), 2))
        for hour in range(14 * 24)
        for area in ("SE1", "SE2", "SE3", "SE4")
    ]
    return Table("spot_prices", columns, tuple(rows), (None,) * len(rows))


def _trade() -> Iterator[Table]:
    articles = (Column("artikelnr"), Column("benamning"), Column("listpris"))
    areas = (Column("omrades_id"), Column("omrade"), Column("elomrade"), Column("agare"))
    for name, columns, key in (
        ("articles", articles, "articles"),
        ("grid_areas", areas, "areas"),
    ):
        rows = tuple(tuple(row) for row in data("trade")[key])
        yield Table(name, columns, rows, (None,) * len(rows))


def _view(company: Company) -> Table:
    columns = (
        CUSTOMER_NUMBER,
        Column("kundnamn", ("PERSON",)),
        Column("ort", ("SE_ADDRESS",)),
        METER,
        Column("avtalsform", ("CONTRACT",)),
    )
    rows: list[tuple[str, Row]] = []
    for customer in company.customers:
        deal, person = customer.contract, customer.person
        if deal.end is None:
            row = (customer.number, person.name, person.address.town, deal.meter, deal.form)
            rows.append((person.id, row))
    return customer_table(VIEW, columns, rows)

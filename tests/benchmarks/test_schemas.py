from __future__ import annotations

import datetime
import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from benchmarks.schemas import Column, Table, kinds, tables

ENTITIES = frozenset(tomllib.loads(Path("detectors/entities.toml").read_text("utf-8")))
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
TEXTS = re.compile("(?i)char|text|clob|uuid|inet|json|tsvector")


@cache
def known() -> dict[str, Table]:
    return {table.name: table for table in tables("known", 1)}


def column(place: str) -> Column:
    table, _, name = place.rpartition(".")
    return next(column for column in known()[table].columns if column.name == name)


@pytest.mark.parametrize("kind", kinds())
def test_the_same_seed_gives_the_same_tables(kind: str) -> None:
    first = list(tables(kind, 1))
    assert first == list(tables(kind, 1))
    assert first != list(tables(kind, 2))


@pytest.mark.parametrize("kind", kinds())
def test_truth_is_written_in_known_entities(kind: str) -> None:
    for table in tables(kind, 1):
        for held in table.columns:
            assert held.truth | held.may <= ENTITIES, (table.name, held.name)
            assert not held.truth & held.may, (table.name, held.name)


@pytest.mark.parametrize("kind", kinds())
def test_tables_could_be_made_in_a_database(kind: str) -> None:
    names = [table.name for table in tables(kind, 1)]
    assert len(names) == len(set(names))
    for table in tables(kind, 1):
        columns = [held.name for held in table.columns]
        assert len(columns) == len(set(columns)), table.name
        assert len({len(held.values) for held in table.columns}) == 1, table.name
        assert len(table.columns[0].values) <= 3000, table.name
        for held in table.columns:
            values = [value for value in held.values if value is not None]
            if held.unique:
                assert len(set(values)) == len(held.values), (table.name, held.name)
            assert all(fits(held.type, value) for value in values), (table.name, held.name)


@pytest.mark.parametrize("kind", kinds())
def test_foreign_keys_point_at_rows(kind: str) -> None:
    found = {
        f"{table.name}.{held.name}": held for table in tables(kind, 1) for held in table.columns
    }
    for name, held in found.items():
        if held.references:
            assert {*held.values} - {None} <= {*found[held.references].values}, name


def fits(kind: str, value: object) -> bool:
    length = re.search(r"char2?\((\d+)\)", kind)
    if length and len(str(value)) > int(length[1]):
        return False
    if TEXTS.search(kind):
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind.startswith(("timestamp", "datetime")):
        return isinstance(value, datetime.datetime)
    if kind == "date":
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return isinstance(value, int | float | Decimal)


def test_the_known_tables_are_many() -> None:
    found = known().values()
    columns = [held for table in found for held in table.columns]
    assert len(found) >= 24
    assert len([held for held in columns if not held.span]) >= 300
    assert sum(not held.truth for held in columns) >= 150
    assert len(frozenset[str]().union(*(held.truth for held in columns))) >= 60


@pytest.mark.parametrize(
    ("place", "pattern", "truth"),
    [
        # cryptic name, clear values
        ("etl.stg_017.fld_04", r"\d{6}-\d{4}", "SE_PERSONNUMMER"),
        ("import.leads_2024.c_0041", r"\d{10}", "SE_PERSONNUMMER"),
        ("KIS.KUND.KUNDNR2", r"K-\d{7}", "CUSTOMER_NUMBER"),
        ("SAPSR3.ZEANLKND.MTRSRNR", r"[A-Z]{3}\d{9}", "SE_METER_NUMBER"),
        # name that misleads
        ("bokf.verifikat.kon", r"\d{4}", ""),
        ("forrad.verktyg.personnr", r"[LP]\d\d", ""),
        ("forrad.verktyg.telefon", "ja|nej", ""),
        ("mdm.insamlare.adress", r"10\.20\..*", ""),
        ("scada.signal.namn", ".* T[12] .*", ""),
        ("lon.LONETRANS.PERSONNR", r"\d{5}", "EMPLOYEE_RECORD"),
        # codes
        ("KIS.KUND.KON", "[12]", "SEX"),
        ("KIS.KUND.STATUS", r"\d\d", ""),
        ("etl.stg_018.fld_07", "K|M", ""),
        # whose
        ("avtal.elavtal.anl_adress", r".* \d+.*", "SE_ADDRESS"),
        ("crm.fullmakt.fullmakt_efternamn", ".*", "PERSON"),
        # of nobody
        ("net.natstation.sweref_n", r"6\d{6}", ""),
        ("marknad.spotpris.v1", r"[\d.]+", ""),
        ("avr.natomrade_dygn.forbrukning_mwh", r"[\d.]+", ""),
        ("crm.foretagsregister.namn", ".*", ""),
        ("pris.elprislista.avtalsform", ".*", ""),
        ("batch.jobb.kunder", r"\d+", ""),
        ("crm.customers.created_at", ".*", ""),
        ("lager.matarlager.serienr", r"KAM\d{9}", ""),
        ("inkop.parti.kortnummer", r"\d\d?", ""),
        ("inkop.parti.ras", "låg|medel|hög", ""),
        # of somebody
        ("hr.mangfaldsenkat.parti", "[A-Z]{1,2}", "POLITICAL_OPINION"),
        ("gis.servis.x_koord", r"[67]\d{6}", "COORDINATES"),
        ("charging.home_boxes.lat", r"[56]\d\.\d+", "COORDINATES"),
        ("analys.uttag_pseudo.kwh", r"[\d.]+", "ELECTRICITY_CONSUMPTION"),
        ("crm.householdProfile.size", r"\d+", "LIVING_AREA"),
        ("dw.dim_kund.antal_boende", r"\d", "HOUSEHOLD_SIZE"),
        ("dw.agg_forbrukning_postort.medelalder", r"[\d.]+", ""),
    ],
)
def test_traps_are_there(place: str, pattern: str, truth: str) -> None:
    held = column(place)
    assert held.truth == frozenset(truth.split())
    values = [value for value in held.values if value is not None]
    assert values
    assert all(re.fullmatch(pattern, str(value)) for value in values)


def test_clear_names_stand_over_empty_columns() -> None:
    assert set(column("etl.tomma_falt.personnummer").values) == {None}
    assert column("etl.tomma_falt.personnummer").truth == {"SE_PERSONNUMMER"}
    few = column("etl.tomma_falt.epostadress").values
    assert 0 < len(few) - few.count(None) < 6
    assert column("kund.skyddade.sekretessmarkering").values == ()


@pytest.mark.parametrize(
    ("place", "forms"),
    [
        ("crm.kontaktperson.kontaktväg", (r".+@.+", r"[+\d][\d -]+")),
        ("KIS.KUND.PERSORGNR", (r"\d{2}[01]\d{3}-\d{4}", r"\d{2}[2-9]\d{3}-\d{4}")),
        ("lev.leverantor.orgnr", (r"\d{2}[01]\d{3}-\d{4}", r"\d{2}[2-9]\d{3}-\d{4}")),
        ("reskontra.inbetalning.avsandare", (r".* (AB|KB)", r"\S+ \S+")),
    ],
)
def test_mixed_columns_hold_both(place: str, forms: tuple[str, ...]) -> None:
    values = [str(value) for value in column(place).values if value is not None]
    shares = [sum(bool(re.fullmatch(form, value)) for value in values) for form in forms]
    assert all(share >= 0.05 * len(values) for share in shares)


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("arende.arende.arendetext", r"\d{6}-\d{4}|@|\d{3} ?\d\d|stroke"),
        ("mdm.anlaggning.montorsnot", r"tel |hos |Ring |till |Kund "),
        ("inkasso.krav.notering", "@|tfn|hämtar|Ring"),
        ("shop.orders.delivery_note", "Lämna till|Ring .+ vid|Granne"),
    ],
)
def test_free_text_tells_of_somebody_now_and_then(place: str, form: str) -> None:
    values = [value for value in column(place).values if value is not None]
    share = sum(bool(re.search(form, str(value))) for value in values) / len(values)
    assert 0.01 < share < 0.15


@pytest.mark.parametrize(
    ("table", "span"),
    [
        ("mdm.timvarden_bred", {f"h{hour:02}" for hour in range(24)}),
        ("mdm.KVARTBRED", {f"V{quarter}" for quarter in range(1, 97)}),
        ("mdm.manadsforbrukning", set(MONTHS)),
    ],
)
def test_consumption_lies_wide(table: str, span: set[str]) -> None:
    held = {c.name for c in known()[table].columns if c.truth == {"ELECTRICITY_CONSUMPTION"}}
    assert held == span


def test_consumption_lies_long_in_quarters() -> None:
    times, points = column("mdm.matvarde.tidpunkt").values, column("mdm.matvarde.anlaggnings_id")
    for before, after, point, next_point in zip(
        times, times[1:], points.values, points.values[1:], strict=False
    ):
        assert isinstance(before, datetime.datetime)
        assert isinstance(after, datetime.datetime)
        if point == next_point:
            assert after - before == datetime.timedelta(minutes=15)
    assert len(set(points.values)) == 30


@pytest.mark.parametrize(
    ("sample", "count", "columns"), [("chinook", 11, 64), ("northwind", 14, 92), ("pagila", 15, 87)]
)
def test_the_public_samples_are_whole(sample: str, count: int, columns: int) -> None:
    found = [table for table in tables("samples", 1) if table.name.startswith(f"{sample}.")]
    assert len(found) == count
    assert sum(len(table.columns) for table in found) == columns


@pytest.mark.parametrize(
    ("place", "truth"),
    [
        ("chinook.Customer.Fax", "PHONE_NUMBER"),
        ("chinook.InvoiceLine.TrackId", "PURCHASE"),
        ("chinook.Track.Name", ""),
        ("northwind.customers.company_name", ""),
        ("northwind.customers.contact_name", "PERSON"),
        ("northwind.employees.notes", "EMPLOYEE_RECORD"),
        ("pagila.customer.customer_id", "CUSTOMER_NUMBER"),
        ("pagila.city.city", ""),
        ("pagila.staff.password", "CREDENTIAL"),
    ],
)
def test_the_public_samples_hold(place: str, truth: str) -> None:
    table, _, name = place.rpartition(".")
    columns = next(found.columns for found in tables("samples", 1) if found.name == table)
    assert next(held.truth for held in columns if held.name == name) == frozenset(truth.split())


def test_a_row_is_about_one_person() -> None:
    names = column("crm.customers.last_name").values
    mails = column("crm.customers.email").values
    ascii_names = [str(name).lower().translate(str.maketrans("åäöé", "aaoe")) for name in names]
    fitting = sum(
        name.replace("-", "") in str(mail)
        for name, mail in zip(ascii_names, mails, strict=True)
        if mail
    )
    assert fitting > 0.8 * (len(mails) - mails.count(None))
    born = column("crm.customers.birth_date").values
    numbers = column("crm.customers.personal_number").values
    for day, number in zip(born, numbers, strict=True):
        assert day is None or str(day)[:7].replace("-", "") == str(number)[:6]

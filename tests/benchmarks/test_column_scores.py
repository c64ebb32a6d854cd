from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import column_peers, column_scores
from benchmarks.column_peers import Said
from benchmarks.schemas import Column, Table
from scanner import model

KNOWN = frozenset({"PERSON", "LOCATION", "SE_ADDRESS", "ELECTRICITY_CONSUMPTION"})


def column(name: str, truth: str = "", may: str = "", span: str = "") -> Column:
    return Column(
        name,
        type="TEXT",
        comment="who",
        primary=False,
        unique=True,
        references="a.b.c",
        values=("x", None),
        truth=frozenset(truth.split()),
        may=frozenset(may.split()),
        span=span,
    )


def table(*columns: Column) -> Table:
    return Table("crm.customers", "Customers", columns)


def errors(told: Said, *columns: Column) -> list[tuple[str, str, str]]:
    found = column_scores.errors(lambda _: told, [table(*columns)], KNOWN)
    return [(one.error, one.place, one.entity) for one in found]


def said(**columns: str) -> Said:
    return {name: frozenset(entities.split()) for name, entities in columns.items()}


def test_what_is_not_said_is_missed_and_what_is_not_true_is_false() -> None:
    told = said(namn="LOCATION", ort="SE_ADDRESS")
    assert errors(told, column("namn", "PERSON"), column("ort", "SE_ADDRESS")) == [
        ("false", "crm.customers.namn", "LOCATION"),
        ("missed", "crm.customers.namn", "PERSON"),
    ]


def test_what_may_be_said_is_neither_right_nor_wrong() -> None:
    ort = column("ort", "SE_ADDRESS", "LOCATION")
    total = column_scores.scores(
        lambda _: said(ort="SE_ADDRESS LOCATION"), [table(ort)], KNOWN
    ).total
    assert (total.labels, total.found, total.claims, total.right) == (1, 1, 1, 1)
    assert not errors(said(ort="SE_ADDRESS"), ort)


def test_what_we_have_no_word_for_is_not_held_against_a_system() -> None:
    assert not errors(said(dag="DATE_TIME"), column("dag"))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("h01 h02 h03 h04", []),
        ("h01 h02", []),
        ("h01", [("missed", "crm.customers.h%02d", "ELECTRICITY_CONSUMPTION")]),
    ],
)
def test_a_series_counts_once_and_is_found_by_half_of_its_columns(
    told: str, expected: list[tuple[str, str, str]]
) -> None:
    names = ("h01", "h02", "h03", "h04")
    columns = [column(name, "ELECTRICITY_CONSUMPTION", span="h%02d") for name in names]
    claims = {name: frozenset({"ELECTRICITY_CONSUMPTION"}) for name in told.split()}
    assert errors(claims, *columns) == expected
    found = column_scores.scores(lambda _: claims, [table(*columns)], KNOWN)
    assert (found.total.labels, found.columns, found.exact) == (1, 1, not expected)


def test_one_false_column_makes_a_series_false() -> None:
    columns = [column(name, span="h%02d") for name in ("h01", "h02", "h03")]
    assert errors(said(h02="PERSON"), *columns) == [("false", "crm.customers.h%02d", "PERSON")]


def test_two_series_in_one_table_stand_apart() -> None:
    held = column("a1", "PERSON", span="a%d"), column("b1", "PERSON", span="b%d")
    found = column_scores.scores(lambda _: said(a1="PERSON"), [table(*held)], KNOWN)
    assert (found.columns, found.total.labels, found.total.found) == (2, 2, 1)


def test_our_detector_reads_what_a_database_gives() -> None:
    values = tuple(f"v{number}" for number in range(1_500))
    first, second = column_peers.batches(table(replace(column("namn"), values=values)))
    assert (first.values, second.values, second.first) == (values[:1_000], values[1_000:], 1_000)
    assert (first.label, first.group) == ("namn", "crm.customers")
    assert first.column == model.Column(
        "text", "who", unique=True, refers="a.b.c", about="Customers"
    )


def test_a_table_without_rows_gives_its_columns_and_no_texts() -> None:
    (found,) = column_peers.batches(table(replace(column("namn"), values=())))
    assert (found.label, found.values) == ("namn", ())


def test_labels_alone_know_nothing_of_values() -> None:
    mail = replace(column("epost"), values=("12 kWh",) * 20)
    assert column_peers.by_label(table(mail))["epost"] == {"EMAIL_ADDRESS"}


def test_ours_tells_by_location() -> None:
    mail = replace(column("fld_1"), values=tuple(f"anna{n}@example.se" for n in range(20)))
    assert column_peers.ours(table(mail, column("fld_2")))["fld_1"] >= {"EMAIL_ADDRESS"}

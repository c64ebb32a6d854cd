"""What databases share: config keys, resource keys, values as text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ReadError
from connectors.sql import Sql
from connectors.sql_names import key_of, names_of
from connectors.sql_values import CUT, LONGEST, column_texts, text_of
from tests.contracts.connector import columns


@pytest.mark.parametrize(
    ("keys", "cue"),
    [
        ({}, "exactly one of url and url_env"),
        ({"url": "sqlite:///a.db", "url_env": "A"}, "exactly one of url and url_env"),
        ({"url": "postgresql://anna:Canary@db/crm"}, "url holds a password"),
        ({"url": "postgresql://anna@db/crm?password=Canary"}, "url holds a password"),
        ({"url": "mssql+pyodbc:///?odbc_connect=PWD%3DCanary"}, "url holds a password"),
        ({"url": "Canary"}, "url is not a database URL"),
        ({"url": "postgresql://db:Canary/crm"}, "url is not a database URL"),
        ({"url": "sqlite://"}, "in memory"),
        ({"url": "sqlite:///:memory:"}, "in memory"),
        ({"url": "sqlite:///a.db", "batch_rows": 0}, "batch_rows must be 1 or more"),
    ],
)
def test_refuses_what_cannot_work(keys: dict[str, str], cue: str) -> None:
    with pytest.raises(ValueError, match=cue) as caught:
        Sql("crm", **keys)  # type: ignore[arg-type]
    assert "Canary" not in str(caught.value)


@given(st.text(), st.text())
def test_every_name_has_a_key_of_its_own(schema: str, table: str) -> None:
    assert names_of(key_of(schema, table)) == (schema, table)


@pytest.mark.parametrize(
    ("schema", "table", "key"),
    [
        ("public", "customers", "public.customers"),
        ("main", "Kund å", "main.Kund å"),
        ("dbo", "a.b", 'dbo."a.b"'),
        ('s"x', "t[1]", '"s""x"."t[1]"'),
        ("", "t", '"".t'),
    ],
)
def test_keys(schema: str, table: str, key: str) -> None:
    assert key_of(schema, table) == key


@pytest.mark.parametrize("key", ["", "t", "a.b.c", 'a."b', "a.[b]", "a.", ".b"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ReadError, match="'crm': a key is"):
        columns(Sql("crm", "sqlite:///x.db"), key)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        (True, "true"),
        (191212121212.0, "191212121212"),
        (1e-7, "0.0000001"),
        (-2.5, "-2.5"),
        (float("inf"), "inf"),
        (Decimal("1E+3"), "1000"),
        ({"namn": ["Åsa", Decimal("1.50")]}, '{"namn": ["Åsa", "1.50"]}'),
        (memoryview(b"text"), "text"),
        (b"\xff", None),
        (b"a\0b", None),
    ],
)
def test_text_of(value: object, wanted: str | None) -> None:
    assert text_of(value) == wanted


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_value_and_have_no_exponent(value: float) -> None:
    text = text_of(value)
    assert text is not None
    assert float(text) == value
    assert "e" not in text.lower()


KINDS = (st.none(), st.text(), st.binary(), st.integers(), st.booleans(), st.floats())


@given(st.one_of(*map(st.lists, (*KINDS, st.none() | st.text(), st.one_of(KINDS)))))
def test_a_column_is_its_values_one_by_one(values: list[object]) -> None:
    texts, _ = column_texts(values)
    assert texts == tuple(text_of(value) or "" for value in values)


@pytest.mark.parametrize("others", [(), (None,), (1, b"text")])
def test_only_the_beginning_of_a_long_value_is_read(others: tuple[object, ...]) -> None:
    texts, reasons = column_texts(("a" * (LONGEST + 1), *others))
    assert (len(texts[0]), reasons) == (LONGEST, {CUT})
    assert column_texts(("a" * LONGEST, *others))[1] == set()

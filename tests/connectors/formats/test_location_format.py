import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.formats.location import Names, inside, member, readable

PLAIN = st.text(
    st.characters(blacklist_categories=("C", "Z"), blacklist_characters="!#"),
    min_size=1,
    max_size=9,
)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (member("", "inner.zip"), "inner.zip"),
        (member("inner.zip", "a.txt"), "inner.zip!a.txt"),
        (inside(member("inner.zip", "list.xlsx"), "Sheet!B"), "inner.zip!list.xlsx#Sheet!B"),
        (inside("", "Sheet!B"), "Sheet!B"),
    ],
)
def test_location_is_composed_as_the_contract_says(location: str, expected: str) -> None:
    assert location == expected


@given(st.lists(PLAIN, min_size=1, max_size=5), PLAIN)
def test_location_can_be_taken_apart_again(names: list[str], place: str) -> None:
    location = ""
    for name in names:
        location = member(location, name)
    path, _, found = inside(location, place).partition("#")
    assert (path.split("!"), found) == (names, place)


@given(st.lists(st.text(max_size=3), max_size=30))
def test_names_of_one_document_are_unique_and_storable(names: list[str]) -> None:
    once = Names()
    given_out = [once.unique(name) for name in names]
    assert len(set(given_out)) == len(names)
    assert all(name and name.isprintable() for name in given_out)
    assert all(name.encode("utf-8") for name in given_out)


def test_repeated_name_gets_the_first_free_number() -> None:
    names = Names()
    assert [names.unique(n) for n in ("Namn", "Namn", "Namn (2)", "Namn")] == [
        "Namn",
        "Namn (2)",
        "Namn (2) (2)",
        "Namn (3)",
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("lön\n2024", "lön%0A2024"),
        ("a\x00b", "a%00b"),
        (b"l\xf6n.txt".decode("utf-8", "surrogateescape"), "lön.txt"),
        (b"l\x94n.txt".decode("utf-8", "surrogateescape"), "lön.txt"),
        ("\ud800", "?"),
        ("", "unnamed"),
        ("x" * 500, "x" * 199 + "…"),
    ],
)
def test_odd_name_becomes_readable(raw: str, expected: str) -> None:
    assert readable(raw) == expected

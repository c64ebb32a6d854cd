"""Globs on keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.globs import matches, selects, shuts_out


@pytest.mark.parametrize(
    ("key", "pattern"),
    [
        ("a.csv", "**/*"),
        ("x/y/a.csv", "**/*"),
        ("a.csv", "**/*.csv"),
        ("x/y/a.csv", "**/*.csv"),
        ("x/y/a.csv", "**"),
        ("x/y/a.csv", "x/**"),
        ("x/a.csv", "x/**/a.csv"),
        ("x/y/z/a.csv", "x/**/a.csv"),
        (".git/config", "**/.git/**"),
        ("x/.git/objects/ab", "**/.git/**"),
        ("Marknad/Lista å.xlsx", "Marknad/**"),
        ("public.customers", "public.*"),
        ("public.customers", "*.customers"),
        ("a\nb", "*"),
        ("a\nb/c", "**/c"),
        ("rapport1.txt", "rapport[0-9].txt"),
        ("rapportx.txt", "rapport[!0-9].txt"),
        ("a]b", "a[]]b"),
        ("a^b", "a[^]b"),
        ("a[b", "a[b"),
        ("[z-a]", "[z-a]"),
        ("a", "?"),
        ("a+b(c)$.txt", "a+b(c)$.txt"),
    ],
)
def test_matches(key: str, pattern: str) -> None:
    assert matches(key, pattern)


@pytest.mark.parametrize(
    ("key", "pattern"),
    [
        ("x/a.csv", "*.csv"),
        ("a.csvx", "**/*.csv"),
        ("a.csv\n", "*.csv"),
        ("x", "x/**"),
        ("xy/a", "x/**"),
        ("axcsv", "a.csv"),
        ("A.csv", "a.csv"),
        ("/", "?"),
        ("a/b", "a[!x]b"),
        ("a/b", "a[./]b"),
        ("digit/.github/x", "**/.git/**"),
        ("xa.csv", "**/a.csv"),
        ("", "?"),
    ],
)
def test_does_not_match(key: str, pattern: str) -> None:
    assert not matches(key, pattern)


@given(st.text())
def test_every_key_is_selected_by_default(key: str) -> None:
    assert selects(key, ("**/*",), ())


@given(st.text(max_size=20), st.text(alphabet="ab/*?[]!-.^\\", max_size=12))
def test_any_text_is_a_pattern(key: str, pattern: str) -> None:
    assert matches(key, pattern) in {True, False}


@given(st.text(alphabet="ab/", max_size=8), st.text(alphabet="ab/*", max_size=8))
def test_nothing_below_a_folder_that_is_shut_out_matches_otherwise(below: str, glob: str) -> None:
    exclude = (f"{glob}/**",)
    for folder in ("a", "a/b", "b/a/a"):
        if shuts_out(folder, exclude):
            assert not selects(f"{folder}/{below}", ("**", "**/*"), exclude)


def test_exclude_wins() -> None:
    assert not selects("a/b.txt", ("**/*.txt",), ("a/**",))
    assert selects("c/b.txt", ("**/*.txt",), ("a/**",))

"""Sources that a person must check."""

from __future__ import annotations

import pytest

from connectors.base import ReadError
from connectors.manual import Manual
from scanner.model import Resource, Skipped
from tests.contracts.connector import ConnectorContract, Example


class TestManual(ConnectorContract):
    @pytest.fixture
    def example(self) -> Example:
        return Example(Manual("arkiv", "arkivarien", ("hyllan", "pärmen")), skipped=frozenset({""}))


def test_says_what_to_do() -> None:
    connector = Manual("arkiv", "arkivarien", ("öppna skåpet", "bläddra"), "pappersarkiv")
    assert list(connector.discover()) == [
        Skipped(
            "",
            "manual source (pappersarkiv): check it by hand; contact arkivarien;"
            " 1. öppna skåpet; 2. bläddra",
        )
    ]


def test_is_never_read() -> None:
    with pytest.raises(ReadError, match="'arkiv' is manual"):
        list(Manual("arkiv").read(Resource("arkiv", "")))

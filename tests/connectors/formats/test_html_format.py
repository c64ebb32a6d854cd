from __future__ import annotations

import io
import time

import pytest

from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Skipped

PNR = "19121212-1212"


def parts(html: str | bytes, name: str = "a.html", location: str = "") -> list[Batch | Skipped]:
    data = html.encode() if isinstance(html, str) else html
    return list(read(Document(name, io.BytesIO(data), location)))


def places(html: str | bytes, name: str = "a.html") -> dict[str, tuple[str, ...]]:
    found = parts(html, name)
    assert all(isinstance(part, Batch) for part in found), found
    return {part.location: part.values for part in found if isinstance(part, Batch)}


def test_everything_on_a_page_is_found_at_its_place() -> None:
    html = f"""<!DOCTYPE html><html><head><title>Mina sidor</title>
    <meta name="description" content="Kundsida för Åsa Ek"><style>p {{}}</style>
    <script>var x = "dolt";</script></head><body><h1>Hej&nbsp;Åsa</h1>
    <p>Ditt <b>person</b>nummer är 1912<i>1212-1212</i>.</p><!-- ring 070-174 06 05 -->
    <a href="mailto:bo@example.se">skriv</a> <a href="/x">läs</a><img src="a" alt="Foto på Eva">
    <form><input name="pnr" value="{PNR}"><input type="submit" value="Skicka">
    <textarea name="ärende">Elen är avstängd</textarea></form>
    <table><tr><th>Namn</th><th>Telefon</th></tr><tr><td>Bo <br>Ek</td><td>070-174 06 06</td></tr>
    </table><ul><li>ett<li>två</ul></body></html>"""
    found = places(html)
    assert found["properties"] == ("Mina sidor\nKundsida för Åsa Ek",)
    assert found["comments"] == ("ring 070-174 06 05",)
    assert found["links"] == ("mailto:bo@example.se",)
    assert found["form!pnr"] == (PNR,)
    assert found["form!ärende"] == ("Elen är avstängd",)
    assert found["table 1!Telefon"] == ("070-174 06 06",)
    assert found["table 1!Namn"] == ("Bo \nEk",)
    body = found[""][0]
    assert "Hej\xa0Åsa" in body or "Hej Åsa" in body
    assert f"Ditt personnummer är {PNR}." in body
    assert "Foto på Eva" in body
    assert "ett\ntvå" in body
    assert "dolt" not in str(found)
    assert len(found) == 8


def test_layout_table_is_text() -> None:
    html = "<table><tr><td>Bo Ek</td><td>070-174 06 05</td></tr></table>"
    assert places(html) == {"": ("Bo Ek\t070-174 06 05",)}


def test_label_and_group_make_columns_row_aligned() -> None:
    html = "<table><tr><th>namn<th>personnr<tr><td>Bo<td>19121212-1212<tr><td>Eva<td></table>"
    group = "x.zip!a.html#table 1"
    assert parts(html, location="x.zip!a.html") == [
        Batch(f"{group}!namn", ("Bo", "Eva"), "namn", group),
        Batch(f"{group}!personnr", (PNR, ""), "personnr", group),
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.xls", "a"])
def test_page_is_recognised_without_its_suffix(name: str) -> None:
    assert places("<html><p>hej</html>", name) == {"": ("hej",)}
    assert places("\ufeff<?xml version='1.0'?><!DOCTYPE html><p>hej", name) == {"": ("hej",)}


def test_text_and_xml_are_no_pages() -> None:
    assert parts("bara text <p>", "a.html") == [Batch("", ("bara text <p>",))]
    assert parts("", "a.html") == []


def test_encodings_are_told() -> None:
    assert places("<html><p>Åsa".encode("cp1252")) == {"": ("Åsa",)}
    assert places("<html><p>Åsa".encode("utf-16")) == {"": ("Åsa",)}


def test_broken_page_is_read_as_a_browser_does() -> None:
    found = places(f"<html><p>hej<table><td>{PNR}</p><div><b>x")
    assert PNR in str(found)


@pytest.mark.parametrize(
    "html",
    [
        "<html>" + "<div>" * 100_000 + PNR,
        "<html>" + "<b>" * 20_000 + PNR,
        "<html><p>" + "ord " * 1_000_000 + PNR,
        "<html><table>" * 5_000 + "<td>" + PNR,
        "<html><table><tr>" + "<td>a" * 100_000 + PNR,
        "<html><!-- " + "- " * 500_000 + PNR,
        "<html><p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + PNR,
    ],
    ids=["deep", "inline", "line", "tables", "cells", "comment", "attributes"],
)
def test_hostile_page_is_read_in_time(html: str) -> None:
    start = time.monotonic()
    found = parts(html)
    assert PNR in str(found[-1])
    assert all(isinstance(part, Batch) for part in found)
    assert time.monotonic() - start < 10


def test_very_large_page_is_read_as_text() -> None:
    html = "<html><p>" + "ord " * (9 << 20) + PNR
    found = parts(html)
    assert PNR in str(found[-1])
    assert all(len(value) <= 1 << 16 for part in found for value in getattr(part, "values", ()))

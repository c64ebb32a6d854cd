from __future__ import annotations

import io
import time

import pytest

from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Skipped

PNR = "19121212-1212"


def parts(data: bytes, name: str = "a.rtf", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def places(inner: bytes) -> dict[str, tuple[str, ...]]:
    found = parts(rb"{\rtf1\ansi\ansicpg1252\deff0 " + inner + b"}")
    assert all(isinstance(part, Batch) for part in found), found
    return {part.location: part.values for part in found if isinstance(part, Batch)}


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (rb"Hej \'c5sa\par Personnr 19121212-1212\par", f"Hej Åsa\nPersonnr {PNR}"),
        (rb"\uc1 \u197?sa \u8364\'80 \u-10179?\u-8704?x", "Åsa € \U0001f600x"),
        (rb"{\uc2 \u197 xx}sa", "Åsa"),
        (rb"1912{\b 1212}-\b0 1212", PNR),
        (b"1912\r\n1212-1212", PNR),
        (rb"{\fonttbl{\f1\fcharset238 Arial;}}\f1 \'b3", "ł"),
        (rb"{\colortbl;\red1;}{\stylesheet{\s1 x;}}{\*\unknown dold}hej", "hej"),
        (rb"{\pict\pngblip\bin7 }}}}}}}}hej", "hej"),
        (rb"{\pict 0123456789abcdef}hej", "hej"),
        (rb"a\~b\_c\tab d\emdash e\{\}\\", "a\xa0b-c\td—e{}\\"),
        (rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt ruta\par}}}", "ruta"),
    ],
)
def test_text_is_what_a_person_sees(inner: bytes, expected: str) -> None:
    assert places(inner) == {"": (expected,)}


def test_parts_are_found_at_their_places() -> None:
    found = places(
        rb"{\info{\author \'c5sa Ek}{\title Avtal}{\creatim\yr2026}}"
        rb"{\header topp\par}{\footerf botten}"
        rb"Br\'f6d{\footnote fotnot}{\*\atnauthor Bo}{\*\annotation ring honom}"
        rb'{\field{\*\fldinst HYPERLINK "mailto:bo@example.se"}{\fldrslt skriv}}'
    )
    assert found == {
        "properties": ("Åsa Ek\nAvtal",),
        "header": ("topp",),
        "footer": ("botten",),
        "": ("Brödskriv",),
        "footnotes": ("fotnot",),
        "comments": ("Bo\nring honom",),
        "links": ("mailto:bo@example.se",),
    }


def test_table_with_a_header_is_read_by_column() -> None:
    row = rb"\trowd\cellx1\cellx2\pard\intbl %b\cell %b\cell\row "
    rows = row % (b"Namn", b"Personnr") + row % (b"Bo", PNR.encode()) + row % (b"Eva", b"")
    found = parts(rb"{\rtf1 f\'f6re\par " + rows + rb"\pard efter\par}", location="x.zip!a.rtf")
    group = "x.zip!a.rtf#table 1"
    assert found == [
        Batch(f"{group}!Namn", ("Bo", "Eva"), "Namn", group),
        Batch(f"{group}!Personnr", (PNR, ""), "Personnr", group),
        Batch("x.zip!a.rtf", ("före\nefter",)),
    ]


def test_cut_document_is_read_as_far_as_it_goes() -> None:
    assert parts(rb"{\rtf1 hej {\b d\'e5") == [
        Batch("", ("hej då",)),
        Skipped("", "damaged RTF document: its end is missing"),
    ]


def test_absurd_nesting_is_refused_with_what_came_before() -> None:
    assert parts(rb"{\rtf1 hej " + b"{" * 1_000_000) == [
        Batch("", ("hej ",)),
        Skipped("", "not read: RTF groups nested deeper than 1,000"),
    ]


@pytest.mark.parametrize(
    "inner",
    [
        rb"{\field{\*\fldinst{" * 300 + rb'HYPERLINK "' * 20_000 + b"}}" * 600,
        rb"\u-10179?" * 100_000,
        rb"\cell" * 200_000,
        b"x" * 3_000_000,
        rb"\bin999999999 kort",
        rb"\'e5" * 300_000,
    ],
)
def test_hostile_document_is_read_in_time(inner: bytes) -> None:
    start = time.monotonic()
    parts(rb"{\rtf1 " + inner + b"}")
    assert time.monotonic() - start < 10


def test_tokens_are_whole_wherever_blocks_end() -> None:
    for shift in range(40):
        data = rb"{\rtf1 " + b"x" * (65_536 - 40 + shift) + rb"\u197?sa \'e5 {\b slut}}"
        values = [value for part in parts(data) for value in getattr(part, "values", ())]
        assert "".join(values).endswith("xÅsa å slut")


def test_kind_is_told_by_content_not_by_name() -> None:
    assert parts(rb"{\rtf1 hej}", "a.doc") == [Batch("", ("hej",))]
    assert parts(b"hej", "a.rtf") == [Batch("", ("hej",))]

from __future__ import annotations

import io
import zipfile

import pytest

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Skipped

PNR = "19121212-1212"
KIND = "application/vnd.oasis.opendocument."
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
        ("style", "style"),
        ("dc", "dc"),
        ("meta", "meta"),
        ("xlink", "xlink"),
    )
)


def parts(data: bytes, name: str = "a.odt", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def places(data: bytes, name: str = "a.odt") -> dict[str, tuple[str, ...]]:
    found = parts(data, name)
    assert all(isinstance(part, Batch) for part in found), found
    return {part.location: part.values for part in found if isinstance(part, Batch)}


def package(kind: str, content: str, **others: str) -> bytes:
    stream = io.BytesIO()
    others.setdefault("META-INF__manifest", "<m:manifest/>")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND + kind, zipfile.ZIP_STORED)
        for name, xml in {"content": content, **others}.items():
            archive.writestr(name.replace("__", "/") + ".xml", xml)
    return stream.getvalue()


def content(kind: str, inner: str) -> str:
    return (
        f"<office:document-content {NAMESPACES}><office:body><office:{kind}>{inner}"
        f"</office:{kind}></office:body></office:document-content>"
    )


def row(*cells: str) -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


LETTER = content(
    "text",
    "<text:p>Hej<text:tab/>Åsa,<text:s/>ditt <text:span>nr</text:span> är "
    f"{PNR}<office:annotation><dc:creator>Bo Ek</dc:creator><text:p>ring honom</text:p>"
    "</office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>fotnot</text:p></text:note-body></text:note>.</text:p>"
    f"<table:table>{row('Namn', 'Personnr')}{row('Eva', PNR)}</table:table>"
    '<text:p><text:a xlink:href="mailto:bo@example.se">skriv</text:a></text:p>',
)
STYLES = (
    f"<office:document-styles {NAMESPACES}><style:master-page><style:header><text:p>topp</text:p>"
    "</style:header><style:footer><text:p>botten</text:p></style:footer></style:master-page>"
    "</office:document-styles>"
)
META = (
    f"<office:document-meta {NAMESPACES}><office:meta><dc:creator>Åsa Ek</dc:creator>"
    "<meta:editing-cycles>4</meta:editing-cycles></office:meta></office:document-meta>"
)


def test_everything_in_a_letter_is_found_at_its_place() -> None:
    data = package("text", LETTER, styles=STYLES, meta=META)
    assert places(data) == {
        "": (f"Hej\tÅsa, ditt nr är {PNR}.\nskriv",),
        "comments": ("Bo Ek: ring honom",),
        "footnotes": ("1 fotnot",),
        "table 1!Namn": ("Eva",),
        "table 1!Personnr": (PNR,),
        "links": ("mailto:bo@example.se",),
        "header": ("topp",),
        "footer": ("botten",),
        "properties": ("Åsa Ek",),
    }


def test_slides_and_their_notes_are_numbered() -> None:
    page = (
        "<draw:page><draw:frame><text:p>Bild {n}</text:p></draw:frame><presentation:notes>"
        "<text:p>anteckning {n}</text:p></presentation:notes></draw:page>"
    )
    data = package("presentation", content("presentation", page.format(n=1) + page.format(n=2)))
    assert places(data, "a.odp") == {
        "slide 1": ("Bild 1",),
        "slide 1 notes": ("anteckning 1",),
        "slide 2": ("Bild 2",),
        "slide 2 notes": ("anteckning 2",),
    }


def sheet(rows: str) -> bytes:
    return package(
        "spreadsheet",
        content("spreadsheet", f'<table:table table:name="Blad">{rows}</table:table>'),
    )


def test_spreadsheet_is_read_by_column_with_its_remarks() -> None:
    remark = (
        "<office:annotation><dc:creator>Bo</dc:creator><text:p>fel nr</text:p></office:annotation>"
    )
    data = sheet(
        row("namn", "personnr") + row("Eva", PNR).replace("<text:p>Eva", remark + "<text:p>Eva")
    )
    assert places(data, "a.ods") == {
        "Blad!namn": ("Eva",),
        "Blad!personnr": (PNR,),
        "comments": ("Bo: fel nr",),
    }  # fmt: skip


def test_empty_rows_to_the_end_of_the_sheet_cost_nothing() -> None:
    empty = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert places(sheet(row("namn") + row("Eva") + empty), "a.ods")["Blad!namn"] == ("Eva",)


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
        "</table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_spreadsheet_that_would_not_fit_into_memory_is_refused(cell: str) -> None:
    with pytest.raises(ReadError) as caught:
        parts(sheet(cell), "a.ods")
    assert str(caught.value) == "not read: a sheet spans more than 32,000,000 cells"


def test_encrypted_document_needs_its_password() -> None:
    manifest = "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    data = package("text", "krypterat", **{"META-INF__manifest": manifest})
    with pytest.raises(ReadError, match=r"^encrypted OpenDocument file: needs its password$"):
        parts(data)


def test_dtd_deep_nesting_and_damage_have_their_reasons() -> None:
    dtd = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    deep = content("text", "<text:p>" * 100_000)
    assert parts(package("text", dtd)) == [Skipped("", "refused: XML with a DTD")]
    assert parts(package("text", deep)) == [
        Skipped("", "not read: XML nested deeper than 1,000 elements")
    ]
    assert parts(package("text", "<a><b>")) == [
        Skipped("", "damaged document: its XML cannot be read to its end")
    ]
    with pytest.raises(ReadError, match=r"^damaged document: cannot be opened"):
        parts(package("text", LETTER)[:300])


def test_kind_is_told_by_content_not_by_name() -> None:
    data = package("text", content("text", "<text:p>hej</text:p>"))
    assert parts(data, "a.docx", "x!a") == [Batch("x!a", ("hej",))]

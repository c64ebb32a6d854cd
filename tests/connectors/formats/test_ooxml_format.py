from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pptx
import pytest
from openpyxl.comments import Comment
from pptx.util import Inches

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader, read
from scanner.model import Batch, Skipped

PNR = "19121212-1212"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document><w:t>&c;</w:t></w:document>'
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b"<w:document><w:t>&a;</w:t></w:document>"
)


def parts(data: bytes, name: str = "a.docx", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def texts(found: list[Batch | Skipped]) -> dict[str, tuple[str, ...]]:
    assert all(isinstance(part, Batch) for part in found), found
    return {part.location: part.values for part in found if isinstance(part, Batch)}


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def package(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def word(body: bytes) -> bytes:
    return b"<w:document><w:body>" + body + b"</w:body></w:document>"


def letter() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Åsa Ek"
    document.core_properties.title = "Brev"
    paragraph = document.add_paragraph("Hej Åsa, ditt personnr är 1912")
    paragraph.add_run("1212-1212").bold = True
    document.add_comment(paragraph.runs, text="ring 070-174 06 05", author="Bo Ek", initials="be")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Sidhuvud eva@example.se"
    section.footer.paragraphs[0].text = "Sidfot 070-174 06 06"
    table = document.add_table(0, 3)
    for row in (("Namn", "Personnr", "Ort"), ("Bo", PNR, "Lund"), ("Eva", "", "Ås")):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    layout = document.add_table(1, 2)
    layout.rows[0].cells[0].text = "Bo Ek, Ringvägen 3"
    layout.rows[0].cells[1].text = "ring mig om avtalet"
    document.add_paragraph("Hälsningar")
    return saved(document)


def test_everything_in_a_letter_is_found_at_its_place() -> None:
    found = parts(letter(), location="x.zip!a.docx")
    place = "x.zip!a.docx"
    group = f"{place}#table 1"
    assert Batch(f"{group}!Personnr", (PNR, ""), "Personnr", group) in found
    assert Batch(f"{group}!Ort", ("Lund", "Ås"), "Ort", group) in found
    by_place = texts(found)
    assert by_place[place] == (
        f"Hej Åsa, ditt personnr är {PNR}\nBo Ek, Ringvägen 3\tring mig om avtalet\nHälsningar",
    )
    assert by_place[f"{place}#header"] == ("Sidhuvud eva@example.se",)
    assert by_place[f"{place}#footer"] == ("Sidfot 070-174 06 06",)
    assert by_place[f"{place}#comments"] == ("Bo Ek: ring 070-174 06 05",)
    assert by_place[f"{place}#properties"][:2] == ("Brev", "Åsa Ek")


def test_footnotes_tabs_deletions_and_text_boxes_are_read_once() -> None:
    body = (
        b"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"
        b"<w:del w:author='X'><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        b"<mc:AlternateContent><mc:Choice><w:p><w:t>box</w:t></w:p></mc:Choice>"
        b"<mc:Fallback><w:p><w:t>box</w:t></w:p></mc:Fallback></mc:AlternateContent>"
    )
    notes = b"<w:footnotes><w:footnote><w:p><w:t>not</w:t></w:p></w:footnote></w:footnotes>"
    data = package(word__document=word(body), word__footnotes=notes)
    assert texts(parts(data)) == {"": ("a\tbgone\nbox",), "footnotes": ("not",)}


def test_link_and_embedded_document_are_read() -> None:
    relations = (
        b'<Relationships><Relationship Id="r1" Type="x/hyperlink" TargetMode="External" '
        b'Target="mailto:bo@example.se"/></Relationships>'
    )
    data = package(word__document=word(b"<w:p/>"), word___rels__document=b"")
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relations)
        archive.writestr("word/embeddings/inre.docx", letter())
    by_place = texts(parts(stream.getvalue()))
    assert by_place["links"] == ("mailto:bo@example.se",)
    assert by_place["inre.docx#header"] == ("Sidhuvud eva@example.se",)


def show() -> bytes:
    deck = pptx.Presentation()
    deck.core_properties.author = "Åsa Ek"
    blank = deck.slide_layouts[5]
    for number in (1, 2, 3):
        slide = deck.slides.add_slide(blank)
        slide.shapes.title.text = f"Bild {number}"
        if number == 2:
            slide.notes_slide.notes_text_frame.text = f"nämn inte {PNR}"
        if number == 3:
            slide._element.set("show", "0")
            table = slide.shapes.add_table(3, 2, 0, 0, Inches(4), Inches(2)).table
            for row, values in enumerate((("Namn", "Telefon"), ("Bo", "070-174 06 05"), ("E", ""))):
                for column, value in enumerate(values):
                    table.cell(row, column).text = value
    order = deck.slides._sldIdLst
    order.append(order[0])  # the first slide is shown last
    return saved(deck)


def test_slides_are_numbered_as_they_are_shown() -> None:
    by_place = texts(parts(show(), "a.pptx"))
    assert by_place["slide 1"] == ("Bild 2",)
    assert by_place["slide 1 notes"][0].splitlines()[0] == f"nämn inte {PNR}"
    assert by_place["slide 2"] == ("Bild 3",)
    assert by_place["slide 2 table 1!Telefon"] == ("070-174 06 05", "")
    assert by_place["slide 3"] == ("Bild 1",)
    assert "Åsa Ek" in by_place["properties"]


def test_comment_on_a_cell_is_found_at_its_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Kunder"
    book.active.append(["namn"])
    book.active.append(["Bo"])
    second = book.create_sheet("Anställda")
    second["A1"] = "namn"
    second["A1"].comment = Comment(f"personnr {PNR}", "Eva")
    by_place = texts(parts(saved(book), "a.xlsx"))
    assert PNR in by_place["Anställda!comments"][0]


@pytest.mark.parametrize("content", [LAUGHS, XXE])
def test_dtd_is_refused(content: bytes) -> None:
    assert parts(package(word__document=content)) == [Skipped("", "refused: XML with a DTD")]


def test_broken_part_costs_only_itself() -> None:
    body = word(b"<w:p><w:t>kvar</w:t></w:p>" * 20_000)
    data = package(word__document=body[:400_000], word__header1=word(b"<w:p><w:t>topp</w:t></w:p>"))
    found = parts(data)
    skipped = [part for part in found if isinstance(part, Skipped)]
    assert skipped == [Skipped("", "damaged document: its XML cannot be read to its end")]
    assert "kvar" in str(found[0])
    assert Batch("header", ("topp",)) in found


def test_deep_nesting_is_refused() -> None:
    data = package(word__document=word(b"<w:p>" * 200_000))
    assert parts(data) == [Skipped("", "not read: XML nested deeper than 1,000 elements")]


def test_part_that_unpacks_to_very_much_is_refused() -> None:
    data = package(word__document=word(b"<w:p><w:r><w:t>aaaaaaaa</w:t></w:r></w:p>" * 600_000))
    assert len(data) < 200_000
    assert parts(data) == [Skipped("", "not read: unpacks to more than 200 times its size")]


def test_budget_is_shared_by_all_parts() -> None:
    part = word(b"<w:p><w:t>hej</w:t></w:p>")
    data = package(word__document=part, word__header1=part, word__footer1=part)
    reader = Reader(Budget(bytes_left=2 * len(part)))
    assert list(reader.read(Document("a.docx", io.BytesIO(data)))) == [
        Batch("", ("hej",)),
        Batch("header", ("hej",)),
        Skipped("footer", "not read: more unpacked bytes than one resource may take"),
    ]


def test_unreadable_relations_are_named() -> None:
    stream = io.BytesIO(package(word__document=word(b"<w:p><w:t>hej</w:t></w:p>")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", LAUGHS)
    found = parts(stream.getvalue())
    assert found == [Batch("", ("hej",)), Skipped("links", "refused: XML with a DTD")]


def test_endless_tag_is_damage() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:p a='" + b"x" * (9 << 20))
    assert parts(stream.getvalue()) == [
        Skipped("", "damaged document: its XML cannot be read to its end")
    ]


@pytest.mark.parametrize("data", [letter(), show()])
def test_truncated_document_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parts(data[: len(data) // 2])
    assert str(caught.value) == "damaged document: cannot be opened; restore it from a copy"


def test_document_of_pictures_alone_is_named() -> None:
    stream = io.BytesIO(package(word__document=word(b"<w:p><w:drawing/></w:p>")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.png", b"x")
    assert parts(stream.getvalue()) == [Skipped("", "only pictures: no text to read")]


def test_kind_is_told_by_content_not_by_name() -> None:
    data = package(word__document=word(b"<w:p><w:t>hej</w:t></w:p>"))
    assert parts(data, "a.pdf") == [Batch("", ("hej",))]
    assert parts(b"", "a.docx") == []
    assert parts(b"bara text", "a.docx") == [Batch("", ("bara text",))]


def test_table_of_any_length_comes_in_bounded_batches() -> None:
    row = b"<w:tr><w:tc><w:p><w:t>%b</w:t></w:p></w:tc><w:tc><w:p><w:t>%b</w:t></w:p></w:tc></w:tr>"
    rows = b"".join(row % (b"Namn%d" % n, b"%d" % n) for n in range(5_000))
    body = b"<w:tbl>" + row % (b"namn", b"nummer") + rows + b"</w:tbl><w:p><w:t>slut</w:t></w:p>"
    found = parts(package(word__document=word(body)))
    numbers = [part for part in found if isinstance(part, Batch) and part.label == "nummer"]
    assert [batch.first for batch in numbers] == [0, 1000, 2000, 3000, 4000]
    assert sum(len(batch.values) for batch in numbers) == 5_000
    assert found[-1] == Batch("", ("slut",))

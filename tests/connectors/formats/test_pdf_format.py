from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Skipped

PNR = "19121212-1212"


def parts(data: bytes, name: str = "a.pdf", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def pdf(*pages: Callable[[Canvas], object], title: str = "") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def text(words: str) -> Callable[[Canvas], object]:
    return lambda canvas: canvas.drawString(72, 700, words)


def blank(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)


def scan(canvas: Canvas) -> None:
    picture = io.BytesIO(b"P6 8 8 255 " + bytes(range(192)))
    canvas.drawImage(ImageReader(picture), 0, 0, 500, 700)


def drawing(canvas: Canvas) -> None:
    for place in range(200):
        canvas.line(place, 0, 0, place)


def encrypted(data: bytes, password: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, "owner", algorithm=algorithm)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_text_is_found_on_its_page() -> None:
    data = pdf(text("Avtal för Åsa"), blank, text(f"Personnr {PNR}"), title="Avtal 7")
    assert parts(data) == [
        Batch("page 1", ("Avtal för Åsa",)),
        Batch("page 3", (f"Personnr {PNR}",)),
        Batch("properties", ("Avtal 7",)),
    ]
    inner = parts(data, location="x.zip!a")
    assert [part.location for part in inner if isinstance(part, Batch)] == [
        "x.zip!a#page 1",
        "x.zip!a#page 3",
        "x.zip!a#properties",
    ]


def test_identifier_broken_over_two_lines_stays_as_it_stands() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Personnr 19121212-")
        canvas.drawString(72, 686, "1212 bekräftas")

    (batch,) = (part for part in parts(pdf(page), location="") if part)
    assert isinstance(batch, Batch)
    assert batch.values == ("Personnr 19121212-\n1212 bekräftas",)


def test_form_values_remarks_and_links_are_found_at_their_page() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Blankett")
        canvas.acroForm.textfield(name="personnr", value=PNR, x=72, y=600)
        canvas.acroForm.checkbox(name="ja", checked=True, x=72, y=500)
        canvas.textAnnotation("ring 070-174 06 05", Rect=[10, 10, 50, 50])
        canvas.linkURL("mailto:bo@example.se", (1, 1, 50, 50))

    assert parts(pdf(blank, page)) == [
        Batch("page 2", ("Blankett",)),
        Batch("page 2!personnr", (PNR,), "personnr"),
        Batch("page 2 comments", ("ring 070-174 06 05",)),
        Batch("page 2 links", ("mailto:bo@example.se",)),
    ]


def test_scanned_and_drawn_pages_are_named_not_silent() -> None:
    data = pdf(text("Framsida"), blank, scan, text("Slut"), scan, scan, drawing)
    assert parts(data) == [
        Batch("page 1", ("Framsida",)),
        Skipped("page 3", "a scanned page: no text to read"),
        Batch("page 4", ("Slut",)),
        Skipped("page 5-6", "a scanned page: no text to read"),
        Skipped("page 7", "a drawn page: no text to read"),
    ]


def test_attached_file_is_read_like_any_other() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(text("Se bilaga"))))
    writer.add_attachment("kunder.csv", b"namn;personnr\nBo;19121212-1212\n")
    stream = io.BytesIO()
    writer.write(stream)
    found = parts(stream.getvalue())
    assert Batch("kunder.csv#personnr", (PNR,), "personnr", "kunder.csv") in found


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encrypted_document_needs_its_password(algorithm: str) -> None:
    data = encrypted(pdf(text(PNR)), "hemligt", algorithm)
    with pytest.raises(ReadError, match=r"^encrypted PDF: needs its password$"):
        parts(data)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_document_that_opens_without_a_password_is_read(algorithm: str) -> None:
    found = parts(encrypted(pdf(text(PNR)), "", algorithm))
    assert found[0] == Batch("page 1", (PNR,))


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n%\xe2\xe3", pdf(text(PNR))[:300], b"%PDF-1.4\n" + bytes(range(256)) * 50],
)
def test_damaged_document_says_so(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parts(data)
    assert str(caught.value) == "damaged PDF: cannot be opened; restore it from a copy"


def test_kind_is_told_by_content_not_by_name() -> None:
    data = pdf(text(PNR))
    assert parts(data, "avtal.docx") == [Batch("page 1", (PNR,))]
    assert parts(data, "avtal.txt") == [Batch("page 1", (PNR,))]
    assert parts(b"", "avtal.pdf") == []


def test_broken_table_of_contents_is_mended() -> None:
    data = pdf(text(PNR))
    start = data.rindex(b"startxref")
    assert parts(data[:start] + b"startxref\n99999999\n%%EOF")[0] == Batch("page 1", (PNR,))


def raw(*objects: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return data + b"trailer << /Root 1 0 R >>\n%%EOF"


@pytest.mark.parametrize(
    "pages",
    [
        b"<< /Type /Pages /Kids [2 0 R] /Count 100000 >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
        b"<< /Type /Pages /Kids [9 0 R] /Count 100000 >>",
    ],
)
def test_pages_in_a_circle_cost_only_themselves(pages: bytes) -> None:
    data = raw(b"<< /Type /Catalog /Pages 2 0 R >>", pages)
    try:
        found = parts(data)
    except ReadError:
        return  # damaged, says another test
    assert len(found) <= 2
    assert all(isinstance(part, Skipped) for part in found)


def test_many_missing_pages_are_one_line() -> None:
    kids = b" ".join([b"9 0 R"] * 5000)
    data = raw(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count 5000 >>" % kids,
    )
    assert parts(data) == [Skipped("page 1-5000", "damaged page: cannot be read")]


def test_pages_come_one_by_one() -> None:
    pages = read(Document("a.pdf", io.BytesIO(pdf(*[text(f"sida {n}") for n in range(200)]))))
    assert next(iter(pages)) == Batch("page 1", ("sida 0",))

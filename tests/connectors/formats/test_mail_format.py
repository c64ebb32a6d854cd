import io
from email.message import EmailMessage

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.mail import header_text, html_text
from connectors.formats.read import Reader, read
from scanner.model import Batch, Dated, Skipped

DAY = (Dated("2026-10-14", "B"),)


def parts(data: bytes, name: str = "m.eml", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def body(data: bytes) -> list[str]:
    return [
        v for p in parts(data) if isinstance(p, Batch) and p.location == "body" for v in p.values
    ]


def mail(text: str = "Hej Åsa", subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Åsa Öberg <asa@example.se>"
    message["To"] = "kund@example.se"
    message["Subject"] = "Flytt till Ängsvägen"
    message["Date"] = "Wed, 14 Oct 2026 23:30:00 +0200"
    message.set_content(text, subtype=subtype)
    return message


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Sheet"
    book.active.append([None, "Namn"])
    book.active.append([1, "Bo"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_headers_and_body() -> None:
    assert parts(bytes(mail())) == [
        Batch("From", ("Åsa Öberg <asa@example.se>",), "From"),
        Batch("To", ("kund@example.se",), "To"),
        Batch("Subject", ("Flytt till Ängsvägen",), "Subject"),
        Batch("Date", ("Wed, 14 Oct 2026 23:30:00 +0200",), "Date"),
        Batch("body", ("Hej Åsa\n",), media="message/rfc822", dates=DAY),
    ]


def test_mail_inside_an_archive_names_its_place() -> None:
    locations = [
        part.location
        for part in parts(bytes(mail()), location="a.zip!m.eml")
        if isinstance(part, Batch)
    ]
    assert locations[0] == "a.zip!m.eml#From"
    assert locations[-1] == "a.zip!m.eml#body"


def test_attachments_are_documents_of_their_own() -> None:
    message = mail()
    kind = {"maintype": "application", "subtype": "octet-stream"}
    message.add_attachment(workbook(), filename="invoice.xlsx", **kind)  # type: ignore[arg-type]
    message.add_attachment("två", filename="räkning.txt")
    message.add_attachment("tre", filename="räkning.txt")
    message.add_attachment(b"Rar!\x1a\x07\x01\x00", filename="../x.rar", **kind)  # type: ignore[arg-type]
    message.add_attachment("fyra", filename="body")
    found = {
        (part.location if isinstance(part, Batch) else part.key): part
        for part in parts(bytes(message))[5:]
    }
    assert list(found) == [
        "invoice.xlsx#Sheet!A",
        "invoice.xlsx#Sheet!Namn",
        "räkning.txt",
        "räkning.txt (2)",
        "../x.rar",
        "body (2)",
    ]
    assert found["../x.rar"] == Skipped("../x.rar", "not read yet: RAR archive")


def test_forwarded_mail_is_read_within_its_place() -> None:
    outer = mail("se nedan")
    outer.add_attachment(mail("inre"))
    found = [part for part in parts(bytes(outer)) if isinstance(part, Batch)]
    assert found[5].location == "attachment-1#From"
    assert found[-1] == Batch("attachment-1#body", ("inre\n",), media="message/rfc822", dates=DAY)


def test_plain_text_is_preferred_and_html_alone_is_stripped() -> None:
    both = mail("bara text")
    both.add_alternative("<p>samma <b>text</b></p>", subtype="html")
    assert body(bytes(both)) == ["bara text\n"]
    html = mail("<style>p{}</style><p>Hej&nbsp;<b>Åsa</b></p><p>Bo &amp; Eva</p>", "html")
    assert body(bytes(html)) == ["Hej Åsa\nBo & Eva"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("=?utf-8?q?=C3=85sa?= <asa@example.se>", "Åsa <asa@example.se>"),
        ("=?iso-8859-1?Q?=C5sa?=", "Åsa"),
        ("=?nonsense?Q?=C5sa?=", "Åsa"),
        ("=?utf-8?b?***?=", "=?utf-8?b?***?="),
        ("folded\r\n line", "folded line"),
        ("\udcc3\udc85sa", "Åsa"),
        ("\udcc5sa", "Åsa"),
    ],
)
def test_header_is_decoded_or_left_as_it_stands(raw: str, expected: str) -> None:
    assert header_text(raw) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\nhej", ["hej"]),
        (b"Content-Type: text/plain; charset=x-none\n\nh\xe5r", ["hår"]),
        (b"Content-Type: multipart/mixed; boundary=q\n\nutan del", ["utan del"]),
        (b"Content-Type: multipart/mixed\n\nutan", ["utan"]),
        (b"Content-Transfer-Encoding: base64\n\n!!!", ["!!!"]),
        (b"Content-Type: text/html\n\n<![ab<p>hej", ["<![ab<p>hej"]),
        (b"Content-Type: text/plain; charset=\"utf-8\n\nhej", ["hej"]),
        (b"Content-Type: text/plain; charset=utf\xc38\n\nh\xe5r", ["hår"]),
        (b"Date: 99 Foo 0000\n\nhej", ["hej"]),
        (b"Content-Type: multipart/mixed; boundary=q\n\n--q\n\n1\n--q\n\n2 \xc3\xa5", ["1", "2 å"]),
    ],
)  # fmt: skip
def test_malformed_mail_is_read_as_far_as_it_goes(data: bytes, expected: list[str]) -> None:
    head = b"From: a@example.se\nSubject: x\n"
    assert [text.strip() for text in body(head + data)] == expected


def test_mail_is_recognised_by_content_not_by_suffix() -> None:
    assert parts(bytes(mail()), "export.txt")[0] == Batch(
        "From", ("Åsa Öberg <asa@example.se>",), "From"
    )
    (note,) = parts(b"Subject to change.\nThis is a note.\n", "note.eml")
    assert note == Batch("", ("Subject to change.\nThis is a note.\n",))


def test_mails_within_mails_end_at_a_depth() -> None:
    message = mail("innerst")
    for _ in range(12):
        outer = mail("yttre")
        outer.add_attachment(message)
        message = outer
    found = parts(bytes(message))
    assert found[-1] == Skipped(
        "!".join(["attachment-1"] * 8), "not read: nested deeper than 8 archives or mails"
    )
    assert sum(isinstance(p, Batch) and p.location.endswith("body") for p in found) == 8


def test_attachments_count_on_the_budget() -> None:
    message = mail()
    for number in range(3):
        message.add_attachment("x", filename=f"{number}.txt")
    found = list(Reader(Budget(members_left=2)).read(Document("m.eml", io.BytesIO(bytes(message)))))
    assert found[-1] == Skipped("2.txt", "the rest was not read: too many members")


def test_parts_nested_too_deeply_are_refused() -> None:
    levels = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)
    )
    with pytest.raises(ReadError) as caught:
        parts(b"From: a@example.se\nSubject: x\n" + levels)
    assert str(caught.value) == "damaged mail: its parts cannot be told apart"


def test_page_that_cannot_be_parsed_is_read_raw() -> None:
    assert html_text("<p>hej") == "hej"
    assert html_text("<![x") == "<![x"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_headers_with_raw_bytes_are_decoded(encoding: str) -> None:
    data = "From: Åsa\nSubject: räkning för Örjan\n\nhej".encode(encoding)
    assert [p.values for p in parts(data)[:2] if isinstance(p, Batch)] == [
        ("Åsa",),
        ("räkning för Örjan",),
    ]


@given(st.binary(max_size=200))
def test_no_mail_is_too_broken(data: bytes) -> None:
    for part in parts(b"From: a@example.se\nSubject: x\nContent-Type: " + data):
        assert isinstance(part, Batch | Skipped)

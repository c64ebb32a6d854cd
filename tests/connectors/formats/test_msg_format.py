import io
import random
import struct
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from aspose.email_foss.msg import MapiMessage

from connectors.base import ReadError
from connectors.formats import lzfu
from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Dated, Skipped

DAMAGED = "damaged mail: its parts cannot be told apart"
CSV = b"namn;personnr\nBo;19121212-1212\nEva;19000101-9802\n"


def message(text: str = "Hej, mitt personnummer \u00e4r 19121212-1212") -> MapiMessage:
    created = MapiMessage.create("\u00c4rende", text)
    created.set_property(0x0C1A, 0x001F, "\u00c5sa Ek")
    created.set_property(0x0C1F, 0x001F, "asa@example.se")
    created.set_property(0x0039, 0x0040, datetime(2024, 1, 2, 3, 4, tzinfo=UTC))
    created.add_recipient("bo@example.se", display_name="Bo \u00d6berg")
    created.add_recipient("eva@example.se", display_name="Eva Al", recipient_type=2)
    return created


def parts(data: bytes, name: str = "a.msg", location: str = "") -> list[Batch | Skipped]:
    return list(read(Document(name, io.BytesIO(data), location)))


def places(data: bytes) -> dict[str, tuple[str, ...]]:
    return {part.location: part.values for part in parts(data) if isinstance(part, Batch)}


def test_headers_text_and_date_stand_where_those_of_any_mail_do() -> None:
    found = parts(message().to_bytes(), "x.bin", "in.zip!x")
    assert found == [
        Batch("in.zip!x#From", ("\u00c5sa Ek <asa@example.se>",), "From"),
        Batch("in.zip!x#To", ("Bo \u00d6berg <bo@example.se>",), "To"),
        Batch("in.zip!x#Cc", ("Eva Al <eva@example.se>",), "Cc"),
        Batch("in.zip!x#Subject", ("\u00c4rende",), "Subject"),
        Batch("in.zip!x#Date", ("Tue, 02 Jan 2024 03:04:00 +0000",), "Date"),
        Batch(
            "in.zip!x#body",
            ("Hej, mitt personnummer \u00e4r 19121212-1212",),
            media="message/rfc822",
            dates=(Dated("2024-01-02", "B"),),
        ),
    ]


def test_attachments_are_documents_of_their_own() -> None:
    outer = message()
    outer.add_attachment("list.csv", CSV)
    outer.add_attachment("list.csv", b"hej")
    outer.add_embedded_message_attachment(message("inre text"), filename="vidare.msg")
    found = places(outer.to_bytes())
    assert found["list.csv#personnr"] == ("19121212-1212", "19000101-9802")
    assert found["list.csv (2)"] == ("hej",)
    assert found["vidare.msg#body"] == ("inre text",)
    assert found["vidare.msg#To"] == ("Bo \u00d6berg <bo@example.se>",)


def test_html_alone_is_stripped() -> None:
    page = MapiMessage.create("x", "")
    page.body_html = "<style>p{}</style><p>Hej <b>\u00c5sa</b></p>"
    assert places(page.to_bytes())["body"] == ("Hej \u00c5sa",)


def test_packed_rtf_alone_is_read_on() -> None:
    rtf = rb"{\rtf1 Hej 19121212-1212}"
    packed = struct.pack("<4I", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    mail = MapiMessage.create("x", "")
    mail.set_property(0x1009, 0x0102, packed)
    (last,) = [p for p in parts(mail.to_bytes()) if "body" in getattr(p, "location", "body")]
    if isinstance(last, Batch):
        assert "19121212-1212" in last.values[0]
    else:
        assert last == Skipped("body", "not read yet: RTF document")


def test_rtf_is_unpacked_as_outlook_packs_it() -> None:
    # the examples of MS-OXRTFCP, 4.1 and 4.2
    plain = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d"
        "0a800fa0"
    )
    assert lzfu.unpack(plain) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert lzfu.unpack(crossing) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    with pytest.raises(ReadError):
        lzfu.unpack(b"LZFu")


def test_contact_gives_its_fields() -> None:
    contact = MapiMessage.create("Bo", "")
    contact.message_class = "IPM.Contact"
    contact.set_property(0x3A08, 0x001F, "070-174 06 05")
    assert "070-174 06 05" in places(contact.to_bytes())["body"][0]


def test_sender_known_only_to_the_company_is_named() -> None:
    mail = message()
    mail.set_property(0x0C1F, 0x001F, "/O=BOLAG/CN=ASAEK")
    assert places(mail.to_bytes())["From"] == ("\u00c5sa Ek",)
    mail.set_property(0x5D01, 0x001F, "asa.ek@example.se")
    assert places(mail.to_bytes())["From"] == ("\u00c5sa Ek <asa.ek@example.se>",)


@pytest.mark.parametrize("keep", [8, 600, 1500, 4000])
def test_truncated_mail_is_damaged(keep: int) -> None:
    with pytest.raises(ReadError) as caught:
        parts(message().to_bytes()[:keep])
    assert str(caught.value) == DAMAGED


def test_empty_mail_holds_its_subject_only() -> None:
    assert [p for p in parts(MapiMessage.create("x", "").to_bytes()) if isinstance(p, Batch)] == [
        Batch("Subject", ("x",), "Subject")
    ]


def test_nesting_ends_at_a_depth() -> None:
    inner = message("innerst")
    for _ in range(10):
        outer = message()
        outer.add_embedded_message_attachment(inner, filename="m")
        inner = outer
    found = parts(inner.to_bytes())
    reason = "not read: nested deeper than 8 archives or mails"
    assert found[-1] == Skipped("!".join(["m"] * 8), reason)


def test_random_damage_costs_only_the_mail() -> None:
    outer = message()
    outer.add_attachment("list.csv", CSV * 200)
    outer.add_embedded_message_attachment(message("inre"), filename="m.msg")
    whole, chance = outer.to_bytes(), random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 4, 40])):
            data[chance.randrange(512, len(data))] = chance.randrange(256)
        with suppress(ReadError):
            assert all(isinstance(part, Batch | Skipped) for part in parts(bytes(data)))


def test_container_that_claims_more_than_it_holds_is_damaged() -> None:
    outer = message()
    outer.add_attachment("stor.txt", b"x" * 9000)
    data = bytearray(outer.to_bytes())
    at = data.find("__substg1.0_37010102".encode("utf-16-le")) + 120
    assert struct.unpack_from("<Q", data, at) == (9000,)
    data[at : at + 8] = struct.pack("<Q", (1 << 31) - 1)
    with pytest.raises(ReadError) as caught:
        parts(bytes(data))
    assert str(caught.value) == DAMAGED

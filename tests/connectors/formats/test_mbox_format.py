import io
import tracemalloc
from email.message import EmailMessage

import pytest

from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Dated, Skipped

FROM = b"From anna@example.se Mon Jan  1 12:00:00 2024\n"
DAY = (Dated("2024-01-01", "B"),)


def mail(subject: str, text: str, attachment: tuple[str, bytes] | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Åsa Ek <asa@example.se>"
    message["Subject"] = subject
    message["Date"] = "Mon, 1 Jan 2024 12:00:00 +0100"
    message.set_content(text)
    if attachment:
        name, data = attachment
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def parts(data: bytes, location: str = "") -> list[Batch | Skipped]:
    return list(read(Document("a.mbox", io.BytesIO(data), location)))


def bodies(data: bytes) -> dict[str, str]:
    return {
        part.location: "".join(part.values)
        for part in parts(data)
        if isinstance(part, Batch) and part.location.endswith("#body")
    }


def test_each_mail_has_its_own_place() -> None:
    table = b"namn;personnr\nBo;19121212-1212\nEva;19000101-9802\n"
    box = FROM + mail("ett", "hej") + b"\n" + FROM + mail("två", "hej då", ("l.csv", table))
    assert parts(box) == [
        Batch("mail 1#From", ("Åsa Ek <asa@example.se>",), "From"),
        Batch("mail 1#Subject", ("ett",), "Subject"),
        Batch("mail 1#Date", ("Mon, 01 Jan 2024 12:00:00 +0100",), "Date"),
        Batch("mail 1#body", ("hej\n\n",), media="message/rfc822", dates=DAY),
        Batch("mail 2#From", ("Åsa Ek <asa@example.se>",), "From"),
        Batch("mail 2#Subject", ("två",), "Subject"),
        Batch("mail 2#Date", ("Mon, 01 Jan 2024 12:00:00 +0100",), "Date"),
        Batch("mail 2#body", ("hej då\n",), media="message/rfc822", dates=DAY),
        Batch("mail 2!l.csv#namn", ("Bo", "Eva"), "namn", "mail 2!l.csv"),
        Batch(
            "mail 2!l.csv#personnr", ("19121212-1212", "19000101-9802"), "personnr", "mail 2!l.csv"
        ),
    ]
    assert next(iter(parts(box, "in.zip!a.mbox"))) == Batch(
        "in.zip!a.mbox!mail 1#From", ("Åsa Ek <asa@example.se>",), "From"
    )


def test_from_within_a_text_begins_no_mail() -> None:
    text = "Hej\nFrom den dagen\n>From mig\n\nFrom Anna:\nkl 12:00 2024\n>>From dig\n"
    box = (
        FROM + b"From: a@example.se\nSubject: x\n\n" + text.encode() + b"\n" + FROM + mail("y", "z")
    )
    found = bodies(box)
    assert list(found) == ["mail 1#body", "mail 2#body"]
    assert found["mail 1#body"] == text.replace(">From", "From") + "\n"


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Jan 01 12:00:00 2024\r\n",
        b"From 1765@xxx Mon Jan 01 12:00:00 +0000 2024\n",
        b"From MAILER-DAEMON Mon Jan  1 12:00:00 2024\n",
        b"From a b Mon Jan  1 12:00 2024\n",
    ],
)
def test_mailboxes_of_many_programs(line: bytes) -> None:
    assert list(bodies((line + mail("x", "hej") + b"\n") * 3)) == [
        "mail 1#body",
        "mail 2#body",
        "mail 3#body",
    ]


def test_truncated_mailbox_is_read_to_its_end() -> None:
    box = FROM + mail("x", "hej") + b"\n" + FROM + mail("y", "Bo 19121212-1212")[:-6]
    assert bodies(box)["mail 2#body"] == "Bo 19121212"


def test_empty_mails_hold_nothing_and_count() -> None:
    box = FROM + b"To: c\nSubject: a\n\n\n" + FROM + b"Subject: b\n\n"
    assert parts(box) == [
        Batch("mail 1#To", ("c",), "To"),
        Batch("mail 1#Subject", ("a",), "Subject"),
        Batch("mail 2#Subject", ("b",), "Subject"),
    ]


def test_one_large_mail_among_small_ones() -> None:
    large = b"From: a@example.se\nSubject: stor\n\n" + b"ord och rad " * (20 << 20 >> 4) + b"\n\n"
    box = FROM + mail("x", "hej") + b"\n" + FROM + large + FROM + mail("y", "slut")
    found = parts(box)
    assert found[-1] == Batch("mail 3#body", ("slut\n",), media="message/rfc822", dates=DAY)
    texts = [p for p in found if isinstance(p, Batch) and p.location == "mail 2#body"]
    assert sum(len(value) for p in texts for value in p.values) > 14 << 20


def test_mail_over_the_limit_is_named_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("connectors.formats.mail._LARGEST", 1 << 20)
    box = (
        FROM + b"Subject: stor\nTo: b\n\n" + b"x " * (1 << 20) + b"\n\n" + FROM + mail("y", "slut")
    )
    found = parts(box)
    assert found[0] == Skipped("mail 1", "not read: mail larger than 1 MiB")
    assert found[1] == Batch("mail 2#From", ("Åsa Ek <asa@example.se>",), "From")


class Endless(io.RawIOBase):
    """A stream made as it is read."""

    def __init__(self, unit: bytes, times: int) -> None:
        self._unit, self._times, self._left = unit, times, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        if not self._left and self._times:
            self._left, self._times = self._unit, self._times - 1
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def test_large_mailbox_takes_little_memory() -> None:
    unit = (FROM + mail("x", "hej och rad\n" * 2000) + b"\n") * 10
    stream = io.BufferedReader(Endless(unit, 40))
    seen = 0
    tracemalloc.start()
    for part in read(Document("a.mbox", stream)):
        assert isinstance(part, Batch)
        seen += part.location.endswith("#body")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == 400
    assert peak < 12 << 20

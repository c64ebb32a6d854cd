import base64
import io
import os
import random
import tempfile
import zipfile
from pathlib import Path
from threading import Thread

import pytest

from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch, Skipped

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (PNG, "PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "JPEG image"),
        (b"GIF89a\x01\x00\x01\x00\x00", "GIF image"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP image"),
        (b"BM\x8a\x00\x00\x00\x00\x00\x00\x00\x8a", "bmp image"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "executable"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", "executable"),
        (b"Rar!\x1a\x07\x01\x00", "RAR archive"),
        (b"!BDN\x00\x00\x00\x00", "Outlook mailbox (PST)"),
        (b"-----BEGIN PGP MESSAGE-----\n\nxyz", "encrypted text (PGP)"),
        (bytes(2000), "unknown binary data"),
        (random.Random(1).randbytes(5000), "unknown binary data"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a"])
def test_what_is_not_read_yet_says_what_it_is(data: bytes, label: str, name: str) -> None:
    parts = list(read(Document(name, io.BytesIO(data), "x.zip!a")))
    assert parts == [Skipped("x.zip!a", f"not read yet: {label}")]


@pytest.mark.parametrize(
    ("member", "content", "label"),
    [
        ("visio/document.xml", b"<x/>", "Visio drawing"),
        ("META-INF/MANIFEST.MF", b"x", "Java archive"),
        ("mimetype", b"application/epub+zip", "EPUB document"),
    ],
)
def test_office_documents_are_told_from_archives(member: str, content: bytes, label: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr(member, content)
    parts = list(read(Document("a.zip", io.BytesIO(stream.getvalue()))))
    assert parts == [Skipped("", f"not read yet: {label}")]


def test_stream_is_left_open_for_whoever_opened_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("hej", "utf-8")
    with path.open("rb") as stream:
        assert list(read(Document("a.txt", stream))) == [Batch("", ("hej",))]
        assert not stream.closed


def _send(data: bytes, descriptor: int) -> None:
    with os.fdopen(descriptor, "wb") as pipe:
        pipe.write(data)


def test_network_stream_is_copied_and_the_copy_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.bin", os.urandom(9 << 20))
        archive.writestr("b.txt", "hej")
    reading, writing = os.pipe()
    sender = Thread(target=_send, args=(path.read_bytes(), writing))
    sender.start()
    with os.fdopen(reading, "rb") as stream:
        parts = list(read(Document("a.zip", stream)))
    sender.join()
    assert parts == [
        Skipped("a.bin", "not read yet: unknown binary data"),
        Batch("b.txt", ("hej",)),
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]

"""Tells what a document is by its first bytes; its name only settles doubt."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

import filetype

from connectors.formats import ole
from connectors.formats.encoding import wide_encoding


class Form(StrEnum):
    """How a document is read."""

    TEXT = "text"
    MAIL = "mail"
    ZIP = "zip"
    TAR = "tar"
    PACKED = "packed"
    OLE = "ole"
    MEDIA = "media"
    MAILBOX = "mailbox"
    PARQUET = "parquet"
    SEVENZIP = "sevenzip"
    SQLITE = "sqlite"
    DUCKDB = "duckdb"
    JOURNAL = "journal"
    PDF = "pdf"
    RTF = "rtf"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document was recognised as."""

    form: Form
    label: str
    """A media type for media, else words for people."""


_MEDIA = (
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xfa", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b".snd\x00", "audio/basic"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"DHAV", "video/x-dav"),
    (0, bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "video/x-ms-wmv"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (8, b"AIFF", "audio/aiff"),
    (8, b"AIFC", "audio/aiff"),
    (4, b"moov", "video/quicktime"),
    (4, b"mdat", "video/quicktime"),
    (4, b"wide", "video/quicktime"),
)
_BRANDS = (
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"qt", "video/quicktime"),
    (b"3g", "video/3gpp"),
    (b"M4V", "video/x-m4v"),
    (b"heic", ""),
    (b"heix", ""),
    (b"mif1", ""),
    (b"avif", ""),
    (b"crx", ""),
)
"""First brands of ISO media files; "" stands for pictures."""
_OTHERS = (
    (0, b"%PDF-", "PDF document"),
    (0, b"{\\rtf", "RTF document"),
    (0, b"%!PS", "PostScript document"),
    (0, b"SQLite format 3\x00", "SQLite database"),
    (0, b"\x37\x7f\x06\x82", "SQLite's journal"),
    (0, b"\x37\x7f\x06\x83", "SQLite's journal"),
    (0, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "SQLite's journal"),
    (8, b"DUCK", "DuckDB database"),
    (0, b"d\x00be\x00", "DuckDB's journal"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (0, b"Rar!\x1a\x07", "RAR archive"),
    (0, b"MSCF\x00\x00\x00\x00", "cabinet archive"),
    (0, b"\x28\xb5\x2f\xfd", "zstd-packed file"),
    (0, b"\x04\x22\x4d\x18", "lz4-packed file"),
    (0, b"!BDN", "Outlook mailbox (PST)"),
    (0, b"\x78\x9f\x3e\x22", "Outlook attachment (TNEF)"),
    (0, b"PAR1", "Parquet file"),
    (0, b"PARE", "encrypted Parquet file"),
    (0, b"Obj\x01", "Avro file"),
    (0, b"ORC", "ORC file"),
    (0, b"\x7fELF", "executable"),
    (0, b"\xca\xfe\xba\xbe", "executable"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"GIF87a", "GIF image"),
    (0, b"GIF89a", "GIF image"),
    (0, b"II*\x00", "TIFF image"),
    (0, b"MM\x00*", "TIFF image"),
    (8, b"WEBP", "WebP image"),
    (128, b"DICM", "DICOM image"),
    (4, b"Standard Jet DB", "Access database"),
    (4, b"Standard ACE DB", "Access database"),
    (0, b"-----BEGIN PGP MESSAGE", "encrypted text (PGP)"),
    (0, b"Salted__", "encrypted file"),
)
_FORMS = {
    "7z archive": Form.SEVENZIP,
    "Parquet file": Form.PARQUET,
    "SQLite database": Form.SQLITE,
    "DuckDB database": Form.DUCKDB,
    "SQLite's journal": Form.JOURNAL,
    "DuckDB's journal": Form.JOURNAL,
    "PDF document": Form.PDF,
    "RTF document": Form.RTF,
}
"""Those of the others that have a reader, or advice, of their own."""
_FAMILIES = {"image": "image", "font": "font", "audio": "audio", "video": "video"}
PACKERS = {b"\x1f\x8b\x08": "gzip", b"BZh91AY&SY": "bzip2", b"\xfd7zXZ\x00": "xz"}
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1b") + b"\x7f"
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,70}):[ \t]?(.*)")
_MAIL_HEADERS = re.compile(
    r"""(?ix)
    from | to | cc | bcc | subject | date | received | mime-version | message-id | return-path |
    delivered-to | reply-to | content-type | content-transfer-encoding | sender | x-mailer | in-
    reply-to | references | dkim-signature"""
)


def recognise(head: bytes, name: str) -> Kind:
    """The kind of a document that begins so. Everything has one."""
    plain = _is_plain(head)
    return (
        _container(head)
        or _media(head, plain=plain)
        or _other(head, plain=plain)
        or _text(head, name, plain=plain)
        or _unread(head)
    )


def _container(head: bytes) -> Kind | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind(Form.ZIP, "ZIP archive")
    if head.startswith(ole.MAGIC):
        return Kind(Form.OLE, "OLE compound file")
    for magic, packer in PACKERS.items():
        if head.startswith(magic):
            return Kind(Form.PACKED, packer)
    return Kind(Form.TAR, "TAR archive") if is_tar(head) else None


def is_tar(head: bytes) -> bool:
    """Whether the first block is a TAR header: its checksum tells, also where no magic does."""
    block = head[:512]
    if len(block) < 512 or not block[0]:
        return False
    try:
        stated = int(block[148:156].strip(b" \x00") or b"-1", 8)
    except ValueError:
        return False
    return sum(block[:148]) + 8 * 32 + sum(block[156:]) == stated


def _media(head: bytes, *, plain: bool) -> Kind | None:
    if plain:
        return None
    if head[4:8] == b"ftyp":
        media = next((media for brand, media in _BRANDS if head.startswith(brand, 8)), "video/mp4")
        return Kind(Form.MEDIA, media) if media else None
    if head[:4] == b"RIFF" and head[8:12] not in {b"WAVE", b"AVI "}:
        return None
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return Kind(Form.MEDIA, "video/mp2t")
    for place, magic, media in _MEDIA:
        if head.startswith(magic, place) and (place != 8 or head[:4] in {b"RIFF", b"FORM"}):
            webm = media == "video/x-matroska" and b"webm" in head[:64]
            return Kind(Form.MEDIA, "video/webm" if webm else media)
    return None


def _other(head: bytes, *, plain: bool) -> Kind | None:
    for place, magic, label in _OTHERS:
        if head.startswith(magic, place) and not (plain and magic.isalnum()):
            return Kind(_FORMS.get(label, Form.UNREAD), label)
    return Kind(Form.PDF, "PDF document") if b"%PDF-1." in head[:1024] else None


def _text(head: bytes, name: str, *, plain: bool) -> Kind | None:
    wide = wide_encoding(head)
    if wide is None and not plain:
        return None
    if wide is None:
        first = head[:8192].removeprefix(codecs.BOM_UTF8)
        if first.startswith(b"From ") and _mail_headers(first.partition(b"\n")[2]) >= 2:
            return Kind(Form.MAILBOX, "mailbox (mbox)")
        least = 1 if PurePosixPath(name).suffix.lower() == ".eml" else 2
        if _mail_headers(first) >= least:
            return Kind(Form.MAIL, "mail")
    return Kind(Form.TEXT, "text")


def _is_plain(head: bytes) -> bool:
    """Whether it is UTF-8 or single-byte text: control characters are rare, ASCII is usual."""
    control = len(head) - len(head.translate(None, _CONTROL))
    if control * 20 > len(head):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return sum(1 for byte in head if byte < 0x80) * 10 >= len(head) * 6
    return True


def _mail_headers(head: bytes) -> int:
    """How many different mail headers the block of header lines at the start holds."""
    seen = set()
    for index, line in enumerate(head.decode("latin-1").splitlines()):
        if line[:1] in {" ", "\t"} and index:
            continue
        header = _HEADER.fullmatch(line)
        if header is None:
            break
        if _MAIL_HEADERS.fullmatch(header[1]):
            seen.add(header[1].lower())
    return len(seen)


def _unread(head: bytes) -> Kind:
    guess = filetype.guess(head)
    if guess is None:
        return Kind(Form.UNREAD, "unknown binary data")
    family, _, name = guess.mime.partition("/")
    if guess.extension == "exe":
        return Kind(Form.UNREAD, "executable")
    return Kind(Form.UNREAD, f"{name} {_FAMILIES.get(family, 'file')}")

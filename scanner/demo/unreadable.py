"""Files that nobody can read: broken off, and encrypted; made by hand, byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Iterator
from random import Random

from scanner.demo.artefact import Artefact, Contents, Unreadable
from scanner.demo.company import Company
from scanner.demo.documents import customer_list
from scanner.demo.table import pack, to_csv, to_xlsx

PASSWORD = b"sommar2023"
SECTOR = 512
END_OF_CHAIN, FAT_SECTOR, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ENCRYPTION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"
 xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData saltSize="16"
 blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"
 hashAlgorithm="SHA512" saltValue="{0}"/><dataIntegrity encryptedHmacKey="{2}"
 encryptedHmacValue="{2}"/><keyEncryptors><keyEncryptor
 uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey
 spinCount="100000" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"
 cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{0}"
 encryptedVerifierHashInput="{0}" encryptedVerifierHashValue="{2}" encryptedKeyValue="{1}"/>
</keyEncryptor></keyEncryptors></encryption>"""


def artefacts(company: Company) -> Iterator[Artefact]:
    """Broken and encrypted workbooks and archives."""
    workbook = to_xlsx(customer_list("Kunder", company.customers[:40]))
    broken = Contents(unreadable=(Unreadable("", "damaged"),))
    secret = Contents(unreadable=(Unreadable("", "encrypted"),))
    yield Artefact("Kundlistor/Trasig export.xlsx", workbook[: len(workbook) // 2], broken)
    locked = encrypted_workbook(company.random("unreadable"))
    yield Artefact("Kundlistor/Lösenordsskyddad.xlsx", locked, secret)
    archive = pack({"kunder.csv": to_csv(customer_list("kunder", company.customers[:80]))})
    yield Artefact("Arkiv/Avbruten överföring.zip", archive[: len(archive) * 2 // 3], broken)
    members = {"läs mig.txt": "Innehåller lönelistan. Fråga ekonomi om lösenordet.\n".encode()}
    wages = b"anstnr;belopp\r\n7001;41200\r\n7002;38750\r\n"
    part = Contents(unreadable=(Unreadable("löner.csv", "encrypted"),))
    yield Artefact("Arkiv/Löner 2023.zip", locked_archive(members, "löner.csv", wages), part)


def locked_archive(members: dict[str, bytes], name: str, content: bytes) -> bytes:
    """A ZIP archive whose last member is encrypted with `PASSWORD` (the traditional cipher)."""
    check = zlib.crc32(content)
    sealed = _sealed(bytes(range(11)) + bytes([check >> 24]) + content)
    packed = bytearray(pack({**members, name: sealed}, method=zipfile.ZIP_STORED))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        local = archive.getinfo(name).header_offset
    central = packed.rindex(name.encode()) - 46
    for flags, sums in ((local + 6, local + 14), (central + 8, central + 16)):
        packed[flags] |= 1
        struct.pack_into("<III", packed, sums, check, len(sealed), len(content))
    return bytes(packed)


def encrypted_workbook(chance: Random) -> bytes:
    """A workbook as Excel encrypts it: an OLE container of two streams, its key known to nobody."""
    salts = (b64encode(chance.randbytes(size)).decode() for size in (16, 32, 64))
    header = struct.pack("<HHI", 4, 4, 0x40) + ENCRYPTION.format(*salts).encode()
    # Streams of 4,096 bytes or more need no second allocation table; blanks after XML are legal.
    info = header.ljust(4096)
    package = struct.pack("<Q", 8000) + chance.randbytes(8000)
    info_at, package_at = 2, 2 + _sectors(info)
    end = package_at + _sectors(package)
    chain = [FAT_SECTOR, END_OF_CHAIN, *range(info_at + 1, package_at), END_OF_CHAIN]
    chain += [*range(package_at + 1, end), END_OF_CHAIN]
    chain += [FREE] * (SECTOR // 4 - len(chain))
    directory = b"".join(
        (
            _entry("Root Entry", kind=5, child=1, start=END_OF_CHAIN, size=0),
            _entry("EncryptedPackage", kind=2, left=2, start=package_at, size=len(package)),
            _entry("EncryptionInfo", kind=2, start=info_at, size=len(info)),
            _entry("", kind=0, start=0, size=0),
        )
    )
    body = struct.pack(f"<{SECTOR // 4}I", *chain) + directory + _padded(info) + _padded(package)
    return _ole_header() + body


def _ole_header() -> bytes:
    """Version 3: one sector of allocation table (sector 0), the directory in sector 1."""
    versions = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    tables = struct.pack("<109I", 0, *[FREE] * 108)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + versions + places + tables


def _entry(
    name: str, *, kind: int, start: int, size: int, left: int = FREE, child: int = FREE
) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    links = struct.pack("<HBBIII", length, kind, 1, left, FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _sectors(stream: bytes) -> int:
    return -(-len(stream) // SECTOR)


def _padded(stream: bytes) -> bytes:
    return stream.ljust(_sectors(stream) * SECTOR, b"\0")


def _sealed(plain: bytes) -> bytes:
    """The bytes under ZIP's traditional cipher: weak, but what old archives are locked with."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in PASSWORD:
        _turn(keys, byte)
    out = bytearray()
    for byte in plain:
        low = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ ((low * (low ^ 1)) >> 8) & 0xFF)
        _turn(keys, byte)
    return bytes(out)


def _turn(keys: list[int], byte: int) -> None:
    keys[0] = _crc(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    keys[2] = _crc(keys[2], keys[1] >> 24)


def _crc(key: int, byte: int) -> int:
    """One step of CRC-32 without its usual complements before and after."""
    return zlib.crc32(bytes([byte]), key ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

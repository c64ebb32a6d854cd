"""What lies in an OLE compound file (Office before 2007, encrypted Office, Outlook mail)."""

from __future__ import annotations

import struct
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks."""
_MOST_SECTORS = 4096


def names(stream: BinaryIO) -> frozenset[str]:
    """Names of the streams and folders inside, as far as the file can be followed."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512 or not header.startswith(MAGIC):
        return frozenset()
    size = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    sector = struct.unpack_from("<I", header, 48)[0]
    tables = struct.unpack_from("<109I", header, 76)
    found = set()
    for _ in range(_MOST_SECTORS):
        if sector >= _END:
            break
        data = _sector(stream, sector, size)
        for entry in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, entry + 64)[0]
            if 2 <= length <= 64:
                found.add(data[entry : entry + length - 2].decode("utf-16-le", "replace"))
        sector = _following(stream, sector, size, tables)
    return frozenset(found)


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    return stream.read(size)


def _following(stream: BinaryIO, sector: int, size: int, tables: tuple[int, ...]) -> int:
    """The next sector of a chain, or a mark."""
    table, place = divmod(sector, size // 4)
    if table >= len(tables) or tables[table] >= _END:
        return _END
    data = _sector(stream, tables[table], size)[place * 4 : place * 4 + 4]
    return int.from_bytes(data, "little") if len(data) == 4 else _END

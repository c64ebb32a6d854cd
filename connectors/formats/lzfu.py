"""The packed RTF that Outlook keeps mails in (MS-OXRTFCP)."""

from __future__ import annotations

import struct

from connectors.base import ReadError

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_LARGEST = 64 << 20
_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What every dictionary begins with."""


def unpack(data: bytes) -> bytes:
    """The RTF. Raises `ReadError` where it cannot be unpacked."""
    if len(data) < 16:
        raise ReadError("damaged text: its packed RTF cannot be read")
    _, size, magic, _ = struct.unpack_from("<4I", data)
    if magic == _PLAIN:
        return data[16 : 16 + size]
    if magic != _PACKED:
        raise ReadError("damaged text: its packed RTF cannot be read")
    return _unpacked(data[16:])


def _unpacked(data: bytes) -> bytes:
    window = bytearray(_BEGINNING.ljust(4096, b"\0"))
    at, place, out = len(_BEGINNING), 0, bytearray()
    while place < len(data) and len(out) < _LARGEST:
        flags = data[place]
        place += 1
        for bit in range(8):
            if flags >> bit & 1:
                pair = data[place : place + 2]
                place += 2
                offset, length = int.from_bytes(pair) >> 4, (pair[-1] & 15 if pair else 0) + 2
                if len(pair) < 2 or offset == at:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) % 4096]
                    window[at] = byte
                    out.append(byte)
                    at = (at + 1) % 4096
            elif place < len(data):
                window[at] = data[place]
                out.append(data[place])
                at = (at + 1) % 4096
                place += 1
    return bytes(out)

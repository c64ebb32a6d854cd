"""Database values as text, the same for every engine."""

from __future__ import annotations

import json
import math
from codecs import getincrementaldecoder
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType
from typing import cast

LONGEST = 1_000_000
"""Characters (or bytes) of one value that are read."""

_TEXTS = {str, NoneType}

BINARY = "binary values, not text, were not read"
CUT = f"of values longer than {LONGEST} characters only the beginning was read"


def column_texts(values: Sequence[object]) -> tuple[tuple[str, ...], set[str]]:
    """A column's values as text, one for one, and why some of them are not whole.

    NULL is an empty text, and so is what is not text at all.
    """
    kinds = set(map(type, values))
    if kinds == {int}:
        return tuple(map(str, values)), set()
    if kinds <= _TEXTS:
        texts = cast("Sequence[str]", values)
        filled = tuple(texts if kinds == {str} else [text or "" for text in texts])
        if max(map(len, filled), default=0) <= LONGEST:
            return filled, set()
    read: list[str] = []
    reasons: set[str] = set()
    for value in values:
        if isinstance(value, str | bytes) and len(value) > LONGEST:
            text, reason = text_of(value[:LONGEST]), CUT
        else:
            text, reason = text_of(value), ""
        if text is None:
            reason = BINARY
        if reason:
            reasons.add(reason)
        read.append(text or "")
    return tuple(read), reasons


def text_of(value: object) -> str | None:
    """One value as text; None for bytes that are no text.

    Numbers are written without an exponent and whole ones without a fraction, times as ISO 8601
    with a space, as the engines themselves write them.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _decoded(bytes(value))
    return _other(value)


def _other(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=text_of)
    return str(value)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def _decoded(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    is_whole = len(data) < LONGEST  # else the last character may be cut
    try:
        return getincrementaldecoder("utf-8")().decode(data, final=is_whole)
    except UnicodeDecodeError:
        return None

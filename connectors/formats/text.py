"""Plain text, raw: notes, logs, JSON, XML, HTML, EDIFACT; in any encoding, of any length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from connectors.formats.base import Document
from connectors.formats.encoding import decoded
from scanner.model import Batch, Skipped

VALUE = 1 << 16
"""Characters of the longest value."""
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n[^\S\n]*\n",  # between paragraphs
        r"\n",
        r"[.!?;>}\]'][^\S\n]",  # after a sentence
        r"['>}]",  # after an EDIFACT segment, a tag, an object
        r"(?<![0-9])\s|\s(?![0-9])",  # not within a number
        r"\s",
    )
)


def chunks(pieces: Iterable[str], size: int = VALUE) -> Iterator[str]:
    """The same text in values of at most `size` characters, cut where least is torn apart."""
    text = ""
    for piece in pieces:
        text += piece
        while len(text) > size:
            cut = _cut(text, size)
            yield text[:cut]
            text = text[cut:]
    if text:
        yield text


def _cut(text: str, size: int) -> int:
    """The last best place to cut in the later half; anywhere in the first half before no place."""
    for pattern in _CUTS[:-1]:
        if cut := _last(pattern, text, size // 2, size):
            return cut
    for pattern in _CUTS:
        if cut := _last(pattern, text, 0, size):
            return cut
    return size


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the last hit ends, 0 for none."""
    cut = 0
    for hit in pattern.finditer(text, start, end):
        cut = hit.end()
    return cut


def read(document: Document) -> Iterator[Batch | Skipped]:
    """One batch for each stretch of text."""
    for value in chunks(decoded(document.stream)):
        if not value.isspace():
            yield Batch(document.location, (value,))

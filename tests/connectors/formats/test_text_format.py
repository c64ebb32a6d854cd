import io
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.formats.base import Document
from connectors.formats.encoding import decode
from connectors.formats.read import read
from connectors.formats.text import VALUE, chunks
from scanner.model import Batch, Skipped

WORDS = st.lists(
    st.sampled_from(
        [
            "Åsa",
            "Örjan",
            "Ängsvägen",
            "räkning",
            "kund",
            "självrisk",
            "mätare",
            "gård",
            "hör",
            "öre",
            "båt",
            "Ästad",
            "och",
            "i",
            "Kalmar",
            "12",
        ]
    ),
    min_size=3,
    max_size=60,
)


def values(data: bytes, name: str = "a.txt") -> list[str]:
    texts: list[str] = []
    for part in read(Document(name, io.BytesIO(data))):
        assert isinstance(part, Batch), part
        assert part.location == ""
        texts.extend(part.values)
    return texts


class Endless(io.RawIOBase):
    """A network stream: it gives a little at a time and cannot be sought in."""

    def __init__(self, unit: bytes, times: int) -> None:
        self._units = iter([unit] * times)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        left = self._left or next(self._units, b"")
        data, self._left = left[: len(buffer)], left[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-32",
        "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
    ],
)  # fmt: skip
@given(words=WORDS)
@example(words=["räkning", "till", "Åsa"])
def test_swedish_text_comes_out_whatever_the_encoding(encoding: str, words: list[str]) -> None:
    text = "Kundtjänst: " + " ".join(words)
    assert values(text.encode(encoding)) == [text]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("“Smörgås” – sade hon…".encode("cp1252"), "“Smörgås” – sade hon…"),
        ("it’s “quoted” text".encode("cp1252"), "it’s “quoted” text"),
        (("─" * 40 + "\nÅsa Öberg\n").encode("cp850"), "─" * 40 + "\nÅsa Öberg\n"),
        ("åäö\n".encode() + "åker\n".encode("cp1252"), "åäö\nåker\n"),
        (b"plain", "plain"),
        (b"", ""),
        ("\ufeffåäö".encode("utf-16-be"), "åäö"),
        ("l\xf6n".encode("cp850"), "lön"),
    ],
)
def test_encoding_is_chosen_by_swedish_letters(data: bytes, expected: str) -> None:
    assert decode(data) == expected


def test_lone_surrogate_in_utf16_never_reaches_a_value() -> None:
    data = "\ufeffÅsa ".encode("utf-16-le") + b"\x00\xd8" + "Öberg".encode("utf-16-le")
    assert values(data) == ["Åsa \ufffdÖberg"]


def test_surrogate_encoded_as_utf8_never_reaches_a_value() -> None:
    (text,) = values("Åsa ".encode() + b"\xed\xa0\x80 och Bo")
    assert text.encode("utf-8").endswith(b"och Bo")


def test_nul_bytes_in_a_log_are_text() -> None:
    data = b"2026-10-14 ring 070-174 06 05\n" * 20 + b"\x00\x00\x00"
    assert values(data) == [data.decode()]


def test_empty_file_was_wholly_read() -> None:
    assert values(b"") == []


def test_edifact_is_read_raw() -> None:
    text = "UNB+UNOC:3+X,Y'UNH+1'"
    assert values(text.encode(), "x.csv") == [text]


@given(st.lists(st.text("ab ,.\n\r'", max_size=40), max_size=30), st.integers(4, 40))
def test_chunks_lose_nothing_and_cut_words_only_where_they_must(
    pieces: list[str], size: int
) -> None:
    text = "".join(pieces)
    cut = list(chunks(pieces, size))
    assert "".join(cut) == text
    assert all(0 < len(chunk) <= size for chunk in cut)
    for before, after in pairwise(cut):
        torn = before[-1] in "ab" and after[0] in "ab"
        assert not torn or not any(c.isspace() or c == "'" for c in before)


def test_text_is_cut_between_paragraphs_first() -> None:
    assert next(chunks(["a b c\n\nd\ne f"], 9)) == "a b c\n\n"


def test_number_with_spaces_is_not_cut() -> None:
    assert next(chunks(["ring nu 070-174 06 05 i dag"], 18)) == "ring nu "


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (b"Anna Andersson bor i Kalmar\n" * 500, "a.txt"),
        (b"x" * 5000, "a.txt"),
        ("räkning".encode() * 999, "a.txt"),
        (b"Anna;Kalmar;12\n" * 500, "a.csv"),
        (b'"Anna' * 999, "a.csv"),
        (b"a;b\n" + b"c;" * 2000, "a.csv"),
    ],
)
def test_memory_is_flat_and_values_are_bounded(unit: bytes, name: str) -> None:
    times = (24_000_000 if name == "a.txt" else 6_000_000) // len(unit)
    tracemalloc.start()
    read_characters = 0
    for part in read(Document(name, io.BufferedReader(Endless(unit, times)))):
        assert isinstance(part, Batch)
        assert sum(map(len, part.values)) <= 2 * VALUE * 16
        read_characters += sum(map(len, part.values))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read_characters > len(unit.decode()) * times * 0.4
    assert peak < 16_000_000


def test_endless_utf8_line_keeps_its_letters() -> None:
    texts: Iterator[Batch | Skipped] = read(
        Document("a.txt", io.BufferedReader(Endless("å".encode() * 3000, 200)))
    )
    letters = "".join(v for part in texts if isinstance(part, Batch) for v in part.values)
    assert letters == "å" * 600_000

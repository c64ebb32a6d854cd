import io
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import py7zr
import pytest

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader
from scanner.model import Batch, Skipped

DAMAGED = "damaged archive: cannot be opened; restore it from a copy"


def packed(members: Mapping[str, bytes], **options: Any) -> bytes:
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return stream.getvalue()


def parts(data: bytes, name: str = "a.7z", budget: Budget | None = None) -> list[Batch | Skipped]:
    return list(Reader(budget or Budget()).read(Document(name, io.BytesIO(data))))


MEMBERS = {
    "mapp/å.txt": b"hej 19121212-1212",
    "list.csv": b"namn;ort\nBo;Lund\nEva;Kil\n",
    "tom.txt": b"",
}


@pytest.mark.parametrize("name", ["a.7z", "a.txt"])
def test_members_are_documents_of_their_own(name: str) -> None:
    inner = packed({"b.txt": b"inre"})
    assert parts(packed({**MEMBERS, "inner.7z": inner}), name) == [
        Batch("mapp/å.txt", ("hej 19121212-1212",)),
        Batch("list.csv#namn", ("Bo", "Eva"), "namn", "list.csv"),
        Batch("list.csv#ort", ("Lund", "Kil"), "ort", "list.csv"),
        Batch("inner.7z!b.txt", ("inre",)),
    ]


def test_large_member_and_members_of_one_name_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("connectors.formats.sevenzip._IN_MEMORY", 1 << 20)
    large = b"".join(b"rad %d\n" % number for number in range(200_000))
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.writestr(large, "stor.txt")
        archive.writestr(b"ett", "a.txt")
        archive.writestr(b"tva", "a.txt")
    *texts, first, second = parts(stream.getvalue())
    assert "".join(v for p in texts if isinstance(p, Batch) for v in p.values) == large.decode()
    assert [first, second] == [Batch("a.txt", ("ett",)), Batch("a.txt_0", ("tva",))]


@pytest.mark.parametrize("options", [{}, {"header_encryption": True}])
def test_encrypted_archive_is_named(options: dict[str, bool]) -> None:
    data = packed(MEMBERS, password="hemligt", **options)
    assert parts(data) == [Skipped("", "encrypted archive: needs its password")]


@pytest.mark.parametrize("keep", [20, 40, -1, -40])
def test_truncated_archive_is_damaged(keep: int) -> None:
    with pytest.raises(ReadError) as caught:
        parts(packed(MEMBERS)[:keep])
    assert str(caught.value) == DAMAGED


def test_damage_within_is_told() -> None:
    filters = [{"id": py7zr.FILTER_COPY}]
    data = packed({"a.txt": b"hej Anna", "b.txt": b"hej Bo"}, filters=filters)
    assert parts(data.replace(b"hej Bo", b"hej Al")) == [
        Batch("a.txt", ("hej Anna",)),
        Skipped("", "damaged archive: the rest cannot be read"),
    ]


def test_bomb_is_refused_for_its_ratio() -> None:
    with pytest.raises(ReadError) as caught:
        parts(packed({"noll.txt": bytes(50 << 20)}))
    assert str(caught.value) == "not read: unpacks to more than 200 times its size"


def test_members_take_from_the_budget() -> None:
    data = packed({"a.txt": b"a" * 50, "b.txt": b"b" * 600, "c.txt": b"c" * 40})
    assert parts(data, budget=Budget(bytes_left=100)) == [
        Skipped("b.txt", "not read: more unpacked bytes than one resource may take"),
        Batch("a.txt", ("a" * 50,)),
        Batch("c.txt", ("c" * 40,)),
    ]
    assert parts(data, budget=Budget(members_left=1))[-1] == Skipped(
        "", "the rest was not read: too many members"
    )


def test_names_that_lead_out_of_the_archive_are_refused() -> None:
    data = packed({"xx/xx/a.txt": b"1", "xabs.txt": b"2", "ok.txt": b"3"})
    renamed = io.BytesIO(data)
    with py7zr.SevenZipFile(renamed, "a") as archive:
        for entry, name in zip(
            archive.header.files_info.files, ("../../a.txt", "/abs.txt"), strict=False
        ):
            entry["filename"] = name
        archive.writestr(b"4", "ny.txt")
    assert parts(renamed.getvalue()) == [
        Skipped("../../a.txt", "refused: its name leads out of the archive"),
        Skipped("/abs.txt", "refused: its name leads out of the archive"),
        Batch("ok.txt", ("3",)),
        Batch("ny.txt", ("4",)),
    ]


def test_a_hundred_levels_end_at_a_depth() -> None:
    data = b"hej"
    for _ in range(12):
        data = packed({"x": data})
    reason = "not read: nested deeper than 8 archives or mails"
    assert parts(data) == [Skipped("!".join(["x"] * 8), reason)]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    data = packed({"a.txt": b"x y " * (4 << 20), "b.txt": b"z", "c.txt": b"d"}, filters=None)
    reading = Reader().read(Document("a.7z", io.BytesIO(data)))
    before = threading.active_count()
    with pytest.raises(ReadError):
        next(reading)
    data = packed({f"{n}.txt": b"%d" % n for n in range(50)})
    reading = Reader().read(Document("a.7z", io.BytesIO(data)))
    assert next(reading) == Batch("0.txt", ("0",))
    reading.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(MEMBERS)
    monkeypatch.setitem(sys.modules, "py7zr", None)
    assert parts(data) == [
        Skipped("", "7z archives need: pip install 'sparhund[archives]'"),
    ]

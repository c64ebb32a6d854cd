import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader, read
from scanner.model import Batch, Skipped

DEPTH = "not read: nested deeper than 8 archives or mails"
DAMAGED = "damaged archive: cannot be opened; restore it from a copy"


def parts(data: bytes, name: str = "a.zip", budget: Budget | None = None) -> list[Batch | Skipped]:
    return list(Reader(budget or Budget()).read(Document(name, io.BytesIO(data))))


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: Mapping[str, bytes], **options: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", **options) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


class Network(io.RawIOBase):
    """A stream that cannot be sought in and gives a little at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._data.read(min(len(buffer), 1000))
        buffer[: len(data)] = data
        return len(data)


NESTED = {
    "å.txt": b"hej",
    "inner.zip": zipped(
        {"list.csv": "namn;ort\nBo;Lund\n", "b/": "", "b/c.rar": "Rar!\x1a\x07\x01\x00"}
    ),
}
NESTED_PARTS = [
    Batch("å.txt", ("hej",)),
    Batch("inner.zip!list.csv#namn", ("Bo",), "namn", "inner.zip!list.csv"),
    Batch("inner.zip!list.csv#ort", ("Lund",), "ort", "inner.zip!list.csv"),
    Skipped("inner.zip!b/c.rar", "not read yet: RAR archive"),
]


@pytest.mark.parametrize(
    "data",
    [
        zipped(NESTED),
        zipped(NESTED, zipfile.ZIP_STORED),
        zipped(NESTED, zipfile.ZIP_BZIP2),
        zipped(NESTED, zipfile.ZIP_LZMA),
        tarred(NESTED),
        tarred(NESTED, format=tarfile.USTAR_FORMAT),
        gzip.compress(tarred(NESTED)),
        bz2.compress(tarred(NESTED)),
        lzma.compress(tarred(NESTED)),
    ],
    ids=["deflate", "store", "bzip2", "lzma", "pax", "ustar", "tar.gz", "tar.bz2", "tar.xz"],
)
@pytest.mark.parametrize("opened", [io.BytesIO, lambda data: io.BufferedReader(Network(data))])
def test_members_are_read_where_they_lie(
    data: bytes, opened: Callable[[bytes], io.BytesIO]
) -> None:
    assert list(read(Document("any", opened(data)))) == NESTED_PARTS


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "utf-8"])
def test_member_names_without_the_utf8_flag(encoding: str) -> None:
    marker = "X" * len("räkningar på hög.txt".encode(encoding))
    data = zipped({marker: "hej"}).replace(marker.encode(), "räkningar på hög.txt".encode(encoding))
    assert parts(data) == [Batch("räkningar på hög.txt", ("hej",))]


def test_tar_member_name_in_cp1252() -> None:
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1252"
    ) as archive:
        archive.addfile(tarfile.TarInfo("räkning.txt"), io.BytesIO())
        info = tarfile.TarInfo("lön.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"hej"))
    assert parts(stream.getvalue()) == [Batch("lön.txt", ("hej",))]


def test_names_are_data_only() -> None:
    data = zipped({"../../etc/x": "a", "/abs": "b", "..\\win\nc": "c"})
    assert [p.location for p in parts(data) if isinstance(p, Batch)] == [
        "../../etc/x",
        "/abs",
        "../win%0Ac",
    ]


def test_repeated_member_names_stay_apart() -> None:
    data = zipped({"a.txt": "ett", "b.txt": "två"}).replace(b"b.txt", b"a.txt")
    assert [p.location for p in parts(data) if isinstance(p, Batch)] == [
        "a.txt",
        "a.txt (2)",
    ]


def encrypted(data: bytes) -> bytes:
    """The same archive, said to be encrypted in its local and central headers."""
    changed = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        changed[at + place] |= 1
    return bytes(changed)


def test_encrypted_member_is_named_and_the_rest_is_read() -> None:
    found = parts(encrypted(zipped({"hemlig.txt": "x", "a.txt": "hej"})))
    assert found == [
        Skipped("hemlig.txt", "encrypted archive member: needs its password"),
        Batch("a.txt", ("hej",)),
    ]


def test_bad_checksum_costs_one_member() -> None:
    data = zipped({"a.txt": "hej Anna", "b.txt": "hej Bo"}, zipfile.ZIP_STORED)
    found = parts(data.replace(b"hej Anna", b"hej Adam"))
    assert found == [
        Skipped("a.txt", "damaged: cannot be unpacked to its end"),
        Batch("b.txt", ("hej Bo",)),
    ]


def test_member_packed_by_an_unknown_method_is_named() -> None:
    data = zipped({"a.txt": "hej"})
    for magic, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.find(magic) + place
        data = data[:at] + struct.pack("<H", 97) + data[at + 2 :]
    assert parts(data) == [Skipped("a.txt", "packed with a method that is not read yet")]


@pytest.mark.parametrize("data", [zipped(NESTED)[:-30], zipped(NESTED)[:40]])
def test_zip_without_its_directory_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parts(data)
    assert str(caught.value) == DAMAGED


def test_damaged_archive_within_an_archive_costs_only_itself() -> None:
    found = parts(zipped({"inner.zip": zipped(NESTED)[:-30], "a.txt": "hej"}))
    assert found == [Skipped("inner.zip", DAMAGED), Batch("a.txt", ("hej",))]


def test_truncated_tar_gives_what_came_before() -> None:
    data = tarred({"a.txt": b"hej", "b.txt": b"x " * 5000})
    assert parts(data[:4000])[0] == Batch("a.txt", ("hej",))
    assert [p for p in parts(data[:4000]) if isinstance(p, Skipped)]
    packed = gzip.compress(data)
    found = parts(packed[:-20])
    assert found[0] == Batch("a.txt", ("hej",))
    assert Skipped("", "damaged: cannot be unpacked to its end") in found


def test_tar_cut_between_members_is_not_taken_for_whole() -> None:
    data = tarred({"a.txt": b"hej", "b.txt": b"hej"})[:1024]
    assert parts(data) == [
        Batch("a.txt", ("hej",)),
        Skipped("", "damaged archive: its end is missing or follows after other data"),
    ]


def test_links_and_devices_in_tar_are_named() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (
            ("mapp", tarfile.DIRTYPE),
            ("länk", tarfile.SYMTYPE),
            ("hård", tarfile.LNKTYPE),
            ("enhet", tarfile.CHRTYPE),
            ("rör", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert parts(stream.getvalue()) == [
        Skipped("länk", "a link, not a file"),
        Skipped("hård", "a link, not a file"),
        Skipped("enhet", "a device, not a file"),
        Skipped("rör", "a device, not a file"),
    ]


@pytest.fixture(scope="module")
def zeros() -> bytes:
    """Two gigabytes of zeros in two megabytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(2048):
            member.write(bytes(1 << 20))
    return stream.getvalue()


def test_bomb_is_refused_for_its_ratio(zeros: bytes) -> None:
    reason = "not read: unpacks to more than 200 times its size"
    assert parts(zeros) == [Skipped("zeros.txt", reason)]


def test_packed_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = gzip.compress(tarred({"a.txt": b"hej", "b.txt": b"anna " * (6 << 20)}), 9)
    found = parts(bomb)
    assert found[0] == Batch("a.txt", ("hej",))
    assert found[-1] == Skipped("", "not read: unpacks to more than 200 times its size")


def test_unpacked_bytes_of_all_members_share_one_budget() -> None:
    inner = zipped({"b.txt": "b" * 600, "c.txt": "c" * 50}, zipfile.ZIP_STORED)
    budget = Budget(bytes_left=500 + len(inner) + 100)
    found = parts(zipped({"a.txt": "a" * 500, "inner.zip": inner}), budget=budget)
    assert found == [
        Batch("a.txt", ("a" * 500,)),
        Skipped("inner.zip!b.txt", "not read: more unpacked bytes than one resource may take"),
        Batch("inner.zip!c.txt", ("c" * 50,)),
    ]


def test_members_of_all_archives_share_one_budget() -> None:
    inner = zipped({"1.txt": "1", "2.txt": "2", "3.txt": "3"})
    found = parts(zipped({"inner.zip": inner, "4.txt": "4"}), budget=Budget(members_left=3))
    reason = "the rest was not read: too many members"
    assert found == [
        Batch("inner.zip!1.txt", ("1",)),
        Batch("inner.zip!2.txt", ("2",)),
        Skipped("inner.zip", reason),
        Skipped("", reason),
    ]


@pytest.mark.parametrize("pack", [zipped, lambda members: gzip.compress(tarred(members))])
def test_a_hundred_levels_end_at_a_depth(pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    data = b"hej"
    for _ in range(100):
        data = pack({"x": data})
    assert parts(data) == [Skipped("!".join(["x"] * 8), DEPTH)]


def test_empty_archives_hold_nothing() -> None:
    assert parts(zipped({})) == []
    assert parts(gzip.compress(tarred({}))) == [Skipped("", "not read yet: unknown binary data")]
    assert parts(zipped({"tom.txt": ""})) == []

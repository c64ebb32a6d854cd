import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget
from connectors.formats.read import Reader
from scanner.model import Batch, Skipped

CSV = "namn;personnr\nÅsa Ek;19121212-1212\nBo;19000101-9802\n".encode()
DAMAGED = "damaged: cannot be unpacked to its end"
PACKERS = [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")]


def parts(data: bytes, name: str, budget: Budget | None = None) -> list[Batch | Skipped]:
    document = Document(name, io.BytesIO(data), "mapp.zip!x")
    return list(Reader(budget or Budget()).read(document))


@pytest.mark.parametrize(("pack", "suffix"), PACKERS)
def test_packed_file_is_read_at_its_own_places(pack: Callable[[bytes], bytes], suffix: str) -> None:
    assert parts(pack(CSV), f"list.csv.{suffix}") == [
        Batch("mapp.zip!x#namn", ("Åsa Ek", "Bo"), "namn", "mapp.zip!x"),
        Batch("mapp.zip!x#personnr", ("19121212-1212", "19000101-9802"), "personnr", "mapp.zip!x"),
    ]


def test_inner_name_settles_doubt_as_that_of_any_file() -> None:
    (batch,) = parts(gzip.compress(b"Bo Ek\nEva Al\n"), "namn.csv.GZ")
    assert batch == Batch("mapp.zip!x", ("Bo Ek\nEva Al\n",))
    (batch,) = parts(gzip.compress(b"namn\nBo\nEva\n"), "namn.csv.GZ")
    assert batch == Batch("mapp.zip!x#namn", ("Bo", "Eva"), "namn", "mapp.zip!x")


def test_members_of_one_gzip_file_follow_one_another() -> None:
    assert parts(gzip.compress(b"hej ") + gzip.compress(b"Bo"), "a.gz") == [
        Batch("mapp.zip!x", ("hej Bo",))
    ]


def test_archives_within_are_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "hej")
    assert parts(gzip.compress(stream.getvalue()), "a.zip.gz") == [
        Batch("mapp.zip!x!a.txt", ("hej",))
    ]
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        info = tarfile.TarInfo("b.txt")
        info.size = 3
        tar.addfile(info, io.BytesIO(b"hej"))
    assert parts(gzip.compress(stream.getvalue()), "a.tgz") == [Batch("mapp.zip!x!b.txt", ("hej",))]


@pytest.mark.parametrize(("pack", "suffix"), PACKERS[::2])
def test_empty_packed_file_holds_nothing(pack: Callable[[bytes], bytes], suffix: str) -> None:
    assert parts(pack(b""), f"a.{suffix}") == []


@pytest.mark.parametrize(("pack", "suffix"), PACKERS)
def test_truncated_file_gives_what_came_before(pack: Callable[[bytes], bytes], suffix: str) -> None:
    data = pack(b"\n".join(os.urandom(30).hex().encode() for _ in range(30_000)))
    *texts, last = parts(data[:-100], f"a.txt.{suffix}")
    assert len(texts) > 10
    assert last == Skipped("mapp.zip!x", DAMAGED)


@pytest.mark.parametrize(("pack", "suffix"), PACKERS)
def test_cut_header_is_damaged(pack: Callable[[bytes], bytes], suffix: str) -> None:
    with pytest.raises(ReadError) as caught:
        parts(pack(CSV)[:11], f"a.{suffix}")
    assert str(caught.value) == DAMAGED


def test_bomb_is_stopped_while_it_unpacks() -> None:
    found = parts(gzip.compress(bytes(1 << 20) + b"anna " * (6 << 20), 9), "a.txt.gz")
    assert found == [Skipped("mapp.zip!x", "not read yet: unknown binary data")]
    *_, last = parts(gzip.compress(b"anna " * (6 << 20), 9), "a.txt.gz")
    assert last == Skipped("mapp.zip!x", "not read: unpacks to more than 200 times its size")


def test_unpacked_bytes_count_on_the_budget() -> None:
    with pytest.raises(ReadError) as caught:
        parts(gzip.compress(os.urandom(600).hex().encode()), "a.gz", Budget(bytes_left=500))
    assert str(caught.value) == "not read: more unpacked bytes than one resource may take"


def test_a_hundred_levels_end_at_a_depth() -> None:
    data = b"hej"
    for _ in range(100):
        data = gzip.compress(data)
    with pytest.raises(ReadError) as caught:
        parts(data, "a.gz")
    assert str(caught.value) == "not read: nested deeper than 8 archives or mails"

"""Folders: names, links, rights, changes."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.base import Connector, ReadError
from connectors.files import Files
from scanner.model import Batch, Resource, Skipped
from tests.contracts.connector import ODD_NAMES, Example, SourceContract


def listed(connector: Files) -> dict[str, Resource | str]:
    """Key: the resource, or the reason why it is not read."""
    return {
        one.key: one.reason if isinstance(one, Skipped) else one for one in connector.discover()
    }


def text_of(connector: Files, key: str) -> str:
    parts = connector.read(Resource("share", key))
    return "".join(value for part in parts if isinstance(part, Batch) for value in part.values)


class TestFiles(SourceContract):
    @pytest.fixture
    def example(self, tmp_path: Path) -> Example:
        root = tmp_path / "share"
        root.mkdir()
        deep = Path(*["mapp å " + "d" * 90] * 10)
        keys = [*ODD_NAMES, "mapp/en.txt", "mapp.txt", str(deep / "fil.txt"), "mapp/.dold"]
        for number, key in enumerate(keys):
            (root / key).parent.mkdir(parents=True, exist_ok=True)
            (root / key).write_text(f"innehåll nummer {number}\n")
        os.mkfifo(root / "pipe")
        (root / "trasig").symlink_to("finns inte")
        texts = {key: f"innehåll nummer {number}" for number, key in enumerate(keys)}
        return Example(Files("share", str(root)), texts, frozenset({"pipe", "trasig"}))

    @pytest.fixture
    def empty(self, tmp_path: Path) -> Connector:
        (tmp_path / "tom" / "mapp").mkdir(parents=True)
        return Files("share", str(tmp_path / "tom"))

    @pytest.fixture
    def missing(self, tmp_path: Path) -> Connector:
        return Files("share", str(tmp_path / "borta"))

    @pytest.fixture
    def change(self, tmp_path: Path) -> Callable[[], str]:
        def change() -> str:
            path = tmp_path / "share" / "mapp" / "en.txt"
            before = path.stat()
            path.write_text(path.read_text().upper())  # same size, and its time is put back:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            return "mapp/en.txt"

        return change


def test_order_and_facts(tmp_path: Path) -> None:
    for key in ("b.txt", "a/z.txt", "a/å.txt", "a.txt", "c/d/e.txt"):
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_text("x")
    os.utime(tmp_path / "b.txt", (0, 86400))
    found = [one for one in Files("share", str(tmp_path)).discover() if isinstance(one, Resource)]
    assert [one.key for one in found] == ["a/z.txt", "a/å.txt", "a.txt", "b.txt", "c/d/e.txt"]
    assert found[3].modified == datetime(1970, 1, 2, tzinfo=UTC)
    assert found[3].size == 1
    assert found[3].source == "share"


def test_include_and_exclude(tmp_path: Path) -> None:
    for key in ("a.txt", "x/b.txt", "x/b.bin", ".git/config.txt", "x/.git/y/z.txt", "x/tmp/c.txt"):
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_text("x")
    connector = Files("share", str(tmp_path), ("**/*.txt",), ("**/.git/**", "x/tmp/*"))
    assert set(listed(connector)) == {"a.txt", "x/b.txt"}


def test_undecodable_names(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"l\xf6n")
    folder.mkdir()
    for name in (b"\xe5r.txt", b"%E5r.txt", b"100%.txt", b"ok-\xc3\xa5.txt", b"%41\xff.txt"):
        text = b"namn " + name.replace(b"\xe5", b"raw").replace(b"\xff", b"raw")
        (folder / os.fsdecode(name)).write_bytes(text)
    connector = Files("share", str(tmp_path))
    assert listed(connector).keys() == {
        "l%F6n/%41%FF.txt",
        "l%F6n/%E5r.txt",
        "l%F6n/%E5r.txt%",
        "l%F6n/100%.txt",
        "l%F6n/ok-å.txt",
    }
    assert listed(connector)["l%F6n/%E5r.txt%"] == "its name is written like another's; rename it"
    assert text_of(connector, "l%F6n/%E5r.txt") == "namn %E5r.txt"  # the literal one
    assert text_of(connector, "l%F6n/%41%FF.txt") == "namn %41raw.txt"


def test_links(tmp_path: Path) -> None:
    root, outside = tmp_path / "share", tmp_path / "outside"
    (root / "mapp").mkdir(parents=True)
    outside.mkdir()
    (outside / "hemlig.txt").write_text("x")
    (root / "mapp" / "fil.txt").write_text("x")
    (root / "mapp" / "fil.log").write_text("x")
    (root / "in-file").symlink_to("mapp/fil.txt")
    (root / "in-folder").symlink_to("mapp")
    (root / "to-log").symlink_to("mapp/fil.log")
    (root / "mapp" / "loop").symlink_to("..")
    (root / "mapp" / "self").symlink_to("self")
    (root / "out-file").symlink_to(outside / "hemlig.txt")
    (root / "out-folder").symlink_to(outside)
    (root / "sibling").symlink_to("../share2")
    (tmp_path / "share2").mkdir()
    found = listed(Files("share", str(root), exclude=("**/*.log",)))
    assert isinstance(found.pop("mapp/fil.txt"), Resource)
    assert found == {
        "mapp/self": "a link that leads nowhere",
        "out-file": "a link out of the folder; not followed",
        "out-folder": "a link out of the folder; not followed",
        "sibling": "a link out of the folder; not followed",
        "to-log": "a link to a file that include and exclude leave out",
    }


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("x")
    (tmp_path / "real" / "b").symlink_to("a.txt")
    (tmp_path / "link").symlink_to("real")
    assert list(listed(Files("share", str(tmp_path / "link")))) == ["a.txt"]


def test_odd_kinds_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(tmp_path / "sock"))
    found = listed(Files("share", str(tmp_path)))
    assert found == {"pipe": "a named pipe, not a file", "sock": "a socket, not a file"}


def test_a_pipe_that_took_a_files_place_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="no longer a file"):
        text_of(Files("share", str(tmp_path)), "a.txt")


@pytest.mark.parametrize("key", ["../secret.txt", "a/../../secret.txt", "/secret.txt", "", "a\0b"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "share" / "a").mkdir(parents=True)
    with pytest.raises(ReadError, match="leads out"):
        text_of(Files("share", str(tmp_path / "share")), key)


def test_a_link_that_took_a_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "share" / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ReadError, match="a link stands"):
        text_of(Files("share", str(tmp_path / "share")), "a.txt")


def begin(tmp_path: Path) -> tuple[Path, Iterator[Batch | Skipped]]:
    """A file that takes several batches, of which one is read."""
    path = tmp_path / "stor.txt"
    path.write_text("rad\n" * 4_000_000)
    parts = Files("share", str(tmp_path)).read(Resource("share", "stor.txt"))
    assert isinstance(next(parts), Batch)
    return path, parts


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path, parts = begin(tmp_path)
    path.write_text("kort")
    with pytest.raises(ReadError, match="changed or removed"):
        list(parts)


def test_a_file_that_is_replaced_while_it_is_read(tmp_path: Path) -> None:
    path, parts = begin(tmp_path)
    (tmp_path / "ny").write_text("ny")
    (tmp_path / "ny").replace(path)
    with pytest.raises(ReadError, match="changed or removed"):
        list(parts)


def test_a_file_that_grows_while_it_is_read_is_partial(tmp_path: Path) -> None:
    path, parts = begin(tmp_path)
    with path.open("a") as file:
        file.write("mer\n")
    *_, last = parts
    assert last == Skipped("", "the file grew while it was read; what was added is not read")


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(ReadError, match=r"'share': .*/fil is not a folder; mend `path`"):
        list(Files("share", str(tmp_path / "fil")).discover())


def test_missing_folder_says_what_to_mend(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"does not exist; mend `path` or mount it"):
        list(Files("share", str(tmp_path / "borta")).discover())


def test_an_empty_path_is_refused() -> None:
    with pytest.raises(ValueError, match="path is empty"):
        Files("share", "")


LIST_AND_READ = """
import pickle, sys
from connectors.base import ReadError
connector = pickle.loads(bytes.fromhex(sys.argv[1]))
for one in connector.discover():
    print("listed", one.key, getattr(one, "reason", "ok"))
    if not hasattr(one, "reason"):
        try:
            print("read", one.key, len(list(connector.read(one))))
        except ReadError as error:
            print("failed", one.key, error)
"""


def bound_by_rights(connector: Files) -> subprocess.CompletedProcess[str]:
    """Lists and reads in a process that file rights bind, also where the tests run as root."""
    above_rights = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    return subprocess.run(
        [
            *(above_rights if os.geteuid() == 0 else ()),
            *(sys.executable, "-c", LIST_AND_READ, pickle.dumps(connector).hex()),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder with a file and a folder that may not be read, and two that may."""
    for key in ("a.txt", "hemligt/b.txt", "c.txt", "d.txt"):
        (tmp_path / key).parent.mkdir(exist_ok=True)
        (tmp_path / key).write_text("x")
    (tmp_path / "c.txt").chmod(0)
    (tmp_path / "hemligt").chmod(0)
    yield tmp_path
    (tmp_path / "hemligt").chmod(0o700)


def test_rights_that_lack_cost_only_that_part(closed: Path) -> None:
    done = bound_by_rights(Files("share", str(closed)))
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "listed a.txt ok",
        "read a.txt 1",
        "listed c.txt ok",
        "failed c.txt no permission to read the file; give the scanner's user read access",
        "listed d.txt ok",
        "read d.txt 1",
        "listed hemligt no permission to list the folder",
    ]


def test_a_folder_that_may_not_be_listed_is_a_read_error(closed: Path) -> None:
    done = bound_by_rights(Files("share", str(closed / "hemligt")))
    assert done.stderr.splitlines()[-1] == (
        f"connectors.base.ReadError: source 'share': no permission to list the folder"
        f" {closed}/hemligt; give the scanner's user read access"
    )

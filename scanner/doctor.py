"""Checks what a scan needs: config, store, sources, policies, recognisers, installed extras."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from connectors.base import ReadError
from detectors import cost, models
from detectors import registry as recognisers
from detectors.entities import entities
from detectors.models import Model
from detectors.screen import slower_without
from scanner import store
from scanner.config import Config, ConfigError, Source
from scanner.gap import unknown_purposes
from scanner.inventory import SourceFacts
from scanner.model import Resource
from scanner.policy import Policy, PolicyError, load
from scanner.policy_lint import check as lint
from scanner.reading import describe
from scanner.run import detector_of
from scanner.store import StoreError

PACKAGES = ("scanner", "connectors", "detectors", "reports")

EXTRAS = {
    "postgresql": ("psycopg", "PostgreSQL databases"),
    "s3": ("boto3", "S3 buckets"),
    "columnar": ("pyarrow", "Parquet files"),
    "duckdb": ("duckdb", "DuckDB files"),
    "archives": ("py7zr", "7z archives"),
    "cluster": ("distributed", "scans on a dask cluster"),
}
"""Extra: a module of it, and what it is for."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    state: str
    """`ok`, `note` (good to know), `fail` (a scan will not do what the config says)."""
    what: str
    message: str


def examine(config: Config) -> Iterator[Check]:
    """Every check, in the order in which they should be mended. Reads no data."""
    yield Check("ok", "config", f"{config.path} is valid")
    yield from _store(config)
    if not config.sources:
        yield Check("fail", "sources", "the config has none; add a [sources.NAME] table")
    for source in config.sources.values():
        yield from _source(source)
    yield from _policies(config)
    yield from _recognisers(config)
    yield from _installation()


def _store(config: Config) -> Iterator[Check]:
    if not store.exists(config.store_url):
        yield Check("note", "store", "not made yet; the first scan makes it")
        return
    try:
        runs = store.open_store(config.store_url).runs()
    except StoreError as error:
        yield Check("fail", "store", str(error))
        return
    unfinished = [run.name for run in runs if run.finished is None]
    yield Check("ok", "store", f"{len(runs)} runs")
    if unfinished:
        yield Check("note", "store", f"run {unfinished[-1]} is unfinished; `scan` continues it")
    path = Path(config.store_url.removeprefix("sqlite:///"))
    if config.store_url.startswith("sqlite:///") and path.is_file():
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield Check("fail", "store", f"others may read it; run: chmod 600 {path}")


def _source(source: Source) -> Iterator[Check]:
    what = f"source {source.name}"
    try:
        listed = list(islice(source.connector.discover(), 100))
    except Exception as error:  # noqa: BLE001  # whatever a connector raises is its answer
        yield Check("fail", what, describe(error))
        return
    resources = [item for item in listed if isinstance(item, Resource)]
    if source.keys.kind == "manual":
        yield Check("note", what, "is checked by hand; it stands in coverage as not read")
        return
    if not resources:
        yield Check("fail", what, "holds nothing that fits the config")
        return
    more = "at least " if len(listed) == 100 else ""
    yield Check("ok", what, f"can be listed: {more}{len(resources)} resources")
    unlisted = len(listed) - len(resources)
    if unlisted:
        yield Check("note", what, f"{unlisted} of the first {len(listed)} cannot be read")
    yield from _access(source, resources[0])
    if not source.keys.country and source.keys.kind != "s3":
        yield Check("note", what, "has no `country`; transfers cannot be judged")
    if not source.keys.owner:
        yield Check("note", what, "has no `owner`; nobody is named for its gaps")


def _access(source: Source, resource: Resource) -> Iterator[Check]:
    """Whether the first resource can be opened: listing and reading are different rights."""
    try:
        next(iter(source.connector.read(resource)), None)
    except ReadError as error:
        yield Check("fail", f"source {source.name}", f"cannot read {resource.key}: {error}")
    except Exception as error:  # noqa: BLE001  # whatever a connector raises is its answer
        yield Check("fail", f"source {source.name}", f"{resource.key}: {describe(error)}")


def _policies(config: Config) -> Iterator[Check]:
    if not config.policies:
        yield Check("note", "policies", "the config names none; `gap` needs --policy")
    sought = _sought(config)
    for name in config.policies:
        try:
            policy = load(name, config.folder)
        except PolicyError as error:
            yield Check("fail", f"policy {name}", str(error))
            continue
        yield from _policy(config, policy, sought)


def _policy(config: Config, policy: Policy, sought: frozenset[str]) -> Iterator[Check]:
    what = f"policy {policy.name}"
    warnings = sum(remark.severity == "warning" for remark in lint(policy))
    yield Check("ok", what, f"can be read; {warnings} warnings, see `policy check`")
    facts = [
        SourceFacts(source.name, source.keys.kind, "", "", "", source.keys.purposes, source.scopes)
        for source in config.sources.values()
    ]
    for place, purpose, nearest in unknown_purposes(facts, policy):
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        yield Check("fail", what, f"{place}: it has no purpose {purpose!r}{hint}")
    silent = [fact.name for fact in facts if policy.name not in fact.purposes]
    if silent:
        yield Check("note", what, f"not judged by purpose: {', '.join(silent)}")
    for category in policy.categories if sought else ():
        if category.covers and not category.covers & sought:
            yield Check("note", what, f"nothing looks for {category.name}: it cannot be judged")


def _sought(config: Config) -> frozenset[str]:
    """What a scan looks for; nothing where its recognisers cannot be built."""
    try:
        return detector_of(config).entities
    except ConfigError:
        return frozenset()


def _recognisers(config: Config) -> Iterator[Check]:
    what = "detectors"
    try:
        sought = detector_of(config).entities
    except ConfigError as error:
        yield Check("fail", what, str(error))
        return
    loaded = recognisers.load(config.detection.recognizers)
    known = len(sought & entities().keys())
    yield Check(
        "ok", what, f"{len(loaded)} recognisers, {known} of {len(entities())} entities sought"
    )
    missing = slower_without()
    if missing:
        message = f"Python itself screens the texts; pip install {' '.join(missing)} is faster"
        yield Check("note", what, message)
    else:
        yield Check("ok", what, "google-re2 with daachorse screens the texts")
    own = loaded[len(recognisers.load()) :]
    for registered in own:
        yield Check("ok", what, f"{registered.name} finds {', '.join(registered.entities)}")
    for entity in sorted(sought - entities().keys()):
        message = f"{entity} is in no list of ours: reported by this name, undeclared in any policy"
        yield Check("note", what, message)
    for registered in loaded:
        if registered.reads_everything:
            message = f"{registered.name} has no trigger: reads every text; slower"
            yield Check("note", what, message)
    yield from _models(config.detection.models)


def _models(added: Sequence[Model]) -> Iterator[Check]:
    """What each name model costs, and which languages have none."""
    what = "models"
    yield Check("ok", what, f"ours, for sv: {cost.own()}")
    for model in added:
        try:
            language = models.find(model).language or "all languages"
            yield Check("ok", what, f"{model.name}, for {language}: {cost.of(model)}")
        except ValueError as error:
            yield Check("fail", what, str(error))
            return
    known = models.languages(added)
    if "en" not in known:
        mend = "pip install 'sparhund[english]'"
        found = [f"spacy:{name}" for name in models.pipelines() if name.startswith("en_")]
        mend = f'add [[detection.models]] name = "{found[0]}"' if found else mend
        yield Check("note", what, f"none for English texts, read by Swedish rules only; {mend}")
    if "other" not in known:
        yield Check("note", what, "none for a third language: read by Swedish rules only")


def _installation() -> Iterator[Check]:
    for extra, (module, purpose) in EXTRAS.items():
        if find_spec(module) is None:
            yield Check("note", "extras", f"{purpose} need: pip install 'sparhund[{extra}]'")
    claims = packages_distributions()
    for package in PACKAGES:
        others = sorted(set(claims.get(package, ())) - {"sparhund"})
        if others:
            message = f"{', '.join(others)} also claims the name {package}; uninstall one of them"
            yield Check("fail", "installation", message)

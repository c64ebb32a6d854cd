"""The config file: TOML to validated values. Every error names file, key and mend in one line."""

from __future__ import annotations

import dataclasses
import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from pydantic import TypeAdapter, ValidationError

from connectors.base import Connector
from detectors.models import Model
from scanner import registry
from scanner.inventory import Scope

ENVIRONMENT = "SPARHUND_CONFIG"
DEFAULT = "sparhund.toml"
STATEMENTS = "sparhund-sql.log"
"""What databases are sent is written here, beside the config file."""

_SECRET_KEYS = {"password", "passwd", "pwd", "secret", "secret_key", "access_key", "token"}
_SECRET_KEYS |= {"session_token", "losenord", "api_key", "apikey"}


class ConfigError(Exception):
    """The config cannot be used. One line: file, key, what is wrong, how to mend it."""


@dataclass(frozen=True, slots=True)
class Store:
    """`[store]`: where outcomes are kept."""

    url: str = "sqlite:///sparhund.sqlite"
    """SQLAlchemy URL without a password; a relative SQLite path is relative to the config file."""
    url_env: str | None = None
    """Environment variable that holds the URL, for one with a password."""


@dataclass(frozen=True, slots=True)
class Detection:
    """`[detection]`: when a candidate stands."""

    threshold: float = 0.5
    """0 to 1: candidates below it are not reported."""
    recognizers: tuple[str, ...] = ()
    """YAML files in Presidio's form with recognisers of your own, relative to the config file."""
    models: tuple[Model, ...] = ()
    """`[[detection.models]]`: name models beside the one that ships."""


@dataclass(frozen=True, slots=True)
class Scan:
    """`[scan]`: how a run works."""

    workers: int | None = None
    """Worker processes; default: one a core."""
    timeout: int = 3600
    """Seconds after which one resource is given up and recorded as failed."""
    memory: int = 4096
    """Mebibytes that one worker may use."""


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """`[[sources.NAME.scope]]`: a part of a source that serves other purposes."""

    match: str
    """A glob on keys; the first scope that fits a key counts."""
    purposes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Policy name: purposes, instead of the source's own."""


@dataclass(frozen=True, slots=True)
class SourceKeys:
    """`[sources.NAME]`: what every source may state, beside its connector's own keys."""

    kind: str
    """The connector: `sql`, `files`, `s3` or `manual`, or one that a plugin adds."""
    owner: str = ""
    """Who answers for the system."""
    country: str = ""
    """Where the data lies, ISO 3166-1 alpha-2; an S3 bucket's region tells it otherwise."""
    safeguard: str = ""
    """Transfer safeguard of a source outside the EEA, e.g. `SCC`."""
    purposes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Policy name: what the policy says that the data is used for."""
    scope: tuple[ScopeKeys, ...] = ()
    """Parts that serve other purposes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One validated source."""

    name: str
    keys: SourceKeys
    connector: Connector

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its scopes, in order."""
        return tuple(Scope(scope.match, scope.purposes) for scope in self.keys.scope)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole, validated config file."""

    path: Path
    policies: tuple[str, ...]
    """Names of shipped policies or paths relative to the file; the first is the default."""
    store_url: str
    detection: Detection
    scan: Scan
    sources: Mapping[str, Source]

    @property
    def folder(self) -> Path:
        """What relative paths in the file are relative to."""
        return self.path.parent


def locate(option: str | None) -> Path:
    """The config file: the option, else `SPARHUND_CONFIG`, else `./sparhund.toml`."""
    chosen = option or os.environ.get(ENVIRONMENT) or DEFAULT
    path = Path(chosen).absolute()
    if not path.is_file():
        hint = (
            "" if option else f"; name one with --config or {ENVIRONMENT}, or run `sparhund init`"
        )
        raise ConfigError(f"{chosen}: there is no such config file{hint}")
    return path


def load(path: Path) -> Config:
    """Read and validate a config file. Raises `ConfigError`."""
    reader = _Reader(path)
    data = reader.parse()
    reader.known(data, "", {"policies", "store", "detection", "scan", "sources"})
    store = reader.build(Store, data.get("store", {}), "store")
    return Config(
        path=path,
        policies=reader.value(tuple[str, ...], data.get("policies", []), "policies"),
        store_url=reader.store_url(store, set(data.get("store", {}))),
        detection=reader.detection(data.get("detection", {})),
        scan=reader.build(Scan, data.get("scan", {}), "scan"),
        sources=reader.sources(data.get("sources", {})),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Validates the tables of one file, and words the errors."""

    path: Path

    def error(self, key: str, what: str) -> ConfigError:
        return ConfigError(f"{self.path.name}: {key + ': ' if key else ''}{what}")

    def parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise self.error("", "is not UTF-8; save it as UTF-8") from None
        except OSError:
            raise self.error("", "cannot be read; check its permissions") from None
        except tomllib.TOMLDecodeError as error:
            place = f"line {error.lineno}" if hasattr(error, "lineno") else _place(str(error))
            raise self.error("", f"is not valid TOML ({place}); mend that line") from None

    def known(self, table: Mapping[str, Any], where: str, keys: set[str]) -> None:
        for key in table:
            if key not in keys:
                if key.lower() in _SECRET_KEYS:
                    raise self.error(
                        _join(where, key),
                        "a secret does not belong in a file that is copied and backed up; put it in"
                        f" an environment variable and name that with `{_by_reference(key)}`",
                    )
                close = difflib.get_close_matches(key, sorted(keys), n=1)
                hint = (
                    f"did you mean `{close[0]}`?" if close else f"known: {', '.join(sorted(keys))}"
                )
                raise self.error(_join(where, key), f"unknown key; {hint}")

    def value(self, kind: Any, data: object, where: str) -> Any:
        try:
            # JSON mode: strict about types, yet a TOML array may become a tuple
            return TypeAdapter(kind).validate_json(json.dumps(data, default=str), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            key = _join(where, ".".join(str(part) for part in first["loc"]))
            raise self.error(key, _plain(first)) from None

    def build(self, kind: Any, table: object, where: str) -> Any:
        if not isinstance(table, dict):
            raise self.error(where, f"must be a table: write [{where}]")
        self.known(table, where, {item.name for item in dataclasses.fields(kind)})
        return self.value(kind, table, where)

    def tables(self, table: object, where: str, key: str, kind: Any) -> None:
        """Refuse unknown keys in an array of tables; what is no such array, `value` refuses."""
        found = table.get(key) if isinstance(table, dict) else None
        for number, each in enumerate(found if isinstance(found, list) else ()):
            if isinstance(each, dict):
                names = {item.name for item in dataclasses.fields(kind)}
                self.known(each, f"{where}.{key}.{number}", names)

    def detection(self, table: object) -> Detection:
        self.tables(table, "detection", "models", Model)
        built = cast(Detection, self.build(Detection, table, "detection"))
        if not 0 < built.threshold <= 1:
            raise self.error("detection.threshold", "must be above 0 and at most 1")
        own = (str(self.path.parent / Path(name).expanduser()) for name in built.recognizers)
        models = (dataclasses.replace(m, name=self.model(m.name)) for m in built.models)
        return dataclasses.replace(built, recognizers=tuple(own), models=tuple(models))

    def model(self, name: str) -> str:
        """A model's name; a folder that is relative to the file, from the root."""
        kind, _, rest = name.partition(":")
        folder = self.path.parent / Path(rest).expanduser()
        return f"{kind}:{folder}" if rest and folder.is_dir() else name

    def store_url(self, store: Store, stated: set[str]) -> str:
        if store.url_env is None:
            self.no_password(store.url, "store.url")
            return _absolute_sqlite(store.url, self.path.parent)
        if "url" in stated:
            raise self.error("store", "holds both url and url_env; keep one")
        value = os.environ.get(store.url_env)
        if not value:
            raise self.error(
                "store.url_env", f"the environment variable {store.url_env} is not set; set it"
            )
        if "://" not in value:
            raise self.error(
                "store.url_env", f"{store.url_env} does not hold a database URL; mend it"
            )
        return _absolute_sqlite(value, self.path.parent)

    def no_password(self, url: str, where: str) -> None:
        if "://" not in url:
            raise self.error(where, "is not a URL such as sqlite:///file.sqlite; mend it")
        if _password(url):
            raise self.error(
                where,
                "holds a password, and the file is copied and backed up; put the URL in an"
                " environment variable and name that with `url_env`",
            )

    def sources(self, tables: object) -> dict[str, Source]:
        if not isinstance(tables, dict):
            raise self.error("sources", "must be tables: write [sources.NAME]")
        return {name: self.source(name, table) for name, table in tables.items()}

    def source(self, name: str, table: object) -> Source:
        where = f"sources.{name}"
        if not isinstance(table, dict):
            raise self.error(where, f"must be a table: write [{where}]")
        if not isinstance(table.get("kind"), str):
            raise self.error(_join(where, "kind"), 'is missing; write kind = "files", for instance')
        try:
            connector = registry.load("connectors", table["kind"])
        except registry.UnknownPluginError as error:
            raise self.error(_join(where, "kind"), f"{error}; choose one of these") from None
        except ModuleNotFoundError as error:
            extra = f"pip install 'sparhund[{table['kind']}]'"
            raise self.error(
                _join(where, "kind"), f"needs the package {error.name}; install it: {extra}"
            ) from None
        common = {item.name for item in dataclasses.fields(SourceKeys)}
        own = {item.name for item in dataclasses.fields(connector)} - {"name"}
        self.known(table, where, common | own)
        keys = self.source_keys({key: table[key] for key in table if key in common}, where)
        return Source(name, keys, self.connector(connector, name, table, own, where))

    def source_keys(self, table: dict[str, Any], where: str) -> SourceKeys:
        self.tables(table, where, "scope", ScopeKeys)
        keys = cast(SourceKeys, self.build(SourceKeys, table, where))
        if keys.country and not (len(keys.country) == 2 and keys.country.isupper()):
            raise self.error(_join(where, "country"), 'must be two capitals, such as "SE"')
        return keys

    def connector(
        self,
        kind: Any,
        name: str,
        table: Mapping[str, Any],
        own: set[str],
        where: str,
    ) -> Connector:
        values = {key: table[key] for key in table if key in own}
        for key in ("url", "replica_url", "endpoint_url"):
            if isinstance(values.get(key), str):
                values[key] = self.source_url(values[key], _join(where, key))
        if "statements" in own:
            values.setdefault("statements", STATEMENTS)
        for key in ("path", "statements"):
            if isinstance(values.get(key), str) and values[key] != "":
                values[key] = str(self.path.parent / Path(values[key]).expanduser())
        return cast(Connector, self.value(kind, {"name": name, **values}, where))

    def source_url(self, url: str, where: str) -> str:
        if where.endswith("endpoint_url"):
            if _password(url):
                raise self.error(
                    where, "holds credentials; name them with access_key_env and secret_key_env"
                )
            return url
        self.no_password(url, where)
        return _absolute_sqlite(url, self.path.parent)


def _password(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.password or _SECRET_KEYS & {key.lower() for key in parse_qs(parts.query)})
    except ValueError:
        return "@" in url


def _absolute_sqlite(url: str, folder: Path) -> str:
    """SQLite paths are relative to the config file: `sqlite:///a` is relative, four slashes not."""
    found = re.fullmatch(r"(sqlite(?:\+\w+)?:///)(?!/|:memory:|file:)([^?]+)(\?.*)?", url)
    if found is None:
        return url
    return f"{found[1]}{folder / Path(found[2]).expanduser()}{found[3] or ''}"


def _join(where: str, key: str) -> str:
    return ".".join(part for part in (where, key) if part)


def _by_reference(key: str) -> str:
    names = {"access_key": "access_key_env", "secret_key": "secret_key_env"}
    names |= {"secret": "secret_key_env", "session_token": "session_token_env"}
    return names.get(key.lower(), "password_env")


def _plain(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing; add it"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    expected = error["msg"].removeprefix("Input should be ").replace("a valid ", "a ")
    return f"must be {expected}"


def _place(message: str) -> str:
    return message[message.rfind("(") + 1 :].rstrip(")") if "(" in message else "syntax"

"""Finds a plugin by its name: a module of our own first, else an installed entry point."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

DISTRIBUTION = "sparhund"


class UnknownPluginError(Exception):
    """No plugin has that name. The message lists those that exist."""


def names(package: str) -> tuple[str, ...]:
    """Names of all plugins of a package (`connectors`, `reports`), sorted."""
    own = {
        module.name
        for module in pkgutil.iter_modules(import_module(package).__path__)
        if not module.ispkg and _defines_plugin(package, module.name)
    }
    return tuple(sorted(own | {point.name for point in entry_points(group=_group(package))}))


def load(package: str, name: str) -> Any:
    """The `PLUGIN` of `package.name`; libraries it needs are imported only now.

    Raises `UnknownPluginError`.
    """
    own = {module.name for module in pkgutil.iter_modules(import_module(package).__path__)}
    if name in own and _defines_plugin(package, name):
        return import_module(f"{package}.{name}").PLUGIN
    for point in entry_points(group=_group(package), name=name):
        return point.load()
    raise UnknownPluginError(f"no {name!r} among {', '.join(names(package))}")


def _group(package: str) -> str:
    return f"{DISTRIBUTION}.{package}"


def _defines_plugin(package: str, name: str) -> bool:
    """Whether the module's source ends with a plugin, found without importing it."""
    spec = pkgutil.resolve_name(package).__spec__
    for folder in spec.submodule_search_locations or ():
        source = _source(folder, name)
        if source is not None:
            return "\nPLUGIN = " in source
    return False


def _source(folder: str, name: str) -> str | None:
    path = Path(folder) / f"{name}.py"
    return path.read_text(encoding="utf-8") if path.exists() else None

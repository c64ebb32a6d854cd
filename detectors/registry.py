"""Which recognisers there are: a module of ours each, and entry points of other distributions."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from presidio_analyzer import EntityRecognizer

_OWN = "detectors.recognizers"
_GROUP = "sparhund.recognizers"


@dataclass(frozen=True, slots=True)
class Registered:
    """A recogniser as registered: built once a process by `detectors.presidio`."""

    name: str
    """The module's name, or the entry point's."""
    recognizer: EntityRecognizer
    trigger: re.Pattern[str] | None
    """Texts in which it finds nothing never reach the recogniser; None: all do."""
    version: str

    @property
    def entities(self) -> tuple[str, ...]:
        """What it finds."""
        return tuple(self.recognizer.supported_entities)


def _plugins() -> Iterator[tuple[str, Callable[[], EntityRecognizer]]]:
    modules = pkgutil.iter_modules(import_module(_OWN).__path__)
    for name in sorted(module.name for module in modules if module.name != "base"):
        yield name, import_module(f"{_OWN}.{name}").PLUGIN
    for point in sorted(entry_points(group=_GROUP), key=lambda point: point.name):
        yield point.name, point.load()


@cache
def load() -> tuple[Registered, ...]:
    """Every recogniser in a stable order: ours by module name, then those of entry points."""
    registered = []
    for name, plugin in _plugins():
        module = sys.modules[plugin.__module__]
        trigger = getattr(module, "TRIGGER", None)
        registered.append(
            Registered(
                name,
                plugin(),
                re.compile(trigger) if trigger else None,
                str(getattr(module, "VERSION", "")),
            )
        )
    return tuple(registered)

"""Which recognisers there are: modules of ours, entry points of other distributions, YAML files."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from presidio_analyzer import EntityRecognizer

from detectors import declared
from detectors.screen import Trigger, is_allowed

_OWN = "detectors.recognizers"
_GROUP = "sparhund.recognizers"
_EVERYTHING = Trigger(None, None)


@dataclass(frozen=True, slots=True)
class Registered:
    """A recogniser as registered: built once a process by `detectors.presidio`."""

    name: str
    """The module's name, or the entry point's, or the YAML file's and the recogniser's in it."""
    recognizer: EntityRecognizer
    trigger: Trigger
    version: str

    @property
    def entities(self) -> tuple[str, ...]:
        """What it finds."""
        return tuple(self.recognizer.supported_entities)

    @property
    def reads_everything(self) -> bool:
        """Whether no trigger spares it any text, which makes it slow."""
        return self.trigger.fires_everywhere


def _plugins() -> Iterator[tuple[str, Callable[[], EntityRecognizer]]]:
    """Names and what makes the recogniser: a module's `PLUGIN`, or `PLUGINS` by name."""
    modules = pkgutil.iter_modules(import_module(_OWN).__path__)
    for name in sorted(module.name for module in modules if module.name != "base"):
        module = import_module(f"{_OWN}.{name}")
        if hasattr(module, "PLUGINS"):
            yield from module.PLUGINS.items()
        else:
            yield name, module.PLUGIN
    for point in sorted(entry_points(group=_GROUP), key=lambda point: point.name):
        yield point.name, point.load()


@cache
def load(files: tuple[str, ...] = ()) -> tuple[Registered, ...]:
    """Every recogniser in a stable order: ours by module name, entry points, then YAML files.

    Raises:
        ValueError: A YAML file cannot be read or holds no recognisers; says which and why.
    """
    if files:
        return (*load(), *(own for file in files for own in _from_yaml(Path(file))))
    registered = []
    for name, plugin in _plugins():
        own = plugin if hasattr(plugin, "TRIGGER") else sys.modules[plugin.__module__]
        version = str(getattr(own, "VERSION", ""))
        registered.append(Registered(name, plugin(), _trigger(own), version))
    return tuple(registered)


def _trigger(module: object) -> Trigger:
    """The trigger of a module or plugin; one that the screen cannot search for counts as none.

    `TRIGGER` is a pattern; `WORDS` words beside it, or a function that makes them of the lexicon.
    """
    pattern, words = getattr(module, "TRIGGER", None), getattr(module, "WORDS", ())
    words = frozenset(words() if callable(words) else words)
    if (pattern is None and not words) or not (pattern is None or is_allowed(pattern)):
        return _EVERYTHING
    return Trigger(pattern, getattr(module, "REACH", None), words)


def _from_yaml(path: Path) -> Iterator[Registered]:
    for name, recognizer in declared.read(path):
        version = sha256(path.read_bytes()).hexdigest()[:12]
        yield Registered(f"{path.name}: {name}", recognizer, _EVERYTHING, version)

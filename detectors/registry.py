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

import yaml
from presidio_analyzer import EntityRecognizer, PatternRecognizer

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
        return self.trigger.pattern is None


def _plugins() -> Iterator[tuple[str, Callable[[], EntityRecognizer]]]:
    modules = pkgutil.iter_modules(import_module(_OWN).__path__)
    for name in sorted(module.name for module in modules if module.name != "base"):
        yield name, import_module(f"{_OWN}.{name}").PLUGIN
    for point in sorted(entry_points(group=_GROUP), key=lambda point: point.name):
        yield point.name, point.load()


@cache
def load(files: tuple[str, ...] = ()) -> tuple[Registered, ...]:
    """Every recogniser in a stable order: ours by module name, entry points, then YAML files.

    Raises:
        ValueError: A YAML file cannot be read or holds no recognisers; says which and why.
    """
    registered = []
    for name, plugin in _plugins():
        module = sys.modules[plugin.__module__]
        version = str(getattr(module, "VERSION", ""))
        registered.append(Registered(name, plugin(), _trigger(module), version))
    for file in files:
        registered += _from_yaml(Path(file))
    return tuple(registered)


def _trigger(module: object) -> Trigger:
    """The module's trigger; one that the screen cannot search for counts as none.

    `TRIGGER` is a pattern, or a function that makes one where it holds words of the lexicon.
    """
    pattern = getattr(module, "TRIGGER", None)
    pattern = pattern() if callable(pattern) else pattern
    if pattern is None or not is_allowed(pattern):
        return _EVERYTHING
    return Trigger(pattern, getattr(module, "REACH", None))


def _from_yaml(path: Path) -> Iterator[Registered]:
    """The recognisers of a file in Presidio's YAML: its list `recognizers`."""
    try:
        raw = path.read_bytes()
        listed = yaml.safe_load(raw)["recognizers"]
        for entry in listed:
            # Presidio's own default is English; a Swedish text is what there is to read
            settings = {"supported_language": "sv"} | entry
            for dropped in ("supported_languages", "type", "enabled"):
                settings.pop(dropped, None)
            recognizer = PatternRecognizer.from_dict(settings)
            version = sha256(raw).hexdigest()[:12]
            name = f"{path.name}: {entry['name']}"
            yield Registered(name, recognizer, _EVERYTHING, version)
    except OSError as error:
        raise ValueError(f"recognisers: {path} cannot be read ({type(error).__name__})") from error
    except (yaml.YAMLError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(
            f"recognisers: {path} is not Presidio's YAML: a list `recognizers` of entries with"
            " name, supported_entity and patterns"
        ) from error

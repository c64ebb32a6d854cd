"""The registerutdrag: one page, in Swedish, for the person whose data it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

MOST = 200
"""Values of one kind in one source that the page shows; `result.json` holds them all."""


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """One value, and where it stands."""

    text: str
    where: str
    rows: str
    via: str
    certainty: str


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """All values of one kind in one source."""

    title: str
    explanation: str
    source: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """One of the policy's categories and what it says of it; "" = no category covers it."""

    name: str
    purposes: tuple[str, ...]
    bases: tuple[str, ...]
    retention: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SourceSearched:
    """How many resources of a source were searched, and how."""

    source: str
    method: str
    number: int


@dataclass(frozen=True, slots=True)
class NotSearched:
    """What was not searched, or not all of it."""

    source: str
    key: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Extract:
    """Everything that the page shows."""

    date: str
    controllers: tuple[str, ...]
    policy: str
    contact: str
    kinds: tuple[str, ...]
    followed: tuple[str, ...]
    groups: tuple[Group, ...]
    searched: tuple[SourceSearched, ...]
    unread: tuple[NotSearched, ...]
    left: int


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = _shown
    return environment.get_template("registerutdrag.html")


def _shown(text: str) -> str:
    """Text without characters that turn or hide what stands beside them."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def render(extract: Extract) -> str:
    """The whole page. Everything shown is escaped; nothing is loaded from anywhere."""
    return _template().render(extract=extract, most=MOST)

"""Sources that no program can read: paper archives, services without access."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.base import ReadError
from scanner.model import Batch, Resource, Skipped


@dataclass(frozen=True, slots=True)
class Manual:
    """A source that a person must check by hand.

    It is never read; it stands in every coverage as not read, with what to do about it, so that
    nobody forgets it.
    """

    name: str
    contact: str = ""
    """Whom to ask: a person's role, a mailbox, a supplier."""
    checklist: tuple[str, ...] = ()
    """What to do there, one step each."""
    reason: str = ""
    """Why no program reads it, such as `paper archive`."""

    def discover(self) -> Iterator[Resource | Skipped]:
        """Say, once, that the whole source is to be checked by hand."""
        parts = [f"manual source{f' ({self.reason})' if self.reason else ''}: check it by hand"]
        if self.contact:
            parts.append(f"contact {self.contact}")
        parts += [f"{number}. {step}" for number, step in enumerate(self.checklist, start=1)]
        yield Skipped("", "; ".join(parts))

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        """Never succeeds: there is nothing to read."""
        raise ReadError(f"source '{self.name}' is manual; check {resource.key or 'it'} by hand")


PLUGIN = Manual

"""What a connector is: two verbs, and errors whose words may be stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from scanner.model import Batch, Resource, Sample, Skipped


class ReadError(Exception):
    """A source or a resource cannot be read.

    The message is our own words (what, where, how to mend) and never quotes data or an
    underlying error's text, so that it may be stored and shown.
    """


class Connector(Protocol):
    """One configured source. A frozen dataclass whose fields are its TOML keys."""

    @property
    def name(self) -> str:
        """The source's name in the config; the `source` of its resources."""
        ...

    def discover(self) -> Iterator[Resource | Skipped]:
        """List every resource, in a stable order; what cannot be listed is a `Skipped`.

        Raises `ReadError` when the source as a whole cannot be listed.
        """
        ...

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        """Read one resource in batches of bounded size; a part that cannot be read is a `Skipped`.

        Raises `ReadError` when the resource as a whole cannot be read.
        """
        ...


@runtime_checkable
class Sampled(Protocol):
    """A connector that can draw rows of a big resource at random (optional)."""

    def sample(
        self, resource: Resource, columns: tuple[str, ...] = ()
    ) -> Iterator[Batch | Skipped | Sample]:
        """Read few rows whole, of many a random sample; then the last part is a `Sample`.

        Batches are such as `read` gives. With `columns`, these only, and several times as many
        rows, drawn anew: for columns of free text, where what is sought is rare. Nothing comes
        back then if the table was read whole. The same data gives the same rows.
        """
        ...


@runtime_checkable
class Counting(Protocol):
    """A connector that can count at the source (optional)."""

    def distinct(self, resource: Resource, column: str, most: int) -> int | None:
        """How many different values a column holds, where that costs the source little.

        None: it would cost much, or they are more than `most`.
        """
        ...


@runtime_checkable
class Searchable(Protocol):
    """A connector that can filter at the source (optional)."""

    def search(self, resource: Resource, terms: tuple[str, ...]) -> Iterator[Batch | Skipped]:
        """Read only what may hold one of the terms; row-aligned batches as `read` gives them.

        In a term only ASCII letters and digits count, without regard to case; for anything else
        in it any characters, or none, may stand. Too much is right, too little never.
        """
        ...


@runtime_checkable
class Bounded(Protocol):
    """A connector whose system bears only so many readers (optional)."""

    @property
    def connections(self) -> int:
        """Resources that may be read at once, at most."""
        ...


@runtime_checkable
class Located(Protocol):
    """A connector that knows which country its data lies in (optional)."""

    def country(self) -> str:
        """ISO 3166-1 alpha-2 code, or "" when the source does not tell."""
        ...

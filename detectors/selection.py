"""Which recognisers and models read, and which of the entities that they find are asked for."""

from __future__ import annotations

from typing import NamedTuple

from detectors import registry
from detectors.models import Model
from detectors.registry import Registered

_PERSON = "PERSON"
"""Where its recogniser looks, models are asked."""


class Selection(NamedTuple):
    """What a detector reads with; as shipped, everything."""

    recognizers: tuple[str, ...] = ()
    """Paths of YAML files in Presidio's form with recognisers of the user's own."""
    models: tuple[Model, ...] = ()
    """Name models beside the one that ships."""
    only: frozenset[str] = frozenset()
    """The entities that are looked for; empty: all. What finds no other does not read at all."""

    def seeks(self, *entities: str) -> bool:
        """Whether any of them is looked for."""
        return not self.only or not self.only.isdisjoint(entities)

    def registered(self) -> tuple[Registered, ...]:
        """The recognisers that read, in the order of the registry.

        Raises:
            ValueError: A YAML file of recognisers is wrong.
        """
        every, asked = registry.load(self.recognizers), bool(self.reading())
        return tuple(
            own for own in every if self.seeks(*own.entities) or (asked and _PERSON in own.entities)
        )

    def reading(self) -> tuple[Model, ...]:
        """The models that read."""
        return tuple(model for model in self.models if self.seeks(*model.entities))


EVERYTHING = Selection()

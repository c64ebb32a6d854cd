"""Words, numbers and signs of a text, as the name model reads them."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[0-9]+|\n|[^\w\s]|_|\w")
"""A word keeps its hyphens and apostrophes; a line's end is a sign too."""


def tokens(text: str) -> list[tuple[int, int]]:
    """Where each token stands, in order; spaces are none."""
    return [found.span() for found in _TOKEN.finditer(text)]

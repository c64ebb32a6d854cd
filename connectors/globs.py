"""Globs on keys: what `include`, `exclude` and a scope's `match` mean, everywhere the same.

`*` and `?` stay within one folder, `**` crosses folders and also matches none, so that `**/*.csv`
matches `a.csv` and `x/y/a.csv`; `[abc]`, `[a-z]` and `[!abc]` match one character. Upper and lower
case differ. Every other character, spaces and newlines included, means itself.
"""

from __future__ import annotations

import re
from functools import cache

_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)


def matches(key: str, pattern: str) -> bool:
    """Whether the whole key fits the glob."""
    return _compiled(pattern).fullmatch(key) is not None


def selects(key: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Whether a key is asked for: it fits an `include` and no `exclude`."""
    return any(matches(key, one) for one in include) and not any(
        matches(key, one) for one in exclude
    )


def shuts_out(folder: str, exclude: tuple[str, ...]) -> bool:
    """Whether nothing below a folder can be asked for, so that it need not be listed."""
    return any(one.endswith("/**") and matches(folder, one[:-3]) for one in exclude)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    for found in _PIECE.finditer(pattern):
        piece = found[0]
        at_folder = found.start() == 0 or pattern[found.start() - 1] == "/"
        if piece == "**/" and at_folder:
            parts.append("(?:[^/]*/)*?")
        elif piece.startswith("**"):
            parts.append(".*" + re.escape(piece[2:]))
        else:
            parts.append(_single(piece))
    return re.compile("".join(parts), re.DOTALL)


def _single(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if piece.startswith("[") and len(piece) > 2:
        negated = piece[1] == "!"
        members = piece[2:-1] if negated else piece[1:-1]
        safe = re.sub(r"([\\\[\]^&~|])", r"\\\1", members)
        characters = f"(?!/)[{'^' if negated else ''}{safe}]"
        if _is_regex(characters):
            return characters
    return re.escape(piece)


def _is_regex(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:  # a range that runs backwards, say: then the brackets mean themselves
        return False
    return True

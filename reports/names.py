"""Names that others gave to files, columns and sources, made safe to look at."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(name: str) -> str:
    """The name with nothing in it that is invisible or turns the text around."""
    if name.isprintable():  # the common case: none of those categories is printable
        return name
    return "".join(
        f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _INVISIBLE else c for c in name
    )


def cut(name: str, length: int) -> str:
    """At most so many characters; the middle goes, for both ends tell."""
    if len(name) <= length:
        return name
    end = length // 3
    return f"{name[: length - end - 1]}…{name[-end:]}"

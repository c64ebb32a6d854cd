"""How a place inside a resource is written, equally for every format.

A member (of an archive, or a mail's attachment) is joined by `!`, a place inside a document by
`#`. The resource itself is "" and needs no sign:

    member("", "inner.zip")                      inner.zip
    member("inner.zip", "list.xlsx")             inner.zip!list.xlsx
    inside("inner.zip!list.xlsx", "Sheet!B")     inner.zip!list.xlsx#Sheet!B
    inside("", "Sheet!B")                        Sheet!B
"""

from __future__ import annotations

from dataclasses import dataclass, field

from connectors.formats.encoding import decode

_LONGEST = 200


def member(location: str, name: str) -> str:
    """The location of a member that lies in the document at `location`."""
    return f"{location}!{name}" if location else name


def inside(location: str, place: str) -> str:
    """A place inside the document at `location`: a column, a header, a body."""
    return f"{location}#{place}" if location else place


def readable(name: str) -> str:
    """A name on one line, of bounded length, that any store can hold; never empty.

    Undecodable bytes (as surrogates) are read like any Swedish text; control characters become
    `%XX`.
    """
    name = name.replace("\xa0", " ").strip()
    if not name.isprintable():
        name = decode(name.encode("utf-8", "surrogateescape" if _escapes(name) else "replace"))
        name = "".join(c if c.isprintable() else _percent(c) for c in name)
    if len(name) > _LONGEST:
        name = name[: _LONGEST - 1] + "…"
    return name or "unnamed"


def _escapes(name: str) -> bool:
    """Whether every surrogate in it stands for a byte."""
    return all("\udc80" <= c <= "\udcff" for c in name if "\ud800" <= c <= "\udfff")


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


@dataclass(slots=True)
class Names:
    """Gives every name of one document once; a repeated one becomes `name (2)`."""

    taken: set[str] = field(default_factory=set)
    repeats: dict[str, int] = field(default_factory=dict)

    def unique(self, name: str) -> str:
        """The readable name, or its first free numbered form."""
        name = readable(name)
        candidate = name
        while candidate in self.taken:
            self.repeats[name] = self.repeats.get(name, 1) + 1
            candidate = f"{name} ({self.repeats[name]})"
        self.taken.add(candidate)
        return candidate

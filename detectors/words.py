"""Cue words and doubts, and how text is folded to look for them.

Words are compared folded: lower case, without accents, everything but letters a space. A cue is
found inside words too (`personn` in `kundpersonnumret`); one of four letters or fewer, or with a
space at an end, only where a word begins or ends there. The abbreviation for number may stand
apart (`pers. nr`, `org-nr`), and a short word may be inflected (`pnr:et`, `telen`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_DOT = re.compile(r"(?<=[a-z])\.(?=[a-z])")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_SHORT = 4
_LITERAL = re.compile(r"[a-z ](?![{?])")


def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFD", character.lower())[0]
    plain = {"ß": "s", "æ": "a", "ø": "o"}.get(plain, plain)
    return plain if "a" <= plain <= "z" else " "


_PLAIN = "".join(_letter(chr(code)) for code in range(256)).encode()


def fold(text: str) -> str:
    """The text as folded words between single spaces, one at each end."""
    plain = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return f" {_NOT_LETTERS.sub(' ', _DOT.sub('', bare)).strip()} "


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """A column's name as folded words: `kundPersonNr` as ` kund person nr `."""
    return fold(_CAMEL.sub(" ", label))


def letters(text: str) -> bytes:
    """The text folded letter by letter: as many bytes as it has characters of Latin-1."""
    return text.encode("latin-1", "replace").translate(_PLAIN)


def composed(text: str) -> str:
    """The text with letters and their accents as one character each, where that can be."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The cue words and doubts of one recogniser, ready to be looked up."""

    cues: tuple[str, ...]
    doubts: tuple[str, ...]
    reasons: dict[str, str]
    """What a cue says beside that the hit stands."""
    pattern: re.Pattern[bytes]
    """Finds the words in folded text; the number of the group that matched is the word's."""
    said: tuple[tuple[bool, str | None], ...]
    """Of each group, whether it is a cue and what more it says."""

    @classmethod
    def of(cls, cues: Iterable[str], doubts: Iterable[str], reasons: dict[str, str]) -> Words:
        """Bound short words at both ends."""
        own, against = tuple(cues), tuple(doubts)
        said: dict[str, tuple[bool, str | None]] = {_expression(w): (False, None) for w in against}
        said |= {_expression(word): (True, reasons.get(word)) for word in own}
        expressions = sorted(said, key=lambda each: (each[0], -len(each)))
        found: list[str] = []
        pattern = re.compile(_branches(expressions, 0, found).encode() or rb"(?!)")
        return cls(own, against, reasons, pattern, tuple(said[each] for each in found))


def _branches(expressions: list[str], at: int, found: list[str]) -> str:
    """The alternatives branched by each letter in turn, so that few are tried at any place.

    `found` gets them in the order of their groups.
    """
    if len(expressions) == 1 or not all(map(_LITERAL.match, (each[at:] for each in expressions))):
        found += expressions
        return "|".join(f"{expression[at:]}()" for expression in expressions)
    heads: dict[str, list[str]] = {}
    for expression in expressions:
        heads.setdefault(expression[at], []).append(expression)
    branches = (f"{head}(?:{_branches(own, at + 1, found)})" for head, own in heads.items())
    return "|".join(branches)


def _expression(word: str) -> str:
    """What finds the word in folded text: it begins with a letter or a space as such."""
    core = " ".join(letters(composed(word)).decode().split())
    spaced = word.startswith(" "), word.endswith(" ")
    short = len(core) <= _SHORT and " " not in core and spaced[0] == spaced[1]
    left = " " if short or spaced[0] else ""
    right = "(?![a-z])" if short or spaced[1] else ""
    apart = re.fullmatch(r"(.*[a-z]) ?(nr|num[a-z]*)", core)
    if apart:
        core = f"{apart[1]} {{0,3}}{apart[2]}"
    elif len(core) > _SHORT and core.endswith(("nn", "sn")):
        # A stem cut after the first letter of number: not personnel or personnamn.
        core = f"{core[:-1]}(?: {{0,3}}(?:nr|n?um|no(?![a-z]))|n(?![a-z]))"
    elif len(core) > _SHORT and core.endswith("a") and not right:
        core = f"{core[:-1]}(?:a|or)"
    core = re.sub(r"(?<=[a-z]) (?=[a-z])", " {1,3}", core)
    return left + core + ("(?:e?[nt]s?|s)?" if short else "") + right

"""The words of sensitive text: one file a class in `detectors/data/sensitive/`, read as patterns.

A cue is written as it reads: `*` is the rest of a word, ` ~ ` up to four words, `(a|b)` either, `#`
a diagnosis code of ICD-10; in a word after `=` capitals count. A certain cue says by itself that
somebody is meant, a strong one unless the sentence is about something else, a near one needs a
person beside it, a weak one another cue too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import NamedTuple, cast

from detectors import screen

_WIDEST = 60
"""Characters that the screen may look for in a row."""
_LEVELS = ("certain", "strong", "near", "weak")
_REST = r"[a-zà-öø-ÿ]*"
_CODE = r"(?-i:[A-TV-Z]\d{2}(?:\.\d{1,2})?)"
_CASED = re.compile(r"(?<!\w)=([A-ZÅÄÖ]\w*)")
_GAP = r"(?:[ ,:]+[\w()/&'%-]+){0,4}[ ,:]+"

_OPEN = re.compile(r" ~ |~ |\*|#")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<![\w-])\w")


class Cue(NamedTuple):
    """Words of the vocabulary, and what they mean."""

    level: str
    kind: str
    words: str


class Found(NamedTuple):
    """A cue in a text."""

    start: int
    end: int
    level: str
    kind: str


@dataclass(frozen=True)
class Vocabulary:
    """One class's words."""

    entity: str
    version: str
    cues: tuple[Cue, ...]
    vetoes: tuple[str, ...]
    """Words beside which a cue means something else."""

    @cached_property
    def trigger(self) -> str:
        """What a text must hold for any cue to stand in it, in the subset of the screen."""
        plain = sorted({_sharpest(cue.words) for cue in self.cues if cue.words[0] != "="})
        cased = sorted({_sharpest(cue.words) for cue in self.cues if cue.words[0] == "="})
        parts = [f"(?i:{'|'.join(plain)})"] if plain else []
        return "|".join(parts + cased)

    @cached_property
    def wakes(self) -> Callable[[str], Iterable[tuple[int, int]]]:
        """Where a text holds what the trigger asks for: no cue stands in a sentence without."""
        return screen.finder(self.trigger)

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str, str]]:
        pairs = dict.fromkeys((cue.level, cue.kind) for cue in self.cues)
        return {f"g{number}": pair for number, pair in enumerate(pairs)}

    @cached_property
    def _heads(self) -> Mapping[str, list[Cue]]:
        """Cues by their first three characters; those that begin inside a word under `""`."""
        heads: dict[str, list[Cue]] = {}
        for cue in self.cues:
            for key in _keys(cue.words.removeprefix("=")):
                heads.setdefault(key, []).append(cue)
        return heads

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str] | None]:
        return {}

    @cached_property
    def _veto(self) -> re.Pattern[str] | None:
        words = "|".join(_pattern(word) for word in self.vetoes)
        return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def _head(self, key: str) -> re.Pattern[str] | None:
        if key not in self._compiled:
            cues = self._heads.get(key)
            self._compiled[key] = self._alternatives(cues) if cues else None
        return self._compiled[key]

    def _alternatives(self, cues: list[Cue]) -> re.Pattern[str]:
        groups = []
        for name, pair in self._groups.items():
            own = sorted((_pattern(c.words) for c in cues if c[:2] == pair), key=len, reverse=True)
            if own:
                groups.append(f"(?P<{name}>{'|'.join(own)})")
        return re.compile(rf"(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)

    def is_vetoed(self, sentence: str) -> bool:
        """Whether the class's own words say that the sentence is about something else."""
        return self._veto is not None and self._veto.search(sentence) is not None

    def find(self, text: str, low: int, high: int) -> list[Found]:
        """The cues between two places, apart from one another."""
        found: list[Found] = []
        heads, last = self._compiled, low
        folded = text[low : high + 3].casefold()
        if len(folded) != len(text[low : high + 3]):
            folded = text[low : high + 3].lower()
        for word in _WORD.finditer(text, low, high):
            at = word.start()
            if at < last:
                continue
            hit = None
            own = folded[at - low : at - low + 3]
            for key in (own, own[:2], ""):
                head = heads[key] if key in heads else self._head(key)
                hit = head.match(text, at, high) if head is not None else None
                if hit is not None:
                    break
            if hit is not None:
                last = hit.end()
                found.append(Found(at, last, *self._groups[hit.lastgroup or ""]))
        return found


def _flat(words: str) -> str:
    """A cue without alternatives in alternatives: `(a|b (c|d))` is `(a|b c|b d)`."""
    text, depth, begin = "", 0, 0
    for at, character in enumerate(words):
        depth += (character == "(") - (character == ")")
        if character == "(" and depth == 1:
            text, begin = text + words[begin:at], at + 1
        elif character == ")" and depth == 0:
            text, begin = f"{text}({'|'.join(_readings(words[begin:at]))})", at + 1
    return text + words[begin:]


def _readings(alternatives: str) -> list[str]:
    """Each alternative, spelt out: `a|b (c|d)` is `a`, `b c` and `b d`."""
    readings = [""]
    done: list[str] = []
    for piece in re.split(r"(\((?:[^()]|\([^()]*\))*\)|\|)", alternatives):
        if piece == "|":
            done, readings = done + readings, [""]
        elif piece.startswith("("):
            readings = [start + end for start in readings for end in _readings(piece[1:-1])]
        else:
            readings = [start + piece for start in readings]
    return done + readings


def _split(words: str) -> list[list[str]]:
    """A cue as alternatives in a row: `a (b|c)` is `[["a "], ["b", "c"]]`."""
    pieces = re.split(r"\(([^()]*)\)", words)
    return [
        piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces) if piece
    ]


def _keys(words: str) -> set[str]:
    """The first characters that texts with the cue can have: three, or the two of a short word."""
    starts = {""}
    for alternatives in _split(words):
        own = [piece.replace("=", "") for piece in alternatives]
        starts = {start if len(start) > 2 else start + piece for start in starts for piece in own}
    return {"" if "*" in start[:3] else start[:3].casefold() for start in starts}


def _pattern(words: str) -> str:
    text = ""
    for alternatives in _split(words):
        own = "|".join(_literal(piece) for piece in alternatives)
        text += f"(?:{own})" if len(alternatives) > 1 else own
    return text


def _literal(piece: str) -> str:
    text = re.escape(piece).replace(r"\#", _CODE).replace(r"\ \~\ ", _GAP).replace(r"\~\ ", _GAP)
    return _CASED.sub(r"(?-i:\1)", text).replace(r"\*", _REST)


@cache
def _everyday() -> frozenset[str]:
    """Words that any text holds: they wake nothing."""
    raw = (resources.files("detectors") / "data" / "everyday.txt").read_text("utf-8")
    return frozenset(raw.split())


def _sharpest(words: str) -> str:
    """The rarest run of a cue without gaps, as a pattern of the screen's subset."""
    rows = _runs(_CASED.sub(r"\1", f"\b{words}\b"))
    fitting = [part for row in rows for part in ([row] if _fits(row) else _parts_of(row))]
    best = max(fitting, key=_sharpness)
    text = ""
    for alternatives in best:
        own = "|".join(_image(piece) for piece in alternatives)
        text += f"(?:{own})" if len(alternatives) > 1 else own
    return text


def _fits(row: list[list[str]]) -> bool:
    return sum(max(map(len, own)) for own in row) <= _WIDEST


def _parts_of(row: list[list[str]]) -> list[list[list[str]]]:
    """The stretches of a run that the screen may look for."""
    ends = range(len(row) + 1)
    every = (row[first:last] for first in ends for last in ends[first + 1 :])
    return [part for part in every if _fits(part)]


def _sharpness(row: list[list[str]]) -> tuple[int, int]:
    """Letters that are no everyday word's, then all of them, in the run's shortest reading."""
    rare = sum(min(map(_rare, own)) for own in row)
    return rare, sum(min(map(len, own)) for own in row)


@cache
def _rare(piece: str) -> int:
    words = _LETTERS.findall(piece.casefold())
    return sum(len(word) for word in words if word not in _everyday())


def _runs(words: str) -> list[list[list[str]]]:
    """A cue cut where anything may stand: rows of alternatives of literal text."""
    runs: list[list[list[str]]] = [[]]
    rows = _split(words)
    if rows[0] == ["\b"]:
        rows[:2] = [[f"\b{own}" for own in rows[1]]]
    if rows[-1] == ["\b"]:
        rows[-2:] = [[f"{own}\b" for own in rows[-2]]]
    for alternatives in rows:
        pieces = [_OPEN.split(piece) for piece in alternatives]
        runs[-1].append([own[0] for own in pieces])
        if len(alternatives) == 1:
            runs += [[[piece]] for piece in pieces[0][1:]]
        elif any(len(own) > 1 for own in pieces):
            runs.append([])
    return runs


def _image(piece: str) -> str:
    """Literal text for the screen: boundaries only beside ASCII letters, both cases of others."""
    text = "".join(
        character
        if character.isascii() and (character.isalnum() or character in " \b")
        else f"[{character.upper()}{character.lower()}]"
        if character.isalpha()
        else re.escape(character)
        for character in piece
    )
    text = re.sub("^\b(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\b$", r"\\b", text)
    text = re.sub(r"^\x08(?=\[[^\W\d_a-zA-Z])|(?<=[^\W\d_a-zA-Z]\])\x08$", r"\\B", text)
    return text.replace("\b", "")


@cache
def vocabulary(entity: str) -> Vocabulary:
    """The words of one class.

    Raises:
        FileNotFoundError: There is no such class.
    """
    raw = (resources.files("detectors") / "data" / "sensitive" / f"{entity}.toml").read_bytes()
    table = tomllib.loads(raw.decode())
    cues = tuple(
        Cue(level, kind, _flat(words))
        for level in _LEVELS
        for kind, every in cast("Mapping[str, list[str]]", table.get(level, {})).items()
        for words in every
    )
    version = sha256(raw).hexdigest()[:12]
    return Vocabulary(entity, version, cues, tuple(table.get("veto", ())))

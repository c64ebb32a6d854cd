"""The words of sensitive text: one file a class in `detectors/data/sensitive/`, read as patterns.

A cue is written as it reads: `*` is the rest of a word, ` ~ ` up to four words, `(a|b)` either, `#`
a diagnosis code of ICD-10; in a word after `=` capitals count. A certain cue says by itself that
somebody is meant, a strong one unless the sentence is about something else, a near one needs a
person beside it, a weak one another cue too. A hint is a word that wakes the sense of the sentence
(`detectors.gist`), no more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from itertools import accumulate, chain, product, zip_longest
from math import prod
from typing import NamedTuple, cast

from detectors import screen
from detectors.screen import Trigger

_READINGS = 300
"""Readings of a cue that are searched for one by one."""
_COMMON = 6
"""Characters of everyday words that tell something: the more do not stand there the less often."""
_SEARCHED = 0.5**24
"""What it costs to search for one reading more, beside how often one fires."""
SENSE = "sense of the sentence"
"""The kind of the hints that `training/hints.py` found."""
_LEVELS = ("certain", "strong", "near", "weak", "hint")
_REST = r"[a-zà-öø-ÿ]*"
_REST_COMPILED = r"(?-i:[a-zà-öø-ÿA-ZÀ-ÖØ-Þ]*)"
"""The same in any case: `re` takes long to work out for itself which letters these are."""
_CODE = r"(?-i:[A-TV-Z]\d{2}(?:\.\d{1,2})?)"
_CASED = re.compile(r"(?<!\w)=([A-ZÅÄÖ]\w*)")
_GAP = r"(?:[ ,:]+[\w()/&'%-]+){0,4}[ ,:]+"

_OPEN = re.compile(r" ~ |~ |\*|#")
_VARIES = re.compile(r" ?[*#~=]")
_ENOUGH = 8
"""Characters of a beginning from which on no more are told."""
_TELLING = 4
"""Characters of a beginning that already tell most words apart."""
LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<![\w-])\w")
_START = re.Match.start


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
class _Head:
    """A cue among those that begin alike."""

    begins: tuple[str, ...]
    """What it may begin with, in small letters: what lacks this need not be asked."""
    level: str
    kind: str
    text: str
    """The whole, as a pattern."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.text)


@dataclass(frozen=True)
class _Table:
    """Cues by what they begin with; compiled when a text begins so."""

    cues: tuple[Cue, ...]

    @cached_property
    def _order(self) -> Mapping[tuple[str, str], int]:
        pairs = dict.fromkeys((cue.level, cue.kind) for cue in self.cues)
        return {pair: number for number, pair in enumerate(pairs)}

    @cached_property
    def _heads(self) -> Mapping[str, list[Cue]]:
        """Cues by their first three characters; those that begin inside a word under `""`."""
        heads: dict[str, list[Cue]] = {}
        for cue in self.cues:
            start = cue.words[:3]
            for key in (start.casefold(),) if start.isalpha() else _keys(cue.words):
                heads.setdefault(key, []).append(cue)
        return heads

    @cached_property
    def _ranked(self) -> dict[str, tuple[_Head, ...]]:
        return {}

    def _alike(self, key: str) -> tuple[_Head, ...]:
        """The cues that begin so, in the order in which they are tried."""
        ranked = self._ranked.get(key)
        if ranked is None:
            cues = ((cue, _pattern(cue.words)) for cue in self._heads.get(key, ()))
            order = sorted(cues, key=lambda each: (self._order[each[0][:2]], -len(each[1])))
            ranked = tuple(_Head(_beginnings(c.words), c.level, c.kind, p) for c, p in order)
            self._ranked[key] = ranked
        return ranked

    @cached_property
    def _near(self) -> dict[str, tuple[tuple[str, ...], tuple[_Head, ...]]]:
        return {}

    def _beside(self, start: str) -> tuple[tuple[str, ...], tuple[_Head, ...]]:
        """The cues that may begin with these characters, and what all of them begin with."""
        near = self._near.get(start)
        if near is None:
            keys = dict.fromkeys((start, start[:2], ""))
            heads = tuple(head for key in keys for head in self._alike(key))
            near = tuple({begin for head in heads for begin in head.begins}), heads
            self._near[start] = near
        return near

    def at(self, text: str, at: int, high: int, folded: str, place: int) -> Found | None:
        """The cue that begins there; in `folded`, the text in small letters, it is at `place`."""
        begins, heads = self._beside(folded[place : place + 3])
        if folded.startswith(begins, place):
            for head in heads:
                if folded.startswith(head.begins, place):
                    hit = head.pattern.match(text, at, high)
                    if hit is not None:
                        return Found(at, hit.end(), head.level, head.kind)
        return None


@dataclass(frozen=True)
class Vocabulary:
    """One class's words."""

    entity: str
    version: str
    cues: tuple[Cue, ...]
    vetoes: tuple[str, ...]
    """Words beside which a cue means something else."""

    @cached_property
    def trigger(self) -> Trigger:
        """What a text must hold for any cue to stand in it; those in capitals by a pattern."""
        cased = sorted({_capitals(cue.words) for cue in self.cues if cue.words[0] == "="})
        plain = (_sharpest(cue.words) for cue in self.cues if cue.words[0] != "=")
        return Trigger("|".join(cased) or None, 0, frozenset(chain.from_iterable(plain)))

    @cached_property
    def wakes(self) -> Callable[[str], Iterable[tuple[int, int]]]:
        """Where a text holds what the trigger asks for: no cue stands in a sentence without."""
        return screen.finder(self.trigger)

    @cached_property
    def _table(self) -> _Table:
        return _Table(self.cues)

    @cached_property
    def _against(self) -> _Table:
        return _Table(tuple(Cue("veto", "", words) for words in self.vetoes))

    def is_vetoed(self, sentence: str) -> bool:
        """Whether the class's own words say that the sentence is about something else."""
        folded = _folded(sentence)
        return any(
            self._against.at(sentence, at, len(sentence), folded, at)
            for at in map(_START, _WORD.finditer(sentence))
        )

    def find(self, text: str, low: int, high: int) -> list[Found]:
        """The cues between two places, apart from one another; hints may stand in the next."""
        found: list[Found] = []
        last = low
        folded = _folded(text[low : high + 3])
        for at in map(_START, _WORD.finditer(text, low, high)):
            hit = self._table.at(text, at, high, folded, at - low) if at >= last else None
            if hit is not None:
                last = last if hit.level == "hint" else hit.end
                found.append(hit)
        return found


def _folded(text: str) -> str:
    """A text in small letters, as long as it was."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else text.lower()


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
    plain, varies, _ = words.removeprefix("=")[:5].partition("(")
    start = plain.replace("=", "")[:3]
    if not varies or len(start) > 2:
        return {"" if "*" in start else start.casefold()}
    starts = {""}
    for alternatives in _split(words):
        own = [piece.replace("=", "") for piece in alternatives]
        starts = {start if len(start) > 2 else start + piece for start in starts for piece in own}
        if all(len(start) > 2 for start in starts):
            break
    return {"" if "*" in start[:3] else start[:3].casefold() for start in starts}


def _beginnings(words: str) -> tuple[str, ...]:
    """What texts with the cue begin with, in small letters: up to what may vary."""
    words = words.removeprefix("=")
    plain, varies, _ = words.partition("(")
    if not varies or len(plain) > _TELLING:
        return (_VARIES.split(plain, maxsplit=1)[0].casefold(),)
    open_, done = {""}, set[str]()
    for alternatives in _split(words):
        own = [_VARIES.split(piece, maxsplit=1) for piece in alternatives]
        done |= {(start + piece[0])[:_ENOUGH] for start in open_ for piece in own if piece[1:]}
        open_ = {(start + piece[0])[:_ENOUGH] for start in open_ for piece in own if not piece[1:]}
        long = {start for start in open_ if len(start) == _ENOUGH}
        done, open_ = done | long, open_ - long
        if not open_:
            break
    return tuple(sorted(each.casefold() for each in done | open_))


def _pattern(words: str) -> str:
    text = ""
    for alternatives in _split(words):
        own = "|".join(_literal(piece) for piece in alternatives)
        text += f"(?:{own})" if len(alternatives) > 1 else own
    return text


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern up to a word's end."""
    whole = f"(?:{pattern.replace(_REST, _REST_COMPILED)})(?!\\w)"
    return re.compile(whole, re.IGNORECASE)


def _literal(piece: str) -> str:
    if piece.isalpha():
        return piece
    text = re.escape(piece).replace(r"\#", _CODE).replace(r"\ \~\ ", _GAP).replace(r"\~\ ", _GAP)
    return _CASED.sub(r"(?-i:\1)", text).replace(r"\*", _REST)


@cache
def everyday() -> frozenset[str]:
    """Words that any text holds: they wake nothing."""
    raw = (resources.files("detectors") / "data" / "everyday.txt").read_text("utf-8")
    return frozenset(raw.split())


def _capitals(words: str) -> str:
    """What a cue written in capitals begins with, as a pattern."""
    letters = re.findall("[A-Za-z]+", words)[0]
    return rf"\b{letters}" + ("" if words.startswith(f"={letters}*") else r"\b")


def _sharpest(words: str) -> Iterator[str]:
    """The rarest run of a cue without gaps, in every reading; a blank begins and ends a word."""
    rows = _runs(_CASED.sub(r"\1", f" {words} "))
    parts = (part for row in rows for part in _parts_of(row))
    return map("".join, product(*min(parts, key=_bluntness)))


def _parts_of(row: list[list[str]]) -> Iterator[list[list[str]]]:
    """The stretches of a run that are read in few ways, or stand alone, with blanks beside."""
    after = list(accumulate(row, _ends_blank, initial=False))
    before = list(accumulate(reversed(row), _begins_blank, initial=False))[::-1]
    for first in range(len(row)):
        readings = 1
        begin = [[" "]] if after[first] else []
        for last in range(first, len(row)):
            readings *= len(row[last])
            if readings > _READINGS and last > first:
                break
            end = [[" "]] if before[last + 1] else []
            yield [*begin, *row[first : last + 1], *end]


def _ends_blank(before: object, own: list[str]) -> bool:
    return all(piece.endswith(" ") or (bool(before) and not piece) for piece in own)


def _begins_blank(after: object, own: list[str]) -> bool:
    return all(piece.startswith(" ") or (bool(after) and not piece) for piece in own)


def _bluntness(row: list[list[str]]) -> float:
    """About how often a run fires, all of its readings together, and what to search them costs."""
    return prod(sum(map(_frequency, own)) for own in row) + prod(map(len, row)) * _SEARCHED


@cache
def _frequency(piece: str) -> float:
    """A sixteenth for each letter of a word that is no everyday one, half for a few others."""
    words = LETTERS.findall(piece.casefold())
    rare = sum(len(word) for word in words if word not in everyday())
    return 0.5 ** (4 * rare + min(len(piece) - rare, _COMMON))


def _runs(words: str) -> list[list[list[str]]]:
    """A cue cut where anything may stand: rows of alternatives of literal text."""
    runs: list[list[list[str]]] = [[]]
    rows = _split(words)
    for alternatives, after in zip_longest(rows, rows[1:], fillvalue=[""]):
        pieces = [_OPEN.split(piece) for piece in alternatives]
        if len(alternatives) == 1:
            runs[-1].append([pieces[0][0]])
            runs += [[[piece]] for piece in pieces[0][1:]]
        elif all(len(own) == 1 for own in pieces):
            runs[-1].append(alternatives)
        else:
            end = " " if _begins_blank(0, after) else ""
            runs[-1].append([own[0] + end if len(own) == 1 else own[0] for own in pieces])
            runs.append([])
    return runs


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
    hints = _hints().get(entity, ())
    version = sha256(raw + " ".join(hints).encode()).hexdigest()[:12]
    cues += tuple(Cue("hint", SENSE, word) for word in hints)
    return Vocabulary(entity, version, cues, tuple(table.get("veto", ())))


@cache
def _hints() -> Mapping[str, list[str]]:
    """Words that wake each class; `training/gist.py` writes them."""
    raw = (resources.files("detectors") / "data" / "sensitive" / "hints.txt").read_text("utf-8")
    rows = (line.split() for line in raw.splitlines())
    return {entity: words for entity, *words in rows}

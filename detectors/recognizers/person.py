"""Names of persons: the name model reads the passages that could hold one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from operator import itemgetter

from detectors import lexicon, passages
from detectors.namesakes import is_namesake
from detectors.passages import is_built, is_known, is_name
from detectors.recognizers.base import Hit, Places, Recognizer
from detectors.tagger import Name, tagger

VERSION = "9"
TRIGGER, WORDS, REACH = passages.TRIGGER, passages.words, passages.REACH

_EDIEL = re.compile(
    r"NAD\+(?:UD|IV)\+(?P<id>[^+']{0,40})\+[^+']{0,20}\+(?P<name>[^+'\d:]{3,70})(?=[+':])"
)
_SEGMENT = re.compile(r"NAD\+[^'\n]{0,300}")
_FIRM = re.compile(r"\b(?:AB|HB|KB|kommun|BRF|Brf|förening|stiftelse)\b")
_BY_MODEL, _BY_FIELD = ("name model",), ("Ediel field",)
_PIECE = re.compile(r"(?:[^,;|\t\n ]|,(?= )| (?! ))+")
"""What a name may go on over: a comma and one blank, but no cell's end."""
_SMALL_PIECE = re.compile(r"(?:[^,;|\t\n ]| (?! ))+")
_WORD = re.compile(r"[^\s,]+")
_SURNAME = re.compile(r" ([^\W\d_]{3,}(?:-[^\W\d_]+)?)(?![\w@]|[.]\w)")
_PARTICLES = frozenset(
    ("af", "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "och",
     "of", "van", "von", "zu")
)  # fmt: skip
_LISTED = 100
"""Bearers from which on a given name is one whatever the words around."""
_LONGEST = 4
"""Words of a name in small letters: more are a list of ordinary ones."""
_ROW = 60
"""Characters of a text that may be a row of words that are names too."""
_LEAST, _SURE = 0.5, 0.85
"""Probability from which on the model's names count: all, and those that no list knows in small
letters."""


def names(texts: Sequence[str], fired: Sequence[Places] = ()) -> Iterator[list[Hit]]:
    """The names of persons in each text, in order; none overlap.

    Where the trigger `fired` in each text is searched for if it is not given.
    """
    likely = [passages.likely(text) for text in texts]
    parts = [text[a:b] for text, runs in zip(texts, likely, strict=True) for a, b in runs]
    read = iter(tagger().names(parts))
    for text, runs, places in zip(texts, likely, fired or repeat(None), strict=False):
        found = [name.moved(first) for first, _ in runs for name in next(read)]
        own = [name for name in _whole(text, found) if _is_person(text, name)]
        woken = passages.woken(text, places) if own else []
        hits = [_hit(name) for name in own if _is_within(name, woken)]
        yield _with_fields(text, hits) if "NAD+" in text else hits


def _is_within(name: Name, runs: list[tuple[int, int]]) -> bool:
    at = bisect_right(runs, name.start, key=itemgetter(0)) - 1
    return at >= 0 and name.end <= runs[at][1]


def _with_fields(text: str, hits: list[Hit]) -> list[Hit]:
    """The customers of Ediel's segments, and the other names that stand in none."""
    segments = [found.span() for found in _SEGMENT.finditer(text)]
    outside = [h for h in hits if not any(a < h.end and h.start < b for a, b in segments)]
    return sorted([*_fields(text), *outside])


def _hit(name: Name) -> Hit:
    return Hit(name.start, name.end, round(0.5 + 0.45 * (name.sure - 0.5) / 0.5, 2), _BY_MODEL)


def _is_person(text: str, name: Name) -> bool:
    """Whether the model is sure, and the name is nothing that models take for one."""
    if name.kind != "PERSON" or name.sure < _LEAST or name.end - name.start < 2:
        return False
    if _is_in_address(text, name) or is_namesake(text, name.start, name.end):
        return False
    words = name.of(text).split()
    if not name.of(text).islower():
        return True
    if len(words) > _LONGEST or (len(text) < _ROW and _is_row(text.split())):
        return False
    return name.sure >= _SURE or any(map(is_name, words))


def _is_row(words: Sequence[str]) -> bool:
    """Whether a text has next to nothing but words that are names too."""
    known = sum(lexicon.given(word) > 0 or lexicon.surname(word) > 0 for word in words)
    return len(words) > _LONGEST and known >= len(words) - 1


def _is_in_address(text: str, name: Name) -> bool:
    """Whether it is part of an address of mail or a path; `@Anna` is not."""
    before, after = text[max(0, name.start - 2) : name.start], text[name.end : name.end + 2]
    if before[-1:] in ("_", "\\") or before[-1:] == "@" != before.strip():
        return True
    if after[:1] in ("@", "_", "\\"):
        return True
    return after[:1] == "." and after[1:].isalnum() and text[name.end - 1].islower()


def _whole(text: str, found: list[Name]) -> list[Name]:
    """The names with what belongs to them and nothing else; `Surname, Given` in one."""
    whole: list[Name] = []
    for name in chain.from_iterable(_pieces(text, each) for each in found):
        last = whole[-1] if whole else None
        if last and name.start < last.end:
            continue
        if last and _is_turned(text, last, name):
            whole[-1] = Name("PERSON", last.start, name.end, min(last.sure, name.sure))
        else:
            whole.append(name)
    return whole


def _pieces(text: str, name: Name) -> Iterator[Name]:
    """A person's name cut where cells end, without words beside it, with the surname after it."""
    if name.kind != "PERSON":
        yield name
        return
    is_small = name.of(text).islower()
    for piece in (_SMALL_PIECE if is_small else _PIECE).finditer(text, name.start, name.end):
        words = [word.span() for word in _WORD.finditer(text, *piece.span())]
        beside = [at for at, span in enumerate(words) if _is_beside(text[slice(*span)])]
        own = words[max(beside, default=-1) + 1 :] if is_small else _between(words, beside)
        if own:
            start, end = own[0][0], _with_surname(text, own[0][0], own[-1][1])
            yield name._replace(start=start, end=end - _is_genitive(text[start:end]))


def _between(words: list[tuple[int, int]], beside: list[int]) -> list[tuple[int, int]]:
    """The words without those at both ends that are beside the name."""
    first, last = 0, len(words)
    while first in beside:
        first += 1
    while last - 1 in beside:
        last -= 1
    return words[first:last]


def _is_beside(word: str) -> bool:
    """Whether a word in small letters is no name and no particle, or there is a digit in it."""
    if any(map(str.isdigit, word)) or not any(map(str.isalpha, word)):
        return True
    if not word.islower() or word in _PARTICLES:
        return False
    return len(word) == 1 or (lexicon.is_word(word) and not is_known(word))


def _with_surname(text: str, start: int, end: int) -> int:
    """Where the name ends that a listed surname goes on."""
    after = _SURNAME.match(text, end)
    if after is None or after[1].islower() != text[start:end].islower():
        return end
    known = lexicon.surname(after[1]) > 0 or is_built(after[1])
    other = lexicon.is_place(after[1]) or (after[1].islower() and lexicon.is_word(after[1]))
    return after.end() if known and not other else end


def _is_genitive(name: str) -> bool:
    """Whether the last word is a listed name with an s and none without."""
    low = name.rpartition(" ")[2].casefold()
    return low.endswith("s") and not is_known(low) and is_known(low[:-1])


def _is_turned(text: str, first: Name, second: Name) -> bool:
    """Whether one word that is no given name stands before a given name and a comma between."""
    surname, given = first.of(text), second.of(text)
    persons = first.kind == second.kind == "PERSON" and text[first.end : second.start] == ", "
    if not persons or " " in surname or " " in given:
        return False
    return lexicon.given(surname) < _LISTED <= lexicon.given(given)


def _fields(text: str) -> Iterator[Hit]:
    """Customers' names in Ediel's messages."""
    for found in _EDIEL.finditer(text):
        if ":SE1" not in found["id"] and not _FIRM.search(found["name"]):
            yield Hit(*found.span("name"), 0.8, _BY_FIELD)


class Person(Recognizer):
    """Finds names of persons."""

    ENTITY = "PERSON"

    def find(self, text: str) -> Iterator[Hit]:
        """Names in the text."""
        return iter(next(names([text])))

    def find_all(self, texts: Sequence[str]) -> Iterator[list[Hit]]:
        """Names in each text; the model reads them together."""
        return names(texts)

    def find_near(self, texts: Sequence[str], fired: Sequence[Places]) -> Iterator[list[Hit]]:
        """The same by where the trigger fired in each text."""
        return names(texts, fired)


PLUGIN = Person

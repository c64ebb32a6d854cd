"""Names of persons: the name model reads the passages that could hold one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from detectors import lexicon, passages
from detectors.passages import is_known, is_name
from detectors.recognizers.base import Hit, Recognizer
from detectors.tagger import Name, tagger

VERSION = "8"
TRIGGER, WORDS, REACH = passages.TRIGGER, passages.words, passages.REACH

_EDIEL = re.compile(
    r"NAD\+(?:UD|IV)\+(?P<id>[^+']{0,40})\+[^+']{0,20}\+(?P<name>[^+'\d:]{3,70})(?=[+':])"
)
_SEGMENT = re.compile(r"NAD\+[^'\n]{0,300}")
_FIRM = re.compile(r"\b(?:AB|HB|KB|kommun|BRF|Brf|förening|stiftelse)\b")
_BY_MODEL, _BY_FIELD = ("name model",), ("Ediel field",)
_BRANDS = frozenset({"deere", "storz", "laval", "kamstrup", "zaptec", "omnia", "easee", "philips"})
_CODE = re.compile(
    r"[A-ZÅÄÖ]{2,3}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
"""What alone is a code or a part of a date before it is a name."""
_MONTH = re.compile(
    r"(?i)\b(?:januari|februari|mars|april|juni?|juli|augusti|september|oktober)\b|[0-9]"
)
"""What a month that is a name too stands among when it is a month."""
_MONTHS_TOO = frozenset({"maj", "juni", "august", "april", "juli"})
_LISTED = 100
"""Bearers from which on a given name is one whatever the words around."""
_LEAST = 0.5
"""Probability from which on the model's names count."""


def names(texts: Sequence[str]) -> Iterator[list[Hit]]:
    """The names of persons in each text, in order; none overlap."""
    likely = [passages.likely(text) for text in texts]
    parts = [text[a:b] for text, runs in zip(texts, likely, strict=True) for a, b in runs]
    read = iter(tagger().names(parts))
    for text, runs in zip(texts, likely, strict=True):
        found = [name.moved(first) for first, _ in runs for name in next(read)]
        own = [name for name in _whole(text, found) if _is_person(text, name)]
        woken = passages.woken(text) if own else []
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
    words = name.of(text).split()
    if words[-1].casefold() in _BRANDS or (len(words) == 1 and _CODE.fullmatch(words[0])):
        return False
    if _is_in_address(text, name) or (len(words) == 1 and _is_month(text, name)):
        return False
    return not name.of(text).islower() or any(map(is_name, words))


def _is_in_address(text: str, name: Name) -> bool:
    """Whether it is part of an address of mail or a path; `@Anna` is not."""
    before, after = text[max(0, name.start - 2) : name.start], text[name.end : name.end + 2]
    if before[-1:] in ("_", "\\") or before[-1:] == "@" != before.strip():
        return True
    if after[:1] in ("@", "_", "\\"):
        return True
    return after[:1] == "." and after[1:].isalnum() and text[name.end - 1].islower()


def _is_month(text: str, name: Name) -> bool:
    """Whether a word that is a month's name too stands beside a day or another month."""
    if name.of(text).casefold() not in _MONTHS_TOO:
        return False
    around = f"{text[max(0, name.start - 20) : name.start]} {text[name.end : name.end + 20]}"
    return _MONTH.search(around) is not None


def _whole(text: str, found: list[Name]) -> list[Name]:
    """The names with what belongs to them: ends without a genitive s, `Surname, Given` in one."""
    whole: list[Name] = []
    for name in found:
        if name.kind == "PERSON" and _is_genitive(name.of(text)):
            name = name._replace(end=name.end - 1)  # noqa: PLW2901
        last = whole[-1] if whole else None
        if last and _is_turned(text, last, name):
            whole[-1] = Name("PERSON", last.start, name.end, min(last.sure, name.sure))
        else:
            whole.append(name)
    return whole


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


PLUGIN = Person

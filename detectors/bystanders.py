"""What stands around what may be a phone or a plate: small models of words, forms and columns.

Logistic models over hashed features, learnt by `training/bystanders.py` and `training/plates.py`.
Of the number or code they see the written form, never the digits and letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from math import inf, sqrt
from typing import NamedTuple

from detectors import lexicon
from detectors.header import Headers
from detectors.judge import SCALE, ZERO, place


class Model(NamedTuple):
    """What is known of one entity's surroundings."""

    weights: str
    """A file of `detectors/data`."""
    lowest: float
    """Score of the form from which on a hit is judged."""
    alone: bool
    """Whether only where no word says anything."""
    least: float
    """Below it the surroundings speak against: hardly any that is one comes there."""
    most: float = inf
    """Above it they speak for one."""
    named: re.Pattern[str] | None = None
    """What, right before, leaves nothing to judge."""
    again: re.Pattern[str] | None = None
    """What, in the cell before, is of much the same form: both are codes."""


MODELS = {
    "PHONE_NUMBER": Model("bystanders.bin", 0.4, alone=True, least=-0.4),
    "SE_VEHICLE_REGISTRATION": Model(
        "plates.bin",
        0.13,
        alone=False,
        least=-2.2,
        most=0.5,
        named=re.compile(
            r"(?i:reg[a-z]{0,16}\.?(?: ?nr|nummer)?|plate|skylt(?:en)?)[\"']?[ :=.]{1,3}[\"']?$"
        ),
        again=re.compile(r"[A-Z]{2,4}[ -]?[0-9]{2,4}[0-9A-Z];$"),
    ),
}
_BEFORE, _AFTER, _ABOVE = 72, 40, 48
_TABLE, _ROWS = 400, 8
"""How far a table is looked up: characters and lines."""
_DIGIT = re.compile("[0-9]")
_CAPITAL, _SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
_LONG_NUMBER = re.compile("[0-9][0-9 ./-]{5,14}[0-9]")
_GROUPS = re.compile("[0-9]+|[^0-9]+")
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+(?:[ .,:/-]?[0-9]+)*|[^\w\s]|_")
_BEHIND = re.compile(r"[^\w\n]*(?:\bn(?:umme)?r\b[^\w\n]*)?$")
"""What stands between a word and the number that it names."""
_HEAD = re.compile(r"(?:nummer|numret|number|nr|nbr|no|id|kod|koden|code|ref|serie|post)$")
_TAILS = (3, 4, 5, 6)
_LONG = 4
_FREQUENT = 100
_PHONE_LIKE = 7
_NAMED = 28
_NEAR = 3
"""Words on either side whose places count."""
_TWO_DIGITS = frozenset(
    (
        "10", "11", "13", "16", "18", "19", "20", "21", "23", "26", "31", "33", "35", "36", "40",
        "42", "44", "46", "54", "60", "63", "70", "72", "73", "76", "79", "90",
    )
)  # fmt: skip
_THREE_DIGITS = re.compile(
    "7[02369][0-9]|77[0-9]|1(?:2[0-5]|4[0-4]|5[0-9]|7[1-6])|2(?:2[0-7]|4[0-8]|5[0138]|7[018]|8[01]"
    "|9[0-7])|3(?:0[0-4]|2[0-5]|4[056]|7[0-2]|8[0-3]|9[023])|4(?:1[0-8]|3[0135]|5[1-9]|7[0-9]|8[0156]"
    "|9[0-9])|5(?:0[0-6]|1[0-5]|2[0-8]|3[0-4]|5[0-5]|6[0-5]|7[0-3]|8[0-9]|9[01])|6(?:1[1-3]|2[0-4]"
    "|4[0-7]|5[0-7]|6[0-3]|7[0-2]|8[0-7]|9[0-6])|9(?:1[0-8]|2[0-9]|3[0-5]|4[0-4]|5[0-4]|6[01]"
    "|7[0-8]|8[01])|200|900"
)
"""PTS' area codes, and those of mobiles and services, after the 0."""


def speak(entity: str, text: str, start: int, end: int, headers: Headers) -> float:
    """How far what stands around speaks for one: -1, 0 or 1."""
    model = MODELS[entity]
    is_coded = text[start] == "+" or text.startswith(("00", "4"), start)
    if is_coded or end - start == len(text.strip()):
        return 0
    if model.named and model.named.search(text, max(0, start - _NAMED), start):
        return 0
    said = score(entity, text, start, end, headers)
    if said < model.least:
        return -1
    is_code = model.again and model.again.search(text, max(0, start - _NAMED), start)
    return int(said > model.most and not is_code)


def score(entity: str, text: str, start: int, end: int, headers: Headers) -> float:
    """How much speaks for one: above nought it is likelier than not."""
    weights, every = _weights(MODELS[entity].weights), set(features(text, start, end, headers))
    total = sum(weights[place(feature)] - ZERO for feature in every)
    return total / SCALE / sqrt(len(every))


@cache
def _weights(name: str) -> bytes:
    return (resources.files("detectors") / "data" / name).read_bytes()


def features(text: str, start: int, end: int, headers: Headers) -> Iterator[str]:
    """What the model sees of a number and of what stands around it."""
    line = text.rfind("\n", max(0, start - _BEFORE), start) + 1 or max(0, start - _BEFORE)
    stop = text.find("\n", end, end + _AFTER)
    before, after = text[line:start], text[end : stop if stop >= 0 else end + _AFTER]
    yield "bias"
    yield from _form(text[start:end])
    yield from _named(before)
    yield from _sides(before, after)
    if len(before.strip()) < _LONG:
        above = text[max(0, line - _ABOVE) : line].rstrip()
        yield from (f"u {said}" for said in _pieces(_words(above.rpartition("\n")[2])))
    yield from _above(text, line, start, end, headers)
    yield from _line(before, after)


def _above(text: str, line: int, start: int, end: int, headers: Headers) -> Iterator[str]:
    """What stands over the number: its column's header, and the line over those with digits."""
    column = headers.over(start, end) or headers.heading(start, end)
    if column is not None:
        yield f"over {column.above}"
        yield from (f"h {said}" for said in _stems(_words(column.name)))
    rows = text[max(0, line - _TABLE) : line].split("\n")[-2::-1][:_ROWS]
    depth = next((at for at, row in enumerate(rows) if not _DIGIT.search(row)), None)
    yield f"rows {depth}"
    if depth:
        yield from (f"t {said}" for said in _stems(_words(rows[depth])))
    if rows:
        shapes = _LONG_NUMBER.findall(rows[0])
        yield f"same {_shape(text[start:end]) in map(_shape, shapes)}"


def _form(written: str) -> Iterator[str]:
    """How it is written, and whether a phone's area code is one."""
    yield f"shape {_shape(written)}"
    if written[0].isalpha():
        return
    groups = _GROUPS.findall(written.lstrip("("))
    is_apart = len(groups) > 1
    kind = "mobile" if groups[0][1:2] == "7" and groups[0][2:3] in "02369" else "fixed"
    yield f"area {kind} {not is_apart or _is_area(groups[0][1:])} {is_apart}"


def _is_area(code: str) -> bool:
    """Whether digits after the 0 are an area's, a service's or the first three of a mobile's."""
    if code == "8" or code in _TWO_DIGITS:
        return True
    is_free = code[:2] not in _TWO_DIGITS or code[0] == "7"
    return is_free and _THREE_DIGITS.fullmatch(code) is not None


def _shape(written: str) -> str:
    if written[0].isalpha():
        return _SMALL.sub("a", _CAPITAL.sub("A", _DIGIT.sub("9", written)))
    groups = _GROUPS.findall(written.lstrip("("))
    return "".join(str(len(each)) if each.isdigit() else each for each in groups)


def _named(before: str) -> Iterator[str]:
    """What the word right before says, and how it is joined to the number."""
    joint = _BEHIND.search(before)
    between = joint[0] if joint else ""
    yield f"joint {between.strip() or len(between)}"
    words = _words(before[: len(before) - len(between)])
    if not words:
        yield "first"
        return
    yield from (f"1 {said}" for said in _stems(words[-1:]))
    if len(words) == 1:
        yield "1 alone"
        yield f"1 alone {_kind(words[0])}"


def _sides(before: str, after: str) -> Iterator[str]:
    """The words before and after, those close by with their places."""
    left, right = _words(before), _words(after)
    for side, words in (("l", left[::-1]), ("r", right)):
        yield from (f"{side} {said}" for said in _pieces(words))
        for at, word in enumerate(words[:_NEAR], 1):
            yield f"{side}{at} {_normal(word)}"
        yield f"{side}1 kind {_kind(words[0]) if words else None}"
        yield f"{side} name {any(_kind(word) == 'name' for word in words)}"
    yield f"mail {'@' in before or '@' in after}"


def _line(before: str, after: str) -> Iterator[str]:
    """What kind of line it is."""
    whole = f"{before}§{after}"
    yield f"alone {whole.strip(' -*•§')[:1] == ''}"
    for mark in "\t;|,=":
        yield f"marks {mark} {min(whole.count(mark), _NEAR)}"
    yield f"ends {whole.rstrip()[-1:]}"
    others = sum(_is_long(word) for word in _words(whole))
    yield f"others {min(others, _NEAR)}"


@lru_cache(maxsize=1024)
def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _pieces(words: Iterable[str]) -> Iterator[str]:
    """Words and their ends."""
    for word in words:
        said = _normal(word)
        yield said
        if said.isalpha() and len(said) > _LONG:
            yield f"-{said[-_LONG:]}"


def _stems(words: Iterable[str]) -> Iterator[str]:
    """Words that may name the number: whole, without what ends them as a number's, in parts."""
    for word in words:
        said = _normal(word)
        yield said
        if not said.isalpha():
            continue
        head = _HEAD.search(said)
        if head:
            yield f"={head[0]}"
        stem = said[: head.start()] if head and head.start() > 1 else said
        yield f"{stem}="
        yield from (f"-{stem[-size:]}" for size in _TAILS if len(stem) >= size)


def _is_long(word: str) -> bool:
    return sum(map(str.isdigit, word)) >= _PHONE_LIKE


@lru_cache(maxsize=8192)
def _normal(word: str) -> str:
    """A word as the model knows it: names, towns and numbers are alike."""
    if word[0].isdigit():
        return "##" if _is_long(word) else "#"
    kind = _kind(word)
    return f"<{kind}>" if kind in ("name", "place") else word.casefold()


@lru_cache(maxsize=8192)
def _kind(word: str) -> str:
    if not word[0].isalpha():
        return "number" if word[0].isdigit() else word
    if word[0].isupper() and len(word) > 1:
        if word.isupper():
            return "capitals"
        if not lexicon.is_word(word):
            if lexicon.given(word) >= _FREQUENT or lexicon.surname(word):
                return "name"
            if lexicon.is_place(word):
                return "place"
        return "capital"
    return "small"

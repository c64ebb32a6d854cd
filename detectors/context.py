"""What the words around a hit, or its column's label, say about it.

Heard in this order: brackets right after the hit, the header over it when it is a table's cell,
the key or words before it, the words after it. The nearest wins, and another number or key in
between ends what a word says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from detectors import bystanders
from detectors.denials import is_denied, is_negated, is_spent
from detectors.header import Headers, within
from detectors.inserts import Column
from detectors.keys import KEY_ENDS, NEUTRAL, is_answer, key_before
from detectors.words import Words, fold_label, letters

__all__ = ("Said", "Surroundings", "Words", "fold_label", "of_label", "weigh")

_BEFORE = 60
_LEADER = 160
"""How far back dots, underscores and spaces may lead to a key."""
_TAIL = 30
_DOUBT_BEFORE = 24
CUE = 0.35
"""What a cue word adds to a score."""
LABEL = 0.4
"""What an agreeing label adds."""
_STANDS = 0.5
DOUBT = 0.35
"""What a doubt, in text or label, takes off."""
DOUBTED = 0.3
"""The most that a weak hit keeps under doubt, so that no column lifts it."""

_AFTER = re.compile(r"[^0-9\n\t;|<>&{}]{0,30}")
_BRACKET = re.compile(r" ?\(([^()\n]{1,40})")
_NEXT_KEY = re.compile(r"[\w.-]*[\"']?[ \t]*[:=]")
_SENTENCE = re.compile(r"[.!?][\"')]?\s+[A-ZÅÄÖ]")
_CLOSING = re.compile(r"</[^<>]*>")
_VALUE = re.compile(r"[0-9](?:[ -]?[0-9]){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_SCHEME = re.compile(
    r"</[\w:.-]{1,30}>\s{0,40}<(?:\w{1,10}:)?SchmeNm>\s{0,40}<[\w:.-]{1,30}>([^<>\n]{1,35})"
)
"""What ISO 20022 has after a number to say what it is."""
_BROKEN = re.compile(r"(?<=[^\W\d_])-\r?\n[ \t>]{0,8}(?=[a-zåäö])")
_ENDED = re.compile(r"\n[^\n]*[^\W\d_]{2}[.!?]\s*\n")
_IN_ROW = frozenset("\t;|")
_ROW_OR_KEY = frozenset("\t;|:=")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_YEAR_LAST = re.compile(r"(?<=[^\W\d_]) (?:19|20)[0-9]{2}:?[ \t\r]*(?=\n)")
"""A heading's year: `Fordonslista drift syd 2022`."""
_NUMBERED = re.compile(rb"[a-z]{2,}(?:nummer|numret|number|nr)(?= *$)")
_JOINED = frozenset((b"eller", b"och", b"or", b"and", b"resp", b"alternativt"))
_IS = re.compile(rb" *(?:ar|is)(?: (?:en|ett|var|vart|min|mitt|ert|er|a|an|the|our))? +[a-z]*$")


@dataclass(frozen=True, slots=True)
class Said:
    """What label and words around say of one hit."""

    change: float
    """Added to the score."""
    reasons: tuple[str, ...]


_NOTHING = Said(0.0, ())
_AGAINST = Said(-DOUBT, ("words speak against",))
_BESIDE_AGAINST = Said(-DOUBT, ("surroundings speak against",))
_BESIDE_FOR = Said(LABEL, ("surroundings",))
_HEADER_AGAINST = Said(-DOUBT, ("table header speaks against",))


@cache
def _for(reason: str, more: str | None) -> Said:
    return Said(CUE, (reason, more) if more else (reason,))


def _in_name(name: str, words: Words) -> tuple[bool, str | None] | None:
    """What a name says: whether it is a cue rather than a doubt, and what more; None: nothing."""
    doubted = None
    for found in words.pattern.finditer(fold_label(name).encode()):
        said = words.said[(found.lastindex or 1) - 1]
        if said[0]:
            return said
        doubted = said
    return doubted


def of_label(label: str, words: Words, *, agrees: bool, contradicts: bool) -> Said:
    """What a column's label says; `agrees` and `contradicts`: what its meaning is known to say."""
    if not label:
        return _NOTHING
    said = _in_name(label, words)
    cue = said is not None and said[0]
    if agrees or cue:
        more = said[1] if said and cue else None
        return Said(LABEL, ("label", more) if more else ("label",))
    if contradicts or said:
        return Said(-DOUBT, ("label speaks against",))
    return _NOTHING


class Surroundings:
    """One text, to ask what stands around its hits; its tables are read once."""

    __slots__ = ("_headers", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._headers = Headers(text)

    def of(self, start: int, end: int, words: Words) -> Said:
        """What stands around a hit, the nearest first."""
        if not words.said:
            return _NOTHING
        text = self._text
        if text.startswith((" (", "("), end):
            said = _bracketed(text, end, words)
            if said is not None:
                return said
        elif text.startswith("</", end):
            said = _schemed(text, end, words)
            if said is not None:
                return said
        second = within(text, start, end)
        if second:
            return self._of_two(start, second, end, words)
        column = self._headers.over(start, end)
        if column is not None:
            return self._of_cell(start, end, words, column)
        return self._of_text(start, end, words)

    def beheld(self, entity: str, start: int, end: int, score: float, said: Said) -> Said:
        """What is said of a hit, once a model of words and forms was asked where that is open."""
        model = bystanders.MODELS[entity]
        if score < model.lowest or (said.reasons if model.alone else "label" in said.reasons):
            return said
        speaks = bystanders.speak(entity, self._text, start, end, self._headers)
        if speaks > 0:
            return said if weigh(score, said.change) >= _STANDS else _BESIDE_FOR
        return _BESIDE_AGAINST if speaks else said

    def _of_two(self, start: int, second: int, end: int, words: Words) -> Said:
        """What the headers over both cells of a hit say: nothing where they do not agree."""
        columns = self._headers.over(start, end), self._headers.over(second, end)
        told = [column and _tabled(column, words) for column in columns]
        return told[0] if told[0] and all(said and said.change > 0 for said in told) else _NOTHING

    def _of_text(self, start: int, end: int, words: Words) -> Said:
        """What stands around a hit that no table holds."""
        text = self._text
        head = _head(text, start)
        alone = text[end : end + 1] in _IN_ROW
        if head[-1] in KEY_ENDS or "</" in head:
            said = _before(text, start, end, words, alone=alone)
            return self._further(start, end, words) if said is None else said
        folded = letters(head)
        found = words.pattern.search(folded)
        said = None
        if found is not None:
            said = _heard(head, folded, found, text[start:end], words, alone=alone)
        return self._further(start, end, words) if said is None else said

    def _further(self, start: int, end: int, words: Words) -> Said:
        """What stands after a hit, or over the list that it ends a line of."""
        said = _after(self._text, end, words)
        return self._headed(start, end, words) if said is _NOTHING else said

    def _headed(self, start: int, end: int, words: Words) -> Said:
        heading = self._headers.heading(start, end)
        return _NOTHING if heading is None else _tabled(heading, words) or _NOTHING

    def _of_cell(self, start: int, end: int, words: Words, column: Column) -> Said:
        """What stands around a cell: its key or the header over it first."""
        said = None
        if column.keyed:
            said = _before(self._text, start, end, words, alone=True)
        if said is None:
            said = _tabled(column, words)
        if said is None and not column.keyed:
            said = _before(self._text, start, end, words, alone=not column.above)
        return self._further(start, end, words) if said is None else said


def _tabled(column: Column, words: Words) -> Said | None:
    """What the header over a table's cell says; None: nothing, and other words may."""
    said = _in_name(column.name, words)
    if said is None:
        return _NOTHING if column.sure else None
    if not said[0]:
        return _AGAINST if column.above else _HEADER_AGAINST
    if not column.above:
        return _for("table header", said[1])
    return _for("line above", said[1]) if _stands(column.name, words) else _NOTHING


def _stands(name: str, words: Words) -> bool:
    """Whether no cue of a line is said to be missing."""
    line = fold_label(name)
    folded = line.encode()
    return not any(is_denied(folded, cue, line) for cue in words.pattern.finditer(folded))


def _head(text: str, start: int) -> str:
    """What stands before a hit, leaders and breaks within words apart; never empty."""
    head = text[max(0, start - _LEADER) : start].rstrip(" \t._")[-_BEFORE - 1 :]
    if len(head) <= _BEFORE:
        head = f" {head}"
    if "-\n" in head or "-\r" in head:
        head = _BROKEN.sub("", head)
    return head


def _before(text: str, start: int, end: int, words: Words, *, alone: bool) -> Said | None:
    """What the words before a hit say; `alone`: the line is a row, so lines above say nothing."""
    head = _head(text, start)
    if head[-1] in KEY_ENDS:
        said = _keyed(head, words)
        if said is not None:
            return said
    if "</" in head:
        head = _CLOSING.sub(_blank, head)
    folded = letters(head)
    found = words.pattern.search(folded)
    return _heard(head, folded, found, text[start:end], words, alone=alone)


def _heard(
    head: str,
    folded: bytes,
    found: re.Match[bytes] | None,
    hit: str,
    words: Words,
    *,
    alone: bool,
) -> Said | None:
    """What the words before a hit say; `found`: the first of them."""
    cue = doubt = None
    while found:
        if words.said[(found.lastindex or 1) - 1][0]:
            cue = found
        else:
            doubt = found
        found = words.pattern.search(folded, found.end())
    if doubt and doubt.start() >= len(head) - _DOUBT_BEFORE - 1:
        nearest = cue is None or doubt.start() > cue.start()
        if nearest and not _is_other(head[doubt.end() :], hit):
            return _AGAINST
    if cue is None or is_negated(folded[: cue.start()]):
        return None
    more = words.said[(cue.lastindex or 1) - 1][1]
    if _is_beside(folded, cue, head):
        return _for("cue word", more)
    if is_spent(folded, cue, head) or _is_other_key(folded, cue, head):
        return None
    reason = _bearing(head, cue.end(), hit, alone=alone)
    return _for(reason, more) if reason else None


def _is_beside(folded: bytes, cue: re.Match[bytes], head: str) -> bool:
    """Whether nothing but the cue word's own end and a colon stand between it and the hit."""
    rest = folded[cue.end() :].lstrip(b"abcdefghijklmnopqrstuvwxyz")
    return not rest or (rest == b" " and head[-1] == ":")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _keyed(head: str, words: Words) -> Said | None:
    """What a key of JSON, XML or `key=` says: nothing but it counts, unless it names nothing."""
    name = key_before(head)
    if name is None:
        return None
    said = _in_name(name, words)
    if said is not None:
        return _for("cue word", said[1]) if said[0] else _AGAINST
    return None if fold_label(name).strip() in NEUTRAL else _NOTHING


def _values(text: str) -> list[re.Match[str]]:
    return [each for each in _VALUE.finditer(text) if not _DATE.fullmatch(each[0])]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_other(between: str, hit: str) -> bool:
    """Whether a doubt's own number stands between it and the hit: one of another length."""
    return any(_digits(each[0]) != _digits(hit) for each in _values(between))


def _is_other_key(folded: bytes, cue: re.Match[bytes], head: str) -> bool:
    """Whether a number of another name comes right before the hit: `personnr saknas, kundnr`."""
    rest = folded[cue.end() :].lstrip(b"abcdefghijklmnopqrstuvwxyz")
    other = _NUMBERED.search(rest)
    if other is None or "/" in head[cue.end() :]:
        return False
    return rest[: other.start()].strip() not in _JOINED


def _bearing(head: str, end: int, hit: str, *, alone: bool) -> str | None:
    """The reason that a cue that ends there bears on the hit; None: another value is nearer."""
    between = head[end:]
    values = _values(between)
    gap = between[values[-1].end() :] if values else between
    if "\n" in between:
        if is_answer(*head.rsplit("\n", 2)[-2:]):
            return "line above"
        return _from_above(between, gap, hit, alone=alone)
    if values and (":" in gap or "=" in gap or _SENTENCE.search(gap)):
        return None
    return "cue word"


def _from_above(between: str, gap: str, hit: str, *, alone: bool) -> str | None:
    """The reason that a cue on a line above bears on the hit, None where it does not."""
    own = between.rpartition("\n")[2]
    if alone or _DATE.search(between) or not _ROW_OR_KEY.isdisjoint(own) or _ENDED.search(between):
        return None
    if _LETTER.search(gap) and _values(between):
        return None
    return None if _is_other(_YEAR_LAST.sub("", between), hit) else "line above"


def _bracketed(text: str, end: int, words: Words) -> Said | None:
    """What brackets right after a hit say: `811228-9874 (personnummer)`."""
    inside = _BRACKET.match(text, end)
    if inside is None:
        return None
    folded = b" " + letters(inside[1])
    found = words.pattern.search(folded)
    if found is None or is_denied(folded, found, "") or _digits(inside[1][found.end() - 1 :]):
        return None
    cue, more = words.said[(found.lastindex or 1) - 1]
    return _for("cue word", more) if cue else _AGAINST


def _schemed(text: str, end: int, words: Words) -> Said | None:
    """What the scheme says that follows a number in XML: `<SchmeNm><Prtry>BGNR`."""
    scheme = _SCHEME.match(text, end)
    said = _in_name(scheme[1], words) if scheme else None
    if said is None:
        return None
    return _for("cue word", said[1]) if said[0] else _AGAINST


def _after(text: str, end: int, words: Words) -> Said:
    """What the words after a hit say, unless they are the key of what follows."""
    following = _AFTER.match(text, end)
    if following is None or len(following[0]) < 3:
        return _NOTHING
    tail = following[0]
    folded = b" " + letters(tail)
    found = words.pattern.search(folded)
    if found is None or is_denied(folded, found, ""):
        return _NOTHING
    rest = tail[found.end() - 1 :]
    of_next = text[following.end() : following.end() + 1].isdigit() and ")" not in rest
    if of_next or _NEXT_KEY.match(rest) or _SENTENCE.search(tail, 0, found.start() + 1):
        return _NOTHING
    cue, more = words.said[(found.lastindex or 1) - 1]
    if cue:
        return _for("cue word", more)
    return _AGAINST if _IS.match(folded[: found.start() + 1]) else _NOTHING


@lru_cache(maxsize=1024)
def weigh(score: float, change: float) -> float:
    """The score with what label or words change it by, 0 to 1."""
    if change < 0:
        doubted = score + change
        return round(doubted if doubted >= 0.5 else min(max(doubted, 0.0), DOUBTED), 2)
    return round(min(score + change, 1.0), 2)

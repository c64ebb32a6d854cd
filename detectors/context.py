"""What the words around a hit, or its column's label, say about it.

Words are compared folded: lower case, without accents, everything but letters a space. A cue is
found inside words too (`personn` in `kundpersonnumret`); one of four letters or fewer, or with a
space at an end, only where a word begins or ends there. The abbreviation for number may stand
apart (`pers. nr`, `org-nr`), and a short word may be inflected (`pnr:et`, `telen`).

Heard in this order: brackets right after the hit, the header over it when it is a table's cell,
the key or words before it, the words after it. The nearest wins, and another number or key in
between ends what a word says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from detectors.header import Column, Headers

_BEFORE = 60
_LEADER = 160
"""How far back dots, underscores and spaces may lead to a key."""
_DOUBT_BEFORE = 24
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_DOT = re.compile(r"(?<=[a-z])\.(?=[a-z])")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_SHORT = 4

CUE = 0.35
"""What a cue word adds to a score."""
LABEL = 0.4
"""What an agreeing label adds."""
DOUBT = 0.35
"""What a doubt, in text or label, takes off."""
DOUBTED = 0.3
"""The most that a weak hit keeps under doubt, so that no column lifts it."""

_AFTER = re.compile(r"[^0-9\n\t;|<>&{}]{0,30}")
_BRACKET = re.compile(r" ?\(([^()\n]{1,40})")
_NEXT_KEY = re.compile(r"[\w.-]*[\"']?[ \t]*[:=]")
_SENTENCE = re.compile(r"[.!?][\"')]?\s+[A-ZÅÄÖ]")
_CLOSING = re.compile(r"</[^<>]*>")
_KEY = re.compile(
    r"""(?: ["']([^"'\n]{1,40})["'] [ ]* (?:=>|[:=]) [ ]* ["']?
          | ([\w.-]{1,40}) = ["']?
          | <([\w:.-]{1,40}) [^<>]* > )$""",
    re.VERBOSE,
)
_KEY_ENDS = frozenset("\"':=>")
_NEUTRAL = frozenset(
    (
        "value", "varde", "number", "nummer", "nr", "text", "content", "data", "cell", "td", "th",
        "tr", "p", "b", "i", "a", "em", "div", "span", "strong", "font", "li", "dd", "dt", "br",
        "label", "input", "ss type",
    )
)  # fmt: skip
"""Keys and tags that name nothing: the words before them are the key."""
_VALUE = re.compile(r"[0-9](?:[ -]?[0-9]){2,}")
_LETTER = re.compile(r"[^\W\d_]")
_IN_ROW = frozenset("\t;|")
_ROW_OR_KEY = frozenset("\t;|:=")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_NUMBERED = re.compile(rb"[a-z]{2,}(?:nummer|numret|number|nr)(?= *$)")
_JOINED = frozenset((b"eller", b"och", b"or", b"and", b"resp", b"alternativt"))
_SPENT = re.compile(
    rb"[a-z]* {0,4}(?:(?:har|ar|finns|is|was|kan) )?"
    rb"(?:saknas|ej|inte|icke|null|none|nan|okan[dt]|missing|not)(?![a-z])"
)
_DENIED = re.compile(
    rb" (?:inte|ej|inget|ingen|inga|icke|utan|saknar|saknas|not|without)"
    rb"(?: (?:ett|nagot|nagon|hans|hennes|a|any|his|her))? [a-z]*$"
)
_IS = re.compile(rb" *(?:ar|is)(?: (?:en|ett|var|vart|min|mitt|ert|er|a|an|the|our))? +[a-z]*$")


def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFD", character.lower())[0]
    plain = {"ß": "s", "æ": "a", "ø": "o"}.get(plain, plain)
    return plain if "a" <= plain <= "z" else " "


_LETTERS = "".join(_letter(chr(code)) for code in range(256)).encode()


def fold(text: str) -> str:
    """The text as folded words between single spaces, one at each end."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return f" {_NOT_LETTERS.sub(' ', _DOT.sub('', letters)).strip()} "


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """A column's name as folded words: `kundPersonNr` as ` kund person nr `."""
    return fold(_CAMEL.sub(" ", label))


def _folded(text: str) -> bytes:
    """The text folded letter by letter: as many bytes as it has characters of Latin-1."""
    return text.encode("latin-1", "replace").translate(_LETTERS)


def _plain(text: str) -> str:
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
        heads: dict[str, list[str]] = {}
        for expression in expressions:
            heads.setdefault(expression[0], []).append(f"{expression[1:]}()")
        alternatives = (f"{head}(?:{'|'.join(tails)})" for head, tails in heads.items())
        pattern = re.compile("|".join(alternatives).encode() or rb"(?!)")
        return cls(own, against, reasons, pattern, tuple(said[each] for each in expressions))


def _expression(word: str) -> str:
    """What finds the word in folded text: it begins with a letter or a space as such."""
    core = " ".join(_folded(_plain(word)).decode().split())
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


@dataclass(frozen=True, slots=True)
class Said:
    """What label and words around say of one hit."""

    change: float
    """Added to the score."""
    reasons: tuple[str, ...]


_NOTHING = Said(0.0, ())
_AGAINST = Said(-DOUBT, ("words speak against",))
_HEADER_AGAINST = Said(-DOUBT, ("table header speaks against",))


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
        column = self._headers.over(start, end)
        if column is not None:
            return self._of_cell(start, end, words, column)
        said = _before(text, start, end, words, alone=text[end : end + 1] in _IN_ROW)
        return _after(text, end, words) if said is None else said

    def _of_cell(self, start: int, end: int, words: Words, column: Column) -> Said:
        """What stands around a cell: its key or the header over it first."""
        said = None
        if column.keyed:
            said = _before(self._text, start, end, words, alone=True)
        if said is None:
            said = _tabled(column, words)
        if said is None and not column.keyed:
            said = _before(self._text, start, end, words, alone=not column.above)
        return _after(self._text, end, words) if said is None else said


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
    return not any(_is_denied(folded, cue, line) for cue in words.pattern.finditer(folded))


def _before(text: str, start: int, end: int, words: Words, *, alone: bool) -> Said | None:
    """What the words before a hit say; `alone`: the line is a row, so lines above say nothing."""
    head = text[max(0, start - _LEADER) : start].rstrip(" \t._")[-_BEFORE - 1 :]
    if len(head) <= _BEFORE:
        head = f" {head}"
    head = _plain(head)
    if head[-1] in _KEY_ENDS:
        said = _keyed(head, words)
        if said is not None:
            return said
    if "</" in head:
        head = _CLOSING.sub(_blank, head)
    folded = head.encode("latin-1", "replace").translate(_LETTERS)
    found = words.pattern.search(folded)
    if found is None:
        return None
    cue = doubt = None
    while found:
        if words.said[(found.lastindex or 1) - 1][0]:
            cue = found
        else:
            doubt = found
        found = words.pattern.search(folded, found.end())
    if doubt and doubt.start() >= len(head) - _DOUBT_BEFORE - 1:
        nearest = cue is None or doubt.start() > cue.start()
        if nearest and not _is_other(head[doubt.end() :], text[start:end]):
            return _AGAINST
    if cue is None or _is_denied(folded, cue, head) or _is_other_key(folded, cue, head):
        return None
    reason = _bearing(head[cue.end() :], text[start:end], alone=alone)
    return _for(reason, words.said[(cue.lastindex or 1) - 1][1]) if reason else None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_denied(folded: bytes, cue: re.Match[bytes], text: str) -> bool:
    """Whether the words beside a cue say that it is missing or not meant."""
    if _DENIED.search(folded, 0, cue.start()):
        return True
    spent = _SPENT.match(folded, cue.end())
    return spent is not None and "(" not in text[cue.end() : spent.end()]


def _keyed(head: str, words: Words) -> Said | None:
    """What a key of JSON, XML or `key=` says: nothing but it counts, unless it names nothing."""
    key = _KEY.search(head[-64:])
    if key is None:
        return None
    name = (key[1] or key[2] or key[3]).replace(".", " ")
    said = _in_name(name, words)
    if said is not None:
        return _for("cue word", said[1]) if said[0] else _AGAINST
    return None if fold_label(name).strip() in _NEUTRAL else _NOTHING


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


def _bearing(between: str, hit: str, *, alone: bool) -> str | None:
    """The reason that a cue before bears on the hit; None where another value or key is nearer."""
    values = _values(between)
    gap = between[values[-1].end() :] if values else between
    if "\n" in between:
        own = between.rpartition("\n")[2]
        if alone or _DATE.search(between) or not _ROW_OR_KEY.isdisjoint(own):
            return None
        if values and (_LETTER.search(gap) or _is_other(between, hit)):
            return None
        return "line above"
    if values and (":" in gap or "=" in gap or _SENTENCE.search(gap)):
        return None
    return "cue word"


def _bracketed(text: str, end: int, words: Words) -> Said | None:
    """What brackets right after a hit say: `811228-9874 (personnummer)`."""
    inside = _BRACKET.match(text, end)
    if inside is None:
        return None
    folded = b" " + _folded(_plain(inside[1]))
    found = words.pattern.search(folded)
    if found is None or _is_denied(folded, found, "") or _digits(inside[1][found.end() - 1 :]):
        return None
    cue, more = words.said[(found.lastindex or 1) - 1]
    return _for("cue word", more) if cue else _AGAINST


def _after(text: str, end: int, words: Words) -> Said:
    """What the words after a hit say, unless they are the key of what follows."""
    following = _AFTER.match(text, end)
    if following is None or len(following[0]) < 3:
        return _NOTHING
    tail = _plain(following[0])
    folded = b" " + _folded(tail)
    found = words.pattern.search(folded)
    if found is None or _is_denied(folded, found, ""):
        return _NOTHING
    rest = tail[found.end() - 1 :]
    of_next = text[following.end() : following.end() + 1].isdigit() and ")" not in rest
    if of_next or _NEXT_KEY.match(rest) or _SENTENCE.search(tail, 0, found.start() + 1):
        return _NOTHING
    cue, more = words.said[(found.lastindex or 1) - 1]
    if cue:
        return _for("cue word", more)
    return _AGAINST if _IS.match(folded[: found.start() + 1]) else _NOTHING


@lru_cache(maxsize=1)
def _surroundings(text: str) -> Surroundings:
    return Surroundings(text)


def around(text: str, start: int, end: int, words: Words) -> Said:
    """What stands around a hit: one text's hits in a row share its tables."""
    return _surroundings(text).of(start, end, words)


def weigh(score: float, said: Said) -> float:
    """The score with what was said of the hit, 0 to 1."""
    if said.change < 0:
        doubted = score + said.change
        return round(doubted if doubted >= 0.5 else min(max(doubted, 0.0), DOUBTED), 2)
    return round(min(score + said.change, 1.0), 2)

"""Names of persons: the name model reads the passages that could hold one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from detectors import lexicon, screen
from detectors.recognizers.base import Hit, Recognizer
from detectors.screen import Trigger
from detectors.tagger import Name, tagger

VERSION = "7"
REACH = 90

_CAPITAL = "[A-ZÀ-ÖØ-Þ?]"
_SMALL = "[a-zß-öø-ÿ?'A-ZÀ-ÖØ-Þ-]"
_CUE = (
    "[Hh][Ee][Jj](?:[Ss][Aa][Nn])?|[Hh]allå|[Tt]jena|[Mm][Vv][Hh]|heter|[Rr]ing(?:de)?|[Kk]ontakta"
    "|(?:[Pp]rata|[Tt]ala)de med|[Ff]råga|[Kk]ollega|[Ss]on|[Dd]otter|[Ff]ru|[Mm]ak[ea]|[Ss]ambo"
    "|[Gg]ranne|[Kk]und|[Hh]älsn(?:ing|ingar|[.])|[Hh]err|[Hh]r|[Ff]röken|[Ff]amiljen|[Ff]am[.]"
    "|[Dd]oktor|[Dd]r|[Aa]dvokat|[Dd]irektör|[Oo]rdförande|[Hh]andläggare|[Nn]amn|[Dd]ear|[Rr]egards"
)
_PARTICLE = "[Aa]l|[Aa]f|[Dd][aei]|[Dd]e[nr]|[Ee]l|[Ll]a|[Vv][ao]n|[Bb]in"
_LISTED, _LISTED_SMALL = 100, 200
"""Bearers from which on a given name alone wakes the model, as such and in small letters."""
_EDIEL = re.compile(
    r"NAD\+(?:UD|IV)\+(?P<id>[^+']{0,40})\+[^+']{0,20}\+(?P<name>[^+'\d:]{3,70})(?=[+':])"
)
_SEGMENT = re.compile(r"NAD\+[^'\n]{0,300}")
_FIRM = re.compile(r"\b(?:AB|HB|KB|kommun|BRF|Brf|förening|stiftelse)\b")
_BY_MODEL, _BY_FIELD = ("name model",), ("Ediel field",)
_SURNAME_END = re.compile(r".{3,}(?:sson|[qk]vist|gren|ström|stedt|feldt|löf|dahl|lund|berg)$")
_ORDINARY_END = re.compile(
    r"(?:ering|ning|ningen|ingar|het|heten|tion|tionen|tjänst|tjänster|avtal|avtalet|erna|arna|nät"
    r"|nätet|bolag|bolaget|mätare|mätaren|område|kraft|energi|värme|pris|priset|paket|skolan|verket"
    r"|kyrkan?|kommun|län|gatan?|väg(?:en)?|torget|gränd(?:en)?|stig(?:en)?|allén?|backen|plan"
    r"|plats(?:en)?|esplanaden|kajen|leden|station(?:en)?|center|box|kort|hamnen|parken|gården)$"
)
"""Ends of what is no name."""
_FORMS = (
    rf"{_CAPITAL}{_SMALL}{{1,20}}(?:,|,? |  |\t)(?:(?:{_PARTICLE}) )?"
    rf"(?:{_CAPITAL}[a-zß-öø-ÿ?'.-]|[A-ZÀ-ÖØ-Þ]{{3}}|[A-ZÀ-ÖØ-Þ][A-Z]\b|[A-ZÀ-Þ][À-ÖØ-Þ])"
    rf"|{_CAPITAL}(?:[.] ?|-[A-ZÅÄÖ] ){_CAPITAL}"
    rf"|(?:{_CUE})[ ,:!\t\r\n]{{1,6}}{_CAPITAL}{_SMALL}"
)
"""Two capitalised words, initials, a capital after a cue word."""
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u024f][^\W\d_]*(?:['’-][^\W\d_]+)*")
_LOWER = re.compile(r"(?<![^\W_])[a-zà-öø-ÿ]{4,}(?= ?[,.!?:]?[ \n]|\Z)")
"""Words in small letters, no part of an address of mail or a path."""
_CUED = re.compile(rf"(?:{_CUE})[ ,:!\t\r\n]{{1,6}}\Z")
_BEFORE = 24
"""Characters in which a cue word may end before a name."""
_NEAR = 8
"""Characters between two words of a name: a particle may stand there."""
_BRANDS = frozenset({"deere", "storz", "laval", "kamstrup", "zaptec", "omnia", "easee", "philips"})
_CODE = re.compile(
    r"[A-ZÅÄÖ]{2,3}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
"""What alone is a code or a part of a date before it is a name."""
_LEAST = 0.5
"""Probability from which on the model's names count."""


TRIGGER = rf"{_FORMS}|NAD[+](?:UD|IV)[+]"


def WORDS() -> frozenset[str]:
    """Listed names by themselves, a genitive s apart."""
    return frozenset(f" {name}{end}" for name in _listed() for end in (" ", "s "))


@cache
def _listed() -> frozenset[str]:
    """Given names and surnames that are nothing else, in small letters."""
    names = lexicon.frequent_given(_LISTED) | lexicon.frequent_surnames()
    return frozenset(n for n in names if len(n) > 2 and not lexicon.is_word(f"{n}s"))


@cache
def _small() -> frozenset[str]:
    """Those that are names in small letters too: long enough, surnames by their endings."""
    given = lexicon.frequent_given(_LISTED_SMALL)
    return frozenset(n for n in _listed() if len(n) > 3 and (n in given or _SURNAME_END.search(n)))


def _is_known(low: str) -> bool:
    listed = lexicon.given(low) >= _LISTED or lexicon.surname(low) > 0
    return listed or _SURNAME_END.search(low) is not None


@lru_cache(maxsize=65536)
def _likeness(word: str) -> int:
    """2: a listed name or built like one; 1: capitalised, and nothing else that a list knows."""
    if not word[0].isalpha():
        return 0
    low = word.casefold()
    if word.islower():
        return 2 if low in _small() else 0
    if _is_known(low) or _is_known(low.removesuffix("s")):
        return 2 if len(word) > (3 if word.isupper() else 2) else 1
    if word.isupper() and 1 < len(word) < 5:
        return 0
    ordinary = lexicon.is_word(low) or lexicon.is_place(low) or _ORDINARY_END.search(low)
    return 0 if ordinary else 1


def _may_hold(text: str) -> bool:
    """Whether words of a passage may be a name's: a listed one, or two unknown ones in a row."""
    before, end = 0, -9
    for word in _CAPITALISED.finditer(text):
        like = _likeness(word[0])
        if like == 2 or (like and before and word.start() - end <= _NEAR):
            return True
        if like and _CUED.search(text, max(0, word.start() - _BEFORE), word.start()):
            return True
        before, end = like, word.end()
    return not _small().isdisjoint(_LOWER.findall(text))


def names(texts: Sequence[str]) -> Iterator[list[Hit]]:
    """The names of persons in each text, in order; none overlap."""
    likely = [_may_hold(text) for text in texts]
    read = iter(tagger().names([text for text, may in zip(texts, likely, strict=True) if may]))
    for text, may in zip(texts, likely, strict=True):
        found = next(read) if may else []
        own = [name for name in _whole(text, found) if _is_person(text, name)]
        runs = _woken(text) if own else []
        hits = [_hit(name) for name in own if _is_within(name, runs)]
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
    """Whether the model is sure, and it is no part of an address of mail or a path."""
    if name.kind != "PERSON" or name.sure < _LEAST or name.end - name.start < 2:
        return False
    before, after = text[max(0, name.start - 1) : name.start], text[name.end : name.end + 2]
    if before in ("@", "_", "\\") or after[:1] in ("@", "_", "\\"):
        return False
    if after[:1] == "." and after[1:].isalnum() and text[name.end - 1].islower():
        return False
    words = name.of(text).split()
    if words[-1].casefold() in _BRANDS or (len(words) == 1 and _CODE.fullmatch(words[0])):
        return False
    return not name.of(text).islower() or any(map(_is_name, words))


def _is_name(word: str) -> bool:
    """Whether a list knows it as a given name and none as a word, or it ends like a surname."""
    ordinary = lexicon.is_word(word) or _ORDINARY_END.search(word)
    return (lexicon.given(word) > 0 and not ordinary) or _SURNAME_END.search(word) is not None


@cache
def _wakes() -> Callable[[str], Iterable[tuple[int, int]]]:
    return screen.finder(Trigger(TRIGGER, REACH, WORDS()))


def _woken(text: str) -> list[tuple[int, int]]:
    """Where the screen lets names count, so that a passage gives what its whole text does."""
    runs: list[tuple[int, int]] = []
    half = REACH // 2
    for start, end in _wakes()(text):
        if runs and start - half - runs[-1][1] <= REACH:
            runs[-1] = runs[-1][0], max(runs[-1][1], end + half)
        else:
            runs.append((start - half, end + half))
    return runs


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
    return low.endswith("s") and not _is_known(low) and _is_known(low[:-1])


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

"""Which passages could hold a person's name: what wakes the name model, and what it then may say.

Most text holds none, and the model costs a hundred times what the screen does: so it reads only
around names that lists know, words built like one, and capitals where a sentence needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from detectors import lexicon, screen
from detectors.lexicon import is_word
from detectors.screen import Trigger

REACH = 90
"""Characters around what wakes the model that it reads; half of them may hold the name."""

_CAPITAL = "[A-ZÀ-ÖØ-Þ?]"
_SMALL = "[a-zß-öø-ÿ?'A-ZÀ-ÖØ-Þ-]"
_CUE = (
    "[Hh][Ee][Jj](?:[Ss][Aa][Nn])?|[Hh]allå|[Tt]jena|[Mm][Vv][Hh]|heter|[Rr]ing(?:de)?|[Kk]ontakta"
    "|(?:[Pp]rata|[Tt]ala)de med|[Ff]råga|[Kk]ollega|[Ss]on|[Dd]otter|[Ff]ru|[Mm]ak[ea]|[Ss]ambo"
    "|[Gg]ranne|[Kk]und|[Hh]älsn(?:ing|ingar|[.])|[Hh]err|[Hh]r|[Ff]röken|[Ff]amiljen|[Ff]am[.]"
    "|[Dd]oktor|[Dd]r|[Aa]dvokat|[Dd]irektör|[Oo]rdförande|[Hh]andläggare|[Nn]amn|[Dd]ear|[Rr]egards"
)
_SMALL_CUE = (
    "heter|hette|herr|fröken|[Ee]fternamn(?:et)?(?: är)?|[Ff]örnamn(?:et)?(?: är)?|[Mm]vh|[Hh]älsn"
    "|[Hh]ello|[Dd]ear"
)
_PLAIN = "[a-zß-öø-ÿ?-]"
_PARTICLE = "[Aa]l|[Aa]f|[Dd][aei]|[Dd]e[nr]|[Ee]l|[Ll]a|[Vv][ao]n|[Bb]in"
TRIGGER = (
    rf"{_CAPITAL}{_SMALL}{{1,20}}(?:,|,? |  |\t)(?:(?:{_PARTICLE}) )?"
    rf"(?:{_CAPITAL}[a-zß-öø-ÿ?'.-]|[A-ZÀ-ÖØ-Þ]{{3}}|[A-ZÀ-ÖØ-Þ][A-Z]\b|[A-ZÀ-Þ][À-ÖØ-Þ])"
    rf"|{_CAPITAL}(?:[.] ?|-[A-ZÅÄÖ] ){_CAPITAL}|\b[A-HJ-ZÅÄÖ] {_CAPITAL}[a-zß-öø-ÿ?]"
    rf"|(?:{_CUE})[ ,:!\t\r\n]{{1,6}}{_CAPITAL}{_SMALL}"
    rf"|(?:[a-zß-öø-ÿ,;:&] |[(@/|;,\"]){_CAPITAL}[a-zß-öø-ÿ?'-]"
    rf"|(?:{_SMALL_CUE}) {_PLAIN}{{3}}"
    rf"|\x00{_CAPITAL}{_SMALL}{{2,24}}\x00|\x00{_PLAIN}{{2,20}}(?: {_PLAIN}{{2,20}}){{1,2}}\x00"
    r"|NAD[+](?:UD|IV)[+]"
)
"""Two capitalised words, initials, a capital after a cue word or inside a sentence, any word after
what says that a name follows; a cell of one word, or of two or three small ones; Ediel's names."""

_OF_THE_TRADE = frozenset(("rut", "tim"))
"""Names that in small letters are `rutavdrag` and `timme`."""
_LISTED, _RARE, _LISTED_SMALL, _COMMON = 100, 30, 200, 1000
"""Bearers from which on a given name alone wakes the model: as such, where no word is spelt so, in
small letters, and where one is with an s."""
_SURNAME_END = re.compile(
    r".{3,}(?:sson|[qk]vist|gren|ström|stedt|feldt|löf|dahl|lund|berg|ander|elius|zadeh|ovi[cć]"
    r"|oğlu|oglu|opoulos|shvili|escu|enko)$"
)
_TAILS = (
    "sson", "qvist", "kvist", "gren", "ström", "stedt", "feldt", "löf", "wander", "elius", "zadeh",
    "ovic", "oglu", "opoulos", "shvili", "escu", "enko",
)  # fmt: skip
"""Ends of surnames that end next to nothing else."""
_ORDINARY_END = re.compile(
    r"(?:ering|ning|ningen|ingar|het|heten|tion|tionen|tjänst|tjänster|avtal|avtalet|erna|arna|nät"
    r"|nätet|bolag|bolaget|mätare|mätaren|område|kraft|energi|värme|pris|priset|paket|skolan|verket"
    r"|kyrkan?|kommun|län|gatan?|väg(?:en)?|torget|gränd(?:en)?|stig(?:en)?|allén?|backen|plan"
    r"|plats(?:en)?|esplanaden|kajen|leden|station(?:en)?|center|box|kort|hamnen|parken|gården"
    r"|slingan|ringen|kroken|rundan|brinken|promenaden|höjden)$"
)
"""Ends of what is no name."""
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u024f][^\W\d_]*(?:['’-][^\W\d_]+)*")
_LOWER = re.compile(r"(?:(?<=[\s,;:(=>\"'-])|\A)[a-zà-öø-ÿ]{3,}(?![\w@/]|[.][^\W])")
"""Words in small letters, no part of an address of mail or a path."""
_LETTERS = bytes(code if chr(code).isalpha() else 0x20 for code in range(256))
_PLATE = re.compile(r"[A-Z]{3}[ -]?[0-9]{2}[0-9A-Z]\b")
"""A vehicle's plate, whose letters are nobody's name."""
_CUED = re.compile(rf"(?:{_CUE})[ ,:!\t\r\n]{{1,6}}\Z")
_BEFORE = 24
"""Characters in which a cue word may end before a name."""
_SMALL_CUES = ("heter ", "hette ", "herr ", "fröken ", "namn", "vh ", "lsn ", "ello ", "ear ")
"""What stands in each of them: most text holds none."""
_SMALL_CUED = re.compile(rf"(?<!\w)(?:{_SMALL_CUE}) ([^\W\d_]{{3,}})")
_CELL = 40
"""Characters of a text that is no passage cut out of a longer one."""
_AROUND = 60
"""Characters that the model reads around a word: no more than it can see."""
_NEAR = 8
"""Characters between two words of a name: a particle may stand there."""


@cache
def words() -> frozenset[str]:
    """Listed names by themselves, a genitive s apart, and ends of surnames."""
    whole = {f" {name}{end}" for name in _listed() for end in (" ", "s ")}
    return frozenset(whole | {f"{tail}{end}" for tail in _TAILS for end in (" ", "s ")})


@cache
def _listed() -> frozenset[str]:
    """Given names, surnames and nicknames that are nothing else, in small letters."""
    names = lexicon.frequent_given(_RARE) | lexicon.frequent_surnames() | _nicknames()
    return frozenset(
        n for n in names if len(n) > 2 and (lexicon.given(n) >= _COMMON or not is_word(f"{n}s"))
    )


@cache
def _nicknames() -> frozenset[str]:
    every = map(str.casefold, lexicon.nicknames())
    return frozenset(n for n in every if not is_word(n) and not lexicon.is_place(n))


@cache
def _small() -> frozenset[str]:
    """Those that are names in small letters too, with a genitive s or without.

    They are long enough, and surnames among them end as such.
    """
    given = lexicon.frequent_given(_LISTED_SMALL) | _nicknames()
    names = {n for n in _listed() if n in given or (len(n) > 3 and _SURNAME_END.search(n))}
    return frozenset(names | {f"{name}s" for name in names}) - _OF_THE_TRADE


@cache
def _pieces() -> frozenset[bytes]:
    """Their pieces as `_letters` gives them."""
    return frozenset(piece for name in _small() for piece in _letters(name))


def _letters(text: str) -> list[bytes]:
    """What stands between all that is no letter of Latin-1."""
    return text.encode("latin-1", "replace").translate(_LETTERS).split()


def is_built(word: str) -> bool:
    """Whether a word ends as surnames do and next to nothing else."""
    return _SURNAME_END.search(word.casefold()) is not None


def is_known(low: str) -> bool:
    """Whether a word in small letters is a listed name or built like one, word or not."""
    listed = lexicon.given(low) >= _LISTED or lexicon.surname(low) > 0 or low in _listed()
    return listed or _SURNAME_END.search(low) is not None


def is_name(word: str) -> bool:
    """Whether a list knows it as a given name and none as a word, or it ends like a surname."""
    if lexicon.given(word) > 0 or word.casefold() in _nicknames():
        return not (is_word(word) or _ORDINARY_END.search(word))
    return _SURNAME_END.search(word.casefold()) is not None


@lru_cache(maxsize=16384)
def _likeness(word: str) -> int:
    """2: a listed name or built like one; 1: capitalised, and nothing else that a list knows."""
    if not word[0].isalpha():
        return 0
    low = word.casefold()
    if is_known(low) or is_known(low.removesuffix("s")):
        return 2 if len(word) > (3 if word.isupper() else 2) else 1
    if word.isupper() and 1 < len(word) < 5:
        return 0
    ordinary = is_word(low) or lexicon.is_place(low) or _ORDINARY_END.search(low)
    return 0 if ordinary else 1


def likely(text: str) -> list[tuple[int, int]]:
    """The stretches that may hold a name: around listed ones, or unknown ones where a name is."""
    runs: list[tuple[int, int]] = []
    size = len(text)
    for start, end in _candidates(text):
        if runs and start - _AROUND <= runs[-1][1]:
            runs[-1] = runs[-1][0], min(size, max(runs[-1][1], end + _AROUND))
        else:
            runs.append((max(0, start - _AROUND), min(size, end + _AROUND)))
    return runs


def _candidates(text: str) -> list[tuple[int, int]]:
    """Words that may be a name's, by place."""
    found: list[tuple[int, int]] = []
    before, last = 0, -9
    for word in _CAPITALISED.finditer(text):
        like, at = _likeness(word[0]), word.start()
        if like and (like == 2 or (before and at - last <= _NEAR) or _is_placed(text, word)):
            like = 0 if _PLATE.match(text, at) else like
            if like:
                found.append(word.span())
        before, last = like, word.end()
    if len(text) < _CELL and text.islower() and _is_small_cell(text.split()):
        return [(0, len(text))]
    if any(cue in text for cue in _SMALL_CUES):
        found += [cued.span(1) for cued in _SMALL_CUED.finditer(text) if not is_word(cued[1])]
    if not _pieces().isdisjoint(_letters(text)) and not _small().isdisjoint(_LOWER.findall(text)):
        found += [word.span() for word in _LOWER.finditer(text) if word[0] in _small()]
    return sorted(found)


def _is_small_cell(words: list[str]) -> bool:
    """Whether two or three words may be somebody's in small letters."""
    return 1 < len(words) < 4 and any(lexicon.given(w) and not is_word(w) for w in words)


def _is_placed(text: str, word: re.Match[str]) -> bool:
    """Whether a capital stands after a cue word, inside a sentence or alone."""
    at = word.start()
    if len(word[0]) == 1:
        return False
    if _is_inside(text, at) or len(word[0]) == len(text):
        return True
    return _CUED.search(text, max(0, at - _BEFORE), at) is not None


def _is_inside(text: str, at: int) -> bool:
    """Whether a capital stands where no sentence begins."""
    before = text[max(0, at - 2) : at]
    if before.endswith(" "):
        return before[0].islower() or before[0] in ",;:&"
    return before[-1:] in ("(", "@", "/", "|", ";", ",", '"')


@cache
def _wakes() -> Callable[[str], Iterable[tuple[int, int]]]:
    return screen.finder(Trigger(TRIGGER, REACH, words()))


def woken(text: str, fired: Iterable[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Where the screen lets names count, so that a passage gives what its whole text does.

    Where the trigger `fired` in the text is searched for if it is not given.
    """
    runs: list[tuple[int, int]] = []
    half = REACH // 2
    for start, end in _wakes()(text) if fired is None else fired:
        if runs and start - half - runs[-1][1] <= REACH:
            runs[-1] = runs[-1][0], max(runs[-1][1], end + half)
        else:
            runs.append((start - half, end + half))
    return runs

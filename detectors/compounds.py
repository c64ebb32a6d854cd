"""One word, cut into words that stand for concepts: compounds, endings, shortened names.

The words of `data/meanings.toml` are the pieces: `fakturaadress` is `faktura` and `adress`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from detectors import labels

UNKNOWN = "?"
"""The concept of a word that is in no list."""
_ASIDE = frozenset({"whole", "link", "bound", "which", "valid", "span"})
"""Concepts whose words are not shortened."""
_LINKS = ("s", "e")
"""Letters that join words: `avtals|datum`."""
_STEM = 4
"""Letters of a word's beginning that may stand for it."""
_CUT = 3
"""Letters that may be missing of it."""
_SHORT = 12
"""Letters of the longest name of shortened words."""
_AFFIX = 5
"""Letters of the shortest word that is heard at the end of one that is not known whole."""
_BEGUN = re.compile(r"[a-z]{3,}([^aeiouy])(?!\1)[^aeiouy]")
"""How a word looks that is cut within a syllable, as Swedish cuts: `befattn`."""
_PART = 3
"""Letters of the shortest word of a compound; its last may be shorter."""
_INFLECTED = (
    *("ernas", "arnas", "arna", "erna", "orna", "ens", "ets"),
    *("en", "et", "er", "ar", "or", "na", "n", "s"),
)
"""Endings of Swedish and English nouns."""
_PREFIX = 1
"""Letters before it, at least."""
_NUMBER = "nummer"
_KIND = "typ"
"""Heard at the end of any word."""
_WHOLE = 10
"""What a word of a compound costs; a letter that joins two costs 1."""


@cache
def _data() -> Mapping[str, Any]:
    file = resources.files("detectors") / "data" / "meanings.toml"
    found: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def known() -> Mapping[str, str]:
    """Each word and its concept."""
    return _listed(_data()["words"])


@cache
def shortened() -> Mapping[str, str]:
    """What stands for a concept in names of shortened words alone."""
    return _listed(_data()["short"])


def _listed(section: Mapping[str, str]) -> Mapping[str, str]:
    """Each word, as written and as labels write it out, and its concept."""
    found = {word: concept for concept, said in section.items() for word in said.split()}
    return {**{labels.written_out(word): concept for word, concept in found.items()}, **found}


@lru_cache(maxsize=8192)
def cut(word: str) -> tuple[str, ...]:
    """The concepts of one word."""
    words = known()
    if word in words:
        return (words[word],)
    stems = _stems(word)
    listed = next((words[stem] for stem in stems if stem in words), None)
    if listed:
        return (listed,)
    for form in (word, *stems):
        whole = _covered(form, words)
        if whole:
            return whole
    if len(word) <= _SHORT:
        short = _covered(word, _forms())
        if len(short) > 1 or (short and len(word) > _STEM and not re.search("[aeiouy]", word)):
            return short
    return _begun(word) or _ended(word)


def _begun(word: str) -> tuple[str, ...]:
    """The concept of the words that it is the beginning of, where that is one."""
    if not _BEGUN.fullmatch(word):
        return ()
    rest = re.compile(f"{word}[a-z]{{1,{_CUT}}}")
    fit = (each for each in known() if rest.fullmatch(each) and not each.endswith("av"))
    begun = {known()[each] for each in fit}
    return tuple(begun) if len(begun) == 1 else ()


def _ended(word: str) -> tuple[str, ...]:
    """The concept of the longest word at its end, behind one that is not known."""
    words = known()
    for size in range(len(word) - _PREFIX, _AFFIX - 1, -1):
        end = word[-size:]
        if end in words and (end == _NUMBER or len(end.removesuffix(_NUMBER)) >= _STEM):
            return UNKNOWN, words[end]
    if word.endswith(_KIND) and len(word) > _STEM:
        return UNKNOWN, words[_KIND]
    return (UNKNOWN,)


def _stems(word: str) -> list[str]:
    """The word without each ending that it may have."""
    stems = [word.removesuffix(ending) for ending in _INFLECTED if word.endswith(ending)]
    stems += [word.removesuffix("ies") + "y"] if word.endswith("ies") else []
    return [stem for stem in stems if len(stem) >= _STEM]


def _covered(word: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The concepts of a compound of these words alone, the fewest; none where it is not one."""
    brief = shortened() if words is not known() else {}
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    costs = [0] * (len(word) + 1)
    for start in range(len(word)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, len(word) + 1):
            part = word[start:end]
            concept = words.get(part)
            is_short = len(part) < _PART and not (start and end == len(word) and len(part) > 1)
            if concept in (None, "link") or (is_short and (start or part not in brief)):
                continue
            joined = word[end : end + 1] in _LINKS and end + 1 < len(word)
            for each in (end, end + 1) if joined else (end,):
                cost = costs[start] + _WHOLE + each - end
                if best[each] is None or cost < costs[each]:
                    best[each], costs[each] = (*before, concept), cost
    return best[-1] or ()


@cache
def _forms() -> Mapping[str, str]:
    """The words, their beginnings, and what is left without vowels, where that is one concept's.

    `ARSFRBR`, `INFLYDAT`: names of eight letters.
    """
    found: dict[str, set[str]] = {}
    words = known()
    for word, concept in words.items():
        if concept in _ASIDE:
            continue
        bare = word[0] + re.sub("[aeiouy]", "", word[1:])
        shorter = (
            {word[:size] for size in range(max(_STEM, len(word) - _CUT), len(word))}
            if len(word) > _STEM + 1
            else ()
        )
        for form in {bare, re.sub(r"(.)\1", r"\1", bare), *shorter} if len(bare) > 3 else shorter:
            found.setdefault(form, set()).add(concept)
    short = {
        form: min(said) for form, said in found.items() if len(said) == 1 and form not in words
    }
    plain = {word: concept for word, concept in words.items() if concept not in _ASIDE}
    return {**short, **plain, **shortened()}

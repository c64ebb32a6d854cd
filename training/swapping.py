"""Labelled sentences with other names in them: the same sentence teaches more than one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

from training.people import DATA, Names, Person
from training.scenery import Scenery

Span = tuple[int, int, str]
_PERSONS = frozenset({"PER", "PERSON", "PRS"})
_PLACES = frozenset({"LOC", "LOCATION"})
_PARTICLES = frozenset(
    ("von", "af", "de", "van", "der", "den", "da", "di", "la", "el", "al", "bin", "du", "le", "och")
)
_SURNAME_ENDS = (
    "son",
    "berg",
    "ström",
    "gren",
    "lund",
    "qvist",
    "kvist",
    "dahl",
    "ov",
    "ic",
    "man",
)


@cache
def _lists(data: Path, locales: bool) -> tuple[Names, Scenery]:  # noqa: FBT001
    names = Names(data, locales=locales)
    return names, Scenery(names, data)


def swapped(
    sentences: Iterable[tuple[Sequence[str], Sequence[Span]]],
    seed: int,
    data: Path = DATA,
    *,
    places: float = 0.2,
    locales: bool = True,
) -> Iterator[tuple[list[str], list[Span]]]:
    """Sentences of tokens with spans of tokens; persons and a share of places are drawn anew.

    Given name stays given name and surname stays surname, as do genitive s, initials and case; a
    name that a sentence has twice is replaced by the same one.
    """
    random = Random(seed)  # noqa: S311 -- training text, no secret
    for tokens, spans in sentences:
        swap = Swap(*_lists(data, locales), random, places)
        new: list[str] = []
        moved: list[Span] = []
        done = 0
        for start, end, label in sorted(spans):
            new += tokens[done:start]
            words = swap.words(list(tokens[start:end]), label)
            moved.append((len(new), len(new) + len(words), label))
            new += words
            done = end
        yield [*new, *tokens[done:]], moved


def swapped_texts(
    texts: Iterable[tuple[str, Sequence[Span]]],
    seed: int,
    data: Path = DATA,
    *,
    places: float = 0.2,
    locales: bool = True,
) -> Iterator[tuple[str, list[Span]]]:
    """As `swapped`, for texts with spans of characters."""
    random = Random(seed)  # noqa: S311 -- training text, no secret
    for text, spans in texts:
        swap = Swap(*_lists(data, locales), random, places)
        new, moved, done = "", list[Span](), 0
        for start, end, label in sorted(spans):
            new += text[done:start]
            name = text[start:end]
            words = swap.words(name.split(), label)
            drawn = name if words == name.split() else " ".join(words)
            moved.append((len(new), len(new) + len(drawn), label))
            new += drawn
            done = end
        yield new + text[done:], moved


class Swap:
    """Replaces names in one sentence, the same by the same."""

    def __init__(self, names: Names, scenery: Scenery, random: Random, places: float) -> None:
        self._names, self._scenery, self._random = names, scenery, random
        self._places = places
        self._made: dict[str, str] = {}

    def words(self, words: list[str], label: str) -> list[str]:
        """The words of a name, or others in their place."""
        if label in _PERSONS:
            who = self._names.person(self._random)
            return [self._word(word, index, len(words), who) for index, word in enumerate(words)]
        if label in _PLACES and self._random.random() < self._places:
            return self._place(words)
        return words

    def _word(self, word: str, index: int, size: int, who: Person) -> str:
        core = word.rstrip(".,")
        if word.casefold() in _PARTICLES or not core.replace("-", "").isalpha():
            return word
        if len(core) == 1:
            return (who.given[0].upper() if core.isupper() else core) + word[1:]
        stem, ending = self._stem(core)
        key = stem.casefold()
        if key not in self._made:
            self._made[key] = self._drawn(stem, index, size, who)
        made = self._made[key]
        made = made.upper() if stem.isupper() else made.lower() if stem.islower() else made
        genitive = "" if made[-1] in "sxzSXZ" else ending
        return made + genitive + word[len(core) :]

    def _drawn(self, stem: str, index: int, size: int, who: Person) -> str:
        """One word; given names of two, such as `Abdul Rahman`, are joined by a hyphen."""
        last, name = index == size - 1, stem.casefold()
        is_given = name in self._names.known_given
        if last and (size > 1 or not is_given or name in self._names.known_surnames):
            return who.surname.rpartition(" ")[2]
        if self._random.random() < 0.4:
            return who.given.replace(" ", "-")
        pool = self._names.men if name in self._names.known_men else self._names.women
        return pool.draw(self._random).replace(" ", "-")

    def _stem(self, word: str) -> tuple[str, str]:
        """The word without a genitive s, and that s."""
        stem = word[:-1]
        if len(stem) < 3 or word[-1] not in "sS" or stem[-1] in "sS":
            return word, ""
        known = self._names.known_given, self._names.known_surnames
        if any(word.casefold() in names for names in known):
            return word, ""
        name = stem.casefold()
        is_name = any(name in names for names in known) or name.endswith(_SURNAME_ENDS)
        return (stem, word[-1]) if is_name else (word, "")

    def _place(self, words: list[str]) -> list[str]:
        """A town for a town, a country for a country; its words may be more or fewer."""
        name = " ".join(words)
        countries = self._names.words["place"]["countries"]
        stem = name[:-1] if name.endswith("s") else name
        genitive = "s" if stem != name and self._scenery.is_place(stem) else ""
        is_country = name in countries or stem in countries
        draw = self._scenery.country if is_country else self._scenery.town
        drawn = draw(self._random)
        return (drawn + ("" if drawn[-1] in "sxz" else genitive)).split()

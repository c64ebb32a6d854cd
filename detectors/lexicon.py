"""Swedish names, nicknames, places, postcodes and words, read once from `detectors/data/`."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources

_FILES = (
    "given.txt.gz",
    "nicknames.txt",
    "places.txt.gz",
    "postcodes.txt.gz",
    "surnames.txt.gz",
    "words.txt.gz",
)


def _bytes(name: str) -> bytes:
    return (resources.files("detectors") / "data" / name).read_bytes()


def _lines(name: str) -> list[str]:
    return gzip.decompress(_bytes(name)).decode().splitlines()


@cache
def version() -> str:
    """Changes when a list changes."""
    digest = sha256()
    for name in _FILES:
        digest.update(_bytes(name))
    return digest.hexdigest()[:12]


@cache
def _given() -> Mapping[str, tuple[int, int]]:
    rows = (line.split("\t") for line in _lines("given.txt.gz"))
    return {name: (int(women), int(men)) for name, women, men in rows}


@cache
def _surnames() -> Mapping[str, int]:
    rows = (line.split("\t") for line in _lines("surnames.txt.gz"))
    return {name: int(bearers) for name, bearers in rows}


@cache
def _places() -> frozenset[str]:
    return frozenset(_lines("places.txt.gz"))


@cache
def _localities() -> Mapping[str, str]:
    rows = (line.split("\t") for line in _lines("postcodes.txt.gz"))
    return {code: row[0] for row in rows for code in row[1:]}


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    rows = (line.split("\t") for line in _lines("postcodes.txt.gz"))
    return {row[0]: frozenset(code[:2] for code in row[1:]) for row in rows}


@cache
def _words() -> frozenset[str]:
    return frozenset(_lines("words.txt.gz"))


def given(name: str) -> int:
    """How many people in Sweden go by this given name; 0 when unknown or very rare."""
    return sum(_given().get(name.casefold(), (0, 0)))


@cache
def frequent_given(bearers: int) -> frozenset[str]:
    """Given names of at least so many that are neither ordinary words nor places, in Latin-1."""
    frequent = (name for name, counts in _given().items() if sum(counts) >= bearers)
    other = _words() | _places()
    return frozenset(n for n in frequent if n not in other and max(map(ord, n)) < 256)


@cache
def frequent_surnames() -> frozenset[str]:
    """Surnames of the thousand that are neither ordinary words nor places, in Latin-1."""
    other = _words() | _places()
    return frozenset(n for n in _surnames() if n not in other and max(map(ord, n)) < 256)


@cache
def nicknames() -> tuple[str, ...]:
    """What friends call one another, capitalised; some are given names of the register too."""
    return tuple(_bytes("nicknames.txt").decode().split())


def patronymic(name: str) -> int:
    """How many men go by this name, which many families carry as a surname."""
    return _given().get(name.casefold(), (0, 0))[1]


def surname(name: str) -> int:
    """How many carry this surname; 0 unless it is among the thousand most common."""
    return _surnames().get(name.casefold(), 0)


def is_place(name: str) -> bool:
    """Whether a Swedish locality or municipality has this name."""
    return name.casefold() in _places()


def locality(postcode: str) -> str | None:
    """The case-folded locality of a five-digit postcode; None when the list lacks it."""
    return _localities().get(postcode)


def regions(locality: str) -> frozenset[str]:
    """The first two digits of a locality's postcodes; none when the list lacks it."""
    return _regions().get(locality.casefold(), frozenset())


def is_word(word: str) -> bool:
    """Whether running Swedish text writes this word in lower case."""
    return word.casefold() in _words()

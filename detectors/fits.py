"""Whether a column's values look like an entity: ranges of numbers and dates, lists of codes."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Container, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from detectors import checkdigits, lexicon
from detectors.shapes import Shape

Rule = Mapping[str, Any]
_MOST = 0.8
"""Share of the values that is enough."""
_SPAN = 25
"""Years from the first to the last day of birth, at least."""
_CODES = 4
"""Codes of a short list, others than those that are known counted."""
_LIST, _RARE = 40, 0.2
"""Codes that stand for numbers, at most; or their share of all values."""
_FILE = r".*\.(?:pdf|docx?|xlsx?|pptx?|txt|rtf|od[tsp]|msg|eml|jpe?g|png|tiff?|gif|zip)"
_WORD = re.compile(r"[^\W\d_]{2,}")
_SOME, _BEARERS = 0.05, 200
"""Share of files that are called after persons; bearers of a given name."""
_ENOUGH = 10
"""Values from which on they tell by themselves."""
_NEARLY = 0.9
"""Share of them that is of one form."""
_FEW, _BRIEF = 8, 2
"""Codes of a state, and their letters, at most."""
_RUN = "20[0-9]{2}-?(?:0[1-9]|1[0-2])"
"""A month."""
_MIDNIGHT = ".*[T ]00:?00(?::?00)?.*"
_CENTS = r"-?[0-9 ]+[.,][0-9]{1,2}"
_SENTENCES = 0.5
"""Share of texts that are told in sentences."""
_LINE, _THIRD = 30, 0.3
"""Characters of the shortest line of fixed fields; share of lines that tell of persons."""
_NUMBER = re.compile(r"(?=((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}))")
_CARD = re.compile("(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|3[47][0-9]{2})[0-9]{9,12}")
_BANKS = 3
"""First digits of cards, which several banks give, at least."""
_REFERENCE = re.compile("[1-9][0-9]{5,17}")
_ADDRESS = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])")
_INNER = re.compile(r"10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|127\.|169\.254\.")
_MOBILE = r"(?:(?:\+|00)?46 ?(?:\(0\))?|0)7[02369](?:[ -]?[0-9]){7}"
_FIRM = re.compile(r"\b(?:AB|HB|KB|Brf|BRF|AS|Oy|Ltd|GmbH|Inc)\b")
_CARRIED = 0.1
"""Share of mobile phones among the numbers of persons."""
_BEARING, _SOLE = 3, 0.15
"""Names, and their share, from which on they are no chance."""
_INTEGER = re.compile("[0-9]{1,9}")
_SHORT = re.compile("[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
"""A day in six digits."""
_BORN = 10
"""Digits of a personnummer, which has the same check digit."""


@cache
def rules() -> Mapping[str, Any]:
    """What `verdicts.toml` says."""
    file = resources.files("detectors") / "data" / "verdicts.toml"
    found: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def fit(shape: Shape, entity: str) -> int:
    """1: the values look like the entity; -1: they do not; 0: nothing can be said."""
    rule = rules()["fits"].get(entity)
    if rule is None or not shape.looked:
        return 0
    if is_never(shape, entity):
        return -1
    if "pattern" in rule:
        return 1 if _passed(shape.sample, rule["pattern"]) >= _MOST / 2 else -1
    if shape.codes is not None and len(shape.codes) < 2:
        return 0
    for kind, look in _LOOKS.items():
        if kind in rule:
            return look(shape, rule)
    return 0


def is_never(shape: Shape, entity: str) -> bool:
    """Whether nearly all values are what looks like the entity and is none."""
    rule = rules()["fits"].get(entity, {})
    return "never" in rule and _passed(shape.sample, rule["never"]) >= _MOST


def are_inner(sample: list[str]) -> bool:
    """Whether what looks like addresses of the internet are those of an inner net."""
    found = [address for value in sample for address in _ADDRESS.findall(value)]
    inner = sum(1 for address in found if _INNER.match(address))
    return inner > 0 and inner >= _NEARLY * len(found)


def are_carried(sample: list[str]) -> bool:
    """Whether some of the phone numbers are those of mobile phones, which persons carry."""
    return _passed(sample, _MOBILE) >= _CARRIED


def _of_words(shape: Shape, _: Rule) -> int:
    return -1 if shape.numeric + shape.dated >= _MOST else 0


def _of_prose(shape: Shape, _: Rule) -> int:
    if shape.numeric + shape.dated >= _MOST or is_answer(shape):
        return -1
    return 1 if shape.prose >= _SENTENCES * shape.looked else 0


def _of_id(shape: Shape, _: Rule) -> int:
    """Whether the values are numbers or codes, and many."""
    if shape.share("word", "words", "json") + shape.dated >= _MOST:
        return -1
    many = shape.codes is None or len(shape.codes) > _CODES * 4
    return 1 if many and shape.share("integer", "code") >= _MOST else 0


def _of_codes(shape: Shape, rule: Rule) -> int:
    """Whether half of the codes are known ones."""
    if shape.codes is None:
        return -1
    return 1 if 2 * len(shape.codes & set(rule["known"].split())) >= len(shape.codes) else -1


def is_answer(shape: Shape) -> bool:
    """Whether the values say yes or no."""
    codes = shape.codes or set()
    return len(codes) > 0 and codes <= set(rules()["answers"].split())


def is_idle(shape: Shape) -> bool:
    """Whether the values tell nothing of what happened: one alone, yes or no, codes of a letter.

    Nor do the months of a run.
    """
    if shape.codes is None or shape.looked < _ENOUGH:
        return False
    if is_constant(shape) or is_answer(shape):
        return True
    is_coded = len(shape.codes) <= _FEW and max(map(len, shape.codes)) <= _BRIEF
    return (is_coded and not shape.numeric) or _passed(shape.sample, _RUN) >= _NEARLY


def is_constant(shape: Shape) -> bool:
    """Whether all of many values are the same."""
    return shape.codes is not None and len(shape.codes) == 1 and shape.filled >= _ENOUGH


def is_clocked(shape: Shape) -> bool:
    """Whether the values are moments, and most not of midnight."""
    return shape.share("moment") >= _MOST and _passed(shape.sample, _MIDNIGHT) < _SENTENCES


def is_money(shape: Shape) -> bool:
    """Whether the values may be amounts, which have two decimals, or are whole."""
    cents = _passed(shape.sample, _CENTS)
    return shape.median() >= 0 < cents and cents + _passed(shape.sample, "-?[0-9 ]+") >= _NEARLY


def is_category(shape: Shape) -> bool:
    """Whether a few words come again and again."""
    few = shape.codes is not None and len(shape.codes) <= _LIST / _CODES
    return few and shape.looked >= _CODES * len(shape.codes or ())


def are_digits(shape: Shape, least: int, most: int) -> bool:
    """Whether nearly all values are numbers of so many digits."""
    return _passed(shape.sample, f"[0-9]{{{least},{most}}}") >= _NEARLY


def is_file(shape: Shape) -> bool:
    """Whether nearly all values are names of files."""
    return _passed(shape.sample, _FILE) >= _NEARLY


def _of_address(shape: Shape, _: Rule) -> int:
    """Whether the values may be streets, towns, postcodes or a house's number."""
    if shape.numeric >= _MOST:
        return 1 if shape.within(10_000, 99_999) >= _MOST else -1
    return -1 if shape.share("code", "json") + shape.dated >= _MOST or is_answer(shape) else 0


def _passed(sample: list[str], pattern: str) -> float:
    """Share of the values that the pattern fits whole."""
    found = _compiled(pattern)
    return sum(1 for value in sample if found.fullmatch(value)) / max(1, len(sample))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _in_years(shape: Shape, rule: Rule) -> int:
    """Whether dates, or numbers that may be years, lie between."""
    years = rule["years"]
    if shape.dated >= _MOST:
        return 1 if shape.since(years[0]) - shape.since(years[1]) >= _MOST else -1
    return 1 if shape.numeric >= _MOST and shape.within(*years) >= _MOST else 0


def _in_range(shape: Shape, rule: Rule) -> int:
    """Whether numbers lie in the range; a few of them, where they should be few."""
    if shape.numeric < _MOST:
        return 0 if _is_otherwise(shape, rule) else -1
    return 1 if shape.within(*rule["range"]) >= _MOST else -1


def _is_otherwise(shape: Shape, rule: Rule) -> bool:
    """Whether the entity may be told by codes, dates or structures."""
    if rule.get("dates") and shape.dated + shape.share("json") >= _MOST:
        return True
    if not rule.get("codes") or shape.codes is None or shape.dated >= _MOST:
        return False
    return len(shape.codes) <= _LIST or shape.unique < _RARE


_LOOKS: Mapping[str, Callable[[Shape, Rule], int]] = {
    "words": _of_words,
    "prose": _of_prose,
    "id": _of_id,
    "known": _of_codes,
    "address": _of_address,
    "years": _in_years,
    "range": _in_range,
}


def told(shape: Shape) -> frozenset[str]:
    """Entities that the values alone speak for, whatever the label."""
    found = set()
    if shape.codes:
        found |= {
            entity for entity, lists in rules()["codes"].items() if _is_of(shape.codes, lists)
        }
        found |= {entity for entity, names in rules()["named"].items() if _are_named(shape, names)}
    if shape.looked >= _ENOUGH:
        found |= {
            entity
            for entity, rule in rules()["values"].items()
            if not rule.get("open")
            and _passed(shape.sample, rule["pattern"]) >= _NEARLY
            and _is_varied(shape.sample, rule.get("varied", 0))
        }
        if _are_births(shape):
            found.add("DATE_OF_BIRTH")
        if _are_cards(shape.sample):
            found.add("CREDIT_CARD")
        if _are_records(shape):
            found.add("SE_PERSONNUMMER")
        if _are_towns(shape.sample):
            found.add("SE_ADDRESS")
        if is_file(shape) and named(shape.sample) >= _SOME:
            found.add("PERSON")
    return frozenset(found)


def likely(shape: Shape, beside: Container[str]) -> frozenset[str]:
    """Entities that the values speak for where the label says nothing, beside those."""
    if shape.looked < _ENOUGH:
        return frozenset()
    bare = {entity for entity, rule in rules()["values"].items() if _is_bare(shape, rule)}
    return frozenset(bare) | frozenset(
        entity
        for entity, rule in rules()["values"].items()
        if rule.get("open")
        and any(each in beside for each in rule.get("beside", ("",)))
        and _is_spread(shape, rule)
        and _passed(shape.sample, rule["pattern"]) >= _NEARLY
    )


def _is_bare(shape: Shape, rule: Rule) -> bool:
    """Whether the values have lost their mark, such as a phone number its first zero."""
    is_spread = len({value[:2] for value in shape.sample}) >= _CODES - 1
    return is_spread and "bare" in rule and _passed(shape.sample, rule["bare"]) >= _NEARLY


def _is_varied(sample: list[str], letters: int) -> bool:
    """Whether the first letters, if any are asked for, are not those of one series."""
    return not letters or len({value[:letters] for value in sample}) >= _CODES


def are_references(shape: Shape) -> bool:
    """Whether nearly all values are numbers with a check digit of Luhn's, as payers write them."""
    numbers = [value for value in shape.sample if _REFERENCE.fullmatch(value)]
    born = sum(1 for value in numbers if len(value) == _BORN and _SHORT.fullmatch(value[:6]))
    if born >= _NEARLY * len(numbers):
        return False
    checked = sum(map(checkdigits.is_luhn, numbers))
    return len(numbers) >= _ENOUGH and checked >= _NEARLY * len(shape.sample)


def _is_spread(shape: Shape, rule: Rule) -> bool:
    """Whether the values are several, a few codes where they should be, and high enough."""
    if len(set(shape.sample)) < _CODES or (rule.get("few") and shape.codes is None):
        return False
    reach = rule.get("reach", 0)
    return not reach or any(
        int(digits) >= reach for value in shape.sample for digits in _INTEGER.findall(value)
    )


def _is_of(codes: set[str], lists: list[str]) -> bool:
    return any(set(each.split()) <= codes and len(codes) <= _CODES for each in lists)


def _are_named(shape: Shape, names: str) -> bool:
    """Whether two of the distinct values, and half of them, are in a list of names."""
    codes = shape.codes or set()
    known = sum(1 for code in codes if _compiled(names.replace("\n", "")).fullmatch(code))
    return known >= max(2, len(codes) / 2)


def is_yearly(shape: Shape) -> bool:
    """Whether whole numbers may be kilowatt-hours of dwellings in a year."""
    is_whole = shape.share("integer") >= _NEARLY and shape.within(50, 500_000) >= _NEARLY
    many = shape.codes is None or len(shape.codes) > _LIST
    return is_whole and many and 1_500 <= shape.median() <= 30_000 and shape.is_skew


def _are_births(shape: Shape) -> bool:
    """Whether the dates are those of grown people's births, and of nothing later."""
    if shape.share("date") >= _MOST:
        years = sorted(shape.years)
        is_grown = shape.since(2012) < 0.02 and shape.since(1910) > 0.98
        return is_grown and years[0] < 1975 and years[-1] - years[0] >= _SPAN
    days = {value[:2] for value in shape.sample if _SHORT.fullmatch(value)}
    short = sum(1 for value in shape.sample if _SHORT.fullmatch(value))
    spread = days and int(max(days)) - int(min(days)) >= _SPAN and len(days) >= short / 3
    return bool(spread) and short == len(shape.sample)


def _are_cards(sample: list[str]) -> bool:
    """Whether nearly all values are numbers of payment cards, of several banks."""
    numbers = [re.sub("[ -]", "", value) for value in sample]
    cards = [each for each in numbers if _CARD.fullmatch(each) and checkdigits.is_luhn(each)]
    return len(cards) >= _NEARLY * len(sample) and len({each[:2] for each in cards}) >= _BANKS


def _are_records(shape: Shape) -> bool:
    """Whether lines of fixed fields have a personnummer at one place, without marks around."""
    if shape.mean < _LINE:
        return False
    places = Counter(
        found.start()
        for line in shape.sample
        for found in _NUMBER.finditer(line)
        if checkdigits.is_luhn(found[1][2:])
    )
    return max(places.values(), default=0) >= max(_CODES, _THIRD * len(shape.sample))


def named(sample: list[str]) -> float:
    """Share of the values in which a given name and a surname stand side by side."""
    return sum(map(_has_name, sample)) / max(1, len(sample))


def bear_names(sample: list[str]) -> bool:
    """Whether names of persons stand in some values, also in e-mail addresses."""
    worded = [
        value for value in sample if len(_WORD.findall(value)) > 1 and not _FIRM.search(value)
    ]
    found = sum(map(_has_name, worded))
    return found >= _BEARING and found >= _SOLE * len(worded)


def _has_name(value: str) -> bool:
    local, is_mail, _ = value.partition("@")
    if is_mail:  # surnames lose their dots there
        return any(lexicon.given(word) >= _BEARERS for word in _WORD.findall(local))
    words = _WORD.findall(value)
    return any(_is_name(a, b) or _is_name(b, a) for a, b in pairwise(words))


def _is_name(first: str, last: str) -> bool:
    return lexicon.given(first) >= _BEARERS and lexicon.surname(last) > 0


def _are_towns(sample: list[str]) -> bool:
    """Whether the values are postcodes or their towns."""
    towns = sum(1 for value in sample if _is_town(value))
    return len(sample) >= _CODES and towns >= _MOST * len(sample)


def _is_town(value: str) -> bool:
    digits = value.replace(" ", "").removeprefix("SE-")
    if len(digits) == 5 and digits.isdigit():
        return lexicon.locality(digits) is not None
    return not digits.isdigit() and lexicon.is_place(value.casefold())

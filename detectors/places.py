"""What one column says by itself: its label, its comment, where it points, what patterns found."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from detectors import fits, labels, meanings, titles
from detectors.base import Place
from detectors.meanings import Meaning

KEYS = frozenset(
    {"PERSON", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "CUSTOMER_NUMBER", "EMAIL_ADDRESS"}
    | {"PHONE_NUMBER", "SE_METERING_POINT_ID", "SE_METER_NUMBER", "EMAID", "DATE_OF_BIRTH"}
    | {"EMPLOYEE_RECORD", "COOKIE_ID", "SE_VEHICLE_REGISTRATION"}
)
"""What ties a row to one person or household."""
DEALS = frozenset({"CONTRACT", "INVOICE", "PURCHASE", "PAYMENT_HISTORY", "DEBT_COLLECTION"})
"""What a number of one of them ties to whose it is: the rows of an order are its buyer's."""
_TAGS = {"idtag", "rfid", "rfidraw", "laddkort", "laddkortnummer", "laddtagg"}
_BOXES = {"EMAIL_ADDRESS", "PHONE_NUMBER"}
"""Whose one value in all rows is nobody's."""
_REACHED = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER", "SE_PERSONNUMMER"})
"""Fields beside which a name is somebody's."""
_TOLD = frozenset({"COOKIE_ID", "SE_METER_NUMBER", "PHONE_NUMBER", "SE_PERSONNUMMER"})
"""Keys that values tell without a pattern's help."""
_MEASURES = frozenset({meanings.UNKNOWN, "amount", "number", "count", "consumption", "link"})
_OFTEN = 0.02
"""Share of structures that have a field."""
_THRESHOLD = 0.5
_SHARE = 0.5
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_UNIT = re.compile(r"\b(?:m2|m²)(?!\w)")
_NAMED_SO = frozenset(
    {"title", "country", "product", "firm", "grid", "town", "price", "stock", "state", "unit"}
)
"""Concepts of labels whose values are named like persons at times."""
THINGS = frozenset(
    {"price", "grid", "stock", "codetable", "weather", "forecast", "product", "calendar"}
)
"""Concepts of what nobody has."""
_CLAUSE = re.compile(r"[.;(,]")
_PREFIXES = frozenset({"dim", "tbl", "t", "d", "mst", "master", "stg", "raw"})
"""Words of tables' names that say what kind of table it is."""
ROWS = frozenset({"customer", "person", "contact", "holder", "subject"})
"""What the rows of a table are that is called after them."""
_BRIEF = re.compile("[^\\W_]{1,3}|[^\\W_][^\\W_aeiouyåäö]{3}", re.IGNORECASE)
"""Labels that may be short for anything."""
_RUN, _OFTEN_ONE = 9, 0.5
"""Steps of a count, and their share that is one."""
_SHORT = 6
"""Letters of the longest label that a comment may spell out."""
_SPELLED = 4
"""Words of the longest comment that spells a label out."""


def share(place: Place, entity: str) -> float:
    """Share of the values in which a pattern found the entity."""
    tally = place.tallies.get(entity)
    return tally.values(_THRESHOLD) / place.read if tally and place.read else 0.0


@lru_cache(maxsize=4096)
def named(label: str) -> Meaning:
    """What a label alone says, listed whole or by its words."""
    listed = Meaning(labels.strong(label), labels.weak(label))
    if listed.strong or labels.is_weak(label):
        return listed
    told = meanings.meaning(labels.tokens(label))
    return told if told.strong or not listed.weak else listed


def said(place: Place) -> Meaning:
    """What the column's name says, or its comment where that spells the name out otherwise."""
    return named(called(place))


def concepts(place: Place) -> tuple[str, ...]:
    """The concepts of what the column is called."""
    return meanings.concepts(labels.tokens(called(place)))


def called(place: Place) -> str:
    """The label; where the schema's comment spells a short one out as something else, that."""
    comment = place.column.comment if place.column else ""
    is_short = len(place.label) <= _SHORT
    return _called(place.label, comment) if comment and is_short else place.label


def is_doubtful(place: Place, *, is_strange: bool = False) -> bool:
    """Whether it is a key by nothing but a label of few letters, which may stand for much.

    In a table about things (`is_strange`), by a word that says less than a customer's number, or
    by one value in all rows.
    """
    if is_strange and fits.is_constant(place.shape):
        return True
    name = said(place)
    if concepts(place) == ("number",):
        return False
    is_hint = is_strange and bool(name.strong | name.weak) and not name.strong & KEYS
    if not (is_hint or _BRIEF.fullmatch(place.label)) or referred(place):
        return False
    return not (fits.told(place.shape) or is_seen(place))


def is_seen(place: Place) -> bool:
    """Whether a pattern found something in most values."""
    return any(share(place, entity) >= _SHARE for entity in place.tallies)


@lru_cache(maxsize=4096)
def _called(label: str, comment: str) -> str:
    clause = _CLAUSE.split(comment, maxsplit=1)[0]
    words = labels.tokens(clause)
    if not (0 < len(words) <= _SPELLED and _is_short_for(label.casefold(), "".join(words))):
        return label
    own, other = named(label), named(clause)
    return label if own.strong & (other.strong | other.weak) else clause


def _is_short_for(short: str, long: str) -> bool:
    """Whether the letters stand in the longer name in this order, the first one first."""
    letters = iter(long)
    is_within = all(letter in letters for letter in short)
    return is_within and long.startswith(short[:1]) and len(long) > len(short)


@lru_cache(maxsize=4096)
def words_of(key: str, group: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words of a table's name, and its schema's; or of a file's and its sheet's."""
    last = key.rsplit("/", 1)[-1]
    if "/" in key or group not in ("", key):
        sheet = "" if group in ("", key) else group.rsplit("#", 1)[-1]
        return labels.tokens(_FILE.sub("", last)) + labels.tokens(sheet), ()
    schema, _, table = last.rpartition(".")
    return titles.words(table.strip('"')), titles.system(schema)


def is_code(place: Place) -> bool:
    """Whether what looks like names are words of capitals, which codes are."""
    meaning, sample = said(place), place.shape.sample
    codes = sum(1 for value in sample if value.isupper() and " " not in value)
    return codes >= 0.8 * len(sample) and "PERSON" not in meaning.strong | meaning.weak


def is_named_so(place: Place) -> bool:
    """Whether the label is of titles, countries, products: not of whom they belong to."""
    told = concepts(place)
    if told == ("name", "date"):  # a day that has a name
        return True
    last = told[-2:-1] if told[-1:] == ("name",) else told[-1:]
    return bool(_NAMED_SO & {*last})


def is_technical(place: Place) -> bool:
    """Whether the schema's comment says that a program wrote it: the run that loaded the row."""
    comment = place.column.comment if place.column else ""
    return bool(comment) and "system" in meanings.concepts(labels.tokens(comment)[:1])


def is_of_things(place: Place) -> bool:
    """Whether the label is of what nobody has: prices, grids, stock."""
    return bool(THINGS & {*concepts(place)})


def is_serial(place: Place) -> bool:
    """Whether the label is of the number that a maker gave."""
    return "serialnumber" in concepts(place)


def is_open(place: Place) -> bool:
    """Whether the label says nothing, or only that it is a number."""
    own = said(place)
    return {*concepts(place)} <= {meanings.UNKNOWN, "number"} and not (own.strong or own.weak)


def keys_of(place: Place) -> frozenset[str]:
    """Which keys the label names, or the column that it refers to, or patterns found."""
    name = said(place)
    own = (name.strong | referred(place)) & KEYS
    keys = {entity for entity in own if fits.fit(place.shape, entity) >= 0}
    keys |= {entity for entity in KEYS & place.tallies.keys() if share(place, entity) >= _SHARE}
    keys -= {"PERSON"} if is_named_so(place) or is_code(place) else set()
    keys |= fits.told(place.shape) & _TOLD
    keys -= _BOXES if fits.is_constant(place.shape) else set()
    if "CUSTOMER_NUMBER" in name.weak and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0:
        keys.add("CUSTOMER_NUMBER")
    if {"subject", "device"} & {*concepts(place)} and _is_devices(place):
        keys.add("COOKIE_ID")  # whose row it is, under another name
    return frozenset(keys)


def _is_devices(place: Place) -> bool:
    """Whether the values tell devices apart, and they are no meters."""
    is_meter = "SE_METER_NUMBER" in fits.told(place.shape)
    return not place.read or (fits.fit(place.shape, "COOKIE_ID") > 0 and not is_meter)


def is_numbered(place: Place) -> bool:
    """Whether the column is the number of a deal, or refers to one."""
    is_number = "number" in concepts(place)
    is_own = is_number and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0
    return bool((is_own and said(place).strong & DEALS) or referred(place) & DEALS)


def is_counted(place: Place) -> bool:
    """Whether the values are whole numbers that rise from row to row, as rows are counted."""
    numbers = place.shape.numbers
    steps = [after - before for before, after in pairwise(numbers)]
    return len(steps) >= _RUN and sum(1 for step in steps if step == 1) >= _OFTEN_ONE * len(steps)


def is_public(place: Place) -> bool:
    """Whether addresses are those of the internet, by their label too: versions look like them."""
    return "IP_ADDRESS" in said(place).strong and not fits.are_inner(place.shape.sample)


def is_agreed(place: Place) -> bool:
    """Whether the column is which product a contract is of."""
    told = {*concepts(place)}
    return "product" in told and told <= {"product", "state", "name", "number"}


def is_bound(place: Place) -> bool:
    """Whether a foreign key leads from each row to a person, a household or a deal."""
    return bool(referred(place) & (KEYS | DEALS))


def is_measured(place: Place) -> bool:
    """Whether the column holds measured numbers, and its label says nothing else."""
    is_measure = {*concepts(place)} <= _MEASURES
    return is_measure and place.shape.share("decimal") >= 0.3 and place.shape.numeric > 0.8


def referred(place: Place) -> frozenset[str]:
    """Entities of the column that a foreign key points at."""
    if place.column is None or not place.column.refers:
        return frozenset()
    table, _, column = place.column.refers.rpartition(".")
    words = labels.tokens(column)
    own = named(column).strong or meanings.within(words, words_of(table)[0]).strong
    if own or {*meanings.concepts(words)} - {"number"}:
        return own
    return frozenset({"CUSTOMER_NUMBER"} if is_of_rows(words_of(table)[0]) else ())


def is_of_rows(table: tuple[str, ...]) -> bool:
    """Whether the rows of a table of this name are customers, contacts or others."""
    rows = {*meanings.concepts([word for word in table if word not in _PREFIXES])} - {
        "register",
        "identity",
    }
    return bool(rows) and rows <= ROWS


def is_tagged(place: Place) -> bool:
    """Whether it holds the number of a charging card or tag, whose holder is somebody."""
    names = [place.label, *often(place)]
    return any(_TAGS & {*labels.keys(name)} for name in names)


def structured(place: Place) -> frozenset[str]:
    """Entities that the fields of a column of structures name outright."""
    told = [named(name) for name in often(place)]
    found = frozenset[str]().union(*(each.strong for each in told))
    is_named = found & _REACHED and any("PERSON" in each.weak for each in told)
    return found | {"PERSON"} if is_named else found


def often(place: Place) -> list[str]:
    """Names of the fields that the structures of a column have, but for rare ones."""
    least = _OFTEN * place.shape.looked
    return [name for name, count in place.shape.fields.items() if count >= least]


def commented(place: Place, table: tuple[str, ...] = ()) -> frozenset[str]:
    """Entities that the schema's comment on a column names, alone or with the table's name."""
    if place.column is None or not place.column.comment:
        return frozenset()
    clause = _CLAUSE.split(place.column.comment, maxsplit=1)[0]
    words = labels.tokens(_UNIT.sub("kvm", clause))
    return meanings.sentence(words).strong or meanings.within(words, table).strong

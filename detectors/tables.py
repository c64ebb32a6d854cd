"""What a table is about, by its name, its labels and what patterns read in its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from detectors import fits, labels, meanings
from detectors.base import Place
from detectors.meanings import Meaning

_KEYS = frozenset(
    {"PERSON", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "CUSTOMER_NUMBER", "EMAIL_ADDRESS"}
    | {"PHONE_NUMBER", "SE_METERING_POINT_ID", "SE_METER_NUMBER", "EMAID", "DATE_OF_BIRTH"}
    | {"EMPLOYEE_RECORD", "COOKIE_ID", "SE_VEHICLE_REGISTRATION"}
)
"""What ties a row to one person or household."""
_NATURAL = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "DATE_OF_BIRTH"})
"""What only natural persons have."""
_DEALS = frozenset({"CONTRACT", "INVOICE", "PURCHASE", "PAYMENT_HISTORY", "DEBT_COLLECTION"})
"""What a number of one of them ties to whose it is: the rows of an order are its buyer's."""
_THINGS = frozenset(
    {"price", "grid", "stock", "codetable", "weather", "forecast", "product", "calendar"}
)
_OTHERS = _THINGS | {"system", "firm", "supplier", "outage", "mailing"}
"""What a table is about that is about nobody."""
_PERSONS = frozenset(
    {"customer", "person", "household", "employment", "recruitment", "contact", "holder", "staff"}
    | {"contract", "invoice", "subject"}
)
_PROFILE = frozenset({"AGE", "SEX", "LIVING_AREA", "HOUSEHOLD_SIZE", "DATE_OF_BIRTH"})
"""What describes a household."""
_AXES = (
    ((55.0, 69.2), (10.5, 24.3)),
    ((6_100_000.0, 7_700_000.0), (250_000.0, 950_000.0)),
)
"""Sweden from south to north and from west to east: WGS 84 in degrees, SWEREF 99 in metres."""
_ROWS = frozenset({"customer", "person", "contact", "holder", "subject"})
"""What the rows of a table are that is called after them."""
_NAMES = ("PERSON", "SE_PERSONNUMMER", "EMAIL_ADDRESS", "PHONE_NUMBER")
_SOLE = 1 / 7
"""Share of firms that are a person's own, from which on a table tells of persons too."""
_FIRM = "SE_ORGANISATIONSNUMMER"
_PREFIXES = frozenset({"dim", "tbl", "t", "d", "mst", "master", "stg", "raw"})
"""Words of tables' names that say what kind of table it is."""
_NEARLY = 0.99
"""Share of numbers that are not repeated where each row has its own."""
_OFTEN = 0.02
"""Share of structures that have a field."""
_CODES = ("kod", "koder", "code", "codes")
_FEW = 100
"""Rows of the longest table of codes."""
_FINE = 31 * 24 * 3600
"""Seconds between the values of a series, at most: a month."""
_WIDE = 12
"""Columns that are alike but for a number, from which on they are a series."""
_MONTH = re.compile(
    "(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:s|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?"
    "|aug(?:usti|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
_TAGS = {"idtag", "rfid", "rfidraw", "laddkort", "laddkortnummer", "laddtagg"}
_THRESHOLD = 0.5
_SHARE = 0.5
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_DIGITS = re.compile("[0-9]+")
_UNIT = re.compile(r"\b(?:m2|m²)(?!\w)")


def share(place: Place, entity: str) -> float:
    """Share of the values in which a pattern found the entity."""
    tally = place.tallies.get(entity)
    return tally.values(_THRESHOLD) / place.read if tally and place.read else 0.0


@lru_cache(maxsize=4096)
def named(label: str) -> Meaning:
    """What a label alone says, listed whole or by its words."""
    listed = Meaning(labels.strong(label), labels.weak(label))
    return listed if listed.strong or listed.weak else meanings.meaning(labels.tokens(label))


@lru_cache(maxsize=4096)
def words_of(key: str, group: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words of a table's name, and its schema's; or of a file's and its sheet's."""
    last = key.rsplit("/", 1)[-1]
    if "/" in key or group not in ("", key):
        sheet = "" if group in ("", key) else group.rsplit("#", 1)[-1]
        return labels.tokens(_FILE.sub("", last)) + labels.tokens(sheet), ()
    schema, _, table = last.rpartition(".")
    return labels.tokens(table.strip('"')), labels.tokens(schema)


@dataclass(frozen=True)
class Table:
    """Columns whose rows belong together, and what they are called together."""

    name: tuple[str, ...]
    """Folded words."""
    schema: tuple[str, ...]
    """The folded words of what it is part of."""
    places: tuple[Place, ...]
    """Empty columns too: their labels tell of the others."""

    @cached_property
    def read(self) -> tuple[Place, ...]:
        """The columns that hold something."""
        return tuple(place for place in self.places if place.read)

    def others(self, place: Place) -> Iterable[Place]:
        """The columns beside one."""
        return (other for other in self.places if other is not place)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts of its name."""
        return frozenset(meanings.concepts(self.name))

    @cached_property
    def topic(self) -> frozenset[str]:
        """Entities that its name names."""
        for words in (self.name, self.schema):
            meaning = meanings.meaning(words)
            if meaning.strong or meaning.weak:
                return meaning.strong | meaning.weak
        return frozenset()

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """For each column's location the entities that its values alone speak for."""
        found = {place.location: fits.told(place.shape) for place in self.places}
        for location in self.series:
            found[location] |= {"ELECTRICITY_CONSUMPTION"}
        for location in self.coordinates:
            found[location] |= {"COORDINATES"}
        held = {key for key, count in self._tied.items() if count} | self._named.keys()
        for place in filter(is_open, self.places):
            found[place.location] |= fits.likely(place.shape, held | {""})
        return found

    @cached_property
    def about(self) -> frozenset[str]:
        """The concepts of the schema's comment on it."""
        said = next((each.column.about for each in self.places if each.column), "")
        return frozenset(meanings.concepts(labels.tokens(said)))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether it is about things, firms or prices, and nobody's rows."""
        if {"aggregate", "codetable"} & (self.concepts | self.about) or self._is_of_codes:
            return True
        if self.is_of_natural or self.concepts & _PERSONS:
            return False
        within = frozenset(meanings.concepts(self.schema))
        if (
            self.concepts | within
        ) & _THINGS:  # a name in it is that of somebody who works with them
            return True
        if self.is_of_persons:
            return False
        if self.concepts & _OTHERS or self._holds(_FIRM):
            return True
        return bool(self.about & _OTHERS) and not self.about & _PERSONS

    @cached_property
    def _is_of_codes(self) -> bool:
        """Whether it lists the few kinds of something: `kundtyp`."""
        rows = max((place.shape.rows for place in self.places), default=0)
        is_named = meanings.concepts(self.name)[-1:] == ("state",)
        is_named = is_named or any(word.endswith(_CODES) for word in self.name[-1:])
        return is_named and rows <= _FEW

    @cached_property
    def is_of_persons(self) -> bool:
        """Whether some column holds what only persons or customers have."""
        return self.is_of_natural or self._holds("PERSON")

    @cached_property
    def is_of_natural(self) -> bool:
        """Whether some column holds what tells persons and customers apart."""
        if any(map(self._holds, (*_NATURAL, "CUSTOMER_NUMBER"))):
            return True
        return any(share(place, "SE_PERSONNUMMER") >= _SOLE for place in self.places)

    @cached_property
    def is_about_persons(self) -> bool:
        """Whether its name, or a column, says that its rows are persons or customers."""
        return self.is_of_persons or bool(self.concepts & (_PERSONS | _ROWS))

    @cached_property
    def is_of_staff(self) -> bool:
        """Whether its name says that it is about those who work here."""
        return "EMPLOYEE_RECORD" in self.topic

    @cached_property
    def is_profile(self) -> bool:
        """Whether its columns describe households, even without saying whose."""
        named_here = (named(each.label).strong | commented(each, self.name) for each in self.places)
        return len(frozenset[str]().union(*named_here) & _PROFILE) >= 3

    @cached_property
    def coordinates(self) -> frozenset[str]:
        """Locations of two columns that are north and east of places in Sweden."""
        for north, east in _AXES:
            found = [
                [each.location for each in self.places if each.shape.is_axis(*axis)]
                for axis in (north, east)
            ]
            if all(found):
                return frozenset(location for each in found for location in each)
        return frozenset()

    def _holds(self, entity: str) -> bool:
        """Whether a column holds the entity, by its label or by what a pattern read."""
        if entity in _KEYS:
            return self._tied[entity] > 0
        return any(
            share(place, entity) >= _SHARE
            or (entity in named(place.label).strong and fits.fit(place.shape, entity) >= 0)
            for place in self.places
        )

    @cached_property
    def series(self) -> frozenset[str]:
        """Locations of columns whose values are a metering point's series."""
        if not (self._holds("SE_METERING_POINT_ID") or self._holds("SE_METER_NUMBER")):
            return frozenset()
        long = any(0 < place.shape.step <= _FINE for place in self.places)
        return frozenset(
            place.location
            for place in self.places
            if place.location in self.wide or (long and _is_measured(place))
        )

    @cached_property
    def own(self) -> frozenset[str]:
        """Locations of numbers, one a row, of a table whose rows are customers and others."""
        words = tuple(word for word in self.name if word not in _PREFIXES)
        rows = {*meanings.concepts(words)} - {"register"}
        if not rows or rows - _ROWS or self.is_of_staff or self.is_of_others:
            return frozenset()
        if not any(map(self._holds, _NAMES)) or ("contact" in rows and self._holds(_FIRM)):
            return frozenset()
        return frozenset(
            place.location
            for index, place in enumerate(self.places)
            if is_open(place)
            and (index == 0 or (place.column is not None and place.column.unique))
            and place.shape.unique >= _NEARLY
            and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0
        )

    @cached_property
    def wide(self) -> frozenset[str]:
        """Locations of columns of numbers that are alike but for a number or a month."""
        families: dict[str, list[str]] = {}
        for place in self.places:
            stem = _DIGITS.sub("#", _MONTH.sub("#", place.label.casefold()))
            if "#" in stem and place.shape.numeric >= _SHARE:
                families.setdefault(stem, []).append(place.location)
        found = (each for each in families.values() if len(each) >= _WIDE)
        return frozenset(location for each in found for location in each)

    def meant(self, place: Place) -> Meaning:
        """What label and table's name say together of a column whose label says little."""
        own = named(place.label)
        if own.strong:
            return own
        words = labels.tokens(place.label)
        found = meanings.within(words, self.name)
        return found if found.strong or found.weak else meanings.within(words, self.schema)

    @cached_property
    def _named(self) -> Counter[str]:
        """How many columns' labels name each entity outright."""
        return Counter(entity for place in self.places for entity in named(place.label).strong)

    def has(self, entity: str, place: Place) -> bool:
        """Whether another column's label names the entity outright."""
        return self._named[entity] > (entity in named(place.label).strong)

    def is_keyed(self, place: Place, entity: str) -> bool:
        """Whether another column ties the rows to persons."""
        if self.is_tied(place, entity):
            return True
        if entity in _DEALS and any(map(_is_numbered, self.others(place))):
            return True
        if "subject" in self.concepts | self.about or self.is_profile:
            return True
        return entity == "CHARGING_SESSION" and self._is_tagged(place)

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        """For each column's location, which keys it is."""
        return {place.location: _keys_of(place) for place in self.places}

    @cached_property
    def _tied(self) -> Counter[str]:
        """How many columns are a key of each kind."""
        return Counter(key for keys in self._keys.values() for key in keys)

    def is_tied(self, place: Place, entity: str = "") -> bool:
        """Whether another column is a key of persons, other than the entity itself."""
        own = self._keys[place.location]
        return any(count > (key in own) for key, count in self._tied.items() if key != entity)

    def is_metered(self, place: Place) -> bool:
        """Whether another column is a metering point's or meter's number."""
        return any(
            self._tied[key] > (key in self._keys[place.location])
            for key in ("SE_METERING_POINT_ID", "SE_METER_NUMBER")
        )

    def is_of_charging(self, place: Place) -> bool:
        """Whether it is about charging, by its name or by another column."""
        return "CHARGING_SESSION" in self.topic or self.has("CHARGING_SESSION", place)

    def _is_tagged(self, place: Place) -> bool:
        """Whether a charging card or tag ties the rows to its holder."""
        return any(_TAGS & set(labels.keys(other.label)) for other in (*self.others(place), place))

    def is_beside_natural(self, place: Place) -> bool:
        """Whether another column holds what only natural persons have."""
        return any(named(other.label).strong & _NATURAL for other in self.others(place))


def is_code(place: Place) -> bool:
    """Whether what looks like names are words of capitals, which codes are."""
    meaning, sample = named(place.label), place.shape.sample
    codes = sum(1 for value in sample if value.isupper() and " " not in value)
    return codes >= 0.8 * len(sample) and "PERSON" not in meaning.strong | meaning.weak


def is_open(place: Place) -> bool:
    """Whether the label says nothing, or only that it is a number."""
    said = set(meanings.concepts(labels.tokens(place.label)))
    own = named(place.label)
    return said <= {meanings.UNKNOWN, "number"} and not (own.strong or own.weak)


def _keys_of(place: Place) -> frozenset[str]:
    """Which keys the label names, or the column that it refers to, or patterns found."""
    said = named(place.label)
    own = (said.strong | referred(place)) & _KEYS
    keys = {entity for entity in own if fits.fit(place.shape, entity) >= 0}
    keys |= {entity for entity in _KEYS & place.tallies.keys() if share(place, entity) >= _SHARE}
    keys -= {"PERSON"} if "PERSON" in keys and is_code(place) else set()
    keys |= fits.told(place.shape) & {"COOKIE_ID", "SE_METER_NUMBER"}
    if "CUSTOMER_NUMBER" in said.weak and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0:
        keys.add("CUSTOMER_NUMBER")
    if {"subject", "device"} & {*meanings.concepts(labels.tokens(place.label))}:
        keys.add("COOKIE_ID")  # whose row it is, under another name
    return frozenset(keys)


def _is_numbered(place: Place) -> bool:
    """Whether the column is the number of a deal, or refers to one."""
    is_number = "number" in meanings.concepts(labels.tokens(place.label))
    is_own = is_number and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0
    return bool((is_own and named(place.label).strong & _DEALS) or referred(place) & _DEALS)


def _is_measured(place: Place) -> bool:
    """Whether the column holds measured numbers, and its label says nothing else."""
    said = set(meanings.concepts(labels.tokens(place.label)))
    is_open = said <= {meanings.UNKNOWN, "amount", "number", "count", "consumption", "link"}
    return is_open and place.shape.share("decimal") >= 0.3 and place.shape.numeric > 0.8


def referred(place: Place) -> frozenset[str]:
    """Entities of the column that a foreign key points at."""
    if place.column is None or not place.column.refers:
        return frozenset()
    table, _, column = place.column.refers.rpartition(".")
    own = named(column).strong
    return own or meanings.within(labels.tokens(column), words_of(table)[0]).strong


def structured(place: Place) -> frozenset[str]:
    """Entities that the fields of a column of structures name outright."""
    often = _OFTEN * place.shape.looked
    names = (name for name, count in place.shape.fields.items() if count >= often)
    return frozenset[str]().union(*(named(name).strong for name in names))


def commented(place: Place, table: tuple[str, ...] = ()) -> frozenset[str]:
    """Entities that the schema's comment on a column names, alone or with the table's name."""
    if place.column is None or not place.column.comment:
        return frozenset()
    clause = re.split(r"[.;(,]", place.column.comment, maxsplit=1)[0]
    words = labels.tokens(_UNIT.sub("kvm", clause))
    return meanings.sentence(words).strong or meanings.within(words, table).strong

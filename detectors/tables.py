"""What a table is about, by its name, its labels and what patterns read in its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from detectors import catalogues, families, fits, labels, meanings, places, topics
from detectors.base import Place
from detectors.meanings import Meaning
from detectors.places import DEALS, KEYS, ROWS, THINGS, said, share

_NATURAL = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "DATE_OF_BIRTH"})
"""What only natural persons have."""
_OTHERS = THINGS | {"system", "firm", "supplier", "outage", "mailing"}
"""What a table is about that is about nobody."""
_PERSONS = frozenset(
    {"customer", "person", "household", "employment", "recruitment", "contact", "holder", "staff"}
    | {"contract", "invoice", "subject"}
)
_ROWED = _PERSONS | ROWS | {"salary", "absence"}
_OWN = _NATURAL | {"PERSON", "CUSTOMER_NUMBER", "EMPLOYEE_RECORD", "COOKIE_ID"}
"""Keys that stations and firms have not."""
_PROFILE = frozenset({"AGE", "SEX", "LIVING_AREA", "HOUSEHOLD_SIZE", "DATE_OF_BIRTH"})
"""What describes a household."""
_METERED = frozenset({"ELECTRICITY_CONSUMPTION", "SE_METER_NUMBER", "SE_METERING_POINT_ID"})
"""What a contract, too, ties to a household."""
_ONLINE = ("IP_ADDRESS", "COOKIE_ID", "DEVICE_INFO")
_NAMES = ("PERSON", "SE_PERSONNUMMER", "EMAIL_ADDRESS", "PHONE_NUMBER")
_SAID_ASIDE = frozenset({"number", "state"})
"""What a schema's name tells nothing of: `hr.rounds.id`."""
_SOLE = 1 / 7
"""Share of firms that are a person's own, from which on a table tells of persons too."""
_ENDS = 4
"""Coordinates of a trip's two ends."""
_FIRM = "SE_ORGANISATIONSNUMMER"
_NEARLY = 0.99
"""Share of numbers that are not repeated where each row has its own."""
_SHARE = 0.5


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
        """Entities that its rows tell of."""
        return topics.of(self.name, self.schema, self.places)

    @cached_property
    def told(self) -> Mapping[str, frozenset[str]]:
        """For each column's location the entities that its values alone speak for."""
        found = {place.location: fits.told(place.shape) for place in self.places}
        for place in filter(places.is_serial, self.places):
            found[place.location] -= {"SE_BANK_ACCOUNT", "PHONE_NUMBER"}
        if not self._is_delivered:
            found = {place: told - {"ELECTRICITY_SUPPLIER"} for place, told in found.items()}
        for location in self.series:
            found[location] |= {"ELECTRICITY_CONSUMPTION"}
        for entity, locations in families.pairs(self.places).items():
            for location in locations:
                found[location] |= {entity}
        held = {key for key, count in self.tied.items() if count} | self._named.keys()
        held |= {entity for each in self.read for entity in each.tallies if self._holds(entity)}
        for place in filter(places.is_open, self.places):
            found[place.location] |= fits.likely(place.shape, held | {""})
            if fits.are_references(place.shape) and not places.is_seen(place):
                found[place.location] |= {"INVOICE"}
        return found

    @cached_property
    def _is_delivered(self) -> bool:
        """Whether it is about electricity that goes somewhere: power firms are its suppliers."""
        return any(self._named[entity] or self.tied[entity] for entity in _METERED | {"CONTRACT"})

    @cached_property
    def is_of_web(self) -> bool:
        """Whether a column is of what is seen of somebody on the web: a hall has visits too."""
        if any(self._named[entity] or self.tied[entity] for entity in _ONLINE):
            return True
        seen = (place for place in self.places if "WEB_ACTIVITY" in said(place).strong)
        return any("number" not in places.concepts(place) for place in seen)

    @cached_property
    def is_of_sessions(self) -> bool:
        """Whether a column is of what was charged, when or by whom: a place to park has none."""
        if self._is_tagged or self._named["CHARGING_SESSION"] or self.tied["EMAID"]:
            return True
        is_measured = bool(self._named["ELECTRICITY_CONSUMPTION"])
        return is_measured or self._is_clocked

    @cached_property
    def _is_clocked(self) -> bool:
        """Whether its rows have a beginning and an end."""
        return sum(fits.is_clocked(place.shape) for place in self.places) > 1

    @cached_property
    def about(self) -> frozenset[str]:
        """The concepts of the schema's comment on it."""
        return frozenset(meanings.concepts(labels.tokens(topics.comment(self.places))))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether it is about things, firms or prices, and nobody's rows."""
        if self.is_of_codes or self._is_of_sums:
            return True
        is_of_drivers = "CHARGING_SESSION" in self.topic and self._is_tagged
        if is_of_drivers or self.is_of_natural or self.concepts & _PERSONS or self.series:
            return False
        # a name in a table of things is that of somebody who works with them
        return self.is_of_things or (not self.is_of_persons and self._is_of_firms)

    @cached_property
    def _is_of_firms(self) -> bool:
        """Whether name, comment or a number say that it is about firms, machines or chargers."""
        if "CHARGING_SESSION" in self.topic and self.read and not self._is_clocked:
            return not self.tied["EMAID"]
        if self.concepts & _OTHERS or self._holds(_FIRM):
            return True
        return bool(self.about & _OTHERS) and not self.about & _PERSONS

    @cached_property
    def called(self) -> frozenset[str]:
        """The concepts of its name and of its schema's."""
        return self.concepts | {*meanings.concepts(self.schema)}

    @cached_property
    def labelled(self) -> frozenset[str]:
        """The concepts of its columns' labels."""
        return frozenset[str]().union(*map(places.concepts, self.places))

    @cached_property
    def is_of_things(self) -> bool:
        """Whether its name, or its schema's, is of grids, prices or products."""
        around = {*meanings.concepts(self.schema)}  # `kundtjanst` is of customers
        return bool((self.concepts if around & _PERSONS else self.called) & THINGS)

    @cached_property
    def is_of_codes(self) -> bool:
        """Whether it lists the few kinds of something: `kundtyp`."""
        is_listed = catalogues.is_catalogue(self.name, self.concepts, self.places)
        return is_listed or "codetable" in self.about

    @cached_property
    def _is_of_sums(self) -> bool:
        """Whether it adds up, and no row leads to somebody."""
        adds_up = "aggregate" in self.concepts | self.about
        return adds_up and not self._bound

    @cached_property
    def is_of_machines(self) -> bool:
        """Whether addresses of an inner net stand in it, and nobody's name or number."""
        theirs = self.tied["EMAIL_ADDRESS"] + self.tied["COOKIE_ID"]
        if (theirs or self.is_of_persons) and "system" not in self.concepts:
            return False
        found = [place for place in self.places if share(place, "IP_ADDRESS") > 0]
        is_inner = any(fits.are_inner(place.shape.sample) for place in found)
        return is_inner and not any(map(places.is_public, found))

    def bears_names(self, place: Place) -> bool:
        """Whether names of persons stand in one of its columns, for all that patterns found."""
        found = max(share(place, "PERSON"), share(place, "EMAIL_ADDRESS"))
        return found >= _SOLE and fits.bear_names(place.shape.sample)

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
        return self.is_of_persons or bool(self.concepts & (_PERSONS | ROWS))

    @cached_property
    def is_keyed_by_name(self) -> bool:
        """Whether a column is a key of persons or households, whatever the table is called."""
        return any(self.tied.values())

    @cached_property
    def is_of_staff(self) -> bool:
        """Whether its name says that it is about those who work here."""
        return "EMPLOYEE_RECORD" in self.topic

    @cached_property
    def is_profile(self) -> bool:
        """Whether its columns describe households, even without saying whose."""
        named_here = (said(each).strong | places.commented(each, self.name) for each in self.places)
        return len(frozenset[str]().union(*named_here) & _PROFILE) >= 3

    def _holds(self, entity: str) -> bool:
        """Whether a column holds the entity, by its label or by what a pattern read."""
        if entity in KEYS:
            return self.tied[entity] > 0
        return any(
            share(place, entity) >= _SHARE
            or (entity in said(place).strong and fits.fit(place.shape, entity) >= 0)
            for place in self.places
        )

    @cached_property
    def series(self) -> frozenset[str]:
        """Locations of columns whose values are a metering point's series."""
        if not (self._holds("SE_METERING_POINT_ID") or self._holds("SE_METER_NUMBER")):
            return frozenset()
        return families.series(self.places)

    @cached_property
    def own(self) -> frozenset[str]:
        """Locations of numbers, one a row, of a table whose rows are customers and others."""
        if not places.is_of_rows(self.name) or self.is_of_staff or self.is_of_others:
            return frozenset()
        of_firms = "contact" in self.concepts and self._holds(_FIRM)
        if of_firms or not any(map(self._holds, _NAMES)):
            return frozenset()
        return frozenset(
            place.location
            for index, place in enumerate(self.places)
            if places.is_open(place)
            and (index == 0 or (place.column is not None and place.column.unique))
            and place.shape.unique >= _NEARLY
            and fits.fit(place.shape, "CUSTOMER_NUMBER") > 0
        )

    def meant(self, place: Place) -> Meaning:
        """What label and table's name say together of a column whose label says little."""
        own = said(place)
        if own.strong:
            return own
        words = labels.tokens(place.label)
        found = meanings.within(words, self.name)
        if found.strong or found.weak or _SAID_ASIDE & {*places.concepts(place)}:
            return found
        found = meanings.within(words, self.schema)
        return Meaning(found.strong - topics.AREAS, found.weak - topics.AREAS)

    @cached_property
    def _named(self) -> Counter[str]:
        """How many columns' labels name each entity outright."""
        return Counter(entity for place in self.places for entity in said(place).strong)

    def has(self, entity: str, place: Place) -> bool:
        """Whether another column's label names the entity outright."""
        return self._named[entity] > (entity in said(place).strong)

    def tells(self, entity: str, place: Place) -> bool:
        """Whether another column's label, or its values, name the entity."""
        others = self._seen[entity] - (entity in self.told[place.location])
        return others > 0 or self.has(entity, place)

    @cached_property
    def _seen(self) -> Counter[str]:
        """How many columns' values name each entity."""
        return Counter(entity for told in self.told.values() for entity in told)

    @cached_property
    def _bound(self) -> frozenset[str]:
        """Locations of columns that lead to a person, a household or a deal."""
        return frozenset(place.location for place in self.places if places.is_bound(place))

    def is_keyed(self, place: Place, entity: str) -> bool:
        """Whether another column ties the rows to persons."""
        if self.is_tied(place, entity):
            return True
        if entity in DEALS and self._is_numbered(place, entity):
            return True
        if entity in _METERED and (self._bound - {place.location} or self._is_billed(place)):
            return True
        if "subject" in self.concepts | self.about or self.is_profile:
            return True
        is_driven = entity == "COORDINATES" and self._is_of_trips
        return is_driven or (entity == "CHARGING_SESSION" and self._is_tagged)

    def _is_numbered(self, place: Place, entity: str) -> bool:
        """Whether it refers to the deal, or another column numbers one."""
        is_referred = entity in places.referred(place)
        return is_referred or any(map(places.is_numbered, self.others(place)))

    @cached_property
    def _is_of_trips(self) -> bool:
        """Whether each row goes from one place to another at a time of day, as somebody drove."""
        return self._seen["COORDINATES"] >= _ENDS and any(
            fits.is_clocked(place.shape) for place in self.places
        )

    def _is_billed(self, place: Place) -> bool:
        """Whether another column numbers an invoice, and no supplier sends it."""
        others = filter(places.is_numbered, self.others(place))
        return any("INVOICE" in said(other).strong for other in others)

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        """For each column's location, which keys it is; a doubtful one needs a second sign."""
        found = {place.location: places.keys_of(place) for place in self.places}
        is_strange = bool(self.called & _OTHERS)
        doubtful = {
            place.location
            for place in self.places
            if places.is_doubtful(place, is_strange=is_strange)
        }
        sure = frozenset[str]().union(*(found[place] for place in found.keys() - doubtful))
        if sure & (_OWN if is_strange else KEYS) or (self.called | self.about) & _ROWED:
            return found
        beside = fits.rules()["beside"]
        return found | {
            place: frozenset(key for key in found[place] if self._named[beside.get(key, "")])
            for place in doubtful
        }

    @cached_property
    def tied(self) -> Counter[str]:
        """How many columns are a key of each kind."""
        return Counter(key for keys in self._keys.values() for key in keys)

    def is_tied(self, place: Place, entity: str = "") -> bool:
        """Whether another column is a key of persons, other than the entity itself."""
        own = self._keys[place.location]
        return any(count > (key in own) for key, count in self.tied.items() if key != entity)

    def doubts(self, place: Place, entity: str) -> bool:
        """Whether nothing but a label of few letters speaks for a key."""
        is_believed = entity not in KEYS or entity in self._keys[place.location]
        is_own = is_believed or place.location in self.own or entity in self.topic
        return not is_own and places.is_doubtful(place, is_strange=bool(self.called & _OTHERS))

    def is_metered(self, place: Place) -> bool:
        """Whether another column is a metering point's or meter's number."""
        return any(
            self.tied[key] > (key in self._keys[place.location])
            for key in ("SE_METERING_POINT_ID", "SE_METER_NUMBER")
        )

    def is_of_charging(self, place: Place) -> bool:
        """Whether it is about charging, by its name or by other columns."""
        if self.topic & {"CHARGING_SESSION", "ELECTRICITY_CONSUMPTION"}:
            return "CHARGING_SESSION" in self.topic
        told = (each for each in self.others(place) if "CHARGING_SESSION" in said(each).strong)
        return not all(fits.is_answer(each.shape) for each in told)

    @cached_property
    def _is_tagged(self) -> bool:
        """Whether a charging card or tag ties the rows to its holder."""
        return any(map(places.is_tagged, self.places))

    def is_beside_natural(self, place: Place) -> bool:
        """Whether another column holds what only natural persons have."""
        return any(said(other).strong & _NATURAL for other in self.others(place))

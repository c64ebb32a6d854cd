"""What a table's labels and columns say together, for data that no pattern knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detectors import labels
from detectors.base import Evidence, Place
from scanner.model import Dated, Finding

_NUMBERS = frozenset(
    {"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGANISATIONSNUMMER", "PHONE_NUMBER"}
    | {"SE_BANKGIRO", "SE_PLUSGIRO", "SE_BANK_ACCOUNT", "CREDIT_CARD", "SE_METERING_POINT_ID"}
    | {"SE_VEHICLE_REGISTRATION", "IP_ADDRESS", "IBAN_CODE"}
)
_IDENTITY = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGANISATIONSNUMMER"})
_BANK = frozenset({"SE_BANK_ACCOUNT", "SE_BANKGIRO", "SE_PLUSGIRO", "IBAN_CODE", "CREDIT_CARD"})

_KEYS = frozenset(
    {"PERSON", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "CUSTOMER_NUMBER", "EMAIL_ADDRESS"}
    | {"PHONE_NUMBER", "SE_METERING_POINT_ID", "SE_METER_NUMBER", "EMAID", "DATE_OF_BIRTH"}
    | {"EMPLOYEE_RECORD", "COOKIE_ID"}
)
"""What ties a row to one person or household."""
_NATURAL = frozenset({"SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "DATE_OF_BIRTH"})
"""What only natural persons have."""

_ALONE = frozenset(
    {"CUSTOMER_NUMBER", "DATE_OF_BIRTH", "CREDENTIAL", "PROTECTED_IDENTITY", "ID_DOCUMENT"}
    | {"EMPLOYEE_RECORD", "COOKIE_ID", "PERSON"}
)
"""Personal by themselves."""
_BESIDE_KEY = frozenset(
    {"AGE", "SEX", "LIVING_AREA", "ELECTRICITY_CONSUMPTION", "ELECTRICITY_SUPPLIER", "CONTRACT"}
    | {"PURCHASE", "INVOICE", "PAYMENT_HISTORY", "CREDIT_RATING", "DEBT_COLLECTION", "CONSENT"}
    | {"CORRESPONDENCE", "COMPLAINT", "WEB_ACTIVITY", "CHARGING_SESSION", "TRANSCRIPT"}
    | {"SIGNATURE", "SE_METER_NUMBER", "ATTITUDE_NOTE", "VOICE_RECORDING", "COORDINATES"}
    | {"SE_APARTMENT_NUMBER", "SE_PROPERTY_DESIGNATION", "SE_METERING_POINT_ID", "SE_ADDRESS"}
    | {"SE_BANK_ACCOUNT", "DEVICE_INFO", "HOUSEHOLD_SIZE"}
)
"""Personal only where the table also tells whose."""
_BESIDE: Mapping[str, str] = {
    "LIVING_AREA": "SE_ADDRESS",
    "HOUSEHOLD_SIZE": "SE_ADDRESS",
    "SE_APARTMENT_NUMBER": "SE_ADDRESS",
    "SE_PROPERTY_DESIGNATION": "SE_ADDRESS",
    "SE_METERING_POINT_ID": "ELECTRICITY_CONSUMPTION",
    "WEB_ACTIVITY": "IP_ADDRESS",
    "DEVICE_INFO": "IP_ADDRESS",
}
"""Columns that make these personal where no person key stands beside."""
_PATTERNED = frozenset({"SE_METERING_POINT_ID", "SE_BANK_ACCOUNT"})
"""Read by pattern; the label concludes only what patterns cannot see."""

_THRESHOLD = 0.5
_SHARE = 0.5
_ENOUGH = 20


def entities_of(label: str) -> frozenset[str]:
    """Entities that a column of this label holds; a label that says little alone: none."""
    return labels.strong(label)


def contradicts(label: str) -> frozenset[str]:
    """Entities that a column of this label does not hold, however their values look."""
    found: frozenset[str] = frozenset()
    if is_reference(label):
        found |= _NUMBERS
    if labels.is_thing(label):
        found |= {"PERSON"}
    named = labels.strong(label) & _NUMBERS
    if named:
        kin = (_IDENTITY if named & _IDENTITY else frozenset()) | (
            _BANK if named & _BANK else named
        )
        found |= _NUMBERS - named - kin
    return found - named


def is_reference(label: str) -> bool:
    """Whether the label names a reference, an amount or a time, whose digits are nobody's."""
    return labels.is_reference(label)


def conclude(evidence: Evidence) -> Iterator[Finding]:
    """Findings from labels and neighbours, of columns that were read, in a stable order."""
    groups: dict[str, list[Place]] = {}
    for place in evidence.places.values():
        if place.label and place.read and not place.media:
            groups.setdefault(place.group, []).append(place)
    for places in groups.values():
        yield from _Table(tuple(places)).findings()


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns whose rows belong together."""

    places: tuple[Place, ...]

    def findings(self) -> Iterator[Finding]:
        for place in self.places:
            own = labels.strong(place.label)
            for entity in sorted(self._charged(place, own)):
                reasons = self._reasons(place, entity)
                if reasons:
                    yield _finding(place, entity, 0.8, reasons)
            for entity in sorted(labels.weak(place.label) - own):
                if self._accompanied(place, entity):
                    yield _finding(place, entity, 0.6, ("label", "column beside"))

    def _charged(self, place: Place, own: frozenset[str]) -> frozenset[str]:
        """Energy in a table of charging is charging, and nobody's household consumption."""
        if "ELECTRICITY_CONSUMPTION" in own and self._has("CHARGING_SESSION", place):
            return own - {"ELECTRICITY_CONSUMPTION"} | {"CHARGING_SESSION"}
        return own

    def _reasons(self, place: Place, entity: str) -> tuple[str, ...]:
        """Why the column holds the entity; none: it does not, or a pattern has told already."""
        if entity in _ALONE:
            return () if entity == "PERSON" and _is_of_firms(place) else ("label",)
        told = entity in _PATTERNED and _share(place, entity) >= _SHARE
        if told or entity not in _BESIDE_KEY or not self._fits(place, entity):
            return ()
        if self._keys(place, entity):
            return ("label", "person key beside")
        return ("label", "column beside") if self._has(_BESIDE.get(entity, ""), place) else ()

    def _fits(self, place: Place, entity: str) -> bool:
        """Whether the neighbours that the entity asks for are there."""
        if entity == "SE_ADDRESS":
            others = (other for other in self.places if other is not place)
            return any("SE_ADDRESS" in _meant(other) for other in others)
        if entity == "COORDINATES":
            return self._has(entity, place) or "koordinat" in labels.keys(place.label)[0]
        return entity != "SE_BANK_ACCOUNT"

    def _accompanied(self, place: Place, entity: str) -> bool:
        """Whether a label that says little alone means the entity in this company."""
        if entity == "SE_ADDRESS" and self._has("CUSTOMER_NUMBER", place):
            return True
        if entity == "PERSON":
            names = _share(place, "PERSON")
            return names >= 0.3 or (names > 0 and self._is_of_persons(place))
        if entity == "CHARGING_SESSION":
            return self._has(entity, place) and self._keys(place, entity)
        if entity == "SE_BANK_ACCOUNT":
            return self._is_split_account(place) and self._keys(place, entity)
        if entity == "COORDINATES":
            return self._is_pair(place) and self._keys(place, entity)
        return self._has(entity, place) and self._keys(place, entity)

    def _keys(self, place: Place, entity: str) -> bool:
        """Whether another column ties the rows to persons."""
        for other in self.places:
            if other is place:
                continue
            keys = labels.strong(other.label) & _KEYS
            if entity in keys:
                keys -= {entity}
            if keys or any(_share(other, key) >= _SHARE for key in _KEYS - {entity}):
                return True
        return entity == "CHARGING_SESSION" and self._tags(place)

    def _has(self, entity: str, place: Place) -> bool:
        """Whether another column's label names the entity outright."""
        others = (other for other in self.places if other is not place)
        return any(entity in labels.strong(other.label) for other in others)

    def _tags(self, place: Place) -> bool:
        """Whether a charging card or tag ties the rows to its holder."""
        tags = {"idtag", "rfid", "rfidraw", "laddkort", "laddkortnummer", "laddtagg"}
        return any(tags & set(labels.keys(other.label)) for other in (*self.places, place))

    def _is_of_persons(self, place: Place) -> bool:
        others = (other for other in self.places if other is not place)
        return any(labels.strong(other.label) & _NATURAL for other in others)

    def _is_split_account(self, place: Place) -> bool:
        """Whether clearing number and account stand in two columns."""
        beside = [
            key for other in self.places if other is not place for key in labels.keys(other.label)
        ]
        is_clearing = any("clearing" in key for key in labels.keys(place.label))
        return any(("konto" in key) if is_clearing else ("clearing" in key) for key in beside)

    def _is_pair(self, place: Place) -> bool:
        others = (other for other in self.places if other is not place)
        return any("COORDINATES" in labels.weak(other.label) for other in others)


def _meant(place: Place) -> frozenset[str]:
    return labels.strong(place.label) | labels.weak(place.label)


def _share(place: Place, entity: str) -> float:
    tally = place.tallies.get(entity)
    return tally.values(_THRESHOLD) / place.read if tally and place.read else 0.0


def _is_of_firms(place: Place) -> bool:
    """Whether a column of whole names holds next to no names of persons."""
    key = labels.keys(place.label)[0]
    parts = ("fornamn", "efternamn", "firstname", "lastname", "fnamn", "enamn", "surname", "mname")
    single = key.endswith(parts) or key in {"givenname", "middlename", "mellannamn", "birthname"}
    return not single and place.read >= _ENOUGH and _share(place, "PERSON") < 0.1


def _finding(place: Place, entity: str, score: float, reasons: tuple[str, ...]) -> Finding:
    return Finding(
        place.location,
        entity,
        matches=place.read,
        values=place.read,
        read=place.read,
        score=score,
        reasons=reasons,
        months=months(place),
    )


def months(place: Place) -> tuple[tuple[Dated, int], ...] | None:
    """The place's dates as a sorted histogram; None where it has none."""
    if not place.dates:
        return None
    return tuple(sorted(place.dates.items(), key=lambda item: (item[0].period, item[0].grade)))

"""What patterns found in a column by chance, for all that the column and its table say."""

from __future__ import annotations

from detectors import fits, labels, places
from detectors.base import Place
from detectors.places import share
from detectors.tables import Table

_SHARE = 0.5
_FEW = 4
"""Numbers that a machine or a switchboard may have."""
_CROWD = 20
"""Different values from which on they are not those of our own few."""
_KINDS, _SHARE_OF_KINDS = 12, 0.2
"""Kinds of cases; share of them that a class of sensitive data is, where it is but one kind."""
_MOST = 0.8
SENSITIVE = frozenset(
    {"HEALTH", "TRADE_UNION", "RELIGION", "POLITICAL_OPINION", "ETHNIC_ORIGIN", "GENETIC"}
    | {"SEXUAL_ORIENTATION", "BIOMETRIC", "CRIMINAL_OFFENCE", "SOCIAL_VULNERABILITY"}
    | {"FINANCIAL_VULNERABILITY", "ATTITUDE_NOTE"}
)
"""Told in sentences: words of a name or a street only look so."""
_ADDRESSES = frozenset({"IP_ADDRESS", "MAC_ADDRESS", "DEVICE_INFO", "COOKIE_ID"})
_MACHINE = frozenset({"DEVICE_INFO", "IP_ADDRESS", "MAC_ADDRESS", "COOKIE_ID", "CREDENTIAL"})
_CUED = frozenset({"CREDIT_RATING", "DEBT_COLLECTION"})
_SOURCES = frozenset({"way", "source", "bureau", "supplier", "firm"})
"""Who tells of somebody's credit, not what is told."""
_PLACED = frozenset({"SE_ADDRESS", "SE_PROPERTY_DESIGNATION", "ELECTRICITY_SUPPLIER"})
_PLAIN = frozenset({"PERSON", "SE_ADDRESS", "EMAIL_ADDRESS", "CUSTOMER_NUMBER"})
_FORMS = frozenset(
    {"DEVICE_INFO", "IP_ADDRESS", "PHONE_NUMBER", "SE_BANKGIRO", "SE_PLUSGIRO", "CREDIT_CARD"}
    | {"SE_BANK_ACCOUNT", "SE_METER_NUMBER", "SE_PASSPORT", "SE_APARTMENT_NUMBER", "COOKIE_ID"}
    | {"SE_VEHICLE_REGISTRATION", "COORDINATES", "MAC_ADDRESS"}
)
"""Numbers of a form that others happen to have."""
_CONTACT = frozenset(
    {"EMAIL_ADDRESS", "PHONE_NUMBER", "SE_ADDRESS", "COORDINATES", "SE_BANKGIRO", "SE_PLUSGIRO"}
    | {"IP_ADDRESS", "MAC_ADDRESS", "SE_METER_NUMBER", "SE_BANK_ACCOUNT", "IBAN_CODE", "LOCATION"}
)
"""What firms, stations and machines have too."""
_STRAY, _BULK = 0.15, 0.9
"""Share of a column that is a chance, where so much of it is numbers and codes."""


def is_chance(table: Table, place: Place, entity: str) -> bool:
    """Whether a pattern's finds in a column are none, for all that table and column say."""
    if _is_none(table, place, entity):
        return True
    if place.shape.is_text or entity in _outright(table, place):
        return False
    if entity == "PROTECTED_IDENTITY":
        return table.is_of_codes or place.shape.share("code") >= _MOST
    if entity in SENSITIVE | _CUED:
        return _is_plainer(table, place, entity) or _is_kind(table, place, entity)
    if _is_proven(table, place, entity):
        return False
    return _is_alike(table, place, entity) or _is_firms(table, place, entity)


def _is_none(table: Table, place: Place, entity: str) -> bool:
    """Whether they are none, whatever the label says."""
    if _is_of_machines(place, entity) or (entity == "PERSON" and _is_client(place)):
        return True
    if entity == "IP_ADDRESS" and _is_inside(table, place):
        return True
    return fits.is_never(place.shape, entity) or (table.is_of_machines and entity in _ADDRESSES)


def _is_inside(table: Table, place: Place) -> bool:
    """Whether addresses of an inner net are a machine's: callers come from outside."""
    if not fits.are_inner(place.shape.sample):
        return False
    return "system" in places.concepts(place) or any(map(places.is_public, table.others(place)))


def _is_alike(table: Table, place: Place, entity: str) -> bool:
    """Whether names of things, codes or numbers of another kind only look so."""
    if entity == "PERSON" and (_is_thing(table, place) or places.is_code(place)):
        return True
    is_bulk = place.shape.share("integer", "decimal", "code") > _BULK
    if entity == "PERSON" and is_bulk:
        return share(place, entity) < _STRAY
    return entity in _FORMS and share(place, entity) < _STRAY and is_bulk


def _is_firms(table: Table, place: Place, entity: str) -> bool:
    """Whether it is what firms, stations and machines have too, in a table about such."""
    few = entity == "PERSON" and share(place, entity) < _SHARE
    is_of_firms = entity in _CONTACT or few
    return table.is_of_others and is_of_firms and not _is_in_message(place, entity)


def _is_proven(table: Table, place: Place, entity: str) -> bool:
    """Whether the values are somebody's by what stands in them, whatever the table is about."""
    if entity in {"PERSON", "EMAIL_ADDRESS"}:
        return table.bears_names(place)
    if entity == "IP_ADDRESS":
        return places.is_public(place) and _is_many(place) and not table.is_of_things
    is_spread = len({*place.shape.sample}) > _FEW
    if entity != "PHONE_NUMBER" or not is_spread:
        return False
    is_carried = fits.are_carried(place.shape.sample) and _is_many(place)
    return is_carried or any(map(table.bears_names, table.read))


def _is_many(place: Place) -> bool:
    """Whether the values are many different ones, as those of a crowd are."""
    return len({*place.shape.sample}) >= _CROWD


def _is_in_message(place: Place, entity: str) -> bool:
    """Whether e-mail addresses stand among words: nobody's column of addresses."""
    return entity == "EMAIL_ADDRESS" and place.shape.share("words") >= _SHARE


def _is_thing(table: Table, place: Place) -> bool:
    """Whether what looks like names of persons are those of places, firms or things."""
    if labels.is_thing(place.label) and share(place, "PERSON") < _MOST:
        return True
    if places.is_named_so(place) or places.said(place).strong & _PLACED:
        return True
    few = share(place, "PERSON") < _SHARE and fits.named(place.shape.sample) < _STRAY
    if few and fits.is_category(place.shape):
        return True
    return few and not table.is_of_natural and not table.is_tied(place, "PERSON")


def _is_client(place: Place) -> bool:
    """Whether the values are names of programs and devices."""
    return share(place, "DEVICE_INFO") >= _SHARE


def _is_plainer(table: Table, place: Place, entity: str) -> bool:
    """Whether words that tell of somebody's life stand in names, or in the steps of a claim."""
    said = places.concepts(place)
    if entity == "FINANCIAL_VULNERABILITY" and "DEBT_COLLECTION" in table.topic:
        return not {"reason", "note"} & {*said}
    named = places.said(place).strong & _PLAIN
    return bool(named) or any(share(place, each) >= _SHARE for each in _PLAIN)


def _is_kind(table: Table, place: Place, entity: str) -> bool:
    """Whether codes, titles of address or the subjects of cases only sound so."""
    shape = place.shape
    if table.is_of_codes or fits.fit(shape, "SEX") > 0:
        return True
    if entity in _CUED:
        is_numbered = shape.codes is None or len(shape.codes) > _KINDS
        return is_numbered and shape.share("code") >= _MOST and entity not in table.topic
    many = shape.codes is not None and len(shape.codes) > _KINDS
    return many and share(place, entity) < _SHARE_OF_KINDS


def _is_of_machines(place: Place, entity: str) -> bool:
    """Whether the label says that names, or words of credit, are those of programs or sources."""
    if entity in {"PERSON", "LOCATION", "SE_VEHICLE_REGISTRATION"}:
        return bool(places.said(place).strong & _MACHINE)
    return entity in _CUED and (
        labels.is_thing(place.label) or {*places.concepts(place)} <= _SOURCES
    )


def _outright(table: Table, place: Place) -> frozenset[str]:
    """Entities that label, comment or reference name outright."""
    named = places.said(place).strong | places.referred(place)
    return frozenset() if table.is_of_others else named | places.commented(place, table.name)

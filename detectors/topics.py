"""What the rows of a table are about: by its name, its schema's, its comment and its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from detectors import labels, meanings
from detectors.base import Place
from detectors.places import concepts, said, share

AREAS = frozenset({"PURCHASE", "ELECTRICITY_SUPPLIER"})
"""What a schema's name says of all the company: `kundtjänst`, `nät`."""
_REMARKED = frozenset(
    {"COMPLAINT", "CREDIT_RATING", "DEBT_COLLECTION", "EMPLOYEE_RECORD", "TRADE_UNION"}
)
"""What a comment says of all columns, where the table's name says nothing."""
_STAFF = frozenset({"employment", "recruitment", "absence", "salary", "lon"})
_OWED = 2
"""Columns of a debt in a table of payments, from which on they are what a debtor pays off."""
_WORKED = 3
"""Columns of pay, posts or absence, from which on all are of those who work here."""
_CUSTOMERS = frozenset({"CUSTOMER_NUMBER", "SE_METERING_POINT_ID", "SE_METER_NUMBER"})
"""What those who work here have not."""
_FIRST = 3
"""Columns that tell whose a row is; later ones name who saw to it."""
_ASIDE = re.compile("[(;,.:]")
_SHARE = 0.5


def comment(places: Sequence[Place]) -> str:
    """The schema's comment on the table of these columns."""
    return next((place.column.about for place in places if place.column), "")


def remark(places: Sequence[Place]) -> tuple[str, ...]:
    """What that comment calls the table: its first words, folded."""
    return labels.tokens(_ASIDE.split(comment(places), maxsplit=1)[0])


def of(name: tuple[str, ...], schema: tuple[str, ...], places: Sequence[Place]) -> frozenset[str]:
    """Entities that the rows of a table of that name tell of, whatever the column."""
    counted = Counter(entity for place in places for entity in said(place).strong)
    outright = _outright(name, schema)
    found = outright or _remarked(remark(places)) or _hinted(name, schema)
    is_owed = "debt" in meanings.concepts((*schema, *remark(places)))
    if found == {"PAYMENT_HISTORY"} and (is_owed or counted["DEBT_COLLECTION"] >= _OWED):
        return frozenset({"DEBT_COLLECTION"})
    if "EMPLOYEE_RECORD" not in meanings.meaning(name).strong and _is_of_customers(counted, places):
        return found - {"EMPLOYEE_RECORD"}
    if outright or not places:
        return found
    if _is_of_staff((*name, *schema), places, counted["EMPLOYEE_RECORD"]):
        return frozenset({"EMPLOYEE_RECORD"})
    return found - {"EMPLOYEE_RECORD"}


def _is_of_staff(called: tuple[str, ...], places: Sequence[Place], worked: int) -> bool:
    """Whether names and columns say together that the rows are of those who work here."""
    if worked >= _WORKED:
        return True
    if _STAFF & {*meanings.concepts(called)}:
        return worked > 0 or any(map(_is_somebody, places[:_FIRST]))
    return worked > 0 and bool(_STAFF & {*meanings.concepts(remark(places))})


def _is_of_customers(counted: Counter[str], places: Sequence[Place]) -> bool:
    """Whether a column or the comment says that the rows are customers'."""
    return bool(counted.keys() & _CUSTOMERS) or "customer" in meanings.concepts(remark(places))


def _outright(name: tuple[str, ...], schema: tuple[str, ...]) -> frozenset[str]:
    """What the table's name says, alone or behind its schema's: `ocpi.cdrs`, of charging."""
    found = (meanings.meaning(words).strong for words in (name, (*schema, *name)) if words)
    return next(filter(None, found), frozenset[str]())


def _hinted(name: tuple[str, ...], schema: tuple[str, ...]) -> frozenset[str]:
    """What the table's name may say, or else its schema's."""
    own = meanings.meaning(name).weak if name else frozenset[str]()
    if own or not schema:
        return own
    said_there = meanings.meaning(schema)
    return (said_there.strong | said_there.weak) - AREAS


def _remarked(words: tuple[str, ...]) -> frozenset[str]:
    return meanings.sentence(words).strong & _REMARKED if words else frozenset()


def _is_somebody(place: Place) -> bool:
    """Whether the column holds whose row it is, of those who work here."""
    return share(place, "PERSON") >= _SHARE or "staff" in concepts(place)

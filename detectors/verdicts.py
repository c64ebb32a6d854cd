"""What one column holds: evidence with weights, added up for each entity that something names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from detectors import fits, labels, meanings, objections, places, trades
from detectors.base import Place
from detectors.chances import SENSITIVE
from detectors.places import share
from detectors.tables import Table

_STANDS = 1.0
_BEST, _LEAST = 0.95, 0.6
_ENOUGH = 20
_SHARE, _STRAY, _NEARLY = 0.5, 0.15, 0.99
_REASONS = {
    "label": "label",
    "likely": "label",
    "hint": "label",
    "table": "table name",
    "refers": "foreign key",
    "row": "table name",
    "field": "label",
    "comment": "comment",
    "values": "values",
    "key": "person key beside",
    "beside": "column beside",
    "kin": "column beside",
    "fits": "values fit",
}


_DATED = frozenset(
    {"CONSENT", "CONTRACT", "CREDIT_RATING", "DEBT_COLLECTION", "PAYMENT_HISTORY", "INVOICE"}
)
"""What days and answers are about, in a table of such."""
_DAILY = frozenset({"CONTRACT", "DEBT_COLLECTION", "PAYMENT_HISTORY", "INVOICE"})
"""What has days: a time of day there is when the row was written."""
_PLAINEST = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER")
_WRITTEN = frozenset({"CORRESPONDENCE", "COMPLAINT"})
_WRITERS = (*_PLAINEST, "CUSTOMER_NUMBER", "SE_PERSONNUMMER")
_SOMETIMES = 0.03
"""Share of texts that tell whose they are, from which on all are somebody's."""
_NUMBERED = frozenset({"CONTRACT", "DEBT_COLLECTION", "INVOICE"})
"""What has numbers of its own, which lead to whose it is."""
_INHERITED = _DATED | {"CHARGING_SESSION", "EMPLOYEE_RECORD", "ELECTRICITY_CONSUMPTION", "PURCHASE"}
"""What columns that say little are, in a table of such."""
_DEALS = frozenset({"CONTRACT", "PURCHASE", "INVOICE", "PAYMENT_HISTORY"})
"""What customers have and staff have not: a word of both is the staff's in a table of theirs."""
_WHOLE = frozenset({"COMPLAINT", "CREDIT_RATING", "DEBT_COLLECTION", "TRADE_UNION"})
"""What all that is said of somebody is, in a table of such."""
_PARTS = frozenset(
    {meanings.UNKNOWN, "decision", "amount", "count", "score", "reason", "date", "price", "plain"}
    | {"bureau"}
)
"""What parts of an answer are called: of the row, its kind or whom it came from is nothing said."""
_UNLIKE = ("EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "PHONE_NUMBER", "SE_PERSONNUMMER")
_NAMES = frozenset({"PERSON", "SE_ADDRESS", "SE_METERING_POINT_ID", "ELECTRICITY_SUPPLIER"})
"""Told in words or numbers of their own: a column of those before is none of them."""
_MOST = 0.8
_IN_CHARGING = frozenset({"ELECTRICITY_CONSUMPTION", "WEB_ACTIVITY"})
"""What is none of its own in a table of charging sessions: energy is not a household's."""


_TOLD_IN_WORDS = frozenset({"COMPLAINT", "TRANSCRIPT"})
"""What the words of a table of such tell."""
_TOLD_IN_FIELDS = frozenset({"WEB_ACTIVITY", "CHARGING_SESSION"})
"""What the structures of a table of such events tell."""


_NEVER_NAMES = objections.EVENTS | {"HEALTH", "INVOICE", "CONTRACT", "LIVING_AREA", "CREDIT_CARD"}


class Verdict(NamedTuple):
    """One entity that a column holds, how sure that is, and why."""

    entity: str
    score: float
    reasons: tuple[str, ...]


def of(table: Table, place: Place) -> Iterator[Verdict]:
    """The verdicts on one column of a table, in a stable order."""
    told = _told(table, place)
    for entity in sorted(told):
        if not place.read and not _is_meant(table, told[entity]):
            continue
        if objections.stand(table, place, entity):
            continue
        evidence = _weighed(told[entity]) + _context(table, place, entity, told[entity])
        if not {"values", "field"} & {*told[entity]}:
            evidence += _look(table, place, entity)
        weights = fits.rules()["weights"]
        total = round(sum(weights[kind] for kind in evidence), 2)
        if total >= _STANDS:
            reasons = dict.fromkeys(_REASONS[kind] for kind in evidence if kind in _REASONS)
            score = min(_BEST, round(_LEAST + total - 1, 2)) if place.read else _LEAST
            yield Verdict(entity, score, (*reasons, *(() if place.read else ("no values",))))


def _is_meant(table: Table, told: list[str]) -> bool:
    """Whether a column without values is meant for an entity, for all that its name says."""
    is_named = bool({"label", "table"} & {*told})
    is_theirs = (
        table.is_about_persons or table.is_keyed_by_name or bool(table.topic & meanings.SPREAD)
    )
    return is_named and not table.is_of_others and is_theirs


def _told(table: Table, place: Place) -> Mapping[str, list[str]]:
    """For each entity that something names, what names it."""
    own = places.said(place)
    both = table.meant(place)
    left = _left_out(table, place)
    sources = {
        "label": _narrowed(own.strong, table),
        "table": both.strong - own.strong - left,
        "refers": places.referred(place),
        "comment": frozenset()
        if _stands(place, own.strong)
        else places.commented(place, table.name),
        "values": table.told[place.location],
        "field": places.structured(place),
        "row": frozenset({"CUSTOMER_NUMBER"} if place.location in table.own else ()),
        "likely": own.likely,
        "hint": (own.weak | (both.weak - left)) - own.strong - both.strong - own.likely,
    }
    found: dict[str, list[str]] = {}
    for source, entities in sources.items():
        for entity in entities:
            if source not in ("hint", "likely") or fits.fit(place.shape, entity) >= 0:
                found.setdefault(entity, []).append(source)
    return _turned(table, place, found or _told_by_table(table, place, left), left)


def _told_by_table(table: Table, place: Place, left: frozenset[str]) -> dict[str, list[str]]:
    """What a column is whose label says nothing of it, for what the table is about."""
    found: dict[str, list[str]] = {}
    if _is_of_topic(table, place):
        found = {entity: ["hint"] for entity in table.topic & _DATED - left}
    if not found and _is_deals_number(table, place):
        found = {entity: ["likely"] for entity in table.topic & _NUMBERED}
    if not found and _is_inherited(table, place):
        is_price = "price" in places.concepts(place) and fits.is_money(place.shape)
        unpriced = meanings.UNPRICED if is_price else frozenset()
        found = {entity: ["hint"] for entity in table.topic & _WHOLE - unpriced}
    if not found and "CONTRACT" in table.topic and places.is_agreed(place):
        found = {"CONTRACT": ["likely"]}
    return found or _told_by_values(table, place)


def _turned(
    table: Table, place: Place, found: dict[str, list[str]], left: frozenset[str]
) -> Mapping[str, list[str]]:
    """What words mean in a table about staff, complaints, charging or events on the web."""
    if place.shape.share("json") >= _MOST:
        for entity in table.topic & _TOLD_IN_FIELDS - left:
            found.setdefault(entity, []).append("hint")
    if table.is_of_staff and _is_plain(place, found):
        aside = _DEALS | {"CORRESPONDENCE"}
        found = {entity: said for entity, said in found.items() if entity not in aside}
        found.setdefault("EMPLOYEE_RECORD", []).append("hint")
    if "CORRESPONDENCE" in found and place.shape.share("words") >= _SHARE:
        for entity in table.topic & _TOLD_IN_WORDS:
            found.setdefault(entity, found["CORRESPONDENCE"])
    if "PURCHASE" in table.topic and "accepted" in places.concepts(place):
        found = {"CONTRACT": found.pop("CONSENT", ["hint"])}
    if "compensation" in table.concepts & {*places.concepts(place)} and table.is_metered(place):
        found = {"PAYMENT_HISTORY": ["likely"]}
    is_owed = table.topic == {"DEBT_COLLECTION"} and "PAYMENT_HISTORY" in found
    if is_owed and "label" not in found["PAYMENT_HISTORY"]:
        found.setdefault("DEBT_COLLECTION", []).extend(found.pop("PAYMENT_HISTORY"))
    if "ELECTRICITY_SUPPLIER" in found and place.shape.dated >= _MOST:  # when it took over
        found["CONTRACT"] = found.pop("ELECTRICITY_SUPPLIER")
    if "ELECTRICITY_CONSUMPTION" in found.keys() & table.topic:
        found.pop("CHARGING_SESSION", None)
    for entity in _IN_CHARGING & found.keys():
        if table.is_of_charging(place):
            found.setdefault("CHARGING_SESSION", []).extend(found.pop(entity))
    return found


def _is_deals_number(table: Table, place: Place) -> bool:
    """Whether it tells the rows of a table of contracts or claims apart by a name of its own."""
    is_named = {*places.concepts(place)} == {meanings.UNKNOWN, "number"}
    is_first = table.places[0] is place or (place.column is not None and place.column.unique)
    is_own = is_first and place.shape.unique >= _NEARLY and place.shape.share("code") >= _MOST
    return is_named and is_own and not trades.is_of_suppliers(table)


def _told_by_values(table: Table, place: Place) -> dict[str, list[str]]:
    """Texts about persons, and amounts of a metering point, whose label says nothing."""
    if not places.is_open(place) or not table.is_tied(place):
        return {}
    found = max((share(place, entity) for entity in place.tallies), default=0.0)
    if place.shape.is_told and 0 < found < _SHARE and not table.is_of_staff:
        return {"CORRESPONDENCE": ["values"]}
    is_number = "number" in places.concepts(place)
    if not is_number and table.is_metered(place) and fits.is_yearly(place.shape):
        return {"ELECTRICITY_CONSUMPTION": ["likely"]}
    return {}


def _stands(place: Place, entities: frozenset[str]) -> bool:
    """Whether the values may be what the label names."""
    return any(fits.fit(place.shape, entity) >= 0 for entity in entities)


def _is_of_topic(table: Table, place: Place) -> bool:
    """Whether a column of days, amounts or answers, whose label says nothing, is the table's."""
    said = set(places.concepts(place))
    if "CONSENT" in table.topic and said == {"audit", "date"}:
        return True
    if not said <= {meanings.UNKNOWN, "date", "amount"} or meanings.UNKNOWN not in said:
        return False
    shape = place.shape
    is_amount = "amount" in said and bool(table.topic & _DAILY) and shape.numeric >= _MOST
    return is_amount or fits.is_money(shape) or shape.dated >= _MOST or fits.is_answer(shape)


def _is_inherited(table: Table, place: Place) -> bool:
    """Whether a column of a table of answers or claims about persons is a part of the answer."""
    shape = place.shape
    if not table.is_of_natural or places.is_seen(place) or not {*places.concepts(place)} <= _PARTS:
        return False
    if shape.is_text or fits.is_clocked(shape) or fits.is_constant(shape):
        return False
    if shape.numeric >= _MOST:
        return not fits.is_category(shape) and not places.is_counted(place)
    return fits.is_answer(shape) or fits.is_category(shape)


def _left_out(table: Table, place: Place) -> frozenset[str]:
    """What the column is not, though the table's name and the heads of its label say so."""
    found = frozenset() if table.is_of_web else frozenset({"WEB_ACTIVITY"})
    found |= frozenset() if table.is_of_sessions else {"CHARGING_SESSION"}
    found |= frozenset() if trades.is_of_purchases(table) else {"PURCHASE"}
    found |= _DEALS if trades.is_of_suppliers(table) else frozenset()
    if fits.is_clocked(place.shape):
        return found | _DAILY
    if fits.is_answer(place.shape):
        return found | (_INHERITED - {"CONSENT"})
    return found | _INHERITED if fits.is_idle(place.shape) else found


def _is_plain(place: Place, found: Mapping[str, list[str]]) -> bool:
    """Whether a column of a table about staff says nothing plainer than that."""
    if found.keys() - _DEALS - {
        "ATTITUDE_NOTE",
        "CORRESPONDENCE",
        "EMPLOYEE_RECORD",
    } or labels.tokens(place.label)[-1:] == ("id",):
        return False
    is_named = "EMPLOYEE_RECORD" in found
    if not is_named and _is_idle(place):
        return False
    is_audit = "audit" in places.concepts(place) and not place.shape.is_text
    if is_audit or (not found and "number" in places.concepts(place)):
        return False
    if not found and (places.is_of_things(place) or {"firm", "system"} & {*places.concepts(place)}):
        return False
    if not found and (place.shape.share("code") >= _MOST or fits.is_clocked(place.shape)):
        return False
    plain = place.tallies.keys() - SENSITIVE
    return place.shape.is_text or not any(share(place, each) >= _STRAY for each in plain)


def _is_idle(place: Place) -> bool:
    """Whether a column of a table about staff tells nothing of them: constants, states, runs."""
    if not fits.is_idle(place.shape) or not {*places.concepts(place)} <= {meanings.UNKNOWN}:
        return fits.is_idle(place.shape)
    return fits.is_constant(place.shape) or place.shape.dated > 0 or place.shape.numeric > 0


def _narrowed(entities: frozenset[str], table: Table) -> frozenset[str]:
    """Of several entities that a label names, that which the table is about: payments."""
    return entities if "INVOICE" in table.topic else entities & table.topic or entities


def _weighed(sources: list[str]) -> list[str]:
    """The strongest of what names the entity, and that there is a second."""
    weights = fits.rules()["weights"]
    strongest = max(sources, key=lambda source: float(weights[source]))
    return [strongest, "agreement"] if len(sources) > 1 else [strongest]


def _context(table: Table, place: Place, entity: str, told: list[str]) -> list[str]:
    """What table and values say of the entity in this column."""
    needs: Mapping[str, Any] = fits.rules()["needs"]
    found = []
    is_seen = "values" in told and entity in needs["seen"]
    if is_seen or (entity in needs["alone"] and not table.doubts(place, entity)):
        found.append("alone")
    elif (entity in needs["key"] or not place.read) and (
        table.is_keyed(place, entity) or _is_own_key(table, place, entity)
    ):
        found.append("key")
    elif table.tells(fits.rules()["beside"].get(entity, ""), place):
        found.append("beside")
    if table.has(entity, place) or entity in table.topic or _is_kin(table, place, entity):
        found.append("kin")
    if table.is_of_others:
        found.append("others")
    return found


def _is_own_key(table: Table, place: Place, entity: str) -> bool:
    """Whether the column tells rows of one device, or deal, apart: each is somebody's."""
    if entity in _WRITTEN and place.shape.is_text:
        return any(share(place, each) >= _SOMETIMES for each in _WRITERS)
    if entity in _NUMBERED and entity in table.topic and places.is_numbered(place):
        return not trades.is_of_suppliers(table)
    return entity == "DEVICE_INFO" and "number" in places.concepts(place)


def _look(table: Table, place: Place, entity: str) -> list[str]:
    """Whether the values look like the entity."""
    if entity in _NAMES and any(share(place, other) >= _MOST for other in _UNLIKE):
        return ["misfits"]
    told = table.told[place.location]
    if entity in _NEVER_NAMES and any(
        share(place, each) >= _MOST or each in told for each in (*_PLAINEST, "SE_PERSONNUMMER")
    ):
        return ["misfits"]
    look = fits.fit(place.shape, entity)
    return ["fits" if look > 0 else "misfits"] if look else []


def _is_kin(table: Table, place: Place, entity: str) -> bool:
    """Whether a column beside makes the entity likely in another way than by its own name."""
    if entity == "SE_ADDRESS":
        return table.has("CUSTOMER_NUMBER", place)
    if entity == "PERSON":
        names = share(place, "PERSON")
        is_sure = place.read >= _ENOUGH and fits.named(place.shape.sample) > 0
        some = 0.3 if is_sure else _SHARE
        return names >= some or (names > 0 and table.is_beside_natural(place))
    if entity == "SE_BANK_ACCOUNT":
        return objections.is_split_account(table, place)
    return entity == "COORDINATES" and objections.is_pair(table, place)

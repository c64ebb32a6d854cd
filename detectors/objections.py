"""What speaks against an entity in a column, though something names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from detectors import fits, labels, meanings, places, trades
from detectors.base import Place
from detectors.places import concepts, said, share
from detectors.tables import Table

EVENTS = frozenset(
    {"PURCHASE", "CHARGING_SESSION", "WEB_ACTIVITY", "CORRESPONDENCE", "PAYMENT_HISTORY"}
    | {"CONSENT", "ELECTRICITY_CONSUMPTION", "CREDIT_RATING", "DEVICE_INFO", "COMPLAINT"}
)
"""What happens to somebody; the number of its row is nobody's."""
_NUMBERED = frozenset({"CONTRACT", "CONSENT", "CUSTOMER_NUMBER", "DEBT_COLLECTION"})
"""What has numbers of its own, which do not begin with the table."""
_BESIDE = frozenset({meanings.UNKNOWN, "register", "identity"})
"""Words of tables of customers beside those."""
_OF_MACHINES = frozenset({"DEVICE_INFO", "IP_ADDRESS", "MAC_ADDRESS", "WEB_ACTIVITY"})
_PATTERNED = frozenset({"SE_METERING_POINT_ID", "SE_BANK_ACCOUNT"})
"""Read by pattern; the label concludes only what patterns cannot see."""
_MONEY = frozenset(
    {"kr", "ore", "sek", "eur", "euro", "cent", "cents", "nok", "dkk", "price", "spot"}
)
_MONEY_ENDS = ("pris", "kostnad", "belopp", "avgift", "kronor")
_RECORDED = frozenset({"VOICE_RECORDING", "CCTV_FOOTAGE", "SIGNATURE", "ID_DOCUMENT"})
_HOUSEHOLDS = 300
"""Megawatt-hours from which on they are those of many."""
_ENOUGH = 20
_SHARE, _STRAY, _UNIQUE, _CODED, _NEARLY = 0.5, 0.15, 0.99, 0.6, 0.9
_PER_AREA = re.compile(r"wh ?(?:/|_|per) ?(?:m2|m²|kvm)", re.IGNORECASE)
"""What a house needs, which is its own."""
_PAY = re.compile("l[öÖ]n|lo\u0308n", re.IGNORECASE)
"""Pay, which is no longitude where its dots are written."""
_SETTINGS, _BRIEF = 8, 5
"""Values of a setting, and their characters, at most."""


def stand(table: Table, place: Place, entity: str) -> bool:
    """Whether the entity is told by its pattern already, or cannot be meant here."""
    if entity in _PATTERNED and share(place, entity) >= _SHARE:
        return True
    if table.is_of_machines and entity in _OF_MACHINES:
        return True
    if entity in EVENTS and places.is_technical(place):
        return True
    if entity in EVENTS and _is_row_number(table, place):
        return True
    if entity in _NUMBERED and _is_counted(place):
        return entity != "CUSTOMER_NUMBER" or bool(table.concepts - places.ROWS - _BESIDE)
    objects = _OBJECTIONS.get(entity)
    return objects is not None and objects(table, place)


def may_be(place: Place, entity: str) -> bool:
    """Whether the label may mean the entity."""
    meaning = said(place)
    return entity in meaning.strong | meaning.weak


def is_split_account(table: Table, place: Place) -> bool:
    """Whether clearing number and account stand in two columns."""
    if any(_are_halves(*pair) for other in table.others(place) for pair in _both(place, other)):
        return True
    beside = [key for other in table.others(place) for key in labels.keys(other.label)]
    is_clearing = any("clearing" in key for key in labels.keys(place.label))
    return any(("konto" in key) if is_clearing else ("clearing" in key) for key in beside)


def _both(place: Place, other: Place) -> tuple[tuple[Place, Place], tuple[Place, Place]]:
    return (place, other), (other, place)


def _are_halves(clearing: Place, account: Place) -> bool:
    """Whether both are a bank's by their labels, of four digits and of more."""
    if not (may_be(clearing, "SE_BANK_ACCOUNT") and may_be(account, "SE_BANK_ACCOUNT")):
        return False
    return fits.are_digits(clearing.shape, 4, 5) and fits.are_digits(account.shape, 6, 11)


def is_pair(table: Table, place: Place) -> bool:
    """Whether another column may be the other half of coordinates."""
    return any(may_be(other, "COORDINATES") for other in table.others(place))


def _is_row_number(table: Table, place: Place) -> bool:
    """Whether the column numbers the table's own rows."""
    is_first = table.places[0] is place or (place.column is not None and place.column.unique)
    is_number = "number" in concepts(place) or _is_counted(place)
    return is_first and is_number and place.shape.unique > _UNIQUE


def _is_counted(place: Place) -> bool:
    """Whether the rows are counted from the first on."""
    return places.is_counted(place) and min(place.shape.numbers) <= 1


def _is_nobodys_name(table: Table, place: Place) -> bool:
    """Whether a column of whole names holds next to no names of persons."""
    if "PERSON" in table.told[place.location]:
        return False
    if places.is_named_so(place):
        return True
    key = labels.keys(place.label)[0]
    parts = ("fornamn", "efternamn", "firstname", "lastname", "fnamn", "enamn", "surname", "mname")
    single = key.endswith(parts) or key in {"givenname", "middlename", "mellannamn", "birthname"}
    return not single and place.read >= _ENOUGH and share(place, "PERSON") < 0.1


def _is_no_letter(table: Table, place: Place) -> bool:
    """Whether a note is but a name or a code, or is written for all to read."""
    if "WEB_ACTIVITY" in table.topic and not table.is_of_web:
        return True
    is_sorted = place.read > 0 and fits.is_category(place.shape)
    if is_sorted and not (place.shape.is_text or table.is_of_natural):
        return True
    if not fits.is_file(place.shape) and place.shape.share("code", "integer") > _CODED:
        return True
    return not place.shape.is_text and share(place, "PERSON") >= _STRAY


def _is_no_address(table: Table, place: Place) -> bool:
    """Whether a part of an address stands alone."""
    beside = any(
        may_be(other, "SE_ADDRESS") or share(other, "SE_ADDRESS") >= _SHARE
        for other in table.others(place)
    )
    return not beside and not table.has("CUSTOMER_NUMBER", place)


def _is_half(table: Table, place: Place) -> bool:
    """Whether one half of coordinates stands alone."""
    if "COORDINATES" in table.told[place.location]:
        return False
    if _PAY.search(place.label):
        return True
    is_whole = "koordinat" in labels.keys(place.label)[0]
    return not (is_whole or is_pair(table, place) or table.has("COORDINATES", place))


def _is_no_account(table: Table, place: Place) -> bool:
    """Whether an account is none of a bank's, for all that is seen of it."""
    is_whole = "SE_BANK_ACCOUNT" in table.told[place.location]
    return not is_whole and not is_split_account(table, place)


def _is_aside(_: Table, place: Place) -> bool:
    """Whether the number is another thing's than the row's, or told already to be a person's."""
    told = share(place, "SE_PERSONNUMMER") + share(place, "SE_ORGANISATIONSNUMMER")
    if told >= _NEARLY and not place.shape.is_text:
        return True
    is_bare = {*concepts(place)} == {"number"} and not said(place).strong
    return is_bare and place.shape.filled < place.shape.rows


def _is_nobodys_work(table: Table, place: Place) -> bool:
    """Whether it numbers what an employee did, or says yes or no of nobody."""
    is_told = table.is_tied(place) and "audit" not in concepts(place)
    if fits.is_answer(place.shape) and not is_told:
        return True
    is_bare = {*concepts(place)} <= {"number", "row"} and not said(place).strong
    is_beside = table.has("EMPLOYEE_RECORD", place) or _is_counted(place)
    return is_bare and is_beside and _is_row_number(table, place)


def _is_recorded(table: Table, place: Place) -> bool:
    """Whether it leads to a recording, and to nothing that somebody looked at."""
    return bool(table.told[place.location] & _RECORDED)


def _is_setting(_: Table, place: Place) -> bool:
    """Whether it is one of a few numbers or versions, and only hinted at: days to pay, plugs."""
    codes = place.shape.codes
    if {*concepts(place)} == {"charger", "number"}:  # which plug
        return True
    if said(place).strong or codes is None or place.read < _ENOUGH:
        return False
    is_brief = len(codes) <= _SETTINGS and max(map(len, codes), default=0) <= _BRIEF
    return is_brief and place.shape.share("integer", "decimal", "code") > _UNIQUE


def _is_priced(table: Table, place: Place) -> bool:
    """Whether it is told in money, or is a firm's: neither is somebody's consumption."""
    if table.concepts >= {"firm", "contact"} and not table.is_of_natural:
        return True
    words = {*labels.tokens(place.label)}
    if fits.is_answer(place.shape) or _PER_AREA.search(place.label):
        return True
    if trades.is_of_vehicles(table) and not any("wh" in word for word in words):
        return True
    if "mwh" in words and place.shape.median() > _HOUSEHOLDS and not table.is_of_natural:
        return True
    return bool(words & _MONEY) or any(word.endswith(_MONEY_ENDS) for word in words)


def _is_suppliers(table: Table, _: Place) -> bool:
    """Whether the table is called after firms that send us their invoices."""
    is_theirs = bool(table.concepts & {"firm", "supplier"}) and trades.is_of_suppliers(table)
    return trades.is_procured(table) or is_theirs


def _is_bought(table: Table, _: Place) -> bool:
    """Whether it is what we buy, or what a car takes in."""
    return trades.is_procured(table) or trades.is_fueled(table)


def _is_emobility(_: Table, place: Place) -> bool:
    """Whether the contracts are those of charging cards, which are told already."""
    return share(place, "EMAID") >= _SHARE


def _is_kind(_: Table, place: Place) -> bool:
    """Whether it is of which kind secrets are: they are no few words."""
    codes = place.shape.codes or ()
    return len(codes) > 1 and fits.is_category(place.shape)


def _is_said_of(_: Table, place: Place) -> bool:
    """Whether it says yes or no of a device."""
    return fits.is_answer(place.shape)


def _is_dated(_: Table, place: Place) -> bool:
    """Whether it is when a supplier began or ended."""
    return place.shape.dated >= _SHARE


_OBJECTIONS: Mapping[str, Callable[[Table, Place], bool]] = {
    "PERSON": _is_nobodys_name,
    "CORRESPONDENCE": _is_no_letter,
    "ELECTRICITY_CONSUMPTION": _is_priced,
    "SE_ADDRESS": _is_no_address,
    "COORDINATES": _is_half,
    "CHARGING_SESSION": _is_setting,
    "CUSTOMER_NUMBER": _is_aside,
    "EMPLOYEE_RECORD": _is_nobodys_work,
    "WEB_ACTIVITY": _is_recorded,
    "PAYMENT_HISTORY": _is_setting,
    "INVOICE": _is_suppliers,
    "PURCHASE": _is_bought,
    "CONTRACT": _is_emobility,
    "CREDENTIAL": _is_kind,
    "DEVICE_INFO": _is_said_of,
    "ELECTRICITY_SUPPLIER": _is_dated,
    "SE_BANK_ACCOUNT": _is_no_account,
}

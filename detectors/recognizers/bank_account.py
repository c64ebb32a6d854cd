"""Swedish bank accounts: a bank's clearing number and the account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from detectors import identity, money
from detectors.checkdigits import is_luhn
from detectors.clearing import SIZES, Check, check_of, has_check_digit
from detectors.recognizers.base import NUMBER_DOUBTS, Hit, Recognizer

VERSION = "11"
_WORD = r"[Kk](on)?to|K(ON)?TO|[Bb]ankkont|[Aa]cc"
TRIGGER = (
    rf"\b[1-9][0-9]{{3}}(-?[0-9])?[ ,;./\t\r\n]{{0,4}}((och|and) )?({_WORD})"
    r"|\b[1-9][0-9]{3}(-?[0-9])?[ .,]{1,2}([Cc]learing|([Mm]itt )?[Kk]onto)"
    r"|\b[1-9][0-9]{3}( ?[-,/] ?| )[0-9]{6,11}\b"
    r"|\b[1-9][0-9]{3}( ?[-,/] ?| )[0-9]{1,3} [0-9]{2,4}[ -][0-9]"
    r"|\b[1-9][0-9]{3} ?[-,/] ?([0-9]{3} [0-9]{4}|[0-9]{4,6}[ -][0-9])"
    r"|\b[1-9][0-9]{3} ([0-9]{3}|[0-9]{5}) [0-9]{4}\b|\b[1-9][0-9]{3} [0-9]{3} [0-9]{6}\b"
    r"|\b(33|37)[0-9]{2} [0-9]{6}-[0-9]{4}\b"
    r"|\b8[0-9]{3}-[0-9]( ?[-,/] ?| )[0-9]|\b8[0-9]{4} ?[-,/] ?[0-9]{3}"
    r"|\b[1-9][0-9]{3} [0-9]{2} [0-9]{5}\b"
    r"|\b[1-9][0-9]{3}(-[0-9])?([\"']?( ?[;|\t] ?| {2,9})[\"']?|', ?')[0-9]{6,10}\b"
    r"|(?i:(clearing|cl[. ]?nr)[_ ]?(nr|nummer|number|no)?)[\"'>:= ]{1,4}[1-9][0-9]{3}"
    r"|\b([1-9][0-9]{10}|[68][0-9]{11,12}|8[0-9]{13,14}|(33|37|9[13589])[0-9]{12})\b"
)
REACH = 80

_CLEARING = r"(?P<clearing>[1-9](?<![0-9A-Za-zÅÄÖåäö_].)(?<![0-9][-.:/+].)[0-9]{3})"
_AFTER = r"(?![0-9A-Za-zÅÄÖåäö_])(?![-.:/+][0-9])"
_DECIMALS = re.compile(r",[0-9]{2}(?![0-9])")
_APART = re.compile(
    rf"{_CLEARING}(?:(?P<dash>-?)(?P<fifth>[0-9])(?![0-9]))?"
    r"(?P<between>[ ,;./\t\r\n]{0,4}(?:(?:och|and) )?"
    r"(?i:(?:bank)?konto|kto|acc(?:oun)?t)\.?(?i:[ -]?(?:nr|nummer|numret|number|no)\b)?"
    r"[.:]{0,2}[ \t]?(?:är )?"
    r"|, ?| ?/ ?| ?- ?| )"
    r"(?P<account>[0-9]{1,3} [0-9]{2,4}[ -][0-9]{1,4}(?: [0-9]{1,4})?(?:-[0-9])?"
    r"|[0-9]{3} [0-9]{4}|[0-9]{3} [0-9]{6}|[0-9]{2} [0-9]{5}|[0-9]{4,6}[ -][0-9]{1,4}"
    rf"|[0-9]{{6,11}}(?:-[0-9])?){_AFTER}"
)
_AWAY = re.compile(
    rf"{_CLEARING}(?:-?[0-9])?[ .,]{{1,2}}(?:(?i:clearing)[a-z]{{0,8}}[,.]? (?:och )?|[Mm]itt )?"
    r"(?i:konto) ?(?:nr|nummer)?:? (?P<account>[0-9]{7,10})"
    rf"{_AFTER}"
)
"""A clearing number named or in a sentence before the account: the account is told alone."""
_KEY = r"(?i:[a-z_ .]{0,12})[\"'>]? ?[:=]? ?[\"']?"
_OWN_KEY = r"[^0-9:=]{0,30}(?:konto|kto|account|acct?|number)"
_KEYED = re.compile(
    rf"(?i:clearing|cl[. ]?nr){_KEY}{_CLEARING}(?:-?[0-9])?(?![0-9])"
    rf"(?i:{_OWN_KEY}{_KEY})(?P<account>[0-9]{{6,10}}){_AFTER}"
)
"""Both beside their keys: `"clearing": "5023", "konto": "1000006"`."""
_IN_CELLS = re.compile(
    rf"{_CLEARING}(?:-?[0-9])?(?:[\"']? ?[;|\t] ?[\"']?|', ?'| {{2,9}})"
    rf"(?P<account>[0-9]{{6,10}}){_AFTER}"
)
"""Each in a cell of its own: the headers over both tell, or a payment's other cells."""
_SOLID = re.compile(rf"{_CLEARING}(?P<account>[0-9]{{7,11}}){_AFTER}")
_DIMENSIONS = re.compile("[0-9]{4}-[0-9]{4}-[0-9]{3}")
_BOOKS = re.compile(
    r"(?i:debitera|kreditera|motkonto|verifikat|konter(?:a|ing)|bokför|huvudbok|\bkst\b|omföring)"
)
_LEDGER = re.compile(
    r"(?im)insert into \S{0,20}(?:ledger|gl_|journal|huvudbok|veri|bokf)|^(?:ledger|huvudbok)[;|\t]"
)
"""A table of the books: its accounts are no bank's."""
_CHART = re.compile(r"(?i:kontoplan|\bkontering|\bkontosträng|\b(?:ej|inte|inget) (?:ett )?bankk)")
_DATE = re.compile(r"(?:19|20)[0-9]{2} ?- ?[01][0-9]-[0-3][0-9]|(?:19|20)[0-9]{6}(?![0-9])")
_GROUPED = re.compile(r"[0-9]{1,3} [0-9]{2,4}[ -][0-9]")
_IN_TWO = re.compile(r"[0-9]{5} [0-9]{4}|[0-9]{3} [0-9]{4}|[0-9]{3} [0-9]{6}|[0-9]{2} [0-9]{5}")
_AMOUNT = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){1,2}")
_SHORTEST, _LONGEST_AMOUNT = 11, len("1 250 000")
_CURTAILED = "without leading zeros"
"""Handelsbanken's accounts have nine digits or eight; people leave zeros before them out."""
_RIGHT, _PAYS, _OF_BOOKS = 0.4, 0.55, 0.1
"""Scores of a right check digit, of one in a payment or talk of money, of an account of books."""
_BACK, _FAR, _AHEAD, _TABLE = 40, 72, 40, 2000
_NOT_DIGITS = re.compile(r"[ -]")


def is_valid(number: str) -> bool:
    """Whether the string is a clearing number and an account of its bank's length."""
    return any(
        shape.fullmatch(number)
        and any(hit.end == len(number) and _CURTAILED not in hit.reasons for hit in find(number))
        for shape, find in ((_APART, _apart), (_SOLID, _solid))
    )


def _is_personal(clearing: str, account: str) -> bool:
    """Whether it is Nordea's personkonto: clearing 3300 and the owner's personnummer."""
    return clearing in ("3300", "3782") and identity.parse(account) is not None


def _is_curtailed(clearing: str, account: str) -> bool:
    return clearing[0] == "6" and len(account) == SIZES[Check.NINE].start


def _cut(account: str, check: Check) -> str:
    """As many of the account's groups as make an account of the bank's length, or nothing."""
    while account:
        if len(_NOT_DIGITS.sub("", account)) in SIZES[check]:
            return account
        shorter = re.split(r"[ -](?=[0-9]+\Z)", account)[0]
        account = shorter if shorter != account else ""
    return ""


def _apart(text: str) -> Iterator[Hit]:
    at = 0
    while found := _APART.search(text, at):
        hit = _account(text, found)
        if hit is not None:
            yield hit
        at = found.end() if hit else found.end("clearing")


def _account(text: str, found: re.Match[str]) -> Hit | None:
    check = check_of(found["clearing"])
    if check is None or _DATE.match(found[0]) or _DATE.match(found["account"]):
        return None
    if found["fifth"] and not found["clearing"].startswith("8"):
        return None
    account = _cut(found["account"], check)
    if not account or not _is_account(text, found, account) or _is_ledger(text, found):
        return None
    hit = _weighed(found, account)
    return _paid(text, hit) if hit.score == _RIGHT else hit


def _is_ledger(text: str, found: re.Match[str]) -> bool:
    """Whether it is an account of the books with its dimensions: `4010-3320-118`."""
    if not _DIMENSIONS.fullmatch(found[0]):
        return False
    start, end = found.span()
    return _BOOKS.search(text, max(0, start - _FAR), end + _FAR) is not None


def _paid(text: str, hit: Hit) -> Hit:
    """An account with a right check digit, stronger where somebody is paid."""
    owed = _owed(text, hit)
    if owed is hit and money.is_about(text, hit.start - _FAR, hit.end + _AHEAD):
        return hit._replace(score=_PAYS, reasons=(*hit.reasons, "words about money"))
    return owed


def _away(text: str) -> Iterator[Hit]:
    """Accounts whose clearing number stands apart from them."""
    for found in chain(_AWAY.finditer(text), _KEYED.finditer(text)):
        clearing, account = found["clearing"], found["account"]
        check = check_of(clearing)
        if check is not None and len(account) in SIZES[check]:
            score = _RIGHT if has_check_digit(clearing, account) else 0.25
            yield Hit(*found.span("account"), score, ("clearing number",))


def _in_cells(text: str) -> Iterator[Hit]:
    """A clearing number and its account in two cells of a row."""
    for found in _IN_CELLS.finditer(text):
        clearing, account = found["clearing"], found["account"]
        check = check_of(clearing)
        if check is None or len(account) not in SIZES[check] or _DATE.fullmatch(account):
            continue
        if has_check_digit(clearing, account):
            yield _owed(text, Hit(*found.span(), _RIGHT, ("check digit", "clearing number")))
        else:
            yield Hit(*found.span(), 0.25, ("clearing number",))


def _owed(text: str, hit: Hit) -> Hit:
    """An account in cells, stronger where the row's other cells are a payment's."""
    if money.is_payment(text, hit.start, hit.end):
        return hit._replace(score=_PAYS, reasons=(*hit.reasons, "payee and amount beside"))
    return hit


def _is_account(text: str, found: re.Match[str], account: str) -> bool:
    """Whether digits one space after four others are an account, not amounts in a row."""
    if found["between"] != " ":
        return True
    if _DECIMALS.match(text, found.end()):
        return False
    if found["fifth"]:
        return bool(found["dash"])
    if account != found["account"] or identity.is_crowded(text, *found.span()):
        return False
    return _is_written(found, account)


def _is_written(found: re.Match[str], account: str) -> bool:
    """Whether what follows a space is written as accounts are."""
    if account.isdigit() or _is_personal(found["clearing"], account):
        return True
    if _IN_TWO.fullmatch(account):
        return has_check_digit(found["clearing"], _NOT_DIGITS.sub("", account))
    return bool(_GROUPED.match(account)) and not (
        len(account) <= _LONGEST_AMOUNT and _AMOUNT.fullmatch(account)
    )


def _weighed(found: re.Match[str], account: str) -> Hit:
    """The hit with what its numbers are worth."""
    digits = _NOT_DIGITS.sub("", account)
    score, reasons = _worth(found, account, digits)
    start = found.start("account")
    # A clearing number on a line of its own is not part of it.
    whole = start if "\n" in found["between"] else found.start()
    return Hit(whole, start + len(account), score, reasons)


def _worth(found: re.Match[str], account: str, digits: str) -> tuple[float, tuple[str, ...]]:
    if _is_personal(found["clearing"], account):
        return 0.6, ("check digit", "clearing number")
    if _is_curtailed(found["clearing"], digits):
        return 0.25, ("clearing number", _CURTAILED)
    fifth = bool(found["fifth"]) and is_luhn(found["clearing"] + found["fifth"])
    if not has_check_digit(found["clearing"], digits):
        return 0.25, ("clearing number",)
    if fifth and found["dash"] and found["between"].startswith(","):
        return 0.55, ("check digit", "clearing number with its own")
    return _RIGHT, ("check digit", "clearing number")


def _solid(text: str) -> Iterator[Hit]:
    for found in _SOLID.finditer(text):
        clearing, account = found["clearing"], found["account"]
        check = check_of(clearing)
        fifth = check is Check.ANY and clearing.startswith("8") and len(account) == 11
        if fifth and is_luhn(clearing + account[0]):
            account = account[1:]
        if _DECIMALS.match(text, found.end()):
            continue
        if check is None or len(account) not in SIZES[check] or len(found[0]) < _SHORTEST:
            continue
        if check is Check.ANY and not clearing.startswith("8"):
            continue
        if _is_curtailed(clearing, account):
            yield Hit(*found.span(), 0.2, ("clearing number", _CURTAILED))
        elif _is_personal(clearing, account):
            yield Hit(*found.span(), 0.4, ("check digit", "clearing number"))
        elif has_check_digit(clearing, account):
            yield Hit(*found.span(), 0.3, ("check digit", "clearing number"))
        else:
            yield Hit(*found.span(), 0.2, ("clearing number",))


class BankAccount(Recognizer):
    """Accounts with a cue, a label or talk of money; a personnummer in one is its own check.

    Clearing numbers, lengths and check digits are those of Bankgirot's "Bankernas
    kontonummeruppbyggnad", types 1 and 2 with their comments.
    """

    ENTITY = "SE_BANK_ACCOUNT"
    CUES = (
        "clearing", " clnr ", " cl nr ", "kontonr", "kontonum", "konto nr", "konto num", " konto ",
        " kontot ", "bankkont", "lonekont", "personkont", "sparkont", "privatkont", "girokont",
        "utbetalningskont", "aterbetalningskont", "insattningskont", "overforingskont",
        "autogirokont", "betalkont", "mottagarkont", " kto ", "ktonr", "kto nr", "bank account",
        "bankaccount", "account no", "account num", "accountno", "accountnum", "bankuppgift",
        "bankdetal", " seb ", "swedbank", "handelsbank", " shb ", "nordea", "sparbank",
        "danske bank", "lansforsakringar bank", "ica banken", "skandiabank", "avanza", " bank ",
        "bban", "satts in pa", "sattas in pa", "satt in pa", "sattes in pa", "satta in pa",
        "sattning pa", "sattning till", "betalas ut", "betala ut", "betalats ut", "betalas till",
        "betala tillbaka", "betalar tillbaka", "betalas tillbaka", "utbetal", "overfor till",
        " lon ", " loner ", " lonen ", "lonefil", "payroll", "salary", "arvode", "solersattning",
        "utlagg", "reserakning", "fora over", "fors over", "autogiro", " account ", "payee",
        "beneficiary", "kontouppgift", "klearing", "sort code", " clr ",
    )  # fmt: skip
    DOUBTS = (
        *(doubt for doubt in NUMBER_DOUBTS if doubt != "belopp"), " arende ", "avlas", "projekt",
        "kundkont", "anvandarkont", "bokforingskont", "user account", "customer account",
        "service account", "ledger account", " account id ", "accountid", "aws account",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Numbers that begin with a bank's clearing number: nearly all of them weak."""
        books = _LEDGER.search(text)
        for hit in _found(text):
            charted = _CHART.search(text, max(0, hit.start - _BACK), hit.end + _AHEAD)
            if charted or (books and books.end() < hit.start < books.end() + _TABLE):
                yield hit._replace(score=min(hit.score, _OF_BOOKS))
            else:
                yield hit


def _found(text: str) -> Iterator[Hit]:
    """Numbers whatever table they stand in."""
    yield from _apart(text)
    yield from _solid(text)
    yield from _in_cells(text)
    yield from _away(text)


PLUGIN = BankAccount

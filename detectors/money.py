"""Words and rows of money that somebody pays or gets: what stands beside is an account."""

from __future__ import annotations

import re

_ACCOUNTS = (
    r"\b(?:bank|l[öo]ne|spar|person|privat|mottagar|avs[äa]ndar|betal|giro|kund|v[äa]rde)?"
    r"konto(?:t|n|nr|nummer|numret|uppgift(?:er(?:na)?|en)?|innehavare)?\b|\bkto\b|clearing|\biban\b|\bbban\b"
)
_BANKS = (
    r"\bbank(?:en|ens|er)?\b|swedbank|\bseb\b|nordea|handelsbank|\bshb\b|skandia|\bsbab\b"
    r"|ica banken"
    r"|danske bank|l[äa]nsf[öo]rs[äa]kringar|sparbank|ikano|marginalen|avanza|nordnet|forex|\bdnb\b"
    r"|citibank|resurs bank|landshypotek|[åa]landsbanken|\blunar\b|klarna"
)
_PAID = (
    r"betala(?:s|ts|des|nde)\b|betala[rt]? (?:ut|in|till|tillbaka)\b|betalning"
    r"|\bdra(?:s|gs|gning(?:en)?|gen)? (?:fr[åa]n|p[åa]|ur)\b|autogiro|medgivande|[öo]verf[öo]r"
    r"|\bf[öo]r[ts]?s? [öo]ver|\bs[äa]tt(?:a|er|as|s|es)? (?:in|p[åa]|[öo]ver)\b|ins[äa]tt"
    r"|\b(?:ska|skall|vill|ha|kom|kommer|gick|g[åa]r) in p[åa]\b|\buttag|debiter|girera|swish"
    r"|skicka[srdt]{0,3} (?:pengar|l[öo]nen|slutlikvid)|resten till"
    r"|\bkr(?:onor)? (?:till|in|fr[åa]n|p[åa])\b"
)
_KINDS = (
    r"pengar|likvid|netto|arrende|hyres?(?:in|int[äa]kt|avi)|deposition|traktamente|milers[äa]ttning"
    r"|reser[äa]kning|skadest[åa]nd|ers[äa]ttning|gottg[öo]r|kompensation|[öo]verskott|tillgodo"
    r"|[åa]terb[äa]ring|restitution|l[öo]neutm[äa]tning|\bl[öo]n(?:en|er|ef[öo]rh[öo]jning)?\b"
    r"|arvode|\bgage\b|pension|sjukpenning|\bbidrag|stipendi|utdelning|provision|royalty"
    r"|premie[ån]|amorter|avbetal|delbetal|utl[äa]gg|skatt [åa]ter|elskatt|intr[åa]ng|\bnya? bank"
    r"|mikroproduktion|els[äa]lj|s[åa]ld el|saldo|\bmitt ny(?:a|tt)\b|bytt bank"
)
_ENGLISH = (
    r"refund|pay ?out|paid (?:to|from|into)|payment|transfer|deposit|salary|wages?\b|payroll|payee"
    r"|beneficiary|remit|reimburs|direct debit|withdraw"
)
_MONEY = re.compile(f"{_ACCOUNTS}|{_BANKS}|{_PAID}|{_KINDS}|{_ENGLISH}", re.IGNORECASE)

_NAME = r"[A-ZÅÄÖ][a-zåäöéć]{1,14}(?:-[A-ZÅÄÖa-zåäöéć]{2,14})?"
_PAYEE = rf"{_NAME}(?: (?:(?:von|af|de|van|der|al|el) ){{0,2}}{_NAME}){{1,2}}"
_AMOUNT = r"-?[0-9]{1,3}(?: ?[0-9]{3}){0,2}[.,][0-9]{2}(?![0-9])"
_SUM = rf"(?:{_AMOUNT}|-?[0-9]{{1,3}}(?: ?[0-9]{{3}}){{0,2}}(?: ?(?:kr|SEK))?[ \t]*(?:\n|\Z))"
_GAP = r"(?: ?[;|\t] ?|, | {2,})"
_PAYMENT_AFTER = re.compile(rf"(?P<cell>[;\t|]) ?{_PAYEE} ?(?P=cell) ?{_AMOUNT}")
_SUM_AFTER = re.compile(rf"{_GAP}{_SUM}")
_PAYEE_BEFORE = re.compile(rf"(?:\A|[;\t|\n] ?){_PAYEE}{_GAP}\Z")
_PERSON_BEFORE = re.compile(
    r"(?:\+46|\b0)[0-9() -]{6,16}(?<=[0-9]) ?[;|\t] ?\Z"
    r"|\b(?:[0-9]{2})?[0-9]{2}[01][0-9][0-9]{2}[-+ ]?[0-9]{4} ?[;|\t] ?\Z"
    r"|[;|\t] ?[1-9][0-9]{2} ?[0-9]{2} {1,2}[A-ZÅÄÖa-zåäö -]{2,20}[;|\t] ?\Z"
)
"""Cells with a phone, a personnummer or a postal town right before: a row about somebody."""
_CELL_ENDS = frozenset(";|\t")
_BACK = 40


def is_about(text: str, start: int, end: int) -> bool:
    """Whether words between the two places speak of money that somebody pays or gets."""
    return _MONEY.search(text, max(0, start), end) is not None


def is_payment(text: str, start: int, end: int) -> bool:
    """Whether the row's other cells are somebody's: a name and an amount, a phone, a town."""
    if _PAYMENT_AFTER.match(text, end):
        return True
    before = text[max(0, start - _BACK) : start]
    if _SUM_AFTER.match(text, end) and _PAYEE_BEFORE.search(before):
        return True
    return before.rstrip(" ")[-1:] in _CELL_ENDS and _PERSON_BEFORE.search(before) is not None

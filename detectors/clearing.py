"""Clearing numbers of Swedish banks, and how each bank counts an account's check digit.

They are those of Bankgirot's "Bankernas kontonummeruppbyggnad", types 1 and 2 with their comments.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from detectors.checkdigits import is_luhn


class Check(StrEnum):
    """How a bank's check digit is counted (types and comments of the source)."""

    SHORT = "type 1, comment 1"
    """Modulus 11 on three digits of the clearing number and all seven of the account."""
    LONG = "type 1, comment 2"
    """Modulus 11 on the whole clearing number and the account."""
    TEN = "type 2, comment 1"
    """Modulus 10 on the account's ten digits, of which people leave leading zeros out."""
    NINE = "type 2, comment 2"
    """Modulus 11 on the account's nine digits."""
    ANY = "type 2, comment 3"
    """Modulus 10 on an account of varying length."""


class Share(NamedTuple):
    """Clearing numbers that belong together."""

    first: int
    last: int
    check: Check


SHARES = (
    Share(1100, 1199, Check.SHORT),  # Nordea
    Share(1200, 1399, Check.SHORT),  # Danske Bank
    Share(1400, 2099, Check.SHORT),  # Nordea
    Share(2300, 2399, Check.LONG),  # Ålandsbanken
    Share(2400, 2499, Check.SHORT),  # Danske Bank
    Share(3300, 3300, Check.TEN),  # Nordea personkonto
    Share(3782, 3782, Check.TEN),  # Nordea personkonto
    Share(3000, 3999, Check.SHORT),  # Nordea, Länsförsäkringar
    Share(4000, 4999, Check.LONG),  # Nordea
    Share(5000, 5999, Check.SHORT),  # SEB
    Share(6000, 6999, Check.NINE),  # Handelsbanken
    Share(7000, 7999, Check.SHORT),  # Swedbank
    Share(8000, 8999, Check.ANY),  # Swedbank and savings banks
    Share(9020, 9059, Check.LONG),  # Länsförsäkringar, Citibank and others
    Share(9060, 9079, Check.SHORT),  # Länsförsäkringar, Multitude
    Share(9080, 9119, Check.LONG),  # Calyon, Nordnet and others
    Share(9120, 9149, Check.SHORT),  # SEB
    Share(9150, 9169, Check.LONG),  # Skandia
    Share(9170, 9179, Check.SHORT),  # Ikano
    Share(9180, 9189, Check.TEN),  # Danske Bank
    Share(9190, 9199, Check.LONG),  # DNB
    Share(9230, 9259, Check.SHORT),  # Marginalen, SBAB
    Share(9260, 9269, Check.LONG),  # DNB
    Share(9270, 9289, Check.SHORT),  # ICA Banken, Resurs
    Share(9300, 9349, Check.TEN),  # Swedbank (Sparbanken Öresund)
    Share(9390, 9399, Check.LONG),  # Landshypotek
    Share(9400, 9469, Check.SHORT),  # Forex, Santander
    Share(9470, 9479, Check.LONG),  # BNP Paribas
    Share(9500, 9549, Check.ANY),  # PlusGirot
    Share(9550, 9569, Check.LONG),  # Avanza
    Share(9570, 9579, Check.TEN),  # Sparbanken Syd
    Share(9580, 9589, Check.SHORT),  # Aion
    Share(9590, 9599, Check.LONG),  # Erik Penser
    Share(9630, 9639, Check.SHORT),  # Lån & Spar
    Share(9640, 9679, Check.LONG),  # Nordax, MedMera, Svea, JAK
    Share(9680, 9689, Check.SHORT),  # Bluestep
    Share(9690, 9799, Check.LONG),  # Ekobanken, Lunar, Northmill, Klarna and others
    Share(9880, 9889, Check.LONG),  # Riksgälden
    Share(9890, 9899, Check.TEN),  # Riksgälden
    Share(9960, 9969, Check.ANY),  # PlusGirot
)
SIZES = {
    Check.SHORT: range(7, 8),
    Check.LONG: range(7, 8),
    Check.TEN: range(7, 11),
    Check.NINE: range(7, 10),
    Check.ANY: range(6, 11),
}


@lru_cache(maxsize=10_000)
def check_of(clearing: str) -> Check | None:
    """How the bank of a clearing number counts check digits, or None where no bank has it."""
    value = int(clearing)
    return next((share.check for share in SHARES if share.first <= value <= share.last), None)


def is_clearing(number: str) -> bool:
    """Whether four digits are in the clearing numbers that banks have."""
    return check_of(number) is not None


def _is_modulus11(digits: str) -> bool:
    """Whether the sum with weights 1 to 10 from the right, and 1 again, is a multiple of 11."""
    weighted = ((place % 10 + 1) * (ord(d) - 48) for place, d in enumerate(reversed(digits)))
    return sum(weighted) % 11 == 0


def has_check_digit(clearing: str, account: str) -> bool:
    """Whether the account's last digit is right by the rule of the clearing number's bank."""
    match check_of(clearing):
        case Check.SHORT:
            return _is_modulus11(clearing[1:] + account)
        case Check.LONG:
            return _is_modulus11(clearing + account)
        case Check.NINE:
            return _is_modulus11(account)
        case None:
            return False
        case _:
            return is_luhn(account)

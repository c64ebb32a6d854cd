"""Check digits as pure functions on strings of ASCII digits (IBAN: of digits and letters)."""

from __future__ import annotations

from string import ascii_letters

_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_BASE36 = {ord(letter): str(int(letter, 36)) for letter in ascii_letters}


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    codes = digits.encode()
    single, doubled = codes[-1::-2], codes[-2::-2].translate(_DOUBLED)
    return (sum(single) - 48 * len(single) + sum(doubled)) % 10 == 0


def is_gs1(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit (weights 1, 3 from the right) of the others."""
    codes = digits.encode()
    single, tripled = codes[-1::-2], codes[-2::-2]
    return (sum(single) + 3 * sum(tripled) - 48 * (len(single) + 3 * len(tripled))) % 10 == 0


def is_mod97(code: str) -> bool:
    """Whether the code is 1 mod 97, its first four characters last and letters in base 36."""
    return int(f"{code[4:]}{code[:4]}".translate(_BASE36)) % 97 == 1

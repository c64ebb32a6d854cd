"""Check digits, so that the made-up numbers are as valid as real ones."""

from __future__ import annotations


def luhn_digit(digits: str) -> str:
    """The digit that makes `digits` + it pass Luhn (personnummer, org.nr, OCR, bankgiro)."""
    total = sum(
        sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits[::-1])
    )
    return str(-total % 10)


def gs1_digit(digits: str) -> str:
    """The GS1 check digit of a metering point's first 17 digits: weights 3, 1 from the right."""
    total = sum(int(digit) * (3 - 2 * (place % 2)) for place, digit in enumerate(digits[::-1]))
    return str(-total % 10)


def mod11_digit(digits: str) -> str | None:
    """The digit that makes a bank account pass modulus 11; None where it would be ten.

    The weights from the right, the check digit's own included, are 1 to 10 and 1 again.
    """
    total = sum(int(digit) * ((place + 1) % 10 + 1) for place, digit in enumerate(digits[::-1]))
    check = -total % 11
    return None if check == 10 else str(check)


def is_identity_shaped(digits: str) -> bool:
    """Whether ten digits could be read as a personnummer or a samordningsnummer."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 60 <= day <= 91)

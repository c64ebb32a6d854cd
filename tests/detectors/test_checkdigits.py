"""Check digits and the pure validations of the recognisers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import checkdigits
from detectors.recognizers import (
    bank_account,
    bankgiro,
    email,
    iban,
    ip,
    metering_point,
    phone,
    plate,
)

_DIGITS = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize("is_right", [checkdigits.is_luhn, checkdigits.is_gs1])
@given(digits=_DIGITS)
def test_exactly_one_check_digit_fits(is_right: Callable[[str], bool], digits: str) -> None:
    assert sum(is_right(digits + last) for last in "0123456789") == 1


@given(digits=_DIGITS, at=st.integers(0, 19), other=st.sampled_from("0123456789"))
def test_luhn_sees_every_single_wrong_digit(digits: str, at: int, other: str) -> None:
    number = next(digits + last for last in "0123456789" if checkdigits.is_luhn(digits + last))
    at %= len(number)
    wrong = number[:at] + other + number[at + 1 :]
    assert checkdigits.is_luhn(wrong) == (wrong == number)


@given(st.text("0123456789", min_size=20, max_size=20))
def test_exactly_the_right_check_digits_make_an_iban(account: str) -> None:
    right = [f"SE{check:02d}{account}" for check in range(2, 99)]
    assert sum(map(iban.is_valid, right)) == 1


@pytest.mark.parametrize(
    ("is_valid", "valid", "invalid"),
    [
        (
            metering_point.is_valid,
            ["735999123000000422", "735999888000012348", "735 999 123 000 000 422"],
            ["735999123000000423", "735000123000000458", "73599912300000042", "x", ""],
        ),
        (
            iban.is_valid,
            ["SE4550000000058398257466", "se45 5000 0000 0583 9825 7466", "NO9386011117947"],
            ["SE4550000000058398257465", "SE455000000005839825746", "XX4550000000058398257466",
             "SE", "", "SE٤٥50000000058398257466"],
        ),
        (
            bankgiro.is_valid,
            ["505-0109", "5805-6235", "58056235"],
            ["505-0108", "50-50109", "505-01091", ""],
        ),
        (
            bank_account.is_valid,
            ["6789-123456789", "8327-9, 123 456 789-0", "3300-850121-2396", "50121234567"],
            ["0123-1234567", "9999-1234567", "2024-01-15 1030", "5012-123", ""],
        ),
        (
            phone.is_valid,
            ["070-174 06 05", "08-465 004 12", "+46 (0)70-174 06 05", "0046701740605"],
            ["070-174 06", "1234567", "0000000000", ""],
        ),
        (
            email.is_valid,
            ["anna@example.se", "a.b+c@sub.example.co.uk", "åsa@räksmörgås.example.se"],
            ["anna@", "@example.se", "anna@example", "a..b@example.se", "logo@2x.png", ""],
        ),
        (plate.is_valid, ["ABC123", "ABC 12A", "abc123"], ["IQV123", "ABC12O", "SEK 500", ""]),
        (ip.is_valid, ["203.0.113.77", "2001:db8::1"], ["256.0.113.77", "1.2.3", "::x", ""]),
    ],
    ids=lambda value: getattr(value, "__module__", "").rpartition(".")[2] or None,
)  # fmt: skip
def test_validation_table(
    is_valid: Callable[[str], bool], valid: list[str], invalid: list[str]
) -> None:
    assert [number for number in valid if not is_valid(number)] == []
    assert [number for number in invalid if is_valid(number)] == []


@given(st.text())
def test_any_text_is_validated_without_error(text: str) -> None:
    for module in (bank_account, bankgiro, email, iban, ip, metering_point, phone, plate):
        assert module.is_valid(text) in (True, False)

"""Accounts, giro numbers, cards and IBANs: check digits, ranges, triggers and time."""

from __future__ import annotations

import re
import time
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import clearing as clearing_numbers
from detectors.checkdigits import is_luhn, is_mod97
from detectors.recognizers import bank_account, bankgiro, credit_card, iban, plusgiro

MODULES = (bank_account, bankgiro, credit_card, iban, plusgiro)


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


def luhn(body: str) -> str:
    return next(body + str(last) for last in range(10) if is_luhn(body + str(last)))


@given(digits(6) | digits(7))
def test_a_bankgiro_number_has_one_check_digit(body: str) -> None:
    valid = [last for last in range(10) if bankgiro.is_valid(f"{body[:-3]}-{body[-3:]}{last}")]
    assert valid == [int(luhn(body)[-1])]


@given(st.text("0123456789", min_size=1, max_size=7))
def test_a_plusgiro_number_has_one_check_digit(body: str) -> None:
    assert [last for last in range(10) if plusgiro.is_valid(f"{body}-{last}")] == [
        int(luhn(body)[-1])
    ]


@pytest.mark.parametrize("number", ["41 50 04-1", "415004-1", "4150041", "1 23 45-5", "9-1"])
def test_plusgiro_forms(number: str) -> None:
    assert plusgiro.is_valid(number)


@pytest.mark.parametrize(
    "number", ["", "7", "41-50-04-1", "123456789-7", "41 50 04-2", "4 150 04-1"]
)
def test_what_is_no_plusgiro(number: str) -> None:
    assert not plusgiro.is_valid(number)


@given(digits(14))
def test_a_visa_number_has_one_check_digit(body: str) -> None:
    number = luhn("4" + body)
    grouped = "-".join(number[at : at + 4] for at in range(0, 16, 4))
    assert credit_card.is_valid(number)
    assert credit_card.is_valid(grouped)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not credit_card.is_valid(wrong)


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("4111111111111111", "Visa"),
        ("4222222222222", "Visa"),
        ("5555555555554444", "Mastercard"),
        ("2221000000000009", "Mastercard"),
        ("2720990000000007", "Mastercard"),
        ("378282246310005", "American Express"),
        ("30569309025904", "Diners Club"),
        ("3530111333300000", "JCB"),
        ("6011111111111117", "Discover"),
        ("6759649826438453", "Maestro"),
        ("2220990000000000", None),
        ("2721000000000000", None),
        ("411111111111111", None),
        ("352099001761481", None),
        ("8946081000123456780", None),
        ("735999639213579810", None),
        ("1704312345678901230", None),
    ],
)
def test_issuers(number: str, issuer: str | None) -> None:
    assert credit_card.issuer(number) == issuer


@pytest.mark.parametrize(
    ("clearing", "account"),
    [
        ("5012", "1234568"),
        ("3410", "7712044"),
        ("9020", "1234566"),
        ("9551", "3012776"),
        ("6000", "123456789"),
        ("8327", "9942045635"),
        ("3300", "8501212396"),
        ("9960", "4150041"),
    ],
)
def test_the_banks_check_digits(clearing: str, account: str) -> None:
    assert clearing_numbers.has_check_digit(clearing, account)
    wrong = str((int(account[-1]) + 1) % 10)
    assert not clearing_numbers.has_check_digit(clearing, account[:-1] + wrong)


@given(digits(6))
def test_modulus_11_notices_every_changed_digit(body: str) -> None:
    for last in "0123456789":
        account = body + last
        if clearing_numbers.has_check_digit("5012", account):
            for at, old in enumerate(account):
                new = "0" if old != "0" else "1"
                changed = account[:at] + new + account[at + 1 :]
                assert not clearing_numbers.has_check_digit("5012", changed)


@pytest.mark.parametrize(
    "clearing", ["1100", "1999", "3300", "3409", "5999", "6000", "8999", "9150", "9789", "9969"]
)
def test_clearing_numbers_of_banks(clearing: str) -> None:
    assert clearing_numbers.is_clearing(clearing)


@pytest.mark.parametrize(
    "clearing", ["0123", "1000", "1099", "2100", "2299", "2500", "2999", "9019", "9970", "9999"]
)
def test_clearing_numbers_of_nobody(clearing: str) -> None:
    assert not clearing_numbers.is_clearing(clearing)


@pytest.mark.parametrize("first", range(1100, 10000, 50))
def test_shares_do_not_overlap_but_for_personkonto(first: int) -> None:
    holding = [share for share in clearing_numbers.SHARES if share.first <= first <= share.last]
    assert len(holding) <= (2 if first == 3300 else 1)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("5012-1234568", True),
        ("5012-123456", False),
        ("5012-12345678", False),
        ("6789-123456789", True),
        ("6789-1234567", False),
        ("8327-9,994 204 563-5", True),
        ("3300-850121-2396", True),
        ("50121234568", True),
        ("2024-01-15", False),
        ("1510 1 250 000", False),
        ("", False),
    ],
)
def test_accounts_have_the_length_of_their_bank(number: str, *, valid: bool) -> None:
    assert bank_account.is_valid(number) is valid


@given(st.sampled_from(["SE", "FI", "DK", "NO", "DE", "PL"]), st.data())
def test_an_iban_has_one_pair_of_check_digits(country: str, data: st.DataObject) -> None:
    body = data.draw(digits(iban._LENGTH[country] - 4))
    valid = [
        f"{country}{n:02d}{body}" for n in range(2, 99) if iban.is_valid(f"{country}{n:02d}{body}")
    ]
    (code,) = valid
    assert is_mod97(code)
    for gap in (" ", "-", "\n", "\r\n", "\n> "):
        written = gap.join(code[at : at + 4] for at in range(0, len(code), 4))
        assert iban.is_valid(written.lower())
        text = f"x {written} eftersom"
        assert [text[hit.start : hit.end] for hit in iban.Iban().find(text)] == [written]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_check_digit_alone_never_stands(module: ModuleType) -> None:
    for number in ("50501055", "4150041", "50121234568", "4111111111111111", "5012-1234568"):
        assert all(hit.score < 0.5 for hit in module.PLUGIN().find(number))


PIECES = (
    "5012 6789 8327 8105-9 3300 SE45 se45 NO93 DE89 4111 3782 1111 50 41 04-1 9 -1 123 456 789-0 "
    "1234567 123456789 850121-2396 822463 10005 BG bg PG plusgiro: bankgiro konto kto, och "
    "20240115 20240131 plusgironr: giro nr 50501055 4150041 505-0109 5050 1055 å kr "
    "4111111111111111 50121234568 378282246310005"
)
GLUE = st.sampled_from([" ", " ", " ", "-", ", ", ",", "\n", ": ", "", "\t", " - "])


@given(
    st.lists(st.tuples(st.sampled_from(PIECES.split()), GLUE), max_size=40),
    st.sampled_from(MODULES),
)
def test_windows_around_triggers_hold_every_hit(
    parts: list[tuple[str, str]], module: ModuleType
) -> None:
    text = "".join(piece + glue for piece, glue in parts)
    recognizer, reach = module.PLUGIN(), module.REACH
    screened = set()
    for fired in re.finditer(module.TRIGGER, text, re.ASCII):
        low, high = max(0, fired.start() - reach), fired.end() + reach
        for hit in recognizer.find(text[low:high]):
            start, end = hit.start + low, hit.end + low
            if fired.start() - reach // 2 <= start and end <= fired.end() + reach // 2:
                screened.add((start, end, hit.score))
    assert screened == {(hit.start, hit.end, hit.score) for hit in recognizer.find(text)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@pytest.mark.parametrize(
    "piece", ["5", "8327-9 ", "4111 ", "41 ", "a", " ", "SE45 ", "-", "bg ", "12-"]
)
def test_long_runs_take_linear_time(module: ModuleType, piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    for _ in module.PLUGIN().find(text):
        pass
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("module", "name", "day"),
    [(bankgiro, "bankgiro", "20240115"), (plusgiro, "plusgiro", "20240131")],
)
def test_a_date_is_a_number_of_a_giro_only_beside_its_word(
    module: ModuleType, name: str, day: str
) -> None:
    find = module.PLUGIN().find
    assert is_luhn(day)
    assert list(find(day)) == []
    assert list(find(f"Betalt {day} till kundtjänst")) == []
    for text in (f"{name} {day}", f"{name.title()}nr: {day}", f"{name} nr {day}"):
        assert [text[hit.start : hit.end] for hit in find(text)] == [day]
        assert re.search(module.TRIGGER, text)


def test_eight_digits_that_are_no_date_need_no_word() -> None:
    for number in ("50501055", luhn("2024999"), luhn("1999321"), luhn("2199010")):
        assert re.search(bankgiro.TRIGGER, number), number
        # the screen puts a border at either end of a text
        assert re.search(plusgiro.TRIGGER, f"\0{number}\0"), number
        assert [hit.end for hit in bankgiro.PLUGIN().find(number)] == [8], number

"""The subject, and every written form of what they are known by."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scanner.dsar_forms import Seeker, fold, pattern
from scanner.subject import Identifier, Kind, SubjectError, parse

PERSON = "19811228-9874"
DIGITS = "198112289874"

AROUND = st.text(st.characters(exclude_categories=["Cs", "Nd", "No", "Nl"]), max_size=30)
SEPARATORS = st.sampled_from(["", "-", "+", " ", "–", "\u2011", "\xa0", " - "])


def one(kind: Kind, text: str) -> Identifier:
    extra = "" if kind not in {Kind.NAME, Kind.ADDRESS} else 'customer_number = "104260"\n'
    found = parse(f"{extra}{kind} = '{text}'").identifiers
    return next(each for each in found if each.kind is kind)


def is_found(identifier: Identifier, text: str) -> bool:
    return pattern(identifier).search(fold(text)) is not None


def test_a_text_or_a_list_of_texts() -> None:
    subject = parse(
        'name = "Anna Lindström"\n'
        'personnummer = "811228-9874"\n'
        'email = ["anna@example.se", "a.l@example.se"]\n'
        'phone = "070-174 06 05"\n'
        'customer_number = "104260"\n'
    )
    values = [(each.kind, each.value) for each in subject.identifiers]
    assert (Kind.PERSONNUMMER, "8112289874") in values
    assert (Kind.PHONE, "+46701740605") in values
    assert [value for kind, value in values if kind is Kind.EMAIL] == [
        "anna@example.se",
        "a.l@example.se",
    ]
    assert subject.kinds[0] is Kind.PERSONNUMMER
    assert DIGITS not in repr(subject)
    assert "anna@" not in repr(subject)


def test_a_samordningsnummer_is_known_by_its_day() -> None:
    assert parse('personnummer = "701063-2391"').kinds == (Kind.SAMORDNINGSNUMMER,)


@pytest.mark.parametrize(
    ("text", "words", "secret"),
    [
        ('personnummer = "19811228-9875"', "personnummer: not a valid number", "9875"),
        ('persnummer = "19811228-9874"', "did you mean personnummer?", "9874"),
        ('"19811228-9874" = "x"', "unknown key", "9874"),
        ("personnummer = 198112289874", "must be a text", "9874"),
        ("personnummer = 19811228-9874", "not valid TOML", "9874"),
        ('email = "anna"', "not an e-mail", "anna"),
        ('phone = "070"', "not a phone number", "070"),
        ('name = "Anna Lindström"', "too little to tell a person by", "Lindström"),
        ('name = "Cher"\nemail = "a@example.se"', "given name and surname", "Cher"),
        ('customer_number = "7"', "too short", "7"),
        ("email = []", "must be a text", "[]"),
        ("", "too little", "@"),
    ],
)
def test_a_mistake_is_one_line_without_the_value(text: str, words: str, secret: str) -> None:
    with pytest.raises(SubjectError) as raised:
        parse(text)
    message = str(raised.value)
    assert words in message
    assert secret not in message.replace("070-174 06 05", "")
    assert "\n" not in message


@settings(deadline=None)
@given(AROUND, AROUND, SEPARATORS, st.sampled_from(["1981-12-28", "19811228", "811228"]))
def test_every_form_of_an_identity_number(
    before: str, after: str, separator: str, date: str
) -> None:
    assert is_found(one(Kind.PERSONNUMMER, PERSON), f"{before}{date}{separator}9874{after}")


@settings(deadline=None)
@given(st.integers(0, 11), st.sampled_from("0123456789"), SEPARATORS)
def test_one_digit_changed_is_somebody_else(place: int, digit: str, separator: str) -> None:
    assume(DIGITS[place] != digit)
    other = DIGITS[:place] + digit + DIGITS[place + 1 :]
    person = one(Kind.PERSONNUMMER, PERSON)
    assert not is_found(person, f"nr {other[:8]}{separator}{other[8:]}.")


@settings(deadline=None)
@given(st.text("0123456789", max_size=8), st.text("0123456789", max_size=8))
def test_longer_digits_are_something_else(before: str, after: str) -> None:
    assume((before or after) and before not in {"19", "3300", "330019"})
    for kind, value in (
        (Kind.PERSONNUMMER, DIGITS),
        (Kind.PERSONNUMMER, DIGITS[2:]),
        (Kind.CUSTOMER_NUMBER, "104260"),
        (Kind.METERING_POINT, "735999123000000422"),
    ):
        identifier = one(kind, PERSON if kind is Kind.PERSONNUMMER else value)
        assert not is_found(identifier, f"x {before}{value}{after} x")


@pytest.mark.parametrize("digits", ["070-174 06 05", "+46 70 174 06 05"])
@settings(deadline=None)
@given(AROUND, AROUND, st.lists(st.sampled_from(["", " ", "-", "."]), min_size=9, max_size=9))
def test_every_form_of_a_phone(digits: str, before: str, after: str, between: list[str]) -> None:
    phone = one(Kind.PHONE, digits)
    rest = "".join(gap + digit for gap, digit in zip(between, "701740605", strict=True))
    for prefix in ("0", "+46", "0046", "+46 (0)", "46"):
        assert is_found(phone, f"{before} {prefix}{rest}{after}")
        assert not is_found(phone, f"{before} {prefix}{rest}7{after}")
    assert not is_found(phone, f"{before} 0{rest[:-1]}6{after}")


@settings(deadline=None)
@given(AROUND, AROUND)
def test_an_email_in_any_case_and_with_an_alias(before: str, after: str) -> None:
    email = one(Kind.EMAIL, "Anna.Lindström@example.se")
    for text in ("ANNA.LINDSTRÖM@EXAMPLE.SE", "anna.lindstrom+el@example.se"):
        assert is_found(email, f"{before} <{text}> {after}")
    for text in ("xanna.lindstrom@example.se", "anna.lindstrom@example.se.example.com"):
        assert not is_found(email, text)
    assert not is_found(email, "j.anna.lindstrom@example.se")
    assert is_found(email, "mailto:anna.lindstrom@example.se.")


@pytest.mark.parametrize(
    "text",
    [
        "Åsa Ångström",
        "ÅSA ÅNGSTRÖM",
        "Ångström, Åsa",
        "Asa Angstrom",
        "Aasa Aangstroem",
        "Åsa Ångström".encode().decode("latin-1"),
        "Åsa Ångström".encode().decode("cp1252", "replace"),
        "\ufffdsa \ufffdngstr\ufffdm",
        "A\u030asa A\u030angstro\u0308m",
        "Åsa Maria Ångström",
        "Åsa\nÅngström",
    ],
)
def test_every_form_of_a_name(text: str) -> None:
    assert is_found(one(Kind.NAME, "Åsa Ångström"), f"Hej {text}!")


@pytest.mark.parametrize("text", ["Å Ångström", "Åsa Ångströms", "Osa Ångström", "Lisa Ångström"])
def test_other_names(text: str) -> None:
    assert not is_found(one(Kind.NAME, "Åsa Ångström"), text)


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("bor på solgatan 52B i Uppsala", True),
        ("Solgatan 52 B lgh 1101", True),
        ("753 20 UPPSALA", True),
        ("75320\nUppsala", True),
        ("Solgatan 52 C", False),
        ("Solgatan 5", False),
        ("Norra Solgatan 152 B", False),
        ("753 21 Uppsala", False),
    ],
)
def test_an_address_is_street_and_number_or_postcode_and_town(text: str, *, is_same: bool) -> None:
    assert is_found(one(Kind.ADDRESS, "Solgatan 52 B, 753 20 Uppsala"), text) is is_same


@settings(deadline=None)
@given(AROUND, AROUND)
def test_a_number_of_the_companys_is_found_as_a_whole_word(before: str, after: str) -> None:
    number = one(Kind.CUSTOMER_NUMBER, "104260")
    assert is_found(number, f"{before} 104260 {after}")
    for text in ("1104260", "1042600", "A104260", "18-104260", "104260,50"):
        assert not is_found(number, text)


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=20), st.integers(0, 19))
def test_a_hit_among_many_values_is_given_its_own_index(values: list[str], place: int) -> None:
    place %= len(values)
    values[place] = f"nr {PERSON} \x1e"
    seeker = pickle.loads(pickle.dumps(Seeker((one(Kind.PERSONNUMMER, PERSON),))))  # noqa: S301
    assert place in seeker.candidates(tuple(values))
    others = [value if index != place else "" for index, value in enumerate(values)]
    assert not seeker.candidates(tuple(others))


def test_hostile_texts_take_linear_time() -> None:
    subject = parse(
        f'name = "Anna Lindström"\npersonnummer = "{PERSON}"\nemail = "anna@example.se"\n'
        'phone = "070-174 06 05"\naddress = "Solgatan 52 B, 753 20 Uppsala"\n'
        'metering_point = "735999123000000422"\ncustomer_number = "104260"\n'
    )
    seeker = Seeker(subject.identifiers)
    for piece in ("0", " ", "anna ", "811228-", "0 7 0 ", "7359991230", "anna+", "Ã¥", "a\u0301"):
        text = piece * (400_000 // len(piece))
        started = time.perf_counter()
        list(seeker.sights(fold(text)))
        assert time.perf_counter() - started < 4, piece

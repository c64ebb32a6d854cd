"""What the lint says of the three policies (a table of Art. 13 items), and of made-up ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.policy import Policy, load, shipped
from scanner.policy_lint import check, check_digit

K, H, E = "krafthem", "7h-kraft", "kalmar-energi"

# (code, about) in which policies; a policy that is not named must not get the remark.
WARNINGS = {
    ("orgnr_invalid", "556525-1366"): {H},
    ("trade_name", "7H kraft"): {H},
    ("categories_unlinked", ""): {H, E},
    ("basis_missing", "Informera om priser, erbjudanden, avbrott och nyheter"): {E},
    ("basis_missing", "Hjälpa dig att hitta information på webbplatsen"): {E},
    ("basis_unlinked", ""): {H},
    ("vital_interests", ""): {E},
    ("interest_unnamed", "Marknadsföring"): {K},
    ("interest_unnamed", "Förbättra vår webbplats och användarupplevelse"): {H},
    ("interest_unnamed_general", ""): {E},
    ("safeguard_missing", ""): {K},
    ("retention_missing", "Kommunikationsuppgifter"): {H},
    ("retention_missing", "Tekniska uppgifter"): {H},
    ("retention_vague", "Röstdata och transkriberad kommunikation"): {H},
    ("retention_missing", "Personuppgifter för att uppfylla våra skyldigheter"): {E},
    ("retention_missing", "Cookies"): {E},
    ("right_missing", "restriction"): {K},
    ("right_missing", "objection"): {K},
    ("right_missing", "complaint"): {K},
    ("right_missing", "withdraw_consent"): {H},
    ("automated_missing", ""): {K},
    ("authority_outdated", ""): {K, E},
}
INFOS = {
    ("dpo_missing", ""): {K},
    ("response_time_missing", ""): {K, H},
    ("automated_deferred", ""): {H},
    ("automated_missing", ""): {E},
    ("date_missing", ""): {H, E},
    ("retention_statute", "Kunduppgifter"): {H},
    ("implied", "Marknadsföringsuppgifter"): {H},
    ("interpreted", "Demografisk information"): {K},
    ("interpreted", "Tekniska uppgifter"): {H},
}


def part(**keys: Any) -> dict[str, Any]:
    return {"quote": "q", "lines": [1, 1], **keys}


def made(**keys: Any) -> Policy:
    """A policy with as little in it as the schema allows."""
    least: dict[str, Any] = {
        "name": "p",
        "title": "P",
        "controllers": [part(name="AB")],
        "categories": [part(name="Kund", elements=["namn"])],
    }
    return Policy.model_validate({**least, **keys})


def codes(policy: Policy) -> set[str]:
    return {remark.code for remark in check(policy)}


@pytest.mark.parametrize("name", shipped())
def test_warnings_are_exactly_these(name: str) -> None:
    found = {(r.code, r.about) for r in check(load(name, Path())) if r.severity == "warning"}
    assert found == {key for key, policies in WARNINGS.items() if name in policies}


@pytest.mark.parametrize("name", shipped())
def test_infos(name: str) -> None:
    found = {(r.code, r.about) for r in check(load(name, Path())) if r.severity == "info"}
    listed = {key for key in found if key in INFOS}
    assert listed == {key for key, policies in INFOS.items() if name in policies}


@pytest.mark.parametrize("name", shipped())
def test_code_and_about_name_a_remark(name: str) -> None:
    remarks = check(load(name, Path()))
    assert len({(r.code, r.about) for r in remarks}) == len(remarks)
    assert all(r.sv != r.en and "{" not in r.sv + r.en for r in remarks)


def test_the_failing_orgnr_names_the_expected_digit() -> None:
    (remark,) = (r for r in check(load(H, Path())) if r.code == "orgnr_invalid")
    assert "kontrollsiffran skulle vara 9" in remark.sv
    assert "check digit would be 9" in remark.en
    assert remark.severity == "warning"


def test_an_empty_policy_lacks_everything() -> None:
    assert codes(made()) == {
        "orgnr_missing",
        "contact_missing",
        "dpo_missing",
        "purpose_missing",
        "recipients_missing",
        "third_country_missing",
        "retention_missing",
        "right_missing",
        "response_time_missing",
        "automated_missing",
        "authority_missing",
        "date_missing",
    }


def test_the_right_to_withdraw_is_asked_for_only_where_consent_is_used() -> None:
    def missing(policy: Policy) -> set[str]:
        return {r.about for r in check(policy) if r.code == "right_missing"}

    assert "withdraw_consent" not in missing(made())
    assert "withdraw_consent" in missing(made(bases=[part(basis="consent")]))


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (part(duration="P1Y", trigger="contract_end"), set()),
        (part(open_ended=True), set()),
        (part(statute="bokföringslagen"), set()),
        (part(), {"retention_vague"}),
        (part(duration="P7Y", statute="bokföringslagen"), {"retention_statute"}),
    ],
)
def test_retention_that_can_be_measured(rule: dict[str, Any], says: set[str]) -> None:
    category = part(name="Kund", elements=["namn"], retention=rule)
    found = {code for code in codes(made(categories=[category])) if code.startswith("retention")}
    assert found == says


def test_a_purpose_that_keeps_one_category_says_nothing_of_another() -> None:
    policy = made(
        categories=[part(name="A", elements=["namn"]), part(name="B", elements=["adress"])],
        purposes=[
            part(
                name="Avtal",
                categories=["A", "B"],
                retention=[part(duration="P1Y", categories=["A"])],
            )
        ],
    )
    missing = [r.category for r in check(policy) if r.code == "retention_missing"]
    assert missing == ["B"]


def test_words_that_no_entity_answers_to_are_told() -> None:
    policy = made(categories=[part(name="Kund", elements=["namn", "gnurf"])])
    (remark,) = (r for r in check(policy) if r.code == "unrecognised")
    assert "gnurf" in remark.sv


@pytest.mark.parametrize(
    ("orgnr", "digit"),
    [
        ("559257-5558", 8),
        ("5592575558", 8),
        ("556525-1366", 9),
        ("556548-4317", 7),
        ("556636-7792", 2),
        ("556182-7543", 3),
        ("55654-4317", None),
        ("SE556548431701", None),
        ("", None),
    ],
)
def test_check_digit(orgnr: str, digit: int | None) -> None:
    assert check_digit(orgnr) == digit


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_one_last_digit_of_ten_is_right_and_a_swapped_one_is_not(nine: str) -> None:
    digit = check_digit(nine + "0")
    assert digit is not None
    total = sum(
        sum(divmod(int(d) * (2 if i % 2 else 1), 10))
        for i, d in enumerate(reversed(f"{nine}{digit}"))
    )
    assert total % 10 == 0
    wrong = str((int(nine[0]) + 1) % 10) + nine[1:]
    assert check_digit(wrong + "0") != digit

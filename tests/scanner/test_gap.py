"""Every kind of gap on hand-made inventories, and what must hold for any inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.gap import EEA, PLACES, judge, unknown_purposes
from scanner.inventory import Covered, Found, Inventory, Scope, SourceFacts
from scanner.model import (
    Dated,
    Finding,
    Gap,
    GapKind,
    GapReport,
    Sample,
    Sampled,
    Severity,
    Status,
)
from scanner.policy import Policy, PolicyError, load
from scanner.retention import last_day, later, overdue
from scanner.sampling import worded
from scanner.severity import score

TODAY = date(2026, 10, 31)
POLICIES = {name: load(name, Path("nowhere")) for name in ("krafthem", "7h-kraft", "kalmar-energi")}
KRAFTHEM, SEVEN_H, KALMAR = POLICIES.values()


def found(
    entity: str,
    *,
    source: str = "crm",
    key: str = "main.customers",
    location: str = "column",
    matches: int = 20,
    persons: int | None = None,
    between: tuple[int, int] | None = None,
    dates: Mapping[tuple[str, str], int] | None = None,
) -> Found:
    months = tuple((Dated(*dated), n) for dated, n in dates.items()) if dates else None
    finding = Finding(
        location,
        entity,
        matches,
        matches,
        matches,
        0.9,
        months=months,
        persons=persons,
        persons_between=between,
    )
    return Found(source, key, finding)


def covered(status: str, source: str = "crm", key: str = "main.customers") -> Covered:
    return Covered(source, key, status, "a reason", 100, 10, None, "r1")


def inventory(
    *findings: Found,
    sources: Sequence[SourceFacts] = (SourceFacts("crm", "sql"),),
    statuses: Sequence[str] = ("scanned",),
    run: str = "r1",
) -> Inventory:
    coverage = tuple(covered(status, key=f"k{i}") for i, status in enumerate(statuses))
    return Inventory(run, TODAY, {one.name: one for one in sources}, coverage, findings)


def of(report: GapReport, kind: str) -> list[Gap]:
    return [gap for gap in report.gaps if gap.kind == kind]


def pairs(report: GapReport, kind: str) -> set[str | None]:
    return {gap.entity for gap in of(report, kind)}


def matrix(report: GapReport) -> dict[str, str]:
    return {row.category: row.status for row in report.matrix}


COMPANY = inventory(
    found("SE_PERSONNUMMER"),
    found("PERSON"),
    found("ELECTRICITY_CONSUMPTION"),
    found("SE_METERING_POINT_ID"),
    found("SE_BANK_ACCOUNT"),
    found("HEALTH", source="share", key="Kundtjänst/not.txt"),
    found("VOICE_RECORDING", source="share", key="Samtal/1.wav"),
    found(
        "CCTV_FOOTAGE",
        source="share",
        key="Kamera/1.mp4",
        dates={("2026-10-09", "B"): 1, ("2026-10-10", "B"): 1},
    ),
    found("PAYMENT_HISTORY", source="share", key="Marknad/lista.csv"),
    found("PERSON", source="share", key="Marknad/lista.csv"),
    found("EMAIL_ADDRESS", source="bucket", key="export.csv"),
    sources=(
        SourceFacts("crm", "sql", country="SE", purposes={"krafthem": ("Ingå ett avtal med oss",)}),
        SourceFacts(
            "share",
            "files",
            country="SE",
            purposes={"krafthem": ("Hantering av kundserviceärenden",)},
            scopes=(Scope("Marknad/**", {"krafthem": ("Marknadsföring",)}),),
        ),
        SourceFacts("bucket", "s3", country="US"),
    ),
    statuses=("scanned", "failed"),
)

# Entities with a gap of the kind, for the made-up company above.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "krafthem": {
        "undeclared": {"SE_PERSONNUMMER", "VOICE_RECORDING", "CCTV_FOOTAGE", "SE_BANK_ACCOUNT"},
        "not_collected": {"HEALTH"},
        "outside_purpose": {"PAYMENT_HISTORY"},
        "transfer": {"EMAIL_ADDRESS"},
        "retention": set(),
        "declared_not_found": set(),
    },
    "7h-kraft": {
        "undeclared": {
            "SE_METERING_POINT_ID",
            "ELECTRICITY_CONSUMPTION",
            "CCTV_FOOTAGE",
            "HEALTH",
        },
        "not_collected": set(),
        "outside_purpose": set(),
        "transfer": {"EMAIL_ADDRESS"},
        "retention": set(),
        "declared_not_found": set(),
    },
    "kalmar-energi": {
        "undeclared": {
            "ELECTRICITY_CONSUMPTION",
            "SE_METERING_POINT_ID",
            "VOICE_RECORDING",
            "SE_BANK_ACCOUNT",
            "HEALTH",
        },
        "not_collected": set(),
        "outside_purpose": set(),
        "transfer": {"EMAIL_ADDRESS"},
        "retention": {"CCTV_FOOTAGE"},
        "declared_not_found": set(),
    },
}


@pytest.mark.parametrize("name", POLICIES)
def test_the_three_policies_see_the_same_company_differently(name: str) -> None:
    report = judge(COMPANY, POLICIES[name])
    assert {kind: pairs(report, kind) for kind in EXPECTED[name]} == EXPECTED[name]
    assert of(report, "policy")


def test_seven_h_gets_its_policy_gaps() -> None:
    report = judge(inventory(), SEVEN_H)
    said = [gap.recommendation for gap in of(report, "policy")]
    assert any("556525-1366" in one and "9" in one for one in said)
    without = {gap.category for gap in of(report, "policy") if gap.category}
    assert without == {
        "Kommunikationsuppgifter",
        "Tekniska uppgifter",
        "Röstdata och transkriberad kommunikation",
    }
    assert all(gap.source is None and gap.key is None for gap in of(report, "policy"))


SEVERITIES = [
    ("krafthem", "HEALTH", "not_collected", "critical"),
    ("krafthem", "SE_PERSONNUMMER", "undeclared", "high"),
    ("krafthem", "CRIMINAL_OFFENCE", "undeclared", "high"),
    ("krafthem", "CREDENTIAL", "undeclared", "high"),
    ("krafthem", "PROTECTED_IDENTITY", "undeclared", "critical"),
    ("krafthem", "SE_BANK_ACCOUNT", "undeclared", "high"),
    ("krafthem", "SE_ORGANISATIONSNUMMER", "undeclared", "info"),
    ("7h-kraft", "ELECTRICITY_CONSUMPTION", "undeclared", "high"),
    ("7h-kraft", "SE_METERING_POINT_ID", "undeclared", "medium"),
    ("kalmar-energi", "HEALTH", "undeclared", "high"),
    ("kalmar-energi", "VOICE_RECORDING", "undeclared", "high"),
    ("krafthem", "A_PLUGINS_OWN", "undeclared", "medium"),
]


@pytest.mark.parametrize(("name", "entity", "kind", "severity"), SEVERITIES)
def test_severity(name: str, entity: str, kind: str, severity: str) -> None:
    report = judge(inventory(found(entity)), POLICIES[name])
    (gap,) = (gap for gap in report.gaps if gap.entity == entity)
    assert (gap.kind, gap.severity) == (kind, severity)


@pytest.mark.parametrize(
    ("base", "persons", "severity"),
    [
        (80, 200_000, "high"),
        (60, 3, "high"),
        (50, 100_000, "high"),
        (50, 5_000, "high"),
        (50, 500, "medium"),
        (35, 2, "medium"),
        (25, 2, "low"),
        (15, 200_000, "info"),
        (100, 2, "critical"),
        (100, None, "critical"),
    ],
)
def test_persons_move_severity(base: int, persons: int | None, severity: str) -> None:
    assert score(base, persons).severity == severity


def test_a_gap_names_its_largest_place_and_counts_all() -> None:
    findings = (
        found("SE_PERSONNUMMER", key="main.b", location="x", matches=5, persons=4),
        found("SE_PERSONNUMMER", key="main.a", location="pnr", matches=30, persons=29),
        found("SE_PERSONNUMMER", key="main.b", location="x", matches=6),
    )
    (gap,) = of(judge(inventory(*findings), KRAFTHEM), "undeclared")
    assert (gap.key, gap.location, gap.matches, gap.persons) == ("main.a", "pnr", 41, 29)
    assert [(p.key, p.location, p.matches) for p in gap.places] == [
        ("main.a", "pnr", 30),
        ("main.b", "x", 11),
    ]
    assert gap.places_total == 2
    assert gap.quote == "De kategorier av personuppgifter som vi vanligtvis samlar in är: (rad 51)"
    assert "crm" in gap.recommendation


def counted(*findings: Found) -> tuple[int | None, tuple[int, int] | None]:
    (gap,) = of(judge(inventory(*findings), KRAFTHEM), "undeclared")
    return gap.persons, gap.persons_between


def test_columns_of_one_table_are_about_the_same_persons() -> None:
    card = partial(found, "CREDIT_CARD", key="main.kund")
    one = card(location="kort", persons=7, between=(6, 9))
    other = card(location="notering", persons=3, between=(3, 3))
    assert counted(one, other) == (7, (6, 12)), "some may stand in one column only"
    rest = found("PERSON", key="main.kund", location="namn", persons=8, between=(8, 10))
    assert counted(one, other, rest) == (7, (6, 10)), "no more than the table is about"


def test_tables_may_be_about_others() -> None:
    one = found("CREDIT_CARD", key="main.a", persons=7, between=(6, 9))
    other = found("CREDIT_CARD", key="main.b", persons=5, between=(5, 5))
    assert counted(one, other) == (7, (6, 14))
    sheet = found("CREDIT_CARD", key="x.xlsx", location="Blad 1!kort", persons=5, between=(5, 5))
    beside = found("CREDIT_CARD", key="x.xlsx", location="Blad 2!kort", persons=4, between=(4, 4))
    assert counted(sheet, beside) == (5, (5, 9))


def test_a_second_column_of_identity_numbers_is_of_others() -> None:
    one = found("SE_PERSONNUMMER", location="kund", persons=90, between=(90, 90))
    other = found("SE_PERSONNUMMER", location="medsökande", persons=3, between=(3, 3))
    assert counted(one, other) == (90, (90, 93))


def test_where_one_place_is_not_known_all_are_at_least_so_many() -> None:
    one = found("CREDIT_CARD", key="main.a", persons=7, between=(6, 9))
    assert counted(one, found("CREDIT_CARD", key="brev.txt")) == (7, None)
    assert counted(one, found("CREDIT_CARD", key="b.txt", persons=2)) == (7, None)
    assert counted(found("CREDIT_CARD")) == (None, None)


def test_a_sampled_table_is_not_called_unread() -> None:
    sample = Sample(50_000_000, 9_985, 0, 0.0003)
    words = worded([sample])
    rows = (
        Covered("crm", "main.big", "partial", words, 1, 9_985, sample, "r1"),
        Covered("crm", "main.cut", "partial", f"the file is damaged; {words}", 1, 9, sample, "r1"),
        Covered("crm", "main.small", "scanned", None, 1, 5, None, "r1"),
    )
    report = judge(replace(inventory(), coverage=rows), KRAFTHEM)
    assert report.sampled == (Sampled("crm", "main.big", sample),)
    assert [one.key for one in report.unread] == ["main.cut"]
    assert report.coverage.status["partial"] == 2
    assert not report.coverage.complete
    assert not of(report, "declared_not_found"), "a sample does not show that there is none"


def test_places_are_capped_largest_first() -> None:
    findings = [
        found("SE_PERSONNUMMER", key=f"k{i}", matches=1 + i % 7) for i in range(PLACES + 50)
    ]
    (gap,) = of(judge(inventory(*findings), KRAFTHEM), "undeclared")
    assert len(gap.places) == PLACES
    assert gap.places_total == PLACES + 50
    assert [place.matches for place in gap.places] == sorted(
        (place.matches for place in gap.places), reverse=True
    )
    assert gap.matches == sum(one.finding.matches for one in findings)


def test_outside_purpose_is_judged_by_the_first_scope_that_fits() -> None:
    (gap,) = of(judge(COMPANY, KRAFTHEM), "outside_purpose")
    assert (gap.source, gap.scope, gap.key) == ("share", "Marknad/**", "Marknad/lista.csv")
    assert gap.category == "Köpinformation"
    assert gap.severity == "medium"
    assert gap.quote is not None
    assert "Ändamål: Marknadsföring" in gap.quote
    assert "(rad 135–151)" in gap.quote
    assert matrix(judge(COMPANY, KRAFTHEM))["Köpinformation"] == "found_outside_purpose"


def test_without_purposes_nothing_is_outside_and_the_source_is_listed_once() -> None:
    facts = (
        SourceFacts("crm", "sql", purposes={"krafthem": ("Marknadsföring",)}),
        SourceFacts(
            "share",
            "files",
            purposes={"krafthem": ("Marknadsföring",)},
            scopes=(Scope("x/**", {"7h-kraft": ("Marknadsföring",)}),),
        ),
    )
    findings = (
        found("PAYMENT_HISTORY", source="share", key="x/a.csv"),
        found("PERSON", source="share", key="x/a.csv"),
    )
    report = judge(inventory(*findings, sources=facts), KRAFTHEM)
    assert of(report, "outside_purpose") == []
    assert report.unjudged_purpose == ("share (x/**)",)


def test_a_tie_that_only_we_infer_weighs_less() -> None:
    purposes = {"kalmar-energi": ("Tävlingar och event",)}
    report = judge(
        inventory(found("INVOICE"), sources=(SourceFacts("crm", "sql", purposes=purposes),)), KALMAR
    )
    (gap,) = of(report, "outside_purpose")
    assert gap.severity == "low"


def test_a_purpose_that_ties_no_categories_judges_nothing() -> None:
    name = "Utvärdera, utveckla och förbättra våra tjänster, produkter och system"
    facts = (SourceFacts("crm", "sql", purposes={"kalmar-energi": (name,)}),)
    report = judge(inventory(found("INVOICE"), sources=facts), KALMAR)
    assert of(report, "outside_purpose") == []
    assert report.unjudged_purpose == ("crm",)


def test_an_unknown_purpose_is_told_with_the_nearest_one() -> None:
    facts = SourceFacts(
        "crm", "sql", purposes={"krafthem": ("Ingå avtal med oss",), "other": ("x",)},
        scopes=(Scope("a", {"krafthem": ("Marknadsföring", "Zzz")}),),
    )  # fmt: skip
    assert list(unknown_purposes([facts], KRAFTHEM)) == [
        ("sources.crm.purposes.krafthem", "Ingå avtal med oss", "Ingå ett avtal med oss"),
        ("sources.crm.scope[0].purposes.krafthem", "Zzz", ""),
    ]
    with pytest.raises(PolicyError, match='did you mean "Ingå ett avtal med oss"'):
        judge(inventory(sources=(facts,)), KRAFTHEM)


# --- Retention ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "grade", "overdue_", "severity"),
    [
        ("2026-10-09", "A", True, "medium"),  # ends 10-30: yesterday
        ("2026-10-10", "A", False, None),  # ends today
        ("2026-11-30", "A", False, None),  # not yet
        ("2026-09", "B", True, "medium"),  # ends 10-21
        ("2026-10", "B", False, None),
        ("2019", "C", True, "low"),
        ("2026-13-01", "A", False, None),
        ("nonsense", "A", False, None),
    ],
)
def test_camera_clips_are_kept_for_21_days(
    period: str, grade: str, *, overdue_: bool, severity: str | None
) -> None:
    clip = found("CCTV_FOOTAGE", dates={(period, grade): 3})
    report = judge(inventory(clip), KALMAR)
    gaps = of(report, "retention")
    assert bool(gaps) is overdue_
    for gap in gaps:
        assert (gap.matches, gap.grade, gap.severity) == (3, grade, severity)
        assert gap.quote == "Lagring av material från kameraövervakning sker i 21 dagar. (rad 59)"
        assert "21 dagar" in gap.recommendation
    assert matrix(report)["Kameraövervakning"] == "found"


def test_only_what_is_overdue_is_counted_and_the_best_evidence_grades_it() -> None:
    clips = (
        found("CCTV_FOOTAGE", key="new", dates={("2026-10-30", "A"): 9}, matches=9),
        found("CCTV_FOOTAGE", key="old", dates={("2026-08", "C"): 4, ("2026-07-01", "B"): 2}),
    )
    (gap,) = of(judge(inventory(*clips), KALMAR), "retention")
    assert (gap.key, gap.matches, gap.places_total, gap.grade) == ("old", 6, 1, "B")


@pytest.mark.parametrize(
    ("policy", "entity"),
    [
        (SEVEN_H, "VOICE_RECORDING"),  # "interna rutiner": nothing to measure
        (SEVEN_H, "INVOICE"),  # by statute
        (KALMAR, "INVOICE"),
        (KRAFTHEM, "PERSON"),  # the dates beside a name are of no known event
        (KALMAR, "CORRESPONDENCE"),
    ],
)
def test_what_cannot_be_judged_is_no_overrun(policy: Policy, entity: str) -> None:
    old = found(entity, dates={("1999-01-01", "A"): 5})
    assert of(judge(inventory(old), policy), "retention") == []


def policy_of(*purposes: dict[str, Any], category: dict[str, Any] | None = None) -> Policy:
    stated = {"quote": "q", "lines": [1, 1]}
    film = {"name": "Film", "elements": ["kamerabild"], **stated, **(category or {})}
    return Policy.model_validate(
        {
            "name": "p",
            "title": "P",
            "controllers": [{"name": "AB", **stated}],
            "categories": [film],
            "purposes": [
                {"name": f"P{i}", "categories": ["Film"], **stated, **purpose}
                for i, purpose in enumerate(purposes)
            ],
        }
    )


def kept(duration: str | None = None, **keys: Any) -> dict[str, Any]:
    rule = {"quote": "q", "lines": [2, 2], "trigger": "recording", **keys}
    return {**rule, "duration": duration} if duration else rule


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (policy_of({"retention": [kept("P21D")]}), 1),
        (policy_of({"retention": [kept("P21D")]}, {"retention": [kept("P1M")]}), 1),
        (policy_of({"retention": [kept("P21D")]}, {"retention": [kept("P1Y")]}), 0),
        (policy_of({"retention": [kept("P21D")]}, {}), 0),
        (policy_of({"retention": [kept("P21D")]}, {"retention": [kept(open_ended=True)]}), 0),
        (policy_of({"retention": [kept("P21D", statute="lagen")]}), 0),
        (policy_of({"retention": [kept("P21D", trigger="contract_end")]}), 0),
        (policy_of({}, category={"retention": kept("P21D")}), 1),
        (policy_of(category={"retention": kept("P21D")}), 1),
        (policy_of(), 0),
        (
            policy_of({"retention": [kept("P21D")]}, category={"retention": kept("P2Y")}),
            0,
        ),
    ],
)
def test_every_covering_purpose_must_have_expired(policy: Policy, expected: int) -> None:
    clip = found("CCTV_FOOTAGE", dates={("2026-08-01", "A"): 1})
    assert len(of(judge(inventory(clip), policy), "retention")) == expected


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-11-30", "P36M", "2029-11-30"),
        ("2026-10-01", "P21D", "2026-10-22"),
        ("2026-10-01", "P2W", "2026-10-15"),
        ("2026-10-01", "P0D", "2026-10-01"),
        ("2026-10-01", "P1Y2M", "2027-12-01"),
    ],
)
def test_durations(start: str, duration: str, end: str) -> None:
    assert later(date.fromisoformat(start), duration) == date.fromisoformat(end)


@given(st.dates(), st.integers(0, 9999999), st.sampled_from("YMWD"))
def test_a_duration_never_ends_before_it_starts(start: date, count: int, unit: str) -> None:
    assert later(start, f"P{count}{unit}") >= start


@given(st.text(max_size=12))
def test_any_period_is_a_day_or_none(period: str) -> None:
    assert last_day(period) is None or len(period) in {4, 7, 10}


def test_without_rules_nothing_is_overdue() -> None:
    assert overdue([(Dated("1999-01-01", "A"), 1)], [], TODAY) == ()


# --- Transfers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "country", "safeguard", "severity"),
    [
        (KALMAR, "US", "", "high"),
        (KALMAR, "us", "SCC", "high"),
        (SEVEN_H, "US", "", "medium"),
        (SEVEN_H, "US", "SCC", None),
        (KRAFTHEM, "US", "", "low"),
        (policy_of(), "US", "", "medium"),
        (KALMAR, "GB", "", "high"),
        (KALMAR, "NO", "", None),
        (KALMAR, "SE", "", None),
        (KALMAR, "", "", None),
    ],
)
def test_transfer(policy: Policy, country: str, safeguard: str, severity: str | None) -> None:
    facts = SourceFacts("bucket", "s3", country=country, safeguard=safeguard)
    findings = (found("PERSON", source="bucket"), found("EMAIL_ADDRESS", source="bucket"))
    gaps = of(judge(inventory(*findings, sources=(facts,)), policy), "transfer")
    expected = {"PERSON", "EMAIL_ADDRESS"} if severity else set()
    assert {gap.entity for gap in gaps} == expected
    assert all(gap.severity == severity for gap in gaps)


def test_the_eea_has_thirty_states() -> None:
    assert len(EEA - {"EL"}) == 30
    assert not EEA & {"GB", "CH", "US"}


# --- The run as a whole ------------------------------------------------------------------------


def test_declared_but_not_found_needs_complete_coverage() -> None:
    whole = judge(inventory(found("PERSON"), statuses=("scanned", "unchanged", "gone")), KRAFTHEM)
    assert "Köpinformation" in {gap.category for gap in of(whole, "declared_not_found")}
    assert "Kundinformation" not in {gap.category for gap in of(whole, "declared_not_found")}
    assert {gap.severity for gap in of(whole, "declared_not_found")} == {"info"}
    assert matrix(whole)["Köpinformation"] == "declared_not_found"
    assert matrix(whole)["Kundinformation"] == "found"


@pytest.mark.parametrize("statuses", [("scanned", "failed"), ("partial",), ("skipped",), ()])
def test_what_was_not_reached_cannot_be_judged(statuses: tuple[str, ...]) -> None:
    report = judge(inventory(found("PERSON"), statuses=statuses), KRAFTHEM)
    assert report.coverage.complete is False
    assert of(report, "declared_not_found") == []
    assert matrix(report)["Köpinformation"] == "cannot_judge"
    assert matrix(report)["Kundinformation"] == "found"


def test_a_category_that_nothing_can_recognise_cannot_be_judged() -> None:
    report = judge(inventory(statuses=("scanned",)), KALMAR)
    assert matrix(report)["Tävlingar och event"] == "cannot_judge"


def test_undeclared_entities_have_rows_of_their_own_by_name() -> None:
    report = judge(COMPANY, KRAFTHEM)
    rows = {row.category: row for row in report.matrix}
    assert rows["Personnummer"].status == "found_undeclared"
    assert rows["Hälsa"].entities == ("HEALTH",)
    assert rows["Hälsa"].sources == ("share",)
    assert rows["Kundinformation"].sources == ("bucket", "crm", "share")
    names = [row.category for row in report.matrix]
    assert names[:7] == [category.name for category in KRAFTHEM.categories]


def test_coverage_counts_every_status_and_lists_what_was_not_read() -> None:
    report = judge(inventory(statuses=("scanned", "failed", "partial", "gone")), KRAFTHEM)
    assert report.coverage.status == {
        "scanned": 1, "partial": 1, "failed": 1, "skipped": 0, "unchanged": 0, "gone": 1,
    }  # fmt: skip
    assert set(report.coverage.status) == set(Status)
    assert (report.coverage.bytes, report.coverage.rows) == (400, 40)
    assert [(one.key, one.status) for one in report.unread] == [("k1", "failed"), ("k2", "partial")]


def test_gravest_first() -> None:
    order = list(Severity)
    severities = [order.index(gap.severity) for gap in judge(COMPANY, KRAFTHEM).gaps]
    assert severities == sorted(severities)
    assert judge(COMPANY, KRAFTHEM).gaps[0].entity == "HEALTH"


def test_special_categories_go_before_others_of_the_same_severity() -> None:
    held = inventory(found("VOICE_RECORDING", matches=900), found("HEALTH", matches=1))
    assert [gap.entity for gap in judge(held, KALMAR).gaps][:2] == ["HEALTH", "VOICE_RECORDING"]


def test_new_gaps_are_told_from_those_of_the_earlier_run() -> None:
    before = inventory(found("SE_PERSONNUMMER"), run="r0")
    now = inventory(found("SE_PERSONNUMMER", matches=99), found("SE_BANK_ACCOUNT"))
    report = judge(now, KRAFTHEM, before)
    assert report.compared_to == "r0"
    new = {gap.entity: gap.new for gap in of(report, "undeclared")}
    assert new == {"SE_PERSONNUMMER": False, "SE_BANK_ACCOUNT": True}
    assert {gap.new for gap in judge(now, KRAFTHEM).gaps} == {None}


def test_ids_differ_by_controller_kind_source_scope_and_entity() -> None:
    ids = [gap.id for policy in POLICIES.values() for gap in judge(COMPANY, policy).gaps]
    assert len(ids) == len(set(ids))
    assert all(len(one) == 12 for one in ids)


def test_an_id_never_changes() -> None:
    (gap,) = of(judge(inventory(found("SE_PERSONNUMMER")), KRAFTHEM), "undeclared")
    assert gap.id == "d37cdba532e4"


def test_english() -> None:
    report = judge(COMPANY, KALMAR, lang="en")
    (gap,) = of(report, "retention")
    assert "21 days" in gap.recommendation
    assert gap.quote is not None
    assert gap.quote.endswith("(line 59)")
    assert {gap.id for gap in report.gaps} == {gap.id for gap in judge(COMPANY, KALMAR).gaps}


_FOUND = st.builds(
    found,
    st.sampled_from(["SE_PERSONNUMMER", "HEALTH", "PERSON", "CCTV_FOOTAGE", "PAYMENT_HISTORY"]),
    source=st.sampled_from(["crm", "share", "bucket", "unlisted"]),
    key=st.sampled_from(["Marknad/a.csv", "b", "c"]),
    location=st.sampled_from(["", "x"]),
    matches=st.integers(1, 2000),
    persons=st.none() | st.integers(0, 10**6),
    dates=st.none() | st.just({("2026-08-01", "B"): 2}),
)


@settings(max_examples=60)
@given(st.lists(_FOUND, max_size=25), st.randoms(), st.sampled_from(list(POLICIES)))
def test_the_judgement_does_not_depend_on_the_order_of_findings(
    findings: list[Found], random: Any, name: str
) -> None:
    held = replace(COMPANY, findings=tuple(findings))
    shuffled = list(findings)
    random.shuffle(shuffled)
    report = judge(held, POLICIES[name])
    assert report == judge(replace(held, findings=tuple(shuffled)), POLICIES[name])
    seen = {(gap.kind, gap.source, gap.scope, gap.entity, gap.category) for gap in report.gaps
            if gap.entity}  # fmt: skip
    assert len(seen) == sum(1 for gap in report.gaps if gap.entity)
    held_kinds = (GapKind.UNDECLARED, GapKind.NOT_COLLECTED)
    undeclared = {(g.source, g.entity) for g in report.gaps if g.kind in held_kinds}
    for one in findings:
        entity = one.finding.entity
        declared = bool(POLICIES[name].categories_of(entity))
        assert ((one.source, entity) in undeclared) is (
            not declared or POLICIES[name].is_not_collected(entity)
        )


def test_what_nothing_looks_for_is_never_called_absent() -> None:
    policy = load("krafthem", Path())
    covered = (Covered("crm", "k", "scanned", None, 1, 1, None, "2026-Q4"),)
    sources = {"crm": SourceFacts("crm", "sql")}
    statuses = {}
    for looked_for in (None, frozenset({"PERSON"})):
        inventory = Inventory("r", date(2026, 11, 23), sources, covered, (), looked_for)
        report = judge(inventory, policy)
        statuses[looked_for] = {row.category: row.status for row in report.matrix}
        absent = {gap.category for gap in report.gaps if gap.kind == "declared_not_found"}
        assert absent == {
            name for name, status in statuses[looked_for].items() if status == "declared_not_found"
        }
    assert statuses[None]["Demografisk information"] == "declared_not_found"
    assert statuses[frozenset({"PERSON"})]["Demografisk information"] == "cannot_judge"
    assert statuses[frozenset({"PERSON"})]["Kundinformation"] == "declared_not_found"
    sought = frozenset({"HEALTH", "PERSON", "RELIGION"})
    told = judge(Inventory("r", date(2026, 11, 23), sources, covered, (), sought), policy)
    assert "Etniskt ursprung" in told.unsought, "promised not to be collected, and not looked for"
    assert not {"Hälsa", "Namn", "Religiös eller filosofisk övertygelse"} & set(told.unsought)

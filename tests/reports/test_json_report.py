"""The JSON keys are a contract; names come through unharmed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.json import PLUGIN, JsonReport
from scanner.model import (
    CoverageSummary,
    Gap,
    GapKind,
    GapPlace,
    GapReport,
    MatrixRow,
    Sample,
    Sampled,
    Severity,
    Status,
    Unread,
)

GAP = Gap(
    id="0123456789ab",
    kind=GapKind.RETENTION,
    severity=Severity.MEDIUM,
    source="share",
    key="Kamera/å.mp4",
    location="",
    entity="CCTV_FOOTAGE",
    category="Kameraövervakning",
    matches=2,
    persons=None,
    places=(GapPlace("Kamera/å.mp4", "", 2),),
    places_total=1,
    quote="21 dagar (rad 59)",
    recommendation="Radera.",
    grade="B",
)
REPORT = GapReport(
    policy="kalmar-energi",
    controllers=("AB",),
    run="r1",
    run_date="2026-10-31",
    compared_to=None,
    coverage=CoverageSummary({status.value: 0 for status in Status}, 7, 3, complete=True),
    unread=(Unread("crm", "main.t", "failed", "locked"),),
    gaps=(GAP,),
    matrix=(MatrixRow("Kameraövervakning", "found", ("CCTV_FOOTAGE",), ("share",)),),
    unjudged_purpose=("crm",),
    sampled=(Sampled("crm", "main.big", Sample(10**8, 9985, 0, 0.0003)),),
)


def rendered(report: GapReport) -> Any:
    return json.loads(JsonReport().render(report, "sv"))


def test_the_keys_of_the_contract_come_first_and_in_order() -> None:
    value = rendered(REPORT)
    assert list(value)[:6] == ["policy", "run", "compared_to", "coverage", "gaps", "matrix"]
    assert list(value["gaps"][0])[:14] == [
        "id", "kind", "severity", "source", "key", "location", "entity", "category", "matches",
        "persons", "places", "places_total", "quote", "recommendation",
    ]  # fmt: skip
    assert list(value["matrix"][0]) == ["category", "status", "entities", "sources"]
    assert list(value["coverage"]) == ["status", "bytes", "rows", "complete"]
    assert set(value["coverage"]["status"]) == {status.value for status in Status}


def test_values() -> None:
    value = rendered(REPORT)
    gap = value["gaps"][0]
    assert (gap["kind"], gap["severity"], gap["persons"]) == ("retention", "medium", None)
    assert gap["places"] == [{"key": "Kamera/å.mp4", "location": "", "matches": 2}]
    assert (gap["scope"], gap["grade"], gap["new"]) == ("", "B", None)
    assert value["coverage"] == {
        "status": dict.fromkeys(Status, 0), "bytes": 7, "rows": 3, "complete": True,
    }  # fmt: skip
    assert value["unread"] == [
        {"source": "crm", "key": "main.t", "status": "failed", "reason": "locked"}
    ]
    assert value["unjudged_purpose"] == ["crm"]
    assert value["compared_to"] is None
    assert value["sampled"] == [
        {"source": "crm", "key": "main.big", "frame": 10**8, "size": 9985, "seed": 0,
         "bound": 0.0003},
    ]  # fmt: skip


def test_persons_come_with_their_interval() -> None:
    told = replace(GAP, persons=12_034, persons_between=(11_800, 12_300))
    gap = rendered(replace(REPORT, gaps=(told,)))["gaps"][0]
    assert (gap["persons"], gap["persons_between"]) == (12_034, [11_800, 12_300])


@pytest.mark.parametrize("new", [True, False, None])
def test_new(new: bool | None) -> None:  # noqa: FBT001 a table's value
    assert rendered(replace(REPORT, gaps=(replace(GAP, new=new),)))["gaps"][0]["new"] is new


@given(st.text(st.characters(), max_size=30))
def test_any_name_survives_as_utf8(name: str) -> None:
    text = PLUGIN().render(replace(REPORT, gaps=(replace(GAP, key=name),)), "sv")
    assert json.loads(text.encode("utf-8"))["gaps"][0]["key"] == name


def test_swedish_is_readable_and_a_broken_name_is_escaped() -> None:
    text = JsonReport().render(replace(REPORT, run="\udce5"), "sv")
    assert "Kameraövervakning" in text
    assert "\\udce5" in text
    text.encode("utf-8")


def test_suffix() -> None:
    assert JsonReport().suffix == "json"

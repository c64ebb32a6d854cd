"""The workbook answers one question a sheet, and no cell of it can act."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.xlsx import CELL, PLUGIN, XlsxReport
from scanner.model import GapKind, GapReport, Severity
from tests.reports import hostile_report
from tests.reports.hostile_report import FORMULA, LONG, NAMES

REPORT = hostile_report.report()


def workbook(report: GapReport = REPORT, lang: str = "sv") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(XlsxReport().render(report, lang)))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    first, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, first), row, strict=True)) for row in rest]


def test_a_sheet_a_question_in_either_language() -> None:
    assert workbook().sheetnames == [
        "Sammanfattning",
        "Att besluta",
        "Avvikelser",
        "Matris",
        "Gallring",
        "Policybrister",
        "Tredje land",
        "Inte läst",
        "Urval",
    ]
    assert workbook(lang="en").sheetnames == [
        "Summary",
        "To decide",
        "Gaps",
        "Matrix",
        "Retention",
        "Policy shortcomings",
        "Third countries",
        "Not read",
        "Samples",
    ]


def test_every_sheet_filters_under_headers_that_stay() -> None:
    for sheet in workbook():
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(
            10 <= one.width <= 62 or one.width >= 5 for one in sheet.column_dimensions.values()
        )


def test_the_numbers_are_those_of_the_report() -> None:
    book = workbook()
    summary = {row["Uppgift"]: row["Värde"] for row in rows(book["Sammanfattning"])}
    for level, word in zip(Severity, ("kritisk", "hög", "medel", "låg", "upplysning"), strict=True):
        expected = sum(gap.severity is level for gap in REPORT.gaps)
        assert summary[f"Avvikelser efter allvar: {word}"] == expected
    assert summary["Vad som är läst: läst"] == 12_345
    gaps = rows(book["Avvikelser"])
    assert [row["Id"] for row in gaps] == [gap.id for gap in REPORT.gaps]
    assert [row["Träffar"] for row in gaps] == [gap.matches for gap in REPORT.gaps]
    for name, kind in (
        ("Gallring", GapKind.RETENTION),
        ("Policybrister", GapKind.POLICY),
        ("Tredje land", GapKind.TRANSFER),
    ):
        assert len(rows(book[name])) == sum(gap.kind is kind for gap in REPORT.gaps)
    assert len(rows(book["Matris"])) == len(REPORT.matrix)
    assert len(rows(book["Inte läst"])) == len(REPORT.unread)
    assert len(rows(book["Urval"])) == len(REPORT.sampled)
    assert rows(book["Urval"])[0]["Lästa rader"] == REPORT.sampled[0].sample.size
    told = {gap.persons: gap.persons_between for gap in REPORT.gaps}
    assert told[12_000] == (11_823, 12_345)
    counted = next(row for row in gaps if row["Personer"] == 12_000)
    assert counted["Personer, intervall (95 %)"] == "ca 12\xa0000 (11\xa0800–12\xa0400)"


def test_a_decision_is_chosen_from_a_list() -> None:
    sheet = workbook()["Att besluta"]
    (choice,) = sheet.data_validations.dataValidation
    assert "Falskt larm" in choice.formula1
    assert rows(sheet)[0]["Förslag: senast"] == "2026-11-07"


def test_no_cell_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(XlsxReport().render(REPORT, "sv"))) as packed:
        for name in packed.namelist():
            content = packed.read(name).decode()
            assert "<f>" not in content, name
            assert "hyperlink" not in content, name
            assert "externalLink" not in name
            assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", content), name
    cells = [cell for sheet in workbook() for row in sheet.iter_rows() for cell in row]
    acting = [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert any(cell.value == FORMULA for cell in acting)
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in acting)


def test_names_are_whole_or_cut_where_a_cell_ends() -> None:
    names = {row["Källa"] for row in rows(workbook()["Inte läst"])}
    assert LONG in names
    huge = replace(REPORT, gaps=(replace(REPORT.gaps[0], recommendation="å\U0001f600" * 30_000),))
    told = rows(workbook(huge)["Avvikelser"])[0]["Åtgärd"]
    assert isinstance(told, str)
    assert CELL - 3 <= len(told.encode("utf-16-le")) // 2 <= CELL
    assert told.endswith("…")


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_stays_one_cell(name: str) -> None:
    one = replace(REPORT, gaps=tuple(gap for gap in REPORT.gaps if gap.scope == name))
    assert len(rows(workbook(one)["Avvikelser"])) == len(one.gaps)


def test_an_empty_report_and_an_odd_date_are_a_workbook_too() -> None:
    empty = replace(REPORT, gaps=(), matrix=(), unread=(), run_date="igår")
    assert rows(workbook(empty)["Att besluta"]) == []


def test_the_same_report_is_the_same_bytes() -> None:
    assert XlsxReport().render(REPORT, "sv") == XlsxReport().render(REPORT, "sv")
    with zipfile.ZipFile(io.BytesIO(XlsxReport().render(REPORT, "sv"))) as packed:
        assert "2026-10-31T00:00:00Z" in packed.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


def test_the_plugin_is_the_report() -> None:
    assert PLUGIN().suffix == "xlsx"

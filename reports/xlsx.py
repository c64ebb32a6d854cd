"""The gap report as a workbook: one sheet a question, to sort, filter and assign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.names import visible
from reports.page import Page
from scanner.model import Gap, GapKind, GapReport

CELL = 32_767
"""Characters that Excel keeps in one cell, counted in UTF-16."""
ROWS = 100_000
"""Rows of one sheet; the JSON report has them all."""
_WIDEST = 60
_FORMULA = ("=", "+", "-", "@")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class XlsxReport:
    """The same bytes for the same report; no cell is ever a formula or a link."""

    suffix: str = "xlsx"

    def render(self, report: GapReport, lang: str) -> bytes:
        """The whole workbook."""
        out = BytesIO()
        book = xlsxwriter.Workbook(out, _OPTIONS)
        book.set_properties({"created": _day(report.run_date)})
        sheets = _Sheets(_Book(book), Page(report, lang), report)
        sheets.summary()
        sheets.first()
        sheets.held("gaps", report.gaps)
        sheets.matrix()
        sheets.held("retention", sheets.page.listed(GapKind.RETENTION))
        sheets.held("policy", sheets.page.listed(GapKind.POLICY))
        sheets.held("transfers", sheets.page.listed(GapKind.TRANSFER))
        sheets.unread()
        sheets.samples()
        book.close()
        return out.getvalue()


def _day(iso: str) -> datetime:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return datetime(2000, 1, 1)


def _fitting(text: str) -> str:
    """What a cell can hold, with nothing in it that is invisible."""
    encoded = visible(text).encode("utf-16-le")
    if len(encoded) <= 2 * CELL:
        return encoded.decode("utf-16-le")
    return encoded[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"


class _Book:
    """A workbook with its three formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.plain: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.head: Format = book.add_format({"bold": True, "bg_color": "#E3E9EE", "bottom": 1})
        # Excel keeps such a cell a text also when somebody edits it.
        self.quoted: Format = book.add_format(
            {"text_wrap": True, "valign": "top", "quote_prefix": True}
        )

    def sheet(self, name: str, headers: Sequence[str], rows: Iterable[Row]) -> Worksheet:
        """A sheet whose headers stay in sight and filter its rows."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        widths = [len(header) + 3 for header in headers]
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, self.head)
        last = 0
        for last, row in zip(range(1, ROWS + 1), rows, strict=False):
            for column, cell in enumerate(row):
                self._write(sheet, last, column, cell)
                widths[column] = max(widths[column], len(str(cell or "")) + 2)
        sheet.autofilter(0, 0, last, len(headers) - 1)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST))
        return sheet

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.plain)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self.plain)
        else:
            text = _fitting(cell)
            style = self.quoted if text.startswith(_FORMULA) else self.plain
            sheet.write_string(row, column, text, style)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What stands in each sheet."""

    book: _Book
    page: Page
    report: GapReport

    def name(self, sheet: str) -> str:
        return self.page.say(f"sheet_{sheet}")

    def columns(self, *names: str) -> list[str]:
        return [self.page.say(f"column.{name}") for name in names]

    def summary(self) -> None:
        page, report = self.page, self.report
        status = report.coverage.status
        whole = page.read_so_far if not report.unread else page.say("incomplete")
        rows: list[Row] = [
            (page.say("verdict"), page.verdict),
            ("", page.explained),
            (page.say("coverage"), whole if page.is_read else ""),
            *([("", page.sampled)] if page.sampled else []),
            (page.say("about_policy"), report.policy_title or report.policy),
            ("", self.policy_date()),
            (page.say("about_controller"), ", ".join(report.controllers)),
            (page.say("about_run"), report.run),
            (page.say("about_scanned"), report.run_date),
            (page.say("about_change"), self.change()),
        ]
        rows += [
            (f"{page.say('severities')}: {page.say(f'severity.{level}')}", page.of_severity(level))
            for level in page.severities
        ]
        rows += [
            (f"{page.say('coverage')}: {page.say(f'status.{name}')}", count)
            for name, count in status.items()
        ]
        for one in report.sources:
            told = f"{page.kind(one)}, {one.owner or page.say('no_owner')}, {one.country or '–'}"
            numbers = f"{page.say('read')} {page.read(one.status)}, "
            sampled = page.sampled_of(one.name)
            numbers += f"{page.say('sampled_count')} {sampled}, " if sampled else ""
            numbers += f"{page.say('unread_count')} {page.unread(one.status, one.name)}"
            rows.append((f"{page.say('column.source')}: {one.name}", f"{told}: {numbers}"))
        if report.unjudged_purpose:
            sources = ", ".join(report.unjudged_purpose)
            rows.append(("", page.say("unjudged", sources=sources)))
        if report.unsought:
            rows.append(("", page.say("unsought", names=", ".join(report.unsought))))
        self.book.sheet(self.name("summary"), [page.say("fact"), page.say("value")], rows)

    def policy_date(self) -> str:
        page, given = self.page, self.report.policy_date
        return page.say("about_date", date=given) if given else page.say("about_no_date")

    def change(self) -> str:
        page, report = self.page, self.report
        if report.compared_to is None:
            return page.say("change_none")
        key = "change_new" if report.ended is None else "change"
        return page.say(key, run=report.compared_to, new=page.new, ended=report.ended)

    def first(self) -> None:
        page = self.page
        names = ["severity", "kind", "entity", "category", "source", "owner", "matches", "persons"]
        names += ["interval", "advice", "quote", "deadline"]
        choices = self.columns("accepted", "policy", "delete", "false")
        headers = [*self.columns(*names), page.say("decision"), *self.columns("name", "date", "id")]
        rows: list[Row] = []
        for one in page.decisions:
            last = one.deadline(self.report.run_date)
            for gap in one.gaps:
                cells = self.cells(gap)
                deadline = last.isoformat() if last else ""
                rows.append(
                    (*(cells[name] for name in names[:-1]), deadline, "", "", "", gap.id),
                )
        sheet = self.book.sheet(self.name("first"), headers, rows)
        column = headers.index(page.say("decision"))
        if rows:
            choice = {"validate": "list", "source": choices}
            sheet.data_validation(1, column, len(rows), column, choice)
        sheet.set_column(column, column, 24)

    def held(self, name: str, gaps: Iterable[Gap]) -> None:
        names = ["severity", "kind", "new", "grade", "entity", "category", "source", "scope"]
        names += ["owner", "key", "location", "places", "matches", "persons", "interval"]
        names += ["advice", "quote", "id"]
        rows = ([cells[name] for name in names] for cells in map(self.cells, gaps))
        self.book.sheet(self.name(name), self.columns(*names), rows)

    def cells(self, gap: Gap) -> dict[str, Cell]:
        page = self.page
        return {
            "severity": page.say(f"severity.{gap.severity}"),
            "kind": page.say(f"kind.{gap.kind}"),
            "new": page.say("new") if gap.new else None,
            "grade": gap.grade,
            "entity": page.entity(gap.entity) if gap.entity else None,
            "category": gap.category,
            "source": gap.source,
            "scope": gap.scope,
            "owner": page.owner(gap.source),
            "key": gap.key,
            "location": gap.location,
            "places": gap.places_total or None,
            "matches": gap.matches,
            "persons": gap.persons,
            "interval": None if gap.persons is None else page.persons_of(gap),
            "advice": gap.recommendation,
            "quote": gap.quote,
            "id": gap.id,
        }

    def matrix(self) -> None:
        page = self.page
        rows = (
            (
                row.category,
                page.say(row.status),
                ", ".join(map(page.entity, row.entities)),
                ", ".join(row.sources),
            )
            for row in self.report.matrix
        )
        headers = self.columns("category", "status", "entities", "sources")
        self.book.sheet(self.name("matrix"), headers, rows)

    def samples(self) -> None:
        page = self.page
        rows = (
            (
                one.source,
                one.key,
                one.sample.size,
                one.sample.frame,
                page.percent(one.sample.bound),
            )
            for one in self.report.sampled
        )
        headers = self.columns("source", "key", "drawn", "frame", "bound")
        self.book.sheet(self.name("samples"), headers, rows)

    def unread(self) -> None:
        page = self.page
        rows = (
            (one.source, one.key, page.say(f"status.{one.status}"), page.reason(one.reason))
            for one in self.report.unread
        )
        headers = self.columns("source", "key", "status", "reason")
        self.book.sheet(self.name("unread"), headers, rows)


PLUGIN = XlsxReport

"""The page says first what matters, in either language, and nothing in it can act."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from reports.charts import Bar, bars
from reports.html import LEFT_OUT, PLUGIN, UNREAD, HtmlReport, named, prose
from reports.texts import reason
from scanner.model import (
    CoverageSummary,
    Gap,
    GapKind,
    GapReport,
    MatrixRow,
    Sample,
    Sampled,
    Severity,
    SourceSummary,
    Status,
    Unread,
)
from tests.reports import hostile_report
from tests.reports.hostile_report import BACKWARDS, LONG, SCRIPT


def gap(kind: str = "undeclared", severity: str = "high", **keys: object) -> Gap:
    base = Gap(
        id="0123456789ab",
        kind=GapKind(kind),
        severity=Severity(severity),
        source="crm",
        key="main.kunder",
        location="pnr",
        entity="SE_PERSONNUMMER",
        category=None,
        matches=12345,
        persons=9876,
        places=(),
        places_total=7,
        quote="De kategorier (rad 51)",
        recommendation="Ta upp det i policyn.",
    )
    return replace(base, **keys)  # type: ignore[arg-type]  # fields by name


def report(*gaps: Gap, complete: bool = False, unread: int = 1, scanned: int = 3) -> GapReport:
    status = {one.value: 0 for one in Status} | {"scanned": scanned, "failed": unread}
    reason = "encrypted workbook: needs its password"
    return GapReport(
        policy="krafthem",
        controllers=("Krafthem AB",),
        run="2026-Q4",
        run_date="2026-10-31",
        compared_to=None,
        coverage=CoverageSummary(status, 1234567, 890, complete=complete),
        unread=tuple(Unread("share", f"k{i}.pdf", "failed", reason) for i in range(unread)),
        gaps=gaps,
        matrix=(
            MatrixRow("Kundinformation", "found", ("PERSON",), ("crm",)),
            MatrixRow("Köpinformation", "cannot_judge", (), ()),
        ),
        policy_title="Krafthems integritetspolicy",
        policy_date="2020-09-24",
        sources=(
            SourceSummary("crm", "sql", "Kundservice", "SE", {"scanned": scanned}),
            SourceSummary("share", "files", "", "", {"failed": unread}),
        ),
        names={"SE_PERSONNUMMER": "Personnummer", "PERSON": "Namn"},
    )


def parsed(one: GapReport, lang: str = "sv") -> HTMLParser:
    return HTMLParser(HtmlReport().render(one, lang))


def words(node: Node | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def first(node: HTMLParser | Node, css: str) -> Node:
    found = node.css_first(css)
    assert found is not None, css
    return found


def section(page: HTMLParser, name: str) -> Node:
    return next(
        node for node in page.css("section") if node.attributes.get("aria-labelledby") == name
    )


def test_page_one_holds_the_verdict_what_was_not_read_and_the_facts() -> None:
    page = parsed(report(gap(), gap("outside_purpose", "medium"), unread=2))
    head = words(first(page, "header"))
    assert words(first(page, "h1")) == "1 allvarlig avvikelse från policyn"
    assert "2 avvikelser mellan" in head
    assert "2 av 5 är inte lästa i sin helhet" in head
    assert "share (hela källan)" in head
    assert "krafthem, daterad 24 september 2020" in head
    assert "31 oktober 2026" in head
    unread = section(page, "coverage").css("table")[1]
    assert "krypterad arbetsbok: kräver lösenord" in words(unread)


@pytest.mark.parametrize(
    ("one", "verdict", "tone"),
    [
        (report(complete=True, unread=0), "Inga avvikelser i det som lästes", "good"),
        (report(), "Inga avvikelser i det som lästes", "medium"),
        (report(gap(severity="low"), gap(severity="low")), "2 avvikelser, ingen av", "medium"),
        (report(gap(severity="critical")), "1 allvarlig", "critical"),
        (report(gap("declared_not_found", "info")), "Inga avvikelser", "medium"),
        (report(scanned=0), "Ingenting kunde läsas", "critical"),
    ],
)
def test_verdicts(one: GapReport, verdict: str, tone: str) -> None:
    page = parsed(one)
    assert words(first(page, "h1")).startswith(verdict)
    assert first(page, ".verdict").attributes["class"] == f"verdict {tone}"


def test_a_decision_has_all_that_is_needed_to_take_it() -> None:
    gaps = (gap(), gap(source="share", key="lista.csv", persons=20_000, scope="Marknad/**"))
    decisions = parsed(report(*gaps)).css(".decisions > li")
    assert len(decisions) == 1
    shown = words(decisions[0])
    for said in (
        "Saknas i policyn: Personnummer hög",
        "crm, ägare Kundservice: 12 345 träffar på 7 ställen, mest i main.kunder : pnr",
        "share (Marknad/**), ägare inte angiven",
        "→ Ta upp det i policyn.",
        "minst 20 000",
        "30 november 2026",
        "De kategorier (rad 51)",
        "ingen täcker den",
    ):
        assert said in shown, said
    unknown = words(parsed(report(gap(persons=None))).css_first(".decisions"))
    assert "inte känt" in unknown


def test_page_one_says_what_samples_prove_and_calls_them_read() -> None:
    status = {one.value: 0 for one in Status} | {"scanned": 3, "partial": 2}
    sampled = tuple(
        Sampled("crm", key, Sample(50_000_000, 9_985, 0, bound))
        for key, bound in (("main.a", 0.0003), ("main.b", 0.0004))
    )
    one = replace(
        report(unread=0),
        coverage=CoverageSummary(status, 1, 1, complete=False),
        sources=(SourceSummary("crm", "sql", "", "SE", {"scanned": 3, "partial": 2}),),
        sampled=sampled,
    )
    page = parsed(one)
    head = words(first(page, "header"))
    assert "2 stora tabeller är lästa genom slumpmässiga urval" in head
    assert "0,04 % av dess rader" in head
    assert "Allt som listades är läst, stora tabeller genom urval" in head
    assert "inte lästa i sin helhet" not in head
    tables = section(page, "coverage").css("table")
    counts = [words(cell) for cell in tables[0].css("tbody tr")[0].css("td.number")]
    assert counts == ["3", "2", "0"]
    assert "main.b" in words(tables[1])
    cut = replace(one, unread=(Unread("crm", "x", "partial", "y"),), sampled=sampled[:1])
    assert "1 av 5 är inte lästa i sin helhet" in words(first(parsed(cut), "header"))


def test_persons_are_told_with_their_interval() -> None:
    told = gap(persons=12_034, persons_between=(11_823, 12_345))
    page = parsed(report(told))
    assert "ca 12\xa0000 (11\xa0800–12\xa0400)" in first(page, ".decisions").text()
    english = section(parsed(report(told), "en"), "every")
    assert "about 12,000 (11,800–12,400)" in english.text()


def test_at_most_five_decisions_and_a_row_to_sign_for_each() -> None:
    page = parsed(report(*(gap(entity=f"E{i}", id=f"{i:012}") for i in range(9))))
    assert len(page.css(".decisions > li")) == 5
    rows = section(page, "sign").css("tbody tr")
    assert len(rows) == 6
    assert words(rows[0]).count("☐") == 4


def test_each_section_holds_its_gaps() -> None:
    gaps = (
        gap("retention", "medium", entity="CCTV_FOOTAGE", grade="B"),
        gap("transfer", "high", entity="EMAIL_ADDRESS"),
        gap("policy", "low", entity=None, source=None, key=None, matches=None, category="Cookies"),
    )
    page = parsed(report(*gaps))
    assert "B CCTV_FOOTAGE" in words(section(page, "retention"))
    assert "EMAIL_ADDRESS" in words(section(page, "transfers"))
    assert "Cookies" in words(section(page, "policy"))
    assert len(page.css("#gaps tbody tr")) == 3
    empty = parsed(report())
    assert "Inget som är daterat" in words(section(empty, "retention"))


def test_the_matrix_marks_one_column_a_row() -> None:
    table = section(parsed(report()), "matrix")
    marked = [
        [("●" in words(cell)) for cell in row.css("td.mark")] for row in table.css("tbody tr")
    ]
    assert marked == [[True, False, False, False, False], [False, False, False, False, True]]


def test_a_long_list_of_unread_is_folded_and_then_cut() -> None:
    page = section(parsed(report(unread=UNREAD + 30)), "coverage")
    assert f"k{UNREAD - 1}.pdf" in words(page)
    assert f"k{UNREAD}.pdf" not in words(page)
    assert "Och 30 till" in words(page)
    assert "k0.pdf" in words(page.css("table")[1])
    assert "k6.pdf" not in words(page.css("table")[1])


def test_a_comparison_is_told_and_what_is_new_is_marked() -> None:
    one = replace(report(gap(new=True), gap(new=False)), compared_to="2026-Q3", ended=4)
    page = parsed(one)
    assert "2026-Q3: nya avvikelser 1, borta 4" in words(first(page, "header"))
    rows = page.css("#gaps tbody tr")
    assert [bool(row.css(".new")) for row in rows] == [True, False]


def test_english_has_no_swedish() -> None:
    one = report(gap(recommendation="r", quote="q"), gap("retention", grade="A"))
    page = parsed(replace(one, compared_to="Q3", ended=1), "en")
    assert first(page, "html").attributes["lang"] == "en"
    shown = words(page.body).replace("Köpinformation", "").replace("Ta upp det i policyn", "")
    assert not re.search("[åäöÅÄÖ]", shown)
    assert "12,345 hits" in shown
    assert "31 October 2026" in shown
    assert "encrypted workbook: needs its password" in shown


def test_the_page_may_load_nothing_and_run_only_its_own_script() -> None:
    page = parsed(report(gap()))
    policy = first(page, "meta[http-equiv]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (block,) = page.css(tag)
        inside = block.text(deep=True)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not page.css("link, img, iframe, object, form, [style], [src], [onclick]")
    assert all((link.attributes["href"] or "").startswith("#") for link in page.css("a"))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_hostile_names_are_text(lang: str) -> None:
    hostile = hostile_report.report()
    html = HtmlReport().render(hostile, lang)
    html.encode("utf-8")
    page = HTMLParser(html)
    assert len(page.css("script")) == 1
    assert not page.css("img, [onerror], iframe")
    assert len(page.css("#gaps tbody tr")) == len(hostile.gaps)
    assert len(page.css("style")) == len(page.css("title:not(svg title)")) == 1
    assert {c for c in html if unicodedata.category(c) in {"Cc", "Cf", "Cs"}} == {"\n"}
    assert SCRIPT in first(page, "#gaps").text()
    assert "{{ 7 * 7 }}" in first(page, "#gaps").text()


def test_a_long_name_is_cut_in_the_middle_and_whole_in_its_tooltip() -> None:
    shown = first(HTMLParser(named(LONG)), "bdi")
    assert len(shown.text()) == 160
    assert shown.text().endswith("END.csv")
    assert shown.attributes["title"] == LONG


def test_a_long_name_in_a_sentence_leaves_the_sentence_whole() -> None:
    shown = first(HTMLParser(prose(f"Radera {LONG} ur crm.")), "bdi")
    assert shown.text().startswith("Radera xxx")
    assert shown.text().endswith("END.csv ur crm.")
    assert len(shown.text()) < 200


def test_the_verdict_names_a_few_sources_at_most() -> None:
    head = words(first(parsed(hostile_report.report()), ".verdict"))
    assert head.count("(1 av 5)") == LEFT_OUT
    assert head.endswith("…")


def test_a_name_cannot_turn_the_text_around() -> None:
    assert "kund⟨U+202E⟩gpj.exe" in named(BACKWARDS)


def test_a_chart_draws_each_bar_as_long_as_its_value_and_reads_aloud() -> None:
    rows = [Bar("<b>hög", 8, "high", "8"), Bar("låg", 4, "low", "4"), Bar("noll", 0, "info", "0")]
    drawn = HTMLParser(bars(rows, "c", "Titel", "Staplar: hög 8"))
    found = drawn.css("rect")
    widths = {bar.attributes["class"]: float(bar.attributes["width"] or 0) for bar in found}
    assert widths["bar high"] == pytest.approx(2 * widths["bar low"])
    assert widths["bar info"] == 0
    tops = {bar.attributes["class"]: float(bar.attributes["y"] or 0) for bar in found}
    assert tops["bar high"] < tops["bar low"] < tops["bar info"]
    assert first(drawn, "svg").attributes["role"] == "img"
    assert first(drawn, "desc").text() == "Staplar: hög 8"
    assert "<b>hög" in [text.text() for text in drawn.css("text")]
    assert not drawn.css("b")


def test_no_bars_no_chart() -> None:
    assert bars([], "c", "t", "d") == ""


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("damaged archive: cannot be opened; restore it from a copy",
         "skadat arkiv: kan inte öppnas; återställ det från en kopia"),
        ("löner.csv: encrypted archive member: needs its password; b.xls: not read yet: Excel 95",
         "löner.csv: krypterad fil i arkiv: kräver lösenord; b.xls: läses inte än: Excel 95"),
        ("manual source (pappersarkiv): check it by hand; contact arkivarien; 1. Pärm 12",
         "läses av människor (pappersarkiv): gå igenom för hand; kontakt: arkivarien; 1. Pärm 12"),
        ("3 of 9 longer texts look English, read by Swedish rules only; a: not read yet: Excel 95",
         "3 av 9 längre texter ser ut att vara på engelska, lästa enbart med svenska regler;"
         " a: läses inte än: Excel 95"),
        ("and 7 more parts", "och 7 delar till"),
        ("something that nobody has translated", "something that nobody has translated"),
        ("", ""),
    ],
)  # fmt: skip
def test_reasons_are_told_in_swedish(stored: str, told: str) -> None:
    assert reason(stored, "sv") == told
    assert reason(stored, "en") == stored


def test_the_same_report_is_the_same_page() -> None:
    one = hostile_report.report()
    assert HtmlReport().render(one, "sv") == HtmlReport().render(one, "sv")


def test_the_plugin_is_the_report() -> None:
    assert PLUGIN().suffix == "html"

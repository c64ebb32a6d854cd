"""The Markdown report says what was not read, puts first things first, and stays in its cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.decision import FIRST
from reports.md import PLUGIN, UNREAD, MdReport, escape
from scanner.model import (
    CoverageSummary,
    Gap,
    GapKind,
    GapReport,
    MatrixRow,
    Sample,
    Sampled,
    Severity,
    Status,
    Unread,
)

HOSTILE = [
    "a|b",
    "`code`",
    "<script>alert(1)</script>",
    "<!-- ",
    "x\ny",
    "x\r\n\n# rubrik",
    "[länk](https://example.se)",
    "![bild](https://example.se/x.png)",
    "https://example.se/a_b",
    "<https://example.se>",
    "\u202egpj.exe",
    "a\x00b\x1b[31m",
    "*fet* _kursiv_ **båda** ~~struken~~",
    "\\|",
    "\\",
    "&lt;b&gt; &amp; &#35;",
    "| --- |",
    "$x$",
    "\udce5",
    "Anställda!B",
    "kund_lista 2026.csv",
]


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
    return GapReport(
        policy="krafthem",
        controllers=("Krafthem AB",),
        run="2026-Q4",
        run_date="2026-10-31",
        compared_to=None,
        coverage=CoverageSummary(status, 1234567, 890, complete=complete),
        unread=tuple(Unread("share", f"k{i}.pdf", "failed", "krypterad") for i in range(unread)),
        gaps=gaps,
        matrix=(
            MatrixRow("Kundinformation", "found", ("PERSON",), ("crm",)),
            MatrixRow("Köpinformation", "cannot_judge", (), ()),
        ),
        unjudged_purpose=("bucket",),
    )


def sv(one: GapReport) -> str:
    return MdReport().render(one, "sv")


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found += [token, *(token.children or ())]
    return found


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def test_page_one_says_what_was_found_and_what_was_not_read() -> None:
    text = sv(report(gap(), gap("outside_purpose", "medium")))
    head = text.split("## Avvikelser efter allvar")[0]
    assert "2 avvikelser" in head
    assert "1 kritiska eller höga" in head
    assert "Allt är inte läst" in head
    assert "| share | k0.pdf | misslyckades | krypterad |" in head
    assert "| oförändrad sedan tidigare läsning | 0 |" in head
    assert head.index("2 avvikelser") < head.index("## Täckning") < head.index("### Inte läst")


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (report(complete=True, unread=0), "Inga avvikelser"),
        (report(complete=True, unread=0), "Allt som listades är läst."),
        (report(scanned=0), "Ingenting kunde läsas"),
    ],
)
def test_verdicts(one: GapReport, says: str) -> None:
    assert says in sv(one)


def test_a_run_that_read_nothing_never_says_that_there_are_no_gaps() -> None:
    assert "Inga avvikelser" not in sv(report(scanned=0))


def test_sections_follow_the_order_of_a_dpos_reading() -> None:
    headings = re.findall(r"^## (.+)$", sv(report(gap())), re.M)
    assert headings == [
        "Täckning",
        "Avvikelser efter allvar",
        "Att besluta först",
        "Policyns kategorier",
        "Lagringstid",
        "Brister i policyns text",
        "Utanför EU/EES",
        "Alla avvikelser i det som finns",
        "Beslut",
    ]


def test_the_first_decisions_group_the_same_gap_of_several_sources() -> None:
    gaps = [
        gap("not_collected", "critical", entity="HEALTH", id="a" * 12),
        gap(source="crm", id="b" * 12),
        gap(source="share", scope="Marknad/**", persons=20_000, id="c" * 12),
        *(gap(entity=f"E_{i}", id=f"{i}" * 12) for i in range(9)),
    ]
    text = sv(report(*gaps))
    first = text.split("## Att besluta först")[1].split("## ")[0]
    assert len(re.findall(r"^\d\. ", first, re.M)) == FIRST
    assert first.index("HEALTH") < first.index("SE_PERSONNUMMER")
    assert first.count("**Saknas i policyn: `SE_PERSONNUMMER`**") == 1
    assert "crm (12\u00a0345 träffar), share (Marknad/\\*\\*) (12\u00a0345 träffar)" in first
    assert "minst 20\u00a0000 personer" in first
    assert "Policyn säger: De kategorier (rad 51)" in first
    last = text.split("## Beslut")[1]
    assert "`bbbbbbbbbbbb`, `cccccccccccc`" in last
    assert "Falskt larm" in last


@pytest.mark.parametrize(
    ("between", "sv_words", "en_words"),
    [
        (None, "minst 12\xa0000 personer.", "at least 12,000 persons."),
        ((12_034, 12_034), "Berör 12\xa0034 personer.", "Touches 12,034 persons."),
        (
            (11_823, 12_345),
            "ca 12\xa0000 personer (11\xa0800–12\xa0400).",
            "about 12,000 persons (11,800–12,400).",
        ),
    ],
)
def test_persons_are_told_with_their_interval(
    between: tuple[int, int] | None, sv_words: str, en_words: str
) -> None:
    one = report(gap(persons=12_034, persons_between=between))
    assert sv_words in sv(one)
    assert en_words in MdReport().render(one, "en")


def test_persons_of_several_sources_may_be_the_same_or_others() -> None:
    gaps = gap(persons=30, persons_between=(28, 33)), gap(persons=9, persons_between=(9, 9))
    assert "Berör ca 30 personer (28–42)." in sv(report(*gaps))
    assert "Berör minst 30 personer." in sv(report(*gaps, gap(persons=None)))


def test_page_one_says_what_samples_prove() -> None:
    sampled = (
        Sampled("crm", "main.a", Sample(50_000_000, 9_985, 0, 0.0003)),
        Sampled("crm", "main.b", Sample(80_000, 998, 0, 0.003)),
    )
    one = replace(report(unread=0), sampled=sampled)
    head = sv(one).split("## Täckning")[0]
    assert "2 stora tabeller är lästa genom slumpmässiga urval" in head
    assert "högst 0,3 % av dess rader" in head, "the weakest bound"
    assert "Allt som listades är läst, stora tabeller genom urval." in head
    assert "| crm | main.a | 9\xa0985 | 50\xa0000\xa0000 | 0,03 |" in sv(one)
    assert "Inte läst" in sv(replace(one, unread=(Unread("crm", "x", "failed", "y"),)))
    assert "One big table was read" in MdReport().render(replace(one, sampled=sampled[:1]), "en")
    assert "urval" not in sv(report())


def test_tables_of_each_kind_hold_their_gaps() -> None:
    gaps = [
        gap("retention", "medium", entity="CCTV_FOOTAGE", grade="B", persons=None),
        gap("transfer", "high", entity="EMAIL_ADDRESS", source="bucket"),
        gap("policy", "low", entity=None, source=None, key=None, matches=None, persons=None,
            category="Cookies", recommendation="Ange lagringstid."),
        gap("declared_not_found", "info", entity=None, source=None, key=None, matches=None,
            category="Köpinformation"),
    ]  # fmt: skip
    text = sv(report(*gaps))
    parts = dict(zip(*[iter(re.split(r"^## (.+)$", text, flags=re.M)[1:])] * 2, strict=True))
    assert "| medel | B | `CCTV_FOOTAGE`" in parts["Lagringstid"]
    assert "`EMAIL_ADDRESS`" in parts["Utanför EU/EES"]
    assert "| låg | Cookies | Ange lagringstid. |" in parts["Brister i policyns text"]
    assert "Köpinformation" in parts["Står i policyn men hittades inte"]
    assert "Inga." in parts["Alla avvikelser i det som finns"]
    assert "| Köpinformation | kan inte bedömas | – | – |" in parts["Policyns kategorier"]
    assert "bucket" in parts["Policyns kategorier"]


def test_unread_is_cut_with_a_count() -> None:
    text = sv(report(unread=UNREAD + 30))
    assert f"k{UNREAD - 1}.pdf" in text
    assert f"k{UNREAD}.pdf" not in text
    assert "Och 30 till" in text


def test_a_comparison_marks_what_is_new() -> None:
    one = replace(report(gap(new=True), gap(entity="IBAN_CODE", new=False)), compared_to="2026-Q3")
    text = sv(one)
    assert "Jämförd med körning 2026-Q3: 1 avvikelser är nya." in text
    rows = [line for line in text.splitlines() if line.startswith("| hög |")]
    assert [("•" in row, "IBAN_CODE" in row) for row in rows[-2:]] == [(True, False), (False, True)]


def test_english_has_no_swedish() -> None:
    text = MdReport().render(report(gap(recommendation="r", quote="q")), "en")
    assert "Gap report: krafthem" in text
    assert "1 gaps between what is held" in text
    swedish = text.replace("Köpinformation", "").replace("krypterad", "")
    assert not re.search("[åäöÅÄÖ]", swedish)


def named(name: str) -> GapReport:
    """A report in which everything that others name has this name."""
    plain = report(gap("retention", grade="A"), gap())
    gaps = tuple(
        replace(
            one,
            key=name,
            location=name,
            source=name,
            scope=name,
            recommendation=name,
            quote=name,
            category=name,
            entity=name,
        )
        for one in plain.gaps
    )
    return replace(
        plain,
        policy=name,
        controllers=(name,),
        run=name,
        unread=(Unread(name, name, "failed", name),),
        gaps=gaps,
        matrix=(MatrixRow(name, "found", (name,), (name,)),),
        unjudged_purpose=(name,),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(name: str) -> None:
    text = sv(named(name))
    assert not kinds(text) & {"html_block", "html_inline", "link_open", "image", "em_open"}
    assert not kinds(text) & {"code_block", "fence", "s_open", "hr"}
    count = [t.type for t in tokens(text)].count
    expected = [t.type for t in tokens(sv(named("x y")))].count
    for token in ("tr_open", "td_open", "heading_open", "table_open", "list_item_open"):
        assert count(token) == expected(token), token
    controls = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    assert controls == {"\n"}
    text.encode("utf-8")


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=20))
def test_an_escaped_name_reads_as_the_name(name: str) -> None:
    cell = f"| a |\n| --- |\n| x{escape(name)}x |"
    visible = re.sub(
        r"[\s\S]",
        lambda c: (
            f"⟨U+{ord(c[0]):04X}⟩"
            if unicodedata.category(c[0]) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
            else c[0]
        ),
        name,
    )
    found = [t for t in tokens(cell) if t.type in {"text", "text_special"}]
    assert "".join(t.content for t in found)[1:] == f"x{visible}x"


def test_invisible_characters_are_made_visible() -> None:
    assert escape("\u202egpj") == "⟨U+202E⟩gpj"


def test_the_plugin_is_the_report() -> None:
    assert PLUGIN().suffix == "md"

"""The gap report as Markdown that a data protection officer can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.decision import Decision, decisions, persons_of
from reports.names import visible
from reports.texts import number, percent, persons, reason, text
from scanner.model import Gap, GapKind, GapReport, Severity

UNREAD = 200
"""Rows listed under "not read"; the JSON report has them all."""

_HELD = (
    GapKind.NOT_COLLECTED,
    GapKind.UNDECLARED,
    GapKind.OUTSIDE_PURPOSE,
)


@dataclass(frozen=True, slots=True)
class MdReport:
    """Page one: verdict, coverage, what to decide first. Then every gap, and a row to sign."""

    suffix: str = "md"

    def render(self, report: GapReport, lang: str) -> str:
        """The whole report; names of files and columns cannot break out of their places."""
        page = _Page(report, lang)
        blocks = (
            *page.verdict(),
            *page.coverage(),
            *page.severities(),
            *page.first(),
            *page.matrix(),
            *page.retention(),
            *page.policy(),
            *page.transfers(),
            *page.held(),
            *page.absent(),
            *page.sign_off(),
        )
        return "\n\n".join(blocks) + "\n"


def escape(name: str) -> str:
    """A name as plain text: nothing in it is markup, and nothing in it is invisible."""
    shown = visible(name).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = re.sub(r"([\\`*\[\]|~#!$])", r"\\\1", shown)
    shown = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", shown)  # within a word it means itself
    return re.sub(r"(?i)(https?|ftp):(?=//)|\b(www)\.", _unlink, shown)


def _unlink(found: re.Match[str]) -> str:
    return f"{found[1]}&#58;" if found[1] else f"{found[2]}&#46;"


def entity(name: str) -> str:
    """An entity's id as code."""
    return f"`{name}`" if re.fullmatch(r"[A-Za-z0-9_]+", name) else escape(name)


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@dataclass(frozen=True, slots=True)
class _Page:
    """One report in one language, section by section."""

    report: GapReport
    lang: str

    def say(self, key: str, **values: object) -> str:
        return text(key if "." in key else f"md.{key}", self.lang, **values)

    def columns(self, *names: str) -> list[str]:
        return [self.say(f"column.{name}") for name in names]

    def section(self, title: str, *blocks: str) -> Iterator[str]:
        yield f"## {self.say(title)}"
        yield from blocks

    def listed(self, kinds: Sequence[GapKind]) -> list[Gap]:
        return [gap for gap in self.report.gaps if gap.kind in kinds]

    def verdict(self) -> Iterator[str]:
        report = self.report
        yield f"# {self.say('title', policy=escape(report.policy))}"
        yield self.say(
            "about",
            controllers=", ".join(map(escape, report.controllers)),
            run=escape(report.run),
            date=escape(report.run_date),
        )
        held = self.listed([kind for kind in GapKind if kind is not GapKind.DECLARED_NOT_FOUND])
        grave = sum(gap.severity in {Severity.CRITICAL, Severity.HIGH} for gap in held)
        read = sum(report.coverage.status.get(s, 0) for s in ("scanned", "unchanged", "partial"))
        if not read:
            yield self.say("nothing_read")
        elif held:
            yield self.say("verdict", count=len(held), grave=grave)
        else:
            yield self.say("verdict_none")
        if read:
            yield self.read()
        if report.sampled:
            weakest = max(one.sample.bound for one in report.sampled)
            key = "sampled1" if len(report.sampled) == 1 else "sampled"
            count = number(len(report.sampled))
            yield self.say(key, count=count, percent=percent(weakest, self.lang))
        if report.compared_to is not None:
            new = sum(gap.new is True for gap in report.gaps)
            yield self.say("compared", run=escape(report.compared_to), new=new)

    def read(self) -> str:
        """Whether all was."""
        if self.report.coverage.complete:
            return self.say("complete")
        return self.say("incomplete" if self.report.unread else "only_sampled")

    def coverage(self) -> Iterator[str]:
        found = self.report.coverage
        rows = [
            [self.say(f"status.{status}"), number(count)] for status, count in found.status.items()
        ]
        volume = self.say("volume", rows=number(found.rows), bytes=number(found.bytes))
        yield from self.section("coverage", _table(self.columns("status", "count"), rows), volume)
        yield from self.samples()
        yield f"### {self.say('unread')}"
        unread = self.report.unread
        if not unread:
            yield self.say("none")
            return
        yield _table(
            self.columns("source", "key", "status", "reason"),
            (
                [
                    escape(one.source),
                    escape(one.key) or "–",
                    self.say(f"status.{one.status}"),
                    escape(reason(one.reason, self.lang)) or "–",
                ]
                for one in unread[:UNREAD]
            ),
        )
        if len(unread) > UNREAD:
            yield self.say("more", count=number(len(unread) - UNREAD))

    def samples(self) -> Iterator[str]:
        sampled = self.report.sampled
        if not sampled:
            return
        yield f"### {self.say('samples')}"
        rows = (
            [
                escape(one.source),
                escape(one.key),
                number(one.sample.size),
                number(one.sample.frame),
                percent(one.sample.bound, self.lang),
            ]
            for one in sampled[:UNREAD]
        )
        yield _table(self.columns("source", "key", "drawn", "frame", "bound"), rows)
        if len(sampled) > UNREAD:
            yield self.say("more", count=number(len(sampled) - UNREAD))

    def severities(self) -> Iterator[str]:
        rows = (
            [
                self.say(f"severity.{level}"),
                number(sum(gap.severity is level for gap in self.report.gaps)),
            ]
            for level in Severity
        )
        yield from self.section("by_severity", _table(self.columns("severity", "count"), rows))

    def first(self) -> Iterator[str]:
        found = decisions(self.report)
        yield from self.section("first", *([] if found else [self.say("none")]))
        for index, one in enumerate(found, start=1):
            yield "\n   ".join((f"{index}. {self.heading(one.gaps)}", *self.details(one.gaps)))

    def heading(self, gaps: Sequence[Gap]) -> str:
        gap = gaps[0]
        what = entity(gap.entity) if gap.entity else escape(gap.category or "")
        kind = self.say(f"kind.{gap.kind}")
        severity = self.say(f"severity.{gap.severity}")
        return f"**{kind}{': ' + what if what else ''}** ({severity}). {escape(gap.recommendation)}"

    def details(self, gaps: Sequence[Gap]) -> Iterator[str]:
        if gaps[0].source is not None:
            places = (
                self.say("hits", place=self.place(gap), matches=number(gap.matches or 0))
                for gap in gaps
            )
            yield self.say("where", places=", ".join(places))
            yield persons(Decision(tuple(gaps)).persons, self.lang, "affected")
        if gaps[0].quote is not None:
            yield self.say("says", quote=escape(gaps[0].quote))

    def place(self, gap: Gap) -> str:
        return escape(f"{gap.source} ({gap.scope})" if gap.scope else f"{gap.source}")

    def matrix(self) -> Iterator[str]:
        rows = (
            [
                escape(row.category),
                self.say(f"matrix.{row.status}"),
                ", ".join(map(entity, row.entities)) or "–",
                ", ".join(map(escape, row.sources)) or "–",
            ]
            for row in self.report.matrix
        )
        headers = self.columns("category", "status", "entities", "sources")
        yield from self.section("categories", _table(headers, rows))
        if self.report.unjudged_purpose:
            sources = ", ".join(map(escape, self.report.unjudged_purpose))
            yield self.say("unjudged", sources=sources)
        if self.report.unsought:
            yield self.say("unsought", names=", ".join(map(escape, self.report.unsought)))

    def retention(self) -> Iterator[str]:
        gaps = self.listed([GapKind.RETENTION])
        if not gaps:
            yield from self.section("retention", self.say("none"))
            return
        yield from self.section("retention", self.found(gaps, "grade"), self.say("grades"))

    def transfers(self) -> Iterator[str]:
        gaps = self.listed([GapKind.TRANSFER])
        yield from self.section("transfers", self.found(gaps) if gaps else self.say("none"))

    def held(self) -> Iterator[str]:
        gaps = self.listed(_HELD)
        yield from self.section("held", self.found(gaps, "kind") if gaps else self.say("none"))

    def policy(self) -> Iterator[str]:
        gaps = self.listed([GapKind.POLICY])
        yield from self.section("policy", self.written(gaps) if gaps else self.say("none"))

    def absent(self) -> Iterator[str]:
        gaps = self.listed([GapKind.DECLARED_NOT_FOUND])
        if gaps:
            yield from self.section("absent", self.written(gaps))

    def found(self, gaps: list[Gap], *extra: str) -> str:
        """A table of gaps in what is held."""
        told = self.report.compared_to is not None
        names = ["severity", *extra, "entity", "category", "source", "largest", "places"]
        names += ["matches", "persons", *(["new"] if told else []), "advice", "id"]
        cells = ({**self.cells(gap), "new": "•" if gap.new else ""} for gap in gaps)
        return _table(self.columns(*names), ([row[name] for name in names] for row in cells))

    def cells(self, gap: Gap) -> dict[str, str]:
        largest = f"{gap.key} : {gap.location}" if gap.location else f"{gap.key}"
        return {
            "severity": self.say(f"severity.{gap.severity}"),
            "kind": self.say(f"kind.{gap.kind}"),
            "grade": escape(gap.grade or "–"),
            "entity": entity(gap.entity or "–"),
            "category": escape(gap.category or "–"),
            "source": self.place(gap),
            "largest": escape(largest),
            "places": number(gap.places_total),
            "matches": "–" if gap.matches is None else number(gap.matches),
            "persons": "–" if gap.persons is None else persons(persons_of(gap), self.lang),
            "advice": escape(gap.recommendation),
            "id": entity(gap.id),
        }

    def written(self, gaps: list[Gap]) -> str:
        """A table of gaps in the policy's text."""
        headers = self.columns("severity", "category", "advice", "id")
        return _table(
            headers,
            (
                [
                    self.say(f"severity.{gap.severity}"),
                    escape(gap.category or "–"),
                    escape(gap.recommendation),
                    entity(gap.id),
                ]
                for gap in gaps
            ),
        )

    def sign_off(self) -> Iterator[str]:
        names = ("kind", "id", "accepted", "policy", "delete", "false", "name", "date")
        rows: list[list[str]] = []
        for one in decisions(self.report):
            gap = one.first
            what = entity(gap.entity) if gap.entity else escape(gap.category or "")
            kind = self.say(f"kind.{gap.kind}")
            ids = ", ".join(entity(each.id) for each in one.gaps)
            rows.append([f"{kind} {what}".strip(), ids, "☐", "☐", "☐", "☐", " ", " "])
        rows.append([" ", " ", "☐", "☐", "☐", "☐", " ", " "])
        yield from self.section("sign_off", _table(self.columns(*names), rows))


PLUGIN = MdReport

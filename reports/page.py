"""What the page and the workbook say of a report: the same words and numbers in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from reports import texts
from reports.charts import Bar, bars
from reports.decision import Decision, decisions, persons_of
from reports.names import cut
from scanner.model import Gap, GapKind, GapReport, Persons, Severity, SourceSummary

SOURCES = 12
"""Bars in the chart of sources."""
_LABEL = 160
_READ = ("scanned", "unchanged")
_UNREAD = ("partial", "failed", "skipped")


@dataclass(frozen=True, slots=True)
class Page:
    """One report in one language, as the template asks for it."""

    report: GapReport
    lang: str

    def say(self, key: str, **values: object) -> str:
        """Words of the page; with a dot in the key those of another table."""
        return texts.text(key if "." in key else f"page.{key}", self.lang, **values)

    def number(self, value: int) -> str:
        """As people write it."""
        return texts.number(value, self.lang)

    def persons(self, told: Persons) -> str:
        """How many, as people write it."""
        return texts.persons(told, self.lang)

    def persons_of(self, gap: Gap) -> str:
        """How many persons the gap is about."""
        return self.persons(persons_of(gap))

    def percent(self, bound: float) -> str:
        """An upper limit of a share."""
        return texts.percent(bound, self.lang)

    def day(self, iso: str) -> str:
        """As people write it."""
        return texts.day(iso, self.lang)

    def reason(self, stored: str) -> str:
        """Why something was not read."""
        return texts.reason(stored, self.lang)

    def kind(self, source: SourceSummary) -> str:
        """What kind of source it is; a plugin's own name as it is."""
        try:
            return self.say(f"source_kind.{source.kind}")
        except KeyError:
            return source.kind

    def what(self, gap: Gap) -> str:
        """What the gap is about: the data's name, else the policy's category."""
        return self.entity(gap.entity) if gap.entity else gap.category or ""

    def entity(self, entity: str) -> str:
        """What people call it."""
        return self.report.names.get(entity, entity)

    def owner(self, source: str | None) -> str:
        """Who answers for the source; "" where the config does not say."""
        return next((one.owner for one in self.report.sources if one.name == source), "")

    def listed(self, *kinds: str) -> list[Gap]:
        """The gaps of some kinds, gravest first."""
        return [gap for gap in self.report.gaps if gap.kind in kinds]

    def of_severity(self, level: str) -> int:
        """How many gaps are so grave."""
        return sum(gap.severity == level for gap in self.report.gaps)

    @property
    def severities(self) -> list[str]:
        """Gravest first."""
        return [level.value for level in Severity]

    @property
    def kinds(self) -> list[str]:
        """Those that occur."""
        found = {gap.kind for gap in self.report.gaps}
        return [kind.value for kind in GapKind if kind in found]

    @property
    def sources(self) -> list[str]:
        """Those that have gaps."""
        return sorted({gap.source for gap in self.report.gaps if gap.source is not None})

    @property
    def judged(self) -> int:
        """Gaps apart from what was only not found."""
        return sum(gap.kind is not GapKind.DECLARED_NOT_FOUND for gap in self.report.gaps)

    @property
    def grave(self) -> int:
        """How many gaps are critical or high."""
        return sum(gap.severity in {"critical", "high"} for gap in self.report.gaps)

    @property
    def new(self) -> int:
        """How many gaps the run it is compared with lacked."""
        return sum(gap.new is True for gap in self.report.gaps)

    @property
    def is_read(self) -> bool:
        """Whether anything at all was read."""
        return self.count(self.report.coverage.status, *_READ, "partial") > 0

    @property
    def verdict(self) -> str:
        """The report in one line."""
        if not self.is_read:
            return self.say("verdict_nothing")
        if self.grave:
            return self.plural("verdict_grave", self.grave, grave=self.number(self.grave))
        if self.judged:
            return self.plural("verdict_mild", self.judged, count=self.number(self.judged))
        return self.say("verdict_none")

    @property
    def explained(self) -> str:
        """What the verdict means."""
        if not self.is_read:
            return self.say("explain_nothing")
        count, grave = self.number(self.judged), self.number(self.grave)
        known = self.say("explain_gaps", count=count, grave=grave)
        return known if self.judged else self.say("explain_none")

    @property
    def tone(self) -> str:
        """The class of the verdict."""
        if not self.is_read:
            return "critical"
        if self.grave:
            return "critical" if self.of_severity("critical") else "high"
        return "medium" if self.judged or not self.report.coverage.complete else "good"

    @property
    def read_so_far(self) -> str:
        """Whether all was read."""
        if self.report.coverage.complete:
            return self.say("whole")
        status = self.report.coverage.status
        unread, sampled = self.unread(status), self.sampled_of()
        total = unread + sampled + self.read(status)
        part = self.say("part", count=self.number(unread), total=self.number(total))
        return part if unread else self.say("md.only_sampled")

    @property
    def sampled(self) -> str:
        """How many tables were read as samples, and what the weakest one proves; "": none."""
        if not self.report.sampled:
            return ""
        weakest = self.percent(max(one.sample.bound for one in self.report.sampled))
        count = len(self.report.sampled)
        return self.plural("md.sampled", count, count=self.number(count), percent=weakest)

    def sampled_of(self, source: str | None = None) -> int:
        """How many tables, of one source or all, were read as samples."""
        return sum(source in (None, one.source) for one in self.report.sampled)

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """Sources that were not read in full, each with how much is missing."""
        found: list[tuple[str, str]] = []
        for one in self.report.sources:
            unread = self.unread(one.status, one.name)
            read = self.read(one.status) + self.sampled_of(one.name)
            if unread and not read:
                found.append((one.name, self.say("whole_source")))
            elif unread:
                of = f"{self.number(unread)} {self.say('of')} {self.number(unread + read)}"
                found.append((one.name, f"({of})"))
        return found

    def why(self, gap: Gap) -> str:
        """The policy's words, and what they have to do with the gap."""
        if gap.quote is None:
            return self.say("why_silent")
        key = "why_undeclared" if gap.kind is GapKind.UNDECLARED else "why"
        return f"{self.say(key)}: {gap.quote}"

    def plural(self, key: str, number: int, **values: object) -> str:
        """The words for one, or for several."""
        return self.say(f"{key}1" if number == 1 else key, **values)

    def count(self, status: dict[str, int], *names: str) -> int:
        """How many outcomes are among those names."""
        return sum(status.get(name, 0) for name in names)

    def read(self, status: dict[str, int]) -> int:
        """Resources that were read in full, now or by an earlier run."""
        return self.count(status, *_READ)

    def unread(self, status: dict[str, int], source: str | None = None) -> int:
        """Resources, of one source or all, that were not read as they should be."""
        return max(0, self.count(status, *_UNREAD) - self.sampled_of(source))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What to decide first."""
        return decisions(self.report)

    def deadline(self, decision: Decision) -> str:
        """The suggested last day, as people write it."""
        last = decision.deadline(self.report.run_date)
        return self.day(last.isoformat()) if last else "–"

    def seen(self, gap: Gap) -> str:
        """How often it was seen, and at how many places."""
        if gap.matches == 1:
            return self.say("hit1")
        matches, places = self.number(gap.matches or 0), self.number(gap.places_total)
        return self.plural("hits", gap.places_total, matches=matches, places=places)

    def place(self, key: str | None, location: str | None) -> str:
        """A place as the reports write it."""
        return f"{key} : {location}" if location else f"{key}"

    def chart_of_severity(self) -> Markup:
        """Gaps by severity."""
        rows = [self._bar(self.say(f"severity.{s}"), self.of_severity(s), s) for s in Severity]
        return self._chart("by-severity", self.say("severities"), rows)

    def chart_of_sources(self) -> Markup:
        """Gaps by source, most first; each in the tone of its gravest."""
        counted = Counter(gap.source for gap in self.report.gaps)
        worst = {gap.source: gap.severity.value for gap in reversed(self.report.gaps)}
        rows = [
            self._bar(source or self.say("in_policy"), count, worst[source])
            for source, count in counted.most_common(SOURCES)
        ]
        return self._chart("by-source", self.say("severity_of_source"), rows)

    def _bar(self, label: str, value: int, tone: str) -> Bar:
        return Bar(label, value, tone, self.number(value))

    def _chart(self, name: str, title: str, rows: Iterable[Bar]) -> Markup:
        rows = list(rows)
        told = ", ".join(f"{cut(row.label, _LABEL)} {row.shown}" for row in rows)
        drawn = bars(rows, name, title, self.say("chart_desc", bars=told))
        return Markup(drawn)  # noqa: S704 written by ElementTree, which escapes every text

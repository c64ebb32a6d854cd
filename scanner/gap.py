"""What is held against what is declared: every kind of gap, and the matrix of categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from detectors.entities import entities
from reports.texts import text
from scanner import facts, policy_lint, retention, severity
from scanner.holding import Holding, Places, holdings
from scanner.inventory import Inventory, SourceFacts
from scanner.matrix import coverage, matrix, sampled, unread
from scanner.model import Gap, GapKind, GapPlace, GapReport, Persons, Severity
from scanner.policy import Policy, PolicyError, nearest
from scanner.policy_parts import Stated

PLACES = 1000
"""Places listed in one gap; `places_total` counts them all."""

# The 27 member states, and Iceland, Liechtenstein and Norway by EEA Joint Committee Decision
# 154/2018, which took GDPR into the EEA Agreement. EL is the EU's own code for GR.
# fmt: off
EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class _Case:
    """What one judgement is about."""

    inventory: Inventory
    policy: Policy
    lang: str

    def name(self, entity: str) -> str:
        known = entities().get(entity)
        if known is None:
            return entity
        return known.en if self.lang == "en" else known.sv

    def say(self, key: str, **values: object) -> str:
        return text(f"gap.{key}", self.lang, **values)

    def quote(self, stated: Stated | None) -> str | None:
        if stated is None:
            return None
        first, last = stated.lines
        key = "line.one" if first == last else "line.many"
        return text(key, self.lang, quote=stated.quote, first=first, last=last)

    def id(self, kind: GapKind, *about: str) -> str:
        """Stable across runs: controllers, kind and what it is about."""
        controllers = sorted(c.orgnr or c.name for c in self.policy.controllers)
        parts = ",".join(controllers), kind.value, *about
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def gap(
        self,
        kind: GapKind,
        holding: Holding,
        *,
        base: int,
        said: str,
        quote: Stated | None,
        places: Places | None = None,
    ) -> Gap:
        """A gap about a holding; without `places` about all of it."""
        persons = holding.persons if places is None else Persons()
        counted = holding.places if places is None else places
        listed = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        (key, location), _ = listed[0]
        return Gap(
            id=self.id(kind, holding.source.name, holding.pattern, holding.entity),
            kind=kind,
            severity=severity.score(base, persons.number).severity,
            source=holding.source.name,
            key=key,
            location=location,
            entity=holding.entity,
            category=", ".join(self.policy.categories_of(holding.entity)) or None,
            matches=sum(counted.values()),
            persons=persons.number,
            persons_between=persons.between,
            places=tuple(GapPlace(*where, n) for where, n in listed[:PLACES]),
            places_total=len(listed),
            quote=self.quote(quote),
            recommendation=said,
            scope=holding.pattern,
        )


def judge(
    inventory: Inventory, policy: Policy, compared: Inventory | None = None, lang: str = "sv"
) -> GapReport:
    """Judge a run by a policy; with an earlier run, say which gaps are new.

    Raises:
        PolicyError: the config names a purpose that the policy lacks.
    """
    for place, purpose, close in unknown_purposes(inventory.sources.values(), policy):
        hint = f'; did you mean "{close}"?' if close else ""
        raise PolicyError(f'{place}: the policy {policy.name} has no purpose "{purpose}"{hint}')
    case = _Case(inventory, policy, lang)
    gaps = _gaps(case)
    ended = None
    if compared is not None:
        before = {gap.id for gap in _gaps(_Case(compared, policy, lang))}
        ended = len(before - {gap.id for gap in gaps})
        gaps = [replace(gap, new=gap.id not in before) for gap in gaps]
    return GapReport(
        policy=policy.name,
        controllers=tuple(controller.name for controller in policy.controllers),
        run=inventory.run,
        run_date=inventory.started.isoformat(),
        compared_to=compared.run if compared else None,
        coverage=coverage(inventory),
        unread=unread(inventory),
        gaps=tuple(gaps),
        matrix=matrix(inventory, policy, gaps, case.name),
        unjudged_purpose=_unjudged(inventory, policy),
        unsought=tuple(sorted(map(case.name, _unsought(inventory, policy)))),
        policy_title=policy.title,
        policy_date=policy.date.value.isoformat() if policy.date else None,
        sources=facts.sources(inventory),
        names=facts.names(inventory, case.name),
        ended=ended,
        sampled=sampled(inventory),
    )


def unknown_purposes(
    sources: Iterable[SourceFacts], policy: Policy
) -> Iterator[tuple[str, str, str]]:
    """Purposes in the config that the policy lacks: config key, purpose, and the nearest name."""
    known = [purpose.name for purpose in policy.purposes]
    for source in sources:
        tables = [(f"sources.{source.name}", source.purposes)]
        for index, scope in enumerate(source.scopes):
            tables.append((f"sources.{source.name}.scope[{index}]", scope.purposes))
        for key, table in tables:
            for name in table.get(policy.name, ()):
                if name not in known:
                    yield f"{key}.purposes.{policy.name}", name, nearest(name, known)


def _gaps(case: _Case) -> list[Gap]:
    found: list[Gap] = []
    for holding in holdings(case.inventory):
        found += _declared(case, holding)
        found += _transfers(case, holding)
    found += _not_found(case)
    found += _lint(case)
    kinds, grave = list(GapKind), list(Severity)
    return sorted(
        found,
        key=lambda gap: (
            grave.index(gap.severity),
            kinds.index(gap.kind),
            -severity.undeclared(gap.entity) if gap.entity else 0,
            -(gap.matches or 0),
            gap.source or "",
            gap.scope,
            gap.entity or gap.category or "",
            gap.id,
        ),
    )


def _declared(case: _Case, holding: Holding) -> Iterator[Gap]:
    """Not collected, undeclared, or declared but used or kept otherwise than stated."""
    policy, entity = case.policy, holding.entity
    if policy.is_not_collected(entity):
        said = case.say("not_collected", name=case.name(entity), place=holding.place)
        yield case.gap(
            GapKind.NOT_COLLECTED,
            holding,
            base=severity.NOT_COLLECTED,
            said=said,
            quote=policy.not_collected,
        )
    elif not policy.categories_of(entity):
        said = case.say(_advice(entity), name=case.name(entity), place=holding.place)
        base = severity.undeclared(entity)
        quote = policy.category_list
        yield case.gap(GapKind.UNDECLARED, holding, base=base, said=said, quote=quote)
    else:
        yield from _outside(case, holding)
        yield from _overdue(case, holding)


def _advice(entity: str) -> str:
    if entity in severity.COMPANY:
        return "undeclared_company"
    known = entities().get(entity)
    if known is None or known.sensitivity in {"sensitive", "ordinary"}:
        return "undeclared"
    return f"undeclared_{known.sensitivity}"


def _outside(case: _Case, holding: Holding) -> Iterator[Gap]:
    purposes = holding.purposes(case.policy)
    categories = case.policy.categories_of(holding.entity)
    listed = {name for purpose in purposes for name in purpose.categories}
    if not purposes or listed.intersection(categories):
        return
    inferred = any(purpose.categories_inferred for purpose in purposes)
    said = case.say(
        "outside_inferred" if inferred else "outside_purpose",
        name=case.name(holding.entity),
        place=holding.place,
        category=", ".join(categories),
        purposes=", ".join(purpose.name for purpose in purposes),
    )
    base = severity.PURPOSE_INFERRED if inferred else severity.PURPOSE
    yield case.gap(GapKind.OUTSIDE_PURPOSE, holding, base=base, said=said, quote=purposes[0])


def _overdue(case: _Case, holding: Holding) -> Iterator[Gap]:
    rules = retention.rules(case.policy, holding.entity)
    counted: Places = Counter()
    grades: set[str] = set()
    for one in holding.found:
        dates = retention.overdue(one.finding.months or (), rules, case.inventory.started)
        for dated, count in dates:
            counted[one.key, one.finding.location] += count
            grades.add(dated.grade)
    if not counted:
        return
    grade = min(grades & severity.RETENTION.keys(), default="C")
    said = case.say(
        f"retention_{grade}",
        name=case.name(holding.entity),
        place=holding.place,
        matches=sum(counted.values()),
        duration=_spoken(rules[0].duration or "", case.lang),
    )
    base = severity.RETENTION[grade]
    gap = case.gap(GapKind.RETENTION, holding, base=base, said=said, quote=rules[0], places=counted)
    yield replace(gap, grade=grade)


def _transfers(case: _Case, holding: Holding) -> Iterator[Gap]:
    country = holding.source.country.strip().upper()
    stated = case.policy.third_country
    stance = stated.stance if stated else "unstated"
    if not country or country in EEA:
        return
    if stance == "only_with_safeguard" and holding.source.safeguard:
        return
    base = min(severity.TRANSFER[stance], severity.COMPANY.get(holding.entity, 100))
    said = case.say(
        "transfer_safeguard" if stance == "only_with_safeguard" else f"transfer_{stance}",
        name=case.name(holding.entity),
        place=holding.place,
        country=country,
    )
    yield case.gap(GapKind.TRANSFER, holding, base=base, said=said, quote=stated)


def _spoken(duration: str, lang: str) -> str:
    """`P21D` as `21 dagar`."""
    parts = re.findall(r"(\d+)([YMWD])", duration)
    keys = ((n, f"duration.{unit}1" if int(n) == 1 else f"duration.{unit}") for n, unit in parts)
    return " ".join(f"{n} {text(key, lang)}" for n, key in keys)


def _not_found(case: _Case) -> Iterator[Gap]:
    """Declared categories of which nothing was found, where everything was read."""
    if not coverage(case.inventory).complete:
        return
    found = {one.finding.entity for one in case.inventory.findings}
    for category in case.policy.categories:
        if case.inventory.seeks(category.covers) and not category.covers & found:
            yield _policy_gap(
                case,
                GapKind.DECLARED_NOT_FOUND,
                category.name,
                category=category.name,
                base=severity.INFORMATION,
                said=case.say("declared_not_found", category=category.name),
                quote=category,
            )


def _lint(case: _Case) -> Iterator[Gap]:
    for remark in policy_lint.check(case.policy):
        if remark.severity == "warning":
            vague = remark.code.startswith("retention")
            yield _policy_gap(
                case,
                GapKind.POLICY,
                f"{remark.code}:{remark.about}",
                category=remark.category,
                base=severity.VAGUE_POLICY if vague else severity.INFORMATION,
                said=remark.en if case.lang == "en" else remark.sv,
                quote=remark.quote,
            )


def _policy_gap(
    case: _Case,
    kind: GapKind,
    about: str,
    *,
    category: str | None,
    base: int,
    said: str,
    quote: Stated | None,
) -> Gap:
    return Gap(
        id=case.id(kind, "", "", about),
        kind=kind,
        severity=severity.score(base).severity,
        source=None,
        key=None,
        location=None,
        entity=None,
        category=category,
        matches=None,
        persons=None,
        places=(),
        places_total=0,
        quote=case.quote(quote),
        recommendation=said,
    )


def _unsought(inventory: Inventory, policy: Policy) -> frozenset[str]:
    """What the policy declares or promises not to collect, and no detector can find."""
    if inventory.looked_for is None:
        return frozenset()
    spoken = [category.covers for category in policy.categories]
    if policy.not_collected is not None:
        spoken.append(policy.not_collected.covers)
    return frozenset[str]().union(*spoken) - inventory.looked_for


def _unjudged(inventory: Inventory, policy: Policy) -> tuple[str, ...]:
    """Sources, and scopes of them, whose finds could not be judged by purpose."""
    loose = {one.place for one in holdings(inventory) if not one.purposes(policy)}
    return tuple(sorted(loose))

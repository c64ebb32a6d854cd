"""The answer to the person: JSON for machines, and what the HTML page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from detectors.entities import entities
from reports import registerutdrag
from reports.registerutdrag import Extract, Group, NotSearched, Place, SourceSearched, Value
from scanner.dsar import Result
from scanner.dsar_hits import Certainty, Hit
from scanner.model import Status
from scanner.policy import Policy
from scanner.policy_parts import Basis, Category, Retention
from scanner.subject import Kind

Entities = Mapping[tuple[str, str, str], str]
"""What an earlier scan found at a source, key and location."""

_BASES = {
    Basis.CONSENT: "samtycke",
    Basis.CONTRACT: "avtal",
    Basis.LEGAL_OBLIGATION: "rättslig förpliktelse",
    Basis.VITAL_INTERESTS: "grundläggande intressen",
    Basis.PUBLIC_TASK: "allmänt intresse eller myndighetsutövning",
    Basis.LEGITIMATE_INTEREST: "berättigat intresse (intresseavvägning)",
}
_METHODS = {"query": "frågad", "read": "läst"}
_CERTAINTIES = {Certainty.CERTAIN: "säkert", Certainty.LIKELY: "troligt"}
_RANKS = {kind.entity: len(Kind) - rank for rank, kind in enumerate(Kind)} | {
    Kind.CONTRACT_NUMBER.entity: 1,
    Kind.CASE_NUMBER.entity: 1,
}
"""What a row is about: rather a reading or an invoice than whom it belongs to."""
_REASONS = {
    Status.PARTIAL: "delvis genomsökt",
    Status.FAILED: "kunde inte läsas",
    Status.SKIPPED: "inte genomsökt",
}


def render_json(result: Result, policy: Policy | None, known: Entities) -> str:
    """`result.json`: the kinds searched for, what was searched, and every hit."""
    whole = {
        "subject": {"kinds": [kind.value for kind in result.subject.kinds]},
        "searched": [
            {"source": o.source, "key": o.key, "status": o.status.value, "method": o.method}
            for o in result.searched
        ],
        "hits": [_row(hit, policy, known) for hit in _ordered(result)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _row(hit: Hit, policy: Policy | None, known: Entities) -> dict[str, object]:
    entity = _entity(hit, known)
    return {
        "source": hit.source,
        "key": hit.key,
        "location": hit.location,
        "row": hit.row,
        "entity": entity or None,
        "category": list(policy.categories_of(entity)) if policy else [],
        "value": hit.value,
        "via": hit.via,
        "certainty": hit.certainty.value,
    }


def _ordered(result: Result) -> list[Hit]:
    return sorted(result.hits, key=lambda h: (h.source, h.key, h.row or 0))


def _entity(hit: Hit, known: Entities) -> str:
    return hit.entity or known.get((hit.source, hit.key, hit.location), "")


def _with_their_rows(hits: list[Hit], known: Entities) -> Iterator[tuple[Hit, str]]:
    """Hits and what they are; fields that say nothing alone stand with their row's main field.

    A reading is nothing without its time.
    """
    for _, row in groupby(hits, key=lambda hit: (hit.source, hit.key, hit.row)):
        told = [(hit, _entity(hit, known)) for hit in row]
        mute = [hit for hit, entity in told if not entity and hit.row is not None]
        main = min(
            (pair for pair in told if pair[1] and pair[0].row is not None),
            key=lambda pair: _RANKS.get(pair[1], 0),
            default=None,
        )
        for hit, entity in told:
            if main is None or hit not in mute:
                is_main = main is not None and hit is main[0]
                yield (_accompanied(hit, mute) if is_main else hit), entity


def _accompanied(hit: Hit, mute: list[Hit]) -> Hit:
    beside = ", ".join(f"{_column(one)}: {one.value}" for one in mute)
    return replace(hit, value=f"{hit.value} ({beside})") if beside else hit


def _column(hit: Hit) -> str:
    return re.split("[#!]", hit.location)[-1]


def render_html(result: Result, policy: Policy | None, known: Entities, today: date) -> str:
    """The registerutdrag as one page, in Swedish, grouped by the policy's categories."""
    grouped: dict[str, dict[tuple[str, str], list[Hit]]] = {}
    for hit, entity in _with_their_rows(_ordered(result), known):
        covering = policy.categories_of(entity) if policy else ()
        grouped.setdefault(covering[0] if covering else "", {}).setdefault(
            (hit.source, entity), []
        ).append(hit)
    names = [category.name for category in policy.categories] if policy else []
    groups = [_group(policy, name, grouped[name]) for name in [*names, ""] if name in grouped]
    return registerutdrag.render(
        Extract(
            date=today.isoformat(),
            controllers=tuple(c.name for c in policy.controllers) if policy else (),
            policy=policy.title if policy else "",
            contact=_contact(policy),
            kinds=tuple(kind.word for kind in result.subject.kinds),
            followed=tuple(sorted({each.chain for each in result.followed})),
            groups=tuple(groups),
            searched=_sources(result),
            unread=tuple(
                NotSearched(one.source, one.key, _REASONS.get(one.status, ""), one.reason)
                for one in result.unread
            ),
            left=result.left,
        )
    )


def _contact(policy: Policy | None) -> str:
    told = (policy.dpo or policy.contact) if policy else None
    return ", ".join(t for t in (told.email, told.phone, told.address) if t) if told else ""


def _group(policy: Policy | None, name: str, found: Mapping[tuple[str, str], list[Hit]]) -> Group:
    places = tuple(_place(entity, source, hits) for (source, entity), hits in found.items())
    if policy is None or not name:
        return Group("", (), (), (), (), places)
    category = policy.category(name)
    purposes = [p for p in policy.purposes if name in p.categories]
    bases = dict.fromkeys(_BASES[b.basis] for p in purposes for b in p.bases)
    bases = bases or dict.fromkeys(_BASES[b.basis] for b in policy.bases)
    return Group(
        name=name,
        purposes=tuple(p.name for p in purposes),
        bases=tuple(bases),
        retention=_retention(policy, category),
        # a policy names kinds of recipients, not which data each of them gets
        recipients=tuple(recipient.quote for recipient in policy.recipients),
        places=places,
    )


def _retention(policy: Policy, category: Category) -> tuple[str, ...]:
    """What the policy says of keeping the category, in its own words; the general rule last."""
    told: list[Retention] = [category.retention] if category.retention else []
    for purpose in policy.purposes:
        if category.name in purpose.categories:
            told += [
                rule
                for rule in purpose.retention
                if not rule.categories or category.name in rule.categories
            ]
    told = told or ([policy.retention] if policy.retention else [])
    return tuple(dict.fromkeys(rule.quote for rule in told))


def _place(entity: str, source: str, hits: list[Hit]) -> Place:
    """The values of one kind in one source, equal ones counted."""
    described = entities().get(entity)
    values: dict[tuple[str, str, str], list[Hit]] = {}
    for hit in hits:
        values.setdefault((hit.key, hit.location, hit.value), []).append(hit)
    return Place(
        title=described.sv if described else "Övriga uppgifter på dina rader",
        explanation=described.explanation
        if described
        else "Uppgifter som står i samma rad som något som pekar ut dig.",
        source=source,
        values=tuple(
            Value(
                text=value,
                where=" · ".join(part for part in (key, location) if part),
                rows=_rows(equal),
                via=equal[0].via,
                certainty=_CERTAINTIES[equal[0].certainty],
            )
            for (key, location, value), equal in values.items()
        ),
    )


def _rows(hits: list[Hit]) -> str:
    numbers = [hit.row for hit in hits if hit.row is not None]
    if len(numbers) > 3:
        return f"{len(numbers)} rader"
    return ", ".join(f"rad {number}" for number in numbers)


def _sources(result: Result) -> tuple[SourceSearched, ...]:
    counts: dict[tuple[str, str], int] = {}
    for one in result.searched:
        if one.status in {Status.SCANNED, Status.PARTIAL}:
            place = one.source, _METHODS.get(one.method, "")
            counts[place] = counts.get(place, 0) + 1
    return tuple(SourceSearched(*place, number) for place, number in sorted(counts.items()))

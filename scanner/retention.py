"""When data is overdue: the policy's periods against the dates that were found beside it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from scanner.model import Dated
from scanner.policy import Policy
from scanner.policy_parts import Category, Purpose, Retention, Trigger

EVIDENCE = {
    "CCTV_FOOTAGE": Trigger.RECORDING,
    "VOICE_RECORDING": Trigger.RECORDING,
}
"""The event that an entity's own dates are dates of; others' dates carry no known event."""


def rules(policy: Policy, entity: str) -> tuple[Retention, ...]:
    """Every rule that must have run out before the entity is overdue; none: cannot be judged.

    One covering purpose without a period that the dates can tell is enough for that, as is one
    that lasts until the person opts out, or a statute that asks for the data.
    """
    cells = [cell for name in policy.categories_of(entity) for cell in _cells(policy, name)]
    every = dict.fromkeys(rule for cell in cells for rule in cell)
    if not all(cells) or not all(_is_judgeable(rule, entity) for rule in every):
        return ()
    return tuple(every)


def _cells(policy: Policy, name: str) -> Iterable[tuple[Retention, ...]]:
    """What is stated for the category under each of its purposes."""
    category = policy.category(name)
    purposes = [purpose for purpose in policy.purposes if name in purpose.categories]
    cells: list[Purpose | None] = [*purposes] or [None]
    for purpose in cells:
        stated = _stated(category, purpose)
        general = (policy.retention,) if policy.retention and policy.retention.duration else ()
        yield stated or general


def _stated(category: Category, purpose: Purpose | None) -> tuple[Retention, ...]:
    own = (category.retention,) if category.retention else ()
    if purpose is None:
        return own
    return own + tuple(
        rule
        for rule in purpose.retention
        if not rule.categories or category.name in rule.categories
    )


def _is_judgeable(rule: Retention, entity: str) -> bool:
    return (
        rule.duration is not None
        and rule.trigger is not None
        and rule.trigger is EVIDENCE.get(entity)
        and rule.statute is None
        and not rule.open_ended
    )


def overdue(
    dates: Iterable[tuple[Dated, int]], stated: Iterable[Retention], today: date
) -> tuple[tuple[Dated, int], ...]:
    """The dates, with their counts, for which every rule has run out before today.

    A month counts only when its last day does.
    """
    durations = [rule.duration for rule in stated if rule.duration]
    if not durations:
        return ()
    return tuple(
        (dated, count)
        for dated, count in dates
        if count > 0
        and (last := last_day(dated.period)) is not None
        and all(later(last, duration) < today for duration in durations)
    )


def last_day(period: str) -> date | None:
    """The last day of a year, month or day in ISO 8601; None for anything else."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", period)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if month is None:
            return date(year or 0, 12, 31)
        return date(year or 0, month, day or calendar.monthrange(year or 0, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def later(start: date, duration: str) -> date:
    """The day that lies an ISO 8601 duration after another; a shorter month ends it earlier."""
    parts = {unit: int(n) for n, unit in re.findall(r"(\d+)([YMWD])", duration)}
    months = start.month - 1 + parts.get("M", 0) + 12 * parts.get("Y", 0)
    year, month = start.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    day = min(start.day, calendar.monthrange(year, month)[1])
    try:
        return date(year, month, day) + timedelta(parts.get("D", 0) + 7 * parts.get("W", 0))
    except OverflowError:
        return date.max

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from benchmarks import sampling_bound
from benchmarks.sampling_bound import Counting, Trial
from connectors.sql import Sql
from scanner.model import Batch, Resource, Sample


@pytest.mark.parametrize(
    ("share", "seen", "true"),
    [(0.02, True, True), (0.02, False, False), (0.01, False, True), (0.0, False, True)],
)
def test_only_a_share_above_the_bound_that_went_unseen_is_untrue(
    share: float, *, seen: bool, true: bool
) -> None:
    assert Trial(1.0, "by address", share, seen, 0.01).is_true is true


@pytest.mark.parametrize(("low", "high", "true"), [(5, 9, True), (8, 9, False), (1, 6, False)])
def test_an_interval_is_true_if_it_holds_the_number(low: int, high: int, *, true: bool) -> None:
    assert Counting("", "PERSON", 7, low, high).is_true is true


def test_each_share_is_planted_in_each_way_and_drawn_as_asked() -> None:
    rounds = len(sampling_bound.TIMES) * len(sampling_bound.WAYS)
    found = list(sampling_bound.trials(rounds))
    assert Counter((one.times, one.way) for one in found) == Counter(
        (times, way) for times in sampling_bound.TIMES for way in sampling_bound.WAYS
    )
    for one in found:
        assert one.share == pytest.approx(one.times * sampling_bound.BOUND)
        assert 0.009 < one.bound <= sampling_bound.BOUND
    assert sum(one.is_seen for one in found) > rounds / 2


def test_rows_from_one_end_instead_of_random_ones_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def first_rows(connector: Sql, resource: Resource) -> Iterator[Batch | Sample]:
        batch = next(part for part in connector.read(resource) if isinstance(part, Batch))
        yield Batch(batch.location, batch.values[:299])
        yield Sample(sampling_bound.ROWS, 299, 0, 0.00997)

    monkeypatch.setattr(Sql, "sample", first_rows)
    found = list(sampling_bound.trials(24))
    assert sum(one.is_true for one in found) < 0.7 * len(found)


def test_what_is_calculated_is_the_worst_just_above_the_bound() -> None:
    chances = [sampling_bound.chance(times) for times in sampling_bound.TIMES]
    assert chances[:2] == [1.0, 1.0]
    assert 0.95 <= min(chances) == chances[2] < 0.96


def test_persons_are_counted_in_each_spread() -> None:
    found = list(sampling_bound.countings(len(sampling_bound.SPREADS)))
    assert {one.spread for one in found} == {*sampling_bound.SPREADS}
    assert {one.entity for one in found} == {"CUSTOMER_NUMBER", "EMAIL_ADDRESS"}
    alone = {one.entity: one.persons for one in found if one.spread == "one row each"}
    assert alone["EMAIL_ADDRESS"] < alone["CUSTOMER_NUMBER"] == sampling_bound.PERSONS_ROWS

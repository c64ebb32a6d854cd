"""Reading one resource: samples of big tables, more of free text, and what is said of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from connectors.base import ReadError
from detectors.base import Evidence
from detectors.swedish import SwedishDetector
from reports import texts
from scanner import sampling
from scanner.inventory import Covered
from scanner.model import Batch, Finding, Outcome, Resource, Sample, Skipped, Status
from scanner.reading import scan_resource

TABLE = Resource("crm", "main.t")
FRAME, SIZE = 8_000, 400
NOTE = "Kunden ringde och berättade att det inte går att betala i tid den här månaden"
ILL = "Kunden berättar att hon har diabetes och är sjukskriven sedan i våras"


def number(index: int) -> str:
    """A personnummer with its check digit."""
    digits = f"85010{1 + index // 500}{1 + index % 500:03}"
    odd = sum(sum(divmod(2 * int(d), 10)) for d in digits[::2]) + sum(map(int, digits[1::2]))
    return f"19{digits[:6]}-{digits[6:]}{-odd % 10}"


@dataclass(frozen=True)
class Table:
    """A table in memory that can be sampled; counts what was asked of it."""

    name: str = "crm"
    frame: int = FRAME
    whole: int = 500
    fails: tuple[int, ...] = ()
    """Which samples end early."""
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def discover(self) -> Iterator[Resource | Skipped]:
        yield TABLE

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        self.asked.append(("all",))
        yield from self._batches(list(range(self.frame)), ())

    def sample(
        self, resource: Resource, columns: tuple[str, ...] = ()
    ) -> Iterator[Batch | Skipped | Sample]:
        self.asked.append(columns)
        if self.frame <= self.whole:
            yield from self._batches([] if columns else list(range(self.frame)), columns)
            return
        size = 5 * SIZE if columns else SIZE
        rows = sorted(random.Random(len(columns)).sample(range(self.frame), size))
        fails = len(self.asked) - 1 in self.fails
        yield from self._batches(rows[: size // 2] if fails else rows, columns)
        if fails:
            raise ReadError("the connection was lost; scan again")
        yield Sample(self.frame, size, 0, 0.0075)

    def _batches(self, rows: list[int], columns: tuple[str, ...]) -> Iterator[Batch]:
        for first in range(0, len(rows), 100):
            chunk = rows[first : first + 100]
            for label, values in (
                ("personnummer", [number(row // 8) for row in chunk]),
                ("notering", [ILL if row % 200 == 0 else f"{NOTE} {row}" for row in chunk]),
                ("kwh", [f"{row},5" for row in chunk]),
            ):
                if not columns or label in columns:
                    yield Batch(label, tuple(values), label, "main.t", first)


def outcome(table: Table, *, full: bool = False) -> Outcome:
    return scan_resource(table, SwedishDetector(), TABLE, full)


def of(read: Outcome, location: str, entity: str) -> Finding:
    return next(one for one in read.findings if (one.location, one.entity) == (location, entity))


def test_a_small_table_is_read_whole() -> None:
    table = Table(frame=500)
    read = outcome(table)
    assert (read.status, read.sample, read.reason, read.rows) == ("scanned", None, None, 500)
    assert table.asked == [()], "nothing is drawn of what was read"
    assert of(read, "personnummer", "SE_PERSONNUMMER").persons_between == (63, 63)


def test_a_big_table_is_partly_read_and_its_sample_told() -> None:
    table = Table()
    read = outcome(table)
    assert table.asked == [(), ("personnummer", "notering")]
    assert read.status is Status.PARTIAL
    assert read.sample == Sample(FRAME, SIZE, 0, 0.0075)
    assert read.reason == (
        "a random sample: 400 of about 8,000 rows (2,000 for free text); what none of them holds"
        " is in at most 0.75 % of the rows (95 % confidence)"
    )
    assert read.rows == SIZE + 5 * SIZE


def test_free_text_is_drawn_again_and_other_columns_are_counted_once() -> None:
    read = outcome(Table())
    numbers, health = of(read, "personnummer", "SE_PERSONNUMMER"), of(read, "notering", "HEALTH")
    assert (numbers.matches, numbers.values, numbers.read) == (SIZE, SIZE, SIZE)
    assert health.read == 6 * SIZE
    assert 3 <= health.values <= 25


def test_persons_are_those_of_the_whole_table() -> None:
    read = outcome(Table())
    numbers, health = of(read, "personnummer", "SE_PERSONNUMMER"), of(read, "notering", "HEALTH")
    assert numbers.persons_between is not None
    assert numbers.persons_between[0] <= FRAME // 8 <= numbers.persons_between[1]
    assert health.persons_between is not None
    assert health.persons_between[0] <= FRAME // 200 <= health.persons_between[1] < FRAME // 20


@dataclass(frozen=True)
class Indexed(Table):
    """A table with an index on its key."""

    def distinct(self, resource: Resource, column: str, most: int) -> int | None:
        assert (resource, column) == (TABLE, "personnummer")
        if self.fails:
            raise ReadError("the connection was lost; scan again")
        return FRAME // 8


def test_the_source_is_asked_how_many_different_keys_it_holds() -> None:
    told, guessed = outcome(Indexed()), outcome(Table())
    for entity, location in (("SE_PERSONNUMMER", "personnummer"), ("HEALTH", "notering")):
        known, wide = of(told, location, entity), of(guessed, location, entity)
        assert known.persons_between is not None
        assert wide.persons_between is not None
        assert known.persons_between[0] == wide.persons_between[0]
        assert known.persons_between[1] <= FRAME // 8
    assert of(told, "personnummer", "SE_PERSONNUMMER").persons == FRAME // 8
    assert of(guessed, "personnummer", "SE_PERSONNUMMER").persons_between[1] > FRAME // 8  # type: ignore[index]


def test_a_count_that_fails_costs_nothing_else() -> None:
    table, failing = Table(), Indexed(fails=(99,))
    assert outcome(failing) == outcome(table)


def test_full_reads_all_rows_once() -> None:
    table = Table(frame=1000)
    read = outcome(table, full=True)
    assert table.asked == [("all",)]
    assert (read.status, read.sample, read.rows) == (Status.SCANNED, None, 1000)
    assert of(read, "notering", "HEALTH").values == 5


def test_an_early_end_keeps_what_was_read_and_claims_no_sample() -> None:
    read = outcome(Table(fails=(0,)))
    assert (read.status, read.sample, read.rows) == (Status.PARTIAL, None, SIZE // 2)
    assert read.reason == "the connection was lost; scan again"
    numbers = of(read, "personnummer", "SE_PERSONNUMMER")
    assert numbers.persons is not None
    assert (numbers.values, numbers.persons_between) == (SIZE // 2, None)


def test_an_early_end_of_the_second_sample_leaves_the_first() -> None:
    read = outcome(Table(fails=(1,)))
    assert read.sample == Sample(FRAME, SIZE, 0, 0.0075)
    assert read.reason is not None
    assert read.reason.startswith("the connection was lost; scan again; a random sample: 400 of")
    assert "free text" not in read.reason
    assert of(read, "personnummer", "SE_PERSONNUMMER").persons_between is not None


@pytest.mark.parametrize(("skipped", "is_whole"), [("kwh", True), ("", False), ("blad 2", False)])
def test_a_value_that_cannot_be_read_does_not_hide_its_row(skipped: str, is_whole: bool) -> None:  # noqa: FBT001  # a table's value
    class Patchy(Table):
        def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
            yield from super().read(resource)
            yield Skipped(skipped, "some of it cannot be decoded")

    read = outcome(Patchy(frame=400), full=True)
    told = of(read, "personnummer", "SE_PERSONNUMMER")
    assert read.status is Status.PARTIAL
    assert (told.persons, told.persons_between) == (50, (50, 50) if is_whole else None)


def test_the_same_data_gives_the_same_outcome() -> None:
    assert outcome(Table()) == outcome(Table())


def test_a_table_of_which_all_rows_were_drawn_is_read() -> None:
    assert sampling.worded([Sample(50, 50, 0, 0.0)]) == ""
    assert sampling.worded([]) == ""


@pytest.mark.parametrize(
    ("bound", "percent"),
    [
        (0.0003, "0.03"),
        (0.00030001, "0.031"),
        (0.0075, "0.75"),
        (0.999, "100"),
        (5.9e-6, "0.00059"),
    ],
)
def test_bounds_are_told_in_per_cent_and_rounded_up(bound: float, percent: str) -> None:
    assert texts.percent(bound, "en") == percent
    assert texts.percent(bound, "sv") == percent.replace(".", ",")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", True),
        ("", "; it looks English, read by Swedish rules only", True),
        ("the connection was lost; scan again; ", "", False),
        ("", "; kwh: some of its values cannot be decoded", False),
    ],
)
def test_a_sample_is_told_from_what_is_missing(before: str, after: str, expected: bool) -> None:  # noqa: FBT001  # a table's value
    sample = Sample(1000, 10, 0, 0.26)
    for drawn in ([sample], [sample, Sample(1000, 50, 0, 0.06)]):
        reason = f"{before}{sampling.worded(drawn)}{after}"
        row = Covered("crm", "main.t", "partial", reason, 1, 10, sample, "r")
        assert sampling.is_sampled(row) is expected
    assert not sampling.is_sampled(replace(row, sample=None))
    assert not sampling.is_sampled(replace(row, status="failed"))


class Breaking(SwedishDetector):
    def conclude(self, evidence: Evidence) -> Iterator[Finding]:
        raise ValueError("19121212-1212")


def test_a_detector_that_breaks_costs_its_resource_only() -> None:
    read = scan_resource(Table(), Breaking(), TABLE)
    assert (read.status, read.reason) == (Status.FAILED, "unexpected ValueError")
    assert replace(read, resource=TABLE).findings == ()

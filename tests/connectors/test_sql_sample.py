"""Samples of tables: each row equally likely, none twice, and no more claimed than is true."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from connectors import sql_sample
from connectors.base import ReadError, Sampled
from connectors.sql import Sql
from scanner.model import Batch, Resource, Sample, Skipped
from tests.connectors.test_sqlite_connector import sqlite_file

BOUND = 0.003
WANTED = 998
UNEVEN = 33.7
"""Chi-square of ten classes that even draws exceed once in 10,000 times."""
MISSED = 0.05 + 3 * (0.05 * 0.95 / 2000) ** 0.5
"""The promise, and three standard errors of 50 samples in which 40 things are sought."""
MANY = "WITH RECURSIVE many(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM many WHERE x < {})"


def sampled(
    connector: Sql, key: str, *columns: str
) -> tuple[dict[str, list[str]], list[Batch], Sample | None]:
    """The values by column, the batches, and what is claimed."""
    parts = list(connector.sample(Resource(connector.name, key), columns))
    batches = [one for one in parts if isinstance(one, Batch)]
    found: dict[str, list[str]] = {}
    for one in batches:
        assert one.first == len(found.setdefault(one.location, []))
        found[one.location].extend(one.values)
    assert len({len(values) for values in found.values()}) <= 1
    assert not any(isinstance(one, Sample) for one in parts[:-1])
    last = parts[-1] if parts else None
    return found, batches, last if isinstance(last, Sample) else None


def unevenness(connector: Sql, key: str, rows: list[int], seeds: int = 8) -> float:
    """Chi-square of the rows drawn over tenths of all rows; checks that none comes twice."""
    tenth = {str(row): place * 10 // len(rows) for place, row in enumerate(rows)}
    counts, size = Counter[int](), 0
    for seed in range(seeds):
        found, _, sample = sampled(replace(connector, seed=seed), key)
        assert sample is not None
        assert len(found["id"]) == len(set(found["id"])) == sample.size == WANTED
        assert abs(sample.frame / len(rows) - 1) < 0.15  # closer where more are drawn
        counts.update(tenth[one] for one in found["id"])
        size += sample.size
    expected = size / 10
    return sum((counts[one] - expected) ** 2 / expected for one in range(10))


def unseen(connector: Sql, key: str, rows: list[int], seeds: int) -> float:
    """How often a sample misses something that is in barely more rows than it says it may be.

    What is sought lies in 40 places of the table, each of neighbouring rows.
    """
    missed = 0
    for seed in range(seeds):
        found, _, sample = sampled(replace(connector, seed=seed), key)
        assert sample is not None
        drawn = {int(one) for one in found["id"]}
        width = int(sample.bound * len(rows)) + 1
        starts = range(0, len(rows) - width, len(rows) // 40)
        missed += sum(drawn.isdisjoint(rows[start : start + width]) for start in starts)
    return missed / (seeds * len(starts))


class TestSqlite:
    @pytest.fixture
    def connector(self, tmp_path: Path) -> Sql:
        made = sqlite_file(
            tmp_path / "crm.db",
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)",
            f"{MANY.format(30_000)} INSERT INTO t"
            " SELECT x, 'rad ' || x || ' ' || printf('%*c', x % 90 + 1, 'x') FROM many",
            "DELETE FROM t WHERE id BETWEEN 9000 AND 13000 OR id % 7 = 0",
            "CREATE TABLE gles (id INTEGER PRIMARY KEY, text TEXT)",
            "INSERT INTO gles SELECT id * 1000, text FROM t WHERE id % 3 = 0",
            "CREATE TABLE nyckel (id TEXT PRIMARY KEY, text TEXT)",
            "INSERT INTO nyckel SELECT id, text FROM t",
            "CREATE TABLE utan (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID",
            "INSERT INTO utan SELECT id, text FROM t",
            "CREATE VIEW vy AS SELECT id, text FROM t WHERE id % 2 = 0",
            "CREATE TABLE skugga (id INTEGER, rowid TEXT, oid TEXT)",
            "INSERT INTO skugga SELECT id, 'samma', 'samma' FROM t",
            "CREATE TABLE skuggor (id INTEGER, rowid TEXT, oid TEXT, _rowid_ TEXT)",
            "INSERT INTO skuggor SELECT id, 'samma', 'samma', '' FROM t",
            "CREATE TABLE tom (id INTEGER)",
        )
        return replace(made, bound=BOUND, whole=500)

    def rows(self, connector: Sql, table: str) -> list[int]:
        with closing(sqlite3.connect(str(connector.url).removeprefix("sqlite:///"))) as file:
            found = file.execute(f"SELECT id FROM {table}").fetchall()
            return sorted(int(one) for (one,) in found)

    @pytest.mark.parametrize("table", ["t", "gles", "nyckel", "utan", "vy", "skugga", "skuggor"])
    def test_each_row_is_equally_likely(self, connector: Sql, table: str) -> None:
        rows = self.rows(connector, table)
        assert unevenness(connector, f"main.{table}", rows) < UNEVEN

    def test_the_frame_is_close_and_the_rows_are_whole(self, connector: Sql) -> None:
        found, batches, sample = sampled(replace(connector, bound=BOUND / 5), "main.t")
        assert sample is not None
        assert abs(sample.frame / len(self.rows(connector, "t")) - 1) < 0.05
        assert [int(one) for one in found["id"]] == sorted(int(one) for one in found["id"])
        pairs = zip(found["id"], found["text"], strict=True)
        assert all(text.startswith(f"rad {id_} ") for id_, text in pairs)
        assert max(len(one.values) for one in batches) <= connector.batch_rows
        assert {one.group for one in batches} == {"main.t"}
        assert [one.column.unique for one in batches if one.column][:2] == [True, False]

    @pytest.mark.parametrize("table", ["t", "vy"])
    def test_the_bound_is_true(self, connector: Sql, table: str) -> None:
        rows = self.rows(connector, table)
        assert unseen(connector, f"main.{table}", rows, seeds=50) < MISSED

    @pytest.mark.parametrize("table", ["t", "gles", "utan", "vy"])
    def test_the_same_data_gives_the_same_rows(self, connector: Sql, table: str) -> None:
        assert isinstance(connector, Sampled)
        copy = pickle.loads(pickle.dumps(connector))  # noqa: S301
        first = sampled(connector, f"main.{table}")
        assert first == sampled(copy, f"main.{table}")
        assert first != sampled(replace(connector, seed=1), f"main.{table}")

    def test_few_rows_are_read_whole(self, connector: Sql) -> None:
        number = len(self.rows(connector, "t"))
        for bound, whole in ((BOUND, number), (1e-5, 0)):  # as many as would be drawn, too
            found, _, sample = sampled(replace(connector, bound=bound, whole=whole), "main.t")
            assert sample is None
            assert [int(one) for one in found["id"]] == self.rows(connector, "t")
            assert sampled(replace(connector, bound=bound, whole=whole), "main.t", "text") == (
                {},
                [],
                None,
            )
        assert sampled(connector, "main.tom")[::2] == ({"id": []}, None)
        assert sampled(replace(connector, whole=number - 1), "main.t")[2] is not None

    def test_single_columns_are_drawn_anew_and_more_rows_of_them(self, connector: Sql) -> None:
        before, _, _ = sampled(connector, "main.t")
        found, _, sample = sampled(connector, "main.t", "text")
        assert sample is not None
        assert (list(found), sample.size) == (["text"], 5 * WANTED)
        assert sample.bound == pytest.approx(1 - 0.05 ** (1 / sample.size))
        assert not set(before["text"]) <= set(found["text"])
        with pytest.raises(ReadError, match="columns are gone"):
            sampled(connector, "main.t", "finns inte")

    def test_all_rows_drawn_leave_no_doubt(self, connector: Sql) -> None:
        connector = replace(connector, bound=0.0005, whole=0)
        rows = self.rows(connector, "utan")
        assert 5991 < len(rows) < 5 * 5991
        found, _, sample = sampled(connector, "main.utan", "id")
        assert sample == Sample(len(rows), len(rows), 0, 0.0)
        assert sorted(map(int, found["id"])) == rows

    def test_one_state_of_the_data_is_seen(self, connector: Sql) -> None:
        path = str(connector.url).removeprefix("sqlite:///")
        few = replace(connector, batch_rows=100)  # a statement each
        parts = few.sample(Resource("crm", "main.t"))
        got = [next(parts)]
        with closing(sqlite3.connect(path)) as file:
            file.execute("DELETE FROM t")
            file.commit()
        got += list(parts)
        assert isinstance(got[-1], Sample)
        assert got[-1].size == WANTED
        assert sampled(connector, "main.t")[::2] == ({"id": [], "text": []}, None)

    def test_rows_are_looked_up_and_not_sought(
        self, connector: Sql, plans: Callable[[], list[str]]
    ) -> None:
        sampled(connector, "main.t")
        looked = [one for one in plans() if "json_each" in one]
        assert len(looked) > 1
        assert all("\nSEARCH main.t USING INTEGER PRIMARY KEY" in one for one in looked)

    def test_engines_that_cannot_pick_numbers_are_read_through(
        self, connector: Sql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picked = sampled(connector, "main.vy")
        monkeypatch.delitem(sql_sample._PICKED, "sqlite")
        assert sampled(connector, "main.vy") == picked

    def test_a_table_that_is_gone_or_broken_is_a_read_error(self, connector: Sql) -> None:
        path = str(connector.url).removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as file:
            file.execute("CREATE VIEW trasig AS SELECT * FROM borta")
        for name in ("main.trasig", "main.borta", "borta"):
            with pytest.raises(ReadError):
                sampled(connector, name)

    def test_values_that_are_not_whole_are_told_once(self, connector: Sql) -> None:
        path = str(connector.url).removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as file:
            file.execute("UPDATE t SET text = X'00FF'")
            file.commit()
        parts = list(connector.sample(Resource("crm", "main.t")))
        assert [one.key for one in parts if isinstance(one, Skipped)] == ["text"]


def test_the_bound_is_what_the_rule_of_three_says_and_never_more_than_is_left() -> None:
    assert sql_sample.rows_for(0.0003) == 9985
    assert sql_sample.bound_of(9985, 50_000_000) == pytest.approx(0.0003, rel=0.001)
    assert sql_sample.bound_of(9984, 50_000_000) > 0.0003 >= sql_sample.bound_of(9985, 10**9)
    assert sql_sample.bound_of(9985, 9986) == pytest.approx(1 / 9986)
    assert sql_sample.bound_of(10, 10) == 0.0
    assert sql_sample.bound_of(0, 10) == 1.0


@pytest.mark.parametrize("keys", [{"bound": 0.0}, {"bound": 1.0}, {"whole": -1}])
def test_what_can_never_work_is_refused(keys: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(keys))):
        Sql("crm", "sqlite:///x.db", **keys)  # type: ignore[arg-type]

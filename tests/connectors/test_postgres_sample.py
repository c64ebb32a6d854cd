"""Samples of PostgreSQL tables, on a real server: each row equally likely, wherever it lies."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

import pytest

from connectors.base import ReadError
from connectors.sql import Sql
from scanner.model import Batch, Resource, Sample
from tests.connectors.test_sql_sample import (
    BOUND,
    MISSED,
    UNEVEN,
    WANTED,
    sampled,
    unevenness,
    unseen,
)
from tests.servers import Postgres

PASSWORD = "las-Canary-4714"
_ROWS = "FROM generate_series(1, 30000) x"
_POSTGRES = (
    "CREATE TABLE t (id int, text text) WITH (autovacuum_enabled = off, fillfactor = 90)",
    f"INSERT INTO t SELECT x, repeat('x', CASE WHEN x < 15000 THEN 9 ELSE 500 END) {_ROWS}",
    "UPDATE t SET text = text WHERE id % 5 = 0",
    "DELETE FROM t WHERE id BETWEEN 9000 AND 13000 OR id % 7 = 0",
    "VACUUM t",
    "INSERT INTO t SELECT x, 'ny' FROM generate_series(30001, 33000) x",
    "UPDATE t SET text = text WHERE id % 5 = 1",
    # few rows on many pages
    "CREATE TABLE tunn (id int, text text) WITH (autovacuum_enabled = off)",
    "INSERT INTO tunn SELECT x, 'x' FROM generate_series(1, 400000) x",
    "DELETE FROM tunn WHERE id % 200 > 0",
    "CREATE TABLE delad (id int, text text) PARTITION BY RANGE (id)",
    "CREATE TABLE del_1 PARTITION OF delad FOR VALUES FROM (0) TO (4000)",
    "CREATE TABLE del_2 PARTITION OF delad FOR VALUES FROM (4000) TO (40000)"
    " PARTITION BY HASH (id)",
    "CREATE TABLE del_2a (text text, id int)",
    "ALTER TABLE del_2 ATTACH PARTITION del_2a FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
    "CREATE TABLE del_2b PARTITION OF del_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
    "CREATE TABLE del_tom PARTITION OF delad FOR VALUES FROM (40000) TO (50000)",
    "INSERT INTO delad SELECT id, text FROM t",
    "CREATE MATERIALIZED VIEW mvy AS SELECT id, text FROM t ORDER BY text, id",
    "CREATE VIEW vy AS SELECT id, min(text) AS text FROM t GROUP BY id",
    "CREATE TABLE arv (id int, text text)",
    "CREATE TABLE arvinge () INHERITS (arv)",
    "INSERT INTO arv SELECT id, text FROM t",
    "INSERT INTO arvinge SELECT -id, text FROM t",
    "CREATE TABLE tom (id int)",
    "CREATE ROLE snalt LOGIN PASSWORD 'las-Canary-4714'",
    "GRANT SELECT ON delad TO snalt",
    "GRANT SELECT (id) ON mvy TO snalt",
)


@pytest.fixture(scope="module")
def database(postgres_server: Postgres) -> str:
    name = postgres_server.create_database()
    postgres_server.execute(name, *_POSTGRES)
    return name


class TestPostgres:
    @pytest.fixture
    def connector(
        self, postgres_server: Postgres, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> Sql:
        monkeypatch.setenv("SAMPLE_URL", postgres_server.url_with_password(database))
        return Sql("crm", url_env="SAMPLE_URL", bound=BOUND, whole=500)

    def rows(self, server: Postgres, database: str, table: str) -> list[int]:
        with server.connect(database) as connection:
            found = connection.execute(f"SELECT id FROM {table} ORDER BY id".encode()).fetchall()
        return [int(str(one)) for (one,) in found]

    @pytest.mark.parametrize("table", ["t", "tunn", "delad", "mvy", "vy", "ONLY arv"])
    def test_each_row_is_equally_likely(
        self, connector: Sql, postgres_server: Postgres, database: str, table: str
    ) -> None:
        rows = self.rows(postgres_server, database, table)
        key = f"public.{table.removeprefix('ONLY ')}"
        assert unevenness(connector, key, rows, seeds=4) < UNEVEN

    def test_the_bound_is_true(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        rows = self.rows(postgres_server, database, "t")
        assert unseen(connector, "public.t", rows, seeds=50) < MISSED

    @pytest.mark.parametrize("table", ["t", "tunn", "delad", "vy"])
    def test_the_same_data_gives_the_same_rows(self, connector: Sql, table: str) -> None:
        copy = pickle.loads(pickle.dumps(connector))  # noqa: S301
        first = sampled(connector, f"public.{table}")
        assert first == sampled(copy, f"public.{table}")
        assert first != sampled(replace(connector, seed=1), f"public.{table}")

    def test_the_frame_is_close_and_the_rows_are_whole(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        found, batches, sample = sampled(replace(connector, bound=BOUND / 5), "public.t")
        assert sample is not None
        assert (sample.size, sample.seed) == (4992, 0)
        assert abs(sample.frame / len(self.rows(postgres_server, database, "t")) - 1) < 0.05
        widths = {(int(id_) < 15000, len(text)) for id_, text in zip(*found.values(), strict=True)}
        assert widths == {(True, 9), (False, 500), (False, 2)}
        assert max(len(one.values) for one in batches) <= connector.batch_rows
        assert sample.bound == pytest.approx(BOUND / 5, rel=0.001)

    @pytest.mark.parametrize("table", ["t", "delad"])
    def test_rows_are_fetched_by_address(
        self, connector: Sql, plans: Callable[[], list[str]], table: str
    ) -> None:
        sampled(connector, f"public.{table}")
        fetched = [one for one in plans() if "tid[]" in one]
        assert len(fetched) > 1
        assert all(one.splitlines()[1].startswith("Tid Scan on") for one in fetched)

    def test_where_few_addresses_hold_a_row_the_planner_is_free_again(
        self, connector: Sql, plans: Callable[[], list[str]]
    ) -> None:
        sampled(connector, "public.tunn")
        (numbered,) = (one for one in plans() if "row_number" in one)
        assert "Seq Scan on tunn" in numbered
        assert "cost=1000000" not in numbered  # what the server adds where a way is forbidden

    def test_few_rows_are_read_whole_whatever_the_statistics_say(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        postgres_server.execute(
            database,
            "DROP TABLE IF EXISTS vuxen",
            "CREATE TABLE vuxen (id int) WITH (autovacuum_enabled = off)",
            "INSERT INTO vuxen SELECT generate_series(1, 10)",
        )
        connector = replace(connector, whole=2000)
        assert sampled(connector, "public.vuxen")[2] is None  # never analysed
        postgres_server.execute(
            database, "ANALYZE vuxen", "INSERT INTO vuxen SELECT generate_series(11, 2000)"
        )
        found, _, sample = sampled(connector, "public.vuxen")
        assert sample is None
        assert [int(one) for one in found["id"]] == list(range(1, 2001))
        postgres_server.execute(database, "INSERT INTO vuxen VALUES (2001)")
        assert sampled(connector, "public.vuxen")[2] == Sample(
            2001, WANTED, 0, 1 - 0.05 ** (1 / 998)
        )
        postgres_server.execute(database, "DELETE FROM vuxen")  # the statistics say ten still
        assert sampled(connector, "public.vuxen")[::2] == ({"id": []}, None)
        assert sampled(connector, "public.tom")[::2] == ({"id": []}, None)

    def test_one_state_of_the_data_is_seen(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        postgres_server.execute(
            database,
            f"CREATE TABLE flyktig AS SELECT x AS id, 'före' AS text {_ROWS}",
        )
        few = replace(connector, batch_rows=100)  # a statement each
        parts = few.sample(Resource("crm", "public.flyktig"))
        got = [next(parts)]
        postgres_server.execute(
            database,
            "UPDATE flyktig SET text = 'efter' WHERE id % 2 = 0",
            "DELETE FROM flyktig",
            "VACUUM flyktig",
        )
        got += list(parts)
        assert isinstance(got[-1], Sample)
        assert got[-1].size == WANTED
        texts = [one.values for one in got if isinstance(one, Batch) and one.location == "text"]
        assert {text for values in texts for text in values} == {"före"}

    def test_partitions_that_may_not_be_read_alone_are_read_through_the_whole(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        url = postgres_server.url(database, "snalt").replace("snalt@", f"snalt:{PASSWORD}@")
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SAMPLE_URL", url)
            found, _, sample = sampled(connector, "public.delad")
            with pytest.raises(ReadError, match="no right"):
                sampled(connector, "public.t")
            ids, _, of_mvy = sampled(connector, "public.mvy")  # only its column id
        rows = self.rows(postgres_server, database, "delad")
        assert sample is not None
        assert sample.frame == len(rows)
        assert {int(one) for one in found["id"]} <= set(rows)
        assert of_mvy is not None
        assert (list(ids), of_mvy.size) == (["id"], WANTED)

    def test_single_columns_are_drawn_anew_and_more_rows_of_them(self, connector: Sql) -> None:
        found, _, sample = sampled(connector, "public.t", "text")
        assert sample is not None
        assert (list(found), len(found["text"])) == (["text"], sample.size)
        assert sample.size == 5 * WANTED

    def test_any_names_and_1600_columns(
        self, connector: Sql, postgres_server: Postgres, database: str
    ) -> None:
        long = "ö" * 31
        postgres_server.execute(
            database,
            f'CREATE TABLE "u""d.d%" ("#" int, "{long}" text, "c0" text, "n:x" text)',
            "INSERT INTO \"u\"\"d.d%\" SELECT x, 'a', 'b', 'c' FROM generate_series(1, 3000) x",
            'CREATE VIEW udda AS SELECT * FROM "u""d.d%"',
            f"CREATE TABLE vid ({', '.join(f'k{number} int' for number in range(1600))})",
            "INSERT INTO vid (k0, k1599) SELECT x, -x FROM generate_series(1, 1500) x",
        )
        for key in ('public."u""d.d%"', "public.udda"):
            found, _, sample = sampled(connector, key)
            assert sample is not None
            assert list(found) == ["#", long, "c0", "n:x"]
            assert {found["c0"][0], found["n:x"][0]} == {"b", "c"}
        found, _, sample = sampled(connector, "public.vid")
        assert sample is not None
        assert [-int(one) for one in found["k0"]] == [int(one) for one in found["k1599"]]

    def test_bytes_of_any_encoding(
        self, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = postgres_server.create_database(encoding="SQL_ASCII", lc_ctype="C")
        monkeypatch.setenv("SAMPLE_URL", postgres_server.url_with_password(database))
        postgres_server.execute(
            database,
            f"CREATE TABLE t AS SELECT x AS id, 'x' || x AS text {_ROWS}",
        )
        with postgres_server.connect(database) as connection:
            connection.execute(b"UPDATE t SET text = 'r\xe4k'")
        connector = Sql("crm", url_env="SAMPLE_URL", bound=BOUND, whole=500, statements="")
        found, _, sample = sampled(connector, "public.t")
        assert sample is not None
        assert set(found["text"]) == {"räk"}

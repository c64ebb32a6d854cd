"""The command line against real servers: PostgreSQL, S3, a dask cluster, and no network at all."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from detectors.swedish import SwedishDetector
from scanner import config
from scanner.cli import run
from scanner.engine import Scan
from scanner.executors import Inline
from scanner.run import take_inventory, works
from scanner.store import open_store, utc_now
from tests.conftest import S3Store
from tests.memory import Silent
from tests.servers import OWNER_PASSWORD, Postgres

PERSONNUMMER = "19811228-9874"
PEOPLE = (
    'CREATE SCHEMA "Kund"',
    'CREATE TABLE "Kund"."Person.er" (personnr text, "E-post" text)',
    f"""INSERT INTO "Kund"."Person.er" VALUES ('{PERSONNUMMER}', 'anna@example.se')""",
    "CREATE VIEW trasig AS SELECT 1 / (random() * 0)::int AS noll",
    "CREATE TABLE artiklar (artnr integer, namn text)",
    "INSERT INTO artiklar VALUES (1, 'laddbox')",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run([*arguments, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def write(folder: Path, text: str) -> None:
    (folder / "sparhund.toml").write_text(text, encoding="utf-8")


def test_a_postgresql_database_into_a_postgresql_store(
    folder: Path,
    postgres_server: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    database, store = postgres_server.create_database(), postgres_server.create_database()
    postgres_server.execute(database, *PEOPLE)
    reader = postgres_server.create_reader(database, "reader-Zx82-canary")
    monkeypatch.setenv("CRM_PASSWORD", "reader-Zx82-canary")
    monkeypatch.setenv("STORE_URL", postgres_server.url_with_password(store))
    write(
        folder,
        f"""
policies = ["krafthem"]
[store]
url_env = "STORE_URL"
[sources.crm]
kind = "sql"
url = "{postgres_server.url(database, reader)}"
password_env = "CRM_PASSWORD"
""",
    )
    assert run(["scan"]) == 3
    told = capsys.readouterr()
    assert "failed: crm/public.trasig:" in told.err
    found = {(row["key"], row["location"], row["entity"]) for row in rows(capsys, "findings")}
    assert ('Kund."Person.er"', "personnr", "SE_PERSONNUMMER") in found
    assert ('Kund."Person.er"', "E-post", "EMAIL_ADDRESS") in found
    assert not {place for place in found if place[0] == "public.artiklar"}
    statuses = {row["key"]: row["status"] for row in rows(capsys, "coverage")}
    assert statuses["public.trasig"] == "failed"
    assert statuses["public.artiklar"] == "scanned"
    assert run(["gap", "--format", "json"]) == 0
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    assert "SE_PERSONNUMMER" in {gap["entity"] for gap in gaps}
    for secret in ("Zx82", OWNER_PASSWORD, PERSONNUMMER):
        assert secret not in told.out + told.err


@pytest.mark.parametrize(("name", "password"), [("wrong", "fel-Zx83"), ("unset", None)])
def test_a_wrong_or_missing_password_is_one_line(
    folder: Path,
    postgres_server: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    password: str | None,
) -> None:
    if password:
        monkeypatch.setenv("CRM_PASSWORD", password)
    url = postgres_server.url(postgres_server.create_database())
    write(folder, f'[sources.crm]\nkind = "sql"\nurl = "{url}"\npassword_env = "CRM_PASSWORD"\n')
    assert run(["scan"]) == 1, name
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed")]
    assert "crm" in line
    assert "password" in line
    assert "Zx83" not in line


def test_a_wrong_secret_of_a_bucket_is_one_line(
    folder: Path,
    s3_store: S3Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bucket = s3_store.create_bucket()
    monkeypatch.setenv("NYCKEL", "nobody")
    monkeypatch.setenv("HEMLIG", "fel-Zx84")
    write(
        folder,
        f"""
[sources.bucket]
kind = "s3"
bucket = "{bucket}"
endpoint_url = "{s3_store.endpoint}"
region = "us-east-1"
access_key_env = "NYCKEL"
secret_key_env = "HEMLIG"
""",
    )
    assert run(["scan"]) == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed")]
    assert "bucket" in line
    assert "Zx84" not in line


def test_a_cluster_reads_what_processes_would(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "share").mkdir()
    for number in range(20):
        (folder / "share" / f"{number}.txt").write_text(f"{number}: personnummer {PERSONNUMMER}")
    write(folder, f'[sources.share]\nkind = "files"\npath = "{folder}/share"\n')
    cluster = LocalCluster(n_workers=1, dashboard_address=None, host="127.0.0.1")  # type: ignore[no-untyped-call]
    with cluster:
        assert run(["scan", "--cluster", cluster.scheduler_address, "--run", "cluster"]) == 0
    assert run(["scan", "--full", "--run", "processes"]) == 0
    one, other = (
        [row | {"run": ""} for row in rows(capsys, "findings", "--run", name)]
        for name in ("cluster", "processes")
    )
    assert one == other
    assert len(one) == 20


def test_a_run_passes_with_the_network_cut_off(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is looked up or downloaded: no model, no suffix list, no telemetry."""

    def cut(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    (folder / "share").mkdir()
    text = (
        f"personnummer {PERSONNUMMER}, anna@example.se, 070-174 06 05, Storgatan 1, 392 32 Kalmar"
    )
    (folder / "share" / "a.txt").write_text(text)
    write(folder, '[sources.share]\nkind = "files"\npath = "share"\n')
    monkeypatch.setattr(socket.socket, "connect", cut)
    monkeypatch.setattr(socket, "getaddrinfo", cut)
    settings = config.load(folder / "sparhund.toml")
    store = open_store(settings.store_url)
    detector = SwedishDetector()
    begun = store.begin(None, utc_now(), detector.version)
    scan = Scan(store, begun, detector, Inline(), Silent())
    scan.sources(works(list(settings.sources.values())))
    found = {item.finding.entity for item in take_inventory(store, begun, settings).findings}
    assert {"SE_PERSONNUMMER", "EMAIL_ADDRESS", "PHONE_NUMBER", "SE_ADDRESS"} <= found

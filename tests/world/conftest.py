"""The made-up company, built once, and what the real connectors read of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from connectors.base import ReadError
from connectors.files import PLUGIN as Files
from connectors.sql import PLUGIN as Sql
from scanner.demo.build import bucket_objects, build
from scanner.demo.company import Company, found
from scanner.demo.truth import Truth
from scanner.model import Resource, Skipped

TODAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    build(path, TODAY)
    return path


@pytest.fixture(scope="module")
def company() -> Company:
    return found(TODAY)


@pytest.fixture(scope="module")
def told(folder: Path) -> Truth:
    whole: Truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return whole


@pytest.fixture(scope="module")
def read(
    folder: Path, company: Company, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[tuple[str, str, str], int], list[dict[str, str]]]:
    """What the real connectors read (non-empty values by place), and what they could not."""
    objects = tmp_path_factory.mktemp("bucket")
    for key, content in bucket_objects(company):
        (objects / key).parent.mkdir(parents=True, exist_ok=True)
        (objects / key).write_bytes(content)
    values: Counter[tuple[str, str, str]] = Counter()
    unread: list[dict[str, str]] = []
    for connector in (
        Sql(name="crm", url=f"sqlite:///{folder / 'crm.sqlite'}"),
        Files(name="share", path=str(folder / "share")),
        Files(name="bucket", path=str(objects)),
    ):
        for resource in connector.discover():
            assert isinstance(resource, Resource)
            where = {"source": resource.source, "key": resource.key}
            try:
                for batch in connector.read(resource):
                    if isinstance(batch, Skipped):
                        unread.append({**where, "location": batch.key, "reason": batch.reason})
                    else:
                        place = (resource.source, resource.key, batch.location)
                        values[place] += sum(1 for value in batch.values if value)
            except ReadError as error:
                unread.append({**where, "location": "", "reason": str(error)})
    return values, unread

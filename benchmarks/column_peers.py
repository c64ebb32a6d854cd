"""The systems that tell what a table's columns hold, each from a table to entities by column."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from benchmarks import peers
from benchmarks.schemas import Column, Table
from connectors.sql_values import column_texts
from detectors import columns
from detectors.base import Evidence
from detectors.swedish import SwedishDetector
from scanner import model
from scanner.model import Batch, Resource

Said = Mapping[str, frozenset[str]]
"""Entities by column; a column that is absent holds none."""

_ROWS = 1_000
"""Rows of a batch, as the SQL connector reads."""
_LOOKED_AT = 200
"""Random rows that presidio-structured is shown, at most: more only take it longer."""


def ours(table: Table) -> Said:
    """This package's verdicts, from what a database gives: rows in batches, and the schema."""
    detector = SwedishDetector()
    evidence = Evidence(Resource("bench", table.name))
    for batch in batches(table):
        evidence.add(batch, detector.detect(batch))
    said: dict[str, frozenset[str]] = {}
    for finding in detector.conclude(evidence):
        said[finding.location] = said.get(finding.location, frozenset()) | {finding.entity}
    return said


def batches(table: Table) -> Iterator[Batch]:
    """The table as the connector reads it: of one without rows a batch without texts a column."""
    texts = {column.name: column_texts(column.values)[0] for column in table.columns}
    for first in range(0, max(1, len(table.columns[0].values)), _ROWS):
        for column in table.columns:
            yield Batch(
                column.name,
                texts[column.name][first : first + _ROWS],
                label=column.name,
                group=table.name,
                first=first,
                column=_facts(table, column),
            )


def _facts(table: Table, column: Column) -> model.Column:
    return model.Column(
        column.type.lower(), column.comment, column.unique, column.references, table.comment
    )


def by_label(table: Table) -> Said:
    """What the columns' names alone say, by our list of names; their values are not looked at."""
    return {column.name: columns.entities_of(column.name) for column in table.columns}


def has_structured() -> bool:
    """Whether `presidio-structured` is installed."""
    return find_spec("presidio_structured") is not None


def structured(table: Table, strategy: str = "most_common") -> Said:
    """What presidio-structured says of some rows: of each column one entity, chosen its way.

    By default it takes what it sees most often; `highest_confidence` what it is surest of.
    """
    pandas: Any = importlib.import_module("pandas")  # it comes with the next, which is no need
    package: Any = importlib.import_module("presidio_structured")  # of ours
    frame = pandas.DataFrame(
        {column.name: column_texts(column.values)[0] for column in table.columns}
    )
    if frame.empty:
        return {}
    found = package.PandasAnalysisBuilder(peers.presidio()).generate_analysis(
        frame, n=_LOOKED_AT, language="sv", selection_strategy=strategy
    )
    return {
        name: frozenset({peers.merged(entity)}) for name, entity in found.entity_mapping.items()
    }

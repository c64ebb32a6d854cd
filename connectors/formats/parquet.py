"""Parquet files: row-aligned columns, a few rows at a time. Needs pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.budget import Budget, LimitError
from connectors.formats.encoding import decode
from connectors.formats.location import Names, inside
from connectors.formats.table import ROWS
from connectors.formats.text import VALUE, chunks
from connectors.formats.xlsx import cell_text
from scanner.model import Batch, Skipped

if TYPE_CHECKING:
    import pyarrow

NEEDS = "Parquet needs: pip install 'sparhund[columnar]'"
_DAMAGED = "damaged Parquet file: cannot be opened; restore it from a copy"
_REST = "damaged Parquet file: the rest cannot be read"
_LIMIT = "the rest was not read: more unpacked bytes than one resource may take"
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Parquet:
    """Reads a Parquet file. The stream must be seekable."""

    budget: Budget

    def read(self, document: Document) -> Iterator[Batch | Skipped]:
        """One batch for each column of each chunk of rows; nested values as JSON.

        A column that no row fills gives a batch without texts.
        """
        try:
            from pyarrow import parquet  # noqa: PLC0415  # an extra: not everyone has it
        except ImportError:
            yield Skipped(document.location, NEEDS)
            return
        with _damage(_DAMAGED):
            file = parquet.ParquetFile(document.stream, buffer_size=1 << 20)
            names = [str(name) for name in file.schema_arrow.names]
        if len(names) > _MOST_COLUMNS:
            raise ReadError(f"not read: more than {_MOST_COLUMNS:,} columns")
        unique = Names()
        places = [inside(document.location, unique.unique(name)) for name in names]
        group = document.location or document.name
        first, filled = 0, set[str]()
        try:
            for rows in self._chunks(file.iter_batches(batch_size=ROWS, use_threads=False)):
                for batch in self._columns(rows, places, names, document, first):
                    filled.add(batch.location)
                    yield batch
                first += rows.num_rows
            for place, name in zip(places, names, strict=True):
                if place not in filled:
                    yield Batch(place, (), name[:200], group, first)
        except ReadError as error:
            if not first:
                raise
            yield Skipped(document.location, str(error))

    def _chunks(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        while True:
            with _damage(_REST):
                rows = next(batches, None)
            if rows is None:
                return
            if rows.nbytes > self.budget.bytes_left:
                raise LimitError(_LIMIT)
            self.budget.spend(rows.nbytes)
            yield rows

    def _columns(
        self,
        rows: pyarrow.RecordBatch,
        places: list[str],
        names: list[str],
        document: Document,
        first: int,
    ) -> Iterator[Batch]:
        group = document.location or document.name
        for place, name, column in zip(places, names, rows.columns, strict=True):
            with _damage(_REST):
                values = tuple(map(_text, _values(column)))
            for text in [value for value in values if len(value) > VALUE]:
                for chunk in chunks([text]):
                    yield Batch(place, (chunk,), name[:200])
            values = tuple(value if len(value) <= VALUE else "" for value in values)
            if any(values):
                yield Batch(place, values, name[:200], group, first)


@contextmanager
def _damage(message: str) -> Iterator[None]:
    """Turn the library's errors into a `ReadError` in our words."""
    import pyarrow  # noqa: PLC0415

    try:
        yield
    except (pyarrow.ArrowException, ValueError, TypeError, LookupError, OverflowError, OSError):
        raise ReadError(message) from None


def _values(column: pyarrow.Array) -> list[object]:
    """Python values; of times, what a calendar can hold."""
    import pyarrow  # noqa: PLC0415

    kind = column.type
    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    try:
        values: list[object] = column.to_pylist()
    except (ValueError, OverflowError):
        values = column.cast(pyarrow.string()).to_pylist()
    return values


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bytes():
            return decode(value)
        case Decimal():
            return format(value, "f")
        case bool() | int() | float() | datetime() | date() | time() | timedelta():
            return cell_text(value)
        case _:
            return json.dumps(value, ensure_ascii=False, default=_text)

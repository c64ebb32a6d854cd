"""Columns as a customer database has them, and columns of numbers that are nobody's."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from benchmarks.values import FILLERS, LABELLED, Values

_COLUMNS: Mapping[str, Callable[[Values], str]] = {
    "namn": FILLERS["name"],
    "personnummer": LABELLED["personnummer_clear"][1],
    "mobil": LABELLED["phone"][1],
    "epost": LABELLED["email"][1],
    "gatuadress": LABELLED["street_plain"][1],
    "ort": FILLERS["town"],
    "skapad": FILLERS["date"],
    "belopp": FILLERS["amount"],
    "ordernr": FILLERS["order"],
    "status": lambda v: v.pick("aktiv", "avslutad", "vilande", "spärrad") + FILLERS["n2"](v),
    "kwh": FILLERS["dec"],
    "artikel": FILLERS["article"],
}

NOBODYS: Mapping[str, tuple[str, str]] = {
    "timestamp": ("stamp12", "timestamp"),
    "timestamp, 10 digits": ("stamp10", "timestamp"),
    "unix ms": ("unix_ms", "timestamp"),
    "order number": ("order10", "ordernummer"),
    "OCR, Luhn-valid": ("ocr10", "ocr_nummer"),
    "070 inside digits": ("digits_with_070", "serienummer"),
    "GSRN, wrong check digit": ("bad_gsrn", "referens"),
    "hash": ("sha1", "checksumma"),
    "GUID": ("guid", "guid"),
    "version": ("version4", "version"),
    "coordinate": ("lat", "latitud"),
    "SWEREF north": ("sweref_n", "nordkoordinat"),
    "kWh": ("dec", "förbrukning_kwh"),
}
"""Kind of number: the slot that draws one, and the name of a column that tells what it is."""


def columns(cells: int, distinct: float, seed: int = 1) -> dict[str, tuple[str, ...]]:
    """Columns by name, together of so many cells, of which that share is distinct.

    A cell of a column with few kinds of value (towns, names) is told apart by a number.
    """
    values = Values(random.Random(f"{seed}{distinct}"))
    rows = cells // len(_COLUMNS)
    pool = max(int(rows * distinct), 1)
    found: dict[str, tuple[str, ...]] = {}
    for name, draw in _COLUMNS.items():
        seen: dict[str, None] = {}
        tries = 0
        while len(seen) < pool:
            value = draw(values)
            tries += 1
            seen[value if value not in seen else f"{value} {tries}"] = None
        distinct_values = tuple(seen)
        if pool == rows:
            found[name] = distinct_values
        else:
            found[name] = tuple(values.random.choices(distinct_values, k=rows))
    return found


def numbers(kind: str, count: int, seed: int = 1) -> tuple[str, ...]:
    """Random numbers of one kind of `NOBODYS`."""
    values = Values(random.Random(f"{kind}{seed}"))
    draw = FILLERS[NOBODYS[kind][0]]
    return tuple(draw(values) for _ in range(count))

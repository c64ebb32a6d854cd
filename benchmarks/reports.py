"""Reports without personal data: every match in them is a false one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from benchmarks.corpus import FILLERS, fill
from benchmarks.values import Values


def _line(*slots: str, sep: str) -> Callable[[Values], str]:
    return lambda v: sep.join(FILLERS[slot](v) for slot in slots)


def _log(v: Values) -> str:
    made = {name: FILLERS[name](v) for name in ("iso", "guid", "n", "unix_ms", "order", "article")}
    return v.pick(
        "{iso} INFO job {order} done rows={n} ms={unix_ms}",
        "{iso} DEBUG request {guid} status=200 bytes={order}",
        "{iso} WARN retry {n} of queue {article} offset={unix_ms}",
        "{iso} ERROR timeout after {n} ms in thread-{n} id={guid}",
    ).format(**made)


def _firmware(v: Values) -> str:
    made = {name: FILLERS[name](v) for name in ("article", "version4", "date", "md5", "enumber")}
    return "{article};{version4};{date};{md5};{enumber}".format(**made)


def _tariff(v: Values) -> str:
    made = {name: FILLERS[name](v) for name in ("n2", "dec", "big", "month", "year")}
    return v.pick(
        "Säkring {n2} A: fast avgift {big} kr/år, överföring {dec} öre/kWh, effekt {dec} kr/kW",
        "Effekttariff {month} {year}: vardagar 07.00-20.00 {dec} kr/kW, övrig tid {dec} kr/kW",
        "Tabell {n2}.1 Lågspänning {big} kr, högspänning {big} kr, {dec} öre",
    ).format(**made)


def _edi(v: Values) -> str:
    made = {name: FILLERS[name](v) for name in ("gln", "stamp12", "dec", "n", "order")}
    return v.pick(
        "NAD+MS+{gln}::9'DTM+137:{stamp12}:203'",
        "QTY+136:{dec}:KWH'DTM+324:{stamp12}{stamp12}:719'",
        "UNT+{n}+{order}'LIN+{n}++1491:::SVK'",
    ).format(**made)


def _from(*templates: str) -> Callable[[Values], str]:
    """A line out of one of the templates, its slots filled."""
    return lambda v: fill("report", v.pick(*templates), v).text


KINDS: Mapping[str, Callable[[Values], str]] = {
    "readings": _line("date", "kwh", "dec", "dec", "dec", "dec", "kwh", sep=";"),
    "log": _log,
    "firmware": _firmware,
    "tariff": _tariff,
    "edi": _edi,
    "ledger": _line("date", "n4", "order", "amount", "ocr", sep="\t"),
    "stock": _line("article", "enumber", "gln", "n", "big", sep="  "),
    "changelog": _from(
        "## {version4} ({day})",
        "- {jira}: importen klarar {n} filer",
        "### Släpp {version4}",
        "- beroende {article} höjt från {version} till {version4}",
    ),
    "plate-like stock": _from(
        "{code6}  kabelsko {n2} mm  {n} st  hylla {room}",
        "{article};{code6};{gtin};{price}",
    ),
    "meters": _from(
        "{d9};{luhn8};{day};{kwh};{obis}",
        "{luhn10}\t{when}\t{kwh}\t{dec}",
    ),
    "scada": _from(
        "{when_ms} rtu-{n2}.T{n4} BRYTARE {n2} TILL",
        "{iso} T{n4} P={dec} Q={dec} U={n}",
        "{syslog} scada-b larm {d5} nivå {n2} kvitterat {clock}",
    ),
    "prices": _from(
        "{code6} {price} kr/st, {amount} kr/100",
        "SE{n2} {clock} {price} öre",
        "{enumber} {price}",
    ),
    "plan": _from(
        "Etapp {n2}: {day} - {day}, resurs {room}",
        "Milstolpe {n2}.{n2} klar {day}, {jira}",
        "Tidsplan {n2} rev {day}; budget {big} tkr",
    ),
    "substations": _from("T{n4};{sweref_n};{sweref_e};{n} kVA", "T{n4} {lat} {lon} {day}"),
    "ids": _from("{guid};{sha1};{unix_ms}", "{md5}  {compact}.zip", "{hex16} {guid}"),
    "vouchers": _from(
        "A{n4} {day} 1930 {amount} OCR {luhn10}",
        "verifikat {d6}; konto {n4}; {price}; ref {luhn12}",
    ),
}
"""Kind of report: how to draw a line of it."""


def report(characters: int, seed: int = 1) -> dict[str, str]:
    """One report of each kind, together of about that length."""
    values = Values(random.Random(seed))
    found: dict[str, str] = {}
    for kind, line in KINDS.items():
        lines: list[str] = []
        size = 0
        while size < characters // len(KINDS):
            lines.append(line(values))
            size += len(lines[-1]) + 1
        found[kind] = "\n".join(lines) + "\n"
    return found

"""A gap report whose every name and sentence is hostile, for the page and the workbook."""

from __future__ import annotations

from scanner.model import (
    CoverageSummary,
    Gap,
    GapKind,
    GapPlace,
    GapReport,
    MatrixRow,
    Sample,
    Sampled,
    Severity,
    SourceSummary,
    Status,
    Unread,
)

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = '"><img src=x onerror=alert(1)>'
FORMULA = "=cmd|' /C calc'!A0"
BACKWARDS = "kund\u202egpj.exe"
CONTROLS = "a\x00b\x1b[31m\x85\u2028\ufeff"
SURROGATE = "\udce5"
TEMPLATE = "{{ 7 * 7 }}{% raw %}"
COMMENT = "--><!-- ]]> </style></title></textarea>"
LINK = "javascript:alert(1)//https://example.se/x"
LONG = "x" * 9_990 + "END.csv"
NAMES = (
    SCRIPT,
    ATTRIBUTE,
    FORMULA,
    BACKWARDS,
    CONTROLS,
    SURROGATE,
    TEMPLATE,
    COMMENT,
    LINK,
    LONG,
    "+1",
    "-1",
    "@sum",
    "שלום",
    "kund_lista 2026.csv",
)


def gap(number: int, name: str, kind: GapKind, severity: Severity) -> Gap:
    written = kind in {GapKind.POLICY, GapKind.DECLARED_NOT_FOUND}
    return Gap(
        id=f"{number:012x}",
        kind=kind,
        severity=severity,
        source=None if written else name,
        key=None if written else name,
        location=None if written else name,
        entity=None if written else name,
        category=name,
        matches=None if written else 1000 + number,
        persons=None if written else 12_000,
        places=() if written else (GapPlace(name, name, 900), GapPlace(name, "b", 100)),
        places_total=0 if written else 2,
        quote=f"{name} (rad 51)",
        recommendation=f"Radera {name}.",
        scope=name,
        grade="B" if kind is GapKind.RETENTION else None,
        new=number % 2 == 0,
        persons_between=None if written else (11_823, 12_345),
    )


def report() -> GapReport:
    """Every kind and severity with every name."""
    kinds, levels = list(GapKind), list(Severity)
    gaps = [
        gap(i * len(kinds) + j, name, kind, levels[(i + j) % len(levels)])
        for i, name in enumerate(NAMES)
        for j, kind in enumerate(kinds)
    ]
    gaps.sort(key=lambda one: levels.index(one.severity))
    status = {one.value: 0 for one in Status} | {"scanned": 12_345, "failed": len(NAMES)}
    statuses = ("found", "found_undeclared", "found_outside_purpose", "cannot_judge")
    return GapReport(
        policy=SCRIPT,
        controllers=NAMES,
        run=ATTRIBUTE,
        run_date="2026-10-31",
        compared_to=SCRIPT,
        coverage=CoverageSummary(status, 1_234_567, 890, complete=False),
        unread=tuple(Unread(name, name, "failed", name) for name in NAMES),
        gaps=tuple(gaps),
        matrix=tuple(
            MatrixRow(name, statuses[i % 4], (name,), (name,)) for i, name in enumerate(NAMES)
        ),
        unjudged_purpose=NAMES,
        unsought=NAMES,
        policy_title=SCRIPT,
        policy_date="2020-09-24",
        sources=tuple(
            SourceSummary(name, name, name, name, {"scanned": 3, "failed": 1, "partial": 1})
            for name in NAMES
        ),
        names={SCRIPT: SCRIPT},
        ended=3,
        sampled=tuple(Sampled(name, name, Sample(10**8, 9_985, 0, 0.0003)) for name in NAMES),
    )

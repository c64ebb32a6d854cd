"""The gap report as JSON: the keys of the command line's contract, then what is extra."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from scanner.model import Gap, GapReport


@dataclass(frozen=True, slots=True)
class JsonReport:
    """One object; names of files and columns stand in it as they are."""

    suffix: str = "json"

    def render(self, report: GapReport, lang: str) -> str:  # noqa: ARG002 the words are chosen
        """The whole report; the language was chosen when the gaps were judged."""
        value = {
            "policy": report.policy,
            "run": report.run,
            "compared_to": report.compared_to,
            "coverage": asdict(report.coverage),
            "gaps": [_gap(gap) for gap in report.gaps],
            "matrix": [asdict(row) for row in report.matrix],
            "controllers": report.controllers,
            "run_date": report.run_date,
            "unread": [asdict(one) for one in report.unread],
            "unjudged_purpose": report.unjudged_purpose,
            "unsought": report.unsought,
            "sampled": [
                {"source": one.source, "key": one.key, **asdict(one.sample)}
                for one in report.sampled
            ],
        }
        text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        # A lone surrogate in a name has no UTF-8 form; its \u escape is valid JSON.
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _gap(gap: Gap) -> dict[str, Any]:
    extra = ("scope", "grade", "new", "persons_between")
    value = asdict(gap)
    return {key: value[key] for key in value if key not in extra} | {k: value[k] for k in extra}


PLUGIN = JsonReport

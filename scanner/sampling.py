"""What a random sample proves, in words that are stored, and read again for the reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detectors import language
from reports.texts import percent
from scanner.inventory import Covered
from scanner.model import Sample, Status

_WORDED = re.compile(r"(?:^|; )a random sample: .*? \(95 % confidence\)(?=$|; )")


def is_part(drawn: Sequence[Sample]) -> bool:
    """Whether rows are left that were not drawn."""
    return bool(drawn) and drawn[0].size < drawn[0].frame


def worded(drawn: Sequence[Sample]) -> str:
    """How many rows were drawn, those of free text too, and what that proves; "": all were."""
    if not is_part(drawn):
        return ""
    first = drawn[0]
    more = f" ({drawn[1].size:,} for free text)" if len(drawn) > 1 else ""
    return (
        f"a random sample: {first.size:,} of about {first.frame:,} rows{more}; what none of them"
        f" holds is in at most {percent(first.bound, 'en')} % of the rows (95 % confidence)"
    )


def is_sampled(row: Covered) -> bool:
    """Whether a random sample of a table was read as it should be, and nothing else is missing."""
    if row.status != Status.PARTIAL or row.sample is None:
        return False
    beside = _WORDED.sub("", row.reason or "").removeprefix("; ")
    return all(language.UNREAD in part for part in beside.split("; ") if part)

"""What a random sample proves, in words that are stored, and read again for the reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Context, Decimal

from scanner.model import Sample

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
        f" holds is in at most {percent(first.bound)} % of the rows (95 % confidence)"
    )


def percent(bound: float) -> str:
    """A share in per cent with two digits, rounded up: it is an upper limit."""
    rounded = Decimal(repr(100 * bound)).normalize(Context(prec=2, rounding=ROUND_CEILING))
    return f"{rounded:f}"


def rest(reason: str) -> str:
    """What a reason says beside the sample."""
    return _WORDED.sub("", reason).removeprefix("; ")

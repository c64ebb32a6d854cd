"""Which of several claims on the same characters stands."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.model import Candidate

_NUMBERS = frozenset(
    (
        "IBAN_CODE", "IP_ADDRESS", "PHONE_NUMBER", "SE_BANKGIRO", "SE_BANK_ACCOUNT",
        "SE_METERING_POINT_ID", "SE_ORGANISATIONSNUMMER", "SE_PERSONNUMMER",
        "SE_SAMORDNINGSNUMMER", "SE_VEHICLE_REGISTRATION",
    )
)  # fmt: skip
"""Entities of which only one can own the same characters."""
_NESTED = frozenset(
    (("SE_BANK_ACCOUNT", "SE_PERSONNUMMER"), ("SE_BANK_ACCOUNT", "SE_SAMORDNINGSNUMMER"))
)
"""Outer and inner that are both true: Nordea's personkonto holds the owner's personnummer."""
_STANDS = 0.5


def _strength(claim: Candidate) -> tuple[bool, int, float]:
    return claim.score >= _STANDS, claim.end - claim.start, claim.score


def _is_rival(claim: Candidate, winner: Candidate) -> bool:
    if claim.entity == winner.entity:
        return True
    if claim.entity not in _NUMBERS or winner.entity not in _NUMBERS:
        return False
    inside = winner.start <= claim.start and claim.end <= winner.end
    shorter = claim.end - claim.start < winner.end - winner.start
    return not (inside and shorter and (winner.entity, claim.entity) in _NESTED)


def standing(claims: Iterable[Candidate]) -> list[Candidate]:
    """The claims of one value that no stronger claim on the same characters beats, in text order.

    A claim that stands beats one that does not, then the longer beats the shorter. Entities that
    can both be true of the same characters (a number inside an e-mail address) do not compete.
    """
    kept: list[Candidate] = []
    for cluster in _clusters(claims):
        winners: list[Candidate] = []
        for claim in sorted(cluster, key=_strength, reverse=True):
            overlapping = (w for w in winners if claim.start < w.end and w.start < claim.end)
            if not any(_is_rival(claim, winner) for winner in overlapping):
                winners.append(claim)
        kept += sorted(winners, key=lambda claim: (claim.start, claim.end, claim.entity))
    return kept


def _clusters(claims: Iterable[Candidate]) -> Iterable[list[Candidate]]:
    """Runs of claims that overlap one another, so that big texts stay linear."""
    cluster: list[Candidate] = []
    end = -1
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.entity)):
        if cluster and claim.start >= end:
            yield cluster
            cluster = []
            end = -1
        cluster.append(claim)
        end = max(end, claim.end)
    if cluster:
        yield cluster

"""Which of several claims on the same characters stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

_NUMBERS = frozenset(
    (
        "COOKIE_ID", "COORDINATES", "CREDIT_CARD", "DEVICE_INFO", "EMAID", "IBAN_CODE",
        "IP_ADDRESS", "MAC_ADDRESS", "PHONE_NUMBER", "SE_APARTMENT_NUMBER", "SE_BANKGIRO",
        "SE_BANK_ACCOUNT", "SE_METERING_POINT_ID", "SE_METER_NUMBER", "SE_ORGANISATIONSNUMMER",
        "SE_PASSPORT", "SE_PERSONNUMMER", "SE_PLUSGIRO", "SE_SAMORDNINGSNUMMER",
        "SE_VEHICLE_REGISTRATION", "VIN",
    )
)  # fmt: skip
"""Entities of which only one can own the same characters."""
_NESTED = frozenset(
    (
        ("SE_BANK_ACCOUNT", "SE_PERSONNUMMER"),
        ("SE_BANK_ACCOUNT", "SE_SAMORDNINGSNUMMER"),
        ("SE_PASSPORT", "SE_PERSONNUMMER"),
        ("SE_PASSPORT", "SE_SAMORDNINGSNUMMER"),
    )
)
"""Outer and inner that are both true: Nordea's personkonto holds the owner's personnummer."""
_STANDS = 0.5


class Claim(NamedTuple):
    """What one recogniser claims in a text, words around and label heard."""

    entity: str
    start: int
    end: int
    score: float
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    """The entity of the strongest claim that it beat."""


def _strength(claim: Claim) -> tuple[bool, int, float]:
    return claim.score >= _STANDS, claim.end - claim.start, claim.score


_order = itemgetter(1, 2, 0)
"""By start, end and entity."""


def _is_rival(claim: Claim, winner: Claim) -> bool:
    if claim.entity == winner.entity:
        return True
    if claim.entity not in _NUMBERS or winner.entity not in _NUMBERS:
        return False
    inside = winner.start <= claim.start and claim.end <= winner.end
    shorter = claim.end - claim.start < winner.end - winner.start
    return not (inside and shorter and (winner.entity, claim.entity) in _NESTED)


def standing(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of one text that no stronger claim on the same characters beats, in text order.

    A claim that stands beats one that does not, then the longer beats the shorter. Entities that
    can both be true of the same characters (a number inside an e-mail address) do not compete.
    """
    cluster: list[Claim] = []
    end = -1
    for claim in sorted(claims, key=_order):
        if claim.start >= end:
            yield from _heard(cluster)
            cluster = []
        cluster.append(claim)
        end = max(end, claim.end)
    yield from _heard(cluster)


def _heard(cluster: list[Claim]) -> list[Claim]:
    """The winners of claims that overlap, in text order, each with its strongest loser."""
    if len(cluster) < 2:
        return cluster
    winners: list[Claim] = []
    for claim in sorted(cluster, key=_strength, reverse=True):
        beaten = False
        for at, winner in enumerate(winners):
            if claim.start < winner.end and winner.start < claim.end and _is_rival(claim, winner):
                beaten = True
                if winner.runner_up is None and claim.entity != winner.entity:
                    winners[at] = winner._replace(runner_up=claim.entity)
        if not beaten:
            winners.append(claim)
    return sorted(winners, key=_order)

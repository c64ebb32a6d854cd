"""Four numbers with dots between: what tells a program's version from a device's address."""

from __future__ import annotations

import re

_SPREAD = 32
_PRIVATE = ("10.", "192.168.", "172.")
_OWN_NUMBER = re.compile(
    r"[^0-9]{0,8}[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}(?![0-9.])"
    r".* (?:från|from|via|till|to|på|mot|av|ur|at|by)[ (\[]{1,2}$"
)
"""After a numbering word: the number that is its own, and a word that leads to another."""
_OF_METERS = frozenset(("obis", "register"))
"""What they number is no version, which would be brought from one to another."""
_PINNED = re.compile(
    r"[a-z0-9]-[a-z0-9._-]{1,30}[\"']? ?(?:[~<>=]=|: ?[\"'][\^~]) ?[\"']?$"
    r"|[:/][a-z]{2,20}-[a-z-]{2,20}:$"
)
"""A package and the sign before its version: `mqtt-client==`."""
INSTALLER = re.compile(
    r"(?<![\w-])(?:pip3?|npm|yarn|pnpm|apt(?:-get)?|conda|choco|dpkg|nuget|brew|composer|rpm"
    r"|requirements\.txt)(?![\w-])"
)
NEWER = re.compile(
    r"\b(?:eller|or|och) (?:nyare|senare|högre|newer|later|above)| som version"
    r"|[a-zåäö ]{0,10} (?:efter|före|innan) upp(?:dat|grad)"
    r"| (?:(?:är|var|blev) )?(?:för gammal|föråldrad|släppt|installera[dts]|tillagd|installed"
    r"|released|upgraded|updated)\b"
    r"| (?:ersätt(?:er|s av)|replaces|stöds inte|kraschar|släpp(?:s|tes))\b"
)
"""After a number of a device's software."""


_SIGNS = frozenset("=^~:\"'")


def is_pinned(before: str) -> bool:
    """Whether a package's name and the sign before its version end the text before."""
    return before.rstrip(" ")[-1:] in _SIGNS and _PINNED.search(before.lower()) is not None


def is_unlike_version(address: str) -> bool:
    """Whether four numbers that stand alone are rather an address than a version.

    Makers count majors from 0 and seldom past 30, minors seldom past 100; addresses are spread
    evenly. So a first number from 100 on is an address, one from 32 on is when another number is
    as big, and below that the second and one more must reach 100. Private 10.x.x.x says nothing.
    """
    first, *others = map(int, address.split("."))
    if not any(others):
        return False
    if first >= 100:
        return True
    if first >= 32:
        return max(others) >= 32
    return first != 10 and others[0] >= 100 and max(others[1:]) >= 100


def is_spread(address: str) -> bool:
    """Whether its second number is larger than those of versions that begin with 10."""
    first, second, _ = address.split(".", 2)
    return first == "10" and int(second) >= _SPREAD


def is_after_own(address: str, between: str, word: str) -> bool:
    """Whether the numbering word has its number already: `OBIS 1.8.0 från 10.71.4.2`."""
    if not _OWN_NUMBER.match(between):
        return False
    if is_unlike_version(address) or is_spread(address):
        return True
    return word in _OF_METERS and address.startswith(_PRIVATE)

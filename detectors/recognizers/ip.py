"""IP addresses, and not the version numbers, chapters and meter codes that look like them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
TRIGGER = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:"

_LETTER = "A-Za-zÅÄÖåäö"
_FOUR = re.compile(
    rf"(?<![0-9.{_LETTER}])(?<![0-9]:)(?<![{_LETTER}]/)(?<![0-9]-)[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}"
    rf"(?![0-9{_LETTER}])(?!\.[0-9])"
)
_SIX = re.compile(rf"(?<![0-9{_LETTER}:.+])[0-9A-Fa-f:]{{8,39}}(?![0-9{_LETTER}:+'])")
_NUMBERED = re.compile(
    r"(?:version|ver|v|fw|firmware|build|release|rev|utgåva|kapitel|kap|avsnitt|punkt|bilaga|obis|§)"
    r"[ .:=#-]{0,3}$",
    re.IGNORECASE,
)


def is_valid(address: str) -> bool:
    """Whether the string is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def _is_nobody(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether no device in particular can have it: loopback, unspecified, a netmask."""
    return address.is_loopback or address.is_unspecified or str(address).startswith("255.")


class Ip(Recognizer):
    """IPv4 and IPv6 addresses; four small numbers only with a cue or label."""

    ENTITY = "IP_ADDRESS"
    CUES = (" ip ", "ipadress", "ip adress", "ipaddress", "ip address", "ipnr", "klient", "client",
            "inlogg", "login", "host ")  # fmt: skip
    DOUBTS = ("version", "firmware", " fw ", "build", "release", "obis")

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses of a device; a private range counts a little less."""
        for found in _FOUR.finditer(text):
            if not is_valid(found[0]) or _NUMBERED.search(
                text, max(0, found.start() - 14), found.start()
            ):
                continue
            address = ipaddress.ip_address(found[0])
            if _is_nobody(address):
                continue
            small = all(octet < 30 for octet in address.packed)
            private = any(address in network for network in _PRIVATE)
            yield Hit(*found.span(), 0.35 if small else 0.65 if private else 0.75, ("form",))
        for found in _SIX.finditer(text):
            if found[0].count(":") > 1 and is_valid(found[0]):
                address = ipaddress.ip_address(found[0])
                if not _is_nobody(address):
                    yield Hit(*found.span(), 0.8, ("form",))


_PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))

PLUGIN = Ip

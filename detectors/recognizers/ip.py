"""IP addresses, and not the version numbers, chapters and meter codes that look like them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer
from detectors.versions import (
    INSTALLER,
    NEWER,
    is_after_own,
    is_pinned,
    is_spread,
    is_unlike_version,
)

VERSION = "14"
TRIGGER = (
    r"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b"
    r"|\b(?:[23][0-9A-Fa-f]{3}|[Ff][CcDdEe][0-9A-Fa-f]{2}):(?:[0-9A-Fa-f]{1,4}:|:)"
    r"|::[Ff]{4}:[0-9]"
)
REACH = 64

_LETTER = "A-Za-zÅÄÖåäö"
_FOUR = re.compile(
    rf"[0-9](?<![0-9.{_LETTER}_].)(?<![0-9]:.)(?<![ \n\t;|][0-9]-.)[0-9]{{0,2}}"
    rf"(?:\.[0-9]{{1,3}}){{3}}"
    rf"(?![0-9{_LETTER}_])(?!\.[0-9{_LETTER}]|-[0-9]{{1,4}}(?![0-9.])|-ver)"
)
_SIX = re.compile(
    rf"(?<![0-9{_LETTER}:.+])(?:[23][0-9a-f]{{3}}|f[cde][0-9a-f]{{2}})(?::[0-9a-f]{{0,4}}){{2,7}}"
    rf"(?<![0-9a-f]:)(?![0-9{_LETTER}+']|:\S)",
    re.IGNORECASE,
)
_MAPPED = re.compile(rf"(?<![0-9{_LETTER}:.])::ffff:$", re.IGNORECASE)

_BEFORE = 56
_AFTER = 28
_ANSWER = re.compile(r"\n[A-ZÅÄÖ][a-zåäö-]{1,14}: [a-zåäö, ]{1,12}")
"""A line of a chat that answers the one above: `Bo: ja `."""
_NEAR = 24
"""A numbering word this far off may still number the next number, and no farther."""

_HOSTS = ("src", "dst", "sip", "dip", "saddr", "daddr", "peer", "remote", "forwarded", "real-ip",
          "hostname", "host")  # fmt: skip
_ADDRESS = (
    r"<ip(?:v4|v6)?(?:[-_ ]?(?:adress|addr|nummer|nr|n\b))?(?![a-z])", "<addr", "<adress",
    "klient", "client", r"logga(?:d|t|de)?\b", "inlogg", "utlogg", "logged", "login",
    *(rf"<{host}(?:en|addr|_addr|_ip)?\b" for host in _HOSTS),
    r"log-?in\b", "logon", "session", "subnät", "besökare", "nätverk",
    "ansl(?:ut|öt)", "uppkoppl", "connect", "anrop", "request", "trafik", "traffic", "ping",
    "dns", "namnserv", "a-posten", "gateway", "proxy", "|vpn", "|ssh",
    "|rdp", "dhcp", r"arp\b", "who-has", "tell ", "accepted", "refused", "denied", "nekad",
    "blockera", "received: ", "get /", "post /", "put /", "telnet ", "curl ", "nmap ",
    r"testa(?= $)", r"kolla(?= $)", r"prova(?= $| med $)",
    "pekar på", "lyssnar", "intrång", "attack", "lookup", "traceroute",
    r"<adress(?:en)?:? ", "mejlserver", "mailserver", "e-postserver", r"servrar(?:na)?\b",
    r"|nat\b", r"flytta(?:s|t|de|des|ts)? (?:från|till)",
    "tillåt", "blocka", "block ", "spärra", "åtkomst", "access", "allow", "svarar",
    "användaren",
    "wifi", "offline", r"|port(?:en)?\b", "källa:", "mål:",
    "source:", "target:", r"|lease\b", "mail server", r"server[ns]?(?= [\[(]$)", "server(?= at $)",
    *(
        f"|{whose} ?server"
        for whose in ("recipient", "remote", "receiving", "sending", "destination", "your", "din",
                      "vår", "mottagande", "mottagarens?", "sändande", "avsändande", "avsändarens?",
                      "fjärr", "utgående", "inkommande")
    ),
)  # fmt: skip
_DEVICE = (
    "brandvägg", "firewall", "router", "switch", "modem", "skrivar", "printer", "kamera", "kameror",
    "camera", "koncentrator", "concentrator", "dator", "computer", "laptop", "arbetsstation",
    "surfplatta", "läsplatta", "mobilen", "telefonen", "terminal", r"enhet(?:en)?\b", r"device\b",
    r"|nas\b", r"ladd(?:aren|boxen|stolpen|are|box|stolpe)\b", "charger", r"|rtu\b", "växeln",
    "hubben", r"server(?:n\b|(?= (?:var|är|i|på|hos|med)\b))",
    *(rf"|{word} server(?= $)" for word in ("på", "mot", "från", "vår", "en")),
)  # fmt: skip
"""What has an address, and a version too."""
_NUMBERING = (
    "version", r"|ver\b", r"|v\.?(?= ?$)", "firmware", r"|fw\b(?!-(?!ver))", r"|hw\b",
    r"|sw\b(?!-(?!ver))", r"|lib\b", "build", "bygge", "release", r"|rev\b", "revision", "utgåva",
    "kapitel", r"|kap\b", "avsnitt", r"|punkt\b", "bilaga", "obis", "register", "§", "programvara",
    "mjukvara", "drivrutin", "driver", "patch", "bibliotek", "library", "package", "modul",
    "paket(?! (?:från|mot|till))",
    "component", "komponent", "assembly", "nuget", "plugin", "chrome", "edge", "firefox",
    "safari", "opera", "windows", "office", "outlook", "server ", "sql server", "kompilator",
    "datum", "priset", "hotfix", "changelog", r"#(?<![^\n].)", r"|app(?:en)?(?= $)",
)  # fmt: skip
_CHANGING = (
    "uppdater", "uppgrader", "updat", "upgrad", "install", "migrer", "ersätt", "byt(?:te|t|er)",
    "nedgrader", "downgrad", "flasha", r"körd?e?\b", "tidigare", "förut", "previously",
)  # fmt: skip


def _branched(kinds: dict[str, tuple[str, ...]]) -> str:
    """One alternative a first letter: `<` stands for no letter before it, `|` for no word."""
    heads: dict[str, dict[str, list[str]]] = {}
    for kind, words in kinds.items():
        for word in words:
            lead = {"<": "(?<![a-z].)", "|": r"(?<!\w.)"}.get(word[0], "")
            head, tail = word[bool(lead)], word[bool(lead) + 1 :]
            heads.setdefault(head, {}).setdefault(kind, []).append(lead + tail)
    branches = []
    for head, own in heads.items():
        tails = (f"(?:{'|'.join(own[kind])})(?P<{kind}_{ord(head)}>)" for kind in own)
        branches.append(f"{head}(?:{'|'.join(tails)})")
    return "|".join(branches)


_WORDS = re.compile(
    _branched(
        {"address": _ADDRESS, "device": _DEVICE, "numbering": _NUMBERING, "changing": _CHANGING}
    )
)
"""In small letters, as all that is asked of the text before: four times as quick."""
_FORMER = re.compile(r"[0-9)],? \(?(?:tidigare|förut|previously) ?:? ?$")
"""Right after an address: the one that was before it, not an older version."""
_NAMED = (" ip ", " ip-adress ", " ip-adressen ", " ip-nummer ")
"""Ends of the text before that are the nearest word themselves: most addresses have one."""
_KEY = re.compile(
    r"(?:(?<![a-z])(?:ip|addr|address|src|dst|host|client|remote|peer|source|dest|bind"
    r"|listen|endpoint|upstream|node)[a-z_]{0,10}[\"']?[=:] ?[\"']?"
    r"|://(?:[^/ @\n]{0,24}@)?|[a-zåäö]@|\[)$"
)
_KEY_ENDS = frozenset("\"'=:/@[")
_SPACED_KEY_ENDS = frozenset(("= ", ": "))
_HOST = re.compile(
    r"(?<![a-z0-9-])(?:sw|fw|gw|rt|ap|vpn|dns|srv|vm|db|web|dc|lb|worker|node|pc|esx|nas|host|master)"
    r"[a-z]{0,6}(?:-[a-z0-9]{1,12}){1,3}[ \t;,|/:=]{1,3}$"
)
"""A machine's own name right before: its address follows."""
_PACKAGE = re.compile(r"\n[a-zåäö]{2,20}-[a-zåäö]{2,20}(?: {2,}[0-9.]{7,15})* {2,}\Z")
"""A program's name at the line's beginning, and its versions in columns."""
_FROM = re.compile(
    r"\b(?:från|from|via|fr\.|mot|av|(?:nås|nåddes|svarar|svarade|pingas) på)[ (\[]{1,2}$"
)
_LIES = re.compile(r"\b(?:ligger|låg|lagts|satt|sitter|reserv[a-zåäö]{0,4}) på $")
"""A version may lie there too, so that only a private address does."""
_OWNED = re.compile(r"@[\w-]{1,30}(?:\.[\w-]{1,30}){1,3}[\"']?(?:,[ ]?|[;|\t])[\"']?\Z")
"""A person's e-mail in the cell before: no version stands beside one."""
_OPENING = frozenset(" ([")
_PREPOSITION = 16
_TO_ANOTHER = re.compile(r" (?:till|to|och|->) [0-9]{1,3}\.[0-9]{1,3}\.[0-9]")
_FROM_ANOTHER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3} (?:till|to|->) \Z")
"""The first of two right before: what is said of it is said of the second."""
_UPDATED = re.compile(
    r"(?:upp|ned)(?:dater|grader)|(?:up|down)(?:dat|grad)|installer|flasha|patch"
    r"|\b(?:firmware|mjukvara)"
)
_INTO = (" till ", " to ", " från ", " from ", " med ", " with ")
"""Before what a device is updated to or from."""
_NET_AFTER = re.compile(
    r":[0-9]{2,5}(?![0-9.]|:[0-9])|/(?:[12]?[0-9]|3[0-2])(?![0-9./])"
    r"| [1-5][0-9]{2} [0-9]{1,4} [0-9]"
    r"|\]?:? (?:\"?(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|CONNECT) )"
    r"| - (?:-|[A-Za-z0-9_.@-]{1,14}) \[[0-9]| - (?:- )?\"| - [A-Za-z0-9_.-]{1,24}@"
    r"|, (?:den|som|han|hon|de|it|which|who) (?:logga|anslut|anslöt|anropa|svara|skann|log|connect)"
    r"|\]?\)?,? (?:port|logga|nekad|blockera|svara|anslöt|anropa|begär|refused|denied|timed?\b"
    r"|skann|connect|tell |unreachable|o(?:ff|n)line\b|är (?:en intern|nere|uppe|tyst|min|din)\b)"
)
_SIBLING = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_SIBLING_BEFORE = re.compile(rf"({_SIBLING})[\"'], ?[\"']\Z")
_SIBLING_AFTER = re.compile(rf"[\"'], ?[\"']({_SIBLING})(?=[\"'])")
_LIST_AFTER = re.compile(rf",[ ]?({_SIBLING}),[ ]?[0-9]{{1,3}}\.[0-9]{{1,3}}\.[0-9]")
_QUOTES = frozenset("'\"")

_OCTET = {str(number): number for number in range(256)}

_LED, _LED_TO = "network words after a number", 0.85
"""Where a numbering word has its own number before: doubts that see the word take nothing away."""
_CELLS = frozenset(";|,\t")
STRONG, PRIVATE, WEAK = 0.75, 0.65, 0.35
"""Shown to be an address; one of a private range; a form that a version may have too."""


def is_valid(address: str) -> bool:
    """Whether the string is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def is_host(address: str) -> bool:
    """Whether the string is an address that one device can have.

    Not loopback, unspecified, multicast, a netmask or the reserved top of the range (IANA's
    special-purpose registry, RFC 6890), nor an OBIS code of an electricity meter (IEC 62056-61:
    `1.8.0.255`, whose groups before the last are small).
    """
    if ":" not in address:
        octets = _octets(address)
        return octets is not None and _is_host(*octets)
    if not is_valid(address):
        return False
    found = ipaddress.ip_address(address)
    return not (found.is_loopback or found.is_unspecified or found.is_multicast)


def _octets(address: str) -> list[int] | None:
    """The four numbers of an IPv4 address; `ipaddress` takes ten times as long."""
    octets = [_OCTET.get(part, -1) for part in address.split(".")]
    return octets if len(octets) == 4 and -1 not in octets else None


def _is_host(first: int, second: int, third: int, last: int) -> bool:
    is_obis = last == 255 and first < 100 and second < 100 and third < 100
    return 0 < first < 224 and first != 127 and not is_obis


def _is_private(first: int, second: int) -> bool:
    """Whether it is of a range that anyone may use (RFC 1918)."""
    return first == 10 or (first == 172 and 16 <= second < 32) or (first == 192 and second == 168)


class Ip(Recognizer):
    """IPv4 (RFC 791) and IPv6 (RFC 4291, the prefixes that IANA has given out) addresses."""

    ENTITY = "IP_ADDRESS"
    CUES = (" ip ", "ipadress", "ip adress", "ipaddress", "ip address", "ipnr", "klient", "client",
            "inlogg", "login", " host ", "remote addr", "remoteaddr")  # fmt: skip
    DOUBTS = ("version", "firmware", "build", "release", "obis", "programvar", "mjukvar",
              "drivrutin", "kapitel", "avsnitt")  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses of a device; a private range counts a little less."""
        for found in _FOUR.finditer(text):
            hit = _of_four(text, *found.span())
            if hit is not None:
                yield hit
        for found in _SIX.finditer(text) if "::" in text or text.count(":") > 2 else ():
            if found[0].count(":") > 1 and is_host(found[0]):
                yield Hit(*found.span(), 0.8, ("form",))


def _of_four(text: str, start: int, end: int) -> Hit | None:
    address = text[start:end]
    octets = _octets(address)
    if octets is None or not _is_host(*octets):
        return None
    line = text.rfind("\n", max(0, start - _BEFORE), start)
    if line >= 0 and _ANSWER.fullmatch(text, line, start):
        line = -1
    first = _FROM_ANOTHER.search(text, max(0, start - _NEAR, line + 1), start)
    spoken = first.start() if first else start
    before = text[max(0, spoken - _BEFORE, line) : spoken]
    after = text[end : min(len(text), end + _AFTER)].partition("\n")[0]
    mapped = _MAPPED.search(before) if before.endswith(":") else None
    if mapped:
        return Hit(start - len(mapped[0]), end, 0.8, ("form",))
    packaged = _PACKAGE.search(before) and not _is_no_version(address)
    packaged = packaged or (is_pinned(before) and not is_unlike_version(address))
    if packaged or _is_token_of_product(before, after) or address.endswith(".0.0.0"):
        return None
    paired = first is not None or _TO_ANOTHER.match(after) is not None
    said = _verdict(address, before.lower(), after, paired=paired)
    if said is None:
        return None
    if not said:
        return Hit(start, end, WEAK, ("form",))
    strong = PRIVATE if _is_private(octets[0], octets[1]) else STRONG
    return Hit(start, end, _LED_TO if said == _LED else strong, ("form", said))


def _is_token_of_product(before: str, after: str) -> bool:
    """Whether it stands as in `Chrome/120.0.0.1` or `name-1.2.3.4`, and no port follows."""
    letter = before[-2:-1].isalpha() and before[-1:] in ("/", "-")
    return letter and not after.startswith(":")


def _verdict(address: str, before: str, after: str, *, paired: bool) -> str | None:
    """Why it is an address; "" when nothing says; None when it is shown to be something else.

    `paired`: another follows after `till`, or went before; what was said of that is said of both.
    What stands directly beside it is heard first, then the nearest word before it, then its size.
    """
    network = _NET_AFTER.match(after) is not None
    if network and after[0] in ":/":
        return "network form"
    owned = "@" in before and _OWNED.search(before) and _is_no_version(address)
    if owned or before.endswith(_NAMED):
        return "beside a person" if owned else "network words"
    words = list(_WORDS.finditer(before))
    if len(words) > 1 and _FORMER.search(before):
        words.pop()
    kind = (words[-1].lastgroup or "").partition("_")[0] if words else ""
    if kind == "address" and INSTALLER.search(before):
        kind = "changing"
    numbered = kind == "numbering" and len(before) - words[-1].end() <= _NEAR
    keyed = before[-1:] in _KEY_ENDS or before[-2:] in _SPACED_KEY_ENDS
    versioned = numbered or kind == "changing"
    if keyed and _KEY.search(before) and not (versioned and before[-1] in "@="):
        named = network or kind == "address" or "(" in before
        if named or before[-1] != "[":
            return "network form"
    if numbered:
        led = is_after_own(address, before[words[-1].end() :], words[-1][0])
        return _LED if led else None
    if kind == "device":
        kind = "changing" if _is_update(before, words) else "address"
    named = kind == "address" and (is_spread(address) or not NEWER.search(after))
    if network or named or (not kind and not paired and _is_from(address, before)):
        return "network words"
    shown = _by_size(address, before, after)
    return (shown or None) if kind else shown or _unsaid(address, before, after)


def _is_update(before: str, words: list[re.Match[str]]) -> bool:
    """Whether a device is said to be brought from or to a version."""
    return before.endswith(_INTO) and any(_UPDATED.match(word[0]) for word in words)


def _unsaid(address: str, before: str, after: str) -> str:
    """What else shows an address where no word says anything."""
    if _is_by_host(before):
        return "beside a machine's name"
    if before.rstrip(" ")[-1:] in _CELLS or _TO_ANOTHER.match(after):  # a row, or an update
        return ""
    return "size of the numbers" if is_spread(address) else ""


def _is_by_host(before: str) -> bool:
    return "-" in before and _HOST.search(before) is not None


def _is_no_version(address: str) -> bool:
    """Whether it is of a private range, or too large for a version."""
    return _is_private(*map(int, address.split(".")[:2])) or is_unlike_version(address)


def _is_from(address: str, before: str) -> bool:
    """Whether it is said to send or answer, or a host to lie there: no version of an update."""
    if before[-1:] not in _OPENING:
        return False
    near = before[-_PREPOSITION:]
    if _FROM.search(near):
        return True
    return bool(_LIES.search(near)) and _is_private(*map(int, address.split(".")[:2]))


def _by_size(address: str, before: str, after: str) -> str:
    if is_unlike_version(address):
        return "size of the numbers"
    return "beside another" if _has_sibling(before, after) else ""


def _has_sibling(before: str, after: str) -> bool:
    """Whether the next string of a list is an address by its size."""
    if after[:1] == ",":
        return _is_list(after)
    if before[-1:] not in _QUOTES and after[:1] not in _QUOTES:
        return False
    beside = (_SIBLING_BEFORE.search(before), _SIBLING_AFTER.match(after))
    return any(found is not None and is_unlike_version(found[1]) for found in beside)


def _is_list(after: str) -> bool:
    """Whether nothing but addresses follows, two at least."""
    found = _LIST_AFTER.match(after)
    return found is not None and is_unlike_version(found[1])


PLUGIN = Ip

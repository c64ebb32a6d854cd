"""E-mail addresses, also those that hide their at sign, without any list of domains to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "5"
_HIDDEN = r"(?: ?[(\[{] ?(?i:at|a|snabel-?a) ?[)\]}] ?| (?i:snabel-?a) | ?@ )"
_AT = r"(?:@|%40|&#64;|\\u0040)"
"""The at sign, and how URLs, HTML and JSON write it."""
_SIGNS = ("@", "%40", "&#64;", "\\u0040")
TRIGGER = rf"{_AT}[A-Za-z0-9ÅÄÖåäöÉéÜüØøÆæ]|{_HIDDEN}[A-Za-z0-9ÅÄÖåäö-]{{2,30}}[. (\[]"
REACH = 130

_WORD = "A-Za-z0-9À-ÖØ-öø-ÿ"
_SHAPE = re.compile(
    rf"(?<![{_WORD}._%+'@-])['-]*([{_WORD}_%+][{_WORD}._%+'-]{{0,63}})"
    rf"{_AT}((?:[{_WORD}](?:[{_WORD}-]{{0,61}}[{_WORD}])?\.){{1,8}}"
    rf"(xn--[a-z0-9-]{{2,40}}|[A-Za-z]{{2,24}}))(?![{_WORD}@])"
)
_TOP = "se|com|nu|net|org|eu|no|dk|fi|de|io|info|uk|ax"
_RUN_ON = re.compile(rf"(?<=\.)({_TOP})\.[A-ZÅÄÖ][a-zåäö]+$")
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|punkt) ?[)\]}] ?)"
_SPELLED = re.compile(
    rf"{_HIDDEN}(?:[{_WORD}](?:[{_WORD}-]{{0,30}}[{_WORD}])?{_DOT}){{1,4}}(?:{_TOP})"
    rf"(?![{_WORD}@-])",
    re.IGNORECASE,
)
_LOCAL_BEFORE = re.compile(rf"(?<![{_WORD}._+-])[{_WORD}][{_WORD}._+-]{{0,40}}$")
_ROLES = frozenset(
    ("info", "kund", "kundservice", "kundtjanst", "kundtjänst", "support", "faktura", "ekonomi",
     "noreply", "no-reply", "no.reply", "donotreply", "admin", "kontakt", "contact", "hej", "post",
     "reception", "jobb", "registrator", "dataskydd", "dpo", "gdpr", "press", "order", "webmaster",
     "postmaster", "abuse", "hostmaster", "root")
)  # fmt: skip
_FILES = frozenset(
    ("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "py", "md", "json", "xml",
     "txt", "pdf", "html", "ico", "zip", "exe", "dll", "service", "socket", "timer", "mount",
     "target", "slice", "scope")
)  # fmt: skip
_HEADERS = re.compile(r"(?:message-id|in-reply-to|references|content-id|mail-id)\s*:?[^\n]*$")
_MAY_SPELL = re.compile(r"[(\[{] ?[aAsS]|nabel|NABEL|Nabel")
_LOCAL = "".join(map(chr, range(0xC0, 0x100))).replace("×", "").replace("÷", "")
_LOCAL += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+'-"
_LOCAL_LENGTH = 70
_MACHINE = re.compile(r"[0-9]{6}.*\.")
_HUMAN = 18
_ESCAPED = re.compile("%(?:2[0267CcFf]|3[A-Fa-f])(?=.)")
_URL = re.compile(r"(?<!mailto)://[^\s/@]{0,64}$", re.IGNORECASE)
_SEGMENT = "COM+"
"""Of EDIFACT: what follows is a new element, not a tag of the address."""
_LONGEST = 120
_FORM, _OF_ROLE = ("form",), ("role address",)
_BEFORE = 90


def is_valid(address: str) -> bool:
    """Whether the string is one e-mail address as people have them (RFC 5322, RFC 6531)."""
    found = _SHAPE.fullmatch(address)
    return found is not None and found.start(1) == 0 and _is_right(found)


def _is_right(found: re.Match[str]) -> bool:
    local, suffix = found[1], found[3]
    fits = ".." not in local and local[-1] not in ".-'" and len(found[2]) <= _LONGEST
    return fits and suffix.lower() not in _FILES


class Email(Recognizer):
    """E-mail addresses; those of a role (info@) count less."""

    ENTITY = "EMAIL_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses, but not message ids, logins in URLs or paths of git."""
        for found in _shaped(text):
            if not _is_right(found) or _is_technical(text, found):
                continue
            local = found[1]
            start, end = found.start(1), found.end(2)
            if local.startswith(_SEGMENT) and local != _SEGMENT:
                start += len(_SEGMENT)
            if "%" in local:
                start = _unescaped(text, start, found.end(1))
            run_on = _RUN_ON.search(found[2]) if found[3][0].isupper() else None
            if run_on:
                end = found.start(2) + run_on.end(1)
            if local.lower() in _ROLES:
                yield Hit(start, end, 0.6, _OF_ROLE)
            else:
                yield Hit(start, end, 0.95, _FORM)
        for found in _SPELLED.finditer(text) if _may_spell(text) else ():
            near = max(0, found.start() - 44)
            name = _LOCAL_BEFORE.search(text[near : found.start()])
            if name:
                yield Hit(near + name.start(), found.end(), 0.65, ("spelled at sign",))


def _may_spell(text: str) -> bool:
    """Whether something may stand in for an at sign: brackets, or its Swedish name."""
    bracketed = "(" in text or "[" in text or "{" in text
    named = "nabel" in text or "NABEL" in text or "Nabel" in text
    if "@ " in text:
        return True
    return (bracketed or named) and _MAY_SPELL.search(text) is not None


def _shaped(text: str) -> Iterator[re.Match[str]]:
    """Addresses by their form: sought from each at sign, as every word could begin one."""
    for sign in _SIGNS:
        if sign[0] not in text:
            continue
        end = 0
        at = text.find(sign)
        while at >= 0:
            before = text[max(end, at - _LOCAL_LENGTH) : at]
            found = _SHAPE.match(text, at - len(before) + len(before.rstrip(_LOCAL)))
            if found:
                yield found
                end = found.end()
            at = text.find(sign, at + 1)


def _unescaped(text: str, start: int, end: int) -> int:
    """Where an address begins in a URL's parameter: after the last mark that none holds."""
    for mark in _ESCAPED.finditer(text, start, end):
        start = mark.end()
    return start


def _is_technical(text: str, found: re.Match[str]) -> bool:
    """Whether it names a message, a part, a login in a URL or a place of source code."""
    start, end = found.start(1), found.end(2)
    if found[1] == "git" and text[end : end + 1] in (":", "/"):
        return True
    before = text[max(0, start - _BEFORE) : start]
    if before.endswith("<") and _MACHINE.search(found[1]) and len(found[1]) > _HUMAN:
        return True
    if "://" in before and _URL.search(before):
        return True
    small = before.lower()
    may_head = "-id" in small or "references" in small or "-to" in small
    return may_head and _HEADERS.search(small) is not None


PLUGIN = Email

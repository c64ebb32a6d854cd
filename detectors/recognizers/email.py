"""E-mail addresses, without any list of domains to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "1"
TRIGGER = "@"

_WORD = "A-Za-z0-9À-ÖØ-öø-ÿ"
_SHAPE = re.compile(
    rf"(?<![{_WORD}._%+'-])['-]*([{_WORD}_%+][{_WORD}._%+'-]{{0,63}})"
    rf"@((?:[{_WORD}](?:[{_WORD}-]{{0,61}}[{_WORD}])?\.){{1,8}}([A-Za-z]{{2,24}}))(?![{_WORD}@])"
)
_ROLES = frozenset(
    ("info", "kund", "kundservice", "kundtjanst", "kundtjänst", "support", "faktura", "ekonomi",
     "noreply", "no-reply", "admin", "kontakt", "contact", "hej", "post", "reception", "jobb",
     "registrator", "dataskydd", "dpo", "gdpr", "press", "order", "webmaster", "postmaster")
)  # fmt: skip
_FILES = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "pdf", "html", "ico"))
_HEADERS = re.compile(r"(?:message-id|in-reply-to|references|content-id)\s*:[^\n]*$", re.IGNORECASE)


def is_valid(address: str) -> bool:
    """Whether the string is one e-mail address as people have them."""
    found = _SHAPE.fullmatch(address)
    return found is not None and found.start(1) == 0 and _is_right(found)


def _is_right(found: re.Match[str]) -> bool:
    local, suffix = found[1], found[3]
    return ".." not in local and local[-1] not in ".-'" and suffix.lower() not in _FILES


class Email(Recognizer):
    """E-mail addresses; those of a role (info@) count less."""

    ENTITY = "EMAIL_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Addresses, but not the message ids of mail headers."""
        for found in _SHAPE.finditer(text):
            if not _is_right(found):
                continue
            start, end = found.start(1), found.end(2)
            if _HEADERS.search(text, max(0, start - 200), start):
                continue
            if found[1].lower() in _ROLES:
                yield Hit(start, end, 0.6, ("role address",))
            else:
                yield Hit(start, end, 0.95, ("form",))


PLUGIN = Email

"""Passwords, PINs and keys that someone wrote down, and not the talk about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "2"
_WORD = (
    r"(?:l[öÖo]sen(?:ord(?:et)?|fras(?:en)?)?|passw(?:or)?d(?:_hash)?|_pass|\bpwd|passphrase|passord"
    r"|api[_ -]?(?:key|nyckel)|client[_-]secret|secret[_-](?:access[_-])?key"
    r"|(?:access|auth|refresh|api)[_-]token)"
)
_CODE = r"(?:\bpin(?:-?kod(?:en)?)?|(?:port|larm|d[öÖo]rr)kod(?:en)?)"
_SAYS = r"(?: (?:[Ää]r|is|var))"
TRIGGER = (
    rf"(?i:{_WORD})(?:{_SAYS} |[\"']? {{0,2}}(?::=|[:=])|>| [A-Za-z0-9ÅÄÖåäö]{{0,20}}[0-9])"
    rf"|(?i:{_CODE})[A-Za-zåäö ]{{0,24}}[:=]? {{0,2}}[0-9]{{4}}"
    r"|[Bb]earer [A-Za-z0-9_-]{8}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|-BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY"
    r"|://[A-Za-z0-9._%+-]{1,32}:[A-Za-z0-9$!#%&*_.+-]{3}"
    r"|\b(?:ghp|gho|glpat|xox[bap]|sk_live)[_-][A-Za-z0-9-]{16}"
)
REACH = 200

_WRITTEN = re.compile(
    rf"{_WORD}(?:(?P<sign>[\"']?[ ]{{0,2}}(?::=|[:=])[ ]{{0,2}}|>)(?P<quote>[\"']?)|{_SAYS} | )"
    r"(?P<value>[^\s\"'<>;&]{3,128})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![A-Za-zÅÄÖåäö_]){_CODE}(?: till [a-zåäö ]{{1,20}})?(?: (?:är|is)|[ ]?[:=])?[ ]{{1,2}}"
    r"(?P<value>[0-9]{4,6}#?)(?![0-9A-Za-zåäö]|[.:-][0-9])"
    rf"|(?<![A-Za-zÅÄÖåäö_]){_CODE}[:=](?P<close>[0-9]{{4,6}}#?)(?![0-9A-Za-zåäö]|[.:-][0-9])",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b[Bb]earer (?P<bearer>[A-Za-z0-9_.~+/-]{16,180})"
    r"|\b(?P<aws>(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16})\b"
    r"|(?P<pem>-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----)"
    r"|://(?P<login>[A-Za-z0-9._%+-]{1,32}:[A-Za-z0-9$!#%&*_.+-]{3,64})@[A-Za-z0-9\[]"
    r"|\b(?P<token>(?:ghp|gho|glpat|xox[bap]|sk_live)[_-][A-Za-z0-9-]{16,100})"
)
_PLACEHOLDER = re.compile(
    r"\$?\{.*|\$[A-Z_]+|%\(.*|%[A-Z_]+%|[*•x.#?_-]+|\[.*|<.*|(?:your|din|ditt|mitt|my)[_-].*"
    r"|change_?me.*|null|none|nil|n/a|ja|nej|true|false|str|string|text|varchar.*|bytes|required|optional"
    r"|pass|password|passwd|pwd|hemlig|hemligt|lösenord|losenord|secret|example|exempel|test"
    r"|saknas|krävs|okänt|bytt|ändrat|nytt|skickat|skickas|spärrat|återställt|glömt|klicka|finns"
    r"|ska|skall|minst|max|se|ring|via|enligt|minimum|at|must|incorrect|wrong|invalid|expired|för"
    r"|deleted|redacted|dolt|maskerat",
    re.IGNORECASE,
)
_NAME_OF_VARIABLE = re.compile(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z_]+(?:\.[a-z_]+)+[\[(]?.*|[a-z_.]+\(.*"
)
_ROOM = re.compile(r"[ \t]*(?:[\n;,\"'<&|]|$)")


def is_secret(value: str) -> bool:
    """Whether the string may be a password that somebody uses: no placeholder, no variable."""
    if len(value) < 4 or _PLACEHOLDER.fullmatch(value):
        return False
    return _NAME_OF_VARIABLE.fullmatch(value) is None


def is_mixed(value: str) -> bool:
    """Whether letters and digits or signs are mixed as in no word of a sentence."""
    has_letter = any(character.isalpha() for character in value)
    return has_letter and not all(character.isalpha() or character == "-" for character in value)


class Credential(Recognizer):
    """Secrets beside their names (OWASP's list of secrets' forms): the value is the hit."""

    ENTITY = "CREDENTIAL"

    def find(self, text: str) -> Iterator[Hit]:
        """Values, without their names; of a login in a URL, user and password."""
        for found in _WRITTEN.finditer(text):
            value = _trimmed(found)
            if is_secret(value) and _is_written(text, found, value):
                start = found.start("value")
                yield Hit(start, start + len(value), 0.8, ("name before",))
        for found in _NUMBER.finditer(text):
            yield Hit(*found.span(found.lastgroup or 0), 0.75, ("name before",))
        for found in _KNOWN.finditer(text):
            group = found.lastgroup or ""
            if group == "bearer" and not is_mixed(found[group]):
                continue
            if group != "login" or is_secret(found[group].partition(":")[2]):
                yield Hit(*found.span(group), 0.85, ("form",))


def _trimmed(found: re.Match[str]) -> str:
    """The value without the punctuation of its sentence; in quotes as it is."""
    value: str = found["value"]
    if found["quote"]:
        return value
    for mark in (",", ")"):
        head, cut, _ = value.partition(mark)
        value = head if cut and len(head) >= 4 else value
    return value.rstrip(".,:)?")


def _is_written(text: str, found: re.Match[str], value: str) -> bool:
    """Whether the value is written down, rather than a word of the sentence that goes on."""
    if found["sign"] is None:
        letters = sum(character.isalpha() for character in value)
        return is_mixed(value) and letters >= 2 and any(c.isdigit() or c in "!#$%&" for c in value)
    if is_mixed(value) or found["quote"]:
        return True
    ends = _ROOM.match(text, found.start("value") + len(value)) is not None
    return ends and (found["sign"] in ("=", ":", ">", ": ") or value.isdigit())


PLUGIN = Credential

"""Recognisers that users declare in Presidio's YAML: a list `recognizers` of patterns and words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from presidio_analyzer import Pattern, PatternRecognizer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

_STRICT = ConfigDict(extra="forbid", strict=True)
_Words = list[Annotated[str, Field(min_length=1)]]
_Score = Annotated[float, Field(ge=0, le=1)]


class _Pattern(BaseModel):
    model_config = _STRICT

    name: str = "pattern"
    regex: Annotated[str, Field(min_length=1)]
    score: _Score


class _Language(BaseModel):
    model_config = _STRICT

    language: str
    context: _Words | None = None


class _Entry(BaseModel):
    model_config = _STRICT

    name: str
    supported_entity: Annotated[str, Field(min_length=1)]
    patterns: list[_Pattern] = []
    deny_list: _Words = []
    deny_list_score: _Score = 1.0
    context: _Words | None = None
    supported_language: str = ""
    supported_languages: list[str | _Language] | None = None
    """Not looked at, but for the context words that Presidio keeps here."""
    global_regex_flags: int | None = None
    version: str | float | None = None
    country_code: str | None = None
    type: Literal["custom"] = "custom"
    enabled: bool = True

    def words(self) -> list[str]:
        """Context words, of whichever language."""
        found = list(self.context or ())
        for language in self.supported_languages or ():
            found += (isinstance(language, _Language) and language.context) or ()
        return list(dict.fromkeys(found))


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    """The rest of Presidio's file is about languages."""

    recognizers: Annotated[list[_Entry], Field(min_length=1)]


def read(path: Path) -> Iterator[tuple[str, PatternRecognizer]]:
    """Name and recogniser of each in the file that is not switched off.

    Raises:
        ValueError: One line: the file, what is wrong with it, how to mend it.
    """
    for number, entry in enumerate(_parsed(path).recognizers, 1):
        if entry.enabled:
            try:
                yield entry.name, _recognizer(entry)
            except ValueError as error:
                raise ValueError(f"{path}: recogniser {number} ({entry.name}): {error}") from None


def _parsed(path: Path) -> _File:
    try:
        data = yaml.safe_load(path.read_bytes())
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise ValueError(f"{path}: {why}; check the path and its permissions") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark else ""
        raise ValueError(f"{path}: is not valid YAML{place}; mend that line") from None
    if not isinstance(data, dict) or "recognizers" not in data:
        raise ValueError(f"{path}: has no list `recognizers`; it must be Presidio's YAML")
    try:
        return _File.model_validate(data)
    except ValidationError as error:
        raise ValueError(f"{path}: {_plain(error)}") from None


_MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "unknown key; remove it",
    "list_type": "must be a list",
    "string_type": "must be a text",
    "model_type": "must be a table of keys and values",
    "too_short": "is empty; fill it",
    "string_too_short": "is empty; fill it",
}


def _plain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    expected = first["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    return f"{key}: {_MENDS.get(first['type'], f'must be {expected}')}"


def _recognizer(entry: _Entry) -> PatternRecognizer:
    if not entry.patterns and not entry.deny_list:
        raise ValueError("finds nothing; add `patterns` or `deny_list`")
    settings: dict[str, Any] = {"deny_list": entry.deny_list or None}
    if entry.global_regex_flags is not None:
        settings["global_regex_flags"] = entry.global_regex_flags
    return PatternRecognizer(
        supported_entity=entry.supported_entity,
        name=entry.name,
        # Presidio's own default is English; a Swedish text is what there is to read
        supported_language="sv",
        patterns=[_pattern(pattern) for pattern in entry.patterns],
        deny_list_score=entry.deny_list_score,
        context=entry.words(),
        **settings,
    )


def _pattern(pattern: _Pattern) -> Pattern:
    try:
        return Pattern(pattern.name, pattern.regex, pattern.score)
    except ValueError as error:
        raise ValueError(f"pattern {pattern.name!r}: {error}; mend it") from None

"""The gap report as one self-contained page: no network, no cookies, nothing to install."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.names import cut, visible
from reports.page import Page
from scanner.model import GapReport

UNREAD = 200
"""Rows listed as not read; the JSON report has them all."""
UNREAD_FIRST = 6
"""Of them on page one; the rest unfold."""
LEFT_OUT = 6
"""Sources named in the verdict as not read in full; the table has them all."""
PLACES = 20
"""Places listed of one gap; the JSON report has more."""
_NAME, _PROSE = 160, 1500
"""Characters shown of a name and of a sentence; the whole stands in the tooltip."""
_WORD = 24
"""A longer word may be broken anywhere, so that it does not push its column out."""
STATUSES = (
    "found",
    "found_undeclared",
    "found_outside_purpose",
    "declared_not_found",
    "cannot_judge",
)
"""Columns of the matrix."""
TONES = {
    "found": "good",
    "found_undeclared": "high",
    "found_outside_purpose": "medium",
    "declared_not_found": "info",
    "cannot_judge": "info",
}


@dataclass(frozen=True, slots=True)
class HtmlReport:
    """What a data protection officer opens, acts on and signs."""

    suffix: str = "html"

    def render(self, report: GapReport, lang: str) -> str:
        """The whole page; whatever names and quotes hold, they are shown and do nothing."""
        style, script = _part("gap.css"), _part("gap.js")
        return (
            _environment()
            .get_template("gap.html.j2")
            .render(
                page=Page(report, lang),
                report=report,
                lang=lang,
                statuses=STATUSES,
                tones=TONES,
                left_out_most=LEFT_OUT,
                unread_first=UNREAD_FIRST,
                unread_most=UNREAD,
                places_most=PLACES,
                style=Markup(style),  # noqa: S704 our own file
                script=Markup(script),  # noqa: S704 our own file
                style_hash=_hash(style),
                script_hash=_hash(script),
            )
        )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["named"] = named
    made.filters["prose"] = prose
    return made


def _part(name: str) -> str:
    return (files("reports") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def named(name: str | None) -> Markup:
    """A name in a direction of its own; the middle of a long one goes, its tooltip has it all."""
    return _isolated(name or "–", _NAME)


def prose(words: str | None) -> Markup:
    """A sentence that may quote names."""
    return _isolated(words or "–", _PROSE)


def _isolated(text: str, length: int) -> Markup:
    whole = visible(text)
    shown = cut(re.sub(rf"\S{{{_NAME + 1},}}", lambda word: cut(word[0], _NAME), whole), length)
    tooltip = "" if shown == whole else Markup(' title="{}"').format(whole)
    breaks = any(len(word) > _WORD for word in shown.split())
    wrapped = Markup(' class="long"') if breaks else ""
    return Markup("<bdi{}{}>{}</bdi>").format(wrapped, tooltip, shown)


PLUGIN = HtmlReport

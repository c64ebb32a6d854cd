"""What a report is: one verb."""

from __future__ import annotations

from typing import Protocol

from scanner.model import GapReport


class Report(Protocol):
    """Renders a gap report in one format. One module a format; its last line is `PLUGIN = …`."""

    suffix: str
    """File suffix without the dot."""

    def render(self, report: GapReport, lang: str) -> str | bytes:
        """The whole report, bytes where it is no text; `lang` is `sv` or `en`.

        Escapes everything that it shows.
        """
        ...

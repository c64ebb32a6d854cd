"""The file share: every file on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import chain
from pathlib import Path

from scanner.demo import archives, documents, edi, mail, media, unreadable
from scanner.demo.artefact import Artefact
from scanner.demo.company import Company


def artefacts(company: Company) -> Iterator[Artefact]:
    """All files, with the truth about each."""
    rooms = (documents, mail, edi, media, archives, unreadable)
    return chain.from_iterable(room.artefacts(company) for room in rooms)


def write(company: Company, folder: Path) -> None:
    """Write the share; files have the times that they would have."""
    usual = datetime.combine(company.day(1), time(12), UTC)
    for artefact in artefacts(company):
        path = folder / artefact.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artefact.content)
        moment = (artefact.modified or usual).timestamp()
        os.utime(path, (moment, moment))

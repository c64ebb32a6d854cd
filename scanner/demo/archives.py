"""Archives on the share: old customer lists, and an archive within an archive."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator

from scanner.demo.artefact import Artefact, Contents
from scanner.demo.company import Company
from scanner.demo.documents import contract, customer_list
from scanner.demo.table import pack, to_csv, to_xlsx, xlsx_contents

README = "Gamla kundlistor före systembytet. Får gallras när bytet är godkänt.\n"
STAMP = 1704096000
"""2024-01-01 08:00 UTC, for all members."""


def artefacts(company: Company) -> Iterator[Artefact]:
    """A ZIP that holds a ZIP, and a compressed TAR."""
    yield _year(company)
    yield _closed(company)


def _year(company: Company) -> Artefact:
    old, older, oldest = company.customers[:60], company.customers[60:90], company.customers[90]
    table, book = customer_list("kundlista", old), customer_list("Kunder 2023", older)
    text, found = contract(company, oldest)
    inner = pack(
        {
            "lista.csv": to_csv(table, encoding="cp1252"),
            "a.txt": text.encode("cp1252"),
            "utan innehåll.txt": b"",
        }
    )
    members = {
        "läs mig.txt": README.encode(),
        "kunder/kundlista 2023.xlsx": to_xlsx(book),
        "inner.zip": inner,
    }
    deep = table.contents().inside("lista.csv") + found.inside("a.txt")
    truth = xlsx_contents(book).inside("kunder/kundlista 2023.xlsx")
    return Artefact("Arkiv/2024.zip", pack(members), truth + deep.inside("inner.zip", archive=True))


def _closed(company: Company) -> Artefact:
    truth = Contents()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for customer in [c for c in company.customers if c.contract.end][:8]:
            text, found = contract(company, customer)
            name = f"avslutade/Elavtal {customer.contract.number}.txt"
            content = text.encode()
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), STAMP, 0o644
            archive.addfile(info, io.BytesIO(content))
            truth += found.inside(name)
    return Artefact("Arkiv/2023.tar.gz", gzip.compress(out.getvalue(), mtime=0), truth)

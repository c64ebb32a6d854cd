"""Builds the made-up company: its database, its share, its config, the truth, and subjects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from scanner.demo import bucket, database, share
from scanner.demo.company import Company, Customer, found
from scanner.demo.people import Person, text
from scanner.demo.truth import truth

BUCKET = "elbolaget-exports"
"""As `data/sparhund.toml` names them."""


def build(folder: Path, today: date) -> Company:
    """Write everything but the bucket's objects; the same day gives the same bytes."""
    company = found(today)
    folder.mkdir(parents=True, exist_ok=True)
    database.write(company, folder / "crm.sqlite")
    share.write(company, folder / "share")
    (folder / "truth.json").write_text(_readable(truth(company)), encoding="utf-8")
    subjects = folder / "subjects"
    subjects.mkdir(exist_ok=True)
    for name, subject in _subjects(company):
        (subjects / f"{name}.toml").write_text(subject, encoding="utf-8")
    return company


def bucket_objects(company: Company) -> Iterator[tuple[str, bytes]]:
    """The bucket's objects: key and bytes."""
    for artefact in bucket.artefacts(company):
        yield artefact.key, artefact.content


def config_toml(_folder: Path, endpoint_url: str) -> str:
    """The company's `sparhund.toml`, to stand in its folder: all its paths are relative."""
    return text("sparhund.toml").replace("{endpoint_url}", endpoint_url)


def _readable(truth: dict[str, Any]) -> str:
    """JSON with one planted place or one person a line, so that two truths can be compared."""
    parts = []
    for name, value in truth.items():
        if isinstance(value, list):
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"  {json.dumps(name)}: [\n{rows}\n  ]")
        else:
            parts.append(f"  {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _subjects(company: Company) -> Iterator[tuple[str, str]]:
    """Ten people to search for: two share a name, and two a home."""
    customers = company.customers
    namesakes = [c for c in customers if c.person.name == "Anna Lindström"]
    family = next(c for c in customers if c.child)
    coordination = next(c for c in customers if c.person.identity_entity != "SE_PERSONNUMMER")
    driver = next(c for c in customers if c.plate)
    seller = next(c for c in customers if (c.account or "").startswith("3300-"))
    former = next(c for c in customers if c.contract.end)
    chosen = [*namesakes, family, coordination, driver, seller, former]
    rest = (c for c in customers if c not in chosen)
    for index, customer in enumerate([*chosen, next(rest), next(rest)], 1):
        yield f"{index:02}", _subject(customer.person, customer)
    if family.spouse:
        yield "10", _subject(family.spouse, None)


def _subject(person: Person, customer: Customer | None) -> str:
    fields = {
        "name": person.name,
        "personnummer": person.written_identity(),
        "email": person.email,
        "phone": person.phone,
        "address": person.address.line(),
    }
    if customer:
        fields["customer_number"] = customer.number
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()
    )

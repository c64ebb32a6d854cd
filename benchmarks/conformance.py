"""Every case of personnummer-meta and organisationsnummer-meta, in every written form.

    python -m benchmarks.conformance DATA

DATA holds checkouts of the two repositories under their names. Their numbers are public test
numbers (Skatteverket's and the projects' own), so a failing form is printed. Exit code 0: all
pass; 1: some fail; 2: no data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from detectors.recognizers import organisationsnummer, personnummer, samordningsnummer
from detectors.swedish import SwedishDetector
from scanner.model import Batch

PERSONNUMMER = "SE_PERSONNUMMER"
SAMORDNINGSNUMMER = "SE_SAMORDNINGSNUMMER"
ORGANISATIONSNUMMER = "SE_ORGANISATIONSNUMMER"
_LABELS = {
    PERSONNUMMER: "personnummer",
    SAMORDNINGSNUMMER: "samordningsnummer",
    ORGANISATIONSNUMMER: "orgnr",
}
_VALID: dict[str, Callable[[str], bool]] = {
    PERSONNUMMER: personnummer.is_valid,
    SAMORDNINGSNUMMER: samordningsnummer.is_valid,
    ORGANISATIONSNUMMER: organisationsnummer.is_valid,
}
_FORMS = (
    "{0}", "{1}", "{2}-{4}", "{3}-{4}", "{2}+{4}", "{3}+{4}", "{2} {4}", "{3} {4}", "{2}\u2013{4}",
    "{2}\u00a0{4}", "{2} - {4}", "{2}-\n{4}", "{5}-{4}",
)  # fmt: skip
_SHOWN = 20
_WRITTEN = ("integer", "long_format", "short_format", "separated_format", "separated_long")


class Case(NamedTuple):
    """One written number and what the data says that it is."""

    source: str
    form: str
    entity: str | None
    """None: the data says that nobody bears it."""


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON is whatever it is
    return json.loads(path.read_text(encoding="utf-8"))


def _entity(number: str) -> str:
    return SAMORDNINGSNUMMER if number[6] in "6789" else PERSONNUMMER


def _published(folder: Path) -> Iterator[Case]:
    for name, entity in (("allPins", PERSONNUMMER), ("allCoords", SAMORDNINGSNUMMER)):
        for number in _read(folder / f"{name}.json"):
            iso = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
            parts = (number, number[2:], number[2:8], number[:8], number[8:], iso)
            for form in _FORMS:
                yield Case(name, form.format(*parts), entity)


def _persons(folder: Path) -> Iterator[Case]:
    for each in _read(folder / "list.json"):
        entity = _entity(each["long_format"]) if each["valid"] else None
        for written in _WRITTEN:
            yield Case("personnummer list", str(each[written]), entity)
    for kind, forms in _read(folder / "structured.json").items():
        entity = SAMORDNINGSNUMMER if kind == "con" else PERSONNUMMER
        for cases in forms.values():
            for form in cases["valid"]:
                yield Case("personnummer structured", str(form), entity)
            for form in cases["invalid"]:
                yield Case("personnummer structured", str(form), None)


def _interim(folder: Path) -> Iterator[Case]:
    for each in _read(folder / "interim.json"):
        for written in _WRITTEN[1:]:
            yield Case("interim", each[written], PERSONNUMMER if each["valid"] else None)


def _organisations(data: Path) -> Iterator[Case]:
    for each in _read(data / "personnummer-meta/testdata/orgnumber.json"):
        for form in (str(each["integer"]), each["short_format"], each["separated_format"]):
            yield Case("orgnumber", form, ORGANISATIONSNUMMER)
    for each in _read(data / "organisationsnummer-meta/testdata/list.json"):
        entity = ORGANISATIONSNUMMER
        if each["type"] == "Enskild firma":
            entity = _entity("19" + each["short_format"])
        for form in (each["input"], each["long_format"], each["short_format"], each["vat_number"]):
            yield Case("organisationsnummer list", form, entity if each["valid"] else None)


def cases(data: Path) -> Iterator[Case]:
    """Every case in every written form."""
    persons = data / "personnummer-meta/testdata"
    yield from _published(persons)
    yield from _persons(persons)
    yield from _interim(persons)
    yield from _organisations(data)


def _digits(form: str) -> str:
    """The form with dashes and spaces of every kind as `-` and ` `, as recognisers read it."""
    return form.replace("\u2013", "-").replace("\u00a0", " ")


def _accepting(case: Case) -> set[str]:
    """Which validation functions accept the form."""
    if case.source == "interim":
        return {PERSONNUMMER} if personnummer.is_interim(case.form) else set()
    form = _digits(case.form)
    if case.source.startswith("organisationsnummer") and form.startswith("SE"):
        inside = _sole_trader(form)
        form = inside or form
    return {entity for entity, is_valid in _VALID.items() if is_valid(form)}


def _sole_trader(vat: str) -> str | None:
    number = vat[2:-2]
    return number if personnummer.is_valid(number) or samordningsnummer.is_valid(number) else None


def _is_spaced(case: Case) -> bool:
    """Whether the data refuses the form for its space alone, which people write and we read."""
    solid = case.form.replace(" ", "")
    return case.entity is None and solid != case.form and personnummer.is_valid(solid)


def _found(cases: Iterable[Case]) -> Iterator[tuple[Case, set[str]]]:
    """Each case with the entities found in a column labelled as it should be."""
    by_label: dict[str, list[Case]] = {}
    for case in cases:
        by_label.setdefault(_LABELS[case.entity or _guess(case)], []).append(case)
    detector = SwedishDetector()
    for label, labelled in by_label.items():
        found: list[set[str]] = [set() for _ in labelled]
        values = tuple(case.form for case in labelled)
        for candidate in detector.detect(Batch("conformance", values, label=label)):
            if candidate.score >= detector.threshold and candidate.entity in _VALID:
                found[candidate.index].add(candidate.entity)
        yield from zip(labelled, found, strict=True)


def _guess(case: Case) -> str:
    return ORGANISATIONSNUMMER if case.source.startswith("organ") else PERSONNUMMER


def _is_right(case: Case, entities: set[str]) -> bool:
    return entities == ({case.entity} if case.entity else set())


def check(data: Path) -> int:
    """Print counts and what fails; 0 when nothing does."""
    everything = list(cases(data))
    asked = [case for case in everything if not _is_spaced(case)]
    failures = [f"is_valid: {case}" for case in asked if not _is_right(case, _accepting(case))]
    failures += [f"detect: {case}" for case, found in _found(asked) if not _is_right(case, found)]
    counts: dict[tuple[str, bool], int] = {}
    for case in asked:
        key = case.source, case.entity is not None
        counts[key] = counts.get(key, 0) + 1
    for (source, valid), count in sorted(counts.items()):
        print(f"{source:26} {'valid' if valid else 'invalid':8} {count:8,} forms")
    print(f"{'refused for a space only':26} {'read':8} {len(everything) - len(asked):8,} forms")
    for failure in failures[:_SHOWN]:
        print(f"FAILED {failure}")
    print(f"{len(failures):,} of {2 * len(asked):,} checks failed")
    return 1 if failures else 0


def main(arguments: list[str]) -> int:
    """Check the folder that is named."""
    data = Path(arguments[0]) if arguments and arguments[0] else None
    names = "personnummer-meta", "organisationsnummer-meta"
    if data is None or not all((data / name / "testdata").is_dir() for name in names):
        print(f"conformance: name the folder with {' and '.join(names)}: make conformance DATA=...")
        return 2
    return check(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Derives the compact name, place and word lists of `detectors/data/` from public data folders."""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

BEARERS = 10
"""Given names with fewer bearers are left out: too rare to recognise by, and closer to a person."""
OCCURRENCES = 4
"""Words seen less often in the public texts are left out."""
_WORD = re.compile(r"(?<![\w-])[a-zåäöéü]{3,24}(?![\w-])")


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.reader(stream)


def given_names(names: Path) -> Iterator[str]:
    """Name, women and men who go by it; sorted by name."""
    counts: dict[str, list[int]] = {}
    for column, kind in enumerate(("kvinnor", "man")):
        for name, persons in list(_rows(names / f"tilltalsnamn-{kind}.csv"))[1:]:
            counts.setdefault(name.casefold(), [0, 0])[column] += int(persons)
    for name, (women, men) in sorted(counts.items()):
        if women + men >= BEARERS:
            yield f"{name}\t{women}\t{men}"


def surnames(names: Path) -> Iterator[str]:
    """Name and bearers, sorted by name."""
    rows = [row for path in sorted(names.glob("efternamn*.csv")) for row in _rows(path)]
    counts = {row[0].casefold(): int(row[1]) for row in rows if row[1].isdigit()}
    yield from (f"{name}\t{bearers}" for name, bearers in sorted(counts.items()))


def places(text: Path, geodata: Path) -> Iterator[str]:
    """Localities and municipalities, sorted."""
    found = {row[0] for row in list(_rows(text / "platser" / "ortsnamn.csv"))[1:]}
    found |= {row[2] for row in list(_rows(geodata / "data" / "municipalities.csv"))[1:]}
    found |= {row[1] for row in list(_rows(geodata / "data" / "postal_to_municipality.csv"))[1:]}
    yield from sorted({name.strip().casefold() for name in found if name.strip()})


def postcodes(geodata: Path) -> Iterator[str]:
    """Locality and its codes, sorted by locality."""
    by_place: dict[str, set[str]] = {}
    for row in list(_rows(geodata / "data" / "postal_to_municipality.csv"))[1:]:
        by_place.setdefault(row[1].strip().casefold(), set()).add(row[0])
    for place, codes in sorted(by_place.items()):
        yield "\t".join([place, *sorted(codes)])


def words(texts: Path) -> Iterator[str]:
    """Words that the public texts write in lower case: a capital does not make them names."""
    counts: Counter[str] = Counter()
    for path in sorted(texts.glob("*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                counts.update(_WORD.findall(line))
    yield from sorted(word for word, seen in counts.items() if seen >= OCCURRENCES)


def write(path: Path, lines: Iterable[str]) -> None:
    """Write a gzip text that is equal to the byte for equal lines."""
    text = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0))


def main() -> None:
    """Read the data folder given, write the lists into the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="holds svensktext, swedish-geodata, public-text")
    parser.add_argument("out", type=Path, help="detectors/data")
    options = parser.parse_args()
    text, geodata = options.data / "svensktext", options.data / "swedish-geodata"
    write(options.out / "given.txt.gz", given_names(text / "namn"))
    write(options.out / "surnames.txt.gz", surnames(text / "namn"))
    write(options.out / "places.txt.gz", places(text, geodata))
    write(options.out / "postcodes.txt.gz", postcodes(geodata))
    write(options.out / "words.txt.gz", words(options.data / "public-text"))


if __name__ == "__main__":
    main()

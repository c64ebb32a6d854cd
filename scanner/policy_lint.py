"""What GDPR Art. 13 asks a policy to say, and what this one does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.texts import text
from scanner.policy import Policy
from scanner.policy_parts import Basis, Category, Controller, Retention, Right, Stated

Level = Literal["warning", "info"]

_CONSENT_ONLY = {Right.WITHDRAW_CONSENT}
_OLD_AUTHORITY = "datainspektionen"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend in a policy's text."""

    code: str
    severity: Level
    """Warning: Art. 13 asks for it. Info: good to know, or asked for only in some cases."""
    sv: str
    en: str
    category: str | None = None
    about: str = ""
    """What it is about (a purpose, an org.nr): code and about together name the remark."""
    quote: Stated | None = None
    """The words that it is about, where there are any."""


def check(policy: Policy) -> tuple[Remark, ...]:
    """Every remark, in the order of Art. 13; code and about are unique."""
    return (
        *_controllers(policy),
        *_links(policy),
        *_bases(policy),
        *_sharing(policy),
        *_retention(policy),
        *_rights(policy),
        *_rest(policy),
        *_words(policy),
    )


def check_digit(orgnr: str) -> int | None:
    """The last digit that an org.nr must have (Luhn); None if it has not ten digits."""
    digits = re.sub(r"[\s-]", "", orgnr)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return None
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits[:9])]
    return -sum(d // 10 + d % 10 for d in doubled) % 10


def _remark(
    code: str,
    severity: Level = "warning",
    about: str = "",
    category: str | None = None,
    quote: Stated | None = None,
    **values: object,
) -> Remark:
    if category is not None:
        about, values = about or category, {**values, "category": category}
    sv, en = (text(f"lint.{code}", lang, **values) for lang in ("sv", "en"))
    return Remark(code, severity, sv, en, category, about, quote)


def _controllers(policy: Policy) -> Iterator[Remark]:
    for controller in policy.controllers:
        yield from _orgnr(controller)
        if controller.trade_name_of is not None:
            company = controller.trade_name_of
            yield _remark(
                "trade_name",
                about=controller.name,
                quote=company,
                name=controller.name,
                company=company.name,
            )
    if policy.contact is None:
        yield _remark("contact_missing")
    if policy.dpo is None:
        yield _remark("dpo_missing", "info")


def _orgnr(controller: Controller) -> Iterator[Remark]:
    name, orgnr = controller.name, controller.orgnr
    if orgnr is None:
        yield _remark("orgnr_missing", about=name, quote=controller, name=name)
        return
    expected = check_digit(orgnr)
    if expected is None:
        yield _remark("orgnr_malformed", about=orgnr, quote=controller, name=name, orgnr=orgnr)
    elif int(orgnr[-1]) != expected:
        yield _remark(
            "orgnr_invalid",
            about=orgnr,
            quote=controller,
            name=name,
            orgnr=orgnr,
            expected=expected,
        )


def _links(policy: Policy) -> Iterator[Remark]:
    loose = [p.name for p in policy.purposes if p.categories_inferred or not p.categories]
    if loose:
        yield _remark("categories_unlinked", purposes=_listed(loose))
    for category in policy.categories:
        if not policy.purposes_of(category.name) and not category.derived:
            yield _remark("purpose_missing", category=category.name, quote=category)
    for purpose in policy.purposes:
        if not purpose.bases:
            yield _remark(
                "basis_missing", about=purpose.name, quote=purpose, purpose=_listed([purpose.name])
            )
    loose = [p.name for p in policy.purposes if any(basis.inferred for basis in p.bases)]
    if loose:
        yield _remark("basis_unlinked", purposes=_listed(loose))


def _bases(policy: Policy) -> Iterator[Remark]:
    every = (*policy.bases, *(basis for purpose in policy.purposes for basis in purpose.bases))
    vital = [basis for basis in every if basis.basis is Basis.VITAL_INTERESTS]
    if vital:
        yield _remark("vital_interests", quote=vital[0])
    for purpose in policy.purposes:
        for basis in purpose.bases:
            if basis.basis is Basis.LEGITIMATE_INTEREST and basis.interest is None:
                name = purpose.name
                yield _remark("interest_unnamed", about=name, quote=basis, purpose=_listed([name]))
    for basis in policy.bases:
        if basis.basis is Basis.LEGITIMATE_INTEREST and basis.interest is None:
            yield _remark("interest_unnamed_general", quote=basis)
            break


def _sharing(policy: Policy) -> Iterator[Remark]:
    if not policy.recipients:
        yield _remark("recipients_missing")
    country = policy.third_country
    if country is None:
        yield _remark("third_country_missing")
    elif country.stance != "never" and country.safeguard is None:
        yield _remark("safeguard_missing", quote=country)


def _retention(policy: Policy) -> Iterator[Remark]:
    for category in policy.categories:
        rules = _stated_rules(policy, category)
        if not rules:
            if not category.derived:
                yield _remark("retention_missing", category=category.name, quote=category)
            continue
        if not any(rule.duration or rule.open_ended or rule.statute for rule in rules):
            yield _remark("retention_vague", category=category.name, quote=rules[0])
        for rule in rules:
            if rule.statute and rule.duration:
                yield _remark(
                    "retention_statute",
                    "info",
                    category=category.name,
                    quote=rule,
                    statute=rule.statute,
                )
                break


def _stated_rules(policy: Policy, category: Category) -> list[Retention]:
    """The rules that the policy itself ties to the category."""
    rules = [category.retention] if category.retention else []
    for purpose in policy.purposes:
        if category.name in purpose.categories and not purpose.categories_inferred:
            rules += [
                r for r in purpose.retention if category.name in (r.categories or [category.name])
            ]
    return rules


def _rights(policy: Policy) -> Iterator[Remark]:
    every = (*policy.bases, *(basis for purpose in policy.purposes for basis in purpose.bases))
    consent = any(basis.basis is Basis.CONSENT for basis in every)
    needed = set(Right) - (set() if consent else _CONSENT_ONLY)
    stated = {right.right for right in policy.rights}
    for right in Right:
        if right in needed - stated:
            names = {lang: text(f"right.{right}", lang) for lang in ("sv", "en")}
            sv, en = (text("lint.right_missing", lang, right=names[lang]) for lang in names)
            yield Remark("right_missing", "warning", sv, en, about=right)
    if policy.dsar is None or policy.dsar.deadline is None:
        yield _remark("response_time_missing", "info")


def _rest(policy: Policy) -> Iterator[Remark]:
    decisions = policy.automated_decisions
    if decisions is None:
        scored = bool(policy.categories_of("CREDIT_RATING"))
        yield _remark("automated_missing", "warning" if scored else "info")
    elif decisions.stance == "deferred":
        yield _remark("automated_deferred", "info", quote=decisions)
    if not policy.authorities:
        yield _remark("authority_missing")
    for authority in policy.authorities:
        if authority.name.casefold() == _OLD_AUTHORITY:
            yield _remark("authority_outdated", quote=authority, name=authority.name)
            break
    if policy.date is None:
        yield _remark("date_missing", "info")


def _words(policy: Policy) -> Iterator[Remark]:
    for category in policy.categories:
        if category.derived:
            yield _remark("implied", "info", category=category.name, quote=category)
        if category.inferred:
            words = _listed([element.words for element in category.inferred])
            yield _remark("interpreted", "info", category=category.name, words=words)
        for element in category.elements:
            if element.entities is None and not element.means():
                yield _remark(
                    "unrecognised",
                    "info",
                    about=f"{category.name}: {element.words}",
                    category=category.name,
                    words=element.words,
                )


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

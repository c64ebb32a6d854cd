"""Customer service's mail: letters in, answers out, lists attached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from scanner.demo.artefact import Artefact, Contents, text_contents
from scanner.demo.company import Company, Customer
from scanner.demo.documents import contract, customer_list
from scanner.demo.people import data
from scanner.demo.table import to_csv, to_xlsx, xlsx_contents

DESK = formataddr(("Elbolaget Kundservice", "kundservice@elbolaget.example.se"))
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
LETTERS = 26


def artefacts(company: Company) -> Iterator[Artefact]:
    """All letters of customer service, in the order in which they came."""
    chance = company.random("mail")
    mails = data("mails")
    letters: list[tuple[dict[str, Any], Customer]] = [
        (mails["mails"][index % len(mails["mails"])], chance.choice(company.customers))
        for index in range(LETTERS)
    ]
    family = [customer for customer in company.customers if customer.child]
    letters.append((mails["health"][0], chance.choice(company.customers)))
    letters.extend((mails["family"][0], customer) for customer in family[:2])
    for index, (letter, customer) in enumerate(letters):
        yield _letter(company, index, letter, customer)
    for index, (_, customer) in enumerate(letters[:6], len(letters)):
        yield _answer(company, index, customer)
    yield from _with_attachments(company, len(letters) + 6)


def _letter(company: Company, index: int, letter: dict[str, Any], customer: Customer) -> Artefact:
    person, child = customer.person, customer.child
    body = (
        letter["body"]
        .lstrip("\n")
        .format(
            name=person.name,
            address=person.address.line(),
            phone=person.phone,
            number=customer.number,
            meter=customer.contract.meter,
            identity=person.written_identity(),
            child=child.name if child else "",
            child_identity=child.written_identity() if child else "",
        )
    )
    entities = ["PERSON", "CORRESPONDENCE", *letter["entities"]]
    people = [person.id]
    if letter.get("identity"):
        entities.append(person.identity_entity)
    if child and "{child}" in letter["body"]:
        people.append(child.id)
    message = _message(company, index, formataddr((person.name, person.email)), DESK)
    message["Subject"] = letter["subject"]
    message.set_content(body, charset=("utf-8", "iso-8859-1")[index % 2])
    truth = text_contents(tuple(entities), tuple(people), location="body")
    return _artefact(company, index, message, truth + _headers("From", "To", person.id))


def _answer(company: Company, index: int, customer: Customer) -> Artefact:
    person, reply = customer.person, data("mails")["reply"]
    message = _message(company, index, DESK, formataddr((person.name, person.email)))
    message["Subject"] = reply["subject"]
    body = reply["body"].lstrip("\n")
    message.set_content(body.format(name=person.name, number=customer.number))
    entities = ("PERSON", "CORRESPONDENCE", *reply["entities"])
    truth = text_contents(entities, (person.id,), location="body")
    return _artefact(company, index, message, truth + _headers("To", "From", person.id))


def _with_attachments(company: Company, first: int) -> Iterator[Artefact]:
    chance = company.random("attachments")
    for index in range(first, first + 3):
        colleague = company.staff[index % len(company.staff)]
        sender = formataddr((colleague.name, colleague.email))
        message = _message(company, index, sender, DESK)
        message["Subject"] = "Lista inför utringning"
        message.set_content("Hej,\n\nlistan kommer här.\n\n" + colleague.given + "\n")
        some = sorted(chance.sample(company.customers, 12), key=lambda c: c.number)
        truth = text_contents(("CORRESPONDENCE",), location="body", allowed=("PERSON",))
        truth += _headers("From", "To", colleague.id)
        kind = index % 3
        if kind == 0:
            table = customer_list("Utringning", some)
            message.add_attachment(
                to_xlsx(table), maintype=XLSX[0], subtype=XLSX[1], filename="utringning.xlsx"
            )
            truth += xlsx_contents(table).inside("utringning.xlsx")
        elif kind == 1:
            table = customer_list("utringning", some)
            content = to_csv(table, encoding="cp1252")
            message.add_attachment(content, maintype="text", subtype="csv", filename="lista.csv")
            truth += table.contents().inside("lista.csv")
        else:
            text, found = contract(company, some[0])
            message.add_attachment(
                text.encode(), maintype="text", subtype="plain", filename="elavtal.txt"
            )
            truth += found.inside("elavtal.txt")
        yield _artefact(company, index, message, truth)


def _message(company: Company, index: int, sender: str, receiver: str) -> EmailMessage:
    message = EmailMessage(policy.SMTP)
    message["From"] = sender
    message["To"] = receiver
    message["Date"] = format_datetime(_sent(company, index))
    message["Message-ID"] = f"<{index:06}.demo@elbolaget.example.se>"
    return message


def _sent(company: Company, index: int) -> datetime:
    return datetime.combine(company.day(200 - 5 * index), time(8 + index % 9, 30), UTC)


def _headers(person: str, desk: str, who: str) -> Contents:
    """The customer's header, and customer service's, which names nobody."""
    named = text_contents(("PERSON", "EMAIL_ADDRESS"), (who,), location=person)
    return named + text_contents((), location=desk, allowed=("EMAIL_ADDRESS",))


def _artefact(company: Company, index: int, message: EmailMessage, truth: Contents) -> Artefact:
    if message.is_multipart():
        message.set_boundary(f"=={index:06}==")
    sent = _sent(company, index)
    key = f"Kundtjanst/{sent:%Y-%m}/ärende M-{61000 + index}.eml"
    return Artefact(key, message.as_bytes(), truth, sent)

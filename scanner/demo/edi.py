"""Ediel files: PRODAT (who lives where) and UTILTS (what they use)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from scanner.demo.artefact import Artefact, text_contents
from scanner.demo.company import Company, Customer, organisation_number
from scanner.demo.database import consumption

OWN, GRID = "91234", "95678"
"""Made-up Ediel ids."""
KINDS = ("Z03", "Z04", "Z05", "Z06")


def artefacts(company: Company) -> Iterator[Artefact]:
    """PRODAT in, UTILTS out, one message a file."""
    chance = company.random("edi")
    for index, customer in enumerate(chance.sample(company.customers, 18)):
        sent = _sent(company, index)
        segments = _prodat(company, customer, sent, KINDS[index % len(KINDS)])
        truth = text_contents(
            (
                "PERSON",
                customer.person.identity_entity,
                "SE_ADDRESS",
                "SE_METERING_POINT_ID",
                "ELECTRICITY_CONSUMPTION",
                "CONTRACT",
            ),
            (customer.person.id,),
        )
        key = f"Ediel/in/PRODAT_{sent:%Y%m%d}_{index:04}.edi"
        yield Artefact(key, _file(segments, index), truth, sent)
    yield _company_customer(company)
    for index, customer in enumerate(chance.sample(company.customers, 10)):
        sent = _sent(company, index)
        values = consumption(chance, customer, 24)
        truth = text_contents(
            ("SE_METERING_POINT_ID", "ELECTRICITY_CONSUMPTION"), (customer.person.id,)
        )
        key = f"Ediel/ut/UTILTS_{sent:%Y%m%d}_{index:04}.edi"
        yield Artefact(key, _file(_utilts(customer, sent, values), index), truth, sent)


def _prodat(company: Company, customer: Customer, sent: datetime, kind: str) -> list[str]:
    person, deal = customer.person, customer.contract
    home = person.address
    place = f"{home.street}+{home.town}++{home.postcode.replace(' ', '')}+SE"
    return [
        *_opening("PRODAT:D:97A:UN:E2SE6A", "23-DDQ-PRODAT", sent, GRID, OWN),
        f"BGM+{kind}+{sent:%Y%m%d}{customer.number}+9+AB",
        f"DTM+137:{sent:%Y%m%d%H%M}:203",
        "DTM+735:?+0100:406",
        f"NAD+FR+{GRID}:160:SVK",
        f"NAD+DO+{OWN}:160:SVK",
        f"LIN+1++{deal.meter}::9",
        f"DTM+92:{deal.start:%Y%m%d}:102",
        f"QTY+31:{customer.living_area * 95}:KWH",
        "RFF+Z05:KLM",
        f"NAD+UD+{person.identity}:SE2:260++{_released(person.name)}+{place}",
        f"NAD+IT+{deal.meter}::9+++{place}",
        f"FTX+AAI+++Avtalsform {_released(deal.form)} hos {company.name}",
    ]


def _company_customer(company: Company) -> Artefact:
    """A company as customer: nobody's personal data, though the file looks the same."""
    sent = _sent(company, 30)
    orgnr = organisation_number(230).replace("-", "")
    segments = [
        *_opening("PRODAT:D:97A:UN:E2SE6A", "23-DDQ-PRODAT", sent, GRID, OWN),
        f"BGM+Z06+{sent:%Y%m%d}999999+9+AB",
        f"NAD+UD+{orgnr}:SE1:260++Exempel Såg AB+Industrivägen 4+Nybro++38230+SE",
    ]
    truth = text_contents(("SE_ORGANISATIONSNUMMER",), allowed=("SE_ADDRESS",))
    return Artefact(f"Ediel/in/PRODAT_{sent:%Y%m%d}_0099.edi", _file(segments, 99), truth, sent)


def _utilts(customer: Customer, sent: datetime, values: Sequence[float]) -> list[str]:
    day = sent - timedelta(days=1)
    return [
        *_opening("UTILTS:D:02B:UN:E5SE1B", "23-DDQ-E66-S", sent, OWN, GRID),
        f"BGM+E66::260+{sent:%Y%m%d}{customer.number}+9+AB",
        f"DTM+137:{sent:%Y%m%d%H%M}:203",
        f"NAD+MS+{OWN}:SVK:260",
        f"NAD+MR+{GRID}:SVK:260",
        "IDE+24+1",
        f"LOC+172+{customer.contract.meter}::9",
        "LOC+239+KLM:SVK:260",
        "LIN+1++8716867000030:::9",
        f"DTM+324:{day:%Y%m%d}0000{sent:%Y%m%d}0000:719",
        "DTM+354:1:802",
        *(f"QTY+136:{value}" for value in values),
    ]


def _opening(message: str, application: str, sent: datetime, sender: str, to: str) -> list[str]:
    parties = f"{sender}:ZZ+{to}:ZZ"
    return [
        f"UNB+UNOC:3+{parties}+{sent:%y%m%d:%H%M}+{sent:%d%H}++{application}",
        f"UNH+1+{message}",
    ]


def _file(segments: list[str], number: int) -> bytes:
    """The interchange in Latin-1, as UNOC says; every other one on a single line."""
    whole = [*segments, f"UNT+{len(segments)}+1", f"UNZ+1+{number}"]
    end = "'\n" if number % 2 else "'"
    return ("UNA:+.? '" + "".join(segment + end for segment in whole)).encode("latin-1")


def _released(text: str) -> str:
    """The text with Ediel's own signs released by a question mark."""
    return "".join(f"?{sign}" if sign in "?:+'" else sign for sign in text)


def _sent(company: Company, index: int) -> datetime:
    return datetime.combine(company.day(120 - 4 * index % 110), time(5 + index % 12), UTC)

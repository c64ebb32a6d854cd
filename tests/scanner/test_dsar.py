"""The person search: whose rows count, what is shown of them, and what never is."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.base import ReadError
from scanner import config
from scanner.cli import run
from scanner.dsar import ProtectedError, Search, search_resource
from scanner.dsar_forms import Seeker
from scanner.dsar_hits import MASKED, Haul
from scanner.dsar_rows import Table
from scanner.executors import Inline, Processes
from scanner.model import Batch, Resource, Skipped, Status
from scanner.subject import Identifier, parse

OWN = "19811228-9874"
OTHER = "19640823-3234"
SUBJECT = f"""
name = "Anna Lindström"
personnummer = "{OWN}"
email = "anna@example.se"
phone = "070-174 06 05"
address = "Solgatan 52 B, 753 20 Uppsala"
customer_number = "104260"
"""
SEEKER = Seeker(parse(SUBJECT).identifiers)
HOSTILE = '<script>alert(1)</script>"\u202e'

Fields = dict[str, str]


def table(row: Fields) -> Haul:
    batches = tuple(Batch(name, (value,), name, "g") for name, value in row.items())
    haul = Haul()
    Table(Resource("crm", "t"), batches, SEEKER).search(haul)
    return haul


def shown(row: Fields) -> Fields:
    return {hit.location: hit.value for hit in table(row).hits}


def certainties(row: Fields) -> set[str]:
    return {hit.certainty.value for hit in table(row).hits}


@pytest.mark.parametrize(
    ("row", "certainty"),
    [
        ({"personnr": "811228-9874", "x": "1"}, "certain"),
        ({"kundnr": "104260", "belopp": "1"}, "certain"),
        ({"namn": "Anna Lindström", "epost": "ANNA@example.se"}, "likely"),
        ({"epost": "anna@example.se", "val": "nej"}, "likely"),
        ({"fornamn": "Anna", "efternamn": "Lindström", "telefon": "+46701740605"}, "likely"),
        ({"fornamn": "Anna", "efternamn": "Lindström", "gatuadress": "Solgatan 52B"}, "likely"),
        ({"namn": "Lindström, Anna", "postnr": "753 20", "ort": "Uppsala"}, "likely"),
        ({"pnr": "198112289874", "namn": "Anna Gift-Namn"}, "certain"),
        ({"1": "104260", "namn": "Anna Lindström"}, "likely"),
    ],
)
def test_a_row_of_hers_is_shown_whole(row: Fields, certainty: str) -> None:
    assert shown(row) == row
    assert certainties(row) == {certainty}


@pytest.mark.parametrize(
    "row",
    [
        {"fornamn": "Anna", "efternamn": "Lindström", "ort": "Malmö"},
        {"namn": "Anna Lindström", "personnr": OTHER, "gatuadress": "Solgatan 52 B"},
        {"namn": "Erik Lindström", "telefon": "070-174 06 05"},
        {"personnr": OTHER, "epost": "anna@example.se"},
        {"namn": "Erik Ek", "gatuadress": "Solgatan 52 B", "postnr": "753 20", "ort": "Uppsala"},
        {"kundnr": "999001", "epost": "anna@example.se"},
        {"gatuadress": "Solgatan 52 B", "forbrukning_kwh": "12"},
        {"artikelnr": "104260", "belopp": "104260", "ocr": "104260"},
        {"kundnr": "1104260", "personnr": "811228-9875"},
    ],
)
def test_a_row_of_somebody_else(row: Fields) -> None:
    assert not table(row).hits


def test_of_a_row_with_two_people_only_her_own_fields_are_shown() -> None:
    row = {"pnr": OWN, "pnr_2": OTHER, "lan": "1000", "kundnr": "104261"}
    assert shown(row) == {"pnr": OWN}
    assert not table(row).leads


def test_fields_about_staff_and_relatives_are_left_out() -> None:
    row = {"kundnr": "104260", "handlaggare": "Bo Ek", "medsokande_pnr": OTHER, "skapad_av": "bo"}
    assert shown(row) == {"kundnr": "104260"}


def test_her_own_name_in_a_staff_field_shows_that_field_only() -> None:
    row = {"kundnr": "999001", "handlaggare": "anna@example.se", "arende": "Hemligt"}
    assert shown(row) == {"handlaggare": "anna@example.se"}


def test_her_number_in_anothers_free_text_shows_its_line_masked() -> None:
    note = f"Bo ringde.\nDotter {OWN}, mor {OTHER} bo@example.se 070-174 06 99\nTack"
    row = {"kundnr": "999001", "arendetext": note}
    assert shown(row) == {"arendetext": f"Dotter {OWN}, mor {MASKED} {MASKED} {MASKED}"}


def test_free_text_on_her_own_row_is_masked_too() -> None:
    row = {"kundnr": "104260", "arendetext": f"Anna {OWN} ringde om sin mor {OTHER}"}
    assert shown(row)["arendetext"] == f"Anna {OWN} ringde om sin mor {MASKED}"


def test_numbers_on_her_row_lead_further() -> None:
    row = {
        "personnr": OWN,
        "kundnr": "104299",
        "anlaggnings_id": "735999123000000422",
        "avtals_id": "18-0003",
        "arendenr": "A-48000",
        "startdatum": "2024-01-01",
        "fakturanr": "F1",
    }
    leads = {lead.kind.value: lead for lead in table(row).leads}
    assert set(leads) == {"customer_number", "metering_point", "contract_number", "case_number"}
    assert leads["customer_number"].chain == "personnummer → kundnummer"
    assert leads["metering_point"].since == "2024-01-01"


@pytest.mark.parametrize(
    ("row", "is_protected"),
    [
        ({"kundnr": "104260", "sekretessmarkering": "1"}, True),
        ({"kundnr": "104260", "sekretessmarkering": "Nej"}, False),
        ({"kundnr": "104260", "sekretessmarkering": ""}, False),
        ({"kundnr": "104261", "sekretessmarkering": "1"}, False),
        ({"kundnr": "104260", "notering": "OBS Skyddad folkbokföring"}, True),
        ({"kundnr": "104260", "notering": "Sekretessmarkering: nej"}, False),
    ],
)
def test_marks_of_protected_identity(row: Fields, *, is_protected: bool) -> None:
    assert table(row).is_protected is is_protected


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source of texts and tables in memory."""

    name: str
    parts: tuple[tuple[str, tuple[Batch | Skipped, ...]], ...]

    def discover(self) -> Iterator[Resource | Skipped]:
        for key, _ in self.parts:
            yield Resource(self.name, key)

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        if resource.key == "poison":
            os._exit(1)
        if resource.key == "broken":
            raise ReadError("damaged")
        yield from dict(self.parts)[resource.key]


def text(*values: str) -> list[tuple[str, str]]:
    parts = tuple(Batch("", (value,)) for value in values)
    shelf = Shelf("share", (("brev.txt", parts),))
    found = search_resource(shelf, Resource("share", "brev.txt"), SEEKER)
    return [(hit.entity, hit.value) for hit in found.hits]


def test_lines_of_a_text() -> None:
    letter = f"Hej\nAnna Lindström, {OWN}\nBo Ek, {OTHER}, Anna Lindström\nHälsningar"
    assert text(letter) == [
        ("PERSON", f"Anna Lindström, {OWN}"),
        ("SE_PERSONNUMMER", f"Anna Lindström, {OWN}"),
        ("PERSON", f"Bo Ek, {MASKED}, Anna Lindström"),
    ]


@pytest.mark.parametrize(
    ("letter", "is_hers"),
    [
        ("Anna Lindström kom förbi", False),
        ("Anna Lindström, Solgatan 52 B", True),
        ("Solgatan 52 B, 753 20 Uppsala", False),
        ("belopp 104260 kr", False),
        ("kundnummer 104260", True),
        ("Anna Lindström har 104260", True),
        ("Anna Lindström" + " och så vidare" * 2000 + " 753 20 Uppsala", False),
        ("personnummer 811228-9875, kund 1042601", False),
    ],
)
def test_a_name_alone_never_suffices(letter: str, *, is_hers: bool) -> None:
    assert bool(text(letter)) is is_hers


@pytest.mark.parametrize(("key", "is_hers"), [("brev.pdf", True), ("brev.zip", False)])
def test_pages_are_one_document_and_members_are_not(key: str, *, is_hers: bool) -> None:
    pages = (Batch("page 1", ("Anna Lindström",)), Batch("page 2", ("753 20 Uppsala",)))
    found = search_resource(Shelf("s", ((key, pages),)), Resource("s", key), SEEKER)
    assert bool(found.hits) is is_hers


def test_of_a_long_line_only_the_stretch_is_shown() -> None:
    ((_, value),) = text("x " * 5000 + OWN + " y" * 5000)
    assert OWN in value
    assert len(value) < 320


def searched(
    shelves: Sequence[Shelf], *, executor: Processes | None = None
) -> tuple[dict[str, Status], set[str]]:
    sources = [config.Source(shelf.name, config.SourceKeys("files"), shelf) for shelf in shelves]
    result = Search(executor or Inline(), sources, lambda _: True).run(parse(SUBJECT))
    statuses = {one.key: one.status for one in result.searched}
    return statuses, {hit.key for hit in result.hits}


def test_what_cannot_be_read_costs_only_itself() -> None:
    letter = (Batch("", (OWN,)), Skipped("bild.png", "a picture"))
    shelf = Shelf("s", (("brev", letter), ("broken", ()), ("poison", ()), ("rest", letter[:1])))
    executor = Processes(2, 60, 4096)
    try:
        statuses, keys = searched([shelf], executor=executor)
    finally:
        executor.end(cancel=False)
    assert statuses == {
        "brev": Status.PARTIAL,
        "broken": Status.FAILED,
        "poison": Status.FAILED,
        "rest": Status.SCANNED,
    }
    assert keys == {"brev", "rest"}


def columns(**values: Sequence[str]) -> tuple[Batch, ...]:
    return tuple(Batch(name, tuple(cells), name, "g") for name, cells in values.items())


POINT = "735999123000000422"
READINGS = columns(
    anlaggnings_id=[POINT, POINT], tidpunkt=["2024-06-01 00:00", "2026-06-01 00:00"], kwh=["1", "2"]
)
CONTRACT: dict[str, Sequence[str]] = {
    "kundnr": ["104260", "999001"],
    "anlaggnings_id": [POINT, POINT],
    "startdatum": ["2024-01-01", "2025-01-02"],
    "slutdatum": ["2025-01-01", ""],
}


def test_a_metering_point_that_another_took_over_is_hers_for_her_time() -> None:
    shelf = Shelf("s", (("avtal", columns(**CONTRACT)), ("matning", READINGS)))
    sources = [config.Source("s", config.SourceKeys("files"), shelf)]
    result = Search(Inline(), sources, lambda _: True).run(parse(SUBJECT))
    rows = {(hit.key, hit.row) for hit in result.hits}
    assert rows == {("avtal", 1), ("matning", 1)}


def test_a_metering_point_that_nobody_else_holds_is_hers() -> None:
    alone = {name: cells[:1] for name, cells in CONTRACT.items()}
    shelf = Shelf("s", (("avtal", columns(**alone)), ("matning", READINGS)))
    sources = [config.Source("s", config.SourceKeys("files"), shelf)]
    result = Search(Inline(), sources, lambda _: True).run(parse(SUBJECT))
    assert {(hit.key, hit.row) for hit in result.hits if hit.key == "matning"} == {
        ("matning", 1),
        ("matning", 2),
    }
    assert {hit.via for hit in result.hits if hit.key == "matning"} == {
        "kundnummer → anläggnings-id"
    }


def test_a_file_is_hers_by_its_name() -> None:
    name = f"Avtal {OWN} Anna.pdf"
    sound = Batch("", ("samtal 0701740605.wav",), media="audio/wav")
    shelf = Shelf("s", ((name, ()), ("samtal 0701740605.wav", (sound,))))
    result = Search(
        Inline(), [config.Source("s", config.SourceKeys("files"), shelf)], lambda _: True
    ).run(parse(SUBJECT))
    told = {(hit.key, hit.entity) for hit in result.hits}
    assert told == {(name, "SE_PERSONNUMMER"), ("samtal 0701740605.wav", "VOICE_RECORDING")}


def test_a_protected_identity_stops_the_search() -> None:
    shelf = Shelf("s", (("brev", (Batch("", (f"{OWN}\nSekretessmarkerad",)),)),))
    with pytest.raises(ProtectedError):
        searched([shelf])


def test_leads_are_asked_for_once_refused() -> None:
    asked: list[tuple[Identifier, ...]] = []

    def refuse(leads: tuple[Identifier, ...]) -> bool:
        asked.append(leads)
        return False

    shelf = Shelf("s", (("avtal", columns(**CONTRACT)), ("matning", READINGS)))
    sources = [config.Source("s", config.SourceKeys("files"), shelf)]
    result = Search(Inline(), sources, refuse).run(parse(SUBJECT))
    assert len(asked) == 1
    assert {hit.key for hit in result.hits} == {"avtal"}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPARHUND_CONFIG", raising=False)
    (tmp_path / "sparhund.toml").write_text(
        'policies = ["krafthem"]\n[scan]\nworkers = 1\n'
        '[sources.crm]\nkind = "sql"\nurl = "sqlite:///crm.sqlite"\n'
        '[sources.share]\nkind = "files"\npath = "share"\n',
        encoding="utf-8",
    )
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "brev.txt").write_text(f"Kund: {OWN} {HOSTILE}", encoding="utf-8")
    (tmp_path / "share" / "annat.txt").write_text(f"Kund: {OTHER}", encoding="utf-8")
    (tmp_path / "who.toml").write_text(SUBJECT, encoding="utf-8")
    with sqlite3.connect(tmp_path / "crm.sqlite") as database:
        database.execute("create table kunder (kundnr, personnr, epost, anlaggnings_id)")
        database.execute("insert into kunder values (104260, '198112289874', null, ?)", (POINT,))
        database.execute("create table avlasning (anlaggnings_id, kwh)")
        database.execute("insert into avlasning values (?, 1.5)", (POINT,))
    database.close()
    return tmp_path


def answer(folder: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return whole


def test_the_answer_is_private_whole_and_nowhere_else(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["dsar", "search", "--subject", "who.toml", "--out", "svar", "--expand", "auto"]) == 0
    )
    told = capsys.readouterr()
    assert told.out == ""
    for secret in ("9874", "anna@", "104260", "735999", "Lindström", "alert"):
        assert secret not in told.err
    assert stat.S_IMODE((company / "svar").stat().st_mode) == 0o700
    assert {p.name for p in (company / "svar").iterdir()} == {"result.json", "registerutdrag.html"}
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in (company / "svar").iterdir())
    assert not (company / "sparhund.sqlite").exists(), "a search leaves nothing in the store"
    whole = answer(company / "svar")
    assert list(whole) == ["subject", "searched", "hits"]
    assert whole["subject"] == {
        "kinds": ["personnummer", "customer_number", "email", "phone", "name", "address"]
    }
    assert {"source": "crm", "key": "main.kunder", "status": "scanned", "method": "query"} in whole[
        "searched"
    ]
    hit = next(one for one in whole["hits"] if one["location"] == "personnr")
    assert hit == {
        "source": "crm",
        "key": "main.kunder",
        "location": "personnr",
        "row": 1,
        "entity": "SE_PERSONNUMMER",
        "category": hit["category"],
        "value": "198112289874",
        "via": "personnummer",
        "certainty": "certain",
    }
    assert ("main.avlasning", "1.5") in {(one["key"], one["value"]) for one in whole["hits"]}
    assert "annat.txt" not in {one["key"] for one in whole["hits"]}


def test_hostile_values_are_inert_on_the_page(company: Path) -> None:
    run(["dsar", "search", "--subject", "who.toml", "--out", "svar", "--expand", "off"])
    page = (company / "svar" / "registerutdrag.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "\u202e" not in page


def test_without_a_terminal_nothing_is_followed_and_that_is_said(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(SUBJECT.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(["dsar", "search", "--subject", "-", "--out", "svar"]) == 0
    told = capsys.readouterr().err
    assert "anläggnings-id (1)" in told
    assert "--expand auto" in told
    assert POINT not in told
    assert "main.avlasning" not in {one["key"] for one in answer(company / "svar")["hits"]}


def test_unread_parts_give_exit_code_3_and_are_named(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "share" / "trasig.zip").write_bytes(b"PK\x03\x04 nonsense")
    assert run(["dsar", "search", "--subject", "who.toml", "--out", "svar", "--expand", "off"]) == 3
    assert "share/trasig.zip" in capsys.readouterr().err
    page = (company / "svar" / "registerutdrag.html").read_text(encoding="utf-8")
    assert "share/trasig.zip" in page


def test_a_protected_identity_leaves_nothing(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = company / "share" / "brev.txt"
    path.write_text(f"Kund {OWN}\nOBS: skyddad identitet", encoding="utf-8")
    assert run(["dsar", "search", "--subject", "who.toml", "--out", "svar", "--expand", "off"]) == 1
    told = capsys.readouterr().err
    assert "routine for protected identity" in told
    assert "9874" not in told
    assert not (company / "svar").exists()


def test_the_known_scope_reads_only_what_a_scan_found_it_in(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["dsar", "search", "--subject", "who.toml", "--out", "svar", "--scope", "known"]
    assert run(arguments) == 1
    assert "there is no store yet" in capsys.readouterr().err
    (company / "share" / "tom.txt").write_text("inget", encoding="utf-8")
    assert run(["scan"]) == 0
    assert run([*arguments, "--expand", "auto"]) == 0
    keys = {one["key"] for one in answer(company / "svar")["searched"]}
    assert {"brev.txt", "annat.txt", "main.kunder", "main.avlasning"} <= keys
    assert "tom.txt" not in keys


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--subject", "nobody.toml"], 1, "cannot be read"),
        ([], 2, "no subject"),
        (["--subject", "who.toml", "--out", "share"], 2, "in use"),
        (["--subject", "who.toml", "--personnummer", OWN], 2, "No such option"),
    ],
)
def test_a_mistake_is_one_clear_line(
    company: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    assert run(["dsar", "search", *arguments]) == code
    assert words in capsys.readouterr().err


def test_at_a_terminal_the_subject_and_each_hop_are_asked_for(company: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner.cli", "dsar", "search", "--out", "svar"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    os.close(theirs)
    answers = {"personnummer: ": OWN, "name: ": "Anna Lindström", "[y/N]: ": "y"}
    told = ""
    while True:
        try:
            told += os.read(ours, 4096).decode("utf-8", "replace")
        except OSError:  # the other end has closed: the command has ended
            break
        if told.endswith(": "):
            last = told.splitlines()[-1]
            reply = next((a for end, a in answers.items() if last.lstrip().endswith(end)), "")
            os.write(ours, f"{reply}\n".encode())
            told += "\n"
    os.close(ours)
    assert process.wait(timeout=60) == 0, told
    assert told.count("[y/N]") >= 1
    keys = {(hit["source"], hit["key"]) for hit in answer(company / "svar")["hits"]}
    assert ("crm", "main.avlasning") in keys, "a hop that was agreed to is followed"

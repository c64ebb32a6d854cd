"""Addresses, cookies, devices, secrets, e-mail: windows, odd runs, reports without any."""

from __future__ import annotations

import random
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.checkdigits import is_luhn
from detectors.recognizers import cookie, credential, device, email, ip, mac
from detectors.recognizers.base import Recognizer
from detectors.screen import is_allowed
from detectors.swedish import analyse

MODULES = (ip, mac, cookie, device, credential, email)
CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = [module.PLUGIN.ENTITY for module in MODULES]


def _texts() -> list[str]:
    """Every line of the six corpora, without its marks."""
    texts = []
    for name in NAMES:
        corpus = tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))
        for kind in ("match", "no_match"):
            texts += [re.sub("[«»]", "", line) for line in corpus[kind]]
    return texts


def _hits(recognizer: Recognizer, text: str) -> set[tuple[int, int, float]]:
    return {(hit.start, hit.end, hit.score) for hit in recognizer.find(text)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_window_around_a_trigger_shows_what_the_whole_text_shows(module: ModuleType) -> None:
    trigger, recognizer = re.compile(module.TRIGGER), module.PLUGIN()
    texts = _texts()
    random.Random(4).shuffle(texts)
    whole = "\n".join(texts)
    expected, seen = _hits(recognizer, whole), set()
    for found in trigger.finditer(whole):
        start, end = max(0, found.start() - module.REACH), found.end() + module.REACH
        inside = _hits(recognizer, whole[start:end])
        near = found.start() - module.REACH // 2, found.end() + module.REACH // 2
        shown = {(a + start, b + start, score) for a, b, score in inside}
        overlapping = {hit for hit in shown if hit[0] < found.end() and found.start() < hit[1]}
        assert overlapping <= expected
        seen |= {hit for hit in expected & shown if hit[0] < near[1] and near[0] < hit[1]}
    assert seen == expected


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_trigger_is_written_in_the_subset_of_every_engine(module: ModuleType) -> None:
    assert not re.search(r"\(\?[=!<]|\\[1-9swdSWDAZ]|[*+](?![^\[]*\])|\[\^", module.TRIGGER)
    assert re.search("[^ -~]", re.sub("[åäöÅÄÖÉéÜüØøÆæ]", "", module.TRIGGER)) is None
    assert is_allowed(module.TRIGGER)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@pytest.mark.parametrize("run", ["a", "1", "1.", "a.", ":", "a:", "aa-", "@", "a@", "=", " ", "1 "])
def test_long_runs_cost_little(module: ModuleType, run: str) -> None:
    text = run * (200_000 // len(run))
    before = time.process_time()
    assert len(list(module.PLUGIN().find(text))) < 20
    assert time.process_time() - before < 3


@given(st.ip_addresses(v=4))
def test_every_address_of_a_device_is_found_beside_its_cue(address: object) -> None:
    found = [
        hit for hit in analyse(f"loggade in från {address} i dag") if hit.entity == ip.Ip.ENTITY
    ]
    assert len(found) == (ip.is_host(str(address)) and not str(address).endswith(".0.0.0"))


@given(st.ip_addresses(v=4))
def test_no_address_stands_behind_the_word_version(address: object) -> None:
    assert not list(ip.Ip().find(f"Version {address} av programmet"))


@given(st.ip_addresses(v=6, network="2000::/3"))
def test_every_public_six_is_found(address: object) -> None:
    text = f"adressen {address} nekades"
    assert [text[hit.start : hit.end] for hit in ip.Ip().find(text)] == [str(address)]


@given(st.binary(min_size=6, max_size=6))
def test_a_card_is_the_same_in_each_written_form(raw: bytes) -> None:
    digits = raw.hex()
    colons, dashes = (mark.join(re.findall("..", digits)) for mark in ":-")
    dotted = ".".join(re.findall("....", digits))
    forms = (colons, dashes, dotted, colons.upper(), *(() if digits.isdigit() else (digits,)))
    assert len({mac.is_valid(form) for form in forms}) == 1
    assert not mac.is_valid(colons + ":00")


@given(st.from_regex("[0-9]{15}", fullmatch=True))
def test_an_imei_has_a_check_digit(digits: str) -> None:
    assert device.is_imei(digits) == (is_luhn(digits) and len(set(digits)) > 3)
    assert not [hit for hit in analyse(digits) if hit.entity == device.Device.ENTITY]


@given(st.sampled_from(["", "89"]), st.from_regex("[0-9]{17,18}", fullmatch=True))
def test_a_sim_card_begins_with_89(prefix: str, rest: str) -> None:
    digits = prefix + rest
    fits = len(digits) in (19, 20) and digits.startswith("89") and is_luhn(digits)
    assert device.is_iccid(digits) == fits


@pytest.mark.parametrize(
    "value", ["****", "${PASSWORD}", "<lösen>", "changeme", "DB_PASSWORD", "x"]
)
def test_a_placeholder_is_no_secret(value: str) -> None:
    assert not credential.is_secret(value)
    assert credential.is_secret("Sommar2024!")


@pytest.mark.parametrize(
    "address", ["anna@example.se", "o'hara@sub.example.co.uk", "åsa@exempel.se"]
)
def test_an_address_is_one_whole_string(address: str) -> None:
    assert email.is_valid(address)
    assert not email.is_valid(f"{address} ")
    assert not email.is_valid(f"user={address}")


def _firmware(chance: random.Random) -> str:
    shapes = (
        lambda: f"{chance.randint(0, 30)}.{chance.randint(0, 40)}",
        lambda: f"{chance.randint(1, 12)}.{chance.randint(0, 99)}",
    )
    return f"{chance.choice(shapes)()}.{chance.randint(0, 255)}.{chance.randint(0, 255)}"


def _versions(chance: random.Random) -> str:
    serial = chance.randint(10**7, 10**8 - 1)
    return f"{serial};{_firmware(chance)};{_firmware(chance)};2026-03-{chance.randint(10, 28)};OK"


def _table(chance: random.Random) -> str:
    place, loss = chance.randint(1, 900), chance.random()
    return f"| samlare {place} | {_firmware(chance)} | Götene | {loss:.3f} |"


def _readings(chance: random.Random) -> str:
    code = chance.choice(("1.8.0.255", "2.8.0.255", "32.7.0.255", "96.1.0.255"))
    value = chance.random() * 9e4
    return f"2026-03-12 10:{chance.randint(10, 59)}:00;1-0:{code};{code};{value:.3f};kWh"


def _log(chance: random.Random) -> str:
    digest, batch = chance.randbytes(20).hex(), chance.randbytes(6).hex()
    stamp = f"2026-03-12T10:11:{chance.randint(10, 59)}.{chance.randint(100, 999)}Z"
    return f"{stamp} INFO job={batch} sha={digest} id={chance.randint(10**14, 10**15)} steg 3.2.1"


def _ledger(chance: random.Random) -> str:
    amount = chance.randint(10**5, 10**8) / 100
    reference = chance.randint(10**15, 10**16)
    return f"2026-03-12 V{chance.randint(1, 9999)} 1930 {amount:.2f} OCR {reference}"


def _fingerprint(chance: random.Random) -> str:
    return "fingeravtryck " + chance.randbytes(20).hex(":")


REPORTS: tuple[Callable[[random.Random], str], ...] = (
    _versions, _table, _readings, _log, _ledger, _fingerprint,
)  # fmt: skip


@pytest.mark.parametrize("line", REPORTS, ids=lambda line: line.__name__)
def test_reports_without_anybody_give_next_to_no_hits(line: Callable[[random.Random], str]) -> None:
    chance = random.Random(19)
    text = "\n".join(line(chance) for _ in range(4000))
    for module in MODULES:
        found = [hit for hit in module.PLUGIN().find(text) if hit.score >= 0.5]
        assert len(found) <= 20 * len(text) / 1e6, [text[hit.start : hit.end] for hit in found[:5]]

"""Places and meters: validators, windows that lose nothing, long runs that cost little."""

from __future__ import annotations

import re
import time
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.checkdigits import is_gs1
from detectors.recognizers import (
    address,
    apartment,
    coordinates,
    meter_number,
    metering_point,
    property,
)
from tests.detectors.test_corpus import _all_lines

MODULES = (address, apartment, coordinates, meter_number, metering_point, property)
RUNS = ("1", "a", "A", "5.", "Aa ", "1 ", "Storgatan 1 ", "59.1234 ", "6281234 ", "735999 ", "a:1 ")


def hits(module: ModuleType, text: str) -> set[tuple[int, int, float]]:
    return {(hit.start, hit.end, hit.score) for hit in module.PLUGIN().find(text)}


def screened(module: ModuleType, text: str) -> set[tuple[int, int, float]]:
    """What is found when only windows around triggers are read."""
    windows: list[list[int]] = []
    for trigger in re.finditer(module.TRIGGER, text):
        start, end = max(0, trigger.start() - module.REACH), trigger.end() + module.REACH
        if windows and start <= windows[-1][1]:
            windows[-1][1] = end
        else:
            windows.append([start, end])
    return {
        (start + first, end + first, score)
        for first, last in windows
        for start, end, score in hits(module, text[first:last])
    }


@pytest.mark.parametrize("module", MODULES)
def test_windows_around_triggers_lose_nothing(module: ModuleType) -> None:
    text = "\n".join(line.text for line in _all_lines())
    assert screened(module, text) == hits(module, text)


@pytest.mark.parametrize("module", MODULES)
def test_a_trigger_fires_on_every_line_with_a_hit(module: ModuleType) -> None:
    for line in _all_lines():
        assert not hits(module, line.text) or re.search(module.TRIGGER, line.text), line.text


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("run", RUNS)
def test_long_runs_are_read_in_linear_time(module: ModuleType, run: str) -> None:
    text = run * (200_000 // len(run))
    start = time.process_time()
    sum(1 for _ in module.PLUGIN().find(text))
    assert time.process_time() - start < 5


@pytest.mark.parametrize("module", MODULES)
@given(text=st.text(alphabet="0123456789ABab.,;:/+-°'\" \nNESWåäö", max_size=80))
def test_any_text_gives_spans_inside_it(module: ModuleType, text: str) -> None:
    for start, end, score in hits(module, text):
        assert 0 <= start < end <= len(text)
        assert 0 < score <= 1


@pytest.mark.parametrize("number", ["1001", "1203", "0902", "1101", "2003"])
def test_floor_and_place(number: str) -> None:
    assert apartment.is_valid(number)


@pytest.mark.parametrize("number", ["1200", "0101", "5001", "123", "12034", "12o3", "१२०३"])
def test_no_floor_or_place(number: str) -> None:
    assert not apartment.is_valid(number)


@given(st.integers(5, 49), st.integers(1, 99))
def test_every_floor_and_place_is_an_apartment(floor: int, place: int) -> None:
    assert apartment.is_valid(f"{floor:02}{place:02}")


@pytest.mark.parametrize(
    ("lat", "lon"), [(59.33, 18.07), (57.71, 11.97), (67.86, 20.23), (57.64, 18.29), (55.38, 13.2)]
)
def test_points_in_sweden(lat: float, lon: float) -> None:
    assert coordinates.is_valid(lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"), [(55.68, 10.9), (60.17, 24.94), (66.0, 11.0), (18.07, 59.33), (52.5, 13.4)]
)
def test_points_elsewhere(lat: float, lon: float) -> None:
    assert not coordinates.is_valid(lat, lon)


@pytest.mark.parametrize(
    ("north", "east"), [(6580822, 674032), (6281234, 581234), (7536000, 719000), (6164000, 386000)]
)
def test_sweref_pairs_in_sweden(north: float, east: float) -> None:
    assert coordinates.is_sweref(north, east)


@pytest.mark.parametrize(
    ("north", "east"), [(674032, 6580822), (6132999, 500000), (6580822, 918001), (6281234, 900000)]
)
def test_sweref_pairs_elsewhere(north: float, east: float) -> None:
    assert not coordinates.is_sweref(north, east)


@given(st.integers(0, 10**11 - 1))
def test_one_check_digit_of_ten_makes_a_metering_point(serial: int) -> None:
    numbers = [f"735999{serial:011}{digit}" for digit in range(10)]
    (valid,) = [number for number in numbers if metering_point.is_valid(number)]
    assert is_gs1(valid)
    assert metering_point.is_valid(f"{valid[:6]}-{valid[6:9]} {valid[9:]}")
    assert not metering_point.is_valid(valid[:-1])


@pytest.mark.parametrize("text", ["12345678", "AB12345678", "LGZ1030012345678"])
def test_meter_serials(text: str) -> None:
    assert meter_number.is_valid(text)


@pytest.mark.parametrize("text", ["123", "ABCDEFGH", "2024-01-31", "1" * 40])
def test_no_meter_serials(text: str) -> None:
    assert not meter_number.is_valid(text)


@pytest.mark.parametrize(
    "text", ["Kalmar Rockneby 2:14", "Göteborg Nordstaden 17:5", "Rockneby s:1"]
)
def test_designations(text: str) -> None:
    assert property.is_valid(text)


@pytest.mark.parametrize("text", ["kalmar rockneby 2:14", "2:14", "Kalmar 02:14", "Kalmar 2:14:30"])
def test_no_designations(text: str) -> None:
    assert not property.is_valid(text)

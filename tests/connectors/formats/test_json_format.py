import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.formats import json as json_format
from connectors.formats.base import Document
from connectors.formats.read import read
from connectors.formats.text import VALUE
from scanner.model import Batch

PNR = "19121212-1212"


def batches(data: bytes | str, name: str = "a.json", location: str = "") -> list[Batch]:
    raw = data.encode() if isinstance(data, str) else data
    parts = list(read(Document(name, io.BytesIO(raw), location)))
    found = [part for part in parts if isinstance(part, Batch)]
    assert found == parts
    return found


def columns(data: bytes | str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(data):
        found[batch.location] = found.get(batch.location, ()) + batch.values
    return found


CUSTOMERS = {
    "kunder": [
        {"personnr": PNR, "adress": {"ort": "Kalmar"}, "saldo": 12.50, "aktiv": True},
        {"personnr": "19000101-9802", "adress": {"ort": "Växjö"}, "spärr": None},
    ],
    "version": 3,
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_objects_of_a_list_are_rows_of_columns(indent: int | None, encoding: str) -> None:
    data = json.dumps(CUSTOMERS, ensure_ascii=False, indent=indent).encode(encoding)
    group = "kund.txt#kunder"
    assert batches(data, "kund.txt") == [
        Batch("kunder.personnr", (PNR, "19000101-9802"), "personnr", group),
        Batch("kunder.adress.ort", ("Kalmar", "Växjö"), "ort", group),
        Batch("kunder.saldo", ("12.5", ""), "saldo", group),
        Batch("kunder.aktiv", ("true", ""), "aktiv", group),
        Batch("version", ("3",), "version", "kund.txt"),
    ]


def test_place_of_a_member_leads_the_path() -> None:
    (batch,) = batches('{"namn": "Bo"}', location="in.zip!a.json")
    assert batch == Batch("in.zip!a.json#namn", ("Bo",), "namn", "in.zip!a.json")


def test_lines_of_json_are_rows_and_keep_counting() -> None:
    lines = [{"id": f"k{i}", "rader": [{"belopp": i}, {"belopp": -i}]} for i in range(2500)]
    data = "\n".join(map(json.dumps, lines))
    found = batches(data, "a.jsonl")
    ids = [batch for batch in found if batch.location == "id"]
    assert [batch.first for batch in ids] == [0, 1000, 2000]
    assert [len(batch.values) for batch in ids] == [1000, 1000, 500]
    assert ids[2].values[-1] == "k2499"
    rows = [batch for batch in found if batch.location == "rader.belopp"]
    assert {batch.group for batch in rows} == {"a.jsonl#rader"}
    assert rows[-1].values[-2:] == ("2499", "-2499")


def test_numbers_keep_their_digits() -> None:
    data = '{"a": 735999123456789000, "b": 0.10, "c": 1e5, "d": NaN, "e": ' + "9" * 5000 + "}"
    found = columns(data)
    assert [found[key] for key in "abcd"] == [
        ("735999123456789000",), ("0.10",), ("1e5",), ("NaN",),
    ]  # fmt: skip
    assert found["e"] == ("9" * 5000,)


def test_repeated_keys_are_all_read() -> None:
    assert columns('{"pnr": "19121212-1212", "pnr": "x"}') == {"pnr": (f"{PNR}\nx",)}
    assert columns('{"a": [1], "a": {"b": 2}, "a": 3}') == {
        "a": ("1", "", "3"),
        "a.b": ("", "2", ""),
    }


def test_lists_of_plain_values() -> None:
    assert columns('["a", "b"]') == {"": ("a", "b")}
    assert columns('{"tel": ["1", "2"], "namn": "Bo"}') == {"tel": ("1\n2",), "namn": ("Bo",)}
    hours = json.dumps({"id": 7, "kwh": [i / 10 for i in range(24)]})
    assert len(columns(hours)["kwh"]) == 24
    assert columns('{"data": [["Bo", 1], ["Eva", 2], ["Åsa", 3]]}') == {
        "data.1": ("Bo", "Eva", "Åsa"),
        "data.2": ("1", "2", "3"),
    }


def test_keys_that_are_data_are_values_and_no_location() -> None:
    found = columns(
        {PNR: {"namn": "Bo"}, "bo@example.se": {"namn": "Eva"}}.__repr__().replace("'", '"')
    )
    assert found == {"": (PNR, "bo@example.se"), "namn": ("Bo", "Eva")}
    found = columns('{"saldo": {"19121212-1212": 5, "total": 9}}')
    assert found == {"saldo": (PNR,), "saldo.*": ("5",), "saldo.total": ("9",)}
    found = columns('{"Anna Ek": {"ort": "Lund"}, "Bo Al": {"ort": "Kil"}}')
    assert found == {"": ("Anna Ek", "Bo Al"), "ort": ("Lund", "Kil")}
    many = {f"k{letter}": {"ort": "Lund"} for letter in "abcdefghijklmnopqrstuv"}
    assert set(columns(json.dumps(many))) == {"", "ort"}


def test_odd_keys_make_plain_locations() -> None:
    found = columns(json.dumps({"a\nb": 1, "": {"c": 2}, "x" * 70: {"y" * 70: {"z" * 70: 3}}}))
    assert found["a%0Ab"] == ("1",)
    assert found["c"] == ("2",)
    (long,) = [place for place in found if place.startswith("x")]
    assert len(long) == 200


def test_number_of_locations_is_bounded() -> None:
    data = "\n".join(json.dumps({f"k{i}_{j}": "v" for j in range(10)}) for i in range(1000))
    found = columns(data)
    assert len(found) <= 4097
    assert sum(value.count("v") for values in found.values() for value in values) == 10_000


def test_half_a_character_can_be_stored() -> None:
    assert columns('{"a": "\\ud83dx", "b": "\\ud83d\\ude00"}') == {"a": ("?x",), "b": ("😀",)}


@pytest.mark.parametrize(
    "text",
    [
        "[2024-01-02 10:11] Anna loggade in\n[2024-01-02 10:12] Bo\n",
        "[19121212-1212] Anna\n",
        "[kund]\nnamn = Bo\n",
        "{{ mall }}\n",
        "{namn: Bo}",
        '{"a": 1',
        "{",
        '["19121212-1212',
    ],
)
def test_what_only_begins_like_json_is_text_as_it_stands(text: str) -> None:
    assert batches(text) == [Batch("", (text,))]


def test_truncated_list_gives_its_whole_records_and_the_rest_as_text() -> None:
    data = '{"kunder": [{"namn": "Bo"}, {"namn": "Eva"}, {"namn": "19121212-12'
    assert batches(data) == [
        Batch("kunder.namn", ("Bo", "Eva"), "namn", "a.json#kunder"),
        Batch("", (' {"namn": "19121212-12',)),
    ]


def test_broken_line_costs_only_its_columns() -> None:
    data = '{"a": 1}\n{"a": "19121212-1212\n{"a": 3}\nTraceback: Bo\n{"a": 4}\n'
    assert columns(data) == {
        "a": ("1", "3", "4"),
        "": ('{"a": "19121212-1212\n', "Traceback: Bo\n"),
    }


def test_many_broken_lines_are_one_text() -> None:
    data = '{"a": 1}\n' + "rad med text\n" * 1000
    found = batches(data)
    assert "".join(v for b in found if not b.location for v in b.values).count("rad med") == 1000
    assert len(found) < 110


@pytest.mark.parametrize("data", ["{}", "[]", " [ ] ", '{"a": []}', '{"a": null}', '{"a": ""}'])
def test_empty_json_holds_nothing(data: str) -> None:
    assert batches(data) == []


@pytest.mark.parametrize("unit", ["[", '{"a":', '[{"a":'])
def test_deep_nesting_is_text(unit: str) -> None:
    found = batches(unit * 200_000)
    assert {batch.location for batch in found} == {""}
    assert "".join(v for b in found for v in b.values) == unit * 200_000


def test_what_lies_too_deep_for_columns_is_one_text() -> None:
    found = columns('{"a":' * 200 + f'{{"pnr": "{PNR}"}}' + "}" * 200)
    (values,) = found.values()
    assert values[0].endswith(f"pnr\n{PNR}")


class Endless(io.RawIOBase):
    """A stream made as it is read."""

    def __init__(self, first: bytes, unit: bytes, times: int, last: bytes) -> None:
        self._units = iter([first, *[unit] * times, last])
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self._left:
            unit = next(self._units, None)
            if unit is None:
                return 0
            self._left = unit
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


RECORD = json.dumps({"namn": "Bo Ek", "not": "x" * 400, "rad": [{"b": 1}, {"b": 2}]}).encode()


@pytest.mark.parametrize(
    ("first", "unit", "last", "place"),
    [
        (b"", RECORD + b"\n", b"", "namn"),
        (b"[" + RECORD, b"," + RECORD, b"]", "namn"),
        (b'{"v": 1, "k": {"kunder": [' + RECORD, b"," + RECORD, b"]}}", "k.kunder.namn"),
    ],
)  # fmt: skip
def test_large_documents_take_little_memory(
    first: bytes, unit: bytes, last: bytes, place: str
) -> None:
    times = (10 << 20) // len(unit)
    stream = Endless(first, unit * 100, times // 100, last)
    count, numbers = 0, list[int]()
    tracemalloc.start()
    for batch in json_format.read(Document("a", io.BufferedReader(stream))):
        assert isinstance(batch, Batch)
        assert batch.location != ""
        if batch.location == place:
            count += len(batch.values)
            numbers.append(batch.first)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == times // 100 * 100 + bool(first)
    assert numbers == sorted(set(numbers))
    assert peak < 25 << 20


def test_long_single_line_text_value_is_read_whole() -> None:
    text = f"ord {PNR} " * 500_000
    found = batches(json.dumps({"a": text, "b": "c"}))
    assert "".join(v for b in found if b.location == "a" for v in b.values) == text
    assert max(len(v) for b in found for v in b.values) <= VALUE
    assert found[-1] == Batch("b", ("c",), "b", "a.json")


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, str):
        yield value
    elif not isinstance(value, bool) and value is not None:
        yield json.dumps(value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


@settings(max_examples=60)
@given(VALUES, st.sampled_from([None, 1]))
def test_every_leaf_appears(value: object, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=indent is None, indent=indent).encode()
    if not isinstance(value, dict | list):
        return
    texts = [v for batch in batches(data) for v in batch.values]
    for leaf in leaves(value):
        assert any(leaf in text for text in texts if text or leaf == "") or not leaf


@given(st.lists(st.dictionaries(st.text("abc", min_size=1), st.text()), min_size=1, max_size=8))
def test_rows_stay_aligned(records: list[dict[str, str]]) -> None:
    data = "\n".join(json.dumps(record) for record in records)
    filled = [record for record in records if record]
    found: list[dict[str, str]] = [{} for _ in filled]
    for batch in batches(data):
        assert batch.group == "a.json"
        for index, text in enumerate(batch.values):
            if text:
                found[batch.first + index][batch.location] = text
    assert found == [{key: text for key, text in r.items() if text} for r in filled]


@given(st.text(), st.sampled_from(["{", "[", '{"a":', '{"a": 1}\n', "[1, "]))
def test_nothing_of_a_broken_text_is_lost(text: str, start: str) -> None:
    document = Document("a.json", io.BytesIO((start + text).encode()))
    found = [part for part in json_format.read(document) if isinstance(part, Batch)]
    joined = " ".join(value for batch in found for value in batch.values)
    for word in text.split():
        if word.isalnum():
            assert word in joined

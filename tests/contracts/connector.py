"""What every connector promises. A connector's test subclasses this and gives the fixtures."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from connectors.base import Connector, ReadError
from scanner.model import Batch, Resource, Skipped

ODD_NAMES = (
    "Räkning åäö.txt",
    "två  ord",
    "rad\nbrytning",
    "quo'te\"d",
    "100%.txt",
    "[a].{b}",
    "ö" * 60,
)
"""Names that a source must cope with."""


@dataclass(frozen=True, slots=True)
class Example:
    """A populated source and what is known to be in it."""

    connector: Connector
    texts: Mapping[str, str] = field(default_factory=dict)
    """Key of every resource that can be read: a text that is among its values."""
    skipped: frozenset[str] = frozenset()
    """Keys that are listed as not read."""
    unreadable: frozenset[str] = frozenset()
    """Keys that are listed as resources, and whose reading fails."""
    secrets: tuple[str, ...] = ()
    """What must never be shown."""


class ConnectorContract:
    """Holds for every connector, also for one that reads nothing.

    A subclass has the fixture `example`: a populated source, unreadable parts included where
    there can be such.
    """

    def test_lists_the_same_keys_in_the_same_order_twice(self, example: Example) -> None:
        first, second = list(example.connector.discover()), list(example.connector.discover())
        assert first == second
        keys = [one.key for one in first]
        assert len(keys) == len(set(keys))

    def test_lists_all_and_nothing_else(self, example: Example) -> None:
        listed = list(example.connector.discover())
        resources = {one.key for one in listed if isinstance(one, Resource)}
        assert resources == set(example.texts) | example.unreadable
        assert {one.key for one in listed if isinstance(one, Skipped)} == example.skipped
        assert {one.source for one in listed if isinstance(one, Resource)} <= {
            example.connector.name
        }

    def test_an_unreadable_item_does_not_stop_the_rest(self, example: Example) -> None:
        read = {one.key: _attempt(example.connector, one) for one in _resources(example.connector)}
        failed = {key: str(one) for key, one in read.items() if isinstance(one, ReadError)}
        assert failed.keys() == example.unreadable, failed
        assert not any("\n" in message for message in failed.values())
        for key, text in example.texts.items():
            assert text in _text(read[key])

    def test_reads_the_same_twice_and_from_a_pickled_copy(self, example: Example) -> None:
        copy = pickle.loads(pickle.dumps(example.connector))  # noqa: S301
        assert copy == example.connector
        assert hash(copy) == hash(example.connector)
        for resource in _readable(example):
            first = list(example.connector.read(resource))
            assert first == list(example.connector.read(resource))
            assert first == list(copy.read(resource))

    def test_batches_of_one_group_and_first_are_row_aligned(self, example: Example) -> None:
        for resource in _readable(example):
            lengths: dict[tuple[str, int], set[int]] = {}
            for part in example.connector.read(resource):
                assert isinstance(part, Batch | Skipped)
                if isinstance(part, Batch) and part.group:
                    lengths.setdefault((part.group, part.first), set()).add(len(part.values))
            assert all(len(found) == 1 for found in lengths.values())

    def test_closes_what_it_opens(self, example: Example) -> None:
        def use() -> int:
            for resource in _resources(example.connector):
                if isinstance(_attempt(example.connector, resource), list):
                    broken_off = example.connector.read(resource)
                    next(broken_off, None)
                    del broken_off
            return len(list(Path("/proc/self/fd").iterdir()))

        use()  # what is kept for the process (a client, an engine) is opened now
        assert use() == use()

    def test_shows_no_secret(
        self, example: Example, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        shown = [repr(example.connector)]
        for resource in _resources(example.connector):
            outcome = _attempt(example.connector, resource)
            if isinstance(outcome, ReadError):
                shown += [str(outcome), repr(outcome.__cause__)]
                assert outcome.__suppress_context__ or outcome.__context__ is None
        output = capfd.readouterr()
        shown += [caplog.text, output.out, output.err]
        for secret in example.secrets:
            assert not any(secret in text for text in shown)


class SourceContract(ConnectorContract):
    """Holds for every connector that reads a system.

    A subclass has three more fixtures: `empty`, a source that exists and holds nothing; `missing`,
    one that does not exist, with the example's secrets; `change`, a function that changes the
    content of one resource of the example and returns its key.
    """

    def test_an_empty_source_holds_nothing(self, empty: Connector) -> None:
        assert list(empty.discover()) == []

    def test_a_missing_source_is_one_clear_line(self, missing: Connector, example: Example) -> None:
        with pytest.raises(ReadError) as caught:
            list(missing.discover())
        message = str(caught.value)
        assert f"'{missing.name}'" in message
        assert "\n" not in message
        assert not any(secret in message for secret in example.secrets)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None

    def test_a_resource_that_is_gone_is_a_read_error(self, example: Example) -> None:
        resource = next(_readable(example))
        gone = Resource(resource.source, resource.key + "x")
        with pytest.raises(ReadError):
            list(example.connector.read(gone))

    def test_changed_content_has_another_fingerprint(
        self, example: Example, change: Callable[[], str]
    ) -> None:
        before = {one.key: one.fingerprint for one in _resources(example.connector)}
        key = change()
        after = {one.key: one.fingerprint for one in _resources(example.connector)}
        assert before[key] is None or before[key] != after[key]


def keys(connector: Connector) -> list[str]:
    """Keys of all that is listed, in order."""
    return [one.key for one in connector.discover()]


def columns(connector: Connector, key: str) -> dict[str, list[str]]:
    """All values of a table, by column."""
    found: dict[str, list[str]] = {}
    for part in connector.read(Resource(connector.name, key)):
        if isinstance(part, Batch):
            found.setdefault(part.location, []).extend(part.values)
    return found


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _resources(connector: Connector) -> Iterator[Resource]:
    return (one for one in connector.discover() if isinstance(one, Resource))


def _readable(example: Example) -> Iterator[Resource]:
    return (one for one in _resources(example.connector) if one.key in example.texts)


def _attempt(connector: Connector, resource: Resource) -> list[Batch | Skipped] | ReadError:
    try:
        return list(connector.read(resource))
    except ReadError as error:
        return error


def _text(outcome: list[Batch | Skipped] | ReadError) -> str:
    assert isinstance(outcome, list)
    return "\n".join(value for part in outcome if isinstance(part, Batch) for value in part.values)

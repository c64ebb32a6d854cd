"""Buckets: a real S3 server, its errors, and connections that break."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import boto3
import botocore.exceptions
import pytest

from connectors.base import Connector, Located, ReadError
from connectors.regions import country_of
from connectors.s3 import S3
from scanner.model import Batch, Resource, Skipped
from tests.conftest import S3Store
from tests.contracts.connector import ODD_NAMES, Example, SourceContract


@pytest.fixture
def reader(s3_store: S3Store, monkeypatch: pytest.MonkeyPatch) -> S3:
    """A connector with the reader's credentials, for a fresh bucket."""
    monkeypatch.setenv("TEST_ACCESS", s3_store.reader_access_key)
    monkeypatch.setenv("TEST_SECRET", s3_store.reader_secret_key)
    return S3(
        "bucket",
        s3_store.create_bucket(),
        endpoint_url=s3_store.endpoint,
        region="eu-north-1",
        access_key_env="TEST_ACCESS",
        secret_key_env="TEST_SECRET",
    )


def keys(connector: Connector) -> list[str]:
    return [one.key for one in connector.discover()]


def text_of(connector: Connector, key: str) -> str:
    parts = connector.read(Resource("bucket", key))
    return "".join(value for part in parts if isinstance(part, Batch) for value in part.values)


class TestS3(SourceContract):
    @pytest.fixture
    def example(self, s3_store: S3Store, reader: S3) -> Example:
        names = [*ODD_NAMES, "mapp/en.txt", "mapp.txt", "%41+.txt", "/".join(["å" * 45] * 10)]
        texts = {key: f"innehåll nummer {number}" for number, key in enumerate(names)}
        for key, text in texts.items():
            s3_store.client.put_object(Bucket=reader.bucket, Key=key, Body=text.encode())
        s3_store.client.put_object(Bucket=reader.bucket, Key="tom/", Body=b"")
        s3_store.client.put_object(
            Bucket=reader.bucket, Key="arkiv.txt", Body=b"x", StorageClass="GLACIER"
        )
        secrets = (s3_store.reader_secret_key,)
        return Example(reader, texts, frozenset({"arkiv.txt"}), secrets=secrets)

    @pytest.fixture
    def empty(self, reader: S3) -> Connector:
        return reader

    @pytest.fixture
    def missing(self, reader: S3) -> Connector:
        return replace(reader, bucket="readable-nowhere")

    @pytest.fixture
    def change(self, s3_store: S3Store, reader: S3) -> Callable[[], str]:
        def change() -> str:
            body = "INNEHÅLL nummer 7".encode()
            s3_store.client.put_object(Bucket=reader.bucket, Key="mapp/en.txt", Body=body)
            return "mapp/en.txt"

        return change


def test_facts_of_an_object(s3_store: S3Store, reader: S3) -> None:
    s3_store.client.put_object(Bucket=reader.bucket, Key="a.txt", Body=b"hej")
    (found,) = reader.discover()
    assert isinstance(found, Resource)
    assert (found.source, found.key, found.size) == ("bucket", "a.txt", 3)
    assert found.modified is not None
    assert found.modified.tzinfo is UTC
    assert abs(datetime.now(UTC) - found.modified) < timedelta(minutes=5)


def test_archived_objects_say_what_to_do(s3_store: S3Store, reader: S3) -> None:
    for storage in ("GLACIER", "DEEP_ARCHIVE", "STANDARD_IA"):
        s3_store.client.put_object(
            Bucket=reader.bucket,
            Key=storage,
            Body=b"x",
            StorageClass=storage,
        )
    found = {one.key: getattr(one, "reason", None) for one in reader.discover()}
    archived = "archived; restore it first"
    assert found == {"DEEP_ARCHIVE": archived, "GLACIER": archived, "STANDARD_IA": None}


def test_prefix_include_and_exclude(s3_store: S3Store, reader: S3) -> None:
    for key in ("a/x.txt", "a/y.csv", "a/tmp/z.txt", "ab.txt", "b/x.txt"):
        s3_store.client.put_object(Bucket=reader.bucket, Key=key, Body=b"x")
    assert keys(replace(reader, prefix="a/")) == ["a/tmp/z.txt", "a/x.txt", "a/y.csv"]
    chosen = replace(reader, include=("**/*.txt",), exclude=("a/tmp/**", "b/*"))
    assert keys(chosen) == ["a/x.txt", "ab.txt"]


def test_lists_more_than_a_page(s3_store: S3Store, reader: S3) -> None:
    wanted = [f"{number:05}.txt" for number in range(2050)]

    def put(key: str) -> None:
        s3_store.client.put_object(Bucket=reader.bucket, Key=key, Body=b"x")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, wanted))
    assert keys(reader) == wanted


def test_the_reader_cannot_write(s3_store: S3Store, reader: S3) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=s3_store.endpoint,
        aws_access_key_id=s3_store.reader_access_key,
        aws_secret_access_key=s3_store.reader_secret_key,
        region_name="eu-north-1",
    )
    with pytest.raises(botocore.exceptions.ClientError, match="AccessDenied"):
        client.put_object(Bucket=reader.bucket, Key="a", Body=b"x")
    client.close()


def test_assumes_a_role(s3_store: S3Store, reader: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    s3_store.client.put_object(Bucket=reader.bucket, Key="a.txt", Body=b"hej")
    monkeypatch.setenv("TEST_ACCESS", s3_store.access_key)
    monkeypatch.setenv("TEST_SECRET", s3_store.secret_key)
    assumed = replace(reader, name="roll", role_arn=s3_store.role, external_id="avtal-7")
    assert keys(assumed) == ["a.txt"]
    assert text_of(assumed, "a.txt") == "hej"
    closed = replace(assumed, bucket=s3_store.create_closed_bucket())
    with pytest.raises(ReadError, match="is denied"):  # the administrator's own rights are gone
        keys(closed)


def test_a_role_that_may_not_be_assumed(reader: S3) -> None:
    other = replace(reader, role_arn="arn:aws:iam::123456789012:role/another")
    with pytest.raises(ReadError, match="role may not be assumed; mend `role_arn`"):
        keys(other)


def test_the_profile_of_a_configuration_file(
    s3_store: S3Store,
    reader: S3,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("aws") / "credentials"
    file.write_text(
        f"[skanner]\naws_access_key_id = {s3_store.reader_access_key}\n"
        f"aws_secret_access_key = {s3_store.reader_secret_key}\n"
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    s3_store.client.put_object(Bucket=reader.bucket, Key="a.txt", Body=b"hej")
    bare = replace(reader, access_key_env=None, secret_key_env=None)
    assert keys(replace(bare, profile="skanner")) == ["a.txt"]
    with pytest.raises(ReadError, match="no such profile; mend `profile`"):
        keys(replace(bare, profile="annan"))


class TestErrors:
    def message(self, connector: S3) -> str:
        with pytest.raises(ReadError) as caught:
            list(connector.discover())
        message = str(caught.value)
        assert message.startswith(f"source '{connector.name}': ")
        assert "\n" not in message
        return message

    def test_no_bucket(self, reader: S3) -> None:
        message = self.message(replace(reader, bucket="readable-nowhere"))
        assert message.endswith("mend `bucket` or `endpoint_url`")

    def test_no_right(self, s3_store: S3Store, reader: S3) -> None:
        message = self.message(replace(reader, bucket=s3_store.create_closed_bucket()))
        assert (
            "is denied; give the credentials the rights s3:ListBucket and s3:GetObject" in message
        )

    def test_wrong_secret(self, reader: S3, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WRONG_SECRET", "fel-canary-77")
        message = self.message(replace(reader, secret_key_env="WRONG_SECRET"))
        assert "the secret key is not the access key's" in message
        assert "canary" not in message

    def test_unknown_access_key(self, reader: S3, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WRONG_ACCESS", "okand-canary-77")
        message = self.message(replace(reader, access_key_env="WRONG_ACCESS"))
        assert "does not know the access key" in message
        assert "canary" not in message

    def test_missing_variable(self, reader: S3) -> None:
        message = self.message(replace(reader, secret_key_env="NOT_SET_ANYWHERE"))
        assert "secret_key_env names the environment variable NOT_SET_ANYWHERE" in message

    def test_no_credentials(self, reader: S3) -> None:
        message = self.message(replace(reader, access_key_env=None, secret_key_env=None))
        assert "there are no credentials; name them with access_key_env" in message

    def test_unreachable(self, reader: S3) -> None:
        message = self.message(replace(reader, endpoint_url="http://127.0.0.1:9"))
        assert "http://127.0.0.1:9 cannot be reached; mend `endpoint_url`" in message

    def test_not_tls(self, reader: S3, s3_store: S3Store) -> None:
        endpoint = s3_store.endpoint.replace("http:", "https:")
        assert endpoint in self.message(replace(reader, endpoint_url=endpoint))

    def test_no_bucket_name(self, reader: S3) -> None:
        assert "`bucket`" in self.message(replace(reader, bucket="två ord"))


@pytest.mark.parametrize(
    ("keys", "cue"),
    [
        ({"bucket": ""}, "bucket is empty"),
        ({"endpoint_url": "https://nyckel:canary@s3.example.se"}, "endpoint_url holds credentials"),
        ({"endpoint_url": "s3.example.se"}, "endpoint_url is not an address"),
        ({"access_key_env": "A"}, "access_key_env and secret_key_env go together"),
        ({"session_token_env": "A"}, "session_token_env needs access_key_env"),
        ({"external_id": "A"}, "give role_arn too"),
        ({"access_key_env": "A", "secret_key_env": "B", "profile": "p"}, "keep one"),
    ],
)
def test_refuses_what_cannot_work(keys: dict[str, str], cue: str) -> None:
    with pytest.raises(ValueError, match=cue) as caught:
        S3(**{"name": "b", "bucket": "b", **keys})  # type: ignore[arg-type]
    assert "canary" not in str(caught.value)


@contextmanager
def cutting_proxy(port: int, *, after: int, times: int) -> Iterator[str]:
    """An address that leads to `port`, and breaks a connection `after` bytes, so many `times`."""
    left = [times]

    def serve(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            threading.Thread(target=pump, args=(client, server, None), daemon=True).start()
            pump(server, client, after)

    def pump(source: socket.socket, target: socket.socket, limit: int | None) -> None:
        sent = 0
        try:
            while data := source.recv(65536):
                target.sendall(data)
                sent += len(data)
                if limit is not None and sent > limit and left[0] > 0:
                    left[0] -= 1
                    target.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            return

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


LONG = "".join(f"rad nummer {number}\n" for number in range(400_000)).encode()


def test_takes_a_broken_connection_up_again(s3_store: S3Store, reader: S3) -> None:
    s3_store.client.put_object(Bucket=reader.bucket, Key="stor.txt", Body=LONG)
    port = int(s3_store.endpoint.rpartition(":")[2])
    whole = list(reader.read(Resource("bucket", "stor.txt")))
    with cutting_proxy(port, after=2_000_000, times=2) as address:
        through = replace(reader, endpoint_url=address)
        assert list(through.read(Resource("bucket", "stor.txt"))) == whole


def test_gives_a_connection_up_that_breaks_again_and_again(s3_store: S3Store, reader: S3) -> None:
    s3_store.client.put_object(Bucket=reader.bucket, Key="stor.txt", Body=LONG)
    port = int(s3_store.endpoint.rpartition(":")[2])
    with cutting_proxy(port, after=500_000, times=99) as address:
        through = replace(reader, endpoint_url=address)
        with pytest.raises(ReadError, match="the connection broke"):
            list(through.read(Resource("bucket", "stor.txt")))


def test_an_object_that_changes_while_a_connection_is_broken(s3_store: S3Store, reader: S3) -> None:
    s3_store.client.put_object(Bucket=reader.bucket, Key="stor.txt", Body=LONG)
    port = int(s3_store.endpoint.rpartition(":")[2])
    with cutting_proxy(port, after=4_000_000, times=1) as address:
        parts = replace(reader, endpoint_url=address).read(Resource("bucket", "stor.txt"))
        assert isinstance(next(parts), Batch)
        s3_store.client.put_object(Bucket=reader.bucket, Key="stor.txt", Body=LONG.upper())
        with pytest.raises(ReadError, match="was changed while it was read"):
            list(parts)


def test_country_comes_from_the_region() -> None:
    assert isinstance(S3("b", "b"), Located)
    assert S3("b", "b", region="us-east-1").country() == "US"
    assert S3("b", "b", region="eu-north-1", endpoint_url="http://127.0.0.1:1").country() == "SE"
    assert S3("b", "b", region="pluto-1").country() == ""
    assert S3("b", "b", endpoint_url="http://127.0.0.1:1").country() == ""


def test_every_public_region_has_a_country() -> None:
    session = boto3.session.Session()
    public = {"aws", "aws-cn", "aws-us-gov", "aws-eusc"}
    regions = [
        region
        for partition in public & set(session.get_available_partitions())
        for region in session.get_available_regions("s3", partition_name=partition)
    ]
    assert len(regions) > 30
    assert [region for region in regions if not country_of(region)] == []
    assert country_of("eu-west-2") == "GB"
    assert country_of("eu-central-2") == "CH"
    assert country_of("") == ""


def test_a_skip_is_not_a_resource(s3_store: S3Store, reader: S3) -> None:
    s3_store.client.put_object(
        Bucket=reader.bucket, Key="a", Body=b"x", StorageClass="DEEP_ARCHIVE"
    )
    assert list(reader.discover()) == [Skipped("a", "archived; restore it first")]

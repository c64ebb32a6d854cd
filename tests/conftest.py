"""Real servers, started once and only when a test asks for one."""

from __future__ import annotations

import base64
import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import boto3
import pytest

from scanner.demo import server
from tests import servers

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ADMIN = server.administrator("admin-key", "admin-Qw77-canary")
READABLE = tuple(f"readable-{number}" for number in range(1, 100))
READER = server.reader("reader-key", "reader-Qw77-canary", *READABLE, "readable-nowhere")
ROLE = "arn:aws:iam::123456789012:role/reader"


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names of cases that are equal in every process, so that several can share the tests."""
    if isinstance(val, set | frozenset):
        return ",".join(sorted(map(str, val)))
    if isinstance(val, tuple):
        return " ".join(map(str, val))
    return "bytes" if isinstance(val, bytes) else None


@dataclass(frozen=True, slots=True)
class S3Store:
    """A running S3 server and who may use it."""

    endpoint: str
    client: S3Client
    """The administrator's."""
    access_key: str = ADMIN.access_key
    secret_key: str = ADMIN.secret_key
    reader_access_key: str = READER.access_key
    reader_secret_key: str = READER.secret_key
    """May list and read the buckets that `create_bucket` gives, and nothing else."""
    role: str = ROLE
    """Anybody with credentials may assume it; its rights are the reader's."""
    names: Iterator[str] = field(default_factory=lambda: iter(READABLE))
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def create_bucket(self) -> str:
        """Create a fresh, empty bucket that the reader may list and read; gives its name."""
        name = next(self.names)
        self.client.create_bucket(Bucket=name)
        return name

    def create_closed_bucket(self) -> str:
        """Create a fresh bucket that the reader has no right to; gives its name."""
        name = f"closed-{next(self.numbers)}"
        self.client.create_bucket(Bucket=name)
        return name


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Postgres]:
    """A real PostgreSQL server; `create_database()` gives fresh databases."""
    try:
        with servers.postgres() as running:
            yield running
    except servers.MissingServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def s3_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Store]:
    """A real S3 server; `create_bucket()` gives fresh buckets."""
    folder = tmp_path_factory.mktemp("s3")
    try:
        roles = folder / "roles.json"
        roles.write_text(json.dumps(_roles()))
        options = [f"-s3.iam.config={roles}"]
        with server.s3_server(folder, (ADMIN, READER), options) as endpoint:
            client = boto3.client(
                "s3",
                endpoint_url=endpoint,
                aws_access_key_id=ADMIN.access_key,
                aws_secret_access_key=ADMIN.secret_key,
                region_name="eu-north-1",
            )
            yield S3Store(endpoint, client)
            client.close()
    except server.ServerError as error:
        pytest.fail(str(error), pytrace=False)


def _roles() -> dict[str, object]:
    """The server's settings for `ROLE`."""

    def policy(**statement: object) -> dict[str, object]:
        return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}

    buckets = "arn:aws:s3:::readable-*"
    rights = policy(Action=["s3:GetObject", "s3:ListBucket"], Resource=[buckets, f"{buckets}/*"])
    trust = policy(Action=["sts:AssumeRole"], Principal="*")
    signing_key = base64.b64encode(bytes(32)).decode()
    return {
        "sts": {"tokenDuration": "1h", "issuer": "tests", "signingKey": signing_key},
        "policy": {"defaultEffect": "Deny", "storeType": "memory"},
        "policies": [{"name": "read", "document": rights}],
        "roles": [
            {
                "roleName": "reader",
                "roleArn": ROLE,
                "trustPolicy": trust,
                "attachedPolicies": ["read"],
            }
        ],
    }


@pytest.fixture(autouse=True)
def _no_cloud_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds credentials, profiles or machine roles that this machine happens to have."""
    for variable in tuple(os.environ):
        if variable.startswith(("AWS_", "PG")):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)

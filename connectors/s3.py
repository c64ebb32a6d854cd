"""Buckets in Amazon S3 and in stores that speak its protocol."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from functools import cache, partial
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from connectors.base import ReadError
from connectors.formats.base import Document
from connectors.formats.read import read as read_document
from connectors.globs import selects
from connectors.regions import country_of
from connectors.s3_errors import worded
from scanner.model import Batch, Resource, Skipped

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, ObjectTypeDef

_ARCHIVED = {"GLACIER", "DEEP_ARCHIVE"}
_BROKEN = (BotoCoreError, HTTPClientError, OSError)
_REOPENINGS = 3
"""How often one object's connection may break before it is given up."""


@dataclass(frozen=True, slots=True)
class S3:
    """A bucket, or a part of one. Needs the rights `s3:ListBucket` and `s3:GetObject`, no more.

    Credentials are those named here, else what the AWS tools find by themselves: a profile, the
    `AWS_` environment variables, the machine's role. A fingerprint is the object's ETag, size and
    time. Folder markers (empty objects whose key ends with `/`) are not listed; archived objects
    are listed as not read. Objects come in the order in which the store lists them.
    """

    name: str
    bucket: str
    """The bucket's name."""
    prefix: str = ""
    """Only keys that begin so; they are listed by their whole key."""
    include: tuple[str, ...] = ("**/*",)
    """Globs on keys; an object is read if one fits. `**` crosses folders."""
    exclude: tuple[str, ...] = ()
    """Globs on keys that are left out."""
    endpoint_url: str | None = None
    """Address of an S3-compatible store, such as `https://s3.example.se`; default: Amazon's."""
    region: str | None = None
    """The bucket's region; it also tells the country that the data lies in."""
    anonymous: bool = False
    """True: a public bucket; requests are not signed."""
    profile: str | None = None
    """A profile of the AWS configuration files."""
    role_arn: str | None = None
    """A role to assume, for a bucket in another account; asked of `endpoint_url` where given."""
    external_id: str | None = None
    """What the role's owner wants to be told, if anything."""
    access_key_env: str | None = None
    """Environment variable that holds the access key."""
    secret_key_env: str | None = None
    """Environment variable that holds the secret key."""
    session_token_env: str | None = None
    """Environment variable that holds the session token of temporary credentials."""

    def __post_init__(self) -> None:
        """Refuse what can never work, and secrets in the config."""
        if not self.bucket:
            raise ValueError("bucket is empty; name the bucket to read")
        if self.endpoint_url is not None:
            parts = urlsplit(self.endpoint_url)
            if parts.username is not None or parts.password is not None:
                raise ValueError(
                    "endpoint_url holds credentials; put them in environment variables and name"
                    " these with access_key_env and secret_key_env"
                )
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(
                    "endpoint_url is not an address; write it like https://s3.example.se"
                )
        if (self.access_key_env is None) != (self.secret_key_env is None):
            raise ValueError("access_key_env and secret_key_env go together; give both or none")
        if self.session_token_env is not None and self.access_key_env is None:
            raise ValueError("session_token_env needs access_key_env and secret_key_env beside it")
        if self.access_key_env is not None and self.profile is not None:
            raise ValueError("access_key_env and profile are two sets of credentials; keep one")
        if self.anonymous and (self.access_key_env or self.profile or self.role_arn):
            raise ValueError("anonymous needs no credentials; keep it, or the credentials")
        if self.external_id is not None and self.role_arn is None:
            raise ValueError("external_id is told when a role is assumed; give role_arn too")

    def discover(self) -> Iterator[Resource | Skipped]:
        """List the objects, page by page."""
        try:
            pages = self._client().get_paginator("list_objects_v2")
            for page in pages.paginate(
                Bucket=self.bucket,
                Prefix=self.prefix,
                OptionalObjectAttributes=["RestoreStatus"],
            ):
                for found in page.get("Contents", []):
                    yield from self._listed(found)
        except (ClientError, BotoCoreError) as error:
            raise self._failed(error) from None

    def read(self, resource: Resource) -> Iterator[Batch | Skipped]:
        """Read one object as a stream; where the connection breaks, it is taken up again."""
        try:
            client = self._client()
            answer = client.get_object(Bucket=self.bucket, Key=resource.key)
            raw = _Object(client, self.bucket, resource.key, answer)
            with closing(raw), io.BufferedReader(raw) as stream:
                # A BufferedReader is a BinaryIO in all but its declaration.
                yield from read_document(
                    Document(
                        resource.key, cast(io.BytesIO, stream), modified=answer["LastModified"]
                    )
                )
        except (ClientError, BotoCoreError, HTTPClientError) as error:
            raise self._failed(error) from None
        except OSError as error:
            code = errno.errorcode.get(error.errno or 0, "unknown error")
            raise ReadError(f"this machine could not hold the object ({code})") from None

    def country(self) -> str:
        """The country of `region`, else of the bucket's own; "" when neither is known."""
        if self.region is not None:
            return country_of(self.region)
        if _other_store(self.endpoint_url) is not None:
            return ""  # what other stores answer about regions says nothing of where they are
        try:
            answer = self._client().get_bucket_location(Bucket=self.bucket)
        except (ClientError, BotoCoreError, ReadError):
            return ""
        told = cast(str | None, answer.get("LocationConstraint"))
        old = {None: "us-east-1", "": "us-east-1", "EU": "eu-west-1"}
        return country_of(old.get(told) or str(told))

    def _listed(self, found: ObjectTypeDef) -> Iterator[Resource | Skipped]:
        key, size = found["Key"], found["Size"]
        if key.endswith("/") and size == 0:
            return
        if not selects(key, self.include, self.exclude):
            return
        restored = "RestoreExpiryDate" in found.get("RestoreStatus", {})
        if found.get("StorageClass") in _ARCHIVED and not restored:
            yield Skipped(key, "archived; restore it first")
            return
        modified = found["LastModified"].astimezone(UTC)
        etag = found.get("ETag", "").strip('"')
        fingerprint = f"{etag}-{size}-{modified:%Y%m%dT%H%M%S.%f}" if etag else None
        yield Resource(self.name, key, fingerprint=fingerprint, size=size, modified=modified)

    def _failed(self, error: Exception) -> ReadError:
        return ReadError(f"source '{self.name}': {worded(error, self.bucket, self.endpoint_url)}")

    def _client(self) -> S3Client:
        keys = ("access_key_env", "secret_key_env", "session_token_env")
        return _client(self, tuple(self._secret(key) for key in keys), os.getpid())

    def _secret(self, key: str) -> str | None:
        variable = getattr(self, key)
        if variable is None:
            return None
        value = os.environ.get(variable)
        if not value:
            raise ReadError(
                f"source '{self.name}': {key} names the environment variable {variable},"
                " which is not set; set it"
            )
        return value


class _Object(io.RawIOBase):
    """An object's bytes; a broken connection is taken up again where it broke."""

    def __init__(
        self, client: S3Client, bucket: str, key: str, answer: GetObjectOutputTypeDef
    ) -> None:
        self._client, self._bucket, self._key = client, bucket, key
        self._position = 0
        self._reopenings = 0
        self._etag = answer.get("ETag", "")
        self._body = answer["Body"]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            try:
                data = self._body.read(len(buffer))
            except _BROKEN:
                self._reopen()
                continue
            buffer[: len(data)] = data
            self._position += len(data)
            return len(data)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()

    def _reopen(self) -> None:
        self._body.close()
        self._reopenings += 1
        if self._reopenings > _REOPENINGS or not self._etag:
            raise ReadError("the connection broke while the object was read; scan again")
        answer = self._client.get_object(
            Bucket=self._bucket,
            Key=self._key,
            Range=f"bytes={self._position}-",
            IfMatch=self._etag,
        )
        self._body = answer["Body"]


class _AssumedRole(CredentialProvider):
    """A role's credentials, taken when first needed and renewed before they end."""

    METHOD = "assume-role"

    def __init__(self, session: botocore.session.Session, connector: S3) -> None:
        super().__init__()
        extra = {"RoleSessionName": "sparhund"}
        if connector.external_id is not None:
            extra["ExternalId"] = connector.external_id
        self._fetcher = AssumeRoleCredentialFetcher(
            client_creator=partial(
                session.create_client,
                region_name=session.get_config_variable("region") or "us-east-1",
                endpoint_url=_other_store(connector.endpoint_url),
            ),
            source_credentials=session.get_credentials(),
            role_arn=str(connector.role_arn),
            extra_args=extra,
        )

    def load(self) -> DeferredRefreshableCredentials:
        return DeferredRefreshableCredentials(self._fetcher.fetch_credentials, self.METHOD)


def _other_store(endpoint_url: str | None) -> str | None:
    """An address outside Amazon's, whose store hands out its own roles."""
    host = urlsplit(endpoint_url or "").hostname or ""
    is_amazon = host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"))
    return None if is_amazon else endpoint_url


@cache
def _client(
    connector: S3,
    credentials: tuple[str | None, ...],
    process: int,  # noqa: ARG001  # sockets are not for a fork
) -> S3Client:
    """The connector's client, one a process."""
    session = botocore.session.Session(profile=connector.profile)
    access_key, secret_key, session_token = credentials
    if access_key is not None and secret_key is not None:
        session.set_credentials(access_key, secret_key, session_token)
    if connector.region is not None:
        session.set_config_variable("region", connector.region)
    if connector.role_arn is not None:
        assumed = botocore.session.Session(profile=connector.profile)
        resolver = CredentialResolver(providers=[_AssumedRole(session, connector)])
        assumed.register_component("credential_provider", resolver)
        session = assumed
    return boto3.session.Session(botocore_session=session, region_name=connector.region).client(
        "s3",
        endpoint_url=connector.endpoint_url,
        config=Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": 4},
            signature_version=UNSIGNED if connector.anonymous else None,
            s3={"addressing_style": "path" if _other_store(connector.endpoint_url) else "auto"},
            # other stores do not know the newer checksums, and answer ranges with the whole's
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


PLUGIN = S3

"""The made-up company's bucket, served on loopback by a real S3 server."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from scanner.demo.server import Identity, ServerError, administrator, s3_server

_GROWING = 20
"""Seconds in which a new server may refuse objects, because it still makes room for them."""


@contextmanager
def serve(folder: Path, bucket: str, objects: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Serve a public bucket that holds the objects; gives the endpoint. Raises `ServerError`."""
    access, secret = secrets.token_hex(8), secrets.token_hex(16)
    public = Identity("anonymous", "", "", (f"Read:{bucket}", f"List:{bucket}"))
    with s3_server(folder, [administrator(access, secret), public]) as endpoint:
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=access,
            aws_secret_access_key=secret,
            config=Config(retries={"max_attempts": 5, "mode": "standard"}),
        )
        client.create_bucket(Bucket=bucket)
        for key, body in objects:
            _put(client, bucket, key, body)
        yield endpoint


def _put(client: object, bucket: str, key: str, body: bytes) -> None:
    give_up = time.monotonic() + _GROWING
    while True:
        try:
            client.put_object(Bucket=bucket, Key=key, Body=body)  # type: ignore[attr-defined]
        except (BotoCoreError, ClientError):
            if time.monotonic() > give_up:
                raise ServerError("the S3 server takes no objects; is the disk full?") from None
            time.sleep(0.2)
        else:
            return

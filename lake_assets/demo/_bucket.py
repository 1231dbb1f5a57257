"""The demo's bucket: filled through the S3 interface, as any other program would."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

BUCKET = "flights-demo"
KEY_ID = "demo"
SECRET = "demo-is-not-secret"  # noqa: S105  moto takes any; a real one never stands in code


def fill_bucket(endpoint: str, seed: Path) -> None:
    """Make the bucket and put every file of a folder into it.

    Args:
        endpoint: The store's address.
        seed: The folder; a file's path in it is the key of its object.
    """
    store = _client(endpoint)
    store.create_bucket(Bucket=BUCKET)
    for file in sorted(seed.rglob("*.csv")):
        store.put_object(Bucket=BUCKET, Key=file.relative_to(seed).as_posix(), Body=file.read_bytes())


def _client(endpoint: str) -> S3Client:
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        config=Config(proxies={}, s3={"addressing_style": "path"}),
    )

"""Objects of a bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lake_assets.connectors import open_connector
from lake_assets.declarations import snake_case
from lake_assets.errors import ConnectorError
from lake_assets.inference.grouping import groups_of
from lake_assets.inference.nothing_known import NothingKnown
from lake_assets.inference.target import Target
from lake_assets.model import Options

__all__ = ["bucket_targets"]

_PATIENCE: Options = {"timeout_s": 20, "retries": 1}
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


def bucket_targets(uri: str) -> list[Target]:
    """Say what an S3 URI stands for: an object, the objects of a glob, or all kinds of objects below a prefix.

    Credentials are those that boto3 finds; `AWS_ENDPOINT_URL` names a store that is not Amazon's.

    Args:
        uri: `s3://bucket/key`.

    Raises:
        ConnectorError: When there is nothing, or the store cannot be asked.
    """
    parts = urlsplit(uri, allow_fragments=False)
    bucket, key = parts.netloc, uri.removeprefix(f"s3://{parts.netloc}").removeprefix("/")
    if not bucket:
        raise ConnectorError("the URI names no bucket", place=uri, mend="write s3://bucket/key")
    if any(sign in key for sign in "*?["):
        return [_target(bucket, key, key.partition("*")[0].rstrip("/-_") or bucket)]
    keys = _keys(bucket, key)
    if key in keys:
        return [_target(bucket, key, key)]
    prefix = f"{key.rstrip('/')}/" if key else ""
    below = [each.removeprefix(prefix) for each in keys if each.startswith(prefix)]
    if not below:
        raise ConnectorError("the bucket has no such object", place=uri, mend="correct the key or the prefix")
    return list(_groups(bucket, prefix, below))


def _keys(bucket: str, prefix: str) -> list[str]:
    everything = _target(bucket, prefix, bucket)
    found = open_connector(everything.source).discover(everything.dataset(), NothingKnown())
    return sorted(arrival.origin for arrival in found)


def _groups(bucket: str, prefix: str, below: Sequence[str]) -> Iterator[Target]:
    for group in groups_of(below):
        yield _target(bucket, f"{prefix}{group.pattern}", group.stem or prefix.rstrip("/") or bucket)


def _target(bucket: str, origin: str, name: str) -> Target:
    endpoint = next((each for each in _ENDPOINTS if os.environ.get(each)), "")
    options: Options = {"bucket": bucket, **({"endpoint_url": f"${{{endpoint}}}"} if endpoint else {})}
    called = snake_case(name.rpartition("/")[2].partition(".")[0])
    return Target(called, "s3", origin, options, patience=_PATIENCE)

"""The S3 client of a lake root, and its errors in ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from lake_assets.errors import StorageError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["open_client", "told"]

_GONE = {"404", "NoSuchKey"}
_TAKEN = {"409", "412", "ConditionalRequestConflict", "PreconditionFailed"}


def open_client(options: Mapping[str, str]) -> S3Client:
    """A client for the store that object_store's options name."""
    import boto3  # noqa: PLC0415 - half a second that a lake on disk need not pay
    from botocore.config import Config  # noqa: PLC0415 - see above

    # As object_store does it: a store of one's own seldom has a host name for each bucket.
    style: Literal["path", "auto"] = "path" if "aws_endpoint_url" in options else "auto"
    return boto3.client(
        "s3",
        endpoint_url=options.get("aws_endpoint_url"),
        region_name=options.get("aws_region", "us-east-1"),
        aws_access_key_id=options.get("aws_access_key_id"),
        aws_secret_access_key=options.get("aws_secret_access_key"),
        aws_session_token=options.get("aws_session_token"),
        config=Config(s3={"addressing_style": style}),
    )


@contextmanager
def told(path: str, place: str) -> Iterator[None]:
    """Say what goes wrong with an object as the file system would, or as a `StorageError`.

    Args:
        path: Its path under the lake root.
        place: Its full name, bucket and all.

    Raises:
        FileNotFoundError: When it is not there.
        FileExistsError: When it was to be made and is there.
        StorageError: When the store cannot be reached or refuses.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - see above

    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        if code in _GONE:
            raise FileNotFoundError(path) from error
        if code in _TAKEN:
            raise FileExistsError(path) from error
        raise _refused(error, place) from error
    except BotoCoreError as error:
        raise _refused(error, place) from error


def _refused(error: Exception, place: str) -> StorageError:
    mend = "check LAKE_S3_ENDPOINT, the bucket and its credentials, then run again"
    return StorageError(f"the object store refuses: {error}", place=place, mend=mend)

"""A client of an object store, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from lake_assets.connectors.protocol import ConnectorOptions
from lake_assets.errors import ConnectorError
from lake_assets.model.duration import DURATION_PATTERN, read_duration
from lake_assets.settings import expand

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["Ascending", "Notifications", "S3Options", "boto_client", "client", "mapped"]

_CREDENTIALS = (
    "correct the credentials that key_id_env and secret_env name, or ask the bucket's owner for the right"
)
_MENDS = {
    "AWS.SimpleQueueService.NonExistentQueue": "correct queue under notifications, and region",
    "QueueDoesNotExist": "correct queue under notifications, and region",
    "NoSuchBucket": "correct bucket, endpoint_url and region",
    "404": "correct bucket, endpoint_url and region",
    "PermanentRedirect": "correct region",
    "AuthorizationHeaderMalformed": "correct region",
    "NoSuchKey": "nothing: it is gone, and the next look does not list it",
    "PreconditionFailed": "nothing: the next look takes the new version",
    "InvalidObjectState": "restore the object from the archive first",
    "SlowDown": "run again later",
    "AccessDenied": _CREDENTIALS,
    "403": _CREDENTIALS,
    "InvalidAccessKeyId": _CREDENTIALS,
    "SignatureDoesNotMatch": _CREDENTIALS,
    "ExpiredToken": _CREDENTIALS,
}


class _Relisted(ConnectorOptions):
    """A way to look at a bucket without listing all of it.

    Args:
        relist: How often to list all of it nevertheless, for what was not seen.
    """

    relist: str = Field(default="1d", pattern=f"^{DURATION_PATTERN}$")

    @property
    def relist_s(self) -> int:
        """Seconds after which the bucket is listed again."""
        return read_duration(self.relist) or 0


class Ascending(_Relisted):
    """New objects have keys that sort after those of older ones, as where a key begins with the day."""


class Notifications(_Relisted):
    """A queue of SQS that is told of new objects, by S3 itself, through SNS or by EventBridge.

    Args:
        queue: Its URL or its name. No other source may read it.
        endpoint_url: Of a queue service that is not Amazon's, where a name is given.
    """

    queue: str = Field(min_length=1)
    endpoint_url: str = ""


def _as_notifications(declared: object) -> object:
    return {"queue": declared} if isinstance(declared, str) else declared


def _as_ascending(declared: object) -> object:
    return ({} if declared else None) if isinstance(declared, bool) else declared


class S3Options(ConnectorOptions):
    """What a source of this kind declares; without credentials here boto3 looks where it always does.

    Args:
        bucket: Its name.
        endpoint_url: Of a store that is not Amazon's.
        region: Of the bucket.
        key_id_env: Which environment variable holds the key id.
        secret_env: Which one holds the secret.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        retries: How often to ask again after a failure that may pass.
        notifications: Where new objects are told of, so that the bucket need not be listed at each look; the URL or
            name of the queue is enough.
        ascending: Whether a listing may begin after the last key that landed; `true`, or how often not to.
        versions: Whether each version that the bucket keeps of an object is to land, not only the newest.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    bucket: str
    endpoint_url: str = ""
    region: str = ""
    key_id_env: str = ""
    secret_env: str = ""
    timeout_s: float = Field(default=60, gt=0)
    retries: int = Field(default=4, ge=0)
    notifications: Annotated[Notifications | None, BeforeValidator(_as_notifications)] = None
    ascending: Annotated[Ascending | None, BeforeValidator(_as_ascending)] = None
    versions: bool = False

    @model_validator(mode="after")
    def _both_or_none(self) -> S3Options:
        if bool(self.key_id_env) != bool(self.secret_env):
            raise ValueError("key_id_env and secret_env go together")
        if self.notifications and self.ascending:
            raise ValueError(
                "ascending says how to list, which notifications are there to save: declare one of them"
            )
        if self.versions and (self.notifications or self.ascending):
            raise ValueError(
                "versions lists all that the bucket keeps, which notifications and ascending are there to save: "
                "declare one of them"
            )
        return self


def client(options: S3Options) -> S3Client:
    """Make a client; nothing is sent yet.

    Raises:
        SettingsError: When a variable is not set.
    """
    return cast("S3Client", boto_client("s3", options, expand(options.endpoint_url)))


def boto_client(service: str, options: S3Options, endpoint: str) -> object:
    """Make a client of a service with the credentials that are declared; nothing is sent yet.

    Args:
        service: As boto3 calls it.
        options: What is declared.
        endpoint: Where it is, when it is not Amazon's.

    Raises:
        SettingsError: When a variable is not set.
    """
    import boto3  # noqa: PLC0415  boto3 takes longer to import than the rest of the room; only S3 sources pay for it
    from botocore.config import Config  # noqa: PLC0415  as boto3

    config = Config(
        connect_timeout=options.timeout_s,
        read_timeout=options.timeout_s,
        retries={"mode": "standard", "total_max_attempts": options.retries + 1},
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    made: object = boto3.client(
        service,  # type: ignore[call-overload]  # the stubs know some services only
        endpoint_url=endpoint or None,
        region_name=expand(options.region) or None,
        aws_access_key_id=_variable(options.key_id_env),
        aws_secret_access_key=_variable(options.secret_env),
        config=config,
    )
    return made


@contextmanager
def mapped(place: str) -> Iterator[None]:
    """Turn what boto3 raises into one kind of error.

    Raises:
        ConnectorError: For each failure of boto3.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  as boto3

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "no code"))
        mend = _MENDS.get(code, "look the code up in the documentation of the store")
        raise ConnectorError(f"the store refuses: {code}", place=place, mend=mend) from error
    except (BotoCoreError, OSError, ValueError) as error:
        what, mend = _said(error)
        raise ConnectorError(f"{what} ({type(error).__name__})", place=place, mend=mend) from error


def _said(error: Exception) -> tuple[str, str]:
    from botocore import exceptions  # noqa: PLC0415  as boto3

    if isinstance(error, exceptions.NoCredentialsError | exceptions.PartialCredentialsError):
        return (
            "no credentials are found",
            "declare key_id_env and secret_env, or set AWS_ACCESS_KEY_ID and its secret",
        )
    if isinstance(error, exceptions.IncompleteReadError | exceptions.ResponseStreamingError):
        return "the object is cut", "run again; what is landed already stays"
    if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError):
        return "the store cannot be reached", "check endpoint_url and region, and that the store runs"
    return "the store cannot be asked", "correct endpoint_url, bucket and region"


def _variable(name: str) -> str | None:
    return expand(f"${{{name}}}") if name else None

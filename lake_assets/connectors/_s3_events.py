"""What a message says of objects: an event as S3 sends it, directly or through SNS, or as EventBridge does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

__all__ = ["keys_told"]

_ENVELOPE = "Message"


def keys_told(body: str, bucket: str) -> list[str]:
    """The keys of the objects of a bucket that a message tells of; none where it tells of others, or of a test.

    Args:
        body: Of the message.
        bucket: Whose objects are wanted.

    Raises:
        ValueError: When it is no message about objects.

    >>> keys_told('{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "flights"}', "flights")
    []
    """
    said = json.loads(body)
    if isinstance(said, dict) and isinstance(said.get(_ENVELOPE), str) and "TopicArn" in said:
        said = json.loads(said[_ENVELOPE])
    try:
        return list(dict.fromkeys(key for name, key in _told(said) if name == bucket and key))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it does not tell of objects") from error


def _told(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Bucket and key of each object."""
    if said.get("Event") == "s3:TestEvent":
        return
    if "detail" in said:
        # EventBridge tells keys as they are.
        yield said["detail"]["bucket"]["name"], said["detail"]["object"]["key"]
        return
    for record in said["Records"]:
        place = record["s3"]
        # S3 itself tells them as they stand in a form.
        yield place["bucket"]["name"], unquote_plus(place["object"]["key"])

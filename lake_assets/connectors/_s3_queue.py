"""A queue that tells of new objects: read whole at each look, and cleared only of what the lake has recorded."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from lake_assets.connectors._s3_client import S3Options, boto_client, mapped
from lake_assets.settings import expand

__all__ = ["Message", "Queue", "open_queue"]

_AT_ONCE = 10
_MOST = 10_000
_HELD_S = 60
_LISTEN_S = 1


class _Client(Protocol):
    """What is asked of Amazon's client; answers are JSON."""

    def get_queue_url(self, *, QueueName: str) -> dict[str, Any]: ...  # noqa: N803 - the service's names

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]: ...  # noqa: N803

    def receive_message(self, **asked: object) -> dict[str, Any]: ...

    def change_message_visibility_batch(self, *, QueueUrl: str, Entries: list[Any]) -> dict[str, Any]: ...  # noqa: N803

    def delete_message_batch(self, *, QueueUrl: str, Entries: list[Any]) -> dict[str, Any]: ...  # noqa: N803

    def close(self) -> None: ...


@dataclass(frozen=True)
class Message:
    """A message that is held for a while.

    Args:
        number: What the queue calls it; the same at each time it is received.
        body: Its text.
        receipt: By which it is deleted or given back.
    """

    number: str
    body: str
    receipt: str = field(repr=False)


@dataclass(frozen=True)
class Queue:
    """A queue, to be closed.

    Args:
        client: Asks it.
        url: Its address.
        place: For errors.
    """

    client: _Client = field(repr=False)
    url: str
    place: str

    def take(self, patience_s: float = 0) -> tuple[list[Message], bool]:
        """Every message that can be had, held for a minute, so that nobody else receives it meanwhile.

        Args:
            patience_s: How long to wait for those that another holds, as a run that looks at the same time does.

        Returns:
            The messages, and whether they are all.

        Raises:
            ConnectorError: When the queue cannot be asked.
        """
        with mapped(self.place):
            until = time.monotonic() + patience_s
            taken = dict(self._taken())
            while not (is_all := len(taken) >= self._held()) and time.monotonic() < until:
                time.sleep(patience_s / 10)
                taken |= dict(self._taken())
        return list(taken.values()), is_all and len(taken) < _MOST

    def give_back(self, messages: Iterable[Message]) -> None:
        """Let messages be received again at once."""
        with mapped(self.place):
            for some in _batches(messages):
                entries = [{**entry, "VisibilityTimeout": 0} for entry in _entries(some)]
                self.client.change_message_visibility_batch(QueueUrl=self.url, Entries=entries)

    def delete(self, messages: Iterable[Message]) -> None:
        """Delete messages; one that could not be deleted is received again."""
        with mapped(self.place):
            for some in _batches(messages):
                self.client.delete_message_batch(QueueUrl=self.url, Entries=_entries(some))

    def close(self) -> None:
        """Let the connections go."""
        self.client.close()

    def _taken(self) -> Iterator[tuple[str, Message]]:
        for _ in range(_MOST // _AT_ONCE):
            # Listening for a second asks all servers of the queue; a look without asks only some of them.
            answer = self.client.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=_AT_ONCE,
                WaitTimeSeconds=_LISTEN_S,
                VisibilityTimeout=_HELD_S,
            )
            messages = answer.get("Messages", [])
            for each in messages:
                yield each["MessageId"], Message(each["MessageId"], each["Body"], each["ReceiptHandle"])
            if not messages:
                return

    def _held(self) -> int:
        """About how many messages are held, ours among them."""
        name = "ApproximateNumberOfMessagesNotVisible"
        found = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])
        return int(found.get("Attributes", {}).get(name, 0))


def open_queue(options: S3Options, place: str) -> Queue:
    """Find the queue that is declared.

    Args:
        options: What is declared; with notifications.
        place: For errors.

    Raises:
        ConnectorError: When there is no such queue, or it cannot be asked.
    """
    declared = options.notifications
    named = expand(declared.queue) if declared else ""
    is_url = "://" in named
    parts = urlsplit(named)
    endpoint = (
        f"{parts.scheme}://{parts.netloc}" if is_url else expand(declared.endpoint_url if declared else "")
    )
    where = f"{place}, queue {named.rpartition('/')[2]}"
    with mapped(where):
        client = cast("_Client", boto_client("sqs", options, endpoint))
        url = named if is_url else client.get_queue_url(QueueName=named)["QueueUrl"]
    return Queue(client, url, where)


def _batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    left = iter(messages)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _entries(messages: Sequence[Message]) -> list[dict[str, object]]:
    return [{"Id": str(number), "ReceiptHandle": each.receipt} for number, each in enumerate(messages)]

"""The objects that a queue tells of, instead of a listing of the bucket."""

from __future__ import annotations

from collections.abc import Callable, Collection

from lake_assets.connectors._s3_events import keys_told
from lake_assets.connectors._s3_queue import Message, Queue
from lake_assets.errors import ConnectorError

__all__ = ["forget_recorded", "told_keys"]

_PATIENCE_S = 5.0

Fits = Callable[[str], bool]


def told_keys(queue: Queue, bucket: str, fits: Fits) -> list[str] | None:
    """The keys that messages tell of; all messages stay, until what they tell of is recorded.

    None where another holds some of the messages, and does not give them back.

    Args:
        queue: The queue.
        bucket: Whose objects are wanted.
        fits: Whether the dataset wants a key.

    Raises:
        ConnectorError: When the queue cannot be asked.
    """
    messages, are_all = queue.take(_PATIENCE_S)
    queue.give_back(messages)
    keys = dict.fromkeys(key for each in messages for key in _keys(each, bucket) or () if fits(key))
    return list(keys) if are_all else None


def forget_recorded(
    queue: Queue, bucket: str, mine: Fits, others: Collection[Fits], is_recorded: Callable[[str], bool]
) -> list[str]:
    """Delete the messages whose objects are all recorded, and those that tell of nothing that is wanted.

    Args:
        queue: The queue.
        bucket: Whose objects are wanted.
        mine: Whether this dataset wants a key.
        others: Likewise, for each other dataset of the source.
        is_recorded: Whether the object of a key, as it is now, is recorded; or it is gone.

    Returns:
        What is wrong with messages that stay.

    Raises:
        ConnectorError: When the queue cannot be asked.
    """
    messages, _ = queue.take()
    finished, unread = [], list[Message]()
    try:
        for each in messages:
            keys = _keys(each, bucket)
            if keys is None:
                unread.append(each)
            elif all(_is_settled(key, mine, others, is_recorded) for key in keys):
                finished.append(each)
        queue.delete(finished)
    finally:
        deleted = {each.number for each in finished}
        queue.give_back(each for each in messages if each.number not in deleted)
    return [str(_not_understood(queue, len(unread)))] if unread else []


def _is_settled(key: str, mine: Fits, others: Collection[Fits], is_recorded: Callable[[str], bool]) -> bool:
    """Whether nothing is left to be done about an object."""
    if any(fits(key) for fits in others):
        return False  # what the other dataset has recorded is not known here
    return not mine(key) or is_recorded(key)


def _keys(message: Message, bucket: str) -> list[str] | None:
    try:
        return keys_told(message.body, bucket)
    except ValueError:
        return None


def _not_understood(queue: Queue, count: int) -> ConnectorError:
    what = f"{count:,} messages do not tell of objects" if count > 1 else "a message does not tell of objects"
    mend = "send nothing else to this queue, and give it a queue for dead letters; they stay until then"
    return ConnectorError(what, place=queue.place, mend=mend)

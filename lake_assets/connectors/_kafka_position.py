"""How far a topic has been read: what is remembered with every file, and committed with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

__all__ = ["Position"]


@dataclass(frozen=True)
class Position:
    """Where reading goes on.

    Args:
        topic: The topic.
        topic_id: What tells it from another of the same name; empty where the cluster gives none.
        offsets: The next offset by partition, in the order of the partitions.
    """

    topic: str = ""
    topic_id: str = ""
    offsets: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Position | None:
        """Read what `text` wrote; None for anything else: then nothing has been read.

        >>> Position.read('{"topic": "t", "topic_id": "", "offsets": {"0": 7}}').offsets
        {0: 7}
        >>> Position.read('{"next": "items?page=2"}'), Position.read("")
        (None, None)
        """
        try:
            read = json.loads(text)
            offsets = {int(partition): int(offset) for partition, offset in read["offsets"].items()}
            return cls(str(read["topic"]), str(read["topic_id"]), offsets)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def text(self) -> str:
        """As it is remembered: the same text for the same position."""
        offsets = {str(partition): offset for partition, offset in sorted(self.offsets.items())}
        return json.dumps({**asdict(self), "offsets": offsets})

    def after(self, partition: int, offset: int) -> Position:
        """The position when a partition has been read up to an offset.

        >>> Position("t", "", {0: 7, 1: 3}).after(1, 5).offsets
        {0: 7, 1: 5}
        """
        return replace(self, offsets={**self.offsets, partition: offset})

"""What is remembered with the records of a pull by dlt."""

from __future__ import annotations

import json
from dataclasses import dataclass

__all__ = ["DltState"]

_KIND = "dlt"


@dataclass(frozen=True)
class DltState:
    """The state of a resource after a pull.

    Args:
        text: As dlt writes it; empty where the resource keeps none.
        pull: Which pull it was, from 1.
    """

    text: str = ""
    pull: int = 0

    @classmethod
    def read(cls, remembered: str) -> DltState:
        """What `dump` wrote; for anything else the state before the first pull.

        >>> DltState.read(DltState('{"sources": {}}', 3).dump())
        DltState(text='{"sources": {}}', pull=3)
        >>> DltState.read("") == DltState.read('{"offsets": {}}') == DltState()
        True
        """
        try:
            kept = json.loads(remembered)
            return cls(str(kept[_KIND]), int(kept["pull"]))
        except (ValueError, KeyError, TypeError):
            return cls()

    def dump(self) -> str:
        """As it is remembered."""
        return json.dumps({_KIND: self.text, "pull": self.pull})

"""When a bucket was listed, and how far: what is remembered with each object that lands."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from lake_assets.connectors.protocol import Known

__all__ = ["Listing", "Way"]


@dataclass(frozen=True)
class Listing:
    """The last listing of a bucket.

    Args:
        at: When it was listed from the first key on; None where it never was.
        after: The key up to which all that was listed has landed, where keys ascend; empty before the first.
    """

    at: datetime | None = None
    after: str = ""

    @classmethod
    def remembered(cls, known: Known) -> Listing:
        """Read what `text` wrote.

        Args:
            known: What has been landed.
        """
        try:
            told = json.loads(known.state)
            return cls(datetime.fromisoformat(told["listed"]), str(told.get("after", "")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def text(self) -> str:
        """As it is remembered; empty where there is nothing to remember."""
        if self.at is None:
            return ""
        return json.dumps({"listed": self.at.isoformat()} | ({"after": self.after} if self.after else {}))

    def is_old(self, longest_s: int) -> bool:
        """Whether it is time to list from the first key on, for what was not seen since."""
        return self.at is None or datetime.now(UTC) - self.at > timedelta(seconds=longest_s)


@dataclass
class Way:
    """How far the objects of a look have landed, one after the other.

    Args:
        listing: What is remembered before the first of them.
        ascends: Whether they come in the order of their keys, so that the next look can go on after the last.
    """

    listing: Listing
    ascends: bool = False
    _is_cut: bool = False

    def passed(self, key: str) -> str:
        """What is to be remembered with an object that has landed.

        Args:
            key: Its key. Beyond one that has failed the next look does not go.
        """
        if self.ascends and not self._is_cut:
            self.listing = replace(self.listing, after=key)
        return self.listing.text()

    def failed(self) -> None:
        """Take note that an object could not be fetched."""
        self._is_cut = True

"""A lake that has landed nothing yet, as connectors see it."""

from __future__ import annotations

__all__ = ["NothingKnown"]


class NothingKnown:
    """What is known before the first look: nothing, so a connector offers all there is."""

    def has(self, origin: str, fingerprint: str) -> bool:
        """Nothing has been landed."""
        del origin, fingerprint
        return False

    def latest_fingerprint(self, origin: str) -> str | None:
        """Nothing has been landed."""
        del origin
        return None

    @property
    def state(self) -> str:
        """Nothing was to be remembered."""
        return ""

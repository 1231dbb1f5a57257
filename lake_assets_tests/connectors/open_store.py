"""A store that several connectors of a test use, which none of them must close."""

from __future__ import annotations

from typing import Any


class OpenStore:
    """An S3 client whose `close` does nothing.

    Args:
        store: The client.
    """

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def close(self) -> None:
        pass

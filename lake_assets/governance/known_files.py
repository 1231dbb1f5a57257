"""What connectors are told of the files that have been landed: made for a registry of a million of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from lake_assets.model import FetchedFile

__all__ = ["KnownFiles"]

_FEW = 64
"""So many origins are looked up one by one: an index of a million takes longer than a small inbox."""


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"origin": pl.String, "fingerprint": pl.String})


@dataclass
class KnownFiles:
    """What has been landed of a dataset; see `lake_assets.connectors.Known`.

    Args:
        files: `origin` and `fingerprint` of each file that was noted, oldest first.
        state: What was to be remembered with the newest.
    """

    files: pl.DataFrame = field(default_factory=_nothing, repr=False)
    state: str = ""
    _waiting: dict[str, str] = field(default_factory=dict)
    _waited: set[tuple[str, str]] = field(default_factory=set)
    _asked: int = 0

    def await_landing(self, files: Iterable[FetchedFile]) -> None:
        """Know files that wait in temporary landing: what is on its way is not fetched again."""
        for file in files:
            self._waiting[file.origin] = file.fingerprint
            self._waited.add((file.origin, file.fingerprint))
            self.state = file.state

    def has(self, origin: str, fingerprint: str) -> bool:
        """Whether these bytes of this origin are known."""
        latest = self.latest_fingerprint(origin)
        if latest is None or latest == fingerprint:
            return latest is not None
        if (origin, fingerprint) in self._waited:
            return True
        return fingerprint in self._of(origin) if self._is_few else (origin, fingerprint) in self._noted

    def latest_fingerprint(self, origin: str) -> str | None:
        """The fingerprint under which the origin came last."""
        self._asked += 1
        if origin in self._waiting:
            return self._waiting[origin]
        return next(reversed(self._of(origin)), None) if self._is_few else self._latest.get(origin)

    @property
    def _is_few(self) -> bool:
        return self._asked <= _FEW

    def _of(self, origin: str) -> list[str]:
        """The fingerprints under which an origin came, oldest first."""
        return self.files.filter(pl.col("origin") == origin)["fingerprint"].to_list()

    @cached_property
    def _latest(self) -> dict[str, str]:
        return dict(self._pairs)

    @cached_property
    def _noted(self) -> set[tuple[str, str]]:
        """Of origins that came more than once, which few do."""
        return set(self._pairs)

    @property
    def _pairs(self) -> Iterable[tuple[str, str]]:
        return zip(self.files["origin"].to_list(), self.files["fingerprint"].to_list(), strict=True)

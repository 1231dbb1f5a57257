"""What connectors are told of the files that have been landed: made for a registry of a million of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from lake_assets.model import FetchedFile

__all__ = ["KnownFiles"]


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
        return (origin, fingerprint) in self._waited or (origin, fingerprint) in self._noted

    def latest_fingerprint(self, origin: str) -> str | None:
        """The fingerprint under which the origin came last."""
        return self._waiting.get(origin) or self._latest.get(origin)

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

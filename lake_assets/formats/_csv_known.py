"""The elements that a mapping knows by name: where they stand, there is the header."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lake_assets.model import Mapping

__all__ = ["KnownElements"]


@dataclass(frozen=True)
class KnownElements:
    """Of each known column, all that it may be called in a file.

    >>> known = KnownElements((frozenset({"price", "cost"}), frozenset({"day"})))
    >>> known.are_all_in(["day", " cost "]), known.are_all_in(["price"]), known.is_any_in(["price"])
    (True, False, True)
    """

    names: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, mapping: Mapping) -> KnownElements:
        """Those of a mapping."""
        names: dict[str, set[str]] = {}
        for name, column in mapping.by_source_name().items():
            names.setdefault(column.name, set()).add(name)
        return cls(tuple(map(frozenset, names.values())))

    def are_all_in(self, cells: Iterable[str]) -> bool:
        """Whether there are known elements, and the cells of a record name each of them."""
        found = {cell.strip() for cell in cells} if self.names else set[str]()
        return bool(self.names) and not any(map(found.isdisjoint, self.names))

    def is_any_in(self, cells: Iterable[str]) -> bool:
        """Whether a cell of a record names one of them."""
        found = {cell.strip() for cell in cells} if self.names else set[str]()
        return not all(map(found.isdisjoint, self.names))

"""The kinds of connector, format and engine that are installed, found by entry point."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from lake_assets.errors import DeclarationError, near_names

__all__ = ["installed_kinds", "load_kind"]


@cache
def installed_kinds(room: str) -> dict[str, EntryPoint]:
    """The entry points of the group `lake_assets.<room>`, by kind.

    Args:
        room: `connectors`, `formats` or `engines`.
    """
    return {point.name: point for point in entry_points(group=f"lake_assets.{room}")}


@cache
def load_kind(room: str, kind: str) -> object:
    """The class that is registered for a kind.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    kinds = installed_kinds(room)
    if kind not in kinds:
        mend = near_names(kind, kinds)
        raise DeclarationError(f"no {room.removesuffix('s')} is of the kind {kind!r}", mend=mend)
    found: object = kinds[kind].load()
    return found

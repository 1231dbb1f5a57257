"""A name that no table has, told with the names that are near."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lake_assets.errors import UnknownTableError, near_names
from lake_assets.lake import Lake
from lake_assets.model import Zone

__all__ = ["naming_near_tables"]


@contextmanager
def naming_near_tables(lake: Lake, name: str = "") -> Iterator[None]:
    """Add the names of the lake's tables to an `UnknownTableError` that a block raises.

    Args:
        lake: The lake.
        name: What was asked for, if it is one name.
    """
    try:
        yield
    except UnknownTableError as error:
        wrong = name or error.what.rpartition(" ")[2]
        raise UnknownTableError(
            error.what, place=error.place, mend=near_names(wrong, _names(lake))
        ) from error


def _names(lake: Lake) -> list[str]:
    zones = [zone for zone in Zone if zone.holds_tables]
    return [f"{zone}.{name}" for zone in zones for name in lake.root.files.folders(zone.value)]

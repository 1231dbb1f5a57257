"""Libraries that only some lakes have, loaded at the moment of use."""

from __future__ import annotations

from importlib import import_module

from lake_assets.errors import ConnectorError

__all__ = ["missing_extra", "require_extra"]


def require_extra(name: str, extra: str, place: str) -> None:
    """See that a library is there that comes with an extra of ours.

    Args:
        name: The module.
        extra: The extra that brings it.
        place: Who needs it.

    Raises:
        ConnectorError: When it is not installed.
    """
    try:
        import_module(name)
    except ImportError as error:
        raise missing_extra(name, extra, place) from error


def missing_extra(name: str, extra: str, place: str) -> ConnectorError:
    """What to raise when a library is not there; see `require_extra`."""
    what = f"the library {name.partition('.')[0]} is not installed"
    return ConnectorError(what, place=place, mend=f"pip install 'lake-assets[{extra}]'")

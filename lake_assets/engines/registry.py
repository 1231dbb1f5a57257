"""The engine that a kind stands for."""

from __future__ import annotations

from typing import cast

from lake_assets.engines.protocol import Engine
from lake_assets.extensions import load_kind
from lake_assets.model import Transformation

__all__ = ["engine_class", "open_engine"]


def engine_class(kind: str) -> type[Engine]:
    """The class of a kind.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    return cast("type[Engine]", load_kind("engines", kind))


def open_engine(transformation: Transformation) -> Engine:
    """Make the engine of a transformation; nothing outside is touched yet."""
    return engine_class(transformation.engine)(transformation)

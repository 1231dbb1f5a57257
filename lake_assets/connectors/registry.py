"""The connector that a kind stands for."""

from __future__ import annotations

from typing import cast

from lake_assets.connectors.protocol import Connector
from lake_assets.extensions import load_kind
from lake_assets.model import Source

__all__ = ["connector_class", "open_connector"]


def connector_class(kind: str) -> type[Connector]:
    """The class of a kind.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    return cast("type[Connector]", load_kind("connectors", kind))


def open_connector(source: Source) -> Connector:
    """Make the connector of a source; nothing outside is touched yet."""
    return connector_class(source.connector)(source)

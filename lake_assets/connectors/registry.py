"""The connector that a kind stands for."""

from __future__ import annotations

from typing import cast

from lake_assets.connectors.protocol import ChecksDatasets, Connector
from lake_assets.extensions import load_kind
from lake_assets.model import Source

__all__ = ["check_source", "connector_class", "open_connector", "usual_format"]


def connector_class(kind: str) -> type[Connector]:
    """The class of a kind.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    return cast("type[Connector]", load_kind("connectors", kind))


def usual_format(kind: str) -> str:
    """The format of what a kind of connector lands; empty where that is as the origin lets expect.

    Raises:
        DeclarationError: When no such kind is installed.
    """
    return str(getattr(connector_class(kind), "usual_format", ""))


def open_connector(source: Source) -> Connector:
    """Make the connector of a source; nothing outside is touched yet."""
    return connector_class(source.connector)(source)


def check_source(source: Source) -> None:
    """Let the connector of a source refuse what single options do not tell; nothing outside is touched.

    Raises:
        DeclarationError: When what is declared of a dataset does not fit together.
    """
    if issubclass(connector_class(source.connector), ChecksDatasets):
        connector = cast("ChecksDatasets", open_connector(source))
        for dataset in source.datasets:
            connector.check(dataset)

"""From the outside to temporary landing: one file per kind of source."""

from lake_assets.connectors.protocol import Connector, ConnectorOptions, Known, NoOptions
from lake_assets.connectors.registry import connector_class, open_connector

__all__ = [
    "Connector",
    "ConnectorOptions",
    "Known",
    "NoOptions",
    "connector_class",
    "open_connector",
]

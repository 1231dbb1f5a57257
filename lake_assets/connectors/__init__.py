"""From the outside to temporary landing: one file per kind of source."""

from lake_assets.connectors._rest_records import list_in
from lake_assets.connectors.protocol import (
    ClearsAway,
    Connector,
    ConnectorOptions,
    Known,
    NoOptions,
    Watched,
    WatchPlace,
)
from lake_assets.connectors.registry import check_source, connector_class, open_connector, usual_format

__all__ = [
    "ClearsAway",
    "Connector",
    "ConnectorOptions",
    "Known",
    "NoOptions",
    "WatchPlace",
    "Watched",
    "check_source",
    "connector_class",
    "list_in",
    "open_connector",
    "usual_format",
]

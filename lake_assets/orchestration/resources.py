"""The lake, and the ways into it, as Dagster resources."""

from __future__ import annotations

import dagster as dg

from lake_assets.connectors import Connector, open_connector
from lake_assets.extensions import installed_kinds
from lake_assets.lake import Lake, Steps
from lake_assets.model import Source

__all__ = ["ConnectorResource", "LakeResource", "lake_resources"]


class LakeResource(dg.ConfigurableResource["LakeResource"]):
    """The lake.

    Args:
        root: A folder or `s3://` URI; empty for `LAKE_ROOT`, else `lake` in the working directory.
    """

    root: str = ""

    def steps(self, run_id: str) -> Steps:
        """The flow of the lake in a run of Dagster's."""
        return Lake.open(self.root or None).steps(run_id)


class ConnectorResource(dg.ConfigurableResource["ConnectorResource"]):
    """A kind of connector; replace it in your definitions to reach all sources of that kind in another way.

    Args:
        kind: The kind.
    """

    kind: str

    def open(self, source: Source) -> Connector:
        """The connector of a source; nothing outside is touched yet."""
        return open_connector(source)


def lake_resources() -> dict[str, object]:
    """The resources that the lake's assets need, by key: `lake`, and one for each kind of connector."""
    kinds = installed_kinds("connectors")
    return {"lake": LakeResource(), **{kind: ConnectorResource(kind=kind) for kind in kinds}}

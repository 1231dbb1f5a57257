"""The lake, and the ways into it, as Dagster resources."""

import os
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import PrivateAttr

from lake_assets.connectors import Connector, open_connector
from lake_assets.connectors.s3 import S3, S3Options
from lake_assets.extensions import installed_kinds
from lake_assets.lake import Lake, Steps
from lake_assets.model import Source
from lake_assets.settings import expand

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

__all__ = ["ConnectorResource", "LakeResource", "S3ConnectorResource", "lake_resources"]


class LakeResource(dg.ConfigurableResource["LakeResource"]):
    """The lake.

    Args:
        root: A folder or `s3://` URI; empty for `LAKE_ROOT`, else `lake` in the working directory.
    """

    root: str = ""
    _lake: Lake | None = PrivateAttr(default=None)

    def open(self) -> Lake:
        """The lake itself; the same each time, so that a run reads its declarations once."""
        if self._lake is None:
            self._lake = Lake.open(self.root or None)
        return self._lake

    def steps(self, run_id: str) -> Steps:
        """The flow of the lake in a run of Dagster's."""
        return self.open().steps(run_id)


class ConnectorResource(dg.ConfigurableResource["ConnectorResource"]):
    """A kind of connector; replace it in your definitions to reach all sources of that kind in another way.

    Args:
        kind: The kind.
    """

    kind: str

    def open(self, source: Source) -> Connector:
        """The connector of a source; nothing outside is touched yet."""
        return open_connector(source)


class S3ConnectorResource(ConnectorResource):
    """S3 through dagster-aws, which also knows profiles and sessions.

    Args:
        profile_name: A profile of the AWS configuration; empty for what the source or the environment names.
        max_attempts: How often a request is tried.
    """

    kind: str = "s3"
    profile_name: str = ""
    max_attempts: int = 5

    def open(self, source: Source) -> Connector:
        """The connector of a source over this resource's client; nothing outside is touched yet."""
        return S3(source, self._client)

    def _client(self, options: S3Options) -> "S3Client":
        from dagster_aws.s3 import S3Resource  # only runs of S3 sources pay for boto3

        made: S3Client = S3Resource(
            endpoint_url=expand(options.endpoint_url) or None,
            region_name=expand(options.region) or None,
            aws_access_key_id=os.environ.get(options.key_id_env) or None,
            aws_secret_access_key=os.environ.get(options.secret_env) or None,
            profile_name=self.profile_name or None,
            max_attempts=self.max_attempts,
        ).get_client()
        return made


def lake_resources() -> dict[str, object]:
    """The resources that the lake's assets need, by key: `lake`, and one for each kind of connector."""
    kinds = {kind: ConnectorResource(kind=kind) for kind in installed_kinds("connectors")}
    return {"lake": LakeResource(), **kinds, "s3": S3ConnectorResource()}

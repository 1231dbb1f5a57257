"""What OpenLineage calls the things of a lake.

Source: OpenLineage, naming conventions: a dataset is where its files are.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from lake_assets.model import Run, TableRef
from lake_assets.storage.root import LakeRoot

__all__ = ["dataset_name", "producer_of", "run_uuid", "step_uuid"]


def dataset_name(root: LakeRoot, ref: TableRef) -> tuple[str, str]:
    """The namespace and the name of a table, or of a dataset in a landing zone.

    Args:
        root: The lake.
        ref: The table.

    >>> dataset_name(LakeRoot("s3://bucket/lake"), TableRef.parse("trusted.flights"))
    ('s3://bucket', 'lake/trusted/flights')
    """
    if root.is_local:
        return "file", root.table_uri(ref)
    bucket, _, prefix = root.uri.removeprefix("s3://").partition("/")
    return f"s3://{bucket}", f"{prefix}/{ref.path}".lstrip("/")


def producer_of(run: Run) -> str:
    """What says who made an event: a URI."""
    return f"urn:lake_assets:{run.code_version}"


def run_uuid(run_id: str) -> str:
    """The UUID of a run: its id where that is one, else one made of it, always the same."""
    try:
        return str(UUID(run_id))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, run_id))


def step_uuid(run_id: str, ref: TableRef) -> str:
    """The UUID of a step of a run, always the same."""
    return str(uuid5(UUID(run_uuid(run_id)), str(ref)))

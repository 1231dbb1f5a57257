"""The one entry that Dagster loads."""

from pathlib import Path

import dagster as dg

from lake_assets.orchestration.definitions_of import lake_definitions

__all__ = ["defs"]


@dg.definitions
def defs() -> dg.Definitions:
    """The definitions of this project's lake."""
    return lake_definitions(Path(__file__).parent)

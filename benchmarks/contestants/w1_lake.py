"""W1 with the product, zone by zone: the steps that its command line and Dagster call as well.

Usage: w1_lake STEP, in the folder of the project that `lake_project` wrote; each step finds those before it done.
"""

from __future__ import annotations

import sys

from lake_assets.connectors import open_connector
from lake_assets.lake import Lake
from lake_assets.lake.ingest import in_order_of_references


def formatted(lake: Lake) -> None:
    """From the source through both landing zones to formatted."""
    steps = lake.steps()
    for source in lake.declarations.sources:
        for dataset in source.datasets:
            steps.fetch(dataset, open_connector(source))
            steps.land(dataset)
            steps.format(dataset)


def trusted(lake: Lake) -> None:
    """Formatted to trusted and quarantine."""
    steps = lake.steps()
    datasets = [dataset for source in lake.declarations.sources for dataset in source.datasets]
    for dataset in in_order_of_references(datasets):
        steps.trust(dataset)


def exploitation(lake: Lake) -> None:
    """Trusted to exploitation."""
    steps = lake.steps()
    for transformation in lake.declarations.transformations:
        steps.exploit(transformation)


if __name__ == "__main__":
    {step.__name__: step for step in (formatted, trusted, exploitation)}[sys.argv[1]](Lake.open())

"""W7 with the product.

Usage: w7_lake build ROWS | trust, in the folder of the project.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

from benchmarks.contestants.orders import RULES, orders
from lake_assets.connectors import open_connector
from lake_assets.lake import Lake


def build(rows: int) -> None:
    """Write the orders and a project, and take them to formatted."""
    orders(rows).sink_parquet("orders.parquet")
    dataset = {"from": "orders.parquet", "format": "parquet", "write": "append", "rules": RULES}
    attributes = {"connector": {"kind": "filesystem", "path": "."}, "datasets": {"orders": dataset}}
    declared = {"type": "lake_assets.Source", "attributes": attributes}
    Path("defs/shop").mkdir(parents=True)
    Path("defs/shop/defs.yaml").write_text(yaml.safe_dump(declared, sort_keys=False))
    lake = _lake()
    (source,) = lake.declarations.sources
    (dataset_,) = source.datasets
    steps = lake.steps()
    steps.fetch(dataset_, open_connector(source))
    steps.land(dataset_)
    steps.format(dataset_)


def trust() -> None:
    """Judge the formatted orders."""
    lake = _lake()
    lake.steps().trust(lake.declarations.dataset("orders"))


def _lake() -> Lake:
    here = str(Path.cwd())
    os.environ |= {"LAKE_ROOT": here, "LAKE_DEFS": f"{here}/defs", "LAKE_PROJECT": here}
    return Lake.open()


if __name__ == "__main__":
    build(int(sys.argv[2])) if sys.argv[1] == "build" else trust()

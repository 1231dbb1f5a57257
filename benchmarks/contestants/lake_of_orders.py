"""A project of one dataset, `orders.parquet` in its folder: what W7 and W10 run the product on."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from lake_assets.connectors import open_connector
from lake_assets.lake import Lake

__all__ = ["format_orders", "trust_orders"]


def format_orders(attributes: dict[str, object]) -> None:
    """Write the project, and take the orders to formatted.

    Args:
        attributes: What is declared of the dataset besides where it comes from.
    """
    dataset = {"from": "orders.parquet", "format": "parquet", "write": "append", **attributes}
    source = {"connector": {"kind": "filesystem", "path": "."}, "datasets": {"orders": dataset}}
    Path("defs/shop").mkdir(parents=True)
    declared = {"type": "lake_assets.Source", "attributes": source}
    Path("defs/shop/defs.yaml").write_text(yaml.safe_dump(declared, sort_keys=False))
    lake = _lake()
    (shop,) = lake.declarations.sources
    (declared_orders,) = shop.datasets
    steps = lake.steps()
    steps.fetch(declared_orders, open_connector(shop))
    steps.land(declared_orders)
    steps.format(declared_orders)


def trust_orders() -> None:
    """Take the formatted orders to trusted."""
    lake = _lake()
    lake.steps().trust(lake.declarations.dataset("orders"))


def _lake() -> Lake:
    here = str(Path.cwd())
    os.environ |= {"LAKE_ROOT": here, "LAKE_DEFS": f"{here}/defs", "LAKE_PROJECT": here}
    return Lake.open()

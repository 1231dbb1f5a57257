"""W7 with the product.

Usage: w7_lake build ROWS | trust, in the folder of the project.
"""

from __future__ import annotations

import sys

from benchmarks.contestants.lake_of_orders import format_orders, trust_orders
from benchmarks.contestants.orders import RULES, orders


def build(rows: int) -> None:
    """Write the orders and a project, and take them to formatted."""
    orders(rows).sink_parquet("orders.parquet")
    format_orders({"rules": RULES})


if __name__ == "__main__":
    build(int(sys.argv[2])) if sys.argv[1] == "build" else trust_orders()

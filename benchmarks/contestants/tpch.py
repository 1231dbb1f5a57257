"""The TPC-H tables, rules and queries of W1, said once in plain Python for every environment."""

from __future__ import annotations

__all__ = ["COLUMNS", "DAY_FORMAT", "KEYS", "QUERIES", "RULES_SQL", "TABLES"]

_PERSON = {"name": "text", "address": "text", "nationkey": "int", "phone": "text", "acctbal": "float"}


def _prefixed(prefix: str, columns: dict[str, str]) -> dict[str, str]:
    return {f"{prefix}_{name}": kind for name, kind in columns.items()}


COLUMNS: dict[str, dict[str, str]] = {
    "lineitem": _prefixed(
        "l",
        {
            "orderkey": "int",
            "partkey": "int",
            "suppkey": "int",
            "linenumber": "int",
            "quantity": "float",
            "extendedprice": "float",
            "discount": "float",
            "tax": "float",
            "returnflag": "text",
            "linestatus": "text",
            "shipdate": "date",
            "commitdate": "date",
            "receiptdate": "date",
            "shipinstruct": "text",
            "shipmode": "text",
            "comment": "text",
        },
    ),
    "orders": _prefixed(
        "o",
        {
            "orderkey": "int",
            "custkey": "int",
            "orderstatus": "text",
            "totalprice": "float",
            "orderdate": "date",
            "orderpriority": "text",
            "clerk": "text",
            "shippriority": "int",
            "comment": "text",
        },
    ),
    "customer": _prefixed("c", {"custkey": "int", **_PERSON, "mktsegment": "text", "comment": "text"}),
    "supplier": _prefixed("s", {"suppkey": "int", **_PERSON, "comment": "text"}),
    "nation": _prefixed("n", {"nationkey": "int", "name": "text", "regionkey": "int", "comment": "text"}),
    "region": _prefixed("r", {"regionkey": "int", "name": "text", "comment": "text"}),
}
"""Columns of each table in the order of its file, with their type: int, float, date or text."""

TABLES = tuple(COLUMNS)
KEYS: dict[str, tuple[str, ...]] = {
    "lineitem": ("l_orderkey", "l_linenumber"),
    "orders": ("o_orderkey",),
    "customer": ("c_custkey",),
    "supplier": ("s_suppkey",),
    "nation": ("n_nationkey",),
    "region": ("r_regionkey",),
}

DAY_FORMAT = "%Y-%m-%d"

RULES_SQL: dict[str, str] = {
    "key_not_null": "l_orderkey IS NOT NULL AND l_linenumber IS NOT NULL",
    "quantity_in_range": "l_quantity BETWEEN 1 AND 50",
    "discount_in_range": "l_discount BETWEEN 0 AND 1",
    "shipdate_not_null": "l_shipdate IS NOT NULL",
    "returnflag_known": "l_returnflag IN ('A', 'N', 'R')",
}
"""What a trusted lineitem keeps, beside a known supplier and a unique key."""

QUERIES: dict[str, str] = {
    "q1": """
        SELECT l_returnflag, l_linestatus, SUM(l_quantity) AS sum_qty, SUM(l_extendedprice) AS sum_base_price,
            SUM(l_extendedprice * (1 - l_discount)) AS revenue,
            SUM(l_extendedprice * (1 - l_discount) * (1 + l_tax)) AS sum_charge, AVG(l_quantity) AS avg_qty,
            AVG(l_extendedprice) AS avg_price, AVG(l_discount) AS avg_disc, COUNT(*) AS count_order
        FROM lineitem WHERE l_shipdate <= DATE '1998-09-02'
        GROUP BY l_returnflag, l_linestatus""",
    "q3": """
        SELECT l_orderkey, SUM(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate, o_shippriority
        FROM customer JOIN orders ON c_custkey = o_custkey JOIN lineitem ON l_orderkey = o_orderkey
        WHERE c_mktsegment = 'BUILDING' AND o_orderdate < DATE '1995-03-15' AND l_shipdate > DATE '1995-03-15'
        GROUP BY l_orderkey, o_orderdate, o_shippriority""",
    "q5": """
        SELECT n_name, SUM(l_extendedprice * (1 - l_discount)) AS revenue
        FROM customer JOIN orders ON c_custkey = o_custkey JOIN lineitem ON l_orderkey = o_orderkey
            JOIN supplier ON l_suppkey = s_suppkey AND c_nationkey = s_nationkey
            JOIN nation ON s_nationkey = n_nationkey JOIN region ON n_regionkey = r_regionkey
        WHERE r_name = 'ASIA' AND o_orderdate >= DATE '1994-01-01' AND o_orderdate < DATE '1995-01-01'
        GROUP BY n_name""",
}
"""TPC-H queries 1, 3 and 5 as tables: without ORDER BY and LIMIT."""

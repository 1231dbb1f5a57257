"""The product as a contestant: the projects that it runs, written from scratch, and its commands.

Usage: lake_project DATA TABLE..., in the folder that becomes the project and its lake.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

from benchmarks.contestants.tpch import COLUMNS, KEYS, QUERIES, TABLES
from benchmarks.environments import product_python

__all__ = ["environment", "ingest", "up", "write_cycle_project", "write_project"]

_LAKE = str(Path(product_python()).with_name("lake"))
_RULES: list[dict[str, object]] = [
    {"not_null": ["l_orderkey", "l_linenumber", "l_shipdate"]},
    {"in_range": {"l_quantity": [1, 50]}},
    {"in_range": {"l_discount": [0, 1]}},
    {"in_set": {"l_returnflag": ["A", "N", "R"]}},
    {"references": {"column": "l_suppkey", "table": "trusted.supplier", "to": "s_suppkey"}},
]


def ingest() -> tuple[str, ...]:
    """The command that takes all that is new through all zones."""
    return (_LAKE, "ingest")


def up(port: str) -> list[str]:
    """The command that starts the web server and the daemon, sensors running."""
    return [_LAKE, "up", "--port", port]


def environment(folder: Path) -> dict[str, str]:
    """The environment variables of a project whose lake is its own folder."""
    return {"LAKE_ROOT": str(folder), "LAKE_DEFS": str(folder / "defs"), "LAKE_PROJECT": str(folder)}


def write_project(folder: Path, data: Path, tables: tuple[str, ...]) -> None:
    """Write the declarations of W1: TPC-H tables and, with all of them, the three queries."""
    datasets = {table: _dataset(table, has_rules="supplier" in tables) for table in tables}
    _write_source(folder / "defs" / "tpch", data / "csv", datasets)
    if set(tables) == set(TABLES):
        _write_queries(folder / "defs" / "reports", QUERIES)


def write_cycle_project(folder: Path) -> None:
    """Write the declarations of W5: files of readings from `inbox` to one exploitation table."""
    columns = {"reading_id": "int", "amount": "float"}
    rules = [{"in_range": {"column": "amount", "min": 0}}]
    dataset: dict[str, object] = {"from": "inbox/*.csv", "key": ["reading_id"], "columns": columns}
    _write_source(folder / "defs" / "plant", folder, {"readings": dataset | {"rules": rules}})
    _write_queries(folder / "defs" / "reports", {"readings": "SELECT reading_id, amount FROM readings"})


def _dataset(table: str, *, has_rules: bool) -> dict[str, object]:
    rules: dict[str, object] = {"rules": _RULES} if has_rules and table == "lineitem" else {}
    return {"from": f"{table}/*.csv", "key": list(KEYS[table]), "columns": COLUMNS[table], **rules}


def _write_source(folder: Path, origin: Path, datasets: dict[str, dict[str, object]]) -> None:
    attributes = {"connector": {"kind": "filesystem", "path": str(origin)}, "datasets": datasets}
    _write(folder, {"type": "lake_assets.Source", "attributes": attributes})


def _write_queries(folder: Path, queries: dict[str, str]) -> None:
    _write(folder, {"type": "lake_assets.Exploitation", "attributes": {"owner": "team:bench"}})
    for name, query in queries.items():
        placed = re.sub(r"\b(FROM|JOIN) (\w+)", r"\1 trusted.\2", query)
        (folder / f"{name}.sql").write_text(
            f"/*\ndescription: The benchmark's {name}.\n*/\n{placed.strip()}\n"
        )


def _write(folder: Path, declared: dict[str, object]) -> None:
    folder.mkdir(parents=True)
    (folder / "defs.yaml").write_text(yaml.safe_dump(declared, sort_keys=False))


if __name__ == "__main__":
    write_project(Path.cwd(), Path(sys.argv[1]), tuple(sys.argv[2:]))

"""W1 with floe: a YAML contract per table, run by its Rust core.

Usage: w1_floe STEP DATA, in the folder that the output goes to.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from benchmarks.contestants.step import run_step
from benchmarks.contestants.tpch import COLUMNS, KEYS, TABLES

_TYPES = {"int": "int64", "float": "float64", "date": "date", "text": "string"}


def formatted(data: Path) -> None:
    """CSV to typed Delta; a cell that does not parse becomes null, without a trace."""
    _run([_entity(data, "lineitem", "formatted", cast_mode="coerce", severity="warn", key=())])


def trusted(data: Path) -> None:
    """CSV to trusted Delta: types, keys there and unique; the rest to a CSV file of rejected rows."""
    tables = [_entity(data, table, "trusted", "strict", "reject", KEYS[table]) for table in TABLES]
    _run(tables)


def _entity(
    data: Path, table: str, zone: str, cast_mode: str, severity: str, key: tuple[str, ...]
) -> dict[str, object]:
    columns = [{"name": name, "type": _TYPES[kind]} for name, kind in COLUMNS[table].items()]
    source = {"format": "csv", "path": str(data / "csv" / table / f"{table}.csv"), "cast_mode": cast_mode}
    here = Path.cwd()
    return {
        "name": table,
        "source": {**source, "options": {"separator": ",", "header": True}},
        "sink": {
            "write_mode": "overwrite",
            "accepted": {"format": "delta", "path": str(here / zone / table)},
            "rejected": {"format": "csv", "path": str(here / "quarantine" / table)},
        },
        "policy": {"severity": severity},
        "schema": {"columns": columns, **({"primary_key": list(key)} if key else {})},
    }


def _run(entities: list[dict[str, object]]) -> None:
    floe = importlib.import_module("floe")  # it is installed in the environment of this peer only
    config = Path("floe.yml")  # JSON is YAML
    config.write_text(
        json.dumps({"version": "0.2", "report": {"path": str(Path.cwd() / "report")}, "entities": entities})
    )
    outcome = floe.run(str(config))
    status = outcome.summary["run"]["status"]
    if status not in {"success", "success_with_warnings", "rejected"}:
        sys.exit(f"floe ended with {status}")


if __name__ == "__main__":
    run_step(formatted, trusted)

"""W2 with floe: a YAML contract for each kind of file, upserted by key, with a state of the files that were taken.

Usage: w2_floe take_in INBOX, in the folder that the output goes to.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from benchmarks.contestants.step import run_step

_TYPES = {
    "id": "int64",
    "station": "string",
    "at": "string",
    "amount": "float64",
}
"""Those that all files have: files with different columns cannot be taken in together."""

_OPTIONS: dict[str, dict[str, object]] = {
    "csv": {"separator": ",", "header": True},
    "json": {"json_mode": "ndjson"},
}


def take_in(inbox: Path) -> None:
    """Take in the files that are new or changed."""
    floe = importlib.import_module("floe")  # it is installed in the environment of this peer only
    config = Path("floe.yml")  # JSON is YAML
    entities = [_entity(inbox.absolute(), kind) for kind in _OPTIONS]
    report = {"path": str(Path.cwd() / "report")}
    config.write_text(json.dumps({"version": "0.2", "report": report, "entities": entities}))
    outcome = floe.run(str(config))
    status = outcome.summary["run"]["status"]
    if status not in {"success", "success_with_warnings", "rejected"}:
        sys.exit(f"floe ended with {status}")


def _entity(inbox: Path, kind: str) -> dict[str, object]:
    here, name = Path.cwd(), f"readings_{kind}"
    columns = [{"name": column, "type": type_} for column, type_ in _TYPES.items()]
    return {
        "name": name,
        "incremental_mode": "file",
        "state": {"path": str(here / "state" / f"{kind}.json")},
        "source": {
            "format": kind,
            "path": str(inbox / kind),
            "cast_mode": "strict",
            "options": _OPTIONS[kind],
        },
        "sink": {
            "write_mode": "merge_scd1",
            "accepted": {"format": "delta", "path": str(here / "trusted" / name)},
            "rejected": {"format": "csv", "path": str(here / "quarantine" / name)},
        },
        "policy": {"severity": "reject"},
        "schema": {
            "columns": columns,
            "primary_key": ["id"],
            "mismatch": {"missing_columns": "fill_nulls", "extra_columns": "ignore"},
        },
    }


if __name__ == "__main__":
    run_step(take_in)

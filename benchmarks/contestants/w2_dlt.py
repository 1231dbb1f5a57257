"""W2 with dlt's filesystem source, merged by key into Delta tables.

Usage: w2_dlt take_in INBOX, in the folder that the output goes to.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.contestants.step import run_step

_COLUMNS = {
    "id": {"data_type": "bigint"},
    "amount": {"data_type": "double"},
    "at": {"data_type": "timestamp"},
}


def take_in(inbox: Path) -> None:
    """Merge the rows of files that are new or changed."""
    dlt: Any = importlib.import_module("dlt")  # it is installed in the environment of this peer only
    pipeline = dlt.pipeline(
        "w2",
        destination=dlt.destinations.filesystem(bucket_url=Path.cwd().as_uri()),
        dataset_name="trusted",
        pipelines_dir=str(Path.cwd() / "state"),
    )
    resources = [_resource(dlt, inbox.absolute(), kind) for kind in ("csv", "json")]
    pipeline.run(resources, table_format="delta").raise_on_failed_jobs()


def _resource(dlt: Any, inbox: Path, kind: str) -> Any:  # noqa: ANN401 - of dlt
    filesystem = importlib.import_module("dlt.sources.filesystem").filesystem
    files = filesystem(
        bucket_url=(inbox / kind).as_uri(),
        file_glob=f"*.{kind}",
        incremental=dlt.sources.incremental("modification_date"),
    ).with_name(f"files_{kind}")

    taken: set[bytes] = set()

    def read(found: Iterable[Any]) -> Iterator[list[dict[str, object]]]:
        for file in found:
            content = file.read_bytes()
            digest = hashlib.sha256(content).digest()
            if digest not in taken:
                taken.add(digest)
                yield _rows(kind, content)

    transformer = dlt.transformer(
        read, name=f"readings_{kind}", primary_key="id", write_disposition="merge", columns=_COLUMNS
    )
    return files | transformer


def _rows(kind: str, content: bytes) -> list[dict[str, object]]:
    """The rows of a file; none of a corrupt one, without a trace."""
    try:
        lines = content.decode().splitlines()
        rows = list(csv.DictReader(lines)) if kind == "csv" else [json.loads(line) for line in lines]
    except ValueError:
        return []
    return [{**row, "amount": _number(row["amount"])} for row in rows]


def _number(value: object) -> float | None:
    """A cell that does not parse becomes null, without a trace."""
    try:
        return float(str(value))
    except ValueError:
        return None


if __name__ == "__main__":
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    run_step(take_in)

"""W8 with the product: a lake of many rows out of many files, and questions about one of them.

Usage: w8_lake build ROWS FILES | ask QUESTION, in the folder of the lake.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from benchmarks.contestants.stopwatch import stopwatch
from lake_assets.governance.processed_files import PROCESSED_FILES
from lake_assets.lake import Lake
from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import Table

_COMMITS = 100
_STATIONS = 1_000
_FACTOR, _MOST = 7_919, 99_991
"""Amounts go up and down by these, so that they are not compressed away."""
_NEXT = 1 << 11
"""From the id of a file to that of one a microsecond later."""

_DATASET = {
    "from": "inbox/*.csv",
    "key": ["reading_id"],
    "write": "upsert",
    "columns": {"reading_id": "int", "station": "text", "amount": "float", "note": "text"},
    "clean": [{"trim": ["note"]}],
    "rules": [{"in_range": {"amount": [0, 1_000_000]}}, {"not_null": ["station"]}],
}
_TOTALS = (
    "/*\nkey: [station]\n*/\nSELECT station, COUNT(*) AS readings, SUM(amount) AS amount\n"
    "FROM trusted.readings GROUP BY station\n"
)
_FORMATTED, _TRUSTED = (TableRef(zone, "readings") for zone in (Zone.FORMATTED, Zone.TRUSTED))


def build(rows: int, files: int) -> None:
    """Take in one file, then note many like it with their rows, in a hundred commits; make the totals of them.

    The bytes of the noted files are not written, but for the one that is asked about.
    """
    _declare()
    lake = _lake()
    lake.ingest()
    per_commit, each = -(-files // _COMMITS), rows // files
    for start in range(0, files, per_commit):
        _note(lake, range(start, min(files, start + per_commit)), each)
    _keep_one(files // 2, each)
    lake = _lake()
    (totals,) = lake.declarations.transformations
    lake.steps().exploit(totals)


def _declare() -> None:
    for folder in ("defs/plant", "defs/reports", "inbox"):
        Path(folder).mkdir(parents=True)
    attributes = {"connector": {"kind": "filesystem", "path": "."}, "datasets": {"readings": _DATASET}}
    declared = {"type": "lake_assets.Source", "attributes": attributes}
    Path("defs/plant/defs.yaml").write_text(yaml.safe_dump(declared, sort_keys=False))
    Path("defs/reports/defs.yaml").write_text("type: lake_assets.Exploitation\nattributes: {}\n")
    Path("defs/reports/totals.sql").write_text(_TOTALS)
    lines = ["0,S0, 1.5,first", "-1,S0,-1,set aside"]
    Path("inbox/first.csv").write_text("\n".join(["reading_id,station,amount,note", *lines, ""]))


def _note(lake: Lake, numbers: range, each: int) -> None:
    (first,) = lake.scan(str(PROCESSED_FILES)).head(1).collect().iter_rows(named=True)
    ids = [first["file_id"] + (number + 1) * _NEXT for number in numbers]
    like = pl.DataFrame([first], schema=lake.table(str(PROCESSED_FILES)).schema)
    noted = pl.concat([like] * len(ids)).with_columns(
        pl.Series("file_id", ids, pl.Int64),
        pl.Series("path", [_path(number) for number in numbers]),
        *(pl.Series(name, [f"file-{number:07d}.csv" for number in numbers]) for name in ("origin", "name")),
        pl.Series("sha256", [f"{number:064x}" for number in numbers]),
        pl.lit(len(_content(numbers[0], each).encode()), pl.Int64).alias("size_bytes"),
    )
    _append(lake, PROCESSED_FILES, noted.lazy(), {}, lambda note: note)
    rows = _rows(lake, numbers, ids, each)
    formatted = _append(
        lake, _FORMATTED, rows, {"persistent_landing": ids[-1]}, _reaching("persistent_landing", ids[-1])
    )
    taken = _reaching(str(_FORMATTED), formatted.version)
    _append(lake, _TRUSTED, rows, {str(_FORMATTED): ids[-1]}, taken)


def _rows(lake: Lake, numbers: range, ids: list[int], each: int) -> pl.LazyFrame:
    schema = lake.table(str(_TRUSTED)).schema
    files = pl.LazyFrame(
        {"number": list(numbers), "_file": ids}, schema={"number": pl.Int64, "_file": pl.Int64}
    )
    rows = files.join(pl.LazyFrame({"_row": range(1, each + 1)}, schema={"_row": pl.Int64}), how="cross")
    reading = pl.col("number") * each + pl.col("_row")
    return rows.select(
        "_file",
        "_row",
        reading.alias("reading_id"),
        pl.format("S{}", reading % _STATIONS).alias("station"),
        (reading * _FACTOR % _MOST).cast(pl.Float64).alias("amount"),
        pl.lit("as read").alias("note"),
        pl.lit(None, pl.String).alias("_rescued"),
    ).select(schema.names())


def _reaching(name: str, position: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda note: {**note, "inputs": {name: position}}


def _append(
    lake: Lake,
    ref: TableRef,
    rows: pl.LazyFrame,
    consumed: dict[str, int],
    said: Callable[[dict[str, Any]], dict[str, Any]],
) -> Table:
    """Commit rows as the zone would, with what its first commit said of itself."""
    (first,) = lake.table(str(ref)).notes(None)[:1]
    left_out = {"quarantined_files", "decisions"}
    note = said({name: value for name, value in first.content.items() if name not in left_out})

    def decide(table: Table | None) -> Change:
        assert table is not None  # noqa: S101 - it was made by the first file
        return Change(table.schema, write_data_files(lake.root, ref, rows), consumed=consumed, note=note)

    table = commit(lake.root, ref, decide)
    assert table is not None  # noqa: S101 - it was just written
    return table


def _path(number: int) -> str:
    return f"persistent_landing/plant/readings/file-{number:07d}.csv"


def _content(number: int, each: int) -> str:
    lines = [
        f"{reading:08d},S{reading % _STATIONS},{reading * _FACTOR % _MOST}, as read"
        for reading in range(number * each + 1, (number + 1) * each + 1)
    ]
    return "\n".join(["reading_id,station,amount,note", *lines, ""])


def _keep_one(number: int, each: int) -> None:
    """Write the bytes of one file, of the size that all were noted with."""
    lake = _lake()
    noted = lake.scan(str(PROCESSED_FILES)).filter(pl.col("path") == _path(number)).collect()
    content = _content(number, each).encode()
    Path(_path(number)).write_bytes(content.ljust(noted["size_bytes"].item(), b"\n"))


def ask(question: str) -> dict[str, float]:
    """Ask one question; how many answers came."""
    lake = _lake()
    files = lake.table(str(PROCESSED_FILES)).row_count - 1
    each = (lake.table(str(_TRUSTED)).row_count - 1) // files
    wanted = files // 2 * each + 3
    lake.declarations  # noqa: B018 - they are loaded before the question is asked
    asked: dict[str, Callable[[], list[Any]]] = {
        "row": lambda: lake.trace(str(_TRUSTED), f"reading_id = {wanted}"),
        "place": lambda: lake.trace(str(_FORMATTED), f"_row = 3 AND reading_id = {wanted}"),
        "total": lambda: lake.trace("exploitation.totals", "station = 'S77'", limit=1),
        "why": lambda: lake.why_rows(str(_TRUSTED), "reading_id = -1"),
        "diff": lambda: [lake.diff(str(_TRUSTED), lake.table(str(_TRUSTED)).version - 1)],
        "history": lambda: lake.history(str(_TRUSTED)),
    }
    with stopwatch():
        answers = asked[question]()
    _check(question, answers)
    return {"answers": len(answers)}


def _check(question: str, answers: list[Any]) -> None:
    """Leave with an error where an answer is not what it must be."""
    if question in {"row", "place"}:
        (found,) = answers
        is_right = found.record.text.startswith(f"{found.row['reading_id']:08d},") and not found.problems
    elif question == "total":
        (found,) = answers
        (behind,) = found.making.inputs
        is_right = found.making.exactness == "exact" and behind.rows == found.row["readings"]
    elif question == "why":
        is_right = [each.fate for each in answers] == ["set aside"]
    else:
        is_right = bool(answers)
    if not is_right:
        sys.exit(f"{question}: wrong answer: {answers}")


def _lake() -> Lake:
    here = str(Path.cwd())
    os.environ |= {"LAKE_ROOT": here, "LAKE_DEFS": f"{here}/defs", "LAKE_PROJECT": here}
    return Lake.open()


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(int(sys.argv[2]), int(sys.argv[3]))
        print(json.dumps({"built": 1}))
    else:
        ask(sys.argv[2])

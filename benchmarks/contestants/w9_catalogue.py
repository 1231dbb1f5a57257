"""W9: a lake of many described columns: declarations, tables, profiles with frequent values; made once, for all runs.

Usage: w9_catalogue COLUMNS FOLDER [commit|forget].
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from lake_assets.model import TableRef, Zone
from lake_assets.profiles import TableProfile, record_profiles
from lake_assets.profiles.column_profile import ColumnProfile
from lake_assets.search import index_path
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table

__all__ = ["main"]

_IN_TABLE = 20
"""Each dataset has so many columns in its formatted and its trusted table."""

_DONE = "done"
_THINGS = (
    "valve",
    "pump",
    "engine",
    "filter",
    "turbine",
    "boiler",
    "mixer",
    "reactor",
    "tank",
    "gauge",
    "motor",
)
_FIGURES = (
    "pressure",
    "temperature",
    "speed",
    "level",
    "flow",
    "voltage",
    "current",
    "torque",
    "weight",
    "noise",
)
_HOWS = ("mean", "peak", "least", "total", "last", "expected", "allowed")
_PLACES = ("rotterdam", "genoa", "gdansk", "marseille", "bilbao", "piraeus", "antwerp", "hamburg")


def main(columns: int, folder: Path, change: str = "") -> None:
    """Make the lake, unless it is there; or forget its index, or commit once more to one of its tables."""
    root = LakeRoot(str(folder.absolute() / "lake"))
    if change == "commit":
        _write(root, 0, _names(0))
    elif change == "forget":
        index_path(root.uri, is_local=True).unlink(missing_ok=True)
    elif not (folder / _DONE).exists():
        _make(root, folder, columns // (2 * _IN_TABLE))
        (folder / _DONE).touch()


def _make(root: LakeRoot, folder: Path, tables: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _declare(folder, tables)
    written = [_write(root, number, _names(number)) for number in range(tables)]
    record_profiles(root, [(table, _profile(table)) for table in written])


def _names(number: int) -> list[str]:
    chance = random.Random(number)
    drawn = (
        f"{chance.choice(_THINGS)}_{chance.choice(_FIGURES)}_{chance.choice(_HOWS)}_{place}"
        for place in range(_IN_TABLE - 1)
    )
    return ["reading_id", *drawn]


def _declare(folder: Path, tables: int) -> None:
    (folder / "defs/plants").mkdir(parents=True)
    named = "".join(_source(number) for number in range(tables))
    text = f"type: lake_assets.Sources\nattributes:\n  sources:\n{named}"
    (folder / "defs/plants/defs.yaml").write_text(text)


def _source(number: int) -> str:
    lines = [
        f"    plant_{number}:",
        f"      owner: team:plant_{number % 40}",
        "      connector: {kind: filesystem}",
        "      datasets:",
        f"        readings_{number}:",
        f"          from: inbox/{number}/*.csv",
        f"          description: Readings of plant {number} in {_PLACES[number % len(_PLACES)]}.",
        "          key: [reading_id]",
        "          columns:",
        *(_column(name) for name in _names(number)),
    ]
    return "".join(f"{line}\n" for line in lines)


def _column(name: str) -> str:
    said = " ".join(reversed(name.split("_")[:3]))
    return f"            {name}: {{type: text, description: 'the {said} of the machine'}}"


def _write(root: LakeRoot, number: int, names: list[str]) -> Table:
    ref = TableRef(Zone.TRUSTED, f"readings_{number}")
    frame = pl.DataFrame({name: [_PLACES[number % len(_PLACES)]] for name in names})

    def decide(_table: Table | None) -> Change:
        return Change(frame.schema, write_data_files(root, ref, frame.lazy()), note={"run_id": "w9"})

    table = commit(root, ref, decide)
    if table is None:
        raise RuntimeError(f"{ref} was not written")
    return table


def _profile(table: Table) -> TableProfile:
    return TableProfile(table.ref, table.version, 1, 1, tuple(_columns(table)), datetime.now(UTC))


def _columns(table: Table) -> Iterator[ColumnProfile]:
    chance = random.Random(table.ref.name)
    for name in table.schema:
        top = tuple((place, 2) for place in chance.sample(_PLACES, 2))
        yield ColumnProfile(name, "String", 0, 1, top=top)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])

"""How an exploitation table is made: whole, or from the new rows of one input alone where that comes to the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.model import PROVENANCE, Transformation, WriteMode
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.schema import as_storable
from lake_assets.storage.table import Note, Table
from lake_assets.storage.upsert import plan_upsert
from lake_assets.zones.note import CHANGES_OLDER, KEY, WRITE_MODE
from lake_assets.zones.quarantine import READMITTED

__all__ = ["CODE", "Made", "code_position", "make", "positions"]

_FILE = PROVENANCE[0]
CODE = "code"
"""What stands for the transformation among how far its table has come."""
_HASH_DIGITS = 15


@dataclass(frozen=True)
class Made:
    """What a transformation wrote, and how it enters the table.

    Args:
        schema: Of the rows.
        rows: Number of rows that it gave.
        adds: Files to add.
        removes: Paths of files to remove.
        mode: `replace` when made whole, `upsert` when made from new rows alone.
        replaces_table: Whether the schema is another.
        rows_merged: Number of rows of the table that were replaced by key.
    """

    schema: pl.Schema
    rows: int
    adds: Sequence[DataFile]
    removes: Sequence[str]
    mode: WriteMode = WriteMode.REPLACE
    replaces_table: bool = False
    rows_merged: int = 0


def positions(transformation: Transformation, inputs: Mapping[str, Table]) -> dict[str, int]:
    """How far this transformation, as it is written now, has come once it has read the inputs as they are now."""
    reached = {table.input_name: table.version for table in inputs.values()}
    reached[CODE] = code_position(transformation)
    driver = _driver(transformation, inputs)
    if driver is not None:
        reached[_rows_of(driver)] = _newest_file(driver)
    return reached


def code_position(transformation: Transformation) -> int:
    """A number that changes whenever the transformation does."""
    return int(transformation.code_hash[:_HASH_DIGITS] or "0", 16)


def _driver(transformation: Transformation, inputs: Mapping[str, Table]) -> Table | None:
    """The input whose new rows alone are worked through, if one is declared and its rows say which are new."""
    driver = next((table for table in inputs.values() if table.ref == transformation.incremental_on), None)
    return driver if driver is not None and _FILE in driver.schema else None


def _rows_of(driver: Table) -> str:
    return f"{driver.input_name}{_FILE}"


def _newest_file(driver: Table) -> int:
    files = driver.files
    newest = files[f"max.{_FILE}"].max() if f"max.{_FILE}" in files.columns else None
    return newest if isinstance(newest, int) else 0


def make(
    root: LakeRoot, transformation: Transformation, inputs: Mapping[str, Table], table: Table | None
) -> Made:
    """Run the transformation and write its rows.

    Args:
        root: The lake.
        transformation: How the table is made.
        inputs: As they are now, by the name that the transformation uses.
        table: The table as it is; None when it is not there.

    Raises:
        QueryError: When the transformation does not fit its inputs.
    """
    added = _make_increment(root, transformation, inputs, table) if table is not None else None
    return added or _make_whole(root, transformation, inputs, table)


def _make_whole(
    root: LakeRoot, transformation: Transformation, inputs: Mapping[str, Table], table: Table | None
) -> Made:
    """All rows anew; under another schema the table is replaced as such."""
    frame = as_storable(open_engine(transformation).run({name: each.scan() for name, each in inputs.items()}))
    schema, files = frame.collect_schema(), write_data_files(root, transformation.target, frame)
    is_other = table is not None and table.schema != schema
    old = table.files["path"].to_list() if table is not None and table.files.height and not is_other else []
    return Made(schema, _count(files), files, old, replaces_table=is_other)


def _make_increment(
    root: LakeRoot, transformation: Transformation, inputs: Mapping[str, Table], table: Table
) -> Made | None:
    """What comes of the new rows of the driving input; None when the table must be made whole."""
    driver, since = _driver(transformation, inputs), _since(transformation, inputs, table)
    if driver is None or since is None:
        return None
    new = driver.scan().filter(pl.col(_FILE) > since)
    frames = {name: new if each is driver else each.scan() for name, each in inputs.items()}
    frame = as_storable(open_engine(transformation).run(frames))
    if frame.collect_schema() != table.schema:
        return None
    files = write_data_files(root, transformation.target, frame)
    if not _comes_to_the_same(transformation, driver, table, new, files):
        discard(root, transformation.target, files)
        return None
    rows, upsert = _count(files), plan_upsert(table, files, transformation.key) if files else None
    if upsert is None:
        return Made(table.schema, 0, [], [], WriteMode.UPSERT)
    adds, removes, merged = upsert.adds, upsert.removes, upsert.replaced_rows
    return Made(table.schema, rows, adds, removes, WriteMode.UPSERT, rows_merged=merged)


def _since(transformation: Transformation, inputs: Mapping[str, Table], table: Table) -> int | None:
    """Up to which file the driving input has been worked through, or None when all must be worked anew.

    Only new rows of the driving input may be worked through alone, and only while everything else is as it was.
    """
    driver = _driver(transformation, inputs)
    if driver is None or not transformation.key:
        return None
    now = positions(transformation, inputs)
    others = [name for name in now if name not in {driver.input_name, _rows_of(driver)}]
    if any(table.consumed(name) != now[name] for name in others):
        return None
    seen = table.consumed(driver.input_name)
    if seen is None or any(map(_is_no_increment, driver.notes(seen))):
        return None
    return table.consumed(_rows_of(driver))


def _is_no_increment(note: Note) -> bool:
    """Whether a commit did more than add rows of newer files: it replaced all, took back older rows or changed them."""
    said = note.content
    return said.get(WRITE_MODE) == WriteMode.REPLACE or READMITTED in said or bool(said.get(CHANGES_OLDER))


def _comes_to_the_same(
    transformation: Transformation,
    driver: Table,
    table: Table,
    new: pl.LazyFrame,
    files: Sequence[DataFile],
) -> bool:
    """Whether an upsert by key leaves nothing behind of rows of the driving input that were replaced since.

    It does where each of its rows gives one row, under its own key. Otherwise a row that a newer version no longer
    gives, or gives under another key, would stay.
    """
    notes = driver.notes(table.consumed(driver.input_name))
    if not any(note.content.get("rows_merged") for note in notes):
        return True
    keys = set(notes[-1].content.get(KEY, []))
    given = new.select(pl.len()).collect(engine="streaming").item()
    return (
        set(transformation.key) <= keys
        and _count(files) == given
        and not _has_null(files, transformation.key)
    )


def _has_null(files: Sequence[DataFile], key: Sequence[str]) -> bool:
    nulls = [json.loads(file.statistics)["nullCount"] for file in files]
    return any(each.get(name, 1) for each in nulls for name in key)


def _count(files: Sequence[DataFile]) -> int:
    return sum(file.rows for file in files)

"""The account of a decoding: whether every record of every file is in a row or set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, Mapping, Zone
from lake_assets.storage.data_files import DataFile
from lake_assets.storage.root import LakeRoot
from lake_assets.zones.opened import Opened

__all__ = ["not_whole"]

_FILE = PROVENANCE[0]


@dataclass(frozen=True)
class _Count:
    rows: int
    nulls: dict[str, int]


def not_whole(
    root: LakeRoot, dataset: Dataset, opened: Sequence[Opened], written: Sequence[DataFile], mapping: Mapping
) -> set[int]:
    """Ids of the files that the fast path did not place whole.

    Args:
        root: The lake.
        dataset: Whose files they are.
        opened: The files that were read.
        written: What was written of them.
        mapping: By which it was written.
    """
    names = {name: column.name for name, column in mapping.by_source_name().items()}
    witnesses = {each.decoded.witness: names.get(each.decoded.witness, "") for each in opened}
    counts = _counts(root, dataset, opened, written, sorted({name for name in witnesses.values() if name}))
    return {each.file.file_id for each in opened if not _is_whole(each, counts, witnesses)}


def _is_whole(each: Opened, counts: dict[int, _Count], witnesses: dict[str, str]) -> bool:
    count, witness = counts.get(each.file.file_id, _Count(0, {})), each.decoded.witness
    # A witness that no column takes may be null anywhere.
    unseen = count.rows if witness else 0
    return each.decoded.is_whole(count.rows, count.nulls.get(witnesses[witness], unseen))


def _counts(
    root: LakeRoot,
    dataset: Dataset,
    opened: Sequence[Opened],
    written: Sequence[DataFile],
    witnesses: Sequence[str],
) -> dict[int, _Count]:
    if len(opened) == 1:
        return {opened[0].file.file_id: _from_statistics(written, witnesses)}
    if not written:
        return {}
    uris = [f"{root.table_uri(dataset.table(Zone.FORMATTED))}/{file.path}" for file in written]
    scan = pl.scan_parquet(uris, storage_options=root.storage_options or None)
    nulls = [pl.col(name).null_count().alias(name) for name in witnesses]
    found = scan.group_by(_FILE).agg(pl.len().alias("_len"), *nulls).collect(engine="streaming")
    return {
        row[_FILE]: _Count(row["_len"], {name: row[name] for name in witnesses}) for row in found.to_dicts()
    }


def _from_statistics(written: Sequence[DataFile], witnesses: Sequence[str]) -> _Count:
    """The counts of one file alone, from the footers: nothing is read again."""
    parts = [json.loads(file.statistics) for file in written]
    nulls = {
        name: sum(part["nullCount"].get(name, part["numRecords"]) for part in parts) for name in witnesses
    }
    return _Count(sum(part["numRecords"] for part in parts), nulls)

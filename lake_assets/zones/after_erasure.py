"""Landed files decoded again after a person was erased: what is gone stays gone, and what lost its bytes stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from lake_assets.model import PROVENANCE, LandedFile
from lake_assets.storage.data_files import DataFile, discard, write_data_files
from lake_assets.storage.table import Table
from lake_assets.zones.redecoded import as_now
from lake_assets.zones.written import Written

__all__ = ["rows_without_bytes", "without_erased"]

_FILE = PROVENANCE[0]


def without_erased(table: Table, written: Written, erased: pl.DataFrame) -> Written:
    """What was written of some files, without the records that were erased: an empty one stands in the place of each.

    Args:
        table: The formatted table.
        written: What was written.
        erased: File and number of each record.
    """
    ids = {each.file.file_id for each in written.opening.opened}
    if not ids & set(erased[_FILE]):
        return written
    places = set(erased.iter_rows())
    refused = [each for each in written.opening.refused if (each.file.file_id, each.row) not in places]
    opening = replace(written.opening, refused=refused)
    if not written.files:
        return replace(written, opening=opening)
    uris, options = table.uris([file.path for file in written.files]), table.root.storage_options or None
    rows = pl.scan_parquet(uris, glob=False, storage_options=options)
    left = rows.join(erased.lazy(), on=list(PROVENANCE), how="anti", maintain_order="left")
    files = write_data_files(table.root, table.ref, left)
    discard(table.root, table.ref, written.files)
    return replace(written, files=files, opening=opening)


def rows_without_bytes(table: Table, decoded: Sequence[LandedFile], schema: pl.Schema) -> list[DataFile]:
    """The rows of files that cannot be decoded again, since their bytes were withdrawn, in the types they have now.

    Args:
        table: The formatted table as it was.
        decoded: The files that were decoded again.
        schema: Of the table from now on.
    """
    ids = [file.file_id for file in decoded]
    kept = table.scan().filter(~pl.col(_FILE).is_in(ids))
    return write_data_files(table.root, table.ref, as_now(kept, schema))

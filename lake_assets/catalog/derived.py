"""The tables of definitions, each made of `governance.definitions`: a row holds from one moment to another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import polars as pl

from lake_assets.catalog.artefact import Artefact
from lake_assets.catalog.definitions import said_of
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table

__all__ = ["derive"]

Row = dict[str, object]


def derive(definitions: Table, artefact: Artefact) -> None:
    """Bring a table of definitions up to what was recorded; where nothing of it concerns the table, nothing is written.

    Args:
        definitions: `governance.definitions` as it is.
        artefact: Whose table.
    """
    root = definitions.root

    def decide(table: Table | None) -> Change | None:
        if table is not None and table.consumed(definitions.input_name) == definitions.version:
            return None
        rows = pl.DataFrame(list(_rows(root, artefact)), schema=artefact.schema)
        if table is not None and rows.equals(_as_it_is(table, artefact)):
            return None
        return Change(
            artefact.schema,
            write_data_files(root, artefact.ref, rows.lazy()),
            table.files["path"].to_list() if table is not None and table.files.height else [],
            consumed={definitions.input_name: definitions.version},
            column_notes=artefact.column_notes,
        )

    commit(root, artefact.ref, decide)


def _as_it_is(table: Table, artefact: Artefact) -> pl.DataFrame:
    return table.scan().select(artefact.schema.names()).collect()


def _rows(root: LakeRoot, artefact: Artefact) -> Iterator[Row]:
    """Each time that something was declared so, by name and time."""
    said = said_of(root, artefact.name).sort("name", "at", maintain_order=True)
    until = said.select(pl.col("at").shift(-1).over("name")).to_series()
    for row, valid_to in zip(said.iter_rows(named=True), until, strict=True):
        if row["event"] == "declared":
            yield {**_content(row), **_since(row), "valid_to": valid_to}


def _content(row: Row) -> Row:
    content: Row = json.loads(cast("str", row["content"]))
    return content


def _since(row: Row) -> Row:
    return {
        "content_hash": row["content_hash"],
        "git_sha": row["git_sha"],
        "valid_from": row["at"],
        "run_id": row["run_id"],
    }

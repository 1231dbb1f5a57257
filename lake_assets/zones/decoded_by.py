"""By what landed files were decoded: the format, its options and the mapping as they were declared then."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.model import PROVENANCE, Dataset, LandedFile, Zone
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.pinned_mapping import mapping_in_force, stored_schema

__all__ = ["AGAIN", "DECODED_BY", "LANDING", "decoded_by", "refuse_retyped", "retyped", "stale_files"]

LANDING = "persistent_landing"
"""The input of formatted tables: consumed up to the id of a landed file."""

DECODED_BY = "decoded_by"
"""What a commit of a formatted table calls the digest of what its files were decoded by."""

AGAIN = "decoded_again"
"""What a commit of a formatted table calls the ids of older files that it decoded again."""

_FOR_PEOPLE = ("description", "unit", "is_personal")
_DIGITS = 16


def decoded_by(dataset: Dataset) -> str:
    """Changes whenever the rows of a file may come out otherwise."""
    mapping = dataset.mapping
    columns = [
        {name: value for name, value in asdict(column).items() if name not in _FOR_PEOPLE}
        for column in mapping.columns
    ]
    said = [dataset.format, dataset.format_options, columns, mapping.null_tokens, mapping.drift]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:_DIGITS]


def stale_files(
    dataset: Dataset, table: Table, files: Sequence[LandedFile], code_version: str
) -> list[LandedFile]:
    """Those of the landed files that were decoded by something else than what is declared now.

    With them those that lost a cell when another version of the product decoded them.

    Args:
        dataset: The dataset, with the mapping and the format as they are now.
        table: Its formatted table.
        files: The files that the table has consumed.
        code_version: The version of the product.
    """
    today, how = decoded_by(dataset), _how(table, files)
    by_others = {file.file_id for file in files if how[file.file_id][1] != code_version}
    lossy = _lossy(table) & by_others if by_others else by_others
    return [file for file in files if how[file.file_id][0] != today or file.file_id in lossy]


def _how(table: Table, files: Sequence[LandedFile]) -> dict[int, tuple[str, str]]:
    """By what each file was decoded last, and by which version of the product."""
    ends, spans, again = list[int](), list[tuple[str, str]](), dict[int, tuple[str, str]]()
    for note in table.notes(None):
        said = (note.content.get(DECODED_BY, ""), note.content.get("code_version", ""))
        if AGAIN in note.content:
            again |= dict.fromkeys(note.content[AGAIN], said)
        elif LANDING in note.content.get("inputs", {}):
            ends.append(note.content["inputs"][LANDING])
            spans.append(said)
    first = {file.file_id: spans[bisect_left(ends, file.file_id)] for file in files}
    return {**first, **again}


def _lossy(table: Table) -> set[int]:
    """Files with a cell that no column holds."""
    lost = table.scan().filter(pl.col(RESCUED).is_not_null()).select(pl.col(PROVENANCE[0]).unique())
    return set(lost.collect(engine="streaming").to_series())


def retyped(dataset: Dataset, table: Table | None) -> dict[str, tuple[pl.DataType, pl.DataType]]:
    """The columns that the mapping has of another type than the formatted table: as it is, and as it should be."""
    if table is None:
        return {}
    wanted = stored_schema(mapping_in_force(dataset, table), dict(table.schema))
    return {
        name: (table.schema[name], kind)
        for name, kind in wanted.items()
        if name in table.schema and table.schema[name] != kind
    }


def refuse_retyped(dataset: Dataset, table: Table | None) -> None:
    """Refuse to go on where a column is of another type in the mapping than in the formatted table.

    Raises:
        SchemaError: Naming the first such column.
    """
    for name, (found, wanted) in retyped(dataset, table).items():
        place = f"table {dataset.table(Zone.FORMATTED)}, column {name}"
        mend = f"run `lake replay {dataset.name} --why TEXT`, which decodes every file again, or declare the old type"
        what = f"column {name} is {found} in the table and {wanted} in the mapping"
        raise SchemaError(what, place=", ".join(filter(None, (str(dataset.place), place))), mend=mend)

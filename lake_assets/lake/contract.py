"""The contract of a dataset, with what its tables say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lake_assets.contracts import Document, to_contract
from lake_assets.declarations import written_source
from lake_assets.lake.lake import Lake
from lake_assets.model import Column, Dataset, TableRef, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table
from lake_assets.zones.pinned_mapping import mapping_in_force

__all__ = ["contract_of"]


def contract_of(lake: Lake, name: str) -> Document:
    """The contract of a dataset: what is declared, and the columns and types that its tables have taken on.

    Args:
        lake: The lake; the dataset need not have been ingested.
        name: The dataset.

    Raises:
        UnknownTableError: When it is not declared.
        DeclarationError: When its declaration is not in a file any more.
    """
    dataset = lake.declarations.dataset(name)
    trusted = find_table(lake.root, dataset.table(Zone.TRUSTED))
    source = _with_columns(written_source(dataset), dataset, _in_force(lake.root, dataset))
    stored = trusted.schema if trusted else {}
    return to_contract(source, stored, _server(lake.root, dataset.table(Zone.TRUSTED)))


def _in_force(root: LakeRoot, dataset: Dataset) -> tuple[Column, ...]:
    return mapping_in_force(dataset, find_table(root, dataset.table(Zone.FORMATTED))).columns


def _with_columns(
    source: dict[str, object], dataset: Dataset, in_force: tuple[Column, ...]
) -> dict[str, object]:
    """The attributes with the columns that nobody wrote down: inferred, or asked for by a model."""
    datasets = cast("Mapping[str, Mapping[str, object]]", source["datasets"])
    written = cast("Mapping[str, object]", datasets[dataset.name].get("columns") or {})
    others = {each.name: _attributes(each) for each in in_force if each.name not in written}
    return {
        **source,
        "datasets": {dataset.name: {**datasets[dataset.name], "columns": {**written, **others}}},
    }


def _attributes(column: Column) -> dict[str, object]:
    told = {
        "type": column.kind.value,
        "from": column.source_name if column.source_name != column.name else "",
        "layout": column.layout,
        "unit": column.unit,
        "description": column.description,
        "personal": column.is_personal,
    }
    return {name: value for name, value in told.items() if value}


def _server(root: LakeRoot, ref: TableRef) -> dict[str, object]:
    """Where others find the table."""
    if root.is_local:
        return {"type": "local", "path": root.table_uri(ref), "format": "delta"}
    endpoint = root.storage_options.get("aws_endpoint_url")
    return {
        "type": "s3",
        "location": root.table_uri(ref),
        **({"endpointUrl": endpoint} if endpoint else {}),
        "format": "delta",
    }

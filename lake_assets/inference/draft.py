"""A source as inference proposes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lake_assets.inference.column_draft import ColumnDraft
from lake_assets.inference.keys import Keys
from lake_assets.model import Options

__all__ = ["DatasetDraft", "SourceDraft"]


@dataclass(frozen=True)
class DatasetDraft:
    """One kind of data, as a sample shows it.

    Args:
        name: Its table's name.
        origin: What the connector collects.
        kind: The format.
        options: Of the format.
        dataset_options: Of the connector.
        columns: In the order of the files.
        keys: What may identify a row.
        null_tokens: Texts that mean null.
        rules: What trusted rows may have to keep.
        rows: How many records were looked at.
        files: Of how many files; 0 for a table.
        is_whole: Whether these were all records of these files.
        bad: How many records did not parse.
        other_options: Options of the connector that would make sense, too.
    """

    name: str
    origin: str
    kind: str
    options: Options = field(default_factory=dict)
    dataset_options: Options = field(default_factory=dict)
    columns: tuple[ColumnDraft, ...] = ()
    keys: Keys = field(default_factory=Keys)
    null_tokens: tuple[str, ...] = ()
    rules: tuple[Mapping[str, object], ...] = ()
    rows: int = 0
    files: int = 0
    is_whole: bool = False
    bad: int = 0
    other_options: tuple[Options, ...] = ()


@dataclass(frozen=True)
class SourceDraft:
    """A source with its datasets.

    Args:
        name: Its name.
        connector: The kind of connector.
        connector_options: Its options.
        datasets: At least one.
        notes: What a person should know besides.
    """

    name: str
    connector: str
    connector_options: Options
    datasets: tuple[DatasetDraft, ...]
    notes: tuple[str, ...] = ()

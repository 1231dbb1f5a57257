"""The lineage of a whole lake, as it is declared now: looked at table by table, when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from lake_assets.cleaning import Scope, compile_steps
from lake_assets.declarations import Declarations
from lake_assets.errors import LakeError
from lake_assets.governance.mappings import recorded_lineage
from lake_assets.lineage.declared import child_lineage, formatted_lineage, trusted_lineage
from lake_assets.lineage.transformation import Traced, trace_transformation
from lake_assets.model import Dataset, Source, TableLineage, TableRef, Transformation, Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.making import CODE, code_position
from lake_assets.zones.pinned_mapping import mapping_in_force, stored_schema

__all__ = ["LakeLineage", "lineage_of_dataset", "lineage_of_made", "lineages_of_dataset"]


class LakeLineage:
    """Which columns depend on which, through all zones.

    Schemas are those of the tables that are there, else what the declarations say: it is told before anything runs.

    Args:
        root: The lake.
        declarations: What is declared for it.
    """

    def __init__(self, root: LakeRoot, declarations: Declarations) -> None:
        """Keep both; nothing is read yet."""
        self._root = root
        self.declarations = declarations
        self._datasets = {dataset.name: dataset for dataset in declarations.tables}
        self._made = {each.target: each for each in declarations.transformations}
        self._tables: dict[TableRef, Table | None] = {}
        self._lineages: dict[TableRef, TableLineage] = {}
        self._traced: dict[TableRef, Traced] = {}
        self._readers = self._readers_by_table()

    def tables(self) -> list[TableRef]:
        """Every table that is declared, each after those that it is made of; datasets begin in persistent landing."""
        zones = (Zone.PERSISTENT_LANDING, Zone.FORMATTED, Zone.TRUSTED)
        of_datasets = [
            dataset.table(zone)
            for dataset in self.declarations.tables
            for zone in (zones if not dataset.parent else zones[-1:])
        ]
        return [*of_datasets, *(each.target for each in self.declarations.transformations)]

    def of(self, ref: TableRef) -> TableLineage:
        """What the columns of a table depend on; nothing for one that nothing is declared of."""
        if ref not in self._lineages:
            self._lineages[ref] = self._lineage(ref)
        return self._lineages[ref]

    def as_made(self, ref: TableRef) -> TableLineage:
        """What the columns of a table depend on as it was made, by its commits; else as it is declared now.

        The function that makes an exploitation table is not called for it where a commit says it.
        """
        table = self._table(ref) if ref in self._made else None
        recorded = recorded_lineage(table) if table is not None else None
        return recorded or self.of(ref)

    def as_it_may_be(self, ref: TableRef) -> list[TableLineage]:
        """What the columns of an exploitation table depend on as it was made, and as it is declared if otherwise."""
        table, declared = self._table(ref), self._made.get(ref)
        recorded = recorded_lineage(table) if table is not None and declared is not None else None
        if table is None or declared is None or recorded is None:
            return [self.of(ref)]
        is_same = table.consumed(CODE) == code_position(declared)
        if is_same:
            return [recorded]
        # A column that the code does not give any more is as it was made.
        given = self._trace(ref).schema or self.of(ref).columns
        now = {name: depends for name, depends in self.of(ref).columns.items() if name in given}
        return [recorded, replace(self.of(ref), columns=now)]

    def columns(self, ref: TableRef) -> list[str]:
        """The columns of a table, or the elements of a dataset's files, as far as they are known."""
        if ref.zone is Zone.PERSISTENT_LANDING:
            return self._elements(ref.name)
        return list(self.of(ref).columns)

    def readers(self, ref: TableRef) -> list[TableRef]:
        """The tables that may be made of a table, directly."""
        return self._readers.get(ref, [])

    def schema(self, ref: TableRef) -> pl.Schema:
        """The columns of a table with their types; empty where nothing is known of it."""
        table = self._table(ref)
        if table is not None:
            return table.schema
        if ref in self._made:
            return self._trace(ref).schema or pl.Schema()
        dataset = self._datasets.get(ref.name)
        return self._declared_schema(dataset, ref.zone) if dataset is not None else pl.Schema()

    def transformation(self, ref: TableRef) -> Transformation | None:
        """How an exploitation table is made."""
        return self._made.get(ref)

    def dataset(self, ref: TableRef) -> Dataset | None:
        """The dataset, or child table, that a table is of."""
        return None if ref.zone is Zone.EXPLOITATION else self._datasets.get(ref.name)

    def _lineage(self, ref: TableRef) -> TableLineage:
        if ref in self._made:
            return self._trace(ref).lineage
        dataset, columns = self._datasets.get(ref.name), list(self._known_columns(ref))
        if dataset is None or ref.zone not in {Zone.FORMATTED, Zone.TRUSTED}:
            return TableLineage(ref, {})
        if dataset.parent:
            return child_lineage(dataset, self.schema(TableRef(Zone.TRUSTED, dataset.parent)), columns)
        formatted = dataset.table(Zone.FORMATTED)
        if ref.zone is Zone.FORMATTED:
            return formatted_lineage(dataset, mapping_in_force(dataset, self._table(ref)), columns)
        return trusted_lineage(dataset, self.schema(formatted), columns)

    def _elements(self, name: str) -> list[str]:
        dataset = self._datasets.get(name)
        if dataset is None:
            return []
        mapping = mapping_in_force(dataset, self._table(dataset.table(Zone.FORMATTED)))
        return [name for column in mapping.columns for name in column.source_names]

    def _trace(self, ref: TableRef) -> Traced:
        if ref not in self._traced:
            made = self._made[ref]
            schemas = {name: self.schema(each) for name, each in made.inputs.items()}
            self._traced[ref] = trace_transformation(made, schemas, self._known_columns(ref))
        return self._traced[ref]

    def _known_columns(self, ref: TableRef) -> Iterable[str]:
        table = self._table(ref)
        return table.schema if table is not None else ()

    def _table(self, ref: TableRef) -> Table | None:
        if ref not in self._tables:
            self._tables[ref] = find_table(self._root, ref) if ref.zone.holds_tables else None
        return self._tables[ref]

    def _declared_schema(self, dataset: Dataset, zone: Zone) -> pl.Schema:
        if dataset.parent:
            return pl.Schema()
        mapping = mapping_in_force(dataset, self._table(dataset.table(Zone.FORMATTED)))
        before = stored_schema(mapping, {})
        if zone is Zone.FORMATTED:
            return before
        try:
            return compile_steps(dataset.clean, before, Scope(rescued=RESCUED)).schema
        except LakeError:
            # A column that is not known yet, or a key that this process does not hold: the names are right.
            return before

    def _readers_by_table(self) -> dict[TableRef, list[TableRef]]:
        found: dict[TableRef, list[TableRef]] = {}
        for dataset in self.declarations.tables:
            trusted = dataset.table(Zone.TRUSTED)
            if dataset.parent:
                found.setdefault(TableRef(Zone.TRUSTED, dataset.parent), []).append(trusted)
                continue
            found.setdefault(dataset.table(Zone.PERSISTENT_LANDING), []).append(dataset.table(Zone.FORMATTED))
            found.setdefault(dataset.table(Zone.FORMATTED), []).append(trusted)
            for other in _referred_tables(dataset):
                found.setdefault(other, []).append(trusted)
        for made in self.declarations.transformations:
            for ref in dict.fromkeys(made.inputs.values()):
                found.setdefault(ref, []).append(made.target)
        return found


def lineage_of_dataset(root: LakeRoot, dataset: Dataset, zone: Zone) -> TableLineage:
    """What the columns of a table of a dataset depend on, as it is declared and as its tables are.

    Args:
        root: The lake.
        dataset: The dataset, or a child table.
        zone: Formatted or trusted.
    """
    return _alone(root, dataset).of(dataset.table(zone))


def lineages_of_dataset(root: LakeRoot, dataset: Dataset) -> list[TableLineage]:
    """What the columns of the formatted and the trusted table of a dataset depend on; of a child table the latter.

    Args:
        root: The lake.
        dataset: The dataset, or a child table.
    """
    alone = _alone(root, dataset)
    zones = [Zone.TRUSTED] if dataset.parent else [Zone.FORMATTED, Zone.TRUSTED]
    return [alone.of(dataset.table(zone)) for zone in zones]


def _alone(root: LakeRoot, dataset: Dataset) -> LakeLineage:
    return LakeLineage(root, Declarations((Source(dataset.source, "", datasets=(dataset,)),)))


def lineage_of_made(root: LakeRoot, transformation: Transformation) -> TableLineage:
    """What the columns of an exploitation table depend on as it was made; else by its code and its inputs as they are.

    Args:
        root: The lake.
        transformation: How the table is made.
    """
    alone = Declarations(transformations=(transformation,))
    return LakeLineage(root, alone).as_made(transformation.target)


def _referred_tables(dataset: Dataset) -> set[TableRef]:
    named = (rule.parameters.get("table") for rule in dataset.rules)
    return {TableRef.parse(str(each)) for each in named if each} - {dataset.table(Zone.TRUSTED)}

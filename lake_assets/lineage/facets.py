"""What OpenLineage is told of a table: its facets. Imported only where run events are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from openlineage.client import facet_v2 as facets
from openlineage.client.facet_v2 import (
    DatasetFacet,
    InputDatasetFacet,
    column_lineage_dataset,
    data_quality_assertions_dataset,
    data_quality_metrics_dataset,
)

from lake_assets.lineage.names import dataset_name
from lake_assets.lineage.tree import Edge, edges_of_table
from lake_assets.model import ALL_ROWS, Rule, Severity, TableLineage, Verdict, Way
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table

__all__ = ["assertions", "column_lineage", "described", "table_facets"]

_MASKING = ("mask", "pseudonymise")


def table_facets(table: Table) -> dict[str, DatasetFacet]:
    """Schema, version and what the log knows of the values of a table as it is: never a value."""
    return {
        "schema": _schema(table),
        "version": facets.dataset_version_dataset.DatasetVersionDatasetFacet(str(table.version)),
        "dataQualityMetrics": _metrics(table),
        "storage": facets.storage_dataset.StorageDatasetFacet("delta", "parquet"),
        "symlinks": facets.symlinks_dataset.SymlinksDatasetFacet(
            [facets.symlinks_dataset.Identifier(table.root.uri, str(table.ref), "TABLE")]
        ),
    }


def described(owner: str, description: str) -> dict[str, DatasetFacet]:
    """Who answers for a table and what it means, as far as that is declared."""
    told: dict[str, DatasetFacet] = {}
    if owner:
        owners = [facets.ownership_dataset.Owner(owner, "MAINTAINER")]
        told["ownership"] = facets.ownership_dataset.OwnershipDatasetFacet(owners)
    if description:
        told["documentation"] = facets.documentation_dataset.DocumentationDatasetFacet(description)
    return told


def _schema(table: Table) -> DatasetFacet:
    meanings = {each.name: each.metadata.get("comment") for each in table.delta.schema().fields}
    return facets.schema_dataset.SchemaDatasetFacet(
        [
            facets.schema_dataset.SchemaDatasetFacetFields(
                name, str(kind), meanings.get(name), ordinal_position=place
            )
            for place, (name, kind) in enumerate(table.schema.items(), start=1)
        ]
    )


def _metrics(table: Table) -> DatasetFacet:
    files = table.files
    return data_quality_metrics_dataset.DataQualityMetricsDatasetFacet(
        columnMetrics={
            name: data_quality_metrics_dataset.ColumnMetrics(nullCount=nulls, quantiles=None)
            for name in table.schema
            if (nulls := _nulls(files, name)) is not None
        },
        rowCount=table.row_count,
        bytes=table.size_bytes,
        fileCount=files.height,
    )


def _nulls(files: pl.DataFrame, column: str) -> int | None:
    """Nulls of a column, where every file counts them."""
    name = f"null_count.{column}"
    if name not in files.columns or files[name].null_count():
        return None
    return int(files[name].sum())


def column_lineage(root: LakeRoot, lineage: TableLineage) -> dict[str, DatasetFacet]:
    """Which columns each column depends on, and what decides about the rows, which concerns the whole dataset.

    The facet names columns: that a count depends on how many rows a table has is not in it.
    """
    edges = [edge for edge in edges_of_table(lineage) if edge.origin.column != ALL_ROWS]
    fields = {
        name: column_lineage_dataset.Fields(
            [_input(root, edge) for edge in edges if edge.target.column == name]
        )
        for name in dict.fromkeys(edge.target.column for edge in edges)
        if name != ALL_ROWS
    }
    rows = [_input(root, edge) for edge in edges if edge.target.column == ALL_ROWS]
    if not fields and not rows:
        return {}
    return {"columnLineage": column_lineage_dataset.ColumnLineageDatasetFacet(fields, rows)}


def _input(root: LakeRoot, edge: Edge) -> column_lineage_dataset.InputField:
    namespace, name = dataset_name(root, edge.origin.table)
    transformations = [_transformation(edge, way) for way in edge.ways]
    return column_lineage_dataset.InputField(namespace, name, edge.origin.column, transformations)


def _transformation(edge: Edge, way: Way) -> column_lineage_dataset.Transformation:
    description = "may depend: what lies between could not be looked into" if edge.is_opaque else edge.note
    is_masking = any(step in edge.note for step in _MASKING)
    return column_lineage_dataset.Transformation(way.kind, way.value, description, is_masking)


def assertions(verdicts: Iterable[Verdict], rules: Sequence[Rule]) -> dict[str, InputDatasetFacet]:
    """How the rules came out; nothing where there are none. A breach is told by its number, never by a value."""
    by_id: Mapping[str, Rule] = {rule.rule_id: rule for rule in rules}
    told = [_assertion(each, by_id.get(each.rule_id)) for each in verdicts]
    facet = data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(told)
    return {"dataQualityAssertions": facet} if told else {}


def _assertion(verdict: Verdict, rule: Rule | None) -> data_quality_assertions_dataset.Assertion:
    columns = rule.columns if rule else ()
    return data_quality_assertions_dataset.Assertion(
        assertion=rule.kind if rule else verdict.rule_id,
        success=verdict.is_kept,
        column=columns[0] if len(columns) == 1 else None,
        severity="warn" if verdict.severity is Severity.WARN else "error",
        name=verdict.rule_id,
        actual=f"{verdict.broken} of {verdict.judged} rows break it",
    )

"""What Dagster is told of a table: its columns and meaning when it is declared, its figures when it is made."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import dagster as dg

from lake_assets.catalog import ColumnFacts
from lake_assets.governance.processed_files import newest_file
from lake_assets.model import Cleaned, Drift, Place, Rule, StepReport, TableLineage, TableRef, Zone
from lake_assets.orchestration.docs_link import docs_link
from lake_assets.orchestration.keys import PROFILES_KEY
from lake_assets.orchestration.lineage_metadata import lineage_metadata
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table, find_table

__all__ = ["code_reference", "data_version", "declared_metadata", "made_metadata"]

Metadata = dict[str, Any]


@lru_cache(maxsize=64)  # the tables of a dataset follow one another, and stand in one place
def code_reference(place: Place) -> Mapping[str, dg.CodeReferencesMetadataValue]:
    """A link to where something is declared, when it is declared in a file."""
    if not place.file:
        return {}
    label = f"{Path(place.file).name}:{place.line}" if place.line else Path(place.file).name
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", dg.BetaWarning
        )  # pyproject holds Dagster to the minor version we know
        link = dg.LocalFileCodeReference(file_path=place.file, line_number=place.line or None, label=label)
        return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[link])}


def declared_metadata(
    ref: TableRef, grain: str, key: Sequence[str], place: Place, source: str = ""
) -> Metadata:
    """What is known of a table, or of a dataset of a source in a landing zone, before it is made."""
    metadata: Metadata = {**code_reference(place), **docs_link(ref, source)}
    if ref.zone.holds_tables:
        metadata["dagster/table_name"] = str(ref)
    if grain:
        metadata["grain"] = grain
    if key:
        metadata["key"] = ", ".join(key)
    if ref.zone in {Zone.TRUSTED, Zone.EXPLOITATION}:
        metadata["profiles"] = dg.MetadataValue.asset(PROFILES_KEY)
    return metadata


def made_metadata(
    root: LakeRoot,
    ref: TableRef,
    report: StepReport,
    rules: Sequence[Rule] = (),
    facts: Mapping[str, ColumnFacts] | None = None,
    lineage: TableLineage | None = None,
) -> Metadata:
    """The figures of a step, and of the table as it is after it.

    Args:
        root: The lake.
        ref: The table, or the dataset in a landing zone.
        report: What the step did.
        rules: Of the table.
        facts: What is declared of its columns.
        lineage: What the columns of the table depend on.
    """
    table = find_table(root, ref) if ref.zone.holds_tables else None
    return {
        "changed": report.is_changed,
        "seconds": report.seconds,
        **_effort(report),
        **_flow(report),
        **_cleaned(report.cleaned),
        **(_state(table, rules, facts or {}) if table else {"dagster/uri": root.locate(ref.path)}),
        **_drifts(report.drifts),
        **(lineage_metadata(lineage) if lineage else {}),
        **_problems(report.problems),
    }


def data_version(root: LakeRoot, ref: TableRef, report: StepReport) -> str:
    """What tells Dagster whether anything changed: a step that found nothing new leaves it as it was."""
    if ref.zone.holds_tables:
        return f"{report.version}"
    return f"{newest_file(root, ref.name)}+{report.files if ref.zone is Zone.TEMPORARY_LANDING else 0}"


def _flow(report: StepReport) -> Metadata:
    """What went through the step; counts that say nothing for its zone are left out when they are 0."""
    counts = {
        "files": report.files,
        "bytes_read": report.size_bytes,
        "duplicate_files": report.duplicates,
        "rows_in": report.rows_in,
        "rows_out": report.rows_out,
        "rows_quarantined": report.rows_quarantined,
        "rows_merged": report.rows_merged,
    }
    wanted = (
        ("files", "bytes_read")
        if not report.zone.holds_tables
        else ("rows_in", "rows_out", "rows_quarantined")
    )
    return {name: count for name, count in counts.items() if count or name in wanted}


def _effort(report: StepReport) -> Metadata:
    """What the step cost the machine, which the UI plots."""
    effort = report.effort
    return {
        "cpu_seconds": effort.cpu_s,
        "peak_memory_bytes": effort.peak_bytes,
        "file_bytes_read": effort.bytes_read,
        "file_bytes_written": effort.bytes_written,
    }


def _cleaned(cleaned: Sequence[Cleaned]) -> Metadata:
    """What the cleaning steps changed, step by step."""
    if not cleaned:
        return {}
    rows = [dg.TableRecord(asdict(each)) for each in cleaned]
    return {
        "cells_cleaned": sum(each.changed for each in cleaned),
        "cells_lost": sum(each.lost for each in cleaned),
        "cleaned": dg.MetadataValue.table(records=rows),
    }


def _state(table: Table, rules: Sequence[Rule], facts: Mapping[str, ColumnFacts]) -> Metadata:
    return {
        "dagster/row_count": table.row_count,
        "dagster/uri": table.root.table_uri(table.ref),
        "dagster/column_schema": _column_schema(table, rules, facts),
        "delta_version": table.version,
        "data_files": table.files.height,
        "size_bytes": table.size_bytes,
    }


def _column_schema(table: Table, rules: Sequence[Rule], facts: Mapping[str, ColumnFacts]) -> dg.TableSchema:
    meanings = {column.name: column.metadata.get("comment") for column in table.delta.schema().fields}
    constraints = _constraints(rules)
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name,
                str(kind),
                description=_description(meanings.get(name), facts.get(name, _NOTHING)),
                constraints=constraints.get(name, dg.TableColumnConstraints()),
                tags=facts.get(name, _NOTHING).tags,
            )
            for name, kind in table.schema.items()
        ]
    )


_NOTHING = ColumnFacts()


def _description(meaning: object, facts: ColumnFacts) -> str | None:
    """What the table says of a column, and what the terms mean that it is bound to."""
    told = [str(meaning)] if meaning else []
    return " · ".join([*told, *([facts.of_terms] if facts.terms else [])]) or None


def _constraints(rules: Iterable[Rule]) -> Mapping[str, dg.TableColumnConstraints]:
    """The rules of each column in the words of Dagster's schema."""
    by_column: dict[str, list[Rule]] = {}
    for rule in rules:
        for column in rule.columns:
            by_column.setdefault(column, []).append(rule)
    return {
        column: dg.TableColumnConstraints(
            nullable=not any(rule.kind == "not_null" for rule in held),
            unique=any(rule.kind == "unique" and rule.columns == (column,) for rule in held),
            other=[rule.rule_id for rule in held if rule.kind != "not_null"],
        )
        for column, held in by_column.items()
    }


def _problems(problems: Sequence[str]) -> Metadata:
    return (
        {"problems": dg.MetadataValue.md("\n\n".join(f"```\n{text}\n```" for text in problems))}
        if problems
        else {}
    )


def _drifts(drifts: Sequence[Drift]) -> Metadata:
    """The elements that were not what the mapping knew, as a table."""
    records = [dg.TableRecord({**asdict(drift), "kind": drift.kind.value}) for drift in drifts]
    return {"drift": dg.MetadataValue.table(records)} if records else {}

"""The rules of a trusted table: those declared and those every dataset has, compiled for one batch."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Dataset, Rule, Severity, WriteMode
from lake_assets.quality import CompiledRule, Lookup, compile_rules
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED

__all__ = ["compile_for", "rules_of"]


def rules_of(dataset: Dataset) -> tuple[Rule, ...]:
    """The declared rules, and those every dataset has: cells decode, and a key that rows are merged by is not null."""
    decode = Rule(
        "cells_decode",
        "expression",
        (RESCUED,),
        {"sql": f"{RESCUED} IS NULL"},
        severity=Severity.WARN,
        owner=dataset.owner,
        reason="a cell that does not decode is null in its column",
    )
    key = Rule(
        "key_not_null", "not_null", dataset.key, owner=dataset.owner, reason="rows are merged by their key"
    )
    is_merged = dataset.write_mode is WriteMode.UPSERT and bool(dataset.key)
    return (*dataset.rules, decode, *([key] if is_merged else []))


def compile_for(
    dataset: Dataset, batch: pl.LazyFrame, table: Table | None, lookup: Lookup
) -> list[CompiledRule]:
    """Compile the rules so that rows come out the same, in however many batches they come.

    Args:
        dataset: Whose rules they are.
        batch: The rows to be judged.
        table: The trusted table as it is; None when it is not there.
        lookup: Finds the rows of a table that a rule refers to.
    """
    rules = rules_of(dataset)
    judged = [rule for rule in rules if not _is_kept_by_merging(dataset, rule)]
    compiled = compile_rules(judged, batch, lookup, known=_known(dataset, batch, table))
    by_id = {one.rule.rule_id: one for one in compiled}
    return [by_id.get(rule.rule_id) or CompiledRule(rule, pl.lit(True)) for rule in rules]


def _is_kept_by_merging(dataset: Dataset, rule: Rule) -> bool:
    """Whether an upsert sees to it that the rule holds: of two rows of one key the later replaces the earlier."""
    is_merged = dataset.write_mode is WriteMode.UPSERT
    return is_merged and rule.kind == "unique" and set(dataset.key) <= set(rule.columns)


def _known(dataset: Dataset, batch: pl.LazyFrame, table: Table | None) -> pl.LazyFrame | None:
    """The rows that stay in the table whatever the batch brings."""
    if table is None or dataset.write_mode is WriteMode.REPLACE:
        return None
    if dataset.write_mode is WriteMode.APPEND:
        return table.scan()
    return table.scan().join(batch.select(dataset.key), on=list(dataset.key), how="anti")

"""The rules of a trusted table: those declared and those every dataset has, compiled for one batch."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.model import PROVENANCE, Dataset, Rule, Severity, WriteMode
from lake_assets.quality import KINDS, CompiledRule, Lookup, compile_rules, keep
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED

__all__ = ["compile_for", "rules_of"]

_UNIQUE = "unique"


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
    others = compile_rules([rule for rule in rules if not KINDS[rule.kind].looks_beside], batch, lookup)
    beside = _compile_beside(dataset, batch, table, others, lookup)
    by_id = {one.rule.rule_id: one for one in [*others, *beside]}
    return [by_id.get(rule.rule_id) or CompiledRule(rule, pl.lit(True)) for rule in rules]


def _compile_beside(
    dataset: Dataset,
    batch: pl.LazyFrame,
    table: Table | None,
    others: Sequence[CompiledRule],
    lookup: Lookup,
) -> list[CompiledRule]:
    """Compile rules such as `unique`: a row is measured by the rows that are to stand beside it, and by no others."""
    rules = [
        rule
        for rule in rules_of(dataset)
        if KINDS[rule.kind].looks_beside and not _is_merged_by(dataset, rule)
    ]
    known = table.scan() if table and dataset.write_mode is not WriteMode.REPLACE else None
    compiled = compile_rules(rules, batch, lookup, known=known)
    if not any(one.holds.meta.root_names() for one in compiled):
        return compiled
    beside = batch.filter(keep(others))
    if dataset.write_mode is WriteMode.UPSERT:
        key = list(dataset.key)
        beside = beside.sort(PROVENANCE).unique(subset=key, keep="last", maintain_order=True)
        known = known.join(beside.select(key), on=key, how="anti") if known is not None else None
    return compile_rules(rules, beside, lookup, known=known)


def _is_merged_by(dataset: Dataset, rule: Rule) -> bool:
    """Whether an upsert keeps the rule: of two rows of one key the later replaces the earlier."""
    is_unique = rule.kind == _UNIQUE
    return is_unique and dataset.write_mode is WriteMode.UPSERT and set(dataset.key) <= set(rule.columns)

"""The rules of a trusted table: those declared and those every dataset has, compiled for one batch."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lake_assets.cleaning import DEDUPLICATE, Tally
from lake_assets.model import PROVENANCE, Dataset, Rule, Severity, WriteMode
from lake_assets.quality import KINDS, CompiledRule, Lookup, compile_rules, keep
from lake_assets.storage.table import Table
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.contents import aligned
from lake_assets.zones.duplicates import duplicates

__all__ = ["compile_for", "repeated", "rules_of"]

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
    is_merged = dataset.write_mode.needs_a_key and bool(dataset.key)
    return (
        *dataset.rules,
        *([] if dataset.parent else [decode]),
        *([key] if is_merged else []),
        *_of_histories(dataset),
    )


def _of_histories(dataset: Dataset) -> list[Rule]:
    if dataset.write_mode is not WriteMode.SCD2 or not dataset.valid_from:
        return []
    reason = "a version has its place in the history by the time since when it holds"
    columns = (dataset.valid_from,)
    return [Rule("valid_from_not_null", "not_null", columns, owner=dataset.owner, reason=reason)]


def compile_for(
    dataset: Dataset,
    batch: pl.LazyFrame,
    table: Table | None,
    lookup: Lookup,
    but: pl.LazyFrame | None = None,
) -> list[CompiledRule]:
    """Compile the rules so that rows come out the same, in however many batches they come.

    Args:
        dataset: Whose rules they are.
        batch: The rows to be judged.
        table: The trusted table as it is; None when it is not there.
        lookup: Finds the rows of a table that a rule refers to.
        but: Provenance of rows of the table that stand for nothing, since they are judged again.
    """
    rules, known = rules_of(dataset), _known(dataset, table, but)
    others = compile_rules([rule for rule in rules if not KINDS[rule.kind].looks_beside], batch, lookup)
    beside = _compile_beside(dataset, batch, known, others, lookup)
    by_id = {one.rule.rule_id: one for one in [*others, *beside]}
    return [by_id.get(rule.rule_id) or CompiledRule(rule, pl.lit(True)) for rule in rules]


def repeated(
    dataset: Dataset,
    batch: pl.LazyFrame,
    table: Table | None,
    lookup: Lookup,
    tally: Tally,
    but: pl.LazyFrame | None = None,
) -> pl.Series:
    """Positions of the rows of a batch that say again what another row says that keeps the rules.

    Args: as of `compile_for`; `tally` is told how many there are.
    """
    if all(step.kind != DEDUPLICATE for step in dataset.clean):
        return pl.Series(dtype=pl.Int128)
    alone = [rule for rule in rules_of(dataset) if not KINDS[rule.kind].looks_beside]
    rows = batch.filter(keep(compile_rules(alone, batch, lookup)))
    return duplicates(dataset, rows, _known(dataset, table, but), tally)


def _known(dataset: Dataset, table: Table | None, but: pl.LazyFrame | None) -> pl.LazyFrame | None:
    """The rows of the table beside which new ones are to stand."""
    if table is None or dataset.write_mode.goes_file_by_file:
        return None
    rows = table.scan()
    if dataset.write_mode is WriteMode.SCD2:
        rows = rows.filter(pl.col("is_current"))
    return rows if but is None else rows.join(but, on=list(PROVENANCE), how="anti")


def _compile_beside(
    dataset: Dataset,
    batch: pl.LazyFrame,
    known: pl.LazyFrame | None,
    others: Sequence[CompiledRule],
    lookup: Lookup,
) -> list[CompiledRule]:
    """Compile rules such as `unique`: a row is measured by the rows that are to stand beside it, and by no others."""
    rules = [
        rule
        for rule in rules_of(dataset)
        if KINDS[rule.kind].looks_beside and not _is_merged_by(dataset, rule)
    ]
    compiled = compile_rules(rules, batch, lookup, known=known)
    if not any(one.holds.meta.root_names() for one in compiled):
        return compiled
    beside = batch.filter(keep(others))
    if dataset.write_mode.needs_a_key:
        key = list(dataset.key)
        beside = beside.sort(_order(dataset)).unique(subset=key, keep="last", maintain_order=True)
        if known is not None and len(_order(dataset)) > len(PROVENANCE):
            beside = beside.join(_overtaken(dataset, known, beside), on=key, how="anti")
        known = known.join(beside.select(key), on=key, how="anti") if known is not None else None
    return compile_rules(rules, beside, lookup, known=known)


def _overtaken(dataset: Dataset, known: pl.LazyFrame, beside: pl.LazyFrame) -> pl.LazyFrame:
    """The keys of which the table holds a later row, so that the one that comes does not stand beside others."""
    key, order = list(dataset.key), _order(dataset)
    new = beside.select(*dict.fromkeys([*key, *order]))
    there = aligned(known, new.collect_schema()).join(new.select(key), on=key, how="semi")
    both = pl.concat([there.with_columns(_comes=False), new.with_columns(_comes=True)])
    latest = both.sort(order).unique(subset=key, keep="last", maintain_order=True)
    return latest.filter(~pl.col("_comes")).select(key)


def _order(dataset: Dataset) -> list[str]:
    """The columns by which the latest row of a key is told."""
    told = dataset.order_by or dataset.valid_from
    return [*([told] if told else []), *PROVENANCE]


def _is_merged_by(dataset: Dataset, rule: Rule) -> bool:
    """Whether the merge keeps the rule: of two rows of one key the later replaces the earlier."""
    is_unique = rule.kind == _UNIQUE
    return is_unique and dataset.write_mode.needs_a_key and set(dataset.key) <= set(rule.columns)

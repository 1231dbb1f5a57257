"""Rows and records that are set aside: what they said, where they came from, which rules they break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.quality.compilation import CompiledRule, broken_rules
from lake_assets.quality.kinds import describe_rule
from lake_assets.quality.records import record_text

__all__ = ["PARSES", "QUARANTINE_SCHEMA", "quarantine_records", "quarantine_rows"]

PARSES = "parses"
"""What stands for a rule where a record could not be read at all."""

QUARANTINE_SCHEMA = pl.Schema(
    {
        "_file": pl.Int64(),
        "_row": pl.Int64(),
        "stage": pl.String(),
        "rules": pl.List(pl.String()),
        "reason": pl.String(),
        "record": pl.String(),
        "run_id": pl.String(),
        "quarantined_at": pl.Datetime("us", "UTC"),
        "rule_versions": pl.List(pl.String()),
    }
)
"""Of the quarantine of every dataset."""

_TIMES = QUARANTINE_SCHEMA["quarantined_at"]


def quarantine_rows(
    set_aside: pl.LazyFrame, compiled: Sequence[CompiledRule], *, stage: str, run_id: str, at: datetime
) -> pl.LazyFrame:
    """What the quarantine keeps of rows that break a rule.

    Args:
        set_aside: The rows of a batch for which `keep` is false.
        compiled: The rules, compiled for that batch.
        stage: The zone that judged them.
        run_id: The run that set them aside.
        at: When, UTC.

    Returns:
        A row for each, in order, of `QUARANTINE_SCHEMA`.
    """
    schema = set_aside.collect_schema()
    return set_aside.select(
        *(_number(name, schema) for name in PROVENANCE),
        pl.lit(stage).alias("stage"),
        broken_rules(compiled).alias("rules"),
        _reason(compiled).alias("reason"),
        record_text(schema).alias("record"),
        pl.lit(run_id).alias("run_id"),
        pl.lit(at, dtype=_TIMES).alias("quarantined_at"),
        broken_rules(compiled, lambda rule: rule.version).alias("rule_versions"),
    )


def quarantine_records(
    bad: Iterable[tuple[int, int, str, str]], *, run_id: str, at: datetime, stage: str = "formatted"
) -> pl.LazyFrame:
    """What the quarantine keeps of records that do not parse.

    Args:
        bad: File id, record number, raw text and reason of each.
        run_id: The run that set them aside.
        at: When, UTC.
        stage: The zone that could not read them.

    Returns:
        A row for each, in order, of `QUARANTINE_SCHEMA`.
    """
    rows = [
        (file_id, row, stage, [PARSES], reason, raw, run_id, at, [""]) for file_id, row, raw, reason in bad
    ]
    return pl.LazyFrame(rows, schema=QUARANTINE_SCHEMA, orient="row")


def _number(name: str, schema: pl.Schema) -> pl.Expr:
    return pl.col(name).cast(pl.Int64) if name in schema else pl.lit(None, dtype=pl.Int64).alias(name)


def _reason(compiled: Sequence[CompiledRule]) -> pl.Expr:
    """What should have held, rule by rule."""
    said = [(one.holds, f"not: {describe_rule(one.rule)}") for one in compiled if one.decides]
    reasons = [pl.when(~holds).then(pl.lit(text)) for holds, text in said]
    return pl.concat_str(reasons or [pl.lit("")], separator="; ", ignore_nulls=True)

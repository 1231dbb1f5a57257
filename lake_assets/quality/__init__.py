"""The rules of quality: judged in one pass; what breaks them is set aside, never lost.

Declare rules, compile them for a batch, split the batch by `keep`, judge, and quarantine what was set aside:

    compiled = compile_rules(rules, batch, lookup)
    batch.sink_parquet(pl.PartitionBy(folder, key=[keep(compiled).alias("kept")], include_key=False), ...)
    verdicts = judge(compiled, kept, set_aside, kept_rows=..., set_aside_rows=...)
    quarantine_rows(set_aside, compiled, stage="trusted", run_id=run_id, at=now)
"""

from lake_assets.quality.compilation import CompiledRule, broken_rules, compile_rules, keep
from lake_assets.quality.declaration import declare_rule
from lake_assets.quality.judgement import aged, as_runs_left_them, judge, judge_table, unless_silent
from lake_assets.quality.kind import Kind, Lookup, RowKind, Scope
from lake_assets.quality.kind_of_table import TableKind, is_over_table
from lake_assets.quality.kinds import KINDS, describe_rule, rule_kinds, told_rule
from lake_assets.quality.models import model_columns, model_rules
from lake_assets.quality.position import is_at
from lake_assets.quality.quarantine import PARSES, QUARANTINE_SCHEMA, quarantine_records, quarantine_rows
from lake_assets.quality.repeats import superseded
from lake_assets.quality.stops import stops_told

__all__ = [
    "KINDS",
    "PARSES",
    "QUARANTINE_SCHEMA",
    "CompiledRule",
    "Kind",
    "Lookup",
    "RowKind",
    "Scope",
    "TableKind",
    "aged",
    "as_runs_left_them",
    "broken_rules",
    "compile_rules",
    "declare_rule",
    "describe_rule",
    "is_at",
    "is_over_table",
    "judge",
    "judge_table",
    "keep",
    "model_columns",
    "model_rules",
    "quarantine_records",
    "quarantine_rows",
    "rule_kinds",
    "stops_told",
    "superseded",
    "told_rule",
    "unless_silent",
]

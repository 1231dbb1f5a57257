"""Rules as Polars expressions, so that all of them are judged in the pass that writes the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import cast

import polars as pl

from lake_assets.errors import DeclarationError, SchemaError, near_names
from lake_assets.model import Rule, Severity
from lake_assets.quality.kind import Lookup, RowKind, Scope
from lake_assets.quality.kind_of_table import TableKind
from lake_assets.quality.kinds import kind_of

__all__ = ["CompiledRule", "broken_rules", "compile_rules", "keep"]


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A rule, ready to be judged.

    Args:
        rule: The rule.
        holds: Whether it holds for a row, Boolean, never null; always true for a rule about a whole table.
        measure: The number that a rule about a whole table looks at; None for a rule about rows.
    """

    rule: Rule
    holds: pl.Expr
    measure: pl.Expr | None = None

    @property
    def decides(self) -> bool:
        """Whether a row that breaks it is set aside."""
        return self.rule.severity is not Severity.WARN


def compile_rules(
    rules: Iterable[Rule], batch: pl.LazyFrame, lookup: Lookup, *, known: pl.LazyFrame | None = None
) -> list[CompiledRule]:
    """Turn rules into expressions over the columns of a batch.

    A null passes every rule but `not_null`, as in an SQL CHECK. `unique` and `references` look at the keys of
    the batch here; the expressions hold for this batch only.

    Args:
        rules: With different ids.
        batch: The rows to be judged.
        lookup: Opens the tables that rules refer to.
        known: Rows that the table already holds, which `unique` counts as earlier; None when they do not
            matter.

    Returns:
        One for each rule, in order.

    Raises:
        SchemaError: When a column is missing, or of a type that a rule cannot judge.
        DeclarationError: When a kind is not known, two rules share an id, or one needs more than a row.
    """
    scope = Scope(batch, batch.collect_schema(), lookup, known)
    wanted = list(rules)
    _refuse_shared_ids(wanted)
    return [_compiled(rule, scope) for rule in wanted]


def keep(compiled: Iterable[CompiledRule]) -> pl.Expr:
    """Whether a row is kept: no rule that decides is broken. Never null."""
    return pl.all_horizontal(pl.lit(True), *(one.holds for one in compiled if one.decides))


def broken_rules(
    compiled: Iterable[CompiledRule], told: Callable[[Rule], str] = attrgetter("rule_id")
) -> pl.Expr:
    """What is told of the rules for which a row is set aside, List(String); for rows that are set aside only.

    Args:
        compiled: The rules.
        told: Of each rule; its id unless said otherwise.
    """
    named = [pl.when(~one.holds).then(pl.lit(told(one.rule))) for one in compiled if one.decides]
    return pl.concat_list(named or [pl.lit(None, dtype=pl.String)]).list.drop_nulls()


def _refuse_shared_ids(rules: Sequence[Rule]) -> None:
    for rule_id, count in Counter(rule.rule_id for rule in rules).items():
        if count > 1:
            mend = "give one of them another id"
            raise DeclarationError(f"{count} rules have this id", place=f"rule {rule_id}", mend=mend)


def _compiled(rule: Rule, scope: Scope) -> CompiledRule:
    kind = kind_of(rule.kind, place=f"rule {rule.rule_id}")
    for column in rule.columns:
        if column not in scope.schema:
            mend = near_names(column, scope.schema)
            raise SchemaError(f"the table has no column {column!r}", place=f"rule {rule.rule_id}", mend=mend)
    if isinstance(kind, TableKind):
        return CompiledRule(rule, pl.lit(value=True), kind.measure(rule, scope.schema))
    holds = cast("RowKind", kind).holds(rule, scope).fill_null(value=True)
    return CompiledRule(rule, _tried(rule, holds, scope.schema))


def _tried(rule: Rule, holds: pl.Expr, schema: pl.Schema) -> pl.Expr:
    """Evaluate on no rows: types fit, the outcome is Boolean, and each row is judged by itself."""
    empty = pl.LazyFrame(schema=schema)
    try:
        found = empty.select(holds.alias("holds")).collect().schema["holds"]
        empty.sink_parquet(pl.PartitionBy("unused", key=holds), lazy=True).collect_schema()
    except pl.exceptions.PolarsError as error:
        mend = "compare columns of like types, and judge each row by itself: no sums, no windows"
        raise SchemaError(_first_line(error), place=f"rule {rule.rule_id}", mend=mend) from error
    if found != pl.Boolean:
        what = f"the outcome is {found}, not true or false"
        raise SchemaError(what, place=f"rule {rule.rule_id}", mend="compare it with something")
    return holds


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

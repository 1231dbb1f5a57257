"""The whole way from declared steps to clean rows and counts."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from lake_assets.cleaning import Cleaning, Scope, Tally, compile_steps, declare_step


@dataclass(frozen=True)
class Outcome:
    """Rows after their steps; the counts by kind and column, what was changed and what was lost."""

    cleaning: Cleaning
    rows: pl.DataFrame
    counts: dict[tuple[str, str], tuple[int, int]]

    def __getitem__(self, column: str) -> list[object]:
        return self.rows[column].to_list()


def cleaned(frame: pl.DataFrame, *declared: dict[str, object], scope: Scope | None = None) -> Outcome:
    """Declare, compile, clean in a stream; the schema that was told before must be the one that comes out."""
    cleaning = compile_steps(map(declare_step, declared), frame.schema, scope or Scope())
    tally = Tally()
    plan = cleaning.clean(frame.lazy(), tally)
    plan.collect(engine="streaming")
    with tally:
        rows = plan.collect(engine="streaming")
    assert rows.schema == cleaning.schema
    counts = {(each.kind, each.column): (each.changed, each.lost) for each in tally.cleaned()}
    return Outcome(cleaning, rows, counts)

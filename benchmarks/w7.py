"""W7, rules: twelve of them over 15 columns, good rows parted from bad ones."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness import PROCESS, Step, contests
from benchmarks.options import Options
from benchmarks.orders import built_orders, orders_contestant
from benchmarks.process import Facts
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "rules, twelve over 15 columns"

_ROWS = 5_000_000
_CYCLE, _BROKEN = 1200, 12
_SPLIT = "rows that break a rule set aside"
_ENTRIES = (
    ("polars:copy", "polars", "copy", "bare copy: no rule", ("kept", "set_aside")),
    ("polars", "polars", "split", f"rules written out by hand; {_SPLIT} with all reasons", ()),
    ("pandera", "pandera", "split", "`drop_invalid_rows`; broken rows are gone", ("set_aside",)),
    ("dataframely", "dataframely", "split", f"`Schema.filter`; {_SPLIT}, a column for each rule", ()),
    ("pointblank", "pointblank", "split", f"`get_sundered_data`; {_SPLIT} without reasons", ()),
    (
        "lake_assets",
        "product",
        "trust",
        f"declared in YAML; {_SPLIT} raw, with all reasons, file and row; verdicts recorded",
        (),
    ),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contest of W7; the scale shrinks the number of rows."""
    return contests([_step(int(_ROWS * options.scale))], options)


def _step(rows: int) -> Step:
    full, rest = divmod(rows, _CYCLE)
    broken = full * _BROKEN + min(rest, _BROKEN)
    truth: Facts = {"kept": rows - broken, "set_aside": broken}
    built = built_orders("W7", rows)
    contestants = tuple(orders_contestant("W7", built, *entry) for entry in _ENTRIES)
    about = f"{rows:,} rows of 15 columns, {broken:,} of them break one of 12 rules"
    return Step(
        "W7", "rules", "Formatted to trusted by twelve rules", about, contestants, truth, shown=PROCESS
    )

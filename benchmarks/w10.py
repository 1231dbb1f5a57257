"""W10, cleaning: trim, case, null tokens and a cast over 15 columns, beside a bare copy."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness import PROCESS, Step, contests
from benchmarks.options import Options
from benchmarks.orders import built_orders, orders_contestant
from benchmarks.process import Facts
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "cleaning, four steps over 16 columns"

_ROWS = 5_000_000
_STATES = 5
_CLEANED = ("states", "no_channel", "padded", "weights")
_ENTRIES = (
    ("polars:copy", "polars", "copy", "bare copy: nothing is cleaned", _CLEANED),
    (
        "polars",
        "polars",
        "clean",
        "the steps written out by hand; nothing is counted, a number that fails is gone",
        (),
    ),
    (
        "lake_assets",
        "product",
        "trust",
        "declared in YAML; counts of what each step changed in each column, cells that fail kept beside the row",
        (),
    ),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contest of W10; the scale shrinks the number of rows."""
    return contests([_step(int(_ROWS * options.scale))], options)


def _step(rows: int) -> Step:
    truth: Facts = {
        "rows": rows,
        "states": _STATES,
        "no_channel": -(-rows // 10),
        "padded": 0,
        "weights": rows,
    }
    built = built_orders("W10", rows)
    contestants = tuple(orders_contestant("W10", built, *entry) for entry in _ENTRIES)
    about = (
        f"{rows:,} rows of 16 columns, 7 of text: 1 in 50 padded, 1 in 20 in capitals, 1 in 10 a null token"
    )
    return Step(
        "W10",
        "cleaning",
        "Formatted to trusted by four cleaning steps",
        about,
        contestants,
        truth,
        shown=PROCESS,
    )

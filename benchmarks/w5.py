"""W5, cycle: from a dropped file to its rows in the exploitation table, daemon and sensors running."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.environments import cache, script
from benchmarks.harness import Contestant, Step, contests
from benchmarks.options import Options
from benchmarks.results import StepResult

__all__ = ["TITLE", "run"]

TITLE = "cycle, from a dropped file to its rows in the exploitation table"

_DROPS = 10
_ENTRIES = (
    ("dagster", "plain", "four assets, a sensor of 1 s, everything else as Dagster ships it"),
    ("lake_assets", "lake", "all zones, rules and records, with the `dagster.yaml` as shipped"),
)


def run(options: Options) -> Iterator[StepResult]:
    """Hold the contest of W5; the drops are its repetitions, so `runs` says how often the lake is started."""
    yield from contests([_step(options.scale)], options)


def _step(scale: float) -> Step:
    drops = max(2, round(_DROPS * scale))
    contestants = tuple(
        Contestant(
            name, does, cache() / "runs" / f"W5-{name}", script("product", "w5_cycle", kind, str(drops))
        )
        for name, kind, does in _ENTRIES
    )
    about = f"{drops} files of 100 rows, 1 to 4 s apart"
    shown = ("ready_s", "p50_s", "p95_s", "worst_s")
    return Step("W5", "cycle", "One file at a time", about, contestants, shown=shown, warms_up=False)
